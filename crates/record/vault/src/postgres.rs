//! Keys in PostgreSQL, which several nodes share.
//!
//! Whoever seals and whoever destroys hold one lock, the first shared, the second alone: a subject's key
//! does not vanish between its use and the commit of what it wraps. Two nodes that make a key for one
//! subject at the same time come to the same one: the first to commit.

use crate::store::{Generation, KeyStore, NewKey, Rows, SubjectKeys, Wrap, WrappedKeys};
use crate::{KeyCounts, VaultError};
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
CREATE TABLE IF NOT EXISTS master_key (generation BIGINT PRIMARY KEY, payloads BIGINT NOT NULL, sealed BYTEA);
";
/// Rows that are wrapped anew at a time.
const PAGE: i64 = 512;
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
            // Somebody else changes or destroys keys for longer than a person waits.
            Some(db) if db.code().code() == "55P03" => Self::Busy,
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

    /// A database that is looked at and not changed, in whatever form it is.
    pub(crate) fn unprepared(url: &str) -> Self {
        Self(Pool::new(url))
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
            let what = "the keys are changed, but an older transaction keeps the old bytes in the tables; it is tried again";
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
        generation: u64,
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
                "SELECT subject, wrapped, (SELECT coalesce(max(generation), 0) FROM master_key)
                 FROM subject_key WHERE subject = ANY($1::text[])",
                &[&names],
            )?;
            if found.iter().any(|row| number(row, 2) != generation) {
                return Err(VaultError::Rotated);
            }
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
                must_rewrite(&mut transaction)?;
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

    fn generation(&self) -> Result<Option<Generation>, VaultError> {
        self.read(|client| {
            if !has_table(client, "master_key")? {
                return Ok(None);
            }
            let newest =
                "SELECT generation, coalesce(sealed, '') FROM master_key ORDER BY generation DESC LIMIT 1";
            let row = client.query_opt(newest, &[])?;
            Ok(row.map(|row| Generation { number: number(&row, 0), sealed: row.get(1) }))
        })
    }

    fn begin(&self, first: &Generation) -> Result<(), VaultError> {
        self.write(|client| {
            let mut transaction = begin(client)?;
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
            transaction.execute(
                "INSERT INTO master_key SELECT $1, 0, $2 WHERE NOT EXISTS (SELECT 1 FROM master_key)",
                &[&first.number.cast_signed(), &first.sealed],
            )?;
            Ok(transaction.commit()?)
        })
    }

    fn some_subjects(&self) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
        self.read(|client| {
            if !has_table(client, "subject_key")? {
                return Ok(Vec::new());
            }
            let rows = client.query("SELECT subject, wrapped FROM subject_key LIMIT 16", &[])?;
            Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
        })
    }

    fn rotate(&self, from: u64, to: &Generation, wrap: &mut Wrap<'_>) -> Result<u64, VaultError> {
        self.write(|client| {
            let mut transaction = begin(client)?;
            transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])?;
            expect(&mut transaction, from)?;
            let payloads = wrap(&mut PostgresRows(&mut transaction))?;
            transaction.execute("UPDATE master_key SET sealed = NULL", &[])?;
            transaction.execute(
                "INSERT INTO master_key VALUES ($1, $2, $3)",
                &[&to.number.cast_signed(), &payloads.cast_signed(), &to.sealed],
            )?;
            must_rewrite(&mut transaction)?;
            transaction.commit()?;
            Ok(payloads)
        })
    }

    fn rotations_after(&self, generation: u64) -> Result<Vec<(u64, u64)>, VaultError> {
        self.read(|client| {
            let rows = client.query(
                "SELECT generation, payloads FROM master_key WHERE generation > $1 ORDER BY generation",
                &[&generation.cast_signed()],
            )?;
            Ok(rows.iter().map(|row| (number(row, 0), number(row, 1))).collect())
        })
    }

    fn rewrite(&self) -> Result<(), VaultError> {
        self.write(rewrite)
    }

    fn counts(&self) -> Result<KeyCounts, VaultError> {
        let generation = self.generation()?.map_or(0, |one| one.number);
        self.read(|client| {
            if !has_table(client, "must_rewrite")? {
                return Ok(KeyCounts { generation, payloads: 0, subjects: 0, must_rewrite: false });
            }
            let all = "SELECT (SELECT count(*) FROM payload_key), (SELECT count(*) FROM subject_key),
                              EXISTS (SELECT 1 FROM must_rewrite)";
            let row = client.query_one(all, &[])?;
            let (payloads, subjects) = (number(&row, 0), number(&row, 1));
            Ok(KeyCounts { generation, payloads, subjects, must_rewrite: row.get(2) })
        })
    }

    fn with_keys(&self, ids: &[String]) -> Result<Vec<String>, VaultError> {
        self.read(|client| {
            let rows = client.query("SELECT id FROM payload_key WHERE id = ANY($1::text[])", &[&ids])?;
            Ok(rows.iter().map(|row| row.get(0)).collect())
        })
    }
}

struct PostgresRows<'a, 'c>(&'a mut Transaction<'c>);

impl Rows for PostgresRows<'_, '_> {
    fn count(&mut self) -> Result<u64, VaultError> {
        Ok(number(&self.0.query_one("SELECT count(*) FROM payload_key", &[])?, 0))
    }

    fn subjects(&mut self, after: &str) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
        let rows = self.0.query(
            "SELECT subject, wrapped FROM subject_key WHERE subject > $1 ORDER BY subject LIMIT $2",
            &[&after, &PAGE],
        )?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
    }

    fn payloads(
        &mut self,
        after: &(String, String),
        last: &str,
    ) -> Result<Vec<(String, String, Vec<u8>)>, VaultError> {
        let rows = self.0.query(
            "SELECT id, subject, wrapped FROM payload_key WHERE (subject, id) > ($1, $2) AND subject <= $3
             ORDER BY subject, id LIMIT $4",
            &[&after.0, &after.1, &last, &PAGE],
        )?;
        Ok(rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect())
    }

    fn put_subjects(&mut self, wrapped: &[(String, Vec<u8>)]) -> Result<(), VaultError> {
        self.put("UPDATE subject_key SET wrapped = new.wrapped FROM unnest($1::text[], $2::bytea[]) AS new (name, wrapped)
                  WHERE subject = new.name", wrapped)
    }

    fn put_payloads(&mut self, wrapped: &[(String, Vec<u8>)]) -> Result<(), VaultError> {
        self.put("UPDATE payload_key SET wrapped = new.wrapped FROM unnest($1::text[], $2::bytea[]) AS new (name, wrapped)
                  WHERE id = new.name", wrapped)
    }
}

impl PostgresRows<'_, '_> {
    fn put(&mut self, sql: &str, wrapped: &[(String, Vec<u8>)]) -> Result<(), VaultError> {
        let (names, keys): (Vec<&str>, Vec<&[u8]>) =
            wrapped.iter().map(|(name, key)| (name.as_str(), key.as_slice())).unzip();
        self.0.execute(sql, &[&names, &keys])?;
        Ok(())
    }
}

/// The generation that the transaction finds must be the one that its keys are of.
fn expect(transaction: &mut Transaction<'_>, generation: u64) -> Result<(), VaultError> {
    let found = transaction.query_one("SELECT coalesce(max(generation), 0) FROM master_key", &[])?;
    if number(&found, 0) == generation { Ok(()) } else { Err(VaultError::Rotated) }
}

/// Whoever is cut off before the tables are written anew leaves it to the next.
fn must_rewrite(transaction: &mut Transaction<'_>) -> Result<(), VaultError> {
    transaction.execute(
        "INSERT INTO must_rewrite VALUES (1, pg_current_xact_id()::text::bigint)
         ON CONFLICT (id) DO UPDATE SET transaction = excluded.transaction",
        &[],
    )?;
    Ok(())
}

fn has_table(client: &mut Client, name: &str) -> Result<bool, VaultError> {
    Ok(client.query_one("SELECT to_regclass($1) IS NOT NULL", &[&name])?.get(0))
}

fn number(row: &Row, column: usize) -> u64 {
    row.get::<_, i64>(column).cast_unsigned()
}
