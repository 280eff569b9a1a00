//! First step of an import: the file. It is kept privately; nothing is recorded.

use super::data::{self, ElectionRow};
use super::draft::Draft;
use super::spool::{NotTaken, take};
use super::{crumbs, form_page, go, run, run_heavy};
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_core::slug;
use scr_intake::{Input, Limits, propose};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Problem, Reply, Visit};
use std::sync::Arc;

/// The names of the steps.
pub(crate) fn steps(visit: &Visit) -> Vec<String> {
    vec![
        visit.t("results-desk-step-file"),
        visit.t("results-desk-step-mapping"),
        visit.t("results-desk-step-check"),
    ]
}

#[derive(Template)]
#[template(path = "results/desk_upload.html")]
struct UploadPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    steps: Vec<String>,
    form: &'a FormState,
    max_mib: usize,
}

pub(crate) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let election = data::election(&app, &id)?;
        Ok(upload_page(&app, visit, &election, &FormState::new()))
    })
    .await
}

fn upload_page(app: &App, visit: &Visit, election: &ElectionRow, form: &FormState) -> Reply {
    let max_mib = app.config.max_upload_bytes >> 20;
    form_page(
        &UploadPage { visit, crumbs: crumbs(visit, Some(election)), steps: steps(visit), form, max_mib },
        form,
    )
}

pub(crate) async fn receive(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let upload = match take(&app, &visit, &mut parts).await {
        Ok(upload) => upload,
        Err(NotTaken::Status(status, code)) => return Reply::problem(&visit, &Problem::new(status, code)),
        Err(NotTaken::Act(error)) => return Reply::act(&visit, &error),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let election = data::election(&app, &id)?;
        let Some(file) = upload.file else {
            let mut form = FormState::new();
            form.reject("file", visit.t("results-desk-wrong-file"));
            return Ok(upload_page(&app, visit, &election, &form));
        };
        let mut draft = Draft::new(visit, &election.id, &file, upload.name.clone())?;
        let bytes = draft.file(&app)?;
        let proposal = propose(Input { name: &upload.name, bytes: &bytes }, &limits(&app));
        draft.mapping = proposal.mapping.to_toml();
        let contests = app.engine.read(|views| data::contests(views, &election.id))?;
        if let [only] = &contests[..] {
            draft.contest.clone_from(&only.id);
        }
        draft.source = slug(&proposal.mapping.source.id);
        let hash = draft.save(&app)?;
        Ok(go(&format!("/desk/imports/{hash}")))
    })
    .await
}

/// What an import may ask of the machine.
pub(crate) fn limits(app: &App) -> Limits {
    Limits { input_bytes: app.config.max_upload_bytes, ..Limits::default() }
}
