//! Operational tables of this part: what was guessed wrongly, who is on the telephone, what is due.

use scr_alerts::strips::Guesses;
use scr_store::{Migration, Store, StoreError, Tx, sql};

/// Times are seconds since 1970 on the wall, `_ms` milliseconds; 0 is "not".
pub(crate) const DESK_TABLES: Migration = Migration {
    number: 6,
    name: "guesses, calls and what is due of alerts",
    sql: "
CREATE TABLE alerts_bucket (bucket TEXT PRIMARY KEY, full_at_ms BIGINT NOT NULL);
CREATE TABLE alerts_guess (election TEXT NOT NULL, station BIGINT NOT NULL, way TEXT NOT NULL, wrong BIGINT NOT NULL,
    closed_until BIGINT NOT NULL, PRIMARY KEY (election, station, way));
CREATE TABLE alerts_phone (alert BIGINT NOT NULL, station BIGINT NOT NULL, holder TEXT NOT NULL, until_at BIGINT NOT NULL,
    tries BIGINT NOT NULL, next_at BIGINT NOT NULL, line BIGINT NOT NULL, PRIMARY KEY (alert, station));
CREATE INDEX alerts_phone_holder ON alerts_phone (holder);
CREATE TABLE alerts_spoken (election TEXT NOT NULL, station BIGINT NOT NULL, status BIGINT NOT NULL, used BIGINT NOT NULL,
    used_at BIGINT NOT NULL, wrong BIGINT NOT NULL, closed_until BIGINT NOT NULL, PRIMARY KEY (election, station, status));
CREATE TABLE alerts_due (alert BIGINT NOT NULL, rung BIGINT NOT NULL, callee TEXT NOT NULL, since_at BIGINT NOT NULL,
    noted_at BIGINT NOT NULL, told_at BIGINT NOT NULL, PRIMARY KEY (alert, rung, callee))",
};

/// A bucket of `burst` tokens that gains one every `every_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Tokens of a full bucket.
    pub(crate) burst: i64,
    /// Milliseconds until the next token.
    pub(crate) every_ms: i64,
}

impl Limit {
    /// Links that are not right, from one address. What is right takes none: a thousand stations may stand behind one address.
    pub(crate) const LINK: Self = Self { burst: 20, every_ms: 15_000 };
    /// Text messages without a right code, from one number.
    pub(crate) const SMS: Self = Self { burst: 10, every_ms: 300_000 };

    /// Takes one token; else how many seconds to wait. One statement, so that two nodes cannot take the same token. Who it is
    /// stands in the table as a hash.
    pub(crate) fn take(
        self,
        store: &Store,
        way: &str,
        who: &str,
        now_ms: i64,
    ) -> Result<Option<u64>, StoreError> {
        let hash = scr_canon::sha256(format!("{way}\n{who}").as_bytes()).to_hex();
        let bucket = format!("{way} {}", hash.get(..32).unwrap_or_default());
        let latest = now_ms + (self.burst - 1) * self.every_ms;
        let rows = store.query(&sql!(
            "INSERT INTO alerts_bucket (bucket, full_at_ms) VALUES ($1, $2)
             ON CONFLICT (bucket) DO UPDATE SET full_at_ms =
               CASE WHEN alerts_bucket.full_at_ms > $3 THEN alerts_bucket.full_at_ms ELSE $3 END + $4
             WHERE alerts_bucket.full_at_ms <= $5
             RETURNING full_at_ms",
            &bucket,
            now_ms + self.every_ms,
            now_ms,
            self.every_ms,
            latest,
        ))?;
        if !rows.is_empty() {
            return Ok(None);
        }
        let row =
            store.query_opt(&sql!("SELECT full_at_ms FROM alerts_bucket WHERE bucket = $1", &bucket))?;
        let full_at = row.map_or(Ok(0), |row| row.int("full_at_ms"))?;
        let wait = (full_at - latest).max(1).cast_unsigned().div_ceil(1_000);
        Ok(Some(wait))
    }
}

/// Removes buckets that are full again.
pub(crate) fn sweep_buckets(store: &Store, now_ms: i64) -> Result<u64, StoreError> {
    store.execute(&sql!("DELETE FROM alerts_bucket WHERE full_at_ms < $1", now_ms))
}

/// What a station has typed wrongly by a way, held until the transaction ends: nobody else guesses meanwhile.
pub(crate) fn guesses(
    tx: &mut Tx<'_>,
    election: &str,
    station: u32,
    way: &str,
) -> Result<Guesses, StoreError> {
    let row = tx.query_opt(&sql!(
        "INSERT INTO alerts_guess (election, station, way, wrong, closed_until) VALUES ($1, $2, $3, 0, 0)
         ON CONFLICT (election, station, way) DO UPDATE SET wrong = alerts_guess.wrong RETURNING wrong, closed_until",
        election,
        station,
        way,
    ))?;
    let Some(row) = row else { return Ok(Guesses::default()) };
    let until = row.count("closed_until")?;
    Ok(Guesses {
        wrong: u8::try_from(row.count("wrong")?).unwrap_or(u8::MAX),
        closed_until: (until > 0).then_some(until),
    })
}

/// Keeps them.
pub(crate) fn set_guesses(
    tx: &mut Tx<'_>,
    (election, station, way): (&str, u32, &str),
    guesses: Guesses,
) -> Result<(), StoreError> {
    tx.execute(&sql!(
        "UPDATE alerts_guess SET wrong = $4, closed_until = $5 WHERE election = $1 AND station = $2 AND way = $3",
        election,
        station,
        way,
        i64::from(guesses.wrong),
        guesses.closed_until.unwrap_or(0).cast_signed(),
    ))?;
    Ok(())
}
