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
use axum::response::IntoResponse;
use scr_audits::workflow::codes;
use scr_core::{Refusal, RefusalKind};
use scr_i18n::Lang;
use scr_web::{
    Allow, FormState, Reply, Routes, form_status, go, just_recorded, page, recorded, run, with_sending_script,
};

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

/// A page of a board with the script that keeps what is typed; its status says whether something in it is wrong.
fn board_page<T: Template>(template: &T, form: &FormState) -> Reply {
    with_sending_script((form_status(form), page(template)).into_response()).into()
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
        let shared = [scr_web::SHELL_TEXTS, crate::TEXTS].concat();
        let mut found = check_texts(&Sources { own: &own, shared: &shared, folders: &folders });
        // The words of refusals stand with those of the other pages of audits, and with those of access.
        found.retain(|one| !matches!(one, Finding::Missing(key, _) if key.starts_with("error-scr-")));
        assert_eq!(found, Vec::<Finding>::new());
    }
}
