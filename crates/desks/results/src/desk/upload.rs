//! First step of an import: the file. It is kept privately; nothing is recorded.

use super::before::mapping_before;
use super::data::{self, ElectionRow};
use super::draft::{Draft, Purpose};
use super::registry;
use super::spool::take;
use super::{crumbs, form_page, go, run, run_heavy};
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_core::slug;
use scr_engine::ActError;
use scr_intake::{FileSpec, Input, Limits, SourceSpec, propose, propose_registry};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Reply, Visit};
use std::sync::Arc;

/// The names of the steps, of either purpose.
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
    title: String,
    answer: String,
    steps: Vec<String>,
    form: &'a FormState,
    max_mib: usize,
}

pub(crate) async fn form(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    form_for(app, visit, id, Purpose::Results).await
}

/// The page that asks for a file.
pub(crate) async fn form_for(app: Arc<App>, visit: Visit, id: String, purpose: Purpose) -> Reply {
    run(visit, move |visit| {
        let election = data::election(&app, &id)?;
        Ok(upload_page(&app, visit, &election, purpose, &FormState::new()))
    })
    .await
}

fn upload_page(
    app: &App,
    visit: &Visit,
    election: &ElectionRow,
    purpose: Purpose,
    form: &FormState,
) -> Reply {
    let (title, answer) = match purpose {
        Purpose::Results => ("results-desk-import", "results-desk-upload-answer"),
        Purpose::Registry => ("results-desk-registry-import", "results-desk-registry-upload"),
    };
    let template = UploadPage {
        visit,
        crumbs: crumbs(visit, Some(election)),
        title: visit.t(title),
        answer: visit.t(answer),
        steps: steps(visit),
        form,
        max_mib: app.config.max_upload_bytes >> 20,
    };
    form_page(&template, form)
}

pub(crate) async fn receive(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    parts: Multipart,
) -> Reply {
    receive_for(app, visit, id, parts, Purpose::Results).await
}

/// Takes the file, proposes how it is read, and goes on to the mapping.
pub(crate) async fn receive_for(
    app: Arc<App>,
    visit: Visit,
    id: String,
    mut parts: Multipart,
    purpose: Purpose,
) -> Reply {
    let upload = match take(&app, &visit, &mut parts).await {
        Ok(upload) => upload,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let election = data::election(&app, &id)?;
        let Some(file) = upload.file else {
            let mut form = FormState::new();
            form.reject("file", visit.t("results-desk-wrong-file"));
            return Ok(upload_page(&app, visit, &election, purpose, &form));
        };
        let mut draft = Draft::new(visit, purpose, &election.id, &file, upload.name.clone())?;
        let bytes = draft.file(&app)?;
        let input = Input { name: &upload.name, bytes: &bytes };
        match purpose {
            Purpose::Results => propose_results(&app, visit, &election, &mut draft, input)?,
            Purpose::Registry => {
                draft.mapping = match registry::mapping_before(&app, &election, input)? {
                    Some((mapping, at)) => {
                        draft.like = Some(at);
                        mapping
                    }
                    None => propose_registry(input, &FileSpec::default(), &limits(&app)).0.to_toml(),
                };
            }
        }
        let hash = draft.save(&app)?;
        Ok(go(&match purpose {
            Purpose::Results => format!("/desk/imports/{hash}"),
            Purpose::Registry => registry::draft_href(&hash),
        }))
    })
    .await
}

/// Reads results as an earlier file was read where that fits, and proposes anew where it does not.
fn propose_results(
    app: &App,
    visit: &Visit,
    election: &ElectionRow,
    draft: &mut Draft,
    input: Input<'_>,
) -> Result<(), ActError> {
    let before = mapping_before(app, visit, &election.id, input, &limits(app))?;
    draft.like = before.as_ref().map(|before| before.at);
    if let Some(before) = before.as_ref().filter(|before| before.is_ours) {
        draft.source_name.clone_from(&before.mapping.source.name);
    }
    let mapping = match before {
        Some(before) if before.is_ours => before.mapping,
        Some(mut before) => {
            // Another organisation's source is not this one's.
            before.mapping.source = SourceSpec::default();
            before.mapping
        }
        None => propose(input, &limits(app)).mapping,
    };
    draft.mapping = mapping.to_toml();
    let contests = app.engine.read(|views| data::contests(views, &election.id))?;
    if let [only] = &contests[..] {
        draft.contest.clone_from(&only.id);
    }
    draft.source = slug(&mapping.source.id);
    Ok(())
}

/// What an import may ask of the machine.
pub(crate) fn limits(app: &App) -> Limits {
    Limits { input_bytes: app.config.max_upload_bytes, ..Limits::default() }
}
