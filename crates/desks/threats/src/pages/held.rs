//! What somebody is about to share, between the look at it and the word that it shall be: in memory alone, not much, and
//! not for long. Whoever waits too long begins again.

use scr_stix::Object;
use scr_web::components::ProblemLine;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Drafts that wait at the same time; the oldest gives way.
const MOST: usize = 64;
/// Bytes of all of them.
const MOST_BYTES: usize = 256 << 20;
/// Seconds that a draft waits.
const PATIENCE: i64 = 3_600;

/// The community, and the person.
pub(super) type Key = (String, String);

/// What is to be shared.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Objects, as they came.
    pub(super) objects: Vec<Object>,
    /// What could not be read.
    pub(super) problems: Vec<ProblemLine>,
    /// Whether they were made here, so that their label goes into them.
    pub(super) is_made: bool,
    /// Where they came from, for people.
    pub(super) name: String,
    /// Random: the ids of copies that go along are made of it.
    pub(super) seed: [u8; 16],
    /// When it came, in seconds since 1970.
    pub(super) at: i64,
}

impl Draft {
    fn bytes(&self) -> usize {
        self.objects.iter().map(|one| one.raw().len()).sum()
    }
}

/// Drafts that wait.
#[derive(Debug, Default)]
pub(super) struct Held(Mutex<BTreeMap<Key, (Arc<Draft>, i64)>>);

impl Held {
    pub(super) fn keep(&self, key: Key, draft: Draft, now: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key, (Arc::new(draft), now));
        all.retain(|_, (_, at)| at.saturating_add(PATIENCE) >= now);
        while all.len() > MOST || all.values().map(|(draft, _)| draft.bytes()).sum::<usize>() > MOST_BYTES {
            let oldest = all.iter().min_by_key(|(_, (_, at))| *at).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { return };
            all.remove(&oldest);
        }
    }

    pub(super) fn get(&self, key: &Key, now: i64) -> Option<Arc<Draft>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(key).filter(|(_, at)| at.saturating_add(PATIENCE) >= now).map(|(draft, _)| Arc::clone(draft))
    }

    pub(super) fn forget(&self, key: &Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_wait_an_hour_and_the_oldest_give_way() {
        let held = Held::default();
        let key = |at: i64| ("exchange".to_owned(), format!("p-{at}"));
        for at in 0..70 {
            held.keep(key(at), Draft::default(), at);
        }
        assert!(held.get(&key(5), 70).is_none() && held.get(&key(6), 70).is_some());
        assert!(held.get(&key(6), 6 + PATIENCE + 1).is_none());
        held.forget(&key(69));
        assert!(held.get(&key(69), 70).is_none());
    }
}
