//! What the desk is made of: each part has kinds, a view, pages, texts of its own.

use crate::{drills, issued, kit, know, network, public, send, write};
use scr_engine::{KindSpec, View};
use scr_i18n::Lang;
use scr_jobs::Work;
use scr_store::Migration;
use scr_web::api::Operation;
use scr_web::{App, NavItem, Routes};
use std::sync::{Arc, LazyLock};

/// Kinds of all parts.
pub(crate) static KINDS: LazyLock<Vec<KindSpec>> = LazyLock::new(|| {
    [network::KINDS, kit::KINDS, issued::KINDS, drills::KINDS, write::KINDS, know::KINDS, send::KINDS]
        .concat()
});

/// Calls below `/api/v1/`.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    [
        know::OPERATIONS,
        know::ARRIVAL_OPERATIONS,
        network::OPERATIONS,
        write::OPERATIONS,
        write::DRAFT_OPERATIONS,
        send::OPERATIONS,
        drills::OPERATIONS,
    ]
    .concat()
});

/// Operational tables, numbered in this order.
pub(crate) const TABLES: &[Migration] = &[
    network::secrets::TABLE,
    know::TABLE,
    write::TABLE,
    write::SIGNER_TABLE,
    write::PRICE_TABLE,
    know::DESK_TABLES,
    send::TABLE,
];

/// The navigation.
pub(crate) const NAV: &[NavItem] =
    &[network::NAV[0], write::NAV[0], know::NAV[0], know::NAV[1], send::NAV[0], drills::NAV[0]];

/// Texts of all parts.
pub(crate) static TEXTS: LazyLock<Vec<(Lang, &'static str)>> = LazyLock::new(|| {
    let kinds = [
        (Lang::En, include_str!("../texts/kinds.en.ftl")),
        (Lang::Fr, include_str!("../texts/kinds.fr.ftl")),
        (Lang::Es, include_str!("../texts/kinds.es.ftl")),
        (Lang::Ar, include_str!("../texts/kinds.ar.ftl")),
    ];
    let parts: [&[(Lang, &str)]; 8] = [
        &kinds,
        &network::TEXTS,
        &kit::TEXTS,
        &send::TEXTS,
        &drills::TEXTS,
        &write::TEXTS,
        &public::TEXTS,
        know::TEXTS,
    ];
    parts.concat()
});

/// Views of all parts.
pub(crate) fn views() -> Vec<Box<dyn View>> {
    vec![
        Box::new(network::NetworkView),
        Box::new(kit::KitView),
        Box::new(issued::IssuedView),
        Box::new(drills::DrillsView),
        Box::new(write::WriteView),
        Box::new(know::KnowView),
    ]
}

/// Pages of all parts.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .and(network::routes())
        .and(network::api_routes())
        .and(kit::routes())
        .and(write::routes())
        .and(write::api_routes())
        .and(write::draft_api_routes())
        .and(public::routes())
        .and(send::routes())
        .and(know::routes())
        .and(drills::routes())
}

/// What the desk does by itself.
pub(crate) fn works(app: &Arc<App>) -> Vec<Arc<dyn Work>> {
    let mut all: Vec<Arc<dyn Work>> = vec![Arc::new(write::SignRest(Arc::downgrade(app)))];
    all.extend(know::works(app));
    all.extend(send::works(app));
    all
}
