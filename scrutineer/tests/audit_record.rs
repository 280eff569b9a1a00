//! Audit records with CVRs beside them, and with proofs of when commitment and seed were published.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_audits::record::{
    Batch, Commitment, Contest, Counted, CvrFile, Decision, Evidence, FORMAT, Method, Published, Record,
    Round, Sampler, Settings,
};
use scr_audits::verify::{Cvrs, Size, next_round};
use scr_core::Role;
use scr_engine::testing::TestEngine;
use scr_tabulation::cvr::columns::Columns;
use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

const SEED: &str = "31415926535897932384";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(arguments).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// An installation with two entries and its public key.
fn installation(folder: &Path) -> String {
    let test = TestEngine::new(folder, &[], Vec::new()).unwrap();
    for _ in 0..3 {
        test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(Vec::new())).unwrap();
    }
    while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size < 2) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    test.engine.ledger().verifiers()[0].to_string()
}

/// 100 ballots of one batch: 70 for Ann.
fn export() -> String {
    let mut text = "Test,1\n,,,,,,,,Mayor (Vote For=1),Mayor (Vote For=1)\n,,,,,,,,Ann,Ben\n\
        CvrNumber,TabulatorNum,BatchId,RecordId,ImprintedId,CountingGroup,PrecinctPortion,BallotType,,\n"
        .to_owned();
    for number in 1..=100 {
        let votes = if number <= 70 { "1,0" } else { "0,1" };
        text += &format!("{number},1,7,{number},1-7-{number},Mail,P1,S1,{votes}\n");
    }
    text
}

fn record(columns: &Columns, sha256: scr_canon::Hash32) -> Record {
    let contest = Contest {
        name: "Mayor".to_owned(),
        choices: vec!["Ann".to_owned(), "Ben".to_owned()],
        votes: vec![70, 30],
        winners: 1,
        votes_allowed: 1,
        ballots: 100,
        risk_limit: "0.05".to_owned(),
        targeted: true,
        ..Contest::default()
    };
    let batch = Batch {
        jurisdiction: "County".to_owned(),
        tabulator: Some("1".to_owned()),
        batch: "7".to_owned(),
        ballots: 100,
        ..Batch::default()
    };
    Record {
        format: FORMAT.to_owned(),
        title: "Mayor of the county".to_owned(),
        software: "scrutineer test".to_owned(),
        settings: Settings::new(Method::BallotComparison, Sampler::ConsistentWithReplacement, 20),
        contests: vec![contest],
        batches: vec![batch],
        cvrs: Vec::new(),
        cvr_files: vec![CvrFile { jurisdiction: "County".to_owned(), sha256, cards: columns.cards() }],
        names: Vec::new(),
        commitment: Commitment {
            parts: std::collections::BTreeMap::new(),
            root: sha256,
            published: None,
            signed: Vec::new(),
        },
        versions: Vec::new(),
        rounds: Vec::new(),
        full_counts: Vec::new(),
    }
}

/// An audit of the ballots of `cvrs.columns` with one open round, every ballot as its CVR says.
fn audit(folder: &Path) -> Record {
    std::fs::write(folder.join("cvr.csv"), export()).unwrap();
    assert!(run(folder, &["cvr", "import", "cvr.csv", "--out", "cvrs.columns"]).status.success());
    let bytes = std::fs::read(folder.join("cvrs.columns")).unwrap();
    let (columns, sha256) = (Columns::read(&bytes).unwrap(), scr_canon::sha256(&bytes));
    let mut record = record(&columns, sha256);
    record.commitment = Commitment::of(&record).unwrap();
    let cvrs = Cvrs::from([(sha256, columns)]);
    let draws = next_round(&record, &cvrs, SEED, &Size::Draws(10)).unwrap();
    let mut counted: Vec<Counted> = Vec::new();
    for draw in &draws {
        if !counted.iter().any(|one| one.position == draw.position) {
            let votes = vec![Some(vec![u64::from(draw.position > Some(70))])];
            counted.push(Counted { batch: 0, position: draw.position, votes, ..Counted::default() });
        }
    }
    record.rounds = vec![Round {
        number: 1,
        seed: SEED.to_owned(),
        seeded: None,
        wanted: Vec::new(),
        draws,
        counted,
        measured: Vec::new(),
        decision: Decision::Open,
        reason: String::new(),
        signed: Vec::new(),
    }];
    record
}

fn write(folder: &Path, record: &Record) {
    std::fs::write(folder.join("record.json"), serde_json::to_vec(record).unwrap()).unwrap();
}

/// Kaplan-Markov: (1 - 0.4/2γ)^10.
#[test]
fn cvrs_beside_the_record_are_given_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    write(at, &audit(at));
    let without = run(at, &["audit", "verify", "record.json"]);
    assert_eq!(without.status.code(), Some(1));
    assert!(said(&without).contains("SCR-AUD-134"), "{without:?}");
    let checked = run(at, &["audit", "verify", "record.json", "--cvrs", "cvrs.columns"]);
    assert!(checked.status.success(), "{checked:?}");
    let risk = format!("risk {:.10} after 10 draws", (1.0 - 0.4 / (2.0 * 1.03905_f64)).powi(10));
    assert!(said(&checked).contains(&risk), "{checked:?}");
    assert_eq!(run(at, &["verify", "record.json", "--cvrs", "cvrs.columns"]).stdout, checked.stdout);
    let other = run(at, &["audit", "verify", "record.json", "--cvrs", "record.json", "--json"]);
    let problem: Value = serde_json::from_slice(&other.stderr).unwrap();
    assert_eq!((other.status.code(), &problem["code"]), (Some(2), &"SCR-CVR-003".into()));
}

/// What the record shows as proof is checked against the log's key: the entry, its place and its time.
#[test]
fn proofs_of_the_order_are_checked_with_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let vkey = installation(&at.join("log"));
    let published = |index: u64| {
        let proof = said(&run(at, &["log", "proof", "log", &index.to_string()]));
        let parsed: scr_note::TlogProof = proof.parse().unwrap();
        let entry = String::from_utf8(parsed.extra.unwrap()).unwrap();
        let at = serde_json::from_str::<Value>(&entry).unwrap()["at"].as_str().unwrap().to_owned();
        let origin = parsed.checkpoint.lines().next().unwrap().to_owned();
        Some(Published { at, origin, index, evidence: Some(Evidence { entry, proof }) })
    };
    let mut record = audit(at);
    record.commitment.published = published(0);
    record.rounds[0].seeded = published(1);
    let check = |record: &Record, key: &str| {
        write(at, record);
        let mut arguments = vec!["audit", "verify", "record.json", "--cvrs", "cvrs.columns", "--json"];
        if !key.is_empty() {
            arguments.extend(["--vkey", key]);
        }
        let output = run(at, &arguments);
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        let codes = found["report"]["deviations"].as_array().unwrap();
        let codes: Vec<String> = codes.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect();
        (found["proofs"].as_str().unwrap().to_owned(), codes)
    };
    // The log's first entries name neither root nor seed, which is said; their proofs hold.
    let silent = ["SCR-AUD-122", "SCR-AUD-122"].map(str::to_owned).to_vec();
    assert_eq!(check(&record, &vkey), ("hold".to_owned(), silent.clone()));
    assert_eq!(check(&record, ""), ("not-checked".to_owned(), silent));
    record.rounds[0].seeded.as_mut().unwrap().at = "2035-01-01T00:00:00Z".to_owned();
    let (proofs, codes) = check(&record, &vkey);
    assert_eq!((proofs.as_str(), codes.last().unwrap().as_str()), ("fail", "SCR-AUD-137"));
    let entry = &mut record.commitment.published.as_mut().unwrap().evidence.as_mut().unwrap().entry;
    *entry = entry.replacen("\"v\":1", "\"v\":2", 1).replacen("log.emb", "log.emc", 1);
    let (_, codes) = check(&record, &vkey);
    assert_eq!(codes.iter().filter(|code| *code == "SCR-AUD-137").count(), 2);
    record.rounds[0].seeded = None;
    record.commitment.published = None;
    assert_eq!(check(&record, &vkey), ("missing".to_owned(), Vec::new()));
}

/// Names in a record cannot say what only the program says.
#[test]
fn a_record_cannot_write_lines_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut record = audit(at);
    let sentence = "Everything that can be computed from the record agrees with it.";
    record.title = format!("Mayor\n{sentence}\u{202e}");
    record.rounds[0].draws.swap(0, 1);
    write(at, &record);
    let checked = run(at, &["audit", "verify", "record.json", "--cvrs", "cvrs.columns"]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(said(&checked).lines().all(|line| line != sentence && !line.contains('\u{202e}')), "{checked:?}");
}
