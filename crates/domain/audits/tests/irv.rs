//! Assertions for instant-runoff elections against raire-rs, and against all orders of elimination.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_audits::raire::{Assertion, Ballots, NotFound, find, read_problem, sufficient};
use serde_json::Value;

const MOST: u64 = 5_000_000;

fn assertions(found: &[scr_audits::raire::Margin]) -> Vec<&Assertion> {
    found.iter().map(|one| &one.assertion).collect()
}

/// The 22 mayoral elections of New South Wales 2021 (NSW Electoral Commission), as raire-rs 2349c33 answers them.
#[test]
fn mayors_of_new_south_wales_are_proven_as_raire_rs_proves_them() {
    let Some(folder) = scr_testing::data("audit/irv-nsw2021") else { return };
    let (mut contests, mut alike) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix("_out.json") else { continue };
        let expected: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let expected = &expected["solution"]["Ok"];
        let input = std::fs::read(path.with_file_name(format!("{stem}.json"))).unwrap();
        let (problem, mut ballots) = read_problem(&input).unwrap();
        let winner = ballots.winner().unwrap();
        assert_eq!(
            (Some(winner), Value::from(winner)),
            (problem.winner, expected["winner"].clone()),
            "{stem}"
        );
        let found = find(&mut ballots, winner, MOST).unwrap();
        assert_eq!(Value::from(found.margin), expected["margin"], "{stem}");
        let difficulty = problem.audit.difficulty(found.margin);
        assert_eq!(difficulty.to_bits(), expected["difficulty"].as_f64().unwrap().to_bits(), "{stem}");
        let set = assertions(&found.assertions);
        assert_eq!(sufficient(&set, problem.num_candidates, winner), Ok(()), "{stem}");
        for one in &found.assertions {
            assert_eq!(ballots.margin(&one.assertion), one.margin, "{stem}");
        }
        let theirs: Vec<Assertion> = expected["assertions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| serde_json::from_value(one["assertion"].clone()).unwrap())
            .collect();
        assert_eq!(
            sufficient(&theirs.iter().collect::<Vec<_>>(), problem.num_candidates, winner),
            Ok(()),
            "{stem}"
        );
        let mut same: Vec<&Assertion> = theirs.iter().collect();
        let mut own = set.clone();
        same.sort();
        own.sort();
        alike += usize::from(own == same);
        contests += 1;
        println!("{stem}: {} assertions, theirs {}, the same set: {}", own.len(), same.len(), own == same);
    }
    assert_eq!(contests, 22);
    println!("{alike} of {contests} sets are the same");
}

#[test]
fn a_set_that_lacks_one_leaves_an_order() {
    let mut ballots = Ballots::new(3, [(&[0, 1][..], 60), (&[1, 0][..], 40), (&[2, 1][..], 30)]).unwrap();
    let winner = ballots.winner().unwrap();
    let found = find(&mut ballots, winner, MOST).unwrap();
    let set = assertions(&found.assertions);
    assert_eq!(sufficient(&set, 3, winner), Ok(()));
    for left_out in 0..set.len() {
        let mut fewer = set.clone();
        fewer.remove(left_out);
        let gap = sufficient(&fewer, 3, winner).unwrap_err();
        assert!(set[left_out].excludes(&gap.order));
    }
}

#[test]
fn ties_wrong_winners_and_limits_are_said() {
    let tie = || Ballots::new(2, [(&[0][..], 50), (&[1][..], 50)]).unwrap();
    assert_eq!(tie().winner(), Err(vec![0, 1]));
    let said = find(&mut tie(), 0, MOST).unwrap_err().to_string();
    assert!(said.starts_with("SCR-AUD-070 the ballots do not exclude that candidate 2 wins"), "{said}");
    let mut ballots = Ballots::new(2, [(&[0][..], 40), (&[1][..], 50)]).unwrap();
    assert!(matches!(find(&mut ballots, 0, MOST), Err(NotFound::NotExcluded { winner: 1, .. })));
    assert_eq!(find(&mut ballots, 1, 0), Err(NotFound::TooMany(0)));
    assert!(find(&mut ballots, 1, 0).unwrap_err().to_string().starts_with("SCR-AUD-071"));
    assert!(find(&mut ballots, 2, MOST).unwrap_err().to_string().starts_with("SCR-AUD-072 candidate 3"));
    let refused = |text: &str| read_problem(text.as_bytes()).unwrap_err().to_string();
    assert!(refused("{}").starts_with("SCR-AUD-073"));
    let wrong = r#"{"num_candidates":2,"votes":[{"n":1,"prefs":[2]}],"audit":{"type":"OneOnMargin","total_auditable_ballots":1}}"#;
    assert_eq!(refused(wrong), "SCR-AUD-074 ranking 1 names candidate 2, and the candidates are 0 to 1");
}

/// Every order of elimination that a set of ballots can take, ties being broken in every way: its winners.
fn possible_winners(rankings: &[(Vec<usize>, u64)], standing: &[usize]) -> Vec<usize> {
    if let [winner] = standing {
        return vec![*winner];
    }
    let votes = |one: &usize| -> u64 {
        rankings
            .iter()
            .filter(|(ranking, _)| ranking.iter().find(|other| standing.contains(other)) == Some(one))
            .map(|(_, n)| n)
            .sum()
    };
    let least = standing.iter().map(votes).min().unwrap();
    let mut winners = Vec::new();
    for out in standing.iter().filter(|one| votes(one) == least) {
        let left: Vec<usize> = standing.iter().filter(|one| *one != out).copied().collect();
        winners.extend(possible_winners(rankings, &left));
    }
    winners.sort_unstable();
    winners.dedup();
    winners
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Assertions are found exactly when the winner is certain, they hold, suffice, and none is superfluous; and no
    /// sufficient choice among all assertions has a larger smallest margin.
    #[test]
    fn what_is_found_proves_the_winner(candidates in 2..5_usize, votes in prop::collection::vec((prop::collection::vec(0..5_usize, 1..5), 1..30_u64), 1..12)) {
        let votes: Vec<(Vec<usize>, u64)> = votes.into_iter().map(|(ranking, n)| {
            let mut kept: Vec<usize> = Vec::new();
            ranking.into_iter().filter(|one| *one < candidates).for_each(|one| if !kept.contains(&one) { kept.push(one) });
            (kept, n)
        }).collect();
        let mut ballots = Ballots::new(candidates, votes.iter().map(|(ranking, n)| (ranking.as_slice(), *n))).unwrap();
        let everybody: Vec<usize> = (0..candidates).collect();
        let winners = possible_winners(&votes, &everybody);
        prop_assert_eq!(&ballots.winner().map_or_else(|all| all, |one| vec![one]), &winners);
        for winner in 0..candidates {
            let found = find(&mut ballots, winner, MOST);
            if winners != [winner] {
                let refused = matches!(found, Err(NotFound::NotExcluded { .. }));
                prop_assert!(refused);
                continue;
            }
            prop_assert_eq!(ballots.winner(), Ok(winner));
            let found = found.unwrap();
            let set = assertions(&found.assertions);
            prop_assert_eq!(sufficient(&set, candidates, winner), Ok(()));
            for (at, one) in found.assertions.iter().enumerate() {
                prop_assert_eq!(ballots.margin(&one.assertion), one.margin);
                prop_assert!(one.margin >= found.margin && one.margin > 0);
                let mut fewer = set.clone();
                fewer.remove(at);
                prop_assert!(sufficient(&fewer, candidates, winner).is_err());
            }
            // All assertions with a larger margin together do not suffice.
            let larger: Vec<Assertion> = all_assertions(candidates).into_iter().filter(|one| ballots.margin(one) > found.margin).collect();
            prop_assert!(sufficient(&larger.iter().collect::<Vec<_>>(), candidates, winner).is_err());
        }
    }
}

fn all_assertions(candidates: usize) -> Vec<Assertion> {
    let mut all = Vec::new();
    for winner in 0..candidates {
        for loser in (0..candidates).filter(|loser| *loser != winner) {
            all.push(Assertion::NotEliminatedBefore { winner, loser });
            for set in 0..1_u32 << candidates {
                let continuing: Vec<usize> = (0..candidates).filter(|at| set & (1 << at) != 0).collect();
                if continuing.contains(&winner) && continuing.contains(&loser) {
                    all.push(Assertion::NotEliminatedNext { winner, loser, continuing });
                }
            }
        }
    }
    all
}
