//! Vocabularies for programs.

use super::import::{framework, taxonomy};
use super::site::{Answer, Site, site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scr_testing::schema_fault;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/threats/vocabularies";

async fn value(site: &Site, path: &str, definition: &str) -> Value {
    let answer = site.send(Request::get(path).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
    let value: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(schema_fault(definition, &value), None, "{value}");
    value
}

async fn import(site: &Site, who: &str, bytes: &[u8]) -> Answer {
    let body = json!({"file": scr_canon::b64(bytes)});
    assert_eq!(schema_fault("NewVocabulary", &body), None);
    let request = Request::post(PATH).header(header::AUTHORIZATION, format!("Bearer {who}"));
    let request = request.header(header::CONTENT_TYPE, "application/json");
    site.send(request.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test]
async fn a_program_imports_and_everybody_reads() {
    let site = site();
    assert_eq!(import(&site, "clerk!alpha", &taxonomy(1)).await.status, StatusCode::FORBIDDEN);
    let refused = import(&site, "manager!gamma", &taxonomy(1)).await;
    assert!(refused.body.contains("SCR-THR-091"), "{}", refused.body);
    assert!(import(&site, "manager!alpha", b"{}").await.body.contains("SCR-THR-090"));
    let answer = import(&site, "manager!alpha", &framework()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let found: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(schema_fault("ImportedVocabulary", &found), None, "{found}");
    assert_eq!(
        (&found["techniques"], &found["others"], &found["version"]),
        (&json!(4), &json!(3), &json!("3.1"))
    );
    assert_eq!(found["sha256"], scr_canon::sha256(&framework()).to_hex());
    assert_eq!(import(&site, "administrator!beta", &taxonomy(1)).await.status, StatusCode::CREATED);
    let all = value(&site, PATH, "ThreatVocabularies").await;
    assert_eq!(all["vocabularies"].as_array().unwrap().len(), 2);
    let one = value(&site, &answer.to, "ThreatVocabulary").await;
    assert_eq!(one["order"], json!(["TA9002", "TA9001"]));
    let part = one["terms"].as_array().unwrap().iter().find(|one| one["id"] == "T9001.001").unwrap();
    assert_eq!((&part["part_of"], &part["phases"]), (&json!("T9001"), &json!(["TA9002"])));
    let found = value(&site, &format!("{}?q=forge", answer.to), "ThreatVocabulary").await;
    assert_eq!(found["terms"].as_array().unwrap().len(), 2);
    let absent = site.send(Request::get(format!("{PATH}/x")).body(Body::empty()).unwrap()).await;
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
    assert!(absent.body.contains("SCR-THR-094"), "{}", absent.body);
}
