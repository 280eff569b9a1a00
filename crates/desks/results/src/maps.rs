//! Maps of an election: the act that records one, and the sums over each of its features.

use crate::commands::{election_exists, election_subject, must_be};
use crate::kinds::MAP_IMPORTED;
use crate::views::MAX_TABLE_BYTES;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use scr_canon::Hash32;
use scr_core::{Actor, ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, Event, NewEvent, Objects, Receipt, ViewFault};
use scr_results::map::{Map, MapError, Rule};
use scr_results::{Table, Totals, published};
use serde_json::json;
use std::collections::BTreeMap;

/// Largest recorded map.
pub(crate) const MAX_MAP_BYTES: u64 = 64 << 20;

/// A map to import.
#[derive(Debug, Clone)]
pub struct NewMap<'a> {
    /// The election.
    pub election: ElectionId,
    /// The map.
    pub map: &'a Map,
    /// The property of the file that named its features.
    pub property: String,
    /// What of a unit is compared with it.
    pub rule: Rule,
    /// Why it replaces an earlier one.
    pub reason: Option<String>,
}

/// Records a map as the election's next. A later one needs a reason.
pub fn import_map(engine: &Engine, actor: &Actor, new: &NewMap<'_>) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager])?;
    let object = engine.objects().put(&new.map.to_bytes())?;
    engine.record(actor, &|views, _| {
        let election = new.election.as_str();
        if !election_exists(views, election)? {
            return Err(Refusal::new(RefusalKind::NotFound, "SCR-RES-009").with("id", election).into());
        }
        let version = newest(views, election)?.map_or(0, |row| row.version) + 1;
        let reason = new.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if version > 1 && reason.is_none() {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-012").on("reason").into());
        }
        let mut public = json!({"election": election, "version": version, "object": object,
            "kind": new.map.kind.as_str(), "features": new.map.features.len(), "property": new.property,
            "rule": new.rule.to_string()});
        if let Some(reason) = reason {
            public["reason"] = json!(reason);
        }
        let event = NewEvent::about(&MAP_IMPORTED, format!("map:{election}"), public);
        Ok(vec![event.also(election_subject(&new.election))])
    })
}

/// A refusal of a map file, for pages.
pub(crate) fn refusal(error: &MapError) -> Refusal {
    Refusal::new(RefusalKind::Invalid, error.code()).on("file").with("found", error.found())
}

/// A recorded map.
#[derive(Debug, Clone)]
pub(crate) struct MapRow {
    pub(crate) index: u64,
    pub(crate) version: u64,
    pub(crate) at: i64,
    pub(crate) object: String,
    pub(crate) features: u64,
    pub(crate) property: String,
    pub(crate) rule: String,
    pub(crate) reason: String,
}

/// The election's newest map.
pub(crate) fn newest(views: &Connection, election: &str) -> rusqlite::Result<Option<MapRow>> {
    let whole =
        |row: &rusqlite::Row<'_>, column| row.get::<_, i64>(column).map(|n| u64::try_from(n).unwrap_or(0));
    views
        .prepare_cached(
            "SELECT idx, version, at, object, features, property, rule, reason FROM results_map
             WHERE election = ?1 ORDER BY version DESC LIMIT 1",
        )?
        .query_row([election], |row| {
            Ok(MapRow {
                index: whole(row, 0)?,
                version: whole(row, 1)?,
                at: row.get(2)?,
                object: row.get(3)?,
                features: whole(row, 4)?,
                property: row.get(5)?,
                rule: row.get(6)?,
                reason: row.get(7)?,
            })
        })
        .optional()
}

/// The map itself.
pub(crate) fn load(objects: &Objects, object: &str) -> Result<Map, String> {
    let hash: Hash32 = object.parse().map_err(|e| format!("{e}"))?;
    let bytes = objects.get(&hash, MAX_MAP_BYTES).map_err(|e| e.to_string())?;
    Map::from_bytes(&bytes.ok_or("the map's object is not here")?).map_err(|e| e.to_string())
}

fn fault(what: &dyn std::fmt::Display) -> ViewFault {
    ViewFault { view: String::new(), index: 0, what: what.to_string() }
}

/// A map has come: what is published of each contest is summed over it.
pub(crate) fn imported(tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
    tx.execute(
        "INSERT INTO results_map VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            event.index.cast_signed(),
            event.text("election"),
            event.count("version").cast_signed(),
            event.at,
            event.entry.issuer(),
            event.text("object"),
            event.text("kind"),
            event.count("features").cast_signed(),
            event.text("property"),
            event.text("rule"),
            event.text("reason"),
        ],
    )?;
    let shown: Vec<(i64, String)> = tx
        .prepare(
            "SELECT t.idx, t.object FROM results_publication p JOIN results_table t ON t.idx = p.tbl
             WHERE p.election = ?1 AND p.idx = (SELECT max(idx) FROM results_publication
                 WHERE election = p.election AND contest = p.contest) ORDER BY t.idx",
        )?
        .query_map([event.text("election")], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    tx.execute(
        "DELETE FROM results_area WHERE tbl IN (SELECT idx FROM results_table WHERE election = ?1)",
        [event.text("election")],
    )?;
    for (table, object) in shown {
        sum(tx, objects, event.text("election"), table, &object)?;
    }
    Ok(())
}

/// Something is published: it is summed over the map that there is.
pub(crate) fn published(tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
    let election = event.text("election");
    let found: Option<(i64, String)> = tx
        .prepare_cached(
            "SELECT idx, object FROM results_table WHERE election = ?1 AND contest = ?2 AND source = ?3 AND version = ?4",
        )?
        .query_row(
            params![election, event.text("contest"), event.text("source"), event.count("version").cast_signed()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    match found {
        Some((table, object)) => sum(tx, objects, election, table, &object),
        None => Ok(()),
    }
}

fn sum(
    tx: &Transaction<'_>,
    objects: &Objects,
    election: &str,
    table: i64,
    object: &str,
) -> Result<(), ViewFault> {
    let Some(row) = newest(tx, election)? else { return Ok(()) };
    let Ok(rule) = row.rule.parse::<Rule>() else { return Ok(()) };
    let map = load(objects, &row.object).map_err(|e| fault(&e))?;
    let hash: Hash32 = object.parse().map_err(|e| fault(&e))?;
    let bytes = objects.get(&hash, MAX_TABLE_BYTES)?.ok_or_else(|| fault(&"the object is not here"))?;
    let units = published::read(&bytes).map_err(|e| fault(&e))?;
    tx.execute("DELETE FROM results_area WHERE tbl = ?1", [table])?;
    let mut insert =
        tx.prepare_cached("INSERT INTO results_area VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    for (position, (code, name, totals)) in (0i64..).zip(areas(&units, &map, rule)) {
        let turnout = totals.turnout();
        let votes: Vec<(&str, Option<u64>)> =
            totals.contestants.iter().map(|(id, stated)| (id.as_str(), stated.value())).collect();
        insert.execute(params![
            table,
            position,
            row.index.cast_signed(),
            code,
            name,
            totals.units.cast_signed(),
            totals.units.saturating_sub(totals.numberless).cast_signed(),
            turnout.map(|t| t.came.cast_signed()),
            turnout.map(|t| t.registered.cast_signed()),
            json!(votes).to_string(),
        ])?;
    }
    Ok(())
}

/// Totals of each feature in its order; units that no feature has come last, under no code.
fn areas<'a>(table: &'a Table, map: &'a Map, rule: Rule) -> Vec<(&'a str, &'a str, Totals)> {
    let codes: BTreeMap<String, usize> =
        map.features.iter().enumerate().map(|(at, feature)| (folded(&feature.code), at)).collect();
    let mut rows = vec![Vec::new(); map.features.len()];
    let mut elsewhere = Vec::new();
    for row in table.units() {
        let at = rule.key(&row).and_then(|key| codes.get(&key));
        match at.and_then(|at| rows.get_mut(*at)) {
            Some(own) => own.push(row),
            None => elsewhere.push(row),
        }
    }
    let own = map.features.iter().zip(rows).map(|(feature, rows)| {
        (feature.code.as_str(), feature.name.as_str(), Totals::over(table, rows.into_iter()))
    });
    let mut out: Vec<_> = own.collect();
    if !elsewhere.is_empty() {
        out.push(("", "", Totals::over(table, elsewhere.into_iter())));
    }
    out
}

/// As [`Rule::key`] folds.
fn folded(code: &str) -> String {
    code.trim().to_lowercase()
}
