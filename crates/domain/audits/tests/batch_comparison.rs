//! Batch comparison against Arlo's own figures.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use num_traits::ToPrimitive as _;
use scr_audits::batch::{Batch, BatchAudit, Contest, Drawn, NoSample};
use scr_audits::sample::ppeb;
use serde_json::Value;

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn votes(value: &Value) -> Vec<u64> {
    (0..).map_while(|at| value.get(format!("c{at}"))).map(count).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-12 * other.abs()
}

fn prepared(case: &Value) -> BatchAudit {
    let spec = &case["contest"];
    let contest = Contest {
        votes: votes(spec),
        winners: usize::try_from(count(&spec["numWinners"])).unwrap(),
        votes_allowed: count(&spec["votesAllowed"]),
        pending: count(&spec["pendingBallots"]),
        runoff: spec["isSubjectToRunoff"].as_bool().unwrap(),
    };
    let batches: Vec<Batch> = case["batches"]
        .as_array()
        .unwrap()
        .iter()
        .map(|batch| Batch {
            jurisdiction: text(&batch["jurisdiction"]),
            name: text(&batch["batch"]),
            ballots: count(&batch["ballots"]),
            votes: votes(batch),
        })
        .collect();
    BatchAudit::new(&contest, batches).unwrap()
}

/// `audit_math/macro.py` and `sampler.py` of votingworks/arlo 8d86156, on seven contests with planted errors.
#[test]
fn bounds_draws_and_risk_are_those_of_arlo() {
    let Some(path) = scr_testing::data("audit/vectors/arlo_batch_macro_ppeb.json") else { return };
    let cases: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert_eq!(cases.len(), 7);
    for case in &cases {
        let audit = prepared(case);
        assert!(close(audit.total_bound().to_f64().unwrap(), case["U"].as_f64().unwrap()));
        let size = usize::try_from(count(&case["sample_size"])).unwrap();
        let limit = case["risk_limit_pct"].as_f64().unwrap() / 100.0;
        assert_eq!(audit.sample_size(limit, 1.0).min(audit.batches().len() - 1), size);

        let drawn = ppeb::draw(&text(&case["seed"]), &audit.weights(), 0, size);
        let wanted = case["draws"].as_array().unwrap();
        assert_eq!(drawn.len(), wanted.len());
        for (draw, wanted) in drawn.iter().zip(wanted) {
            let batch = &audit.batches()[draw.at];
            assert_eq!(draw.ticket, text(&wanted[0]));
            assert_eq!(
                (batch.jurisdiction.as_str(), batch.name.as_str()),
                (text(&wanted[1][0]).as_str(), text(&wanted[1][1]).as_str())
            );
        }
        let hand: Vec<(String, String, Vec<u64>)> = case["audited"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (text(&one["jurisdiction"]), text(&one["batch"]), votes(one)))
            .collect();
        let counted: Vec<Drawn<'_>> = drawn
            .iter()
            .map(|draw| {
                let batch = &audit.batches()[draw.at];
                let found = hand.iter().find(|(jurisdiction, name, _)| {
                    *jurisdiction == batch.jurisdiction && *name == batch.name
                });
                Drawn { batch: draw.at, counted: &found.unwrap().2, together: &[] }
            })
            .collect();
        let measured = audit.measure(&counted);
        assert!(
            close(measured.p_value, case["p_value"].as_f64().unwrap()),
            "{measured:?} {}",
            case["p_value"]
        );
        assert_eq!(measured.p_value <= limit, case["risk_limit_met"].as_bool().unwrap());
        // A second round's draws go on where the first ended.
        assert_eq!(ppeb::draw(&text(&case["seed"]), &audit.weights(), 3, size - 3), drawn[3..]);
    }
}

fn two(votes: [u64; 2], batches: &[(u64, [u64; 2])]) -> Result<BatchAudit, NoSample> {
    let contest = Contest { votes: votes.into(), winners: 1, votes_allowed: 1, pending: 0, runoff: false };
    let batch = |(at, (ballots, votes)): (usize, &(u64, [u64; 2]))| Batch {
        jurisdiction: "J".to_owned(),
        name: at.to_string(),
        ballots: *ballots,
        votes: (*votes).into(),
    };
    BatchAudit::new(&contest, batches.iter().enumerate().map(batch).collect())
}

#[test]
fn what_no_sample_can_confirm_is_said() {
    let tie = two([10, 10], &[(20, [10, 10])]).unwrap_err();
    assert!(
        tie.to_string().starts_with("SCR-AUD-100 choice 1 against choice 2: the margin is 0 votes"),
        "{tie}"
    );
    // Six votes are in no batch, and could be all that the winner leads by.
    assert!(matches!(two([16, 10], &[(20, [10, 10])]), Err(NoSample::FullCount { unseen: 6, .. })));
    let many = two([16, 10], &[(20, [16, 10])]).unwrap_err();
    assert!(
        many.to_string().starts_with("SCR-AUD-102 batch \"0\" of \"J\": 26 votes on 20 ballots"),
        "{many}"
    );
    let more = two([16, 10], &[(40, [16, 11])]).unwrap_err();
    assert!(
        more.to_string().starts_with("SCR-AUD-103 choice 2 has 11 votes in the batches and 10"),
        "{more}"
    );
    let none = Contest { votes: vec![5, 3], winners: 2, votes_allowed: 1, pending: 0, runoff: false };
    assert!(none.pairs().unwrap_err().to_string().starts_with("SCR-AUD-101 2 of 2 choices win"));
}

#[test]
fn landslides_and_zero_votes_have_bounds() {
    // U = (30+30)/30 + (10+10)/30: two thirds of a batch more than the whole margin.
    let audit = two([30, 0], &[(30, [30, 0]), (10, [0, 0])]).unwrap();
    assert_eq!(audit.total_bound(), &ppeb::weight(7, 3));
    assert_eq!(audit.measure(&[]).p_value.to_bits(), 1.0_f64.to_bits());
    let all = [
        Drawn { batch: 0, counted: &[30, 0], together: &[] },
        Drawn { batch: 1, counted: &[0, 9], together: &[] },
    ];
    assert_eq!(audit.measure(&all).p_value.to_bits(), 0.0_f64.to_bits());
    // The second batch says the most that it could against the winner.
    let worst = Drawn { batch: 1, counted: &[0, 10], together: &[] };
    assert!(audit.measure(std::slice::from_ref(&worst)).uncapped.is_infinite());
}

#[test]
fn batches_that_were_mixed_are_compared_together() {
    let audit = two([60, 30], &[(50, [30, 10]), (50, [20, 15]), (50, [10, 5])]).unwrap();
    // Ten ballots lie in the wrong box of two that were counted as one: no error at all.
    let alone = Drawn { batch: 0, counted: &[50, 25], together: &[] };
    let mixed = Drawn { batch: 0, counted: &[50, 25], together: &[0, 1] };
    assert_eq!(audit.error(&mixed).error, ppeb::weight(0, 1));
    assert_eq!(audit.error(&mixed).bound, audit.error(&alone).bound);
    let off = Drawn { batch: 0, counted: &[47, 28], together: &[0, 1] };
    assert_eq!(audit.error(&off).error, ppeb::weight(6, 30));
}

#[test]
fn without_a_majority_the_claims_are_those_of_a_runoff() {
    use scr_audits::batch::Pair::{Beats, Majority, NoMajority};
    let contest = |votes: &[u64]| Contest {
        votes: votes.into(),
        winners: 1,
        votes_allowed: 1,
        pending: 0,
        runoff: true,
    };
    assert_eq!(
        contest(&[60, 30, 10]).pairs().unwrap(),
        [Beats { winner: 0, loser: 1 }, Beats { winner: 0, loser: 2 }, Majority(0)]
    );
    assert_eq!(
        contest(&[20, 45, 35]).pairs().unwrap(),
        [Beats { winner: 1, loser: 0 }, Beats { winner: 2, loser: 0 }, NoMajority(1), NoMajority(2)]
    );
}

/// Another contest on the same draws: (1 - 1/U') / (1 - e/(q U')) with U' = max u/q, worked by hand.
#[test]
fn a_contest_that_was_not_drawn_for_has_its_own_risk() {
    let drawn_for = two([60, 30], &[(50, [30, 10]), (50, [20, 15]), (50, [10, 5])]).unwrap();
    let other = two([40, 30], &[(50, [20, 15]), (50, [10, 10]), (50, [10, 5])]).unwrap();
    // u = 70, 55, 55 of 30 and U = 6; the other's are 55, 50, 55 of 10. u/q: (55/10)/(70/180), (50/10)/(55/180) …
    let most = (5.5_f64 / (70.0 / 180.0)).max(5.5 / (55.0 / 180.0));
    let sound = Drawn { batch: 0, counted: &[20, 15], together: &[] };
    let found = other.measure_by(std::slice::from_ref(&sound), &drawn_for).uncapped;
    assert!(close(found, 1.0 - 1.0 / most), "{found}");
    // Two votes of ten too many for the winner: e = 2/10.
    let off = Drawn { batch: 0, counted: &[19, 16], together: &[] };
    let found = other.measure_by(std::slice::from_ref(&off), &drawn_for).uncapped;
    let wanted = (1.0 - 1.0 / most) / (1.0 - 0.2 / (70.0 / 180.0) / most);
    assert!(close(found, wanted), "{found} {wanted}");
    // Drawn for itself it is what it was.
    let own = drawn_for.measure(&[Drawn { batch: 1, counted: &[19, 16], together: &[] }]).uncapped;
    assert!(close(own, (1.0 - 1.0 / 6.0) / (1.0 - (2.0 / 30.0) / (55.0 / 30.0))), "{own}");
}
