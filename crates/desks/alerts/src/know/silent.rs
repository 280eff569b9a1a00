//! The list of silent stations, page by page; and files with exactly what pages show.

use super::arrival::{area, base};
use super::boards::{self, Shown};
use super::case::Case;
use super::sms::step_word;
use super::tear_off::step_name;
use super::{LOOKERS, crumbs, marked, phone};
use crate::cells::cell;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse as _;
use scr_alerts::acks::Step;
use scr_engine::{ActError, Fault};
use scr_web::components::{Crumb, Pager};
use scr_web::{App, Reply, Routes, Visit, page, run};
use std::sync::Arc;

/// Silent stations on a page.
const ROWS: usize = 100;

/// The pages.
pub(super) fn routes() -> Routes {
    Routes::new().get("/desk/alerts/{id}/arrival/silent", LOOKERS, silent).get(
        "/desk/alerts/{id}/arrival/silent.csv",
        LOOKERS,
        silent_csv,
    )
}

/// Rows as a file.
pub(super) fn csv_file(case: &Case, name: &str, rows: &[Vec<String>]) -> Result<Reply, ActError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| Fault::log(&error))?;
    }
    let bytes = writer.into_inner().map_err(|error| Fault::log(&error))?;
    let mark = if case.is_exercise() { "EXERCISE-" } else { "" };
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
    let name = format!("attachment; filename=\"{mark}{name}-{}.csv\"", case.issued.text.number);
    Ok(([kind, (header::CONTENT_DISPOSITION, name)], bytes).into_response().into())
}

/// Whether it is meant, in files.
pub(super) fn status_name(case: &Case) -> String {
    match case.issued.text.status {
        scr_alerts::Status::Actual => "actual",
        scr_alerts::Status::Exercise => "EXERCISE",
        scr_alerts::Status::Test => "TEST",
    }
    .to_owned()
}

struct SilentRow {
    number: u32,
    name: String,
    area: String,
    voters: u32,
    step: Option<Step>,
    word: String,
    href: String,
}

#[derive(Template)]
#[template(path = "know/silent.html")]
struct SilentPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    goal: String,
    area: Option<String>,
    silent: u64,
    of: u64,
    rows: Vec<SilentRow>,
    pager: Pager,
    here: String,
}

fn silent_rows(visit: &Visit, shown: &Shown, place: Option<u32>) -> (Vec<SilentRow>, Option<u32>) {
    let case = &*shown.case;
    let after = visit.query.get("after").and_then(|after| after.parse().ok());
    let found = shown.silent(place, case.goal, after, ROWS + 1);
    let next = (found.len() > ROWS).then(|| found.get(ROWS - 1).map(|station| station.number)).flatten();
    let row = |station: &scr_alerts::areas::Station| {
        let step = shown.board.step(station.number);
        SilentRow {
            number: station.number,
            name: shown.network.name(station.number),
            area: shown.path(station.area),
            voters: station.voters,
            step,
            word: step.map_or_else(|| visit.t("know-step-none"), |step| step_word(visit.texts(), step)),
            href: format!("{}/stations/{}", base(case), station.number),
        }
    };
    (found.iter().take(ROWS).map(row).collect(), next)
}

async fn silent(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let case = phone::calling(&app, visit, &id)?;
        let visit = &marked(visit, &case);
        let shown = boards::shown(&app, &case)?;
        let place = area(visit, &shown)?;
        let (rows, next) = silent_rows(visit, &shown, place);
        let sum = shown.sum(place);
        let path = format!("{}/arrival/silent", base(&case));
        let after = visit.query.get("after");
        let template = SilentPage {
            crumbs: crumbs(visit, Some(&case)),
            goal: step_word(visit.texts(), case.goal),
            area: place.map(|place| shown.path(place)),
            silent: sum.silent(case.goal),
            of: sum.of(),
            pager: Pager {
                shown: rows.len() as u64,
                total: Some(sum.silent(case.goal)),
                first: after.map(|_| visit.query.with(&path, "after", None)),
                next: next.map(|next| visit.query.with(&path, "after", Some(&next.to_string()))),
                csv: Some(visit.query.with(&format!("{path}.csv"), "after", after)),
            },
            rows,
            here: base(&case),
            visit,
        };
        Ok(page(&template).into())
    })
    .await
}

async fn silent_csv(State(app): State<Arc<App>>, visit: Visit, Path(id): Path<String>) -> Reply {
    run(visit, move |visit| {
        let case = phone::calling(&app, visit, &id)?;
        let shown = boards::shown(&app, &case)?;
        let place = area(visit, &shown)?;
        let names = ["status", "station", "name", "area", "voters", "furthest"];
        let mut rows = vec![names.map(str::to_owned).to_vec()];
        for row in silent_rows(visit, &shown, place).0 {
            let furthest = row.step.map_or("", step_name).to_owned();
            let (number, voters) = (row.number.to_string(), row.voters.to_string());
            rows.push(vec![status_name(&case), number, cell(&row.name), cell(&row.area), voters, furthest]);
        }
        csv_file(&case, "silent", &rows)
    })
    .await
}
