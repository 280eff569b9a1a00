//! What was private can be erased: a person out of a run that goes on, and the words of a whole run.

use crate::made;
use crate::site::{Site, actor, code, new_run, site};
use axum::http::StatusCode;
use scr_engine::{NewEvent, PAYLOAD_ERASED};
use serde_json::json;

const MARY: &str = "manager-mary";

fn erase(site: &Site, owner: &str) {
    let fields = site.app.engine.private_fields_of(owner, 200).unwrap();
    assert!(!fields.is_empty(), "{owner} owns something");
    let payloads: Vec<_> = fields.iter().map(|one| json!({"entry": one.entry, "field": one.field})).collect();
    let public = json!({"basis": "request", "payloads": payloads, "approvers": []});
    let admin = actor("manager-adam");
    site.app
        .engine
        .record(&admin, &|_, _| {
            Ok(vec![NewEvent::about(&PAYLOAD_ERASED, "privacy:register", public.clone())])
        })
        .unwrap();
}

#[tokio::test]
async fn a_person_goes_and_the_run_goes_on_and_then_its_words_go() {
    let site = site();
    let mut double = made::manual("Look");
    double["step_extensions"] = json!({scr_playbooks::EXTENSION_ID: {"sign_off": 2}});
    let run =
        site.start(MARY, &new_run(&made::playbook(vec![double, made::manual("After")], json!({})))).unwrap();
    let place = site.place(MARY, &run).await;
    site.take(MARY, &run, &place);
    site.done(MARY, &run, &place, &[]).unwrap();
    let board = format!("/desk/response/runs/{run}");
    site.get("supervisor-sam", &board).await.says("manager-mary: handed in: Look.");
    erase(&site, "person:manager-mary");
    let page = site.get("supervisor-sam", &board).await;
    page.is_silent_about("manager-mary");
    page.says("Somebody: handed in: Look.");
    page.says("all of it");
    site.sign("supervisor-sam", &run, &place).unwrap();
    assert_ne!(site.place(MARY, &run).await, place, "the run goes on");
    erase(&site, &format!("run:{run}"));
    assert_eq!(site.get("supervisor-sam", &board).await.status, StatusCode::NOT_FOUND);
    assert_eq!(code(site.done(MARY, &run, &place, &[])), "SCR-RSP-040");
    site.get("supervisor-sam", "/desk/response/runs").await.is_silent_about("all of it");
}
