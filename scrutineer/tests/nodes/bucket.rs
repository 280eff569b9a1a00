//! Several nodes on one PostgreSQL with their objects in one bucket: what one takes, the others give, also when
//! it is killed in the middle.

use crate::served::Server;
use crate::support::{Answer, People, Site, get, post, wait_until, wait_until_ready};
use crate::{alone, begin, check_log, check_record, check_views, terminate};
use scr_objects::{Bucket, Place};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

const CONTESTS: &str = "/api/v1/elections/mayor/contests";

/// The file of a source: other numbers in each, so that each is an object of its own.
fn file(source: usize) -> String {
    format!("station,registered,Ann Archer,Bob Baker\n1,1000,{},30\n2,2000,50,60\n", 40 + source)
}

/// The command that imports it.
fn import(source: usize) -> Value {
    let file = file(source);
    let input = scr_intake::Input { name: "r.csv", bytes: file.as_bytes() };
    let mapping = scr_intake::propose(input, &scr_intake::Limits::default()).mapping.to_toml();
    json!({"source": format!("count-{source}"), "source_name": format!("Count {source}"), "file_name": "r.csv",
        "file": scr_canon::b64(file.as_bytes()), "mapping": mapping})
}

/// An election with a contest, by the interface of one node.
fn contest(node: &str, people: &People) {
    let election = json!({"election": "mayor", "title": "Mayor", "day": "2026-11-22", "zone": "UTC"});
    let contest = json!({"contest": "mayor", "title": "Mayor", "votes_per_ballot": 1, "contestants":
        [{"id": "ann-archer", "name": "Ann Archer"}, {"id": "bob-baker", "name": "Bob Baker"}]});
    for (path, body) in [("/api/v1/elections", election), (CONTESTS, contest)] {
        assert!(matches!(post(node, &people.token, path, &body), Answer::Recorded(..)), "{path}");
    }
}

/// Imports a source on one of these nodes; where nobody knows what became of it, on the next one again.
fn upload(nodes: &[&Server], people: &People, source: usize) -> Option<u64> {
    let (path, body) = (format!("{CONTESTS}/mayor/tables"), import(source));
    for node in nodes.iter().cycle().skip(source).take(20) {
        match post(&node.address, &people.token, &path, &body) {
            Answer::Recorded(entry, _) => return Some(entry),
            Answer::Before => return None,
            Answer::Unknown(_) => {}
        }
    }
    panic!("no node takes source {source}");
}

/// Every node gives every table with the numbers that were sent, whichever node took it.
fn all_give(nodes: &[&Server], count: usize) {
    for node in nodes {
        wait_until(&node.address, Duration::from_secs(20), || tables(node).len() == count);
        for (source, entry) in tables(node) {
            let (status, rows) = get(&node.address, &format!("/api/v1/tables/{entry}/rows?unit=1")).unwrap();
            assert_eq!(status, 200, "{source}: {rows}");
            let votes = 40 + source.strip_prefix("count-").unwrap().parse::<u64>().unwrap();
            assert!(rows.contains(&votes.to_string()), "{source}: {rows}");
        }
    }
}

/// Source and entry of every table that a node lists.
fn tables(node: &Server) -> BTreeMap<String, u64> {
    let (_, text) = get(&node.address, &format!("{CONTESTS}/mayor/tables")).unwrap();
    let listed: Value = serde_json::from_str(&text).unwrap();
    let all = listed["tables"].as_array().unwrap().iter();
    all.map(|one| (one["source"].as_str().unwrap().to_owned(), one["entry"].as_u64().unwrap())).collect()
}

#[test]
fn what_one_node_puts_into_the_bucket_the_others_give_also_when_it_is_killed() {
    let _alone = alone();
    let Some(site) = Site::with_bucket() else { return };
    let people = begin(&site);
    let mut one = site.serve("one");
    site.join("two");
    site.join("three");
    let (two, three) = (site.serve("two"), site.serve("three"));
    [&one, &two, &three].iter().for_each(|node| wait_until_ready(&node.address));
    contest(&one.address, &people);
    wait_until("the contest on every node", Duration::from_secs(10), || {
        [&two, &three]
            .iter()
            .all(|node| get(&node.address, CONTESTS).is_some_and(|(_, text)| text.contains("Bob Baker")))
    });
    for source in 0..3 {
        assert!(upload(&[&one, &two, &three], &people, source).is_some());
    }
    all_give(&[&one, &two, &three], 3);

    // One is killed while it takes uploads; whoever sent them asks the next node.
    std::thread::scope(|scope| {
        let nodes = [&two, &three];
        let (address, token) = (one.address.clone(), people.token.clone());
        let at_the_killed = scope.spawn(move || {
            let sent = |source| post(&address, &token, &format!("{CONTESTS}/mayor/tables"), &import(source));
            (3..9).map(|source| (source, sent(source))).collect::<Vec<_>>()
        });
        std::thread::sleep(Duration::from_millis(400));
        one.process.kill().unwrap();
        one.process.wait().unwrap();
        for (source, answer) in at_the_killed.join().unwrap() {
            if matches!(answer, Answer::Unknown(_)) {
                upload(&nodes, &people, source);
            }
        }
    });
    all_give(&[&two, &three], 9);
    let one = site.serve("one");
    wait_until_ready(&one.address);
    all_give(&[&one, &two, &three], 9);

    // Every object stands once, under the hash of its bytes, in the bucket and on no node's own disk.
    let Place::S3(place) = site.place() else { panic!("a bucket") };
    let bucket = Bucket::open(&place).unwrap();
    let listed = bucket.list("").unwrap();
    assert!(listed.len() >= 9, "{} objects", listed.len());
    for object in &listed {
        let name = &object.key;
        let bytes = bucket.get(name, 1 << 20).unwrap().unwrap();
        assert!(name.ends_with(&scr_canon::sha256(&bytes).to_hex()), "{name}");
    }
    for node in ["one", "two", "three"] {
        let own = site.folder(node).join("objects");
        let held = std::fs::read_dir(&own).map_or(0, Iterator::count);
        assert_eq!(held, 0, "{} holds files", own.display());
    }
    check_log(&two.address, site.record().size().unwrap());
    check_record(&site, &BTreeMap::from([("mayor".to_owned(), None)]));
    [one, two, three].into_iter().for_each(terminate);
    check_views(&site, &["one", "two", "three"]);
}
