//! Entries as the pages list them. The engine has no texts; what its kinds are called stands here: i18n: kind-*

use rusqlite::{Connection, OptionalExtension, Row, params};
use scr_canon::Hash32;
use serde_json::{Map, Value};

/// Rows of one page.
pub(crate) const PAGE: usize = 50;

/// One entry.
#[derive(Debug, Clone)]
pub(crate) struct EntryRow {
    pub(crate) index: u64,
    pub(crate) at: i64,
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) issuer: String,
    pub(crate) leaf: String,
    pub(crate) public: Map<String, Value>,
}

impl EntryRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let public: String = row.get(6)?;
        Ok(Self {
            index: u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0),
            at: row.get(1)?,
            kind: row.get(2)?,
            id: row.get(3)?,
            issuer: row.get(4)?,
            leaf: row.get(5)?,
            public: serde_json::from_str(&public).unwrap_or_default(),
        })
    }

    /// The public fields, one line for each value.
    pub(crate) fn fields(&self) -> Vec<Field> {
        let mut lines = Vec::new();
        for (name, value) in &self.public {
            flatten(name, "", value, &mut lines);
        }
        lines
    }

    /// Who wrote it, without the log's own name before it.
    pub(crate) fn by<'a>(&'a self, origin: &str) -> &'a str {
        scr_web::issuer_name(origin, &self.issuer)
    }
}

/// One value of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// The field of the entry.
    pub(crate) name: String,
    /// Where in it the value stands: `1 name` for the name in the first item of a list.
    pub(crate) within: String,
    pub(crate) value: String,
}

impl Field {
    /// Hashes are compared character by character, so they are set in a fixed width.
    pub(crate) fn is_hash(&self) -> bool {
        self.value.parse::<Hash32>().is_ok()
    }
}

fn flatten(name: &str, within: &str, value: &Value, lines: &mut Vec<Field>) {
    let deeper = |step: &str| if within.is_empty() { step.to_owned() } else { format!("{within} {step}") };
    let value = match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                flatten(name, &deeper(field), value, lines);
            }
            return;
        }
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                flatten(name, &deeper(&(position + 1).to_string()), item, lines);
            }
            return;
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    lines.push(Field { name: name.to_owned(), within: within.to_owned(), value });
}

const COLUMNS: &str = "idx, at, kind, id, issuer, leaf, public";

/// The newest entries below `before`, of one kind or of all.
pub(crate) fn list(
    views: &Connection,
    kind: Option<&str>,
    before: Option<u64>,
) -> rusqlite::Result<Vec<EntryRow>> {
    let before = before.map_or(i64::MAX, u64::cast_signed);
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let filter = if kind.is_some() { "kind = ?2 AND" } else { "?2 IS NULL AND" };
    let mut query = views.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM engine_event WHERE {filter} idx < ?1 ORDER BY idx DESC LIMIT ?3"
    ))?;
    query.query_map(params![before, kind, limit], EntryRow::read)?.collect()
}

/// The entry at an index.
pub(crate) fn at(views: &Connection, index: u64) -> rusqlite::Result<Option<EntryRow>> {
    views
        .prepare_cached(&format!("SELECT {COLUMNS} FROM engine_event WHERE idx = ?1"))?
        .query_row([index.cast_signed()], EntryRow::read)
        .optional()
}

/// How many entries there are of each kind.
pub(crate) fn kinds(views: &Connection) -> rusqlite::Result<Vec<(String, u64)>> {
    let mut query =
        views.prepare_cached("SELECT kind, count(*) FROM engine_event GROUP BY kind ORDER BY kind")?;
    query.query_map([], |row| Ok((row.get(0)?, u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0))))?.collect()
}

/// What a person may hold in hand: an index, the hash of an entry, an entry's id, or the SHA-256 of
/// a file.
pub(crate) fn find(views: &Connection, text: &str) -> rusqlite::Result<Option<EntryRow>> {
    // Sixty-four digits are a hash, not a number.
    if let Some(index) = text.trim_start_matches('#').parse::<u64>().ok().filter(|_| text.len() <= 20) {
        return at(views, index);
    }
    // Sixteen groups of four, as some authorities print hashes, are read as well.
    let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let hash = Hash32::from_hex(&joined.to_lowercase()).or_else(|| joined.parse().ok());
    let Some(hash) = hash.map(|hash| hash.to_string()) else {
        return views
            .prepare_cached(&format!("SELECT {COLUMNS} FROM engine_event WHERE id = ?1"))?
            .query_row([&joined], EntryRow::read)
            .optional();
    };
    views
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM engine_event WHERE leaf = ?1
             OR idx = (SELECT idx FROM engine_object WHERE hash = ?1) ORDER BY idx LIMIT 1"
        ))?
        .query_row([&hash], EntryRow::read)
        .optional()
}
