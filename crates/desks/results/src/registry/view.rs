//! What the pages read about registries: versions and stations.

use super::REGISTRY_IMPORTED;
use super::rules::{self, RULES_CHOSEN};
use rusqlite::{Transaction, params};
use scr_canon::Hash32;
use scr_engine::{Event, Objects, View, ViewFault};
use scr_results::registry as registered;

/// Largest object of a registry: 2,000,000 stations fit.
pub(crate) const MAX_REGISTRY_BYTES: u64 = 512 << 20;

/// The view of registries.
pub(crate) struct RegistryView;

impl View for RegistryView {
    fn name(&self) -> &'static str {
        "registry"
    }

    fn schema(&self) -> &'static str {
        "
CREATE TABLE results_registry (idx INTEGER PRIMARY KEY, election TEXT NOT NULL, version INTEGER NOT NULL,
    at INTEGER NOT NULL, issuer TEXT NOT NULL, object TEXT NOT NULL, units INTEGER NOT NULL, reason TEXT NOT NULL,
    mapping TEXT NOT NULL);
CREATE UNIQUE INDEX results_registry_version ON results_registry (election, version);
CREATE TABLE results_station (registry INTEGER NOT NULL, pos INTEGER NOT NULL, unit TEXT NOT NULL, name TEXT NOT NULL,
    parents TEXT NOT NULL, registered INTEGER, PRIMARY KEY (registry, pos)) WITHOUT ROWID;
CREATE UNIQUE INDEX results_station_unit ON results_station (registry, unit);
CREATE TABLE results_rules (idx INTEGER PRIMARY KEY, election TEXT NOT NULL, version INTEGER NOT NULL,
    at INTEGER NOT NULL, issuer TEXT NOT NULL, pack TEXT NOT NULL, object TEXT NOT NULL, reason TEXT NOT NULL);
CREATE UNIQUE INDEX results_rules_version ON results_rules (election, version);
"
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
        match event.kind() {
            kind if kind == REGISTRY_IMPORTED.name => registry_version(tx, event, objects),
            kind if kind == RULES_CHOSEN.name => Ok(rules::project(tx, event)?),
            _ => Ok(()),
        }
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("results_registry", "idx, election, version, at, issuer, object, units, reason, mapping", "idx"),
            ("results_station", "registry, pos, unit, name, parents, registered", "registry, pos"),
            ("results_rules", "idx, election, version, at, issuer, pack, object, reason", "idx"),
        ]
    }
}

fn registry_version(tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
    let fault =
        |what: &dyn std::fmt::Display| ViewFault { view: String::new(), index: 0, what: what.to_string() };
    let hash: Hash32 = event.text("object").parse().map_err(|e| fault(&e))?;
    let bytes = objects.get(&hash, MAX_REGISTRY_BYTES)?.ok_or_else(|| fault(&"the object is not here"))?;
    let index = event.index.cast_signed();
    tx.execute(
        "INSERT INTO results_registry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            index,
            event.text("election"),
            event.count("version").cast_signed(),
            event.at,
            event.entry.issuer(),
            event.text("object"),
            event.count("units").cast_signed(),
            event.text("reason"),
            event.text("mapping_object"),
        ],
    )?;
    let mut insert = tx.prepare_cached("INSERT INTO results_station VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, one) in (0i64..).zip(registered::read(&bytes).map_err(|e| fault(&e))?) {
        let parents = serde_json::to_string(&one.parents).map_err(|e| fault(&e))?;
        let registered = one.registered.map(u64::cast_signed);
        insert.execute(params![index, position, one.unit, one.name, parents, registered])?;
    }
    Ok(())
}
