//! Playbooks and crisis plans as the record says it.

use super::kinds as k;
use rusqlite::{Transaction, params};
use scr_engine::rusqlite;
use scr_engine::{Erased, Event, Objects, View, ViewFault};

/// `responselib_private` alone holds what is not public: who made a version, and its text.
const SCHEMA: &str = "
CREATE TABLE responselib_version (playbook TEXT NOT NULL, version INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    org TEXT NOT NULL, sha256 TEXT NOT NULL, id TEXT NOT NULL, how TEXT NOT NULL, bytes INTEGER NOT NULL,
    steps INTEGER NOT NULL, errors INTEGER NOT NULL, warnings INTEGER NOT NULL, signed_by TEXT NOT NULL,
    reason TEXT NOT NULL, PRIMARY KEY (playbook, version)) WITHOUT ROWID;
CREATE TABLE responselib_private (idx INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, person TEXT NOT NULL, content BLOB);
CREATE INDEX responselib_private_sha256 ON responselib_private (sha256);
CREATE TABLE responselib_force (idx INTEGER PRIMARY KEY, org TEXT NOT NULL, playbook TEXT NOT NULL, version INTEGER NOT NULL,
    at INTEGER NOT NULL, sha256 TEXT NOT NULL, object TEXT NOT NULL, ended_idx INTEGER, ended_at INTEGER,
    ended_reason TEXT NOT NULL);
CREATE INDEX responselib_force_playbook ON responselib_force (playbook, org, idx);
CREATE TABLE responselib_plan (org TEXT NOT NULL, version INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    sha256 TEXT NOT NULL, reason TEXT NOT NULL, adopted_idx INTEGER, adopted_at INTEGER, review TEXT NOT NULL,
    object TEXT NOT NULL, PRIMARY KEY (org, version)) WITHOUT ROWID;
CREATE TABLE responselib_key (org TEXT NOT NULL, key TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    name TEXT NOT NULL, spki TEXT NOT NULL, PRIMARY KEY (org, key)) WITHOUT ROWID;
";

/// The view.
pub(crate) struct LibraryView;

/// The organisation that acted: the last part of its key's name.
fn org(event: &Event) -> &str {
    event.entry.issuer().rsplit('/').next().unwrap_or_default()
}

impl View for LibraryView {
    fn name(&self) -> &'static str {
        "responselib"
    }

    fn schema(&self) -> &'static str {
        SCHEMA
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        match event.kind() {
            kind if kind == k::IMPORTED.name => imported(tx, event),
            kind if kind == k::ADOPTED.name => adopted(tx, event),
            kind if kind == k::WITHDRAWN.name => end(tx, event, event.text("reason")),
            kind if kind == k::PLAN_DRAFTED.name => plan_drafted(tx, event),
            kind if kind == k::PLAN_ADOPTED.name => plan_adopted(tx, event),
            kind if kind == k::KEY_PINNED.name => {
                tx.execute(
                    "INSERT OR REPLACE INTO responselib_key VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![
                        org(event),
                        event.text("key"),
                        event.index.cast_signed(),
                        event.at,
                        event.text("name"),
                        event.text("spki"),
                    ],
                )?;
                Ok(())
            }
            kind if kind == k::KEY_UNPINNED.name => {
                let key = [org(event), event.text("key")];
                tx.execute("DELETE FROM responselib_key WHERE org = ?1 AND key = ?2", key)?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
        let index = [event.index.cast_signed()];
        if erased.contains_key("content") {
            tx.execute("UPDATE responselib_private SET content = NULL WHERE idx = ?1", index)?;
        }
        if erased.contains_key("person") {
            tx.execute("UPDATE responselib_private SET person = '' WHERE idx = ?1", index)?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("responselib_version", "*", "playbook, version"),
            ("responselib_force", "*", "idx"),
            ("responselib_plan", "*", "org, version"),
            ("responselib_key", "*", "org, key"),
        ]
    }
}

fn imported(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let count = |name: &str| event.count(name).cast_signed();
    tx.execute(
        "INSERT INTO responselib_version VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            event.text("playbook"),
            count("version"),
            event.index.cast_signed(),
            event.at,
            org(event),
            event.text("sha256"),
            event.text("id"),
            event.text("how"),
            count("bytes"),
            count("steps"),
            count("errors"),
            count("warnings"),
            event.text("signed_by"),
            event.text("reason"),
        ],
    )?;
    private(tx, event)
}

fn private(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    tx.execute(
        "INSERT INTO responselib_private VALUES (?1, ?2, ?3, ?4)",
        params![
            event.index.cast_signed(),
            event.text("sha256"),
            event.private_text("person").unwrap_or_default(),
            event.private.get("content"),
        ],
    )?;
    Ok(())
}

fn adopted(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    end(tx, event, "")?;
    tx.execute(
        "INSERT INTO responselib_force VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, NULL, '')",
        params![
            event.index.cast_signed(),
            org(event),
            event.text("playbook"),
            event.count("version").cast_signed(),
            event.at,
            event.text("sha256"),
            event.text("object"),
        ],
    )?;
    Ok(())
}

/// What was in force for the organisation until now no longer is.
fn end(tx: &Transaction<'_>, event: &Event, reason: &str) -> Result<(), ViewFault> {
    tx.execute(
        "UPDATE responselib_force SET ended_idx = ?3, ended_at = ?4, ended_reason = ?5
         WHERE org = ?1 AND playbook = ?2 AND ended_idx IS NULL",
        params![org(event), event.text("playbook"), event.index.cast_signed(), event.at, reason],
    )?;
    Ok(())
}

fn plan_drafted(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    tx.execute(
        "INSERT INTO responselib_plan VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, NULL, '', '')",
        params![
            org(event),
            event.count("version").cast_signed(),
            event.index.cast_signed(),
            event.at,
            event.text("sha256"),
            event.text("reason"),
        ],
    )?;
    private(tx, event)
}

fn plan_adopted(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    tx.execute(
        "UPDATE responselib_plan SET adopted_idx = ?3, adopted_at = ?4, review = ?5, object = ?6
         WHERE org = ?1 AND version = ?2",
        params![
            org(event),
            event.count("version").cast_signed(),
            event.index.cast_signed(),
            event.at,
            event.text("review"),
            event.text("object"),
        ],
    )?;
    Ok(())
}
