//! The demonstration as a process: `kill -9` while people type loses nothing that was acknowledged, and the
//! dashboard draws what is measured.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod person;
mod served;

use person::{Person, csrf};
use serde_json::json;
use served::Server;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[test]
fn what_was_acknowledged_outlives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut acknowledged: Vec<(&str, String)> = Vec::new();
    for command in ["demo", "serve"] {
        let server = Server::start(&[command, "--data", data.to_str().unwrap()], "http://");
        let address = server.address.clone();
        let done: Arc<Mutex<Vec<(&str, String)>>> = Arc::default();
        let people: Vec<_> = ["clerk1@demo.example", "clerk2@demo.example"]
            .map(|email| {
                let (done, address) = (Arc::clone(&done), address.clone());
                std::thread::spawn(move || {
                    let Ok(mut person) = Person::sign_in(&address, email) else { return };
                    // Until the connection breaks. A machine that is slow to kill leaves them no more than this, so that
                    // sheets are left for the second server.
                    for _ in 0..20 {
                        let Ok(sheet) = person.type_a_sheet() else { return };
                        done.lock().unwrap().push((email, sheet));
                    }
                })
            })
            .into();
        let begin = Instant::now();
        while done.lock().unwrap().len() < 12 {
            assert!(begin.elapsed() < Duration::from_secs(300), "nobody can type");
            std::thread::sleep(Duration::from_millis(3));
        }
        drop(server);
        people.into_iter().for_each(|person| person.join().unwrap());
        acknowledged.append(&mut done.lock().unwrap());
    }
    let fsck =
        Command::new(env!("CARGO_BIN_EXE_scrutineer")).args(["log", "fsck"]).arg(&data).output().unwrap();
    assert!(fsck.status.success(), "{}", String::from_utf8_lossy(&fsck.stderr));
    assert!(acknowledged.len() >= 24);
    let server = Server::start(&["serve", "--data", data.to_str().unwrap()], "http://");
    for email in ["clerk1@demo.example", "clerk2@demo.example"] {
        let mut person = Person::sign_in(&server.address, email).unwrap();
        for (_, sheet) in acknowledged.iter().filter(|(own, _)| *own == email) {
            assert_eq!(person.get(sheet).unwrap().status, 200, "{sheet} was acknowledged and is gone");
        }
        // The page of what somebody has typed is not there for a sheet that nobody typed.
        let entry = acknowledged[0].1.split("/sheets/").next().unwrap();
        let untyped = (0..240).rev().map(|station| format!("{entry}/sheets/{station}/done"));
        assert!(untyped.into_iter().any(|page| person.get(&page).unwrap().status != 200));
    }
}

/// Every figure that the dashboard in `deploy/` draws is one that the server gives.
#[test]
fn the_dashboard_draws_what_the_server_measures() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&["demo", "--data", data.to_str().unwrap()], "http://");
    let figures =
        Person::sign_in(&server.address, "admin@demo.example").unwrap().get("/metrics").unwrap().body;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/grafana-dashboard.json");
    let dashboard: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let targets = panels.iter().flat_map(|panel| panel["targets"].as_array().unwrap());
    let mut names = std::collections::BTreeSet::new();
    for target in targets {
        let words = target["expr"].as_str().unwrap().split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        names.extend(words.filter(|word| word.starts_with("scrutineer_")));
    }
    assert!(names.len() > 5);
    for name in names {
        assert!(figures.lines().any(|line| line.starts_with(name)), "{name} is not measured:\n{figures}");
    }
}

/// A token of somebody of the demonstration, kept in a file as people keep it.
fn token(address: &str, email: &str, folder: &Path) -> PathBuf {
    let mut person = Person::sign_in(address, email).unwrap();
    let page = person.get("/desk/account").unwrap().body;
    let form = [("csrf", csrf(&page)), ("label", "terminal".to_owned()), ("days", "7".to_owned())];
    let made = person.post("/desk/account/tokens", &form).unwrap().body;
    let token: String = made.split("<code>scr_").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let file = folder.join(email);
    std::fs::write(&file, format!("scr_{token}\n")).unwrap();
    file
}

#[test]
fn an_audit_is_prepared_from_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let server = Server::start(&["demo", "--data", at.join("data").to_str().unwrap()], "http://");
    let official = token(&server.address, "official@demo.example", at);
    let viewer = token(&server.address, "viewer@demo.example", at);
    let desk = |who: &Path, args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
            .args(["audit", "desk"])
            .args(args)
            .arg("--token-file")
            .arg(who)
            .output()
            .unwrap();
        (out.status.code(), String::from_utf8([out.stdout, out.stderr].concat()).unwrap())
    };
    let new = ["new", &server.address, "--title", "Spring", "--method", "batch-comparison"];
    let (status, said) = desk(&viewer, &new);
    assert_eq!((status, said.contains("SCR-WEB-002")), (Some(2), true), "{said}");
    let (status, said) = desk(&official, &new);
    let audit = format!("{}/audits/spring", server.address);
    assert!(status == Some(0) && said.contains(&format!("The audit is {audit}")), "{said}");

    let file = |name: &str, text: &str| {
        let path = at.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let names = file("names.txt", "North\nSouth\n");
    let contest = json!({"name": "Mayor", "choices": ["Ann", "Ben"], "votes": [110, 50], "winners": 1,
        "votes_allowed": 1, "ballots": 190, "risk_limit": "0.05", "targeted": true});
    let contest = file("mayor.json", &contest.to_string());
    file("manifests/North.csv", "Batch Name,Number of Ballots\nB1,100\n");
    file("manifests/South.csv", "Batch Name,Number of Ballots\nB1,many\n");
    let manifests = at.join("manifests").to_str().unwrap().to_owned();
    for args in [&["jurisdictions", &audit, &names][..], &["contest", &audit, &contest]] {
        let (status, said) = desk(&official, args);
        assert!(status == Some(0) && said.contains("Recorded as entry"), "{args:?}: {said}");
    }
    let (status, said) = desk(&official, &["hand-in", &audit, "manifest", "--each", &manifests]);
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("South: SCR-API-009") && said.contains("row 2"), "{said}");
    assert!(said.contains("1 of 2 files are handed in."), "{said}");
    let south = file("south.csv", "Batch Name,Number of Ballots\nB1,90\n");
    let (status, said) =
        desk(&official, &["hand-in", &audit, "manifest", "--file", &south, "--jurisdiction", "South"]);
    assert!(status == Some(0) && said.contains("audits.upload.made/1"), "{said}");
    let (status, said) = desk(&official, &["show", &audit]);
    assert!(status == Some(0) && said.contains("0 of 2 jurisdictions have signed."), "{said}");
    assert!(said.contains("North: has manifest") && said.contains("South: has manifest"), "{said}");
}
