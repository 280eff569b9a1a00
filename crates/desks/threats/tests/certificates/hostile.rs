//! Logs that lie, or somebody in between: nothing of it is believed, people see it, and nothing goes on by itself.

use crate::log::BEGAN_MS;
use crate::served::{Lie, Served, found, look, look_again, other_root};
use crate::site::{Site, site};
use scr_names::ct::SignedHead;
use serde_json::Value;

struct Told {
    page: String,
    evidence: Value,
}

async fn followed(kind: &str, names: &[&str]) -> (Site, Served, String) {
    let site = site();
    site.watch("alpha", &["wahlamt.example"]);
    let served = Served::new(names);
    let log = served.followed_by(&site, kind, Some(0)).await;
    look(&site);
    (site, served, log)
}

async fn told(site: &Site, log: &str) -> Told {
    let page = site.get("observer@alpha", &format!("/desk/threats/certificates/{log}")).await.body;
    let evidence = page.split("/evidence/").nth(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let evidence = match evidence {
        Some(number) => {
            let path = format!("/desk/threats/certificates/{log}/evidence/{number}");
            serde_json::from_str(&site.get("observer@alpha", &path).await.body).unwrap()
        }
        None => Value::Null,
    };
    Told { page, evidence }
}

/// Stopped at once or after three times, with this alarm; later looks ask nothing.
async fn stopped(site: &Site, served: &Served, log: &str, (kind, times): (&str, u32)) -> Told {
    for time in 1..=times {
        let told = told(site, log).await;
        assert!(!told.page.contains("Stopped"), "{kind} {time} {}", told.page);
        look_again(site, 1);
    }
    let told = told(site, log).await;
    assert!(told.page.contains("Stopped") && told.page.contains("role=\"alert\""), "{kind} {}", told.page);
    assert_eq!(told.evidence["kind"], kind);
    let asked = served.asked("");
    look_again(site, 3);
    assert_eq!(served.asked(""), asked, "a log that was stopped is left alone");
    let names = site.get("alpha", "/desk/threats/names").await.body;
    assert!(names.contains("One certificate log was stopped"), "{names}");
    told
}

fn both(told: &Told, served: &Served) -> (SignedHead, SignedHead) {
    let head = |name: &str| serde_json::from_value::<SignedHead>(told.evidence[name].clone()).unwrap();
    let (first, second) = (head("first"), head("second"));
    let key = served.with(|inner| inner.log.log_key());
    assert_eq!((first.verify(&key), second.verify(&key)), (Ok(()), Ok(())), "anybody can check both");
    (first, second)
}

#[tokio::test]
async fn two_trees_of_one_size_stop_a_log_at_once() {
    for kind in ["rfc6962", "static"] {
        let (site, served, log) = followed(kind, &["a.example", "b.example", "c.example"]).await;
        served.with(|inner| inner.head = inner.log.signed(3, BEGAN_MS + 60_000, other_root()));
        let told = stopped(&site, &served, &log, ("split-view", 1)).await;
        let (first, second) = both(&told, &served);
        assert!(first.head.size == 3 && second.head.size == 3 && first.head.root != second.head.root);
    }
}

#[tokio::test]
async fn a_tree_that_shrinks_stops_a_log_and_a_copy_that_lags_does_not() {
    for kind in ["rfc6962", "static"] {
        let (site, served, log) = followed(kind, &["a.example", "b.example", "c.example"]).await;
        served.with(|inner| inner.head = inner.log.head(2, BEGAN_MS - 60_000));
        look_again(&site, 4);
        assert!(told(&site, &log).await.page.contains("Up to date"));
        served.with(|inner| inner.head = inner.log.head(2, BEGAN_MS + 60_000));
        let told = stopped(&site, &served, &log, ("rollback", 1)).await;
        let (first, second) = both(&told, &served);
        assert_eq!((first.head.size, second.head.size), (3, 2));
    }
}

#[tokio::test]
async fn another_history_stops_a_log_when_it_stays() {
    for kind in ["rfc6962", "static"] {
        let (site, served, log) = followed(kind, &["a.example", "b.example", "c.example"]).await;
        let forked = Served::new(&["a.example", "b.example", "x.example", "wah1amt.example"]);
        let (entries, leaves) = forked.with(|inner| (inner.log.entries.clone(), inner.log.leaves.clone()));
        served.with(|inner| {
            (inner.log.entries, inner.log.leaves) = (entries, leaves);
            inner.head = inner.log.head(4, BEGAN_MS + 60_000);
        });
        let told = stopped(&site, &served, &log, ("inconsistent", 3)).await;
        let (first, second) = both(&told, &served);
        assert_eq!((first.head.size, second.head.size), (3, 4));
        assert!(
            found(&site.get("alpha", "/desk/threats/names").await.body).is_empty(),
            "nothing of it is believed"
        );
    }
}

/// The first entry has another name, where the tree has it: what stands beside it in a tile, the precertificate and the
/// fingerprints of its chain, is not hashed, and nothing is read from it.
fn renamed(mut body: Vec<u8>) -> Vec<u8> {
    let at = body.windows(7).position(|part| part == b"wah1amt").unwrap();
    body[at..at + 7].copy_from_slice(b"wahiamt");
    body
}

#[tokio::test]
async fn entries_that_were_not_signed_are_not_believed() {
    for (kind, part) in [("rfc6962", "get-entries"), ("static", "tile/data")] {
        let site = site();
        site.watch("alpha", &["wahlamt.example"]);
        let served = Served::new(&["wah1amt.example", "b.example"]);
        // The same entries in another order, or one with another name: each can be read.
        served.lie(move |path, (status, headers, body)| {
            if !path.contains(part) {
                return (status, headers, body);
            }
            let swapped = if part == "get-entries" {
                let mut value: Value = serde_json::from_slice(&body).unwrap();
                value["entries"].as_array_mut().unwrap().reverse();
                value.to_string().into_bytes()
            } else {
                renamed(body)
            };
            (status, headers, swapped)
        });
        let log = served.followed_by(&site, kind, Some(0)).await;
        look(&site);
        stopped(&site, &served, &log, ("entries", 2)).await;
        assert!(found(&site.get("alpha", "/desk/threats/names").await.body).is_empty());
        let page = told(&site, &log).await.page;
        assert!(page.contains("0 of 2 entries"), "{page}");
    }
}

#[tokio::test]
async fn a_head_that_its_key_has_not_signed_stops_a_log_when_it_stays() {
    let (site, served, log) = followed("rfc6962", &["a.example"]).await;
    let other = Served::new(&["a.example", "b.example"]);
    let foreign = other.with(|inner| inner.log.get_sth(&inner.head));
    served.lie(move |path, (status, headers, body)| {
        (status, headers, if path.contains("get-sth") { foreign.clone().into_bytes() } else { body })
    });
    look_again(&site, 2);
    // It was gone for a moment: what was doubtful is forgotten.
    served.honest();
    look_again(&site, 1);
    assert!(told(&site, &log).await.page.contains("Up to date"));
    let foreign = other.with(|inner| inner.log.get_sth(&inner.head));
    served.lie(move |path, (status, headers, body)| {
        (status, headers, if path.contains("get-sth") { foreign.clone().into_bytes() } else { body })
    });
    let told = stopped(&site, &served, &log, ("signature", 3)).await;
    assert_eq!(told.evidence["second"]["head"]["size"], 2);
}

/// Answers of any kind that are none: the log is asked again later and later, and no alarm is raised.
#[tokio::test]
async fn answers_that_are_none_are_waited_for() {
    let lies: Vec<(&str, Lie)> = vec![
        ("the server answered 500", Box::new(|_, _| (500, String::new(), Vec::new()))),
        (
            "the server answered 302",
            Box::new(|_, _| (302, "Location: http://127.0.0.1:1/\r\n".to_owned(), Vec::new())),
        ),
        ("nothing there", Box::new(|_, _| (404, String::new(), Vec::new()))),
        ("not the JSON", Box::new(|_, (status, head, _)| (status, head, b"{\"tree_size\":1".to_vec()))),
        ("longer than", Box::new(|_, (status, head, _)| (status, head, vec![b' '; 1 << 20]))),
        (
            "another number of entries",
            Box::new(|path, (status, head, body)| {
                let none = b"{\"entries\":[]}".to_vec();
                (status, head, if path.contains("get-entries") { none } else { body })
            }),
        ),
    ];
    let site = site();
    site.watch("alpha", &["wahlamt.example"]);
    let served = Served::new(&["wah1amt.example"]);
    let log = served.followed_by(&site, "rfc6962", Some(0)).await;
    for (words, lie) in lies {
        served.with(|inner| inner.lie = Some(lie));
        look_again(&site, 1);
        let page = told(&site, &log).await.page;
        assert!(page.contains("Does not answer") && page.contains(words), "{words} {page}");
    }
    // The pause has grown by now: a minute later nobody asks.
    let asked = served.asked("");
    site.clock.advance(60);
    assert_eq!((look(&site), served.asked("")), (0, asked));
    served.honest();
    look_again(&site, 1);
    assert!(told(&site, &log).await.page.contains("Up to date"));
    assert_eq!(found(&site.get("alpha", "/desk/threats/names").await.body), ["wah1amt.example"]);
}

#[tokio::test]
async fn a_log_that_asks_to_be_left_alone_is() {
    let site = site();
    let served = Served::new(&["a.example"]);
    served.lie(|_, _| (429, "Retry-After: 7200\r\n".to_owned(), Vec::new()));
    served.followed_by(&site, "rfc6962", Some(0)).await;
    look(&site);
    for (seconds, more) in [(60, 0), (7_000, 0), (200, 1)] {
        let asked = served.asked("");
        site.clock.advance(seconds);
        look(&site);
        assert_eq!(served.asked("") - asked, more, "{seconds}");
    }
}
