//! Signing in and out through the router, over real people.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use scr_access::testing::{PASSWORD, TestAccess};
use scr_access::{Access, AccessError, SignIn};
use scr_core::{OrgId, Role};
use scr_desk_office::OfficeDesk;
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{ActError, Fault};
use scr_web::{App, Gate, LOGIN_COOKIE, LoginInfo, WebConfig, router};
use std::sync::Arc;
use tower::ServiceExt as _;

struct Door(Arc<Access>);

impl Gate for Door {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let login = self.0.login(token).unwrap()?;
        Some(LoginInfo { actor: login.actor, name: login.name, organisation: String::new() })
    }

    fn sign_in(&self, email: &str, password: &str, address: &str) -> Result<Option<String>, ActError> {
        match self.0.sign_in(&SignIn { email, password, address }) {
            Ok(signed_in) => Ok(Some(signed_in.token.reveal().to_owned())),
            Err(AccessError::Refused(refusal)) => Err(refusal.into()),
            Err(AccessError::Fault(what)) => Err(Fault::log(&what).into()),
        }
    }

    fn sign_out(&self, token: &str) {
        let login = self.0.login(token).unwrap().unwrap();
        self.0.sign_out(&login).unwrap();
    }
}

async fn ask(app: &Arc<App>, request: Request<Body>) -> (StatusCode, Response<()>, String) {
    let (parts, body) = router(app, &[&OfficeDesk]).oneshot(request).await.unwrap().into_parts();
    let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
    (parts.status, Response::from_parts(parts, ()), text)
}

fn post(path: &str, cookie: &str, form: &str) -> Request<Body> {
    Request::post(path)
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap()
}

fn csrf(page: &str) -> String {
    let after = page.split("name=\"csrf\" value=\"").nth(1).unwrap();
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn somebody_signs_in_and_out() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), &[], Vec::new()).unwrap();
    let access = TestAccess::new(folder.path(), NOW).unwrap();
    let org = OrgId::new("emb").unwrap();
    access.person(Role::Manager, &org).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let gate = Arc::new(Door(access.access));
    let app = App::new(engine, gate, WebConfig::default(), &[&OfficeDesk]).unwrap();

    let get = Request::get("/desk/sign-in?to=/desk/elections").body(Body::empty()).unwrap();
    let (status, response, page) = ask(&app, get).await;
    assert_eq!(status, StatusCode::OK);
    let cookie =
        response.headers()[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    let token = csrf(&page);

    let no_token = post("/desk/sign-in", &cookie, "email=manager%40emb.example&password=x");
    assert_eq!(ask(&app, no_token).await.0, StatusCode::FORBIDDEN);
    let wrong =
        post("/desk/sign-in", &cookie, &format!("csrf={token}&email=manager%40emb.example&password=wrong"));
    let (status, _, page) = ask(&app, wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("manager@emb.example") && !page.contains("value=\"wrong\""), "{page}");

    let password = PASSWORD.replace(' ', "+");
    let form = format!("csrf={token}&to=%2Fdesk%2Felections&email=manager%40emb.example&password={password}");
    let (status, response, _) = ask(&app, post("/desk/sign-in", &cookie, &form)).await;
    assert_eq!(
        (status, &response.headers()[header::LOCATION]),
        (StatusCode::SEE_OTHER, &"/desk/elections".parse().unwrap())
    );
    let login = response.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(login.starts_with(LOGIN_COOKIE) && login.contains("HttpOnly"));
    let login = login.split(';').next().unwrap().to_owned();

    // Signing out needs the login's own form token, which every desk page carries.
    let out = ask(&app, post("/desk/sign-out", &login, "csrf=wrong")).await;
    assert_eq!(out.0, StatusCode::FORBIDDEN);
    let page =
        ask(&app, Request::get("/desk/sign-in").header(header::COOKIE, &login).body(Body::empty()).unwrap())
            .await
            .2;
    let out = ask(&app, post("/desk/sign-out", &login, &format!("csrf={}", csrf(&page)))).await;
    assert_eq!(out.0, StatusCode::SEE_OTHER);
    let again = ask(&app, post("/desk/sign-out", &login, "")).await;
    assert_eq!(again.0, StatusCode::UNAUTHORIZED, "the login has ended");
}
