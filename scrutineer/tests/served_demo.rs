//! The demonstration as a process: `kill -9` while people type loses nothing that was acknowledged, and the
//! dashboard draws what is measured.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod person;
mod served;

use person::Person;
use served::Server;
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
