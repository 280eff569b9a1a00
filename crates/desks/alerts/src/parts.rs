//! What the desk is made of: each part has kinds, a view, pages, texts of its own.

use crate::{drills, issued, kit, know, network};
use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_store::Migration;
use scr_web::api::Operation;
use scr_web::{App, NavItem, Routes};
use std::sync::{Arc, LazyLock};

/// Kinds of all parts.
pub(crate) static KINDS: LazyLock<Vec<KindSpec>> =
    LazyLock::new(|| [network::KINDS, kit::KINDS, issued::KINDS, drills::KINDS].concat());

/// Calls below `/api/v1/`.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(Vec::new);

/// Operational tables, numbered in this order.
pub(crate) const TABLES: &[Migration] = &[network::secrets::TABLE, know::TABLE];

/// The navigation.
pub(crate) const NAV: &[NavItem] = network::NAV;

/// Texts of all parts.
pub(crate) static TEXTS: LazyLock<Vec<(Lang, &'static str)>> = LazyLock::new(|| {
    let kinds = [
        (Lang::En, include_str!("../texts/kinds.en.ftl")),
        (Lang::Fr, include_str!("../texts/kinds.fr.ftl")),
        (Lang::Es, include_str!("../texts/kinds.es.ftl")),
        (Lang::Ar, include_str!("../texts/kinds.ar.ftl")),
    ];
    [kinds.as_slice(), &network::TEXTS, &kit::TEXTS].concat()
});

/// Views of all parts.
pub(crate) fn views() -> Vec<Box<dyn View>> {
    vec![
        Box::new(network::NetworkView),
        Box::new(kit::KitView),
        Box::new(issued::IssuedView),
        Box::new(drills::DrillsView),
    ]
}

/// Pages of all parts.
pub(crate) fn routes() -> Routes {
    Routes::new().and(network::routes()).and(kit::routes())
}

/// What the desk does by itself.
pub(crate) fn works(_app: &Arc<App>) -> Vec<Arc<dyn Work>> {
    Vec::new()
}
