//! What the pages of audits read. The audit as a whole is public and folded by everybody, mirrors too; what was handed
//! in, typed of a seed, read by a board or noted by an observer stands in tables of its own with its owner, and no
//! digest covers it.

use crate::board_key::InRecord as _;
use crate::kinds as k;
use crate::step::{fault, object, of_board, of_event, party_of, what};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use scr_audits::record::Settings;
use scr_audits::workflow::{Audit, BoardWork, Ceremony, ContestForm, Step, Typed, Unit};
use scr_core::{BoardKey, PersonId};
use scr_engine::{Erased, Event, Objects, View, ViewFault};
use serde_json::Value;

pub(crate) struct AuditView;

impl View for AuditView {
    fn name(&self) -> &'static str {
        "audit"
    }

    fn schema(&self) -> &'static str {
        "
CREATE TABLE audit_audit (audit TEXT PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL, issuer TEXT NOT NULL,
    election TEXT NOT NULL, title TEXT NOT NULL, phase TEXT NOT NULL, version INTEGER NOT NULL, changed_idx INTEGER NOT NULL,
    changed_at INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE audit_act (audit TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    version INTEGER NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (audit, idx)) WITHOUT ROWID;
CREATE TABLE audit_commit (audit TEXT NOT NULL, version INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    object TEXT NOT NULL, PRIMARY KEY (audit, version)) WITHOUT ROWID;
CREATE TABLE audit_seed (audit TEXT NOT NULL, seed TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (audit, seed)) WITHOUT ROWID;
CREATE TABLE audit_round (audit TEXT NOT NULL, version INTEGER NOT NULL, round INTEGER NOT NULL, idx INTEGER NOT NULL,
    at INTEGER NOT NULL, draws TEXT NOT NULL, counted TEXT NOT NULL, cvrs TEXT NOT NULL, closed_idx INTEGER, closed_at INTEGER,
    PRIMARY KEY (audit, version, round)) WITHOUT ROWID;
CREATE TABLE audit_board (audit TEXT NOT NULL, version INTEGER NOT NULL, round INTEGER NOT NULL,
    jurisdiction TEXT NOT NULL, board INTEGER NOT NULL, units INTEGER NOT NULL, unread INTEGER NOT NULL,
    disagreed INTEGER NOT NULL, joined INTEGER NOT NULL, signed_idx INTEGER, at INTEGER NOT NULL, list TEXT NOT NULL,
    PRIMARY KEY (audit, version, round, jurisdiction, board)) WITHOUT ROWID;
CREATE TABLE audit_cvrs (audit TEXT NOT NULL, version INTEGER NOT NULL, jurisdiction TEXT NOT NULL, idx INTEGER NOT NULL,
    at INTEGER NOT NULL, smallest INTEGER NOT NULL, styles INTEGER NOT NULL, cards INTEGER NOT NULL, reason TEXT NOT NULL,
    object TEXT NOT NULL, PRIMARY KEY (audit, version, jurisdiction)) WITHOUT ROWID;
CREATE TABLE audit_explained (audit TEXT NOT NULL, version INTEGER NOT NULL, batch INTEGER NOT NULL,
    position INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (audit, version, batch, position)) WITHOUT ROWID;
CREATE TABLE audit_input (audit TEXT NOT NULL, jurisdiction TEXT NOT NULL, what TEXT NOT NULL, idx INTEGER NOT NULL,
    at INTEGER NOT NULL, owner TEXT NOT NULL, file_name TEXT NOT NULL, content BLOB NOT NULL,
    PRIMARY KEY (audit, jurisdiction, what));
CREATE TABLE audit_ceremony (audit TEXT PRIMARY KEY, owner TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE audit_work (audit TEXT NOT NULL, version INTEGER NOT NULL, round INTEGER NOT NULL,
    jurisdiction TEXT NOT NULL, board INTEGER NOT NULL, owner TEXT NOT NULL, work TEXT NOT NULL,
    PRIMARY KEY (audit, version, round, jurisdiction, board)) WITHOUT ROWID;
CREATE TABLE audit_note (audit TEXT NOT NULL, version INTEGER NOT NULL, round INTEGER NOT NULL,
    jurisdiction TEXT NOT NULL, board INTEGER NOT NULL, unit INTEGER NOT NULL, org TEXT NOT NULL, idx INTEGER NOT NULL,
    owner TEXT NOT NULL, note BLOB NOT NULL,
    PRIMARY KEY (audit, version, round, jurisdiction, board, unit, org)) WITHOUT ROWID;
"
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
        let kind = event.kind();
        if !k::KINDS.iter().any(|known| known.name == kind) {
            return Ok(());
        }
        if kind == k::CREATED.name {
            return create(tx, event, objects);
        }
        if kind == k::NOTE_TAKEN.name {
            return note(tx, event);
        }
        if let Some(step) = of_event(event, objects)? {
            take(tx, event, &step)?;
        }
        beside(tx, event, objects)
    }

    /// What was erased goes whole: a file that was handed in, what a board read, what was typed of a seed, a note.
    fn forget(&self, tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
        let kind = event.kind();
        let index = event.index.cast_signed();
        if kind == k::UPLOAD_MADE.name && erased.contains_key("content") {
            tx.execute("DELETE FROM audit_input WHERE idx = ?1", [index])?;
        } else if kind == k::UPLOAD_MADE.name && erased.contains_key("file_name") {
            tx.execute("UPDATE audit_input SET file_name = '' WHERE idx = ?1", [index])?;
        } else if kind == k::SEED_TYPED.name {
            tx.execute("DELETE FROM audit_ceremony WHERE audit = ?1", [event.text("audit")])?;
        } else if kind == k::NOTE_TAKEN.name {
            tx.execute("DELETE FROM audit_note WHERE idx = ?1", [index])?;
        } else if erased.contains_key("step") {
            let key = BoardKey::of(event);
            tx.execute(DROP_WORK, key.params())?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            (
                "audit_audit",
                "audit, idx, at, issuer, election, title, phase, version, changed_idx, changed_at, state",
                "audit",
            ),
            ("audit_act", "audit, idx, at, kind, version, detail", "audit, idx"),
            ("audit_commit", "audit, version, idx, at, object", "audit, version"),
            ("audit_seed", "audit, seed, idx, at", "audit, seed"),
            (
                "audit_round",
                "audit, version, round, idx, at, draws, counted, cvrs, closed_idx, closed_at",
                "audit, version, round",
            ),
            (
                "audit_board",
                "audit, version, round, jurisdiction, board, units, unread, disagreed, joined, signed_idx, at, list",
                "audit, version, round, jurisdiction, board",
            ),
            (
                "audit_explained",
                "audit, version, batch, position, idx, at, reason",
                "audit, version, batch, position",
            ),
            (
                "audit_cvrs",
                "audit, version, jurisdiction, idx, at, smallest, styles, cards, reason, object",
                "audit, version, jurisdiction",
            ),
        ]
    }
}

const DROP_WORK: &str = "DELETE FROM audit_work
    WHERE audit = ?1 AND version = ?2 AND round = ?3 AND jurisdiction = ?4 AND board = ?5";

/// A name in the form of a subject: names of jurisdictions can be long and hold spaces.
pub(crate) fn short(name: &str) -> String {
    scr_canon::sha256(name.as_bytes()).to_hex().chars().take(16).collect()
}

fn create(tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
    let settings: Settings = object(event, objects, "object")?;
    let fresh = event.public().get("fresh_seeds").and_then(Value::as_bool).unwrap_or_default();
    let audit = Audit::new(event.text("title"), settings, fresh).map_err(|error| fault(&error))?;
    tx.execute(
        "INSERT INTO audit_audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?2, ?3, ?8)",
        params![
            event.text("audit"),
            event.index.cast_signed(),
            event.at,
            event.entry.issuer(),
            event.text("election"),
            event.text("title"),
            audit.phase().as_str(),
            to_text(&audit)?,
        ],
    )?;
    act(tx, event, 1)
}

fn take(tx: &Transaction<'_>, event: &Event, step: &Step) -> Result<(), ViewFault> {
    let audit = event.text("audit");
    let before = read_audit(tx, audit)?.ok_or_else(|| fault(&"there is no such audit"))?;
    let after = match before.step(&party_of(step), step) {
        Ok(after) => after,
        // A board that signs does not wait for whoever ends its round: what comes too late changes nothing.
        Err(_) if matches!(step, Step::SignBoard { .. }) => return Ok(()),
        Err(refusal) => return Err(fault(&refusal)),
    };
    tx.prepare_cached(
        "UPDATE audit_audit SET phase = ?2, version = ?3, changed_idx = ?4, changed_at = ?5, state = ?6 WHERE audit = ?1",
    )?
    .execute(params![
        audit,
        after.phase().as_str(),
        after.version(),
        event.index.cast_signed(),
        event.at,
        to_text(&after)?
    ])?;
    act(tx, event, after.version())
}

/// One line in the order of events.
fn act(tx: &Transaction<'_>, event: &Event, version: u32) -> Result<(), ViewFault> {
    let mut detail = event.public().clone();
    detail.remove("audit");
    detail.remove("parts");
    tx.prepare_cached("INSERT INTO audit_act VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
        event.text("audit"),
        event.index.cast_signed(),
        event.at,
        event.kind(),
        version,
        Value::Object(detail).to_string()
    ])?;
    Ok(())
}

/// What stands in tables of its own.
fn beside(tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
    let (audit, index, at) = (event.text("audit"), event.index.cast_signed(), event.at);
    let (version, round) = (event.count("version").cast_signed(), event.count("round").cast_signed());
    match event.kind() {
        kind if kind == k::UPLOAD_MADE.name => keep_input(tx, event)?,
        kind if kind == k::COMMITTED.name => {
            let row = params![audit, version, index, at, event.text("object")];
            tx.execute("INSERT INTO audit_commit VALUES (?1, ?2, ?3, ?4, ?5)", row)?;
        }
        kind if kind == k::SEED_TYPED.name => typed(tx, event)?,
        // What was typed for a version that is no more draws nothing.
        kind if kind == k::REOPENED.name => {
            tx.execute("DELETE FROM audit_ceremony WHERE audit = ?1", [audit])?;
        }
        kind if kind == k::SEED_DRAWN.name => {
            tx.execute("DELETE FROM audit_ceremony WHERE audit = ?1", [audit])?;
            let row = params![audit, event.text("seed"), index, at];
            tx.execute("INSERT INTO audit_seed VALUES (?1, ?2, ?3, ?4)", row)?;
        }
        kind if kind == k::ROUND_OPENED.name => {
            let row = params![audit, version, round, index, at, event.text("draws_object")];
            tx.execute("INSERT INTO audit_round VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', '', NULL, NULL)", row)?;
        }
        kind if kind == k::ROUND_CLOSED.name => {
            let row =
                params![audit, version, round, index, at, event.text("object"), event.text("cvrs_object")];
            tx.execute(
                "UPDATE audit_round SET closed_idx = ?4, closed_at = ?5, counted = ?6, cvrs = ?7
                 WHERE audit = ?1 AND version = ?2 AND round = ?3",
                row,
            )?;
        }
        kind if kind == k::BOARDS_DEALT.name => deal(tx, event, objects)?,
        kind if kind == k::CVRS_PUBLISHED.name => {
            tx.execute(
                "INSERT OR REPLACE INTO audit_cvrs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    audit,
                    version,
                    event.text("jurisdiction"),
                    index,
                    at,
                    event.count("smallest").cast_signed(),
                    event.count("styles").cast_signed(),
                    event.count("cards").cast_signed(),
                    event.text("reason"),
                    event.text("object"),
                ],
            )?;
            act(tx, event, u32::try_from(event.count("version")).unwrap_or(u32::MAX))?;
        }
        kind if kind == k::DISCREPANCY_EXPLAINED.name => explained(tx, event)?,
        kind if board_kinds().contains(&kind) => work(tx, event)?,
        _ => {}
    }
    Ok(())
}

/// Position 0 is the whole batch.
fn explained(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let (batch, position) = (event.count("batch").cast_signed(), event.count("position").cast_signed());
    let version = event.count("version").cast_signed();
    tx.execute(
        "INSERT OR REPLACE INTO audit_explained VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            event.text("audit"),
            version,
            batch,
            position,
            event.index.cast_signed(),
            event.at,
            event.text("reason")
        ],
    )?;
    act(tx, event, u32::try_from(event.count("version")).unwrap_or(u32::MAX))
}

fn board_kinds() -> [&'static str; 4] {
    [k::BOARD_JOINED.name, k::BOARD_WORKED.name, k::BOARD_SIGNED.name, k::BOARD_REOPENED.name]
}

fn keep_input(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let (audit, jurisdiction) = (event.text("audit"), event.text("jurisdiction"));
    let what = what(event.text("what"))?;
    let Some(content) = event.private.get("content") else {
        let sql = "DELETE FROM audit_input WHERE audit = ?1 AND jurisdiction = ?2 AND what = ?3";
        tx.execute(sql, [audit, jurisdiction, what.as_str()])?;
        return Ok(());
    };
    tx.execute(
        "INSERT OR REPLACE INTO audit_input VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            audit,
            jurisdiction,
            what.as_str(),
            event.index.cast_signed(),
            event.at,
            input_owner(audit, jurisdiction),
            event.private_text("file_name").unwrap_or_default(),
            content,
        ],
    )?;
    Ok(())
}

/// The subject that owns what a jurisdiction hands in.
pub(crate) fn input_owner(audit: &str, jurisdiction: &str) -> String {
    format!("audit-input:{audit}/{}", short(jurisdiction))
}

/// The subject that owns what is typed of seeds.
pub(crate) fn seed_owner(audit: &str) -> String {
    format!("audit-seed:{audit}")
}

/// Replays the typing of digits; where they were erased, the ceremony begins anew.
fn typed(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let audit = event.text("audit");
    act(tx, event, u32::try_from(event.count("version")).unwrap_or(u32::MAX))?;
    let (digits, person) = (event.private_text("digits"), event.private_text("person"));
    let person = person.and_then(|person| PersonId::new(person).ok());
    let Some((digits, person)) = digits.zip(person) else {
        tx.execute("DELETE FROM audit_ceremony WHERE audit = ?1", [audit])?;
        return Ok(());
    };
    let state = read_audit(tx, audit)?.ok_or_else(|| fault(&"there is no such audit"))?;
    let before = read_ceremony(tx, audit)?.unwrap_or_default();
    // After an erasure the first of two may be missing; the second then stands alone.
    let after = match before.typed(&state, &person, &digits) {
        Ok(Typed::First(after) | Typed::Differs(after)) => after,
        Ok(Typed::Agreed { .. }) | Err(_) => return Ok(()),
    };
    tx.execute(
        "INSERT OR REPLACE INTO audit_ceremony VALUES (?1, ?2, ?3)",
        params![audit, seed_owner(audit), to_text(&after)?],
    )?;
    Ok(())
}

/// A jurisdiction's boards get their lists, in place of those that they had.
fn deal(tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
    let lists: Vec<Vec<Unit>> = object(event, objects, "object")?;
    let audit = read_audit(tx, event.text("audit"))?.ok_or_else(|| fault(&"there is no such audit"))?;
    let forms: Vec<ContestForm> = audit.contests().iter().map(ContestForm::of).collect();
    let mut key = BoardKey::of(event);
    for table in ["audit_board", "audit_work"] {
        tx.execute(
            &format!(
                "DELETE FROM {table} WHERE audit = ?1 AND version = ?2 AND round = ?3 AND jurisdiction = ?4"
            ),
            params![key.audit, key.version, key.round, key.jurisdiction],
        )?;
    }
    for (board, units) in (1_u32..).zip(lists) {
        key.board = board;
        let count = i64::try_from(units.len()).unwrap_or(i64::MAX);
        tx.execute(
            "INSERT INTO audit_board VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, 0, 0, NULL, ?7, ?8)",
            params![
                key.audit,
                key.version,
                key.round,
                key.jurisdiction,
                key.board,
                count,
                event.at,
                event.text("object")
            ],
        )?;
        write_work(tx, &key, &BoardWork::new(forms.clone(), units))?;
    }
    Ok(())
}

/// A step of a board: what everybody may know of it, and its private side. A step on a list that was dealt anew
/// meanwhile changes nothing there.
fn work(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let key = BoardKey::of(event);
    let (kind, index) = (event.kind(), event.index.cast_signed());
    let (audit, version, round, jurisdiction, board) = key.params();
    let set = |what: &str| {
        format!(
            "UPDATE audit_board SET at = ?6, {what}
             WHERE audit = ?1 AND version = ?2 AND round = ?3 AND jurisdiction = ?4 AND board = ?5"
        )
    };
    if kind == k::BOARD_WORKED.name {
        let (left, disagreed) = (event.count("left").cast_signed(), event.count("disagreed").cast_signed());
        let row = params![audit, version, round, jurisdiction, board, event.at, left, disagreed];
        tx.prepare_cached(&set("unread = ?7, disagreed = ?8"))?.execute(row)?;
        // What has a reason is more than one of many readings: a jurisdiction decided, or batches count as one.
        if !event.text("reason").is_empty() {
            act(tx, event, u32::try_from(event.count("version")).unwrap_or(u32::MAX))?;
        }
    } else if kind == k::BOARD_SIGNED.name {
        let row = params![audit, version, round, jurisdiction, board, event.at, index];
        tx.prepare_cached(&set("signed_idx = ?7"))?.execute(row)?;
    } else {
        let what = if kind == k::BOARD_JOINED.name { "joined = 1" } else { "signed_idx = NULL" };
        let row = params![audit, version, round, jurisdiction, board, event.at];
        tx.prepare_cached(&set(what))?.execute(row)?;
    }
    let (Some(step), Some(before)) = (of_board(event), read_work(tx, &key)?) else {
        // Part of it was erased: the rest says nothing without it.
        tx.execute(DROP_WORK, key.params())?;
        return Ok(());
    };
    match before.step(&step) {
        Ok(after) => write_work(tx, &key, &after),
        Err(_) => Ok(()),
    }
}

fn write_work(tx: &Transaction<'_>, key: &BoardKey, work: &BoardWork) -> Result<(), ViewFault> {
    let (audit, version, round, jurisdiction, board) = key.params();
    tx.prepare_cached("INSERT OR REPLACE INTO audit_work VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
        .execute(params![audit, version, round, jurisdiction, board, key.subject(), to_text(work)?])?;
    Ok(())
}

fn note(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let key = BoardKey::of(event);
    let org = event.entry.issuer().rsplit('/').next().unwrap_or_default().to_owned();
    let (audit, version, round, jurisdiction, board) = key.params();
    let unit = event.count("unit").cast_signed();
    let Some(note) = event.private.get("note") else { return Ok(()) };
    tx.execute(
        "INSERT OR REPLACE INTO audit_note VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            audit,
            version,
            round,
            jurisdiction,
            board,
            unit,
            org,
            event.index.cast_signed(),
            note_owner(audit, &org),
            note
        ],
    )?;
    Ok(())
}

/// The subject that owns an organisation's notes.
pub(crate) fn note_owner(audit: &str, org: &str) -> String {
    format!("audit-notes:{audit}/{org}")
}

fn to_text<T: serde::Serialize>(value: &T) -> Result<String, ViewFault> {
    serde_json::to_string(value).map_err(|error| fault(&error))
}

/// JSON that this view has written itself.
pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    serde_json::from_str(text).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}

fn one<T: serde::de::DeserializeOwned>(
    views: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = views.prepare_cached(sql)?.query_row(params, |row| row.get(0)).optional()?;
    text.map(|text| parse(&text)).transpose()
}

/// The audit as a whole.
pub(crate) fn read_audit(views: &Connection, audit: &str) -> rusqlite::Result<Option<Audit>> {
    one(views, "SELECT state FROM audit_audit WHERE audit = ?1", [audit])
}

/// What was typed of the next seed.
pub(crate) fn read_ceremony(views: &Connection, audit: &str) -> rusqlite::Result<Option<Ceremony>> {
    one(views, "SELECT state FROM audit_ceremony WHERE audit = ?1", [audit])
}

/// What a board has read.
pub(crate) fn read_work(views: &Connection, key: &BoardKey) -> rusqlite::Result<Option<BoardWork>> {
    let sql = "SELECT work FROM audit_work
        WHERE audit = ?1 AND version = ?2 AND round = ?3 AND jurisdiction = ?4 AND board = ?5";
    one(views, sql, key.params())
}
