//! The interface for programs: networks and contacts in and out.

use crate::contacts::CONTACTS;
use crate::site::{AREAS, Answer, STATIONS, Site, empty_site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scr_canon::b64;
use scr_testing::schema_fault;
use serde_json::{Value, json};

const NETWORK: &str = "/api/v1/alerts/networks/ex-2026";

async fn ask(site: &Site, who: &str, path: &str, body: Option<(&str, Value)>) -> Answer {
    let request = Request::builder().uri(path).method(if body.is_some() { "POST" } else { "GET" });
    let request =
        if who.is_empty() { request } else { request.header(header::AUTHORIZATION, format!("Bearer {who}")) };
    let body = body.map_or_else(Body::empty, |(definition, value)| {
        assert_eq!(schema_fault(definition, &value), None);
        Body::from(value.to_string())
    });
    site.send(request.body(body).unwrap()).await
}

async fn value(site: &Site, who: &str, path: &str, definition: &str) -> Value {
    let answer = ask(site, who, path, None).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(schema_fault(definition, &value), None, "{value}");
    value
}

#[tokio::test]
async fn programs_bring_networks_and_contacts_and_read_them_page_by_page() {
    let site = empty_site();
    assert_eq!(ask(&site, "", NETWORK, None).await.status, StatusCode::NOT_FOUND);
    let lists =
        |stations: &str| json!({"areas": b64(AREAS.as_bytes()), "stations": b64(stations.as_bytes())});
    let bad =
        ask(&site, "manager", NETWORK, Some(("NewAlertNetwork", lists("number,area,voters\n1,X,2\n")))).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("SCR-ALR-043") && bad.body.contains("\"row\":2"), "{}", bad.body);
    for (who, status) in [("", StatusCode::UNAUTHORIZED), ("observer", StatusCode::FORBIDDEN)] {
        let refused = ask(&site, who, NETWORK, Some(("NewAlertNetwork", lists(STATIONS)))).await;
        assert_eq!(refused.status, status);
    }
    let done = ask(&site, "manager", NETWORK, Some(("NewAlertNetwork", lists(STATIONS)))).await;
    assert_eq!((done.status, done.to()), (StatusCode::CREATED, NETWORK), "{}", done.body);
    let network = value(&site, "", NETWORK, "AlertNetwork").await;
    assert_eq!((&network["stations"], &network["version"]), (&json!(5), &json!(1)));
    let first = value(&site, "", &format!("{NETWORK}/stations?limit=3"), "AlertStations").await;
    let next = first["next"].as_u64().unwrap();
    let rest = value(&site, "", &format!("{NETWORK}/stations?after={next}"), "AlertStations").await;
    assert_eq!((next, &rest["stations"][0]["number"], &rest["next"]), (3, &json!(11), &Value::Null));

    let path = format!("{NETWORK}/contacts");
    let body = |text: &str| json!({"file": b64(text.as_bytes()), "file_name": "c.csv", "mode": "all"});
    let bad =
        ask(&site, "manager", &path, Some(("NewAlertContacts", body(&CONTACTS.replace("+45 12", "12")))))
            .await;
    assert!(bad.body.contains("SCR-ALR-213") && bad.body.contains("\"column\":\"sms\""), "{}", bad.body);
    let done = ask(&site, "manager", &path, Some(("NewAlertContacts", body(CONTACTS)))).await;
    assert_eq!(done.status, StatusCode::CREATED, "{}", done.body);
    let mut found = Vec::new();
    let mut after = String::new();
    loop {
        let some = value(&site, "manager", &format!("{path}?limit=2{after}"), "AlertContacts").await;
        found.extend(some["contacts"].as_array().unwrap().clone());
        let Some(next) = some["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    assert_eq!(found.len(), 5);
    let answer = ask(&site, "manager", &path, None).await;
    assert_eq!(answer.headers["cache-control"], "no-store");
    for (who, status) in [("", StatusCode::UNAUTHORIZED), ("supervisor", StatusCode::FORBIDDEN)] {
        assert_eq!(ask(&site, who, &path, None).await.status, status, "{who}");
    }
}
