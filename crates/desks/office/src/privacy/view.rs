//! Holds and erasures as the pages list them. What a hold covers and the reasons are private columns.

use super::kinds::{HOLD_PLACED, HOLD_RELEASED};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use scr_engine::{Erased, Event, Objects, PAYLOAD_ERASED, View, ViewFault};
use serde_json::{Value, json};

pub(crate) struct PrivacyView;

impl View for PrivacyView {
    fn name(&self) -> &'static str {
        "privacy"
    }

    fn schema(&self) -> &'static str {
        "
CREATE TABLE privacy_hold (hold TEXT PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL, basis TEXT NOT NULL,
    issuer TEXT NOT NULL, released INTEGER, released_at INTEGER, scope TEXT NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX privacy_hold_idx ON privacy_hold (idx);
CREATE TABLE privacy_erasure (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, basis TEXT NOT NULL, payloads INTEGER NOT NULL,
    approvers TEXT NOT NULL, issuer TEXT NOT NULL);
"
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        let index = event.index.cast_signed();
        let private = |field: &str| event.private_text(field).unwrap_or_default();
        match event.kind() {
            kind if kind == HOLD_PLACED.name => {
                tx.execute(
                    "INSERT OR IGNORE INTO privacy_hold VALUES (?1, ?2, ?3, ?4, ?5, NULL, NULL, ?6, ?7)",
                    params![
                        event.text("hold"),
                        index,
                        event.at,
                        event.text("basis"),
                        event.entry.issuer(),
                        private("scope"),
                        private("reason")
                    ],
                )?;
            }
            kind if kind == HOLD_RELEASED.name => {
                tx.execute(
                    "UPDATE privacy_hold SET released = ?2, released_at = ?3 WHERE hold = ?1 AND released IS NULL",
                    params![event.text("hold"), index, event.at],
                )?;
            }
            kind if kind == PAYLOAD_ERASED.name => {
                let list = |name: &str| event.public().get(name).cloned().unwrap_or(json!([]));
                let count = list("payloads").as_array().map_or(0, Vec::len) as u64;
                tx.execute(
                    "INSERT INTO privacy_erasure VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![
                        index,
                        event.at,
                        event.text("basis"),
                        count.cast_signed(),
                        list("approvers").to_string(),
                        event.entry.issuer()
                    ],
                )?;
            }
            _ => {}
        }
        Ok(())
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, _: &Erased) -> Result<(), ViewFault> {
        let private = |field: &str| event.private_text(field).unwrap_or_default();
        tx.execute(
            "UPDATE privacy_hold SET scope = ?2, reason = ?3 WHERE idx = ?1",
            params![event.index.cast_signed(), private("scope"), private("reason")],
        )?;
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("privacy_hold", "hold, idx, at, basis, issuer, released, released_at", "hold"),
            ("privacy_erasure", "idx, at, basis, payloads, approvers, issuer", "idx"),
        ]
    }
}

/// A hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hold {
    pub(crate) id: String,
    pub(crate) index: u64,
    pub(crate) at: i64,
    pub(crate) basis: String,
    pub(crate) issuer: String,
    /// The entry that released it.
    pub(crate) released: Option<u64>,
    /// What it covers: everything when that cannot be read any more.
    pub(crate) scope: String,
    pub(crate) reason: String,
}

const HOLD: &str = "SELECT hold, idx, at, basis, issuer, released, scope, reason FROM privacy_hold";

fn hold_from(row: &Row<'_>) -> rusqlite::Result<Hold> {
    Ok(Hold {
        id: row.get(0)?,
        index: row.get::<_, i64>(1)?.cast_unsigned(),
        at: row.get(2)?,
        basis: row.get(3)?,
        issuer: row.get(4)?,
        released: row.get::<_, Option<i64>>(5)?.map(i64::cast_unsigned),
        scope: row.get(6)?,
        reason: row.get(7)?,
    })
}

/// The holds that are in force, oldest first.
pub(crate) fn holds(views: &Connection) -> rusqlite::Result<Vec<Hold>> {
    let mut query = views.prepare_cached(&format!("{HOLD} WHERE released IS NULL ORDER BY idx"))?;
    query.query_map([], hold_from)?.collect()
}

/// One hold.
pub(crate) fn hold(views: &Connection, id: &str) -> rusqlite::Result<Option<Hold>> {
    views.prepare_cached(&format!("{HOLD} WHERE hold = ?1"))?.query_row([id], hold_from).optional()
}

/// An erasure: one entry of the record.
pub(crate) struct Erasure {
    pub(crate) index: u64,
    pub(crate) at: i64,
    pub(crate) basis: String,
    pub(crate) payloads: u64,
    /// (role, organisation) of those who approved.
    pub(crate) approvers: Vec<(String, String)>,
}

/// The newest erasures, and how many there are.
pub(crate) fn erasures(views: &Connection, limit: u16) -> rusqlite::Result<(Vec<Erasure>, u64)> {
    let sql = "SELECT idx, at, basis, payloads, approvers FROM privacy_erasure ORDER BY idx DESC LIMIT ?1";
    let mut query = views.prepare_cached(sql)?;
    let rows = query.query_map([limit], |row| {
        let approvers: Value = serde_json::from_str(&row.get::<_, String>(4)?).unwrap_or_default();
        let part = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
        Ok(Erasure {
            index: row.get::<_, i64>(0)?.cast_unsigned(),
            at: row.get(1)?,
            basis: row.get(2)?,
            payloads: row.get::<_, i64>(3)?.cast_unsigned(),
            approvers: approvers.as_array().map_or(Vec::new(), |all| {
                all.iter().map(|one| (part(one, "role"), part(one, "org"))).collect()
            }),
        })
    })?;
    let newest = rows.collect::<Result<_, _>>()?;
    let count: i64 = views.query_row("SELECT count(*) FROM privacy_erasure", [], |row| row.get(0))?;
    Ok((newest, count.cast_unsigned()))
}
