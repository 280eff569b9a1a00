//! The audits, and what each of them needs of the reader.

use super::words::phase_tag;
use super::{actor, audit_of, href, is_administrator, next_page, page_of, place_href, role_in, run};
use crate::data::{self, Kept, Line};
use crate::rounds;
use askama::Template;
use axum::extract::State;
use scr_audits::workflow::{Party, Phase, What};
use scr_core::{Actor, Role};
use scr_engine::ActError;
use scr_web::components::{Crumb, Tag, Task, Tone};
use scr_web::{App, Reply, Seal, Visit, page};
use std::sync::Arc;

/// Audits of which it is said what they need; of later ones the state alone.
const LOOKED_AT: usize = 20;

/// An audit in the list.
struct Row {
    href: String,
    title: String,
    org: String,
    tag: Tag,
    at: i64,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "prepare/home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    tasks: Vec<Task>,
    rows: Vec<Row>,
    may_create: bool,
}

pub(super) async fn home(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let lines = app.engine.read(data::audits)?;
        let mut tasks = Vec::new();
        let open = lines.iter().filter(|line| line.org == actor.org.as_str() && line.phase != "finished");
        for line in open.take(LOOKED_AT) {
            let kept = audit_of(&app, &line.id)?;
            tasks.extend(tasks_of(&app, visit, &kept)?);
        }
        let rows = lines.into_iter().map(|line| row(&app, visit, line)).collect();
        let may_create = actor.role == Role::Manager && actor.place.is_none();
        let template = HomePage { visit, crumbs: Vec::new(), tasks, rows, may_create };
        Ok(page(&template).into())
    })
    .await
}

fn row(app: &App, visit: &Visit, line: Line) -> Row {
    Row {
        href: href(&line.id),
        tag: phase_tag(visit, &line.phase),
        seal: app.seal(line.changed_index, line.changed_at),
        at: line.changed_at,
        title: line.title,
        org: line.org,
    }
}

fn task(visit: &Visit, kept: &Kept, to: String, key: &str, tag: Option<Tag>) -> Task {
    Task { href: to, text: visit.t(key), hint: Some(kept.audit.title().to_owned()), tag }
}

/// What an audit needs of the reader now.
fn tasks_of(app: &App, visit: &Visit, kept: &Kept) -> Result<Vec<Task>, ActError> {
    let actor = actor(visit)?;
    if is_administrator(visit, kept) {
        return Ok(vec![of_administrator(app, visit, kept)]);
    }
    match role_in(visit, kept, actor.place.as_deref()) {
        Some(Party::Jurisdiction(_)) => of_jurisdictions(app, visit, kept, actor),
        Some(Party::Observer) if kept.audit.phase() == Phase::Committed => {
            let to = page_of(app, "/desk/audits/{audit}/seed", kept).unwrap_or_else(|| href(&kept.id));
            Ok(vec![task(visit, kept, to, "audits-task-watch-seed", None)])
        }
        _ => Ok(Vec::new()),
    }
}

fn of_administrator(app: &App, visit: &Visit, kept: &Kept) -> Task {
    let base = next_page(app, kept).unwrap_or_else(|| href(&kept.id));
    let missing = kept.audit.missing().len();
    match kept.audit.phase() {
        Phase::Draft if missing == 0 => task(visit, kept, base, "audits-task-commit", None),
        Phase::Draft => {
            let text = visit.ta("audits-task-missing-count", &[("count", missing.into())]);
            task(visit, kept, base, "audits-task-prepare", Some(Tag::new(Tone::Warn, text)))
        }
        // i18n: audits-next-*
        phase => task(visit, kept, base, &format!("audits-next-{}", phase.as_str()), None),
    }
}

/// Of the jurisdiction of the reader, or of each where the reader looks after all of them.
fn of_jurisdictions(app: &App, visit: &Visit, kept: &Kept, actor: &Actor) -> Result<Vec<Task>, ActError> {
    let is_own = |name: &&String| actor.place.as_ref().is_none_or(|place| place == *name);
    let names: Vec<&String> = kept.audit.jurisdictions().keys().filter(is_own).take(LOOKED_AT).collect();
    let mut tasks = Vec::new();
    if kept.audit.phase() == Phase::Draft {
        for name in names {
            let one = &kept.audit.jurisdictions()[name];
            let needed = What::needed(kept.audit.settings().method);
            let key = if needed.iter().any(|what| !one.uploads.contains_key(what)) {
                "audits-task-hand-in"
            } else if one.signed.is_none() {
                "audits-task-sign"
            } else {
                continue;
            };
            let tag = Tag::new(Tone::Note, name.as_str());
            tasks.push(task(visit, kept, place_href(&kept.id, name), key, Some(tag)));
        }
    } else if kept.audit.phase() == Phase::RoundOpen {
        let progress = rounds::progress(&app.engine, kept)?;
        for name in names {
            let waits = progress.get(name).is_some_and(|one| one.due > 0 && one.signed < one.boards.max(1));
            if waits {
                let tag = Tag::new(Tone::Note, name.as_str());
                let to = page_of(app, "/desk/audits/{audit}/rounds/{round}", kept);
                let to = to.unwrap_or_else(|| href(&kept.id));
                tasks.push(task(visit, kept, to, "audits-task-boards", Some(tag)));
            }
        }
    }
    Ok(tasks)
}
