//! How fast an alert for very many stations is handed over: to a sink on the loopback interface that speaks as Kannel does,
//! while acknowledgements come in.
//!
//! `cargo run --release -p scr-desk-alerts --example send_speed -- [STATIONS] [CONNECTIONS] [ACKNOWLEDGEMENTS A SECOND]`

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement: what fails is to end it")]

use scr_alerts::acks::{Ack, Channel, Step};
use scr_alerts::{AlertText, Audience, Kind, Severity, Status, Wording};
use scr_canon::b64;
use scr_core::Role;
use scr_desk_alerts::issued::{Content, Words};
use scr_desk_alerts::network::contacts::Level;
use scr_desk_alerts::send::{self, Recipient, Settings, State, Wanted, Way};
use scr_desk_alerts::{AlertsDesk, know};
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{FieldSpec, FieldType, KindSpec, NewEvent};
use scr_store::Store;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

const ISSUED: KindSpec = KindSpec {
    name: scr_alerts::ISSUED,
    public: &[
        FieldSpec::new(scr_alerts::ALERT_FIELD, FieldType::Name(480)),
        FieldSpec::new("object", FieldType::Hash),
    ],
    private: &[],
};

struct Nobody;

impl Gate for Nobody {
    fn login(&self, _: &str) -> Option<LoginInfo> {
        None
    }
}

/// Takes everything; counts.
fn sink() -> (String, Arc<AtomicU64>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/cgi-bin/sendsms", listener.local_addr().unwrap());
    let count = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let counted = Arc::clone(&counted);
            std::thread::spawn(move || serve(stream, &counted));
        }
    });
    (address, count)
}

fn serve(mut stream: TcpStream, count: &AtomicU64) {
    stream.set_nodelay(true).unwrap();
    let mut buffer = Vec::new();
    let mut piece = [0; 4_096];
    while let Ok(read) = stream.read(&mut piece) {
        if read == 0 {
            return;
        }
        buffer.extend_from_slice(&piece[..read]);
        while let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") {
            buffer.drain(..end + 4);
            count.fetch_add(1, Ordering::Relaxed);
            let answer = "HTTP/1.1 202 Accepted\r\ncontent-length: 25\r\n\r\n0: Accepted for delivery\r\n";
            if stream.write_all(answer.as_bytes().get(..answer.len() - 1).unwrap()).is_err() {
                return;
            }
        }
    }
}

fn recipients(stations: u32) -> Vec<Recipient> {
    let languages = ["en", "fr", "es", "ar"];
    (1..=stations)
        .map(|number| Recipient {
            station: Some(number),
            area: format!("D-{}", number / 100),
            way: Way::Sms,
            address: format!("+45{number:08}"),
            language: languages[number as usize % 4].to_owned(),
            level: Level::Official,
        })
        .collect()
}

fn release(app: &App) -> u64 {
    let words = Words {
        headline: "Forged result forms in circulation".to_owned(),
        description: String::new(),
        instruction: "Accept no form without the red stamp. Call the office when you see one.".to_owned(),
    };
    let levels = BTreeMap::from([("official".to_owned(), words)]);
    let content = Content {
        category: "Security".to_owned(),
        event: "e1".to_owned(),
        urgency: "Immediate".to_owned(),
        certainty: "Observed".to_owned(),
        goal: "understood".to_owned(),
        words: ["en", "fr", "es", "ar"].map(|language| (language.to_owned(), levels.clone())).into(),
        ..Content::default()
    };
    let text = AlertText {
        number: 1,
        kind: Kind::Alert,
        status: Status::Actual,
        severity: Severity::Severe,
        audience: Audience::Station,
        sent: NOW.cast_unsigned(),
        effective_after: 0,
        expires_after: 7_200,
        references: Vec::new(),
        areas: vec!["D".to_owned()],
        wordings: vec![Wording {
            language: "en".to_owned(),
            headline: "Forged result forms in circulation".to_owned(),
            instruction: String::new(),
        }],
    };
    let object = app.engine.objects().put(&scr_canon::to_canonical(&content).unwrap()).unwrap();
    let public = json!({"alert": b64(&text.to_bytes().unwrap()), "object": object});
    let event = NewEvent::about(&ISSUED, "alert:a1", public).also("election:ex-2026");
    let receipts =
        app.engine.record(&TestEngine::actor(Role::Manager), &|_, _| Ok(vec![event.clone()])).unwrap();
    let index = receipts[0].index;
    assert!(app.engine.wait_for(index + 1, Duration::from_secs(10)));
    index
}

/// Acknowledgements, in batches of a tenth of a second.
fn acknowledge(app: &App, alert: u64, stations: u32, a_second: u32, ends: &AtomicBool) -> u64 {
    let mut said = 0u64;
    let begun = Instant::now();
    while !ends.load(Ordering::Relaxed) {
        let due =
            u64::from(a_second) * u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX) / 1_000;
        let batch: Vec<Ack> = (said..due)
            .map(|at| {
                let station = 1 + u32::try_from(at % u64::from(stations)).unwrap();
                Ack::new(station, Step::Read, Channel::Link, NOW.cast_unsigned(), NOW.cast_unsigned())
                    .unwrap()
            })
            .collect();
        know::take(app, alert, &batch).unwrap();
        said = due;
        std::thread::sleep(Duration::from_millis(100));
    }
    said
}

fn main() {
    let mut given = std::env::args().skip(1).map(|text| text.parse::<u32>().expect("a number"));
    let stations = given.next().unwrap_or(100_000);
    let connections = given.next().unwrap_or(32);
    let a_second = given.next().unwrap_or(5_000);
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), AlertsDesk.kinds(), AlertsDesk.views()).unwrap();
    let engine = Arc::into_inner(test.engine).unwrap();
    let config = WebConfig {
        site: Some("https://alerts.example".to_owned()),
        private_partners: true,
        ..WebConfig::default()
    };
    let app = App::new(engine, Arc::new(Nobody), config, &[&AlertsDesk]).unwrap();
    app.use_store(Store::open_sqlite(&folder.path().join("record.db")).unwrap(), &[&AlertsDesk]).unwrap();
    let (address, count) = sink();
    let settings = Settings::Kannel {
        address,
        user: "scrutineer".to_owned(),
        password: "secret".to_owned(),
        sender: "Elections".to_owned(),
        post: false,
        callback: String::new(),
    };
    let wanted =
        Wanted { name: String::new(), settings, rate: 0, connections, price: 0, currency: String::new() };
    send::set_up(&app, &TestEngine::actor(Role::Manager), &wanted).unwrap();
    let index = release(&app);
    let all = recipients(stations);

    let begun = Instant::now();
    send::list(&app, index, &all, 0).unwrap();
    let listed = begun.elapsed();
    println!("{stations} messages put into the outbox in {:.2} s", listed.as_secs_f64());
    let ends = AtomicBool::new(false);
    let (handed, said) = std::thread::scope(|scope| {
        let acks = scope.spawn(|| acknowledge(&app, index, stations, a_second, &ends));
        let handed = send::send_due(&app, Way::Sms).unwrap();
        let whole = begun.elapsed();
        ends.store(true, Ordering::Relaxed);
        let took = whole - listed;
        let rate = handed as f64 / took.as_secs_f64();
        println!(
            "{handed} handed over in {:.2} s ({rate:.0} a second) by {connections} connections",
            took.as_secs_f64()
        );
        println!("from the list to the last hand-over: {:.2} s", whole.as_secs_f64());
        (handed, acks.join().unwrap())
    });
    println!("{said} acknowledgements were taken in meanwhile ({a_second} a second asked for)");
    let figures = send::figures(&app, index).unwrap();
    assert_eq!(handed, u64::from(stations));
    assert_eq!(count.load(Ordering::Relaxed), handed, "the sink got each once");
    assert_eq!(figures.of(Way::Sms, State::Handed), handed);
}
