//! What pages and acts read of an audit.

use crate::view::{parse, read_audit};
use rusqlite::{Connection, OptionalExtension, Row, params};
use scr_audits::workflow::{Audit, What};
use scr_canon::Hash32;
use scr_core::BoardKey;
use serde_json::Value;
use std::collections::BTreeMap;

/// An audit with what the record knows of it.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Its id.
    pub id: String,
    /// The entry that created it, and when.
    pub index: u64,
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// The name of the key that created it.
    pub issuer: String,
    /// The election, where one is named.
    pub election: Option<String>,
    /// The entry that changed it last.
    pub changed_index: u64,
    /// When that was.
    pub changed_at: i64,
    /// The audit.
    pub audit: Audit,
}

impl Kept {
    /// The organisation that runs it.
    pub fn org(&self) -> &str {
        self.issuer.rsplit('/').next().unwrap_or_default()
    }
}

/// One line in the list of audits.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its phase, by its name in the record.
    pub phase: String,
    /// The entry that changed it last.
    pub changed_index: u64,
    /// When that was.
    pub changed_at: i64,
    /// The organisation that runs it.
    pub org: String,
}

/// Something that happened, in the order of events.
#[derive(Debug, Clone)]
pub struct Act {
    /// The entry.
    pub index: u64,
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// Its kind.
    pub kind: String,
    /// The version of the audit after it.
    pub version: u32,
    /// Its public fields.
    pub detail: Value,
}

/// A board as everybody may know it.
#[derive(Debug, Clone)]
pub struct BoardLine {
    /// Which.
    pub key: BoardKey,
    /// What it was dealt.
    pub units: u64,
    /// How much of it is not read.
    pub unread: u64,
    /// How much waits for the jurisdiction.
    pub disagreed: u64,
    /// Whether its members have said who they are.
    pub joined: bool,
    /// The entry by which both members signed.
    pub signed_index: Option<u64>,
    /// When something happened last.
    pub at: i64,
    /// The SHA-256 of the lists of the jurisdiction's boards.
    pub list: String,
}

/// A round as the record knows it.
#[derive(Debug, Clone)]
pub struct RoundLine {
    /// The version.
    pub version: u32,
    /// The round in it.
    pub round: u32,
    /// The entry that opened it.
    pub index: u64,
    /// When that was.
    pub at: i64,
    /// The SHA-256 of the list of draws.
    pub draws: Hash32,
    /// Of what was read, once it is closed, with the entry and the time.
    pub closed: Option<(Hash32, u64, i64)>,
    /// Of what machines had recorded of the ballots drawn, where ballots are compared.
    pub cvrs: Option<Hash32>,
}

fn unsigned(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    Ok(row.get::<_, i64>(at)?.unsigned_abs())
}

/// An audit by its id.
pub fn audit(views: &Connection, id: &str) -> rusqlite::Result<Option<Kept>> {
    let sql =
        "SELECT idx, at, issuer, election, changed_idx, changed_at, state FROM audit_audit WHERE audit = ?1";
    let read = |row: &Row<'_>| {
        Ok(Kept {
            id: id.to_owned(),
            index: unsigned(row, 0)?,
            at: row.get(1)?,
            issuer: row.get(2)?,
            election: Some(row.get::<_, String>(3)?).filter(|election| !election.is_empty()),
            changed_index: unsigned(row, 4)?,
            changed_at: row.get(5)?,
            audit: parse(&row.get::<_, String>(6)?)?,
        })
    };
    views.prepare_cached(sql)?.query_row([id], read).optional()
}

/// Every audit, the one that changed last first.
pub fn audits(views: &Connection) -> rusqlite::Result<Vec<Line>> {
    let sql = "SELECT audit, title, phase, changed_idx, changed_at, issuer FROM audit_audit ORDER BY changed_idx DESC LIMIT 500";
    let read = |row: &Row<'_>| {
        Ok(Line {
            id: row.get(0)?,
            title: row.get(1)?,
            phase: row.get(2)?,
            changed_index: unsigned(row, 3)?,
            changed_at: row.get(4)?,
            org: row.get::<_, String>(5)?.rsplit('/').next().unwrap_or_default().to_owned(),
        })
    };
    views.prepare_cached(sql)?.query_map([], read)?.collect()
}

/// What happened, from the first.
pub fn acts(views: &Connection, id: &str) -> rusqlite::Result<Vec<Act>> {
    let sql =
        "SELECT idx, at, kind, version, detail FROM audit_act WHERE audit = ?1 ORDER BY idx LIMIT 100000";
    views.prepare_cached(sql)?.query_map([id], act_at)?.collect()
}

fn act_at(row: &Row<'_>) -> rusqlite::Result<Act> {
    Ok(Act {
        index: unsigned(row, 0)?,
        at: row.get(1)?,
        kind: row.get(2)?,
        version: row.get(3)?,
        detail: parse(&row.get::<_, String>(4)?)?,
    })
}

/// What happened last, the newest first.
pub fn newest_acts(views: &Connection, id: &str, count: u32) -> rusqlite::Result<Vec<Act>> {
    let sql =
        "SELECT idx, at, kind, version, detail FROM audit_act WHERE audit = ?1 ORDER BY idx DESC LIMIT ?2";
    views.prepare_cached(sql)?.query_map(params![id, count], act_at)?.collect()
}

/// The boards of a round, by jurisdiction and number; of one jurisdiction, or of all.
pub fn boards(
    views: &Connection,
    (id, version, round): (&str, u32, u32),
    jurisdiction: Option<&str>,
) -> rusqlite::Result<Vec<BoardLine>> {
    let sql =
        "SELECT jurisdiction, board, units, unread, disagreed, joined, signed_idx, at, list FROM audit_board
        WHERE audit = ?1 AND version = ?2 AND round = ?3 AND (?4 IS NULL OR jurisdiction = ?4)
        ORDER BY jurisdiction, board";
    let read = |row: &Row<'_>| {
        let (jurisdiction, board) = (row.get(0)?, row.get(1)?);
        Ok(BoardLine {
            key: BoardKey { audit: id.to_owned(), version, round, jurisdiction, board },
            units: unsigned(row, 2)?,
            unread: unsigned(row, 3)?,
            disagreed: unsigned(row, 4)?,
            joined: row.get(5)?,
            signed_index: row.get::<_, Option<i64>>(6)?.map(i64::unsigned_abs),
            at: row.get(7)?,
            list: row.get(8)?,
        })
    };
    views.prepare_cached(sql)?.query_map(params![id, version, round, jurisdiction], read)?.collect()
}

/// The rounds of a version.
pub fn rounds(views: &Connection, id: &str, version: u32) -> rusqlite::Result<Vec<RoundLine>> {
    let sql = "SELECT round, idx, at, draws, counted, closed_idx, closed_at, cvrs FROM audit_round
        WHERE audit = ?1 AND version = ?2 ORDER BY round";
    let read = |row: &Row<'_>| {
        let closed: Option<(i64, i64)> = row.get::<_, Option<i64>>(5)?.zip(row.get(6)?);
        let closed = match closed {
            Some((index, at)) => Some((hash(&row.get::<_, String>(4)?)?, index.unsigned_abs(), at)),
            None => None,
        };
        let (round, at) = (row.get(0)?, row.get(2)?);
        let draws = hash(&row.get::<_, String>(3)?)?;
        let cvrs: String = row.get(7)?;
        let cvrs = if cvrs.is_empty() { None } else { Some(hash(&cvrs)?) };
        Ok(RoundLine { version, round, index: unsigned(row, 1)?, at, draws, closed, cvrs })
    };
    views.prepare_cached(sql)?.query_map(params![id, version], read)?.collect()
}

fn hash(text: &str) -> rusqlite::Result<Hash32> {
    text.parse().map_err(|error: scr_canon::CanonError| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// The commitment of a version: the object with the inputs, the entry and the time.
pub fn commit(views: &Connection, id: &str, version: u32) -> rusqlite::Result<Option<(Hash32, u64, i64)>> {
    let sql = "SELECT object, idx, at FROM audit_commit WHERE audit = ?1 AND version = ?2";
    let read = |row: &Row<'_>| Ok((hash(&row.get::<_, String>(0)?)?, unsigned(row, 1)?, row.get(2)?));
    views.prepare_cached(sql)?.query_row(params![id, version], read).optional()
}

/// The entry that stated a seed, and when.
pub fn seed(views: &Connection, id: &str, seed: &str) -> rusqlite::Result<Option<(u64, i64)>> {
    let sql = "SELECT idx, at FROM audit_seed WHERE audit = ?1 AND seed = ?2";
    views.prepare_cached(sql)?.query_row([id, seed], |row| Ok((unsigned(row, 0)?, row.get(1)?))).optional()
}

/// An explanation of a discrepancy.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The words.
    pub reason: String,
    /// The entry.
    pub index: u64,
    /// Seconds since 1970, UTC.
    pub at: i64,
}

/// Explanations of a version, by batch and position (0: the whole batch).
pub fn explained(
    views: &Connection,
    id: &str,
    version: u32,
) -> rusqlite::Result<BTreeMap<(usize, u32), Explained>> {
    let sql =
        "SELECT batch, position, reason, idx, at FROM audit_explained WHERE audit = ?1 AND version = ?2";
    let read = |row: &Row<'_>| {
        let batch = usize::try_from(unsigned(row, 0)?).unwrap_or(usize::MAX);
        let explained = Explained { reason: row.get(2)?, index: unsigned(row, 3)?, at: row.get(4)? };
        Ok(((batch, row.get(1)?), explained))
    };
    views.prepare_cached(sql)?.query_map(params![id, version], read)?.collect()
}

/// What a jurisdiction has handed in, in its normal form, with the name of its file. Private.
pub(crate) fn input(
    views: &Connection,
    id: &str,
    jurisdiction: &str,
    what: What,
) -> rusqlite::Result<Option<(Vec<u8>, String)>> {
    let sql =
        "SELECT content, file_name FROM audit_input WHERE audit = ?1 AND jurisdiction = ?2 AND what = ?3";
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    views.prepare_cached(sql)?.query_row([id, jurisdiction, what.as_str()], read).optional()
}

/// Jurisdictions whose cast vote records are published, with the object and the entry.
pub fn published_cvrs(
    views: &Connection,
    id: &str,
    version: u32,
) -> rusqlite::Result<Vec<(String, Hash32, u64, i64)>> {
    let sql = "SELECT jurisdiction, object, idx, at FROM audit_cvrs WHERE audit = ?1 AND version = ?2 ORDER BY jurisdiction";
    let read =
        |row: &Row<'_>| Ok((row.get(0)?, hash(&row.get::<_, String>(1)?)?, unsigned(row, 2)?, row.get(3)?));
    views.prepare_cached(sql)?.query_map(params![id, version], read)?.collect()
}

/// Whether there is an audit of this id.
pub(crate) fn exists(views: &Connection, id: &str) -> rusqlite::Result<bool> {
    Ok(read_audit(views, id)?.is_some())
}
