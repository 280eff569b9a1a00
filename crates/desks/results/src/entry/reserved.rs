//! Who has which sheet on the table, so that the queue gives it to nobody else. It is a courtesy, not a
//! lock: it ends by itself, and the record keeps two entries apart without it.

use super::steps::SheetKey;
use scr_core::PersonId;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// For so long a sheet is kept for the one who opened it.
const HELD_SECONDS: i64 = 600;

/// Sheets that somebody has open.
#[derive(Debug, Default)]
pub(crate) struct Reserved(Mutex<BTreeMap<SheetKey, (PersonId, i64)>>);

impl Reserved {
    /// Keeps a sheet for this person. Where somebody else has it, since when; it stays theirs.
    pub(crate) fn take(&self, key: SheetKey, person: &PersonId, now: i64) -> Option<i64> {
        let mut all = self.0.lock().ok()?;
        all.retain(|_, (_, since)| now - *since < HELD_SECONDS);
        match all.get(&key) {
            Some((other, since)) if other != person => Some(*since),
            _ => {
                all.insert(key, (person.clone(), now));
                None
            }
        }
    }

    /// The first of these stations that nobody else has, now kept for this person.
    pub(crate) fn first(
        &self,
        entry: u64,
        stations: impl IntoIterator<Item = u64>,
        person: &PersonId,
        now: i64,
    ) -> Option<u64> {
        stations
            .into_iter()
            .find(|station| self.take(SheetKey { entry, station: *station }, person, now).is_none())
    }

    /// Gives a sheet free, when this person has it.
    pub(crate) fn release(&self, key: SheetKey, person: &PersonId) {
        if let Ok(mut all) = self.0.lock()
            && all.get(&key).is_some_and(|(holder, _)| holder == person)
        {
            all.remove(&key);
        }
    }

    /// How many sheets are kept.
    pub(crate) fn count(&self) -> usize {
        self.0.lock().map_or(0, |all| all.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_get_two_sheets_and_a_forgotten_one_comes_back() {
        let reserved = Reserved::default();
        let (ann, bob) = (PersonId::new("ann").unwrap(), PersonId::new("bob").unwrap());
        assert_eq!(reserved.first(1, 0..3, &ann, 100), Some(0));
        assert_eq!(reserved.first(1, 0..3, &bob, 101), Some(1));
        assert_eq!(reserved.first(1, 0..3, &ann, 102), Some(0), "one's own sheet stays one's own");
        let key = SheetKey { entry: 1, station: 0 };
        assert_eq!(reserved.take(key, &bob, 103), Some(102));
        assert_eq!(reserved.take(key, &bob, 102 + HELD_SECONDS), None);
        reserved.release(key, &ann);
        assert_eq!(reserved.take(key, &ann, 103 + HELD_SECONDS), Some(102 + HELD_SECONDS));
    }
}
