//! A site with an election of twelve polling stations, and alerts that were released without anybody's pages.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use scr_alerts::acks::Step;
use scr_alerts::strips::strip_code;
use scr_alerts::{AlertText, Audience, Kind, Reference, Severity, StationSecret, Status, Wording};
use scr_core::{Actor, Clock as _, FixedClock, Role, SeededEntropy};
use scr_desk_alerts::network::{self, NewNetwork};
use scr_desk_alerts::{AlertsDesk, issued, know};
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{Engine, Installation, KindSpec, NewEvent};
use scr_jobs::{Ended, Jobs, Work, Worker};
use scr_store::Store;
use scr_testing::ELECTION_CREATED;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tower::ServiceExt as _;

pub(crate) const AREAS: &str = "code,name,parent,stations,voters
EX,Exampleland,,12,12000
EX-N,North,EX,8,8000
EX-N1,Northtown,EX-N,5,5000
EX-N2,Northville,EX-N,3,3000
EX-S,South,EX,4,4000
EX-S1,Southport,EX-S,4,4000
";

pub(crate) fn stations() -> String {
    let mut text = "number,area,voters,unit,name\n".to_owned();
    for (first, count, area) in [(1, 5, "EX-N1"), (11, 3, "EX-N2"), (21, 4, "EX-S1")] {
        for number in first..first + count {
            text.push_str(&format!("{number},{area},{},U{number},School {number}\n", 900 + number * 10));
        }
    }
    text
}

/// Whose cookie's value is the role; `clerk` and `supervisor` are two persons. `manager!party` is one of another organisation,
/// `clerk@EX-N1` one for a part of the country.
struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let (name, place) = token.split_once('@').map_or((token, None), |(name, place)| (name, Some(place)));
        let (role, org) = name.split_once('!').map_or((name, None), |(role, org)| (role, Some(org)));
        let mut actor = TestEngine::actor(Role::parse(role)?);
        actor.place = place.map(str::to_owned);
        if let Some(org) = org {
            actor.org = scr_core::OrgId::new(org).ok()?;
        }
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "emb".to_owned() })
    }

    fn bearer(&self, token: &str) -> Option<LoginInfo> {
        self.login(token)
    }
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) folder: tempfile::TempDir,
    /// Made once, as a server does.
    works: Vec<Arc<dyn Work>>,
    pub(crate) store: Store,
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

    /// As somebody reads it.
    pub(crate) fn plain(&self) -> String {
        let named = [("&#34;", "\""), ("&#39;", "'"), ("&#60;", "<"), ("&#62;", ">"), ("&#38;", "&")];
        let text = named.iter().fold(self.body.clone(), |text, (from, to)| text.replace(from, to));
        text.replace("<bdi>", "").replace("</bdi>", "").replace(['\u{2068}', '\u{2069}'], "")
    }
}

pub(crate) fn kinds() -> Vec<KindSpec> {
    [AlertsDesk.kinds(), &[ELECTION_CREATED]].concat()
}

fn kind(name: &str) -> &'static KindSpec {
    AlertsDesk.kinds().iter().find(|kind| kind.name == name).unwrap()
}

/// As `TestEngine`, with a clock that goes on after a restart and other randomness each time.
fn open(folder: tempfile::TempDir, at: i64) -> Site {
    static OPENED: AtomicU64 = AtomicU64::new(0);
    let entropy = Arc::new(SeededEntropy::new(OPENED.fetch_add(1, Ordering::Relaxed)));
    let clock = Arc::new(FixedClock::at(at));
    let installation = if Installation::exists(folder.path()) {
        Installation::find(folder.path())
    } else {
        Installation::create(folder.path(), "log.test.example/2026", &*entropy)
    };
    let same: Arc<dyn scr_core::Clock> = Arc::clone(&clock) as _;
    let parts = installation
        .unwrap()
        .open(scr_testing::tables().as_deref(), Duration::from_millis(20), same, entropy)
        .unwrap();
    let engine = Engine::open(parts, folder.path(), &kinds(), AlertsDesk.views()).unwrap();
    let config = WebConfig { batch_seconds: 2, ..WebConfig::default() };
    let app = App::new(engine, Arc::new(ByName), config, &[&AlertsDesk]).unwrap();
    let file = folder.path().join("record.db");
    let store = scr_testing::tables()
        .map_or_else(|| Store::open_sqlite(&file).unwrap(), |url| Store::open_postgres(&url).unwrap());
    app.use_store(store.clone(), &[&AlertsDesk]).unwrap();
    let works = AlertsDesk.works(&app);
    Site { app, clock, folder, works, store }
}

impl Site {
    /// The same record as whoever has no operational tables reads it.
    pub(crate) fn without_tables(self) -> (Arc<App>, tempfile::TempDir) {
        let Self { app, folder, .. } = self;
        drop(app);
        let test = TestEngine::new(folder.path(), &kinds(), AlertsDesk.views()).unwrap();
        let engine = Arc::into_inner(test.engine).unwrap();
        let app = App::new(engine, Arc::new(ByName), WebConfig::default(), &[&AlertsDesk]).unwrap();
        (app, folder)
    }
}

/// An election with twelve stations.
pub(crate) fn site() -> Site {
    let site = bare();
    site.import(AREAS, &stations(), None);
    site
}

/// An election without areas and stations.
pub(crate) fn bare() -> Site {
    let site = open(tempfile::tempdir().unwrap(), NOW);
    let public = json!({"election": "ex-2026", "title": "General election", "day": "2026-12-05", "zone": "Europe/Paris"});
    site.record(&NewEvent::about(&ELECTION_CREATED, "election:ex-2026", public));
    site
}

pub(crate) fn manager() -> Actor {
    TestEngine::actor(Role::Manager)
}

pub(crate) fn manager_of(org: &str) -> Actor {
    Actor { org: scr_core::OrgId::new(org).unwrap(), ..manager() }
}

/// What a new alert is like.
#[derive(Clone)]
pub(crate) struct New<'a> {
    pub(crate) number: u16,
    pub(crate) status: Status,
    pub(crate) kind: Kind,
    pub(crate) areas: &'a [&'a str],
    pub(crate) goal: &'a str,
    pub(crate) minutes: u32,
    pub(crate) names: Option<(u64, scr_canon::Hash32)>,
    pub(crate) drill: Option<&'a str>,
    pub(crate) election: &'a str,
    pub(crate) org: &'a str,
}

impl Default for New<'_> {
    fn default() -> Self {
        Self {
            number: 1,
            status: Status::Actual,
            kind: Kind::Alert,
            areas: &["EX"],
            goal: "read",
            minutes: 120,
            names: None,
            drill: None,
            election: "ex-2026",
            org: "emb",
        }
    }
}

/// A released alert.
#[derive(Debug, Clone)]
pub(crate) struct Released {
    pub(crate) index: u64,
    pub(crate) id: String,
    pub(crate) leaf: scr_canon::Hash32,
    pub(crate) status: Status,
    pub(crate) number: u16,
}

impl Released {
    pub(crate) fn desk(&self, rest: &str) -> String {
        format!("/desk/alerts/{}{rest}", self.id)
    }

    /// Its page for everybody.
    pub(crate) fn public(&self) -> String {
        format!("/alerts/{}", self.id)
    }
}

pub(crate) const INSTRUCTION: &str = "Keep the printed list of voters at hand and use it.";

fn words() -> Value {
    json!({
        "en": {"official": {"headline": "Do not use the electronic list of voters", "description": "It shows wrong names.", "instruction": INSTRUCTION}},
        "fr": {"official": {"headline": "N’utilisez pas la liste électorale électronique", "description": "", "instruction": "Gardez la liste imprimée sous la main et utilisez-la."}},
    })
}

impl Site {
    pub(crate) fn record(&self, event: &NewEvent) -> u64 {
        self.record_for("emb", event)
    }

    fn record_for(&self, org: &str, event: &NewEvent) -> u64 {
        self.app
            .engine
            .record(&manager_of(org), &|_, _| Ok(vec![event.clone()]))
            .unwrap()
            .last()
            .unwrap()
            .index
    }

    /// Another election with twelve stations, whose numbers are the same.
    pub(crate) fn election(&self, election: &str, org: &str) {
        let public = json!({"election": election, "title": "Another election", "day": "2026-12-06", "zone": "Europe/Paris"});
        let event = NewEvent::about(&ELECTION_CREATED, format!("election:{election}"), public);
        let index = self.record_for(org, &event);
        assert!(self.app.engine.wait_for(index + 1, Duration::from_secs(10)));
        let new = NewNetwork { election, areas: AREAS, stations: &stations(), reason: None };
        network::import(&self.app.engine, &manager_of(org), &new).unwrap();
    }

    pub(crate) fn strip_in(&self, election: &str, alert: &Released, station: u32, step: Step) -> String {
        let secret = network::secrets::of(&self.app, election).unwrap().station(station).unwrap();
        strip_code(&secret, alert.status, alert.number, step)
    }

    pub(crate) fn import(&self, areas: &str, stations: &str, reason: Option<&str>) {
        let new = NewNetwork { election: "ex-2026", areas, stations, reason };
        network::import(&self.app.engine, &manager(), &new).unwrap();
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.now().cast_unsigned()
    }

    /// The release of an alert as the desk that writes them records it, and its id.
    fn issued(&self, new: &New<'_>) -> (String, NewEvent) {
        let wording = |language: &str, headline: &str| Wording {
            language: language.to_owned(),
            headline: headline.to_owned(),
            instruction: "Use the printed list.".to_owned(),
        };
        let text = AlertText {
            number: new.number,
            kind: new.kind,
            status: new.status,
            severity: Severity::Severe,
            audience: Audience::Station,
            sent: self.now(),
            effective_after: 0,
            expires_after: new.minutes * 60,
            references: new
                .names
                .map(|(index, leaf)| Reference { index, leaf: leaf.0[..8].try_into().unwrap() })
                .into_iter()
                .collect(),
            areas: new.areas.iter().map(|area| (*area).to_owned()).collect(),
            wordings: vec![wording("en", "Electronic list of voters"), wording("fr", "Liste électronique")],
        };
        let mut content = json!({
            "category": "Security", "event": "voter-list", "urgency": "Immediate", "certainty": "Observed",
            "goal": new.goal, "words": words(),
        });
        if let Some(drill) = new.drill {
            content["drill"] = json!(drill);
        }
        let content: issued::Content = serde_json::from_value(content).unwrap();
        let object = self.app.engine.objects().put(&scr_canon::to_canonical(&content).unwrap()).unwrap();
        let id = format!("{:?}-{}", new.status, new.number).to_lowercase();
        let public = json!({"alert": scr_canon::b64(&text.to_bytes().unwrap()), "object": object});
        let id = if new.election == "ex-2026" { id } else { format!("{}-{id}", new.election) };
        let event = NewEvent::about(kind("alerts.alert.issued/1"), format!("alert:{id}"), public)
            .also(format!("election:{}", new.election));
        (id, event)
    }

    /// Releases so many, with numbers from that of `new` on.
    pub(crate) fn release_many(&self, new: &New<'_>, count: u16) {
        let all: Vec<NewEvent> =
            (0..count).map(|more| self.issued(&New { number: new.number + more, ..new.clone() }).1).collect();
        for some in all.chunks(50) {
            let receipts = self.app.engine.record(&manager_of(new.org), &|_, _| Ok(some.to_vec())).unwrap();
            let last = receipts.last().unwrap().index;
            assert!(self.app.engine.wait_for(last + 1, Duration::from_secs(20)));
        }
    }

    /// Releases an alert.
    pub(crate) fn release(&self, new: &New<'_>) -> Released {
        let (id, event) = self.issued(new);
        let index = self.record_for(new.org, &event);
        let found = self.app.engine.read(|views| issued::at(views, index)).unwrap().unwrap();
        Released { index, id, leaf: found.leaf, status: new.status, number: new.number }
    }

    /// Begins a drill whose clock shows the wall's time and goes `rate` times as fast.
    pub(crate) fn drill(&self, code: &str, rate: u32) {
        let now = self.clock.now_ms();
        let public = json!({"drill": code, "election": "ex-2026", "title": "Autumn drill", "wall": now, "run": now, "rate": rate});
        self.record(&NewEvent::about(kind("alerts.drill.begun/1"), format!("drill:{code}"), public));
    }

    pub(crate) fn secret(&self, station: u32) -> StationSecret {
        network::secrets::of(&self.app, "ex-2026").unwrap().station(station).unwrap()
    }

    pub(crate) fn strip(&self, alert: &Released, station: u32, step: Step) -> String {
        strip_code(&self.secret(station), alert.status, alert.number, step)
    }

    pub(crate) fn link(&self, alert: &Released, station: u32) -> String {
        know::link_of(&self.app, alert.index, station).unwrap().unwrap()
    }

    /// Stations that have come at least to each step.
    pub(crate) fn reached(&self, alert: &Released) -> [u64; 5] {
        know::totals(&self.app, alert.index).unwrap().unwrap().reached
    }

    /// Does everything that is due in the background.
    pub(crate) fn work(&self) {
        let clock: Arc<dyn scr_core::Clock> = Arc::clone(&self.clock) as _;
        let jobs = Jobs::open(self.store.clone(), Arc::clone(&clock), Arc::clone(&self.app.entropy)).unwrap();
        let worker = Worker::new(jobs, self.works.clone(), clock);
        worker.ask_for_recurring().unwrap();
        loop {
            match worker.run_once().unwrap() {
                Ended::Nothing => return,
                Ended::Done => {}
                other => panic!("{other:?}"),
            }
        }
    }

    /// Everything that is in memory is gone.
    pub(crate) fn restart(self) -> Self {
        let Self { app, clock, folder, .. } = self;
        let at = clock.now();
        drop(app);
        open(folder, at)
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = router(&self.app, &[&AlertsDesk]).oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8_lossy(&to_bytes(body, 1 << 28).await.unwrap()).into_owned();
        assert!(
            !body.contains("[know-") && !body.contains("[error-") && !body.contains("style=\""),
            "{body}"
        );
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// Nobody is signed in where `who` is empty.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Answer {
        let cookie = format!("scr_login={who}");
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    /// Posts a form with its token.
    pub(crate) async fn post(&self, who: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = scr_canon::sha256(format!("scrutineer form v1\n{who}").as_bytes()).to_hex();
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

    /// What a station says by its link: no cookie, no login.
    pub(crate) async fn say(&self, path: &str, form: &str) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    pub(crate) async fn command(&self, who: &str, path: &str, body: Value) -> Answer {
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Bearer {who}"))
            .header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
}

impl Site {
    /// Records what waits, on this thread and at this moment, as a node does whose turn it is.
    pub(crate) fn work_at_once(&self) {
        let clock: Arc<dyn scr_core::Clock> = Arc::clone(&self.clock) as _;
        let jobs = Jobs::open(self.store.clone(), Arc::clone(&clock), Arc::clone(&self.app.entropy)).unwrap();
        // After a restart the same randomness comes again.
        static ASKED: AtomicU64 = AtomicU64::new(0);
        let key = format!("at once {}", ASKED.fetch_add(1, Ordering::Relaxed));
        let new = scr_jobs::NewJob {
            kind: "alerts.acks".to_owned(),
            key,
            owner: String::new(),
            input: String::new(),
            max_attempts: 3,
        };
        jobs.enqueue(&new).unwrap();
        let worker = Worker::new(jobs.clone(), self.works.clone(), clock);
        loop {
            match worker.run_once().unwrap() {
                Ended::Nothing => return,
                Ended::Done => {}
                other => panic!("{other:?}: {:?}", jobs.of("", 3)),
            }
        }
    }
}
