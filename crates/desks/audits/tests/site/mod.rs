//! A site with the desk of audits, and the ways in which people use it.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_core::Role;
use scr_desk_audits::AuditsDesk;
use scr_engine::testing::TestEngine;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use std::sync::Arc;
use tower::ServiceExt as _;

/// The cookie's value is the role.
struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = TestEngine::actor(Role::parse(token)?);
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "emb".to_owned() })
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
    pub(crate) body: String,
}

impl Site {
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&AuditsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        assert!(!body.contains("[audit-") && !body.contains("style=\""), "{body}");
        Answer { status: parts.status, body }
    }

    /// Nobody is signed in where `who` is empty.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }
}

/// Everything but letters and digits as an address has it.
pub(crate) fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// HTML as its reader sees characters.
pub(crate) fn plain(html: &str) -> String {
    let named = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    let text = named.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("<bdi>", "").replace("</bdi>", "").replace(['\u{2068}', '\u{2069}'], "")
}
