//! Numbered migrations, embedded in the program. One that has been run never changes: its checksum
//! is kept and compared at every start.

use crate::{Store, StoreError, Tx, sql};
use scr_canon::sha256;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS store_migration (
    area TEXT NOT NULL, number BIGINT NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,
    PRIMARY KEY (area, number))";
/// Any number, the same for every node: one of them migrates, the others wait.
const LOCK: i64 = 0x5C12_0A11;

/// One step of an area's tables. Nodes of the version before it go on beside it, so it adds and takes nothing
/// away: what is not used any more goes in a later release. `{id}` stands for a number that the database gives
/// (`INTEGER PRIMARY KEY AUTOINCREMENT`, `BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY`),
/// `{bytes}` for `BLOB` or `BYTEA`. Integers are `BIGINT`, all else `TEXT`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Migration {
    /// From 1 on, without gaps.
    pub number: i64,
    /// What it does, in a few words.
    pub name: &'static str,
    /// Statements with `;` between them.
    pub sql: &'static str,
}

impl Migration {
    fn checksum(&self) -> String {
        sha256(self.sql.as_bytes()).to_hex()
    }
}

impl Store {
    /// Brings the tables of one area (a crate's name) up to date; gives how many steps were run.
    /// Nodes that start at the same time wait for each other.
    ///
    /// # Errors
    /// [`StoreError::MigrationDiffers`] when a step that was run is not the same any more (steps beyond the
    /// last of these are a newer version's, and stay),
    /// [`StoreError::MigrationNumbers`], and what running gives; then nothing is changed.
    pub fn migrate(&self, area: &str, migrations: &[Migration]) -> Result<usize, StoreError> {
        if !(1..).zip(migrations).all(|(number, migration)| migration.number == number) {
            return Err(StoreError::MigrationNumbers(area.to_owned()));
        }
        self.transaction(|tx| {
            if !tx.0.is_sqlite() {
                tx.query(&sql!("SELECT 1 AS held FROM (SELECT pg_advisory_xact_lock($1)) AS lock", LOCK))?;
            }
            tx.execute(&sql!(CREATE))?;
            let done = check_done(tx, area, migrations)?;
            let fresh = migrations.get(done..).unwrap_or_default();
            for migration in fresh {
                let text = dialect(migration.sql, tx.0.is_sqlite());
                tx.0.batch(&text)?;
                tx.execute(&sql!(
                    "INSERT INTO store_migration (area, number, name, checksum) VALUES ($1, $2, $3, $4)",
                    area,
                    migration.number,
                    migration.name,
                    migration.checksum(),
                ))?;
            }
            Ok(fresh.len())
        })
    }
}

/// How many of these were run, all of them unchanged. Further steps are of a newer version of the program,
/// which works on another node; a step never takes away what the version before it uses.
fn check_done(tx: &mut Tx<'_>, area: &str, migrations: &[Migration]) -> Result<usize, StoreError> {
    let rows = tx
        .query(&sql!("SELECT number, checksum FROM store_migration WHERE area = $1 ORDER BY number", area))?;
    for (place, row) in rows.iter().enumerate() {
        let number = row.int("number")?;
        let Some(migration) = migrations.get(place) else {
            tracing::warn!(area, number, "a newer version of the program has changed the tables");
            break;
        };
        if migration.number != number || row.text("checksum")? != migration.checksum() {
            return Err(StoreError::MigrationDiffers { area: area.to_owned(), number });
        }
    }
    Ok(rows.len().min(migrations.len()))
}

fn dialect(sql: &str, sqlite: bool) -> String {
    let (id, bytes) = if sqlite {
        ("INTEGER PRIMARY KEY AUTOINCREMENT", "BLOB")
    } else {
        ("BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "BYTEA")
    };
    sql.replace("{id}", id).replace("{bytes}", bytes)
}
