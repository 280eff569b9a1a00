//! Organisations cosign each other's logs, as people set them up: with cards, digits and restarts.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_testing::{free_address, within};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_scrutineer");

fn scrutineer(args: &[&str]) -> Output {
    Command::new(PROGRAM).args(args).output().unwrap()
}

fn ok(args: &[&str]) -> String {
    let output = scrutineer(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn refused(args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(PROGRAM).args(args).arg("--json").output().unwrap();
    let error: serde_json::Value = serde_json::from_slice(&output.stderr).unwrap();
    (output.status.code(), error["code"].as_str().unwrap().to_owned())
}

/// An organisation: its folder, its address, its server.
struct Organisation {
    data: PathBuf,
    address: SocketAddr,
    server: Option<Child>,
}

impl Drop for Organisation {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            server.kill().unwrap();
            server.wait().unwrap();
        }
    }
}

impl Organisation {
    /// With a log of its own.
    fn new(folder: &Path, name: &str) -> Self {
        let data = folder.join(name);
        let origin = format!("log.{name}.example/2026");
        ok(&["init", "--data", data.to_str().unwrap(), "--origin", &origin]);
        Self { data, address: free_address(), server: None }
    }

    /// A witness that stands alone.
    fn witness(folder: &Path, name: &str) -> Self {
        let data = folder.join(name);
        let key = format!("witness.{name}.example");
        ok(&["witness", "init", "--data", data.to_str().unwrap(), "--name", &key]);
        Self { data, address: free_address(), server: None }
    }

    fn folder(&self) -> &str {
        self.data.to_str().unwrap()
    }

    /// Takes the other's card, as a person does who hears its digits on the telephone.
    fn accept(&self, other: &Self, name: &str, group: &str) {
        let site = format!("http://{}", other.address);
        let card = ok(&["witness", "card", "--json", "--data", other.folder(), "--site", &site]);
        let card: serde_json::Value = serde_json::from_str(&card).unwrap();
        let file = self.data.join("card.txt");
        std::fs::write(&file, card["card"].as_str().unwrap()).unwrap();
        let digits: Vec<&str> =
            card["digits"].as_array().unwrap().iter().map(|d| d.as_str().unwrap()).collect();
        let digits = digits.join(" ");
        let words = ["witness", "accept", file.to_str().unwrap(), "--data", self.folder()];
        ok(&[&words[..], &["--name", name, "--group", group, "--digits", &digits]].concat());
    }

    fn start(&mut self, command: &[&str]) {
        let address = self.address.to_string();
        let mut server = Command::new(PROGRAM)
            .args(command)
            .args(["--data", self.folder(), "--listen", &address])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(server.stderr.take().unwrap());
        let mut line = String::new();
        // A log that has stopped says so first.
        while !line.contains(&address) {
            assert!(said.read_line(&mut line).unwrap() > 0, "{line}");
        }
        // What follows is read, so that the server never waits for a full pipe.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        self.server = Some(server);
    }

    fn ask(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }

    fn get(&self, path: &str) -> (u16, String) {
        let (status, answer) =
            self.ask(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        (status, answer.split_once("\r\n\r\n").unwrap().1.to_owned())
    }
}

#[test]
fn rivals_cosign_each_other_and_one_that_is_down_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (mut emb, mut party) =
        (Organisation::new(folder.path(), "emb"), Organisation::new(folder.path(), "party"));
    let mut mission = Organisation::witness(folder.path(), "mission");
    let gone = Organisation::witness(folder.path(), "gone");
    emb.accept(&party, "Party", "parties");
    emb.accept(&mission, "Mission", "international");
    emb.accept(&gone, "Gone", "observers");
    party.accept(&emb, "Commission", "authorities");
    mission.accept(&emb, "Commission", "authorities");
    mission.start(&["witness"]);
    party.start(&["serve"]);
    emb.start(&["serve"]);
    // Two of three sectors are enough by the policy that the cards made.
    let policy = folder.path().join("trusted.policy");
    std::fs::write(&policy, emb.get("/log/policy").1).unwrap();
    let policy = policy.to_str().unwrap().to_owned();
    let proof = folder.path().join("entry-0.tlog-proof");
    let proof_path = proof.to_str().unwrap().to_owned();
    let verified = within(Duration::from_secs(30), || {
        let (status, text) = emb.get("/log/proof/0");
        std::fs::write(&proof, text).unwrap();
        status == 200 && scrutineer(&["verify", &proof_path, "--policy", &policy]).status.success()
    });
    assert!(verified, "{}", emb.get("/log/checkpoint").1);
    let report = ok(&["verify", &proof_path, "--policy", &policy]);
    assert!(report.contains("cosigned  Party") && report.contains("cosigned  Mission"), "{report}");
    // The monitoring address of either witness holds what it has cosigned.
    let hash = scr_canon::sha256(b"log.emb.example/2026").to_hex();
    for witness in [&party, &mission] {
        let (status, note) = witness.get(&format!("/witness/{hash}/checkpoint"));
        assert_eq!((status, note.lines().next()), (200, Some("log.emb.example/2026")));
    }
    // The page says who has, who has not, and since when; the seal says how many.
    let page = emb.get("/witnesses").1;
    assert!(page.contains("<bdi>2</bdi> of <bdi>3</bdi> independent organisations"), "{page}");
    assert!(page.contains("It cannot be reached.") && page.contains("That is enough"), "{page}");
    let receipt = emb.get("/receipts/0").1;
    assert!(receipt.contains("Confirmed by <bdi>2</bdi> of <bdi>3</bdi>"), "{receipt}");
    // And the party's log is cosigned by the commission: it goes both ways.
    assert!(within(Duration::from_secs(30), || party
        .get("/log/checkpoint")
        .1
        .contains("log.emb.example/witness")));
    let metrics = emb.get("/metrics").1;
    assert!(metrics.contains("scrutineer_witnesses{state=\"late\"} 1"), "{metrics}");
}

#[test]
fn a_body_that_is_none_is_answered_as_the_specification_says() {
    let folder = tempfile::tempdir().unwrap();
    let mut emb = Organisation::new(folder.path(), "emb");
    emb.start(&["serve"]);
    let post = |body: &str| {
        let head = "POST /witness/add-checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n";
        emb.ask(&format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()))
    };
    let (status, answer) = post("old 0\n");
    assert!(status == 400 && answer.contains("SCR-WIT-001"), "{answer}");
    let (status, answer) = post(&"x".repeat(300 << 10));
    assert!(status == 413 && answer.contains("SCR-WIT-007"), "{answer}");
    assert_eq!(emb.get("/witness/00/checkpoint").0, 404);
    let (status, card) = emb.get("/witness/card");
    assert_eq!((status, card.lines().next()), (200, Some("# scrutineer/card/1")));
    assert!(emb.get("/witnesses").1.contains("No other organisation confirms this record yet."));
}

#[test]
fn what_is_wrong_has_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let emb = Organisation::new(folder.path(), "emb");
    let lone = Organisation::witness(folder.path(), "lone");
    let empty = folder.path().join("empty");
    let (empty, data) = (empty.to_str().unwrap(), emb.folder());
    assert_eq!(refused(&["witness", "init", "--data", empty]), (Some(2), "SCR-CLI-040".to_owned()));
    assert_eq!(refused(&["witness", "init", "--data", data]).1, "SCR-CLI-040", "a key is made once");
    assert_eq!(refused(&["witness", "--data", empty]), (Some(2), "SCR-CLI-041".to_owned()));
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let logs = file("logs", "logs/v9\n");
    assert_eq!(refused(&["witness", "--data", lone.folder(), "--logs", &logs]).1, "SCR-CLI-042");
    let seed =
        scr_note::SignerKey::from_seed("log.else.example", scr_note::Algorithm::Ed25519, &[3; 32]).unwrap();
    let policy = file("policy", &format!("log {}\nquorum none\n", seed.verifier()));
    assert_eq!(
        refused(&["serve", "--data", data, "--listen", "127.0.0.1:0", "--policy", &policy]).1,
        "SCR-CLI-043"
    );
    let no_card = file("card", "witness x\n");
    let accept =
        |card: &str, digits: &str| refused(&["witness", "accept", card, "--data", data, "--digits", digits]);
    assert_eq!(accept(&no_card, "1"), (Some(2), "SCR-CLI-044".to_owned()));
    let card =
        file("good", &ok(&["witness", "card", "--data", lone.folder(), "--site", "https://x.example"]));
    assert_eq!(accept(&card, "12345 12345 12345 12345 12345 12345"), (Some(1), "SCR-CLI-045".to_owned()));
    assert!(!emb.data.join("witness/policy").exists(), "nothing was taken");
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in from.read_dir().unwrap().flatten() {
        let target = to.join(file.file_name());
        if file.path().is_dir() {
            copy(&file.path(), &target)
        } else {
            drop(std::fs::copy(file.path(), target))
        }
    }
}

impl Organisation {
    fn stop(&mut self) {
        let mut server = self.server.take().unwrap();
        server.kill().unwrap();
        server.wait().unwrap();
    }

    fn log_key(&self) -> String {
        let text = std::fs::read_to_string(self.data.join("keys/log.key")).unwrap();
        scr_note::SignerKey::parse(text.trim()).unwrap().verifier().to_string()
    }

    /// The machine comes back as it was when the copy was made, with its guard and all that it remembered.
    fn put_back(&self, copied: &Path) {
        std::fs::remove_dir_all(&self.data).unwrap();
        copy(copied, &self.data);
    }

    fn evidence(&self, name: &str) -> PathBuf {
        let alarms = self.data.join("witness/alarms").read_dir().unwrap().flatten();
        alarms.map(|alarm| alarm.path().join(name)).find(|path| path.exists()).unwrap()
    }
}

/// A commission whose record a mission has confirmed, and a copy of its folder from before.
fn confirmed(folder: &Path) -> (Organisation, Organisation, PathBuf) {
    let mut emb = Organisation::new(folder, "emb");
    let mut mission = Organisation::witness(folder, "mission");
    emb.accept(&mission, "Mission", "international");
    mission.accept(&emb, "Commission", "authorities");
    let copied = folder.join("copied");
    copy(&emb.data, &copied);
    mission.start(&["witness"]);
    emb.start(&["serve"]);
    let confirmed =
        within(Duration::from_secs(30), || emb.get("/log/checkpoint").1.contains("witness.mission.example"));
    assert!(confirmed, "{}", emb.get("/witnesses").1);
    emb.stop();
    (emb, mission, copied)
}

#[test]
fn a_machine_that_was_set_back_signs_nothing_before_it_has_asked() {
    let folder = tempfile::tempdir().unwrap();
    let (mut emb, mission, copied) = confirmed(folder.path());
    emb.put_back(&copied);
    emb.start(&["serve"]);
    let ready = emb.get("/health/ready").1;
    assert!(
        ready.contains("record 0\naccepts no: the database holds 0 entries, but Mission keeps"),
        "{ready}"
    );
    assert_eq!(emb.get("/log/checkpoint").0, 404, "nothing was signed");
    assert!(emb.get("/witnesses").1.contains("This record has stopped"));
    let kept = std::fs::read_to_string(emb.evidence("seen.checkpoint")).unwrap();
    assert!(kept.starts_with("log.emb.example/2026\n") && kept.contains("witness.mission.example"), "{kept}");
    emb.stop();
    // It stays so when nobody can be asked.
    drop(mission);
    emb.start(&["serve"]);
    let ready = emb.get("/health/ready").1;
    assert!(ready.contains("accepts no: the database holds 0 entries, but"), "{ready}");
    emb.stop();
    // People decide.
    let next = Organisation::new(folder.path(), "next");
    let key = next.log_key();
    let end =
        ["log", "retire", "--data", emb.folder(), "--origin", "log.emb.example/2026", "--reason", "lost"];
    let note = ok(&[&end[..], &["--successor", &key]].concat());
    let size = kept.lines().nth(1).unwrap();
    assert_eq!(
        note.lines().nth(2),
        Some(&*format!("size {size}")),
        "the end names the tree that the mission keeps: {note}"
    );
}

#[test]
fn a_record_begun_twice_stops_when_a_witness_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut emb, mut mission, copied) = confirmed(folder.path());
    mission.stop();
    emb.put_back(&copied);
    // Whom nobody can ask stops nothing: the same key begins again.
    std::thread::sleep(Duration::from_millis(1_100));
    emb.start(&["serve"]);
    assert!(emb.get("/health/ready").1.contains("accepts yes"));
    // The first checkpoint is of an empty tree.
    let signed = || emb.get("/log/checkpoint").1.lines().nth(1).is_some_and(|size| size != "0");
    assert!(within(Duration::from_secs(10), signed));
    emb.stop();
    mission.start(&["witness"]);
    emb.start(&["serve"]);
    let ready = emb.get("/health/ready").1;
    assert!(ready.contains("accepts no: Mission keeps") && ready.contains("two histories"), "{ready}");
    let evidence = emb.evidence("split-view.json");
    let key = emb.log_key();
    let told = ok(&["verify", evidence.to_str().unwrap(), "--vkey", &key]);
    assert!(told.contains("log.emb.example/2026"), "{told}");
    let page = within(Duration::from_secs(15), || {
        emb.get("/witnesses").1.contains("A witness keeps another history of this record")
    });
    assert!(page, "{}", emb.get("/witnesses").1);
    let found = scrutineer(&["doctor", "--data", emb.folder()]);
    assert!(String::from_utf8_lossy(&found.stdout).contains("SCR-DOC-023"), "{found:?}");
}

fn hang_up(server: &Child) {
    let told = Command::new("kill").args(["-HUP", &server.id().to_string()]).status().unwrap();
    assert!(told.success());
}

#[test]
fn a_changed_policy_is_in_use_without_a_restart_and_a_broken_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut emb = Organisation::new(folder.path(), "emb");
    let mut mission = Organisation::witness(folder.path(), "mission");
    mission.start(&["witness"]);
    emb.start(&["serve"]);
    assert!(emb.get("/witnesses").1.contains("No other organisation confirms this record yet."));
    // Both take each other's card while their servers run.
    emb.accept(&mission, "Mission", "international");
    mission.accept(&emb, "Commission", "authorities");
    hang_up(mission.server.as_ref().unwrap());
    hang_up(emb.server.as_ref().unwrap());
    let confirmed =
        within(Duration::from_secs(30), || emb.get("/log/checkpoint").1.contains("witness.mission.example"));
    assert!(confirmed, "{}", emb.get("/witnesses").1);
    let path = emb.data.join("witness/policy");
    let good = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, good.replace("quorum quorum", "quorum qourum")).unwrap();
    hang_up(emb.server.as_ref().unwrap());
    std::thread::sleep(Duration::from_secs(1));
    assert!(emb.get("/log/policy").1.contains("quorum quorum"), "the one before goes on");
    let found = scrutineer(&["doctor", "--data", emb.folder()]);
    let found = String::from_utf8_lossy(&found.stdout).into_owned();
    assert!(found.contains("SCR-DOC-024") && found.contains("witness/policy: line"), "{found}");
    // Without a signal it is found within ten seconds.
    std::fs::write(&path, good.replace("witness Mission", "#qpd Mission 24\nwitness Mission")).unwrap();
    std::fs::write(&path, good.replace("group quorum", "#qpd Mission 8640\ngroup quorum")).unwrap();
    assert!(within(Duration::from_secs(15), || emb.get("/log/policy").1.contains("#qpd Mission 8640")));
}
