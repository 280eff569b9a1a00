//! Alerts below `/api/v1/alerts`: what was released, and drafts to begin with. To approve words and to release is to sign, and a
//! program never signs: these are done on the pages.

use super::acts::{self, Beginning};
use super::draft::{AUDIENCES, Draft, KINDS, SEVERITIES, STATUSES, Spoken, word};
use super::drafts_api;
use super::rules::WRITERS;
use crate::issued::{self, Issued, Standing, Words};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, parse_utc, utc_text};
use scr_web::api::{Body, Command, Done, Operation, act, read};
use scr_web::{Allow, App, Reply, Routes, Visit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Alerts of one answer.
const PAGE: u16 = 100;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: "get",
        path: "/api/v1/alerts",
        id: "listAlerts",
        summary: "Released alerts, the newest first, each with what holds of it now",
        query: &[
            ("election", "Only of this election"),
            ("before", "Goes on after an earlier answer: its `next`"),
        ],
        body: None,
        answer: "Alerts",
    },
    Operation::get(
        "/api/v1/alerts/{alert}",
        "getAlert",
        "Alert",
        "One released alert, by its id or its place in the log",
    ),
    Operation {
        method: "post",
        path: "/api/v1/alerts/drafts",
        id: "draftAlert",
        summary: "Begin a draft; people complete, approve and release it on the pages",
        query: &[],
        body: Some("NewAlertDraft"),
        answer: "AlertDraft",
    },
];

/// The routes.
pub(crate) fn routes() -> Routes {
    const EVERY_WRITER: Allow = Allow::Roles(&WRITERS);
    Routes::new()
        .get("/api/v1/alerts", Allow::Public, list)
        .get("/api/v1/alerts/{alert}", Allow::Public, one)
        .post("/api/v1/alerts/drafts", EVERY_WRITER, draft)
}

fn described(one: &Issued, standing: Standing) -> Value {
    let (text, content) = (&one.text, &one.content);
    let moment = |at: u64| utc_text(at.cast_signed());
    json!({
        "id": one.id, "entry": one.index, "leaf": one.leaf, "election": one.election, "recorded": utc_text(one.at),
        "issuer": one.issuer, "drill": one.drill, "number": text.number, "kind": word(&KINDS, &text.kind),
        "status": word(&STATUSES, &text.status), "severity": word(&SEVERITIES, &text.severity),
        "audience": word(&AUDIENCES, &text.audience), "event": content.event, "category": content.category,
        "urgency": content.urgency, "certainty": content.certainty, "sent": moment(text.sent),
        "effective": moment(text.effective()), "expires": moment(text.expires()),
        "acknowledge_by": content.acknowledge_by.map(moment), "goal": content.goal, "areas": text.areas,
        "names": text.references.iter().map(|named| named.index).collect::<Vec<_>>(),
        "short": text.wordings, "words": content.words, "state": standing,
        "cap": format!("/alerts/{}.cap", one.id), "bundle": format!("/alerts/{}.bundle", one.id),
    })
}

async fn list(State(app): State<Arc<App>>, visit: Visit, headers: HeaderMap) -> Reply {
    read(visit, headers, move |visit| {
        let before = visit.query.get("before").and_then(|text| text.parse::<u32>().ok()).map(u64::from);
        let election = visit.query.get("election");
        let now = app.clock.now();
        let all = app.engine.read(|views| {
            let all = issued::of_election(views, election, before, PAGE)?;
            let one = |one: &Issued| Ok(described(one, issued::standing(views, one, now)?));
            let next = all.last().filter(|_| all.len() == usize::from(PAGE)).map(|one| one.index);
            let alerts = all.iter().map(one).collect::<rusqlite::Result<Vec<_>>>()?;
            Ok(json!({"alerts": alerts, "next": next}))
        })?;
        Ok(Some(all))
    })
    .await
}

async fn one(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Reply {
    read(visit, headers, move |_| {
        let now = app.clock.now();
        let found = app.engine.read(|views| {
            let found = match name.parse::<u64>() {
                Ok(index) => issued::at(views, index)?,
                Err(_) => issued::find(views, &name)?,
            };
            found.map(|one| Ok(described(&one, issued::standing(views, &one, now)?))).transpose()
        })?;
        Ok(found)
    })
    .await
}

/// A draft as a program sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewDraft {
    election: String,
    status: String,
    #[serde(default)]
    drill: Option<String>,
    #[serde(default)]
    of: Option<Of>,
    event: String,
    category: String,
    urgency: String,
    severity: String,
    certainty: String,
    audience: String,
    #[serde(default)]
    areas: Vec<String>,
    #[serde(default)]
    effective: Option<String>,
    #[serde(default)]
    expires: Option<String>,
    #[serde(default)]
    acknowledge_minutes: Option<u32>,
    goal: String,
    main: String,
    #[serde(default)]
    words: BTreeMap<String, NewWords>,
    #[serde(default)]
    source: String,
    #[serde(default)]
    source_href: String,
}

/// The alert that it updates or takes back.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Of {
    entry: u64,
    kind: String,
}

/// The words of one language.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewWords {
    headline: String,
    instruction: String,
    #[serde(default)]
    levels: BTreeMap<String, Words>,
}

impl Body for NewDraft {}

/// A time of RFC 3339 in UTC.
fn time(text: Option<&String>, field: &str) -> Result<Option<i64>, Refusal> {
    let wrong = || Refusal::new(RefusalKind::Invalid, super::codes::WRONG_VALUE).on(field);
    text.map(|text| parse_utc(text).ok_or_else(wrong)).transpose()
}

impl NewDraft {
    pub(super) fn beginning(&self) -> Beginning<'_> {
        Beginning {
            election: &self.election,
            status: &self.status,
            drill: self.drill.as_deref(),
            of: self.of.as_ref().map(|of| (of.entry, of.kind.as_str())),
            source: (&self.source, &self.source_href),
        }
    }

    /// The draft that was begun, filled.
    pub(super) fn fill(self, begun: &Draft) -> Result<Draft, Refusal> {
        let (effective, expires) =
            (time(self.effective.as_ref(), "effective")?, time(self.expires.as_ref(), "expires")?);
        let spoken = |words: NewWords| Spoken {
            headline: words.headline,
            instruction: words.instruction,
            levels: words.levels,
            written_by: String::new(),
        };
        Ok(Draft {
            event: self.event,
            category: self.category,
            urgency: self.urgency,
            severity: self.severity,
            certainty: self.certainty,
            audience: self.audience,
            areas: self.areas,
            effective,
            expires,
            acknowledge_minutes: self.acknowledge_minutes,
            goal: self.goal,
            main: self.main,
            words: self.words.into_iter().map(|(language, words)| (language, spoken(words))).collect(),
            ..begun.clone()
        })
    }
}

async fn draft(State(app): State<Arc<App>>, command: Command<NewDraft>) -> Reply {
    let Command { visit, actor, body } = command;
    act(app, visit, move |app, visit| {
        let begun = acts::prepare(app, &actor, &body.beginning())?;
        // What could not be kept is refused before anything is.
        let id = acts::keep(app, &actor, body.fill(&begun)?)?;
        let kept = acts::open_draft(app, &actor, &id)?;
        let (facts, _) = acts::known(app, &actor, &kept.draft)?;
        let missing = drafts_api::missing(visit, &kept.draft, &facts);
        let href = kept.draft.href();
        let answer = json!({"id": id, "href": href, "missing": missing});
        let text = serde_json::to_string(&answer).map_err(|error| Fault::log(&error))?;
        let head = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
        let mut response = (StatusCode::CREATED, head, text).into_response();
        if let Ok(to) = header::HeaderValue::from_str(&href) {
            response.headers_mut().insert(header::LOCATION, to);
        }
        Ok::<_, ActError>(Done::Answered(response.into()))
    })
    .await
}
