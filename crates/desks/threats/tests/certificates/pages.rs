//! Who says which logs are followed, what is refused, and what an administrator decides.

use crate::log::BEGAN_MS;
use crate::served::{Served, found, look, look_again, other_root};
use crate::site::site;
use axum::http::StatusCode;
use scr_desk_threats::{Asking, ask_logs};

const PATH: &str = "/desk/threats/certificates";

#[tokio::test]
async fn logs_are_named_by_administrators_with_all_that_is_needed() {
    let site = site();
    ask_logs(&site.app, &Asking { may_be_near: true, ..Asking::default() });
    let served = Served::new(&["a.example"]);
    let key = served.public_key();
    let page = site.get("alpha", PATH).await;
    assert!(page.status == StatusCode::OK && page.body.contains("No certificate log is followed yet."));
    assert!(!page.body.contains("/certificates/new"));
    assert_eq!(site.get("alpha", &format!("{PATH}/new")).await.status, StatusCode::FORBIDDEN);
    let good = [
        ("name", "One"),
        ("kind", "static"),
        ("url", "https://ct.example/"),
        ("key", &key),
        ("begin", "now"),
    ];
    let with = |field: &'static str, value: &'static str| {
        let mut fields = good.to_vec();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        fields
    };
    for (fields, code) in [
        (with("name", " "), "SCR-THR-110"),
        (with("url", "file:///etc/passwd"), "SCR-THR-110"),
        (with("url", "https://user@ct.example"), "SCR-THR-110"),
        (with("kind", "other"), "SCR-THR-110"),
        (with("key", "AAAA"), "SCR-THR-111"),
        ([&with("begin", "entry")[..], &[("entry", "-1")]].concat(), "SCR-THR-110"),
    ] {
        let answer = site.post("administrator@alpha", &format!("{PATH}/new"), &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?} {}", answer.body);
        let words = if code.ends_with("111") {
            "The public key cannot be read."
        } else {
            "What is said of the log cannot be"
        };
        assert!(answer.body.contains(words), "{code} {}", answer.body);
    }
    let added = site.post("administrator@alpha", &format!("{PATH}/new"), &good).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = site.get("outside", &added.location).await;
    assert!(page.body.contains("https://ct.example") && page.body.contains("Begins soon"), "{}", page.body);
    // Its name in checkpoints is that of its address where nobody says another one.
    assert!(page.body.contains(">ct.example<"), "{}", page.body);
    let twice = site.post("administrator@alpha", &format!("{PATH}/new"), &good).await;
    assert!(twice.body.contains("This log is followed already"), "SCR-THR-112: {}", twice.body);
    let absent = site.get("alpha", &format!("{PATH}/{}", "0".repeat(64))).await;
    assert!(absent.status == StatusCode::NOT_FOUND && absent.body.contains("SCR-THR-113"));
    for path in ["turn", "decide"] {
        let refused = site.posted("alpha", &format!("{}/{path}", added.location), &[("on", "no")]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
}

/// Without a word to the contrary nothing in one's own network is asked.
#[tokio::test]
async fn a_log_in_ones_own_network_is_not_asked() {
    let site = site();
    let served = Served::new(&["a.example"]);
    let near = served.url.replace("http://", "https://");
    let key = served.public_key();
    let fields =
        [("name", "Near"), ("kind", "static"), ("url", near.as_str()), ("key", &key), ("begin", "now")];
    let added = site.post("administrator@alpha", &format!("{PATH}/new"), &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    look(&site);
    let page = site.get("alpha", &added.location).await.body;
    assert!(page.contains("in a network that is not public"), "{page}");
    assert_eq!(served.asked(""), 0);
}

#[tokio::test]
async fn an_administrator_decides_with_a_reason_and_the_evidence_stays() {
    let site = site();
    site.watch("alpha", &["wahlamt.example"]);
    let served = Served::new(&["a.example", "b.example"]);
    let log = served.followed_by(&site, "rfc6962", Some(0)).await;
    let path = format!("{PATH}/{log}");
    let decide = format!("{path}/decide");
    let go_on = [("decision", "go-on"), ("reason", "It was a test of theirs.")];
    let early = site.posted("administrator@alpha", &decide, &go_on).await;
    assert!(early.body.contains("Nothing is to be decided"), "SCR-THR-114: {}", early.body);
    look(&site);
    let honest = served.with(|inner| inner.head.clone());
    let lie = |served: &Served| {
        served.with(|inner| inner.head = inner.log.signed(2, BEGAN_MS + 1, other_root()));
    };
    lie(&served);
    look_again(&site, 1);
    let page = site.get("administrator@alpha", &path).await.body;
    assert!(page.contains("name=\"decision\"") && page.contains("two different contents"), "{page}");
    let page = site.get("alpha", &path).await.body;
    assert!(!page.contains("name=\"decision\"") && page.contains("An administrator decides"), "{page}");
    for wrong in [[("decision", "go-on"), ("reason", " ")], [("decision", "other"), ("reason", "x")]] {
        let refused = site.posted("administrator@alpha", &decide, &wrong).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    // A log that has not mended its ways is stopped again.
    site.posted("administrator@alpha", &decide, &go_on).await;
    look(&site);
    let page = site.get("alpha", &path).await.body;
    assert!(page.contains("Stopped") && page.contains("It was a test of theirs."), "{page}");
    served.with(|inner| inner.head = honest);
    site.posted("administrator@alpha", &decide, &go_on).await;
    look(&site);
    let page = site.get("alpha", &path).await.body;
    assert!(page.contains("Up to date") && page.matches("two different contents").count() == 2, "{page}");
    // Anew: what it shows now is where it begins.
    lie(&served);
    look_again(&site, 1);
    let fork = Served::new(&["x.example", "wah1amt.example", "y.example"]);
    let (entries, leaves) = fork.with(|inner| (inner.log.entries.clone(), inner.log.leaves.clone()));
    served.with(|inner| {
        (inner.log.entries, inner.log.leaves) = (entries, leaves);
        inner.head = inner.log.head(3, BEGAN_MS + 2);
    });
    site.posted("administrator@alpha", &decide, &[("decision", "anew"), ("reason", "A new log.")]).await;
    look(&site);
    served.grow(&["wahlarnt.example"]);
    look_again(&site, 1);
    assert_eq!(found(&site.get("alpha", "/desk/threats/names").await.body), ["wahlarnt.example"]);
    served.with(|inner| inner.head = inner.log.head(2, BEGAN_MS + 1_000_000_000));
    look_again(&site, 1);
    site.posted("administrator@alpha", &decide, &[("decision", "off"), ("reason", "Enough.")]).await;
    let page = site.get("alpha", &path).await.body;
    assert!(page.contains("Followed no more.") && page.contains("Off"), "{page}");
}
