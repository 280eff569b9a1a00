//! What somebody may see, as far as it takes to put it in order: for answers that are made of many objects at once.

use super::{Condition, Versions, Wanted, boxed, condition, marks};
use rusqlite::{Connection, Row, ToSql, params_from_iter};
use scr_engine::rusqlite;
use scr_threats::{Standing, readers_of};
use sha2::{Digest, Sha256};

/// The last version of an object that the reader may see, without its content.
#[derive(Debug, Clone)]
pub(crate) struct Lean {
    /// Its number in the tables.
    pub(crate) seq: i64,
    /// When it was added, in microseconds.
    pub(crate) added: i64,
    /// Its id.
    pub(crate) id: String,
    /// Its version, in microseconds.
    pub(crate) version: i64,
    /// Its label.
    pub(crate) tlp: String,
    /// Who has made it, as it says itself.
    pub(crate) created_by: Option<String>,
    /// Whether there is an older version, whoever may see it.
    pub(crate) is_preceded: bool,
}

fn lean_row(row: &Row<'_>) -> rusqlite::Result<Lean> {
    Ok(Lean {
        seq: row.get(0)?,
        added: row.get(1)?,
        id: row.get(2)?,
        version: row.get(3)?,
        tlp: row.get(4)?,
        created_by: row.get(5)?,
        is_preceded: row.get(6)?,
    })
}

/// The newest `limit` objects of these types, each in its last version, that were added before a moment.
pub(crate) fn lean(
    views: &Connection,
    collection: i64,
    standing: &Standing,
    (kinds, before): (&[&'static str], i64),
    limit: usize,
) -> rusqlite::Result<Vec<Lean>> {
    let readers = readers_of(standing);
    let wanted = Wanted { versions: Some(vec![Versions::Last]), ..Wanted::default() };
    let mut all: Condition = condition(&wanted, &readers);
    all.and(&format!("r.kind IN ({})", marks(kinds.len())), kinds.iter().map(|kind| boxed(*kind)));
    let text = format!(
        "SELECT o.seq, o.added, o.id, o.version, o.tlp, o.created_by, o.preceded
         FROM threats_reach r JOIN threats_object o ON o.seq = r.seq
         WHERE r.collection = ? AND r.reader = ? AND r.added < ?{} ORDER BY r.added DESC LIMIT ?",
        all.text
    );
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut query = views.prepare_cached(&text)?;
    let mut rows = Vec::new();
    for reader in &readers {
        let mut values: Vec<&dyn ToSql> = vec![&collection, reader, &before];
        values.extend(all.values.iter().map(AsRef::as_ref));
        values.push(&most);
        let found = query.query_map(params_from_iter(values), lean_row)?;
        rows.extend(found.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    rows.sort_by_key(|one| std::cmp::Reverse(one.added));
    rows.truncate(limit);
    Ok(rows)
}

/// When the first version of an object was added that the reader may see, in microseconds.
pub(crate) fn first_added(
    views: &Connection,
    collection: i64,
    standing: &Standing,
    one: &Lean,
) -> rusqlite::Result<i64> {
    if !one.is_preceded {
        return Ok(one.added);
    }
    let readers = readers_of(standing);
    let text = format!(
        "SELECT min(o.added) FROM threats_object o WHERE o.id = ? AND o.collection = ?
         AND EXISTS (SELECT 1 FROM threats_reach r WHERE r.collection = o.collection AND r.added = o.added AND r.reader IN ({}))",
        marks(readers.len()),
    );
    let mut values: Vec<&dyn ToSql> = vec![&one.id, &collection];
    values.extend(readers.iter().map(|reader| reader as &dyn ToSql));
    let first: Option<i64> =
        views.prepare_cached(&text)?.query_row(params_from_iter(values), |row| row.get(0))?;
    Ok(first.unwrap_or(one.added))
}

/// To what an object refers, each with the property by which it does.
pub(crate) fn refs(views: &Connection, seq: i64) -> rusqlite::Result<Vec<(String, String)>> {
    views
        .prepare_cached("SELECT target, path FROM threats_ref WHERE seq = ?1 ORDER BY target, path")?
        .query_map([seq], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Takes everything that a reader may see in a collection into a hash, so that it is another one as soon as there is more
/// of it, or less. What the reader may not see does not go into it.
pub(crate) fn stamp(
    views: &Connection,
    collection: i64,
    standing: &Standing,
    hash: &mut Sha256,
) -> rusqlite::Result<()> {
    let mut query =
        views.prepare_cached("SELECT added FROM threats_reach WHERE collection = ?1 AND reader = ?2")?;
    for reader in readers_of(standing) {
        let mut rows = query.query(rusqlite::params![collection, reader])?;
        while let Some(row) = rows.next()? {
            hash.update(row.get::<_, i64>(0)?.to_be_bytes());
        }
        hash.update([0xff; 8]);
    }
    Ok(())
}

/// The bytes of an object with its label and the moment in which it was added; for a number that came from here.
pub(crate) fn labelled(views: &Connection, seq: i64) -> rusqlite::Result<(String, String, i64)> {
    views
        .prepare_cached("SELECT content, tlp, added FROM threats_object WHERE seq = ?1")?
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}
