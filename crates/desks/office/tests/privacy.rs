//! Private content: found, erased by two who approve, held; pages, refusals, and what the record says.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common;

use axum::http::StatusCode;
use common::{ADMIN, Answer, Browser, Site};
use scr_access::testing::PASSWORD;
use scr_core::Role;
use scr_desk_office::OfficeDesk;
use scr_engine::testing::TestEngine;
use scr_web::Desk;

const REASON: &str = "Letter of 3 November, file 12";

/// The site, and the entry that gave the clerk a role.
fn site() -> (Site, String) {
    let site = Site::new();
    for role in [Role::Manager, Role::Supervisor, Role::Clerk] {
        site.person(role);
    }
    let entry = site.app.engine.log().size().unwrap() - 1;
    (site, entry.to_string())
}

async fn ask(browser: &mut Browser<'_>, scope: &str, basis: &str, reason: &str) -> Answer {
    browser.post("/desk/privacy/requests", &[("scope", scope), ("basis", basis), ("reason", reason)]).await
}

/// Says something about a request, over exactly what its page shows.
async fn stand(browser: &mut Browser<'_>, request: &str, position: &str) -> Answer {
    let page = browser.get(request).await;
    let over = page.body.split("name=\"over\" value=\"").nth(1).map_or("", |rest| &rest[..64]).to_owned();
    browser.post(&format!("{request}/stand"), &[("over", &over), ("position", position)]).await
}

#[tokio::test]
async fn two_who_did_not_ask_approve_and_the_content_is_gone() {
    let (site, entry) = site();
    let mut admin = site.signed_in(ADMIN).await;
    let found = admin.get(&format!("/desk/privacy/find?q={entry}")).await;
    assert!(found.has("1 of 1 private fields are kept") && found.has("Role given"), "{}", found.body);
    assert!(admin.get("/desk/privacy/find?q=clerk@emb.example").await.has("All that Test clerk owns"));
    assert!(ask(&mut admin, &entry, "because", REASON).await.has("Choose a basis"), "SCR-VLT-004");
    assert!(ask(&mut admin, &entry, "objection", " ").await.has("Say why"), "SCR-VLT-005");
    let asked = ask(&mut admin, &entry, "consent-withdrawn", REASON).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let request = asked.to;
    let page = admin.get(&request).await;
    assert!(page.has("0 of 2 people have approved") && page.has(REASON), "{}", page.body);
    assert!(!page.has("Your decision"), "whoever asks does not approve");
    assert!(stand(&mut admin, &request, "signs").await.has("The content has changed"), "SCR-ACC-032");

    let mut manager = site.signed_in("manager@emb.example").await;
    assert!(stand(&mut manager, &request, "").await.has("Choose whether you approve"), "SCR-VLT-009");
    let first = stand(&mut manager, &request, "signs").await;
    assert_eq!(first.to, request, "{}", first.body);
    assert!(manager.get(&request).await.has("1 of 2 people have approved"));
    assert_eq!(site.recorded("privacy.payload.erased/1").len(), 0, "one is not enough");
    let mut supervisor = site.signed_in("supervisor@emb.example").await;
    assert!(supervisor.get("/desk/privacy").await.has("1 of 2 approvals"));
    let second = stand(&mut supervisor, &request, "signs").await;
    assert!(second.to.starts_with("/desk/privacy?recorded="), "{}", second.body);

    let done = supervisor.get(&second.to).await;
    assert!(done.has("supervisor, emb") || done.has("Supervisor, emb"), "{}", done.body);
    let found = supervisor.get(&format!("/desk/privacy/find?q={entry}")).await;
    assert!(found.has("0 of 1 private fields are kept") && found.has("erased"), "{}", found.body);
    let ended = admin.get(&request).await;
    assert!(ended.has("the content is erased") && !ended.has(REASON), "{}", ended.body);
    let again = ask(&mut admin, &entry, "consent-withdrawn", REASON).await;
    assert!(again.has("erased already"), "SCR-VLT-001: {}", again.body);
    let recorded = site.recorded("privacy.payload.erased/1");
    let number: u64 = entry.parse().unwrap();
    assert_eq!(recorded[0]["pub"]["payloads"][0]["entry"], number);
    assert_eq!(recorded[0]["pub"]["approvers"].as_array().unwrap().len(), 2);
    assert_eq!(recorded[0]["pub"]["approvers"][0]["role"], "manager");
    assert!(!format!("{recorded:?}").contains("file 12"), "the grounds stay private");
}

#[tokio::test]
async fn approving_is_a_signing_act_and_one_who_does_not_approve_ends_it() {
    let (site, entry) = site();
    let mut admin = site.signed_in(ADMIN).await;
    let request = ask(&mut admin, &entry, "objection", REASON).await.to;
    let mut manager = site.signed_in("manager@emb.example").await;
    let page = manager.get(&request).await;
    let over = page.body.split("name=\"over\" value=\"").nth(1).unwrap()[..64].to_owned();
    site.clock.advance(600);
    let fields = [("over", over.as_str()), ("position", "dissents")];
    let asks = manager.post(&format!("{request}/stand"), &fields).await;
    assert!(asks.has("Confirm that it is you"), "{}", asks.body);
    let fields = [("over", over.as_str()), ("position", "dissents"), ("fresh-password", PASSWORD)];
    let said = manager.post(&format!("{request}/stand"), &fields).await;
    assert_eq!(said.to, request, "{}", said.body);
    assert!(manager.get(&request).await.has("Somebody did not approve, so nothing was erased"));
    let mut supervisor = site.signed_in("supervisor@emb.example").await;
    let late = supervisor.post(&format!("{request}/stand"), &[("over", &over), ("position", "signs")]).await;
    assert!(late.has("This sign-off is closed"), "SCR-ACC-034: {}", late.body);
    assert!(supervisor.get("/desk/privacy/requests/none").await.has("SCR-VLT-006"));
    assert_eq!(site.recorded("privacy.payload.erased/1").len(), 0);
}

#[tokio::test]
async fn whoever_asked_takes_it_back_and_others_do_not_ask() {
    let (site, entry) = site();
    let mut admin = site.signed_in(ADMIN).await;
    let request = ask(&mut admin, &entry, "unlawful", REASON).await.to;
    let withdraw = format!("{request}/withdraw");
    let mut manager = site.signed_in("manager@emb.example").await;
    assert!(manager.post(&withdraw, &[]).await.has("SCR-VLT-008"), "only who asked");
    assert_eq!(admin.post(&withdraw, &[]).await.to, "/desk/privacy");
    assert!(admin.get(&request).await.has("The request was taken back"));
    let mut supervisor = site.signed_in("supervisor@emb.example").await;
    assert_eq!(ask(&mut supervisor, &entry, "unlawful", REASON).await.status, StatusCode::FORBIDDEN);
    let mut clerk = site.signed_in("clerk@emb.example").await;
    assert_eq!(clerk.get("/desk/privacy").await.status, StatusCode::FORBIDDEN);
    assert!(admin.get("/desk/privacy/find?q=999999").await.has("SCR-VLT-001"));
}

#[tokio::test]
async fn a_hold_blocks_also_an_erasure_that_was_asked_for_before() {
    let (site, entry) = site();
    let mut admin = site.signed_in(ADMIN).await;
    let request = ask(&mut admin, &entry, "legal-duty", REASON).await.to;
    let mut manager = site.signed_in("manager@emb.example").await;
    stand(&mut manager, &request, "signs").await;
    let hold = [("scope", entry.as_str()), ("basis", "recount"), ("reason", "Petition 7")];
    let placed = manager.post("/desk/privacy/holds", &hold).await;
    assert!(placed.to.starts_with("/desk/privacy?recorded="), "{}", placed.body);
    let mut supervisor = site.signed_in("supervisor@emb.example").await;
    let refused = stand(&mut supervisor, &request, "signs").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("A legal hold covers this"), "SCR-VLT-002: {}", refused.body);
    assert!(ask(&mut admin, &entry, "objection", REASON).await.has("A legal hold covers this"));
    let found = admin.get(&format!("/desk/privacy/find?q={entry}")).await;
    assert!(found.has("A recount or audit is under way") && found.has("held"), "{}", found.body);
    assert!(!found.has("Ask for it to be erased"));
    let owner = admin.get("/desk/privacy/find?q=clerk@emb.example").await;
    assert!(owner.has("A legal hold is in force"), "the same content by its owner: {}", owner.body);

    let list = admin.get("/desk/privacy").await;
    assert!(list.has("Petition 7") && list.has("Legal holds in force: 1"), "{}", list.body);
    let release = list.body.split("href=\"/desk/privacy/holds/").nth(1).unwrap().split('"').next().unwrap();
    let release = format!("/desk/privacy/holds/{release}");
    assert!(admin.get(&release).await.has("Release this hold?"));
    assert!(admin.post(&release, &[("reason", "")]).await.has("Say why"), "SCR-VLT-005");
    let released = admin.post(&release, &[("reason", "Recount done")]).await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    let twice = admin.post(&release, &[("reason", "Recount done")]).await;
    assert!(twice.has("released before"), "SCR-VLT-007: {}", twice.body);
    let second = stand(&mut supervisor, &request, "signs").await;
    assert_eq!(second.status, StatusCode::SEE_OTHER, "{}", second.body);
    assert_eq!(site.recorded("privacy.payload.erased/1").len(), 1);
    let held = format!("{:?}", site.recorded("privacy.hold.placed/1"));
    assert!(!held.contains("Petition") && held.contains("recount"), "{held}");
}

#[tokio::test]
async fn a_hold_on_everything_covers_everything() {
    let (site, entry) = site();
    let mut admin = site.signed_in(ADMIN).await;
    assert!(admin.get("/desk/privacy/find?q=*").await.has("Place a legal hold"));
    let hold = [("scope", "*"), ("basis", "court-order"), ("reason", "Order 3/26")];
    assert_eq!(admin.post("/desk/privacy/holds", &hold).await.status, StatusCode::SEE_OTHER);
    assert!(ask(&mut admin, &entry, "objection", REASON).await.has("A legal hold covers this"));
}

#[tokio::test]
async fn views_rebuilt_after_an_erasure_are_the_views_that_forgot() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), OfficeDesk.kinds(), OfficeDesk.views()).unwrap();
    let access = scr_access::testing::TestAccess::new(folder.path(), scr_engine::testing::NOW).unwrap();
    let admin = TestEngine::actor(Role::Administrator);
    let (engine, people) = (&test.engine, &access.access);
    use scr_desk_office::commands as office;
    office::create_organisation(engine, people, &admin, &admin.org, "Election Management Body").unwrap();
    let grant = scr_access::Grant { org: admin.org.clone(), role: Role::Clerk, place: None };
    let invite = |email: &str| scr_access::Invite {
        name: "Somebody".to_owned(),
        email: email.to_owned(),
        language: "en".to_owned(),
        grants: vec![grant.clone()],
    };
    let mut erased = Vec::new();
    for email in ["one@emb.example", "two@emb.example"] {
        let (invitation, receipts) = office::invite(engine, people, &admin, &invite(email)).unwrap();
        erased.push(receipts[0].index);
        let gone = office::withdraw_role(engine, people, &admin, &invitation.person, &grant).unwrap();
        erased.push(gone[0].index);
    }
    // The grant of the one, the withdrawal of the other.
    let payloads = [erased[0], erased[3]].map(|entry| serde_json::json!({"entry": entry, "field": "person"}));
    let public = serde_json::json!({"basis": "objection", "payloads": payloads, "approvers": []});
    let erase = |_: &rusqlite::Connection, _: &scr_engine::Ctx<'_>| {
        Ok(vec![scr_engine::NewEvent::about(&scr_engine::PAYLOAD_ERASED, "privacy:register", public.clone())])
    };
    engine.record(&admin, &erase).unwrap();
    drop(access);
    let [grown, rebuilt] = test.incremental_and_rebuilt(OfficeDesk.kinds(), OfficeDesk.views()).unwrap();
    assert_eq!(grown, rebuilt);
    assert!(grown.contains_key("privacy_erasure"));
}
