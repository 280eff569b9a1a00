//! Ranked counts: what holds of every one, and small ones worked out by hand.

use proptest::prelude::*;
use scr_tabulation::cvr::Mark;
use scr_tabulation::lots::LotError;
use scr_tabulation::ranked::{
    self, Ballot, Ballots, Candidate, Count, Mode, Overvote, RankedError, Rules, Tiebreak,
};

fn names(count: usize) -> Vec<String> {
    ["Ann", "Ben", "Cem", "Dee", "Eve"][..count].iter().map(|name| (*name).to_owned()).collect()
}

/// By hand: Cem has fewest (2) and goes to Ben, who then has 5 of 9.
#[test]
fn an_instant_runoff_gives_its_winner_and_order() {
    let ballots = [(vec![0, 1], 4), (vec![1, 0], 3), (vec![2, 1], 2)];
    assert_eq!(ranked::irv(&names(3), &ballots, &[]).unwrap(), (1, vec![2]));
}

#[test]
fn a_tie_asks_for_a_lot() {
    let ballots = [(vec![0], 1), (vec![1], 1)];
    match ranked::irv(&names(2), &ballots, &[]) {
        Err(RankedError::Lot(LotError::Needed(needed))) => assert_eq!(needed.among, ["Ann", "Ben"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(ranked::irv(&names(2), &ballots, &["Ben".to_owned()]).unwrap().0, 1);
}

#[test]
fn what_is_no_ballot_is_refused() {
    let text = |ballots: &[(Vec<u16>, u64)]| ranked::irv(&names(2), ballots, &[]).unwrap_err().to_string();
    assert!(text(&[(vec![7], 1)]).starts_with("SCR-TAB-014 ballot 1"));
    assert!(text(&[]).starts_with("SCR-TAB-015"));
    assert!(text(&[(vec![0], u64::MAX)]).starts_with("SCR-TAB-013"));
    let mut unknown = input(vec![(vec![(1, 5)], 1)], 2);
    unknown.ballots[0].ranking[0].choice = Mark::OVERVOTE;
    let rules = Rules { overvote_rule: Overvote::ExhaustIfMultipleContinuing, ..Rules::irv() };
    assert!(ranked::count(&unknown, &rules, &[]).unwrap_err().to_string().starts_with("SCR-TAB-012"));
}

/// By hand, Scottish style: 10 votes, 2 seats, threshold 4; Ann's 6 leave 2 of 6 = 0.3333 of each vote to Ben.
#[test]
fn a_surplus_is_cut_and_what_is_lost_is_said() {
    let ballots = input(vec![(vec![(1, 0), (2, 1)], 6), (vec![(1, 1)], 1), (vec![(1, 2)], 3)], 3);
    let rules = Rules {
        winner_election_mode: Mode::MultiWinnerAllowMultipleWinnersPerRound,
        number_of_winners: 2,
        ..Rules::irv()
    };
    let count = ranked::count(&ballots, &rules, &[]).unwrap();
    assert_eq!(count.rounds[0].threshold.to_string(), "4");
    assert_eq!(count.rounds[1].tally.votes[1].unwrap().to_string(), "2.9998");
    assert_eq!(count.rounds[1].tally.inactive.residual_surplus.to_string(), "0.0002");
    assert_eq!(count.winners, [0, 2]);
    assert!(ranked::explain(&count).iter().any(|line| line.contains("0.3333 of each vote")));
}

fn input(ballots: Vec<(Vec<(u16, u16)>, u64)>, candidates: usize) -> Ballots {
    let candidate = |name: String| Candidate { name, excluded: false, undeclared: false };
    let ballot = |(mut marks, count): (Vec<(u16, u16)>, u64)| {
        marks.sort_unstable();
        let ranking = marks.into_iter().map(|(rank, choice)| Mark { rank, choice }).collect();
        Ballot { ranking, parts: Vec::new(), count }
    };
    Ballots {
        candidates: names(candidates).into_iter().map(candidate).collect(),
        parts: Vec::new(),
        ballots: ballots.into_iter().map(ballot).collect(),
    }
}

fn rules() -> impl Strategy<Value = Rules> {
    let tiebreaks = prop::sample::select(vec![
        Tiebreak::Random,
        Tiebreak::StopCountingAndAsk,
        Tiebreak::PreviousRoundCountsThenRandom,
        Tiebreak::PreviousRoundCountsThenAsk,
        Tiebreak::UseCandidateOrder,
        Tiebreak::GeneratePermutation,
    ]);
    let overvotes = prop::sample::select(vec![
        Overvote::AlwaysSkipToNextRank,
        Overvote::ExhaustImmediately,
        Overvote::ExhaustIfMultipleContinuing,
    ]);
    let modes = prop::sample::select(vec![
        Mode::SingleWinnerMajority,
        Mode::MultiWinnerAllowOnlyOneWinnerPerRound,
        Mode::MultiWinnerAllowMultipleWinnersPerRound,
        Mode::BottomsUp,
        Mode::BottomsUpUsingPercentageThreshold,
        Mode::MultiPassIrv,
    ]);
    let flags = prop::array::uniform7(any::<bool>());
    (tiebreaks, overvotes, modes, any::<i64>(), 0..6u32, 1..=20u32, 0..4u64, prop::option::of(0..3u32), flags)
        .prop_map(|(tiebreak_mode, overvote_rule, mode, seed, seats, places, minimum, skipped, flags)| {
            Rules {
                tiebreak_mode,
                random_seed: seed,
                overvote_rule,
                winner_election_mode: mode,
                number_of_winners: if mode == Mode::SingleWinnerMajority { 1 } else { seats },
                percentage: (125, 1),
                decimal_places: places,
                minimum_vote_threshold: minimum,
                cutoff_elimination: flags[0] && flags[1],
                max_skipped_ranks: skipped,
                non_integer_threshold: flags[2],
                hare_quota: flags[3],
                first_round_determines_threshold: flags[4] && seats < 2,
                batch_elimination: flags[5],
                continue_until_two_remain: flags[6] && mode == Mode::SingleWinnerMajority,
                stop_after_round: None,
                exhaust_on_duplicate: flags[0],
            }
        })
}

/// Counts, drawing the first of the equal wherever a lot is needed.
fn drawn(ballots: &Ballots, rules: &Rules) -> Result<Vec<Count>, RankedError> {
    let mut lots = Vec::new();
    loop {
        match ranked::passes(ballots, rules, &lots) {
            Err(RankedError::Lot(LotError::Needed(needed))) => lots.push(needed.among[0].clone()),
            other => return other,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Every count ends; in every round votes and inactive ballots are the total, exactly; the order of ballots does not matter.
    #[test]
    fn every_round_adds_up_and_order_does_not_matter(
        ballots in prop::collection::vec((prop::collection::vec((1..6u16, 0..5u16), 0..6), 1..40u64), 1..12),
        rules in rules(),
    ) {
        let ballots = input(ballots, 5);
        let counts = drawn(&ballots, &rules).unwrap();
        for round in counts.iter().flat_map(|count| &count.rounds) {
            let inactive = &round.tally.inactive;
            let nobody = [
                inactive.blank, inactive.exhausted_choices, inactive.overvotes, inactive.skipped_rankings,
                inactive.repeated_rankings, inactive.final_round_surplus, inactive.residual_surplus,
            ];
            let all: i128 = round.tally.votes.iter().flatten().chain(&nobody).map(|votes| votes.units).sum();
            prop_assert_eq!(all, i128::from(counts[0].ballots) * 10_i128.pow(round.threshold.places));
        }
        let mut turned = ballots;
        turned.ballots.reverse();
        prop_assert_eq!(drawn(&turned, &rules).unwrap(), counts);
    }
}
