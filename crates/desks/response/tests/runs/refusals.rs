//! Refusals that no other test meets, and the API.

use crate::made;
use crate::site::{at, code, new_run, site};
use axum::http::StatusCode;
use scr_core::Role;
use scr_desk_response::runs::acts::Deed;
use scr_desk_response::runs::data::Assigned;
use scr_desk_response::runs::works::note;
use scr_playbooks::EXTENSION_ID;
use scr_playbooks::starters::STARTERS;
use serde_json::json;

const MARY: &str = "manager-mary";

#[tokio::test]
async fn a_start_that_cannot_be() {
    let site = site();
    let fine = new_run(STARTERS[0].text.as_bytes());
    assert_eq!(code(site.start("clerk-cleo", &fine)), "SCR-RSP-041");
    assert_eq!(site.get("clerk-cleo", "/desk/response/runs/new").await.status, StatusCode::FORBIDDEN);
    let mut nobody = fine.clone();
    nobody.roles.remove("legal");
    assert_eq!(code(site.start(MARY, &nobody)), "SCR-RSP-044");
    let mut unadopted = fine.clone();
    unadopted.source.is_in_force = false;
    assert_eq!(code(site.start(MARY, &unadopted)), "SCR-RSP-068");
    let mut silent = fine.clone();
    silent.occasion = " ".into();
    assert_eq!(code(site.start(MARY, &silent)), "SCR-RSP-058");
    let external = json!({"playbook_variables": {"__n__": {"type": "integer", "external": true}}});
    let mut new = new_run(&made::playbook(vec![made::manual("Look")], external));
    assert_eq!(code(site.start(MARY, &new)), "SCR-RSP-060");
    new.variables.insert("__n__".into(), "many".into());
    assert_eq!(code(site.start(MARY, &new)), "SCR-RSP-051");
    new.variables.insert("__n__".into(), "3".into());
    let run = site.start(MARY, &new).unwrap();
    site.get(MARY, &format!("/desk/response/runs/{run}")).await.says("__n__");
}

#[tokio::test]
async fn acts_that_cannot_be() {
    let site = site();
    let mut step = made::manual("Look");
    step["step_extensions"] = json!({EXTENSION_ID: {"evidence": "file", "sign_off": 2}});
    let mut new = new_run(&made::playbook(vec![step], json!({})));
    for assigned in new.roles.values_mut() {
        *assigned = Assigned { org: "emb".into(), desk: Some(Role::Supervisor) };
    }
    let run = site.start(MARY, &new).unwrap();
    let place = site.place(MARY, &run).await;
    let take = |over| Deed::Take { place: at(&place), over };
    assert_eq!(code(site.act(MARY, &run, &take(false))), "SCR-RSP-047");
    let sam = "supervisor-sam";
    assert_eq!(code(site.sign(sam, &run, &place)), "SCR-RSP-052");
    site.take(sam, &run, &place);
    let empty = Deed::Done { place: at(&place), note: "x".into(), file: None, outputs: Default::default() };
    assert_eq!(code(site.act(sam, &run, &empty)), "SCR-RSP-049");
    let large = vec![0; (8 << 20) + 1];
    let large =
        Deed::Done { place: at(&place), note: "x".into(), file: Some(large), outputs: Default::default() };
    assert_eq!(code(site.act(sam, &run, &large)), "SCR-RSP-059");
    let outputs = [("__x__".to_owned(), "1".to_owned())].into();
    let wrong = Deed::Done { place: at(&place), note: "x".into(), file: Some(vec![1]), outputs };
    assert_eq!(code(site.act(sam, &run, &wrong)), "SCR-RSP-051");
    let long = Deed::Refuse { place: at(&place), reason: "x".repeat(9_000) };
    assert_eq!(code(site.act(sam, &run, &long)), "SCR-RSP-058");
    let start = Deed::Take { place: at("77"), over: false };
    assert_eq!(code(site.act(sam, &run, &start)), "SCR-RSP-052");
    site.done(sam, &run, &place, &[]).unwrap();
    assert_eq!(code(site.sign(sam, &run, &place)), "SCR-RSP-048");
    let value = Deed::SetVariable { name: "__no__".into(), value: "1".into() };
    assert_eq!(code(site.act(sam, &run, &value)), "SCR-RSP-051");
    site.clock.advance(-3_600);
    // A clock that was set back: what came before stays before.
    assert_eq!(code(site.sign("supervisor-sue", &run, &place)), "SCR-RSP-061");
    site.clock.advance(3_600);
    site.sign("supervisor-sue", &run, &place).unwrap();
    assert_eq!(code(site.sign("supervisor-sue", &run, &place)), "SCR-RSP-057");
}

#[tokio::test]
async fn a_playbook_starts_another_and_goes_on_when_it_has_ended() {
    let site = site();
    let inner = made::playbook(vec![made::manual("Inside")], json!({"id": made::id("playbook", 2)}));
    let call = json!({"type": "playbook-action", "name": "Call it", "playbook_id": made::id("playbook", 2)});
    let outer = made::playbook(vec![call, made::manual("After")], json!({}));
    let run = site.start(MARY, &new_run(&outer)).unwrap();
    let place = site.place(MARY, &run).await;
    let mut child = new_run(&outer);
    child.parent = Some((run.clone(), at(&place)));
    assert_eq!(code(site.start(MARY, &child)), "SCR-RSP-067", "another playbook");
    child = new_run(&inner);
    child.parent = Some((run.clone(), at(&place)));
    child.drill = Some("spring".into());
    site.drill("spring", 1);
    assert_eq!(code(site.start(MARY, &child)), "SCR-RSP-067", "a drill within something real");
    child.drill = None;
    // Its values would go on in a run that is none of their business.
    assert_eq!(code(site.start("manager-eve!other", &child)), "SCR-RSP-040", "strangers");
    let inner_run = site.start(MARY, &child).unwrap();
    assert_eq!(code(site.start(MARY, &child)), "SCR-RSP-067", "under way already");
    let at_inner = site.place(MARY, &inner_run).await;
    site.take(MARY, &inner_run, &at_inner);
    site.done(MARY, &inner_run, &at_inner, &[]).unwrap();
    site.get(MARY, &format!("/desk/response/runs/{inner_run}"))
        .await
        .says("To the run that started this one");
    assert!(note(&site.app.engine).unwrap() > 0);
    assert_eq!(note(&site.app.engine).unwrap(), 0);
    assert_ne!(site.place(MARY, &run).await, place);
}

#[tokio::test]
async fn programs_do_what_people_do_and_never_sign() {
    let site = site();
    let roles: serde_json::Map<_, _> = new_run(STARTERS[0].text.as_bytes())
        .roles
        .keys()
        .map(|role| (role.clone(), json!({"org": "emb"})))
        .collect();
    let code = site.adopt("insider");
    let new = json!({"playbook": code, "occasion": "A call at night", "roles": roles});
    let made = site.call(MARY, "/api/v1/response/runs", new.clone()).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let all = site.api(MARY, "/api/v1/response/runs").await;
    assert_eq!(all.headers["cache-control"], "private, no-store");
    assert_eq!(all.json()["runs"].as_array().unwrap().len(), 1);
    let found = site.api(MARY, &made.to).await.json();
    let place = found["todo"][0]["place"].as_str().unwrap().to_owned();
    let steps = format!("{}/steps", made.to);
    let taken = site.call(MARY, &steps, json!({"act": "take", "place": place})).await;
    assert_eq!(taken.status, StatusCode::CREATED, "{}", taken.body);
    let other =
        site.call("supervisor-sam", &steps, json!({"act": "done", "place": place, "note": "x"})).await;
    assert_eq!((other.status, other.json()["code"].as_str().unwrap()), (StatusCode::CONFLICT, "SCR-RSP-046"));
    let done = json!({"act": "done", "place": place, "note": "x", "file": scr_canon::b64(b"a file")});
    assert_eq!(site.call(MARY, &steps, done).await.status, StatusCode::CREATED);
    for act in ["countersign", "abort"] {
        let no = site.call(MARY, &steps, json!({"act": act, "place": place, "reason": "x"})).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{act}");
    }
    for (act, status) in [
        (json!({"act": "pause", "reason": "x"}), StatusCode::CREATED),
        (json!({"act": "resume"}), StatusCode::CREATED),
        (json!({"act": "refuse", "place": "77", "reason": "x"}), StatusCode::CONFLICT),
        (json!({"act": "take", "place": "x"}), StatusCode::NOT_FOUND),
        (json!({"act": "set-variable", "name": "__is_plausible__", "value": "true"}), StatusCode::CREATED),
    ] {
        let answer = site.call(MARY, &steps, act.clone()).await;
        assert_eq!(answer.status, status, "{act} {}", answer.body);
    }
    assert_eq!(
        site.call("viewer-vera", &steps, json!({"act": "resume"})).await.status,
        StatusCode::FORBIDDEN
    );
    let mut unknown = new;
    unknown["playbook"] = json!("none");
    assert_eq!(site.call(MARY, "/api/v1/response/runs", unknown).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_organisation_has_so_many_runs_under_way_and_no_more() {
    let site = site();
    let new = new_run(&made::playbook(vec![made::manual("Wait")], json!({})));
    let mut last = String::new();
    for _ in 0..200 {
        last = site.start(MARY, &new).unwrap();
    }
    assert_eq!(code(site.start(MARY, &new)), "SCR-RSP-078");
    site.start("manager-eve!other", &new).unwrap();
    site.act(MARY, &last, &Deed::Abort { reason: "enough".into() }).unwrap();
    site.start(MARY, &new).unwrap();
}
