//! Approvals, agreements, signatures, as the record says it.

use super::kinds::{AGREED, APPROVED, CAP_SIGNED, SIGNER_NAMED};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use scr_canon::Hash32;
use scr_engine::rusqlite;
use scr_engine::{Erased, Event, Objects, View, ViewFault};

const SCHEMA: &str = "
CREATE TABLE alertswrite_election (election TEXT PRIMARY KEY, issuer TEXT NOT NULL, title TEXT NOT NULL, day TEXT NOT NULL,
    zone TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE alertswrite_approval (idx INTEGER PRIMARY KEY, alert TEXT NOT NULL, language TEXT NOT NULL, hash TEXT NOT NULL,
    at INTEGER NOT NULL, person TEXT NOT NULL);
CREATE INDEX alertswrite_approval_alert ON alertswrite_approval (alert, language);
CREATE TABLE alertswrite_agreed (idx INTEGER PRIMARY KEY, alert TEXT NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL,
    person TEXT NOT NULL);
CREATE INDEX alertswrite_agreed_alert ON alertswrite_agreed (alert);
CREATE TABLE alertswrite_cap (entry INTEGER PRIMARY KEY, alert TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    object TEXT NOT NULL);
CREATE TABLE alertswrite_signer (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, key TEXT NOT NULL, fingerprint TEXT NOT NULL);
";

/// The view.
pub(crate) struct WriteView;

impl View for WriteView {
    fn name(&self) -> &'static str {
        "alertswrite"
    }

    fn schema(&self) -> &'static str {
        SCHEMA
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        let index = event.index.cast_signed();
        let person = event.private_text("person").unwrap_or_default();
        match event.kind() {
            "elections.election.created/1" => {
                let (issuer, election) = (event.entry.issuer(), event.text("election"));
                tx.execute(
                    "INSERT INTO alertswrite_election VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![election, issuer, event.text("title"), event.text("day"), event.text("zone")],
                )?;
            }
            kind if kind == APPROVED.name => {
                let (alert, language) = (event.text("alert"), event.text("language"));
                tx.execute(
                    "INSERT INTO alertswrite_approval VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![index, alert, language, event.text("hash"), event.at, person],
                )?;
            }
            kind if kind == AGREED.name => {
                tx.execute(
                    "INSERT INTO alertswrite_agreed VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![index, event.text("alert"), event.text("hash"), event.at, person],
                )?;
            }
            kind if kind == CAP_SIGNED.name => {
                let entry = event.count("entry").cast_signed();
                // What was signed first stays, whatever else is recorded of it.
                tx.execute(
                    "INSERT OR IGNORE INTO alertswrite_cap VALUES (?1, ?2, ?3, ?4, ?5)",
                    params![entry, event.text("alert"), index, event.at, event.text("object")],
                )?;
            }
            kind if kind == SIGNER_NAMED.name => {
                tx.execute(
                    "INSERT INTO alertswrite_signer VALUES (?1, ?2, ?3, ?4)",
                    params![index, event.at, event.text("key"), event.text("fingerprint")],
                )?;
            }
            _ => {}
        }
        Ok(())
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
        if erased.contains_key("person") {
            let index = event.index.cast_signed();
            tx.execute("UPDATE alertswrite_approval SET person = '' WHERE idx = ?1", [index])?;
            tx.execute("UPDATE alertswrite_agreed SET person = '' WHERE idx = ?1", [index])?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("alertswrite_election", "election, issuer, title, day, zone", "election"),
            ("alertswrite_approval", "idx, alert, language, hash, at", "idx"),
            ("alertswrite_agreed", "idx, alert, hash, at", "idx"),
            ("alertswrite_cap", "entry, alert, idx, at, object", "entry"),
            ("alertswrite_signer", "idx, at, key, fingerprint", "idx"),
        ]
    }
}

/// An election that alerts can be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Election {
    /// Its code.
    pub(crate) code: String,
    /// Whose it is: the name of the key.
    pub(crate) issuer: String,
    /// What it is called.
    pub(crate) title: String,
    /// Its day, `2026-11-24`.
    pub(crate) day: String,
    /// Its time zone.
    pub(crate) zone: String,
}

fn election_of(row: &Row<'_>) -> rusqlite::Result<Election> {
    Ok(Election {
        code: row.get(0)?,
        issuer: row.get(1)?,
        title: row.get(2)?,
        day: row.get(3)?,
        zone: row.get(4)?,
    })
}

/// All elections, the latest day first.
pub(crate) fn elections(views: &Connection) -> rusqlite::Result<Vec<Election>> {
    let sql =
        "SELECT election, issuer, title, day, zone FROM alertswrite_election ORDER BY day DESC, election";
    views.prepare_cached(sql)?.query_map([], election_of)?.collect()
}

/// Who defined an election.
pub(crate) fn issuer_of(views: &Connection, code: &str) -> rusqlite::Result<Option<String>> {
    Ok(election(views, code)?.map(|election| election.issuer))
}

/// One election.
pub(crate) fn election(views: &Connection, code: &str) -> rusqlite::Result<Option<Election>> {
    let sql = "SELECT election, issuer, title, day, zone FROM alertswrite_election WHERE election = ?1";
    views.prepare_cached(sql)?.query_row([code], election_of).optional()
}

/// An approval of the words of one language, or an agreement to a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// Its entry.
    pub(crate) index: u64,
    /// The language; empty for an agreement.
    pub(crate) language: String,
    /// Over what.
    pub(crate) hash: String,
    /// When.
    pub(crate) at: i64,
    /// Who; empty where that was erased.
    pub(crate) person: String,
}

fn said(row: &Row<'_>) -> rusqlite::Result<Said> {
    Ok(Said {
        index: row.get::<_, i64>(0)?.cast_unsigned(),
        language: row.get(1)?,
        hash: row.get(2)?,
        at: row.get(3)?,
        person: row.get(4)?,
    })
}

/// Approvals of an alert's words, in the order in which they were given.
pub(crate) fn approvals(views: &Connection, alert: &str) -> rusqlite::Result<Vec<Said>> {
    let sql =
        "SELECT idx, language, hash, at, person FROM alertswrite_approval WHERE alert = ?1 ORDER BY idx";
    views.prepare_cached(sql)?.query_map([alert], said)?.collect()
}

/// Agreements to an alert's release.
pub(crate) fn agreements(views: &Connection, alert: &str) -> rusqlite::Result<Vec<Said>> {
    let sql = "SELECT idx, '', hash, at, person FROM alertswrite_agreed WHERE alert = ?1 ORDER BY idx";
    views.prepare_cached(sql)?.query_map([alert], said)?.collect()
}

/// The signed CAP message of an alert, by the index of the alert's entry: its own entry, when, and the object.
pub(crate) fn cap_of(views: &Connection, entry: u64) -> rusqlite::Result<Option<(u64, i64, Hash32)>> {
    let sql = "SELECT idx, at, object FROM alertswrite_cap WHERE entry = ?1";
    let mut statement = views.prepare_cached(sql)?;
    let found = statement.query_row([entry.cast_signed()], |row| {
        let object: String = row.get(2)?;
        let object = object.parse().map_err(|_| rusqlite::Error::InvalidQuery)?;
        Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?, object))
    });
    found.optional()
}

/// Released alerts without a signed CAP message, the oldest first.
pub(crate) fn unsigned(views: &Connection) -> rusqlite::Result<Vec<u64>> {
    let sql = "SELECT idx FROM alerts_issued WHERE idx NOT IN (SELECT entry FROM alertswrite_cap) ORDER BY idx LIMIT 100";
    views.prepare_cached(sql)?.query_map([], |row| row.get::<_, i64>(0).map(i64::cast_unsigned))?.collect()
}

/// The keys that CAP messages are or were signed with, the newest first: entry, when, PEM.
pub(crate) fn signers(views: &Connection) -> rusqlite::Result<Vec<(u64, i64, String)>> {
    let sql = "SELECT idx, at, key FROM alertswrite_signer ORDER BY idx DESC";
    let row = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?, row.get(2)?));
    views.prepare_cached(sql)?.query_map([], row)?.collect()
}
