//! ONEAudit (Stark 2023), simulated again: pbstark/ONEAudit at 872ad4b, oa-batch.ipynb, Alice against Bob.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::bounded_mean::{ShrinkTrunc, Test, Top};
use scr_audits::decimal::RiskLimit;
use scr_audits::risk::plan::{Distribution, Method, Plan, Values, distribution};

/// 10,000 cards with CVRs and ten pools of about a thousand: in five nine tenths are for Alice, in five a tenth. As the
/// notebook builds them, 19,999 cards: 1,000·(1-0.9)·5 is 499 there. (overstatement, cards); the rest is without error.
const CARDS: u64 = 19_999;
const IN_POOLS: [(f64, u64); 4] = [(0.9 - 1.0, 4_500), (0.9, 499), (0.1 - 1.0, 500), (0.1, 4_500)];
/// Twice the mean of 20,000 cards, 10,000 for Alice and 9,000 for Bob, less 1.
const MARGIN: f64 = 0.05;

fn simulated(eta: f64, d: f64, upper: f64) -> Distribution {
    let values = Values::comparison(1.0, MARGIN, &IN_POOLS, CARDS).unwrap();
    let test = Test::ShrinkTrunc(ShrinkTrunc { eta, d, c: 0.5, f: 0.0, minsd: 1e-6, top: Top::Epsilon });
    distribution(&Plan {
        limit: RiskLimit::percent(5).unwrap(),
        cards: CARDS,
        method: Method::Values { test, values: Values { upper, kinds: values.kinds } },
        so_far: Vec::new(),
        most: CARDS,
        seed: "alice and bob".to_owned(),
        replications: 1_000,
    })
    .unwrap()
}

/// The notebook counts from 0: the place of the first draw that is enough, one less than the number of draws.
fn agrees(found: &Distribution, printed: f64) {
    let draws = printed + 1.0;
    assert!((found.mean - draws).abs() <= 3.0 * found.standard_error, "{} {draws}", found.mean);
    assert!(found.full_counts < 1e-9);
}

/// 910.8872 with d = 100 and 960.9379 with d = 1000 (10,000 replications). η is the upper bound 1.0256410 there.
#[test]
fn alice_against_bob_by_overstatements() {
    let upper = 2.0 / (2.0 - MARGIN);
    agrees(&simulated(upper, 100.0, upper), 910.8872);
    agrees(&simulated(upper, 1_000.0, upper), 960.9379);
}

/// 3,202.1575 with d = 100: what the notebook calls polling are the same overstatement values, tested with 1 as their
/// upper bound and the reported mean .525 as η; no value is above 1.
#[test]
fn alice_against_bob_by_what_is_called_polling() {
    agrees(&simulated(0.525, 100.0, 1.0), 3_202.157_5);
}
