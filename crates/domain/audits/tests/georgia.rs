//! The statewide audit of Georgia, November 2025 (Public Service Commission, district 2), from the files that the
//! Secretary of State published.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::import_arlo::{Bundle, Table, import, read_bundle, read_report};
use scr_audits::record::Record;
use scr_audits::sample::inputs::{self, SamplerInputs};
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
    // The sampler inputs that follow from the record give the same list to anybody's code.
    let inputs = SamplerInputs::of_record(&record).unwrap();
    let drawn = inputs::draw(&inputs, "sampler-inputs.json").unwrap();
    let tickets: Vec<_> = drawn.iter().map(|one| one.ticket.clone().unwrap()).collect();
    let official: Vec<_> = record.rounds[0].draws.iter().map(|draw| draw.ticket.clone()).collect();
    assert_eq!(tickets, official);
    // Four rows of the official report have a "Change in Results".
    let compared = scr_audits::workflow::discrepancy::compare(&record, &[]);
    assert_eq!((compared.read, compared.compared, compared.differ), (355, 355, 4));
    // Its line "Totals".
    assert_eq!(compared.sums[0].read, [49_674, 49_767]);
    assert_eq!(compared.sums[0].reported, [49_676, 49_765]);
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
    let lines: Vec<String> = std::iter::once(&head).chain(rows).map(|cells| cells.join(",")).collect();
    let table = Table { file: "t.csv".to_owned(), bytes: lines.join("\n").into_bytes() };
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
    // What is wrong with a table is said by its reader.
    let unnamed = bundle("J", &["Box", "Ann", "Ben"], &[&["B1", "60", "40"]]);
    assert!(wrong(&manifest(), &unnamed, REPORT).contains(&"SCR-AUD-012"));
    let renamed = bundle("J", &["Batch Name", "Anne", "Ben"], &[&["B1", "60", "40"]]);
    assert!(!wrong(&manifest(), &renamed, REPORT).is_empty());
    let words = bundle("J", &["Batch Name", "Number of Ballots"], &[&["B1", "1OO"]]);
    assert!(wrong(&words, &totals(), REPORT).contains(&"SCR-AUD-017"));
    let unknown = bundle("J", &["Batch Name", "Ann", "Ben"], &[&["B01", "60", "40"]]);
    assert_eq!(wrong(&manifest(), &unknown, REPORT), ["SCR-AUD-025", "SCR-AUD-026"]);
    // A batch of the report that the manifest does not have.
    let strange = REPORT.replace("J,B1,", "J,B2,");
    assert!(wrong(&manifest(), &totals(), &strange).contains(&"SCR-AUD-146"));
    // Canonical JSON has no larger integers than 2^53 - 1.
    let large = REPORT.replace("Ann: 60; Ben: 40,0", "Ann: 9007199254740993; Ben: 40,0");
    assert!(wrong(&manifest(), &totals(), &large).contains(&"SCR-AUD-149"));
}

/// Arlo draws for each targeted contest; a report with two becomes a record in which each draw says for which.
#[test]
fn each_targeted_contest_has_its_own_draws() {
    let names: Vec<String> = (0..30).map(|at| format!("B{at}")).collect();
    let rows: Vec<[&str; 2]> = names.iter().map(|name| [name.as_str(), "100"]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 2]>::as_slice).collect();
    let manifest = bundle("J", &["Batch Name", "Number of Ballots"], &rows);
    let head = ["Batch Name", "Mayor - Ann", "Mayor - Ben", "Clerk - Cem", "Clerk - Dee"];
    let rows: Vec<[&str; 5]> = names.iter().map(|name| [name.as_str(), "60", "40", "80", "20"]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(<[&str; 5]>::as_slice).collect();
    let totals = bundle("J", &head, &rows);
    let draws = |votes: Vec<u64>, ballot: Vec<u64>| {
        let contest =
            scr_audits::batch::Contest { votes, winners: 1, votes_allowed: 1, pending: 0, runoff: false };
        let batch = |name: &String| scr_audits::batch::Batch {
            jurisdiction: "J".to_owned(),
            name: name.clone(),
            ballots: 100,
            votes: ballot.clone(),
        };
        let audit = scr_audits::batch::BatchAudit::new(&contest, names.iter().map(batch).collect()).unwrap();
        scr_audits::sample::ppeb::draw("12345678901234567890", &audit.weights(), 0, 8)
    };
    let (mayor, clerk) = (draws(vec![1800, 1200], vec![60, 40]), draws(vec![2400, 600], vec![80, 20]));
    let tickets = |list: &[scr_audits::sample::ppeb::BatchDraw], at: usize| {
        let own = list.iter().filter(|draw| draw.at == at).map(|draw| draw.ticket.as_str());
        let own = own.collect::<Vec<_>>().join(", ");
        if own.is_empty() { String::new() } else { format!("Round 1: {own}") }
    };
    let mut text = "######## CONTESTS ########\nContest Name,Targeted?,Number of Winners,Votes Allowed,Total Ballots Cast,Vote Totals\n\
        Mayor,Targeted,1,1,3000,Ann: 1800; Ben: 1200\nClerk,Targeted,1,1,3000,Cem: 2400; Dee: 600\n,\n\
        ######## AUDIT SETTINGS ########\nAudit Name,Risk Limit,Random Seed\nTest,5%,12345678901234567890\n,\n\
        ######## ROUNDS ########\nRound Number,Contest Name,Targeted?,Risk Limit Met?,P-Value\n1,Mayor,Targeted,No,P0\n1,Clerk,Targeted,Yes,P1\n,\n\
        ######## SAMPLED BATCHES ########\nJurisdiction Name,Batch Name,Ticket Numbers: Mayor,Ticket Numbers: Clerk,Audit Results: Mayor,Audit Results: Clerk\n"
        .to_owned();
    for (at, name) in names.iter().enumerate() {
        let (mayor, clerk) = (tickets(&mayor, at), tickets(&clerk, at));
        if !(mayor.is_empty() && clerk.is_empty()) {
            text += &format!("J,{name},\"{mayor}\",\"{clerk}\",Ann: 60; Ben: 40,Cem: 80; Dee: 20\n");
        }
    }
    // MACRO without errors: each draw multiplies by 1 - 1/U; u of each batch is (V of it + its ballots)/V.
    let p = |v: f64| format!("{:.10}", (1.0 - v / (v + 3000.0)).powi(8));
    text = text.replace("P0", &p(600.0)).replace("P1", &p(1800.0));
    let report = read_report(text.as_bytes(), "r.csv").unwrap();
    let record = import(&manifest, &totals, &report).unwrap();
    let own = |at: usize| record.rounds[0].draws.iter().filter(|draw| draw.contest == Some(at)).count();
    assert_eq!((own(0), own(1)), (8, 8));
    let found = verify(&record);
    assert_eq!(found.rounds[0].p_values, [Some(p(600.0)), Some(p(1800.0))]);
    assert_eq!(found.deviations, []);
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
