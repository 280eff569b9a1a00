//! What a witness has seen: one row for each log, in a file of its own with one durable write each.
//! It must never come back from a backup: an older row lets a log take back what was cosigned.

use rusqlite::{Connection, OptionalExtension, Row, params};
use scr_canon::{Hash32, sha256};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS seen (
    origin TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, root BLOB NOT NULL,
    note TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evidence (
    origin TEXT NOT NULL, size INTEGER NOT NULL, at INTEGER NOT NULL, cosigned TEXT NOT NULL, other TEXT NOT NULL,
    PRIMARY KEY (origin, size)) STRICT, WITHOUT ROWID;
";

/// The state of a witness failed. Nothing is signed then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the state of the witness: {0}")]
pub struct SeenError(pub String);

impl From<rusqlite::Error> for SeenError {
    fn from(error: rusqlite::Error) -> Self {
        Self(error.to_string())
    }
}

/// The newest tree of a log that was cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Which log.
    pub origin: String,
    /// Entries.
    pub size: u64,
    /// Root.
    pub root: Hash32,
    /// The checkpoint with the log's signatures and the witness' own.
    pub note: String,
    /// When it was cosigned, in seconds since 1970, UTC.
    pub at: i64,
}

/// Two checkpoints that a log has signed and that cannot both be true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Which log.
    pub origin: String,
    /// The size for which it signed two roots.
    pub size: u64,
    /// When the second came, in seconds since 1970, UTC.
    pub at: i64,
    /// The checkpoint that was cosigned.
    pub cosigned: String,
    /// The other one.
    pub other: String,
}

/// The rows.
pub(crate) struct SeenStore(Mutex<Connection>);

impl SeenStore {
    pub(crate) fn open(path: &Path) -> Result<Self, SeenError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self(Mutex::new(connection)))
    }

    fn lock(&self) -> Result<MutexGuard<'_, Connection>, SeenError> {
        self.0.lock().map_err(|_| SeenError("a thread that held it has panicked".to_owned()))
    }

    /// The newest tree of a log; `None` when none was ever cosigned.
    pub(crate) fn of_origin(&self, origin: &str) -> Result<Option<Seen>, SeenError> {
        self.find("origin = ?1", origin)
    }

    /// The same, by the hash of the origin as addresses write it.
    pub(crate) fn of_hash(&self, hash: &str) -> Result<Option<Seen>, SeenError> {
        self.find("hash = ?1", hash)
    }

    fn find(&self, by: &str, value: &str) -> Result<Option<Seen>, SeenError> {
        let sql = format!("SELECT origin, size, root, note, at FROM seen WHERE {by}");
        let connection = self.lock()?;
        let mut query = connection.prepare_cached(&sql)?;
        query.query_row([value], read).optional()?.transpose()
    }

    /// Every log that was cosigned.
    pub(crate) fn all(&self) -> Result<Vec<Seen>, SeenError> {
        let connection = self.lock()?;
        let mut query =
            connection.prepare_cached("SELECT origin, size, root, note, at FROM seen ORDER BY origin")?;
        query.query_map([], read)?.map(|row| row?).collect()
    }

    /// Puts `new` in the place of `before`, durably. False when another tree stands there by now:
    /// somebody else was faster, and nothing was changed.
    pub(crate) fn advance(&self, before: Option<&Seen>, new: &Seen) -> Result<bool, SeenError> {
        let size = i64::try_from(new.size).map_err(|_| SeenError("a size beyond 2^63-1".to_owned()))?;
        let hash = origin_hash(&new.origin);
        let connection = self.lock()?;
        let changed = match before {
            None => connection
                .prepare_cached(
                    "INSERT INTO seen (origin, hash, size, root, note, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (origin) DO NOTHING",
                )?
                .execute(params![new.origin, hash, size, new.root.0, new.note, new.at])?,
            Some(before) => connection
                .prepare_cached(
                    "UPDATE seen SET size = ?1, root = ?2, note = ?3, at = ?4
                     WHERE origin = ?5 AND size = ?6 AND root = ?7",
                )?
                .execute(params![
                    size,
                    new.root.0,
                    new.note,
                    new.at,
                    new.origin,
                    before.size.cast_signed(),
                    before.root.0
                ])?,
        };
        Ok(changed == 1)
    }

    /// Keeps two checkpoints that contradict each other; the first pair of each size.
    pub(crate) fn keep_evidence(&self, evidence: &Evidence) -> Result<(), SeenError> {
        self.lock()?.prepare_cached("INSERT OR IGNORE INTO evidence VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
            params![
                evidence.origin,
                evidence.size.cast_signed(),
                evidence.at,
                evidence.cosigned,
                evidence.other
            ],
        )?;
        Ok(())
    }

    pub(crate) fn evidence(&self) -> Result<Vec<Evidence>, SeenError> {
        let connection = self.lock()?;
        let mut query = connection
            .prepare_cached("SELECT origin, size, at, cosigned, other FROM evidence ORDER BY at DESC")?;
        let rows = query.query_map([], |row| {
            Ok(Evidence {
                origin: row.get(0)?,
                size: row.get::<_, i64>(1)?.cast_unsigned(),
                at: row.get(2)?,
                cosigned: row.get(3)?,
                other: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Result<Seen, SeenError>> {
    let (size, root): (i64, Vec<u8>) = (row.get(1)?, row.get(2)?);
    let (origin, note, at) = (row.get(0)?, row.get(3)?, row.get(4)?);
    let Ok(root) = Hash32::from_slice(&root) else {
        return Ok(Err(SeenError("a root has not 32 bytes".to_owned())));
    };
    let Ok(size) = u64::try_from(size) else { return Ok(Err(SeenError("a negative size".to_owned()))) };
    Ok(Ok(Seen { origin, size, root, note, at }))
}

/// The origin as addresses write it.
pub(crate) fn origin_hash(origin: &str) -> String {
    sha256(origin.as_bytes()).to_hex()
}
