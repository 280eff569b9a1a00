//! A site with an election desk, and the ways in which people use it.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_core::{OrgId, Role};
use scr_desk_results::ResultsDesk;
use scr_engine::testing::TestEngine;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::sync::Arc;
use tower::ServiceExt as _;

pub(crate) const MAX_UPLOAD: usize = 20_000;

/// The cookie's value is the role; `observers` is an observer of another organisation.
struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let (role, org) = match token {
            "observers" => (Role::Observer, "observers"),
            other => (Role::parse(other)?, "emb"),
        };
        let mut actor = TestEngine::actor(role);
        actor.org = OrgId::new(org).ok()?;
        Some(LoginInfo { actor, name: token.to_owned(), organisation: org.to_owned() })
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    _folder: tempfile::TempDir,
}

pub(crate) fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), ResultsDesk.kinds(), ResultsDesk.views()).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let config = WebConfig { max_upload_bytes: MAX_UPLOAD, ..WebConfig::default() };
    Site { app: App::new(engine, Arc::new(ByName), config, &[&ResultsDesk]).unwrap(), _folder: folder }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) body: String,
}

impl Site {
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&ResultsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        assert!(!body.contains("[results-desk-") && !body.contains("style=\""), "{body}");
        Answer { status: parts.status, to, body }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = vec![("csrf", token(who))];
        form.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    pub(crate) async fn upload(&self, who: &str, path: &str, csrf: &str, name: &str, file: &[u8]) -> Answer {
        let mut body = format!(
            "--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n--X--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Entries in the record.
    pub(crate) fn size(&self) -> u64 {
        self.app.engine.progress().0
    }

    pub(crate) async fn election(&self) {
        let fields = [
            ("title", "Wybory Prezydenta 2026"),
            ("id", ""),
            ("day", "2026-11-24"),
            ("zone", "Europe/Warsaw"),
        ];
        let answer = self.post("manager", "/desk/elections/new", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert!(answer.to.starts_with("/desk/elections/wybory-prezydenta-2026?recorded="), "{}", answer.to);
    }
}

pub(crate) const ELECTION: &str = "/desk/elections/wybory-prezydenta-2026";

pub(crate) fn token(who: &str) -> String {
    scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex()
}

pub(crate) fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

pub(crate) fn plain(html: &str) -> String {
    let named = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    named.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}
