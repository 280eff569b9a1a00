//! Severity below `/api/v1/`: worked out for anybody who is signed in, recorded by those who may, read by everybody.

use super::assess::{self, Answers, Assessment, Polls};
use super::view;
use crate::runs::acts::Person;
use crate::runs::{around, data};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use scr_core::Refusal;
use scr_engine::{ActError, utc_text};
use scr_playbooks::severity::{ElectionSettings, Levels};
use scr_web::api::{Body, Command, Done, Operation, act, read};
use scr_web::{App, Reply, Visit};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;

const QUERY: &[(&str, &str)] = &[
    ("functional_impact", "NCISS: impact on functions"),
    ("observed_activity", "NCISS: activity that was observed"),
    ("location_of_observed_activity", "NCISS: where it was observed"),
    ("actor_characterization", "NCISS: who it seems to be"),
    ("information_impact", "NCISS: impact on information"),
    ("recoverability", "NCISS: how it can be recovered from"),
    ("cross_sector_dependency", "NCISS: the sector that depends on it"),
    ("potential_impact", "NCISS: impact that it could have"),
    ("polls", "`opens` (with hours), `open` or `far`"),
    ("hours", "Hours until the polls open"),
    ("election", "An election, in the place of polls and hours (with opens and closes)"),
    ("opens", "When the polls open on the day, `08:00`"),
    ("closes", "When they close, `18:00`"),
    ("voters", "How many voters are affected"),
];

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation {
        method: "get",
        path: "/api/v1/response/severity",
        id: "computeSeverity",
        summary: "How severe an incident is, with every term of the formula; nothing is recorded",
        query: QUERY,
        body: None,
        answer: "Severity",
    },
    Operation::get(
        "/api/v1/response/severity/{assessment}",
        "getSeverity",
        "Severity",
        "An assessment that was recorded, with every term of the formula",
    ),
    Operation::post(
        "/api/v1/response/severity",
        "recordSeverity",
        "NewSeverity",
        "Record how severe an incident is",
    ),
];

/// Every term, in exact fractions.
fn json_of(one: &Assessment) -> Value {
    let mut body = assess::public(one);
    let term = |term: &scr_playbooks::severity::Term| {
        json!({"category": term.category, "option": term.option, "weight": term.weight, "value": term.value,
            "product": term.product})
    };
    let change = |change: &assess::Change| json!({"category": change.category, "option": change.option, "result": change.result.to_string()});
    body["terms"] = json!(one.nciss.terms.iter().map(term).collect::<Vec<_>>());
    body["sum"] = json!(one.nciss.sum);
    body["least"] = json!(one.nciss.least);
    body["greatest"] = json!(one.nciss.greatest);
    body["time_factor"] = json!(one.election.time_factor.to_string());
    body["voters_factor"] = json!(one.election.voters_factor.to_string());
    body["would_change_most"] = json!(one.changes.iter().map(change).collect::<Vec<_>>());
    body
}

pub(super) async fn compute(State(app): State<Arc<App>>, visit: Visit, headers: HeaderMap) -> Reply {
    read(visit, headers, move |visit| {
        let elections = app.engine.read(around::elections)?;
        let election = visit.query.get("election");
        let election = elections.iter().find(|one| Some(one.election.as_str()) == election);
        let value = |name: &str| {
            let usual = match name {
                "opens" => "08:00",
                "closes" => "18:00",
                "polls" => "far",
                "voters" => "0",
                _ => "",
            };
            visit.query.get(name).unwrap_or(usual).to_owned()
        };
        let first = |refusals: Vec<Refusal>| refusals.into_iter().next().unwrap_or_else(data::absent);
        let answers = assess::read(&value, election, app.clock.now()).map_err(first)?;
        Ok(Some(json_of(&assess::assess(&answers)?)))
    })
    .await
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    visit: Visit,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Reply {
    read(visit, headers, move |_| {
        let Some(found) = app.engine.read(|views| view::find(views, &id))? else { return Ok(None) };
        let Some(answers) = assess::answers_of(&found.content) else { return Ok(None) };
        let mut body = json_of(&assess::assess(&answers)?);
        body["assessment"] = json!(found.id);
        body["title"] = json!(found.title);
        body["election"] = json!(found.election);
        body["entry"] = json!(found.index);
        body["recorded_at"] = json!(utc_text(found.at));
        Ok(Some(body))
    })
    .await
}

/// What was answered, and what it is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewBody {
    title: String,
    #[serde(default)]
    election: Option<String>,
    chosen: BTreeMap<String, String>,
    polls: String,
    #[serde(default)]
    minutes: u32,
    #[serde(default)]
    voters: u64,
}

impl Body for NewBody {}

pub(super) async fn record(
    State(app): State<Arc<App>>,
    Command { visit, actor, body }: Command<NewBody>,
) -> Reply {
    act(app, visit, move |app, visit| {
        let time = || Refusal::new(scr_core::RefusalKind::Invalid, super::TIME).on("polls");
        let answers = Answers {
            chosen: body.chosen,
            polls: Polls::of(&body.polls, body.minutes).ok_or_else(time)?,
            voters: body.voters,
            levels: Levels::default(),
            settings: ElectionSettings::default(),
        };
        let assessment = assess::assess(&answers)?;
        let name = visit.login.as_ref().map_or("", |login| login.name.as_str());
        let person = Person { actor: &actor, name };
        let about = (body.title.as_str(), body.election.as_deref());
        let (id, receipts) = assess::record(&app.engine, person, about, &assessment)?;
        Ok::<_, ActError>(Done::Recorded(receipts, format!("/api/v1/response/severity/{id}")))
    })
    .await
}
