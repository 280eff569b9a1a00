//! What PyMISP asks, and what it finds.

use super::site::{CLEAR, indicator, site};
use super::{NOBODY, filled};
use axum::http::{StatusCode, header};
use serde_json::json;

const BETA: &str = "viewer!beta";

#[tokio::test]
async fn the_handshake_says_what_may_be_done() {
    let site = filled();
    let version = site.misp(BETA, "servers/getVersion").await.json();
    assert_eq!(version["version"].as_str().unwrap().split('.').count(), 3);
    assert_eq!(site.misp(BETA, "servers/getPyMISPVersion.json").await.json()["version"], version["version"]);
    let me = site.misp(BETA, "users/view/me").await;
    assert_eq!(me.header(header::CACHE_CONTROL), "no-store");
    let me = me.json();
    assert!(me["User"]["id"].is_string() && me["UserSetting"].is_array());
    assert_eq!((&me["Role"]["perm_add"], &me["Organisation"]["name"]), (&json!(false), &json!("beta")));
    let types = site.misp(BETA, "attributes/describeTypes.json").await.json();
    assert!(types["result"]["types"].as_array().unwrap().contains(&json!("ip-dst")));
}

#[tokio::test]
async fn searches_find_what_reaches_their_reader() {
    let site = filled();
    let all = ["amber.example", "clear.example", "green.example", "red.example"];
    for (who, search, expected) in [
        (BETA, json!({}), &all[..]),
        ("viewer!gamma", json!({}), &all[1..3]),
        ("viewer!delta", json!({}), &all[1..2]),
        (BETA, json!({"value": "amber.example"}), &all[..1]),
        ("viewer!gamma", json!({"value": "amber.example"}), &[]),
        (BETA, json!({"value": "%e%n.example"}), &all[2..3]),
        (BETA, json!({"value": "!%r.example"}), &all[2..]),
        (BETA, json!({"type": "domain", "category": "Network activity", "to_ids": 1}), &all[..]),
        (BETA, json!({"type": ["ip-dst", "!domain"]}), &[]),
        (BETA, json!({"to_ids": "exclude"}), &[]),
        (BETA, json!({"tags": ["tlp:green", "tlp:clear"]}), &all[1..3]),
        (BETA, json!({"tags": {"NOT": ["tlp:red"]}}), &all[..3]),
        (BETA, json!({"tags": "tlp:amb%"}), &all[..1]),
        (BETA, json!({"published": false}), &[]),
        (BETA, json!({"timestamp": "1h"}), &[]),
        (BETA, json!({"from": "1999-01-01", "to": "1999-12-31"}), &[]),
        (BETA, json!({"uuid": "7d3a0000-0000-4000-8000-000000000003"}), &all[..1]),
        ("viewer!gamma", json!({"uuid": "7d3a0000-0000-4000-8000-000000000003"}), &[]),
        (BETA, json!({"includeContext": true, "eventinfo": "%open%"}), &all[1..2]),
    ] {
        assert_eq!(site.values(who, &search).await, expected, "{who} {search}");
    }
    let by_event = site.searched(BETA, "events", &json!({"value": "red.example"})).await;
    assert_eq!(by_event[0]["Event"]["distribution"], "0");
    let id = by_event[0]["Event"]["id"].as_str().unwrap().to_owned();
    assert_eq!(site.values(BETA, &json!({"eventid": id})).await, ["red.example"]);
    assert_eq!(site.values("viewer!gamma", &json!({"eventid": id})).await, [""; 0]);
}

#[tokio::test]
async fn pages_follow_one_another_and_formats_agree() {
    let site = filled();
    for what in ["events", "attributes"] {
        let list = |value: serde_json::Value| {
            let list = if what == "events" { value } else { value["Attribute"].clone() };
            list.as_array().unwrap().clone()
        };
        let all = list(site.searched(BETA, what, &json!({})).await);
        let mut paged = Vec::new();
        for page in 1..=5 {
            let more = list(site.searched(BETA, what, &json!({"limit": 1, "page": page})).await);
            assert_eq!(more.len(), usize::from(page < 5), "{what} {page}");
            paged.extend(more);
        }
        assert_eq!(all, paged, "{what}");
    }
    let csv = site.posted(BETA, "attributes/restSearch", r#"{"returnFormat":"csv"}"#).await;
    assert_eq!((csv.status, csv.header(header::CONTENT_TYPE)), (StatusCode::OK, "text/csv; charset=utf-8"));
    assert!(csv.text.starts_with("uuid,event_id,category,type,value,comment,to_ids,date,"), "{}", csv.text);
    assert_eq!(csv.text.lines().count(), 5);
    let asked =
        r#"{"returnFormat":"csv","requested_attributes":"value,to_ids","headerless":1,"tags":"tlp:red"}"#;
    assert_eq!(site.posted(BETA, "events/restSearch", asked).await.text, "\"red.example\",1\n");
    let text = site.misp(BETA, "attributes/restSearch?returnFormat=text&value[]=red.example&value[]=x").await;
    assert_eq!((text.status, text.text.as_str()), (StatusCode::OK, "red.example\n"));
    let got = site.misp(BETA, "attributes/restSearch?tags=tlp%3Agreen&type=domain").await.json();
    assert_eq!(got["response"]["Attribute"][0]["value"], "green.example");
}

#[tokio::test]
async fn events_and_attributes_are_shown_by_id_and_number() {
    let site = filled();
    let red = site.searched(BETA, "events", &json!({"value": "red.example"})).await[0]["Event"].clone();
    let (uuid, number) = (red["uuid"].as_str().unwrap(), red["id"].as_str().unwrap());
    let attribute = red["Attribute"][0]["uuid"].as_str().unwrap();
    for name in [uuid, number] {
        let got = site.misp(BETA, &format!("events/view/{name}")).await;
        assert_eq!(got.json()["Event"]["uuid"], uuid);
    }
    assert_eq!(
        site.misp(BETA, &format!("attributes/view/{attribute}")).await.json()["Attribute"]["value"],
        "red.example"
    );
    let more = site.posted(BETA, &format!("events/view/{uuid}"), r#"{"deleted":[0,1]}"#).await;
    assert_eq!(more.status, StatusCode::OK, "{}", more.text);
    for (what, hidden, never) in
        [("events", uuid, NOBODY), ("events", number, "123456789012345"), ("attributes", attribute, NOBODY)]
    {
        let secret = site.misp("viewer!gamma", &format!("{what}/view/{hidden}")).await;
        let none = site.misp("viewer!gamma", &format!("{what}/view/{never}")).await;
        assert_eq!(secret.status, StatusCode::NOT_FOUND);
        assert_eq!(secret.text, none.text.replace(never, hidden), "{what}");
    }
}

#[tokio::test]
async fn the_index_lists_events_without_attributes() {
    let site = filled();
    let all = site.misp(BETA, "events/index").await.json();
    assert_eq!(all.as_array().unwrap().len(), 4);
    assert!(all[0]["Attribute"].is_null() && all[0]["EventTag"][0]["Tag"]["name"].is_string(), "{}", all[0]);
    let some = site.posted(BETA, "events/index", r#"{"tags":"tlp:red","minimal":true}"#).await.json();
    assert_eq!(some.as_array().unwrap().len(), 1);
    assert!(some[0]["orgc_uuid"].is_string() && some[0]["info"].is_null());
    assert_eq!(site.misp("viewer!gamma", "events/index?tag=tlp:red").await.json(), json!([]));
}

/// What was shared a moment ago is found, and what was taken out is not.
#[tokio::test]
async fn nothing_old_is_kept() {
    let site = site();
    assert_eq!(site.values(BETA, &json!({})).await, [""; 0]);
    site.share("alpha", "open", None, &[indicator(1, "one.example", CLEAR)]);
    assert_eq!(site.values(BETA, &json!({})).await, ["one.example"]);
    let path = format!("/desk/threats/linden/objects/{}/withdraw", super::site::indicator_id(1));
    let answer = site.post("manager!alpha", &path, &[("reason", "wrong"), ("looked", "yes")]).await;
    assert!(
        answer.status.is_redirection() || answer.status.is_success(),
        "{} {}",
        answer.status,
        answer.body
    );
    site.seen();
    assert_eq!(site.values(BETA, &json!({})).await, [""; 0]);
}
