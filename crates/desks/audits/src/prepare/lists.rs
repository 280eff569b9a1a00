//! Lists as Arlo takes them: what they say is filled into the forms, and nothing is recorded.

use super::contests::href_of;
use super::places;
use super::words::problem_lines;
use super::{administered, crumbs, form_page, href, run_heavy};
use askama::Template;
use axum::extract::{Multipart, Path, State};
use scr_audits::inputs::contests::StandardContest;
use scr_audits::inputs::{Limits, Told, contests, jurisdictions};
use scr_core::Problem;
use scr_web::components::{Crumb, ProblemLine};
use scr_web::{App, FormState, Reply, Visit, incoming};
use std::sync::Arc;

pub(super) async fn read_jurisdictions(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let mut bytes = Vec::new();
    let file = match incoming(&app, &visit, &mut parts, &mut bytes).await {
        Ok(file) => file,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        let known: Vec<&str> = kept.audit.jurisdictions().keys().map(String::as_str).collect();
        let mut form = FormState::new().with("names", known.join("\n"));
        let read = jurisdictions::read(bytes.as_slice(), &file.name, &Limits::default());
        let problems = match read {
            Ok(Told { input, warnings }) => {
                let names: Vec<&str> = input.iter().map(|one| one.name.as_str()).collect();
                form = form.with("names", names.join("\n")).with("filled", "yes");
                warnings
            }
            Err(problems) => {
                form.reject("file", visit.t("audits-wrong-problems"));
                problems
            }
        };
        places::show(&app, visit, &kept, (&form, &problems))
    })
    .await
}

/// A contest of the list, with the form that its votes are typed into.
struct Row {
    name: String,
    choices: usize,
    jurisdictions: Option<usize>,
    href: String,
    is_there: bool,
}

#[derive(Template)]
#[template(path = "prepare/read_contests.html")]
struct ReadPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    base: String,
    rows: Vec<Row>,
    problems: Vec<ProblemLine>,
}

pub(super) async fn read_contests(
    State(app): State<Arc<App>>,
    visit: Visit,
    Path(id): Path<String>,
    mut parts: Multipart,
) -> Reply {
    let mut bytes = Vec::new();
    let file = match incoming(&app, &visit, &mut parts, &mut bytes).await {
        Ok(file) => file,
        Err(error) => return error.reply(&visit),
    };
    run_heavy(Arc::clone(&app), visit, move |visit| {
        let kept = administered(&app, visit, &id)?;
        let known: Vec<String> = kept.audit.jurisdictions().keys().cloned().collect();
        let known = Some(known.as_slice()).filter(|known| !known.is_empty());
        let read = contests::read(bytes.as_slice(), &file.name, known, &Limits::default());
        let mut form = FormState::new();
        let (found, problems): (Vec<StandardContest>, Vec<Problem>) = match read {
            Ok(Told { input, warnings }) => (input, warnings),
            Err(problems) => {
                form.reject("file", visit.t("audits-wrong-problems"));
                (Vec::new(), problems)
            }
        };
        let row = |one: StandardContest| {
            let choices = one.choices.unwrap_or_default();
            Row {
                href: href_of(&id, &one.name, &choices),
                choices: choices.len(),
                jurisdictions: one.jurisdictions.map(|list| list.len()),
                is_there: kept.audit.contests().iter().any(|contest| contest.name == one.name),
                name: one.name,
            }
        };
        let mut crumbs = crumbs(visit, Some(&kept), None);
        let base = href(&id);
        crumbs.push(Crumb::new(format!("{base}/contests"), visit.t("audits-contests-title")));
        let template = ReadPage {
            visit,
            crumbs,
            base,
            rows: found.into_iter().map(row).collect(),
            problems: problem_lines(visit, &problems),
        };
        Ok(form_page(&template, &form))
    })
    .await
}
