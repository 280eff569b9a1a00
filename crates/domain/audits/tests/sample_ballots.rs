//! Ballots drawn from batches: the same as over names, whatever the order of the manifest. Expected figures:
//! `audit/vectors/arlo_ballot_sampler.json` (votingworks/arlo @ 8d86156c with consistent_sampler @ 46f6f0a6).

use proptest::prelude::*;
use scr_audits::sample::ballots::{BallotDraw, BatchOfBallots, Positions, Twice, draw};
use scr_audits::sample::consistent::{Sampler, ballot_name};
use serde_json::Value;

fn batch(jurisdiction: &str, tabulator: Option<&str>, name: &str, positions: Positions) -> BatchOfBallots {
    BatchOfBallots {
        jurisdiction: jurisdiction.to_owned(),
        tabulator: tabulator.map(ToOwned::to_owned),
        batch: name.to_owned(),
        positions,
    }
}

#[test]
fn batches_give_arlos_lists() {
    let Some(path) = scr_testing::data("audit/vectors/arlo_ballot_sampler.json") else { return };
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(cases.len(), 5);
    for case in cases {
        let batches: Vec<BatchOfBallots> = case["manifest"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let ballots = u32::try_from(row["num_ballots"].as_u64().unwrap()).unwrap();
                let text = |name: &str| row[name].as_str().unwrap();
                batch(
                    text("jurisdiction"),
                    row["tabulator"].as_str(),
                    text("batch"),
                    Positions::UpTo(ballots),
                )
            })
            .collect();
        let seed = case["seed"].as_str().unwrap();
        let replaced = case["with_replacement"].as_bool().unwrap();
        let mut skip = 0;
        for round in ["round1", "round2"] {
            let expected = case[round].as_array().unwrap();
            let drawn = draw(seed, &batches, skip, expected.len(), replaced).unwrap();
            let ours: Vec<Value> = drawn
                .iter()
                .map(|draw| {
                    let from = &batches[draw.batch];
                    serde_json::json!([
                        draw.shown_ticket(),
                        [from.jurisdiction, from.tabulator, from.batch],
                        draw.position,
                        draw.generation
                    ])
                })
                .collect();
            assert_eq!(&ours, expected);
            skip += expected.len();
        }
    }
}

#[test]
fn ballots_that_would_share_a_ticket_are_refused() {
    let list = [
        batch("A", None, "1", Positions::UpTo(2)),
        batch("A", Some(""), "1", Positions::UpTo(2)),
        batch("A", None, "1", Positions::UpTo(9)),
    ];
    assert_eq!(draw("s", &list, 0, 1, true), Err(Twice::Batch(2)));
    assert!(draw("s", &list[..2], 0, 1, true).is_ok());
    for wrong in [vec![1, 3, 1], vec![4, 0]] {
        let position = *wrong.last().unwrap();
        let list = [batch("A", None, "1", Positions::Only(wrong))];
        assert_eq!(draw("s", &list, 0, 1, true), Err(Twice::Position(0, position)));
    }
}

#[test]
fn half_a_million_ballots_are_one_hash_each() {
    let batches: Vec<BatchOfBallots> =
        (0..1000).map(|n| batch("County", Some("T1"), &format!("Batch {n}"), Positions::UpTo(500))).collect();
    let drawn = draw("12345678901234567890", &batches, 0, 1000, true).unwrap();
    assert_eq!(drawn.len(), 1000);
    // A thousandth of them below .002, give or take: 1,000 draws of 500,000 uniform tickets.
    assert!(drawn[999].ticket.as_str() < "0.0022" && drawn[999].ticket.as_str() > "0.0018");
    assert!(drawn.is_sorted_by(|a, b| a.ticket < b.ticket));
}

fn some_batches() -> impl Strategy<Value = Vec<BatchOfBallots>> {
    let positions = prop_oneof![
        (0_u32..12).prop_map(Positions::UpTo),
        prop::collection::btree_set(1_u32..40, 0..8)
            .prop_map(|set| Positions::Only(set.into_iter().collect())),
    ];
    prop::collection::btree_map(
        ("[AB'\"]{1,2}", prop::option::of("[T1]{1,2}"), "[0-9]{1,2}"),
        positions,
        1..8,
    )
    .prop_map(|map| map.into_iter().map(|((j, t, b), p)| batch(&j, t.as_deref(), &b, p)).collect())
}

fn by_name(batches: &[BatchOfBallots], draws: &[BallotDraw]) -> Vec<(String, String, u32)> {
    let name = |draw: &BallotDraw| {
        let from = &batches[draw.batch];
        ballot_name(&from.jurisdiction, from.tabulator.as_deref(), &from.batch, draw.position)
    };
    draws.iter().map(|draw| (draw.ticket.clone(), name(draw), draw.generation)).collect()
}

proptest! {
    #[test]
    fn the_order_of_the_manifest_changes_nothing_and_names_give_the_same(
        (batches, turned) in some_batches().prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle())),
        seed in "[0-9]{20}", skip in 0_usize..20, count in 0_usize..40, replaced: bool
    ) {
        let drawn = by_name(&batches, &draw(&seed, &batches, skip, count, replaced).unwrap());
        let other = by_name(&turned, &draw(&seed, &turned, skip, count, replaced).unwrap());
        prop_assert_eq!(&drawn, &other);

        let mut names = Vec::new();
        for from in &batches {
            let positions: Vec<u32> = match &from.positions {
                Positions::UpTo(last) => (1..=*last).collect(),
                Positions::Only(list) => list.clone(),
            };
            names.extend(positions.iter().map(|p| ballot_name(&from.jurisdiction, from.tabulator.as_deref(), &from.batch, *p)));
        }
        let over_names: Vec<_> = Sampler::new(&seed)
            .draw(&names, skip, count, replaced)
            .into_iter()
            .map(|draw| (draw.ticket, names[draw.at].clone(), draw.generation))
            .collect();
        prop_assert_eq!(drawn, over_names);
    }

    #[test]
    fn a_first_round_is_the_beginning_of_both(batches in some_batches(), first in 0_usize..30, second in 0_usize..30, replaced: bool) {
        let seed = "44372318092716053491";
        let rounds = [
            draw(seed, &batches, 0, first, replaced).unwrap(),
            draw(seed, &batches, first, second, replaced).unwrap(),
        ];
        prop_assert_eq!(rounds.concat(), draw(seed, &batches, 0, first + second, replaced).unwrap());
        let ballots: usize = batches.iter().map(|from| from.positions.count()).sum();
        let expected = if replaced && ballots > 0 { first + second } else { ballots.min(first + second) };
        prop_assert_eq!(rounds.concat().len(), expected);
    }
}
