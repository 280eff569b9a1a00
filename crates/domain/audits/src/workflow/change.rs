//! Where hand and machine differ: the change in each choice's votes and in the margin, reported less audited, as
//! reports print it: `A: +1; B: -1`.
//!
//! Above zero the machine had counted more for the choice, or a larger lead, than people did. Where voters rank, votes
//! are first preferences, and the whole rankings stand beside them where they differ; margins are those of "most votes",
//! and under another law none is stated.

use crate::record::{Contest, Counted, Cvr};
use serde::{Deserialize, Serialize};

/// What a ballot or a batch changes in a contest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Reported less audited votes of each choice.
    pub votes: Vec<i64>,
    /// The largest change of a reported winner's lead over a reported loser. Of a ballot that was not found, or that
    /// no machine has read, the two votes that it could be off at most.
    pub margin: i64,
    /// Where voters rank and the rankings differ: the choices as the machine recorded them and as people read them, in
    /// the order of the ranks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ranks: Option<(Vec<u64>, Vec<u64>)>,
    /// Where the style of cards is known: the machine has recorded the contest, and people do not find it on the ballot.
    /// That counts, also where nobody was marked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent: bool,
}

impl Change {
    /// Of these votes of each choice.
    pub fn of(contest: &Contest, reported: &[u64], audited: &[u64]) -> Self {
        let off = |(reported, audited): (&u64, &u64)| {
            let off = i128::from(*reported) - i128::from(*audited);
            i64::try_from(off).unwrap_or(if off < 0 { i64::MIN } else { i64::MAX })
        };
        let votes: Vec<i64> = reported.iter().zip(audited).map(off).collect();
        let at = |place: &usize| votes.get(*place).copied().unwrap_or(0);
        let (winners, losers) = sides(contest);
        // The lead that shrinks most: the winner that loses most votes, against the loser that gains most.
        let winner = winners.iter().map(at).max().unwrap_or(0);
        let loser = losers.iter().map(at).min().unwrap_or(0);
        let margin = if contest.rule.is_some() { 0 } else { winner.saturating_sub(loser) };
        Self { votes, margin, ranks: None, absent: false }
    }

    /// Of a ballot: what a machine recorded of the contest, and what people read. `None`: no record of the ballot.
    pub fn of_ballot(contest: &Contest, at: usize, cvr: Option<&Cvr>, counted: &Counted) -> Self {
        let recorded: Option<Vec<u64>> = cvr.map(|cvr| {
            let marked = cvr.votes.get(at).and_then(Option::as_ref);
            marked.into_iter().flatten().map(|choice| u64::from(*choice)).collect()
        });
        let read: Option<Vec<u64>> =
            counted.votes.get(at).map(|marked| marked.iter().flatten().copied().collect());
        let Some((recorded, read)) = recorded.zip(read) else {
            return Self { votes: vec![0; contest.choices.len()], margin: 2, ranks: None, absent: false };
        };
        let votes = |marked: &[u64]| marks(contest, marked.iter().copied());
        let mut change = Self::of(contest, &votes(&recorded), &votes(&read));
        if contest.is_ranked() && recorded != read {
            change.ranks = Some((recorded, read));
        }
        change
    }

    /// Whether anything differs, also where the margin stays as it is.
    pub fn is_any(&self) -> bool {
        self.margin != 0 || self.absent || self.ranks.is_some() || self.votes.iter().any(|votes| *votes != 0)
    }

    /// Rankings that differ, that of the machine first: `A > B > C`, or a dash where nobody is ranked.
    pub fn rankings(&self, contest: &Contest) -> Option<(String, String)> {
        let name = |choice: &u64| {
            usize::try_from(*choice).ok().and_then(|at| contest.choices.get(at)).map(String::as_str)
        };
        let words = |ranking: &[u64]| match ranking {
            [] => "–".to_owned(),
            _ => ranking.iter().filter_map(name).collect::<Vec<_>>().join(" > "),
        };
        self.ranks.as_ref().map(|(recorded, read)| (words(recorded), words(read)))
    }

    /// The changed choices: `A: +1; B: -1`; where voters rank, both rankings. Empty where nothing is changed.
    pub fn words(&self, contest: &Contest) -> String {
        if let Some((recorded, read)) = self.rankings(contest) {
            return format!("CVR {recorded}; audited {read}");
        }
        let changed = contest.choices.iter().zip(&self.votes).filter(|(_, votes)| **votes != 0);
        let absent = self.absent.then(|| "contest not on the ballot".to_owned());
        let words = changed.map(|(choice, votes)| format!("{choice}: {votes:+}")).chain(absent);
        words.collect::<Vec<_>>().join("; ")
    }
}

/// Reported winners and losers, by place; of equal ones the first wins.
pub(super) fn sides(contest: &Contest) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..contest.votes.len()).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(contest.votes[*at]), *at));
    let losers = order.split_off(contest.winners.min(order.len()));
    (order, losers)
}

/// Votes of each choice on one ballot, or its first preference. More marks than are allowed are none.
pub(super) fn marks(contest: &Contest, marked: impl Iterator<Item = u64>) -> Vec<u64> {
    let most = if contest.is_ranked() { 1 } else { usize::MAX };
    let marked: Vec<u64> = marked.take(most).collect();
    let mut votes = vec![0; contest.choices.len()];
    if marked.len() as u64 <= contest.votes_allowed {
        let places = marked.iter().filter_map(|choice| usize::try_from(*choice).ok());
        places.for_each(|at| {
            if let Some(votes) = votes.get_mut(at) {
                *votes = 1;
            }
        });
    }
    votes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::Outcome;

    #[test]
    fn rankings_differ_also_below_the_first_preference() {
        let contest = Contest {
            choices: ["Ann", "Ben", "Cem"].map(str::to_owned).to_vec(),
            votes: vec![3, 2, 1],
            winners: 1,
            votes_allowed: 1,
            rule: Some(Outcome::InstantRunoff { winner: 0 }),
            ..Contest::default()
        };
        let cvr = Cvr { batch: 0, position: 1, votes: vec![Some(vec![0, 1, 2])] };
        let change = |read: &[u64]| {
            let counted =
                Counted { position: Some(1), votes: vec![Some(read.to_vec())], ..Counted::default() };
            Change::of_ballot(&contest, 0, Some(&cvr), &counted)
        };
        let words = |read: &[u64]| change(read).words(&contest);
        assert!(!change(&[0, 1, 2]).is_any());
        assert_eq!(words(&[0, 2, 1]), "CVR Ann > Ben > Cem; audited Ann > Cem > Ben");
        assert_eq!(words(&[]), "CVR Ann > Ben > Cem; audited –");
        assert_eq!(change(&[0, 2, 1]).votes, [0, 0, 0]);
        assert_eq!(change(&[1]).votes, [1, -1, 0]);
    }
}
