//! What an observer noted of the same ballots beside what the board read: where the two differ.
//!
//! An observer keeps notes apart and sees the board's reading only where both have one; nothing of it enters a count.

use super::reading::{BallotReading, ContestReading};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A ballot of which an observer saw something else than the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteDiffers {
    /// The ballot, by its place in the board's list.
    pub unit: usize,
    /// The contests, by place; none: one of the two has not found the ballot.
    pub contests: Vec<usize>,
}

/// Notes beside readings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotesCompared {
    /// Ballots that both have.
    pub both: usize,
    /// Those of which they differ, in the order of the list.
    pub differing: Vec<NoteDiffers>,
    /// Noted, and not read by the board yet.
    pub unread: Vec<usize>,
}

/// Compares notes with readings, by the ballots' places in the board's list. What observers and boards remark, and
/// write-ins that are no vote, make no difference; that a board disagrees differs from every note.
pub fn compare(
    readings: &BTreeMap<usize, BallotReading>,
    notes: &BTreeMap<usize, BallotReading>,
) -> NotesCompared {
    let mut compared = NotesCompared::default();
    for (unit, note) in notes {
        let Some(reading) = readings.get(unit) else {
            compared.unread.push(*unit);
            continue;
        };
        compared.both += 1;
        if let Some(contests) = differing(reading, note) {
            compared.differing.push(NoteDiffers { unit: *unit, contests });
        }
    }
    compared
}

/// The contests that differ; `None`: nothing does.
fn differing(reading: &BallotReading, note: &BallotReading) -> Option<Vec<usize>> {
    match (reading, note) {
        (BallotReading::NotFound { .. }, BallotReading::NotFound { .. }) => None,
        (BallotReading::Found { contests, .. }, BallotReading::Found { contests: noted, .. }) => {
            let longest = contests.len().max(noted.len());
            let differ = |at: &usize| !same(contests.get(*at), noted.get(*at));
            Some((0..longest).filter(differ).collect::<Vec<_>>()).filter(|contests| !contests.is_empty())
        }
        _ => Some(Vec::new()),
    }
}

fn same(reading: Option<&ContestReading>, note: Option<&ContestReading>) -> bool {
    match (reading, note) {
        (Some(ContestReading::Votes { choices, .. }), Some(ContestReading::Votes { choices: noted, .. })) => {
            choices == noted
        }
        (Some(ContestReading::Blank { .. }), Some(ContestReading::Blank { .. }))
        | (Some(ContestReading::NotOnBallot), Some(ContestReading::NotOnBallot)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn votes(choices: &[u16]) -> ContestReading {
        ContestReading::Votes { choices: choices.to_vec(), invalid_write_in: false }
    }

    fn found(contests: Vec<ContestReading>) -> BallotReading {
        BallotReading::Found { contests, comment: "smudged".into() }
    }

    #[test]
    fn notes_differ_contest_by_contest() {
        let blank = |invalid_write_in| ContestReading::Blank { invalid_write_in };
        let gone = || BallotReading::NotFound { comment: String::new() };
        let disagreed = ContestReading::Disagreement { note: "Ada or Ben".into() };
        let readings = BTreeMap::from([
            (0, found(vec![votes(&[0]), blank(true)])),
            (1, found(vec![votes(&[0]), votes(&[1])])),
            (2, gone()),
            (3, gone()),
            (4, found(vec![disagreed.clone(), ContestReading::NotOnBallot])),
        ]);
        let notes = BTreeMap::from([
            (0, found(vec![votes(&[0]), blank(false)])),
            (1, found(vec![votes(&[0]), votes(&[0, 1])])),
            (2, gone()),
            (3, found(vec![votes(&[0]), votes(&[1])])),
            (4, found(vec![disagreed, ContestReading::NotOnBallot])),
            (7, gone()),
        ]);
        let compared = compare(&readings, &notes);
        let differing: Vec<(usize, Vec<usize>)> =
            compared.differing.into_iter().map(|one| (one.unit, one.contests)).collect();
        assert_eq!(differing, [(1, vec![1]), (3, vec![]), (4, vec![0])]);
        assert_eq!((compared.both, compared.unread), (5, vec![7]));
    }

    #[test]
    fn a_contest_on_one_side_only_differs() {
        let readings = BTreeMap::from([(0, found(vec![votes(&[0])]))]);
        let notes = BTreeMap::from([(0, found(vec![votes(&[0]), votes(&[1])]))]);
        assert_eq!(compare(&readings, &notes).differing[0].contests, [1]);
    }
}
