//! Feeds of MISP.

use super::site::{Other, Site, say};
use scr_misp::event::read_events;
use scr_misp::{Limits, feed};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

type Files = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

fn event(number: u32, timestamp: i64, tag: &str) -> Value {
    json!({"Event": {
        "uuid": format!("5f1d0000-0000-4000-8000-{number:012}"), "info": format!("False office {number}"), "date": "2026-11-01",
        "timestamp": timestamp.to_string(), "published": true, "analysis": "2", "threat_level_id": "2", "distribution": "3",
        "Orgc": {"name": "Partner", "uuid": "5f1d0000-0000-4000-8000-00000000aaaa"}, "Tag": [{"name": tag}],
        "Attribute": [{
            "uuid": format!("5f1d0000-0000-4000-9000-{number:012}"), "type": "domain", "category": "Network activity",
            "value": format!("office{number}.example"), "to_ids": true, "timestamp": timestamp.to_string(),
        }],
    }})
}

fn put(files: &Files, events: &[Value]) {
    let mut all = Vec::new();
    let mut files = files.lock().unwrap();
    for value in events {
        all.extend(read_events(value.to_string().as_bytes(), &Limits::default()).unwrap().events);
    }
    for one in &all {
        files.insert(format!("/feed/{}", feed::file_name(one)), feed::event_file(one));
    }
    files.insert("/feed/manifest.json".to_owned(), feed::manifest(&all));
}

fn server(files: &Files) -> Other {
    let files = Arc::clone(files);
    Other::new(move |asked, stream| match files.lock().unwrap().get(&asked.path) {
        Some(bytes) => {
            say(stream, 200, &[("Content-Type", "application/json")], &String::from_utf8_lossy(bytes))
        }
        None => say(stream, 404, &[], ""),
    })
}

#[test]
fn events_come_in_once_and_again_when_they_change() {
    let files = Files::default();
    put(&files, &[event(1, 1_795_000_001, "tlp:green"), event(2, 1_795_000_002, "tlp:clear")]);
    let other = server(&files);
    let site = Site::new();
    let login = json!({"with": "key", "key": "misp-key"});
    let new =
        json!({"kind": "misp", "address": format!("{}/feed/manifest.json", other.address), "login": login});
    let id = site.source_with(&new, "TLP:GREEN");
    let first = site.poll(&id);
    assert!(first["trouble"].is_null() && first["last"]["refused"] == 0, "{first}");
    let taken = first["last"]["taken"].as_u64().unwrap();
    assert!(taken >= 6, "a report, an indicator and what belongs to it for each: {first}");
    assert!(other.asked().iter().all(|asked| asked.head.to_lowercase().contains("authorization: misp-key")));
    let objects = site.objects("gamma");
    for number in [1, 2] {
        assert!(objects.iter().any(|one| one.contains(&format!("office{number}.example"))), "{objects:?}");
    }
    let asked = other.asked().len();
    assert_eq!(site.counts(&id), [0, 0, 0]);
    assert_eq!(other.asked().len(), asked + 1, "nothing but the manifest");
    put(&files, &[event(1, 1_795_000_001, "tlp:green"), event(2, 1_795_900_000, "tlp:clear")]);
    let [taken, known, refused] = site.counts(&id);
    assert!(taken >= 2 && refused == 0, "{taken} {known} {refused}");
    assert_eq!(other.asked().len(), asked + 3, "the manifest, and the one that changed");
}

#[test]
fn one_bad_event_does_not_keep_the_others_out() {
    let files = Files::default();
    put(&files, &[1, 2, 3, 4].map(|number| event(number, 1_795_000_000 + i64::from(number), "tlp:green")));
    {
        let mut files = files.lock().unwrap();
        let name = |number: u32| format!("/feed/5f1d0000-0000-4000-8000-{number:012}.json");
        files.insert(name(1), b"{\"Event\": [[[[".to_vec());
        let fourth = files[&name(4)].clone();
        files.insert(name(2), fourth);
        files.remove(&name(3));
    }
    let other = server(&files);
    let site = Site::new();
    let id = site.source("misp", &format!("{}/feed/", other.address));
    let state = site.poll(&id);
    assert!(state["trouble"].is_null(), "{state}");
    assert_eq!(state["last"]["refused"], 3, "{state}");
    assert!(site.objects("beta").iter().any(|one| one.contains("office4.example")), "{state}");
    let asked = other.asked().len();
    site.poll(&id);
    assert_eq!(other.asked().len(), asked + 2, "only the file that was missing is asked for again");
}

#[test]
fn what_is_no_feed_is_said_to_be_none() {
    let cases: [(u16, &str, &str, &str); 4] = [
        (200, "text/html", "<html>hello</html>", "media"),
        (404, "text/html", "", "missing"),
        (200, "application/json", "[1, 2]", "broken"),
        (403, "text/html", "", "login"),
    ];
    let site = Site::new();
    for (status, media, body, expected) in cases {
        let other = Other::new(move |_, stream| say(stream, status, &[("Content-Type", media)], body));
        let id = site.source("misp", &format!("{}/feed", other.address));
        assert_eq!(site.trouble(&id), expected, "{status} {body}");
        site.done(&format!("{}/{id}/remove", super::site::SOURCES), &json!({}));
    }
}

/// An event of the real world, where the data is at hand.
#[test]
fn a_real_event_comes_in_whole() {
    let Some(path) = scr_testing::data("threats/misp/events/existing_event.json") else { return };
    let bytes = std::fs::read(path).unwrap();
    let mut events = read_events(&bytes, &Limits::default()).unwrap().events;
    let event = events.remove(0);
    let files = Files::default();
    {
        let mut files = files.lock().unwrap();
        files.insert(format!("/feed/{}", feed::file_name(&event)), feed::event_file(&event));
        files.insert("/feed/manifest.json".to_owned(), feed::manifest([&event]));
    }
    let site = Site::new();
    let id = site.source("misp", &format!("{}/feed/", server(&files).address));
    let state = site.poll(&id);
    assert!(state["trouble"].is_null() && state["last"]["refused"] == 0, "{state}");
    assert!(state["last"]["taken"].as_u64().unwrap() > 70, "{state}");
}
