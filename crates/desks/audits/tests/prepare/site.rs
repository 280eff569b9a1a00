//! A site with the desk of audits, used by those who prepare one.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_audits::workflow::Phase;
use scr_core::{Actor, OrgId, PersonId, Role};
use scr_desk_audits::AuditsDesk;
use scr_desk_audits::data::{self, Kept};
use scr_engine::testing::TestEngine;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::sync::Arc;
use tower::ServiceExt as _;

/// Who runs the audit.
pub(crate) const MANAGER: &str = "manager";
/// Who looks after a jurisdiction.
pub(crate) const NORTH: &str = "supervisor@North";
pub(crate) const SOUTH: &str = "supervisor@South";

/// `manager`; `supervisor@North`: limited to a place; `manager!other`: of another organisation.
struct ByName;

impl Gate for ByName {
    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }

    fn login(&self, token: &str) -> Option<LoginInfo> {
        let (who, org) = token.split_once('!').unwrap_or((token, "emb"));
        let (role, place) = who.split_once('@').map_or((who, None), |(role, place)| (role, Some(place)));
        let actor = Actor {
            person: PersonId::new(role).ok()?,
            org: OrgId::new(org).ok()?,
            role: Role::parse(role)?,
            place: place.map(str::to_owned),
        };
        Some(LoginInfo { actor, name: token.to_owned(), organisation: org.to_owned() })
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    _folder: tempfile::TempDir,
}

pub(crate) fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), AuditsDesk.kinds(), AuditsDesk.views()).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let app = App::new(engine, Arc::new(ByName), WebConfig::default(), &[&AuditsDesk]).unwrap();
    Site { app, _folder: folder }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) body: String,
}

impl Site {
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&AuditsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        let unsaid = ["[audits-", "[error-", "[kind-", "[shell-"].iter().any(|key| body.contains(key));
        assert!(!unsaid && !body.contains("style=\""), "{body}");
        Answer { status: parts.status, to, body }
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
    pub(crate) async fn file(&self, who: &str, path: &str, content: &[u8]) -> Answer {
        let part = |name: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut body = format!("{}\r\n\r\n{}\r\n", part("csrf"), token(who)).into_bytes();
        body.extend_from_slice(format!("{}; filename=\"north.csv\"\r\n\r\n", part("file")).as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    pub(crate) fn kept(&self) -> Kept {
        self.app.engine.read(|views| data::audit(views, "autumn")).unwrap().unwrap()
    }

    pub(crate) fn phase(&self) -> Phase {
        self.kept().audit.phase()
    }
}

fn token(who: &str) -> String {
    scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex()
}

/// HTML as its reader sees characters.
pub(crate) fn plain(html: &str) -> String {
    let named = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    let text = named.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("<bdi>", "").replace("</bdi>", "").replace(['\u{2068}', '\u{2069}'], "")
}

/// The value of a hidden field.
pub(crate) fn hidden(html: &str, name: &str) -> String {
    let from = html.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    from.split('"').next().unwrap_or_default().to_owned()
}
