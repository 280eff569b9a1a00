//! How often somebody may come: so many requests a day, evenly, with a few at once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

const DAY_MS: u64 = 86_400_000;
/// What a log may do of which the list says nothing: what the public lists allow at most.
pub(crate) const DEFAULT_PER_DAY: u64 = 86_400;

/// The generic cell rate algorithm, in milliseconds: one number for each name.
pub(crate) struct Budgets {
    at_once: i64,
    due: Mutex<BTreeMap<String, i64>>,
}

impl Budgets {
    /// Budgets of which so many requests may be used at once.
    pub(crate) fn new(at_once: i64) -> Self {
        Self { at_once, due: Mutex::default() }
    }

    /// Takes one request from the budget of `name`; otherwise gives the seconds until there is one again.
    /// `now` is in seconds since 1970, UTC.
    pub(crate) fn take(&self, name: &str, per_day: u64, now: i64) -> Result<(), u64> {
        let every = i64::try_from(DAY_MS / per_day.max(1)).unwrap_or(i64::MAX);
        let now = now.saturating_mul(1_000);
        let mut due = self.due.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = due.get(name).copied().unwrap_or(now);
        // A clock that was fast and is mended locks nobody out.
        let next = kept.clamp(now, now.saturating_add(every.saturating_mul(self.at_once)));
        let early = (next - now).saturating_sub(every.saturating_mul(self.at_once - 1));
        match u64::try_from(early) {
            Ok(early @ 1..) => Err(early.div_ceil(1_000)),
            _ => {
                due.insert(name.to_owned(), next.saturating_add(every));
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_so_many_and_no_more() {
        let budgets = Budgets::new(12);
        let day = |start: i64| {
            (start..start + 86_400).step_by(10).filter(|now| budgets.take("a", 24, *now).is_ok()).count()
        };
        assert_eq!(day(1_000_000), 24 + 11, "twelve at once on the first day");
        assert_eq!(day(1_086_400), 24);
        assert_eq!(budgets.take("b", 24, 1_000_000), Ok(()), "everybody has a budget of their own");
        assert!((0..1_000).all(|_| budgets.take("c", u64::MAX, 5).is_ok()));
    }

    #[test]
    fn whoever_comes_too_early_is_told_when() {
        let budgets = Budgets::new(12);
        for _ in 0..12 {
            assert_eq!(budgets.take("a", 8_640, 50), Ok(()));
        }
        assert_eq!(budgets.take("a", 8_640, 50), Err(10));
        assert_eq!(budgets.take("a", 8_640, 57), Err(3));
        assert_eq!(budgets.take("a", 8_640, 60), Ok(()));
        // The clock was an hour fast, and is mended.
        assert_eq!(budgets.take("a", 8_640, 50 - 3_600), Err(10), "not an hour and two minutes");
    }
}
