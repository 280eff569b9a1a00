//! What can go wrong with the operational tables.

/// Why a statement could not be run or its rows not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or opened.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The database refused the statement.
    #[error("the database refused: {0}")]
    Refused(String),
    /// A uniqueness, reference or check rule of the table does not hold.
    #[error("a rule of the table does not hold: {0}")]
    Constraint(String),
    /// Another transaction was in the way: the whole transaction may be tried again.
    #[error("another transaction was in the way: {0}")]
    Busy(String),
    /// The row has no such column.
    #[error("the row has no column {0:?}")]
    NoColumn(String),
    /// The column holds something of another type, or nothing.
    #[error("column {column:?} holds {found}, not {wanted}")]
    Type {
        /// The column.
        column: String,
        /// What was asked for.
        wanted: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// One row was expected.
    #[error("{0} rows where one was expected")]
    NotOne(usize),
    /// A migration that was run has another text now.
    #[error("migration {number} of {area} differs from the one that made this database")]
    MigrationDiffers {
        /// Whose tables.
        area: String,
        /// Its number.
        number: i64,
    },
    /// Migrations are not numbered 1, 2, 3, …
    #[error("the migrations of {0} are not numbered from 1 without gaps")]
    MigrationNumbers(String),
}

impl StoreError {
    /// The stable code, documented in `docs/reference/errors/store.md`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "SCR-STO-001",
            Self::Refused(_) => "SCR-STO-002",
            Self::Constraint(_) => "SCR-STO-003",
            Self::Busy(_) => "SCR-STO-004",
            Self::NoColumn(_) => "SCR-STO-005",
            Self::Type { .. } => "SCR-STO-006",
            Self::NotOne(_) => "SCR-STO-007",
            Self::MigrationDiffers { .. } => "SCR-STO-008",
            Self::MigrationNumbers(_) => "SCR-STO-009",
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Self::Constraint(error.to_string()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy(error.to_string()),
            Some(ErrorCode::CannotOpen | ErrorCode::NotADatabase | ErrorCode::SystemIoFailure) => {
                Self::Unreachable(error.to_string())
            }
            _ => Self::Refused(error.to_string()),
        }
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        // The database's own message; `Display` of the driver says only "db error".
        let Some(db) = error.as_db_error() else {
            return if error.is_closed()
                || std::error::Error::source(&error).is_some_and(|e| e.is::<std::io::Error>())
            {
                Self::Unreachable(error.to_string())
            } else {
                Self::Refused(error.to_string())
            };
        };
        let text = db.message().to_owned();
        match db.code().code() {
            code if code.starts_with("23") => Self::Constraint(text),
            "40001" | "40P01" | "55P03" => Self::Busy(text),
            code if code.starts_with("57") || code.starts_with("08") => Self::Unreachable(text),
            _ => Self::Refused(text),
        }
    }
}
