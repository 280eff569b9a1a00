//! How earlier files of an election were read: a new file is read alike where that fits.

use super::actor;
use super::mapping::MAX_MAPPING_BYTES;
use rusqlite::params;
use scr_canon::Hash32;
use scr_engine::{ActError, Fault};
use scr_intake::{Input, Limits, Mapping, columns_of};
use scr_web::{App, Visit};

/// Earlier mappings that are tried.
const TRIED: i64 = 8;

/// The mapping of an earlier import, and when that was.
pub(crate) struct Before {
    pub(crate) mapping: Mapping,
    pub(crate) at: i64,
    /// This organisation's own import, so that its source is meant again.
    pub(crate) is_ours: bool,
}

/// A mapping as an entry states its hash; nothing where none is stated.
pub(crate) fn recorded_mapping(app: &App, hash: &str) -> Result<Option<String>, Fault> {
    let Ok(hash) = hash.parse::<Hash32>() else { return Ok(None) };
    let bytes = app.engine.objects().get(&hash, MAX_MAPPING_BYTES as u64)?;
    Ok(bytes.and_then(|bytes| String::from_utf8(bytes).ok()))
}

/// The newest mapping of the election whose columns are all in this file; the own organisation's first.
pub(crate) fn mapping_before(
    app: &App,
    visit: &Visit,
    election: &str,
    input: Input<'_>,
    limits: &Limits,
) -> Result<Option<Before>, ActError> {
    let own = format!("{}/org/{}", app.engine.ledger().origin(), actor(visit)?.org);
    let sql = "SELECT mapping, max(at), issuer = ?2 FROM results_table WHERE election = ?1 AND mapping <> ''
        GROUP BY mapping, issuer = ?2 ORDER BY issuer = ?2 DESC, max(idx) DESC LIMIT ?3";
    let all: Vec<(String, i64, bool)> = app.engine.read(|views| {
        let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        views.prepare_cached(sql)?.query_map(params![election, own, TRIED], read)?.collect()
    })?;
    for (hash, at, is_ours) in all {
        let text = recorded_mapping(app, &hash)?.unwrap_or_default();
        let Ok(mapping) = Mapping::parse(&text, "mapping.toml") else { continue };
        if columns_of(input, &mapping, limits).is_some_and(|columns| columns.fits) {
            return Ok(Some(Before { mapping, at, is_ours }));
        }
    }
    Ok(None)
}
