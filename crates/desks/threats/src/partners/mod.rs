//! Objects from servers of others: a collection of a TAXII 2.1 server, or a feed of MISP, that is polled at intervals and
//! goes into a collection of a community, as the member that has set it up. The other server is not trusted: it can send
//! what it likes, as much and as slowly as it likes, and nothing of it comes in but by the one way in.

mod acts;
mod address;
mod api;
mod fetch;
mod misp;
mod once;
mod pages;
mod poll;
mod source;
mod taxii;
mod trouble;
mod work;

pub use once::{Got, Wanted, read_collection};

pub(crate) use api::OPERATIONS;
pub(crate) use work::{Partners, sweep};

use scr_engine::Fault;
use scr_i18n::Lang;
use scr_web::{App, Routes};

/// The texts of its pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/partners.en.ftl")),
    (Lang::Fr, include_str!("../../texts/partners.fr.ftl")),
    (Lang::Es, include_str!("../../texts/partners.es.ftl")),
    (Lang::Ar, include_str!("../../texts/partners.ar.ftl")),
];

/// The routes.
pub(crate) fn routes() -> Routes {
    api::routes().and(pages::routes())
}

/// Polls everything that is due, as the server does by itself; gives how many sources were polled.
///
/// # Errors
/// When the tables fail.
pub fn poll_due(app: &App) -> Result<u64, Fault> {
    work::poll_due(app, poll::Caps::default(), &|| true)
}
