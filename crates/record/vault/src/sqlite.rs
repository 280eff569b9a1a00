//! `keys.db`: the keys of one machine.

use crate::store::{Generation, KeyStore, NewKey, Rows, SubjectKeys, Wrap, WrappedKeys};
use crate::{KeyCounts, VaultError};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Transaction, TransactionBehavior, params};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

/// The value of `user_version` between a deletion and the rewriting of the file.
const MUST_REWRITE: i64 = 1;
const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS subject_key (subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS payload_key (id TEXT PRIMARY KEY, subject TEXT NOT NULL, wrapped BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS payload_key_subject ON payload_key (subject);
CREATE TABLE IF NOT EXISTS master_key (generation INTEGER PRIMARY KEY, payloads INTEGER NOT NULL, sealed BLOB);
";
/// Rows that are wrapped anew at a time.
const PAGE: i64 = 512;

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Self::Full,
            _ => Self::Store(error.to_string()),
        }
    }
}

pub(crate) struct SqliteKeys(Mutex<Connection>);

impl SqliteKeys {
    pub(crate) fn open(path: &Path) -> Result<Self, VaultError> {
        Self::prepare(Connection::open(path)?)
    }

    pub(crate) fn in_memory() -> Result<Self, VaultError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    /// A file that is looked at and not changed, in whatever form it is.
    pub(crate) fn read_only(path: &Path) -> Result<Self, VaultError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let keys = Connection::open_with_flags(path, flags)?;
        keys.busy_timeout(std::time::Duration::from_secs(5))?;
        Ok(Self(Mutex::new(keys)))
    }

    fn prepare(keys: Connection) -> Result<Self, VaultError> {
        keys.busy_timeout(std::time::Duration::from_secs(10))?;
        keys.pragma_update(None, "auto_vacuum", "FULL")?;
        keys.pragma_update(None, "journal_mode", "WAL")?;
        keys.pragma_update(None, "synchronous", "FULL")?;
        keys.pragma_update(None, "secure_delete", "ON")?;
        // Rewriting the file after a deletion must not leave a copy among the system's temporary files.
        keys.pragma_update(None, "temp_store", "MEMORY")?;
        keys.execute_batch(SCHEMA)?;
        Ok(Self(Mutex::new(keys)))
    }

    fn lock(&self) -> Result<MutexGuard<'_, Connection>, VaultError> {
        self.0.lock().map_err(|_| VaultError::Store("another thread panicked".to_owned()))
    }
}

impl KeyStore for SqliteKeys {
    fn is_shared(&self) -> bool {
        false
    }

    fn add(
        &self,
        generation: u64,
        subjects: &[(&str, Vec<u8>)],
        rows: &mut (dyn FnMut(&SubjectKeys) -> Result<Vec<NewKey>, VaultError> + Send),
    ) -> Result<(), VaultError> {
        let mut keys = self.lock()?;
        let transaction = keys.transaction()?;
        expect(&transaction, generation)?;
        {
            let mut found = SubjectKeys::new();
            for (subject, new) in subjects {
                transaction
                    .prepare_cached("INSERT OR IGNORE INTO subject_key (subject, wrapped) VALUES (?1, ?2)")?
                    .execute(params![subject, new])?;
                let wrapped = transaction
                    .prepare_cached("SELECT wrapped FROM subject_key WHERE subject = ?1")?
                    .query_row([subject], |row| row.get(0))?;
                found.insert((*subject).to_owned(), wrapped);
            }
            let mut insert = transaction.prepare_cached(
                "INSERT OR IGNORE INTO payload_key (id, subject, wrapped) VALUES (?1, ?2, ?3)",
            )?;
            for row in rows(&found)? {
                insert.execute(params![row.id, row.subject, row.wrapped])?;
            }
        }
        Ok(transaction.commit()?)
    }

    fn wrapped(&self, ids: &[&str]) -> Result<BTreeMap<String, WrappedKeys>, VaultError> {
        let keys = self.lock()?;
        let mut query = keys.prepare_cached(
            "SELECT payload.subject, payload.wrapped, owner.wrapped FROM payload_key AS payload
             LEFT JOIN subject_key AS owner ON owner.subject = payload.subject WHERE payload.id = ?1",
        )?;
        let mut found = BTreeMap::new();
        for id in ids {
            let row = query.query_row([id], |row| {
                Ok(WrappedKeys { subject: row.get(0)?, wrapped: row.get(1)?, subject_key: row.get(2)? })
            });
            if let Some(keys) = row.optional()? {
                found.insert((*id).to_owned(), keys);
            }
        }
        Ok(found)
    }

    /// The file is written anew, because SQLite leaves copies of rows behind in pages that it has divided,
    /// in spite of `secure_delete`.
    fn destroy(&self, ids: &[&str]) -> Result<usize, VaultError> {
        let mut keys = self.lock()?;
        let transaction = keys.transaction()?;
        let mut gone = 0;
        {
            let mut delete = transaction.prepare_cached("DELETE FROM payload_key WHERE id = ?1")?;
            for id in ids {
                gone += delete.execute([id])?;
            }
        }
        if gone > 0 {
            transaction.execute(
                "DELETE FROM subject_key WHERE subject NOT IN (SELECT subject FROM payload_key)",
                [],
            )?;
            // Whoever is cut off before the file is written anew does it the next time.
            transaction.pragma_update(None, "user_version", MUST_REWRITE)?;
        }
        transaction.commit()?;
        rewrite(&keys)?;
        Ok(gone)
    }

    fn owned_by(&self, subject: &str, limit: usize) -> Result<Vec<String>, VaultError> {
        let keys = self.lock()?;
        let mut query =
            keys.prepare_cached("SELECT id FROM payload_key WHERE subject = ?1 ORDER BY id LIMIT ?2")?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = query.query_map(params![subject, limit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn all(&self) -> Result<Vec<String>, VaultError> {
        let keys = self.lock()?;
        let mut query = keys.prepare("SELECT id FROM payload_key")?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn generation(&self) -> Result<Option<Generation>, VaultError> {
        let keys = self.lock()?;
        if !has_table(&keys, "master_key")? {
            return Ok(None);
        }
        let newest =
            "SELECT generation, coalesce(sealed, x'') FROM master_key ORDER BY generation DESC LIMIT 1";
        let row = keys.prepare_cached(newest)?.query_row([], |row| {
            Ok(Generation { number: row.get::<_, i64>(0)?.cast_unsigned(), sealed: row.get(1)? })
        });
        Ok(row.optional()?)
    }

    fn begin(&self, first: &Generation) -> Result<(), VaultError> {
        let keys = self.lock()?;
        keys.execute(
            "INSERT INTO master_key SELECT ?1, 0, ?2 WHERE NOT EXISTS (SELECT 1 FROM master_key)",
            params![first.number.cast_signed(), first.sealed],
        )?;
        Ok(())
    }

    fn some_subjects(&self) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
        let keys = self.lock()?;
        if !has_table(&keys, "subject_key")? {
            return Ok(Vec::new());
        }
        pairs(&keys, "SELECT subject, wrapped FROM subject_key LIMIT 16", &[])
    }

    fn rotate(&self, from: u64, to: &Generation, wrap: &mut Wrap<'_>) -> Result<u64, VaultError> {
        let mut keys = self.lock()?;
        let mut transaction = keys.transaction_with_behavior(TransactionBehavior::Immediate)?;
        expect(&transaction, from)?;
        let payloads = wrap(&mut SqliteRows(&mut transaction))?;
        transaction.execute("UPDATE master_key SET sealed = NULL", [])?;
        transaction.execute(
            "INSERT INTO master_key VALUES (?1, ?2, ?3)",
            params![to.number.cast_signed(), payloads.cast_signed(), to.sealed],
        )?;
        transaction.pragma_update(None, "user_version", MUST_REWRITE)?;
        transaction.commit()?;
        Ok(payloads)
    }

    fn rotations_after(&self, generation: u64) -> Result<Vec<(u64, u64)>, VaultError> {
        let keys = self.lock()?;
        let mut query = keys.prepare(
            "SELECT generation, payloads FROM master_key WHERE generation > ?1 ORDER BY generation",
        )?;
        let rows = query.query_map([generation.cast_signed()], |row| {
            Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get::<_, i64>(1)?.cast_unsigned()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn rewrite(&self) -> Result<(), VaultError> {
        rewrite(&*self.lock()?)
    }

    fn counts(&self) -> Result<KeyCounts, VaultError> {
        let generation = self.generation()?.map_or(0, |one| one.number);
        let keys = self.lock()?;
        let count = |table: &str| -> Result<u64, VaultError> {
            let sql = format!("SELECT count(*) FROM {table}");
            let count: i64 = keys.query_row(&sql, [], |row| row.get(0))?;
            Ok(count.cast_unsigned())
        };
        let version: i64 = keys.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        Ok(KeyCounts {
            generation,
            payloads: count("payload_key")?,
            subjects: count("subject_key")?,
            must_rewrite: version == MUST_REWRITE,
        })
    }

    fn with_keys(&self, ids: &[String]) -> Result<Vec<String>, VaultError> {
        let keys = self.lock()?;
        let mut query = keys.prepare_cached("SELECT 1 FROM payload_key WHERE id = ?1")?;
        let mut found = Vec::new();
        for id in ids {
            if query.exists([id])? {
                found.push(id.clone());
            }
        }
        Ok(found)
    }
}

struct SqliteRows<'a, 'c>(&'a mut Transaction<'c>);

impl Rows for SqliteRows<'_, '_> {
    fn count(&mut self) -> Result<u64, VaultError> {
        let count: i64 = self.0.query_row("SELECT count(*) FROM payload_key", [], |row| row.get(0))?;
        Ok(count.cast_unsigned())
    }

    fn subjects(&mut self, after: &str) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
        let sql = "SELECT subject, wrapped FROM subject_key WHERE subject > ?1 ORDER BY subject LIMIT ?2";
        pairs(self.0, sql, params![after, PAGE])
    }

    fn payloads(
        &mut self,
        after: &(String, String),
        last: &str,
    ) -> Result<Vec<(String, String, Vec<u8>)>, VaultError> {
        let mut query = self.0.prepare_cached(
            "SELECT id, subject, wrapped FROM payload_key WHERE (subject, id) > (?1, ?2) AND subject <= ?3
             ORDER BY subject, id LIMIT ?4",
        )?;
        let rows = query.query_map(params![after.0, after.1, last, PAGE], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn put_subjects(&mut self, wrapped: &[(String, Vec<u8>)]) -> Result<(), VaultError> {
        let mut update = self.0.prepare_cached("UPDATE subject_key SET wrapped = ?2 WHERE subject = ?1")?;
        wrapped.iter().try_for_each(|(name, key)| Ok(update.execute(params![name, key]).map(drop)?))
    }

    fn put_payloads(&mut self, wrapped: &[(String, Vec<u8>)]) -> Result<(), VaultError> {
        let mut update = self.0.prepare_cached("UPDATE payload_key SET wrapped = ?2 WHERE id = ?1")?;
        wrapped.iter().try_for_each(|(name, key)| Ok(update.execute(params![name, key]).map(drop)?))
    }
}

/// Names and wrapped keys.
fn pairs(
    keys: &Connection,
    sql: &str,
    params: &[&dyn rusqlite::ToSql],
) -> Result<Vec<(String, Vec<u8>)>, VaultError> {
    let mut query = keys.prepare_cached(sql)?;
    let rows = query.query_map(params, |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The generation that the transaction finds must be the one that its keys are of.
fn expect(keys: &Connection, generation: u64) -> Result<(), VaultError> {
    let found: i64 = keys
        .prepare_cached("SELECT coalesce(max(generation), 0) FROM master_key")?
        .query_row([], |row| row.get(0))?;
    if found.cast_unsigned() == generation { Ok(()) } else { Err(VaultError::Rotated) }
}

fn has_table(keys: &Connection, name: &str) -> Result<bool, VaultError> {
    Ok(keys.prepare_cached("SELECT 1 FROM sqlite_master WHERE name = ?1")?.exists([name])?)
}

/// Writes the file anew when it must be, and empties the write-ahead log.
fn rewrite(keys: &Connection) -> Result<(), VaultError> {
    let version: i64 = keys.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == MUST_REWRITE {
        keys.execute_batch("VACUUM")?;
        keys.pragma_update(None, "user_version", 0)?;
    }
    fold_in(keys)
}

/// Brings deletions from the write-ahead log into the file and empties the log.
fn fold_in(keys: &Connection) -> Result<(), VaultError> {
    let busy: i64 = keys.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(VaultError::NotTruncated) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SQLite reports a log that could not be emptied in the first column, not as an error.
    #[test]
    fn destroying_does_not_succeed_while_a_reader_keeps_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.db");
        let keys = SqliteKeys::open(&path).unwrap();
        let row = || NewKey { id: "one".to_owned(), subject: "person:1".to_owned(), wrapped: vec![7; 32] };
        keys.add(0, &[("person:1", vec![1; 32])], &mut |_| Ok(vec![row()])).unwrap();
        keys.lock().unwrap().busy_timeout(std::time::Duration::from_millis(50)).unwrap();
        let reader = Connection::open(&path).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM payload_key;").unwrap();
        assert!(keys.destroy(&["one"]).is_err(), "a reader keeps the old bytes");
        reader.execute_batch("COMMIT").unwrap();
        keys.destroy(&["one"]).unwrap();
        assert!(keys.wrapped(&["one"]).unwrap().is_empty(), "it is gone, and now the log is empty too");
        assert_eq!(std::fs::metadata(folder.path().join("keys.db-wal")).unwrap().len(), 0);
    }
}
