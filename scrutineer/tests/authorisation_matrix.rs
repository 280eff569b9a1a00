//! Every route for every role: the table of routes is asked, not copied.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use scr_core::{Actor, OrgId, PersonId, Role};
use scr_desk_audits::AuditsDesk;
use scr_desk_office::OfficeDesk;
use scr_desk_record::RecordDesk;
use scr_desk_results::ResultsDesk;
use scr_engine::testing::TestEngine;
use scr_web::{Allow, App, Desk, Gate, LoginInfo, Route, WebConfig, router};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt as _;

const DESKS: &[&dyn Desk] = &[&ResultsDesk, &AuditsDesk, &RecordDesk, &OfficeDesk];
const DOCUMENT: &str = "../docs/reference/authorisation.md";

/// A login whose token is the name of its role.
struct ByName;

impl Gate for ByName {
    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }

    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = Actor {
            person: PersonId::new("p-1").ok()?,
            org: OrgId::new("emb").ok()?,
            role: Role::parse(token)?,
            place: None,
        };
        Some(LoginInfo { actor, name: "Somebody".to_owned(), organisation: "Commission".to_owned() })
    }
}

fn app(folder: &Path) -> Arc<App> {
    let kinds: Vec<_> = DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
    let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
    let test = TestEngine::new(folder, &kinds, views).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    App::new(engine, Arc::new(ByName), WebConfig::default(), DESKS).unwrap()
}

/// An address that the route answers: every parameter is filled with something harmless.
fn address(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "0" } else { part }).collect::<Vec<_>>().join("/")
}

fn is_api(route: &Route) -> bool {
    route.path.starts_with("/api/")
}

async fn ask(app: &Arc<App>, route: &Route, role: Option<Role>) -> StatusCode {
    let mut request = Request::builder().method(route.method.clone()).uri(address(route.path));
    if let Some(role) = role {
        request = if is_api(route) {
            request.header("authorization", format!("Bearer {}", role.as_str()))
        } else {
            request.header("cookie", format!("{}={}", scr_web::LOGIN_COOKIE, role.as_str()))
        };
    }
    router(app, DESKS).oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
}

#[tokio::test]
async fn every_role_at_every_route() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let everybody: Vec<Option<Role>> = std::iter::once(None).chain(Role::ALL.map(Some)).collect();
    assert!(app.matrix().len() >= 10);
    for route in app.matrix() {
        for role in &everybody {
            let status = ask(&app, route, *role).await;
            let admits = route.allow.admits(*role);
            let turned_away = match (role, &route.method) {
                // Whoever is not signed in is sent to sign in, or told to.
                (None, &Method::GET) if !is_api(route) => status == StatusCode::SEE_OTHER && !admits,
                (None, _) => status == StatusCode::UNAUTHORIZED,
                // A form without its token is refused with 403 as well: only the allowed ones get there.
                (Some(_), &Method::GET) => status == StatusCode::FORBIDDEN,
                (Some(_), _) => status == StatusCode::FORBIDDEN && !admits,
            };
            assert_eq!(!turned_away, admits, "{} {} as {role:?}: {status}", route.method, route.path);
        }
    }
}

#[test]
fn nothing_can_be_written_without_a_login() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(app(folder.path()).public_writes(), Vec::<&Route>::new());
}

/// The document for people is made from the same table. `UPDATE_DOCS=1 cargo test` writes it anew.
#[test]
fn the_document_says_what_the_table_says() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let mut text = String::from(
        "# Who may use which route\n\nMade from the table of routes by the test `authorisation_matrix`; that test also asks every route in every role.\n\nA signing act asks for the password or a passkey once more.\n\n| method | path | who |\n|---|---|---|\n",
    );
    for route in app.matrix() {
        let who = match route.allow {
            Allow::Public => "anybody".to_owned(),
            Allow::KnownKey => "whoever signs the request with a key that is known here".to_owned(),
            Allow::Anybody => "anybody; sees the login".to_owned(),
            Allow::SignedIn => "whoever is signed in".to_owned(),
            Allow::Roles(roles) => roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", "),
        };
        let signs = if route.fresh { "; a signing act" } else { "" };
        let _ = writeln!(text, "| {} | `{}` | {who}{signs} |", route.method, route.path);
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT);
    #[expect(clippy::disallowed_methods, reason = "the way to write the document anew")]
    if std::env::var("UPDATE_DOCS").is_ok() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        text,
        "run: UPDATE_DOCS=1 cargo test -p scrutineer"
    );
}
