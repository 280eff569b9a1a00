//! Elections of any shape, and what each format can hold of them.

use proptest::prelude::*;
use proptest::sample::select;
use scr_tabulation::cvr::{Card, Choice, ChoiceKind, Contest, Contests, Mark};

/// What can be written of an election, and what should be read again.
#[derive(Debug, Clone)]
pub(crate) struct Election {
    pub(crate) name: String,
    pub(crate) contests: Vec<Contest>,
    pub(crate) cards: Vec<Card>,
}

/// Names as they come, and as nobody wishes them.
pub(crate) fn text() -> impl Strategy<Value = String> {
    const ODD: [&str; 33] = [
        "שלום, \"דוד\"",
        "\u{202e}abc",
        "محمد علي",
        "Ann\nBen",
        "a\r\nb",
        "\"Skip\"",
        "Ann \"Skip\" Lee",
        "=\"5\"",
        "=1+1",
        "Cand(1)",
        "(2)",
        "a: b",
        "Write-in",
        "write in",
        "Undeclared Write-ins",
        "  blanks  ",
        "\u{a0}",
        "#1",
        "Total",
        "&amp;<b>]]>",
        "'",
        "\"",
        "\"\"",
        ",",
        ";",
        "0",
        "1",
        "winner",
        "Contest",
        "Choice_1_1",
        "北京 😀",
        "é",
        "yes | no \\",
    ];
    prop_oneof![
        4 => "[A-Za-z][A-Za-z ,.'\"-]{0,10}",
        1 => "\\PC{1,8}",
        2 => select(&ODD[..]).prop_map(str::to_owned),
    ]
}

fn contest() -> impl Strategy<Value = Contest> {
    const KINDS: [ChoiceKind; 4] =
        [ChoiceKind::Regular, ChoiceKind::Regular, ChoiceKind::WriteIn, ChoiceKind::UndeclaredWriteIn];
    let party = prop_oneof![Just(String::new()), text()];
    let choice = (text(), party, select(&KINDS[..]));
    let choices = prop::collection::vec(choice, 1..5);
    (text(), 1..4_u16, prop_oneof![Just(0), 1..5_u16], choices).prop_map(|(name, votes, ranks, choices)| {
        let choices = choices
            .into_iter()
            .map(|(name, party, kind)| Choice { id: String::new(), name, party, kind })
            .collect();
        let votes_allowed = if ranks > 0 { 1 } else { votes };
        Contest { id: String::new(), name, votes_allowed, ranks, choices }
    })
}

/// Marks in a contest, or that it is not on the card.
fn marks(contest: &Contest) -> impl Strategy<Value = Option<Vec<Mark>>> + use<> {
    let choices = u16::try_from(contest.choices.len()).unwrap();
    let choice = prop_oneof![9 => 0..choices, 1 => Just(Mark::OVERVOTE)];
    let ranks = if contest.ranks == 0 { 0..1 } else { 1..contest.ranks + 1 };
    let mark = (ranks, choice).prop_map(|(rank, choice)| Mark { rank, choice });
    prop::option::weighted(0.8, prop::collection::vec(mark, 0..5))
}

/// An election of any shape. Nothing has an id: [`Election::with_ids`] gives them.
pub(crate) fn election() -> impl Strategy<Value = Election> {
    (text(), prop::collection::vec(contest(), 1..4)).prop_flat_map(|(name, contests)| {
        let on_card: Vec<_> = contests.iter().map(marks).collect();
        let names = prop::collection::vec(prop_oneof![1 => Just(String::new()), 3 => text()], 7);
        let card = (names, 0..9_u32, 0..3_u32, on_card).prop_map(|(names, position, sheet, contests)| {
            let mut card = Card::default();
            (card.position, card.sheet) = (position, sheet);
            let places = [
                &mut card.tabulator,
                &mut card.batch,
                &mut card.id,
                &mut card.imprinted,
                &mut card.group,
                &mut card.precinct,
                &mut card.style,
            ];
            places.into_iter().zip(names).for_each(|(place, name)| *place = name);
            for (number, marks) in (0..).zip(contests) {
                if let Some(marks) = marks {
                    card.add(number, &marks);
                }
            }
            card
        });
        let cards = prop::collection::vec(card, 1..10);
        (Just(name), Just(contests), cards).prop_map(|(name, contests, cards)| Election {
            name,
            contests,
            cards,
        })
    })
}

impl Election {
    /// With every name changed by `change`, contests' and choices' told apart by numbers where they are alike after
    /// it.
    pub(crate) fn named(mut self, change: impl Fn(&str) -> String) -> Self {
        self.name = change(&self.name);
        let mut known: Vec<String> = Vec::new();
        for (at, contest) in self.contests.iter_mut().enumerate() {
            contest.name = distinct(change(&contest.name), "Contest", at, &mut known);
            let mut known: Vec<String> = Vec::new();
            for (at, choice) in contest.choices.iter_mut().enumerate() {
                choice.name = distinct(change(&choice.name), "Choice", at, &mut known);
                choice.party = change(&choice.party);
            }
        }
        self
    }

    /// With numbers as ids.
    pub(crate) fn with_ids(mut self) -> Self {
        for (at, contest) in (1..).zip(&mut self.contests) {
            contest.id = at.to_string();
            for (which, choice) in (0..).zip(&mut contest.choices) {
                choice.id = (at * 100 + which).to_string();
            }
        }
        self
    }

    /// With names as ids.
    pub(crate) fn with_names_as_ids(mut self) -> Self {
        for contest in &mut self.contests {
            contest.id.clone_from(&contest.name);
            contest.choices.iter_mut().for_each(|choice| choice.id.clone_from(&choice.name));
        }
        self
    }

    /// Without parties.
    pub(crate) fn without_parties(mut self) -> Self {
        let choices = self.contests.iter_mut().flat_map(|contest| &mut contest.choices);
        choices.for_each(|choice| choice.party.clear());
        self
    }

    /// With the kinds that names tell.
    pub(crate) fn with_kinds(mut self, is_write_in: impl Fn(&str) -> bool) -> Self {
        for choice in self.contests.iter_mut().flat_map(|contest| &mut contest.choices) {
            let written = is_write_in(&choice.name);
            choice.kind = if written { ChoiceKind::UndeclaredWriteIn } else { ChoiceKind::Regular };
        }
        self
    }

    /// With each card changed, and the marks of each of its contests; `None`: the contest is not on it.
    pub(crate) fn with_cards(
        mut self,
        mut change: impl FnMut(usize, &mut Card),
        mut marks: impl FnMut(&Contest, Vec<Mark>) -> Option<Vec<Mark>>,
    ) -> Self {
        for (at, card) in self.cards.iter_mut().enumerate() {
            let before = std::mem::take(card);
            *card = without_contests(&before);
            change(at, card);
            for (number, given) in before.contests() {
                if let Some(marks) = marks(&self.contests[usize::from(number)], given.to_vec()) {
                    card.add(number, &marks);
                }
            }
        }
        self
    }

    /// Contests and, if `choices`, choices in the order in which cards mention them; others are left out.
    pub(crate) fn by_mention(mut self, choices: bool) -> Self {
        let mut contests: Vec<u16> = Vec::new();
        let mut marked: Vec<Vec<u16>> = vec![Vec::new(); self.contests.len()];
        for card in &self.cards {
            for (number, marks) in card.contests() {
                if !contests.contains(&number) {
                    contests.push(number);
                }
                for mark in marks.iter().filter(|mark| mark.choice != Mark::OVERVOTE) {
                    if !marked[usize::from(number)].contains(&mark.choice) {
                        marked[usize::from(number)].push(mark.choice);
                    }
                }
            }
        }
        let old = self.contests.clone();
        if choices {
            contests = (0..u16::try_from(old.len()).unwrap()).collect();
        }
        let of = |number: u16| {
            let mut contest = old[usize::from(number)].clone();
            if choices {
                let order = &marked[usize::from(number)];
                contest.choices = order
                    .iter()
                    .map(|choice| old[usize::from(number)].choices[usize::from(*choice)].clone())
                    .collect();
            }
            contest
        };
        self.contests = contests.iter().map(|number| of(*number)).collect();
        for card in &mut self.cards {
            let before: Vec<(u16, Vec<Mark>)> =
                card.contests().map(|(number, marks)| (number, marks.to_vec())).collect();
            let mut after = without_contests(card);
            for (number, mut marks) in before {
                let order = &marked[usize::from(number)];
                for mark in marks.iter_mut().filter(|mark| choices && mark.choice != Mark::OVERVOTE) {
                    mark.choice = place(order, mark.choice);
                }
                after.add(place(&contests, number), &marks);
            }
            *card = after;
        }
        self
    }

    /// The contests as readers and writers have them.
    pub(crate) fn catalogue(&self) -> Contests {
        Contests::of(self.contests.clone()).unwrap()
    }

    /// The same contests but for their ids, which are all different.
    pub(crate) fn assert_contests(&self, found: &Contests) -> Result<(), TestCaseError> {
        let known = Contests::of(found.list().to_vec());
        prop_assert!(known.is_ok(), "{:?}", known.err());
        let mut found = found.list().to_vec();
        let mut wanted = self.contests.clone();
        for contest in found.iter_mut().chain(&mut wanted) {
            contest.id.clear();
            contest.choices.iter_mut().for_each(|choice| choice.id.clear());
        }
        prop_assert_eq!(found, wanted);
        Ok(())
    }
}

/// The same names, and nothing marked.
pub(crate) fn without_contests(card: &Card) -> Card {
    let mut other = card.clone();
    other.clear_contests();
    other
}

fn place(list: &[u16], number: u16) -> u16 {
    u16::try_from(list.iter().position(|one| *one == number).unwrap()).unwrap()
}

fn distinct(name: String, usual: &str, at: usize, known: &mut Vec<String>) -> String {
    let name = if name.is_empty() { format!("{usual} {at}") } else { name };
    let name = if known.contains(&name) { format!("{name} {at}x") } else { name };
    known.push(name.clone());
    name
}

/// Each mark once, and none that stands for an overvote.
pub(crate) fn boxes(mut marks: Vec<Mark>) -> Vec<Mark> {
    marks.sort_unstable();
    marks.dedup();
    marks.retain(|mark| mark.choice != Mark::OVERVOTE);
    marks
}

/// A cell between quotation marks.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A cell in the form that keeps spreadsheets from changing it, so that blanks stay.
pub(crate) fn formula(text: &str) -> String {
    quoted(&format!("=\"{text}\""))
}

/// Without what a table takes from around a name.
pub(crate) fn trimmed(text: &str) -> String {
    let text = text.trim();
    // That form itself would be taken for a spreadsheet's.
    if text.starts_with("=\"") && text.ends_with('"') { text.replace('=', "-") } else { text.to_owned() }
}

/// What identifies something, without the quotation marks that are taken from around it.
pub(crate) fn plain(text: &str) -> String {
    text.replace('"', "'")
}
