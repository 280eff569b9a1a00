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

    /// The first station that nobody else has, of a list that `read` gives up to a length and says whether it
    /// was cut there. What others take between the reading and the keeping makes the list be read again,
    /// longer: nobody is told that nothing is left while something is.
    pub(crate) fn first_of<E>(
        &self,
        entry: u64,
        person: &PersonId,
        now: i64,
        mut read: impl FnMut(usize) -> Result<(Vec<u64>, bool), E>,
    ) -> Result<Option<u64>, E> {
        let mut most = self.count() + 1;
        loop {
            let (stations, cut) = read(most)?;
            match self.first(entry, stations, person, now) {
                None if cut => most *= 2,
                found => return Ok(found),
            }
        }
    }

    /// How many sheets are kept.
    fn count(&self) -> usize {
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

    #[test]
    fn who_asks_while_others_take_the_first_sheets_still_gets_one() {
        let reserved = Reserved::default();
        let (ann, bob) = (PersonId::new("ann").unwrap(), PersonId::new("bob").unwrap());
        let mut asked = Vec::new();
        let found = reserved.first_of(1, &ann, 100, |most| {
            let read: Vec<u64> = (0..5).take(most).collect();
            // Bob is faster than Ann with all that she has read, but for the last sheet.
            (0..4).filter(|station| read.contains(station)).for_each(|station| {
                reserved.take(SheetKey { entry: 1, station }, &bob, 100);
            });
            asked.push(most);
            Ok::<_, std::convert::Infallible>((read, most <= 5))
        });
        assert_eq!(found, Ok(Some(4)));
        assert_eq!(asked, [1, 2, 4, 8]);
        let none = reserved.first_of(1, &bob, 100, |_| Ok::<_, std::convert::Infallible>((vec![4], false)));
        assert_eq!(none, Ok(None), "what Ann has is hers");
    }
}
