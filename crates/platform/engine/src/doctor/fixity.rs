//! When everything was last hashed again, and what was damaged then.

use super::{DAY_SECONDS, Examination, Level, Notes, count, views_file};
use crate::fixity::{Fixity, stated};

/// Damaged things that are named one by one.
const NAMED: usize = 20;
/// Days that a check may be late before it is worth a word.
const LATE_DAYS: i64 = 7;

pub(super) fn check(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(views) = views_file(what)? else { return Ok(()) };
    let stated = stated(&views)?;
    // Nothing is late in an installation that is itself younger.
    let begun = count(&views, "SELECT coalesce(min(at), 0) FROM engine_event")?;
    let last = stated.map_or(begun, |stated| stated.at);
    if last > 0 && last < what.now - (i64::from(what.fixity_days) + LATE_DAYS) * DAY_SECONDS {
        let days = (what.now - last) / DAY_SECONDS;
        notes.add(Level::Warn, "SCR-DOC-033", &[("days", &days), ("every", &what.fixity_days)]);
    }
    let here = match Fixity::read(what.folder) {
        Ok(here) => here.filter(|here| stated.is_none_or(|stated| here.at >= stated.at)),
        Err(error) => {
            notes.add(Level::Alarm, "SCR-DOC-018", &[("reason", &error)]);
            None
        }
    };
    let found = here.as_ref().map(|here| here.counts).or_else(|| stated.map(|stated| stated.counts));
    let Some(counts) = found.filter(|counts| counts.damaged > 0) else { return Ok(()) };
    let named = here.map(|here| here.damaged).unwrap_or_default();
    for one in named.iter().take(NAMED) {
        let code = match one.code.as_str() {
            "SCR-INST-006" => "SCR-DOC-030",
            "SCR-INST-005" => "SCR-DOC-031",
            _ => "SCR-DOC-032",
        };
        let args: Vec<(&str, &dyn std::fmt::Display)> =
            one.args.iter().map(|(name, value)| (name.as_str(), value as &dyn std::fmt::Display)).collect();
        notes.add(Level::Alarm, code, &args);
    }
    let unnamed = counts.damaged.saturating_sub(named.len().min(NAMED) as u64);
    if unnamed > 0 {
        notes.add(Level::Alarm, "SCR-DOC-034", &[("count", &unnamed), ("damaged", &counts.damaged)]);
    }
    Ok(())
}
