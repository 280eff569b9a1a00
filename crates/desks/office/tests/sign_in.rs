//! Signing in and out, the first administrator, invitations: through the router, over real people.

mod common;

use axum::http::StatusCode;
use common::{ADMIN, Site, shown};
use scr_access::testing::PASSWORD;
use scr_core::Role;
use scr_desk_office::OfficeDesk;
use scr_web::LOGIN_COOKIE;

#[tokio::test]
async fn somebody_signs_in_and_out() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.get("/desk/sign-in").await;
    let no_token = browser.post_exactly("/desk/sign-in", &[("email", ADMIN), ("password", "x")]).await;
    assert_eq!(no_token.status, StatusCode::FORBIDDEN);
    let wrong = browser.post("/desk/sign-in", &[("email", ADMIN), ("password", "wrong")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has(ADMIN) && !wrong.has("value=\"wrong\""), "{}", wrong.body);
    let fields = [("email", ADMIN), ("password", PASSWORD), ("to", "/desk/people")];
    let right = browser.post("/desk/sign-in", &fields).await;
    assert_eq!((right.status, right.to.as_str()), (StatusCode::SEE_OTHER, "/desk/people"));
    assert!(browser.cookies.contains_key(LOGIN_COOKIE));
    let page = browser.get("/desk/people").await;
    assert!(page.has("Ada Lovelace") && page.has("Election Management Body"), "{}", page.body);

    // Signing out needs the login's own form token.
    let out = browser.post_exactly("/desk/sign-out", &[("csrf", "wrong")]).await;
    assert_eq!(out.status, StatusCode::FORBIDDEN);
    let old = browser.cookies[LOGIN_COOKIE].clone();
    assert_eq!(browser.post("/desk/sign-out", &[]).await.status, StatusCode::SEE_OTHER);
    browser.cookies.insert(LOGIN_COOKIE.to_owned(), old);
    let again = browser.post_exactly("/desk/sign-out", &[]).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED, "the login has ended");
}

#[tokio::test]
async fn many_wrong_passwords_are_answered_with_the_time_to_wait() {
    let site = Site::new();
    let mut browser = site.browser();
    browser.get("/desk/sign-in").await;
    let mut last = String::new();
    for _ in 0..6 {
        last = browser.post("/desk/sign-in", &[("email", ADMIN), ("password", "guess")]).await.body;
    }
    assert!(last.contains("Too many attempts") && last.contains("seconds"), "SCR-ACC-005: {last}");
}

#[tokio::test]
async fn the_first_administrator_takes_the_installation_over_once() {
    let site = Site::empty(&[&OfficeDesk]);
    let link = site.access.first_link().unwrap().unwrap();
    let path = format!("/desk/join/{}", link.reveal());
    let mut browser = site.browser();
    assert!(browser.get("/desk/sign-in").await.has("scrutineer init"), "an empty installation says so");
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.has("Take over this installation"));
    let mut fields = vec![
        ("organisation", "Commission électorale"),
        ("org", "Commission!"),
        ("name", "Ada Lovelace"),
        ("email", ADMIN),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ];
    let wrong_id = browser.post(&path, &fields).await;
    assert_eq!(wrong_id.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong_id.has("Commission électorale") && wrong_id.has("1 to 64"),
        "SCR-ACC-026, and what was typed"
    );
    fields[1].1 = "emb";
    fields[5].1 = "another password";
    let differ = browser.post(&path, &fields).await;
    assert!(differ.has("not the same"), "SCR-ACC-028: {}", differ.body);
    fields[5].1 = PASSWORD;
    let done = browser.post(&path, &fields).await;
    assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, "/desk"), "{}", done.body);
    assert_eq!(browser.get("/desk/people").await.status, StatusCode::OK, "signed in");

    let organisation = site.recorded("access.organisation.created/1");
    assert_eq!(organisation.len(), 1);
    assert_eq!(organisation[0]["pub"]["name"], "Commission électorale");
    let role = site.recorded("access.role.granted/1");
    assert_eq!(role.len(), 1);
    assert_eq!(role[0]["pub"], serde_json::json!({"org": "emb", "role": "administrator"}));
    let everything = format!("{organisation:?}{role:?}");
    let person = site.access.person_by_email(ADMIN).unwrap().unwrap();
    for private in ["Ada", "ada@", person.id.as_str()] {
        assert!(!everything.contains(private), "{private} stands in the public record");
    }
    let again = site.browser().get(&path).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
    assert!(again.has("SCR-ACC-008"));
}

#[tokio::test]
async fn an_invited_person_chooses_a_password_and_is_signed_in() {
    let site = Site::new();
    let mut admin = site.signed_in(ADMIN).await;
    let fields = [
        ("name", "Grace Hopper"),
        ("email", "grace@emb.example"),
        ("language", "fr"),
        ("org", "emb"),
        ("role", "clerk"),
    ];
    let invited = admin.post("/desk/people/invite", &fields).await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.body);
    let link = shown(&invited);
    let path = link.strip_prefix("http://localhost:8080").unwrap();
    let mut browser = site.browser();
    let page = browser.get(path).await;
    assert!(page.has("Grace Hopper") && page.has("grace@emb.example"));
    let weak = browser.post(path, &[("password", "gracehopper12"), ("again", "gracehopper12")]).await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(weak.has("easy to guess"), "SCR-ACC-007");
    let done = browser.post(path, &[("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(browser.cookies["scr_lang"], "fr", "her own language");
    let account = browser.get("/desk/account").await;
    assert!(account.has("grace@emb.example"));
    assert_eq!(browser.get("/desk/people").await.status, StatusCode::FORBIDDEN);
    let used = site.browser().get(path).await;
    assert_eq!(used.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_navigation_shows_what_the_role_may_open() {
    let site = Site::new();
    site.person(Role::Clerk);
    let admin = site.signed_in(ADMIN).await.get("/desk/account").await;
    assert!(admin.has("href=\"/desk/people\""));
    let clerk = site.signed_in("clerk@emb.example").await.get("/desk/account").await;
    assert!(!clerk.has("href=\"/desk/people\""));
}
