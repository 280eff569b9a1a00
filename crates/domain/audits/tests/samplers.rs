//! The samplers against what the programs drew that officials used.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::sample::consistent::{Sampler, ballot_name, trim};
use scr_audits::sample::cryptorandom::CryptoRandom;
use scr_audits::sample::{colorado, ppeb};
use serde_json::Value;
use std::collections::BTreeSet;

fn vectors(name: &str) -> Option<Vec<Value>> {
    let path = scr_testing::data(&format!("audit/vectors/{name}.json"))?;
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// Arlo 8d86156, `audit_math/sampler.py` with consistent_sampler 46f6f0a.
#[test]
fn ballots_are_drawn_as_arlo_draws_them() {
    let Some(cases) = vectors("arlo_ballot_sampler") else { return };
    assert_eq!(cases.len(), 5);
    for case in cases {
        let mut ballots = Vec::new();
        for batch in case["manifest"].as_array().unwrap() {
            for position in 1..=u32::try_from(batch["num_ballots"].as_u64().unwrap()).unwrap() {
                ballots.push((
                    text(&batch["jurisdiction"]),
                    batch["tabulator"].as_str(),
                    text(&batch["batch"]),
                    position,
                ));
            }
        }
        let names: Vec<String> = ballots.iter().map(|(j, t, b, p)| ballot_name(j, *t, b, *p)).collect();
        assert!(names.contains(&text(&case["first_id_string"]).to_owned()));
        let sampler = Sampler::new(text(&case["seed"]));
        let replaced = case["with_replacement"].as_bool().unwrap();
        let mut skip = 0;
        for round in ["round1", "round2"] {
            let expected = case[round].as_array().unwrap();
            let drawn = sampler.draw(&names, skip, expected.len(), replaced);
            skip += expected.len();
            assert_eq!(drawn.len(), expected.len());
            for (draw, wanted) in drawn.iter().zip(expected) {
                let (j, t, b, p) = ballots[draw.at];
                assert_eq!(trim(&draw.ticket), text(&wanted[0]));
                assert_eq!(
                    (Value::from(j), Value::from(t), Value::from(b)),
                    (wanted[1][0].clone(), wanted[1][1].clone(), wanted[1][2].clone())
                );
                assert_eq!(
                    (Value::from(p), Value::from(draw.generation)),
                    (wanted[2].clone(), wanted[3].clone())
                );
            }
        }
        // Round 1 is a prefix of rounds 1 and 2 together, and the order of the manifest does not matter.
        let whole = sampler.draw(&names, 0, skip, replaced);
        let mut turned: Vec<String> = names.clone();
        turned.reverse();
        let other = sampler.draw(&turned, 0, skip, replaced);
        let tickets = |draws: &[scr_audits::sample::consistent::Draw]| {
            draws.iter().map(|draw| draw.ticket.clone()).collect::<Vec<_>>()
        };
        assert_eq!(tickets(&whole), tickets(&other));
        assert_eq!(tickets(&whole)[..5], tickets(&sampler.draw(&names, 0, 5, replaced)));
    }
}

/// numpy 1.26.4: `default_rng(int(sha256(seed), 16))`.
#[test]
fn numpys_generator_and_choice_are_the_same() {
    let Some(cases) = vectors("numpy_pcg64_choice") else { return };
    for case in cases {
        let seed = text(&case["seed"]);
        let mut generator = ppeb::Pcg64::new(seed);
        for expected in case["random8"].as_array().unwrap() {
            assert_eq!(generator.next_f64().to_bits(), expected.as_f64().unwrap().to_bits());
        }
        let sum: i64 = (0..500).map(|j| j % 7 + 1).sum();
        let weights: Vec<_> = (0..500).map(|j| ppeb::weight(j % 7 + 1, sum)).collect();
        let expected: Vec<u64> =
            case["choice60"].as_array().unwrap().iter().map(|v| v.as_u64().unwrap()).collect();
        let drawn: Vec<u64> =
            ppeb::choice(seed, &weights, 60).unwrap().into_iter().map(|at| at as u64).collect();
        assert_eq!(drawn, expected);
    }
    assert_eq!(ppeb::choice("x", &[ppeb::weight(0, 1)], 3), None);
}

/// cryptorandom 0.3.
#[test]
fn cryptorandom_is_the_same() {
    let Some(cases) = vectors("cryptorandom_sha256") else { return };
    for case in cases {
        let seed = text(&case["seed"]);
        let mut generator = CryptoRandom::new(seed);
        for expected in case["first20_digests_hex"].as_array().unwrap() {
            assert_eq!(scr_canon::Hash32(generator.next_hash()).to_hex(), text(expected));
        }
        let mut generator = CryptoRandom::new(seed);
        for expected in case["random5"].as_array().unwrap() {
            assert_eq!(generator.random().to_bits(), expected.as_f64().unwrap().to_bits());
        }
        let mut generator = CryptoRandom::new(seed);
        for expected in case["randint_1_1000"].as_array().unwrap() {
            assert_eq!(generator.below(1000) + 1, expected.as_u64().unwrap());
        }
    }
}

/// The vector of the sampler's authors (Rivest, `sampler.py`), as Colorado's software tests it.
#[test]
fn colorados_picks_are_those_of_its_software() {
    let picked: Vec<u64> = colorado::picks("3546311556112163624615351222", 876).take(10).collect();
    assert_eq!(picked, [740, 180, 264, 789, 238, 448, 272, 611, 761, 208]);
}

/// Colorado Secretary of State, November 2017, round 1: manifests and ballot lists of six counties.
#[test]
fn colorados_lists_of_2017_are_drawn_again() {
    let Some(folder) = scr_testing::data("audit/co2017") else { return };
    let expected: Value =
        serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    let seed = text(&expected["seed"]);
    let counties = expected["counties"].as_array().unwrap();
    assert_eq!(counties.len(), 6);
    for facts in counties {
        let county = text(&facts["county"]);
        let list = std::fs::read_to_string(folder.join(format!("ballot_list_{county}.csv"))).unwrap();
        let mut rows = csv::Reader::from_reader(list.as_bytes());
        let column = rows
            .headers()
            .unwrap()
            .iter()
            .position(|name| name.trim_start_matches('\u{feff}').trim() == "cvr_number")
            .unwrap();
        let published: BTreeSet<u64> =
            rows.records().map(|row| row.unwrap()[column].trim().parse().unwrap()).collect();
        let cards = facts["manifest_cards"].as_u64().unwrap();
        assert_eq!(colorado::explains(seed, &published, cards, 0), Some(cards), "{county}");
        let (_, taken) = colorado::distinct(seed, cards, published.len());
        assert_eq!(Value::from(taken), facts["draws_needed"], "{county}");
        // A list that follows from another number is found, and the number said.
        assert_eq!(colorado::explains(seed, &published, cards + 3, 5), Some(cards), "{county}");
    }
}
