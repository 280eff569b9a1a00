//! The tablet of an audit board: it comes in by a passphrase, both members say who they are, they read their ballots
//! or count their batches without knowing what a machine has counted, and both sign.
//!
//! What a page here can show is what [`table::Table`] holds.

mod ballot;
mod batch;
mod door;
pub(crate) mod reading;
mod sign;
pub(crate) mod table;
mod work;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use rusqlite::OptionalExtension;
use scr_audits::workflow::codes;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault, Receipt};
use scr_i18n::Lang;
use scr_web::{Allow, App, FormState, Reply, Routes, Seal, Visit, page, with_sending_script};
use std::time::Duration;

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/board.en.ftl")),
    (Lang::Fr, include_str!("../../texts/board.fr.ftl")),
    (Lang::Es, include_str!("../../texts/board.es.ftl")),
    (Lang::Ar, include_str!("../../texts/board.ar.ftl")),
];

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/board", Allow::Anybody, door::form)
        .post("/board", Allow::Anybody, door::join)
        .post("/board/leave", Allow::Board, door::leave)
        .get("/board/names", Allow::Board, door::ask_names)
        .post("/board/names", Allow::Board, door::say_names)
        .get("/board/work", Allow::Board, work::list)
        .get("/board/units/{unit}", Allow::Board, work::unit)
        .post("/board/units/{unit}", Allow::Board, ballot::enter)
        .get("/board/units/{unit}/done", Allow::Board, ballot::done)
        .get("/board/units/{unit}/members/{member}", Allow::Board, batch::form)
        .post("/board/units/{unit}/members/{member}", Allow::Board, batch::count)
        .get("/board/units/{unit}/combine", Allow::Board, batch::ask_combine)
        .post("/board/units/{unit}/combine", Allow::Board, batch::combine)
        .get("/board/sign", Allow::Board, sign::look)
        .post("/board/sign", Allow::Board, sign::sign)
}

/// Makes a page where blocking is allowed: reading views and objects, and recording.
async fn run<F>(visit: Visit, work: F) -> Reply
where
    F: FnOnce(&Visit) -> Result<Reply, ActError> + Send + 'static,
{
    let words = visit.clone();
    match scr_web::blocking(move || work(&visit)).await {
        Ok(Ok(reply)) => reply,
        Ok(Err(error)) => Reply::act(&words, &error),
        Err(error) => Reply::fault(&words, &Fault::log(&error)),
    }
}

fn go(to: &str) -> Reply {
    Redirect::to(to).into_response().into()
}

/// After an act: the page `to`, which shows the receipt, once the views have the act.
fn recorded(app: &App, to: &str, receipts: &[Receipt]) -> Reply {
    let Some(last) = receipts.last() else { return go(to) };
    app.engine.wait_for(last.index + 1, Duration::from_secs(10));
    go(&format!("{to}?recorded={}", last.index))
}

/// The seal of the act that led to this page.
fn just_recorded(app: &App, visit: &Visit) -> Result<Option<Seal>, Fault> {
    let Some(index) = visit.query.get("recorded").and_then(|text| text.parse::<u32>().ok()) else {
        return Ok(None);
    };
    let at: Option<i64> = app.engine.read(|views| {
        let mut event = views.prepare_cached("SELECT at FROM engine_event WHERE idx = ?1")?;
        event.query_row([index], |row| row.get(0)).optional()
    })?;
    Ok(at.map(|at| app.seal(u64::from(index), at)))
}

fn status(form: &FormState) -> StatusCode {
    if form.is_fine() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
}

/// A page of a board with the script that keeps what is typed; its status says whether something in it is wrong.
fn board_page<T: Template>(template: &T, form: &FormState) -> Reply {
    with_sending_script((status(form), page(template)).into_response()).into()
}

/// A unit of the address, as its place in the list from 0. What is no number is no unit.
fn unit_of(address: &str) -> Result<usize, Refusal> {
    let number = address.parse::<u32>().ok().and_then(|number| usize::try_from(number).ok());
    let place = number.and_then(|number| number.checked_sub(1));
    place.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NOT_DEALT).with("unit", address))
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_i18n::{Finding, Sources, check_texts};
    use std::path::Path;

    #[test]
    fn no_text_is_missing_different_or_unused() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folders =
            ["src/board", "templates/board", "src/notes", "templates/notes"].map(|below| root.join(below));
        let folders: Vec<&Path> = folders.iter().map(AsRef::as_ref).collect();
        let own = [TEXTS, crate::notes::TEXTS].concat();
        let mut found = check_texts(&Sources { own: &own, shared: scr_web::SHELL_TEXTS, folders: &folders });
        // The words of refusals stand with those of the other pages of audits, and with those of access.
        found.retain(|one| !matches!(one, Finding::Missing(key, _) if key.starts_with("error-scr-")));
        assert_eq!(found, Vec::<Finding>::new());
    }
}
