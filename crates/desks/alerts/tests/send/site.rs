//! A site with the desk of alerts, an election, five stations with contacts, and released alerts. The cookie's value is the role.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use scr_alerts::{AlertText, Audience, Kind, Reference, Severity, Status, Wording};
use scr_canon::b64;
use scr_core::{FixedClock, Role};
use scr_desk_alerts::issued::{Content, Words};
use scr_desk_alerts::network::contacts::{self, Authority, Contact, Holder, Level, Mode};
use scr_desk_alerts::network::{self, NewNetwork};
use scr_desk_alerts::send::{self, Figures, Settings, State, Wanted, Way};
use scr_desk_alerts::{AlertsDesk, issued};
use scr_engine::testing::{NOW, TestEngine};
use scr_engine::{FieldSpec, FieldType, KindSpec, NewEvent};
use scr_store::Store;
use scr_testing::ELECTION_CREATED;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig, router};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt as _;

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

const AREAS: &str =
    "code,name,parent,stations,voters\nDK,Denmark,,5,5000\nDK-N,North,DK,3,3000\nDK-S,South,DK,2,2000\n";
const STATIONS: &str = "number,area,voters,unit,name\n1,DK-N,1000,U1,School\n2,DK-N,1000,U2,Library\n3,DK-N,1000,U3,\n\
    11,DK-S,1000,U11,Town hall\n12,DK-S,1000,U12,Harbour\n";

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

pub(crate) fn manager() -> scr_core::Actor {
    TestEngine::actor(Role::Manager)
}

pub(crate) fn manager_of(org: &str) -> scr_core::Actor {
    scr_core::Actor { org: scr_core::OrgId::new(org).unwrap(), ..manager() }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) body: String,
}

pub(crate) struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Arc<FixedClock>,
}

/// Nothing in it, and gateways must be on the public internet.
pub(crate) fn public_site(folder: &Path) -> Site {
    opened(folder, false)
}

fn opened(folder: &Path, private_partners: bool) -> Site {
    let kinds = [AlertsDesk.kinds(), &[ELECTION_CREATED]].concat();
    let test = TestEngine::new(folder, &kinds, AlertsDesk.views()).unwrap();
    let clock = Arc::clone(&test.clock);
    let engine = Arc::into_inner(test.engine).unwrap();
    let config = WebConfig {
        site: Some("https://alerts.example".to_owned()),
        private_partners,
        ..WebConfig::default()
    };
    let app = App::new(engine, Arc::new(ByName), config, &[&AlertsDesk]).unwrap();
    let file = folder.join("record.db");
    let store = scr_testing::tables()
        .map_or_else(|| Store::open_sqlite(&file).unwrap(), |url| Store::open_postgres(&url).unwrap());
    app.use_store(store, &[&AlertsDesk]).unwrap();
    Site { app, clock }
}

/// An election with five stations, of which four have a number for messages and one has an address of e-mail too.
pub(crate) fn site(folder: &Path) -> Site {
    let site = opened(folder, true);
    let public = json!({"election": "ex-2026", "title": "General election", "day": "2026-12-05", "zone": "Europe/Paris"});
    site.record(&NewEvent::about(&ELECTION_CREATED, "election:ex-2026", public));
    let new = NewNetwork { election: "ex-2026", areas: AREAS, stations: STATIONS, reason: None };
    network::import(&site.app.engine, &manager(), &new).unwrap();
    let contacts: Vec<Contact> = [(1, "en"), (2, "fr"), (3, "ar"), (11, "en")]
        .map(|(number, language)| contact(number, language))
        .into();
    contacts::import(&site.app.engine, &manager(), "ex-2026", Mode::All, &contacts).unwrap();
    site
}

/// The server after it was killed: what it had in memory is gone.
pub(crate) fn again(folder: &Path, before: Site) -> Site {
    let now = scr_core::Clock::now(&*before.clock);
    drop(before);
    let site = opened(folder, true);
    site.clock.advance(now - scr_core::Clock::now(&*site.clock));
    site
}

fn contact(number: u32, language: &str) -> Contact {
    Contact {
        id: String::new(),
        holder: Holder::Station(number),
        function: "Head of the station".to_owned(),
        level: Level::Official,
        language: language.to_owned(),
        authority: Authority::Local,
        sms: Some(format!("+4512345{number:03}")),
        email: (number == 1).then(|| "head@station.example".to_owned()),
        telephone: None,
        webhook: None,
        until: NOW + 30 * 86_400,
        order: 1,
    }
}

pub(crate) fn words(headline: &str, instruction: &str) -> Words {
    Words {
        headline: headline.to_owned(),
        description: "What is known so far.".to_owned(),
        instruction: instruction.to_owned(),
    }
}

pub(crate) fn content() -> Content {
    let levels = |words: Words| BTreeMap::from([("official".to_owned(), words)]);
    Content {
        drill: None,
        category: "Security".to_owned(),
        event: "e1".to_owned(),
        urgency: "Immediate".to_owned(),
        certainty: "Observed".to_owned(),
        acknowledge_by: None,
        goal: "understood".to_owned(),
        words: BTreeMap::from([
            ("en".to_owned(), levels(words("Forged result forms", "Accept no form without the red stamp."))),
            ("fr".to_owned(), levels(words("Faux formulaires", "N’acceptez aucun formulaire sans tampon."))),
            ("ar".to_owned(), levels(words("نماذج مزورة", "لا تقبل أي نموذج بلا ختم أحمر."))),
        ]),
        ..Content::default()
    }
}

pub(crate) fn text(number: u16) -> AlertText {
    let wording = |language: &str, headline: &str| Wording {
        language: language.to_owned(),
        headline: headline.to_owned(),
        instruction: String::new(),
    };
    AlertText {
        number,
        kind: Kind::Alert,
        status: Status::Actual,
        severity: Severity::Severe,
        audience: Audience::Station,
        sent: NOW.cast_unsigned(),
        effective_after: 0,
        expires_after: 3_600,
        references: Vec::new(),
        areas: vec!["DK".to_owned()],
        wordings: vec![
            wording("en", "Forged result forms"),
            wording("fr", "Faux formulaires"),
            wording("ar", "نماذج مزورة"),
        ],
    }
}

impl Site {
    pub(crate) fn record(&self, event: &NewEvent) -> u64 {
        self.record_for("emb", event)
    }

    fn record_for(&self, org: &str, event: &NewEvent) -> u64 {
        let receipts = self.app.engine.record(&manager_of(org), &|_, _| Ok(vec![event.clone()])).unwrap();
        // The first of an organisation names its key before.
        let index = receipts.last().unwrap().index;
        assert!(self.app.engine.wait_for(index + 1, Duration::from_secs(10)));
        index
    }

    /// Releases an alert; gives its entry.
    pub(crate) fn release(&self, text: &AlertText, content: &Content) -> u64 {
        self.release_for("emb", text, content)
    }

    fn issued(&self, text: &AlertText, content: &Content) -> NewEvent {
        let object = self.app.engine.objects().put(&scr_canon::to_canonical(content).unwrap()).unwrap();
        let public = json!({"alert": b64(&text.to_bytes().unwrap()), "object": object});
        NewEvent::about(&ISSUED, format!("alert:a{}", text.number), public).also("election:ex-2026")
    }

    /// An organisation releases an alert with each of these numbers.
    pub(crate) fn release_many(&self, org: &str, numbers: std::ops::Range<u16>) {
        let all: Vec<NewEvent> = numbers.map(|number| self.issued(&text(number), &content())).collect();
        for some in all.chunks(50) {
            let receipts = self.app.engine.record(&manager_of(org), &|_, _| Ok(some.to_vec())).unwrap();
            assert!(self.app.engine.wait_for(receipts.last().unwrap().index + 1, Duration::from_secs(20)));
        }
    }

    /// Another organisation releases it, to the same people.
    pub(crate) fn release_for(&self, org: &str, text: &AlertText, content: &Content) -> u64 {
        let event = self.issued(text, content);
        let index = self.record_for(org, &event);
        let begun = std::time::Instant::now();
        while self.app.proof(index).is_err() && begun.elapsed() < Duration::from_secs(10) {
            std::thread::sleep(Duration::from_millis(10));
        }
        index
    }

    /// Takes back what this entry released.
    pub(crate) fn cancel(&self, index: u64) -> u64 {
        let issued = self.app.engine.read(|views| issued::at(views, index)).unwrap().unwrap();
        let mut leaf = [0; 8];
        leaf.copy_from_slice(&issued.leaf.0[..8]);
        let references = vec![Reference { index, leaf }];
        self.release(
            &AlertText { kind: Kind::Cancel, references, number: 77, ..issued.text },
            &issued.content,
        )
    }

    /// A gateway that takes JSON and recognises repeats.
    pub(crate) fn json(address: &str) -> Settings {
        Settings::Json {
            address: address.to_owned(),
            header: String::new(),
            secret: String::new(),
            template: r#"{"to":"{to}","body":"{text}","ref":"{reference}"}"#.to_owned(),
            id_at: String::new(),
            ok_at: String::new(),
            ok_is: String::new(),
            repeats: true,
            callback: String::new(),
        }
    }

    pub(crate) fn wanted(settings: Settings) -> Wanted {
        Wanted {
            name: String::new(),
            settings,
            rate: 0,
            connections: 4,
            price: 25,
            currency: "EUR".to_owned(),
        }
    }

    pub(crate) fn kannel(&self, address: &str) -> send::SetUp {
        self.kannel_of("emb", address, 4)
    }

    pub(crate) fn kannel_of(&self, org: &str, address: &str, connections: u32) -> send::SetUp {
        let settings = Settings::Kannel {
            address: address.to_owned(),
            user: "scrutineer".to_owned(),
            password: "geheim-1".to_owned(),
            sender: "Elections".to_owned(),
            post: false,
            callback: String::new(),
        };
        let wanted = Wanted { connections, ..Self::wanted(settings) };
        send::set_up(&self.app, &manager_of(org), &wanted).unwrap()
    }

    /// As the server does by itself.
    pub(crate) fn dispatch(&self) -> Vec<Way> {
        send::dispatch(&self.app).unwrap()
    }

    /// Until nothing is due any more.
    pub(crate) fn send(&self, way: Way) -> u64 {
        self.dispatch();
        send::send_due(&self.app, way).unwrap()
    }

    pub(crate) fn later(&self, seconds: i64) {
        self.clock.advance(seconds);
    }

    pub(crate) fn figures(&self, alert: u64) -> Figures {
        send::figures(&self.app, alert).unwrap()
    }

    /// Short messages in these states.
    pub(crate) fn sms<const N: usize>(&self, alert: u64, states: [State; N]) -> [u64; N] {
        let figures = self.figures(alert);
        states.map(|state| figures.of(Way::Sms, state))
    }

    /// Acknowledgements of an alert: station, step.
    pub(crate) fn acks(&self, alert: u64) -> Vec<(i64, i64)> {
        let text = "SELECT DISTINCT station, step FROM alerts_ack WHERE alert = $1 ORDER BY station, step";
        let rows = self.app.store().unwrap().query(&scr_store::sql!(text, alert.cast_signed())).unwrap();
        rows.iter().map(|row| (row.int("station").unwrap(), row.int("step").unwrap())).collect()
    }

    /// Below `/api/` with a token.
    pub(crate) async fn ask(&self, method: &str, path: &str, who: &str, body: &str) -> Answer {
        let (name, value) = match path.strip_prefix("/api/") {
            Some(_) => (header::AUTHORIZATION, format!("Bearer {who}")),
            None => (header::COOKIE, format!("scr_login={who}; scr_form=s")),
        };
        let mut request = Request::builder().method(method).uri(path).header(name, value);
        if method == "POST" {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let response = router(&self.app, &[&AlertsDesk])
            .oneshot(request.body(Body::from(body.to_owned())).unwrap())
            .await
            .unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8_lossy(&to_bytes(body, 1 << 24).await.unwrap()).into_owned();
        let to = parts.headers.get(header::LOCATION).and_then(|value| value.to_str().ok());
        Answer { status: parts.status, to: to.unwrap_or_default().to_owned(), body }
    }
}
