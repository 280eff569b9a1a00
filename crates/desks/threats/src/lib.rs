//! Threat sharing: communities of election bodies, security teams, parties, media, civil society, platforms and vendors, what
//! they share, and who sees it. `view` folds the record, `select` is the one way to objects, `share` the one way in;
//! `taxii` and the pages are made of these.

pub mod acts;
pub mod escrow;
mod exchange;
mod kinds;
mod label;
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
use scr_web::{App, Desk, NavItem, Routes};
use std::sync::Arc;

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThreatsDesk;

const TEXTS: &[(Lang, &str)] = &[
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
        taxii::routes().and(understand::routes())
    }

    fn nav(&self) -> &'static [NavItem] {
        &[]
    }

    fn tables(&self) -> &'static [Migration] {
        tables::TABLES
    }

    fn works(&self, app: &Arc<App>) -> Vec<Arc<dyn Work>> {
        works::works(app)
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
