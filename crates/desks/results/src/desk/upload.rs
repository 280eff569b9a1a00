//! First step of an import: the file. It is kept privately; nothing is recorded.

use super::data::{self, ElectionRow};
use super::draft::{Draft, UPLOAD};
use super::{crumbs, form_page, go, run};
use askama::Template;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State};
use scr_core::slug;
use scr_intake::{Input, Limits, propose};
use scr_web::components::Crumb;
use scr_web::{App, FormState, Problem, Reply, Visit};
use std::sync::Arc;

const MAX_TOKEN_BYTES: usize = 200;
const MAX_FILE_NAME: usize = 200;

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

/// A file as it came, behind [`UPLOAD`].
struct Upload {
    name: String,
    bytes: Vec<u8>,
}

pub(crate) async fn receive(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let upload = match take(&app, &visit, &mut parts).await {
        Ok(upload) => upload,
        Err((status, code)) => return Reply::problem(&visit, &Problem::new(status, code)),
    };
    run(visit, move |visit| {
        let election = data::election(&app, &id)?;
        if upload.bytes.len() == UPLOAD.len() {
            let mut form = FormState::new();
            form.reject("file", visit.t("results-desk-wrong-file"));
            return Ok(upload_page(&app, visit, &election, &form));
        }
        let file = app.engine.objects().put(&upload.bytes)?;
        let input = Input { name: &upload.name, bytes: &upload.bytes[UPLOAD.len()..] };
        let proposal = propose(input, &limits(&app));
        let mut draft = Draft::new(visit, &election.id, &file, upload.name.clone())?;
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

type Refused = (u16, &'static str);

fn broken(error: &MultipartError) -> Refused {
    if error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
        (413, "SCR-WEB-005")
    } else {
        (422, "SCR-WEB-006")
    }
}

/// The token stands before the file, so nothing is read for a form that is not this site's.
async fn take(app: &App, visit: &Visit, parts: &mut Multipart) -> Result<Upload, Refused> {
    let mut is_ours = false;
    while let Some(field) = parts.next_field().await.map_err(|error| broken(&error))? {
        match field.name() {
            Some("csrf") => is_ours = same(&read(field, Vec::new(), MAX_TOKEN_BYTES).await?, &visit.csrf),
            Some("file") if is_ours => {
                let name = file_name(field.file_name().unwrap_or_default());
                let limit = app.config.max_upload_bytes + UPLOAD.len();
                return Ok(Upload { name, bytes: read(field, UPLOAD.to_vec(), limit).await? });
            }
            _ => break,
        }
    }
    Err(if is_ours { (422, "SCR-WEB-006") } else { (403, "SCR-WEB-003") })
}

async fn read(mut field: Field<'_>, mut bytes: Vec<u8>, limit: usize) -> Result<Vec<u8>, Refused> {
    while let Some(chunk) = field.chunk().await.map_err(|error| broken(&error))? {
        if bytes.len() + chunk.len() > limit {
            return Err((413, "SCR-WEB-005"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Compares without telling by its duration how much was right.
fn same(given: &[u8], wanted: &str) -> bool {
    let differs = given.iter().zip(wanted.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    !wanted.is_empty() && given.len() == wanted.len() && differs == 0
}

/// The last part of a path, without control characters.
fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = last.chars().filter(|c| !c.is_control()).take(MAX_FILE_NAME).collect();
    if name.is_empty() { "file".to_owned() } else { name }
}
