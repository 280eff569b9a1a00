//! Every route for every role and for audit boards: the table of routes is asked, not copied.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use scr_core::{Actor, BoardKey, BoardLogin, OrgId, PersonId, Role};
use scr_desk_alerts::AlertsDesk;
use scr_desk_audits::AuditsDesk;
use scr_desk_office::OfficeDesk;
use scr_desk_record::RecordDesk;
use scr_desk_response::ResponseDesk;
use scr_desk_results::ResultsDesk;
use scr_desk_threats::ThreatsDesk;
use scr_engine::Fault;
use scr_engine::testing::TestEngine;
use scr_web::api::{Operation, document};
use scr_web::{Allow, App, Desk, Gate, LoginInfo, Route, WebConfig, router};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt as _;

const DESKS: &[&dyn Desk] =
    &[&ResultsDesk, &AuditsDesk, &ThreatsDesk, &AlertsDesk, &ResponseDesk, &RecordDesk, &OfficeDesk];
const DOCUMENT: &str = "../docs/reference/authorisation.md";
const OPENAPI: &str = "../docs/reference/openapi.json";

/// Who asks: with a login or without, or an audit board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Visitor {
    Nobody,
    SignedIn(Role),
    Board,
}

impl Visitor {
    fn all() -> impl Iterator<Item = Self> {
        Role::ALL.map(Self::SignedIn).into_iter().chain([Self::Nobody, Self::Board])
    }

    fn is_admitted(self, route: &Route) -> bool {
        match self {
            Self::Nobody => route.allow.admits(None),
            Self::SignedIn(role) => route.allow.admits(Some(role)),
            Self::Board => route.allow.admits_board(),
        }
    }

    /// The header that says so: a program's token below `/api/`, a cookie elsewhere. A board has a cookie alone.
    fn header(self, route: &Route) -> Option<(&'static str, String)> {
        match self {
            Self::Nobody => None,
            Self::SignedIn(role) if is_api(route) => {
                Some(("authorization", format!("Bearer {}", role.as_str())))
            }
            Self::SignedIn(role) => Some(("cookie", format!("{}={}", scr_web::LOGIN_COOKIE, role.as_str()))),
            Self::Board => Some(("cookie", format!("{}=board", scr_web::BOARD_COOKIE))),
        }
    }

    /// Whether this answer to a route that does not admit the visitor turns them away.
    fn is_turned_away(self, route: &Route, status: StatusCode) -> bool {
        // Boards and people have each their own door: whoever comes to the other one's route has not come in by it.
        let is_in = matches!(self, Self::SignedIn(_)) && route.allow != Allow::Board;
        match route.method {
            _ if is_in => status == StatusCode::FORBIDDEN,
            Method::GET if !is_api(route) => status == StatusCode::SEE_OTHER,
            _ => status == StatusCode::UNAUTHORIZED,
        }
    }
}

/// A login whose token is the name of its role, and a board whose token is `board`.
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

    fn board(&self, token: &str) -> Result<Option<BoardLogin>, Fault> {
        let key =
            BoardKey { audit: "0".to_owned(), version: 1, round: 1, jurisdiction: "0".to_owned(), board: 1 };
        let org = OrgId::new("emb").map_err(|error| Fault::log(&error))?;
        Ok((token == "board").then_some(BoardLogin { key, org }))
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

async fn ask(app: &Arc<App>, route: &Route, visitor: Visitor) -> StatusCode {
    let mut request = Request::builder().method(route.method.clone()).uri(address(route.path));
    if let Some((name, value)) = visitor.header(route) {
        request = request.header(name, value);
    }
    router(app, DESKS).oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status()
}

#[tokio::test]
async fn every_visitor_at_every_route() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    assert!(app.matrix().len() >= 10);
    for route in app.matrix() {
        for visitor in Visitor::all() {
            let status = ask(&app, route, visitor).await;
            let asked = format!("{} {} as {visitor:?}: {status}", route.method, route.path);
            if route.allow == Allow::Partner {
                // Its protocol says who may come in; without a token nobody writes.
                assert!(route.method == Method::GET || status == StatusCode::UNAUTHORIZED, "{asked}");
                continue;
            }
            if !visitor.is_admitted(route) {
                assert!(visitor.is_turned_away(route, status), "{asked}");
            } else if route.method == Method::GET {
                // A page may lead on to another; a form without its token is refused with 403.
                assert!(!matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN), "{asked}");
            } else {
                assert_ne!(status, StatusCode::UNAUTHORIZED, "{asked}");
            }
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
        "# Who may use which route\n\nMade from the table of routes by the test `authorisation_matrix`; that test also asks every route in every role and as an audit board.\n\nA signing act asks for the password or a passkey once more.\n\n| method | path | who |\n|---|---|---|\n",
    );
    for route in app.matrix() {
        let who = match route.allow {
            Allow::Public => "anybody".to_owned(),
            Allow::KnownKey => {
                "whoever has a key that is known here: signs with it, or has it in the secret address"
                    .to_owned()
            }
            Allow::Anybody => "anybody; sees the login".to_owned(),
            Allow::Partner => "anybody, or a program with a token; answers in its protocol's form".to_owned(),
            Allow::SignedIn => "whoever is signed in".to_owned(),
            Allow::Board => "an audit board with its passphrase".to_owned(),
            Allow::Roles(roles) => roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", "),
        };
        let signs = if route.fresh { "; a signing act" } else { "" };
        let _ = writeln!(text, "| {} | `{}` | {who}{signs} |", route.method, route.path);
    }
    same_as_committed(DOCUMENT, &text);
}

/// A document that is made from the tables is the committed one.
fn same_as_committed(document: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    #[expect(clippy::disallowed_methods, reason = "the way to write the document anew")]
    if std::env::var("UPDATE_DOCS").is_ok() {
        std::fs::write(&path, text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        text,
        "run: UPDATE_DOCS=1 cargo test -p scrutineer"
    );
}

#[tokio::test]
async fn the_description_of_the_json_interface_has_every_route_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(folder.path());
    let of_api = |route: &&Route| route.path.starts_with("/api/v1/");
    let mut routes: Vec<(String, &str)> = app
        .matrix()
        .iter()
        .filter(of_api)
        .map(|route| (route.method.as_str().to_lowercase(), route.path))
        .collect();
    let operations: Vec<Operation> = DESKS.iter().flat_map(|desk| desk.operations()).copied().collect();
    let mut described: Vec<(String, &str)> =
        operations.iter().map(|operation| (operation.method.to_owned(), operation.path)).collect();
    routes.sort();
    described.sort();
    assert_eq!(routes, described);
    let mut names: Vec<&str> = operations.iter().map(|operation| operation.id).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), operations.len(), "two calls of one name");

    let document = document(&operations);
    let served = router(&app, DESKS)
        .oneshot(Request::get("/api/openapi.json").body(Body::empty()).unwrap())
        .await
        .unwrap();
    let bytes = axum::body::to_bytes(served.into_body(), 1 << 24).await.unwrap();
    assert_eq!(serde_json::from_slice::<serde_json::Value>(&bytes).unwrap(), document);
    // Every reference leads to a schema.
    let text = document.to_string();
    let schemas = &document["components"]["schemas"];
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.get(name).is_some(), "{name}");
    }
    same_as_committed(OPENAPI, &format!("{document:#}\n"));
}
