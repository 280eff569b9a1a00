//! Which playbooks are here, what is in force, and what needs somebody.

use super::names::Names;
use super::place::state;
use super::{PLAN, actor, decides, href, signs};
use crate::library::read::{self, Adopted, Version};
use crate::library::shelf::book;
use crate::library::{plan, shelf};
use askama::Template;
use axum::extract::State;
use scr_core::Actor;
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag, Task, Tone};
use scr_web::{App, Reply, Seal, Visit, just_recorded, page, run};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A playbook in the table.
struct Row {
    href: String,
    name: String,
    code: String,
    label: Option<&'static str>,
    /// The version that is in force.
    in_force: Option<u64>,
    newest: u64,
    tag: Tag,
    at: i64,
    seal: Seal,
}

/// What another organisation has in force and published.
struct Foreign {
    href: String,
    name: String,
    org: String,
    version: u64,
    tag: Option<Tag>,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "library/home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    recorded: Option<Seal>,
    tasks: Vec<Task>,
    rows: Vec<Row>,
    in_force: usize,
    foreign: Vec<Foreign>,
    may_write: bool,
}

pub(super) async fn home(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let (own, force, all) = app.engine.read(|views| {
            let own = read::newest(views, Some(&actor.org))?;
            Ok((own, read::adopted(views, Some(&actor.org))?, read::adopted(views, None)?))
        })?;
        let mut rows = Vec::new();
        let mut tasks = plan_tasks(&app, visit, actor)?;
        for version in &own {
            let in_force = force.iter().find(|one| one.code == version.code).map(|one| one.version);
            let row = row(&app, visit, version, in_force)?;
            tasks.extend(task(&app, visit, (actor, version), &row)?);
            rows.push(row);
        }
        let template = HomePage {
            visit,
            crumbs: Vec::new(),
            recorded: just_recorded(&app, visit)?,
            tasks,
            in_force: force.len(),
            foreign: foreign(&app, visit, (&own, &force), &all)?,
            rows,
            may_write: decides(actor),
        };
        Ok(page(&template).into())
    })
    .await
}

fn row(app: &App, visit: &Visit, version: &Version, in_force: Option<u64>) -> Result<Row, ActError> {
    let book = shelved(app, version)?;
    let name = book
        .as_ref()
        .map_or_else(|| version.code.clone(), |book| book.name(visit.lang_code(), &version.code));
    Ok(Row {
        href: href(&version.code),
        name,
        code: version.code.clone(),
        label: book.as_ref().and_then(|book| super::place::label(book)),
        in_force,
        newest: version.version,
        tag: match book {
            Some(_) => state(visit, version, in_force == Some(version.version)),
            None => Tag::new(Tone::Warn, visit.t("library-state-gone")),
        },
        at: version.at,
        seal: app.seal(version.index, version.at),
    })
}

/// A playbook that is not here any more keeps no page from being shown.
fn shelved(app: &App, version: &Version) -> Result<Option<Arc<shelf::Book>>, ActError> {
    match book(app, &version.sha256) {
        Ok(book) => Ok(Some(book)),
        Err(ActError::Refused(_)) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// What somebody has to do about the newest version.
fn task(
    app: &App,
    visit: &Visit,
    (actor, version): (&Actor, &Version),
    row: &Row,
) -> Result<Option<Task>, ActError> {
    if row.in_force == Some(version.version) {
        return Ok(None);
    }
    let named = [("name", row.name.as_str().into()), ("version", version.version.into())];
    let is_maker =
        app.engine.read(|views| read::maker(views, version.index))?.as_deref() == Some(actor.person.as_str());
    let (key, hint, to) = if version.errors > 0 {
        ("library-task-mend", "library-task-mend-hint", format!("{}#findings", row.href))
    } else if signs(actor) && !is_maker {
        let to = format!("{}/adopt?version={}", row.href, version.version);
        ("library-task-adopt", "library-task-adopt-hint", to)
    } else {
        ("library-task-wait", "library-task-wait-hint", row.href.clone())
    };
    // i18n: library-task-*
    Ok(Some(Task {
        href: to,
        text: visit.ta(key, &named),
        hint: Some(visit.t(hint)),
        tag: Some(row.tag.clone()),
    }))
}

/// Whether the plan needs somebody.
fn plan_tasks(app: &App, visit: &Visit, actor: &Actor) -> Result<Vec<Task>, ActError> {
    let versions = app.engine.read(|views| read::plans(views, actor.org.as_str()))?;
    let in_force = versions.iter().find(|one| one.adopted.is_some());
    let task = |text: &str, hint: &str, tone, tag: &str| Task {
        href: PLAN.to_owned(),
        text: visit.t(text),
        hint: Some(visit.t(hint)),
        tag: Some(Tag::new(tone, visit.t(tag))),
    };
    let mut tasks = Vec::new();
    if in_force.is_some_and(|one| plan::is_overdue(&one.review, app.clock.now())) {
        tasks.push(task("library-task-overdue", "library-task-overdue-hint", Tone::Alarm, "library-overdue"));
    }
    if versions.first().is_some_and(|one| one.adopted.is_none()) {
        tasks.push(task("library-task-plan", "library-task-plan-hint", Tone::Note, "library-state-draft"));
    }
    Ok(tasks)
}

/// What others have in force and published.
fn foreign(
    app: &App,
    visit: &Visit,
    (own, force): (&[Version], &[Adopted]),
    all: &[Adopted],
) -> Result<Vec<Foreign>, ActError> {
    let names = Names::of(app);
    let is_foreign = |one: &&Adopted| one.is_public && own.iter().all(|known| known.code != one.code);
    let mut found: Vec<Foreign> = Vec::new();
    let mut seen = BTreeSet::new();
    for one in all.iter().filter(is_foreign).filter(|one| seen.insert((one.code.clone(), one.version))) {
        let is_ours = force.iter().any(|known| known.code == one.code && known.version == one.version);
        let book = book(app, &one.sha256)?;
        found.push(Foreign {
            href: format!("{}?version={}", href(&one.code), one.version),
            name: book.name(visit.lang_code(), &one.code),
            org: names.say(&one.org),
            version: one.version,
            tag: is_ours.then(|| Tag::new(Tone::Good, visit.t("library-state-in-force"))),
            seal: app.seal(one.index, one.at),
        });
    }
    Ok(found)
}
