//! The record in PostgreSQL: several nodes write one log.
//!
//! Whoever writes holds the row of the head until the commit (`SELECT … FOR UPDATE`), so indexes are
//! contiguous, subjects' counts are compared and set in one transaction, and the tree grows in the
//! same order on every node. A node whose idea of the tree is old loads the edge tiles anew.

use super::sqlite::{hash, signed, tile_id, unsigned};
use super::{Head, LogReader, LogStore, Put, StoreError, StoreErrorKind, Totals, WriteBatch};
use crate::act::{Param, Statement};
use ::postgres::Client;
use ::postgres::types::ToSql;
use scr_merkle::empty_root;
use scr_note::Checkpoint;
use scr_postgres::Pool;
use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a commit that nobody answered is asked about.
const ASK_FOR: Duration = Duration::from_secs(15);
const ASK_AGAIN_AFTER: Duration = Duration::from_millis(200);

/// Any number will do; all nodes must use the same, while one of them creates the tables.
const SCHEMA_LOCK: i64 = 0x7363_7275_7469_6e65;
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS log_head (id BIGINT PRIMARY KEY CHECK (id = 1), size BIGINT NOT NULL, last_at BIGINT NOT NULL, root BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS log_entry (idx BIGINT PRIMARY KEY, bytes BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS log_tile (id BIGINT PRIMARY KEY, bytes BYTEA NOT NULL);
ALTER TABLE log_tile ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS log_subject (subject TEXT NOT NULL, seq BIGINT NOT NULL, idx BIGINT NOT NULL, PRIMARY KEY (subject, seq));
CREATE TABLE IF NOT EXISTS log_payload (id TEXT PRIMARY KEY, bytes BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS log_writer (id TEXT PRIMARY KEY, number BIGINT NOT NULL, seen TIMESTAMPTZ NOT NULL);
DELETE FROM log_writer WHERE seen < now() - interval '30 days';
CREATE TABLE IF NOT EXISTS log_checkpoint (id BIGINT PRIMARY KEY CHECK (id = 1), size BIGINT NOT NULL, root BYTEA NOT NULL, note TEXT NOT NULL);
";

/// A writer that waits longer than this for another node gives up; a node that vanished inside a
/// transaction loses it.
const SESSION: &str = "SET synchronous_commit = on; SET client_min_messages = warning;
SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '10s'";

impl From<::postgres::Error> for StoreError {
    fn from(error: ::postgres::Error) -> Self {
        let what = match error.as_db_error() {
            Some(db) => format!("{}: {}", db.code().code(), db.message()),
            None => error.to_string(),
        };
        Self { kind: kind(&error), what }
    }
}

/// By SQLSTATE (PostgreSQL, appendix A), or by what went wrong with the connection.
fn kind(error: &::postgres::Error) -> StoreErrorKind {
    let Some(db) = error.as_db_error() else {
        let broken = error.source().is_some_and(|source| source.is::<std::io::Error>());
        return if broken || error.is_closed() { StoreErrorKind::Lost } else { StoreErrorKind::Failed };
    };
    match db.code().code() {
        // Serialization failure, deadlock, lock timeout, cancelled query.
        code if code.starts_with("40") || code == "55P03" || code == "57014" => StoreErrorKind::Busy,
        // Connection exceptions, shutdown, no free connection, idle in a transaction, now a standby.
        code if code.starts_with("08") || code.starts_with("57P") => StoreErrorKind::Lost,
        "53300" | "25P03" | "25006" => StoreErrorKind::Lost,
        _ => StoreErrorKind::Failed,
    }
}

/// Whether an error while a statement ran is the statement's own fault.
fn refuses(error: &::postgres::Error) -> bool {
    let store = ["53", "54", "58", "XX"]; // resources, limits, the system, internal errors
    let class = error.as_db_error().map(|db| db.code().code().chars().take(2).collect::<String>());
    kind(error) == StoreErrorKind::Failed && class.is_none_or(|class| !store.contains(&class.as_str()))
}

/// The writing side of a record in PostgreSQL.
pub struct PostgresStore {
    url: String,
    /// `None` after the connection was lost, until the next transaction.
    client: Option<Client>,
    /// The name of this writer in `log_writer`, and the number of its last transaction: written with each, so that
    /// a commit which nobody answered can be asked about. (The server's own numbers may be given again after a
    /// crash, to somebody else's transaction.)
    writer: String,
    number: i64,
    reader: Arc<PostgresReader>,
}

impl PostgresStore {
    /// Connects, and creates the tables where they are missing. `url` is a libpq connection string.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let mut client = connect(url)?;
        client.batch_execute(&format!(
            "BEGIN; SELECT pg_advisory_xact_lock({SCHEMA_LOCK}); {SCHEMA}
             INSERT INTO log_head VALUES (1, 0, 0, '\\x{}') ON CONFLICT DO NOTHING; COMMIT;",
            empty_root().to_hex()
        ))?;
        let sql = "INSERT INTO log_writer VALUES (gen_random_uuid()::text, 0, now()) RETURNING id";
        let writer = client.query_one(sql, &[])?.get(0);
        let reader = Arc::new(PostgresReader(Pool::new(url)));
        Ok(Self { url: url.to_owned(), client: Some(client), writer, number: 0, reader })
    }

    fn client(&mut self) -> Result<&mut Client, StoreError> {
        let lost = || StoreError { kind: StoreErrorKind::Lost, what: "the connection is lost".to_owned() };
        self.client.as_mut().ok_or_else(lost)
    }

    fn try_begin(&mut self) -> Result<Head, StoreError> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.client = Some(connect(&self.url)?);
        }
        let client = self.client()?;
        client.batch_execute("BEGIN")?;
        let row =
            client.query_one("SELECT size, last_at, root FROM log_head WHERE id = 1 FOR UPDATE", &[])?;
        Ok(Head { size: unsigned(row.get(0))?, last_at: row.get(1), root: hash(row.get(2))? })
    }
}

/// What became of a transaction whose commit was not answered. `Ok` when it is committed. Whoever holds the row
/// of the head waits for it first: then it has ended, one way or the other, and its number stands or not.
fn ask(url: &str, writer: &str, number: i64, lost: &StoreError) -> Result<(), StoreError> {
    let until = Instant::now() + ASK_FOR;
    loop {
        let answer = connect(url).and_then(|mut client| {
            let mut transaction = client.transaction()?;
            transaction.execute("SELECT 1 FROM log_head WHERE id = 1 FOR UPDATE", &[])?;
            let row = transaction.query_one("SELECT number FROM log_writer WHERE id = $1", &[&writer])?;
            Ok(row.get::<_, i64>(0))
        });
        match answer {
            Ok(found) if found == number => return Ok(()),
            Ok(_) => return Err(StoreError { kind: StoreErrorKind::Busy, what: lost.what.clone() }),
            // Another writer is slow, or nobody answers: the server starts anew.
            Err(StoreError { kind: StoreErrorKind::Lost | StoreErrorKind::Busy, .. }) => {}
            Err(error) => {
                return Err(StoreError::failed(format!("what became of the commit is unknown: {error}")));
            }
        }
        if Instant::now() >= until {
            return Err(StoreError::failed(format!("nobody says what became of the commit: {lost}")));
        }
        std::thread::sleep(ASK_AGAIN_AFTER);
    }
}

/// The reading side of a record that is there; makes no tables.
pub fn read_only(url: &str) -> Result<Arc<dyn LogReader>, StoreError> {
    let reader = PostgresReader(Pool::new(url));
    reader.size()?;
    Ok(Arc::new(reader))
}

fn connect(url: &str) -> Result<Client, StoreError> {
    let mut client = scr_postgres::connect(url)?;
    client.batch_execute(SESSION)?;
    Ok(client)
}

fn as_sql(param: &Param) -> Box<dyn ToSql + Sync> {
    match param {
        Param::Null => Box::new(None::<String>),
        Param::Int(n) => Box::new(*n),
        Param::Text(text) => Box::new(text.clone()),
        Param::Blob(bytes) => Box::new(bytes.clone()),
    }
}

impl LogStore for PostgresStore {
    fn begin(&mut self) -> Result<Head, StoreError> {
        match self.try_begin() {
            // Nothing has begun yet, so a second attempt on a new connection is safe.
            Err(error) if error.kind == StoreErrorKind::Lost => {
                self.client = None;
                self.try_begin()
            }
            other => other,
        }
    }

    fn version(&mut self, subject: &str) -> Result<u64, StoreError> {
        version(self.client()?, subject)
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        tile(self.client()?, level, index)
    }

    fn taken_payload(&mut self, ids: &[&str]) -> Result<Option<String>, StoreError> {
        let row = self
            .client()?
            .query_opt("SELECT id FROM log_payload WHERE id = ANY($1::text[]) LIMIT 1", &[&ids])?;
        Ok(row.map(|row| row.get(0)))
    }

    fn run(&mut self, statements: &[Statement]) -> Result<Result<(), String>, StoreError> {
        self.client()?.batch_execute("SAVEPOINT act")?;
        for statement in statements {
            let params: Vec<Box<dyn ToSql + Sync>> = statement.params.iter().map(as_sql).collect();
            let borrowed: Vec<&(dyn ToSql + Sync)> = params.iter().map(AsRef::as_ref).collect();
            if let Err(error) = self.client()?.execute(&statement.sql, &borrowed) {
                if !refuses(&error) {
                    return Err(error.into());
                }
                self.unrun()?;
                return Ok(Err(StoreError::from(error).what));
            }
        }
        Ok(Ok(()))
    }

    fn keep(&mut self) -> Result<(), StoreError> {
        Ok(self.client()?.batch_execute("RELEASE act")?)
    }

    fn unrun(&mut self) -> Result<(), StoreError> {
        Ok(self.client()?.batch_execute("ROLLBACK TO act; RELEASE act")?)
    }

    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        let client = self.client()?;
        let indexes = (batch.start..)
            .take(batch.entries.len())
            .map(signed)
            .collect::<Result<Vec<i64>, StoreError>>()?;
        client.execute(
            "INSERT INTO log_entry (idx, bytes) SELECT * FROM unnest($1::bigint[], $2::bytea[])",
            &[&indexes, &batch.entries],
        )?;
        if !batch.subjects.is_empty() {
            let subjects: Vec<&str> = batch.subjects.iter().map(|(subject, _, _)| subject.as_str()).collect();
            let seqs =
                batch.subjects.iter().map(|(_, seq, _)| signed(*seq)).collect::<Result<Vec<i64>, _>>()?;
            let indexes =
                batch.subjects.iter().map(|(_, _, index)| signed(*index)).collect::<Result<Vec<i64>, _>>()?;
            client.execute(
                "INSERT INTO log_subject (subject, seq, idx) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])",
                &[&subjects, &seqs, &indexes],
            )?;
        }
        for (id, bytes) in &batch.payloads {
            client.execute("INSERT INTO log_payload (id, bytes) VALUES ($1, $2)", &[id, bytes])?;
        }
        let ids = batch
            .tiles
            .iter()
            .map(|tile| tile_id(tile.level, tile.index))
            .collect::<Result<Vec<i64>, _>>()?;
        let tiles: Vec<&[u8]> = batch.tiles.iter().map(|tile| tile.bytes.as_slice()).collect();
        client.execute(
            "INSERT INTO log_tile (id, bytes) SELECT * FROM unnest($1::bigint[], $2::bytea[])
             ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes",
            &[&ids, &tiles],
        )?;
        client.execute(
            "UPDATE log_head SET size = $1, last_at = $2, root = $3 WHERE id = 1",
            &[&signed(batch.head.size)?, &batch.head.last_at, &&batch.head.root.0[..]],
        )?;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.number += 1;
        let (writer, number) = (&self.writer, self.number);
        let sql =
            format!("UPDATE log_writer SET number = {number}, seen = now() WHERE id = '{writer}'; COMMIT");
        let Err(error) = self.client()?.batch_execute(&sql) else { return Ok(()) };
        let error = StoreError::from(error);
        if error.kind != StoreErrorKind::Lost {
            return Err(error);
        }
        self.client = None;
        ask(&self.url, &self.writer, self.number, &error)
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        // A connection that cannot even roll back is dropped; the server then gives the transaction up.
        if self.client.as_mut().is_some_and(|client| client.batch_execute("ROLLBACK").is_err()) {
            self.client = None;
        }
        Ok(())
    }

    fn checkpoint(&mut self) -> Result<Option<String>, StoreError> {
        checkpoint(self.client()?)
    }

    fn put_checkpoint(&mut self, checkpoint: &Checkpoint, note: &str) -> Result<Put, StoreError> {
        let size = signed(checkpoint.size)?;
        let client = self.client()?;
        let changed = client.execute(
            "INSERT INTO log_checkpoint AS kept (id, size, root, note) VALUES (1, $1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET size = $1, root = $2, note = $3
             WHERE kept.size < $1 OR (kept.size = $1 AND kept.root = $2)",
            &[&size, &&checkpoint.root.0[..], &note],
        )?;
        if changed == 1 {
            return Ok(Put::Kept);
        }
        let kept: i64 = client.query_one("SELECT size FROM log_checkpoint WHERE id = 1", &[])?.get(0);
        Ok(if kept > size { Put::LargerKept(unsigned(kept)?) } else { Put::OtherRoot })
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn reader(&self) -> Arc<dyn LogReader> {
        Arc::clone(&self.reader) as Arc<dyn LogReader>
    }
}

/// The reading side: connections of its own.
struct PostgresReader(Pool);

impl PostgresReader {
    fn with<T: Send>(
        &self,
        read: impl Fn(&mut Client) -> Result<T, StoreError> + Send,
    ) -> Result<T, StoreError> {
        self.0.read(read).unwrap_or_else(|| Err(StoreError::failed("the reading thread panicked")))
    }
}

impl LogReader for PostgresReader {
    fn size(&self) -> Result<u64, StoreError> {
        self.with(|client| unsigned(client.query_one("SELECT size FROM log_head WHERE id = 1", &[])?.get(0)))
    }

    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, StoreError> {
        self.with(|client| {
            let rows = client.query(
                "SELECT bytes FROM log_entry WHERE idx >= $1 ORDER BY idx LIMIT $2",
                &[&signed(from)?, &signed(limit as u64)?],
            )?;
            Ok(rows.iter().map(|row| row.get(0)).collect())
        })
    }

    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.with(|client| tile(client, level, index))
    }

    fn checkpoint(&self) -> Result<Option<String>, StoreError> {
        self.with(checkpoint)
    }

    fn version(&self, subject: &str) -> Result<u64, StoreError> {
        self.with(|client| version(client, subject))
    }

    fn history(&self, subject: &str, after: u64, limit: usize) -> Result<Vec<(u64, u64)>, StoreError> {
        self.with(|client| {
            let rows = client.query(
                "SELECT seq, idx FROM log_subject WHERE subject = $1 AND seq > $2 ORDER BY seq LIMIT $3",
                &[&subject, &signed(after)?, &signed(limit as u64)?],
            )?;
            rows.iter().map(|row| Ok((unsigned(row.get(0))?, unsigned(row.get(1))?))).collect()
        })
    }

    fn payloads(&self, ids: &[&str]) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        self.with(|client| {
            let rows =
                client.query("SELECT id, bytes FROM log_payload WHERE id = ANY($1::text[])", &[&ids])?;
            Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
        })
    }

    fn totals(&self) -> Result<Totals, StoreError> {
        self.with(|client| {
            let mut count =
                |sql: &str| -> Result<u64, StoreError> { unsigned(client.query_one(sql, &[])?.get(0)) };
            let counters = count("SELECT count(*) FROM log_subject")?;
            let payloads = count("SELECT count(*) FROM log_payload")?;
            let row = client.query_one("SELECT size, last_at, root FROM log_head WHERE id = 1", &[])?;
            let root: Vec<u8> = row.get(2);
            let head = Head { size: unsigned(row.get(0))?, last_at: row.get(1), root: hash(&root)? };
            let columns = client.query_opt("SELECT size, root FROM log_checkpoint WHERE id = 1", &[])?;
            let checkpoint = columns.map(|row| {
                let root: Vec<u8> = row.get(1);
                Ok::<_, StoreError>((unsigned(row.get(0))?, hash(&root)?))
            });
            Ok(Totals { head, counters, payloads, checkpoint: checkpoint.transpose()? })
        })
    }
}

fn version(client: &mut Client, subject: &str) -> Result<u64, StoreError> {
    let row =
        client.query_one("SELECT coalesce(max(seq), 0) FROM log_subject WHERE subject = $1", &[&subject])?;
    unsigned(row.get(0))
}

fn tile(client: &mut Client, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let id = tile_id(level, index)?;
    Ok(client.query_opt("SELECT bytes FROM log_tile WHERE id = $1", &[&id])?.map(|row| row.get(0)))
}

fn checkpoint(client: &mut Client) -> Result<Option<String>, StoreError> {
    Ok(client.query_opt("SELECT note FROM log_checkpoint WHERE id = 1", &[])?.map(|row| row.get(0)))
}
