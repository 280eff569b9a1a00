//! The exchange below `/api/v1/threats`, as programs use it.

use super::site::{AMBER, Answer, CLEAR, GREEN, Site, indicator, indicator_id, site};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scr_testing::schema_fault;
use serde_json::{Value, json};

const COMMUNITY: &str = "/api/v1/threats/linden";

impl Site {
    async fn ask(&self, who: &str, path: &str) -> Answer {
        let request = Request::get(path);
        let request = if who.is_empty() {
            request
        } else {
            request.header(header::AUTHORIZATION, format!("Bearer {who}"))
        };
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// The answer, which is as the published schema has it.
    async fn value(&self, who: &str, path: &str, definition: &str) -> Value {
        let answer = self.ask(who, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.body);
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(schema_fault(definition, &value), None, "{path}: {value}");
        value
    }
}

fn ids(value: &Value) -> Vec<&str> {
    value["objects"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_program_shares_and_reads_as_its_organisation_does() {
    let site = site();
    let mut nameless = indicator(9, "nameless.example", GREEN);
    nameless["id"] = json!("indicator--9");
    let body = json!({
        "collection": "signs", "audience": ["beta"],
        "objects": [indicator(1, "green.example", GREEN), indicator(2, "amber.example", AMBER), nameless],
    });
    assert_eq!(schema_fault("NewThreatObjects", &body), None);
    let answer = site.command("clerk!alpha", "/objects", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let status: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(schema_fault("SharingStatus", &status), None, "{status}");
    let counts =
        ["success_count", "pending_count", "failure_count"].map(|name| status[name].as_u64().unwrap());
    assert_eq!(counts, [1, 1, 1], "{status}");
    assert_eq!(site.value("clerk!alpha", &answer.to, "SharingStatus").await, status);
    for who in ["clerk!beta", "manager!delta"] {
        assert_eq!(site.ask(who, &answer.to).await.status, StatusCode::NOT_FOUND, "{who}");
    }
    site.close();
    assert_eq!(site.value("clerk!alpha", &answer.to, "SharingStatus").await["status"], "complete");
    let path = format!("{COMMUNITY}/objects");
    let beta = site.value("viewer!beta", &path, "ThreatObjects").await;
    assert_eq!(ids(&beta), [indicator_id(2), indicator_id(1)]);
    assert_eq!(beta["objects"][0]["label"], "TLP:AMBER");
    assert_eq!(ids(&site.value("viewer!gamma", &path, "ThreatObjects").await), [indicator_id(1)]);
    let narrow = site
        .value("viewer!beta", &format!("{path}?label=TLP:AMBER&q=AMBER&type=indicator"), "ThreatObjects")
        .await;
    assert_eq!(ids(&narrow), [indicator_id(2)]);
    let one = site.ask("viewer!beta", &format!("{path}/{}", indicator_id(2))).await;
    assert!(one.body.contains(&indicator(2, "amber.example", AMBER).to_string()), "as it came: {}", one.body);
    let (secret, never) = (
        site.ask("viewer!gamma", &format!("{path}/{}", indicator_id(2))).await,
        site.ask("viewer!gamma", &format!("{path}/{}", indicator_id(77))).await,
    );
    assert_eq!((secret.status, never.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND));
    assert_eq!(secret.body.replace(&indicator_id(2), "X"), never.body.replace(&indicator_id(77), "X"));
}

#[tokio::test]
async fn everybody_reads_what_is_public() {
    let site = site();
    site.share(
        "alpha",
        "open",
        None,
        &[indicator(1, "open.example", CLEAR), indicator(2, "green.example", GREEN)],
    );
    let all = site.value("", "/api/v1/threats", "ThreatCommunities").await;
    assert_eq!(all["communities"][0]["collections"].as_array().unwrap().len(), 1, "{all}");
    let one = site.value("", COMMUNITY, "ThreatCommunity").await;
    assert_eq!((&one["rules"]["unmarked"], &one["active"]), (&json!("green"), &json!(true)));
    let objects = site.value("", &format!("{COMMUNITY}/objects"), "ThreatObjects").await;
    assert_eq!(ids(&objects), [indicator_id(1)]);
    site.value("", &format!("{COMMUNITY}/objects/{}", indicator_id(1)), "ThreatObject").await;
    assert_eq!(
        site.ask("", &format!("{COMMUNITY}/objects/{}", indicator_id(2))).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_wrong_is_said_with_a_code() {
    let site = site();
    let objects = json!([indicator(1, "a.example", GREEN)]);
    for (who, body, status, code) in [
        ("viewer!alpha", json!({"collection": "signs", "objects": objects}), 403, ""),
        ("clerk!delta", json!({"collection": "signs", "objects": objects}), 404, "SCR-THR-012"),
        ("clerk!alpha", json!({"collection": "none", "objects": objects}), 404, "SCR-THR-012"),
        ("clerk!gamma", json!({"collection": "open", "objects": objects}), 403, "SCR-THR-013"),
        ("clerk!alpha", json!({"collection": "signs", "objects": []}), 422, "SCR-THR-017"),
        (
            "clerk!alpha",
            json!({"collection": "signs", "label": "TLP:PINK", "objects": objects}),
            422,
            "SCR-API-007",
        ),
        ("clerk!alpha", json!({"collection": "signs", "objects": objects, "more": 1}), 422, "SCR-API-002"),
    ] {
        let answer = site.command(who, "/objects", &body).await;
        assert!(answer.body.contains(code), "{who} {body}: {} {}", answer.status, answer.body);
        assert_eq!(answer.status.as_u16(), status, "{who} {body}: {}", answer.body);
    }
    for query in ["label=PINK", "cursor=x"] {
        let answer = site.ask("clerk!alpha", &format!("{COMMUNITY}/objects?{query}")).await;
        assert!(answer.body.contains("SCR-API-007"), "{}", answer.body);
    }
}
