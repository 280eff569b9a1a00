//! Importing a playbook: one that comes with the program, a file, or a text; and looking at a text without keeping it.

use super::parts::{Shown, shown};
use super::{actor, crumbs, href};
use crate::library::acts::{self, NewPlaybook};
use crate::library::shelf::Book;
use askama::Template;
use axum::extract::{Multipart, State};
use scr_engine::ActError;
use scr_playbooks::starters::STARTERS;
use scr_web::components::Crumb;
use scr_web::{App, FormState, Posted, Reply, Visit, form_page, incoming, kept, recorded, run, run_heavy};
use std::sync::Arc;

/// A starter in the list.
struct StarterRow {
    name: &'static str,
    title: String,
    about: String,
    steps: usize,
}

#[derive(Template)]
#[template(path = "library/import.html")]
struct ImportPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    starters: Vec<StarterRow>,
    max_mib: usize,
}

fn render(visit: &Visit, form: &FormState) -> Result<Reply, ActError> {
    let lang = visit.lang_code();
    let mut starters = Vec::new();
    for one in STARTERS {
        let book = Book::read(one.text.as_bytes())?;
        let about =
            book.plan.as_ref().and_then(|plan| plan.description_in(lang)).unwrap_or_default().to_owned();
        starters.push(StarterRow {
            name: one.name,
            title: book.name(lang, one.name),
            about,
            steps: book.graph.nodes.len(),
        });
    }
    let max_mib = scr_playbooks::Limits::default().bytes >> 20;
    Ok(form_page(&ImportPage { visit, crumbs: crumbs(visit, None), form, starters, max_mib }, form))
}

pub(super) async fn form(visit: Visit) -> Reply {
    run(visit, move |visit| render(visit, &FormState::new())).await
}

/// Imports, and shows the playbook; what is refused stands beside its field.
fn take(app: &App, visit: &Visit, mut form: FormState, new: &NewPlaybook<'_>) -> Result<Reply, ActError> {
    let done = acts::import(&app.engine, actor(visit)?, new);
    match kept(visit, &mut form, done)? {
        Some(done) => Ok(recorded(app, &href(&done.code), &done.receipts)),
        None => render(visit, &form),
    }
}

pub(super) async fn starter(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let name = form.value("starter").to_owned();
        let Some(starter) = STARTERS.iter().find(|one| one.name == name) else {
            form.reject("starter", visit.t("library-wrong-starter"));
            return render(visit, &form);
        };
        let reason = form.value("reason").to_owned();
        let new = NewPlaybook {
            bytes: starter.text.as_bytes(),
            code: None,
            reason: Some(&reason),
            is_starter: true,
        };
        take(&app, visit, form, &new)
    })
    .await
}

pub(super) async fn text(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    // Exactly what was typed, but for the line ends that browsers write.
    let typed = posted.pairs.iter().find(|(name, _)| name == "text");
    let typed = typed.map_or_else(String::new, |(_, text)| text.replace("\r\n", "\n"));
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        if typed.trim().is_empty() {
            form.reject("text", visit.t("library-wrong-nothing"));
            return render(visit, &form);
        }
        let (reason, code) = (form.value("reason").to_owned(), form.value("code").to_owned());
        let new = NewPlaybook {
            bytes: typed.as_bytes(),
            code: Some(&code),
            reason: Some(&reason),
            is_starter: false,
        };
        take(&app, visit, form, &new)
    })
    .await
}

pub(super) async fn file(State(app): State<Arc<App>>, visit: Visit, mut parts: Multipart) -> Reply {
    let mut bytes = Vec::new();
    let file = match incoming(&app, &visit, &mut parts, &mut bytes).await {
        Ok(file) => file,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let mut form = FormState::new().with("reason", &file.reason);
        if bytes.is_empty() {
            form.reject("file", visit.t("library-wrong-nothing"));
            return render(visit, &form);
        }
        let new = NewPlaybook { bytes: &bytes, code: None, reason: Some(&file.reason), is_starter: false };
        take(&app, visit, form, &new)
    })
    .await
}

#[derive(Template)]
#[template(path = "library/check.html")]
struct CheckPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    shown: Shown,
    errors: usize,
    warnings: usize,
    /// What was typed, to be kept after all.
    kept: Vec<(String, String)>,
}

pub(super) async fn check(State(app): State<Arc<App>>, posted: Posted) -> Reply {
    let mut form = posted.form;
    run_heavy(Arc::clone(&app), posted.visit, move |visit| {
        let typed = form.value("text").to_owned();
        if typed.is_empty() {
            form.reject("text", visit.t("library-wrong-nothing"));
            return render(visit, &form);
        }
        let Some(book) = kept(visit, &mut form, Book::read(typed.as_bytes()).map_err(ActError::from))? else {
            return render(visit, &form);
        };
        let kept = ["text", "code", "reason"].map(|name| (name.to_owned(), form.value(name).to_owned()));
        let template = CheckPage {
            visit,
            crumbs: crumbs(visit, None),
            shown: shown(visit, &book, ""),
            errors: book.report.errors,
            warnings: book.report.warnings,
            kept: kept.into(),
        };
        Ok(form_page(&template, &form))
    })
    .await
}
