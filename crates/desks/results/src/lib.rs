//! Results: elections, contests, tables from many sources, what is published, and how it is checked.

mod api;
pub mod commands;
mod compare;
mod desk;
pub mod entry;
mod kinds;
pub mod maps;
mod problem_texts;
mod public;
pub mod registry;
mod views;

pub use problem_texts::PROBLEM_TEXTS;

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_web::api::Operation;
use scr_web::{App, Desk, NavItem, Routes};
use std::sync::Arc;

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct ResultsDesk;

const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Fr, include_str!("../texts/fr.ftl")),
    (Lang::Es, include_str!("../texts/es.ftl")),
    (Lang::Ar, include_str!("../texts/ar.ftl")),
    (Lang::En, include_str!("../texts/compare.en.ftl")),
    (Lang::Fr, include_str!("../texts/compare.fr.ftl")),
    (Lang::Es, include_str!("../texts/compare.es.ftl")),
    (Lang::Ar, include_str!("../texts/compare.ar.ftl")),
    PROBLEM_TEXTS[0],
    PROBLEM_TEXTS[1],
    PROBLEM_TEXTS[2],
    PROBLEM_TEXTS[3],
    desk::TEXTS[0],
    desk::TEXTS[1],
    desk::TEXTS[2],
    desk::TEXTS[3],
    desk::TEXTS[4],
    desk::TEXTS[5],
    desk::TEXTS[6],
    desk::TEXTS[7],
    desk::TEXTS[8],
    desk::TEXTS[9],
    desk::TEXTS[10],
    desk::TEXTS[11],
    entry::TEXTS[0],
    entry::TEXTS[1],
    entry::TEXTS[2],
    entry::TEXTS[3],
];

impl Desk for ResultsDesk {
    fn name(&self) -> &'static str {
        "results"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        kinds::KINDS
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        vec![
            Box::new(views::ResultsView),
            Box::new(registry::RegistryView),
            Box::new(compare::ComparisonView),
            Box::new(entry::EntryView),
        ]
    }

    fn routes(&self) -> Routes {
        public::routes().and(desk::routes()).and(api::routes()).and(entry::routes())
    }

    fn works(&self, app: &Arc<App>) -> Vec<Arc<dyn Work>> {
        vec![Arc::new(desk::sweep::DraftSweep(Arc::clone(app)))]
    }

    fn nav(&self) -> &'static [NavItem] {
        desk::NAV
    }

    fn operations(&self) -> &'static [Operation] {
        api::OPERATIONS
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
