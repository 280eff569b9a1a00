//! Runs as the record says them. Tables named `_private` hold what only the operator's node knows.

use super::kinds::{
    ENDED, REQUEST_ANSWERED, REQUEST_REPEATED, REQUEST_SENT, STARTED, STEPPED, TARGET_ALLOWED, TARGET_REMOVED,
};
use rusqlite::{Transaction, params};
use scr_engine::rusqlite;
use scr_engine::{Erased, Event, Objects, View, ViewFault};
use serde_json::Value;

const SCHEMA: &str = "
CREATE TABLE runs_run (run TEXT PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL, org TEXT NOT NULL,
    mode TEXT NOT NULL, playbook TEXT NOT NULL, version TEXT NOT NULL, digest TEXT NOT NULL, steps INTEGER NOT NULL,
    run_at INTEGER NOT NULL, clock_wall INTEGER NOT NULL, clock_run INTEGER NOT NULL, clock_rate INTEGER NOT NULL,
    is_public INTEGER NOT NULL, title TEXT NOT NULL, drill TEXT NOT NULL, election TEXT NOT NULL, parent TEXT NOT NULL,
    parent_place TEXT NOT NULL, sequence INTEGER NOT NULL, ending TEXT NOT NULL, ended_at INTEGER) WITHOUT ROWID;
CREATE INDEX runs_run_parent ON runs_run (parent);
CREATE TABLE runs_entry (run TEXT NOT NULL, sequence INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    act TEXT NOT NULL, run_at INTEGER NOT NULL, place TEXT NOT NULL, role TEXT NOT NULL, evidence TEXT NOT NULL,
    PRIMARY KEY (run, sequence)) WITHOUT ROWID;
CREATE TABLE runs_request (run TEXT NOT NULL, place TEXT NOT NULL, number INTEGER NOT NULL, command INTEGER NOT NULL,
    target TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL, outcome TEXT NOT NULL, status INTEGER,
    answered_idx INTEGER, repeated_idx INTEGER, PRIMARY KEY (run, place, number)) WITHOUT ROWID;
CREATE TABLE runs_target (target TEXT PRIMARY KEY, org TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    removed_idx INTEGER) WITHOUT ROWID;
CREATE TABLE runs_drill (drill TEXT PRIMARY KEY, election TEXT NOT NULL, title TEXT NOT NULL, wall INTEGER NOT NULL,
    run INTEGER NOT NULL, rate INTEGER NOT NULL, ended_at INTEGER) WITHOUT ROWID;
CREATE TABLE runs_election (election TEXT PRIMARY KEY, title TEXT NOT NULL, day TEXT NOT NULL, zone TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE runs_org (org TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE runs_private_start (run TEXT PRIMARY KEY, start TEXT NOT NULL, playbook BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE runs_private_act (run TEXT NOT NULL, sequence INTEGER NOT NULL, act TEXT NOT NULL,
    PRIMARY KEY (run, sequence)) WITHOUT ROWID;
CREATE TABLE runs_private_person (run TEXT NOT NULL, sequence INTEGER NOT NULL, person TEXT NOT NULL,
    PRIMARY KEY (run, sequence)) WITHOUT ROWID;
CREATE TABLE runs_private_file (run TEXT NOT NULL, sequence INTEGER NOT NULL, file BLOB NOT NULL,
    PRIMARY KEY (run, sequence)) WITHOUT ROWID;
CREATE TABLE runs_private_request (run TEXT NOT NULL, place TEXT NOT NULL, number INTEGER NOT NULL, request TEXT NOT NULL,
    answer TEXT NOT NULL, PRIMARY KEY (run, place, number)) WITHOUT ROWID;
CREATE TABLE runs_private_target (target TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
";

/// The view.
pub(crate) struct RunsView;

impl View for RunsView {
    fn name(&self) -> &'static str {
        "runs"
    }

    fn schema(&self) -> &'static str {
        SCHEMA
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        match event.kind() {
            kind if kind == STARTED.name => started(tx, event),
            kind if kind == STEPPED.name => stepped(tx, event),
            kind if kind == ENDED.name => ended(tx, event),
            kind if kind == REQUEST_SENT.name => request_sent(tx, event),
            kind if kind == REQUEST_ANSWERED.name => request_answered(tx, event),
            kind if kind == REQUEST_REPEATED.name => request_repeated(tx, event),
            kind if kind == TARGET_ALLOWED.name => target_allowed(tx, event),
            kind if kind == TARGET_REMOVED.name => target_removed(tx, event),
            _ => others(tx, event),
        }
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
        let (run, sequence) = (event.text("run"), event.count("sequence").cast_signed());
        let kind = event.kind();
        let is_entry = kind == STARTED.name || kind == STEPPED.name;
        if is_entry && erased.contains_key("person") {
            let sql = "DELETE FROM runs_private_person WHERE run = ?1 AND sequence = ?2";
            tx.execute(sql, params![run, sequence])?;
        }
        if erased.contains_key("file") {
            let sql = "DELETE FROM runs_private_file WHERE run = ?1 AND sequence = ?2";
            tx.execute(sql, params![run, sequence])?;
        }
        if erased.contains_key("act") {
            let sql = "DELETE FROM runs_private_act WHERE run = ?1 AND sequence = ?2";
            tx.execute(sql, params![run, sequence])?;
        }
        if kind == STARTED.name && (erased.contains_key("start") || erased.contains_key("playbook")) {
            tx.execute("DELETE FROM runs_private_start WHERE run = ?1", [run])?;
        }
        if erased.contains_key("target") {
            tx.execute("DELETE FROM runs_private_target WHERE target = ?1", [event.text("target")])?;
        }
        let column = [("request", "request"), ("answer", "answer")];
        for (_, column) in column.iter().filter(|(field, _)| erased.contains_key(*field)) {
            let sql = format!(
                "UPDATE runs_private_request SET {column} = '' WHERE run = ?1 AND place = ?2 AND number = ?3"
            );
            tx.execute(&sql, params![run, event.text("place"), event.count("number").cast_signed()])?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("runs_run", "*", "run"),
            ("runs_entry", "*", "run, sequence"),
            ("runs_request", "*", "run, place, number"),
            ("runs_target", "*", "target"),
            ("runs_drill", "*", "drill"),
            ("runs_election", "*", "election"),
            ("runs_org", "*", "org"),
        ]
    }
}

fn started(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let run = event.text("run");
    let clock = event.public().get("clock").cloned().unwrap_or_default();
    let clock = |name: &str| clock.get(name).and_then(Value::as_i64).unwrap_or_default();
    let is_public = event.public().get("is_public").and_then(Value::as_bool).unwrap_or_default();
    tx.execute(
        "INSERT OR IGNORE INTO runs_run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
         0, '', NULL)",
        params![
            run,
            event.index.cast_signed(),
            event.at,
            event.text("org"),
            event.text("mode"),
            event.text("playbook"),
            event.text("version"),
            event.text("digest"),
            event.count("steps").cast_signed(),
            event.count("at").cast_signed(),
            clock("wall"),
            clock("run"),
            clock("rate"),
            is_public,
            event.text("title"),
            event.text("drill"),
            event.text("election"),
            event.text("parent"),
            event.text("parent_place"),
        ],
    )?;
    tx.execute(
        "INSERT OR IGNORE INTO runs_entry VALUES (?1, 0, ?2, ?3, 'started', ?4, '', '', '')",
        params![run, event.index.cast_signed(), event.at, event.count("at").cast_signed()],
    )?;
    if let (Some(start), Some(playbook)) = (event.private_text("start"), event.private.get("playbook")) {
        tx.execute(
            "INSERT OR IGNORE INTO runs_private_start VALUES (?1, ?2, ?3)",
            params![run, start, playbook],
        )?;
    }
    person(tx, event, 0)
}

fn person(tx: &Transaction<'_>, event: &Event, sequence: u64) -> Result<(), ViewFault> {
    if let Some(person) = event.private_text("person") {
        let sql = "INSERT OR IGNORE INTO runs_private_person VALUES (?1, ?2, ?3)";
        tx.execute(sql, params![event.text("run"), sequence.cast_signed(), person])?;
    }
    Ok(())
}

fn stepped(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let (run, sequence) = (event.text("run"), event.count("sequence"));
    tx.execute(
        "INSERT OR IGNORE INTO runs_entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            run,
            sequence.cast_signed(),
            event.index.cast_signed(),
            event.at,
            event.text("act"),
            event.count("at").cast_signed(),
            event.text("place"),
            event.text("role"),
            event.text("evidence"),
        ],
    )?;
    tx.execute("UPDATE runs_run SET sequence = ?2 WHERE run = ?1", params![run, sequence.cast_signed()])?;
    if let Some(act) = event.private_text("act") {
        let sql = "INSERT OR IGNORE INTO runs_private_act VALUES (?1, ?2, ?3)";
        tx.execute(sql, params![run, sequence.cast_signed(), act])?;
    }
    if let Some(file) = event.private.get("file") {
        let sql = "INSERT OR IGNORE INTO runs_private_file VALUES (?1, ?2, ?3)";
        tx.execute(sql, params![run, sequence.cast_signed(), file])?;
    }
    person(tx, event, sequence)
}

fn ended(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let (run, sequence) = (event.text("run"), event.count("sequence").cast_signed());
    let at = event.count("at").cast_signed();
    tx.execute(
        "INSERT OR IGNORE INTO runs_entry VALUES (?1, ?2, ?3, ?4, 'ended', ?5, '', '', '')",
        params![run, sequence, event.index.cast_signed(), event.at, at],
    )?;
    tx.execute(
        "UPDATE runs_run SET sequence = ?2, ending = ?3, ended_at = ?4 WHERE run = ?1",
        params![run, sequence, event.text("ending"), at],
    )?;
    Ok(())
}

fn request_sent(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let (run, place) = (event.text("run"), event.text("place"));
    let number = event.count("number").cast_signed();
    tx.execute(
        "INSERT OR IGNORE INTO runs_request VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, '', NULL, NULL, NULL)",
        params![
            run,
            place,
            number,
            event.count("command").cast_signed(),
            event.text("target"),
            event.index.cast_signed(),
            event.at,
        ],
    )?;
    if let Some(request) = event.private_text("request") {
        let sql = "INSERT OR IGNORE INTO runs_private_request VALUES (?1, ?2, ?3, ?4, '')";
        tx.execute(sql, params![run, place, number, request])?;
    }
    Ok(())
}

fn request_answered(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let (run, place) = (event.text("run"), event.text("place"));
    let number = event.count("number").cast_signed();
    let status = event.public().get("status").and_then(Value::as_i64);
    tx.execute(
        "UPDATE runs_request SET outcome = ?4, status = ?5, answered_idx = ?6 WHERE run = ?1 AND place = ?2 AND number = ?3",
        params![run, place, number, event.text("outcome"), status, event.index.cast_signed()],
    )?;
    if let Some(answer) = event.private_text("answer") {
        let sql = "UPDATE runs_private_request SET answer = ?4 WHERE run = ?1 AND place = ?2 AND number = ?3";
        tx.execute(sql, params![run, place, number, answer])?;
    }
    Ok(())
}

fn request_repeated(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    tx.execute(
        "UPDATE runs_request SET repeated_idx = ?4 WHERE run = ?1 AND place = ?2 AND number = ?3",
        params![
            event.text("run"),
            event.text("place"),
            event.count("number").cast_signed(),
            event.index.cast_signed(),
        ],
    )?;
    Ok(())
}

fn target_allowed(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let target = event.text("target");
    tx.execute(
        "INSERT OR IGNORE INTO runs_target VALUES (?1, ?2, ?3, ?4, NULL)",
        params![target, event.text("org"), event.index.cast_signed(), event.at],
    )?;
    if let Some(content) = event.private_text("target") {
        tx.execute("INSERT OR IGNORE INTO runs_private_target VALUES (?1, ?2)", [target, &content])?;
    }
    Ok(())
}

fn target_removed(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    tx.execute(
        "UPDATE runs_target SET removed_idx = ?2 WHERE target = ?1",
        params![event.text("target"), event.index.cast_signed()],
    )?;
    Ok(())
}

/// What other desks record: desks meet through events.
fn others(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let text = |name| event.text(name);
    let count = |name| event.count(name).cast_signed();
    match event.kind() {
        "alerts.drill.begun/1" => tx.execute(
            "INSERT OR IGNORE INTO runs_drill VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)",
            params![
                text("drill"),
                text("election"),
                text("title"),
                count("wall"),
                count("run"),
                count("rate")
            ],
        )?,
        "alerts.drill.ended/1" => tx.execute(
            "UPDATE runs_drill SET ended_at = ?2 WHERE drill = ?1",
            params![text("drill"), event.at],
        )?,
        "elections.election.created/1" => tx.execute(
            "INSERT OR IGNORE INTO runs_election VALUES (?1, ?2, ?3, ?4)",
            params![text("election"), text("title"), text("day"), text("zone")],
        )?,
        "access.organisation.created/1" => {
            tx.execute("INSERT OR REPLACE INTO runs_org VALUES (?1, ?2)", [text("org"), text("name")])?
        }
        _ => 0,
    };
    Ok(())
}
