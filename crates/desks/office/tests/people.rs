//! Organisations, people and their roles: pages, refusals, and what the record says.

mod common;

use axum::http::StatusCode;
use common::{ADMIN, Site, shown};
use scr_access::testing::PASSWORD;
use scr_core::Role;
use scr_desk_office::OfficeDesk;
use scr_engine::testing::TestEngine;
use scr_web::Desk;

#[tokio::test]
async fn an_organisation_is_added_once() {
    let site = Site::new();
    let mut admin = site.signed_in(ADMIN).await;
    let fields = [("name", "Civic Watch"), ("org", "civic-watch")];
    let done = admin.post("/desk/organisations/new", &fields).await;
    assert!(done.to.starts_with("/desk/organisations?recorded="), "{}", done.body);
    let list = admin.get(&done.to).await;
    assert!(
        list.has("Civic Watch") && list.has("2 organisations") && list.has("/receipts/"),
        "{}",
        list.body
    );
    let again = admin.post("/desk/organisations/new", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.has("Choose another id") && again.has("Civic Watch"), "SCR-ACC-023");
    let no_name = admin.post("/desk/organisations/new", &[("name", ""), ("org", "x")]).await;
    assert!(no_name.has("Enter a name"), "SCR-ACC-013");
    let no_id = admin.post("/desk/organisations/new", &[("name", "X"), ("org", "-")]).await;
    assert!(no_id.has("1 to 64"), "SCR-ACC-026");
    assert_eq!(site.recorded("access.organisation.created/1").len(), 2);
}

#[tokio::test]
async fn the_list_of_people_has_filters_and_pages() {
    let site = Site::new();
    for role in [Role::Clerk, Role::Supervisor] {
        site.person(role);
    }
    let mut admin = site.signed_in(ADMIN).await;
    let all = admin.get("/desk/people").await;
    assert!(all.has("3 people") && all.has("Test clerk") && all.has("Test supervisor"), "{}", all.body);
    let clerks = admin.get("/desk/people?role=clerk").await;
    assert!(clerks.has("Test clerk") && !clerks.has("Test supervisor"));
    let found = admin.get("/desk/people?q=LOVE").await;
    assert!(found.has("Ada Lovelace") && !found.has("Test clerk"));
    let wildcard = admin.get("/desk/people?q=%25").await;
    assert!(wildcard.has("Nobody matches"), "a percent sign is a percent sign");
    assert!(admin.get("/desk/people?org=elsewhere").await.has("Nobody matches"));

    for number in 0..60 {
        let email = format!("c{number}@emb.example");
        let invite = scr_access::Invite {
            name: format!("Clerk {number:02}"),
            email,
            language: "en".to_owned(),
            grants: vec![scr_access::Grant { org: site.admin.org.clone(), role: Role::Clerk, place: None }],
        };
        site.access.apply(&site.access.prepare_invitation(&invite).unwrap().statements).unwrap();
    }
    let first = admin.get("/desk/people").await;
    let next = first.body.split("rel=\"next\"").next().unwrap().rsplit("href=\"").next().unwrap();
    let next = next.split('"').next().unwrap().replace("&#38;", "&");
    let second = admin.get(&next).await;
    assert!(first.has("Clerk 00") && !second.has("Clerk 00") && second.has("Test supervisor"), "{next}");
}

#[tokio::test]
async fn a_role_is_given_and_withdrawn() {
    let site = Site::new();
    let clerk = site.person(Role::Clerk);
    let page = format!("/desk/people/{clerk}");
    let mut admin = site.signed_in(ADMIN).await;
    let give = format!("{page}/grant");
    let role = [("org", "emb"), ("role", "supervisor"), ("place", "ward-2")];
    let given = admin.post(&give, &role).await;
    assert!(given.to.starts_with(&page), "{}", given.body);
    let shown = admin.get(&given.to).await;
    assert!(shown.has("ward-2") && shown.has("/receipts/") && shown.has("2 roles"), "{}", shown.body);
    for (fields, words, code) in [
        (role, "has this role already", "SCR-ACC-014"),
        ([("org", "nowhere"), ("role", "clerk"), ("place", "")], "no such organisation", "SCR-ACC-021"),
        ([("org", "emb"), ("role", "viewer"), ("place", "ward-2")], "not limited to a place", "SCR-ACC-027"),
        ([("org", "emb"), ("role", "king"), ("place", "")], "no role here", "SCR-ACC-017"),
    ] {
        let refused = admin.post(&give, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{code}");
        assert!(refused.has(words), "{code}: {}", refused.body);
    }
    let mut supervisor = site.signed_in("clerk@emb.example").await;
    let switched = supervisor.post("/desk/account/role", &role).await;
    assert_eq!(switched.status, StatusCode::SEE_OTHER, "{}", switched.body);

    let ask = admin.get(&format!("{page}/withdraw?org=emb&role=supervisor&place=ward-2")).await;
    assert!(ask.has("takes effect at once") && ask.has("Test clerk"));
    let gone = admin.post(&format!("{page}/withdraw"), &role).await;
    assert!(gone.to.starts_with(&page), "{}", gone.body);
    assert_eq!(supervisor.get("/desk/account").await.status, StatusCode::SEE_OTHER, "that login has ended");
    let twice = admin.post(&format!("{page}/withdraw"), &role).await;
    assert!(twice.has("does not have this role any more"), "SCR-ACC-024: {}", twice.body);
    let unknown = admin.get("/desk/people/nobody").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.has("SCR-ACC-025"));
    let recorded = site.recorded("access.role.withdrawn/1");
    assert_eq!(recorded.len(), 1);
    assert_eq!(recorded[0]["pub"]["place"], "ward-2");
    assert!(!format!("{recorded:?}").contains(clerk.as_str()), "who it is stays private");
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let site = Site::new();
    let mut admin = site.signed_in(ADMIN).await;
    let path = format!("/desk/people/{}/withdraw", site.admin.person);
    let role = [("org", "emb"), ("role", "administrator")];
    let refused = admin.post(&path, &role).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.has("last administrator"), "SCR-ACC-019: {}", refused.body);
    // Somebody who was invited but never came does not count; somebody who came does.
    let second = site.person(Role::Administrator);
    let done = admin.post(&path, &role).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let path = format!("/desk/people/{second}/withdraw");
    let mut other = site.signed_in("administrator@emb.example").await;
    assert!(other.post(&path, &role).await.has("last administrator"));
}

#[tokio::test]
async fn giving_roles_is_a_signing_act() {
    let site = Site::new();
    let clerk = site.person(Role::Clerk);
    let mut admin = site.signed_in(ADMIN).await;
    site.clock.advance(6 * 60);
    for path in ["grant", "withdraw", "link"] {
        let asked =
            admin.post(&format!("/desk/people/{clerk}/{path}"), &[("org", "emb"), ("role", "clerk")]).await;
        assert!(asked.has("Confirm that it is you"), "{path}: {}", asked.body);
    }
    let asked = admin.post("/desk/people/invite", &[("name", "Kept Name")]).await;
    assert!(asked.has("Confirm that it is you") && asked.has("Kept Name"));
    assert!(site.recorded("access.role.withdrawn/1").is_empty());
}

#[tokio::test]
async fn a_new_link_ends_the_old_password() {
    let site = Site::new();
    let clerk = site.person(Role::Clerk);
    let mut browser = site.signed_in("clerk@emb.example").await;
    let mut admin = site.signed_in(ADMIN).await;
    let made = admin.post(&format!("/desk/people/{clerk}/link"), &[]).await;
    let link = shown(&made);
    assert_eq!(site.recorded("access.link.issued/1").len(), 1);
    let path = link.strip_prefix("http://localhost:8080").unwrap();
    let new = "four herons at low tide";
    let joined = site.browser().post(path, &[("password", new), ("again", new)]).await;
    assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
    assert_eq!(browser.get("/desk/account").await.status, StatusCode::SEE_OTHER, "old logins have ended");
    let mut late = site.browser();
    late.get("/desk/sign-in").await;
    let old = late.post("/desk/sign-in", &[("email", "clerk@emb.example"), ("password", PASSWORD)]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "SCR-ACC-004");
}

#[tokio::test]
async fn only_administrators_administer() {
    let site = Site::new();
    let clerk = site.person(Role::Clerk);
    let actor =
        scr_access::Grant { org: site.admin.org.clone(), role: Role::Clerk, place: None }.actor(&clerk);
    let new = scr_core::OrgId::new("mine").unwrap();
    let refused =
        scr_desk_office::commands::create_organisation(&site.app.engine, &site.access, &actor, &new, "Mine");
    assert!(format!("{refused:?}").contains("SCR-ACC-029"));
}

#[test]
fn the_view_is_the_same_when_rebuilt() {
    use scr_access::testing::TestAccess;
    use scr_desk_office::commands;
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), OfficeDesk.kinds(), OfficeDesk.views()).unwrap();
    let people = TestAccess::new(folder.path(), scr_engine::testing::NOW).unwrap();
    let link = people.access.first_link().unwrap().unwrap();
    let org = scr_core::OrgId::new("emb").unwrap();
    let form = scr_access::FirstAdministrator {
        name: "Ada Lovelace",
        email: ADMIN,
        language: "en",
        password: PASSWORD,
        org: &org,
    };
    let (admin, _) =
        commands::first_administrator(&test.engine, &people.access, link.reveal(), &form, "EMB").unwrap();
    let grant = scr_access::Grant { org, role: Role::Manager, place: Some("ward-1".to_owned()) };
    commands::grant_role(&test.engine, &people.access, &admin, &admin.person, &grant).unwrap();
    commands::withdraw_role(&test.engine, &people.access, &admin, &admin.person, &grant).unwrap();
    let [incremental, rebuilt] =
        test.incremental_and_rebuilt(OfficeDesk.kinds(), OfficeDesk.views()).unwrap();
    assert_eq!(incremental, rebuilt);
}
