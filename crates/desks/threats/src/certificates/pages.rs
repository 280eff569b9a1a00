//! Pages about certificate logs: which ones are followed, how far, and what stands against one.

use super::fetch::is_address;
use super::may_be_near;
use super::source::LogKind;
use super::table::{self, Alarm, Decision, Log, Setting};
use crate::login::actor;
use crate::pages::store_of;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use scr_core::{Actor, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Fault};
use scr_names::ct::SignedHead;
use scr_threats::codes;
use scr_web::components::{Crumb, Tag, Tone};
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, go, kept, page, run};
use std::sync::Arc;

const PATH: &str = "/desk/threats/certificates";
/// Seconds after which a head says nothing of what is logged now: twice what logs promise at most.
const OLD_SECONDS: i64 = 2 * 86_400;

fn is_administrator(visit: &Visit) -> bool {
    actor(visit).is_ok_and(|actor| actor.role == Role::Administrator && actor.place.is_none())
}

fn crumbs(visit: &Visit, with_list: bool) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/desk/threats", visit.t("understand-home")),
        Crumb::new("/desk/threats/names", visit.t("understand-names-title")),
    ];
    if with_list {
        crumbs.push(Crumb::new(PATH, visit.t("certs-title")));
    }
    crumbs
}

/// A log in words.
struct Line {
    href: String,
    name: String,
    url: String,
    tag: Tag,
    read: Option<u64>,
    size: u64,
    checked_at: Option<i64>,
    trouble: String,
}

impl Line {
    fn of(visit: &Visit, log: &Log) -> Self {
        let place = log.place();
        Self {
            href: format!("{PATH}/{}", log.id),
            name: log.setting.name.clone(),
            url: log.setting.url.clone(),
            tag: tag(visit, log),
            read: place.map(|(read, _)| read),
            size: place.map_or(0, |(_, size)| size),
            checked_at: Some(log.checked_at).filter(|at| *at > 0),
            trouble: log.trouble.clone(),
        }
    }
}

fn tag(visit: &Visit, log: &Log) -> Tag {
    let (tone, key) = match log.place() {
        _ if log.is_stopped => (Tone::Alarm, "certs-state-stopped"),
        _ if !log.is_on => (Tone::Plain, "certs-state-off"),
        _ if log.failures > 0 => (Tone::Warn, "certs-state-trouble"),
        None => (Tone::Note, "certs-state-new"),
        Some((read, size)) if read < size => (Tone::Note, "certs-state-reading"),
        Some(_) => (Tone::Good, "certs-state-read"),
    };
    Tag::new(tone, visit.t(key))
}

#[derive(Template)]
#[template(path = "certificates/list.html")]
struct ListPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    lines: Vec<Line>,
    stopped: usize,
    may_change: bool,
}

pub(super) async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let logs = table::logs(store_of(&app)?)?;
        let template = ListPage {
            visit,
            crumbs: crumbs(visit, false),
            stopped: logs.iter().filter(|log| log.is_stopped).count(),
            lines: logs.iter().map(|log| Line::of(visit, log)).collect(),
            may_change: is_administrator(visit),
        };
        Ok(page(&template).into())
    })
    .await
}

#[derive(Template)]
#[template(path = "certificates/new.html")]
struct NewPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    kinds: Vec<(String, String)>,
    begins: Vec<(String, String)>,
}

fn show_form(visit: &Visit, form: &FormState) -> Reply {
    // i18n: certs-kind-* certs-begin-*
    let choices = |of: &str, names: &[&str]| -> Vec<(String, String)> {
        names.iter().map(|name| ((*name).to_owned(), visit.t(&format!("certs-{of}-{name}")))).collect()
    };
    let template = NewPage {
        visit,
        crumbs: crumbs(visit, true),
        form,
        kinds: choices("kind", &LogKind::ALL.map(LogKind::as_str)),
        begins: choices("begin", &["now", "entry"]),
    };
    form_page(&template, form)
}

pub(super) async fn form(visit: Visit) -> Reply {
    run(visit, move |visit| {
        Ok(show_form(visit, &FormState::new().with("kind", "rfc6962").with("begin", "now")))
    })
    .await
}

/// What an administrator says of a log.
///
/// # Errors
/// `SCR-THR-110`, with the field.
pub(super) fn setting(
    app: &App,
    (name, kind, url): (&str, &str, &str),
    (origin, public_key): (&str, &str),
    begin: Option<&str>,
) -> Result<Setting, Refusal> {
    let wrong = |field: &str| Refusal::new(RefusalKind::Invalid, codes::WRONG_LOG).on(field);
    let name = name.trim();
    let is_plain =
        |text: &str, most: usize| text.chars().count() <= most && !text.chars().any(char::is_control);
    if name.is_empty() || !is_plain(name, 200) {
        return Err(wrong("name"));
    }
    let url = url.trim().trim_end_matches('/');
    if !is_address(url, may_be_near(app)) {
        return Err(wrong("url"));
    }
    let kind = LogKind::parse(kind).ok_or_else(|| wrong("kind"))?;
    let begin = begin.map(|text| text.trim().parse::<u64>().ok().filter(|begin| *begin <= 1 << 50));
    let begin = begin.map(|begin| begin.ok_or_else(|| wrong("entry"))).transpose()?;
    // A static log is called what its address for submission is, without scheme and final slash.
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let origin = Some(origin.trim()).filter(|origin| !origin.is_empty()).unwrap_or(bare);
    if !is_plain(origin, 300) || origin.contains(' ') {
        return Err(wrong("origin"));
    }
    Ok(Setting {
        name: name.to_owned(),
        kind,
        url: url.to_owned(),
        origin: origin.to_owned(),
        public_key: public_key.split_whitespace().collect(),
        begin,
    })
}

pub(super) async fn add(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let begin = form.is("begin", "entry").then(|| form.value("entry"));
        let wanted = setting(
            &app,
            (form.value("name"), form.value("kind"), form.value("url")),
            (form.value("origin"), form.value("key")),
            begin,
        );
        let now = app.clock.now();
        let done = wanted
            .map_err(ActError::from)
            .and_then(|wanted| table::add(store_of(&app)?, actor(visit)?, &wanted, now));
        match kept(visit, &mut form, done)? {
            Some(log) => Ok(go(&format!("{PATH}/{log}"))),
            None => Ok(show_form(visit, &form)),
        }
    })
    .await
}

/// A signed head, for people.
struct Head {
    size: u64,
    at: i64,
    root: String,
}

impl Head {
    fn of(text: &str) -> Option<Self> {
        let signed: SignedHead = serde_json::from_str(text).ok()?;
        let seconds = i64::try_from(signed.head.timestamp_ms / 1_000).unwrap_or(i64::MAX);
        Some(Self { size: signed.head.size, at: seconds, root: signed.head.root.to_hex() })
    }
}

/// An alarm in words.
struct AlarmLine {
    title: String,
    text: String,
    first: Option<Head>,
    second: Option<Head>,
    decision: String,
    href: String,
    alarm: Alarm,
}

fn alarm_line(visit: &Visit, log: &str, alarm: Alarm) -> AlarmLine {
    // i18n: certs-alarm-* certs-decision-*
    AlarmLine {
        title: visit.t(&format!("certs-alarm-{}", alarm.kind)),
        text: visit.t(&format!("certs-alarm-{}-text", alarm.kind)),
        first: Head::of(&alarm.first),
        second: Head::of(&alarm.second),
        decision: match Decision::parse(&alarm.decision) {
            Some(decision) => visit.t(&format!("certs-decision-{}", decision.as_str())),
            None => String::new(),
        },
        href: format!("{PATH}/{log}/evidence/{}", alarm.number),
        alarm,
    }
}

#[derive(Template)]
#[template(path = "certificates/log.html")]
struct LogPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    line: Line,
    log: &'a Log,
    kind: String,
    is_static: bool,
    head_at: Option<i64>,
    is_old: bool,
    open: Vec<AlarmLine>,
    decided: Vec<AlarmLine>,
    decisions: Vec<(String, String)>,
    may_change: bool,
}

fn no_log() -> ActError {
    Refusal::new(RefusalKind::NotFound, codes::NO_LOG).into()
}

fn show_log(app: &App, visit: &Visit, id: &str, form: &FormState) -> Result<Reply, ActError> {
    let store = store_of(app)?;
    let log = table::log(store, id)?.ok_or_else(no_log)?;
    let lines = table::alarms(store, id)?.into_iter().map(|alarm| alarm_line(visit, id, alarm));
    let (open, decided) = lines.partition(|line| line.alarm.decided_at == 0);
    let head = log.cursor.as_ref().and_then(scr_names::ct::Cursor::head);
    let head_at = head.map(|head| i64::try_from(head.head.timestamp_ms / 1_000).unwrap_or(i64::MAX));
    // i18n: certs-kind-* certs-decide-*
    let decision =
        |one: Decision| (one.as_str().to_owned(), visit.t(&format!("certs-decide-{}", one.as_str())));
    let template = LogPage {
        visit,
        crumbs: crumbs(visit, true),
        form,
        line: Line::of(visit, &log),
        kind: visit.t(&format!("certs-kind-{}", log.setting.kind.as_str())),
        is_static: log.setting.kind == LogKind::Static,
        head_at,
        is_old: head_at.is_some_and(|at| at < app.clock.now() - OLD_SECONDS),
        open,
        decided,
        decisions: Decision::ALL.map(decision).to_vec(),
        may_change: is_administrator(visit),
        log: &log,
    };
    Ok(form_page(&template, form))
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| show_log(&app, visit, &id, &FormState::new())).await
}

pub(super) async fn turn(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let form = posted.form;
    run(posted.visit, move |_| {
        if !table::turn(store_of(&app)?, &id, form.is("on", "yes"))? {
            return Err(no_log());
        }
        Ok(go(&format!("{PATH}/{id}")))
    })
    .await
}

/// A decision with its reason.
///
/// # Errors
/// `SCR-THR-113` where there is no such log, `SCR-THR-110` where the decision is none or has no reason, `SCR-THR-114`.
pub(super) fn decided(
    app: &App,
    actor: &Actor,
    id: &str,
    (decision, reason): (&str, &str),
) -> Result<(), ActError> {
    let store = store_of(app)?;
    table::log(store, id)?.ok_or_else(no_log)?;
    let wrong = |field: &str| Refusal::new(RefusalKind::Invalid, codes::WRONG_LOG).on(field);
    let decision = Decision::parse(decision).ok_or_else(|| wrong("decision"))?;
    let reason = reason.trim();
    if reason.is_empty() || reason.chars().count() > 1_000 {
        return Err(wrong("reason").into());
    }
    table::decide(store, actor, id, (decision, reason), app.clock.now())
}

pub(super) async fn decide(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run(posted.visit, move |visit| {
        let done = decided(&app, actor(visit)?, &id, (form.value("decision"), form.value("reason")));
        match kept(visit, &mut form, done)? {
            Some(()) => Ok(go(&format!("{PATH}/{id}"))),
            None => show_log(&app, visit, &id, &form),
        }
    })
    .await
}

/// What stands against a log, for whoever wants to check it elsewhere: both heads with their signatures, and the key.
pub(super) async fn evidence(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path((id, number)): Path<(String, String)>,
) -> Reply {
    run(visit, move |_| {
        let store = store_of(&app)?;
        let log = table::log(store, &id)?.ok_or_else(no_log)?;
        let alarms = table::alarms(store, &id)?;
        let alarm = alarms.into_iter().find(|alarm| alarm.number.to_string() == number).ok_or_else(no_log)?;
        let head = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap_or_default();
        let value = serde_json::json!({
            "log": log.id, "name": log.setting.name, "url": log.setting.url, "public_key": log.setting.public_key,
            "kind": alarm.kind, "found": scr_engine::utc_text(alarm.at), "words": alarm.words,
            "first": head(&alarm.first), "second": head(&alarm.second),
        });
        let text = serde_json::to_string_pretty(&value).map_err(|error| Fault::log(&error))?;
        let name = format!("attachment; filename=\"log-{}-{}.json\"", id.get(..16).unwrap_or_default(), alarm.number);
        let head = [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name)];
        Ok((StatusCode::OK, head, text).into_response().into())
    })
    .await
}
