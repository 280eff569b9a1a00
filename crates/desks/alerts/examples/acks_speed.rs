//! How fast acknowledgements are taken in durably while the countdown page is read: links posted over loopback with
//! connections that stay open, 100,000 polling stations, everything in one process with its own clients.
//!
//! ```text
//! cargo run --release -p scr-desk-alerts --example acks_speed -- [per second] [seconds]
//! ```

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement stops at what it does not expect"
)]

use scr_core::{Actor, Role, SystemClock, SystemEntropy};
use scr_desk_alerts::network::{self, NewNetwork};
use scr_desk_alerts::{AlertsDesk, issued, know};
use scr_engine::testing::TestEngine;
use scr_engine::{Engine, FieldSpec, FieldType, Installation, KindSpec, NewEvent};
use scr_jobs::{Jobs, Worker};
use scr_store::Store;
use scr_web::{App, Desk, Gate, LoginInfo, ServeLimits, WebConfig, router, serve};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const STATIONS: u32 = 100_000;
const CONNECTIONS: u32 = 250;

const ELECTION: KindSpec = KindSpec {
    name: "elections.election.created/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("title", FieldType::Name(200)),
        FieldSpec::new("day", FieldType::Code(10)),
        FieldSpec::new("zone", FieldType::Code(64)),
    ],
    private: &[],
};

struct ByName;

impl Gate for ByName {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = TestEngine::actor(Role::parse(token)?);
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "emb".to_owned() })
    }
}

fn manager() -> Actor {
    TestEngine::actor(Role::Manager)
}

/// The nation, 16 regions, 400 municipalities, 250 stations in each.
fn lists() -> (String, String) {
    let mut areas =
        format!("code,name,parent,stations,voters\nEX,Exampleland,,{STATIONS},{}\n", STATIONS * 1_000);
    let mut stations = "number,area,voters,unit,name,latitude,longitude\n".to_owned();
    for region in 0..16 {
        areas.push_str(&format!("EX-{region:02},Region {region},EX,6250,6250000\n"));
    }
    for town in 0..400 {
        let region = town / 25;
        areas.push_str(&format!("EX-{region:02}-{town:03},Town {town},EX-{region:02},250,250000\n"));
    }
    for number in 0..STATIONS {
        let town = number / 250;
        // Towns on a grid of twenty by twenty, their stations around the middle: the map has to put them together.
        let (north, east) = (44.0 + f64::from(town / 20) * 0.4, f64::from(town % 20) * 0.6);
        let (angle, away) = (f64::from(number % 250) * 2.4, f64::from(number % 250).sqrt() * 0.02);
        stations.push_str(&format!(
            "{number},EX-{:02}-{town:03},1000,U{number},Station {number},{:.6},{:.6}\n",
            town / 25,
            north + away * angle.sin(),
            east + away * angle.cos()
        ));
    }
    (areas, stations)
}

fn app(folder: &Path) -> Arc<App> {
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let installation = if Installation::exists(folder) {
        Installation::find(folder)
    } else {
        Installation::create(folder, "log.test.example/2026", &*entropy)
    };
    let parts = installation.unwrap().open(None, Duration::from_secs(1), clock, entropy).unwrap();
    let kinds = [AlertsDesk.kinds(), &[ELECTION]].concat();
    let engine = Engine::open(parts, folder, &kinds, AlertsDesk.views()).unwrap();
    let config = WebConfig { batch_seconds: 5, ..WebConfig::default() };
    let app = App::new(engine, Arc::new(ByName), config, &[&AlertsDesk]).unwrap();
    app.use_store(Store::open_sqlite(&folder.join("record.db")).unwrap(), &[&AlertsDesk]).unwrap();
    app
}

fn release(app: &App) -> u64 {
    let now = app.clock.now().cast_unsigned();
    let text = scr_alerts::AlertText {
        number: 1,
        kind: scr_alerts::Kind::Alert,
        status: scr_alerts::Status::Actual,
        severity: scr_alerts::Severity::Severe,
        audience: scr_alerts::Audience::Station,
        sent: now,
        effective_after: 0,
        expires_after: 7_200,
        references: Vec::new(),
        areas: vec!["EX".to_owned()],
        wordings: vec![scr_alerts::Wording {
            language: "en".to_owned(),
            headline: "Electronic list of voters".to_owned(),
            instruction: "Use the printed list.".to_owned(),
        }],
    };
    let content = json!({"category": "Security", "event": "voter-list", "urgency": "Immediate", "certainty": "Observed",
        "goal": "read", "words": {}});
    let content: issued::Content = serde_json::from_value(content).unwrap();
    let object = app.engine.objects().put(&scr_canon::to_canonical(&content).unwrap()).unwrap();
    let kind = AlertsDesk.kinds().iter().find(|kind| kind.name == "alerts.alert.issued/1").unwrap();
    let public = json!({"alert": scr_canon::b64(&text.to_bytes().unwrap()), "object": object});
    let event = NewEvent::about(kind, "alert:speed", public).also("election:ex-2026");
    app.engine.record(&manager(), &|_, _| Ok(vec![event.clone()])).unwrap().last().unwrap().index
}

/// Reads one answer of a connection that stays open; gives its status and how many bytes it had.
async fn answer(stream: &mut TcpStream, held: &mut Vec<u8>) -> (u16, usize) {
    held.clear();
    let mut buffer = [0u8; 16_384];
    loop {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "the server closed the connection");
        held.extend_from_slice(&buffer[..read]);
        let Some(end) = held.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(&held[..end]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
        let length =
            head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        let whole = match length {
            Some(length) => held.len() >= end + 4 + length,
            None if head.contains("transfer-encoding: chunked") => {
                held.ends_with(b"\r\n0\r\n\r\n") || held.ends_with(b"\r\n\r\n0\r\n\r\n")
            }
            None => true,
        };
        if whole {
            return (status, held.len());
        }
    }
}

/// Posts links at an even pace; gives how long each took from the moment at which it was to be sent.
async fn post(port: u16, links: Vec<String>, first: Duration, every: Duration) -> Vec<Duration> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let (mut held, mut took) = (Vec::new(), Vec::with_capacity(links.len()));
    let mut due = tokio::time::Instant::now() + first;
    for link in links {
        tokio::time::sleep_until(due).await;
        let request = format!(
            "POST {link} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 9\r\n\r\nstep=read"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let (status, _) = answer(&mut stream, &mut held).await;
        assert_eq!(status, 303, "{}", String::from_utf8_lossy(&held));
        took.push(due.elapsed());
        due += every;
    }
    took
}

/// Reads the countdown page until `end`.
async fn look(port: u16, path: String, end: Instant) -> Vec<Duration> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let (mut held, mut took) = (Vec::new(), Vec::new());
    while Instant::now() < end {
        let begin = Instant::now();
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\ncookie: scr_login=viewer\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let (status, bytes) = answer(&mut stream, &mut held).await;
        assert!(status == 200 && bytes > 5_000, "{status}");
        took.push(begin.elapsed());
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    took
}

fn say(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| {
        took.get((took.len() * share / 1_000).min(took.len() - 1)).copied().unwrap_or_default()
    };
    println!(
        "{what}: {} of them, median {:?}, p99 {:?}, longest {:?}",
        took.len(),
        at(500),
        at(990),
        at(1_000)
    );
}

async fn measure(app: &Arc<App>, alert: u64, rate: u32, seconds: u32) -> u32 {
    let links: Vec<String> =
        (0..STATIONS).map(|station| know::link_of(app, alert, station).unwrap().unwrap()).collect();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let site = router(app, &[&AlertsDesk]);
    let limits = ServeLimits { head: Duration::from_secs(60), ..ServeLimits::default() };
    tokio::spawn(serve(listener, None, site, limits, std::future::pending()));
    let each = (rate * seconds / CONNECTIONS).min(STATIONS / CONNECTIONS);
    let every = Duration::from_secs_f64(f64::from(CONNECTIONS) / f64::from(rate));
    let begin = Instant::now();
    let end = begin + every * each;
    let looking = ["", "?area=EX-05"]
        .map(|area| tokio::spawn(look(port, format!("/desk/alerts/speed/arrival{area}"), end)));
    let posting: Vec<_> = (0..CONNECTIONS)
        .map(|connection| {
            let own = links
                .iter()
                .skip(usize::try_from(connection).unwrap())
                .step_by(usize::try_from(CONNECTIONS).unwrap());
            let own: Vec<String> = own.take(usize::try_from(each).unwrap()).cloned().collect();
            tokio::spawn(post(port, own, every * connection / CONNECTIONS, every))
        })
        .collect();
    let mut posted = Vec::new();
    for one in posting {
        posted.extend(one.await.unwrap());
    }
    let passed = begin.elapsed();
    let count = u32::try_from(posted.len()).unwrap();
    println!(
        "{count} acknowledgements durable in {passed:?}: {:.0} a second",
        f64::from(count) / passed.as_secs_f64()
    );
    say("POST of a link, answered when it is durable", posted);
    let mut looked = Vec::new();
    for one in looking {
        looked.extend(one.await.unwrap());
    }
    say("GET of the countdown page meanwhile", looked);
    count
}

fn main() {
    let mut arguments = std::env::args().skip(1).map(|text| text.parse::<u32>().unwrap());
    let (rate, seconds) = (arguments.next().unwrap_or(5_000), arguments.next().unwrap_or(20));
    let folder = tempfile::tempdir().unwrap();
    let first = app(folder.path());
    let public = json!({"election": "ex-2026", "title": "General election", "day": "2026-12-05", "zone": "Europe/Paris"});
    let event = NewEvent::about(&ELECTION, "election:ex-2026", public);
    first.engine.record(&manager(), &|_, _| Ok(vec![event.clone()])).unwrap();
    let (areas, stations) = lists();
    let new = NewNetwork { election: "ex-2026", areas: &areas, stations: &stations, reason: None };
    network::import(&first.engine, &manager(), &new).unwrap();
    let alert = release(&first);
    let jobs =
        Jobs::open(first.store().unwrap().clone(), Arc::clone(&first.clock), Arc::clone(&first.entropy))
            .unwrap();
    let works = AlertsDesk
        .works(&first)
        .into_iter()
        .filter(|work| work.kind().starts_with("alerts.acks") || work.kind() == "alerts.due");
    let workers = Worker::new(jobs, works.collect(), Arc::clone(&first.clock)).start(1).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let begin = Instant::now();
    know::totals(&first, alert).unwrap();
    println!("first board of {STATIONS} stations: {:?}", begin.elapsed());
    let count = runtime.block_on(measure(&first, alert, rate, seconds));
    drop(workers);
    runtime.shutdown_timeout(Duration::from_secs(5));
    drop(first);
    let again = app(folder.path());
    let (size, _) = again.engine.progress();
    again.engine.wait_for(size, Duration::from_secs(120));
    let begin = Instant::now();
    let reached = know::totals(&again, alert).unwrap().unwrap().reached;
    println!("after a restart: {} of {count} read, board made in {:?}", reached[2], begin.elapsed());
    assert_eq!(reached[2], u64::from(count));
}
