//! Communities and what is shared in them, as the record says it.

mod alike;
pub(crate) mod assets;
pub(crate) mod communities;
mod objects;

use crate::kinds as k;
use crate::vocabulary::record as vocabulary;
use rusqlite::{Transaction, params};
use scr_canon::Hash32;
use scr_engine::rusqlite;
use scr_engine::{Erased, Event, Objects, View, ViewFault};
use scr_threats::{Batch, Step};
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

/// Largest object that an entry of this desk names, in bytes.
const MAX_OBJECT: u64 = 64 << 20;

/// `superseded`, `preceded`: whether there is a newer or an older version in the collection, whoever may see it.
const SCHEMA: &str = "
CREATE TABLE threats_community (community TEXT PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    changed_idx INTEGER NOT NULL, changed_at INTEGER NOT NULL, name TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE threats_member (org TEXT NOT NULL, community TEXT NOT NULL, PRIMARY KEY (org, community)) WITHOUT ROWID;
CREATE TABLE threats_act (community TEXT NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    issuer TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (community, idx)) WITHOUT ROWID;
CREATE TABLE threats_collection (number INTEGER PRIMARY KEY, collection TEXT NOT NULL UNIQUE, community TEXT NOT NULL,
    added INTEGER NOT NULL);
CREATE TABLE threats_object (seq INTEGER PRIMARY KEY, collection INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
    added INTEGER NOT NULL, kind TEXT NOT NULL, spec TEXT NOT NULL, version_text TEXT, superseded INTEGER NOT NULL,
    preceded INTEGER NOT NULL, tlp TEXT NOT NULL, owner TEXT NOT NULL, pseudonym TEXT, source TEXT, title TEXT,
    created_by TEXT, revoked INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    readers TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX threats_object_id ON threats_object (id, collection, version);
CREATE INDEX threats_object_idx ON threats_object (idx);
CREATE TABLE threats_reach (collection INTEGER NOT NULL, reader TEXT NOT NULL, added INTEGER NOT NULL, kind TEXT NOT NULL,
    seq INTEGER NOT NULL, PRIMARY KEY (collection, reader, added)) WITHOUT ROWID;
CREATE INDEX threats_reach_kind ON threats_reach (collection, reader, kind, added, seq);
CREATE TABLE threats_ref (target TEXT NOT NULL, seq INTEGER NOT NULL, path TEXT NOT NULL,
    PRIMARY KEY (target, seq, path)) WITHOUT ROWID;
CREATE INDEX threats_ref_seq ON threats_ref (seq);
CREATE TABLE threats_despite (seq INTEGER NOT NULL, value TEXT NOT NULL, list TEXT NOT NULL, PRIMARY KEY (seq, value, list))
    WITHOUT ROWID;
CREATE TABLE threats_escrow (community TEXT NOT NULL, request INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    asked_by TEXT NOT NULL, reason TEXT NOT NULL, pseudonym TEXT, opened_by TEXT, answered_idx INTEGER,
    answered_at INTEGER, refused_by TEXT, refusal TEXT,
    PRIMARY KEY (community, request)) WITHOUT ROWID;
CREATE TABLE threats_pseudonym (community TEXT NOT NULL, pseudonym TEXT NOT NULL, owner TEXT NOT NULL, idx INTEGER NOT NULL,
    PRIMARY KEY (community, pseudonym, owner, idx)) WITHOUT ROWID;
CREATE TABLE threats_schedule (collection TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, owner TEXT NOT NULL,
    due INTEGER NOT NULL, PRIMARY KEY (collection, id, version, owner)) WITHOUT ROWID;
CREATE VIEW threats_public AS SELECT c.collection AS collection, o.id AS id, o.version AS version, o.idx AS idx,
    o.owner AS owner, o.content AS content FROM threats_object o JOIN threats_collection c ON c.number = o.collection
    WHERE o.tlp = 'clear' AND o.pseudonym IS NULL;
";

/// The view.
pub(crate) struct ThreatsView;

impl View for ThreatsView {
    fn name(&self) -> &'static str {
        "threats"
    }

    fn schema(&self) -> &'static str {
        static ALL: LazyLock<String> =
            LazyLock::new(|| format!("{SCHEMA}{}{}", assets::SCHEMA, vocabulary::SCHEMA));
        &ALL
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
        let kind = event.kind();
        if kind == k::FOUNDED.name {
            communities::found(tx, event, &read_object(event, objects)?)
        } else if kind == k::JOINED.name {
            communities::step(tx, event, Step::Join)
        } else if kind == k::LEFT.name {
            communities::step(tx, event, Step::Leave)
        } else if kind == k::PROPOSED.name {
            communities::step(tx, event, Step::Propose(read_object(event, objects)?))
        } else if kind == k::VOTED.name {
            communities::step(tx, event, communities::stand(event))
        } else if kind == k::PUBLISHED.name {
            let mut batch: Batch = read_object(event, objects)?;
            // A mirror has no seed: its times are its own.
            batch.seed = event.private_text("seed").and_then(|text| text.parse().ok()).unwrap_or_default();
            objects::take(tx, event, &batch)
        } else if kind == k::WITHDRAWN.name {
            objects::take(tx, event, &read_object(event, objects)?)
        } else if kind == k::VOCABULARY_IMPORTED.name {
            vocabulary::apply(tx, event)
        } else if kind == k::ESCROW_ASKED.name
            || kind == k::ESCROW_OPENED.name
            || kind == k::ESCROW_REFUSED.name
        {
            escrow(tx, event)
        } else if kind == k::SHARED.name || kind == k::BATCH_CLOSED.name {
            let Some(text) = event.private.get("batch") else { return Ok(()) };
            objects::take(tx, event, &parse(text)?)
        } else {
            Ok(())
        }
    }

    fn forget(&self, tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
        if erased.contains_key("batch") {
            objects::drop_of_entry(tx, event.index)?;
            assets::drop_of_entry(tx, event.index)?;
        } else if erased.contains_key("pseudonym") {
            tx.execute(
                "UPDATE threats_escrow SET pseudonym = NULL WHERE idx = ?1",
                [event.index.cast_signed()],
            )?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("threats_community", "community, idx, at, changed_idx, changed_at, name, state", "community"),
            ("threats_member", "org, community", "org, community"),
            ("threats_act", "community, idx, at, kind, issuer, detail", "community, idx"),
            (
                "threats_public",
                "collection, id, version, idx, owner, content",
                "collection, id, version, idx",
            ),
            vocabulary::DIGEST,
        ]
    }
}

/// Who stands behind a pseudonym: one custodian asks, another one agrees.
fn escrow(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    let (community, request) = (event.text("community"), event.count("request").cast_signed());
    let by = communities::issuer(event)?;
    if event.kind() == k::ESCROW_ASKED.name {
        tx.execute(
            "INSERT INTO threats_escrow VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, NULL, NULL, NULL, NULL)",
            params![
                community,
                request,
                event.index.cast_signed(),
                event.at,
                by.as_str(),
                event.text("reason"),
                event.private_text("pseudonym")
            ],
        )?;
    } else {
        let is_open = event.kind() == k::ESCROW_OPENED.name;
        let refusal = (!is_open).then(|| event.text("reason"));
        let column = if is_open { "opened_by" } else { "refused_by" };
        tx.execute(
            &format!(
                "UPDATE threats_escrow SET {column} = ?3, answered_idx = ?4, answered_at = ?5, refusal = ?6
                 WHERE community = ?1 AND request = ?2"
            ),
            params![community, request, by.as_str(), event.index.cast_signed(), event.at, refusal],
        )?;
    }
    Ok(())
}

pub(crate) fn fault(what: &dyn std::fmt::Display) -> ViewFault {
    ViewFault { view: String::new(), index: 0, what: what.to_string() }
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ViewFault> {
    serde_json::from_slice(bytes).map_err(|error| fault(&error))
}

/// The object that an entry names.
fn read_object<T: DeserializeOwned>(event: &Event, objects: &Objects) -> Result<T, ViewFault> {
    let hash: Hash32 = event.text("object").parse().map_err(|_| fault(&"no object is named"))?;
    let bytes = objects.get(&hash, MAX_OBJECT)?.ok_or_else(|| fault(&"the object is not here"))?;
    parse(&bytes)
}
