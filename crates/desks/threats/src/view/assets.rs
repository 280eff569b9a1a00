//! What members watch, and what of the shared objects touches it. A hit is made for whoever the object reaches by its
//! label; whether they may read its collection now is asked when hits are read.
//!
//! Both follow from the record alone: a list that comes later is held against what is there already, the newest objects
//! first, at most [`LOOKED_BACK`] of them.

use super::alike::Alikes;
use super::fault;
use crate::watch::{Line, read};
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use scr_engine::rusqlite;
use scr_engine::{Event, ViewFault};
use scr_patterns::EvalLimits;
use scr_patterns::assets::{Assets, Relation, Touch};
use scr_threats::AssetList;
use serde_json::Value;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Objects that a new list is held against.
pub(crate) const LOOKED_BACK: i64 = 10_000;
/// Types that say nothing of anybody's names and addresses.
const SILENT: &str =
    "'relationship', 'marking-definition', 'language-content', 'extension-definition', 'opinion'";

/// `list`: everything that was in it, as JSON. `since`: from when an asset has been watched without a break.
/// The first line makes views anew that were made before look-alikes were hits.
pub(super) const SCHEMA: &str = "
-- relation: 'same', 'below', 'within', 'around', 'mentioned', 'matched', 'alike'
CREATE TABLE threats_watch (org TEXT NOT NULL, idx INTEGER NOT NULL, place INTEGER NOT NULL, at INTEGER NOT NULL, list TEXT NOT NULL,
    PRIMARY KEY (org, idx, place)) WITHOUT ROWID;
CREATE INDEX threats_watch_idx ON threats_watch (idx);
CREATE TABLE threats_asset (org TEXT NOT NULL, place INTEGER NOT NULL, asset TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (org, place)) WITHOUT ROWID;
CREATE TABLE threats_hit (org TEXT NOT NULL, seq INTEGER NOT NULL, asset TEXT NOT NULL, at INTEGER NOT NULL,
    relation TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (org, seq, asset)) WITHOUT ROWID;
CREATE INDEX threats_hit_at ON threats_hit (org, at);
CREATE INDEX threats_hit_seq ON threats_hit (seq);
";

/// An asset, and when its owner began to watch it.
type Watched = (String, String);

/// What is watched, ready to be looked up in.
pub(super) struct Watch {
    assets: Assets<Watched>,
    since: BTreeMap<Watched, i64>,
    /// Whole lists, with what is allowed.
    lists: BTreeMap<String, Vec<String>>,
    /// Made when the first object comes that has a name.
    alikes: OnceCell<Alikes>,
}

/// An object that was taken in.
pub(super) struct Taken<'a> {
    pub(super) seq: i64,
    pub(super) kind: &'a str,
    pub(super) at: i64,
    /// The names under which an index finds it.
    pub(super) readers: &'a [&'a str],
}

impl Watch {
    /// Of everybody; `None` while nobody watches anything.
    pub(super) fn all(tx: &Transaction<'_>) -> rusqlite::Result<Option<Self>> {
        Self::read(tx, "SELECT org, asset, since FROM threats_asset ORDER BY org, place", &[])
    }

    fn of(tx: &Transaction<'_>, org: &str) -> rusqlite::Result<Option<Self>> {
        Self::read(tx, "SELECT org, asset, since FROM threats_asset WHERE org = ?1 ORDER BY place", &[&org])
    }

    fn read(
        tx: &Transaction<'_>,
        query: &str,
        values: &[&dyn rusqlite::ToSql],
    ) -> rusqlite::Result<Option<Self>> {
        let mut watch = Self {
            assets: Assets::new(),
            since: BTreeMap::new(),
            lists: BTreeMap::new(),
            alikes: OnceCell::new(),
        };
        let mut query = tx.prepare_cached(query)?;
        let mut rows = query.query(values)?;
        while let Some(row) = rows.next()? {
            let key: Watched = (row.get(0)?, row.get(1)?);
            watch.lists.entry(key.0.clone()).or_default().push(key.1.clone());
            // What could be read when the list came can be read now; what cannot, and what is allowed, touches nothing.
            let Ok(Line::Watched(asset)) = read(&key.1) else { continue };
            watch.since.insert(key.clone(), row.get(2)?);
            watch.assets.insert(key, asset);
        }
        Ok((!watch.assets.is_empty()).then_some(watch))
    }

    /// Notes what an object touches.
    pub(super) fn look(
        &self,
        tx: &Transaction<'_>,
        taken: &Taken<'_>,
        object: &Value,
    ) -> rusqlite::Result<()> {
        if SILENT.contains(&format!("'{}'", taken.kind)) {
            return Ok(());
        }
        let touched = self.assets.touched_by_object(object, &EvalLimits::default());
        let reaches = |org: &str| taken.readers.iter().any(|reader| ["*", "+", org].contains(reader));
        for touch in touched.found.iter().filter(|touch| reaches(&touch.key.0)) {
            let Touch { key, relation: how, value, .. } = touch;
            self.note(tx, taken, key, (relation(*how), value))?;
        }
        if !["domain-name", "url", "email-addr", "indicator"].contains(&taken.kind) {
            return Ok(());
        }
        let alikes = self.alikes.get_or_init(|| Alikes::of(&self.lists));
        for alike in alikes.look(object).into_iter().filter(|alike| reaches(&alike.org)) {
            self.note(tx, taken, &(alike.org, alike.asset), ("alike", &alike.name))?;
        }
        Ok(())
    }

    fn note(
        &self,
        tx: &Transaction<'_>,
        taken: &Taken<'_>,
        key: &Watched,
        (relation, value): (&str, &str),
    ) -> rusqlite::Result<()> {
        let since = self.since.get(key).copied().unwrap_or_default();
        let (org, asset) = key;
        // The first place of an object says enough: the page leads to all of it.
        tx.prepare_cached("INSERT OR IGNORE INTO threats_hit VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![org, taken.seq, asset, taken.at.max(since), relation, value])?;
        Ok(())
    }
}

/// A relation in the tables.
fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "same",
        Relation::Below => "below",
        Relation::Within => "within",
        Relation::Around => "around",
        Relation::Mentioned => "mentioned",
        Relation::Matched => "matched",
    }
}

/// Takes in lists.
pub(super) fn take(tx: &Transaction<'_>, event: &Event, lists: &[AssetList]) -> Result<(), ViewFault> {
    let mut owners = BTreeSet::new();
    for (place, list) in (0_i64..).zip(lists) {
        let text = serde_json::to_string(&list.assets).map_err(|error| fault(&error))?;
        tx.prepare_cached("INSERT OR REPLACE INTO threats_watch VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![list.owner.as_str(), event.index.cast_signed(), place, event.at, text])?;
        owners.insert(list.owner.as_str());
    }
    owners.into_iter().try_for_each(|org| hold(tx, org))
}

/// Takes out the lists of an entry whose content was erased.
pub(super) fn drop_of_entry(tx: &Transaction<'_>, index: u64) -> Result<(), ViewFault> {
    let owners: Vec<String> = tx
        .prepare("SELECT DISTINCT org FROM threats_watch WHERE idx = ?1")?
        .query_map([index.cast_signed()], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    tx.execute("DELETE FROM threats_watch WHERE idx = ?1", [index.cast_signed()])?;
    owners.iter().try_for_each(|org| hold(tx, org))
}

/// Finds out what an organisation watches now, and what of the objects that are there touches it.
fn hold(tx: &Transaction<'_>, org: &str) -> Result<(), ViewFault> {
    tx.execute("DELETE FROM threats_asset WHERE org = ?1", [org])?;
    tx.execute("DELETE FROM threats_hit WHERE org = ?1", [org])?;
    for (place, (asset, since)) in (0_i64..).zip(current(tx, org)?) {
        tx.execute("INSERT INTO threats_asset VALUES (?1, ?2, ?3, ?4)", params![org, place, asset, since])?;
    }
    let Some(watch) = Watch::of(tx, org)? else { return Ok(()) };
    let mut query = tx.prepare_cached(&format!(
        "SELECT o.seq, o.kind, o.at, o.readers, o.content FROM threats_object o
         WHERE o.kind NOT IN ({SILENT}) AND EXISTS (SELECT 1 FROM threats_reach r
            WHERE r.collection = o.collection AND r.added = o.added AND r.reader IN ('*', '+', ?1))
         ORDER BY o.seq DESC LIMIT ?2"
    ))?;
    let mut rows = query.query(params![org, LOOKED_BACK])?;
    while let Some(row) = rows.next()? {
        let (kind, readers, content): (String, String, String) = (row.get(1)?, row.get(3)?, row.get(4)?);
        let readers: Vec<&str> = readers.split(' ').collect();
        let taken = Taken { seq: row.get(0)?, kind: &kind, at: row.get(2)?, readers: &readers };
        let object: Value = serde_json::from_str(&content).unwrap_or_default();
        watch.look(tx, &taken, &object)?;
    }
    Ok(())
}

/// The newest list of an organisation, each asset once, with the moment from which it has been in every list.
fn current(tx: &Transaction<'_>, org: &str) -> Result<Vec<(String, i64)>, ViewFault> {
    let lists: Vec<(i64, String)> = tx
        .prepare_cached("SELECT at, list FROM threats_watch WHERE org = ?1 ORDER BY idx, place")?
        .query_map([org], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut all: Vec<(String, i64)> = Vec::new();
    for (at, list) in lists {
        let list: Vec<String> = serde_json::from_str(&list).map_err(|error| fault(&error))?;
        let since: BTreeMap<String, i64> = all.into_iter().collect();
        let mut seen = BTreeSet::new();
        let fresh = list.into_iter().filter(|asset| seen.insert(asset.clone()));
        all = fresh
            .map(|asset| (since.get(&asset).copied().unwrap_or(at), asset))
            .map(|(since, asset)| (asset, since))
            .collect();
    }
    Ok(all)
}

/// What an organisation watches, as typed.
pub(crate) fn watched(views: &Connection, org: &str) -> rusqlite::Result<Vec<String>> {
    views
        .prepare_cached("SELECT asset FROM threats_asset WHERE org = ?1 ORDER BY place")?
        .query_map([org], |row| row.get(0))?
        .collect()
}

/// When an organisation last changed its list, in seconds.
pub(crate) fn changed(views: &Connection, org: &str) -> rusqlite::Result<Option<i64>> {
    views
        .prepare_cached("SELECT at FROM threats_watch WHERE org = ?1 ORDER BY idx DESC LIMIT 1")?
        .query_row([org], |row| row.get(0))
        .optional()
}
