//! A site with the desk of response, and people who carry playbooks out on its pages.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use scr_canon::sha256;
use scr_core::{Actor, Clock, FixedClock, OrgId, PersonId, Role, SeededEntropy};
use scr_desk_response::ResponseDesk;
use scr_desk_response::library::{self, NewPlaybook};
use scr_desk_response::runs::Source;
use scr_desk_response::runs::acts::{self, Deed, NewRun, Person};
use scr_desk_response::runs::data::Assigned;
use scr_engine::testing::NOW;
use scr_engine::{Engine, FieldSpec, FieldType, Installation, KindSpec, NewEvent};
use scr_playbooks::run::Place;
use scr_playbooks::starters::STARTERS;
use scr_playbooks::{Limits, Playbook};
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tower::ServiceExt as _;

/// What the desk for alerts records of a drill, word for word.
static DRILL_BEGUN: KindSpec = KindSpec {
    name: "alerts.drill.begun/1",
    public: &[
        FieldSpec::new("drill", FieldType::Code(64)),
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::new("wall", FieldType::Count),
        FieldSpec::new("run", FieldType::Count),
        FieldSpec::new("rate", FieldType::Count),
    ],
    private: &[],
};

static DRILL_ENDED: KindSpec = KindSpec {
    name: "alerts.drill.ended/1",
    public: &[FieldSpec::new("drill", FieldType::Code(64))],
    private: &[],
};

/// `manager-mary`: role and person; `manager-eve!other`: of another organisation.
pub(crate) fn actor(who: &str) -> Actor {
    let (name, org) = who.split_once('!').unwrap_or((who, "emb"));
    Actor {
        person: PersonId::new(name).unwrap(),
        org: OrgId::new(org).unwrap(),
        role: Role::parse(name.split('-').next().unwrap()).unwrap(),
        place: None,
    }
}

struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        Role::parse(token.split('-').next()?)?;
        let name = token.split(['-', '!']).nth(1).unwrap_or(token);
        Some(LoginInfo { actor: actor(token), name: capital(name), organisation: "emb".to_owned() })
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }
}

fn capital(name: &str) -> String {
    name.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default() + &name[1..]
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    _folder: Option<tempfile::TempDir>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
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

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

fn kinds(more: &[KindSpec]) -> Vec<KindSpec> {
    let mut kinds = ResponseDesk.kinds().to_vec();
    kinds.extend([DRILL_BEGUN, DRILL_ENDED]);
    kinds.extend(more);
    kinds
}

/// A site in a folder that holds an earlier one, or nothing.
pub(crate) fn site_in(folder: &Path, config: WebConfig) -> Site {
    site_at(folder, config, NOW)
}

/// The same at another time. Randomness is another each time, as it is after a restart.
pub(crate) fn site_at(folder: &Path, config: WebConfig, now: i64) -> Site {
    site_made(folder, config, now, &[])
}

fn site_made(folder: &Path, config: WebConfig, now: i64, more: &[KindSpec]) -> Site {
    static STARTS: AtomicU64 = AtomicU64::new(1);
    let entropy = Arc::new(SeededEntropy::new(STARTS.fetch_add(1, Ordering::SeqCst)));
    let clock = Arc::new(FixedClock::at(now));
    let installation = if Installation::exists(folder) {
        Installation::find(folder)
    } else {
        Installation::create(folder, "log.test.example/2026", &*entropy)
    };
    let shared: Arc<dyn Clock> = Arc::clone(&clock) as _;
    let parts = installation.unwrap().open(None, Duration::from_millis(20), shared, entropy).unwrap();
    let engine = Engine::open(parts, folder, &kinds(more), ResponseDesk.views()).unwrap();
    let (size, _) = engine.progress();
    assert!(engine.wait_for(size, Duration::from_secs(20)));
    let app = App::new(engine, Arc::new(ByName), config, &[&ResponseDesk]).unwrap();
    Site { app, clock, _folder: None }
}

pub(crate) fn site_with(config: WebConfig) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let site = site_in(folder.path(), config);
    Site { _folder: Some(folder), ..site }
}

pub(crate) fn site() -> Site {
    site_with(WebConfig::default())
}

/// A site at which other desks record these too.
pub(crate) fn site_of(more: &[KindSpec]) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let site = site_made(folder.path(), WebConfig::default(), NOW, more);
    Site { _folder: Some(folder), ..site }
}

/// A playbook for which every role is anybody's who works for `emb`.
pub(crate) fn new_run(bytes: &[u8]) -> NewRun {
    let playbook = Playbook::read(bytes, &Limits::default()).unwrap();
    let plan = scr_playbooks::Plan::of(&playbook, &Limits::default()).unwrap();
    let anybody = Assigned { org: "emb".to_owned(), desk: None };
    NewRun {
        source: Source { bytes: bytes.to_vec(), is_in_force: true },
        drill: None,
        election: None,
        occasion: "A key was found where it does not belong".to_owned(),
        is_public: false,
        roles: plan.agents.iter().map(|agent| (agent.role.clone(), anybody.clone())).collect(),
        variables: BTreeMap::new(),
        parent: None,
    }
}

/// The code of a refusal.
pub(crate) fn code<T: std::fmt::Debug>(result: Result<T, scr_engine::ActError>) -> String {
    match result {
        Err(scr_engine::ActError::Refused(refusal)) => refusal.code,
        other => panic!("{other:?} is no refusal"),
    }
}

impl Site {
    pub(crate) fn start(&self, who: &str, new: &NewRun) -> Result<String, scr_engine::ActError> {
        let person = actor(who);
        acts::start(&self.app.engine, Person { actor: &person, name: who }, new).map(|(run, _)| run)
    }

    pub(crate) fn act(&self, who: &str, run: &str, deed: &Deed) -> Result<(), scr_engine::ActError> {
        let person = actor(who);
        acts::act(&self.app.engine, Person { actor: &person, name: who }, run, deed).map(|_| ())
    }

    pub(crate) fn take(&self, who: &str, run: &str, place: &str) {
        let place = place.parse().unwrap();
        self.act(who, run, &Deed::Take { place, over: false }).unwrap();
    }

    /// Hands a step in, with a note and a file.
    pub(crate) fn done(
        &self,
        who: &str,
        run: &str,
        place: &str,
        outputs: &[(&str, &str)],
    ) -> Result<(), scr_engine::ActError> {
        let outputs = outputs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (place, note) = (place.parse().unwrap(), "all of it".to_owned());
        self.act(who, run, &Deed::Done { place, note, file: Some(b"a picture".to_vec()), outputs })
    }

    pub(crate) fn sign(&self, who: &str, run: &str, place: &str) -> Result<(), scr_engine::ActError> {
        self.act(who, run, &Deed::Countersign { place: place.parse().unwrap() })
    }

    /// Places that wait, with their states, as the API tells them.
    pub(crate) async fn waits(&self, who: &str, run: &str) -> Vec<(String, String)> {
        let found = self.api(who, &format!("/api/v1/response/runs/{run}")).await.json();
        let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
        found["todo"].as_array().unwrap().iter().map(|one| (text(one, "place"), text(one, "state"))).collect()
    }

    /// The only place that waits.
    pub(crate) async fn place(&self, who: &str, run: &str) -> String {
        let waits = self.waits(who, run).await;
        assert_eq!(waits.len(), 1, "{waits:?}");
        waits[0].0.clone()
    }

    /// Puts a starter into force: one person imports it, another adopts it. Answers with its code.
    pub(crate) fn adopt(&self, name: &str) -> String {
        let starter = STARTERS.iter().find(|starter| starter.name == name).unwrap();
        let (mary, sam) = (actor("manager-mary"), actor("supervisor-sam"));
        let bytes = starter.text.as_bytes();
        let new = NewPlaybook { bytes, code: None, reason: None, is_starter: true };
        let imported = library::import(&self.app.engine, &mary, &new).unwrap();
        let what = (imported.code.as_str(), imported.version);
        library::adopt(&self.app.engine, &sam, what, &sha256(bytes)).unwrap();
        imported.code
    }

    /// A drill as the desk for alerts records it; its clock shows `run` now, and goes `rate` times as fast.
    pub(crate) fn drill(&self, code: &str, rate: u32) {
        let person = actor("manager-mary");
        let now = self.app.clock.now_ms();
        self.app
            .engine
            .record(&person, &|_, _| {
                let public = json!({"drill": code, "election": "e", "title": "Spring drill", "wall": now,
                    "run": now, "rate": rate});
                Ok(vec![NewEvent::about(&DRILL_BEGUN, format!("drill:{code}"), public)])
            })
            .unwrap();
    }

    pub(crate) fn end_drill(&self, code: &str) {
        let event = NewEvent::about(&DRILL_ENDED, format!("drill:{code}"), json!({"drill": code}));
        self.app.engine.record(&actor("manager-mary"), &|_, _| Ok(vec![event.clone()])).unwrap();
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&ResponseDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let to = parts.headers.get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = String::from_utf8_lossy(&to_bytes(body, 1 << 24).await.unwrap()).into_owned();
        assert!(
            !body.contains("[runs-") && !body.contains("[severity-") && !body.contains("style=\""),
            "{body}"
        );
        Answer { status: parts.status, headers: parts.headers, to, body }
    }

    /// Nobody is signed in where `who` is empty.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn api(&self, who: &str, path: &str) -> Answer {
        let bearer = format!("Bearer {who}");
        self.send(Request::get(path).header(header::AUTHORIZATION, bearer).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn call(&self, who: &str, path: &str, body: Value) -> Answer {
        let request = Request::post(path).header(header::AUTHORIZATION, format!("Bearer {who}"));
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = token(who);
        let mut form = vec![("csrf", token.as_str())];
        form.extend(fields);
        let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let body: Vec<String> =
            form.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    /// A form with a file, as browsers send it.
    pub(crate) async fn upload(&self, who: &str, path: &str, fields: &[(&str, &str)], file: &[u8]) -> Answer {
        let mut body = Vec::new();
        let token = token(who);
        let all = std::iter::once(("csrf", token.as_str())).chain(fields.iter().copied());
        for (name, value) in all {
            let head = format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.into_bytes());
        }
        body.extend(b"--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--X--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, format!("scr_login={who}"))
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=X");
        self.send(request.body(Body::from(body)).unwrap()).await
    }
}

fn token(who: &str) -> String {
    sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex()
}

/// A place in words.
pub(crate) fn at(text: &str) -> Place {
    text.parse().unwrap()
}
