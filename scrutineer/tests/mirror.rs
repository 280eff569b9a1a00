//! A mirror of the demonstration, as two processes: the same pages, digest for digest.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod served;

use scr_core::{SystemClock, SystemEntropy};
use scr_desk_alerts::AlertsDesk;
use scr_desk_audits::AuditsDesk;
use scr_desk_office::OfficeDesk;
use scr_desk_record::RecordDesk;
use scr_desk_response::ResponseDesk;
use scr_desk_results::ResultsDesk;
use scr_desk_threats::ThreatsDesk;
use scr_engine::{Engine, Installation};
use scr_mirror::MirrorFolder;
use scr_note::{Algorithm, Checkpoint, Note, SignerKey};
use scr_web::Desk;
use serde_json::Value;
use served::Server;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

const DESKS: &[&dyn Desk] =
    &[&ResultsDesk, &AuditsDesk, &ThreatsDesk, &AlertsDesk, &ResponseDesk, &RecordDesk, &OfficeDesk];

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_scrutineer"));
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn fetch(address: &str) -> (u16, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut response = agent.get(address).call().unwrap();
    (response.status().as_u16(), response.body_mut().read_to_string().unwrap())
}

fn digests(engine: &Engine) -> Vec<(String, String)> {
    let size = engine.log().size().unwrap();
    assert!(engine.wait_for(size, Duration::from_secs(120)));
    engine.digests().unwrap().into_iter().map(|(table, digest)| (table, digest.to_string())).collect()
}

fn kinds() -> Vec<scr_engine::KindSpec> {
    DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect()
}

/// The views of the origin and of the mirror, when neither runs.
fn views_of_both(origin: &Path, mirror: &Path, key: &str) -> [Vec<(String, String)>; 2] {
    let views = || DESKS.iter().flat_map(|desk| desk.views()).collect();
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let parts = Installation::find(origin).unwrap();
    let parts = parts.open(None, Duration::from_secs(1), clock.clone(), entropy.clone()).unwrap();
    let theirs = digests(&Engine::open(parts, origin, &kinds(), views()).unwrap());
    let folder = MirrorFolder::open(mirror, vec![key.parse().unwrap()], clock, entropy).unwrap();
    let own = digests(&Engine::open(folder.parts, mirror, &kinds(), views()).unwrap());
    [theirs, own]
}

fn mirror_once(address: &str, key: &str, data: &str) -> Output {
    command(&["mirror", address, "--vkey", key, "--data", data, "--once", "--json"]).output().unwrap()
}

/// A mirror has every alert with its proof and its signed message. What only the log's key can make it has not, and says so.
fn alerts_of_the_mirror(origin: &str, mirror: &str) {
    let (_, list) = fetch(&format!("{origin}/alerts"));
    let id = list.split("href=\"/alerts/").skip(1).find_map(|rest| {
        let id = rest.split(['"', '?', '#', '/']).next()?;
        (!id.is_empty() && !id.contains('.')).then(|| id.to_owned())
    });
    let id = id.unwrap();
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let bytes = |server: &str, ending: &str| {
        let mut answer = agent.get(format!("{server}/alerts/{id}.{ending}")).call().unwrap();
        (answer.status().as_u16(), answer.body_mut().read_to_vec().unwrap())
    };
    let trust = scr_verify::Trust::Keys(
        fetch(&format!("{origin}/log/vkey")).1.lines().map(|key| key.parse().unwrap()).collect(),
    );
    let authentic = |read: &[u8]| {
        let read = scr_alerts::Scanned::read(read).unwrap();
        scr_alerts::authenticate(&read, &trust, &scr_alerts::Limits::default()).unwrap()
    };
    let (status, bundle) = bytes(mirror, "bundle");
    assert_eq!(status, 200, "{}", text(&bundle));
    let (status, short) = bytes(origin, "short");
    assert_eq!((status, authentic(&bundle).alert), (200, authentic(&short).alert));
    assert_eq!(bytes(mirror, "cap"), bytes(origin, "cap"));
    let (status, refused) = bytes(mirror, "short");
    let refused = text(&refused);
    assert!(
        status == 404
            && refused.contains("SCR-ALR-249")
            && refused.contains("it needs the key of the record, which mirrors do not have")
            && refused.contains("Take the alert with its proof instead"),
        "{status} {refused}"
    );
}

#[test]
fn the_demonstration_and_its_mirror_show_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("origin"), folder.path().join("mirror"));
    let (data, copy) = (data.to_str().unwrap(), copy.to_str().unwrap());
    let origin = Server::start(&["demo", "--data", data], "scrutineer demo:");
    let (_, keys) = fetch(&format!("{}/log/vkey", origin.address));
    let key = keys.lines().next().unwrap();

    // Killed in the middle, at another moment each time: what is kept is whole, and it goes on.
    for pause_ms in [50, 300, 900] {
        let args = ["mirror", &origin.address, "--vkey", key, "--data", copy, "--no-serve"];
        let mut killed = command(&args).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(pause_ms));
        killed.kill().unwrap();
        killed.wait().unwrap();
    }
    let once = mirror_once(&origin.address, key, copy);
    assert_eq!(once.status.code(), Some(0), "{}", text(&once.stderr));
    let report: Value = serde_json::from_slice(&once.stdout).unwrap();
    assert_eq!(report["size"], report["signed"]);
    let mut schemas = boon::Schemas::new();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas/mirror.schema.json");
    let schema = boon::Compiler::new().compile(schema, &mut schemas).unwrap();
    assert!(schemas.validate(&report, schema).is_ok(), "{report}");
    assert_eq!(report["pages_equal"], report["pages_known"], "{report}");
    assert!(report["pages_known"].as_u64().unwrap() > 100, "{report}");

    // The mirror's own server: the same pages, and no others.
    let args = ["mirror", &origin.address, "--vkey", key, "--data", copy];
    let mirror = Server::start(&args, "scrutineer mirrors");
    for path in ["/elections/president-2026", "/record?lang=ar", "/elections/president-2026/results.json"] {
        let (theirs, own) =
            (fetch(&format!("{}{path}", origin.address)), fetch(&format!("{}{path}", mirror.address)));
        assert_eq!((theirs.0, own.0), (200, 200), "{path}");
        assert_eq!(scr_web::digested_body(&theirs.1), scr_web::digested_body(&own.1), "{path}");
        assert_eq!(own.1.contains("notice-bar"), !path.ends_with("json"), "{path}");
    }
    alerts_of_the_mirror(&origin.address, &mirror.address);
    assert_eq!(fetch(&format!("{}/desk", mirror.address)).0, 404);
    let (_, page) = fetch(&format!("{}/watch", mirror.address));
    assert!(page.contains("What this mirror has found") && page.contains(&origin.address), "{page}");

    let (data, copy) = (Path::new(data), Path::new(copy));
    drop((origin, mirror));
    let [theirs, own] = views_of_both(data, copy, key);
    assert!(theirs.len() > 10, "{theirs:?}");
    assert_eq!(theirs, own);
}

#[test]
fn wrong_usage_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("mirror");
    let data = data.to_str().unwrap();
    let key = "log.test.example+dc2b2f1c+AcW7oJ6iYuAQkB2xEjLZ7Q==";
    let said = |args: &[&str]| {
        let output = command(args).output().unwrap();
        (output.status.code(), text(&output.stderr))
    };
    let (status, words) = said(&["mirror", "https://log.example", "--vkey", key, "--data", data]);
    assert!(status == Some(2) && words.contains("SCR-CLI-006"), "{words}");
    let test = scr_engine::testing::TestEngine::new(&folder.path().join("log"), &[], Vec::new()).unwrap();
    let keys: Vec<String> = test.engine.ledger().verifiers().iter().map(ToString::to_string).collect();
    let (status, words) = said(&["mirror", "log.example", "--vkey", &keys[0], "--data", data]);
    assert!(
        status == Some(2) && words.contains("SCR-MIR-013") && words.contains("for instance https://"),
        "{words}"
    );
    let (status, words) = said(&["mirror", "https://log.example", "--vkey", &keys[1], "--data", data]);
    assert!(status == Some(2) && words.contains("SCR-MIR-012"), "{words}");
    let own = folder.path().join("log");
    let (status, words) =
        said(&["mirror", "https://log.example", "--vkey", &keys[0], "--data", own.to_str().unwrap()]);
    assert!(status == Some(2) && words.contains("SCR-MIR-011"), "{words}");
    // Nobody listens there.
    let once = mirror_once("http://127.0.0.1:9", &keys[0], data);
    assert_eq!(once.status.code(), Some(3));
    assert!(text(&once.stderr).contains("SCR-MIR-001"), "{}", text(&once.stderr));
}

#[test]
fn evidence_of_two_records_is_checked_without_a_network() {
    let folder = tempfile::tempdir().unwrap();
    let key = SignerKey::from_seed("log.test.example", Algorithm::Ed25519, &[1; 32]).unwrap();
    let signed = |root: u8| {
        let text = Checkpoint::new("log.test.example", 7, scr_canon::Hash32([root; 32])).to_string();
        Note::sign(&text, &[&key], 0).unwrap().to_string()
    };
    let file = folder.path().join("split-view.json");
    let evidence =
        serde_json::json!({"evidence": "scrutineer/split-view/1", "first": signed(1), "second": signed(2)});
    std::fs::write(&file, evidence.to_string()).unwrap();
    let (file, key) = (file.to_str().unwrap(), key.verifier().to_string());
    let held = command(&["verify", file, "--vkey", &key]).output().unwrap();
    assert_eq!(held.status.code(), Some(0), "{}", text(&held.stderr));
    let words = text(&held.stdout);
    assert!(words.contains("has signed two records that contradict each other"), "{words}");
    assert!(words.contains("Which of the two is right"), "what it does not prove: {words}");
    let held = command(&["verify", file, "--vkey", &key, "--json"]).output().unwrap();
    let document: Value = serde_json::from_slice(&held.stdout).unwrap();
    let mut schemas = boon::Schemas::new();
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/schemas/verify.schema.json");
    let schema = boon::Compiler::new().compile(schema, &mut schemas).unwrap();
    assert!(schemas.validate(&document, schema).is_ok(), "{document}");
    let nobody = command(&["verify", file]).output().unwrap();
    assert_eq!(nobody.status.code(), Some(2), "without trust nothing is shown");
}
