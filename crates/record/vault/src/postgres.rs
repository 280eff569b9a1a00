//! Keys in PostgreSQL, which several nodes share.
//!
//! Whoever seals and whoever destroys hold one lock, the first shared, the second alone: a subject's key
//! does not vanish between its use and the commit of what it wraps. Two nodes that make a key for one
//! subject at the same time come to the same one: the first to commit.

use crate::VaultError;
use crate::store::{KeyStore, NewKey, SubjectKeys, WrappedKeys};
use ::postgres::{Client, Row, Transaction};
use scr_postgres::Pool;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Any number will do; all nodes must use the same.
const LOCK: i64 = 0x7363_7276_6175_6c74;
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS subject_key (subject TEXT PRIMARY KEY, wrapped BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS payload_key (id TEXT PRIMARY KEY, subject TEXT NOT NULL, wrapped BYTEA NOT NULL);
CREATE INDEX IF NOT EXISTS payload_key_subject ON payload_key (subject);
CREATE TABLE IF NOT EXISTS must_rewrite (id BIGINT PRIMARY KEY CHECK (id = 1), transaction BIGINT NOT NULL);
";
const RECORD: &str = "SELECT coalesce(to_regclass('log_entry'), to_regclass('public.log_entry')) IS NOT NULL";
/// Durable before it is answered; a node that vanished holds nothing up for long.
const SETTINGS: &str =
    "SET synchronous_commit = on; SET lock_timeout = '10s'; SET client_min_messages = warning;
SET idle_in_transaction_session_timeout = '60s'";

impl From<::postgres::Error> for VaultError {
    fn from(error: ::postgres::Error) -> Self {
        match error.as_db_error() {
            // PostgreSQL, appendix A: disk full.
            Some(db) if db.code().code() == "53100" => Self::Full,
            Some(db) => Self::Store(format!("{}: {}", db.code().code(), db.message())),
            None => Self::Store(error.to_string()),
        }
    }
}

/// How long older transactions are waited for.
const PATIENCE: Duration = Duration::from_secs(10);
const AGAIN_AFTER: Duration = Duration::from_millis(20);

pub(crate) struct PostgresKeys(Pool);

impl PostgresKeys {
    /// Refused where the database holds a record: keys stand apart from what they open.
    pub(crate) fn open(url: &str) -> Result<Self, VaultError> {
        let keys = Self(Pool::new(url));
        keys.write(|client| {
            let record: bool = client.query_one(RECORD, &[])?.get(0);
            if record {
                return Err(VaultError::WithRecord);
            }
            let mut transaction = begin(client)?;
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
            transaction.batch_execute(SCHEMA)?;
            Ok(transaction.commit()?)
        })?;
        Ok(keys)
    }

    fn read<T: Send>(
        &self,
        read: impl Fn(&mut Client) -> Result<T, VaultError> + Send,
    ) -> Result<T, VaultError> {
        self.0.read(read).unwrap_or_else(panicked)
    }

    fn write<T: Send>(
        &self,
        write: impl FnOnce(&mut Client) -> Result<T, VaultError> + Send,
    ) -> Result<T, VaultError> {
        self.0.write(write).unwrap_or_else(panicked)
    }
}

fn panicked<T>() -> Result<T, VaultError> {
    Err(VaultError::Store("the driver panicked".to_owned()))
}

fn begin(client: &mut Client) -> Result<Transaction<'_>, VaultError> {
    let mut transaction = client.transaction()?;
    transaction.batch_execute(SETTINGS)?;
    Ok(transaction)
}

/// Writes the tables anew after rows were deleted. `VACUUM FULL` keeps a deleted row while a transaction goes
/// on, in any database of the server, that began before the deletion: such transactions are waited for.
fn rewrite(client: &mut Client) -> Result<(), VaultError> {
    let until = Instant::now() + PATIENCE;
    let deleted: i64 = loop {
        let row = client.query_opt(
            "SELECT transaction, pg_snapshot_xmin(pg_current_snapshot())::text::bigint > transaction
             FROM must_rewrite",
            &[],
        )?;
        let Some(row) = row else { return Ok(()) };
        if row.get(1) {
            break row.get(0);
        }
        if Instant::now() >= until {
            let what = "the keys are deleted, but an older transaction keeps their bytes in the tables; it is tried again";
            return Err(VaultError::Store(what.to_owned()));
        }
        std::thread::sleep(AGAIN_AFTER);
    };
    // Not inside a transaction. Whoever reads the tables for long (a backup) lets it be tried again.
    client.batch_execute("SET lock_timeout = '10s'")?;
    client.batch_execute("VACUUM FULL payload_key")?;
    client.batch_execute("VACUUM FULL subject_key")?;
    client.execute("DELETE FROM must_rewrite WHERE transaction = $1", &[&deleted])?;
    Ok(())
}

impl KeyStore for PostgresKeys {
    fn is_shared(&self) -> bool {
        true
    }

    fn add(
        &self,
        subjects: &[(&str, Vec<u8>)],
        rows: &mut (dyn FnMut(&SubjectKeys) -> Result<Vec<NewKey>, VaultError> + Send),
    ) -> Result<(), VaultError> {
        let (names, new): (Vec<&str>, Vec<&[u8]>) =
            subjects.iter().map(|(subject, key)| (*subject, key.as_slice())).unzip();
        self.write(|client| {
            let mut transaction = begin(client)?;
            transaction.execute("SELECT pg_advisory_xact_lock_shared($1)", &[&LOCK])?;
            // In the order of names, so that two nodes do not wait for each other.
            transaction.execute(
                "INSERT INTO subject_key (subject, wrapped)
                 SELECT * FROM unnest($1::text[], $2::bytea[]) AS new (subject, wrapped) ORDER BY 1
                 ON CONFLICT DO NOTHING",
                &[&names, &new],
            )?;
            let found = transaction.query(
                "SELECT subject, wrapped FROM subject_key WHERE subject = ANY($1::text[])",
                &[&names],
            )?;
            let found: SubjectKeys = found.iter().map(|row| (row.get(0), row.get(1))).collect();
            let rows = rows(&found)?;
            let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
            let owners: Vec<&str> = rows.iter().map(|row| row.subject.as_str()).collect();
            let wrapped: Vec<&[u8]> = rows.iter().map(|row| row.wrapped.as_slice()).collect();
            transaction.execute(
                "INSERT INTO payload_key (id, subject, wrapped)
                 SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) ON CONFLICT DO NOTHING",
                &[&ids, &owners, &wrapped],
            )?;
            Ok(transaction.commit()?)
        })
    }

    fn wrapped(&self, ids: &[&str]) -> Result<BTreeMap<String, WrappedKeys>, VaultError> {
        self.read(|client| {
            let rows = client.query(
                "SELECT payload.id, payload.subject, payload.wrapped, owner.wrapped FROM payload_key AS payload
                 LEFT JOIN subject_key AS owner ON owner.subject = payload.subject
                 WHERE payload.id = ANY($1::text[])",
                &[&ids],
            )?;
            let keys = |row: &Row| WrappedKeys {
                subject: row.get(1),
                wrapped: row.get(2),
                subject_key: row.get(3),
            };
            Ok(rows.iter().map(|row| (row.get(0), keys(row))).collect())
        })
    }

    /// The tables are written anew, because PostgreSQL keeps deleted rows until then. Its write-ahead log
    /// forgets them when it is recycled.
    fn destroy(&self, ids: &[&str]) -> Result<usize, VaultError> {
        self.write(|client| {
            let mut transaction = begin(client)?;
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
            let gone = transaction.execute("DELETE FROM payload_key WHERE id = ANY($1::text[])", &[&ids])?;
            if gone > 0 {
                transaction.execute(
                    "DELETE FROM subject_key WHERE NOT EXISTS
                     (SELECT 1 FROM payload_key WHERE payload_key.subject = subject_key.subject)",
                    &[],
                )?;
                // Whoever is cut off before the tables are written anew leaves it to the next.
                transaction.execute(
                    "INSERT INTO must_rewrite VALUES (1, pg_current_xact_id()::text::bigint)
                     ON CONFLICT (id) DO UPDATE SET transaction = excluded.transaction",
                    &[],
                )?;
            }
            transaction.commit()?;
            rewrite(client)?;
            Ok(usize::try_from(gone).unwrap_or(usize::MAX))
        })
    }

    fn owned_by(&self, subject: &str, limit: usize) -> Result<Vec<String>, VaultError> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.read(|client| {
            let rows = client.query(
                "SELECT id FROM payload_key WHERE subject = $1 ORDER BY id LIMIT $2",
                &[&subject, &limit],
            )?;
            Ok(rows.iter().map(|row| row.get(0)).collect())
        })
    }

    fn all(&self) -> Result<Vec<String>, VaultError> {
        self.read(|client| {
            let rows = client.query("SELECT id FROM payload_key", &[])?;
            Ok(rows.iter().map(|row| row.get(0)).collect())
        })
    }
}
