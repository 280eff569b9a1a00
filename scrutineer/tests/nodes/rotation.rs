//! The vault's master key is changed by one node, while the others go on: those that have the new key take it by
//! themselves, one that does not says so and loses nothing, and whoever is killed in the middle leaves the old or the new.

use super::support::{self, ORIGIN, Site, get, run, wait_until, wait_until_ready};
use super::{alone, begin, check_log, check_record, check_views, erase, put, terminate, three, under_load};
use scr_engine::Engine;
use serde_json::Value;
use std::process::{Command, Stdio};
use std::time::Duration;

fn keys_of<'a>(site: &'a Site, command: &[&'a str], data: &'a str) -> Vec<&'a str> {
    let databases = ["--database", site.record.url.as_str(), "--keys-database", site.keys.url.as_str()];
    let data = ["--data", data];
    match command {
        ["keys", "rotate"] => [command, &data, &databases].concat(),
        ["doctor"] => [command, &data, &databases[2..], &["--json"]].concat(),
        _ => [command, &data].concat(),
    }
}

/// Runs a command about a node's keys, with the databases that it needs.
fn keys(site: &Site, node: &str, command: &[&str]) -> String {
    let folder = site.folder(node);
    run(&keys_of(site, command, folder.to_str().unwrap()))
}

fn bring_next(site: &Site, from: &str, to: &str) {
    let next = |node: &str| site.folder(node).join("keys/vault.next");
    std::fs::copy(next(from), next(to)).unwrap();
}

/// (private fields that open, that do not).
fn opened(engine: &Engine) -> (u64, u64) {
    let counts = engine.check_fixity(&mut |_, _| true).unwrap().unwrap().counts;
    (counts.opened, counts.damaged + counts.without_key)
}

/// Every node has the new key in its place, and the doctor sees the shared keys with it.
fn settled(site: &Site) {
    let one = site.folder("one");
    for node in ["one", "two", "three"] {
        let files = site.folder(node).join("keys");
        assert!(!files.join("vault.next").exists(), "{node}");
        let same =
            std::fs::read(files.join("vault")).unwrap() == std::fs::read(one.join("keys/vault")).unwrap();
        assert!(same, "{node}");
    }
    let looked = found(site, "two");
    let told = looked.iter().find(|(code, _)| code == "SCR-DOC-076").unwrap();
    assert_eq!(told.1["generation"], "1");
    assert!(told.1["keys"].as_str().unwrap().parse::<u64>().unwrap() > 0);
}

/// What the doctor finds with the shared keys named, by code.
fn found(site: &Site, node: &str) -> Vec<(String, Value)> {
    let folder = site.folder(node);
    let args = keys_of(site, &["doctor"], folder.to_str().unwrap());
    let told: Value = serde_json::from_str(&support::told(&args)).unwrap();
    let findings = told["findings"].as_array().unwrap().iter();
    findings.map(|one| (one["code"].as_str().unwrap().to_owned(), one["values"].clone())).collect()
}

#[test]
fn one_node_changes_the_master_key_and_the_others_go_on() {
    let _alone = alone();
    let Some(site) = Site::new() else { return };
    let people = begin(&site);
    let servers = three(&site);
    let one = site.folder("one");
    let rotate = keys_of(&site, &["keys", "rotate"], one.to_str().unwrap());
    assert!(support::refusal(&rotate).contains("SCR-CLI-081"), "a server works there");
    let mut late = None;
    let acknowledged = under_load(&servers, &people, |more| {
        more(5);
        terminate(put(&servers, "one", None).unwrap());
        assert!(support::refusal(&rotate).contains("SCR-ENG-016"), "the others could not go on");
        keys(&site, "one", &["keys", "prepare"]);
        bring_next(&site, "one", "two");
        let shown = |node| keys(&site, node, &["keys", "show"]);
        let next = |text: &str| text.lines().find(|line| line.contains("next:")).map(str::to_owned);
        assert!(next(&shown("one")).is_some());
        assert_eq!(next(&shown("one")), next(&shown("two")), "people compare the digits");
        // The node without the new key takes no part in the load: it could not seal.
        late = put(&servers, "three", None);
        let said = run(&rotate);
        assert!(
            said.contains("another master key, number 1") && said.contains("Recorded as entry"),
            "{said}"
        );
        more(10);
        put(&servers, "one", Some(site.serve("one")));
        more(10);
    });
    let late = late.unwrap();
    let says = |text: &str| get(&late.address, "/health/ready").is_some_and(|(_, said)| said.contains(text));
    wait_until("it says what it lacks", Duration::from_secs(20), || says("keys no: SCR-ENG-013"));
    assert_eq!(get(&late.address, "/health/ready").unwrap().0, 503);
    assert!(found(&site, "three").iter().any(|(code, _)| code == "SCR-DOC-070"));
    // The new key is brought: no start is needed.
    std::fs::copy(one.join("keys/vault"), site.folder("three").join("keys/vault.next")).unwrap();
    wait_until_ready(&late.address);
    assert!(says("keys yes"));
    settled(&site);
    let running = std::mem::take(&mut *servers.write().unwrap());
    running.into_values().flatten().for_each(terminate);
    erase(&site, &people, "two", people.granted);
    wait_until_ready(&late.address);
    check_log(&late.address, site.record().size().unwrap());
    terminate(late);
    check_record(&site, &acknowledged);
    check_views(&site, &["one", "two", "three"]);
    assert_eq!(opened(&site.engine("two")).1, 0);
    assert_eq!(site.engine("one").ledger().origin(), ORIGIN);
}

/// Killed anywhere: another node reads everything, with the old key or with the new one.
#[test]
fn a_rotation_of_shared_keys_that_is_killed_has_happened_wholly_or_not_at_all() {
    let _alone = alone();
    let Some(site) = Site::new() else { return };
    begin(&site);
    site.join("two");
    let before = opened(&site.engine("two"));
    assert!(before.0 > 0 && before.1 == 0, "{before:?}");
    let one = site.folder("one");
    for after_ms in [40, 120, 200, 300, 450, 700] {
        keys(&site, "one", &["keys", "prepare"]);
        bring_next(&site, "one", "two");
        let mut child = Command::new(env!("CARGO_BIN_EXE_scrutineer"))
            .args(keys_of(&site, &["keys", "rotate"], one.to_str().unwrap()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(after_ms));
        child.kill().unwrap();
        child.wait().unwrap();
        let two = site.engine("two");
        assert_eq!(opened(&two), before, "killed after {after_ms} ms");
        drop(two);
        assert_eq!(opened(&site.engine("one")), before, "killed after {after_ms} ms");
    }
    keys(&site, "one", &["keys", "prepare"]);
    bring_next(&site, "one", "two");
    keys(&site, "one", &["keys", "rotate"]);
    let two = site.engine("two");
    assert_eq!(opened(&two), before);
    let stated = two.log().version("vault:key").unwrap();
    let last = two.log().history("vault:key", stated - 1, 1).unwrap()[0].1;
    let entry = scr_engine::entry(&two.log().entry(last).unwrap()).unwrap();
    assert_eq!(entry.public()["generation"], stated, "each generation is stated, once");
}

/// The doctor, where the keys are shared: not told where, told wrongly, told.
#[test]
fn the_doctor_looks_into_shared_keys() {
    let _alone = alone();
    let Some(site) = Site::new() else { return };
    begin(&site);
    let one = site.folder("one");
    let data = one.to_str().unwrap();
    let codes = |more: &[&str]| support::told(&[&["doctor", "--data", data, "--json"], more].concat());
    assert!(codes(&[]).contains("SCR-DOC-073"));
    assert!(codes(&["--keys-database", "postgresql://127.0.0.1:1/none"]).contains("SCR-DOC-074"));
    let told = codes(&["--keys-database", &site.keys.url]);
    assert!(told.contains("SCR-DOC-076") && !told.contains("SCR-DOC-073"), "{told}");
    assert!(!told.contains("SCR-DOC-012") && !told.contains("SCR-DOC-014"), "{told}");
    let keys = scr_store::Store::open_postgres(&site.keys.url).unwrap();
    assert_eq!(keys.execute(&scr_store::sql!("INSERT INTO must_rewrite VALUES (1, 1)")), Ok(1));
    assert!(codes(&["--keys-database", &site.keys.url]).contains("SCR-DOC-075"));
    assert!(keys.execute(&scr_store::sql!("DELETE FROM payload_key")).unwrap() > 0);
    assert!(codes(&["--keys-database", &site.keys.url]).contains("SCR-DOC-012"));
}
