//! Winners from counts.

use proptest::prelude::*;
use scr_tabulation::votes::{Base, Count, Rule};

fn count(votes: &[u64], blank: u64) -> Count {
    Count {
        names: (0..votes.len()).map(|at| format!("C{at}")).collect(),
        votes: votes.into(),
        valid: votes.iter().sum(),
        blank,
        overvoted: 0,
    }
}

fn drawn(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn most_votes_elect_and_equal_ones_wait_for_a_lot() {
    let tied = count(&[5, 9, 5, 5], 0);
    assert_eq!(tied.winners(&Rule::Most { winners: 1 }, &[]).unwrap().elected, [1]);
    let two = Rule::Most { winners: 2 };
    let said = tied.winners(&two, &[]).unwrap_err().to_string();
    assert_eq!(
        said,
        "SCR-TAB-040 election: C0, C2, C3 are equal, and 1 of them can have it; draw lots and state who was drawn"
    );
    let found = tied.winners(&two, &drawn(&["C3"])).unwrap();
    assert_eq!(
        (found.elected.as_slice(), found.lots[0].among.as_slice()),
        ([1, 3].as_slice(), [0, 2, 3].as_slice())
    );
    assert_eq!(tied.winners(&Rule::Most { winners: 4 }, &[]).unwrap().elected.len(), 4);
    assert_eq!(tied.winners(&Rule::Most { winners: 9 }, &[]).unwrap().elected.len(), 4);
}

#[test]
fn shares_are_exact() {
    let share = |more_than, of| Rule::Share { share: (2, 3), more_than, of };
    let two_thirds = count(&[200, 100], 0);
    assert_eq!(two_thirds.winners(&share(false, Base::Valid), &[]).unwrap().elected, [0]);
    assert!(two_thirds.winners(&share(true, Base::Valid), &[]).unwrap().elected.is_empty());
    // One blank ballot is one too many.
    assert!(count(&[200, 100], 1).winners(&share(false, Base::Cast), &[]).unwrap().elected.is_empty());
    assert!(count(&[0, 0], 0).winners(&share(false, Base::Valid), &[]).unwrap().elected.is_empty());
}

#[test]
fn without_a_majority_two_go_to_a_runoff() {
    let runoff = Rule::Runoff { of: Base::Valid };
    let found = count(&[50, 30, 20], 0).winners(&runoff, &[]).unwrap();
    assert_eq!((found.elected.len(), found.runoff.as_slice()), (0, [0, 1].as_slice()));
    assert_eq!(found.lines.last().unwrap(), "Nobody has more than half; C0 and C1 go to a runoff.");
    assert_eq!(count(&[51, 30, 19], 0).winners(&runoff, &[]).unwrap().elected, [0]);
    // A majority of the valid ballots is none of all.
    assert_eq!(
        count(&[51, 30, 19], 3).winners(&Rule::Runoff { of: Base::Cast }, &[]).unwrap().runoff,
        [0, 1]
    );
    assert!(
        count(&[40, 30, 30], 0)
            .winners(&runoff, &[])
            .unwrap_err()
            .to_string()
            .starts_with("SCR-TAB-040 the runoff: C1, C2")
    );
    assert_eq!(count(&[40, 30, 30], 0).winners(&runoff, &drawn(&["C2"])).unwrap().runoff, [0, 2]);
}

#[test]
fn every_result_explains_itself() {
    let mut tied = count(&[5, 9, 5, 4], 3);
    tied.overvoted = 2;
    let found = tied.winners(&Rule::Most { winners: 2 }, &drawn(&["C2"])).unwrap();
    assert_eq!(
        found.lines,
        [
            "28 ballots: 23 with a valid vote, 3 blank, 2 with more marks than allowed.",
            "C1 is elected with 9 votes.",
            "C2 is elected with 5 votes.",
            "C0 comes next with 5 votes.",
            "By lot among C0, C2 for election: C2.",
        ]
    );
}

proptest! {
    /// Nobody who is elected has fewer votes than somebody who is not.
    #[test]
    fn the_elected_have_most_votes(votes in prop::collection::vec(0..20_u64, 1..8), winners in 0..9_usize) {
        let count = count(&votes, 0);
        if let Ok(found) = count.winners(&Rule::Most { winners }, &[]) {
            prop_assert_eq!(found.elected.len(), winners.min(votes.len()));
            let least = found.elected.iter().map(|at| votes[*at]).min().unwrap_or(u64::MAX);
            prop_assert!((0..votes.len()).filter(|at| !found.elected.contains(at)).all(|at| votes[at] < least || winners == 0));
        }
    }
}
