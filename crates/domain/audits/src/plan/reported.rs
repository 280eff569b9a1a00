//! From reported votes to assertions, and the values that cards have for them.

use super::answer::Why;
use super::request::{Divisors, Ranking, Reported, Votes};
use super::{Decimal, problem};
use crate::assorter::{Assorter, Share};
use crate::contest::{Assertion, Outcome, of_ballots, of_tally};
use crate::raire::{Assertion as Irv, Ballots};
use scr_core::{Closest, Problem};
use scr_tabulation::cvr::columns::ContestTally;
use scr_tabulation::cvr::{Choice, ChoiceKind, ChoiceNo, Contest, Mark};
use scr_tabulation::seats::{self, List, Threshold};

/// Choices of one contest, at most.
const MAX_CHOICES: usize = 1_000;
/// Seats, at most.
const MAX_SEATS: u32 = 10_000;
/// Ends of orders of elimination that are looked at, at most.
const MAX_ORDERS: u64 = 300_000;

/// An assertion, with the values that cards have: (value, cards), for, against and neither.
pub(super) struct Claim {
    pub(super) assertion: Assertion,
    /// `None` where only the margin is known.
    pub(super) kinds: Option<[(f64, u64); 3]>,
}

impl Claim {
    /// Votes for and against, where the claim is that one number of votes is larger than another.
    pub(super) fn pair(&self) -> Option<(u64, u64)> {
        let is_pair = (self.assertion.upper_bound - 1.0).abs() < 1e-12;
        self.kinds.filter(|_| is_pair).map(|[plus, minus, _]| (plus.1, minus.1))
    }

    /// The difference in votes of such a claim.
    pub(super) fn margin(&self) -> Option<u64> {
        self.assertion.votes.or_else(|| self.pair().map(|(plus, minus)| plus.saturating_sub(minus)))
    }
}

/// What a contest rests on.
pub(super) enum Standing {
    /// The hardest first.
    Claims(Vec<Claim>),
    /// No sample confirms it.
    Full(Why),
}

/// A contest as the rest of the crate knows it, with its votes.
pub(super) struct Counted {
    pub(super) contest: Contest,
    pub(super) votes: Vec<u64>,
    pub(super) valid: u64,
}

impl Counted {
    pub(super) fn new(name: &str, votes: &Votes, votes_allowed: u32, valid: Option<u64>) -> Self {
        let names: Vec<&str> = votes.keys().map(String::as_str).collect();
        let sum = votes.values().fold(0_u64, |sum, votes| sum.saturating_add(*votes));
        Self {
            contest: contest(name, &names, u16::try_from(votes_allowed).unwrap_or(u16::MAX)),
            votes: votes.values().copied().collect(),
            valid: valid.unwrap_or(sum),
        }
    }

    /// Places by votes, most first.
    fn order(&self) -> Vec<ChoiceNo> {
        let mut order: Vec<ChoiceNo> = (0..).take(self.votes.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(self.votes[usize::from(*at)]));
        order
    }

    /// The votes of a part of the cards, in the contest's order.
    pub(super) fn part(&self, votes: &Votes, place: &str) -> Result<Vec<u64>, Vec<Problem>> {
        // Choices stand in the order of their names.
        let choices = &self.contest.choices;
        let at = |name: &str| choices.binary_search_by(|choice| choice.name.as_str().cmp(name));
        if votes.keys().all(|name| at(name).is_ok()) {
            return Ok(choices.iter().map(|choice| votes.get(&choice.name).copied().unwrap_or(0)).collect());
        }
        let mut closest = Closest::among(choices.iter().map(|choice| choice.name.as_str()));
        let unknown = votes.keys().filter(|name| at(name).is_err());
        Err(unknown.map(|name| problem("SCR-AUD-063", place, name).closest_to(closest.to(name))).collect())
    }

    fn tally(&self, cards: u64) -> ContestTally {
        let several = self.contest.votes_allowed != 1;
        let counted = if several { self.valid.min(cards) } else { self.valid };
        ContestTally { cards: counted, votes: self.votes.clone(), blank: 0, overvoted: 0, undervotes: 0 }
    }
}

fn contest(name: &str, names: &[&str], votes_allowed: u16) -> Contest {
    let choice = |name: &&str| Choice {
        id: (*name).to_owned(),
        name: (*name).to_owned(),
        party: String::new(),
        kind: ChoiceKind::Regular,
    };
    let (id, choices) = (name.to_owned(), names.iter().map(choice).collect());
    Contest { id, name: name.to_owned(), votes_allowed, ranks: 0, choices }
}

/// The values of a part of the cards: so many have votes like these, `valid` of `cards` are valid. `None` for
/// assertions of rankings.
pub(super) fn kinds(assorter: &Assorter, votes: &[u64], valid: u64, cards: u64) -> Option<[(f64, u64); 3]> {
    let (upper, of) = (assorter.upper_bound(), |choice: &ChoiceNo| votes[usize::from(*choice)]);
    let (plus, minus) = match assorter {
        Assorter::Plurality { winner, loser } | Assorter::LastSeat { winner, loser, .. } => {
            (of(winner), of(loser))
        }
        Assorter::AtLeastShare { choice, .. } => (of(choice), valid.saturating_sub(of(choice))),
        Assorter::BelowShare { choice, .. } => (valid.saturating_sub(of(choice)), of(choice)),
        Assorter::Irv(_) => return None,
    };
    // Where both can be on one card some must be when there are more votes than cards.
    let both = plus.saturating_add(minus).saturating_sub(cards);
    let (plus, minus) = (plus.saturating_sub(both), minus.saturating_sub(both));
    Some([(upper, plus), (0.0, minus), (0.5, cards.saturating_sub(plus + minus))])
}

/// What the reported outcome rests on, if samples are drawn from so many cards.
pub(super) fn standing(name: &str, reported: &Reported, cards: u64) -> Result<Standing, Vec<Problem>> {
    if let Some(votes) = reported.votes() {
        let wrong = too_much(votes, cards);
        if !wrong.is_empty() {
            return Err(wrong);
        }
    }
    match reported {
        Reported::Plurality { votes, winners, votes_allowed, won } => {
            most_votes(&Counted::new(name, votes, *votes_allowed, None), *winners, won, cards)
        }
        Reported::Approval { votes, winners } => {
            let all = u32::try_from(votes.len()).unwrap_or(u32::MAX);
            most_votes(&Counted::new(name, votes, all, None), *winners, &[], cards)
        }
        Reported::Share { votes, share, valid } => {
            let counted = Counted::new(name, votes, 1, *valid);
            let share = share.share("share").map_err(|problem| vec![*problem])?;
            let winners = counted.order().into_iter().filter(|at| above(&counted, *at, share)).collect();
            of_votes(&counted, cards, &Outcome::Share { share, winners })
        }
        Reported::Runoff { votes, valid } => runoff(&Counted::new(name, votes, 1, *valid), cards),
        Reported::InstantRunoff { candidates, rankings, winner } => {
            instant_runoff(name, candidates, rankings, winner.as_deref(), cards)
        }
        Reported::HighestAverages { votes, seats, divisors, threshold } => {
            lists(&Counted::new(name, votes, 1, None), *seats, *divisors, threshold.as_ref(), cards)
        }
        Reported::Margin { margin: 0 } => Ok(Standing::Full(Why::Tie)),
        Reported::Margin { margin } => {
            if *margin > cards {
                return Err(vec![problem("SCR-AUD-053", "margin", margin).with("cards", cards)]);
            }
            let assorter = Assorter::Plurality { winner: 0, loser: 1 };
            let mean = 0.5 + *margin as f64 / cards as f64 / 2.0;
            let assertion =
                Assertion::new(format!("a margin of {margin} votes"), assorter, mean, Some(*margin));
            Ok(Standing::Claims(vec![Claim { assertion, kinds: None }]))
        }
    }
}

impl Reported {
    /// The votes of its choices, where they are not ranked.
    fn votes(&self) -> Option<&Votes> {
        match self {
            Self::Plurality { votes, .. }
            | Self::Approval { votes, .. }
            | Self::Share { votes, .. }
            | Self::Runoff { votes, .. }
            | Self::HighestAverages { votes, .. } => Some(votes),
            Self::InstantRunoff { .. } | Self::Margin { .. } => None,
        }
    }
}

/// Too many choices, or more votes for one than there are cards.
fn too_much(votes: &Votes, cards: u64) -> Vec<Problem> {
    if votes.len() > MAX_CHOICES {
        return vec![problem("SCR-AUD-066", "votes", votes.len()).with("most", MAX_CHOICES)];
    }
    let wrong = votes.iter().filter(|(_, votes)| **votes > cards).take(200);
    wrong.map(|(name, votes)| problem("SCR-AUD-053", name, votes).with("cards", cards)).collect()
}

fn above(counted: &Counted, at: ChoiceNo, share: Share) -> bool {
    let votes = u128::from(counted.votes[usize::from(at)]);
    votes * u128::from(share.denominator) > u128::from(counted.valid) * u128::from(share.numerator)
}

fn most_votes(counted: &Counted, winners: u32, won: &[String], cards: u64) -> Result<Standing, Vec<Problem>> {
    let names: Vec<&str> = won.iter().map(String::as_str).collect();
    let winners = if won.is_empty() {
        counted.order().into_iter().take(winners as usize).collect()
    } else {
        Outcome::choices(&counted.contest, &names)?
    };
    of_votes(counted, cards, &Outcome::Plurality { winners })
}

fn runoff(counted: &Counted, cards: u64) -> Result<Standing, Vec<Problem>> {
    let half = Share { numerator: 1, denominator: 2 };
    let order = counted.order();
    let majority = order.first().is_some_and(|first| above(counted, *first, half));
    let advancing: Vec<ChoiceNo> = order.into_iter().take(if majority { 1 } else { 2 }).collect();
    of_votes(counted, cards, &Outcome::Runoff { share: half, advancing })
}

fn lists(
    counted: &Counted,
    total: u32,
    divisors: Divisors,
    threshold: Option<&Decimal>,
    cards: u64,
) -> Result<Standing, Vec<Problem>> {
    if total == 0 || total > MAX_SEATS {
        return Err(vec![problem("SCR-AUD-066", "seats", total).with("most", MAX_SEATS)]);
    }
    let share =
        threshold.map(|share| share.share("threshold")).transpose().map_err(|problem| vec![*problem])?;
    let of = |(choice, votes): (&Choice, &u64)| List {
        name: choice.name.clone(),
        votes: *votes,
        candidates: None,
    };
    let all: Vec<List> = counted.contest.choices.iter().zip(&counted.votes).map(of).collect();
    let threshold = share
        .map_or_else(Threshold::default, |share| Threshold::of_share(share.numerator, share.denominator));
    let method = seats::Method::HighestAverages(divisors.table());
    match seats::allocate(&all, total, &method, &threshold, &[]) {
        Ok(found) => {
            let divisors = divisors.integers(total + 1);
            of_votes(
                counted,
                cards,
                &Outcome::HighestAverages { seats: found.seats, divisors, threshold: share },
            )
        }
        // A lot is needed.
        Err(seats::SeatsError::Lot(_)) => Ok(Standing::Full(Why::Tie)),
        Err(error) => Err(vec![problem("SCR-AUD-066", "seats", total).with("reason", error)]),
    }
}

impl Divisors {
    fn table(self) -> seats::Divisors {
        let modified = |numerator| seats::Divisors::ModifiedSainteLague { numerator, denominator: 5 };
        match self {
            Self::Dhondt => seats::Divisors::DHondt,
            Self::SainteLague => seats::Divisors::SainteLague,
            Self::ModifiedSainteLague => modified(7),
            Self::SwedishSainteLague => modified(6),
            Self::Danish => seats::Divisors::Danish,
            Self::Imperiali => seats::Divisors::Imperiali,
        }
    }

    /// Their ratios, as whole numbers.
    fn integers(self, count: u32) -> Vec<u32> {
        let modified = |first: u32, at: u32| if at == 0 { first } else { 5 * (2 * at + 1) };
        let divisor = |at: u32| match self {
            Self::Dhondt => at + 1,
            Self::SainteLague => 2 * at + 1,
            Self::ModifiedSainteLague => modified(7, at),
            Self::SwedishSainteLague => modified(6, at),
            Self::Danish => 3 * at + 1,
            Self::Imperiali => at + 2,
        };
        (0..count).map(divisor).collect()
    }
}

/// Assertions from votes; a tie is no error here: it says what is to be done.
fn of_votes(counted: &Counted, cards: u64, outcome: &Outcome) -> Result<Standing, Vec<Problem>> {
    let tally = counted.tally(cards);
    match of_tally(&counted.contest, &tally, cards, outcome) {
        Ok(assertions) => {
            let claim = |assertion: Assertion| {
                let kinds = kinds(&assertion.assorter, &counted.votes, counted.valid, cards);
                Claim { assertion, kinds }
            };
            Ok(Standing::Claims(assertions.into_iter().map(claim).collect()))
        }
        Err(problems) if problems.iter().all(|problem| problem.code == "SCR-AUD-080") => {
            Ok(Standing::Full(Why::Tie))
        }
        Err(problems) => Err(problems),
    }
}

fn instant_runoff(
    name: &str,
    candidates: &[String],
    rankings: &[Ranking],
    winner: Option<&str>,
    cards: u64,
) -> Result<Standing, Vec<Problem>> {
    let names: Vec<&str> = candidates.iter().map(String::as_str).collect();
    let twice = (1..names.len()).find(|at| names[..*at].contains(&names[*at]));
    if let Some(at) = twice.filter(|_| names.len() <= MAX_CHOICES) {
        return Err(vec![problem("SCR-AUD-066", "candidates", names[at]).with("twice", "yes")]);
    }
    let total = rankings.iter().try_fold(0_u64, |sum, ranking| sum.checked_add(ranking.ballots));
    if total.is_none_or(|total| total > cards) {
        let counted = total.unwrap_or(u64::MAX);
        return Err(vec![problem("SCR-AUD-084", "rankings", counted).with("cards", cards)]);
    }
    let mut closest = Closest::among(names.iter().copied());
    let mut problems = Vec::new();
    let mut number = |name: &str, problems: &mut Vec<Problem>| {
        let found = names.iter().position(|known| *known == name);
        if found.is_none() && problems.len() < 200 {
            problems.push(problem("SCR-AUD-074", "candidate", name).closest_to(closest.to(name)));
        }
        found.unwrap_or(0)
    };
    let listed: Vec<(Vec<usize>, u64)> = rankings
        .iter()
        .map(|ranking| {
            let order = ranking.prefer.iter().map(|name| number(name, &mut problems)).collect();
            (order, ranking.ballots)
        })
        .collect();
    let stated = winner.map(|winner| number(winner, &mut problems));
    if !problems.is_empty() {
        return Err(problems);
    }
    let ballots = Ballots::new(names.len(), listed.iter().map(|(order, count)| (order.as_slice(), *count)));
    let Some(mut ballots) = ballots else {
        return Err(vec![problem("SCR-AUD-074", "candidates", names.len())]);
    };
    let won = match stated.map_or_else(|| ballots.winner(), Ok) {
        Ok(won) => ChoiceNo::try_from(won).unwrap_or(ChoiceNo::MAX),
        // Lots decide.
        Err(_) => return Ok(Standing::Full(Why::Tie)),
    };
    let contest = contest(name, &names, 1);
    let assertions = of_ballots(&contest, &mut ballots, cards, won, MAX_ORDERS);
    let assertions = match assertions {
        Err(problems) if stated.is_none() && problems.iter().all(|problem| problem.code == "SCR-AUD-070") => {
            return Ok(Standing::Full(Why::Tie));
        }
        other => other?,
    };
    let claim = |assertion: Assertion| {
        let kinds = ranked_kinds(&contest, &assertion.assorter, &listed, cards);
        Claim { assertion, kinds: Some(kinds) }
    };
    Ok(Standing::Claims(assertions.into_iter().map(claim).collect()))
}

fn ranked_kinds(
    contest: &Contest,
    assorter: &Assorter,
    rankings: &[(Vec<usize>, u64)],
    cards: u64,
) -> [(f64, u64); 3] {
    let (mut plus, mut minus) = (0_u64, 0_u64);
    for (order, count) in rankings {
        let numbers = order.iter().map(|at| ChoiceNo::try_from(*at).unwrap_or(ChoiceNo::MAX));
        let marks: Vec<Mark> = (1..).zip(numbers).map(|(rank, choice)| Mark::ranked(choice, rank)).collect();
        let value = assorter.value(contest, &marks);
        if value > 0.75 {
            plus += count;
        } else if value < 0.25 {
            minus += count;
        }
    }
    [(1.0, plus), (0.0, minus), (0.5, cards.saturating_sub(plus + minus))]
}

/// Whether an assertion is about rankings.
pub(super) fn is_ranked(claim: &Claim) -> bool {
    matches!(
        &claim.assertion.assorter,
        Assorter::Irv(Irv::NotEliminatedBefore { .. } | Irv::NotEliminatedNext { .. })
    )
}
