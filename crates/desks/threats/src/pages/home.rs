//! What needs the reader, and the communities of their organisation.

use super::place::{Place, actor, all_own, decides};
use super::words::state_tag;
use super::{change, craft, names::Names};
use crate::select::{Filter, newest};
use crate::{certificates, observations};
use askama::Template;
use axum::extract::State;
use scr_core::Actor;
use scr_engine::{ActError, Fault};
use scr_web::components::{Crumb, Tag, Task, Tone};
use scr_web::{App, Reply, Seal, Visit, page, run};
use std::sync::Arc;

/// Seconds for which something shared is new.
const NEW: i64 = 7 * 24 * 3600;
/// So many new objects are counted.
const COUNTED: usize = 100;
/// Objects that belong to others: nobody is told of them.
pub(super) const QUIET: &[&str] =
    &["relationship", "marking-definition", "identity", "extension-definition", "language-content"];

/// A community in the list.
struct Row {
    href: String,
    name: String,
    tag: Tag,
    line: String,
    at: i64,
    seal: Seal,
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    tasks: Vec<Task>,
    rows: Vec<Row>,
    may_found: bool,
    others: usize,
}

pub(super) async fn home(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let actor = actor(visit)?;
        let places = all_own(&app, actor)?;
        let names = Names::of(&app);
        let mut tasks: Vec<Task> = hits(&app, visit, actor)?.into_iter().collect();
        tasks.extend(met(&app, visit, actor)?);
        for place in &places {
            tasks.extend(tasks_of(&app, visit, &names, place)?);
        }
        let rows: Vec<Row> =
            places.iter().map(|place| row(&app, visit, place)).collect::<Result<_, Fault>>()?;
        let all = app.engine.read(crate::read::codes)?.len();
        let others = all.saturating_sub(rows.len());
        let template = HomePage { visit, crumbs: Vec::new(), tasks, rows, may_found: decides(actor), others };
        Ok(page(&template).into())
    })
    .await
}

/// What waits for whoever reads, in a community: to join, to say where one stands, and to look at what is new.
fn tasks_of(app: &App, visit: &Visit, names: &Names, place: &Place) -> Result<Vec<Task>, ActError> {
    let community = place.community();
    let mut tasks = Vec::new();
    if place.is_invited() && place.decides {
        tasks.push(Task {
            href: format!("{}/join", place.href()),
            text: visit.ta("threats-task-join", &[("name", community.name.as_str().into())]),
            hint: Some(visit.t("threats-task-join-hint")),
            tag: Some(Tag::new(Tone::Warn, visit.t("threats-task-waits"))),
        });
    }
    if place.is_member() && place.decides {
        let open = (1..).zip(&community.proposals).filter(|(_, one)| {
            one.outcome.is_none()
                && !one.stands.contains_key(&place.org)
                && one.change.concerned() != Some(&place.org)
        });
        tasks.extend(open.map(|(number, one)| Task {
            href: format!("{}/proposals/{number}", place.href()),
            text: visit.ta(
                "threats-task-stand",
                &[("what", change::title(visit, names, community, &one.change).into())],
            ),
            hint: Some(community.name.clone()),
            tag: Some(Tag::new(Tone::Warn, visit.t("threats-task-no-stand"))),
        }));
    }
    let waiting = craft::waiting(app, place)?.into_iter().map(|one| Task {
        href: format!("{}/pseudonyms/{}", place.href(), one.number),
        text: visit.ta("craft-task-answer", &[("org", names.say(&one.asked_by).into())]),
        hint: Some(community.name.clone()),
        tag: Some(Tag::new(Tone::Warn, visit.t("threats-task-waits"))),
    });
    tasks.extend(waiting);
    if place.is_member() {
        tasks.extend(super::feedback::tasks(app, visit, place, app.clock.now() - NEW)?);
        tasks.extend(news(app, visit, place)?);
    }
    Ok(tasks)
}

/// What has touched the reader's own organisation in the last days.
fn hits(app: &App, visit: &Visit, actor: &Actor) -> Result<Option<Task>, ActError> {
    let now = app.clock.now();
    let shared =
        app.engine.read(|views| crate::understand::hits::new_count(views, &actor.org, now - NEW, now))?;
    let logged = app.store().map(|store| certificates::counts(store, actor.org.as_str(), now - NEW));
    let count = shared + logged.transpose()?.map_or(0, |(fresh, _, _)| fresh);
    Ok((count > 0).then(|| Task {
        href: "/desk/threats/assets".to_owned(),
        text: visit.ta("understand-task-hits", &[("count", count.into())]),
        hint: Some(visit.t("understand-task-hits-hint")),
        tag: Some(Tag::new(Tone::Warn, visit.t("threats-task-new"))),
    }))
}

/// What of the shared signs matches what the reader's organisation has seen itself.
fn met(app: &App, visit: &Visit, actor: &Actor) -> Result<Option<Task>, ActError> {
    let count = observations::new_count(app, &actor.org, app.clock.now() - NEW)?;
    Ok((count > 0).then(|| Task {
        href: "/desk/threats/observations".to_owned(),
        text: visit.ta("observed-task", &[("count", count.into())]),
        hint: Some(visit.t("observed-task-hint")),
        tag: Some(Tag::new(Tone::Alarm, visit.t("threats-task-new"))),
    }))
}

/// What others have shared in the last days.
fn news(app: &App, visit: &Visit, place: &Place) -> Result<Option<Task>, ActError> {
    let since = app.clock.now() - NEW;
    let filter = Filter {
        without: QUIET,
        after: Some(since.saturating_mul(1_000_000)),
        not_owner: Some(place.org.to_string()),
        ..Filter::default()
    };
    let found = app.engine.read(|views| {
        let numbers: Vec<i64> = place.readable(views)?.into_iter().map(|(_, number)| number).collect();
        newest(views, &numbers, &place.seen.standing, &filter, COUNTED)
    })?;
    let count = found.len().min(COUNTED);
    let key = if count == COUNTED { "threats-task-news-many" } else { "threats-task-news" };
    let args = [("count", count.into()), ("name", place.community().name.as_str().into())];
    Ok((count > 0).then(|| Task {
        href: place.href(),
        text: visit.ta(key, &args),
        hint: Some(visit.t("threats-task-news-hint")),
        tag: Some(Tag::new(Tone::Note, visit.t("threats-task-new"))),
    }))
}

fn row(app: &App, visit: &Visit, place: &Place) -> Result<Row, Fault> {
    let community = place.community();
    let (index, at): (i64, i64) = app.engine.read(|views| {
        views
            .prepare_cached("SELECT changed_idx, changed_at FROM threats_community WHERE community = ?1")?
            .query_row([place.code()], |row| Ok((row.get(0)?, row.get(1)?)))
    })?;
    let open = community.proposals.iter().filter(|one| one.outcome.is_none()).count();
    let collections = place.seen.collections().len();
    let members = community.members.values().filter(|one| one.since.is_some()).count();
    let args = [("members", members.into()), ("collections", collections.into()), ("open", open.into())];
    Ok(Row {
        href: place.href(),
        name: community.name.clone(),
        tag: state_tag(visit, community),
        line: visit.ta("threats-home-line", &args),
        at,
        seal: app.seal(index.cast_unsigned(), at),
    })
}
