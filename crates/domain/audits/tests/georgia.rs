//! The statewide audit of Georgia, November 2025 (Public Service Commission, district 2), from the files that the
//! Secretary of State published.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::import_arlo::{Bundle, Table, import, read_bundle, read_report};
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

const REPORT: &str = "######## CONTESTS ########,,,\nContest Name,Targeted?,Number of Winners,Votes Allowed,Total Ballots Cast,Vote Totals,Pending Ballots\n\
    Mayor,Targeted,1,1,100,Ann: 60; Ben: 40,0\n,\n######## AUDIT SETTINGS ########\nAudit Name,Risk Limit,Random Seed\nTest,5%,12345678901234567890\n,\n\
    ######## ROUNDS ########\nRound Number,Contest Name,Targeted?,Risk Limit Met?,P-Value\n1,Mayor,Targeted,Yes,0.01\n,\n\
    ######## SAMPLED BATCHES ########\nJurisdiction Name,Batch Name,Ticket Numbers: Mayor,Audit Results: Mayor,Combined Batch\nJ,B1,Round 1: EXTRA,Ann: 60; Ben: 40,\n";

fn bundle(jurisdiction: &str, head: &[&str], rows: &[&[&str]]) -> Bundle {
    let texts = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
    let rows = (2..).zip(rows).map(|(row, cells)| (row, texts(cells))).collect();
    let table = Table { file: "t.csv".to_owned(), head: texts(head), rows };
    Bundle { tables: [(jurisdiction.to_owned(), table)].into() }
}

/// Codes of everything that is wrong with a manifest and totals of one jurisdiction.
fn wrong(manifest: &Bundle, totals: &Bundle, report: &str) -> Vec<&'static str> {
    let report = read_report(report.as_bytes(), "r.csv").unwrap();
    import(manifest, totals, &report).unwrap_err().iter().map(|problem| problem.code).collect()
}

#[test]
fn files_that_do_not_fit_together_are_named() {
    let manifest = || bundle("J", &["Batch Name", "Number of Ballots"], &[&["B1", "100"]]);
    let totals = || bundle("J", &["Batch Name", "Ann", "Ben"], &[&["B1", "60", "40"]]);
    let report = read_report(REPORT.as_bytes(), "r.csv").unwrap();
    assert!(import(&manifest(), &totals(), &report).is_ok());
    let other = bundle("K", &["Batch Name", "Number of Ballots"], &[&["B1", "100"]]);
    assert!(wrong(&other, &totals(), REPORT).contains(&"SCR-AUD-143"));
    let unnamed = bundle("J", &["Batch", "Ann", "Ben"], &[&["B1", "60", "40"]]);
    assert!(wrong(&manifest(), &unnamed, REPORT).contains(&"SCR-AUD-144"));
    let renamed = bundle("J", &["Batch Name", "Anne", "Ben"], &[&["B1", "60", "40"]]);
    assert_eq!(wrong(&manifest(), &renamed, REPORT), ["SCR-AUD-144"]);
    let words = bundle("J", &["Batch Name", "Number of Ballots"], &[&["B1", "1OO"]]);
    assert!(wrong(&words, &totals(), REPORT).contains(&"SCR-AUD-145"));
    let unknown = bundle("J", &["Batch Name", "Ann", "Ben"], &[&["B01", "60", "40"]]);
    assert_eq!(wrong(&manifest(), &unknown, REPORT), ["SCR-AUD-146"]);
    let two = bundle("J", &["Batch Name", "Number of Ballots"], &[&["B1", "100"], &["B2", "9"]]);
    assert_eq!(wrong(&two, &totals(), REPORT), ["SCR-AUD-147"]);
    let no_number = bundle("J", &["Batch Name", "Ann", "Ben"], &[&["B1", "6O", "40"]]);
    assert_eq!(wrong(&manifest(), &no_number, REPORT), ["SCR-AUD-148"]);
    let second = REPORT.replace(
        "Mayor,Targeted,1,1,100,Ann: 60; Ben: 40,0\n",
        "Mayor,Targeted,1,1,100,Ann: 60; Ben: 40,0\nMayor,Targeted,1,1,100,Ann: 60; Ben: 40,0\n",
    );
    assert!(wrong(&manifest(), &totals(), &second).contains(&"SCR-AUD-153"));
    // Canonical JSON has no larger integers than 2^53 - 1.
    let large = REPORT.replace("Ann: 60; Ben: 40,0", "Ann: 9007199254740993; Ben: 40,0");
    assert!(wrong(&manifest(), &totals(), &large).contains(&"SCR-AUD-149"));
}

#[test]
fn reports_that_are_not_whole_are_refused() {
    let codes = |text: &[u8]| {
        read_report(text, "r.csv").unwrap_err().iter().map(|problem| problem.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(b"hello"), ["SCR-AUD-151"; 4]);
    assert!(codes(REPORT.replace("Ann: 60; Ben: 40,0", "Ann: sixty,0").as_bytes()).contains(&"SCR-AUD-152"));
    let table =
        |bytes: &[u8]| read_bundle(std::io::Cursor::new(bytes.to_vec()), "b.zip").unwrap_err()[0].code;
    assert_eq!(table(b"no zip"), "SCR-AUD-140");
}
