//! The statewide audit of Georgia, November 2025 (Public Service Commission, district 2), from the files that the
//! Secretary of State published.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::import_arlo::{import, read_bundle, read_report};
use scr_audits::record::Record;
use scr_audits::verify::{Order, verify};
use serde_json::Value;
use std::fs::File;

fn georgia() -> Option<(Record, Value)> {
    let folder = scr_testing::data("audit/ga2025-psc2")?;
    let open = |name: &str| File::open(folder.join(name)).unwrap();
    let manifests = read_bundle(open("manifests_bundle.zip"), "manifests_bundle.zip").unwrap();
    let totals = read_bundle(open("candidate_totals_bundle.zip"), "candidate_totals_bundle.zip").unwrap();
    let report = std::fs::read(folder.join("final_audit_report.csv")).unwrap();
    let report = read_report(&report, "final_audit_report.csv").unwrap();
    let record = import(&manifests, &totals, &report).unwrap();
    let expected = serde_json::from_slice(&std::fs::read(folder.join("expected.json")).unwrap()).unwrap();
    Some((record, expected))
}

/// Official: seed, 15 draws with their tickets, hand counts and the measured risk to every printed digit.
#[test]
fn the_whole_audit_is_checked_again() {
    let Some((record, expected)) = georgia() else { return };
    let jurisdictions: std::collections::BTreeSet<&str> =
        record.batches.iter().map(|batch| batch.jurisdiction.as_str()).collect();
    assert_eq!(Value::from(jurisdictions.len()), expected["jurisdictions"]);
    assert_eq!(Value::from(record.batches.len()), expected["batches"]);
    assert_eq!(
        Value::from(record.batches.iter().map(|batch| u64::from(batch.ballots)).sum::<u64>()),
        expected["ballots"]
    );
    assert_eq!(record.rounds.len(), 1);
    assert_eq!(Value::from(record.rounds[0].draws.len()), expected["draws"]);
    assert_eq!(record.rounds[0].measured[0].p_value, "0.034476286");
    let report = verify(&record);
    assert_eq!(report.deviations, [], "{:#?}", report.deviations);
    assert_eq!(report.order, Order::NotWitnessed);
    // 0.034476286380833616 by Arlo's own math.
    assert_eq!(report.rounds[0].p_values, [Some("0.0344762864".to_owned())]);
    // What is written is read again.
    let bytes = serde_json::to_vec(&record).unwrap();
    assert_eq!(Record::read(&bytes).unwrap(), record);
}

/// Bundles that are damaged, or not those that were published.
#[test]
fn another_bundle_than_its_hash_says_is_refused() {
    let Some(folder) = scr_testing::data("audit/ga2025-psc2") else { return };
    let mut bytes = std::fs::read(folder.join("manifests_bundle.zip")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let errors = read_bundle(std::io::Cursor::new(bytes), "m.zip").unwrap_err();
    assert!(["SCR-AUD-140", "SCR-AUD-142"].contains(&errors[0].code), "{}", errors[0]);
}
