//! The public pages of an audit, for a voter with a telephone and a journalist with a deadline: what was checked, how
//! sure that makes us, what differs and why, and how anybody checks it again.

mod answer;
mod count;
mod events;
mod files;
mod list;
mod page;
mod proven;
pub(crate) mod summary;

use scr_i18n::Lang;
use scr_web::{Allow, Routes};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/public.en.ftl")),
    (Lang::Fr, include_str!("../../texts/public.fr.ftl")),
    (Lang::Es, include_str!("../../texts/public.es.ftl")),
    (Lang::Ar, include_str!("../../texts/public.ar.ftl")),
];

/// The routes of these pages.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/audits", Allow::Public, list::list)
        .get("/audits/{audit}", Allow::Public, page::show)
        .get("/audits/{audit}/count", Allow::Public, count::show)
        .get("/audits/{audit}/events", Allow::Public, events::show)
        .get("/audits/{audit}/record.json", Allow::Public, files::record)
        .get("/audits/{audit}/report.csv", Allow::Public, files::report)
        .get("/audits/{audit}/sampler-inputs.json", Allow::Public, files::sampler_inputs)
}
