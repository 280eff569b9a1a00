//! Keys that are kept together: while one transaction is under way, others gather, and the next takes all of
//! them. A sync then costs many acts as much as one.

use crate::VaultError;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// Data key and salt of a payload, and whose they are.
pub(crate) struct Secret {
    pub(crate) id: String,
    pub(crate) owner: String,
    pub(crate) both: Zeroizing<Vec<u8>>,
}

/// Keeps all of these in one transaction; one result for each request.
type Keep<'a> = &'a dyn Fn(&[&[Secret]]) -> Result<Vec<Result<(), VaultError>>, VaultError>;

struct Request {
    secrets: Vec<Secret>,
    outcome: Mutex<Option<Result<(), VaultError>>>,
}

/// Requests that wait, and whose turn it is.
#[derive(Default)]
pub(crate) struct Gathered {
    waiting: Mutex<Vec<Arc<Request>>>,
    turn: Mutex<()>,
}

impl Gathered {
    /// Returns when `secrets` are kept: by this caller for all that wait, or by one that was before it.
    pub(crate) fn add(
        &self,
        secrets: Vec<Secret>,
        keep: impl Fn(&[&[Secret]]) -> Result<Vec<Result<(), VaultError>>, VaultError>,
    ) -> Result<(), VaultError> {
        let own = Arc::new(Request { secrets, outcome: Mutex::default() });
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&own));
        // Whoever panicked in its turn has answered nobody: those in its transaction are told so below.
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if own.outcome.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
            self.take_turn(&keep);
        }
        let outcome = own.outcome.lock().unwrap_or_else(PoisonError::into_inner).take();
        outcome.unwrap_or_else(|| {
            Err(VaultError::Store("another act in the same transaction panicked".to_owned()))
        })
    }

    fn take_turn(&self, keep: Keep<'_>) {
        let all = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        let requests: Vec<&[Secret]> = all.iter().map(|request| &request.secrets[..]).collect();
        let outcomes = keep(&requests).unwrap_or_else(|error| vec![Err(error); all.len()]);
        for (request, outcome) in all.iter().zip(outcomes) {
            *request.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::{Duration, Instant};

    fn secret(id: &str) -> Vec<Secret> {
        vec![Secret { id: id.to_owned(), owner: "person:1".to_owned(), both: Zeroizing::new(vec![1; 64]) }]
    }

    /// The first is kept alone; those that came meanwhile are kept together, each with its own result.
    #[test]
    fn whoever_waits_is_kept_by_the_next() {
        let (gathered, begun, taken) = (Gathered::default(), AtomicBool::new(false), Mutex::new(Vec::new()));
        let keep = |requests: &[&[Secret]]| {
            let until = Instant::now() + Duration::from_secs(30);
            let first = !begun.swap(true, Ordering::SeqCst);
            while first && gathered.waiting.lock().unwrap().len() < 3 && Instant::now() < until {
                std::thread::yield_now();
            }
            taken.lock().unwrap().push(requests.len());
            let bad = |secrets: &&[Secret]| secrets.iter().any(|secret| secret.id == "bad");
            Ok(requests.iter().map(|r| if bad(r) { Err(VaultError::Integrity) } else { Ok(()) }).collect())
        };
        std::thread::scope(|scope| {
            let first = scope.spawn(|| gathered.add(secret("first"), keep));
            while !begun.load(Ordering::SeqCst) {
                std::thread::yield_now();
            }
            let others = ["one", "bad", "two", "three"].map(|id| {
                let (gathered, keep) = (&gathered, &keep);
                scope.spawn(move || (id, gathered.add(secret(id), keep)))
            });
            assert_eq!(first.join().unwrap(), Ok(()));
            for other in others {
                let (id, outcome) = other.join().unwrap();
                assert_eq!(outcome.is_ok(), id != "bad", "{id}");
            }
        });
        let taken = taken.into_inner().unwrap();
        assert_eq!(taken.iter().sum::<usize>(), 5);
        assert!(taken.len() < 5 && taken.iter().any(|together| *together >= 3), "{taken:?}");
    }

    #[test]
    fn what_fails_as_a_whole_fails_for_all_and_whoever_shared_a_panic_is_told() {
        let gathered = Gathered::default();
        assert_eq!(gathered.add(secret("one"), |_| Err(VaultError::Full)), Err(VaultError::Full));
        let shared = Arc::new(Request { secrets: secret("two"), outcome: Mutex::default() });
        gathered.waiting.lock().unwrap().push(Arc::clone(&shared));
        std::thread::scope(|scope| {
            let panics = scope.spawn(|| gathered.add(secret("three"), |_| panic!("a defect")));
            assert!(panics.join().is_err());
        });
        assert!(shared.outcome.lock().unwrap().is_none(), "nobody claims that it is kept");
        assert_eq!(gathered.add(secret("four"), |requests| Ok(vec![Ok(()); requests.len()])), Ok(()));
    }
}
