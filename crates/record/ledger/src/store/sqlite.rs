//! The record in one SQLite file: WAL, `synchronous=FULL`, one writer.

use super::{Head, LogReader, LogStore, Put, StoreError, StoreErrorKind, Totals, WriteBatch};
use crate::act::{Param, Statement};
use crate::lock::lock_file;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, ToSql, params};
use scr_canon::Hash32;
use scr_merkle::empty_root;
use scr_note::Checkpoint;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Version of the tables below; another one in the file is refused.
const SCHEMA_VERSION: i64 = 2;
const SCHEMA: &str = "
CREATE TABLE log_head (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, last_at INTEGER NOT NULL, root BLOB NOT NULL);
CREATE TABLE log_entry (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE log_tile (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE log_subject (subject TEXT NOT NULL, seq INTEGER NOT NULL, idx INTEGER NOT NULL,
    PRIMARY KEY (subject, seq)) WITHOUT ROWID;
CREATE TABLE log_payload (id TEXT PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE log_checkpoint (id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, root BLOB NOT NULL, note TEXT NOT NULL);
";
/// Read connections kept open.
const MAX_IDLE_READERS: usize = 8;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let kind = match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreErrorKind::Busy,
            _ => StoreErrorKind::Failed,
        };
        Self { kind, what: error.to_string() }
    }
}

impl ToSql for Param {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Int(n) => ToSqlOutput::Owned(Value::Integer(*n)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

/// The writing side of a record file.
pub struct SqliteStore {
    connection: Connection,
    reader: Arc<SqliteReader>,
    /// Held for the life of the store: a second process on the same log is refused.
    _lock: File,
}

impl SqliteStore {
    /// Opens or creates the record at `path`. Refused while another process has it open.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let lock = lock_beside(path)?;
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // Nothing of the log is ever deleted; rows of operational tables are, and may name people.
        connection.pragma_update(None, "secure_delete", "ON")?;
        connection.set_prepared_statement_cache_capacity(64);
        create_tables(&connection)?;
        let reader = Arc::new(SqliteReader { path: path.to_owned(), idle: Mutex::default() });
        Ok(Self { connection, reader, _lock: lock })
    }

    /// The writer's own connection, for tests that limit or damage the file.
    #[doc(hidden)]
    pub fn connection(&self) -> &Connection {
        &self.connection
    }
}

impl Drop for SqliteStore {
    /// Leaves one file behind: what is copied is then the whole record.
    fn drop(&mut self) {
        if let Ok(mut idle) = self.reader.idle.lock() {
            idle.clear();
        }
        let checkpoint = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        if let Err(error) = checkpoint {
            tracing::warn!(%error, "the write-ahead log could not be folded in; it is at the next start");
        }
    }
}

/// The reading side of a record file that another process may be writing.
pub fn read_only(path: &Path) -> Result<Arc<dyn LogReader>, StoreError> {
    let reader = SqliteReader { path: path.to_owned(), idle: Mutex::default() };
    reader.size()?;
    Ok(Arc::new(reader))
}

fn lock_beside(path: &Path) -> Result<File, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let lock = lock_file(Path::new(&name)).map_err(|e| {
        StoreError::failed(format!("the lock file beside {} cannot be opened: {e}", path.display()))
    })?;
    lock.ok_or_else(|| {
        StoreError::failed(format!("{} is open in another process; one log has one writer", path.display()))
    })
}

fn create_tables(connection: &Connection) -> Result<(), StoreError> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    match version {
        SCHEMA_VERSION => Ok(()),
        0 => {
            connection.execute_batch(&format!(
                "BEGIN IMMEDIATE;{SCHEMA}INSERT INTO log_head VALUES (1, 0, 0, x'{}');
                 PRAGMA user_version = {SCHEMA_VERSION};COMMIT;",
                empty_root().to_hex()
            ))?;
            Ok(())
        }
        other => Err(StoreError::failed(format!(
            "the record has version {other}, this program knows version {SCHEMA_VERSION}: use the program that wrote it"
        ))),
    }
}

impl LogStore for SqliteStore {
    fn begin(&mut self) -> Result<Head, StoreError> {
        self.connection.prepare_cached("BEGIN IMMEDIATE")?.execute([])?;
        head(&self.connection)
    }

    fn version(&mut self, subject: &str) -> Result<u64, StoreError> {
        version(&self.connection, subject)
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        tile(&self.connection, level, index)
    }

    fn taken_payload(&mut self, ids: &[&str]) -> Result<Option<String>, StoreError> {
        let mut query = self.connection.prepare_cached("SELECT 1 FROM log_payload WHERE id = ?1")?;
        for id in ids {
            if query.exists([id])? {
                return Ok(Some((*id).to_owned()));
            }
        }
        Ok(None)
    }

    fn run(&mut self, statements: &[Statement]) -> Result<Result<(), String>, StoreError> {
        self.connection.prepare_cached("SAVEPOINT act")?.execute([])?;
        for statement in statements {
            if let Err(reason) = execute(&self.connection, statement)? {
                self.unrun()?;
                return Ok(Err(reason));
            }
        }
        Ok(Ok(()))
    }

    fn keep(&mut self) -> Result<(), StoreError> {
        self.connection.prepare_cached("RELEASE act")?.execute([])?;
        Ok(())
    }

    fn unrun(&mut self) -> Result<(), StoreError> {
        self.connection.prepare_cached("ROLLBACK TO act")?.execute([])?;
        self.keep()
    }

    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        let mut insert =
            self.connection.prepare_cached("INSERT INTO log_entry (idx, bytes) VALUES (?1, ?2)")?;
        for (index, bytes) in (batch.start..).zip(&batch.entries) {
            insert.execute(params![signed(index)?, bytes])?;
        }
        let mut insert = self
            .connection
            .prepare_cached("INSERT INTO log_subject (subject, seq, idx) VALUES (?1, ?2, ?3)")?;
        for (subject, seq, index) in &batch.subjects {
            insert.execute(params![subject, signed(*seq)?, signed(*index)?])?;
        }
        let mut insert =
            self.connection.prepare_cached("INSERT INTO log_payload (id, bytes) VALUES (?1, ?2)")?;
        for (id, bytes) in &batch.payloads {
            insert.execute(params![id, bytes])?;
        }
        let mut insert =
            self.connection.prepare_cached("INSERT OR REPLACE INTO log_tile (id, bytes) VALUES (?1, ?2)")?;
        for tile in &batch.tiles {
            insert.execute(params![tile_id(tile.level, tile.index)?, tile.bytes])?;
        }
        self.connection
            .prepare_cached("UPDATE log_head SET size = ?1, last_at = ?2, root = ?3 WHERE id = 1")?
            .execute(params![signed(batch.head.size)?, batch.head.last_at, batch.head.root.0])?;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.connection.prepare_cached("COMMIT")?.execute([])?;
        Ok(())
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK")?;
        }
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<Option<String>, StoreError> {
        checkpoint(&self.connection)
    }

    fn put_checkpoint(&mut self, checkpoint: &Checkpoint, note: &str) -> Result<Put, StoreError> {
        let size = signed(checkpoint.size)?;
        let changed = self
            .connection
            .prepare_cached(
                "INSERT INTO log_checkpoint (id, size, root, note) VALUES (1, ?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET size = ?1, root = ?2, note = ?3
                 WHERE size < ?1 OR (size = ?1 AND root = ?2)",
            )?
            .execute(params![size, checkpoint.root.0, note])?;
        if changed == 1 {
            return Ok(Put::Kept);
        }
        let kept: i64 = self
            .connection
            .prepare_cached("SELECT size FROM log_checkpoint WHERE id = 1")?
            .query_row([], |row| row.get(0))?;
        Ok(if kept > size { Put::LargerKept(unsigned(kept)?) } else { Put::OtherRoot })
    }

    fn reader(&self) -> Arc<dyn LogReader> {
        Arc::clone(&self.reader) as Arc<dyn LogReader>
    }
}

/// The reading side: connections of its own, so that readers see the last commit and wait for nobody.
struct SqliteReader {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl SqliteReader {
    fn with<T>(&self, read: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let kept = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let connection = match kept {
            Some(connection) => connection,
            None => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
                let connection = Connection::open_with_flags(&self.path, flags)?;
                connection.busy_timeout(std::time::Duration::from_secs(10))?;
                connection
            }
        };
        let result = read(&connection);
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < MAX_IDLE_READERS
        {
            idle.push(connection);
        }
        result
    }
}

impl LogReader for SqliteReader {
    fn size(&self) -> Result<u64, StoreError> {
        self.with(|connection| head(connection).map(|head| head.size))
    }

    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, StoreError> {
        self.with(|connection| {
            let mut query = connection
                .prepare_cached("SELECT bytes FROM log_entry WHERE idx >= ?1 ORDER BY idx LIMIT ?2")?;
            let rows = query.query_map(params![signed(from)?, signed(limit as u64)?], |row| row.get(0))?;
            Ok(rows.collect::<Result<Vec<Vec<u8>>, _>>()?)
        })
    }

    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.with(|connection| tile(connection, level, index))
    }

    fn checkpoint(&self) -> Result<Option<String>, StoreError> {
        self.with(checkpoint)
    }

    fn version(&self, subject: &str) -> Result<u64, StoreError> {
        self.with(|connection| version(connection, subject))
    }

    fn history(&self, subject: &str, after: u64, limit: usize) -> Result<Vec<(u64, u64)>, StoreError> {
        self.with(|connection| {
            let mut query = connection.prepare_cached(
                "SELECT seq, idx FROM log_subject WHERE subject = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
            )?;
            let rows = query.query_map(params![subject, signed(after)?, signed(limit as u64)?], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })?;
            rows.map(|row| {
                row.map_err(StoreError::from).and_then(|(seq, idx)| Ok((unsigned(seq)?, unsigned(idx)?)))
            })
            .collect()
        })
    }

    fn payloads(&self, ids: &[&str]) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        self.with(|connection| {
            let mut query = connection.prepare_cached("SELECT bytes FROM log_payload WHERE id = ?1")?;
            let mut found = BTreeMap::new();
            for id in ids {
                if let Some(bytes) = query.query_row([id], |row| row.get(0)).optional()? {
                    found.insert((*id).to_owned(), bytes);
                }
            }
            Ok(found)
        })
    }

    fn totals(&self) -> Result<Totals, StoreError> {
        self.with(|connection| {
            // One snapshot: a server may be writing.
            let connection = &connection.unchecked_transaction()?;
            let count = |table: &str| -> Result<u64, StoreError> {
                let counted =
                    connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
                unsigned(counted?)
            };
            let columns: Option<(i64, Vec<u8>)> = connection
                .prepare_cached("SELECT size, root FROM log_checkpoint WHERE id = 1")?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let checkpoint = columns.map(|(size, root)| Ok::<_, StoreError>((unsigned(size)?, hash(&root)?)));
            Ok(Totals {
                head: head(connection)?,
                counters: count("log_subject")?,
                payloads: count("log_payload")?,
                checkpoint: checkpoint.transpose()?,
            })
        })
    }
}

/// Runs one statement of an act. To SQLite `$1` is a name, numbered by where it first appears: each
/// parameter is therefore bound by its name, as PostgreSQL does. The inner error refuses the act.
fn execute(connection: &Connection, statement: &Statement) -> Result<Result<(), String>, StoreError> {
    let run = || -> rusqlite::Result<Result<(), String>> {
        let mut prepared = connection.prepare_cached(&statement.sql)?;
        let (named, given) = (prepared.parameter_count(), statement.params.len());
        if named != given {
            return Ok(Err(format!("the statement names {named} parameters, {given} were given")));
        }
        for (number, param) in (1..).zip(&statement.params) {
            let Some(position) = prepared.parameter_index(&format!("${number}"))? else {
                return Ok(Err(format!("the statement does not name ${number}")));
            };
            prepared.raw_bind_parameter(position, param)?;
        }
        prepared.raw_execute().map(|_| Ok(()))
    };
    match run() {
        Ok(outcome) => Ok(outcome),
        // A full disk or a failed write ends the whole transaction, not this statement alone.
        Err(error) if connection.is_autocommit() || is_fault_of_the_store(&error) => Err(error.into()),
        Err(error) => Ok(Err(error.to_string())),
    }
}

fn is_fault_of_the_store(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(
            ErrorCode::InternalMalfunction
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::OutOfMemory
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseCorrupt
                | ErrorCode::DiskFull
                | ErrorCode::CannotOpen
                | ErrorCode::NotADatabase
        )
    )
}

fn head(connection: &Connection) -> Result<Head, StoreError> {
    let (size, last_at, root): (i64, i64, Vec<u8>) = connection
        .prepare_cached("SELECT size, last_at, root FROM log_head WHERE id = 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(Head { size: unsigned(size)?, last_at, root: hash(&root)? })
}

fn version(connection: &Connection, subject: &str) -> Result<u64, StoreError> {
    let newest: Option<i64> = connection
        .prepare_cached("SELECT max(seq) FROM log_subject WHERE subject = ?1")?
        .query_row([subject], |row| row.get(0))?;
    unsigned(newest.unwrap_or(0))
}

fn tile(connection: &Connection, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let mut query = connection.prepare_cached("SELECT bytes FROM log_tile WHERE id = ?1")?;
    Ok(query.query_row([tile_id(level, index)?], |row| row.get(0)).optional()?)
}

fn checkpoint(connection: &Connection) -> Result<Option<String>, StoreError> {
    let mut query = connection.prepare_cached("SELECT note FROM log_checkpoint WHERE id = 1")?;
    Ok(query.query_row([], |row| row.get(0)).optional()?)
}

/// Level in the upper byte, number below: one integer key, so that a tile is one row.
pub(crate) fn tile_id(level: u8, index: u64) -> Result<i64, StoreError> {
    if level > 7 || index >> 56 != 0 {
        return Err(StoreError::failed("a tile beyond 2^63 entries"));
    }
    signed(u64::from(level) << 56 | index)
}

pub(crate) fn hash(bytes: &[u8]) -> Result<Hash32, StoreError> {
    Hash32::from_slice(bytes).map_err(|_| StoreError::failed("the stored root has not 32 bytes"))
}

pub(crate) fn signed(n: u64) -> Result<i64, StoreError> {
    i64::try_from(n).map_err(|_| StoreError::failed(format!("{n} is larger than 2^63-1")))
}

pub(crate) fn unsigned(n: i64) -> Result<u64, StoreError> {
    u64::try_from(n).map_err(|_| StoreError::failed(format!("the database holds the negative number {n}")))
}

#[cfg(test)]
mod tests;
