//! What the desk is made of: each part has kinds, a view, pages, texts of its own.

use crate::{library, runs, severity};
use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_store::Migration;
use scr_web::api::Operation;
use scr_web::{App, NavItem, Routes};
use std::sync::{Arc, LazyLock};

/// Kinds of all parts.
pub(crate) static KINDS: LazyLock<Vec<KindSpec>> =
    LazyLock::new(|| [library::KINDS, runs::KINDS, severity::KINDS].concat());

/// Calls below `/api/v1/`.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> =
    LazyLock::new(|| [library::OPERATIONS, runs::OPERATIONS, severity::OPERATIONS].concat());

/// Operational tables, numbered in this order.
pub(crate) const TABLES: &[Migration] = &[];

/// The navigation.
pub(crate) const NAV: &[NavItem] =
    &[runs::NAV[0], library::NAV[0], library::NAV[1], severity::NAV, runs::NAV[1]];

/// Texts of all parts.
pub(crate) static TEXTS: LazyLock<Vec<(Lang, &'static str)>> =
    LazyLock::new(|| [library::TEXTS.as_slice(), runs::TEXTS, severity::TEXTS].concat());

/// Views of all parts.
pub(crate) fn views() -> Vec<Box<dyn View>> {
    vec![Box::new(library::LibraryView), Box::new(runs::RunsView), Box::new(severity::SeverityView)]
}

/// Pages of all parts.
pub(crate) fn routes() -> Routes {
    Routes::new().and(library::routes()).and(runs::routes()).and(severity::routes())
}

/// What the desk does by itself.
pub(crate) fn works(app: &Arc<App>) -> Vec<Arc<dyn Work>> {
    runs::works::works(app)
}
