//! Confirming before a signing act, and bearer tokens: over real people and a desk with one act.
#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use common::{ADMIN, Site};
use scr_access::SignIn;
use scr_access::testing::PASSWORD;
use scr_core::Role;
use scr_desk_office::OfficeDesk;
use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_web::{Allow, Desk, NavItem, Posted, Routes, router};
use tower::ServiceExt as _;

/// A desk with one signing act, which answers with what it was given.
struct Signing;

async fn sign(posted: Posted) -> String {
    format!("{:?}", posted.pairs.iter().filter(|(name, _)| name != "csrf").collect::<Vec<_>>())
}

impl Desk for Signing {
    fn name(&self) -> &'static str {
        "signing"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        &[]
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        Vec::new()
    }

    fn routes(&self) -> Routes {
        Routes::new()
            .post_fresh("/desk/sign", Allow::SignedIn, sign)
            .get("/api/v1/whoami", Allow::Roles(&[Role::Administrator]), async || "you")
            .post_fresh("/api/v1/sign", Allow::SignedIn, async || "signed")
    }

    fn nav(&self) -> &'static [NavItem] {
        &[]
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        &[]
    }
}

fn site() -> Site {
    Site::with(&[&OfficeDesk, &Signing])
}

#[tokio::test]
async fn what_was_typed_comes_back_after_the_password() {
    let site = site();
    let mut browser = site.signed_in(ADMIN).await;
    let typed = [("votes", "41"), ("reason", "a \"quoted\" <reason>"), ("votes", "42")];
    let at_once = browser.post("/desk/sign", &typed).await;
    assert_eq!(at_once.status, StatusCode::OK);
    assert!(at_once.has("quoted"), "just signed in: {}", at_once.body);

    site.clock.advance(6 * 60);
    let asked = browser.post("/desk/sign", &typed).await;
    assert!(asked.has("Confirm that it is you"), "{}", asked.body);
    assert!(
        asked.has("action=\"/desk/sign\"") && asked.has("value=\"42\"") && asked.has("&lt;reason&gt;")
            || asked.has("&#60;reason&#62;")
    );
    let mut with_password = typed.to_vec();
    with_password.push(("fresh-password", "wrong"));
    let wrong = browser.post("/desk/sign", &with_password).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.has("do not belong together") && wrong.has("value=\"41\""), "SCR-ACC-004: {}", wrong.body);
    *with_password.last_mut().unwrap() = ("fresh-password", PASSWORD);
    let done = browser.post("/desk/sign", &with_password).await;
    assert_eq!(done.status, StatusCode::OK);
    assert!(
        done.has("\"41\"") && done.has("\"42\"") && !done.has(PASSWORD) && !done.has("fresh-"),
        "{}",
        done.body
    );
    assert!(!browser.post("/desk/sign", &typed).await.has("Confirm"), "fresh for five minutes");
}

#[tokio::test]
async fn a_confirmation_needs_the_forms_token() {
    let site = site();
    let mut browser = site.signed_in(ADMIN).await;
    site.clock.advance(6 * 60);
    let forged = browser.post_exactly("/desk/sign", &[("fresh-password", PASSWORD)]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(browser.post("/desk/sign", &[]).await.has("Confirm that it is you"), "nothing was confirmed");
}

async fn api(site: &Site, method: &str, path: &str, header: (&str, &str)) -> (StatusCode, String) {
    let request = Request::builder().method(method).uri(path).header(header.0, header.1);
    let desks: [&dyn Desk; 2] = [&OfficeDesk, &Signing];
    let response = router(&site.app, &desks).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let asks = response.headers().get("www-authenticate").map(|v| v.to_str().unwrap().to_owned());
    (response.status(), asks.unwrap_or_default())
}

#[tokio::test]
async fn a_token_serves_the_api_and_a_cookie_does_not() {
    let site = site();
    let credentials = SignIn { email: ADMIN, password: PASSWORD, address: "192.0.2.1" };
    let signed_in = site.access.sign_in(&credentials).unwrap();
    let token = site.access.new_api_token(&signed_in.login, "test", 3600).unwrap();
    let bearer = format!("Bearer {}", token.reveal());
    assert_eq!(api(&site, "GET", "/api/v1/whoami", ("authorization", &bearer)).await.0, StatusCode::OK);
    let unknown = format!("Bearer scr_{}", "a".repeat(43));
    let cookie = format!("{}={}", scr_web::LOGIN_COOKIE, signed_in.token.reveal());
    for header in [("authorization", unknown.as_str()), ("authorization", "Basic eA=="), ("cookie", &cookie)]
    {
        let (status, asks) = api(&site, "GET", "/api/v1/whoami", header).await;
        assert_eq!((status, asks.as_str()), (StatusCode::UNAUTHORIZED, "Bearer"), "{header:?}");
    }
    // A program never signs, and a token opens no page.
    let signs = api(&site, "POST", "/api/v1/sign", ("authorization", &bearer)).await;
    assert_eq!(signs.0, StatusCode::FORBIDDEN, "SCR-WEB-010");
    let page = api(&site, "GET", "/desk/account", ("authorization", &bearer)).await;
    assert_eq!(page.0, StatusCode::SEE_OTHER, "sent to sign in");
}
