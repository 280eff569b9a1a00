//! An installation whose log's key OpenSSH's agent holds: made so, moved so, and served while the agent comes and goes.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it does not expect")]

mod served;

use scr_testing::{SshAgent, within};
use serde_json::Value;
use served::Server;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const ORIGIN: &str = "log.emb.example/2026";

fn until(what: &str, done: impl FnMut() -> bool) {
    assert!(within(Duration::from_secs(60), done), "it does not come to that: {what}");
}

fn add(agent: &SshAgent, key: &Path) {
    agent.add(&[key.to_str().unwrap()]);
}

fn run(args: &[&str]) -> (i32, Value) {
    let output = Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(args).arg("--json").output().unwrap();
    let text = if output.stdout.is_empty() { &output.stderr } else { &output.stdout };
    let json = serde_json::from_slice(text).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(text)));
    (output.status.code().unwrap(), json)
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn new_key(path: &Path) {
    let args = ["-q", "-t", "ed25519", "-N", "", "-C", "the log", "-f"];
    assert!(Command::new("ssh-keygen").args(args).arg(path).status().unwrap().success());
}

fn codes(data: &str) -> String {
    run(&["doctor", "--data", data]).1["findings"].to_string()
}

#[test]
fn a_log_with_an_agents_key_serves_while_the_agent_is_away_and_signs_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = data.to_str().unwrap();
    let Some(agent) = SshAgent::start(folder.path()) else { return };
    let new = ["init", "--data", place, "--origin", ORIGIN, "--agent", agent.socket.to_str().unwrap()];
    assert_eq!(run(&new).1["code"], "SCR-CLI-080", "it holds no key");
    assert!(!data.exists(), "a refused installation leaves nothing");
    let (key, other) = (folder.path().join("key"), folder.path().join("other"));
    new_key(&key);
    new_key(&other);
    add(&agent, &key);
    add(&agent, &other);
    let (status, several) = run(&new);
    assert_eq!((status, several["code"].as_str()), (2, Some("SCR-CLI-080")), "{several}");
    let printed = Command::new("ssh-keygen").arg("-lf").arg(&key).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    let fingerprint = printed.split_whitespace().nth(1).unwrap();
    let chosen = [&new[..], &["--agent-key", fingerprint]].concat();
    assert_eq!(run(&chosen).0, 0);
    assert!(!data.join("keys/log.key").exists());
    let shown = run(&["keys", "show", "--data", place]).1;
    assert_eq!(shown["keys"][0]["fingerprint"], fingerprint);
    let vkey = shown["keys"][0]["key"].as_str().unwrap().to_owned();
    assert_eq!(run(&["keys", "export", "--data", place, "--to", "x"]).1["code"], "SCR-CLI-082");

    let server = Server::start(&["serve", "--data", place], "serves");
    until("signed", || get(&server.address, "/log/checkpoint").contains(ORIGIN));
    assert!(get(&server.address, "/health/ready").contains("signs yes"));
    assert_eq!(
        run(&["keys", "agent", "--data", place, "--socket", agent.socket.to_str().unwrap()]).1["code"],
        "SCR-CLI-081"
    );
    drop(agent);
    assert!(codes(place).contains("SCR-DOC-035"));
    drop(server);
    // A machine that starts, before anybody has unlocked the key.
    let server = Server::start(&["serve", "--data", place], "serves");
    let ready = get(&server.address, "/health/ready");
    assert!(ready.contains("accepts yes") && ready.contains("signs no: no agent answers"), "{ready}");
    assert!(get(&server.address, "/metrics").contains("\nscrutineer_record_signs 0\n"));
    let agent = SshAgent::start(folder.path()).unwrap();
    add(&agent, &key);
    until("signed again", || get(&server.address, "/health/ready").contains("signs yes"));
    drop(server);
    let proof = run(&["log", "proof", place, "0"]).1["proof"].as_str().unwrap().to_owned();
    let file = folder.path().join("0.tlog-proof");
    std::fs::write(&file, proof).unwrap();
    assert_eq!(run(&["verify", file.to_str().unwrap(), "--vkey", &vkey]).0, 0);
    assert_eq!(run(&["log", "fsck", place]).0, 0);
    drop(agent);
    let next = folder.path().join("next");
    let next = next.to_str().unwrap();
    assert_eq!(run(&["init", "--data", next, "--origin", "log.emb.example/2027"]).0, 0);
    let successor = run(&["keys", "show", "--data", next]).1["keys"][0]["key"].as_str().unwrap().to_owned();
    let retire = ["log", "retire", "--data", place, "--origin", ORIGIN, "--successor"];
    let retire = [&retire[..], &[&successor, "--reason", "It ends."]].concat();
    assert_eq!(run(&retire).1["code"], "SCR-ENG-012");
    assert!(
        get(&Server::start(&["serve", "--data", place], "serves").address, "/health/ready")
            .contains("accepts yes")
    );
}

#[test]
fn a_key_in_a_file_moves_to_an_agent_and_its_file_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let place = data.to_str().unwrap();
    let Some(agent) = SshAgent::start(folder.path()) else { return };
    assert_eq!(run(&["init", "--data", place, "--origin", ORIGIN]).0, 0);
    let before = run(&["keys", "show", "--data", place]).1;
    for (name, more) in [("log", &[][..]), ("witness", &["--witness"][..])] {
        let file = folder.path().join(name);
        let export =
            [&["keys", "export", "--data", place, "--to", file.to_str().unwrap()][..], more].concat();
        assert_eq!(run(&export).0, 0);
        assert_eq!(run(&export).1["code"], "SCR-CLI-082", "no file is overwritten");
        let go = [&["keys", "agent", "--data", place, "--socket", agent.socket.to_str().unwrap()][..], more]
            .concat();
        assert_eq!(run(&go).1["code"], "SCR-CLI-080", "the agent does not hold it yet");
        add(&agent, &file);
        assert_eq!(run(&go).0, 0);
    }
    assert!(!data.join("keys/log.key").exists() && !data.join("witness/key").exists());
    let after = run(&["keys", "show", "--data", place]).1;
    for number in [0, 1] {
        assert_eq!(before["keys"][number]["key"], after["keys"][number]["key"]);
        assert_eq!(after["keys"][number]["signs"], true, "{after}");
    }
    assert!(!codes(place).contains("SCR-DOC-035"));
    std::fs::write(data.join("keys/log.key"), "left over\n").unwrap();
    assert!(codes(place).contains("SCR-DOC-036"));
}
