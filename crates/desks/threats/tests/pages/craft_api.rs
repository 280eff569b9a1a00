//! Copies, days of publication and requests about pseudonyms, as programs use them.

use super::site::{AMBER, GREEN, RED, Site, actor, indicator, indicator_id, site};
use axum::http::StatusCode;
use scr_desk_threats::{acts, escrow};
use scr_testing::schema_fault;
use scr_threats::{Change, Step};
use serde_json::{Value, json};

const COMMUNITY: &str = "/api/v1/threats/linden";

impl Site {
    /// What a program sends, whose body and answer are as the published schema has them.
    async fn done(&self, who: &str, tail: &str, body: &Value, (of_body, of_answer): (&str, &str)) -> Value {
        assert_eq!(schema_fault(of_body, body), None, "{body}");
        let answer = self.command(who, tail, body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{tail}: {}", answer.body);
        let value: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(schema_fault(of_answer, &value), None, "{value}");
        value
    }

    /// The code with which a program is refused.
    async fn code(&self, who: &str, tail: &str, body: &Value) -> (StatusCode, String) {
        let answer = self.command(who, tail, body).await;
        let value: Value = serde_json::from_str(&answer.body).unwrap_or_default();
        (answer.status, value["code"].as_str().unwrap_or_default().to_owned())
    }
}

fn copy_of(number: u32) -> String {
    format!("/objects/{}/copy", indicator_id(number))
}

fn day_of(number: u32) -> String {
    format!("/objects/{}/day", indicator_id(number))
}

#[tokio::test]
async fn a_program_makes_a_copy() {
    let site = site();
    let mut object = indicator(1, "wahl.example", GREEN);
    object["granular_markings"] = json!([{"marking_ref": RED, "selectors": ["description"]}]);
    site.share("alpha", "signs", None, &[object]);
    let body = json!({"leave_out": ["description"], "label": "TLP:GREEN", "into": "signs"});
    let made = site.done("clerk!alpha", &copy_of(1), &body, ("NewThreatCopy", "ThreatCopy")).await;
    assert_eq!(made["copy"].get("description"), None);
    assert_eq!(made["relationship"]["target_ref"], indicator_id(1).as_str());
    site.close();
    let seen = site.get_api("viewer!gamma", &format!("{COMMUNITY}/objects")).await;
    assert_eq!(seen["objects"][0]["object"], made["copy"]);
    assert_eq!(seen["objects"].as_array().unwrap().len(), 1, "{seen}");
}

#[tokio::test]
async fn refusals_have_their_codes() {
    let site = site();
    let mut object = indicator(1, "wahl.example", GREEN);
    object["granular_markings"] = json!([{"marking_ref": RED, "selectors": ["description"]}]);
    object["labels"] = json!(["It imitates the office."]);
    site.share("alpha", "signs", None, &[object]);
    let mut revoked = indicator(2, "old.example", GREEN);
    revoked["revoked"] = json!(true);
    site.share("alpha", "signs", None, &[revoked, indicator(3, "green.example", GREEN)]);
    site.share("alpha", "signs", Some(&["beta"]), &[indicator(4, "amber.example", AMBER)]);
    let body =
        |leave_out: &[&str], label: &str| json!({"leave_out": leave_out, "label": label, "into": "signs"});
    let refused = |code: &str| (StatusCode::UNPROCESSABLE_ENTITY, code.to_owned());
    for (number, body, code) in [
        (2, body(&["description"], "TLP:GREEN"), "SCR-THR-072"),
        (3, body(&["pattern"], "TLP:GREEN"), "SCR-THR-073"),
        (3, body(&["aliases"], "TLP:GREEN"), "SCR-THR-073"),
        (1, body(&["name"], "TLP:GREEN"), "SCR-THR-074"),
        (1, body(&["description"], "TLP:GREEN"), "SCR-THR-075"),
        (3, body(&["name"], "TLP:GREEN"), "SCR-THR-076"),
        (3, body(&[], "TLP:GREEN"), "SCR-API-007"),
        (3, body(&["name"], "TLP:PINK"), "SCR-API-007"),
    ] {
        let (status, found) = site.code("clerk!alpha", &copy_of(number), &body).await;
        assert_eq!(found, code, "{number} {body} {status}");
    }
    // Whoever has looked takes it upon themselves; what is marked narrower stays out nevertheless.
    let mut looked = body(&["name"], "TLP:GREEN");
    looked["looked"] = json!(true);
    site.done("clerk!alpha", &copy_of(3), &looked, ("NewThreatCopy", "ThreatCopy")).await;
    let mut looked = body(&["description"], "TLP:GREEN");
    looked["looked"] = json!(true);
    assert_eq!(site.code("clerk!alpha", &copy_of(1), &looked).await, refused("SCR-THR-075"));
    let wide = site.code("clerk!beta", &copy_of(4), &body(&["description"], "TLP:GREEN")).await;
    assert_eq!(wide, (StatusCode::FORBIDDEN, "SCR-THR-077".to_owned()));
    let ids: [(u32, &str); 2] = [(4, "secret"), (77, "never")];
    for (number, what) in ids {
        let found = site.code("clerk!gamma", &copy_of(number), &body(&["description"], "TLP:GREEN")).await;
        assert_eq!(found, (StatusCode::NOT_FOUND, "SCR-THR-025".to_owned()), "{what}");
    }
    let id = scr_stix::sco_id("url", &json!({"value": "https://a.example/"})).unwrap();
    let url = json!({"type": "url", "spec_version": "2.1", "id": id.as_str(), "value": "https://a.example/", "x_note": "intern"});
    site.share("alpha", "signs", Some(&["beta"]), &[url]);
    let disclosing =
        json!({"leave_out": ["x_note"], "label": "TLP:GREEN", "into": "signs", "disclose": true});
    let tail = format!("/objects/{}/copy", id.as_str());
    assert_eq!(site.code("clerk!alpha", &tail, &disclosing).await, refused("SCR-THR-078"));
    assert_eq!(site.command("viewer!alpha", &copy_of(3), &looked).await.status, StatusCode::FORBIDDEN);
    assert_eq!(site.code("manager!delta", &copy_of(3), &looked).await.1, "SCR-THR-001");
}

#[tokio::test]
async fn a_program_sets_days() {
    let site = site();
    site.share("alpha", "open", Some(&["beta"]), &[indicator(1, "wahl.example", AMBER)]);
    let day = site.app.config.zone.day_of(site.app.clock.now() + 5 * 24 * 3600).unwrap();
    let names = ("NewPublicationDay", "PublicationDay");
    let set = site.done("clerk!alpha", &day_of(1), &json!({"day": day}), names).await;
    assert!(set["due"].as_str().unwrap().starts_with(&day), "{set}");
    let list = async |who: &str| {
        let value = site.get_api(who, &format!("{COMMUNITY}/days")).await;
        assert_eq!(schema_fault("PublicationDays", &value), None, "{value}");
        value["publications"].clone()
    };
    assert_eq!(
        (list("viewer!alpha").await[0]["waits"].clone(), list("viewer!beta").await),
        (json!(true), json!([]))
    );
    site.close();
    assert_eq!(list("viewer!alpha").await[0]["waits"], json!(false));
    let lifted = site.done("clerk!alpha", &day_of(1), &json!({"day": null}), names).await;
    assert_eq!((lifted["due"].clone(), list("viewer!alpha").await), (Value::Null, json!([])));
    assert_eq!(site.code("clerk!alpha", &day_of(1), &json!({"day": "2001-01-01"})).await.1, "SCR-THR-024");
    assert_eq!(site.code("clerk!alpha", &day_of(1), &json!({"day": "soon"})).await.1, "SCR-API-007");
    assert_eq!(site.code("clerk!beta", &day_of(1), &json!({"day": null})).await.1, "SCR-THR-010");
    assert_eq!(site.code("clerk!gamma", &day_of(1), &json!({"day": null})).await.1, "SCR-THR-025");
    let body = json!({"collection": "signs", "pseudonym": "Grey Owl", "objects": [indicator(2, "b.example", GREEN)]});
    site.command("clerk!alpha", "/objects", &body).await;
    let mut parts = indicator(3, "c.example", GREEN);
    parts["granular_markings"] = json!([{"marking_ref": RED, "selectors": ["description"]}]);
    site.share("alpha", "open", None, &[parts]);
    assert_eq!(site.code("clerk!alpha", &day_of(2), &json!({"day": day})).await.1, "SCR-THR-079");
    assert_eq!(site.code("clerk!alpha", &day_of(3), &json!({"day": day})).await.1, "SCR-THR-080");
}

#[tokio::test]
async fn programs_read_requests_and_never_more_than_every_member_may_know() {
    let site = site();
    let custodians = [actor("beta").org, actor("gamma").org].into_iter().collect();
    acts::step(&site.app.engine, &actor("alpha"), "linden", &Step::Propose(Change::Custodians(custodians)))
        .unwrap();
    acts::step(&site.app.engine, &actor("beta"), "linden", &Step::Stand { proposal: 1, is_for: true })
        .unwrap();
    let body = json!({"collection": "signs", "pseudonym": "Grey Owl", "objects": [indicator(2, "b.example", GREEN)]});
    assert_eq!(schema_fault("NewThreatObjects", &body), None);
    site.command("clerk!alpha", "/objects", &body).await;
    site.close();
    let engine = &site.app.engine;
    escrow::ask(engine, &actor("beta"), "linden", "Grey Owl", "An order.").unwrap();
    let again = escrow::ask(engine, &actor("gamma"), "linden", "Grey Owl", "Another.").unwrap_err();
    assert!(format!("{again:?}").contains("SCR-THR-070"), "{again:?}");
    escrow::decline(engine, &actor("gamma"), "linden", 1, "Not for this.").unwrap();
    escrow::ask(engine, &actor("gamma"), "linden", "Grey Owl", "Another order.").unwrap();
    escrow::open(engine, &actor("beta"), "linden", 2).unwrap();
    site.seen();
    let all = site.get_api("manager!gamma", &format!("{COMMUNITY}/pseudonyms")).await;
    assert_eq!(schema_fault("PseudonymRequests", &all), None, "{all}");
    assert_eq!(all["requests"][1]["answer"]["reason"], "Not for this.");
    assert_eq!(all["requests"][0]["answer"]["agrees"], true);
    assert!(!all.to_string().contains("Grey Owl") && !all.to_string().contains("alpha"), "{all}");
}
