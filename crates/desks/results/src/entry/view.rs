//! What the pages of entry by hand read. Counts are kept, so that progress is one small read however
//! many stations there are. What is typed and by whom stands in `entry_work` alone, with its owner; no
//! digest covers it.

use super::kinds::{
    ENTRY_OPENED, SHEET_CORRECTED, SHEET_ENTERED, SHEET_EXPLAINED, SHEET_GIVEN_BACK, SHEET_RESOLVED,
    SHEET_SIGNED,
};
use super::paper::Paper;
use crate::views::MAX_TABLE_BYTES;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use scr_canon::Hash32;
use scr_core::PersonId;
use scr_engine::{Erased, Event, Objects, View, ViewFault};
use scr_results::field;
use scr_results::published::{self, PublishedRow};
use scr_results::sheet::{Sheet, SheetStep};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Seconds of one step of the pace that is kept.
pub(crate) const PACE_SECONDS: i64 = 600;

/// The private part of a step: what was done, and the warnings that followed. They are recorded
/// because another version of the program may warn of other things.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Work {
    pub(crate) steps: Vec<SheetStep>,
    pub(crate) warnings: BTreeSet<String>,
}

pub(crate) struct EntryView;

impl View for EntryView {
    fn name(&self) -> &'static str {
        "entry"
    }

    fn schema(&self) -> &'static str {
        "
CREATE TABLE entry_opening (idx INTEGER PRIMARY KEY, election TEXT NOT NULL, contest TEXT NOT NULL, source TEXT NOT NULL,
    source_name TEXT NOT NULL, at INTEGER NOT NULL, issuer TEXT NOT NULL, fields TEXT NOT NULL, contestants TEXT NOT NULL,
    votes_per_ballot INTEGER NOT NULL, pack TEXT NOT NULL, object TEXT NOT NULL, stations INTEGER NOT NULL);
CREATE UNIQUE INDEX entry_opening_source ON entry_opening (election, contest, source);
CREATE TABLE entry_sheet (entry INTEGER NOT NULL, pos INTEGER NOT NULL, unit TEXT NOT NULL, name TEXT NOT NULL,
    parents TEXT NOT NULL, region TEXT NOT NULL, registered INTEGER, state TEXT NOT NULL, version INTEGER NOT NULL,
    at INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (entry, pos)) WITHOUT ROWID;
CREATE UNIQUE INDEX entry_sheet_unit ON entry_sheet (entry, unit);
CREATE INDEX entry_sheet_state ON entry_sheet (entry, state, pos);
CREATE INDEX entry_sheet_region ON entry_sheet (entry, region, state, pos);
CREATE TABLE entry_place (entry INTEGER NOT NULL, place TEXT NOT NULL, pos INTEGER NOT NULL,
    PRIMARY KEY (entry, place, pos)) WITHOUT ROWID;
CREATE TABLE entry_count (entry INTEGER NOT NULL, region TEXT NOT NULL, state TEXT NOT NULL, sheets INTEGER NOT NULL,
    PRIMARY KEY (entry, region, state)) WITHOUT ROWID;
CREATE TABLE entry_pace (entry INTEGER NOT NULL, slot INTEGER NOT NULL, step TEXT NOT NULL, sheets INTEGER NOT NULL,
    PRIMARY KEY (entry, slot, step)) WITHOUT ROWID;
CREATE TABLE entry_act (entry INTEGER NOT NULL, pos INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    step TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (entry, pos, idx)) WITHOUT ROWID;
CREATE TABLE entry_signed (entry INTEGER NOT NULL, pos INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    version INTEGER NOT NULL, people INTEGER NOT NULL, numbers TEXT NOT NULL, explanations TEXT NOT NULL,
    PRIMARY KEY (entry, pos)) WITHOUT ROWID;
CREATE TABLE entry_work (entry INTEGER NOT NULL, pos INTEGER NOT NULL, owner TEXT NOT NULL, first TEXT NOT NULL,
    sheet TEXT NOT NULL, PRIMARY KEY (entry, pos)) WITHOUT ROWID;
"
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
        match step_of(event.kind()) {
            Some(step) => take_step(tx, event, step),
            None if event.kind() == ENTRY_OPENED.name => open(tx, event, objects),
            None => Ok(()),
        }
    }

    /// What was typed goes with the sheet's whole work; a person becomes somebody who was erased.
    fn forget(&self, tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
        if step_of(event.kind()).is_none() {
            return Ok(());
        }
        let key = [event.count("entry").cast_signed(), event.count("station").cast_signed()];
        let person =
            erased.get("person").map(|content| content.clone().and_then(|id| String::from_utf8(id).ok()));
        match (erased.contains_key("work"), person) {
            (false, None) => {}
            (false, Some(Some(person))) => {
                let nobody = format!("erased-{}", event.index);
                tx.execute(
                    "UPDATE entry_work SET first = replace(first, ?3, ?4), sheet = replace(sheet, ?3, ?4)
                     WHERE entry = ?1 AND pos = ?2",
                    params![key[0], key[1], person, nobody],
                )?;
            }
            _ => {
                tx.execute("DELETE FROM entry_work WHERE entry = ?1 AND pos = ?2", key)?;
            }
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            (
                "entry_opening",
                "idx, election, contest, source, source_name, at, issuer, fields, contestants, votes_per_ballot, pack, object, stations",
                "idx",
            ),
            (
                "entry_sheet",
                "entry, pos, unit, name, parents, region, registered, state, version, at, idx",
                "entry, pos",
            ),
            ("entry_place", "entry, place, pos", "entry, place, pos"),
            ("entry_count", "entry, region, state, sheets", "entry, region, state"),
            ("entry_pace", "entry, slot, step, sheets", "entry, slot, step"),
            ("entry_act", "entry, pos, idx, at, step, state, version, reason", "entry, pos, idx"),
            ("entry_signed", "entry, pos, idx, at, version, people, numbers, explanations", "entry, pos"),
        ]
    }
}

/// The step that a kind stands for.
fn step_of(kind: &str) -> Option<&'static str> {
    let steps = [
        (SHEET_ENTERED.name, "enter"),
        (SHEET_RESOLVED.name, "resolve"),
        (SHEET_EXPLAINED.name, "explain"),
        (SHEET_SIGNED.name, "sign"),
        (SHEET_CORRECTED.name, "correct"),
        (SHEET_GIVEN_BACK.name, "give-back"),
    ];
    steps.into_iter().find(|(name, _)| *name == kind).map(|(_, step)| step)
}

fn fault(what: &dyn std::fmt::Display) -> ViewFault {
    ViewFault { view: String::new(), index: 0, what: what.to_string() }
}

fn open(tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
    let hash: Hash32 = event.text("object").parse().map_err(|e| fault(&e))?;
    let bytes = objects.get(&hash, MAX_TABLE_BYTES)?.ok_or_else(|| fault(&"the object is not here"))?;
    let table = published::read(&bytes).map_err(|e| fault(&e))?;
    let rows = published::rows(&bytes).map_err(|e| fault(&e))?;
    let entry = event.index.cast_signed();
    let fields = event.public().get("fields").cloned().unwrap_or(json!([]));
    tx.execute(
        "INSERT INTO entry_opening VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            entry,
            event.text("election"),
            event.text("contest"),
            event.text("source"),
            event.text("source_name"),
            event.at,
            event.entry.issuer(),
            fields.to_string(),
            serde_json::to_string(table.contestants()).map_err(|e| fault(&e))?,
            event.count("votes_per_ballot").cast_signed(),
            event.text("pack"),
            event.text("object"),
            event.count("stations").cast_signed(),
        ],
    )?;
    let level = level_of(&rows);
    let mut sheet =
        tx.prepare_cached("INSERT INTO entry_sheet VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'empty', 1, ?8, ?1)")?;
    let mut place = tx.prepare_cached("INSERT OR IGNORE INTO entry_place VALUES (?1, ?2, ?3)")?;
    let mut count = tx.prepare_cached(COUNT)?;
    for (pos, (row, _)) in (0i64..).zip(&rows) {
        let region = row.parents.get(level).map_or("", String::as_str);
        let parents = json!(row.parents).to_string();
        let registered = row.fields.get(field::REGISTERED).map(|n| n.cast_signed());
        sheet.execute(params![entry, pos, row.unit, row.name, parents, region, registered, event.at])?;
        for name in row.parents.iter().chain([&row.unit]) {
            place.execute(params![entry, name, pos])?;
        }
        count.execute(params![entry, region, "empty", 1])?;
    }
    Ok(())
}

const COUNT: &str = "INSERT INTO entry_count VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (entry, region, state) DO UPDATE SET sheets = sheets + excluded.sheets";

/// The level of places that regions are taken from: the widest with more than one place.
fn level_of(rows: &[(PublishedRow, &str)]) -> usize {
    let deepest = rows.iter().map(|(row, _)| row.parents.len()).max().unwrap_or(0);
    let several = |level: &usize| {
        let first = rows.first().and_then(|(row, _)| row.parents.get(*level));
        rows.iter().any(|(row, _)| row.parents.get(*level) != first)
    };
    (0..deepest).find(several).unwrap_or(0)
}

fn take_step(tx: &Transaction<'_>, event: &Event, step: &str) -> Result<(), ViewFault> {
    let (entry, pos) = (event.count("entry").cast_signed(), event.count("station").cast_signed());
    let (before, region): (String, String) = tx
        .prepare_cached("SELECT state, region FROM entry_sheet WHERE entry = ?1 AND pos = ?2")?
        .query_row([entry, pos], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (state, version) = (event.text("state"), event.count("version").cast_signed());
    let index = event.index.cast_signed();
    tx.prepare_cached(
        "UPDATE entry_sheet SET state = ?3, version = ?4, at = ?5, idx = ?6 WHERE entry = ?1 AND pos = ?2",
    )?
    .execute(params![entry, pos, state, version, event.at, index])?;
    let mut count = tx.prepare_cached(COUNT)?;
    count.execute(params![entry, region, before, -1])?;
    count.execute(params![entry, region, state, 1])?;
    tx.prepare_cached(
        "INSERT INTO entry_pace VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (entry, slot, step) DO UPDATE SET sheets = sheets + 1",
    )?
    .execute(params![entry, event.at.div_euclid(PACE_SECONDS), step])?;
    tx.prepare_cached("INSERT INTO entry_act VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(params![
        entry,
        pos,
        index,
        event.at,
        step,
        state,
        version,
        event.text("reason")
    ])?;
    if step == "sign" {
        sign(tx, event, (entry, pos))?;
    }
    private_side(tx, event, (entry, pos))
}

fn sign(tx: &Transaction<'_>, event: &Event, (entry, pos): (i64, i64)) -> Result<(), ViewFault> {
    let of = |name: &str| event.public().get(name).cloned().unwrap_or(json!([]));
    tx.prepare_cached("INSERT OR REPLACE INTO entry_signed VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
        .execute(params![
            entry,
            pos,
            event.index.cast_signed(),
            event.at,
            event.count("version").cast_signed(),
            event.count("people").cast_signed(),
            json!({"fields": of("fields"), "votes": of("votes")}).to_string(),
            of("explanations").to_string(),
        ])?;
    Ok(())
}

/// Replays the step on the sheet. Where the vault holds it no more, the sheet's work is gone too.
fn private_side(tx: &Transaction<'_>, event: &Event, key: (i64, i64)) -> Result<(), ViewFault> {
    let work = event.private.get("work").and_then(|bytes| serde_json::from_slice::<Work>(bytes).ok());
    let Some(work) = work else {
        tx.prepare_cached("DELETE FROM entry_work WHERE entry = ?1 AND pos = ?2")?.execute([key.0, key.1])?;
        return Ok(());
    };
    let person = event.private_text("person").unwrap_or_default();
    // Somebody who was erased stays somebody, and is nobody who could act.
    let person = PersonId::new(person).or_else(|_| PersonId::new(format!("erased-{}", event.index)));
    let person = person.map_err(|e| fault(&e))?;
    let before = match read_sheet(tx, key)? {
        Some(sheet) => sheet,
        // An earlier step was erased, and this one says nothing without it.
        None if steps_of(tx, key)? > 1 => return Ok(()),
        None => paper(tx, key.0)?.ok_or_else(|| fault(&"the sheet is of no entry"))?.blank(),
    };
    let after = work.steps.iter().try_fold(before, |sheet, step| {
        sheet.step(&person, step, &|_| work.warnings.clone()).map_err(|refusal| fault(&refusal))
    })?;
    if after.state().as_str() != event.text("state") {
        return Err(fault(&format!("the sheet comes to {}", after.state().as_str())));
    }
    tx.prepare_cached("INSERT OR REPLACE INTO entry_work VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        key.0,
        key.1,
        owner(event.count("entry")),
        after.first_typist().map(PersonId::as_str).unwrap_or_default(),
        serde_json::to_string(&after).map_err(|e| fault(&e))?,
    ])?;
    Ok(())
}

/// How many steps were taken on a sheet, with the one that is being taken.
fn steps_of(tx: &Transaction<'_>, (entry, pos): (i64, i64)) -> rusqlite::Result<i64> {
    tx.prepare_cached("SELECT count(*) FROM entry_act WHERE entry = ?1 AND pos = ?2")?
        .query_row([entry, pos], |row| row.get(0))
}

/// The subject that owns what is typed of an entry.
pub(crate) fn owner(entry: u64) -> String {
    format!("entry:{entry}")
}

/// The sheet with its private side, where somebody has typed.
pub(crate) fn read_sheet(views: &Connection, (entry, pos): (i64, i64)) -> rusqlite::Result<Option<Sheet>> {
    let text: Option<String> = views
        .prepare_cached("SELECT sheet FROM entry_work WHERE entry = ?1 AND pos = ?2")?
        .query_row([entry, pos], |row| row.get(0))
        .optional()?;
    text.map(|text| parse(&text)).transpose()
}

/// What the sheets of an entry look like.
pub(crate) fn paper(views: &Connection, entry: i64) -> rusqlite::Result<Option<Paper>> {
    let sql = "SELECT fields, contestants, votes_per_ballot, pack FROM entry_opening WHERE idx = ?1";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Paper {
            fields: parse(&row.get::<_, String>(0)?)?,
            contestants: parse(&row.get::<_, String>(1)?)?,
            votes_per_ballot: row.get::<_, i64>(2)?.max(1).unsigned_abs(),
            pack: Some(row.get::<_, String>(3)?).filter(|pack| !pack.is_empty()),
        })
    };
    views.prepare_cached(sql)?.query_row([entry], read).optional()
}

/// JSON that this view has written itself.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text)
        .map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(e)))
}

/// Lines of a signed sheet, as the view keeps them.
pub(crate) fn signed_numbers(text: &str) -> rusqlite::Result<scr_results::sheet::Numbers> {
    let all: Value = parse(text)?;
    let lines = |list: &str, name: &str, column: fn(&str) -> String| {
        let items = all[list].as_array().cloned().unwrap_or_default();
        let line = |item: &Value| Some((column(item[name].as_str()?), item["value"].as_u64()));
        items.iter().filter_map(line).collect::<Vec<_>>()
    };
    let mut numbers: scr_results::sheet::Numbers =
        lines("fields", "name", super::paper::field_column).into_iter().collect();
    numbers.extend(lines("votes", "id", super::paper::vote_column));
    Ok(numbers)
}
