//! A server with a community of three, whose member alpha brings objects in; and servers of others, made of a function.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_core::{Actor, FixedClock, OrgId, PersonId, Role, Tlp};
use scr_desk_threats::{Exchange, Share, ThreatsDesk, acts, close_batch, partners};
use scr_engine::testing::TestEngine;
use scr_store::{Store, sql};
use scr_threats::{Collection, Founding, Members, Rules, Sector, Step};
use scr_web::{App, Desk as _, Gate, LoginInfo, WebConfig, router};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use tower::ServiceExt as _;

pub(crate) const SIGNS: &str = "5c0ffee0-0000-4000-8000-000000000001";
pub(crate) const SOURCES: &str = "/api/v1/threats/sources";
pub(crate) const GREEN: &str = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
pub(crate) const CLEAR: &str = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487";
pub(crate) const MEDIA: &str = "application/taxii+json;version=2.1";

/// `manager!alpha`: a role in an organisation.
struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let (role, org) = token.split_once('!')?;
        let actor = Actor { role: Role::parse(role)?, ..actor(org) };
        Some(LoginInfo { actor, name: role.to_owned(), organisation: org.to_owned() })
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }
}

pub(crate) fn actor(org: &str) -> Actor {
    let person = PersonId::new(format!("somebody-{org}")).unwrap();
    Actor { person, org: OrgId::new(org).unwrap(), role: Role::Manager, place: None }
}

fn org(id: &str) -> OrgId {
    OrgId::new(id).unwrap()
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) store: Store,
    runtime: tokio::runtime::Runtime,
    pub(crate) folder: tempfile::TempDir,
}

impl Site {
    /// May ask machines that are not on the public internet, as tests must.
    pub(crate) fn new() -> Self {
        Self::with(WebConfig { private_partners: true, ..WebConfig::default() })
    }

    pub(crate) fn with(config: WebConfig) -> Self {
        Self::over(config, None)
    }

    /// With its operational tables in another database.
    pub(crate) fn over(config: WebConfig, tables: Option<Store>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let test = TestEngine::new(folder.path(), ThreatsDesk.kinds(), ThreatsDesk.views()).unwrap();
        let clock = Arc::clone(&test.clock);
        let engine = Arc::into_inner(test.engine).unwrap();
        let app = App::new(engine, Arc::new(ByName), config, &[&ThreatsDesk]).unwrap();
        let own = || Store::open_sqlite(&folder.path().join("record.db")).unwrap();
        let store = tables.unwrap_or_else(own);
        app.use_store(store.clone(), &[&ThreatsDesk]).unwrap();
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let site = Self { app, clock, store, runtime, folder };
        site.found();
        site
    }

    fn found(&self) {
        let founding = Founding {
            name: "Lindenland".to_owned(),
            rules: Rules { text: "We share.".to_owned(), unmarked: Tlp::Green, more_than_percent: 50 },
            founders: ["alpha", "beta", "gamma"].map(|id| (org(id), Sector::Other)).into(),
            collections: vec![Collection {
                id: SIGNS.to_owned(),
                title: "Signs".to_owned(),
                description: String::new(),
                alias: Some("signs".to_owned()),
                readers: Members::All,
                writers: Members::These(vec![org("alpha"), org("beta")]),
                circle: vec![org("beta")],
                is_public: false,
                is_closed: false,
            }],
        };
        acts::found(&self.app.engine, &actor("alpha"), "linden", &founding).unwrap();
        for id in ["beta", "gamma"] {
            acts::step(&self.app.engine, &actor(id), "linden", &Step::Join).unwrap();
        }
    }

    /// A call of a program.
    pub(crate) fn call(&self, who: &str, path: &str, body: Option<&Value>) -> (StatusCode, Value) {
        let method = if body.is_some() { "POST" } else { "GET" };
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::AUTHORIZATION, format!("Bearer {who}"));
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let (status, bytes) = self.runtime.block_on(async {
            let response =
                router(&self.app, &[&ThreatsDesk]).oneshot(request.body(body).unwrap()).await.unwrap();
            (response.status(), to_bytes(response.into_body(), 64 << 20).await.unwrap())
        });
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }

    /// A page, or with fields a form: status, where it leads, and what it says.
    pub(crate) fn page(
        &self,
        who: &str,
        path: &str,
        fields: Option<&[(&str, &str)]>,
    ) -> (StatusCode, String, String) {
        let request = Request::builder().uri(path).header(header::COOKIE, format!("scr_login={who}"));
        let token = scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex();
        let request = match fields {
            None => request.body(Body::empty()),
            Some(fields) => {
                let mut all = vec![("csrf", token.as_str())];
                all.extend_from_slice(fields);
                let body = serde_urlencoded::to_string(all).unwrap();
                let form = "application/x-www-form-urlencoded";
                request.method("POST").header(header::CONTENT_TYPE, form).body(Body::from(body))
            }
        };
        self.runtime.block_on(async {
            let response = router(&self.app, &[&ThreatsDesk]).oneshot(request.unwrap()).await.unwrap();
            let (parts, body) = response.into_parts();
            let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
            let body = String::from_utf8(to_bytes(body, 1 << 24).await.unwrap().to_vec()).unwrap();
            let unsaid = ["[partners-", "[threats-", "[error-"].iter().find(|key| body.contains(*key));
            assert!(unsaid.is_none() && !body.contains("style=\""), "{unsaid:?} {body}");
            (parts.status, to, body)
        })
    }

    /// A call that goes well.
    pub(crate) fn done(&self, path: &str, body: &Value) -> Value {
        let (status, value) = self.call("manager!alpha", path, Some(body));
        assert!(status.is_success(), "{path}: {status} {value}");
        value
    }

    /// Sets a source up that goes into the collection, at least GREEN; its id.
    pub(crate) fn source(&self, kind: &str, address: &str) -> String {
        self.source_with(&json!({"kind": kind, "address": address}), "TLP:GREEN")
    }

    pub(crate) fn source_with(&self, new: &Value, at_least: &str) -> String {
        let id = self.done(SOURCES, new)["id"].as_str().unwrap().to_owned();
        let to = json!({"community": "linden", "collection": "signs", "at_least": at_least, "every_seconds": 3600});
        self.done(&format!("{SOURCES}/{id}"), &json!({"to": to}));
        id
    }

    pub(crate) fn state(&self, id: &str) -> Value {
        let (status, value) = self.call("clerk!alpha", &format!("{SOURCES}/{id}"), None);
        assert_eq!(status, StatusCode::OK, "{value}");
        value
    }

    /// Lets its next poll come, and says how it went.
    pub(crate) fn poll(&self, id: &str) -> Value {
        let (_, before) = self.call("manager!alpha", &format!("{SOURCES}/{id}"), None);
        self.clock.advance(8 * 24 * 3600);
        assert_eq!(partners::poll_due(&self.app).unwrap(), 1, "{before}");
        self.state(id)
    }

    /// What one poll took, knew and refused.
    pub(crate) fn counts(&self, id: &str) -> [u64; 3] {
        let state = self.poll(id);
        assert!(state["trouble"].is_null(), "{state}");
        ["taken", "known", "refused"].map(|name| state["last"][name].as_u64().unwrap())
    }

    /// Why a poll failed.
    pub(crate) fn trouble(&self, id: &str) -> String {
        let state = self.poll(id);
        state["trouble"]["code"].as_str().unwrap_or("none").to_owned()
    }

    /// The objects of the collection, as its member finds them, byte for byte.
    pub(crate) fn objects(&self, who: &str) -> Vec<String> {
        close_batch(&self.app).unwrap();
        let (mut all, mut next) = (Vec::new(), String::new());
        loop {
            let path = format!("/taxii2/linden/collections/{SIGNS}/objects/?match[version]=all{next}");
            let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer manager!{who}"));
            let bytes = self.runtime.block_on(async {
                let request = request.body(Body::empty()).unwrap();
                let response = router(&self.app, &[&ThreatsDesk]).oneshot(request).await.unwrap();
                assert_eq!(response.status(), StatusCode::OK);
                to_bytes(response.into_body(), 64 << 20).await.unwrap()
            });
            let page = scr_stix::read_envelope(&bytes[..], &scr_stix::Limits::default(), &mut |_, object| {
                all.push(object.unwrap().raw().to_owned());
                std::ops::ControlFlow::Continue(())
            });
            match page.unwrap().next {
                Some(cursor) => next = format!("&next={}", scr_web::in_address(&cursor)),
                None => return all,
            }
        }
    }

    pub(crate) fn share(&self, who: &str, objects: &[String]) {
        let new = Share { community: "linden", collection: "signs", audience: None, objects };
        Exchange::of(&self.app).share(&actor(who), &new).unwrap();
    }

    /// Serves this site to others; its address.
    pub(crate) fn serve(&self) -> String {
        let listener = self.runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let router = router(&self.app, &[&ThreatsDesk]);
        self.runtime.spawn(async move { axum::serve(listener, router.into_make_service()).await });
        address
    }

    /// Forgets how far a source was read, as if the server had died before it could write it down.
    pub(crate) fn forget(&self, id: &str) {
        self.store.execute(&sql!("UPDATE threats_source SET place = '{}' WHERE id = $1", id)).unwrap();
    }
}

/// What another server is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) head: String,
}

impl Asked {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Another server, made of a function that writes its answers.
pub(crate) struct Other {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Other {
    pub(crate) fn new(answer: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
        let (answer, kept) = (Arc::new(answer), Arc::clone(&asked));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, kept) = (Arc::clone(&answer), Arc::clone(&kept));
                std::thread::spawn(move || serve(stream, &*answer, &kept));
            }
        });
        Self { address, asked }
    }

    /// The address of its only collection.
    pub(crate) fn collection(&self) -> String {
        format!("{}/root/collections/{SIGNS}/", self.address)
    }

    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, answer: &dyn Fn(&Asked, &mut TcpStream), kept: &Mutex<Vec<Asked>>) {
    let mut head = String::new();
    let mut lines = BufReader::new(stream.try_clone().unwrap());
    while lines.read_line(&mut head).is_ok_and(|count| count > 2) {}
    let target = head.split(' ').nth(1).unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let query = serde_urlencoded::from_str(query).unwrap_or_default();
    let asked = Asked { path: path.to_owned(), query, head: head.clone() };
    kept.lock().unwrap().push(asked.clone());
    answer(&asked, &mut stream);
    drop(stream.shutdown(std::net::Shutdown::Write));
}

/// Answers with these headers and this body.
pub(crate) fn say(stream: &mut TcpStream, status: u16, headers: &[(&str, &str)], body: &str) {
    let lines: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let head =
        format!("HTTP/1.1 {status} X\r\n{lines}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    drop(stream.write_all(format!("{head}{body}").as_bytes()));
}

/// Answers with an envelope, and with when its last object was added.
pub(crate) fn envelope(stream: &mut TcpStream, last: Option<&str>, body: &str) {
    let mut headers = vec![("Content-Type", MEDIA)];
    headers.extend(last.map(|last| ("X-TAXII-Date-Added-Last", last)));
    say(stream, 200, &headers, body);
}

/// An indicator with an id of this number, with these marking definitions.
pub(crate) fn indicator(number: u32, marking: &str) -> String {
    format!(
        r#"{{"type": "indicator","spec_version":"2.1", "id":"{}","created":"2026-11-01T08:00:00.540190Z","modified":"2026-11-01T08:00:00.54019Z","name":"sign \u00e9 {number}","pattern":"[domain-name:value = 'a{number}.example']","pattern_type":"stix","valid_from":"2026-11-01T08:00:00Z","x_score":1.50,"object_marking_refs":["{marking}"]}}"#,
        indicator_id(number)
    )
}

pub(crate) fn indicator_id(number: u32) -> String {
    format!("indicator--7d3a0000-0000-4000-8000-{number:012}")
}

/// A moment after which objects of this number are added.
pub(crate) fn moment(number: u32) -> String {
    format!("2026-11-01T08:{:02}:{:02}.{:06}Z", number / 60_000, number / 1_000 % 60, number % 1_000 * 1_000)
}
