//! What other desks have recorded that runs go by: drills, elections, organisations.

use rusqlite::{Connection, OptionalExtension as _, Row};
use scr_core::DrillClock;
use scr_engine::rusqlite;

/// A drill of the alerts desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drill {
    /// Its code.
    pub drill: String,
    /// The election that it plays.
    pub election: String,
    /// What it is called.
    pub title: String,
    /// How its time goes.
    pub clock: DrillClock,
    /// When it was ended.
    pub ended_at: Option<i64>,
}

/// All drills, those that go on first.
pub(crate) fn drills(views: &Connection) -> rusqlite::Result<Vec<Drill>> {
    let sql = "SELECT drill, election, title, wall, run, rate, ended_at FROM runs_drill
        ORDER BY ended_at IS NOT NULL, wall DESC, drill";
    let drill = |row: &Row<'_>| {
        Ok(Drill {
            drill: row.get(0)?,
            election: row.get(1)?,
            title: row.get(2)?,
            clock: DrillClock { wall: row.get(3)?, run: row.get(4)?, rate: row.get(5)? },
            ended_at: row.get(6)?,
        })
    };
    views.prepare_cached(sql)?.query_map([], drill)?.collect()
}

/// When a drill was ended, in seconds; nothing for no drill, and one that goes on.
pub(super) fn drill_ended(views: &Connection, drill: &str) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT ended_at FROM runs_drill WHERE drill = ?1";
    let found: Option<Option<i64>> =
        views.prepare_cached(sql)?.query_row([drill], |row| row.get(0)).optional()?;
    Ok(found.flatten())
}

/// An election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    /// Its id.
    pub election: String,
    /// Its title.
    pub title: String,
    /// Its day.
    pub day: String,
    /// Its time zone.
    pub zone: String,
}

/// All elections, the latest first.
pub(crate) fn elections(views: &Connection) -> rusqlite::Result<Vec<Election>> {
    let sql = "SELECT election, title, day, zone FROM runs_election ORDER BY day DESC, election LIMIT 500";
    let election = |row: &Row<'_>| {
        Ok(Election { election: row.get(0)?, title: row.get(1)?, day: row.get(2)?, zone: row.get(3)? })
    };
    views.prepare_cached(sql)?.query_map([], election)?.collect()
}

/// Organisations that may be given a role: id and name.
pub(crate) fn organisations(views: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let sql = "SELECT org, name FROM runs_org ORDER BY name LIMIT 500";
    views.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// What an organisation is called; its id where it has no name here.
pub(crate) fn name_of(views: &Connection, org: &str) -> rusqlite::Result<String> {
    let select = "SELECT name FROM runs_org WHERE org = ?1";
    let name = views.prepare_cached(select)?.query_row([org], |row| row.get(0)).optional()?;
    Ok(name.unwrap_or_else(|| org.to_owned()))
}
