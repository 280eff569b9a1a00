//! Objects as people look at them: the newest first, one with its versions, and those that refer to it. As everything here
//! these go by the names under which the reader finds objects.

use super::{Condition, Versions, Wanted, another, boxed, condition, marks};
use rusqlite::{Connection, Row, ToSql, params_from_iter};
use scr_core::OrgId;
use scr_engine::rusqlite;
use scr_threats::{Standing, readers_of};

/// A version of an object with what pages say of it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// Its number in the tables.
    pub(crate) seq: i64,
    /// The number of its collection.
    pub(crate) collection: i64,
    /// When it was added, in microseconds.
    pub(crate) added: i64,
    /// Its id.
    pub(crate) id: String,
    /// Its type.
    pub(crate) kind: String,
    /// What it calls itself.
    pub(crate) title: Option<String>,
    /// Its version, in microseconds.
    pub(crate) version: i64,
    /// Its version as it says it itself.
    pub(crate) version_text: Option<String>,
    /// Its label.
    pub(crate) tlp: String,
    /// Whose it is. Pages show [`Entry::by`].
    pub(crate) owner: String,
    /// The name under which it was shared.
    pub(crate) pseudonym: Option<String>,
    /// Whether this version takes it back.
    pub(crate) revoked: bool,
    /// Its entry in the log, and when that was made.
    pub(crate) index: u64,
    /// See `index`.
    pub(crate) at: i64,
    /// Whom it reaches, as the index has them.
    readers: String,
}

impl Entry {
    /// Who shares it, as others may know.
    pub(crate) fn by(&self) -> &str {
        self.pseudonym.as_deref().unwrap_or(&self.owner)
    }

    /// The organisations that it was meant for, its owner left out; for the owner's eyes.
    pub(crate) fn audience(&self) -> Vec<OrgId> {
        let named = self.readers.split(' ').filter(|one| *one != self.owner);
        named.filter_map(|one| OrgId::new(one).ok()).collect()
    }
}

/// What a list leaves out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Only these types; none: all but `without`.
    pub(crate) kinds: Vec<&'static str>,
    /// Not these types.
    pub(crate) without: &'static [&'static str],
    /// Only this type.
    pub(crate) kind: Option<String>,
    /// Only this label.
    pub(crate) tlp: Option<String>,
    /// Only what this organisation shares under its own name.
    pub(crate) owner: Option<String>,
    /// Not what this organisation shares.
    pub(crate) not_owner: Option<String>,
    /// Only titles with this in them, whatever the case of its Latin letters.
    pub(crate) text: Option<String>,
    /// Added before this, in microseconds.
    pub(crate) before: Option<i64>,
    /// Added later than this, in microseconds.
    pub(crate) after: Option<i64>,
    /// Only what became public on a day that its owner had set.
    pub(crate) is_released: bool,
}

const COLUMNS: &str =
    "o.seq, o.collection, o.added, o.id, o.kind, o.title, o.version, o.version_text, o.tlp, o.owner,
    o.pseudonym, o.revoked, o.idx, o.at, o.readers";

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: row.get(0)?,
        collection: row.get(1)?,
        added: row.get(2)?,
        id: row.get(3)?,
        kind: row.get(4)?,
        title: row.get(5)?,
        version: row.get(6)?,
        version_text: row.get(7)?,
        tlp: row.get(8)?,
        owner: row.get(9)?,
        pseudonym: row.get(10)?,
        revoked: row.get(11)?,
        index: row.get::<_, i64>(12)?.cast_unsigned(),
        at: row.get(13)?,
        readers: row.get(14)?,
    })
}

/// The last version that these readers may see.
fn last(readers: &[&str]) -> Condition {
    condition(&Wanted { versions: Some(vec![Versions::Last]), ..Wanted::default() }, readers)
}

fn filtered(filter: &Filter, readers: &[&str]) -> Condition {
    let mut condition = last(readers);
    let texts =
        |list: &[&'static str]| -> Vec<Box<dyn ToSql>> { list.iter().map(|one| boxed(*one)).collect() };
    if !filter.kinds.is_empty() {
        condition.and(&format!("r.kind IN ({})", marks(filter.kinds.len())), texts(&filter.kinds));
    } else if !filter.without.is_empty() {
        condition.and(&format!("r.kind NOT IN ({})", marks(filter.without.len())), texts(filter.without));
    }
    if let Some(kind) = &filter.kind {
        condition.and("r.kind = ?", [boxed(kind.clone())]);
    }
    if let Some(tlp) = &filter.tlp {
        condition.and("o.tlp = ?", [boxed(tlp.clone())]);
    }
    if let Some(owner) = &filter.owner {
        condition.and("o.owner = ? AND o.pseudonym IS NULL", [boxed(owner.clone())]);
    }
    if let Some(owner) = &filter.not_owner {
        condition.and("o.owner <> ?", [boxed(owner.clone())]);
    }
    if filter.is_released {
        condition.and("o.source = ? AND o.tlp = 'clear'", [boxed(super::RELEASED)]);
    }
    if let Some(text) = &filter.text {
        condition.and("instr(lower(o.title), lower(?)) > 0", [boxed(text.clone())]);
    }
    condition
}

/// The newest objects of these collections, each in its last version: `limit`, and as many more as were added in the very
/// moment of the last of them, so that a list goes on after a moment.
pub(crate) fn newest(
    views: &Connection,
    collections: &[i64],
    standing: &Standing,
    filter: &Filter,
    limit: usize,
) -> rusqlite::Result<Vec<Entry>> {
    let readers = readers_of(standing);
    let condition = filtered(filter, &readers);
    // In one collection no two have the same moment.
    let most = i64::try_from(limit.saturating_add(1)).unwrap_or(i64::MAX);
    let (before, after) = (filter.before.unwrap_or(i64::MAX), filter.after.unwrap_or(i64::MIN));
    let text = format!(
        "SELECT {COLUMNS} FROM threats_reach r JOIN threats_object o ON o.seq = r.seq
         WHERE r.collection = ? AND r.reader = ? AND r.added < ? AND r.added > ?{} ORDER BY r.added DESC LIMIT ?",
        condition.text
    );
    let mut query = views.prepare_cached(&text)?;
    let mut all = Vec::new();
    for collection in collections {
        for reader in &readers {
            let mut values: Vec<&dyn ToSql> = vec![collection, reader, &before, &after];
            values.extend(condition.values.iter().map(AsRef::as_ref));
            values.push(&most);
            let rows = query.query_map(params_from_iter(values), entry)?;
            all.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
    }
    all.sort_by(|a, b| (b.added, &a.id).cmp(&(a.added, &b.id)));
    let edge = limit.checked_sub(1).and_then(|place| all.get(place)).map(|one| one.added);
    if let Some(edge) = edge {
        let kept = all.iter().take_while(|one| one.added >= edge).count();
        all.truncate(kept);
    }
    Ok(all)
}

/// That `o` may be seen by so many readers.
fn visible(readers: &[&str]) -> String {
    format!(
        "EXISTS (SELECT 1 FROM threats_reach r WHERE r.collection = o.collection AND r.added = o.added AND r.reader IN ({}))",
        marks(readers.len())
    )
}

/// Every version of an object in a collection that the reader may see, the newest first.
pub(crate) fn versions(
    views: &Connection,
    collection: i64,
    standing: &Standing,
    id: &str,
) -> rusqlite::Result<Vec<Entry>> {
    let readers = readers_of(standing);
    let text = format!(
        "SELECT {COLUMNS} FROM threats_object o WHERE o.id = ? AND o.collection = ? AND {}
         ORDER BY o.version DESC, o.added LIMIT 200",
        visible(&readers)
    );
    let mut values: Vec<&dyn ToSql> = vec![&id, &collection];
    values.extend(readers.iter().map(|reader| reader as &dyn ToSql));
    views.prepare_cached(&text)?.query_map(params_from_iter(values), entry)?.collect()
}

/// The last version of an object, in the first of these collections that has one for the reader.
pub(crate) fn latest(
    views: &Connection,
    collections: &[i64],
    standing: &Standing,
    id: &str,
) -> rusqlite::Result<Option<Entry>> {
    for collection in collections {
        if let Some(found) = versions(views, *collection, standing, id)?.into_iter().next() {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Objects of these collections that refer to this one, in their last versions, each with the property by which they do.
pub(crate) fn referring(
    views: &Connection,
    collections: &[i64],
    standing: &Standing,
    (id, kinds): (&str, Option<&[&str]>),
    limit: usize,
) -> rusqlite::Result<Vec<(Entry, String)>> {
    let readers = readers_of(standing);
    let of_kind = kinds.map(|kinds| format!("AND o.kind IN ({})", marks(kinds.len()))).unwrap_or_default();
    let newer = "(n.version > o.version OR (n.version = o.version AND n.added < o.added))";
    let text = format!(
        "SELECT {COLUMNS}, t.path FROM threats_ref t JOIN threats_object o ON o.seq = t.seq
         WHERE t.target = ? AND o.collection IN ({}) {of_kind} AND {} AND (o.superseded = 0 OR NOT {})
         ORDER BY o.added DESC LIMIT ?",
        marks(collections.len()),
        visible(&readers),
        another(&readers, newer),
    );
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut values: Vec<&dyn ToSql> = vec![&id];
    values.extend(collections.iter().map(|one| one as &dyn ToSql));
    values.extend(kinds.into_iter().flatten().map(|kind| kind as &dyn ToSql));
    values.extend(readers.iter().chain(&readers).map(|reader| reader as &dyn ToSql));
    values.push(&most);
    let found = |row: &Row<'_>| Ok((entry(row)?, row.get(15)?));
    views.prepare_cached(&text)?.query_map(params_from_iter(values), found)?.collect()
}

/// Objects of these collections that refer to one of these terms of vocabularies, in their last versions, the newest first.
pub(crate) fn using(
    views: &Connection,
    collections: &[i64],
    standing: &Standing,
    terms: &[String],
    limit: usize,
) -> rusqlite::Result<Vec<Entry>> {
    let readers = readers_of(standing);
    let newer = "(n.version > o.version OR (n.version = o.version AND n.added < o.added))";
    let text = format!(
        "SELECT DISTINCT {COLUMNS} FROM threats_term t JOIN threats_object o ON o.seq = t.seq
         WHERE t.term IN ({}) AND o.collection IN ({}) AND {} AND (o.superseded = 0 OR NOT {})
         ORDER BY o.added DESC LIMIT ?",
        marks(terms.len()),
        marks(collections.len()),
        visible(&readers),
        another(&readers, newer),
    );
    let most = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut values: Vec<&dyn ToSql> = terms.iter().map(|term| term as &dyn ToSql).collect();
    values.extend(collections.iter().map(|one| one as &dyn ToSql));
    values.extend(readers.iter().chain(&readers).map(|reader| reader as &dyn ToSql));
    values.push(&most);
    views.prepare_cached(&text)?.query_map(params_from_iter(values), entry)?.collect()
}

/// What was noted of a version when it was shared: values on warning lists, and the lists' names.
pub(crate) fn despite(views: &Connection, seq: i64) -> rusqlite::Result<Vec<(String, String)>> {
    views
        .prepare_cached("SELECT value, list FROM threats_despite WHERE seq = ?1 ORDER BY value, list")?
        .query_map([seq], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}
