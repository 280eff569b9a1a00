//! Reads of registries: versions, and stations in pages of any size.

use rusqlite::{Connection, OptionalExtension, Row, params};

/// One version of an election's registry.
#[derive(Debug, Clone)]
pub struct RegistryRow {
    /// The entry that recorded it.
    pub index: u64,
    /// Counted from 1.
    pub version: u64,
    /// When it was recorded, seconds since 1970.
    pub at: i64,
    /// The key that signed it.
    pub issuer: String,
    /// Its published form, as the entry states the hash.
    pub object: String,
    /// How many stations it has.
    pub units: u64,
    /// Why it replaced the version before; empty for the first.
    pub reason: String,
    /// The mapping it was read with, as the entry states the hash; may be empty.
    pub mapping: String,
}

/// One polling station.
#[derive(Debug, Clone)]
pub struct StationRow {
    /// Its place in the order of the codes, from 0.
    pub position: u64,
    /// Its code.
    pub unit: String,
    /// Its name; may be empty.
    pub name: String,
    /// The places above, from the widest.
    pub parents: Vec<String>,
    /// Persons on the register, where the registry says so.
    pub registered: Option<u64>,
}

fn whole(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

fn registry_row(row: &Row<'_>) -> rusqlite::Result<RegistryRow> {
    Ok(RegistryRow {
        index: whole(row, 0)?,
        version: whole(row, 1)?,
        at: row.get(2)?,
        issuer: row.get(3)?,
        object: row.get(4)?,
        units: whole(row, 5)?,
        reason: row.get(6)?,
        mapping: row.get(7)?,
    })
}

const REGISTRY: &str = "idx, version, at, issuer, object, units, reason, mapping FROM results_registry";

/// Every version of the registry of an election, the newest first.
pub fn registries(views: &Connection, election: &str) -> rusqlite::Result<Vec<RegistryRow>> {
    let sql = format!("SELECT {REGISTRY} WHERE election = ?1 ORDER BY version DESC");
    views.prepare_cached(&sql)?.query_map([election], registry_row)?.collect()
}

/// The registry that is in force: its newest version.
pub fn newest_registry(views: &Connection, election: &str) -> rusqlite::Result<Option<RegistryRow>> {
    let sql = format!("SELECT {REGISTRY} WHERE election = ?1 ORDER BY version DESC LIMIT 1");
    views.prepare_cached(&sql)?.query_row([election], registry_row).optional()
}

fn station_row(row: &Row<'_>) -> rusqlite::Result<StationRow> {
    let parents: String = row.get(3)?;
    Ok(StationRow {
        position: whole(row, 0)?,
        unit: row.get(1)?,
        name: row.get(2)?,
        parents: serde_json::from_str(&parents).unwrap_or_default(),
        registered: row.get::<_, Option<i64>>(4)?.and_then(|n| u64::try_from(n).ok()),
    })
}

const STATION: &str = "pos, unit, name, parents, registered FROM results_station";

/// At most `limit` stations in the order of their codes, those behind the position `after`.
pub fn stations(
    views: &Connection,
    registry: u64,
    after: Option<u64>,
    limit: usize,
) -> rusqlite::Result<Vec<StationRow>> {
    search(views, registry, "", after, limit)
}

/// As [`stations`], but only those whose code, name or places contain a text.
pub fn search(
    views: &Connection,
    registry: u64,
    text: &str,
    after: Option<u64>,
    limit: usize,
) -> rusqlite::Result<Vec<StationRow>> {
    let sql = format!(
        "SELECT {STATION} WHERE registry = ?1 AND pos > ?2
           AND (?3 = '' OR instr(lower(unit), ?3) > 0 OR instr(lower(name), ?3) > 0 OR instr(lower(parents), ?3) > 0)
         ORDER BY pos LIMIT ?4"
    );
    let after = after.map_or(-1, u64::cast_signed);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    views
        .prepare_cached(&sql)?
        .query_map(params![registry.cast_signed(), after, text.to_lowercase(), limit], station_row)?
        .collect()
}

/// One station by its code.
pub fn station(views: &Connection, registry: u64, unit: &str) -> rusqlite::Result<Option<StationRow>> {
    let sql = format!("SELECT {STATION} WHERE registry = ?1 AND unit = ?2");
    views.prepare_cached(&sql)?.query_row(params![registry.cast_signed(), unit], station_row).optional()
}

/// Stations of a registry of which a table states no number; as [`search`].
pub fn unreported(
    views: &Connection,
    registry: u64,
    table: u64,
    text: &str,
    after: Option<u64>,
    limit: usize,
) -> rusqlite::Result<Vec<StationRow>> {
    let sql = format!(
        "SELECT {STATION} s WHERE registry = ?1 AND pos > ?2
           AND (?3 = '' OR instr(lower(unit), ?3) > 0 OR instr(lower(name), ?3) > 0 OR instr(lower(parents), ?3) > 0)
           AND NOT EXISTS (SELECT 1 FROM results_row r INDEXED BY results_row_unit WHERE r.tbl = ?4 AND r.unit = s.unit
             AND (json_type(r.line, '$.votes') IS NOT NULL OR json_type(r.line, '$.fields') IS NOT NULL))
         ORDER BY pos LIMIT ?5"
    );
    let after = after.map_or(-1, u64::cast_signed);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let parameters = params![registry.cast_signed(), after, text.to_lowercase(), table.cast_signed(), limit];
    views.prepare_cached(&sql)?.query_map(parameters, station_row)?.collect()
}

/// The codes of all stations with the persons on their registers, for the checks.
pub fn registers(views: &Connection, registry: u64) -> rusqlite::Result<Vec<(String, Option<u64>)>> {
    let sql = "SELECT unit, registered FROM results_station WHERE registry = ?1 ORDER BY pos";
    let read =
        |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.and_then(|n| u64::try_from(n).ok())));
    views.prepare_cached(sql)?.query_map([registry.cast_signed()], read)?.collect()
}
