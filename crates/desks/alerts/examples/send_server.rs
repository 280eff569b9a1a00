//! A server of the desk of alerts alone, for the peers in tools/interop/alerts: an election whose stations have contacts,
//! gateways on the loopback interface, one alert that is released at the first start. It may be killed at any time and
//! started again.
//!
//! `send_server FOLDER PORT KANNEL_PORT SMTP_PORT STATIONS`

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a program for tests: what fails is to end it")]

use scr_alerts::acks::Step;
use scr_alerts::strips::strip_code;
use scr_alerts::{AlertText, Audience, Kind, Severity, Status, Wording};
use scr_canon::b64;
use scr_core::{Clock, Entropy, Role, SystemClock, SystemEntropy};
use scr_desk_alerts::AlertsDesk;
use scr_desk_alerts::issued::{self, Content, Words};
use scr_desk_alerts::network::contacts::{self, Authority, Contact, Holder, Level, Mode};
use scr_desk_alerts::network::{self, NewNetwork, secrets};
use scr_desk_alerts::send::{self, MailTls, Settings, Wanted};
use scr_engine::testing::TestEngine;
use scr_engine::{Engine, FieldSpec, FieldType, Installation, KindSpec, NewEvent};
use scr_jobs::{Jobs, Worker};
use scr_store::Store;
use scr_testing::ELECTION_CREATED;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// As the desk of results records it.
/// As the desk of alerts records it.
const ISSUED: KindSpec = KindSpec {
    name: scr_alerts::ISSUED,
    public: &[
        FieldSpec::new(scr_alerts::ALERT_FIELD, FieldType::Name(480)),
        FieldSpec::new("object", FieldType::Hash),
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

fn open(folder: &Path, port: u16) -> Arc<App> {
    let (clock, entropy): (Arc<dyn Clock>, Arc<dyn Entropy>) =
        (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let installation = if Installation::exists(folder) {
        Installation::find(folder)
    } else {
        Installation::create(folder, "log.test.example/2026", &*entropy)
    };
    let parts = installation.unwrap().open(None, Duration::from_millis(200), clock, entropy).unwrap();
    let kinds = [AlertsDesk.kinds(), &[ELECTION_CREATED]].concat();
    let engine = Engine::open(parts, folder, &kinds, AlertsDesk.views()).unwrap();
    let config = WebConfig {
        site: Some(format!("http://127.0.0.1:{port}")),
        private_partners: true,
        ..WebConfig::default()
    };
    let app = App::new(engine, Arc::new(ByName), config, &[&AlertsDesk]).unwrap();
    app.use_store(Store::open_sqlite(&folder.join("record.db")).unwrap(), &[&AlertsDesk]).unwrap();
    app
}

fn record(app: &App, event: &NewEvent) -> u64 {
    let actor = TestEngine::actor(Role::Manager);
    let receipts = app.engine.record(&actor, &|_, _| Ok(vec![event.clone()])).unwrap();
    let index = receipts[0].index;
    assert!(app.engine.wait_for(index + 1, Duration::from_secs(30)));
    index
}

const LANGUAGES: [&str; 4] = ["en", "fr", "es", "ar"];

fn contact(number: u32, now: i64) -> Contact {
    Contact {
        id: String::new(),
        holder: Holder::Station(number),
        function: "Head of the station".to_owned(),
        level: Level::Official,
        language: LANGUAGES[number as usize % 4].to_owned(),
        authority: Authority::Local,
        sms: Some(format!("+45{number:08}")),
        email: (number <= 20).then(|| format!("station{number}@stations.example")),
        telephone: None,
        webhook: None,
        until: now + 30 * 86_400,
        order: 1,
    }
}

fn prepare(app: &App, kannel: u16, smtp: u16, count: u32) {
    let (actor, now) = (TestEngine::actor(Role::Manager), app.clock.now());
    let public =
        json!({"election": "ex-2026", "title": "General election", "day": "2026-12-05", "zone": "UTC"});
    record(app, &NewEvent::about(&ELECTION_CREATED, "election:ex-2026", public));
    let stations: String = (1..=count).map(|number| format!("{number},DK,100\n")).collect();
    let areas = format!("code,name,parent,stations,voters\nDK,Denmark,,{count},{}\n", count * 100);
    let stations = format!("number,area,voters\n{stations}");
    let new = NewNetwork { election: "ex-2026", areas: &areas, stations: &stations, reason: None };
    network::import(&app.engine, &actor, &new).unwrap();
    let all: Vec<Contact> = (1..=count).map(|number| contact(number, now)).collect();
    contacts::import(&app.engine, &actor, "ex-2026", Mode::All, &all).unwrap();
    let wanted = |settings| Wanted {
        name: String::new(),
        settings,
        rate: 0,
        connections: 8,
        price: 0,
        currency: String::new(),
    };
    let sms = Settings::Kannel {
        address: format!("http://127.0.0.1:{kannel}/cgi-bin/sendsms"),
        user: "scrutineer".to_owned(),
        password: "kannel-secret".to_owned(),
        sender: "Elections".to_owned(),
        post: false,
        callback: String::new(),
    };
    let door = send::set_up(app, &actor, &wanted(sms)).unwrap().door;
    let mail = Settings::Smtp {
        host: "127.0.0.1".to_owned(),
        port: smtp,
        tls: MailTls::Nothing,
        user: "scrutineer".to_owned(),
        password: "mail-secret".to_owned(),
        from: "alerts@emb.example".to_owned(),
    };
    send::set_up(app, &actor, &wanted(mail)).unwrap();
    println!("door {door}");
}

fn words(headline: &str, instruction: &str) -> BTreeMap<String, Words> {
    let words = Words {
        headline: headline.to_owned(),
        description: "Several stations have reported forms without a stamp.".to_owned(),
        instruction: instruction.to_owned(),
    };
    BTreeMap::from([("official".to_owned(), words)])
}

fn release(app: &App) {
    let content = Content {
        category: "Security".to_owned(),
        event: "e1".to_owned(),
        urgency: "Immediate".to_owned(),
        certainty: "Observed".to_owned(),
        goal: "understood".to_owned(),
        words: [
            ("en", words("Forged result forms [copies] seen", "Accept no form without the red stamp.")),
            ("fr", words("Faux formulaires reçus", "N’acceptez aucun formulaire sans tampon rouge.")),
            ("es", words("Formularios falsos", "No acepte ningún formulario sin sello rojo. ¿Dudas? Llame.")),
            ("ar", words("نماذج نتائج مزورة", "لا تقبل أي نموذج بلا ختم أحمر. اتصل بالمكتب عند الشك.")),
        ]
        .map(|(language, words)| (language.to_owned(), words))
        .into(),
        ..Content::default()
    };
    let text = AlertText {
        number: 1,
        kind: Kind::Alert,
        status: Status::Exercise,
        severity: Severity::Severe,
        audience: Audience::Station,
        sent: app.clock.now().cast_unsigned(),
        effective_after: 0,
        expires_after: 3_600,
        references: Vec::new(),
        areas: vec!["DK".to_owned()],
        wordings: vec![Wording {
            language: "en".to_owned(),
            headline: "Forged result forms seen".to_owned(),
            instruction: String::new(),
        }],
    };
    let object = app.engine.objects().put(&scr_canon::to_canonical(&content).unwrap()).unwrap();
    let public = json!({"alert": b64(&text.to_bytes().unwrap()), "object": object});
    record(app, &NewEvent::about(&ISSUED, "alert:a1", public).also("election:ex-2026"));
}

#[tokio::main]
async fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| given[at].parse::<u16>().expect("a number");
    let (folder, port) = (Path::new(&given[0]).to_owned(), number(1));
    let is_new = !Installation::exists(&folder);
    let (kannel, smtp, stations) = (number(2), number(3), u32::from(number(4)));
    let (app, _workers) = tokio::task::spawn_blocking(move || {
        let app = open(&folder, port);
        if is_new {
            prepare(&app, kannel, smtp, stations);
            let master = secrets::of(&app, "ex-2026").unwrap();
            let code = strip_code(&master.station(2).unwrap(), Status::Exercise, 1, Step::Understood);
            println!("code {code}");
            release(&app);
        }
        let released = app.engine.read(|views| issued::of_election(views, None, None, 1)).unwrap();
        println!("alert {}", released[0].index);
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let store = app.store().unwrap().clone();
        let jobs = Jobs::open(store, Arc::clone(&clock), Arc::new(SystemEntropy)).unwrap();
        app.use_jobs(jobs.clone());
        let workers = Worker::new(jobs, AlertsDesk.works(&app), clock).start(4).unwrap();
        (app, workers)
    })
    .await
    .unwrap();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    println!("ready");
    axum::serve(listener, router(&app, &[&AlertsDesk])).await.unwrap();
}
