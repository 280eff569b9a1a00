//! Files between preview and confirmation: in memory alone, few, and not for long. Whoever waits too long hands in the
//! file again.

use scr_audits::workflow::What;
use scr_audits::workflow::hand_in::HandedIn;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Files that wait at the same time; the oldest gives way.
const MOST: usize = 64;
/// Bytes of all of them.
const MOST_BYTES: usize = 2 << 30;
/// Seconds that a file waits.
const PATIENCE: i64 = 3_600;

/// Who handed in what: audit, jurisdiction, what, and the person.
pub(super) type Key = (String, String, What, String);

/// A file that waits.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) handed: Arc<HandedIn>,
    pub(super) file_name: String,
    at: i64,
}

/// The files that wait.
#[derive(Debug, Default)]
pub(super) struct Held(Mutex<BTreeMap<Key, Waiting>>);

impl Held {
    pub(super) fn keep(&self, key: Key, handed: HandedIn, file_name: String, now: i64) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(key, Waiting { handed: Arc::new(handed), file_name, at: now });
        all.retain(|_, one| one.at.saturating_add(PATIENCE) >= now);
        while all.len() > MOST || all.values().map(|one| one.handed.bytes.len()).sum::<usize>() > MOST_BYTES {
            let oldest = all.iter().min_by_key(|(_, one)| one.at).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { return };
            all.remove(&oldest);
        }
    }

    pub(super) fn get(&self, key: &Key, now: i64) -> Option<Waiting> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(key).filter(|one| one.at.saturating_add(PATIENCE) >= now).cloned()
    }

    pub(super) fn forget(&self, key: &Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_audits::workflow::Upload;

    fn handed() -> HandedIn {
        let upload = Upload { sha256: scr_canon::sha256(b"x"), rows: 1, ballots: 1 };
        HandedIn { bytes: b"x".to_vec(), upload, warnings: Vec::new() }
    }

    #[test]
    fn files_wait_an_hour_and_the_oldest_give_way() {
        let held = Held::default();
        let key = |at: i64| ("a".to_owned(), format!("J{at}"), What::Manifest, "jo".to_owned());
        for at in 0..70 {
            held.keep(key(at), handed(), "m.csv".to_owned(), at);
        }
        assert!(held.get(&key(5), 70).is_none() && held.get(&key(6), 70).is_some());
        assert!(held.get(&key(6), 6 + PATIENCE + 1).is_none());
        held.forget(&key(69));
        assert!(held.get(&key(69), 70).is_none());
    }
}
