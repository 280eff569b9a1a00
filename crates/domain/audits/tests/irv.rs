//! Assertions for instant-runoff elections against raire-rs, and against all orders of elimination.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use proptest::prelude::*;
use scr_audits::raire::{
    Assertion, Ballots, Gap, NotFound, Trim, find, read_problem, read_shangrla, sufficient, write_shangrla,
    write_solution,
};
use scr_core::Problem;
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
        let by = problem.trim_algorithm.unwrap_or_default();
        let found = find(&mut ballots, winner, by, MOST).unwrap();
        assert_eq!(Value::from(found.margin), expected["margin"], "{stem}");
        let difficulty = problem.audit.difficulty(found.margin);
        assert_eq!(difficulty.to_bits(), expected["difficulty"].as_f64().unwrap().to_bits(), "{stem}");
        let set = assertions(&found.assertions);
        assert_eq!(sufficient(&set, problem.num_candidates, winner), Ok(()), "{stem}");
        for one in &found.assertions {
            assert_eq!(ballots.margin(&one.assertion), one.margin, "{stem}");
        }
        let written = write_solution(&problem, winner, &Ok(found.clone()));
        for field in ["margin", "difficulty", "winner", "num_candidates"] {
            assert_eq!(written["solution"]["Ok"][field], expected[field], "{stem} {field}");
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
    let found = find(&mut ballots, winner, Trim::MinimizeAssertions, MOST).unwrap();
    let set = assertions(&found.assertions);
    assert_eq!(sufficient(&set, 3, winner), Ok(()));
    for left_out in 0..set.len() {
        let mut fewer = set.clone();
        fewer.remove(left_out);
        let gap = sufficient(&fewer, 3, winner).unwrap_err();
        let Gap::Order(order) = &gap else { panic!("{gap}") };
        assert!(set[left_out].excludes(order));
        assert!(gap.to_string().starts_with("SCR-AUD-077 no assertion contradicts the order"));
    }
}

#[test]
fn ties_wrong_winners_and_limits_are_said() {
    let tie = || Ballots::new(2, [(&[0][..], 50), (&[1][..], 50)]).unwrap();
    let search = |ballots: &mut Ballots, winner, most| find(ballots, winner, Trim::default(), most);
    assert_eq!(tie().winner(), Err(vec![0, 1]));
    let said = search(&mut tie(), 0, MOST).unwrap_err().to_string();
    assert!(said.starts_with("SCR-AUD-070 the ballots do not exclude that candidate 2 wins"), "{said}");
    let mut ballots = Ballots::new(2, [(&[0][..], 40), (&[1][..], 50)]).unwrap();
    assert!(matches!(search(&mut ballots, 0, MOST), Err(NotFound::NotExcluded { winner: 1, .. })));
    assert_eq!(search(&mut ballots, 1, 0), Err(NotFound::TooMany(0)));
    assert!(search(&mut ballots, 1, 0).unwrap_err().to_string().starts_with("SCR-AUD-071"));
    assert!(search(&mut ballots, 2, MOST).unwrap_err().to_string().starts_with("SCR-AUD-072 candidate 3"));
    // One candidate wins without an assertion.
    let mut alone = Ballots::new(1, [(&[0][..], 40)]).unwrap();
    assert_eq!(alone.winner(), Ok(0));
    let found = search(&mut alone, 0, MOST).unwrap();
    assert_eq!((found.assertions.len(), sufficient(&[], 1, 0)), (0, Ok(())));
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn everything_wrong_with_a_file_is_said_at_once() {
    let refused = |text: &str| said(&read_problem(text.as_bytes()).unwrap_err());
    assert!(refused("{\n\"num_candidates\": -1}")[0].starts_with("SCR-AUD-073 :2"));
    let many = r#"{"num_candidates":2,"votes":[{"n":1,"prefs":[2,0]},{"n":9,"prefs":[1,1]}],"winner":2,
        "audit":{"type":"OneOnMarginn","total_auditable_ballots":9}}"#;
    assert_eq!(
        refused(many),
        [
            r#"SCR-AUD-076  column "audit.type" value "OneOnMarginn" closest "OneOnMargin""#,
            r#"SCR-AUD-072  column "winner" value "2" candidates="2""#,
            r#"SCR-AUD-074  column "votes[0].prefs[0]" value "2" candidates="2""#,
            r#"SCR-AUD-074  column "votes[1].prefs[1]" value "1" candidates="2""#,
            r#"SCR-AUD-075  column "total_auditable_ballots" value "9" most="9007199254740992" votes="10""#,
        ]
    );
    let of = |candidates: &str, n: &str, kind: &str| {
        format!(
            r#"{{"num_candidates":{candidates},"votes":[{{"n":{n},"prefs":[0]}},{{"n":{n},"prefs":[0]}}],
            "audit":{{"type":{kind},"total_auditable_ballots":18446744073709551615}}}}"#
        )
    };
    assert!(refused(&of("0", "1", "\"OneOnMargin\""))[0].starts_with("SCR-AUD-074"));
    assert!(refused(&of("129", "1", "\"OneOnMargin\""))[0].starts_with("SCR-AUD-074"));
    assert!(refused(&of("1", "18446744073709551615", "\"OneOnMargin\""))[0].starts_with("SCR-AUD-075"));
    assert_eq!(refused(&of("1", "1", "\"MACRO\"")).len(), 3);
    let wrong = format!(
        r#"{{"num_candidates":1,"votes":[{{"n":1,"prefs":[{}1]}}],
        "audit":{{"type":"OneOnMargin","total_auditable_ballots":1}}}}"#,
        "1,".repeat(999)
    );
    let problems = refused(&wrong);
    assert_eq!(problems.len(), 201);
    assert_eq!(problems[200], r#"SCR-AUD-074  column "votes" value "" more="800""#);
}

/// "A guide to RAIRE" and arXiv 1903.08804, example 3: c3 is eliminated first, by 1,000 votes of 60,000, and MACRO
/// with a risk limit of 5 % and gamma 1.1 takes 395.4 ballots.
#[test]
fn macro_rates_an_assertion_as_the_paper_does() {
    let text = r#"{"num_candidates":4,"votes":[{"n":4000,"prefs":[1,2]},{"n":20000,"prefs":[0]},{"n":9000,"prefs":[2,3]},
        {"n":6000,"prefs":[1,2,3]},{"n":15000,"prefs":[3,0,1]},{"n":6000,"prefs":[0,2]}],
        "audit":{"type":"MACRO","total_auditable_ballots":60000,"confidence":0.05,"error_inflation_factor":1.1}}"#;
    let (input, mut ballots) = read_problem(text.as_bytes()).unwrap();
    let next = Assertion::NotEliminatedNext { winner: 1, loser: 2, continuing: vec![0, 1, 2, 3] };
    assert_eq!((ballots.winner(), ballots.margin(&next)), (Ok(3), 1_000));
    assert!((input.audit.difficulty(1_000) - 395.4).abs() < 0.1);
}

/// 100 candidates with one vote each are eliminated in any order.
#[test]
fn lots_that_decide_nothing_do_not_matter() {
    let rankings: Vec<(Vec<usize>, u64)> =
        (0..=100).map(|at| (vec![at], if at == 0 { 1_000 } else { 1 })).collect();
    let mut ballots =
        Ballots::new(101, rankings.iter().map(|(ranking, n)| (ranking.as_slice(), *n))).unwrap();
    assert_eq!(ballots.winner(), Ok(0));
    for by in [Trim::None, Trim::MinimizeTree, Trim::MinimizeAssertions] {
        let found = find(&mut ballots, 0, by, MOST).unwrap();
        assert!(found.trimmed);
        assert_eq!((found.margin, found.assertions.len()), (999, 100), "{by:?}");
        assert_eq!(sufficient(&assertions(&found.assertions), 101, 0), Ok(()));
    }
    // 128 are the most, and every bit is used.
    let mut most = Ballots::new(128, [(&[127, 0][..], 3), (&[0][..], 2)]).unwrap();
    assert_eq!(most.winner(), Ok(127));
    let found = find(&mut most, 127, Trim::MinimizeTree, MOST).unwrap();
    assert_eq!(sufficient(&assertions(&found.assertions), 128, 127), Ok(()));
    assert!(Ballots::new(129, []).is_none());
}

/// Assertions of somebody else may name anybody, and be such that a proof would take for ever.
#[test]
fn hostile_assertions_prove_nothing() {
    let strange = [
        Assertion::NotEliminatedBefore { winner: 500, loser: 0 },
        Assertion::NotEliminatedBefore { winner: 1, loser: 1 },
        Assertion::NotEliminatedNext { winner: 0, loser: 1, continuing: vec![0, 1, 200] },
        Assertion::NotEliminatedNext { winner: 0, loser: 1, continuing: vec![1, 2] },
    ];
    let mut ballots = Ballots::new(3, [(&[0][..], 9), (&[1][..], 5)]).unwrap();
    for one in &strange {
        assert_eq!(ballots.margin(one), 0, "{one:?}");
        assert!(!one.is_about(3));
    }
    assert!(matches!(sufficient(&strange.iter().collect::<Vec<_>>(), 3, 0), Err(Gap::Order(_))));
    // Only orders of which the first eliminated is contradicted late: nearly all have to be walked.
    let late: Vec<Assertion> = (1..30)
        .map(|winner| Assertion::NotEliminatedNext { winner, loser: 0, continuing: (0..30).collect() })
        .collect();
    let refused = sufficient(&late.iter().collect::<Vec<_>>(), 30, 29).unwrap_err();
    assert!(matches!(refused, Gap::TooMany(_)), "{refused}");
    assert!(refused.to_string().starts_with("SCR-AUD-071"));
    assert!(matches!(sufficient(&[], 129, 0), Err(Gap::TooMany(_))));
}

/// Four elections of the United States (SHANGRLA 9d5db92, tests/raire/data): the winner that each file states.
#[test]
fn elections_of_the_united_states_are_proven() {
    let Some(folder) = scr_testing::data("audit/raire-us") else { return };
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let mut lines = text.lines().skip(1);
        let head: Vec<&str> = lines.next().unwrap().split(',').collect();
        let count: usize = head[2].parse().unwrap();
        let number = |name: &str| head[3..3 + count].iter().position(|known| *known == name);
        let rankings: Vec<Vec<usize>> =
            lines.map(|line| line.split(',').skip(2).filter_map(number).collect()).collect();
        let mut ballots =
            Ballots::new(count, rankings.iter().map(|ranking| (ranking.as_slice(), 1))).unwrap();
        let winner = ballots.winner().unwrap();
        assert_eq!(number(head[4 + count]), Some(winner), "{path:?}");
        let mut sizes = Vec::new();
        for by in [Trim::None, Trim::MinimizeTree, Trim::MinimizeAssertions] {
            let found = find(&mut ballots, winner, by, MOST).unwrap();
            assert_eq!(sufficient(&assertions(&found.assertions), count, winner), Ok(()), "{path:?}");
            sizes.push((found.margin, found.assertions.len()));
        }
        println!("{:?}: margin and assertions {sizes:?}", path.file_stem().unwrap());
        assert!(
            sizes.iter().all(|(margin, _)| *margin == sizes[0].0) && sizes.is_sorted_by(|a, b| a.1 >= b.1)
        );
        seen += 1;
    }
    assert_eq!(seen, 4);
}

/// San Francisco 2019 (SHANGRLA 9d5db92): its assertions prove the winner, and are written as they were read.
#[test]
fn shangrlas_assertions_are_read_proven_and_written() {
    let Some(path) =
        scr_testing::data("audit/sfda2019/SFDA2019_PrelimReport12VBMJustDASheetsAssertions.json")
    else {
        return;
    };
    let text = std::fs::read(path).unwrap();
    let audits = read_shangrla(&text, None).unwrap();
    let [audit] = &audits[..] else { panic!("{audits:?}") };
    assert_eq!((audit.contest.as_str(), audit.candidates[audit.winner].as_str()), ("339", "15"));
    assert_eq!(sufficient(&audit.assertions.iter().collect::<Vec<_>>(), 4, audit.winner), Ok(()));
    let written = write_shangrla(&audits);
    assert_eq!(read_shangrla(written.to_string().as_bytes(), None), Ok(audits.clone()));
    // With one candidate more than the file knows nothing is proven.
    let five: Vec<String> = ["15", "16", "17", "18", "45"].map(str::to_owned).into();
    let more = read_shangrla(&text, Some(&five)).unwrap();
    assert!(sufficient(&more[0].assertions.iter().collect::<Vec<_>>(), 5, 0).is_err());
    let wrong = r#"{"audits":[{"contest":7,"winner":"Ann","eliminated":["Ben"],"assertions":[
        {"winner":"Ann","loser":"Benn","already_eliminated":"","assertion_type":"WINNER_ONLI"}]}]}"#;
    assert_eq!(
        said(&read_shangrla(wrong.as_bytes(), None).unwrap_err()),
        [
            r#"SCR-AUD-074  column "audits[0].assertions[0].loser" value "Benn" closest "Ben""#,
            r#"SCR-AUD-074  column "audits[0].assertions[0].assertion_type" value "WINNER_ONLI" closest "WINNER_ONLY""#,
        ]
    );
    assert!(said(&read_shangrla(b"{}", None).unwrap_err())[0].starts_with("SCR-AUD-073"));
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
            let found = find(&mut ballots, winner, Trim::MinimizeAssertions, MOST);
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
            for by in [Trim::None, Trim::MinimizeTree] {
                let more = find(&mut ballots, winner, by, MOST).unwrap();
                prop_assert_eq!(more.margin, found.margin);
                prop_assert_eq!(sufficient(&assertions(&more.assertions), candidates, winner), Ok(()));
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
