//! The JSON interface: the same lists and acts as the pages, for programs with a token. Areas and stations are public;
//! contacts are for managers alone and are never kept by anything in between.

use super::contacts::{self, Against, Contact, ContactLimits, Holder, Mode};
use super::pages::{election_of, network_of, zone_of};
use super::{Network, NewNetwork, import};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use scr_alerts::areas::degrees;
use scr_core::{Problem, Refusal, RefusalKind, Role};
use scr_engine::{ActError, utc_text};
use scr_web::api::{Body, Command, Done, Operation, act, file_of, read, with_problems};
use scr_web::{Allow, App, Reply, Routes, Visit, in_address, run};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

const MOST_ROWS: usize = 1_000;
const USUAL_ROWS: usize = 100;

const PAGING: &[(&str, &str)] = &[
    ("after", "Behind which row to go on, from `next`"),
    ("limit", "Rows of one answer, 1 to 1000; 100 when left out"),
];

/// Calls of this part.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get(
        "/api/v1/alerts/networks/{election}",
        "getAlertNetwork",
        "AlertNetwork",
        "Areas and polling stations in force, in figures",
    ),
    Operation {
        method: "get",
        path: "/api/v1/alerts/networks/{election}/stations",
        id: "listAlertStations",
        summary: "Polling stations by number",
        query: PAGING,
        body: None,
        answer: "AlertStations",
    },
    Operation::post(
        "/api/v1/alerts/networks/{election}",
        "importAlertNetwork",
        "NewAlertNetwork",
        "Import areas and polling stations as the next version",
    ),
    Operation {
        method: "get",
        path: "/api/v1/alerts/networks/{election}/contacts",
        id: "listAlertContacts",
        summary: "Contacts, for managers",
        query: PAGING,
        body: None,
        answer: "AlertContacts",
    },
    Operation::post(
        "/api/v1/alerts/networks/{election}/contacts",
        "importAlertContacts",
        "NewAlertContacts",
        "Import contacts, instead of or beside those there are",
    ),
];

const MANAGERS: Allow = Allow::Roles(&[Role::Manager]);

/// The routes.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/api/v1/alerts/networks/{election}", Allow::Public, summary)
        .get("/api/v1/alerts/networks/{election}/stations", Allow::Public, stations)
        .post("/api/v1/alerts/networks/{election}", MANAGERS, import_network)
        .get("/api/v1/alerts/networks/{election}/contacts", MANAGERS, list_contacts)
        .post("/api/v1/alerts/networks/{election}/contacts", MANAGERS, import_contacts)
}

/// Rows of one answer; `SCR-API-006` for another number.
pub(crate) fn limit(visit: &Visit) -> Result<usize, Refusal> {
    let Some(text) = visit.query.get("limit") else { return Ok(USUAL_ROWS) };
    let found = text.parse::<usize>().ok().filter(|limit| (1..=MOST_ROWS).contains(limit));
    found.ok_or_else(|| {
        Refusal::new(RefusalKind::Invalid, "SCR-API-006")
            .on("limit")
            .with("name", "limit")
            .with("max", MOST_ROWS)
    })
}

async fn summary(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Reply {
    read(visit, headers, move |_| {
        let version = app.engine.read(|views| super::current(views, &id))?;
        Ok(version.map(|one| {
            json!({"election": id, "version": one.version, "entry": one.index, "recorded_at": utc_text(one.at),
                "areas": one.areas, "stations": one.stations, "voters": one.voters})
        }))
    })
    .await
}

async fn stations(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Reply {
    read(visit, headers, move |visit| {
        let (limit, network) = (limit(visit)?, network_of(&app, &id)?);
        let after = visit.query.get("after").and_then(|text| text.parse::<u32>().ok());
        let all = network.stations.all().iter().filter(|one| after.is_none_or(|after| one.number > after));
        let mut some: Vec<_> = all.take(limit + 1).collect();
        let has_more = some.len() > limit;
        some.truncate(limit);
        let next = some.last().filter(|_| has_more).map(|one| one.number);
        let rows: Vec<Value> = some
            .into_iter()
            .map(|one| {
                let (unit, name) = network.names.get(&one.number).cloned().unwrap_or_default();
                let area = network.tree.area(one.area).map(|area| area.code.clone()).unwrap_or_default();
                let mut row =
                    json!({"number": one.number, "area": area, "voters": one.voters, "unit": unit, "name": name});
                if let (Some(point), Some(fields)) = (network.places.of(one.number), row.as_object_mut()) {
                    fields.insert("latitude".to_owned(), json!(degrees(point.latitude())));
                    fields.insert("longitude".to_owned(), json!(degrees(point.longitude())));
                }
                row
            })
            .collect();
        Ok(Some(json!({"stations": rows, "next": next})))
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NetworkBody {
    /// CSV, base64.
    areas: String,
    /// CSV, base64.
    stations: String,
    #[serde(default)]
    reason: Option<String>,
}

impl Body for NetworkBody {
    const WITH_FILE: bool = true;
}

/// A file of a body as text.
fn text_of(app: &App, field: &str) -> Result<String, Refusal> {
    let text = String::from_utf8(file_of(app, field)?);
    text.map_err(|_| Refusal::new(RefusalKind::Invalid, "SCR-API-008").on("file"))
}

fn cannot_be_read(visit: &Visit, problems: &[Problem]) -> Done {
    let all = serde_json::to_value(problems).unwrap_or_default();
    let refusal = Refusal::new(RefusalKind::Invalid, "SCR-API-009").on("file");
    Done::Answered(with_problems(visit, &refusal, &all).into())
}

async fn import_network(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<NetworkBody>,
) -> Reply {
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, visit| {
        let _turn = turn;
        let (areas, stations) = (text_of(app, &body.areas)?, text_of(app, &body.stations)?);
        if let Err(problems) = Network::read(&areas, &stations) {
            return Ok(cannot_be_read(visit, &problems));
        }
        let new =
            NewNetwork { election: &id, areas: &areas, stations: &stations, reason: body.reason.as_deref() };
        let receipts = import(&app.engine, &actor, &new)?;
        Ok(Done::Recorded(receipts, format!("/api/v1/alerts/networks/{}", in_address(&id))))
    })
    .await
}

fn contact_json(one: &Contact) -> Value {
    let (station, area) = match &one.holder {
        Holder::Station(number) => (Some(*number), None),
        Holder::Area(code) => (None, Some(code)),
    };
    json!({"id": one.id, "station": station, "area": area, "function": one.function, "level": one.level,
        "language": one.language, "authority": one.authority, "sms": one.sms, "email": one.email,
        "telephone": one.telephone, "webhook": one.webhook, "until": utc_text(one.until), "order": one.order})
}

async fn list_contacts(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        election_of(&app, visit, &id)?;
        let limit = limit(visit)?;
        let most = u16::try_from(limit + 1).unwrap_or(u16::MAX);
        let after = visit.query.get("after");
        let mut some = app.engine.read(|views| contacts::listed(views, &id, None, after, most))?;
        let has_more = some.len() > limit;
        some.truncate(limit);
        let next = some.last().filter(|_| has_more).map(|kept| kept.contact.id.clone());
        let rows: Vec<Value> = some.iter().map(|kept| contact_json(&kept.contact)).collect();
        let body = json!({"contacts": rows, "next": next}).to_string();
        let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
        Ok((StatusCode::OK, headers, body).into_response().into())
    })
    .await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContactsBody {
    /// CSV, base64.
    file: String,
    file_name: String,
    /// `all` or `added`.
    mode: String,
}

impl Body for ContactsBody {
    const WITH_FILE: bool = true;
}

async fn import_contacts(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Command { visit, actor, body }: Command<ContactsBody>,
) -> Reply {
    let turn = match app.heavy_turn().await {
        Ok(turn) => turn,
        Err(refusal) => return Reply::refused(&visit, &refusal),
    };
    act(app, visit, move |app, visit| {
        let _turn = turn;
        let (election, _) = election_of(app, visit, &id)?;
        let (network, zone) = (network_of(app, &id)?, zone_of(&election));
        let mode = match body.mode.as_str() {
            "all" => Mode::All,
            "added" => Mode::Added,
            _ => return Err(ActError::from(Refusal::new(RefusalKind::Invalid, "SCR-API-007").on("mode"))),
        };
        let file = file_of(app, &body.file)?;
        let against = Against { network: &network, zone: &zone, now: app.clock.now() };
        match contacts::read(&file, &body.file_name, against, &ContactLimits::default()) {
            Ok(contacts) => {
                let receipts = contacts::import(&app.engine, &actor, &id, mode, &contacts)?;
                let location = format!("/api/v1/alerts/networks/{}/contacts", in_address(&id));
                Ok(Done::Recorded(receipts, location))
            }
            Err(problems) => Ok(cannot_be_read(visit, &problems)),
        }
    })
    .await
}
