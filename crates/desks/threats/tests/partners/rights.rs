//! Whose a source is, who changes it, and what nobody sees.

use super::site::{GREEN, Other, SOURCES, Site, envelope, indicator, moment};
use axum::http::StatusCode;
use scr_testing::schema_fault;
use serde_json::{Value, json};

const PASSWORD: &str = "correct-horse-battery";

fn good() -> Other {
    Other::new(|_, stream| {
        envelope(stream, Some(&moment(1)), &format!("{{\"objects\":[{}]}}", indicator(1, GREEN)));
    })
}

#[test]
fn a_source_is_its_organisations_and_its_managers_decide() {
    let (site, other) = (Site::new(), good());
    let new = json!({"kind": "taxii", "address": other.collection(), "name": "Neighbours"});
    assert_eq!(schema_fault("NewThreatSource", &new), None);
    for who in ["clerk!alpha", "supervisor!alpha", "viewer!alpha"] {
        assert_eq!(site.call(who, SOURCES, Some(&new)).0, StatusCode::FORBIDDEN, "{who}");
    }
    let id = site.source_with(&new, "TLP:GREEN");
    let path = format!("{SOURCES}/{id}");
    let one = site.state(&id);
    assert_eq!(schema_fault("ThreatSource", &one), None, "{one}");
    let (_, list) = site.call("clerk!alpha", SOURCES, None);
    assert_eq!(schema_fault("ThreatSources", &list), None, "{list}");
    assert_eq!(list["sources"][0]["name"], "Neighbours");
    assert_eq!(site.call("viewer!alpha", &path, None).0, StatusCode::FORBIDDEN);
    for who in ["manager!beta", "manager!delta"] {
        assert_eq!(site.call(who, &path, None).0, StatusCode::NOT_FOUND, "{who}");
        assert_eq!(site.call(who, SOURCES, None).1["sources"], json!([]), "{who}");
        for body in [json!({"now": true}), json!({"on": false})] {
            let (status, refused) = site.call(who, &path, Some(&body));
            assert_eq!((status, &refused["code"]), (StatusCode::NOT_FOUND, &json!("SCR-THR-050")), "{who}");
        }
        assert_eq!(site.call(who, &format!("{path}/remove"), Some(&json!({}))).0, StatusCode::NOT_FOUND);
        assert_eq!(site.call(who, &format!("{path}/offer"), None).0, StatusCode::NOT_FOUND);
    }
    assert_eq!(site.done(&path, &json!({"on": false}))["on"], false);
    site.clock.advance(1_000_000);
    assert_eq!(scr_desk_threats::partners::poll_due(&site.app).unwrap(), 0, "it pauses");
    let (_, refused) = site.call("manager!alpha", &path, Some(&json!({"now": true})));
    assert_eq!(refused["code"], "SCR-THR-056");
    site.done(&path, &json!({"on": true, "now": true}));
    assert_eq!(scr_desk_threats::partners::poll_due(&site.app).unwrap(), 1);
    assert_eq!(site.done(&format!("{path}/remove"), &json!({}))["sources"], json!([]));
    assert_eq!(site.objects("beta").len(), 1, "what came stays");
}

#[test]
fn what_cannot_be_used_is_refused() {
    let site = Site::new();
    let code = |body: &Value| {
        site.call("manager!alpha", SOURCES, Some(body)).1["code"].as_str().unwrap_or("none").to_owned()
    };
    for address in
        ["", "taxii.example", "ftp://a.example/", "https://me:secret@a.example/", "file:///etc/passwd"]
    {
        assert_eq!(code(&json!({"kind": "taxii", "address": address})), "SCR-THR-051", "{address}");
    }
    assert_eq!(code(&json!({"kind": "rss", "address": "https://a.example/"})), "SCR-THR-051");
    let login = json!({"with": "bearer", "token": "a\r\nX-Evil: 1"});
    assert_eq!(
        code(&json!({"kind": "taxii", "address": "https://a.example/", "login": login})),
        "SCR-THR-052"
    );
    let id = site.done(SOURCES, &json!({"kind": "taxii", "address": "https://a.example/"}))["id"].clone();
    let path = format!("{SOURCES}/{}", id.as_str().unwrap());
    let to = |community: &str, collection: &str, every: i64| {
        let to = json!({"community": community, "collection": collection, "at_least": "TLP:RED", "every_seconds": every});
        let change = json!({"to": to});
        assert_eq!(schema_fault("ThreatSourceChange", &change).is_some(), !(60..=604_800).contains(&every));
        site.call("manager!alpha", &path, Some(&change)).1["code"].as_str().unwrap_or("none").to_owned()
    };
    assert_eq!(to("linden", "signs", 59), "SCR-THR-053");
    assert_eq!(to("linden", "signs", 604_801), "SCR-THR-053");
    assert_eq!(to("elsewhere", "signs", 60), "SCR-THR-002");
    assert_eq!(to("linden", "none", 60), "SCR-THR-012");
    let (_, refused) = site.call("manager!alpha", &path, Some(&json!({"now": true})));
    assert_eq!(refused["code"], "SCR-THR-056", "it has no place to go to yet");
    for _ in 0..49 {
        site.done(SOURCES, &json!({"kind": "taxii", "address": "https://a.example/"}));
    }
    assert_eq!(code(&json!({"kind": "taxii", "address": "https://a.example/"})), "SCR-THR-054");
}

#[test]
fn a_login_is_nowhere_to_be_seen() {
    let (site, other) = (Site::new(), good());
    let key = "8f14e45fceea167a5a36dedd4bea2543";
    let address = format!("{}/{key}/root/?token={key}", other.address);
    let login = json!({"with": "password", "user": "analyst", "password": PASSWORD});
    let id = site.source_with(&json!({"kind": "taxii", "address": address, "login": login}), "TLP:AMBER");
    let state = site.poll(&id);
    assert_eq!(state["last"]["taken"], 1, "{state}");
    assert!(other.asked()[0].path.starts_with(&format!("/{key}/root/objects/")), "{:?}", other.asked());
    let pages = [state.to_string(), site.call("manager!alpha", SOURCES, None).1.to_string()];
    for text in pages {
        assert!(!text.contains(PASSWORD) && !text.contains(key) && !text.contains("analyst"), "{text}");
    }
    scr_desk_threats::close_batch(&site.app).unwrap();
    for secret in [PASSWORD, key, "YW5hbHlzdDpjb3JyZWN0"] {
        let found = scr_engine::testing::file_with(site.folder.path(), secret.as_bytes()).unwrap();
        assert_eq!(found, None, "{secret} stands in a file");
    }
}

/// What is recorded of a source comes in a batch, like everything that is for some: not even its time says anything.
#[test]
fn the_record_says_in_public_nothing_of_sources() {
    let (site, other) = (Site::new(), good());
    let before = site.app.engine.log().size().unwrap();
    let id = site.source("taxii", &other.collection());
    site.done(&format!("{SOURCES}/{id}"), &json!({"on": false}));
    assert_eq!(site.app.engine.log().size().unwrap(), before, "nothing but the batch");
    scr_desk_threats::close_batch(&site.app).unwrap();
    site.done(&format!("{SOURCES}/{id}/remove"), &json!({}));
    scr_desk_threats::close_batch(&site.app).unwrap();
    let entries = site.app.engine.log().entries(before, 10).unwrap();
    assert_eq!(entries.len(), 2);
    for entry in entries {
        let text = String::from_utf8_lossy(&entry).into_owned();
        assert!(!text.contains("alpha") && !text.contains(&id) && !text.contains("127.0.0.1"), "{text}");
    }
}
