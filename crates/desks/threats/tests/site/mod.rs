//! A server with a community of three, for tests: requests go to the router, time stands still.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_canon::b64;
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role, SeededEntropy, Tlp};
use scr_desk_threats::{ThreatsDesk, acts, close_batch, publish_due};
use scr_engine::testing::TestEngine;
use scr_jobs::Jobs;
use scr_store::Store;
use scr_threats::{Change, Collection, Founding, Members, Rules, Sector, Step};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;
use tower::ServiceExt as _;

pub(crate) const OPEN: &str = "00000000-0000-4000-8000-000000000001";
pub(crate) const LETTERBOX: &str = "00000000-0000-4000-8000-000000000002";
pub(crate) const PUBLIC: &str = "00000000-0000-4000-8000-000000000003";

/// Whoever says `ROLE.ORGANISATION` as token, or `ORGANISATION` for its manager, is that.
struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        self.bearer(token)
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        let (role, org) = token.split_once('.').unwrap_or(("manager", token));
        let actor = acting(org, Role::parse(role)?);
        ["emb", "cert", "media", "outside"].contains(&org).then(|| LoginInfo {
            actor,
            name: "Somebody".into(),
            organisation: org.into(),
        })
    }
}

pub(crate) fn org(id: &str) -> OrgId {
    OrgId::new(id).unwrap()
}

pub(crate) fn acting(id: &str, role: Role) -> Actor {
    Actor { person: PersonId::new("p-1").unwrap(), org: org(id), role, place: None }
}

pub(crate) fn manager(id: &str) -> Actor {
    acting(id, Role::Manager)
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    pub(crate) fn ids(&self) -> Vec<String> {
        let body = self.json();
        let objects = body["objects"].as_array().cloned().unwrap_or_default();
        objects.iter().map(|one| one["id"].as_str().unwrap_or_default().to_owned()).collect()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
}

fn collection(id: &str, alias: &str) -> Collection {
    Collection {
        id: id.to_owned(),
        title: alias.to_owned(),
        description: String::new(),
        alias: Some(alias.to_owned()),
        readers: Members::All,
        writers: Members::All,
        circle: Vec::new(),
        is_public: false,
        is_closed: false,
    }
}

impl Site {
    /// A community of `emb`, `cert` and `media`, whose custodians are the last two; `outside` is no member.
    pub(crate) fn open(folder: &Path) -> Self {
        let test = TestEngine::new(folder, ThreatsDesk.kinds(), ThreatsDesk.views()).unwrap();
        let clock = Arc::clone(&test.clock);
        let engine = Arc::into_inner(test.engine).unwrap();
        let app = App::new(engine, Arc::new(ByName), WebConfig::default(), &[&ThreatsDesk]).unwrap();
        let store = Store::open_sqlite(&folder.join("record.db")).unwrap();
        app.use_store(store.clone(), &[&ThreatsDesk]).unwrap();
        let entropy = Arc::new(SeededEntropy::new(3));
        app.use_jobs(Jobs::open(store, Arc::clone(&clock) as _, entropy).unwrap());
        let site = Self { app, clock };
        site.found();
        site
    }

    fn found(&self) {
        let founding = Founding {
            name: "Exchange".into(),
            rules: Rules { text: "We share.".into(), unmarked: Tlp::Green, more_than_percent: 50 },
            founders: ["emb", "cert", "media"].map(|id| (org(id), Sector::Other)).into(),
            collections: vec![
                collection(OPEN, "open"),
                Collection {
                    readers: Members::These(vec![org("cert")]),
                    ..collection(LETTERBOX, "letterbox")
                },
                Collection { is_public: true, ..collection(PUBLIC, "public") },
            ],
        };
        let engine = &self.app.engine;
        acts::found(engine, &manager("emb"), "exchange", &founding).unwrap();
        for id in ["cert", "media"] {
            acts::step(engine, &manager(id), "exchange", &Step::Join).unwrap();
        }
        let custodians = Change::Custodians([org("cert"), org("media")].into());
        acts::step(engine, &manager("emb"), "exchange", &Step::Propose(custodians)).unwrap();
        acts::step(engine, &manager("cert"), "exchange", &Step::Stand { proposal: 1, is_for: true }).unwrap();
    }

    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        who: Option<&str>,
        body: Option<String>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(token) = who {
            let user = token.rsplit('.').next().unwrap_or_default();
            request = request.header(
                header::AUTHORIZATION,
                format!("Basic {}", b64(format!("{user}:{token}").as_bytes())),
            );
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/taxii+json;version=2.1");
        }
        let request = request.body(body.map_or_else(Body::empty, Body::from)).unwrap();
        let response = router(&self.app, &[&ThreatsDesk]).oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 64 << 20).await.unwrap().to_vec();
        Answer { status, bytes }
    }

    pub(crate) async fn get(&self, path: &str, who: Option<&str>) -> Answer {
        self.ask("GET", path, who, None).await
    }

    /// Adds objects and gives the status.
    pub(crate) async fn add(&self, collection: &str, who: &str, objects: &[String]) -> Answer {
        let body = format!("{{\"objects\":[{}]}}", objects.join(","));
        self.ask("POST", &objects_of(collection), Some(who), Some(body)).await
    }

    /// What somebody finds in a collection.
    pub(crate) async fn found_in(&self, collection: &str, who: Option<&str>) -> Vec<String> {
        self.get(&objects_of(collection), who).await.ids()
    }

    /// Closes the batch, as the server does at each interval.
    pub(crate) fn close_batch(&self) {
        close_batch(&self.app).unwrap();
    }

    /// Lets days pass, and publishes what is due.
    pub(crate) fn wait_days(&self, days: i64) {
        self.clock.advance(days * 24 * 3600);
        publish_due(&self.app).unwrap();
    }
}

pub(crate) fn objects_of(collection: &str) -> String {
    format!("/taxii2/exchange/collections/{collection}/objects/")
}

/// A malware object whose id ends with this number, marked with these.
pub(crate) fn malware(number: u32, markings: &[&str]) -> String {
    let marked: Vec<String> = markings.iter().map(|uuid| format!("\"marking-definition--{uuid}\"")).collect();
    let refs = if marked.is_empty() {
        String::new()
    } else {
        format!(",\"object_marking_refs\":[{}]", marked.join(","))
    };
    format!(
        r#"{{"type":"malware","spec_version":"2.1","id":"{}","created":"2026-01-01T00:00:00.000Z","modified":"2026-01-01T00:00:00.000Z","name":"canary-{number}","is_family":false{refs}}}"#,
        malware_id(number)
    )
}

pub(crate) fn malware_id(number: u32) -> String {
    format!("malware--00000000-0000-4000-8000-{number:012}")
}
