//! The model that every reader of cast vote records fills and everything else reads.

use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Contests of one export, at most.
pub const MAX_CONTESTS: usize = 20_000;
/// Choices of one contest, at most. [`Mark::OVERVOTE`] is above it.
pub const MAX_CHOICES: usize = 10_000;

/// Number of a contest in its [`Contests`], from 0 in the order of first mention.
pub type ContestNo = u16;
/// Number of a choice in its [`Contest`], from 0 in the order of first mention.
pub type ChoiceNo = u16;

/// What a choice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChoiceKind {
    /// Printed on the ballot.
    Regular,
    /// Written in and declared (qualified), so that votes count.
    WriteIn,
    /// Written in and not declared.
    UndeclaredWriteIn,
}

/// One choice of a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// As the source identifies it; its name where it has no id.
    pub id: String,
    /// As the source names it.
    pub name: String,
    /// Its party, where the source says one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub party: String,
    /// What it is.
    pub kind: ChoiceKind,
}

/// One contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// As the source identifies it; its name where it has no id.
    pub id: String,
    /// As the source names it, without `(Vote For=1)`.
    pub name: String,
    /// How many choices a voter may mark. 1 where contests are ranked; 0 where the source does not say.
    pub votes_allowed: u16,
    /// How many ranks a voter may give; 0: the contest is not ranked.
    pub ranks: u16,
    /// In the order of the source.
    pub choices: Vec<Choice>,
}

/// A contest or a choice more than [`MAX_CONTESTS`] or [`MAX_CHOICES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("more than {limit} {what}")]
pub struct TooMany {
    /// Of what: `contests` or `choices`.
    pub what: &'static str,
    /// The limit.
    pub limit: usize,
}

/// The contests of an export, as a reader meets them. Numbers, once given, stay.
#[derive(Debug, Clone, Default)]
pub struct Contests {
    list: Vec<Contest>,
    by_id: HashMap<String, ContestNo>,
    choices: Vec<HashMap<String, ChoiceNo>>,
}

impl Contests {
    /// These contests, in this order.
    ///
    /// # Errors
    /// Says which id two of them have, or two choices of one; or that there are [`TooMany`].
    pub fn of(list: Vec<Contest>) -> Result<Self, String> {
        let mut contests = Self::default();
        for (at, contest) in list.into_iter().enumerate() {
            let (id, choices) = (contest.id.clone(), contest.choices.len());
            let number = contests.contest(&id, || contest).map_err(|error| error.to_string())?;
            if usize::from(number) != at || contests.list[at].choices.len() != choices {
                return Err(format!("contest {id:?} has its id, or one of its choices has its id, twice"));
            }
        }
        Ok(contests)
    }

    /// All of them, by number.
    pub fn list(&self) -> &[Contest] {
        &self.list
    }

    /// The contest with this id.
    pub fn find(&self, id: &str) -> Option<ContestNo> {
        self.by_id.get(id).copied()
    }

    /// The choice with this id.
    pub fn find_choice(&self, contest: ContestNo, id: &str) -> Option<ChoiceNo> {
        self.choices.get(usize::from(contest))?.get(id).copied()
    }

    /// The number of the contest with this id; a new one is made by `make`, whose choices are taken too.
    ///
    /// # Errors
    /// [`TooMany`] contests, or choices in it.
    pub fn contest(&mut self, id: &str, make: impl FnOnce() -> Contest) -> Result<ContestNo, TooMany> {
        if let Some(number) = self.find(id) {
            return Ok(number);
        }
        let too_many = TooMany { what: "contests", limit: MAX_CONTESTS };
        if self.list.len() >= MAX_CONTESTS {
            return Err(too_many);
        }
        let number = ContestNo::try_from(self.list.len()).map_err(|_| too_many)?;
        let mut contest = make();
        id.clone_into(&mut contest.id);
        let choices = std::mem::take(&mut contest.choices);
        self.list.push(contest);
        self.choices.push(HashMap::new());
        self.by_id.insert(id.to_owned(), number);
        for choice in choices {
            self.choice(number, &choice.id.clone(), || choice)?;
        }
        Ok(number)
    }

    /// The number of the choice with this id; a new one is made by `make`.
    ///
    /// # Errors
    /// [`TooMany`] choices.
    ///
    /// # Panics
    /// `contest` is a number that this has given.
    pub fn choice(
        &mut self,
        contest: ContestNo,
        id: &str,
        make: impl FnOnce() -> Choice,
    ) -> Result<ChoiceNo, TooMany> {
        if let Some(number) = self.find_choice(contest, id) {
            return Ok(number);
        }
        let list = &mut self.list[usize::from(contest)].choices;
        let too_many = TooMany { what: "choices", limit: MAX_CHOICES };
        if list.len() >= MAX_CHOICES {
            return Err(too_many);
        }
        let number = ChoiceNo::try_from(list.len()).map_err(|_| too_many)?;
        let mut choice = make();
        id.clone_into(&mut choice.id);
        list.push(choice);
        self.choices[usize::from(contest)].insert(id.to_owned(), number);
        Ok(number)
    }

    /// Says how many ranks or votes a contest has, when the source says so late.
    pub fn set_limits(&mut self, contest: ContestNo, votes_allowed: u16, ranks: u16) {
        if let Some(contest) = self.list.get_mut(usize::from(contest)) {
            contest.votes_allowed = votes_allowed;
            contest.ranks = ranks;
        }
    }
}

/// One mark of a voter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// The rank given, from 1; 0 where the contest is not ranked.
    pub rank: u16,
    /// The choice marked, or [`Mark::OVERVOTE`]. The same choice twice at one rank: two votes (cumulative voting).
    pub choice: ChoiceNo,
}

impl Mark {
    /// Stands for "too many marked here" where the source does not say which.
    pub const OVERVOTE: ChoiceNo = ChoiceNo::MAX;

    /// A vote in a contest that is not ranked.
    pub fn vote(choice: ChoiceNo) -> Self {
        Self { rank: 0, choice }
    }

    /// This choice at this rank.
    pub fn ranked(choice: ChoiceNo, rank: u16) -> Self {
        Self { rank, choice }
    }
}

/// One card, as a reader gives it: to be copied by who keeps it, because the reader uses it again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The scanner, as the source names it; empty where it does not.
    pub tabulator: String,
    /// The batch within the tabulator.
    pub batch: String,
    /// The record number within the batch, as the source gives it; 0 where it does not.
    pub position: u32,
    /// Which card of a ballot of several, from 1; 0 where ballots have one.
    pub sheet: u32,
    /// What names this card in the source (number of the record, imprinted id, GUID).
    pub id: String,
    /// What is printed on the card, where the source says it.
    pub imprinted: String,
    /// How the vote was cast (counting group).
    pub group: String,
    /// The precinct or its portion.
    pub precinct: String,
    /// The ballot style (ballot type).
    pub style: String,
    /// Contests on the card in ascending order of number, each with the range of its marks in `marks`.
    contests: Vec<(ContestNo, u32)>,
    /// Marks of all contests, one after another, each contest's in ascending order.
    marks: Vec<Mark>,
}

impl Card {
    /// Empties it for the next card; what it has allocated stays.
    pub fn clear(&mut self) {
        for text in [
            &mut self.tabulator,
            &mut self.batch,
            &mut self.id,
            &mut self.imprinted,
            &mut self.group,
            &mut self.precinct,
            &mut self.style,
        ] {
            text.clear();
        }
        self.position = 0;
        self.sheet = 0;
        self.clear_contests();
    }

    /// Takes its contests away, and leaves its names.
    pub fn clear_contests(&mut self) {
        self.contests.clear();
        self.marks.clear();
    }

    /// Adds a contest with its marks (none: it is on the card and nothing is marked), in any order. A contest
    /// that is on the card already gains these marks.
    pub fn add(&mut self, contest: ContestNo, marks: &[Mark]) {
        let at = self.contests.partition_point(|(known, _)| *known < contest);
        let known = self.contests.get(at).is_some_and(|(known, _)| *known == contest);
        let begin = if at == 0 { 0 } else { self.contests[at - 1].1 as usize };
        let end = if known { self.contests[at].1 as usize } else { begin };
        self.marks.splice(end..end, marks.iter().copied());
        self.marks[begin..end + marks.len()].sort_unstable();
        let more = u32::try_from(marks.len()).unwrap_or(u32::MAX);
        if !known {
            self.contests.insert(at, (contest, u32::try_from(begin).unwrap_or(u32::MAX)));
        }
        for (_, end) in &mut self.contests[at..] {
            *end += more;
        }
    }

    /// The contests on the card in ascending order, each with its marks in ascending order.
    pub fn contests(&self) -> impl Iterator<Item = (ContestNo, &[Mark])> {
        let mut begin = 0;
        self.contests.iter().map(move |(contest, end)| {
            let end = *end as usize;
            let marks = &self.marks[begin..end];
            begin = end;
            (*contest, marks)
        })
    }

    /// The marks in this contest; `None`: it is not on the card.
    pub fn marks(&self, contest: ContestNo) -> Option<&[Mark]> {
        let at = self.contests.binary_search_by_key(&contest, |(known, _)| *known).ok()?;
        let begin = if at == 0 { 0 } else { self.contests[at - 1].1 as usize };
        Some(&self.marks[begin..self.contests[at].1 as usize])
    }
}

/// Who takes the cards that a reader gives, one after another.
pub trait Sink {
    /// Takes one. `contests` holds every contest and choice that the card names, and more with each card.
    ///
    /// # Errors
    /// A problem that ends the reading (more cards than the limit, say); the reader adds where.
    fn card(&mut self, contests: &Contests, card: &Card) -> Result<(), Box<Problem>>;
}

impl Sink for Vec<Card> {
    fn card(&mut self, _: &Contests, card: &Card) -> Result<(), Box<Problem>> {
        self.push(card.clone());
        Ok(())
    }
}

/// What a reader says when it has given all cards and found no error.
#[derive(Debug, Default)]
pub struct Reading {
    /// The election as the source names it; empty where it does not.
    pub election: String,
    /// All contests.
    pub contests: Contests,
    /// How many cards were given.
    pub cards: u64,
    /// What somebody should look at.
    pub warnings: Vec<Problem>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn contest(name: &str, choices: &[&str]) -> Contest {
        let choices = choices
            .iter()
            .map(|name| Choice {
                id: (*name).to_owned(),
                name: (*name).to_owned(),
                party: String::new(),
                kind: ChoiceKind::Regular,
            })
            .collect();
        Contest { id: String::new(), name: name.to_owned(), votes_allowed: 1, ranks: 0, choices }
    }

    #[test]
    fn contests_and_choices_keep_their_numbers() {
        let mut contests = Contests::default();
        assert_eq!(contests.contest("7", || contest("Mayor", &["Ann", "Ben"])), Ok(0));
        assert_eq!(contests.contest("9", || contest("Council", &[])), Ok(1));
        assert_eq!(contests.contest("7", || unreachable!()), Ok(0));
        assert_eq!(contests.find_choice(0, "Ben"), Some(1));
        assert_eq!(contests.find_choice(0, "Cem"), None);
        assert_eq!(contests.choice(0, "Cem", || contest("", &["Cem"]).choices.remove(0)), Ok(2));
        assert_eq!(contests.list()[0].choices[2].name, "Cem");
    }

    #[test]
    fn ids_stand_for_one_thing() {
        let named = |id: &str, choices: &[&str]| Contest { id: id.to_owned(), ..contest("Mayor", choices) };
        assert_eq!(Contests::of(vec![named("1", &["Ann"]), named("2", &["Ann"])]).unwrap().list().len(), 2);
        assert!(
            Contests::of(vec![named("1", &["Ann"]), named("1", &["Ann"])]).unwrap_err().contains("twice")
        );
        assert!(Contests::of(vec![named("1", &["Ann", "Ann"])]).unwrap_err().contains("twice"));
    }

    #[test]
    fn limits_hold() {
        let mut contests = Contests::default();
        for number in 0..MAX_CONTESTS {
            contests.contest(&number.to_string(), || contest("", &[])).unwrap();
        }
        let refused = contests.contest("one more", || contest("", &[])).unwrap_err();
        assert_eq!(refused.to_string(), "more than 20000 contests");
    }

    proptest! {
        /// A card says what was added, whatever the order.
        #[test]
        fn a_card_gives_back_what_was_added(added in prop::collection::vec((0..6u16, prop::collection::vec((0..4u16, 0..9u16), 0..4)), 0..12)) {
            let mut card = Card::default();
            let mut expected: BTreeMap<ContestNo, Vec<Mark>> = BTreeMap::new();
            for (contest, marks) in &added {
                let marks: Vec<Mark> = marks.iter().map(|(rank, choice)| Mark { rank: *rank, choice: *choice }).collect();
                card.add(*contest, &marks);
                let all = expected.entry(*contest).or_default();
                all.extend(marks);
                all.sort_unstable();
            }
            let found: BTreeMap<ContestNo, Vec<Mark>> = card.contests().map(|(contest, marks)| (contest, marks.to_vec())).collect();
            prop_assert_eq!(&found, &expected);
            for contest in 0..6 {
                prop_assert_eq!(card.marks(contest).map(<[Mark]>::to_vec), expected.get(&contest).cloned());
            }
        }
    }
}
