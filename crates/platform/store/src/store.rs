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
    Postgres(String),
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
        Self::open(Place::Postgres(url.to_owned()))
    }

    fn open(place: Place) -> Result<Self, StoreError> {
        let store = Self(Arc::new(Inner { place, idle: Mutex::default() }));
        let connection = connect(&store.0.place)?;
        store.give_back(connection);
        Ok(store)
    }

    /// Runs one statement; gives the number of rows it changed.
    ///
    /// # Errors
    /// [`StoreError::Refused`], [`StoreError::Constraint`], [`StoreError::Busy`], [`StoreError::Unreachable`].
    pub fn execute(&self, statement: &Statement) -> Result<u64, StoreError> {
        Ok(self.run(statement)?.1)
    }

    /// Runs one statement; gives its rows, those of `RETURNING` too.
    ///
    /// # Errors
    /// As for [`Store::execute`].
    pub fn query(&self, statement: &Statement) -> Result<Vec<Row>, StoreError> {
        Ok(self.run(statement)?.0)
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
        let mut connection = self.begin()?;
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

    /// Runs a statement. When a kept connection proves to be gone (the database was started anew), what
    /// only reads runs again on a new one; for what writes the connection is asked first.
    fn run(&self, statement: &Statement) -> Result<(Vec<Row>, u64), StoreError> {
        let reads =
            statement.sql.trim_start().get(..6).is_some_and(|word| word.eq_ignore_ascii_case("select"));
        if let Some(mut kept) = self.kept()
            && (reads || kept.is_answering())
        {
            let result = kept.run(statement);
            if !reads || !matches!(result, Err(StoreError::Unreachable(_))) {
                self.give_back(kept);
                return result;
            }
        }
        let mut connection = connect(&self.0.place)?;
        let result = connection.run(statement);
        self.give_back(connection);
        result
    }

    /// A connection in a transaction.
    fn begin(&self) -> Result<Connection, StoreError> {
        if let Some(mut kept) = self.kept() {
            match kept.begin() {
                // Nothing has begun on a connection that is gone.
                Err(StoreError::Unreachable(_)) => {}
                result => return result.map(|()| kept),
            }
        }
        let mut connection = connect(&self.0.place)?;
        connection.begin()?;
        Ok(connection)
    }

    fn kept(&self) -> Option<Connection> {
        let kept = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.filter(Connection::is_sound)
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
        Place::Postgres(url) => Ok(Connection::Postgres(OffLoop::connect(url)?)),
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
