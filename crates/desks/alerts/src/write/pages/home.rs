//! What needs somebody: drafts, approvals, alerts that are open and when they end.

use super::super::draft::Draft;
use super::super::table::{self, Kept};
use super::super::{acts, rules, view};
use super::{actor, look};
use crate::issued::{self, Issued};
use askama::Template;
use axum::extract::State;
use scr_core::Actor;
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag, Task, Tone};
use scr_web::{App, Reply, Seal, Visit, issuer_name, just_recorded, page, run};
use std::sync::Arc;

/// Below this time until its end an alert is to be looked at, in seconds.
const SOON: i64 = 2 * 3_600;

/// An open alert.
struct Open {
    href: String,
    title: String,
    number: u16,
    status: Tag,
    severity: Tag,
    ends: i64,
    left: String,
    is_soon: bool,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "write/home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    tasks: Vec<Task>,
    open: Vec<Open>,
    has_election: bool,
}

pub(super) async fn show(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        rules::may_write(actor)?;
        let now = app.clock.now();
        let origin = app.engine.ledger().origin();
        let is_own = |issuer: &str| issuer_name(origin, issuer) == actor.org.as_str();
        let (elections, open) =
            app.engine.read(|views| Ok((view::elections(views)?, issued::open_at(views, None, now)?)))?;
        let template = HomePage {
            visit,
            crumbs: Vec::new(),
            recorded: just_recorded(&app, visit)?,
            tasks: tasks(&app, visit, actor)?,
            open: open
                .iter()
                .filter(|one| is_own(&one.issuer))
                .map(|one| line(&app, visit, one, now))
                .collect(),
            has_election: elections.iter().any(|one| is_own(&one.issuer)),
        };
        Ok(page(&template).into())
    })
    .await
}

fn line(app: &App, visit: &Visit, one: &Issued, now: i64) -> Open {
    let ends = one.text.expires().cast_signed();
    Open {
        href: format!("/desk/alerts/released/{}", one.id),
        title: look::headline(visit, one),
        number: one.text.number,
        status: look::status_tag(visit, one.text.status),
        severity: look::severity_tag(visit, one.text.severity),
        ends,
        left: look::left(visit, ends - now),
        is_soon: ends - now < SOON,
        seal: app.seal(one.index, one.at),
    }
}

/// Drafts, each with the next thing that somebody has to do.
fn tasks(app: &App, visit: &Visit, actor: &Actor) -> Result<Vec<Task>, ActError> {
    let mut tasks = Vec::new();
    for kept in table::of_org(app, actor.org.as_str())? {
        tasks.push(task(app, visit, actor, &kept)?);
    }
    Ok(tasks)
}

fn task(app: &App, visit: &Visit, actor: &Actor, kept: &Kept) -> Result<Task, ActError> {
    let draft = &kept.draft;
    let (facts, _) = acts::known(app, actor, draft)?;
    let waits: Vec<String> =
        waiting(draft, &facts).iter().map(|one| look::say(visit, "language", one)).collect();
    let missing = rules::missing(draft, &facts);
    let agreed = agreed(app, draft)?;
    // i18n: alerts-next-*
    let (tone, text) = if missing.is_empty() && agreed > 0 {
        (Tone::Alarm, visit.t("alerts-next-second"))
    } else if missing.is_empty() {
        (Tone::Warn, visit.t("alerts-next-release"))
    } else if waits.is_empty() {
        (Tone::Plain, visit.t("alerts-next-write"))
    } else {
        (Tone::Note, visit.ta("alerts-next-approve", &[("languages", waits.join(", ").into())]))
    };
    let status = look::say(visit, "status", &draft.status);
    let args =
        [("status", status.into()), ("changed", visit.texts().moment(kept.changed, &visit.zone).into())];
    Ok(Task {
        href: draft.href(),
        text: look::title(visit, draft),
        hint: Some(visit.ta("alerts-draft-hint", &args)),
        tag: Some(Tag::new(tone, text)),
    })
}

/// Languages whose words are whole and not approved.
pub(super) fn waiting(draft: &Draft, facts: &rules::Facts) -> Vec<String> {
    let waits = |language: &&str| {
        draft.words.get(*language).is_some_and(super::super::draft::Spoken::is_whole)
            && !facts.approved.contains_key(*language)
    };
    draft.languages().into_iter().filter(waits).map(str::to_owned).collect()
}

/// How many have agreed to exactly this draft.
pub(super) fn agreed(app: &App, draft: &Draft) -> Result<usize, ActError> {
    let hash = draft.hash()?.to_string();
    let all = app.engine.read(|views| view::agreements(views, &draft.id))?;
    Ok(all.iter().filter(|one| one.hash == hash && !one.person.is_empty()).count())
}
