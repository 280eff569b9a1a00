//! What the pages of entry by hand read from the views.

use super::paper::Paper;
use super::steps::{SheetKey, Station};
use super::view::{self, PACE_SECONDS, parse, read_sheet};
use crate::registry::data as registry;
use rusqlite::{Connection, OptionalExtension, Row, params};
use scr_core::PersonId;
use scr_results::sheet::{Numbers, Sheet, SheetState};
use std::collections::BTreeMap;

/// A contest opened for entry.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    pub(crate) index: u64,
    pub(crate) election: String,
    pub(crate) election_title: String,
    pub(crate) contest: String,
    pub(crate) contest_title: String,
    pub(crate) source: String,
    pub(crate) source_name: String,
    pub(crate) at: i64,
    pub(crate) issuer: String,
    pub(crate) paper: Paper,
}

impl Opening {
    /// Its page.
    pub(crate) fn href(&self) -> String {
        format!("/desk/entry/{}", self.index)
    }

    /// The page of a sheet.
    pub(crate) fn sheet_href(&self, station: u64) -> String {
        format!("/desk/entry/{}/sheets/{station}", self.index)
    }
}

/// One station's sheet as everybody may know it.
#[derive(Debug, Clone)]
pub(crate) struct SheetRow {
    pub(crate) station: u64,
    pub(crate) unit: String,
    pub(crate) name: String,
    pub(crate) parents: Vec<String>,
    pub(crate) region: String,
    pub(crate) registered: Option<u64>,
    pub(crate) state: String,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) index: u64,
}

fn whole(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

const OPENING: &str =
    "SELECT o.idx, o.election, e.title, o.contest, c.title, o.source, o.source_name, o.at, o.issuer
    FROM entry_opening o JOIN results_election e ON e.election = o.election
    JOIN results_contest c ON c.election = o.election AND c.contest = o.contest";

fn opening_row(row: &Row<'_>) -> rusqlite::Result<Opening> {
    Ok(Opening {
        index: whole(row, 0)?,
        election: row.get(1)?,
        election_title: row.get(2)?,
        contest: row.get(3)?,
        contest_title: row.get(4)?,
        source: row.get(5)?,
        source_name: row.get(6)?,
        at: row.get(7)?,
        issuer: row.get(8)?,
        paper: Paper::default(),
    })
}

fn with_paper(views: &Connection, mut opening: Opening) -> rusqlite::Result<Opening> {
    opening.paper = view::paper(views, opening.index.cast_signed())?.unwrap_or_default();
    Ok(opening)
}

/// An entry by the index of its opening.
pub(crate) fn opening(views: &Connection, index: u64) -> rusqlite::Result<Option<Opening>> {
    let found = views
        .prepare_cached(&format!("{OPENING} WHERE o.idx = ?1"))?
        .query_row([index.cast_signed()], opening_row)
        .optional()?;
    found.map(|opening| with_paper(views, opening)).transpose()
}

/// The entries of an election, or all, newest first.
pub(crate) fn openings(views: &Connection, election: Option<&str>) -> rusqlite::Result<Vec<Opening>> {
    let sql = format!("{OPENING} WHERE ?1 IS NULL OR o.election = ?1 ORDER BY o.idx DESC LIMIT 100");
    let found: Vec<Opening> =
        views.prepare_cached(&sql)?.query_map([election], opening_row)?.collect::<Result<_, _>>()?;
    found.into_iter().map(|opening| with_paper(views, opening)).collect()
}

const SHEET: &str =
    "SELECT pos, unit, name, parents, region, registered, state, version, at, idx FROM entry_sheet";

fn sheet_from(row: &Row<'_>) -> rusqlite::Result<SheetRow> {
    Ok(SheetRow {
        station: whole(row, 0)?,
        unit: row.get(1)?,
        name: row.get(2)?,
        parents: parse(&row.get::<_, String>(3)?)?,
        region: row.get(4)?,
        registered: row.get::<_, Option<i64>>(5)?.and_then(|n| u64::try_from(n).ok()),
        state: row.get(6)?,
        version: whole(row, 7)?,
        at: row.get(8)?,
        index: whole(row, 9)?,
    })
}

/// One sheet.
pub(crate) fn sheet_row(views: &Connection, key: SheetKey) -> rusqlite::Result<Option<SheetRow>> {
    views
        .prepare_cached(&format!("{SHEET} WHERE entry = ?1 AND pos = ?2"))?
        .query_row([key.entry.cast_signed(), key.station.cast_signed()], sheet_from)
        .optional()
}

/// The sheet of the station with this code.
pub(crate) fn by_unit(views: &Connection, entry: u64, unit: &str) -> rusqlite::Result<Option<u64>> {
    views
        .prepare_cached("SELECT pos FROM entry_sheet WHERE entry = ?1 AND unit = ?2")?
        .query_row(params![entry.cast_signed(), unit], |row| whole(row, 0))
        .optional()
}

/// Which sheets are listed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) state: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
    /// The place that a role is limited to.
    pub(crate) place: Option<&'a str>,
    /// Beginning of the code.
    pub(crate) code: Option<&'a str>,
    /// Position to begin at.
    pub(crate) from: u64,
    pub(crate) limit: usize,
}

/// Sheets in the order of their codes.
pub(crate) fn sheets(views: &Connection, entry: u64, wanted: Wanted<'_>) -> rusqlite::Result<Vec<SheetRow>> {
    let mut sql = format!("{SHEET} s WHERE entry = ?1 AND pos >= ?2");
    let mut add = |given: bool, condition: &str| {
        sql.push_str(if given { condition } else { "" });
    };
    add(wanted.state.is_some(), " AND state = ?3");
    add(wanted.region.is_some(), " AND region = ?4");
    add(wanted.code.is_some(), " AND unit >= ?5 AND unit < ?5 || char(1114111)");
    let by_place = " AND EXISTS (SELECT 1 FROM entry_place p WHERE p.entry = s.entry AND p.place = ?6 AND p.pos = s.pos)";
    add(wanted.place.is_some(), by_place);
    sql.push_str(" ORDER BY pos LIMIT ?7");
    let limit = i64::try_from(wanted.limit).unwrap_or(i64::MAX);
    views
        .prepare_cached(&sql)?
        .query_map(
            params![
                entry.cast_signed(),
                wanted.from.cast_signed(),
                wanted.state,
                wanted.region,
                wanted.code,
                wanted.place,
                limit
            ],
            sheet_from,
        )?
        .collect()
}

/// Sheets in each state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counts(BTreeMap<String, u64>);

impl Counts {
    /// Sheets in a state.
    pub(crate) fn of(&self, state: SheetState) -> u64 {
        self.named(state.as_str())
    }

    /// Sheets in the state of this name.
    pub(crate) fn named(&self, state: &str) -> u64 {
        self.0.get(state).copied().unwrap_or(0)
    }

    /// All sheets.
    pub(crate) fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// Sheets that are signed.
    pub(crate) fn signed(&self) -> u64 {
        self.of(SheetState::Signed)
    }

    fn add(&mut self, state: String, sheets: u64) {
        *self.0.entry(state).or_default() += sheets;
    }
}

/// Counts by region, in order of the regions' names, and in all.
pub(crate) fn counts(views: &Connection, entry: u64) -> rusqlite::Result<(Counts, BTreeMap<String, Counts>)> {
    let mut query = views.prepare_cached("SELECT region, state, sheets FROM entry_count WHERE entry = ?1")?;
    let mut rows = query.query([entry.cast_signed()])?;
    let (mut all, mut regions) = (Counts::default(), BTreeMap::<String, Counts>::new());
    while let Some(row) = rows.next()? {
        let (region, state, sheets): (String, String, u64) = (row.get(0)?, row.get(1)?, whole(row, 2)?);
        regions.entry(region).or_default().add(state.clone(), sheets);
        all.add(state, sheets);
    }
    Ok((all, regions))
}

/// Counts of the sheets below one place.
pub(crate) fn counts_below(views: &Connection, entry: u64, place: &str) -> rusqlite::Result<Counts> {
    let sql = "SELECT s.state, count(*) FROM entry_place p JOIN entry_sheet s ON s.entry = p.entry AND s.pos = p.pos
        WHERE p.entry = ?1 AND p.place = ?2 GROUP BY s.state";
    let mut query = views.prepare_cached(sql)?;
    let mut rows = query.query(params![entry.cast_signed(), place])?;
    let mut counts = Counts::default();
    while let Some(row) = rows.next()? {
        counts.add(row.get(0)?, whole(row, 1)?);
    }
    Ok(counts)
}

/// (typed, signed) in the hour before `now`.
pub(crate) fn pace(views: &Connection, entry: u64, now: i64) -> rusqlite::Result<(u64, u64)> {
    let sql = "SELECT coalesce(sum(sheets) FILTER (WHERE step = 'enter'), 0), coalesce(sum(sheets) FILTER (WHERE step = 'sign'), 0)
        FROM entry_pace WHERE entry = ?1 AND slot > ?2 AND slot <= ?3";
    let slot = now.div_euclid(PACE_SECONDS);
    views
        .prepare_cached(sql)?
        .query_row(params![entry.cast_signed(), slot - 6, slot], |row| Ok((whole(row, 0)?, whole(row, 1)?)))
}

/// One moment of a sheet's history.
#[derive(Debug, Clone)]
pub(crate) struct ActRow {
    pub(crate) index: u64,
    pub(crate) at: i64,
    pub(crate) step: String,
    pub(crate) version: u64,
    pub(crate) reason: String,
}

/// What happened to a sheet, in order.
pub(crate) fn acts(views: &Connection, key: SheetKey) -> rusqlite::Result<Vec<ActRow>> {
    let sql =
        "SELECT idx, at, step, version, reason FROM entry_act WHERE entry = ?1 AND pos = ?2 ORDER BY idx";
    let read = |row: &Row<'_>| {
        Ok(ActRow {
            index: whole(row, 0)?,
            at: row.get(1)?,
            step: row.get(2)?,
            version: whole(row, 3)?,
            reason: row.get(4)?,
        })
    };
    views
        .prepare_cached(sql)?
        .query_map([key.entry.cast_signed(), key.station.cast_signed()], read)?
        .collect()
}

/// The newest sign-off of a sheet.
#[derive(Debug, Clone)]
pub(crate) struct SignedRow {
    pub(crate) index: u64,
    pub(crate) at: i64,
    pub(crate) people: u64,
    pub(crate) numbers: Numbers,
    pub(crate) explanations: Vec<(String, String)>,
}

fn signed_from(row: &Row<'_>, first: usize) -> rusqlite::Result<SignedRow> {
    let explanations: Vec<serde_json::Value> = parse(&row.get::<_, String>(first + 4)?)?;
    let words = |one: &serde_json::Value| {
        Some((one["warning"].as_str()?.to_owned(), one["text"].as_str()?.to_owned()))
    };
    Ok(SignedRow {
        index: whole(row, first)?,
        at: row.get(first + 1)?,
        people: whole(row, first + 2)?,
        numbers: view::signed_numbers(&row.get::<_, String>(first + 3)?)?,
        explanations: explanations.iter().filter_map(words).collect(),
    })
}

/// The newest sign-off of a sheet, if it has any.
pub(crate) fn signed(views: &Connection, key: SheetKey) -> rusqlite::Result<Option<SignedRow>> {
    let sql = "SELECT idx, at, people, numbers, explanations FROM entry_signed WHERE entry = ?1 AND pos = ?2";
    views
        .prepare_cached(sql)?
        .query_row([key.entry.cast_signed(), key.station.cast_signed()], |row| signed_from(row, 0))
        .optional()
}

/// Every station with the numbers that were signed last, where any were.
pub(crate) fn signed_so_far(
    views: &Connection,
    entry: u64,
) -> rusqlite::Result<Vec<(SheetRow, Option<SignedRow>)>> {
    let sql =
        "SELECT s.pos, s.unit, s.name, s.parents, s.region, s.registered, s.state, s.version, s.at, s.idx,
            g.idx, g.at, g.people, g.numbers, g.explanations
        FROM entry_sheet s LEFT JOIN entry_signed g ON g.entry = s.entry AND g.pos = s.pos
        WHERE s.entry = ?1 ORDER BY s.pos";
    let read = |row: &Row<'_>| {
        let signed = row.get::<_, Option<i64>>(10)?.map(|_| signed_from(row, 10)).transpose()?;
        Ok((sheet_from(row)?, signed))
    };
    views.prepare_cached(sql)?.query_map([entry.cast_signed()], read)?.collect()
}

/// Sign-offs after the entry `after` of the log.
pub(crate) fn signed_since(views: &Connection, entry: u64, after: u64) -> rusqlite::Result<u64> {
    views
        .prepare_cached("SELECT count(*) FROM entry_signed WHERE entry = ?1 AND idx > ?2")?
        .query_row([entry.cast_signed(), after.cast_signed()], |row| whole(row, 0))
}

/// Sheets in a state that wait for somebody, with their private side, from `from` on.
pub(crate) fn waiting(
    views: &Connection,
    entry: u64,
    state: SheetState,
    place: Option<&str>,
    from: u64,
) -> rusqlite::Result<Vec<(u64, Option<Sheet>)>> {
    let wanted = Wanted { state: Some(state.as_str()), place, from, limit: 200, ..Wanted::default() };
    let rows = sheets(views, entry, wanted)?;
    let with = |row: SheetRow| {
        let sheet = read_sheet(views, (entry.cast_signed(), row.station.cast_signed()))?;
        Ok((row.station, sheet))
    };
    rows.into_iter().map(with).collect()
}

/// Sheets that one other person has typed.
pub(crate) fn typed_by_others(
    views: &Connection,
    entry: u64,
    person: &PersonId,
    place: Option<&str>,
    limit: usize,
) -> rusqlite::Result<Vec<u64>> {
    let sql = "SELECT s.pos FROM entry_sheet s JOIN entry_work w ON w.entry = s.entry AND w.pos = s.pos
        WHERE s.entry = ?1 AND s.state = 'entered-once' AND w.first <> ?2 AND (?3 IS NULL OR EXISTS (
            SELECT 1 FROM entry_place p WHERE p.entry = s.entry AND p.place = ?3 AND p.pos = s.pos))
        ORDER BY s.pos LIMIT ?4";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    views
        .prepare_cached(sql)?
        .query_map(params![entry.cast_signed(), person.as_str(), place, limit], |row| whole(row, 0))?
        .collect()
}

/// The polling stations of an election: those of its registry or, where it has none, the units of its newest
/// table.
pub(crate) fn stations(views: &Connection, election: &str) -> rusqlite::Result<Vec<Station>> {
    match registry::newest_registry(views, election)? {
        Some(newest) => {
            let all = registry::stations(views, newest.index, None, usize::MAX)?;
            let station = |row: registry::StationRow| Station {
                unit: row.unit,
                name: row.name,
                parents: row.parents,
                registered: row.registered,
            };
            Ok(all.into_iter().map(station).collect())
        }
        None => units(views, election),
    }
}

/// The units of the newest table of an election.
fn units(views: &Connection, election: &str) -> rusqlite::Result<Vec<Station>> {
    let newest: Option<i64> = views
        .prepare_cached("SELECT max(idx) FROM results_table WHERE election = ?1")?
        .query_row([election], |row| row.get(0))?;
    let sql = "SELECT line FROM results_row WHERE tbl = ?1 AND part = '' ORDER BY pos";
    let read = |row: &Row<'_>| {
        let line: scr_results::published::PublishedRow = parse(&row.get::<_, String>(0)?)?;
        Ok(Station { unit: line.unit, name: line.name, parents: line.parents, registered: None })
    };
    let Some(newest) = newest else { return Ok(Vec::new()) };
    views.prepare_cached(sql)?.query_map([newest], read)?.collect()
}
