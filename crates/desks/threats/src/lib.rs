//! Threat sharing: communities of election bodies, security teams, parties, media, civil society, platforms and vendors, what
//! they share, and who sees it. `view` folds the record, `select` is the one way to objects, `share` the one way in;
//! `taxii` and the pages are made of these.

pub mod acts;
mod api;
mod certificates;
mod craft;
pub mod escrow;
mod exchange;
mod kinds;
mod label;
mod login;
mod misp;
mod observations;
mod pages;
pub mod partners;
mod publication;
mod read;
mod select;
mod share;
mod tables;
mod taxii;
mod turns;
mod understand;
mod view;
mod vocabulary;
mod watch;
mod withdraw;
mod works;

pub use certificates::{Asking, ask_logs, follow_logs};
pub use exchange::{Exchange, Share, close_batch, publish_due, schedule_publication, share_under_pseudonym};
pub use vocabulary::{FoundVocabulary, import_file, vocabulary_job};

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_store::Migration;
use scr_web::api::Operation;
use scr_web::{App, Desk, NavItem, Routes};
use std::sync::{Arc, LazyLock};

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThreatsDesk;

const TEXTS: &[(Lang, &str)] = &[
    pages::TEXTS[0],
    pages::TEXTS[1],
    pages::TEXTS[2],
    pages::TEXTS[3],
    pages::TEXTS[4],
    pages::TEXTS[5],
    pages::TEXTS[6],
    pages::TEXTS[7],
    pages::TEXTS[8],
    pages::TEXTS[9],
    pages::TEXTS[10],
    pages::TEXTS[11],
    pages::TEXTS[12],
    pages::TEXTS[13],
    pages::TEXTS[14],
    pages::TEXTS[15],
    (Lang::En, include_str!("../texts/kinds.en.ftl")),
    (Lang::Fr, include_str!("../texts/kinds.fr.ftl")),
    (Lang::Es, include_str!("../texts/kinds.es.ftl")),
    (Lang::Ar, include_str!("../texts/kinds.ar.ftl")),
    understand::TEXTS[0],
    understand::TEXTS[1],
    understand::TEXTS[2],
    understand::TEXTS[3],
    observations::TEXTS[0],
    observations::TEXTS[1],
    observations::TEXTS[2],
    observations::TEXTS[3],
    vocabulary::TEXTS[0],
    vocabulary::TEXTS[1],
    vocabulary::TEXTS[2],
    vocabulary::TEXTS[3],
    certificates::TEXTS[0],
    certificates::TEXTS[1],
    certificates::TEXTS[2],
    certificates::TEXTS[3],
    partners::TEXTS[0],
    partners::TEXTS[1],
    partners::TEXTS[2],
    partners::TEXTS[3],
];

impl Desk for ThreatsDesk {
    fn name(&self) -> &'static str {
        "threats"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        kinds::KINDS
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        vec![Box::new(view::ThreatsView)]
    }

    fn routes(&self) -> Routes {
        taxii::routes()
            .and(misp::routes())
            .and(pages::routes())
            .and(understand::routes())
            .and(observations::routes())
            .and(vocabulary::routes())
            .and(certificates::routes())
            .and(api::routes())
            .and(partners::routes())
    }

    fn nav(&self) -> &'static [NavItem] {
        pages::NAV
    }

    fn tables(&self) -> &'static [Migration] {
        tables::TABLES
    }

    fn works(&self, app: &Arc<App>) -> Vec<Arc<dyn Work>> {
        works::works(app)
    }

    fn operations(&self) -> &'static [Operation] {
        static ALL: LazyLock<Vec<Operation>> =
            LazyLock::new(|| [api::OPERATIONS, vocabulary::OPERATIONS, partners::OPERATIONS].concat());
        &ALL
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
