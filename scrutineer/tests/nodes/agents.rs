//! An agent holds the log's key for several nodes: each by its own socket. While one node's agent is away, another signs what
//! that node records; while all are away, acts go on, and everything is signed once the first is back.

use super::support::{self, Answer, Site, act, get, run, wait_until, wait_until_ready};
use super::{alone, begin, check_log, check_record, check_views, terminate};
use scr_testing::SshAgent;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// An agent in a folder of its own that holds the key of this file.
fn agent(folder: &Path, key: &Path) -> Option<SshAgent> {
    std::fs::create_dir_all(folder).unwrap();
    let agent = SshAgent::start(folder)?;
    agent.add(&[key.to_str().unwrap()]);
    Some(agent)
}

/// Lets an agent sign for a node.
fn give(site: &Site, node: &str, agent: &SshAgent) {
    let data = site.folder(node);
    run(&["keys", "agent", "--data", data.to_str().unwrap(), "--socket", agent.socket.to_str().unwrap()]);
}

fn signed(address: &str) -> u64 {
    let note = get(address, "/log/checkpoint").unwrap().1;
    note.lines().nth(1).unwrap().parse().unwrap()
}

fn says(address: &str, text: &str) {
    wait_until(text, Duration::from_secs(30), || {
        get(address, "/health/ready").is_some_and(|(_, said)| said.contains(text))
    });
}

#[test]
fn nodes_sign_by_agents_of_their_own_and_for_each_other() {
    let _alone = alone();
    let Some(site) = Site::new() else { return };
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("log-key");
    let at = |name: &str| folder.path().join(name);
    let people = begin(&site);
    let one = site.folder("one");
    run(&["keys", "export", "--data", one.to_str().unwrap(), "--to", key.to_str().unwrap()]);
    let Some(of_one) = agent(&at("a"), &key) else { return };
    give(&site, "one", &of_one);
    site.join("two");
    let keys = site.folder("two").join("keys");
    assert!(
        keys.join("log.agent").exists() && !keys.join("log.key").exists(),
        "no node has the key in a file"
    );
    let of_two = agent(&at("b"), &key).unwrap();
    give(&site, "two", &of_two);

    let (first, second) = (site.serve("one"), site.serve("two"));
    let (first_address, second_address) = (first.address.clone(), second.address.clone());
    let mut acknowledged = BTreeMap::new();
    let mut record = |address: &str, name: &str| {
        let Answer::Recorded(index, leaf) = act(address, &people.token, name) else {
            panic!("{name} is not recorded")
        };
        acknowledged.insert(name.to_owned(), Some((index, leaf)));
        index
    };
    for address in [&first_address, &second_address] {
        wait_until_ready(address);
        says(address, "signs yes");
    }
    record(&first_address, "both");

    drop(of_one);
    let index = record(&first_address, "first-away");
    says(&first_address, "signs no");
    wait_until("the other signs it", Duration::from_secs(20), || signed(&first_address) > index);
    says(&second_address, "signs yes");

    drop(of_two);
    let before = signed(&first_address);
    let index = record(&second_address, "both-away").max(record(&first_address, "still-both-away"));
    says(&second_address, "signs no");
    std::thread::sleep(Duration::from_secs(3));
    assert!(
        signed(&second_address) <= index && signed(&first_address) >= before,
        "nobody can sign, and acts go on"
    );
    let back = agent(&at("a"), &key).unwrap();
    says(&first_address, "signs yes");
    wait_until("everything is signed", Duration::from_secs(30), || signed(&second_address) > index);
    check_log(&second_address, site.record().size().unwrap());
    check_record(&site, &acknowledged);
    let again = agent(&at("b"), &key).unwrap();
    says(&second_address, "signs yes");
    terminate(first);
    terminate(second);
    check_views(&site, &["one", "two"]);
    drop((back, again));
    let doctor = ["doctor", "--data", one.to_str().unwrap(), "--keys-database", &site.keys.url, "--json"];
    assert!(support::told(&doctor).contains("SCR-DOC-035"), "the agent is away");
}
