//! Threat sharing: communities of election bodies, security teams, parties, media, civil society, platforms and vendors, what
//! they share, and who sees it. `view` folds the record, `select` is the one way to objects, `share` the one way in;
//! `taxii` and the pages are made of these.

pub mod acts;
mod api;
pub mod escrow;
mod exchange;
mod kinds;
mod label;
mod misp;
mod pages;
mod publication;
mod read;
mod select;
mod share;
mod tables;
mod taxii;
mod understand;
mod view;
mod watch;
mod withdraw;
mod works;

pub use exchange::{Exchange, Share, close_batch, publish_due, schedule_publication, share_under_pseudonym};

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_store::Migration;
use scr_web::api::Operation;
use scr_web::{App, Desk, NavItem, Routes};
use std::sync::Arc;

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
    (Lang::En, include_str!("../texts/kinds.en.ftl")),
    (Lang::Fr, include_str!("../texts/kinds.fr.ftl")),
    (Lang::Es, include_str!("../texts/kinds.es.ftl")),
    (Lang::Ar, include_str!("../texts/kinds.ar.ftl")),
    understand::TEXTS[0],
    understand::TEXTS[1],
    understand::TEXTS[2],
    understand::TEXTS[3],
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
        taxii::routes().and(misp::routes()).and(pages::routes()).and(understand::routes()).and(api::routes())
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
        api::OPERATIONS
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
