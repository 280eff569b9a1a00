//! The store: a few connections, statements, transactions.

use crate::connection::{Connection, OffLoop};
use crate::{Row, Statement, StoreError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Connections kept open when nobody uses them.
const MAX_IDLE: usize = 8;
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// Where the tables are.
enum Place {
    Sqlite(PathBuf),
    Postgres(Box<postgres::Config>),
}

/// The operational tables. Cheap to clone; safe to share between threads. Calls block: from async
/// code use a blocking thread.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    place: Place,
    idle: Mutex<Vec<Connection>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0.place {
            Place::Sqlite(_) => "Store(SQLite)",
            Place::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}

impl Store {
    /// Tables in a SQLite file: `record.db`, so that an act's rows and entries share a transaction.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub fn open_sqlite(path: &Path) -> Result<Self, StoreError> {
        Self::open(Place::Sqlite(path.to_owned()))
    }

    /// Tables in PostgreSQL, from an address like `postgresql://user@host/database`.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`].
    pub fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let config = url.parse::<postgres::Config>().map_err(|e| StoreError::Unreachable(e.to_string()))?;
        Self::open(Place::Postgres(Box::new(config)))
    }

    fn open(place: Place) -> Result<Self, StoreError> {
        let store = Self(Arc::new(Inner { place, idle: Mutex::default() }));
        store.with(|_| Ok(()))?;
        Ok(store)
    }

    /// Runs one statement; gives the number of rows it changed.
    ///
    /// # Errors
    /// [`StoreError::Refused`], [`StoreError::Constraint`], [`StoreError::Busy`], [`StoreError::Unreachable`].
    pub fn execute(&self, statement: &Statement) -> Result<u64, StoreError> {
        self.with(|connection| Ok(connection.run(statement)?.1))
    }

    /// Runs one statement; gives its rows, those of `RETURNING` too.
    ///
    /// # Errors
    /// As for [`Store::execute`].
    pub fn query(&self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        self.with(|connection| Ok(connection.run(statement)?.0))
    }

    /// The one row of a statement, or `None`.
    ///
    /// # Errors
    /// [`StoreError::NotOne`] for several rows; else as for [`Store::execute`].
    pub fn query_opt(&self, statement: &Statement) -> Result<Option<Row>, StoreError> {
        at_most_one(self.query(statement)?)
    }

    /// Runs `work` in one transaction: committed when it gives `Ok`, taken back when it gives `Err`
    /// or panics.
    ///
    /// # Errors
    /// What `work` gives, and [`StoreError`] from beginning or committing.
    pub fn transaction<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.take()?;
        connection.begin()?;
        // On an early return or a panic `connection` is dropped, and the database takes it back.
        let value = match work(&mut Tx(&mut connection)) {
            Ok(value) => value,
            Err(error) => {
                if connection.batch("ROLLBACK").is_ok() {
                    self.give_back(connection);
                }
                return Err(error);
            }
        };
        connection.batch("COMMIT")?;
        self.give_back(connection);
        Ok(value)
    }

    /// Runs several statements in one transaction.
    ///
    /// # Errors
    /// As for [`Store::execute`]; then none has an effect.
    pub fn execute_all(&self, statements: &[Statement]) -> Result<(), StoreError> {
        self.transaction(|tx| statements.iter().try_for_each(|statement| tx.execute(statement).map(drop)))
    }

    /// Whether the tables are in SQLite.
    pub fn is_sqlite(&self) -> bool {
        matches!(self.0.place, Place::Sqlite(_))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut connection = self.take()?;
        let result = work(&mut connection);
        self.give_back(connection);
        result
    }

    fn take(&self) -> Result<Connection, StoreError> {
        let kept = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match kept.filter(Connection::is_sound) {
            Some(connection) => Ok(connection),
            None => connect(&self.0.place),
        }
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE && connection.is_sound() {
            idle.push(connection);
        }
    }
}

fn connect(place: &Place) -> Result<Connection, StoreError> {
    match place {
        Place::Sqlite(path) => {
            let connection = rusqlite::Connection::open(path)?;
            connection.busy_timeout(BUSY_TIMEOUT)?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            connection.pragma_update(None, "synchronous", "FULL")?;
            connection.pragma_update(None, "foreign_keys", "ON")?;
            connection.pragma_update(None, "secure_delete", "ON")?;
            connection.set_prepared_statement_cache_capacity(128);
            Ok(Connection::Sqlite(connection))
        }
        Place::Postgres(config) => Ok(Connection::Postgres(OffLoop::connect(config)?)),
    }
}

fn at_most_one(mut rows: Vec<Row>) -> Result<Option<Row>, StoreError> {
    match rows.len() {
        0 | 1 => Ok(rows.pop()),
        several => Err(StoreError::NotOne(several)),
    }
}

/// An open transaction.
pub struct Tx<'a>(pub(crate) &'a mut Connection);

impl Tx<'_> {
    /// As [`Store::execute`].
    ///
    /// # Errors
    /// As there. On PostgreSQL the transaction can then only be given up.
    pub fn execute(&mut self, statement: &Statement) -> Result<u64, StoreError> {
        Ok(self.0.run(statement)?.1)
    }

    /// As [`Store::query`].
    ///
    /// # Errors
    /// As there.
    pub fn query(&mut self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        Ok(self.0.run(statement)?.0)
    }

    /// As [`Store::query_opt`].
    ///
    /// # Errors
    /// As there.
    pub fn query_opt(&mut self, statement: &Statement) -> Result<Option<Row>, StoreError> {
        at_most_one(self.query(statement)?)
    }
}
