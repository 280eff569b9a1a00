//! A site with the desk of audits, and people who use its pages.

use crate::people::Course;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_access::Access;
use scr_access::testing::TestAccess;
use scr_audits::record::Record;
use scr_canon::sha256;
use scr_core::{Actor, OrgId, PersonId, Role};
use scr_desk_audits::AuditsDesk;
use scr_engine::testing::TestEngine;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::json;
use std::any::Any;
use std::sync::Arc;
use tower::ServiceExt as _;

/// Twenty digits.
pub(crate) const SEED: &str = "12345678901234567890";

/// `manager-mary`: role and person; `supervisor-sam@North`: limited to a place; `observer-eve!other`: of another
/// organisation.
pub(crate) fn actor(who: &str) -> Option<Actor> {
    let (who, org) = who.split_once('!').unwrap_or((who, "emb"));
    let (name, place) = who.split_once('@').map_or((who, None), |(name, place)| (name, Some(place)));
    Some(Actor {
        person: PersonId::new(name).ok()?,
        org: OrgId::new(org).ok()?,
        role: Role::parse(name.split('-').next()?)?,
        place: place.map(str::to_owned),
    })
}

struct ByName(Arc<Access>);

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        Some(LoginInfo { actor: actor(token)?, name: token.to_owned(), organisation: "emb".to_owned() })
    }

    fn behind(&self) -> Option<&(dyn Any + Send + Sync)> {
        Some(&self.0)
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) access: Arc<Access>,
    _folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) body: String,
}

impl Answer {
    /// HTML as its reader sees characters.
    pub(crate) fn text(&self) -> String {
        let named = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
        let text = named.iter().fold(self.body.clone(), |text, (from, to)| text.replace(from, to));
        text.replace("<bdi>", "").replace("</bdi>", "").replace(['\u{2068}', '\u{2069}'], "")
    }

    pub(crate) fn says(&self, words: &str) {
        assert!(self.text().contains(words), "{words}\n{}", self.text());
    }

    pub(crate) fn is_silent_about(&self, words: &str) {
        assert!(!self.text().contains(words), "{words}\n{}", self.text());
    }
}

pub(crate) fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), AuditsDesk.kinds(), AuditsDesk.views()).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let people = folder.path().join("people");
    std::fs::create_dir(&people).unwrap();
    let access = TestAccess::new(&people, engine.clock().now()).unwrap().access;
    let gate = Arc::new(ByName(Arc::clone(&access)));
    let config = WebConfig { site: Some("https://audit.example".to_owned()), ..WebConfig::default() };
    let app = App::new(engine, gate, config, &[&AuditsDesk]).unwrap();
    Site { app, access, _folder: folder }
}

impl Site {
    /// An audit that is committed to.
    pub(crate) fn committed(&self, of: &Record, fresh_seeds: bool) -> Course<'_> {
        Course::committed(&self.app.engine, of, fresh_seeds)
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&AuditsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        assert!(!body.contains("[audit-") && !body.contains("style=\""), "{body}");
        Answer { status: parts.status, to, body }
    }

    /// Nobody is signed in where `who` is empty.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex();
        let mut form = vec![("csrf", token)];
        form.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }
}

/// A poll of 60 ballots in two jurisdictions, which 45 to 15 decide.
pub(crate) fn polled() -> Record {
    let batch = |jurisdiction: &str, name: &str, ballots: u32| json!({"jurisdiction": jurisdiction, "batch": name, "ballots": ballots});
    record(
        &json!({"method": "ballot-polling", "sampler": "consistent-with-replacement", "seed_digits": 20}),
        &json!([batch("North", "1", 20), batch("North", "2", 20), batch("South", "1", 20)]),
    )
}

/// A batch comparison of the same contest.
pub(crate) fn compared() -> Record {
    let batch = |jurisdiction: &str, name: &str, ada: u64| json!({"jurisdiction": jurisdiction, "batch": name, "ballots": 20, "votes": [[ada, 20 - ada]]});
    record(
        &json!({"method": "batch-comparison", "sampler": "arlo-ppeb", "seed_digits": 20}),
        &json!([
            batch("North", "Alder 1", 15),
            batch("North", "Alder 2, early", 15),
            batch("South", "Birch", 15)
        ]),
    )
}

fn record(settings: &serde_json::Value, batches: &serde_json::Value) -> Record {
    serde_json::from_value(json!({
        "format": scr_audits::record::FORMAT,
        "title": "Mayor of Žilina",
        "software": "",
        "settings": settings,
        "contests": [
            {"name": "Mayor", "choices": ["Ada", "Ben"], "votes": [45, 15], "winners": 1, "votes_allowed": 1,
             "ballots": 60, "risk_limit": "0.1", "targeted": true},
        ],
        "batches": batches,
        "commitment": {"parts": {}, "root": sha256(b"")},
        "rounds": [],
    }))
    .unwrap()
}
