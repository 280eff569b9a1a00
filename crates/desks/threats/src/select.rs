//! Objects of a collection, for one reader: the one way to them, whatever asks.

mod lean;
mod listed;

pub(crate) use lean::{Lean, first_added, labelled, lean, refs, stamp};
pub(crate) use listed::{Entry, Filter, despite, latest, newest, referring, using, versions};

use rusqlite::{Connection, Row, ToSql, params, params_from_iter};
use scr_engine::rusqlite;
use scr_threats::{Standing, readers_of};

/// The source of what became public on a day that its owner had set.
pub(crate) const RELEASED: &str = "declassified";

/// Which versions of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Versions {
    /// The first of those that the reader may see.
    First,
    /// The last of those.
    Last,
    /// The one of this moment, in microseconds.
    At(i64),
}

/// What somebody asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wanted {
    /// Added later than this, in microseconds.
    pub(crate) after: Option<i64>,
    /// Only these ids.
    pub(crate) ids: Option<Vec<String>>,
    /// Only these types.
    pub(crate) kinds: Option<Vec<String>>,
    /// Any of these; `None` for all of them.
    pub(crate) versions: Option<Vec<Versions>>,
    /// Only these versions of STIX.
    pub(crate) specs: Option<Vec<String>>,
    /// Versions that were added up to this moment do not count when the first or the last is looked for (TAXII 2.1 section
    /// 3.4.1: of those that match the remainder of the request).
    pub(crate) since: Option<i64>,
    /// Of an object that is there in several versions of STIX, only the newest of these.
    pub(crate) newest_spec: bool,
}

/// A version of an object, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its number in the tables.
    pub(crate) seq: i64,
    /// When it was added, in microseconds.
    pub(crate) added: i64,
    /// Its id.
    pub(crate) id: String,
    /// Its version, in microseconds.
    pub(crate) version: i64,
    /// Its version as it says it itself; `None` where it has none.
    pub(crate) version_text: Option<String>,
    /// The version of STIX.
    pub(crate) spec: String,
    /// Whose it is.
    pub(crate) owner: String,
    /// Its label.
    pub(crate) tlp: String,
    /// Whether it was shared under a pseudonym.
    pub(crate) is_hidden: bool,
}

const COLUMNS: &str =
    "o.seq, o.added, o.id, o.version, o.version_text, o.spec, o.owner, o.tlp, o.pseudonym IS NOT NULL";

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        seq: row.get(0)?,
        added: row.get(1)?,
        id: row.get(2)?,
        version: row.get(3)?,
        version_text: row.get(4)?,
        spec: row.get(5)?,
        owner: row.get(6)?,
        tlp: row.get(7)?,
        is_hidden: row.get(8)?,
    })
}

/// The text of a condition and its values.
#[derive(Default)]
struct Condition {
    text: String,
    values: Vec<Box<dyn ToSql>>,
}

impl Condition {
    fn and(&mut self, text: &str, values: impl IntoIterator<Item = Box<dyn ToSql>>) {
        self.text.push_str(" AND ");
        self.text.push_str(text);
        self.values.extend(values);
    }
}

fn boxed(value: impl ToSql + 'static) -> Box<dyn ToSql> {
    Box::new(value)
}

fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// That another version of `o` that these readers may see stands as `order` says.
fn another(readers: &[&str], order: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM threats_object n WHERE n.id = o.id AND n.collection = o.collection AND {order}
         AND EXISTS (SELECT 1 FROM threats_reach x WHERE x.collection = n.collection AND x.added = n.added AND x.reader IN ({})))",
        marks(readers.len())
    )
}

fn condition(wanted: &Wanted, readers: &[&str]) -> Condition {
    let mut condition = Condition::default();
    if let Some(specs) = &wanted.specs {
        condition
            .and(&format!("o.spec IN ({})", marks(specs.len())), specs.iter().map(|one| boxed(one.clone())));
    }
    if wanted.newest_spec {
        let text =
            format!("((o.superseded = 0 AND o.preceded = 0) OR NOT {})", another(readers, "n.spec > o.spec"));
        condition.and(&text, readers.iter().map(|one| boxed((*one).to_owned())));
    }
    if let Some(versions) = &wanted.versions {
        let mut any = Vec::new();
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        let specs = wanted.specs.iter().flatten();
        let mut rest = String::from("n.added > ?");
        if let Some(specs) = &wanted.specs {
            rest.push_str(&format!(" AND n.spec IN ({})", marks(specs.len())));
        }
        let own = || {
            let since = std::iter::once(boxed(wanted.since.unwrap_or(i64::MIN)));
            let of_rest = since.chain(specs.clone().map(|one| boxed(one.clone())));
            of_rest.chain(readers.iter().map(|one| boxed((*one).to_owned()))).collect::<Vec<_>>()
        };
        for version in versions {
            match version {
                Versions::Last => {
                    let newer = format!(
                        "(n.version > o.version OR (n.version = o.version AND n.added < o.added)) AND {rest}"
                    );
                    any.push(format!("(o.superseded = 0 OR NOT {})", another(readers, &newer)));
                    values.extend(own());
                }
                Versions::First => {
                    let older = format!("n.version < o.version AND {rest}");
                    any.push(format!("(o.preceded = 0 OR NOT {})", another(readers, &older)));
                    values.extend(own());
                }
                Versions::At(moment) => {
                    any.push("o.version = ?".to_owned());
                    values.push(boxed(*moment));
                }
            }
        }
        condition.and(&format!("({})", any.join(" OR ")), values);
    }
    condition
}

/// Up to `limit` versions that the reader may see, in the order in which they were added.
pub(crate) fn select(
    views: &Connection,
    collection: i64,
    standing: &Standing,
    wanted: &Wanted,
    limit: usize,
) -> rusqlite::Result<Vec<Found>> {
    let readers = readers_of(standing);
    let mut all = match &wanted.ids {
        Some(ids) => by_ids(views, collection, &readers, wanted, ids)?,
        None => by_time(views, collection, &readers, wanted, limit)?,
    };
    all.sort_by_key(|one| one.added);
    all.truncate(limit);
    Ok(all)
}

fn by_ids(
    views: &Connection,
    collection: i64,
    readers: &[&str],
    wanted: &Wanted,
    ids: &[String],
) -> rusqlite::Result<Vec<Found>> {
    let condition = condition(wanted, readers);
    let mut all = Vec::new();
    let kinds = wanted.kinds.as_ref();
    let text = format!(
        "SELECT {COLUMNS} FROM threats_object o WHERE o.id = ? AND o.collection = ? AND o.added > ?
         AND EXISTS (SELECT 1 FROM threats_reach r WHERE r.collection = o.collection AND r.added = o.added AND r.reader IN ({})){}",
        marks(readers.len()),
        condition.text
    );
    let mut query = views.prepare_cached(&text)?;
    for id in ids {
        if kinds.is_some_and(|kinds| {
            !kinds.iter().any(|kind| id.split_once("--").is_some_and(|(own, _)| own == kind))
        }) {
            continue;
        }
        let (collection, after) = (collection, wanted.after.unwrap_or(i64::MIN));
        let mut values: Vec<&dyn ToSql> = vec![id, &collection, &after];
        values.extend(readers.iter().map(|reader| reader as &dyn ToSql));
        values.extend(condition.values.iter().map(AsRef::as_ref));
        let rows = query.query_map(params_from_iter(values), found)?;
        all.extend(rows.collect::<Result<Vec<_>, _>>()?);
    }
    Ok(all)
}

/// One walk along an index for each name under which the reader finds objects, and each type: none of them meets an object
/// that the reader may not see, so that such objects cost no time either.
fn by_time(
    views: &Connection,
    collection: i64,
    readers: &[&str],
    wanted: &Wanted,
    limit: usize,
) -> rusqlite::Result<Vec<Found>> {
    let condition = condition(wanted, readers);
    let kinds: Vec<Option<&String>> = match &wanted.kinds {
        Some(kinds) => kinds.iter().map(Some).collect(),
        None => vec![None],
    };
    let (after, most) = (wanted.after.unwrap_or(i64::MIN), i64::try_from(limit).unwrap_or(i64::MAX));
    let mut all = Vec::new();
    for kind in &kinds {
        let of_kind = if kind.is_some() { "AND r.kind = ?" } else { "" };
        let text = format!(
            "SELECT {COLUMNS} FROM threats_reach r JOIN threats_object o ON o.seq = r.seq
             WHERE r.collection = ? AND r.reader = ? {of_kind} AND r.added > ?{} ORDER BY r.added LIMIT ?",
            condition.text
        );
        let mut query = views.prepare_cached(&text)?;
        for reader in readers {
            let mut values: Vec<&dyn ToSql> = vec![&collection, reader];
            if let Some(kind) = kind {
                values.push(kind);
            }
            values.push(&after);
            values.extend(condition.values.iter().map(AsRef::as_ref));
            values.push(&most);
            let rows = query.query_map(params_from_iter(values), found)?;
            all.extend(rows.collect::<Result<Vec<_>, _>>()?);
        }
    }
    Ok(all)
}

/// The bytes of an object.
pub(crate) fn content(views: &Connection, seq: i64) -> rusqlite::Result<String> {
    views
        .prepare_cached("SELECT content FROM threats_object WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))
}

/// Since when an object is public that its owner has let become public on a day, in seconds since 1970.
pub(crate) fn released(views: &Connection, seq: i64) -> rusqlite::Result<Option<i64>> {
    views
        .prepare_cached("SELECT at FROM threats_object WHERE seq = ?1 AND source = ?2 AND tlp = 'clear'")?
        .query_map(params![seq, RELEASED], |row| row.get(0))?
        .next()
        .transpose()
}

/// The name under which an object is shared, where that is not its owner's own.
pub(crate) fn pseudonym(views: &Connection, seq: i64) -> rusqlite::Result<Option<String>> {
    views
        .prepare_cached("SELECT pseudonym FROM threats_object WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))
}
