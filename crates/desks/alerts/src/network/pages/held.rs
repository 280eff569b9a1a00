//! What was handed in, between preview and confirmation: in memory alone, little, and not for long. Whoever waits too long hands
//! it in again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What waits at the same time; the oldest gives way.
const MOST: usize = 24;
/// Seconds that it waits.
const PATIENCE: i64 = 3_600;

/// The election, and the person.
pub(super) type Key = (String, String);

/// What waits, by election and person.
#[derive(Debug)]
pub(super) struct Held<T>(Mutex<BTreeMap<Key, (i64, Arc<T>)>>);

impl<T> Default for Held<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T> Held<T> {
    pub(super) fn keep(&self, key: Key, what: T, now: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key, (now, Arc::new(what)));
        all.retain(|_, (at, _)| at.saturating_add(PATIENCE) >= now);
        while all.len() > MOST {
            let oldest = all.iter().min_by_key(|(_, (at, _))| *at).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { return };
            all.remove(&oldest);
        }
    }

    pub(super) fn get(&self, key: &Key, now: i64) -> Option<Arc<T>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(key).filter(|(at, _)| at.saturating_add(PATIENCE) >= now).map(|(_, what)| Arc::clone(what))
    }

    pub(super) fn forget(&self, key: &Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_gone_after_an_hour_and_the_oldest_gives_way() {
        let held = Held::default();
        let key = |at: i64| (format!("e{at}"), "jo".to_owned());
        for at in 0..30 {
            held.keep(key(at), at, at);
        }
        assert!(held.get(&key(5), 30).is_none() && held.get(&key(6), 30).is_some());
        assert!(held.get(&key(29), 29 + PATIENCE + 1).is_none());
        held.forget(&key(29));
        assert!(held.get(&key(29), 30).is_none());
    }
}
