//! What the record says of an alert's arrival: batches, what stations have said, and calls.

use super::codec::{Taken, decode};
use super::kinds::{ACKS_RECORDED, CALL_MADE};
use super::{channel_byte, channel_of, step_of};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use scr_engine::rusqlite;
use scr_engine::{Erased, Event, Objects, View, ViewFault};

const SCHEMA: &str = "
CREATE TABLE alertsknow_batch (alert INTEGER NOT NULL, batch INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    acks INTEGER NOT NULL, closing INTEGER NOT NULL, late INTEGER NOT NULL, stations INTEGER, sent INTEGER, delivered INTEGER,
    read INTEGER, understood INTEGER, acted INTEGER, PRIMARY KEY (alert, batch)) WITHOUT ROWID;
CREATE TABLE alertsknow_heard (alert INTEGER NOT NULL, station INTEGER NOT NULL, step INTEGER NOT NULL, at INTEGER NOT NULL,
    channel INTEGER NOT NULL, received INTEGER NOT NULL, batch INTEGER NOT NULL, PRIMARY KEY (alert, station, step)) WITHOUT ROWID;
CREATE TABLE alertsknow_call (idx INTEGER PRIMARY KEY, alert INTEGER NOT NULL, rung INTEGER NOT NULL, at INTEGER NOT NULL,
    issuer TEXT NOT NULL);
CREATE INDEX alertsknow_call_alert ON alertsknow_call (alert, idx);
CREATE TABLE alertsknow_callee (idx INTEGER PRIMARY KEY, alert INTEGER NOT NULL, callee TEXT NOT NULL, outcome TEXT NOT NULL);
CREATE INDEX alertsknow_callee_alert ON alertsknow_callee (alert, callee);
";

/// The view. What stations have said and who was called is private, so the mirror's tables of both are empty.
pub(crate) struct KnowView;

impl View for KnowView {
    fn name(&self) -> &'static str {
        "alertsknow"
    }

    fn schema(&self) -> &'static str {
        SCHEMA
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        match event.kind() {
            kind if kind == ACKS_RECORDED.name => batch(tx, event),
            kind if kind == CALL_MADE.name => call(tx, event),
            _ => Ok(()),
        }
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, _: &Erased) -> Result<(), ViewFault> {
        let alert = event.count("alert").cast_signed();
        if event.kind() == ACKS_RECORDED.name && !event.private.contains_key("acks") {
            // All batches of an alert have one owner, so they are erased together.
            tx.execute("DELETE FROM alertsknow_heard WHERE alert = ?1", [alert])?;
        } else if event.kind() == CALL_MADE.name {
            tx.execute("DELETE FROM alertsknow_callee WHERE idx = ?1", [event.index.cast_signed()])?;
            callee(tx, event)?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("alertsknow_batch", "*", "alert, batch"), ("alertsknow_call", "*", "idx")]
    }
}

fn batch(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let optional = |field: &str| event.entry.count(field).map(u64::cast_signed);
    let flag = |field: &str| event.public().get(field).and_then(serde_json::Value::as_bool).unwrap_or(false);
    let (alert, number) = (event.count("alert").cast_signed(), event.count("batch").cast_signed());
    tx.execute(
        "INSERT OR IGNORE INTO alertsknow_batch VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            alert,
            number,
            event.index.cast_signed(),
            event.at,
            event.count("acks").cast_signed(),
            flag("closing"),
            flag("late"),
            optional("stations"),
            optional("sent"),
            optional("delivered"),
            optional("read"),
            optional("understood"),
            optional("acted"),
        ],
    )?;
    let taken = event.private.get("acks").and_then(|bytes| decode(bytes)).unwrap_or_default();
    // The earliest counts, as on the board: whatever the order, the same rows come of it.
    let mut statement = tx.prepare_cached(
        "INSERT INTO alertsknow_heard VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (alert, station, step) DO UPDATE SET at = excluded.at, channel = excluded.channel,
            received = excluded.received, batch = excluded.batch
         WHERE (excluded.at, excluded.channel, excluded.received, excluded.batch) < (at, channel, received, batch)",
    )?;
    for one in taken {
        statement.execute(params![
            alert,
            one.station,
            one.step.byte(),
            one.at.cast_signed(),
            channel_byte(one.channel),
            one.received.cast_signed(),
            number,
        ])?;
    }
    Ok(())
}

fn call(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    tx.execute(
        "INSERT INTO alertsknow_call VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            event.index.cast_signed(),
            event.count("alert").cast_signed(),
            event.count("rung").cast_signed(),
            event.at,
            event.entry.issuer(),
        ],
    )?;
    callee(tx, event)
}

fn callee(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    if let Some(callee) = event.private_text("callee") {
        tx.execute(
            "INSERT INTO alertsknow_callee VALUES (?1, ?2, ?3, ?4)",
            params![
                event.index.cast_signed(),
                event.count("alert").cast_signed(),
                callee,
                event.private_text("outcome").unwrap_or_default(),
            ],
        )?;
    }
    Ok(())
}

/// A recorded batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Batch {
    /// From 1 for each alert.
    pub(crate) batch: u64,
    /// Index of its entry.
    pub(crate) index: u64,
    /// When it was recorded.
    pub(crate) at: i64,
    /// Acknowledgements in it.
    pub(crate) acks: u64,
    /// Whether it holds the figures at expiry.
    pub(crate) closing: bool,
    /// Whether all of them came after expiry.
    pub(crate) late: bool,
    /// Stations that the alert is for, and those that had come to each step; nothing for small alerts.
    pub(crate) reached: Option<(u64, [u64; 5])>,
}

/// The batches of an alert, the newest first.
pub(crate) fn batches(views: &Connection, alert: u64, most: u16) -> rusqlite::Result<Vec<Batch>> {
    let sql = format!("{BATCH} WHERE alert = ?1 ORDER BY batch DESC LIMIT ?2");
    views.prepare_cached(&sql)?.query_map(params![alert.cast_signed(), most], read_batch)?.collect()
}

/// The batch with the figures at the alert's expiry, once it is recorded.
pub(crate) fn closing(views: &Connection, alert: u64) -> rusqlite::Result<Option<Batch>> {
    let sql = format!("{BATCH} WHERE alert = ?1 AND closing = 1 ORDER BY batch LIMIT 1");
    views.prepare_cached(&sql)?.query_row([alert.cast_signed()], read_batch).optional()
}

const BATCH: &str =
    "SELECT batch, idx, at, acks, closing, late, stations, sent, delivered, read, understood, acted
    FROM alertsknow_batch";

fn read_batch(row: &rusqlite::Row<'_>) -> rusqlite::Result<Batch> {
    let count = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
    let step = |at: usize| row.get::<_, Option<i64>>(at).map(|count| count.unwrap_or(0).cast_unsigned());
    let stations: Option<i64> = row.get(6)?;
    let steps = [step(7)?, step(8)?, step(9)?, step(10)?, step(11)?];
    Ok(Batch {
        batch: count(0)?,
        index: count(1)?,
        at: row.get(2)?,
        acks: count(3)?,
        closing: row.get(4)?,
        late: row.get(5)?,
        reached: stations.map(|stations| (stations.cast_unsigned(), steps)),
    })
}

fn read_taken(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Taken>> {
    let (step, channel): (i64, i64) = (row.get(1)?, row.get(3)?);
    let (Some(step), Some(channel)) = (step_of(step), channel_of(channel)) else { return Ok(None) };
    let time = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
    Ok(Some(Taken { station: row.get(0)?, step, at: time(2)?, channel, received: time(4)? }))
}

/// What stations have said of an alert, as far as it is recorded, one by one.
pub(crate) fn heard(views: &Connection, alert: u64, each: &mut dyn FnMut(Taken)) -> rusqlite::Result<()> {
    let mut statement = views.prepare_cached(
        "SELECT station, step, at, channel, received FROM alertsknow_heard WHERE alert = ?1",
    )?;
    let mut rows = statement.query([alert.cast_signed()])?;
    while let Some(row) = rows.next()? {
        if let Some(taken) = read_taken(row)? {
            each(taken);
        }
    }
    Ok(())
}

/// What one station has said, each with the batch that records it.
pub(crate) fn heard_of(views: &Connection, alert: u64, station: u32) -> rusqlite::Result<Vec<(Taken, u64)>> {
    let mut statement = views.prepare_cached(
        "SELECT h.station, h.step, h.at, h.channel, h.received, b.idx FROM alertsknow_heard h JOIN alertsknow_batch b USING (alert, batch)
         WHERE h.alert = ?1 AND h.station = ?2 ORDER BY h.step",
    )?;
    let rows = statement.query_map(params![alert.cast_signed(), station], |row| {
        let index = row.get::<_, i64>(5)?.cast_unsigned();
        Ok(read_taken(row)?.map(|taken| (taken, index)))
    })?;
    rows.filter_map(Result::transpose).collect()
}

/// A call that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// Index of its entry.
    pub(crate) index: u64,
    /// The rung, from 0.
    pub(crate) rung: u64,
    /// When it was recorded, on the wall.
    pub(crate) at: i64,
    /// `station:NUMBER` or `area:CODE`; nothing once it was erased.
    pub(crate) callee: Option<String>,
    /// `reached` or `not-reached`.
    pub(crate) outcome: String,
}

/// Calls of an alert, the newest first; of one callee where one is given.
pub(crate) fn calls(
    views: &Connection,
    alert: u64,
    callee: Option<&str>,
    most: u32,
) -> rusqlite::Result<Vec<Call>> {
    let mut statement = views.prepare_cached(
        "SELECT c.idx, c.rung, c.at, e.callee, e.outcome FROM alertsknow_call c LEFT JOIN alertsknow_callee e USING (idx)
         WHERE c.alert = ?1 AND (?2 IS NULL OR e.callee = ?2) ORDER BY c.idx DESC LIMIT ?3",
    )?;
    let rows = statement.query_map(params![alert.cast_signed(), callee, most], |row| {
        Ok(Call {
            index: row.get::<_, i64>(0)?.cast_unsigned(),
            rung: row.get::<_, i64>(1)?.cast_unsigned(),
            at: row.get(2)?,
            callee: row.get(3)?,
            outcome: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
        })
    })?;
    rows.collect()
}

/// Alerts that have ended, or may have by the clock of their drill, without figures at their expiry yet, by index: of each
/// organisation the newest 200.
pub(crate) fn unclosed(views: &Connection, now: i64) -> rusqlite::Result<Vec<u64>> {
    let mut statement = views.prepare_cached(
        "SELECT idx FROM (SELECT i.idx, ROW_NUMBER() OVER (PARTITION BY i.issuer ORDER BY i.idx DESC) AS place
            FROM alerts_issued i WHERE (i.expires <= ?1 OR i.drill IS NOT NULL) AND NOT EXISTS
                (SELECT 1 FROM alertsknow_batch b WHERE b.alert = i.idx AND b.closing = 1))
         WHERE place <= 200 ORDER BY idx DESC",
    )?;
    statement.query_map([now], |row| row.get::<_, i64>(0).map(i64::cast_unsigned))?.collect()
}
