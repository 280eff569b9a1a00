//! What holds of a released alert now: the same rules by which a polling station judges it without a network.

use super::view::{self, Issued};
use rusqlite::Connection;
use scr_alerts::{Authentic, Backing, Known, Limits, State, judge};
use scr_engine::rusqlite;

/// What holds of an alert.
pub type Standing = State;

/// As a reader finds an alert that its own log shows: everything in it is proven.
fn authentic(one: &Issued) -> Authentic {
    Authentic {
        alert: one.text.clone(),
        origin: String::new(),
        index: one.index,
        leaf: one.leaf,
        recorded: one.at.cast_unsigned(),
        issuer: one.issuer.clone(),
        elections: vec![one.election.clone()],
        backing: Backing::Included { size: one.index + 1, witnesses: Vec::new(), of: 0, seen: None },
    }
}

/// What holds of an alert at `now` (seconds since 1970, UTC). Alerts of one log are ordered by their index, so an update that
/// came is always known.
///
/// # Errors
/// Faults of the views.
pub fn standing(views: &Connection, one: &Issued, now: i64) -> rusqlite::Result<Standing> {
    let mut known = Known::default();
    for index in view::superseded_by(views, one.index)? {
        if let Some(later) = view::at(views, index)? {
            known.note(&authentic(&later));
        }
    }
    let now = now.max(0).cast_unsigned();
    // The clock of the site is the clock of its log: it is never behind what was recorded.
    let limits = Limits { tolerance: u64::MAX >> 1, ..Limits::default() };
    Ok(judge(&authentic(one), &known, now, &limits).map_or(State::Expired, |verdict| verdict.state))
}
