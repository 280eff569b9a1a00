//! MISP over HTTP: the feed, and the REST calls that read, for whoever may see what.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod feed;
mod made;
mod refusals;
mod rest;
#[path = "../pages/site.rs"]
#[expect(dead_code, reason = "pages are made by the other tests")]
mod site;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use scr_desk_threats::ThreatsDesk;
use scr_web::router;
use serde_json::{Value, json};
use site::{Site, indicator};
use tower::ServiceExt as _;

pub(crate) const RED: &str = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1";
pub(crate) const NOBODY: &str = "00000000-0000-4000-8000-00000000dead";

pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Got {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl Site {
    pub(crate) async fn asked(&self, request: Request<Body>) -> Got {
        let response = router(&self.app, &[&ThreatsDesk]).oneshot(request).await.unwrap();
        let (mut parts, body) = response.into_parts();
        // Every answer has a number of its own.
        parts.headers.remove("x-request-id");
        let bytes = to_bytes(body, 1 << 26).await.unwrap().to_vec();
        Got { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes).unwrap() }
    }

    /// With the key bare, as MISP and PyMISP send it; without one where `who` is empty.
    pub(crate) async fn misp(&self, who: &str, path: &str) -> Got {
        self.with(who, path, &[]).await
    }

    pub(crate) async fn with(&self, who: &str, path: &str, more: &[(header::HeaderName, &str)]) -> Got {
        let mut request = Request::get(format!("/misp/{path}"));
        if !who.is_empty() {
            request = request.header(header::AUTHORIZATION, who);
        }
        for (name, value) in more {
            request = request.header(name, *value);
        }
        self.asked(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn posted(&self, who: &str, path: &str, body: impl Into<Body>) -> Got {
        let mut request =
            Request::post(format!("/misp/{path}")).header(header::CONTENT_TYPE, "application/json");
        if !who.is_empty() {
            request = request.header(header::AUTHORIZATION, who);
        }
        self.asked(request.body(body.into()).unwrap()).await
    }

    pub(crate) async fn searched(&self, who: &str, what: &str, search: &Value) -> Value {
        let got = self.posted(who, &format!("{what}/restSearch"), search.to_string()).await;
        assert_eq!(got.status, StatusCode::OK, "{search}: {}", got.text);
        got.json()["response"].take()
    }

    /// Values of the attributes that a search finds, sorted.
    pub(crate) async fn values(&self, who: &str, search: &Value) -> Vec<String> {
        let found = self.searched(who, "attributes", search).await;
        let mut values: Vec<String> = found["Attribute"].as_array().unwrap().iter().map(value_of).collect();
        values.sort();
        values
    }
}

fn value_of(attribute: &Value) -> String {
    attribute["value"].as_str().unwrap().to_owned()
}

/// Alpha shares one sign under each label, the narrow ones with beta; what is CLEAR is public.
pub(crate) fn filled() -> Site {
    let site = site::site();
    site.share("alpha", "open", None, &[indicator(1, "clear.example", site::CLEAR)]);
    site.share("alpha", "signs", None, &[indicator(2, "green.example", site::GREEN)]);
    site.share("alpha", "signs", Some(&["beta"]), &[indicator(3, "amber.example", site::AMBER)]);
    site.share("alpha", "signs", Some(&["beta"]), &[indicator(4, "red.example", RED)]);
    site
}

pub(crate) fn relationship(number: u32, what: &str, (from, to): (&str, &str), marking: &str) -> Value {
    json!({
        "type": "relationship", "spec_version": "2.1",
        "id": format!("relationship--7d3a0000-0000-4000-8000-{number:012}"),
        "created": "2026-11-01T08:00:00.000Z", "modified": "2026-11-01T08:00:00.000Z", "relationship_type": what,
        "source_ref": from, "target_ref": to, "object_marking_refs": [marking],
    })
}

pub(crate) fn report(number: u32, name: &str, refs: &[&str], marking: &str) -> Value {
    json!({
        "type": "report", "spec_version": "2.1", "id": format!("report--7d3b0000-0000-4000-8000-{number:012}"),
        "created": "2026-11-02T08:00:00.000Z", "modified": "2026-11-02T08:00:00.000Z", "name": name,
        "published": "2026-11-02T08:00:00Z", "report_types": ["campaign"], "object_refs": refs,
        "object_marking_refs": [marking],
    })
}
