//! Operational tables: logins, jobs, drafts, rate limits. One SQL text serves SQLite and
//! PostgreSQL: `$1` placeholders, `RETURNING`, `ON CONFLICT`; 64-bit integers, text, bytes.
//!
//! What matters for the election is never here alone: it is an entry of the record.

mod connection;
mod error;
mod migrate;
mod row;
mod store;

pub use error::StoreError;
pub use migrate::Migration;
pub use row::{IntoParam, Row};
pub use scr_ledger::{Param, Statement};
pub use store::{Store, Tx};

/// A [`Statement`] from its text and the values of `$1`, `$2`, … in order.
///
/// ```
/// let statement = scr_store::sql!("DELETE FROM login WHERE person = $1 AND seen < $2", "p-1", 1_700_000_000);
/// assert_eq!(statement.params.len(), 2);
/// ```
#[macro_export]
macro_rules! sql {
    ($text:expr $(, $value:expr)* $(,)?) => {
        $crate::Statement {
            sql: ::std::string::String::from($text),
            params: ::std::vec![$($crate::IntoParam::into_param($value)),*],
        }
    };
}
