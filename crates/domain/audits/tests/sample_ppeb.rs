//! PPEB against numpy and Arlo. Expected figures: `audit/vectors/numpy_pcg64_choice.json` (numpy 1.26.4),
//! `audit/vectors/arlo_batch_macro_ppeb.json` (votingworks/arlo @ 8d86156c) and Georgia's official audit report of
//! November 2025 (`audit/ga2025-psc2`).

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive as _;
use proptest::prelude::*;
use scr_audits::sample::consistent::{Sampler, batch_name, trim};
use scr_audits::sample::ppeb::{BatchDraw, Weighted, draw, weight as ratio};
use serde_json::Value;

fn nearest(fraction: &BigRational) -> f64 {
    fraction.to_f64().unwrap()
}

fn vectors(name: &str) -> Option<Vec<Value>> {
    let path = scr_testing::data(name)?;
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

/// u_p of a contest with one winner and no pending ballots, in whole votes over the margin of each pair.
fn bounds(case: &Value) -> Vec<BigRational> {
    let contest = case["contest"].as_object().unwrap();
    let mut candidates: Vec<(&str, i64)> = contest
        .iter()
        .filter(|(name, _)| name.starts_with('c'))
        .map(|(name, votes)| (name.as_str(), votes.as_i64().unwrap()))
        .collect();
    candidates.sort_by_key(|(_, votes)| -votes);
    let pending = contest["pendingBallots"].as_i64().unwrap();
    let (winner, most) = candidates[0];
    let bound = |batch: &Value| {
        let ballots = batch["ballots"].as_i64().unwrap();
        let votes = |name: &str| batch[name].as_i64().unwrap_or(0);
        candidates[1..]
            .iter()
            .map(|(loser, least)| ratio(votes(winner) - votes(loser) + ballots, most - least - pending))
            .max()
            .unwrap()
            .max(ratio(0, 1))
    };
    case["batches"].as_array().unwrap().iter().map(bound).collect()
}

fn batch(jurisdiction: &str, batch: &str, bound: BigRational) -> Weighted {
    Weighted { jurisdiction: jurisdiction.to_owned(), batch: batch.to_owned(), bound }
}

#[test]
fn arlos_draws_and_tickets() {
    let Some(cases) = vectors("audit/vectors/arlo_batch_macro_ppeb.json") else { return };
    let mut compared = 0;
    for case in &cases {
        if case["contest"]["isSubjectToRunoff"].as_bool().unwrap() {
            continue; // another bound: the runoff's pairs, tested with the bounds themselves
        }
        let batches: Vec<Weighted> = case["batches"]
            .as_array()
            .unwrap()
            .iter()
            .zip(bounds(case))
            .map(|(row, bound)| {
                batch(row["jurisdiction"].as_str().unwrap(), row["batch"].as_str().unwrap(), bound)
            })
            .collect();
        let expected = case["draws"].as_array().unwrap();
        let seed = case["seed"].as_str().unwrap();
        let drawn = draw(seed, &batches, 0, expected.len());
        let ours: Vec<Value> = drawn
            .iter()
            .map(|draw| {
                serde_json::json!([draw.ticket, [batches[draw.at].jurisdiction, batches[draw.at].batch]])
            })
            .collect();
        assert_eq!(&ours, expected);
        compared += ours.len();

        // Two rounds give what one gives, and the order of the batches matters.
        let first = expected.len() / 3;
        let rounds = [draw(seed, &batches, 0, first), draw(seed, &batches, first, expected.len() - first)];
        assert_eq!(rounds.concat(), drawn);
        let turned: Vec<Weighted> = batches.iter().rev().cloned().collect();
        let names = |list: &[Weighted], draws: &[BatchDraw]| -> Vec<String> {
            draws.iter().map(|draw| batch_name(&list[draw.at].jurisdiction, &list[draw.at].batch)).collect()
        };
        let other = draw(seed, &turned, 0, expected.len());
        assert_ne!(names(&batches, &drawn), names(&turned, &other));
    }
    assert_eq!(compared, 49 + 105 + 107 + 34 + 74 + 9);
}

#[test]
fn when_the_draws_reach_the_number_of_batches_all_that_remain_are_taken() {
    let third = || ratio(1, 3);
    let batches = [("B", "2"), ("A", "9"), ("B", "1"), ("A", "10")].map(|(j, b)| batch(j, b, third()));
    let first = draw("seed", &batches, 0, 1);
    let rest = draw("seed", &batches, 1, 3);
    // In order of the pair of texts: ("A", "10"), ("A", "9"), ("B", "1"), ("B", "2"), without the one drawn.
    let expected: Vec<usize> = [3, 1, 2, 0].into_iter().filter(|at| *at != first[0].at).collect();
    assert_eq!(rest.iter().map(|draw| draw.at).collect::<Vec<_>>(), expected);
    let last = &batches[rest[2].at];
    let ticket = Sampler::new("seed").ticket(&batch_name(&last.jurisdiction, &last.batch));
    assert_eq!(rest[2].ticket, trim(&ticket));
}

#[test]
fn no_weight_draws_nothing_and_a_batch_without_weight_is_never_drawn() {
    let none: Vec<Weighted> = (0..3).map(|n| batch("A", &n.to_string(), ratio(0, 1))).collect();
    assert_eq!(draw("s", &none, 0, 1), []);
    assert_eq!(draw("s", &none, 0, 3), []);
    let half: Vec<Weighted> = (0..50).map(|n| batch("A", &n.to_string(), ratio(n % 2, 7))).collect();
    let drawn = draw("s", &half, 0, 49);
    assert!(drawn.len() == 49 && drawn.iter().all(|draw| draw.at % 2 == 1));
}

proptest! {
    /// Against the parser of decimal numbers, which rounds correctly: fractions with a power of ten below.
    #[test]
    fn fractions_round_to_the_nearest(digits in "[0-9]{1,40}", more in 0_u32..300) {
        let denominator = BigInt::from(10).pow(u32::try_from(digits.len()).unwrap() + more);
        let expected: f64 = format!("{digits}e-{}", u32::try_from(digits.len()).unwrap() + more).parse().unwrap();
        let fraction = BigRational::new(digits.parse().unwrap(), denominator);
        prop_assert_eq!(nearest(&fraction).to_bits(), expected.to_bits());
    }

    #[test]
    fn small_fractions_round_as_division_does(numerator in 0_u32.., above in 0_u32..) {
        let denominator = u64::from(numerator) + u64::from(above) + 1;
        let expected = f64::from(numerator) / denominator as f64;
        let fraction = BigRational::new(numerator.into(), denominator.into());
        prop_assert_eq!(nearest(&fraction).to_bits(), expected.to_bits());
    }
}

#[test]
fn ties_go_to_the_even_neighbour_and_one_is_one() {
    let power = |n: u32| BigInt::from(2).pow(n);
    let half_up = |odd: i64| BigRational::new(power(53) + BigInt::from(odd), power(54));
    assert_eq!(nearest(&half_up(1)).to_bits(), 0.5_f64.to_bits());
    assert_eq!(nearest(&half_up(3)).to_bits(), (0.5 + 2.0 * 2f64.powi(-53)).to_bits());
    assert_eq!(nearest(&ratio(1, 1)).to_bits(), 1f64.to_bits());
    assert_eq!(nearest(&BigRational::new(1.into(), power(1074))).to_bits(), 1);
    assert_eq!(nearest(&BigRational::new(1.into(), power(1075))).to_bits(), 0);
    assert_eq!(nearest(&BigRational::new(power(60) - BigInt::from(1), power(60))).to_bits(), 1f64.to_bits());
}
