//! Objects from servers of others: a collection of a TAXII 2.1 server, or a feed of MISP, that is polled at intervals and
//! goes into a collection of a community, as the member that has set it up. The other server is not trusted: it can send
//! what it likes, as much and as slowly as it likes, and nothing of it comes in but by the one way in.

mod acts;
mod address;
mod api;
mod fetch;
mod misp;
mod poll;
mod source;
mod taxii;
mod trouble;
mod work;

pub(crate) use api::OPERATIONS;
pub(crate) use work::{Partners, sweep};

use scr_engine::Fault;
use scr_web::{App, Routes};

/// The routes.
pub(crate) fn routes() -> Routes {
    api::routes()
}

/// Polls everything that is due, as the server does by itself; gives how many sources were polled.
///
/// # Errors
/// When the tables fail.
pub fn poll_due(app: &App) -> Result<u64, Fault> {
    work::poll_due(app, poll::Caps::default(), &|| true)
}
