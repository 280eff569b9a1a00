//! One's own account: password, logins, role, language, tokens, passkeys.

mod common;

use axum::http::StatusCode;
use common::{ADMIN, Site, shown};
use scr_access::testing::PASSWORD;
use scr_core::Role;

#[tokio::test]
async fn the_password_is_changed_and_other_logins_end() {
    let site = Site::new();
    let mut elsewhere = site.signed_in(ADMIN).await;
    let mut here = site.signed_in(ADMIN).await;
    let new = "four herons at low tide";
    let mut fields = [("old", "not it at all"), ("password", new), ("again", new)];
    let wrong = here.post("/desk/account/password", &fields).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("do not belong together"), "SCR-ACC-004");
    fields[0].1 = PASSWORD;
    fields[2].1 = "four herons at high tide";
    assert!(here.post("/desk/account/password", &fields).await.has("not the same"), "SCR-ACC-028");
    fields[2].1 = new;
    let done = here.post("/desk/account/password", &fields).await;
    assert_eq!(done.to, "/desk/account?done=password", "{}", done.body);
    assert!(here.get(&done.to).await.has("password is changed"));
    assert_eq!(elsewhere.get("/desk/account").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn other_logins_are_seen_and_ended() {
    let site = Site::new();
    let mut phone = site.signed_in(ADMIN).await;
    let mut third = site.signed_in(ADMIN).await;
    let mut here = site.signed_in(ADMIN).await;
    let page = here.get("/desk/account").await;
    let ids: Vec<_> = page.body.split("name=\"login\" value=\"").skip(1).map(|rest| &rest[..16]).collect();
    assert_eq!(ids.len(), 2, "the two others can be ended: {}", page.body);
    here.post("/desk/account/logins", &[("login", ids[0])]).await;
    let left = [phone.get("/desk/account").await.status, third.get("/desk/account").await.status];
    assert_eq!(left.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{left:?}");
    here.post("/desk/account/logins", &[]).await;
    assert_eq!(phone.get("/desk/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(third.get("/desk/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(here.get("/desk/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn somebody_elses_login_cannot_be_ended() {
    let site = Site::new();
    site.person(Role::Clerk);
    let mut admin = site.signed_in(ADMIN).await;
    let mut again = site.signed_in(ADMIN).await;
    let page = again.get("/desk/account").await;
    let id = page.body.split("name=\"login\" value=\"").nth(1).unwrap()[..16].to_owned();
    let mut clerk = site.signed_in("clerk@emb.example").await;
    clerk.post("/desk/account/logins", &[("login", &id)]).await;
    assert_eq!(admin.get("/desk/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_language_is_kept() {
    let site = Site::new();
    let mut browser = site.signed_in(ADMIN).await;
    let done = browser.post("/desk/account/language", &[("language", "ar")]).await;
    assert_eq!(done.to, "/desk/account?lang=ar&done=language");
    assert!(browser.get(&done.to).await.has("dir=\"rtl\""));
    assert!(browser.get("/desk/account").await.has("dir=\"rtl\""), "a cookie keeps it");
    let other = site.signed_in(ADMIN).await;
    assert_eq!(other.cookies["scr_lang"], "ar", "and so does the account");
}

#[tokio::test]
async fn a_token_is_shown_once_and_revoked() {
    let site = Site::new();
    let mut browser = site.signed_in(ADMIN).await;
    let no_label = browser.post("/desk/account/tokens", &[("label", ""), ("days", "7")]).await;
    assert_eq!(no_label.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(no_label.has("Enter a name"), "SCR-ACC-013");
    let made = browser.post("/desk/account/tokens", &[("label", "nightly export"), ("days", "7")]).await;
    let token = shown(&made);
    assert!(token.starts_with("scr_"), "{token}");
    assert!(site.access.bearer(&token).unwrap().is_some());
    let page = browser.get("/desk/account").await;
    assert!(page.has("nightly export") && !page.has(&token));
    let id = page.body.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    browser.post("/desk/account/tokens/revoke", &[("token", id)]).await;
    assert!(site.access.bearer(&token).unwrap().is_none());
    site.clock.advance(6 * 60);
    let asked = browser.post("/desk/account/tokens", &[("label", "kept label"), ("days", "7")]).await;
    assert!(
        asked.has("Confirm that it is you") && asked.has("kept label"),
        "making a token is a signing act"
    );
}

#[tokio::test]
async fn a_passkey_page_has_a_script_of_our_own_and_no_other() {
    let site = Site::new();
    let mut browser = site.signed_in(ADMIN).await;
    let page = browser.post("/desk/account/passkeys/new", &[]).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.has("data-passkey=") && page.has("/passkey.js") && page.has("<noscript>"));
    assert!(page.policy.contains("script-src 'self'") && !page.policy.contains("unsafe"), "{}", page.policy);
    let forged = [("challenge", "x"), ("answer", "{}"), ("label", "laptop")];
    let refused = browser.post("/desk/account/passkeys", &forged).await;
    assert!(refused.has("passkey was not accepted"), "SCR-ACC-015: {}", refused.body);
    let plain = browser.get("/desk/account").await;
    assert!(!plain.policy.contains("script-src"), "no other page has one");

    let mut stranger = site.browser();
    let asks = stranger.post("/desk/sign-in/passkey", &[]).await;
    assert!(asks.has("data-passkey=") && asks.policy.contains("script-src 'self'"));
    let refused = stranger.post("/desk/sign-in/passkey", &forged).await;
    assert!(refused.has("passkey was not accepted"), "SCR-ACC-015: {}", refused.body);
}
