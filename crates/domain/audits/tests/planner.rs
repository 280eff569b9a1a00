//! The planner: a request to an answer, against sizes that others published.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::import_arlo::{import, read_bundle, read_report};
use scr_audits::plan::{Answer, Need, Planned, Rule, Sample, Why, of_value, plan, read};
use scr_audits::raire::read_problem;
use scr_core::Problem;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Read as _;

fn answer(request: Value) -> Answer {
    plan(&of_value(request).unwrap()).unwrap()
}

/// One contest, with few replications: what is asked is mostly exact.
fn alone(contest: Value) -> Value {
    let mut request = json!({ "replications": 20 });
    request["contests"] = Value::Array(vec![contest]);
    request
}

fn one(contest: Value) -> Planned {
    let mut answer = answer(alone(contest));
    assert!(answer.together.is_none());
    answer.contests.remove(0)
}

fn wrong(contest: Value) -> Vec<Problem> {
    plan(&of_value(alone(contest)).unwrap()).unwrap_err()
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code).collect()
}

fn sample(planned: &Planned) -> &Sample {
    let drawn = match &planned.need {
        Need::Sample(sample) => Some(sample),
        Need::FullHandCount { .. } => None,
    };
    drawn.unwrap()
}

fn size(planned: &Planned, rule: Rule) -> Option<u64> {
    sample(planned).sizes.iter().find(|size| size.rule == rule).map(|size| size.draws)
}

fn draws(planned: &Planned, percent: u8) -> u64 {
    let distribution = sample(planned).draws.as_ref().unwrap();
    distribution.quantiles.iter().find(|(one, _)| *one == percent).unwrap().1
}

fn two(winner: u64, loser: u64, cards: u64, audit: Value) -> Value {
    let mut contest = json!({
        "name": "Mayor", "risk_limit": "0.1", "cards": cards,
        "reported": { "rule": "plurality", "votes": { "Ann": winner, "Ben": loser } },
    });
    contest["audit"] = audit;
    contest
}

/// Lindeman, Stark and Yates (2012), table 1 at 10 %: the expected numbers as Arlo gives them.
#[test]
fn expected_numbers_of_bravo() {
    let table = [(70, 31), (65, 54), (60, 119), (58, 185), (55, 470), (52, 2_902), (51, 11_562)];
    for (share, expected) in table {
        let cards = 1_000_000;
        let found = one(two(share * 10_000, (100 - share) * 10_000, cards, json!({ "method": "bravo" })));
        assert_eq!(size(&found, Rule::Asn), Some(expected), "{share} %");
        assert_eq!(found.hardest.as_ref().unwrap().votes, Some((2 * share - 100) * 10_000));
    }
}

fn vectors(name: &str) -> Option<Vec<Value>> {
    let path = scr_testing::data(&format!("audit/vectors/{name}.json"))?;
    Some(serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap())
}

/// votingworks/arlo at 8d86156: initial sizes of BRAVO, 36 cases.
#[test]
fn sizes_that_arlo_offers_for_polling() {
    let Some(cases) = vectors("arlo_bravo") else { return };
    let mut sized = 0;
    for case in cases {
        let contest = case["contest"].as_object().unwrap();
        let votes: serde_json::Map<String, Value> = contest
            .iter()
            .filter(|(name, _)| name.starts_with('c'))
            .map(|(n, v)| (n.clone(), v.clone()))
            .collect();
        let found = answer(json!({ "replications": 20, "contests": [{
            "name": "one", "cards": contest["ballots"], "risk_limit": format!("{}%", case["risk_limit_pct"]),
            "reported": { "rule": "plurality", "votes": votes, "winners": contest["numWinners"],
                "votes_allowed": contest["votesAllowed"] },
            "audit": { "method": "bravo" },
        }] }));
        let theirs = case["initial_sample_sizes"].as_object().unwrap();
        let Need::Sample(sample) = &found.contests[0].need else { continue };
        sized += 1;
        for size in &sample.sizes {
            let key = match (size.rule, size.chance) {
                (Rule::Round, Some(chance)) => chance.to_string(),
                _ if theirs.contains_key("all-ballots") => "all-ballots".to_owned(),
                _ => "asn".to_owned(),
            };
            assert_eq!(Value::from(size.draws), theirs[&key]["size"], "{key} {case}");
        }
        assert_eq!(sample.sizes.len(), theirs.len(), "{case}");
    }
    assert!(sized >= 30, "{sized}");
}

/// The same for comparisons, 36 cases: the first sample, and the next one after what was found.
#[test]
fn sizes_that_arlo_offers_for_comparison() {
    let Some(cases) = vectors("arlo_supersimple") else { return };
    let mut sized = 0;
    for case in cases {
        let contest = &case["contest"];
        let plan = |seen: Value| {
            let asked = json!({
                "name": "one", "cards": contest["ballots"], "risk_limit": format!("{}%", case["risk_limit_pct"]),
                "reported": { "rule": "plurality", "votes": { "w": contest["w"], "l": contest["l"] } },
                "audit": { "method": "kaplan-markov", "seen": seen },
            });
            answer(json!({ "replications": 1, "contests": [asked] })).contests.remove(0)
        };
        let first = plan(json!({}));
        if matches!(first.need, Need::FullHandCount { .. }) {
            continue;
        }
        assert_eq!(size(&first, Rule::ExpectedErrors), case["initial_sample_size"].as_u64(), "{case}");
        let [n, o1, o2, u1, u2] = ["n", "o1", "o2", "u1", "u2"].map(|name| case[name].clone());
        let next = plan(json!({ "draws": n, "o1": o1, "o2": o2, "u1": u1, "u2": u2 }));
        if let Need::Sample(_) = next.need {
            assert_eq!(size(&next, Rule::ExpectedErrors), case["next_sample_size"].as_u64(), "{case}");
            sized += 1;
        }
    }
    assert!(sized >= 20, "{sized}");
}

/// Broadrick et al., Providence, as Arlo's tests have it: 173 ballots finish a 60/40 contest in one round with 90 %
/// (risk limit 10 %). Minerva's first round is the same.
#[test]
fn rounds_of_providence_and_minerva() {
    for method in ["providence", "minerva"] {
        let found = one(two(60_000, 40_000, 100_000, json!({ "method": method })));
        let sizes = &sample(&found).sizes;
        let ninety = sizes.iter().find(|size| size.chance == Some(0.9)).unwrap();
        assert_eq!(ninety.draws, 173, "{method}");
        assert!(sizes.is_sorted_by(|one, next| one.draws < next.draws));
        // After a first round that fell short a second one is needed, and a better one leaves less to do.
        let next = |winner: u64| {
            let rounds = json!([{ "Ann": winner, "Ben": 100 - winner }]);
            one(two(60_000, 40_000, 100_000, json!({ "method": method, "rounds": rounds })))
        };
        let of =
            |found: &Planned| sample(found).sizes.iter().find(|size| size.chance == Some(0.9)).unwrap().draws;
        assert!(of(&next(56)) < of(&next(51)), "{method}");
    }
}

/// The official estimate for Georgia's Public Service Commission, November 2025: 15 batches.
#[test]
fn georgias_batches() {
    let Some(folder) = scr_testing::data("audit/ga2025-psc2") else { return };
    let bundle = |name: &str| read_bundle(File::open(folder.join(name)).unwrap(), name).unwrap();
    let report =
        read_report(&std::fs::read(folder.join("final_audit_report.csv")).unwrap(), "r.csv").unwrap();
    let record =
        import(&bundle("manifests_bundle.zip"), &bundle("candidate_totals_bundle.zip"), &report).unwrap();
    let contest = &record.contests[0];
    let votes = |votes: &[u64]| -> Value {
        contest.choices.iter().cloned().zip(votes.iter().map(|votes| Value::from(*votes))).collect()
    };
    let batches: Vec<Value> = record
        .batches
        .iter()
        .map(|batch| {
            json!({ "jurisdiction": batch.jurisdiction, "name": batch.batch, "ballots": batch.ballots,
                "votes": votes(&batch.votes[0]) })
        })
        .collect();
    let found = one(json!({
        "name": contest.name, "risk_limit": contest.risk_limit,
        "reported": { "rule": "plurality", "votes": votes(&contest.votes), "winners": contest.winners },
        "audit": { "method": "batch", "batches": batches, "pending": contest.pending },
    }));
    assert_eq!(size(&found, Rule::Macro), Some(15));
    assert_eq!(found.cards, 1_581_543);
    // 15 draws of large batches: fewer than 15 different ones, more ballots than the average batch has.
    let ballots = sample(&found).ballots[0];
    assert!(ballots.batches.unwrap() < 15.0 && ballots.ballots > 15.0 * 1_581_543.0 / 3_725.0, "{ballots:?}");
}

/// pbstark/ONEAudit at 872ad4b, oa-batch.ipynb: 62 draws by assorter totals for ten batches and 10,000 single cards.
#[test]
fn batches_by_assorter_totals() {
    let batch = |name: String, ballots: u64, ann: u64, ben: u64| json!({ "name": name, "ballots": ballots, "votes": { "Ann": ann, "Ben": ben } });
    let single = |at: usize| {
        batch(format!("s{at}"), 1, u64::from(at < 5_000), u64::from((5_000..9_000).contains(&at)))
    };
    let mut batches: Vec<Value> = (0..10_000).map(single).collect();
    batches.extend((0..5).map(|at| batch(format!("a{at}"), 1_000, 990, 10)));
    batches.extend((0..5).map(|at| batch(format!("b{at}"), 1_000, 10, 990)));
    let found = one(json!({
        "name": "one",
        "reported": { "rule": "plurality", "votes": { "Ann": 10_000, "Ben": 9_000 } },
        "audit": { "method": "batch", "batches": batches },
    }));
    assert_eq!(size(&found, Rule::AssorterTotals), Some(62));
}

/// Belgium 2024, Anvers: 12,383 cards at 5 % with bets of 1.8 (rlauxe, docs/cases/Belgium2024.md), from the votes of
/// the lists alone.
#[test]
fn anvers_from_votes_per_list() {
    let Some(folder) = scr_testing::data("audit/belgium2024") else { return };
    let mut archive =
        zip::ZipArchive::new(File::open(folder.join("belgium2024-chamber-6.zip")).unwrap()).unwrap();
    for at in 0..archive.len() {
        let mut text = String::new();
        archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
        let result: Value = serde_json::from_str(&text).unwrap();
        if !result["Labels"][0]["Label"].as_str().unwrap().ends_with("Anvers") {
            continue;
        }
        let lists = result["ElectionLists"].as_array().unwrap();
        let votes: Value = lists
            .iter()
            .map(|list| (list["PartyLabel"].as_str().unwrap().to_owned(), list["NrOfVotes"].clone()))
            .collect();
        let seats: u64 = lists.iter().map(|list| list["NrOfSeats"].as_u64().unwrap()).sum();
        let none = json!({ "o1": 0, "o2": 0, "u1": 0, "u2": 0 });
        let found = one(json!({
            "name": "Anvers", "cards": result["NrOfValidVotes"],
            "reported": { "rule": "highest-averages", "votes": votes, "seats": seats, "threshold": "5%" },
            "audit": { "method": "betting", "rates": none },
        }));
        assert_eq!((size(&found, Rule::NoErrors), draws(&found, 50)), (Some(12_383), 12_383));
        assert!(found.hardest.unwrap().claim.contains("the last seat of CD&V"));
        return;
    }
    panic!("Anvers is missing");
}

/// New South Wales 2021, 22 mayors: the difficulty as raire-rs 2349c33 gives it, from the rankings by our own RAIRE.
#[test]
fn difficulty_of_new_south_wales() {
    let Some(folder) = scr_testing::data("audit/irv-nsw2021") else { return };
    let mut contests = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix("_out.json") else { continue };
        let expected: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let input = std::fs::read(path.with_file_name(format!("{stem}.json"))).unwrap();
        let (problem, _) = read_problem(&input).unwrap();
        let names: Vec<String> = (0..problem.num_candidates).map(|at| format!("c{at}")).collect();
        let rankings: Vec<Value> = problem
            .votes
            .iter()
            .map(|vote| {
                let prefer: Vec<&str> = vote.prefs.iter().map(|at| names[*at].as_str()).collect();
                json!({ "ballots": vote.n, "prefer": prefer })
            })
            .collect();
        let found = one(json!({
            "name": stem, "cards": problem.audit.total_auditable_ballots,
            "reported": { "rule": "instant-runoff", "candidates": names, "rankings": rankings },
            "audit": { "method": "betting" },
        }));
        let theirs = expected["solution"]["Ok"]["difficulty"].as_f64().unwrap();
        let ours = found.hardest.unwrap().difficulty;
        assert!((ours / theirs - 1.0).abs() < 1e-9, "{stem}: {ours} {theirs}");
        contests += 1;
    }
    assert_eq!(contests, 22);
}

#[test]
fn what_no_sample_confirms_is_counted_by_hand() {
    let why = |contest: Value| match one(contest).need {
        Need::FullHandCount { why, .. } => why,
        Need::Sample(sample) => panic!("{sample:?}"),
    };
    let methods = ["bravo", "minerva", "providence", "alpha", "kaplan-markov", "betting"];
    for method in methods {
        assert_eq!(why(two(500, 500, 1_000, json!({ "method": method }))), Why::Tie, "{method}");
        // One vote of a thousand: nearly everything would have to be looked at.
        if method != "betting" && method != "alpha" {
            assert_eq!(why(two(500, 499, 1_000, json!({ "method": method }))), Why::AsLarge, "{method}");
        }
    }
    let batch = |pending: u64| {
        json!({
            "name": "Mayor", "reported": { "rule": "plurality", "votes": { "Ann": 60, "Ben": 40 } },
            "audit": { "method": "batch", "pending": pending,
                "batches": [{ "name": "one", "ballots": 100, "votes": { "Ann": 60, "Ben": 40 } }] },
        })
    };
    assert_eq!((why(batch(20)), why(batch(0))), (Why::Unseen, Why::AsLarge));
    let lists = json!({
        "name": "Council", "cards": 200, "audit": { "method": "betting" },
        "reported": { "rule": "highest-averages", "votes": { "Red": 100, "Blue": 50 }, "seats": 2 },
    });
    assert_eq!(why(lists), Why::Tie, "100/2 against 50/1");
    let ranked = json!({
        "name": "Mayor", "cards": 4, "audit": { "method": "alpha" },
        "reported": { "rule": "instant-runoff", "candidates": ["Ann", "Ben"],
            "rankings": [{ "ballots": 2, "prefer": ["Ann"] }, { "ballots": 2, "prefer": ["Ben", "Ann"] }] },
    });
    assert_eq!(why(ranked), Why::Tie);
    let exactly = json!({
        "name": "Bonds", "cards": 400, "audit": { "method": "alpha" },
        "reported": { "rule": "share", "share": "2/3", "votes": { "Yes": 200, "No": 100 } },
    });
    assert_eq!(why(exactly), Why::Tie, "exactly two thirds");
}

#[test]
fn every_rule_has_a_plan() {
    let reported = [
        json!({ "rule": "plurality", "votes": { "a": 4_000, "b": 3_000, "c": 1_000 }, "winners": 2 }),
        json!({ "rule": "approval", "votes": { "a": 6_000, "b": 5_000, "c": 1_000 } }),
        json!({ "rule": "share", "share": "60%", "votes": { "a": 6_500, "b": 2_500 } }),
        json!({ "rule": "runoff", "votes": { "a": 4_000, "b": 3_000, "c": 2_000 } }),
        json!({ "rule": "highest-averages", "votes": { "a": 4_000, "b": 3_000, "c": 1_000 }, "seats": 6,
            "divisors": "modified-sainte-lague", "threshold": 0.05 }),
        json!({ "rule": "instant-runoff", "candidates": ["a", "b", "c"], "rankings": [
            { "ballots": 4_000, "prefer": ["a"] }, { "ballots": 3_000, "prefer": ["b", "a"] },
            { "ballots": 2_000, "prefer": ["c", "a"] }] }),
    ];
    for reported in reported {
        for audit in [json!({ "method": "alpha", "d": 10 }), json!({ "method": "betting" })] {
            let found = one(json!({ "name": "one", "cards": 10_000, "reported": reported, "audit": audit }));
            let (half, nearly) = (draws(&found, 50), draws(&found, 99));
            assert!(0 < half && half <= nearly && nearly <= 10_000, "{found:?}");
        }
    }
}

/// Two strata of one kind: SUITE shares the sample evenly, and polling and comparing less than polling alone.
#[test]
fn strata_and_pools() {
    let stratum = |records: bool| json!({ "cards": 5_000, "votes": { "Ann": 3_000, "Ben": 2_000 }, "records": records });
    let hybrid = |audit: Value| one(two(6_000, 4_000, 10_000, audit));
    let suite = hybrid(json!({ "method": "suite", "strata": [stratum(true), stratum(false)] }));
    assert_eq!(size(&suite, Rule::Polled), size(&suite, Rule::Compared));
    let both = hybrid(json!({ "method": "stratified", "strata": [stratum(true), stratum(false)] }));
    let (half, most) = (draws(&both, 50), draws(&both, 99));
    assert!(0 < half && half <= most && most < 2_000, "{half} {most}");
    // The smaller the pool, the nearer to a comparison; a pool of everything is polling.
    let pooled = |cards: u64| {
        let pool = json!({ "cards": cards, "votes": { "Ann": cards * 6 / 10, "Ben": cards * 4 / 10 } });
        let planned = hybrid(json!({ "method": "oneaudit", "pools": [pool] }));
        (draws(&planned, 90), sample(&planned).bet.unwrap())
    };
    let (small, large, all) = (pooled(100), pooled(2_000), pooled(10_000));
    assert!(small.0 < large.0 && large.0 < all.0, "{small:?} {large:?} {all:?}");
    // Where few cards are in pools nine tenths of the stake is the limit of a bet; where all are, it is far below.
    assert!(small.1 >= large.1 && large.1 > all.1, "{small:?} {large:?} {all:?}");
    let unknown = json!({ "method": "oneaudit", "pools": [{ "cards": 10, "votes": { "Anne": 6 } }] });
    let problems = wrong(two(6_000, 4_000, 10_000, unknown));
    assert_eq!((codes(&problems), problems[0].closest.as_deref()), (vec!["SCR-AUD-063"], Some("Ann")));
    let more = json!({ "method": "oneaudit", "pools": [{ "cards": 9_000, "votes": { "Ben": 4_001 } }] });
    assert_eq!(codes(&wrong(two(6_000, 4_000, 10_000, more))), ["SCR-AUD-064"]);
    let strata = json!({ "method": "stratified", "strata": [stratum(true)] });
    assert_eq!(codes(&wrong(two(6_000, 4_000, 10_000, strata))), ["SCR-AUD-064"]);
    let ranked = json!({
        "name": "Mayor", "cards": 10, "audit": { "method": "bravo" },
        "reported": { "rule": "instant-runoff", "candidates": ["Ann", "Ben"], "rankings": [{ "ballots": 9, "prefer": ["Ann"] }] },
    });
    assert_eq!(codes(&wrong(ranked)), ["SCR-AUD-061"]);
}

#[test]
fn several_contests_in_one_sample() {
    let contest = |name: &str, ann: u64, cards: u64, limit: Value, targeted: bool| {
        json!({ "name": name, "risk_limit": limit, "cards": cards, "targeted": targeted,
            "reported": { "rule": "plurality", "votes": { "Ann": ann, "Ben": cards - ann } },
            "audit": { "method": "betting" } })
    };
    let contests = json!([
        contest("Mayor", 5_500, 10_000, json!(0.05), true),
        contest("Judge", 5_200, 10_000, json!("2.5%"), true),
        contest("Tax", 6_000, 10_000, json!("10%"), false),
    ]);
    let found = answer(json!({ "contests": contests, "replications": 200 }));
    let together = found.together.unwrap();
    assert_eq!(together.largest, "Judge");
    for row in &together.ballots {
        assert_eq!(row.draws, draws(&found.contests[1], row.percent), "the closest contest holds the others");
    }
    assert!(together.opportunistic[0].name == "Tax" && together.opportunistic[0].chance > 0.99);
    // Cards by style: Judge is on a tenth of the cards, and its cards are drawn only there.
    let contests = json!([
        contest("Mayor", 5_500, 10_000, json!("5%"), true),
        contest("Judge", 550, 1_000, json!("5%"), true)
    ]);
    let styles = json!([{ "cards": 9_000, "contests": ["Mayor"] }, { "cards": 1_000, "contests": ["Mayor", "Judge"] }]);
    let found = answer(json!({ "contests": contests, "styles": styles, "replications": 200 }));
    let together = found.together.unwrap();
    let (mayor, judge) = (draws(&found.contests[0], 90) as f64, draws(&found.contests[1], 90) as f64);
    let row = together.ballots.iter().find(|row| row.percent == 90).unwrap();
    assert!((row.ballots - (0.9 * mayor + judge)).abs() < 1e-6, "{row:?} {mayor} {judge}");
    let wrong = |styles: Value| {
        let request = json!({ "contests": contests, "styles": styles, "replications": 20 });
        plan(&of_value(request).unwrap()).unwrap_err()
    };
    let problems = wrong(json!([{ "cards": 10_000, "contests": ["Mayer", "Judge"] }]));
    assert_eq!(problems[0].closest.as_deref(), Some("Mayor"));
    assert_eq!(codes(&problems), ["SCR-AUD-065"; 3], "a name, and cards of two contests");
}

#[test]
fn requests_that_are_none_name_everything_at_once() {
    let of = |value: Value| of_value(value).unwrap_err();
    let problems = of(json!({ "contests": [
        { "name": "a", "cards": 10, "reported": { "rule": "pluralty", "votes": {} }, "audit": { "method": "bravo" } },
        { "name": "b", "cards": 10, "reported": { "rule": "margin", "margin": 1 }, "audit": { "method": "beting" } },
        { "name": "c", "crads": 10, "reported": { "rule": "margin", "margin": 1 }, "audit": { "method": "betting" } },
    ], "sed": "1" }));
    assert_eq!(codes(&problems), ["SCR-AUD-062"; 4]);
    let closest: Vec<_> = problems.iter().map(|problem| problem.closest.as_deref().unwrap_or("")).collect();
    assert_eq!(closest, ["plurality", "betting", "cards", "seed"]);
    assert_eq!(problems[2].column.as_deref(), Some("contests[2]"));
    assert_eq!(codes(&read(b"{\n1").unwrap_err()), ["SCR-AUD-062"]);
    let margin = |margin: u64, limit: &str| {
        json!({ "name": "m", "cards": 100, "risk_limit": limit,
        "reported": { "rule": "margin", "margin": margin }, "audit": { "method": "kaplan-markov" } })
    };
    let request = json!({ "contests": [margin(101, "5%"), margin(5, "5")], "replications": 20 });
    // A name twice is refused before anything is planned.
    assert_eq!(codes(&plan(&of_value(request).unwrap()).unwrap_err()), ["SCR-AUD-066"]);
    assert_eq!(codes(&wrong(margin(101, "5%"))), ["SCR-AUD-053"]);
    let limit = &wrong(margin(5, "5"))[0];
    assert_eq!(
        (limit.code, limit.closest.as_deref(), limit.args["contest"].as_str()),
        ("SCR-AUD-050", Some("5%"), "m")
    );
    assert_eq!(codes(&plan(&of_value(json!({ "contests": [] })).unwrap()).unwrap_err()), ["SCR-AUD-066"]);
    let batch = |ballots: u64, name: &str| {
        let batches = json!([{ "name": "one", "ballots": ballots, "votes": { name: 60, "Ben": 40 } },
            { "name": "two", "ballots": ballots, "votes": { "Ann": 60, "Ben": 40 } }]);
        wrong(json!({ "name": "m", "reported": { "rule": "plurality", "votes": { "Ann": 120, "Ben": 80 } },
            "audit": { "method": "batch", "batches": batches } }))
    };
    assert_eq!(codes(&batch(99, "Ann")), ["SCR-AUD-102"]);
    assert_eq!(codes(&wrong(two(101, 5, 100, json!({ "method": "alpha" })))), ["SCR-AUD-053"]);
    let ranked = |names: [&str; 2], ballots: u64| {
        wrong(
            json!({ "name": "m", "cards": 10, "audit": { "method": "alpha" }, "reported": { "rule": "instant-runoff",
            "candidates": names, "rankings": [{ "ballots": ballots, "prefer": ["Ann"] }, { "ballots": 1, "prefer": [] }] } }),
        )
    };
    assert_eq!(codes(&ranked(["Ann", "Ann"], 1)), ["SCR-AUD-066"]);
    assert_eq!(codes(&ranked(["Ann", "Ben"], u64::MAX)), ["SCR-AUD-084"]);
    assert_eq!(ranked(["Anm", "Ben"], 1)[0].closest.as_deref(), Some("Anm"));
    assert_eq!(batch(100, "Anm")[0].closest.as_deref(), Some("Ann"));
}
