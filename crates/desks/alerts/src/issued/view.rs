//! Alerts as the record says it.

use super::{Content, ISSUED};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use scr_alerts::AlertText;
use scr_canon::{Hash32, unb64};
use scr_engine::rusqlite;
use scr_engine::{Event, Objects, View, ViewFault};

/// Largest object of an alert, in bytes.
const MAX_CONTENT: u64 = 1 << 20;

const SCHEMA: &str = "
CREATE TABLE alerts_issued (idx INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, election TEXT NOT NULL, at INTEGER NOT NULL,
    leaf TEXT NOT NULL, issuer TEXT NOT NULL, drill TEXT, number INTEGER NOT NULL, status INTEGER NOT NULL,
    expires INTEGER NOT NULL, alert TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX alerts_issued_election ON alerts_issued (election, idx);
CREATE INDEX alerts_issued_expires ON alerts_issued (expires);
CREATE INDEX alerts_issued_drill ON alerts_issued (drill, idx);
CREATE TABLE alerts_named (named INTEGER NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (named, idx)) WITHOUT ROWID;
";
const COLUMNS: &str = "idx, id, election, at, leaf, issuer, drill, alert, content";

/// The view.
pub(crate) struct IssuedView;

fn fault(what: &impl std::fmt::Display) -> ViewFault {
    ViewFault { view: String::new(), index: 0, what: what.to_string() }
}

/// The rest of a subject that begins with this.
fn subject<'a>(event: &'a Event, begins: &str) -> Result<&'a str, ViewFault> {
    let found = event.entry.subjects().iter().find_map(|one| one.strip_prefix(begins));
    found.ok_or_else(|| fault(&format!("no subject {begins}")))
}

impl View for IssuedView {
    fn name(&self) -> &'static str {
        "alerts"
    }

    fn schema(&self) -> &'static str {
        SCHEMA
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, objects: &Objects) -> Result<(), ViewFault> {
        if event.kind() != ISSUED.name {
            return Ok(());
        }
        let coded = event.text(scr_alerts::ALERT_FIELD);
        let bytes = unb64(coded).map_err(|error| fault(&error))?;
        let text = AlertText::parse(&bytes).map_err(|error| fault(&error))?;
        let hash: Hash32 = event.text("object").parse().map_err(|_| fault(&"no object is named"))?;
        let content = objects.get(&hash, MAX_CONTENT)?.ok_or_else(|| fault(&"the object is not here"))?;
        let content: Content = serde_json::from_slice(&content).map_err(|error| fault(&error))?;
        let written = serde_json::to_string(&content).map_err(|error| fault(&error))?;
        let index = event.index.cast_signed();
        tx.execute(
            "INSERT INTO alerts_issued VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                index,
                subject(event, "alert:")?,
                subject(event, "election:")?,
                event.at,
                event.leaf.to_string(),
                event.entry.issuer(),
                content.drill,
                text.number,
                text.status.byte(),
                text.expires().cast_signed(),
                coded,
                written,
            ],
        )?;
        for named in &text.references {
            tx.execute(
                "INSERT OR IGNORE INTO alerts_named VALUES (?1, ?2)",
                params![named.index.cast_signed(), index],
            )?;
        }
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("alerts_issued", "*", "idx"), ("alerts_named", "*", "named, idx")]
    }
}

/// A released alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// Index of its entry.
    pub index: u64,
    /// Its id, in addresses.
    pub id: String,
    /// The election.
    pub election: String,
    /// When it was recorded.
    pub at: i64,
    /// Hash of its leaf.
    pub leaf: Hash32,
    /// Who released it: the name of the organisation's key.
    pub issuer: String,
    /// The drill that it belongs to.
    pub drill: Option<String>,
    /// What it says in few bytes.
    pub text: AlertText,
    /// What it says at length.
    pub content: Content,
}

fn issued(row: &Row<'_>) -> rusqlite::Result<Issued> {
    let broken = |_| rusqlite::Error::InvalidQuery;
    let (leaf, alert, content): (String, String, String) = (row.get(4)?, row.get(7)?, row.get(8)?);
    let bytes = unb64(&alert).map_err(|_| rusqlite::Error::InvalidQuery)?;
    Ok(Issued {
        index: row.get::<_, i64>(0)?.cast_unsigned(),
        id: row.get(1)?,
        election: row.get(2)?,
        at: row.get(3)?,
        leaf: leaf.parse().map_err(|_| rusqlite::Error::InvalidQuery)?,
        issuer: row.get(5)?,
        drill: row.get(6)?,
        text: AlertText::parse(&bytes).map_err(|_| rusqlite::Error::InvalidQuery)?,
        content: serde_json::from_str(&content).map_err(broken)?,
    })
}

/// The alert with this id.
///
/// # Errors
/// Faults of the views.
pub fn find(views: &Connection, id: &str) -> rusqlite::Result<Option<Issued>> {
    let mut statement =
        views.prepare_cached(&format!("SELECT {COLUMNS} FROM alerts_issued WHERE id = ?1"))?;
    statement.query_row([id], issued).optional()
}

/// The alert of this entry.
///
/// # Errors
/// Faults of the views.
pub fn at(views: &Connection, index: u64) -> rusqlite::Result<Option<Issued>> {
    let mut statement =
        views.prepare_cached(&format!("SELECT {COLUMNS} FROM alerts_issued WHERE idx = ?1"))?;
    statement.query_row([index.cast_signed()], issued).optional()
}

/// Alerts of an election (`None`: of all), the newest first, before an index.
///
/// # Errors
/// Faults of the views.
pub fn of_election(
    views: &Connection,
    election: Option<&str>,
    before: Option<u64>,
    most: u16,
) -> rusqlite::Result<Vec<Issued>> {
    let before = before.map_or(i64::MAX, u64::cast_signed);
    let sql = format!(
        "SELECT {COLUMNS} FROM alerts_issued WHERE (?1 IS NULL OR election = ?1) AND idx < ?2 ORDER BY idx DESC LIMIT ?3"
    );
    let mut statement = views.prepare_cached(&sql)?;
    statement.query_map(params![election, before, most], issued)?.collect()
}

/// The alerts that name this one, by index: updates and cancellations.
///
/// # Errors
/// Faults of the views.
pub fn superseded_by(views: &Connection, index: u64) -> rusqlite::Result<Vec<u64>> {
    let mut statement = views.prepare_cached("SELECT idx FROM alerts_named WHERE named = ?1 ORDER BY idx")?;
    let rows =
        statement.query_map([index.cast_signed()], |row| row.get::<_, i64>(0).map(i64::cast_unsigned))?;
    rows.collect()
}

/// The number that the next alert of an election with this status gets: each status has numbers of its own, from 1.
/// `None` when they are used up.
///
/// # Errors
/// Faults of the views.
pub fn next_number(
    views: &Connection,
    election: &str,
    status: scr_alerts::Status,
) -> rusqlite::Result<Option<u16>> {
    let mut statement = views.prepare_cached(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM alerts_issued WHERE election = ?1 AND status = ?2",
    )?;
    let next: i64 = statement.query_row(params![election, status.byte()], |row| row.get(0))?;
    Ok(u16::try_from(next).ok())
}

/// Alerts whose time is not over and that nothing has taken the place of, the newest first; cancellations are none of them.
/// `None`: of all elections.
///
/// # Errors
/// Faults of the views.
pub fn open_at(views: &Connection, election: Option<&str>, now: i64) -> rusqlite::Result<Vec<Issued>> {
    let columns = COLUMNS.split(", ").map(|column| format!("one.{column}")).collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT {columns} FROM alerts_issued AS one WHERE (?1 IS NULL OR one.election = ?1) AND one.expires > ?2
         AND NOT EXISTS (SELECT 1 FROM alerts_named JOIN alerts_issued AS later ON later.idx = alerts_named.idx
             WHERE alerts_named.named = one.idx AND later.status = one.status) ORDER BY one.idx DESC"
    );
    let mut statement = views.prepare_cached(&sql)?;
    let all = statement.query_map(params![election, now], issued)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(all.into_iter().filter(|one| one.text.kind != scr_alerts::Kind::Cancel).collect())
}

/// Entries of an organisation's alerts (`None`: of each organisation) that end after a time, the newest first, and no more than
/// `most` of one organisation: however many others release, its own are among them.
///
/// # Errors
/// Faults of the views.
pub(crate) fn newest_of(
    views: &Connection,
    issuers: Option<&[String; 2]>,
    ends_after: i64,
    most: u16,
) -> rusqlite::Result<Vec<u64>> {
    let [one, other] = issuers.map_or([None, None], |[one, other]| [Some(one), Some(other)]);
    let mut statement = views.prepare_cached(
        "SELECT idx FROM (SELECT idx, ROW_NUMBER() OVER (PARTITION BY issuer ORDER BY idx DESC) AS place FROM alerts_issued
            WHERE expires > ?1 AND (?2 IS NULL OR issuer IN (?2, ?3))) WHERE place <= ?4 ORDER BY idx DESC",
    )?;
    let rows = statement.query_map(params![ends_after, one, other, most], |row| row.get::<_, i64>(0))?;
    rows.map(|index| index.map(i64::cast_unsigned)).collect()
}

/// Alerts after a place in the log (-1: from the beginning), the oldest first.
///
/// # Errors
/// Faults of the views.
pub fn after(views: &Connection, index: i64, most: usize) -> rusqlite::Result<Vec<Issued>> {
    let sql = format!("SELECT {COLUMNS} FROM alerts_issued WHERE idx > ?1 ORDER BY idx LIMIT ?2");
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    views.prepare_cached(&sql)?.query_map(params![index, most], issued)?.collect()
}

/// The alerts of a drill, the newest first.
///
/// # Errors
/// Faults of the views.
pub fn of_drill(views: &Connection, drill: &str, most: u16) -> rusqlite::Result<Vec<Issued>> {
    let sql = format!("SELECT {COLUMNS} FROM alerts_issued WHERE drill = ?1 ORDER BY idx DESC LIMIT ?2");
    let mut statement = views.prepare_cached(&sql)?;
    statement.query_map(params![drill, most], issued)?.collect()
}
