//! Alerts that reach every polling station: who is to be reached, what is said and by whom it was approved, how it is sent,
//! how it is known that it arrived, and drills.
//!
//! | module | is about |
//! |---|---|
//! | [`network`] | areas, polling stations, lines of authority, contacts |
//! | [`issued`] | what was released: the one way to alerts |
//! | [`mod@write`] | drafts, approval, previews, release |
//! | `public` | what everybody sees: pages, feed, files |
//! | [`send`] | how it leaves, by every channel |
//! | [`kit`] | what stations get on paper |
//! | [`know`] | how it is known that it arrived |
//! | [`drills`] | exercises and their clock |
//!
//! Rules and formats are `scr_alerts` and `scr_cap`; here they meet the record, the pages and the people.

mod answer;
mod cells;
pub mod drills;
pub mod issued;
pub mod kit;
pub mod know;
mod login;
pub mod network;
mod parts;
mod public;
pub mod send;
pub mod write;

use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_store::Migration;
use scr_web::api::Operation;
use scr_web::{App, Desk, NavItem, Routes};
use std::sync::Arc;

/// The desk.
#[derive(Debug, Clone, Copy, Default)]
pub struct AlertsDesk;

impl Desk for AlertsDesk {
    fn name(&self) -> &'static str {
        "alerts"
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
