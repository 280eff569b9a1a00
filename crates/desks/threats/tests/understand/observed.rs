//! What an organisation has seen itself, against the patterns that are shared with it.

use super::site::{AMBER, COLLECTION, ONLY_BETA, Site, id, indicator, org, site, site_over};
use axum::http::StatusCode;
use scr_core::SeededEntropy;
use scr_desk_threats::ThreatsDesk;
use scr_jobs::{Jobs, Worker};
use scr_web::Desk as _;
use serde_json::json;
use std::sync::Arc;

const PATH: &str = "/desk/threats/observations";
const FORGET: &str = "/desk/threats/observations/forget";

/// What the server does each minute.
fn minute(site: &Site) {
    site.clock.advance(61);
    let store = site.app.store().unwrap().clone();
    let jobs = Jobs::open(store, Arc::clone(&site.clock) as _, Arc::new(SeededEntropy::new(3))).unwrap();
    let worker = Worker::new(jobs, ThreatsDesk.works(&site.app), Arc::clone(&site.clock) as _);
    worker.ask_for_recurring().unwrap();
    while worker.run_once().unwrap() != scr_jobs::Ended::Nothing {}
}

fn sign(number: u32, name: &str, pattern: &str) -> serde_json::Value {
    indicator(number, name, pattern, json!({}))
}

#[tokio::test]
async fn what_was_seen_is_held_against_what_is_shared_before_and_after() {
    before_and_after(&site()).await;
}

/// What waits for its batch, statuses and what was seen, in the database that nodes share.
#[tokio::test]
async fn the_tables_live_in_postgres_too() {
    let Some(database) = scr_testing::Database::new("the exchange on PostgreSQL") else { return };
    let site = aside(|| site_over(Some(&database.url)));
    before_and_after(&site).await;
    let narrow = json!({"object_marking_refs": [AMBER]});
    let pattern = "[url:value = 'http://login.vote.example/a']";
    let one = indicator(7, "For one", pattern, narrow);
    aside(|| site.share_with("beta", COLLECTION, Some(&[org("alpha")]), &[one]));
    aside(|| minute(&site));
    assert!(site.get("alpha", PATH).await.body.contains(">For one</a>"));
    assert_eq!(site.post_from("alpha", PATH, FORGET, &[]).await.location, PATH);
    assert!(site.get("alpha", PATH).await.body.contains("They are held against every sign"));
    aside(move || drop((site, database)));
}

/// PostgreSQL is spoken to by threads that wait, which no asynchronous thread may be.
fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join().unwrap())
}

async fn before_and_after(site: &Site) {
    aside(|| site.share("beta", &[sign(1, "Login page", "[url:value LIKE 'http://login.%']")]));
    let page = site.get("alpha", PATH).await;
    assert!(page.body.contains("They are held against every sign"), "{}", page.body);
    let text = "hxxp://login.vote[.]example/a\n192.0.2.7 and nothing else";
    let sent = site.post("alpha", PATH, &[("text", text)]).await;
    assert_eq!((sent.status, sent.location.as_str()), (StatusCode::SEE_OTHER, PATH), "{}", sent.body);
    let page = site.get("alpha", PATH).await.body;
    assert!(page.contains("One shared sign matches") && page.contains("You brought 2 things."), "{page}");
    assert!(page.contains(">Login page</a>") && page.contains("http://login.vote.example/a"), "{page}");
    // What comes later is held against it by the server itself, and the first page says so.
    let later = [
        sign(2, "Their range", "[ipv4-addr:value ISSUBSET '192.0.2.0/24']"),
        sign(3, "Others", "[ipv4-addr:value = '198.51.100.1']"),
    ];
    aside(|| site.share("gamma", &later));
    assert!(!site.get("alpha", PATH).await.body.contains("Their range"));
    aside(|| minute(site));
    let page = site.get("alpha", PATH).await.body;
    assert!(page.contains(">Their range</a>") && !page.contains(">Others</a>"), "{page}");
    assert!(site.get("alpha", "/desk/threats").await.body.contains("what you have seen"));
    // A match ends with its sign: it is shown as over.
    let mut over = sign(2, "Their range", "[ipv4-addr:value ISSUBSET '192.0.2.0/24']");
    over["modified"] = json!("2026-11-24T00:00:00.000Z");
    over["revoked"] = json!(true);
    aside(|| site.share("gamma", &[over]));
    assert!(site.get("alpha", PATH).await.body.contains("Taken back"));
    // Nobody else has any of it.
    for who in ["beta", "gamma", "outside"] {
        let page = site.get(who, PATH).await.body;
        assert!(page.contains("They are held against every sign") && !page.contains("Login page"), "{page}");
    }
}

#[tokio::test]
async fn patterns_over_several_observations_and_their_times_are_whole() {
    let site = site();
    let chain =
        "([url:value = 'http://a.example/'] FOLLOWEDBY [domain-name:value = 'b.example']) WITHIN 60 SECONDS";
    site.share("beta", &[sign(1, "A chain", chain)]);
    let observed = |number: u32, at: &str, object: &str| {
        json!({
            "type": "observed-data", "spec_version": "2.1", "id": id("observed-data", number), "number_observed": 1,
            "created": at, "modified": at, "first_observed": at, "last_observed": at, "object_refs": [object],
        })
    };
    let bundle = |second: &str| {
        let (url, name) = (id("url", 1), id("domain-name", 1));
        json!({"type": "bundle", "id": id("bundle", 1), "objects": [
            observed(1, "2026-11-24T08:00:00Z", &url), observed(2, second, &name),
            {"type": "url", "spec_version": "2.1", "id": url, "value": "http://a.example/"},
            {"type": "domain-name", "spec_version": "2.1", "id": name, "value": "b.example"},
        ]})
    };
    site.post("alpha", PATH, &[("text", &bundle("2026-11-24T08:02:00Z").to_string())]).await;
    let page = site.get("alpha", PATH).await.body;
    assert!(page.contains("Nothing that is shared with you matches"), "two minutes are too long: {page}");
    assert_eq!(site.post_from("alpha", PATH, FORGET, &[]).await.location, PATH);
    site.post("alpha", PATH, &[("text", &bundle("2026-11-24T08:00:59Z").to_string())]).await;
    let page = site.get("alpha", PATH).await.body;
    assert!(page.contains(">A chain</a>") && page.contains("b.example"), "{page}");
}

#[tokio::test]
async fn a_match_shows_nothing_that_its_reader_may_not_see() {
    let site = site();
    let pattern = "[domain-name:value = 'vote.example']";
    let narrow = indicator(1, "Between two", pattern, json!({"object_marking_refs": [AMBER]}));
    site.share_with("beta", COLLECTION, Some(&[org("gamma")]), &[narrow]);
    site.share_with("alpha", ONLY_BETA, None, &[sign(2, "In a letterbox", pattern)]);
    for who in ["alpha", "gamma", "outside"] {
        site.post(who, PATH, &[("text", "vote.example")]).await;
    }
    minute(&site);
    assert!(site.get("gamma", PATH).await.body.contains(">Between two</a>"));
    for who in ["alpha", "outside"] {
        let page = site.get(who, PATH).await.body;
        assert!(page.contains("Nothing that is shared with you matches the one thing"), "{who} {page}");
    }
}

#[tokio::test]
async fn what_was_brought_goes_on_demand_and_after_a_month_and_wrong_things_are_said() {
    let site = site();
    site.share("beta", &[sign(1, "A name", "[domain-name:value = 'vote.example']")]);
    for (text, words) in [
        ("nothing in it", "Nothing was found in it"),
        ("{\"type\":", "It cannot be read: "),
        ("{\"type\":\"observed-data\",\"id\":\"observed-data--1\"}", "It cannot be read: "),
    ] {
        let page = site.post("alpha", PATH, &[("text", text)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains(words), "{text} {}", page.body);
    }
    assert!(
        site.get("alpha", PATH).await.body.contains("They are held against every sign"),
        "nothing was kept"
    );
    let observer = site.post("observer@alpha", PATH, &[("text", "vote.example")]).await;
    assert_eq!(observer.status, StatusCode::FORBIDDEN);
    site.post("alpha", PATH, &[("text", "vote.example")]).await;
    assert!(site.get("alpha", PATH).await.body.contains(">A name</a>"));
    site.clock.advance(31 * 86_400);
    minute(&site);
    let page = site.get("alpha", PATH).await.body;
    assert!(page.contains("They are held against every sign") && !page.contains("A name"), "{page}");
}
