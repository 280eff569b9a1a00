//! A playbook from its import to its withdrawal, by two people.

use crate::site::{CLERK, FOREIGN, MANAGER, SECOND, SUPERVISOR, Site, actor, hidden, site};
use axum::http::StatusCode;
use scr_desk_response::ResponseDesk;
use scr_desk_response::library::{self, NewPlaybook};
use scr_engine::testing::TestEngine;
use scr_playbooks::starters::STARTERS;
use scr_web::Desk as _;
use std::sync::Arc;

/// Imports the first starter and gives its code.
pub(crate) async fn imported(site: &Site) -> String {
    let answer = site.post(MANAGER, "/desk/response/playbooks/new/starter", &[("starter", "insider")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.to.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned()
}

/// Adopts the newest version as somebody.
pub(crate) async fn adopted(site: &Site, who: &str, code: &str) -> StatusCode {
    let path = format!("/desk/response/playbooks/{code}/adopt");
    let page = site.get(who, &path).await.body;
    let (over, version) = (hidden(&page, "over"), hidden(&page, "version"));
    let fields = [("over", over.as_str()), ("version", version.as_str()), ("looked", "yes")];
    site.post(who, &path, &fields).await.status
}

#[tokio::test]
async fn a_starter_is_imported_looked_at_and_adopted_by_a_second_person() {
    let site = site();
    let empty = site.get(CLERK, "/desk/response/playbooks").await;
    assert!(empty.body.contains("No playbook yet") && !empty.body.contains("playbooks/new\""));
    assert!(site.get(MANAGER, "/desk/response/playbooks/new").await.body.contains("starter-voting-systems"));
    let code = imported(&site).await;
    let path = format!("/desk/response/playbooks/{code}");
    let page = site.get(MANAGER, &path).await;
    assert!(
        page.body.contains("<svg") && page.body.contains("graph-svg") && page.body.contains("id=\"s12\"")
    );
    assert!(page.body.contains("Nothing was found") && page.body.contains("You made this version"));
    // Not public, and not another organisation's, before it is adopted.
    let public = format!("/response/playbooks/{code}");
    assert_eq!(site.get("", &public).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.get(FOREIGN, &path).await.status, StatusCode::NOT_FOUND);
    // Whoever imported it does not adopt it.
    assert_eq!(adopted(&site, MANAGER, &code).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(adopted(&site, SUPERVISOR, &code).await, StatusCode::SEE_OTHER);
    let list = site.get(CLERK, "/desk/response/playbooks").await;
    assert!(list.body.contains("One playbook is in force"), "{}", list.body);
    let page = site.get("", &public).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("In force") && page.body.contains("emb") && !page.body.contains("/edit/"));
    assert!(site.get("", "/response/playbooks").await.body.contains(&public));
    // The exact bytes, for everybody.
    let file = site.get("", &format!("{public}/versions/1/playbook.json")).await;
    assert_eq!((file.kind.as_str(), file.body.as_str()), ("application/json", STARTERS[0].text));
    let object = scr_canon::sha256(STARTERS[0].text.as_bytes());
    assert!(site.app.engine.is_public_object(&object).unwrap());
    // Withdrawn, with a reason.
    let path = format!("{path}/withdraw");
    assert!(site.get(MANAGER, &path).await.body.contains("no longer in force"));
    assert_eq!(site.post(MANAGER, &path, &[("reason", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.post(MANAGER, &path, &[("reason", "a better one")]).await.status, StatusCode::SEE_OTHER);
    assert!(site.get("", &public).await.body.contains("Not in force"));
    assert!(!site.get("", "/response/playbooks").await.body.contains(&public));
}

#[tokio::test]
async fn another_organisation_adopts_what_is_published_and_sees_nothing_else() {
    let site = site();
    let code = imported(&site).await;
    assert_eq!(adopted(&site, SUPERVISOR, &code).await, StatusCode::SEE_OTHER);
    let list = site.get(FOREIGN, "/desk/response/playbooks").await;
    assert!(list.body.contains("Playbooks that others publish"));
    assert_eq!(adopted(&site, FOREIGN, &code).await, StatusCode::SEE_OTHER);
    let all = site.app.engine.read(|views| library::adopted(views, None)).unwrap();
    assert_eq!(all.iter().map(|one| one.org.as_str()).collect::<Vec<_>>(), ["emb", "north"]);
    let own = site.app.engine.read(|views| library::adopted(views, Some(&actor(FOREIGN).org))).unwrap();
    assert_eq!((own.len(), own[0].version, own[0].is_public), (1, 1, true));
    let version = site.app.engine.read(|views| library::version(views, &code, 1)).unwrap().unwrap();
    let bytes = library::bytes(&site.app.engine, &version.sha256).unwrap().unwrap();
    assert_eq!(bytes, STARTERS[0].text.as_bytes());
    assert!(library::book(&site.app, &version.sha256).unwrap().plan.is_some());
    // But it changes nothing of it.
    let path = format!("/desk/response/playbooks/{code}/edit/about");
    assert_eq!(site.get(FOREIGN, &path).await.status, StatusCode::CONFLICT);
    let path = format!("/desk/response/playbooks/{code}");
    assert!(site.get(FOREIGN, &path).await.body.contains("emb"));
}

#[tokio::test]
async fn what_is_marked_for_fewer_readers_never_becomes_public() {
    let site = site();
    let mut value: serde_json::Value = serde_json::from_str(STARTERS[4].text).unwrap();
    let marking = "marking-tlp--00000000-0000-4000-8000-000000000001";
    value["markings"] = serde_json::json!([marking]);
    value["data_marking_definitions"] = serde_json::json!({marking: {
        "type": "marking-tlp", "id": marking, "created_by": value["created_by"], "created": value["created"],
        "tlpv2_level": "TLP:AMBER",
    }});
    let text = value.to_string();
    let answer = site.post(MANAGER, "/desk/response/playbooks/new/text", &[("text", &text)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let code = answer.to.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
    assert!(code.starts_with("playbook-"), "its name stands in no address: {code}");
    assert_eq!(adopted(&site, SECOND, &code).await, StatusCode::SEE_OTHER);
    let page = site.get(CLERK, &format!("/desk/response/playbooks/{code}")).await;
    assert!(page.body.contains("TLP:AMBER") && page.body.contains("Members of its organisation only"));
    assert_eq!(site.get("", &format!("/response/playbooks/{code}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        site.get(FOREIGN, &format!("/desk/response/playbooks/{code}")).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(!site.get(FOREIGN, "/desk/response/playbooks").await.body.contains(&code));
    assert!(!site.get("", "/response/playbooks").await.body.contains(&code));
    let sha256 = scr_canon::sha256(text.as_bytes());
    assert!(!site.app.engine.is_public_object(&sha256).unwrap());
    assert_eq!(site.ask(None, "/api/v1/response/playbooks").await["playbooks"], serde_json::json!([]));
    let own = site.ask(Some(CLERK), "/api/v1/response/playbooks").await;
    assert_eq!(
        (&own["playbooks"][0]["playbook"], &own["playbooks"][0]["tlp"]),
        (&code.into(), &"TLP:AMBER".into())
    );
}

#[tokio::test]
async fn a_step_is_changed_and_the_difference_shown() {
    let site = site();
    let code = imported(&site).await;
    let path = format!("/desk/response/playbooks/{code}");
    let version = site.app.engine.read(|views| library::version(views, &code, 1)).unwrap().unwrap();
    let book = library::book(&site.app, &version.sha256).unwrap();
    let plan = book.plan.as_ref().unwrap();
    let step = plan.steps.iter().find(|step| step.agent().is_some()).unwrap();
    let form = site.get(MANAGER, &format!("{path}/edit/step?step={}", step.id)).await;
    assert!(
        form.body.contains("name=\"command-0\"") && form.body.contains("name=\"deadline\""),
        "{}",
        form.body
    );
    let agent = &plan.agents[step.agent().unwrap()].id;
    let fields = [
        ("step", step.id.as_str()),
        ("in", ""),
        ("name", "Call the <b>second</b> line"),
        ("description", ""),
        ("command-0", "Pick up the telephone."),
        ("agent", agent),
        ("deadline", "90"),
        ("deadline_unit", "minutes"),
        ("timeout", ""),
        ("timeout_unit", "minutes"),
        ("evidence", "note"),
        ("double", "no"),
        ("second", ""),
    ];
    let check = site.post(MANAGER, &format!("{path}/edit/step"), &fields).await;
    assert_eq!(check.status, StatusCode::OK, "{}", check.body);
    assert!(
        check.body.contains("Call the &#60;b&#62;second") && check.body.contains("version <bdi>2"),
        "{}",
        check.body
    );
    assert!(check.body.contains("becomes your organisation") && check.body.contains("5400000"));
    let over = hidden(&check.body, "over");
    let mut record = fields.to_vec();
    record.push(("over", &over));
    let refused = site.post(MANAGER, &format!("{path}/edit/step/record"), &record).await;
    assert!(refused.body.contains("Say why") && refused.status == StatusCode::UNPROCESSABLE_ENTITY);
    record.push(("reason", "the old number is gone"));
    let done = site.post(MANAGER, &format!("{path}/edit/step/record"), &record).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    // Sent again: it was over another version.
    let again = site.post(MANAGER, &format!("{path}/edit/step/record"), &record).await;
    assert!(
        again.body.contains("changed it since you looked") || again.body.contains("Nothing would change")
    );
    let changes = site.get(SUPERVISOR, &format!("{path}/changes?from=1&to=2")).await;
    assert!(
        changes.body.contains("From version 1 to version 2")
            && changes.body.contains("Pick up the telephone.")
    );
    let new = site.app.engine.read(|views| library::version(views, &code, 2)).unwrap().unwrap();
    assert_eq!((new.how.as_str(), new.errors, new.reason.as_str()), ("edit", 0, "the old number is gone"));
    assert_ne!(new.id, version.id);
    let book = library::book(&site.app, &new.sha256).unwrap();
    assert_eq!(book.playbook.members()["derived_from"][0].as_str(), version.id.as_deref());
    assert_eq!(adopted(&site, SECOND, &code).await, StatusCode::SEE_OTHER);
}

/// The newest version's playbook.
fn newest(site: &Site, code: &str) -> Arc<library::Book> {
    let all = site.app.engine.read(|views| library::versions(views, code)).unwrap();
    library::book(&site.app, &all[0].sha256).unwrap()
}

/// Steps that people do.
fn acts(book: &library::Book) -> Vec<String> {
    let steps = &book.plan.as_ref().unwrap().steps;
    steps.iter().filter(|step| step.agent().is_some()).map(|step| step.id.clone()).collect()
}

#[tokio::test]
async fn every_form_of_a_change_makes_a_sound_next_version() {
    let site = site();
    let code = imported(&site).await;
    let path = format!("/desk/response/playbooks/{code}/edit");
    let form = site.get(MANAGER, &format!("{path}/role")).await;
    let group = hidden(&form.body, "new_id");
    let role = [("new_id", group.as_str()), ("name", "Press officer"), ("role", "press"), ("above", "")];
    record(&site, &path, "role", &role).await;
    let acts = acts(&newest(&site, &code));
    let form = site.get(MANAGER, &format!("{path}/add")).await;
    let new = hidden(&form.body, "new_id");
    let place = format!("after:{}", acts[0]);
    assert!(form.body.contains(&place));
    let add = [
        ("new_id", new.as_str()),
        ("name", "Tell the press"),
        ("instruction", "Say what is known."),
        ("agent", &group),
        ("place", &place),
    ];
    record(&site, &path, "add", &add).await;
    assert!(newest(&site, &code).plan.as_ref().unwrap().place(&new).is_some());
    let place = format!("after:{}", acts[1]);
    assert!(site.get(MANAGER, &format!("{path}/move?step={new}")).await.body.contains(&place));
    record(&site, &path, "move", &[("step", &new), ("place", &place)]).await;
    let french = site.get(MANAGER, &format!("{path}/step?step={new}&in=fr")).await;
    assert!(!french.body.contains("name=\"deadline\"") && french.body.contains("Tell the press"));
    let texts = [
        ("step", new.as_str()),
        ("in", "fr"),
        ("name", "Dire à la presse"),
        ("description", ""),
        ("command-0", "Dites ce que l'on sait."),
    ];
    record(&site, &path, "step", &texts).await;
    record(&site, &path, "remove", &[("step", &new)]).await;
    assert!(newest(&site, &code).plan.as_ref().unwrap().place(&new).is_none());
}

#[tokio::test]
async fn a_change_that_would_break_it_is_refused_and_said_where() {
    let site = site();
    let code = imported(&site).await;
    let path = format!("/desk/response/playbooks/{code}/edit");
    record(&site, &path, "about", &[("in", ""), ("name", "Ours"), ("description", "For us.")]).await;
    let book = newest(&site, &code);
    assert_eq!((book.report.errors, book.playbook.name()), (0, Some("Ours")));
    let first = acts(&book)[0].clone();
    let link = [("step", first.as_str()), ("exit", "on_completion"), ("to", "")];
    let refused = site.post(MANAGER, &format!("{path}/link"), &link).await;
    assert!(refused.body.contains("would have an error"), "{}", refused.body);
    let form = site.get(MANAGER, &format!("{path}/link?step={first}")).await;
    assert!(form.body.contains("name=\"exit\""));
    assert_eq!(site.get(MANAGER, &format!("{path}/nothing")).await.status, StatusCode::NOT_FOUND);
    assert!(site.get(MANAGER, &format!("{path}/step")).await.body.contains("Which step?"));
}

/// Sends a form, and records what its check shows.
async fn record(site: &Site, path: &str, what: &str, fields: &[(&str, &str)]) {
    let check = site.post(MANAGER, &format!("{path}/{what}"), fields).await;
    assert_eq!(check.status, StatusCode::OK, "{what}: {}", check.body);
    let over = hidden(&check.body, "over");
    let mut fields = fields.to_vec();
    fields.extend([("over", over.as_str()), ("reason", "we need it")]);
    let done = site.post(MANAGER, &format!("{path}/{what}/record"), &fields).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{what}: {}", done.body);
}

#[test]
fn views_come_out_the_same_when_they_are_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), ResponseDesk.kinds(), ResponseDesk.views()).unwrap();
    let bytes = STARTERS[1].text.as_bytes();
    let new = NewPlaybook { bytes, code: Some("accounts"), reason: None, is_starter: true };
    library::import(&test.engine, &actor(MANAGER), &new).unwrap();
    let over = scr_canon::sha256(bytes);
    library::adopt(&test.engine, &actor(SECOND), ("accounts", 1), &over).unwrap();
    let plan = crate::refusals::plan(&crate::refusals::whole());
    library::draft_plan(&test.engine, &actor(MANAGER), &plan, None).unwrap();
    let drafted = test.engine.read(|views| library::plans(views, "emb")).unwrap()[0].sha256;
    library::adopt_plan(&test.engine, &actor(SECOND), 1, &drafted).unwrap();
    library::withdraw(&test.engine, &actor(MANAGER), "accounts", "tried out").unwrap();
    let [kept, anew] = test.incremental_and_rebuilt(ResponseDesk.kinds(), ResponseDesk.views()).unwrap();
    assert_eq!(kept, anew);
    assert!(kept.contains_key("responselib_force") && !kept.contains_key("responselib_private"));
}
