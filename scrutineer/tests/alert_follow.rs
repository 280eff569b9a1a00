//! `scrutineer alert follow` with servers that lie, are slow, hide and break off: what the card does not confirm is never shown as an
//! alert. The files are those of the example `alert_files` of scr-alerts; their keys are public.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fixtures/alerts");

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{FILES}/{name}")).unwrap()
}

/// The place in the log of a fixture's alert.
fn index_of(name: &str) -> u64 {
    let card = format!("{FILES}/station.card");
    let out = scrutineer(&["--json", "alert", "verify", &format!("{FILES}/{name}"), "--card", &card]);
    let said: Value = serde_json::from_slice(&out.stdout).unwrap();
    said["index"].as_u64().unwrap()
}

fn scrutineer(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).output().unwrap()
}

/// What a server says: entries with their bundles; none: "not yet".
type Said = BTreeMap<u64, Option<Vec<u8>>>;

/// A server that says whatever it is told to.
struct Fake {
    address: String,
    said: Arc<Mutex<Said>>,
}

fn answer(stream: &mut TcpStream, status: &str, body: &[u8]) -> std::io::Result<()> {
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
    stream.write_all(&[head.as_bytes(), body].concat())
}

/// Server-sent events of what comes after a place, until there is something.
fn stream_of(stream: &mut TcpStream, after: u64, said: &Mutex<Said>) -> std::io::Result<()> {
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")?;
    for _ in 0..100 {
        let newest = said.lock().unwrap().keys().next_back().copied().unwrap_or(0);
        if newest > after {
            return stream.write_all(format!("id: {newest}\nevent: alert\ndata: {{}}\n\n").as_bytes());
        }
        stream.write_all(b": nothing\n\n")?;
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

fn serve(mut stream: TcpStream, said: &Mutex<Said>) -> std::io::Result<()> {
    let mut line = String::new();
    BufReader::new((&mut stream).take(8_192)).read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    if let Some(rest) = path.strip_prefix("/alerts/stream") {
        let after = rest.strip_prefix("?after=").and_then(|after| after.parse().ok()).unwrap_or(0);
        return stream_of(&mut stream, after, said);
    }
    if path.starts_with("/api/v1/alerts") {
        // A headline that nobody has signed.
        let one = |index: &u64| json!({"entry": index, "short": [{"language": "en", "headline": "SEND EVERYBODY HOME"}]});
        let alerts: Vec<Value> = said.lock().unwrap().keys().map(one).collect();
        return answer(&mut stream, "200 OK", json!({"alerts": alerts, "next": null}).to_string().as_bytes());
    }
    let index = path.strip_prefix("/alerts/").and_then(|rest| rest.strip_suffix(".bundle"));
    let bundle = index
        .and_then(|index| index.parse().ok())
        .and_then(|index: u64| said.lock().unwrap().get(&index).cloned());
    match bundle {
        Some(Some(bytes)) => answer(&mut stream, "200 OK", &bytes),
        Some(None) => answer(&mut stream, "503 Service Unavailable", b"{}"),
        None => answer(&mut stream, "404 Not Found", b"{}"),
    }
}

impl Fake {
    fn saying(all: impl IntoIterator<Item = (u64, Option<Vec<u8>>)>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        Self::at(listener, all)
    }

    fn at(listener: TcpListener, all: impl IntoIterator<Item = (u64, Option<Vec<u8>>)>) -> Self {
        let address = format!("http://{}", listener.local_addr().unwrap());
        let said = Arc::new(Mutex::new(all.into_iter().collect()));
        let known = Arc::clone(&said);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let known = Arc::clone(&known);
                std::thread::spawn(move || drop(serve(stream, &known)));
            }
        });
        Self { address, said }
    }

    fn say(&self, index: u64, bundle: Option<Vec<u8>>) {
        self.said.lock().unwrap().insert(index, bundle);
    }
}

fn once(server: &Fake, save: Option<&Path>) -> (Option<i32>, String) {
    let card = format!("{FILES}/station.card");
    let mut args = vec!["alert", "follow", &server.address, "--card", &card, "--once"];
    let save = save.map(|folder| folder.to_str().unwrap().to_owned());
    args.extend(save.iter().flat_map(|folder| ["--save", folder]));
    let out = scrutineer(&args);
    (out.status.code(), String::from_utf8([out.stdout, out.stderr].concat()).unwrap())
}

#[test]
fn what_the_card_does_not_confirm_is_never_an_alert() {
    let folder = tempfile::tempdir().unwrap();
    let genuine = index_of("alert.bundle");
    let mut forged = fixture("alert.bundle");
    forged[200] ^= 1;
    let lies = [
        (7, Some(fixture("alert.bundle"))),
        (8, Some(forged.clone())),
        (9, Some(b"<html>hello</html>".to_vec())),
        (10, Some(vec![0; 200_000])),
        (index_of("alert-short.bundle"), Some(fixture("alert-short.bundle"))),
    ];
    let server = Fake::saying(lies);
    let (status, said) = once(&server, Some(folder.path()));
    assert_eq!(status, Some(1), "{said}");
    assert!(
        said.contains("the server gave the proof of entry") && said.contains("there is no proof"),
        "{said}"
    );
    for word in ["VALID", "OVER", "is genuine", "SEND EVERYBODY HOME"] {
        assert!(!said.contains(word), "{word}: {said}");
    }
    assert!(said.contains("0 of 5 are genuine. 5 NOT CONFIRMED."), "{said}");
    assert_eq!(std::fs::read(folder.path().join("refused-8.bundle")).unwrap(), forged, "kept as evidence");
    assert!(!folder.path().join("alert-8.bundle").exists());

    let server = Fake::saying([(genuine, Some(fixture("alert.bundle")))]);
    let (status, said) = once(&server, Some(folder.path()));
    assert_eq!(status, Some(0), "{said}");
    assert!(said.contains("OVER. The alert is genuine") && said.contains("1 of 1 are genuine."), "{said}");
    assert!(!said.contains("SEND EVERYBODY HOME"), "words come from the proof alone: {said}");
    assert!(folder.path().join(format!("alert-{genuine}.bundle")).is_file());

    // A server that has it no more is found out.
    let (status, said) = once(&Fake::saying([]), Some(folder.path()));
    assert!(
        status == Some(1) && said.contains(&format!("HIDDEN. The server does not list entry {genuine}")),
        "{said}"
    );
    let (status, said) = once(&Fake::saying([]), None);
    assert!(status == Some(0) && said.contains("The server lists no alert of this election."), "{said}");
}

/// A process that is ended with the test.
struct Following(Child);

impl Drop for Following {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Reads what is said until all of these were said.
fn hear(lines: &Mutex<Vec<String>>, what: &[&str]) -> String {
    let begun = Instant::now();
    loop {
        let said = lines.lock().unwrap().join("\n");
        if what.iter().all(|what| said.contains(what)) {
            return said;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{what:?} was not said: {said}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn follow(address: &str) -> (Following, Arc<Mutex<Vec<String>>>) {
    let card = format!("{FILES}/station.card");
    let mut child = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
        .args(["alert", "follow", address, "--card", &card])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = Arc::new(Mutex::new(Vec::new()));
    let (out, err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    for reader in [Box::new(out) as Box<dyn std::io::Read + Send>, Box::new(err)] {
        let lines = Arc::clone(&lines);
        std::thread::spawn(move || {
            for line in BufReader::new(reader).lines().map_while(Result::ok) {
                lines.lock().unwrap().push(line);
            }
        });
    }
    (Following(child), lines)
}

#[test]
fn it_waits_for_proofs_hears_what_comes_and_goes_on_after_the_connection_was_lost() {
    // Nobody is there yet.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let (_following, lines) = follow(&format!("http://{address}"));
    hear(&lines, &["The connection is lost (SCR-CLI-109"]);

    let (alert, cancel) = (index_of("alert.bundle"), index_of("cancel.bundle"));
    assert!(cancel > alert);
    let server = Fake::at(TcpListener::bind(address).unwrap(), [(alert, None)]);
    let said = hear(&lines, &["its proof is not there yet. It is no alert until the card confirms it."]);
    assert!(!said.contains("is genuine"), "{said}");
    server.say(alert, Some(fixture("alert.bundle")));
    hear(&lines, &["Connected again.", "The alert is genuine"]);
    server.say(cancel, Some(fixture("cancel.bundle")));
    hear(
        &lines,
        &[&format!("It takes back entry {alert}."), &format!("Entry {alert}, alert"), "TAKEN BACK."],
    );
    // A server of others in the middle of it changes nothing.
    let mut forged = fixture("exercise.bundle");
    forged[150] ^= 1;
    server.say(cancel + 1, Some(forged));
    let said = hear(&lines, &[&format!("The card does not confirm entry {}.", cancel + 1)]);
    assert!(!said.contains("SEND EVERYBODY HOME") && !said.contains("EXERCISE"), "{said}");
}

/// The card of the same stations with the same keys, for another election of the same log.
#[test]
fn what_is_about_another_election_is_nothing_under_this_card() {
    let folder = tempfile::tempdir().unwrap();
    let text = std::fs::read_to_string(format!("{FILES}/station.card")).unwrap();
    let own = text.lines().find_map(|line| line.strip_prefix("# election ")).unwrap();
    let card = folder.path().join("other.card");
    std::fs::write(&card, text.replace(&format!("# election {own}"), "# election another-2026")).unwrap();
    let index = index_of("alert.bundle");
    let server = Fake::saying([(index, Some(fixture("alert.bundle")))]);
    let save = folder.path().join("kept");
    let args = ["alert", "follow", &server.address, "--card", card.to_str().unwrap(), "--once", "--save"];
    let out = scrutineer(&[&args[..], &[save.to_str().unwrap()]].concat());
    let said = String::from_utf8([out.stdout, out.stderr].concat()).unwrap();
    assert!(said.contains("The server lists no alert of this election."), "{said}");
    for word in ["VALID", "OVER", "genuine", "NOT CONFIRMED"] {
        assert!(!said.contains(word), "{word}: {said}");
    }
    assert_eq!((out.status.code(), std::fs::read_dir(&save).unwrap().count()), (Some(0), 0));
}

/// What was taken back before it was fetched is never said to hold, and a server that stumbles over one entry hides no other.
#[test]
fn all_is_fetched_before_any_of_it_is_judged() {
    let (alert, cancel) = (index_of("alert.bundle"), index_of("cancel.bundle"));
    let server = Fake::saying([
        (1, None),
        (alert, Some(fixture("alert.bundle"))),
        (cancel, Some(fixture("cancel.bundle"))),
    ]);
    let (_following, lines) = follow(&server.address);
    let said = hear(&lines, &["TAKEN BACK.", &format!("It takes back entry {alert}.")]);
    let first = said.find(&format!("entry {alert} of ")).unwrap();
    assert!(said[..first].contains("TAKEN BACK.") && !said[..first].contains("OVER."), "{said}");
    assert!(!said.contains(&format!("Entry {alert}, alert")), "nothing was said of it before: {said}");
}
