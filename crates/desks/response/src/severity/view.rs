//! Assessments as the record says them.

use super::ASSESSED;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use scr_engine::rusqlite;
use scr_engine::{Event, Objects, View, ViewFault};
use serde_json::Value;

const SCHEMA: &str = "
CREATE TABLE severity_assessed (assessment TEXT PRIMARY KEY, idx INTEGER NOT NULL, at INTEGER NOT NULL, org TEXT NOT NULL,
    title TEXT NOT NULL, election TEXT NOT NULL, content TEXT NOT NULL) WITHOUT ROWID;
";

/// The view.
pub(crate) struct SeverityView;

impl View for SeverityView {
    fn name(&self) -> &'static str {
        "severity"
    }

    fn schema(&self) -> &'static str {
        SCHEMA
    }

    fn apply(&self, tx: &Transaction<'_>, event: &Event, _: &Objects) -> Result<(), ViewFault> {
        if event.kind() != ASSESSED.name {
            return Ok(());
        }
        tx.execute(
            "INSERT OR IGNORE INTO severity_assessed VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![
                event.text("assessment"),
                event.index.cast_signed(),
                event.at,
                event.text("org"),
                event.text("title"),
                event.text("election"),
                Value::Object(event.public().clone()).to_string(),
            ],
        )?;
        Ok(())
    }

    fn digests(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("severity_assessed", "*", "assessment")]
    }
}

/// An assessment that was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recorded {
    /// Its id.
    pub(crate) id: String,
    /// Index of its entry.
    pub(crate) index: u64,
    /// When it was recorded.
    pub(crate) at: i64,
    /// What it is about.
    pub(crate) title: String,
    /// The election.
    pub(crate) election: String,
    /// The public fields.
    pub(crate) content: Value,
}

fn recorded(row: &Row<'_>) -> rusqlite::Result<Recorded> {
    let content: String = row.get(5)?;
    Ok(Recorded {
        id: row.get(0)?,
        index: row.get::<_, i64>(1)?.cast_unsigned(),
        at: row.get(2)?,
        title: row.get(3)?,
        election: row.get(4)?,
        content: serde_json::from_str(&content).unwrap_or_default(),
    })
}

const COLUMNS: &str = "assessment, idx, at, title, election, content";

/// The assessment of this id.
pub(crate) fn find(views: &Connection, id: &str) -> rusqlite::Result<Option<Recorded>> {
    let sql = format!("SELECT {COLUMNS} FROM severity_assessed WHERE assessment = ?1");
    views.prepare_cached(&sql)?.query_row([id], recorded).optional()
}

/// The newest assessments of an organisation.
pub(crate) fn of_org(views: &Connection, org: &str) -> rusqlite::Result<Vec<Recorded>> {
    let sql = format!("SELECT {COLUMNS} FROM severity_assessed WHERE org = ?1 ORDER BY idx DESC LIMIT 50");
    views.prepare_cached(&sql)?.query_map([org], recorded)?.collect()
}
