//! The file of the views: rebuildable, one for each schema.

use crate::error::Fault;
use crate::view::View;
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use scr_canon::sha256;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

/// The engine's own tables: where the projection is, all entries, subjects, public objects, private fields
/// (`taken`: the views were given the content), and what a newer version of the program has recorded.
const SCHEMA: &str = "
CREATE TABLE engine_position (id INTEGER PRIMARY KEY CHECK (id = 1), next INTEGER NOT NULL);
INSERT INTO engine_position VALUES (1, 0);
CREATE TABLE engine_event (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    issuer TEXT NOT NULL, leaf TEXT NOT NULL, public TEXT NOT NULL);
CREATE INDEX engine_event_kind ON engine_event (kind, idx);
CREATE TABLE engine_subject (subject TEXT PRIMARY KEY, seq INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE engine_object (hash TEXT PRIMARY KEY, idx INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE engine_private (payload TEXT PRIMARY KEY, idx INTEGER NOT NULL, field TEXT NOT NULL, erased INTEGER,
    taken INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX engine_private_idx ON engine_private (idx);
CREATE INDEX engine_private_erased ON engine_private (erased) WHERE erased IS NOT NULL;
CREATE TABLE engine_unknown (kind TEXT PRIMARY KEY, idx INTEGER NOT NULL, entries INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE engine_unknown_subject (subject TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE engine_fault (idx INTEGER NOT NULL, view TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (idx, view));
";
/// Raise it when the way events are taken in changes without the schema.
const GENERATION: u32 = 1;
const MAX_IDLE: usize = 16;
/// The value of `user_version` between an erasure and the rewriting of the file.
pub(crate) const MUST_REWRITE: i64 = 1;

/// The views' file and connections to read it.
pub(crate) struct Views {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Views {
    /// Opens the file for these views in `folder`, or begins it anew. Files of other schemas are left
    /// until [`Views::remove_others`].
    pub(crate) fn open(folder: &Path, views: &[Box<dyn View>]) -> Result<(Self, Connection), Fault> {
        let mut all = format!("{GENERATION}\n{SCHEMA}");
        for view in views {
            all.push_str(view.name());
            all.push_str(view.schema());
        }
        let name = &sha256(all.as_bytes()).to_hex()[..16];
        let path = folder.join(format!("views-{name}.db"));
        let writer = Connection::open(&path)?;
        writer.busy_timeout(Duration::from_secs(10))?;
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", "NORMAL")?;
        writer.pragma_update(None, "secure_delete", "ON")?;
        writer.set_prepared_statement_cache_capacity(256);
        keep_plans(&writer)?;
        let begun: Option<String> = writer
            .query_row("SELECT name FROM sqlite_master WHERE name = 'engine_position'", [], |row| row.get(0))
            .optional()?;
        if begun.is_none() {
            let tables: String = views.iter().map(|view| view.schema()).collect();
            writer.execute_batch(&format!("BEGIN;{SCHEMA}{tables}COMMIT;"))?;
        }
        Ok((Self { path, idle: Mutex::default() }, writer))
    }

    /// Empties every table, because the record is another one than the views were made from.
    pub(crate) fn reset(writer: &Connection) -> Result<(), Fault> {
        let tables: Vec<String> = {
            let mut query =
                writer.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'")?;
            let rows = query.query_map([], |row| row.get(0))?;
            rows.collect::<Result<_, _>>()?
        };
        let deletes: String = tables
            .iter()
            .filter(|name| *name != "engine_position")
            .map(|name| format!("DELETE FROM \"{name}\";"))
            .collect();
        writer.execute_batch(&format!(
            "BEGIN;{deletes}UPDATE engine_position SET next = 0;PRAGMA user_version = {MUST_REWRITE};COMMIT;"
        ))?;
        Ok(())
    }

    /// Removes the files of other schemas, once this one has caught up.
    pub(crate) fn remove_others(&self) {
        let Some(folder) = self.path.parent() else { return };
        let own = self.path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let Ok(files) = folder.read_dir() else { return };
        for file in files.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if name.starts_with("views-") && !name.starts_with(&own) {
                drop(std::fs::remove_file(file.path()));
            }
        }
    }

    /// Reads from one snapshot.
    pub(crate) fn read<T, E: From<rusqlite::Error>>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let connection = match kept {
            Some(connection) => connection,
            None => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let connection = Connection::open_with_flags(&self.path, flags)?;
                connection.busy_timeout(Duration::from_secs(10))?;
                connection.set_prepared_statement_cache_capacity(128);
                keep_plans(&connection)?;
                add_fold(&connection)?;
                connection
            }
        };
        connection.execute_batch("BEGIN")?;
        let result = read(&connection);
        connection.execute_batch("ROLLBACK")?;
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < MAX_IDLE
        {
            idle.push(connection);
        }
        result
    }
}

/// A statement is planned once. Without this SQLite plans it again for other values, which costs more than to run it.
fn keep_plans(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// A text as searches compare it: lower case of every script. SQLite's own `lower` knows ASCII only; in
/// reads of the views `fold(column)` is this function.
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

fn add_fold(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("fold", 1, flags, |ctx| Ok(ctx.get_raw(0).as_str_or_null()?.map(fold)))
}

/// Index of the next entry that the views will take in.
pub(crate) fn position(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT next FROM engine_position WHERE id = 1")?
        .query_row([], |row| row.get::<_, i64>(0))
        .map(|next| u64::try_from(next).unwrap_or(0))
}

/// How many entries about a subject the views have taken in.
pub(crate) fn subject_version(connection: &Connection, subject: &str) -> rusqlite::Result<u64> {
    let seq: Option<i64> = connection
        .prepare_cached("SELECT seq FROM engine_subject WHERE subject = ?1")?
        .query_row([subject], |row| row.get(0))
        .optional()?;
    Ok(u64::try_from(seq.unwrap_or(0)).unwrap_or(0))
}
