//! Shared objects: their versions, whom they reach, what they refer to, what they touch.

use super::assets::{self, Taken, Watch};
use super::fault;
use rusqlite::{OptionalExtension, Transaction, params};
use scr_core::{Audience, Marking, Tlp};
use scr_engine::rusqlite;
use scr_engine::{Event, ViewFault};
use scr_stix::{Limits, Object};
use scr_threats::{Batch, Reach, Scheduled, Shared, Withdrawn, reach_of};

const MICROS: i64 = 1_000_000;

/// Takes in what an entry holds.
pub(super) fn take(tx: &Transaction<'_>, event: &Event, batch: &Batch) -> Result<(), ViewFault> {
    let watch = if batch.shared.is_empty() { None } else { Watch::all(tx)? };
    let mut place = 0;
    for shared in &batch.shared {
        let Some((number, mut added)) = collection(tx, &shared.collection)? else { continue };
        let into = Into { event, shared, number, watch: watch.as_ref() };
        let first = event.at * MICROS + batch.offset();
        for raw in &shared.objects {
            place += 1;
            // What was read once when it came is read again: nothing else gets into the record.
            let object = Object::read(raw.get().as_bytes(), &Limits::default())
                .map_err(|error| fault(&error.message()))?;
            let next = added.max(first).saturating_add(batch.space(place));
            if into.insert(tx, &object, next)? {
                added = next;
            }
        }
        tx.prepare_cached("UPDATE threats_collection SET added = ?2 WHERE number = ?1")?
            .execute([number, added])?;
    }
    batch.withdrawn.iter().try_for_each(|withdrawn| withdraw(tx, withdrawn))?;
    if !batch.assets.is_empty() {
        assets::take(tx, event, &batch.assets)?;
    }
    batch.scheduled.iter().try_for_each(|scheduled| schedule(tx, scheduled))
}

/// The day on which an object becomes public, or that there is none.
fn schedule(tx: &Transaction<'_>, scheduled: &Scheduled) -> Result<(), ViewFault> {
    let Scheduled { collection, owner, object, at } = scheduled;
    tx.execute(
        "DELETE FROM threats_schedule WHERE collection = ?1 AND id = ?2 AND version = ?3 AND owner = ?4",
        params![collection, object.id, object.version, owner.as_str()],
    )?;
    if let Some(due) = at {
        tx.execute(
            "INSERT INTO threats_schedule VALUES (?1, ?2, ?3, ?4, ?5)",
            params![collection, object.id, object.version, owner.as_str(), due],
        )?;
    }
    Ok(())
}

/// The number of a collection, and the time of the newest object in it.
fn collection(tx: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<(i64, i64)>> {
    tx.prepare_cached("SELECT number, added FROM threats_collection WHERE collection = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

struct Into<'a> {
    event: &'a Event,
    shared: &'a Shared,
    number: i64,
    watch: Option<&'a Watch>,
}

/// A version that is there already.
struct There {
    seq: i64,
    version: i64,
    owner: String,
    has_version: bool,
}

impl Into<'_> {
    /// Adds an object; false where this member's version of it is there already.
    fn insert(&self, tx: &Transaction<'_>, object: &Object, added: i64) -> Result<bool, ViewFault> {
        let head = object.head();
        let version = head.version().map_or(added, scr_stix::Timestamp::micros);
        let there = self.versions(tx, object)?;
        let is_same = |one: &There| {
            one.owner == self.shared.owner.as_str()
                && one.has_version == head.version().is_some()
                && (one.version == version || !one.has_version)
        };
        if there.iter().any(is_same) {
            return Ok(false);
        }
        let superseded = there.iter().any(|one| one.version >= version);
        let preceded = there.iter().any(|one| one.version < version);
        tx.prepare_cached(
            "INSERT INTO threats_object (collection, id, version, added, kind, spec, version_text, superseded, preceded,
                tlp, owner, pseudonym, source, title, created_by, revoked, idx, at, readers, content)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        )?
        .execute(params![
            self.number,
            object.id().as_str(),
            version,
            added,
            object.kind(),
            spec_of(object),
            head.version_text(),
            superseded,
            preceded,
            crate::label::name(self.shared.tlp),
            self.shared.owner.as_str(),
            self.shared.pseudonym,
            self.shared.source,
            head.title.as_deref(),
            head.created_by_ref.as_ref().map(scr_stix::Id::as_str),
            head.revoked,
            self.event.index.cast_signed(),
            self.event.at,
            self.reach().keys().join(" "),
            object.raw(),
        ])?;
        let seq = tx.last_insert_rowid();
        self.keep_pseudonym(tx)?;
        for one in &there {
            let column = if one.version < version { "superseded" } else { "preceded" };
            if one.version != version {
                tx.execute(&format!("UPDATE threats_object SET {column} = 1 WHERE seq = ?1"), [one.seq])?;
            }
        }
        self.index(tx, object, seq, added)?;
        if self.shared.tlp == Tlp::Clear {
            tx.prepare_cached(
                "DELETE FROM threats_schedule WHERE collection = ?1 AND id = ?2 AND owner = ?3",
            )?
            .execute([
                self.shared.collection.as_str(),
                object.id().as_str(),
                self.shared.owner.as_str(),
            ])?;
        }
        Ok(true)
    }

    /// Who stands behind a pseudonym: also when everything under it is taken out again.
    fn keep_pseudonym(&self, tx: &Transaction<'_>) -> rusqlite::Result<()> {
        if let Some(pseudonym) = &self.shared.pseudonym {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO threats_pseudonym SELECT community, ?2, ?3, ?4 FROM threats_collection WHERE number = ?1",
            )?
            .execute(params![
                self.number,
                pseudonym,
                self.shared.owner.as_str(),
                self.event.index.cast_signed()
            ])?;
        }
        Ok(())
    }

    fn versions(&self, tx: &Transaction<'_>, object: &Object) -> rusqlite::Result<Vec<There>> {
        let mut query = tx.prepare_cached(
            "SELECT seq, version, owner, version_text IS NOT NULL FROM threats_object WHERE id = ?1 AND collection = ?2",
        )?;
        let row = |row: &rusqlite::Row<'_>| {
            Ok(There { seq: row.get(0)?, version: row.get(1)?, owner: row.get(2)?, has_version: row.get(3)? })
        };
        query.query_map(params![object.id().as_str(), self.number], row)?.collect()
    }

    fn reach(&self) -> Reach {
        reach_of(&Marking {
            tlp: self.shared.tlp,
            owner: self.shared.owner.clone(),
            audience: Audience(self.shared.audience.clone()),
        })
    }

    /// Who finds it, and what it refers to.
    fn index(&self, tx: &Transaction<'_>, object: &Object, seq: i64, added: i64) -> Result<(), ViewFault> {
        for reader in self.reach().keys() {
            tx.prepare_cached("INSERT INTO threats_reach VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
                self.number,
                reader,
                added,
                object.kind(),
                seq
            ])?;
        }
        for reference in &object.head().refs {
            tx.prepare_cached("INSERT OR IGNORE INTO threats_ref VALUES (?1, ?2, ?3)")?.execute(params![
                reference.id.as_str(),
                seq,
                reference.path
            ])?;
        }
        for term in crate::vocabulary::refer::keys(object) {
            tx.prepare_cached("INSERT OR IGNORE INTO threats_term VALUES (?1, ?2)")?
                .execute(params![term, seq])?;
        }
        for one in self.shared.despite.iter().filter(|one| one.id == object.id().as_str()) {
            tx.prepare_cached("INSERT OR IGNORE INTO threats_despite VALUES (?1, ?2, ?3)")?
                .execute(params![seq, one.value, one.list])?;
        }
        if let Some(watch) = self.watch {
            let reach = self.reach();
            let taken = Taken { seq, kind: object.kind(), at: self.event.at, readers: &reach.keys() };
            watch.look(tx, &taken, &object.value())?;
        }
        Ok(())
    }
}

/// The version of STIX that an object is written in; SCOs have ids from 2.1 on.
pub(crate) fn spec_of(object: &Object) -> &str {
    let is_sco = scr_stix::id::contributing(object.kind()).is_some() || object.kind() == "process";
    object.head().spec_version.as_deref().unwrap_or(if is_sco { "2.1" } else { "2.0" })
}

/// Takes objects out that are the owner's.
fn withdraw(tx: &Transaction<'_>, withdrawn: &Withdrawn) -> Result<(), ViewFault> {
    let Some((number, _)) = collection(tx, &withdrawn.collection)? else { return Ok(()) };
    for object in &withdrawn.objects {
        let seqs: Vec<i64> = tx
            .prepare_cached("SELECT seq FROM threats_object WHERE id = ?1 AND collection = ?2 AND version = ?3 AND owner = ?4")?
            .query_map(params![object.id, number, object.version, withdrawn.owner.as_str()], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for seq in seqs {
            remove(tx, seq)?;
        }
        tx.prepare_cached(
            "UPDATE threats_object AS o SET
                superseded = EXISTS (SELECT 1 FROM threats_object n WHERE n.id = o.id AND n.collection = o.collection
                    AND (n.version > o.version OR (n.version = o.version AND n.added < o.added))),
                preceded = EXISTS (SELECT 1 FROM threats_object n WHERE n.id = o.id AND n.collection = o.collection
                    AND n.version < o.version)
             WHERE o.id = ?1 AND o.collection = ?2",
        )?
        .execute(params![object.id, number])?;
    }
    Ok(())
}

fn remove(tx: &Transaction<'_>, seq: i64) -> rusqlite::Result<()> {
    let (collection, added, readers): (i64, i64, String) = tx
        .prepare_cached("SELECT collection, added, readers FROM threats_object WHERE seq = ?1")?
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    for reader in readers.split(' ') {
        tx.prepare_cached("DELETE FROM threats_reach WHERE collection = ?1 AND reader = ?2 AND added = ?3")?
            .execute(params![collection, reader, added])?;
    }
    tx.prepare_cached("DELETE FROM threats_ref WHERE seq = ?1")?.execute([seq])?;
    tx.prepare_cached("DELETE FROM threats_term WHERE seq = ?1")?.execute([seq])?;
    tx.prepare_cached("DELETE FROM threats_despite WHERE seq = ?1")?.execute([seq])?;
    tx.prepare_cached("DELETE FROM threats_hit WHERE seq = ?1")?.execute([seq])?;
    tx.prepare_cached("DELETE FROM threats_object WHERE seq = ?1")?.execute([seq])?;
    Ok(())
}

/// Takes out whatever came with an entry whose content was erased.
pub(super) fn drop_of_entry(tx: &Transaction<'_>, index: u64) -> Result<(), ViewFault> {
    let seqs: Vec<i64> = tx
        .prepare("SELECT seq FROM threats_object WHERE idx = ?1")?
        .query_map([index.cast_signed()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for seq in seqs {
        remove(tx, seq)?;
    }
    tx.execute("DELETE FROM threats_pseudonym WHERE idx = ?1", [index.cast_signed()])?;
    Ok(())
}
