//! Which allied bodies and functions are consulted, or told, as the line of authority says: named where the alert is released.

use crate::network::line::{self, SEVERITIES};
use crate::network::pages::line::minutes;
use rusqlite::Connection;
use scr_alerts::{Severity, Status};
use scr_engine::rusqlite;
use scr_web::Visit;

/// What is to be done, one sentence for each, in the order of the line. Nothing for a test, and where the line names nobody from
/// this severity on.
pub(super) fn told(
    views: &Connection,
    visit: &Visit,
    election: &str,
    (status, severity): (Status, Severity),
) -> rusqlite::Result<Vec<String>> {
    if status == Status::Test {
        return Ok(Vec::new());
    }
    let allies = line::current(views, election)?.map(|set| set.lines.allies).unwrap_or_default();
    let is_due = |from: &str| SEVERITIES.iter().any(|(name, least)| *name == from && severity >= *least);
    Ok(allies
        .iter()
        .filter(|ally| is_due(&ally.severity))
        .map(|ally| {
            let time = minutes(visit, ally.within);
            let args = [("name", ally.name.as_str().into()), ("time", time.into())];
            // i18n: alerts-ally-*
            visit.ta(&format!("alerts-ally-{}", ally.act), &args)
        })
        .collect())
}
