//! What the commands print with `--json` is what the published schemas say. The validator is somebody
//! else's (`boon`, JSON Schema 2020-12).

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use boon::{Compiler, Schemas};
use scr_core::Role;
use scr_engine::testing::TestEngine;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const SCHEMAS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas");

/// Why a document is not of the schema; nothing when it is.
fn wrong(schema: &str, document: &Value) -> Option<String> {
    let mut schemas = Schemas::new();
    let path = format!("{SCHEMAS}/{schema}.schema.json");
    let index = Compiler::new().compile(&path, &mut schemas).unwrap();
    schemas.validate(document, index).err().map(|error| format!("{error:#}"))
}

/// The JSON of a command that ends well, held against its schema.
fn holds(schema: &str, args: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).arg("--json").output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(wrong(schema, &document), None, "{args:?}: {document}");
    // A schema that takes anything is none.
    let mut other = document.clone();
    other["surprise"] = json!(1);
    let strict = schema != "log-entry";
    assert!(!strict || wrong(schema, &other).is_some(), "{schema} takes everything");
    document
}

fn file(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

const A: &str = "station,registered,voters,Ann,Bob\n1,100,90,40,50\n2,80,90,30,20\n2,80,70,30,20\n";
const B: &str = "station,registered,voters,Ann,Bob\n1,100,90,41,49\n3,80,70,30,20\n";

#[test]
fn results_commands() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (file(folder.path(), "a.csv", A), file(folder.path(), "b.csv", B));
    let proposed = holds("results-propose", &["results", "propose", &a]);
    let mapping = file(folder.path(), "m.toml", proposed["mapping"].as_str().unwrap());
    let checked = holds("results-check", &["results", "check", &a, "--mapping", &mapping]);
    let by_proposal = holds("results-check", &["results", "check", &a]);
    assert_eq!((&by_proposal["proposed"], &checked["proposed"]), (&proposed["mapping"], &Value::Null));
    assert_eq!(by_proposal["contests"], checked["contests"]);
    let groups = checked["contests"][0]["report"]["groups"].as_array().unwrap();
    assert!(groups.iter().any(|group| group["count"] != 0), "the file has something to find");
    let compared = holds("results-diff", &["results", "diff", &a, &b, "--mapping", &mapping]);
    assert_eq!(compared["comparison"]["cells_differing"], 2);
}

#[test]
fn commands_of_the_record() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("new");
    holds("init", &["init", "--data", data.to_str().unwrap(), "--origin", "log.example"]);
    let log = folder.path().join("log");
    let test = TestEngine::new(&log, &[], Vec::new()).unwrap();
    test.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(Vec::new())).unwrap();
    while test.engine.log().checkpoint().unwrap().is_none_or(|signed| signed.size < 2) {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let vkey = test.engine.ledger().verifiers()[0].to_string();
    drop(test);
    let log = log.to_str().unwrap();
    holds("log-fsck", &["log", "fsck", log]);
    holds("log-entry", &["log", "entry", log, "1"]);
    let proof = holds("log-proof", &["log", "proof", log, "1"]);
    let proof = file(folder.path(), "1.tlog-proof", proof["proof"].as_str().unwrap());
    holds("verify", &["verify", &proof, "--vkey", &vkey]);
    holds("fixity", &["fixity", "--data", log]);
    let backup = folder.path().join("backup");
    let backup = backup.to_str().unwrap();
    holds("backup", &["backup", "create", "--data", log, "--to", backup]);
    holds("backup", &["backup", "show", backup]);
    let told = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
        .args(["doctor", "--data", log, "--json"])
        .output()
        .unwrap();
    let told: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(wrong("doctor", &told), None, "{told}");
    holds("restore", &["restore", "--from", backup, "--data", log, "--replace"]);
}

#[test]
fn commands_of_witnesses() {
    let folder = tempfile::tempdir().unwrap();
    let (ours, theirs) = (folder.path().join("ours"), folder.path().join("theirs"));
    let (ours, theirs) = (ours.to_str().unwrap(), theirs.to_str().unwrap());
    holds("init", &["init", "--data", ours, "--origin", "log.example"]);
    holds("keys", &["keys", "show", "--data", ours]);
    holds("witness-init", &["witness", "init", "--data", theirs, "--name", "witness.example"]);
    let card = ["witness", "card", "--data", theirs, "--site", "https://witness.example"];
    let card = holds("witness-card", &card);
    let file = file(folder.path(), "card.txt", card["card"].as_str().unwrap());
    let digits = card["digits"][0].as_str().unwrap();
    let done = holds("witness-accept", &["witness", "accept", &file, "--data", ours, "--digits", digits]);
    assert_eq!(done["done"].as_array().unwrap().len(), 2, "{done}");
}

#[test]
fn a_problem() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(["verify", "none", "--json"]).output().unwrap();
    let problem: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(wrong("problem", &problem), None, "{problem}");
}
