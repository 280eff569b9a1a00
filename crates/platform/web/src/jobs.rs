//! Long work: what is under way, how far it is, and how to end it. Whoever leaves finds it here again.

use crate::app::{App, NavItem};
use crate::components::{Crumb, Progress, Tag, Tone};
use crate::forms::Posted;
use crate::gate::{Allow, LoginInfo};
use crate::problem::{Problem, Reply, page};
use crate::routes::Routes;
use crate::visit::Visit;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use scr_core::Role;
use scr_engine::Fault;
use scr_jobs::{Job, JobState, Jobs, JobsError};
use std::sync::Arc;

pub(crate) const NAV: NavItem = NavItem { group: "jobs-nav-group", text: "jobs-title", href: "/desk/jobs" };
const MANAGERS: Allow = Allow::Roles(&[Role::Administrator, Role::Manager]);
/// Jobs that the page lists.
const SHOWN: u32 = 100;

pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/jobs", Allow::Roles(&Role::ALL), list)
        .get("/desk/jobs/{id}", Allow::Roles(&Role::ALL), show)
        .post("/desk/jobs/{id}/cancel", MANAGERS, cancel)
        .post("/desk/jobs/{id}/again", MANAGERS, again)
}

/// A job as the pages show it.
struct JobRow {
    id: i64,
    title: String,
    tag: Tag,
    state: JobState,
    progress: Progress,
    created_at: i64,
    due_at: i64,
    ended_at: i64,
    attempts: u32,
    max_attempts: u32,
    cancel: bool,
    message: String,
}

impl JobRow {
    fn new(visit: &Visit, job: Job) -> Self {
        let title = title(visit, &job.kind);
        let progress = Progress {
            title: visit.t("jobs-progress"),
            done: job.progress.done,
            total: job.progress.total,
            per_second: job.progress.per_second,
            remaining_seconds: job.progress.remaining_seconds,
        };
        Self {
            id: job.id,
            tag: tag(visit, job.state),
            title,
            state: job.state,
            progress,
            created_at: job.created_ms.div_euclid(1000),
            due_at: job.due_ms.div_euclid(1000),
            ended_at: job.ended_ms.div_euclid(1000),
            attempts: job.attempts,
            max_attempts: job.max_attempts,
            cancel: job.cancel,
            message: job.message,
        }
    }

    fn is_running(&self) -> bool {
        self.state == JobState::Running
    }

    fn may_cancel(&self) -> bool {
        !self.state.has_ended() && !self.cancel
    }

    fn may_repeat(&self) -> bool {
        matches!(self.state, JobState::Dead | JobState::Cancelled)
    }
}

/// The work in words; work without words is shown by its name.
fn title(visit: &Visit, kind: &str) -> String {
    // i18n: job-kind-*
    let key = format!("job-kind-{}", kind.replace('.', "-"));
    if visit.texts().has(&key) { visit.t(&key) } else { kind.to_owned() }
}

fn tag(visit: &Visit, state: JobState) -> Tag {
    let tone = match state {
        JobState::Waiting => Tone::Plain,
        JobState::Running => Tone::Note,
        JobState::Done => Tone::Good,
        JobState::Dead => Tone::Alarm,
        JobState::Cancelled => Tone::Warn,
    };
    // i18n: job-state-*
    Tag::new(tone, visit.t(&format!("job-state-{}", state.as_str())))
}

#[derive(Template)]
#[template(path = "jobs.html")]
struct JobsPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    jobs: Vec<JobRow>,
    running: usize,
    waiting: usize,
    dead: usize,
}

#[derive(Template)]
#[template(path = "job.html")]
struct JobPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    job: JobRow,
    may_act: bool,
}

/// Whose jobs somebody sees: their organisation's; an administrator the server's own as well.
fn owners(login: &LoginInfo) -> Vec<String> {
    let mut owners = vec![login.actor.org.to_string()];
    if login.actor.role == Role::Administrator {
        owners.push(String::new());
    }
    owners
}

/// Runs where blocking is allowed, with the queue.
async fn with_queue<F>(app: Arc<App>, visit: Visit, work: F) -> Reply
where
    F: FnOnce(&Jobs, &LoginInfo, &Visit) -> Result<Option<Reply>, JobsError> + Send + 'static,
{
    let words = visit.clone();
    let done = tokio::task::spawn_blocking(move || {
        let (Some(jobs), Some(login)) = (app.jobs(), visit.login.as_ref()) else { return Ok(None) };
        work(jobs, login, &visit)
    });
    match done.await {
        Ok(Ok(Some(reply))) => reply,
        Ok(Ok(None)) => Reply::problem(&words, &Problem::new(404, "SCR-WEB-007")),
        Ok(Err(error)) => Reply::fault(&words, &Fault::log(&error)),
        Err(error) => Reply::fault(&words, &Fault::log(&error)),
    }
}

fn crumbs(visit: &Visit) -> Vec<Crumb> {
    vec![Crumb::new("/desk/jobs", visit.t("jobs-title"))]
}

async fn list(State(app): State<Arc<App>>, visit: Visit) -> Reply {
    with_queue(app, visit, |jobs, login, visit| {
        let mut found = Vec::new();
        for owner in owners(login) {
            found.extend(jobs.of(&owner, SHOWN)?);
        }
        found.sort_by_key(|job| std::cmp::Reverse(job.id));
        let count = |state: JobState| found.iter().filter(|job| job.state == state).count();
        let [running, waiting, dead] = [JobState::Running, JobState::Waiting, JobState::Dead].map(count);
        let jobs = found.into_iter().map(|job| JobRow::new(visit, job)).collect();
        Ok(Some(page(&JobsPage { visit, crumbs: Vec::new(), jobs, running, waiting, dead }).into()))
    })
    .await
}

/// The job of this number, if its visitor may see it.
fn job_of(jobs: &Jobs, login: &LoginInfo, id: &str) -> Result<Option<Job>, JobsError> {
    let Ok(id) = id.parse::<i64>() else { return Ok(None) };
    Ok(jobs.get(id)?.filter(|job| owners(login).contains(&job.owner)))
}

async fn show(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    with_queue(app, visit, move |jobs, login, visit| {
        let Some(job) = job_of(jobs, login, &id)? else { return Ok(None) };
        let may_act = matches!(login.actor.role, Role::Administrator | Role::Manager);
        let job = JobRow::new(visit, job);
        Ok(Some(page(&JobPage { visit, crumbs: crumbs(visit), job, may_act }).into()))
    })
    .await
}

async fn cancel(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    act(app, posted, id, Jobs::cancel).await
}

async fn again(State(app): State<Arc<App>>, Path(id): Path<String>, posted: Posted) -> Reply {
    act(app, posted, id, Jobs::again).await
}

async fn act(
    app: Arc<App>,
    posted: Posted,
    id: String,
    act: fn(&Jobs, i64) -> Result<bool, JobsError>,
) -> Reply {
    with_queue(app, posted.visit, move |jobs, login, _| {
        let Some(job) = job_of(jobs, login, &id)? else { return Ok(None) };
        // A job that has ended meanwhile is shown as it is.
        act(jobs, job.id)?;
        Ok(Some(Redirect::to(&format!("/desk/jobs/{}", job.id)).into_response().into()))
    })
    .await
}
