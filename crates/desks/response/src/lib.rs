//! What is done when something happens: the crisis plan, playbooks that people carry out on a live board, and how severe an
//! incident is, with the formula shown.
//!
//! Rules and formats are `scr_playbooks`; here they meet the record, the pages and the people.

pub mod library;
mod parts;
pub mod runs;
pub mod severity;

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_store::Migration;
use scr_web::api::Operation;
use scr_web::{App, Desk, NavItem, Routes};
use std::sync::Arc;

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct ResponseDesk;

impl Desk for ResponseDesk {
    fn name(&self) -> &'static str {
        "response"
    }

    fn kinds(&self) -> &'static [KindSpec] {
        &parts::KINDS
    }

    fn views(&self) -> Vec<Box<dyn View>> {
        parts::views()
    }

    fn routes(&self) -> Routes {
        parts::routes()
    }

    fn nav(&self) -> &'static [NavItem] {
        parts::NAV
    }

    fn tables(&self) -> &'static [Migration] {
        parts::TABLES
    }

    fn works(&self, app: &Arc<App>) -> Vec<Arc<dyn Work>> {
        parts::works(app)
    }

    fn operations(&self) -> &'static [Operation] {
        &parts::OPERATIONS
    }

    fn texts(&self) -> &'static [(Lang, &'static str)] {
        &parts::TEXTS
    }
}
