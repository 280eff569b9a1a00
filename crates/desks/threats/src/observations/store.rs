//! The tables of what organisations have seen.

use scr_core::OrgId;
use scr_engine::Fault;
use scr_store::{Row, Statement, Store, sql};
use serde_json::Value;
use std::collections::BTreeMap;

/// How long what was brought is kept, in seconds.
pub(super) const KEEP: i64 = 30 * 86_400;
/// Bytes that are kept of one organisation.
pub(super) const MAX_KEPT: i64 = 64 << 20;

/// An indicator whose pattern something seen matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Met {
    /// The community's code.
    pub(super) community: String,
    /// The indicator's id.
    pub(super) id: String,
    /// What was seen, in words.
    pub(super) seen: Vec<String>,
    /// When it was found, in seconds.
    pub(super) at: i64,
}

/// What is kept of one organisation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kept {
    /// Objects.
    pub(super) objects: i64,
    /// Bytes.
    pub(super) bytes: i64,
    /// When the newest was brought, in seconds.
    pub(super) newest: i64,
}

fn fault(error: &dyn std::fmt::Display) -> Fault {
    Fault::log(error)
}

/// Keeps what was brought; what is shared already is held against it from the beginning.
pub(super) fn keep(store: &Store, org: &OrgId, objects: &[Value], now: i64) -> Result<(), Fault> {
    let content = serde_json::to_string(objects).map_err(|error| fault(&error))?;
    let (count, bytes) = (objects.len().cast_signed() as i64, content.len().cast_signed() as i64);
    let statements = [
        sql!(
            "INSERT INTO threats_observed (org, at, objects, bytes, content) VALUES ($1, $2, $3, $4, $5)",
            org.as_str(),
            now,
            count,
            bytes,
            content
        ),
        sql!("DELETE FROM threats_hunted WHERE org = $1", org.as_str()),
    ];
    store.execute_all(&statements).map_err(|error| fault(&error))
}

/// Removes everything of an organisation.
pub(super) fn forget(store: &Store, org: &OrgId) -> Result<(), Fault> {
    let org = org.as_str();
    let statements = [
        sql!("DELETE FROM threats_observed WHERE org = $1", org),
        sql!("DELETE FROM threats_hunted WHERE org = $1", org),
        sql!("DELETE FROM threats_met WHERE org = $1", org),
    ];
    store.execute_all(&statements).map_err(|error| fault(&error))
}

/// Removes what is older than a month, and what was met only by it.
pub(super) fn sweep(store: &Store, now: i64) -> Result<(), Fault> {
    let before = now - KEEP;
    let statements = [
        sql!("DELETE FROM threats_observed WHERE at < $1", before),
        sql!("DELETE FROM threats_met WHERE at < $1", before),
    ];
    store.execute_all(&statements).map_err(|error| fault(&error))
}

/// Organisations that have brought something.
pub(super) fn all(store: &Store) -> Result<Vec<String>, Fault> {
    let rows = store
        .query(&sql!("SELECT DISTINCT org FROM threats_observed ORDER BY org"))
        .map_err(|error| fault(&error))?;
    rows.iter().map(|row| text(row, "org")).collect()
}

/// What is kept of an organisation.
pub(super) fn kept(store: &Store, org: &OrgId) -> Result<Kept, Fault> {
    let query = sql!(
        "SELECT CAST(COALESCE(SUM(objects), 0) AS BIGINT) AS objects, CAST(COALESCE(SUM(bytes), 0) AS BIGINT) AS bytes,
         COALESCE(MAX(at), 0) AS newest FROM threats_observed WHERE org = $1",
        org.as_str()
    );
    let row = store.query_opt(&query).map_err(|error| fault(&error))?;
    let Some(row) = row else { return Ok(Kept::default()) };
    Ok(Kept { objects: int(&row, "objects")?, bytes: int(&row, "bytes")?, newest: int(&row, "newest")? })
}

/// The objects that an organisation has brought.
pub(super) fn objects(store: &Store, org: &str) -> Result<Vec<Value>, Fault> {
    let query = sql!("SELECT content FROM threats_observed WHERE org = $1 ORDER BY number", org);
    let mut all = Vec::new();
    for row in store.query(&query).map_err(|error| fault(&error))? {
        let list: Vec<Value> =
            serde_json::from_str(&text(&row, "content")?).map_err(|error| fault(&error))?;
        all.extend(list);
    }
    Ok(all)
}

/// How far each collection was looked through, by its id, in microseconds.
pub(super) fn hunted(store: &Store, org: &str) -> Result<BTreeMap<String, i64>, Fault> {
    let query = sql!("SELECT collection, added FROM threats_hunted WHERE org = $1", org);
    let rows = store.query(&query).map_err(|error| fault(&error))?;
    rows.iter().map(|row| Ok((text(row, "collection")?, int(row, "added")?))).collect()
}

/// Keeps what was met in a collection, and how far it was looked through.
pub(super) fn found(
    store: &Store,
    org: &str,
    (collection, added): (&str, i64),
    met: &[Met],
) -> Result<(), Fault> {
    let mut statements: Vec<Statement> = Vec::new();
    for one in met {
        let seen = serde_json::to_string(&one.seen).map_err(|error| fault(&error))?;
        statements.push(sql!(
            "INSERT INTO threats_met (org, community, id, at, seen) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (org, community, id) DO UPDATE SET seen = EXCLUDED.seen",
            org,
            one.community.as_str(),
            one.id.as_str(),
            one.at,
            seen
        ));
    }
    statements.push(sql!(
        "INSERT INTO threats_hunted (org, collection, added) VALUES ($1, $2, $3)
         ON CONFLICT (org, collection) DO UPDATE SET added = EXCLUDED.added",
        org,
        collection,
        added
    ));
    store.execute_all(&statements).map_err(|error| fault(&error))
}

/// What an organisation has met, the newest first.
pub(super) fn met(store: &Store, org: &OrgId, most: i64) -> Result<Vec<Met>, Fault> {
    let query = sql!(
        "SELECT community, id, at, seen FROM threats_met WHERE org = $1 ORDER BY at DESC, id LIMIT $2",
        org.as_str(),
        most
    );
    let rows = store.query(&query).map_err(|error| fault(&error))?;
    let one = |row: &Row| {
        let seen = serde_json::from_str(&text(row, "seen")?).map_err(|error| fault(&error))?;
        Ok(Met { community: text(row, "community")?, id: text(row, "id")?, seen, at: int(row, "at")? })
    };
    rows.iter().map(one).collect()
}

fn text(row: &Row, column: &str) -> Result<String, Fault> {
    row.text(column).map(str::to_owned).map_err(|error| fault(&error))
}

fn int(row: &Row, column: &str) -> Result<i64, Fault> {
    row.int(column).map_err(|error| fault(&error))
}
