//! The public record: the log as other programs read it, and as people do.

mod entries;
mod history;
mod index;
mod pages;
mod raw;
mod verifier;
mod witness;
mod witnesses;

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_web::{Allow, App, Desk, NavItem, Routes};
use std::sync::Arc;

pub use witness::{Now, witness_router};

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct RecordDesk;

const TEXTS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../texts/en.ftl")),
    (Lang::Fr, include_str!("../texts/fr.ftl")),
    (Lang::Es, include_str!("../texts/es.ftl")),
    (Lang::Ar, include_str!("../texts/ar.ftl")),
];

impl Desk for RecordDesk {
    fn name(&self) -> &'static str {
        "record"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        &[]
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        Vec::new()
    }

    fn routes(&self) -> Routes {
        Routes::new()
            .get("/record", Allow::Public, pages::record)
            .get("/record/about", Allow::Public, history::page_about)
            .get("/record/about.json", Allow::Public, history::file_about)
            .get("/receipts/{index}", Allow::Public, pages::receipt)
            .get("/verify", Allow::Public, pages::verify)
            .get("/verify.html", Allow::Public, verifier::page)
            .get("/log/checkpoint", Allow::Public, raw::checkpoint)
            .get("/log/tile/{*path}", Allow::Public, raw::tile)
            .get("/log/vkey", Allow::Public, raw::vkey)
            .get("/log/policy", Allow::Public, raw::policy)
            .get("/log/retired", Allow::Public, raw::retired)
            .get("/log/proof/{index}", Allow::Public, raw::proof)
            .get("/log/entry/{index}", Allow::Public, raw::entry)
            .get("/objects/{hash}", Allow::Public, raw::object)
            .get("/witnesses", Allow::Public, witnesses::show)
            .post("/witness/add-checkpoint", Allow::KnownKey, witness::add_checkpoint)
            .get("/witness/vkey", Allow::Public, witness::vkey)
            .get("/witness/card", Allow::Public, witness::card)
            .get("/witness/{hash}/checkpoint", Allow::Public, witness::checkpoint)
    }

    fn works(&self, app: &Arc<App>) -> Vec<Arc<dyn Work>> {
        vec![Arc::new(index::RecordIndex(Arc::clone(app)))]
    }

    fn nav(&self) -> &'static [NavItem] {
        &[NavItem { group: "record-nav-group", text: "record-nav", href: "/record" }]
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        TEXTS
    }
}
