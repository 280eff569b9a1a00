//! What an organisation has seen itself, held against the patterns of the indicators that it may see. What it brings is
//! its own: it is neither shared nor recorded, stands in operational tables, and goes after a month.

mod hunt;
mod page;
mod read;
mod store;

pub(crate) use hunt::Hunt;
pub(crate) use page::new_count;

use crate::share::WRITERS;
use scr_core::Role;
use scr_i18n::Lang;
use scr_web::{Allow, Routes};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/observations.en.ftl")),
    (Lang::Fr, include_str!("../../texts/observations.fr.ftl")),
    (Lang::Es, include_str!("../../texts/observations.es.ftl")),
    (Lang::Ar, include_str!("../../texts/observations.ar.ftl")),
];

const PATH: &str = "/desk/threats/observations";

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    let writing = Allow::Roles(&WRITERS);
    Routes::new()
        .get(PATH, Allow::Roles(&Role::ALL), page::look)
        .post(PATH, writing, page::text)
        .post("/desk/threats/observations/file", writing, page::file)
        .post("/desk/threats/observations/forget", writing, page::forget)
}
