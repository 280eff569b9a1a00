//! A site with the desk of response.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role};
use scr_desk_response::ResponseDesk;
use scr_engine::testing::TestEngine;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::sync::Arc;
use tower::ServiceExt as _;

/// Whose playbooks they are: two managers, one supervisor.
pub(crate) const MANAGER: &str = "manager";
pub(crate) const SECOND: &str = "manager.second";
pub(crate) const SUPERVISOR: &str = "supervisor";
pub(crate) const CLERK: &str = "clerk";
/// A manager of another organisation.
pub(crate) const FOREIGN: &str = "manager.there!north";

/// `manager.second`: another person in the role; `manager!north`: of another organisation.
struct ByName;

impl Gate for ByName {
    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }

    fn login(&self, token: &str) -> Option<LoginInfo> {
        let (who, org) = token.split_once('!').unwrap_or((token, "emb"));
        let role = who.split('.').next()?;
        let actor = Actor {
            person: PersonId::new(who.replace('.', "-")).ok()?,
            org: OrgId::new(org).ok()?,
            role: Role::parse(role)?,
            place: None,
        };
        Some(LoginInfo { actor, name: token.to_owned(), organisation: org.to_owned() })
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    _folder: tempfile::TempDir,
}

pub(crate) fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), ResponseDesk.kinds(), ResponseDesk.views()).unwrap();
    let clock = Arc::clone(&test.clock);
    let engine = Arc::into_inner(test.engine).unwrap();
    let app = App::new(engine, Arc::new(ByName), WebConfig::default(), &[&ResponseDesk]).unwrap();
    Site { app, clock, _folder: folder }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) kind: String,
    pub(crate) body: String,
}

/// Who acts, for acts without pages.
pub(crate) fn actor(who: &str) -> Actor {
    ByName.login(who).unwrap().actor
}

impl Site {
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&ResponseDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let head = |name| parts.headers.get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (to, kind) = (head(header::LOCATION), head(header::CONTENT_TYPE));
        let body = String::from_utf8(to_bytes(body, 1 << 25).await.unwrap().to_vec()).unwrap();
        if kind.starts_with("text/html") {
            let unsaid = ["[library-", "[error-", "[kind-", "[shell-"].iter().any(|key| body.contains(key));
            assert!(!unsaid && !body.contains("style=\""), "{body}");
        }
        Answer { status: parts.status, to, kind, body }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = vec![("csrf", token(who))];
        form.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Hands in a file as a browser does.
    pub(crate) async fn file(&self, who: &str, path: &str, reason: &str, content: &[u8]) -> Answer {
        let part = |name: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut body = format!("{}\r\n\r\n{}\r\n", part("csrf"), token(who)).into_bytes();
        body.extend_from_slice(format!("{}\r\n\r\n{reason}\r\n", part("reason")).as_bytes());
        body.extend_from_slice(format!("{}; filename=\"a.json\"\r\n\r\n", part("file")).as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// A command of a program.
    pub(crate) async fn call(&self, who: &str, path: &str, body: &serde_json::Value) -> Answer {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {who}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        self.send(request).await
    }

    /// What a program reads.
    pub(crate) async fn ask(&self, who: Option<&str>, path: &str) -> serde_json::Value {
        let mut request = Request::get(path);
        if let Some(who) = who {
            request = request.header(header::AUTHORIZATION, format!("Bearer {who}"));
        }
        let answer = self.send(request.body(Body::empty()).unwrap()).await;
        assert!(answer.kind.starts_with("application/"), "{}", answer.body);
        serde_json::from_str(&answer.body).unwrap()
    }
}

fn token(who: &str) -> String {
    scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex()
}

/// The value of a hidden field.
pub(crate) fn hidden(html: &str, name: &str) -> String {
    let from = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    from.split('"').next().unwrap_or_default().to_owned()
}
