//! A site with the desk of alerts and one election. The cookie's value is the role.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use scr_core::Role;
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::network::{self, Network, NewNetwork};
use scr_engine::testing::TestEngine;
use scr_engine::{FieldSpec, FieldType, KindSpec, NewEvent};
use scr_store::Store;
use scr_testing::ELECTION_CREATED;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::json;
use std::sync::Arc;
use tower::ServiceExt as _;

/// As the desk of results records it.
/// As the desk of results records it.
pub(crate) const REGISTRY: KindSpec = KindSpec {
    name: "elections.registry.imported/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("object", FieldType::Hash),
        FieldSpec::new("units", FieldType::Count),
        FieldSpec::new("units_root", FieldType::Hash),
        FieldSpec::optional("mapping_object", FieldType::Hash),
        FieldSpec::optional("file_sha256", FieldType::Hash),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &["file_name"],
};

pub(crate) const AREAS: &str = "code,name,parent,stations,voters
DK,Denmark,,5,5000
DK-N,North,DK,3,3000
DK-S,South,DK,2,2000
";
pub(crate) const STATIONS: &str = "number,area,voters,unit,name
1,DK-N,1000,U1,School
2,DK-N,1000,U2,Library
3,DK-N,1000,U3,
11,DK-S,1000,U11,Town hall
12,DK-S,1000,U12,Harbour
";

/// Whose password was given lately.
struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = TestEngine::actor(Role::parse(token.strip_prefix("stale-").unwrap_or(token))?);
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "emb".to_owned() })
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }

    fn is_fresh(&self, token: &str) -> bool {
        !token.starts_with("stale-")
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn to(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

pub(crate) fn kinds() -> Vec<KindSpec> {
    [AlertsDesk.kinds(), &[ELECTION_CREATED, REGISTRY]].concat()
}

/// An election and nothing else.
pub(crate) fn empty_site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), &kinds(), AlertsDesk.views()).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let app = App::new(engine, Arc::new(ByName), WebConfig::default(), &[&AlertsDesk]).unwrap();
    app.use_store(Store::open_sqlite(&folder.path().join("record.db")).unwrap(), &[&AlertsDesk]).unwrap();
    let site = Site { app, folder };
    let public = json!({"election": "ex-2026", "title": "General election", "day": "2026-12-05", "zone": "Europe/Paris"});
    site.record(&NewEvent::about(&ELECTION_CREATED, "election:ex-2026", public));
    site
}

/// With five stations in two areas.
pub(crate) fn site() -> Site {
    let site = empty_site();
    let new = NewNetwork { election: "ex-2026", areas: AREAS, stations: STATIONS, reason: None };
    network::import(&site.app.engine, &manager(), &new).unwrap();
    site
}

pub(crate) fn manager() -> scr_core::Actor {
    TestEngine::actor(Role::Manager)
}

impl Site {
    pub(crate) fn record(&self, event: &NewEvent) {
        self.app.engine.record(&manager(), &|_, _| Ok(vec![event.clone()])).unwrap();
    }

    pub(crate) fn network(&self) -> Arc<Network> {
        network::of(&self.app, "ex-2026").unwrap().unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&AlertsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8_lossy(&to_bytes(body, 1 << 28).await.unwrap()).into_owned();
        assert!(!body.contains("[alert") && !body.contains("style=\""), "{body}");
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Nobody is signed in where `who` is empty.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// Posts a form with its token.
    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = token(who);
        let pairs: Vec<String> = fields
            .iter()
            .chain([&("csrf", token.as_str())])
            .map(|(name, value)| format!("{name}={}", scr_web::in_address(value)))
            .collect();
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(pairs.join("&"))).unwrap()).await
    }

    /// Posts a form with a file.
    pub(crate) async fn upload(&self, who: &str, path: &str, name: &str, content: &str) -> Answer {
        let token = token(who);
        let body = format!(
            "--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n{content}\r\n--X--\r\n"
        );
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

/// The token of forms is computed from the cookie.
fn token(who: &str) -> String {
    scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex()
}
