//! Hybrid audits against Arlo's vectors.

use crate::{SEED, batches, contest, record, risk, round, sound, with_cvrs};
use scr_audits::record::{Draw, Method, Record, Sampler};
use scr_audits::verify::{Cvrs, Size, next_round};

/// A case of Arlo's SUITE vectors as a record of two strata; none: no ballots of the sample can show what it says.
fn suite_case(case: &serde_json::Value) -> Option<Record> {
    let number = |stratum: &str, field: &str| case[stratum][field].as_u64().unwrap();
    let count = |stratum| usize::try_from(number(stratum, "n")).unwrap();
    let votes: Vec<u64> = ["w", "l"].iter().map(|of| number("non_cvr", of) + number("cvr", of)).collect();
    let (polled, cvrs) = (number("non_cvr", "N"), number("cvr", "N"));
    let mut all = batches(2, 0);
    (all[0].ballots, all[0].cvrs) = (u32::try_from(cvrs).unwrap(), Some(true));
    (all[1].ballots, all[1].cvrs) = (u32::try_from(polled).unwrap(), Some(false));
    let contests = vec![contest("Mayor", &["Ann", "Ben"], &votes, polled + cvrs)];
    let mut record = record(Method::Hybrid, Sampler::ConsistentWithReplacement, contests, all);
    let vote = |place: u64, w: u64, l: u64| match place {
        _ if place <= w => vec![0],
        _ if place <= w + l => vec![1],
        _ => vec![],
    };
    let (w, l) = (number("cvr", "w"), number("cvr", "l"));
    with_cvrs(&mut record, |_, position| vec![Some(vote(u64::from(position), w, l))]);
    let size = Size::Strata { compared: count("cvr"), polled: count("non_cvr") };
    let draws = next_round(&record, &Cvrs::new(), SEED, &size).unwrap();
    // The vectors say how many ballots of the sample show what; which ones is free. Overstated are ballots for the
    // winner that were drawn once.
    let polled: Vec<&Draw> = draws.iter().filter(|draw| draw.batch == 1).collect();
    let (sw, sl) = (number("non_cvr", "sw"), number("non_cvr", "sl"));
    let same = |one: &Draw, other: &Draw| (one.batch, one.position) == (other.batch, other.position);
    let once = |draw: &&Draw| draws.iter().filter(|other| same(draw, other)).count() == 1;
    let winners = draws.iter().filter(|draw| draw.batch == 0 && u64::from(draw.position.unwrap()) <= w);
    let wrong = usize::try_from(number("cvr", "o1")).unwrap();
    let overstated: Vec<Option<u32>> = winners.filter(once).take(wrong).map(|draw| draw.position).collect();
    if overstated.len() < wrong {
        return None;
    }
    round(&mut record, SEED, &size, |batch, position| {
        if batch == 0 {
            let blank = overstated.contains(&Some(position));
            return vec![Some(if blank { vec![] } else { vote(u64::from(position), w, l) })];
        }
        let at = polled.iter().position(|draw| draw.position == Some(position)).unwrap() as u64 + 1;
        vec![Some(vote(at, sw, sl))]
    });
    Some(record)
}

/// Each case of `arlo_suite.json` (combined, at a limit of 5 %) that is small enough.
#[test]
fn hybrid_audits_give_the_figures_of_arlos_vectors() {
    let Some(path) = scr_testing::data("audit/vectors/arlo_suite.json") else { return };
    let cases: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut compared = 0;
    for case in cases.as_array().unwrap() {
        let cards = case["non_cvr"]["N"].as_u64().unwrap() + case["cvr"]["N"].as_u64().unwrap();
        let Some(record) = (cards <= 60_000).then(|| suite_case(case)).flatten() else { continue };
        let said: f64 = risk(&sound(&record), 0).parse().unwrap();
        let expected = case["combined"].as_f64().unwrap();
        assert!((said - expected).abs() < 1e-6, "{said} {expected} {case}");
        compared += 1;
    }
    assert!(compared >= 5, "{compared} cases were compared");
}
