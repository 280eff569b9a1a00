//! Token buckets in the tables, so that all nodes count together.

use crate::access::{Access, AccessError};
use crate::codes;
use crate::tables::text;
use scr_core::{Refusal, RefusalKind};
use scr_ledger::Param;

/// A bucket of `burst` tokens that gains one every `every_ms`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Tokens of a full bucket.
    pub burst: i64,
    /// Milliseconds until the next token.
    pub every_ms: i64,
}

impl Limit {
    /// Attempts to sign in from one address.
    pub const ADDRESS: Self = Self { burst: 30, every_ms: 4_000 };
    /// Wrong passwords for one account from one address.
    pub const ACCOUNT_AT_ADDRESS: Self = Self { burst: 5, every_ms: 60_000 };
    /// Wrong passwords for one account from everywhere: wide enough that a stranger does not lock
    /// an official out easily, narrow enough that guessing does not get anywhere (about 2,900 a day).
    pub const ACCOUNT: Self = Self { burst: 40, every_ms: 30_000 };
    /// Passphrases of boards typed at one address: a hall with a hundred boards behind one address gets in at once.
    pub const BOARD_ADDRESS: Self = Self { burst: 100, every_ms: 4_000 };
    /// Wrong passphrases from everywhere, about 43,000 a day: among 865⁴ with 500 boards a day of guessing opens one of
    /// them with a chance of 1 in 26,000.
    pub const BOARDS: Self = Self { burst: 300, every_ms: 2_000 };
}

impl Access {
    /// Takes one token, or refuses with `SCR-ACC-005` and the seconds to wait. One statement: two
    /// nodes cannot take the same token.
    pub fn take(&self, bucket: &str, limit: Limit) -> Result<(), AccessError> {
        // A bucket is the time at which it will be full again (generic cell rate algorithm).
        let now = self.clock.now_ms();
        let latest = now + (limit.burst - 1) * limit.every_ms;
        let rows = self.rows(
            "INSERT INTO access_bucket (bucket, full_at_ms) VALUES ($1, $2)
             ON CONFLICT (bucket) DO UPDATE SET full_at_ms =
               CASE WHEN access_bucket.full_at_ms > $3 THEN access_bucket.full_at_ms ELSE $3 END + $4
             WHERE access_bucket.full_at_ms <= $5
             RETURNING full_at_ms",
            vec![
                text(bucket),
                Param::Int(now + limit.every_ms),
                Param::Int(now),
                Param::Int(limit.every_ms),
                Param::Int(latest),
            ],
        )?;
        if rows.is_empty() { Err(self.too_many(bucket, limit)?.into()) } else { Ok(()) }
    }

    fn too_many(&self, bucket: &str, limit: Limit) -> Result<Refusal, AccessError> {
        let rows = self.rows("SELECT full_at_ms FROM access_bucket WHERE bucket = $1", vec![text(bucket)])?;
        let full_at = rows.first().map_or(Ok(0), |row| row.int("full_at_ms"))?;
        let wait_ms = full_at - self.clock.now_ms() - (limit.burst - 1) * limit.every_ms;
        let seconds = wait_ms.max(0).div_euclid(1000) + 1;
        Ok(Refusal::new(RefusalKind::TooMany, codes::TOO_MANY).with("seconds", seconds))
    }

    /// Puts one token back: what was tried was right.
    pub(crate) fn give_back(&self, bucket: &str, limit: Limit) -> Result<(), AccessError> {
        self.rows(
            "UPDATE access_bucket SET full_at_ms = full_at_ms - $1 WHERE bucket = $2 RETURNING bucket",
            vec![Param::Int(limit.every_ms), text(bucket)],
        )?;
        Ok(())
    }

    /// Fills a bucket again.
    pub(crate) fn refill(&self, bucket: &str) -> Result<(), AccessError> {
        self.rows("DELETE FROM access_bucket WHERE bucket = $1 RETURNING bucket", vec![text(bucket)])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TestAccess;

    #[test]
    fn a_bucket_empties_and_fills_with_the_clock() {
        let folder = tempfile::tempdir().unwrap();
        let test = TestAccess::new(folder.path(), 1_000_000).unwrap();
        let limit = Limit { burst: 3, every_ms: 10_000 };
        for _ in 0..3 {
            test.access.take("door", limit).unwrap();
        }
        let AccessError::Refused(refusal) = test.access.take("door", limit).unwrap_err() else { panic!() };
        assert_eq!((refusal.code.as_str(), refusal.args["seconds"].as_str()), ("SCR-ACC-005", "11"));
        test.access.take("another door", limit).unwrap();
        test.clock.advance(9);
        assert!(test.access.take("door", limit).is_err());
        test.clock.advance(1);
        test.access.take("door", limit).unwrap();
        assert!(test.access.take("door", limit).is_err());
        test.clock.advance(3600);
        for _ in 0..3 {
            test.access.take("door", limit).unwrap();
        }
        assert!(test.access.take("door", limit).is_err());
    }
}
