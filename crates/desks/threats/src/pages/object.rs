//! One object, for somebody who is no security expert: what it is, whom it concerns, what to do, who says so.

use super::community::heading;
use super::looks::{Looked, looks_for};
use super::names::Names;
use super::place::{Place, own};
use super::related::{Answers, Related, answers, related};
use super::words::{kind_name, known, label_means, label_of, label_tag};
use super::{craft, crumbs};
use crate::craft::narrower;
use crate::select::{self, Entry};
use crate::vocabulary::TermLink;
use crate::vocabulary::shelf::Books;
use crate::vocabulary::warn::list_name;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use scr_core::{Refusal, RefusalKind, Role, Tlp};
use scr_engine::ActError;
use scr_stix::Timestamp;
use scr_threats::{Collection, Standing, codes};
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Reply, Seal, Visit, form_page, in_address, just_recorded, run};
use serde_json::Value;
use std::sync::Arc;

/// Longest text that is shown in full.
const SHOWN: usize = 20_000;
/// As much of an object's own text is on its page; the file has all of it.
const RAW: usize = 200_000;

/// An object as a reader finds it: the same for members and for everybody.
pub(crate) struct Found {
    pub(crate) collection: Collection,
    /// The version that is shown.
    pub(crate) entry: Entry,
    /// All of them, the newest first.
    pub(crate) versions: Vec<Entry>,
    pub(crate) content: String,
    pub(crate) title: String,
    pub(crate) related: Vec<Related>,
    pub(crate) answers: Answers,
}

/// What an address names: the id, and which of its versions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    pub(crate) id: &'a str,
    pub(crate) collection: Option<&'a str>,
    pub(crate) version: Option<&'a str>,
}

/// An object in one of the collections that a reader may read; what they may not see is as if it had never been.
pub(crate) fn find(
    app: &App,
    visit: &Visit,
    (readable, standing): (&[(Collection, i64)], &Standing),
    named: Named<'_>,
) -> Result<Found, ActError> {
    let is_chosen = |one: &Collection| {
        named.collection.is_none_or(|name| one.id == name || one.alias.as_deref() == Some(name))
    };
    let found = app.engine.read(|views| {
        let all: Vec<i64> = readable.iter().map(|(_, number)| *number).collect();
        for (collection, number) in readable.iter().filter(|(one, _)| is_chosen(one)) {
            let versions = select::versions(views, *number, standing, named.id)?;
            let wanted = |one: &&Entry| named.version.is_none_or(|text| version_name(one) == text);
            let Some(entry) = versions.iter().find(wanted).cloned() else { continue };
            let content = select::content(views, entry.seq)?;
            let title = heading(views, visit, (&all, standing), &entry)?;
            let related = related(views, visit, (&all, standing), (&entry, &content))?;
            let answers = answers(views, (&all, standing), named.id)?;
            let collection = collection.clone();
            return Ok(Some(Found { collection, entry, versions, content, title, related, answers }));
        }
        Ok(None)
    })?;
    found.ok_or_else(absent)
}

/// The same words whether there is no such object or none for this reader.
pub(crate) fn absent() -> ActError {
    Refusal::new(RefusalKind::NotFound, codes::NO_OBJECT).into()
}

/// What tells a version apart in an address.
pub(crate) fn version_name(entry: &Entry) -> String {
    entry.version_text.clone().unwrap_or_else(|| entry.version.to_string())
}

/// A fact about an object.
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) value: String,
    /// Written from left to right, and not to be translated.
    pub(crate) is_code: bool,
}

/// What a page says of an object in plain words.
pub(crate) struct Story {
    /// What it is, in one sentence.
    pub(crate) what: String,
    pub(crate) concerns: String,
    /// What to do, step by step.
    pub(crate) todo: Vec<String>,
    pub(crate) looked: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) sure: String,
    pub(crate) until: Option<i64>,
    pub(crate) is_over: bool,
    pub(crate) facts: Vec<Fact>,
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// How sure somebody is (STIX 2.1, appendix A: none, low, medium, high).
fn sure(visit: &Visit, value: &Value) -> String {
    let key = match value["confidence"].as_u64() {
        None => "threats-sure-unsaid",
        Some(0) => "threats-sure-none",
        Some(1..=29) => "threats-sure-low",
        Some(30..=69) => "threats-sure-medium",
        Some(_) => "threats-sure-high",
    };
    visit.t(key)
}

fn seconds(text: &str) -> Option<i64> {
    Timestamp::parse(text).ok().map(|time| time.micros().div_euclid(1_000_000))
}

/// What there is to say of an object, from its own bytes.
pub(crate) fn story(visit: &Visit, entry: &Entry, content: &str, now: i64) -> Story {
    let value: Value = serde_json::from_str(content).unwrap_or_default();
    let is_stix = value["pattern_type"].as_str().unwrap_or("stix") == "stix";
    let looked = if is_stix { looks_for(text(&value, "pattern")) } else { Vec::new() };
    let sort = looked.first().map(|one| one.sort.name());
    let kind = known(&entry.kind);
    // i18n: threats-what-* threats-concerns-* threats-todo-* threats-looks-*
    let said = |part: &str| match (kind, sort) {
        ("indicator", Some(sort)) => visit.t(&format!("threats-{part}-indicator-{sort}")),
        _ => visit.t(&format!("threats-{part}-{}", group(kind))),
    };
    let todo =
        said("todo").lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let described = ["description", "content", "explanation"].map(|name| text(&value, name));
    let long = described.into_iter().find(|one| !one.is_empty()).unwrap_or_default();
    let until = value["valid_until"].as_str().and_then(seconds);
    let named = |one: Looked| (visit.t(&format!("threats-looks-{}", one.sort.name())), one.value);
    Story {
        what: visit.t(&format!("threats-what-{}", group(kind))),
        concerns: said("concerns"),
        todo,
        looked: looked.into_iter().map(named).collect(),
        text: long.chars().take(SHOWN).collect(),
        sure: sure(visit, &value),
        is_over: until.is_some_and(|until| until <= now),
        until,
        facts: facts(visit, &value),
    }
}

/// Types of which the same is said.
fn group(kind: &str) -> &str {
    match kind {
        "intrusion-set" | "threat-actor" => "actor",
        "campaign" | "incident" => "campaign",
        "malware" | "tool" | "infrastructure" | "malware-analysis" => "means",
        "report" | "grouping" => "report",
        "note" | "opinion" => "note",
        "indicator" | "attack-pattern" | "vulnerability" | "course-of-action" | "sighting" => kind,
        _ => "other",
    }
}

/// Properties that are shown as they are: lists of words, times and names.
const FACTS: [&str; 14] = [
    "aliases",
    "goals",
    "objective",
    "indicator_types",
    "malware_types",
    "infrastructure_types",
    "report_types",
    "threat_actor_types",
    "opinion",
    "count",
    "first_seen",
    "last_seen",
    "published",
    "value",
];

fn facts(visit: &Visit, value: &Value) -> Vec<Fact> {
    let mut facts = Vec::new();
    for name in FACTS {
        let plain = match &value[name] {
            Value::String(text) => {
                seconds(text).map_or_else(|| text.clone(), |at| visit.texts().moment(at, &visit.zone))
            }
            Value::Number(number) => number.to_string(),
            Value::Array(list) => {
                list.iter().filter_map(Value::as_str).take(20).collect::<Vec<_>>().join(", ")
            }
            _ => continue,
        };
        // i18n: threats-fact-*
        let label = visit.t(&format!("threats-fact-{}", name.replace('_', "-")));
        facts.push(Fact { name: label, value: plain.chars().take(500).collect(), is_code: name == "value" });
    }
    // Names in collections of others; addresses are shown and never linked, because they may be the attacker's.
    for one in value["external_references"].as_array().into_iter().flatten().take(20) {
        let parts = ["external_id", "description", "url"].map(|part| text(one, part));
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        facts.push(Fact {
            name: visit.ta("threats-fact-source", &[("source", text(one, "source_name").into())]),
            value: parts.join(" · ").chars().take(500).collect(),
            is_code: true,
        });
    }
    facts
}

/// A version in the list.
struct VersionLine {
    href: String,
    at: i64,
    shown: bool,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "pages/object.html")]
struct ObjectPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    found: &'a Found,
    story: Story,
    kind: String,
    by: String,
    label: Tag,
    label_means: String,
    audience: String,
    seal: Seal,
    recorded: Option<Seal>,
    versions: Vec<VersionLine>,
    is_latest: bool,
    latest: String,
    raw: String,
    base: String,
    query: String,
    may_answer: bool,
    is_own: bool,
    may_withdraw: bool,
    /// Where an alert about it is written, for those who may.
    alert_href: Option<String>,
    batch_seconds: u16,
    raw_href: String,
    community_href: String,
    may_copy: bool,
    kept_back: bool,
    may_have_day: bool,
    day: Option<i64>,
    may_ask: Option<String>,
    released: Option<i64>,
    terms: Vec<TermLink>,
    despite: Vec<String>,
}

/// Where an alert is written that comes from this object. Desks meet by links: the desk of alerts asks again who may.
fn alert_href(visit: &Visit, found: &Found, here: &str) -> Option<String> {
    let role = visit.login.as_ref()?.actor.role;
    matches!(role, Role::Manager | Role::Supervisor | Role::Clerk).then(|| {
        let (source, from) = (in_address(&found.title), in_address(here));
        format!("/desk/alerts/drafts/new?source={source}&source_href={from}")
    })
}

/// What whoever shared it was told and confirmed: values on warning lists.
fn despite_lines(visit: &Visit, noted: Vec<(String, String)>) -> Vec<String> {
    let line = |(value, list): (String, String)| match list.as_str() {
        "" => visit.ta("threats-despite-own", &[("value", value.into())]),
        list => visit.ta(
            "threats-despite-list",
            &[("value", value.as_str().into()), ("list", list_name(visit, list).into())],
        ),
    };
    noted.into_iter().map(line).collect()
}

/// An object of a community's collections, for one of its members.
pub(crate) fn for_member(app: &App, visit: &Visit, place: &Place, id: &str) -> Result<Found, ActError> {
    let readable = app.engine.read(|views| place.readable(views))?;
    let get = |name: &str| visit.query.get(name);
    let named = Named { id, collection: get("collection"), version: get("version") };
    find(app, visit, (&readable, &place.seen.standing), named)
}

pub(super) fn render(
    app: &App,
    visit: &Visit,
    (place, found): (&Place, &Found),
    form: &FormState,
) -> Result<Reply, ActError> {
    let names = Names::of(app);
    let books = Books::of(app)?;
    let value: Value = serde_json::from_str(&found.content).unwrap_or_default();
    let entry = &found.entry;
    let tlp = label_of(&entry.tlp);
    let is_own = entry.owner == place.org.as_str();
    let name = found.collection.alias.as_deref().unwrap_or(&found.collection.id);
    let base = format!("{}/objects/{}", place.href(), entry.id);
    let query = format!("?collection={}", in_address(name));
    let version = |one: &Entry| VersionLine {
        href: format!("{base}{query}&version={}", in_address(&version_name(one))),
        at: one.added.div_euclid(1_000_000),
        shown: one.seq == entry.seq,
        seal: app.seal(one.index, one.at),
    };
    let is_narrow = !matches!(tlp, Tlp::Clear | Tlp::Green);
    let may_share = place.shares && place.community().is_active() && !place.writable().is_empty();
    let source = craft::source_of(&place.org, place.community().rules.unmarked, found)?;
    let template = ObjectPage {
        visit,
        crumbs: crumbs(visit, Some(place)),
        form,
        story: story(visit, entry, &found.content, app.clock.now()),
        kind: kind_name(visit, &entry.kind),
        by: names.by(entry),
        label: label_tag(tlp),
        label_means: label_means(visit, tlp),
        // Whom else it reaches is for its owner to know.
        audience: if is_own && is_narrow { names.list(&entry.audience()) } else { String::new() },
        seal: app.seal(entry.index, entry.at),
        recorded: just_recorded(app, visit)?,
        versions: found.versions.iter().map(version).collect(),
        is_latest: found.versions.first().is_none_or(|first| first.seq == entry.seq),
        latest: format!("{base}{query}"),
        raw: found.content.chars().take(RAW).collect(),
        may_answer: may_share,
        alert_href: alert_href(visit, found, &format!("{base}{query}")),
        may_withdraw: is_own && place.shares && place.seen.may_write(&found.collection),
        is_own,
        batch_seconds: app.config.batch_seconds,
        raw_href: format!("{base}/raw.json{query}&version={}", in_address(&version_name(entry))),
        may_copy: !entry.revoked && may_share && craft::may_copy(&source),
        kept_back: is_own && narrower(&source.object, source.unmarked).is_some(),
        may_have_day: craft::may_have_day(place, found) && !entry.revoked,
        day: craft::day_of(app, place, found)?.map(|day| day.due),
        may_ask: entry
            .pseudonym
            .as_ref()
            .filter(|_| craft::is_custodian(place) && !is_own)
            .map(|name| in_address(name)),
        released: app.engine.read(|views| select::released(views, entry.seq))?,
        community_href: place.href(),
        terms: books.meant_by(&value).iter().map(TermLink::of).collect(),
        despite: despite_lines(visit, app.engine.read(|views| select::despite(views, entry.seq))?),
        base,
        query,
        found,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        let found = for_member(&app, visit, &place, &id)?;
        render(&app, visit, (&place, &found), &FormState::new())
    })
    .await
}

/// The bytes of an object as they came, as a file.
pub(crate) fn file(found: &Found) -> Reply {
    let name = format!("attachment; filename=\"{}.json\"", found.entry.id);
    let head = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
    (head, found.content.clone()).into_response().into()
}

pub(super) async fn raw(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Reply {
    run(visit, move |visit| {
        let place = own(&app, visit, &code)?;
        Ok(file(&for_member(&app, visit, &place, &id)?))
    })
    .await
}
