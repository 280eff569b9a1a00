//! A community of three, an outsider, and a campaign of which each has seen a part.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role, SeededEntropy, Tlp};
use scr_desk_threats::{Exchange, Share, ThreatsDesk, acts, close_batch};
use scr_engine::testing::NOW;
use scr_engine::{Engine, Installation};
use scr_store::Store;
use scr_threats::{Collection, Founding, Members, Rules, Sector, Step};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt as _;

pub(crate) const COMMUNITY: &str = "exchange";
pub(crate) const COLLECTION: &str = "0badcafe-0000-4000-8000-000000000001";
pub(crate) const ONLY_BETA: &str = "0badcafe-0000-4000-8000-000000000002";

pub(crate) fn org(name: &str) -> OrgId {
    OrgId::new(name).unwrap()
}

/// `alpha` or `clerk@alpha`: the role, a manager where none is named, and the organisation.
pub(crate) fn actor(who: &str) -> Actor {
    let (role, name) = who.split_once('@').unwrap_or(("manager", who));
    Actor {
        person: PersonId::new("p-1").unwrap(),
        org: org(name),
        role: Role::parse(role).unwrap(),
        place: None,
    }
}

struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let is_known =
            ["alpha", "beta", "gamma", "outside", "observer@alpha", "administrator@alpha"].contains(&token);
        is_known.then(|| LoginInfo {
            actor: actor(token),
            name: token.to_owned(),
            organisation: token.to_owned(),
        })
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: String,
    pub(crate) location: String,
}

fn collection(id: &str, readers: Members) -> Collection {
    Collection {
        id: id.to_owned(),
        title: id.to_owned(),
        description: String::new(),
        alias: None,
        readers,
        writers: Members::All,
        circle: Vec::new(),
        is_public: false,
        is_closed: false,
    }
}

fn found(engine: &Engine) {
    let members = ["alpha", "beta", "gamma"];
    let founding = Founding {
        name: "The Exchange".to_owned(),
        rules: Rules { text: "For tests.".to_owned(), unmarked: Tlp::Green, more_than_percent: 50 },
        founders: members.map(|name| (org(name), Sector::Other)).into_iter().collect(),
        collections: vec![
            collection(COLLECTION, Members::All),
            collection(ONLY_BETA, Members::These(vec![org("beta")])),
        ],
    };
    acts::found(engine, &actor("alpha"), COMMUNITY, &founding).unwrap();
    for name in &members[1..] {
        acts::step(engine, &actor(name), COMMUNITY, &Step::Join).unwrap();
    }
}

fn open(data: &Path, clock: &Arc<FixedClock>, database: Option<&str>) -> Engine {
    let entropy = Arc::new(SeededEntropy::new(7));
    let installation = if Installation::exists(data) {
        Installation::find(data)
    } else {
        Installation::create(data, "log.threats.example/2026", &*entropy)
    };
    let parts = installation
        .and_then(|one| one.open(database, Duration::from_millis(20), Arc::clone(clock) as _, entropy))
        .unwrap();
    let engine = Engine::open(parts, data, ThreatsDesk.kinds(), ThreatsDesk.views()).unwrap();
    let (_, size) = engine.progress();
    engine.wait_for(size, Duration::from_secs(60));
    engine
}

fn app(engine: Engine, store: Store) -> Arc<App> {
    let app = App::new(engine, Arc::new(ByName), WebConfig::default(), &[&ThreatsDesk]).unwrap();
    app.use_store(store, &[&ThreatsDesk]).unwrap();
    app
}

fn sqlite(data: &Path) -> Store {
    Store::open_sqlite(&data.join("record.db")).unwrap()
}

pub(crate) fn site() -> Site {
    site_over(None)
}

/// With its record in this database of PostgreSQL, else in files.
pub(crate) fn site_over(database: Option<&str>) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let clock = Arc::new(FixedClock::at(NOW));
    let engine = open(&data, &clock, database);
    found(&engine);
    let store = database.map_or_else(|| sqlite(&data), |url| Store::open_postgres(url).unwrap());
    Site { app: app(engine, store), clock, folder }
}

impl Site {
    /// The same site with views that are made from the record again.
    pub(crate) fn rebuilt(self) -> Self {
        let data = self.folder.path().join("data");
        drop(self.app);
        for file in data.read_dir().unwrap().flatten() {
            if file.file_name().to_string_lossy().starts_with("views-") {
                // A connection that closes takes its write-ahead log with it.
                let _ = std::fs::remove_file(file.path());
            }
        }
        let engine = open(&data, &self.clock, None);
        // The views are made from the record in a thread of their own.
        let size = engine.progress().0;
        assert!(engine.wait_for(size, Duration::from_secs(120)));
        Self { app: app(engine, sqlite(&data)), clock: self.clock, folder: self.folder }
    }

    pub(crate) fn share_with(
        &self,
        who: &str,
        collection: &str,
        audience: Option<&[OrgId]>,
        objects: &[Value],
    ) {
        let objects: Vec<String> = objects.iter().map(Value::to_string).collect();
        let new = Share { community: COMMUNITY, collection, audience, objects: &objects };
        Exchange::of(&self.app).share(&actor(who), &new).unwrap();
        self.batch();
        self.clock.advance(10);
    }

    pub(crate) fn share(&self, who: &str, objects: &[Value]) {
        self.share_with(who, COLLECTION, None, objects);
    }

    /// Closes the batch, as the server does at each interval, and waits until pages have it.
    pub(crate) fn batch(&self) {
        close_batch(&self.app).unwrap();
        let (_, size) = self.app.engine.progress();
        self.app.engine.wait_for(size, Duration::from_secs(20));
    }

    pub(crate) fn watch(&self, who: &str, assets: &[&str]) {
        let assets: Vec<String> = assets.iter().map(|one| (*one).to_owned()).collect();
        Exchange::of(&self.app).watch(&actor(who), &assets).unwrap();
        self.batch();
        self.clock.advance(10);
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&ThreatsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
        assert!(
            !body.contains("[understand-") && !body.contains("[certs-") && !body.contains("style=\""),
            "{body}"
        );
        let location = parts.headers.get(header::LOCATION).map(|value| value.to_str().unwrap().to_owned());
        Answer { status: parts.status, body: plain(&body), location: location.unwrap_or_default() }
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from(who, path, path, fields).await
    }

    /// Sends a form that stands on another page.
    pub(crate) async fn post_from(
        &self,
        who: &str,
        page: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let page = self
            .send(
                Request::get(page)
                    .header(header::COOKIE, format!("scr_login={who}"))
                    .body(Body::empty())
                    .unwrap(),
            )
            .await;
        let csrf = page
            .body
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_default();
        self.post_with(who, path, csrf, fields).await
    }

    /// Posts where there is no page of the same address.
    pub(crate) async fn posted(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex();
        self.post_with(who, path, &csrf, fields).await
    }

    async fn post_with(&self, who: &str, path: &str, csrf: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", csrf)];
        all.extend(fields);
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(serde_urlencoded::to_string(all).unwrap()))
            .unwrap();
        self.send(request).await
    }
}

/// HTML as its reader sees characters.
fn plain(html: &str) -> String {
    let named = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
    let text = named.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to));
    text.replace("<bdi>", "").replace("</bdi>", "").replace(['\u{2068}', '\u{2069}'], "")
}

pub(crate) fn id(kind: &str, number: u32) -> String {
    format!("{kind}--7d3a0000-0000-4000-8000-{number:012}")
}

const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
pub(crate) const AMBER: &str = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421";

#[expect(clippy::needless_pass_by_value, reason = "a literal is handed over")]
pub(crate) fn object(kind: &str, number: u32, more: Value) -> Value {
    let mut object = json!({
        "type": kind, "spec_version": "2.1", "id": id(kind, number), "created": "2026-11-20T00:00:00.000Z",
        "modified": "2026-11-20T00:00:00.000Z", "object_marking_refs": [GREEN],
    });
    object.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object
}

#[expect(clippy::needless_pass_by_value, reason = "a literal is handed over")]
pub(crate) fn link(number: u32, from: &str, word: &str, to: &str, more: Value) -> Value {
    let mut all = json!({"relationship_type": word, "source_ref": from, "target_ref": to});
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object("relationship", number, all)
}

#[expect(clippy::needless_pass_by_value, reason = "a literal is handed over")]
pub(crate) fn indicator(number: u32, name: &str, pattern: &str, more: Value) -> Value {
    let mut all = json!({"name": name, "pattern": pattern, "pattern_type": "stix", "valid_from": "2026-11-20T00:00:00Z"});
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    object("indicator", number, all)
}
