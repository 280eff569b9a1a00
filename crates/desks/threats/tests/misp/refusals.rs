//! What is not answered, and in which words.

use super::site::site;
use super::{NOBODY, filled};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

const BETA: &str = "viewer!beta";

#[tokio::test]
async fn without_a_key_there_is_the_feed_alone() {
    let site = filled();
    for path in [
        "servers/getVersion",
        "users/view/me",
        "events/restSearch",
        "events/index",
        "events/view/1",
        &format!("events/view/{NOBODY}"),
        "tags/index",
        "nothing",
    ] {
        for who in ["", "x", "viewer!nobody-here!"] {
            let got = site.misp(who, path).await;
            assert_eq!(got.status, StatusCode::UNAUTHORIZED, "{who} {path}");
            assert!(got.json()["message"].as_str().unwrap().contains("Authorization"), "{}", got.text);
        }
    }
    for path in
        ["events/restSearch", "attributes/restSearch", "events/index", "events/view/1", "events/add", "x"]
    {
        let got = site.posted("", path, "{}").await;
        assert_eq!(got.status, StatusCode::UNAUTHORIZED, "POST {path}");
    }
    // A wrong key is not as none: whoever sends one expects more than what is public.
    for file in ["feed/", "feed/manifest.json", "feed/hashes.csv"] {
        assert_eq!(site.misp("x", file).await.status, StatusCode::UNAUTHORIZED, "{file}");
        assert_eq!(site.misp("", file).await.status, StatusCode::OK, "{file}");
    }
}

#[tokio::test]
async fn a_search_that_is_not_understood_is_refused() {
    let site = filled();
    for (body, words) in [
        ("{", "cannot be read"),
        ("[]", "not a search request"),
        ("{\"value\": [[[[[[[[[1]]]]]]]]]}", "nested deeper"),
        (r#"{"surprise": 1, "value": "x"}"#, "surprise"),
        (r#"{"value": "a", "value": "b"}"#, "twice: value"),
        (r#"{"returnFormat": "stix2"}"#, "returnFormat"),
        (r#"{"enforceWarninglist": 1}"#, "enforceWarninglist"),
        (r#"{"order": "Event.id desc", "limit": 1}"#, "order"),
        (r#"{"timestamp": "soon"}"#, "timestamp"),
        (r#"{"sharinggroup": [1]}"#, "sharinggroup"),
    ] {
        for what in ["events", "attributes"] {
            let got = site.posted(BETA, &format!("{what}/restSearch"), body).await;
            assert_eq!(got.status, StatusCode::BAD_REQUEST, "{what} {body}: {}", got.text);
            let said = got.json();
            assert!(said["message"].as_str().unwrap().contains(words), "{body}: {said}");
            assert_eq!(said["url"], format!("/{what}/restSearch"));
        }
    }
    for query in ["value=a&value=b", "surprise=1", "limit=x"] {
        let got = site.misp(BETA, &format!("attributes/restSearch?{query}")).await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{query}: {}", got.text);
    }
    for body in [r#"{"threatlevel": [1]}"#, r#"{"sort": "id"}"#, r#"{"tag": "a", "tags": "b"}"#] {
        let got = site.posted(BETA, "events/index", body).await;
        assert_eq!(got.status, StatusCode::BAD_REQUEST, "{body}: {}", got.text);
    }
    let got = site.posted(BETA, &format!("events/view/{NOBODY}"), r#"{"extended": 1}"#).await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST, "{}", got.text);
}

#[tokio::test]
async fn bodies_have_a_form_and_an_end() {
    let site = site();
    let long = format!("{{\"value\": \"{}\"}}", "x".repeat(1 << 20));
    let got = site.posted(BETA, "events/restSearch", long).await;
    assert_eq!(got.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", got.text);
    let many: Vec<u32> = (0..25_000).collect();
    let got = site.posted(BETA, "events/restSearch", json!({"value": many}).to_string()).await;
    assert_eq!(got.status, StatusCode::BAD_REQUEST, "{}", got.text);
    let form = Request::post("/misp/events/restSearch")
        .header(header::AUTHORIZATION, BETA)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("value=x"));
    assert_eq!(site.asked(form.unwrap()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let empty = site.posted(BETA, "events/restSearch", "").await;
    assert_eq!((empty.status, empty.json()), (StatusCode::OK, json!({"response": []})));
}

#[tokio::test]
async fn nothing_is_written_here() {
    let site = filled();
    let before = site.misp(BETA, "feed/manifest.json").await.text;
    let size = site.app.engine.log().size().unwrap();
    for (method, path) in [
        ("POST", "events/add"),
        ("POST", "events"),
        ("POST", "events/edit/1"),
        ("DELETE", "events/delete/1"),
        ("POST", "attributes/add/1"),
        ("PUT", "events/1"),
        ("POST", "sightings/add"),
        ("POST", "tags/attachTagToObject"),
    ] {
        let request = Request::builder()
            .method(method)
            .uri(format!("/misp/{path}"))
            .header(header::AUTHORIZATION, "manager!alpha")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from("{\"info\":\"x\"}"));
        let got = site.asked(request.unwrap()).await;
        assert_eq!(got.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        let said = got.json();
        assert!(said["message"].as_str().unwrap().contains("only reads"), "{said}");
        assert_eq!((&said["saved"], &said["url"]), (&json!(false), &json!(format!("/{path}"))));
    }
    let other = site.misp(BETA, "tags/index").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert!(other.json()["message"].as_str().unwrap().contains("restSearch"));
    assert_eq!(site.app.engine.log().size().unwrap(), size);
    assert_eq!(site.misp(BETA, "feed/manifest.json").await.text, before);
}
