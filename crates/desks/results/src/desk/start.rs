//! "What needs me": the first page after signing in.

use super::data::{self, ContestRow, ElectionRow, PublicationRow, TableRow};
use super::{role, run};
use askama::Template;
use axum::extract::State;
use scr_core::Role;
use scr_web::components::{Crumb, Tag, Task, Tone};
use scr_web::{App, Reply, Visit, page};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "results/desk_start.html")]
struct StartPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    tasks: Vec<Task>,
    may_create: bool,
}

pub(crate) async fn start(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    run(visit, move |visit| {
        let role = role(visit);
        let mut tasks = Vec::new();
        if matches!(role, Some(Role::Manager | Role::Observer)) {
            for election in app.engine.read(data::elections)? {
                let (contests, tables, publications) = app.engine.read(|views| {
                    let id = election.id.as_str();
                    Ok((data::contests(views, id)?, data::tables(views, id)?, data::publications(views, id)?))
                })?;
                if role == Some(Role::Manager) {
                    manager_tasks(visit, &election, &contests, &tables, &publications, &mut tasks);
                } else if !contests.is_empty() {
                    let text = visit.t("results-desk-task-observe");
                    tasks.push(task(&election, format!("{}/import", election.href()), text, None));
                }
            }
        }
        tasks.extend(crate::entry::tasks(&app, visit)?);
        let may_create = role == Some(Role::Manager);
        Ok(page(&StartPage { visit, crumbs: Vec::new(), tasks, may_create }).into())
    })
    .await
}

fn task(election: &ElectionRow, href: String, text: String, tag: Option<Tag>) -> Task {
    Task { href, text, hint: Some(election.title.clone()), tag }
}

fn manager_tasks(
    visit: &Visit,
    election: &ElectionRow,
    contests: &[ContestRow],
    tables: &[TableRow],
    publications: &[PublicationRow],
    tasks: &mut Vec<Task>,
) {
    let note = |key: &str| Some(Tag::new(Tone::Note, visit.t(key)));
    if contests.is_empty() {
        let text = visit.t("results-desk-task-contest");
        let href = format!("{}/contests/new", election.href());
        tasks.push(task(election, href, text, note("results-desk-tag-first")));
    }
    for contest in contests {
        let of_contest = || tables.iter().filter(|table| table.contest == contest.id);
        let named = [("contest", contest.title.as_str().into())];
        if of_contest().next().is_none() {
            let text = visit.ta("results-desk-task-import", &named);
            let href = format!("{}/import", election.href());
            tasks.push(task(election, href, text, note("results-desk-tag-first")));
            continue;
        }
        let href = format!("{}/contests/{}/publish", election.href(), contest.id);
        match publications.iter().find(|publication| publication.contest == contest.id) {
            None => {
                let text = visit.ta("results-desk-task-publish", &named);
                tasks.push(task(election, href, text, note("results-desk-tag-unpublished")));
            }
            Some(shown) => {
                let newer =
                    of_contest().any(|table| table.source == shown.source && table.version > shown.version);
                if newer {
                    let text = visit.ta("results-desk-task-newer", &named);
                    let tag = Tag::new(Tone::Warn, visit.t("results-desk-tag-newer"));
                    tasks.push(task(election, href, text, Some(tag)));
                }
            }
        }
    }
}
