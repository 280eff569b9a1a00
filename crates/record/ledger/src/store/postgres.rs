//! The record in PostgreSQL: several nodes write one log.
//!
//! Whoever writes holds the row of the head until the commit (`SELECT … FOR UPDATE`), so indexes are
//! contiguous, subjects' counts are compared and set in one transaction, and the tree grows in the
//! same order on every node. A node whose idea of the tree is old loads the edge tiles anew.

use super::sqlite::{signed, tile_id, unsigned};
use super::{Head, LogReader, LogStore, StoreError, WriteBatch};
use crate::act::{Param, Statement};
use ::postgres::types::ToSql;
use ::postgres::{Client, NoTls};
use std::sync::{Arc, Mutex};

/// Any number will do; all nodes must use the same, while one of them creates the tables.
const SCHEMA_LOCK: i64 = 0x7363_7275_7469_6e65;
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS log_head (id BIGINT PRIMARY KEY CHECK (id = 1), size BIGINT NOT NULL, last_at BIGINT NOT NULL);
INSERT INTO log_head VALUES (1, 0, 0) ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS log_entry (idx BIGINT PRIMARY KEY, bytes BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS log_tile (id BIGINT PRIMARY KEY, bytes BYTEA NOT NULL);
ALTER TABLE log_tile ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE TABLE IF NOT EXISTS log_subject (subject TEXT NOT NULL, seq BIGINT NOT NULL, idx BIGINT NOT NULL, PRIMARY KEY (subject, seq));
CREATE TABLE IF NOT EXISTS log_payload (id TEXT PRIMARY KEY, bytes BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS log_checkpoint (id BIGINT PRIMARY KEY CHECK (id = 1), size BIGINT NOT NULL, note TEXT NOT NULL);
";

impl From<::postgres::Error> for StoreError {
    fn from(error: ::postgres::Error) -> Self {
        match error.as_db_error() {
            Some(db) => Self(format!("{}: {}", db.code().code(), db.message())),
            None => Self(error.to_string()),
        }
    }
}

/// The writing side of a record in PostgreSQL.
pub struct PostgresStore {
    client: Client,
    reader: Arc<PostgresReader>,
}

impl PostgresStore {
    /// Connects, and creates the tables where they are missing. `url` is a libpq connection string.
    pub fn open(url: &str) -> Result<Self, StoreError> {
        let mut client = Client::connect(url, NoTls)?;
        client.batch_execute("SET synchronous_commit = on; SET client_min_messages = warning")?;
        client.batch_execute(&format!(
            "BEGIN; SELECT pg_advisory_xact_lock({SCHEMA_LOCK}); {SCHEMA} COMMIT;"
        ))?;
        let reader = Arc::new(PostgresReader { url: url.to_owned(), idle: Mutex::default() });
        Ok(Self { client, reader })
    }
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
        self.client.batch_execute("BEGIN")?;
        let row = self.client.query_one("SELECT size, last_at FROM log_head WHERE id = 1 FOR UPDATE", &[])?;
        Ok(Head { size: unsigned(row.get(0))?, last_at: row.get(1) })
    }

    fn version(&mut self, subject: &str) -> Result<u64, StoreError> {
        version(&mut self.client, subject)
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        tile(&mut self.client, level, index)
    }

    fn run(&mut self, statements: &[Statement]) -> Result<Result<(), String>, StoreError> {
        self.client.batch_execute("SAVEPOINT act")?;
        for statement in statements {
            let params: Vec<Box<dyn ToSql + Sync>> = statement.params.iter().map(as_sql).collect();
            let borrowed: Vec<&(dyn ToSql + Sync)> = params.iter().map(AsRef::as_ref).collect();
            if let Err(error) = self.client.execute(&statement.sql, &borrowed) {
                if error.as_db_error().is_none() {
                    return Err(error.into());
                }
                self.unrun()?;
                return Ok(Err(StoreError::from(error).0));
            }
        }
        Ok(Ok(()))
    }

    fn unrun(&mut self) -> Result<(), StoreError> {
        Ok(self.client.batch_execute("ROLLBACK TO act")?)
    }

    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        let indexes = (batch.start..)
            .take(batch.entries.len())
            .map(signed)
            .collect::<Result<Vec<i64>, StoreError>>()?;
        self.client.execute(
            "INSERT INTO log_entry (idx, bytes) SELECT * FROM unnest($1::bigint[], $2::bytea[])",
            &[&indexes, &batch.entries],
        )?;
        if !batch.subjects.is_empty() {
            let subjects: Vec<&str> = batch.subjects.iter().map(|(subject, _, _)| subject.as_str()).collect();
            let seqs =
                batch.subjects.iter().map(|(_, seq, _)| signed(*seq)).collect::<Result<Vec<i64>, _>>()?;
            let indexes =
                batch.subjects.iter().map(|(_, _, index)| signed(*index)).collect::<Result<Vec<i64>, _>>()?;
            self.client.execute(
                "INSERT INTO log_subject (subject, seq, idx) SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])",
                &[&subjects, &seqs, &indexes],
            )?;
        }
        for (id, bytes) in &batch.payloads {
            self.client.execute("INSERT INTO log_payload (id, bytes) VALUES ($1, $2)", &[id, bytes])?;
        }
        let ids = batch
            .tiles
            .iter()
            .map(|tile| tile_id(tile.level, tile.index))
            .collect::<Result<Vec<i64>, _>>()?;
        let tiles: Vec<&[u8]> = batch.tiles.iter().map(|tile| tile.bytes.as_slice()).collect();
        self.client.execute(
            "INSERT INTO log_tile (id, bytes) SELECT * FROM unnest($1::bigint[], $2::bytea[])
             ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes",
            &[&ids, &tiles],
        )?;
        self.client.execute(
            "UPDATE log_head SET size = $1, last_at = $2 WHERE id = 1",
            &[&signed(batch.head.size)?, &batch.head.last_at],
        )?;
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        Ok(self.client.batch_execute("COMMIT")?)
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        Ok(self.client.batch_execute("ROLLBACK")?)
    }

    fn checkpoint(&mut self) -> Result<Option<String>, StoreError> {
        checkpoint(&mut self.client)
    }

    fn put_checkpoint(&mut self, size: u64, text: &str) -> Result<bool, StoreError> {
        let changed = self.client.execute(
            "INSERT INTO log_checkpoint AS kept (id, size, note) VALUES (1, $1, $2)
             ON CONFLICT (id) DO UPDATE SET size = $1, note = $2 WHERE kept.size <= $1",
            &[&signed(size)?, &text],
        )?;
        Ok(changed == 1)
    }

    fn reader(&self) -> Arc<dyn LogReader> {
        Arc::clone(&self.reader) as Arc<dyn LogReader>
    }
}

/// The reading side: connections of its own.
struct PostgresReader {
    url: String,
    idle: Mutex<Vec<Client>>,
}

impl PostgresReader {
    fn with<T>(&self, read: impl FnOnce(&mut Client) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let kept = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut client = match kept {
            Some(client) if !client.is_closed() => client,
            _ => Client::connect(&self.url, NoTls)?,
        };
        let result = read(&mut client)?;
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < 8
        {
            idle.push(client);
        }
        Ok(result)
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

    fn payload(&self, id: &str) -> Result<Option<Vec<u8>>, StoreError> {
        self.with(|client| {
            Ok(client.query_opt("SELECT bytes FROM log_payload WHERE id = $1", &[&id])?.map(|row| row.get(0)))
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
