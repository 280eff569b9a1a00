//! Drafts for programs: what stands in them, what every channel would carry, and what they wait for. To approve words and to release
//! is to sign, for which somebody is asked for a password: answers say at which page a person does it, and over which words.

use super::draft::{Draft, LANGUAGES};
use super::pages::Place;
use super::rules::{self, Facts, WRITERS, needs_two};
use super::table::{self, Kept};
use super::{acts, channels, view};
use crate::answer::private;
use crate::issued;
use crate::login::actor;
use axum::extract::{Path, State};
use scr_core::Refusal;
use scr_engine::{ActError, utc_text};
use scr_web::api::Operation;
use scr_web::{Allow, App, Reply, Routes, Visit, refusal_text, run};
use serde_json::{Value, json};
use std::sync::Arc;

/// Every call.
pub(crate) const OPERATIONS: &[Operation] = &[
    Operation::get(
        "/api/v1/alerts/drafts",
        "listAlertDrafts",
        "AlertDrafts",
        "Open drafts of one's organisation, those saved last first, each with what it waits for",
    ),
    Operation::get(
        "/api/v1/alerts/drafts/{draft}",
        "getAlertDraft",
        "KeptAlertDraft",
        "One draft: its words with the hash that an approval is over, and the pages where people approve and release",
    ),
    Operation::get(
        "/api/v1/alerts/drafts/{draft}/preview",
        "previewAlertDraft",
        "AlertPreview",
        "What every channel would carry, with length, parts and cost",
    ),
];

/// The routes.
pub(crate) fn routes() -> Routes {
    const EVERY_WRITER: Allow = Allow::Roles(&WRITERS);
    Routes::new()
        .get("/api/v1/alerts/drafts", EVERY_WRITER, list)
        .get("/api/v1/alerts/drafts/{draft}", EVERY_WRITER, one)
        .get("/api/v1/alerts/drafts/{draft}/preview", EVERY_WRITER, preview)
}

/// A refusal that does not end the request: its code, the field, and its words.
fn refused(visit: &Visit, refusal: &Refusal) -> Value {
    json!({"code": refusal.code, "field": refusal.field, "detail": refusal_text(visit, refusal)})
}

/// What stands in the way of a release.
pub(super) fn missing(visit: &Visit, draft: &Draft, facts: &Facts) -> Vec<Value> {
    rules::missing(draft, facts).iter().map(|refusal| refused(visit, refusal)).collect()
}

/// `open`, `released`, `dropped`.
fn state(app: &App, kept: &Kept) -> Result<&'static str, ActError> {
    let is_released = app.engine.read(|views| Ok(issued::find(views, &kept.draft.id)?.is_some()))?;
    Ok(match (is_released, kept.is_dropped) {
        (true, _) => "released",
        (false, true) => "dropped",
        (false, false) => "open",
    })
}

/// How many have agreed to exactly this draft, and how many it needs.
fn agreement(app: &App, draft: &Draft) -> Result<Value, ActError> {
    let hash = draft.hash()?.to_string();
    let all = app.engine.read(|views| view::agreements(views, &draft.id))?;
    let agreed = all.iter().filter(|one| one.hash == hash && !one.person.is_empty()).count();
    let needed = if needs_two(draft.kind(), draft.status(), draft.severity()) { 2 } else { 1 };
    Ok(json!({"agreed": agreed, "needed": needed, "page": format!("{}/release", draft.href())}))
}

/// How far the words of a language are.
fn word_state(draft: &Draft, facts: &Facts, language: &str) -> &'static str {
    let Some(spoken) = draft.words.get(language).filter(|spoken| !spoken.is_empty()) else { return "none" };
    match (facts.approved.contains_key(language), spoken.is_whole()) {
        (true, _) => "approved",
        (false, true) => "waits",
        (false, false) => "partly",
    }
}

fn listed(app: &App, visit: &Visit, kept: &Kept) -> Result<Value, ActError> {
    let draft = &kept.draft;
    let (facts, _) = acts::known(app, actor(visit)?, draft)?;
    let states = LANGUAGES.iter().map(|language| {
        let state = word_state(draft, &facts, language);
        ((*language).to_owned(), Value::from(state))
    });
    let headline = draft.words.get(&draft.main).map(|spoken| spoken.headline.clone());
    Ok(json!({
        "id": draft.id, "href": draft.href(), "version": kept.version, "changed": utc_text(kept.changed),
        "election": draft.election, "status": draft.status, "drill": draft.drill, "kind": draft.kind,
        "names": draft.names, "severity": draft.severity, "event": draft.event,
        "headline": headline.unwrap_or_default(), "languages": states.collect::<serde_json::Map<_, _>>(),
        "missing": missing(visit, draft, &facts), "release": agreement(app, draft)?,
    }))
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let person = actor(visit)?;
        rules::may_write(person)?;
        let mut drafts = Vec::new();
        for kept in table::of_org(&app, person.org.as_str())? {
            if state(&app, &kept)? == "open" {
                drafts.push(listed(&app, visit, &kept)?);
            }
        }
        Ok(private(&json!({"drafts": drafts})))
    })
    .await
}

/// The words of each language, with what an approval of them is over, and where it is given.
fn words(draft: &Draft, facts: &Facts) -> Result<Value, ActError> {
    let mut all = serde_json::Map::new();
    for language in draft.languages() {
        let Some(spoken) = draft.words.get(language) else { continue };
        let one = json!({
            "headline": spoken.headline, "instruction": spoken.instruction, "levels": spoken.filled(),
            "state": word_state(draft, facts, language), "hash": draft.words_hash(language)?,
            "approved": facts.approved.get(language).map(|said| said.index),
            "page": format!("{}/approve/{language}", draft.href()),
        });
        all.insert(language.to_owned(), one);
    }
    Ok(Value::Object(all))
}

async fn one(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let person = actor(visit)?;
        let kept = acts::draft(&app, person, &id)?;
        let (draft, state) = (&kept.draft, state(&app, &kept)?);
        let (facts, _) = acts::known(&app, person, draft)?;
        let open = |value: Value| if state == "open" { value } else { Value::Null };
        Ok(private(&json!({
            "id": draft.id, "href": draft.href(), "state": state, "version": kept.version,
            "changed": utc_text(kept.changed), "election": draft.election, "status": draft.status,
            "drill": draft.drill, "kind": draft.kind, "names": draft.names, "event": draft.event,
            "category": draft.category, "urgency": draft.urgency, "severity": draft.severity,
            "certainty": draft.certainty, "audience": draft.audience, "areas": draft.areas,
            "effective": draft.effective.map(utc_text), "expires": draft.expires.map(utc_text),
            "acknowledge_minutes": draft.acknowledge_minutes, "goal": draft.goal, "source": draft.source,
            "source_href": draft.source_href, "main": draft.main, "words": words(draft, &facts)?,
            "missing": open(json!(missing(visit, draft, &facts))), "release": open(agreement(&app, draft)?),
            "alert": (state == "released").then(|| format!("/api/v1/alerts/{}", draft.id)),
        })))
    })
    .await
}

/// What SMS in a language would cost.
fn cost(messages: u64, price: Option<&(u64, String)>) -> Value {
    price.map_or(Value::Null, |(price, currency)| {
        json!({"amount": channels::digits(price.saturating_mul(messages)), "currency": currency})
    })
}

async fn preview(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let place = Place::open(&app, visit, &id)?;
        let sender = visit.login.as_ref().map(|login| login.organisation.clone()).unwrap_or_default();
        let draft = &place.kept.draft;
        let found = channels::preview(&app, &sender, draft, (&place.facts, place.network.as_deref()))?;
        let price = channels::price(&app, actor(visit)?.org.as_str())?;
        let language = |one: &channels::InLanguage| {
            json!({
                "language": one.language, "approved": one.is_approved,
                "sms": {"text": one.sms, "alphabet": channels::alphabet(one.coding), "parts": one.parts,
                    "contacts": one.contacts, "messages": one.messages,
                    "cost": cost(one.messages, price.as_ref())},
                "mail": {"subject": one.mail.0, "text": one.mail.1}, "spoken": one.spoken,
            })
        };
        Ok(private(&json!({
            "id": draft.id, "status": draft.status,
            "refusal": found.refusal.as_ref().map(|refusal| refused(visit, refusal)),
            "stations": found.stations, "voters": found.voters, "unreached": found.unreached,
            "mails": found.mails, "programs": found.programs,
            "languages": found.languages.iter().map(language).collect::<Vec<_>>(),
            "bytes": {"compact": found.compact, "compact_most": scr_alerts::text::MAX_TEXT_BYTES,
                "bundle": found.bundle, "short": found.short},
            "qr_version": channels::qr_version(found.bundle), "cap": found.cap,
        })))
    })
    .await
}
