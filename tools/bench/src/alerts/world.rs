//! What is measured: a network of polling stations with a contact each, a server, and an alert for all of them.

use crate::Fault;
use scr_alerts::{AlertText, Audience, Kind, Severity, Status, Wording};
use scr_core::{Actor, OrgId, PersonId, Role, SystemClock, SystemEntropy, date_of};
use scr_desk_alerts::issued::{Content, Words};
use scr_desk_alerts::network::contacts::{self, Against, ContactLimits, Mode};
use scr_desk_alerts::network::{self, Network, NewNetwork};
use scr_desk_alerts::send::{self, Settings, Wanted};
use scr_desk_alerts::{AlertsDesk, know, write};
use scr_desk_results::ResultsDesk;
use scr_engine::{ActError, Engine, Installation, KindSpec, NewEvent};
use scr_i18n::Zone;
use scr_jobs::{Jobs, Work, Worker, Workers};
use scr_store::Store;
use scr_web::{App, Desk, Gate, LoginInfo, WebConfig};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

const ZONE: &str = "Europe/Paris";
/// Polling stations of a municipality.
const IN_TOWN: u32 = 250;
const TOWNS_IN_REGION: u32 = 25;
/// As the server has them.
const THREADS: usize = 2;

/// Whoever says a role has it.
struct ByRole;

impl Gate for ByRole {
    fn login(&self, token: &str) -> Option<LoginInfo> {
        let actor = somebody(Role::parse(token)?).ok()?;
        Some(LoginInfo { actor, name: token.to_owned(), organisation: "bench".to_owned() })
    }
}

fn somebody(role: Role) -> Result<Actor, Fault> {
    Ok(Actor { person: PersonId::new("somebody")?, org: OrgId::new("bench")?, role, place: None })
}

#[expect(clippy::needless_pass_by_value, reason = "as map_err gives it")]
fn said(error: ActError) -> Fault {
    format!("{error:?}").into()
}

fn kind(desk: &dyn Desk, name: &str) -> Result<&'static KindSpec, Fault> {
    desk.kinds().iter().find(|kind| kind.name == name).ok_or_else(|| format!("no kind {name}").into())
}

/// A server's desk of alerts in this folder, new or as it was left.
pub(super) fn open(folder: &Path) -> Result<Arc<App>, Fault> {
    let (clock, entropy) = (Arc::new(SystemClock), Arc::new(SystemEntropy));
    let installation = if Installation::exists(folder) {
        Installation::find(folder)?
    } else {
        Installation::create(folder, "log.bench.example/2026", &*entropy)?
    };
    let parts = installation.open(None, Duration::from_secs(1), clock, entropy)?;
    let kinds = [AlertsDesk.kinds(), ResultsDesk.kinds()].concat();
    let engine = Engine::open(parts, folder, &kinds, AlertsDesk.views())?;
    let config = WebConfig {
        site: Some("https://alerts.example".to_owned()),
        private_partners: true,
        ..WebConfig::default()
    };
    let app = App::new(engine, Arc::new(ByRole), config, &[&AlertsDesk])?;
    app.use_store(Store::open_sqlite(&folder.join("record.db"))?, &[&AlertsDesk])?;
    Ok(app)
}

/// What the server does by itself, on as many threads as it has.
pub(super) fn works(app: &Arc<App>) -> Result<[Workers; 2], Fault> {
    let store = app.store().ok_or("no store")?.clone();
    let jobs = Jobs::open(store, Arc::clone(&app.clock), Arc::clone(&app.entropy))?;
    app.use_jobs(jobs.clone());
    let (patient, own): (Vec<Arc<dyn Work>>, Vec<_>) =
        AlertsDesk.works(app).into_iter().partition(|work| work.waits_for_others());
    let begin = |works| Worker::new(jobs.clone(), works, Arc::clone(&app.clock)).start(THREADS);
    Ok([begin(own)?, begin(patient)?])
}

/// Towns on a grid of twenty by twenty, their stations around the middle: the map has to put them together.
fn place(number: u32) -> [f64; 2] {
    let (town, at) = (number / IN_TOWN, f64::from(number % IN_TOWN));
    let (north, east) = (44.0 + f64::from(town / 20) * 0.4, f64::from(town % 20) * 0.6);
    let (angle, away) = (at * 2.4, at.sqrt() * 0.02);
    [north + away * angle.sin(), east + away * angle.cos()]
}

/// The nation, regions of 25 municipalities of 250 polling stations each, and a contact by SMS for each of these.
fn lists(stations: u32, now: i64) -> Result<[String; 3], Fault> {
    let (year, month, day) = date_of((now / 86_400) + 30);
    let until = format!("{year:04}-{month:02}-{day:02}");
    let languages = ["en", "fr", "es", "ar"];
    let mut areas = format!("code,name,parent,stations,voters\nEX,Exampleland,,{stations},0\n");
    let mut places = "number,area,voters,unit,name,latitude,longitude\n".to_owned();
    let mut people = "station,function,level,language,authority,sms,email,telephone,valid_until\n".to_owned();
    for number in 0..stations {
        let town = number / IN_TOWN;
        let region = town / TOWNS_IN_REGION;
        if number % (IN_TOWN * TOWNS_IN_REGION) == 0 {
            writeln!(areas, "EX-{region:02},Region {region},EX,0,0")?;
        }
        if number % IN_TOWN == 0 {
            writeln!(areas, "EX-{region:02}-{town:03},Town {town},EX-{region:02},0,0")?;
        }
        let [north, east] = place(number);
        writeln!(
            places,
            "{number},EX-{region:02}-{town:03},1000,U{number},Station {number},{north:.6},{east:.6}"
        )?;
        let language = languages.get(number as usize % languages.len()).ok_or("no language")?;
        writeln!(people, "{number},Head,official,{language},local,+45{number:08},,,{until}")?;
    }
    Ok([areas, places, people])
}

/// Records the election, its network and its contacts.
pub(super) fn fill(app: &App, stations: u32) -> Result<(), Fault> {
    let manager = somebody(Role::Manager)?;
    let public =
        json!({"election": "ex-2026", "title": "General election", "day": "2026-12-05", "zone": ZONE});
    let event =
        NewEvent::about(kind(&ResultsDesk, "elections.election.created/1")?, "election:ex-2026", public);
    app.engine.record(&manager, &|_, _| Ok(vec![event.clone()])).map_err(said)?;
    let [areas, places, people] = lists(stations, app.clock.now())?;
    let new = NewNetwork { election: "ex-2026", areas: &areas, stations: &places, reason: None };
    network::import(&app.engine, &manager, &new).map_err(said)?;
    let network = Network::read(&areas, &places).map_err(|all| format!("{all:?}"))?;
    let zone = Zone::named(ZONE)?;
    let against = Against { network: &network, zone: &zone, now: app.clock.now() };
    let rows = contacts::read(people.as_bytes(), "contacts.csv", against, &ContactLimits::default());
    let rows = rows.map_err(|all| format!("{:?}", all.first()))?;
    contacts::import(&app.engine, &manager, "ex-2026", Mode::All, &rows).map_err(said)?;
    Ok(())
}

/// Lets SMS go to this address, over so many connections, as to a Kannel gateway.
pub(super) fn gateway(app: &App, address: String, connections: u32) -> Result<(), Fault> {
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
    send::set_up(app, &somebody(Role::Manager)?, &wanted).map_err(said)?;
    Ok(())
}

fn content() -> Content {
    let words = Words {
        headline: "Forged result forms in circulation".to_owned(),
        description: String::new(),
        instruction: "Accept no form without the red stamp. Call the office when you see one.".to_owned(),
    };
    let levels = BTreeMap::from([("official".to_owned(), words)]);
    Content {
        category: "Security".to_owned(),
        event: "forged-forms".to_owned(),
        urgency: "Immediate".to_owned(),
        certainty: "Observed".to_owned(),
        goal: "understood".to_owned(),
        words: ["en", "fr", "es", "ar"].map(|language| (language.to_owned(), levels.clone())).into(),
        ..Content::default()
    }
}

/// Releases an alert for everybody, as the desk records it; gives its index.
pub(super) fn release(app: &App) -> Result<u64, Fault> {
    let text = AlertText {
        number: 1,
        kind: Kind::Alert,
        status: Status::Actual,
        severity: Severity::Severe,
        audience: Audience::Station,
        sent: app.clock.now().cast_unsigned(),
        effective_after: 0,
        expires_after: 7_200,
        references: Vec::new(),
        areas: vec!["EX".to_owned()],
        wordings: vec![Wording {
            language: "en".to_owned(),
            headline: "Forged result forms in circulation".to_owned(),
            instruction: "Accept no form without the red stamp.".to_owned(),
        }],
    };
    let object = app.engine.objects().put(&scr_canon::to_canonical(&content())?)?;
    let public = json!({"alert": scr_canon::b64(&text.to_bytes()?), "object": object});
    let event = NewEvent::about(kind(&AlertsDesk, scr_alerts::ISSUED)?, "alert:speed", public)
        .also("election:ex-2026");
    let receipts =
        app.engine.record(&somebody(Role::Manager)?, &|_, _| Ok(vec![event.clone()])).map_err(said)?;
    let index = receipts.last().ok_or("nothing was recorded")?.index;
    write::released(app, index);
    Ok(index)
}

/// The link of each polling station.
pub(super) fn links(app: &App, alert: u64, stations: u32) -> Result<Vec<String>, Fault> {
    let link = |station| know::link_of(app, alert, station).map_err(said)?.ok_or_else(|| "no link".into());
    (0..stations).map(link).collect()
}

/// Polling stations that have come to “read” and to “acted”.
pub(super) fn reached(app: &App, alert: u64) -> Result<[u64; 2], Fault> {
    let totals = know::totals(app, alert).map_err(said)?.ok_or("no board")?;
    Ok([totals.reached[2], totals.reached[4]])
}

/// Messages of the outbox that were handed over.
pub(super) fn handed(app: &App, alert: u64) -> Result<u64, Fault> {
    Ok(send::figures(app, alert).map_err(said)?.of(send::Way::Sms, send::State::Handed))
}
