//! Programs of one organisation wait for each other, so that a flood of theirs slows nobody else.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests of one organisation that are worked on at the same time.
const READING: usize = 6;
/// Envelopes of one organisation that come in at the same time.
const WRITING: usize = 2;
/// How long a request waits for its turn; then it is refused with 429.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);
/// Organisations that are remembered before those that ask nothing are forgotten.
const REMEMBERED: usize = 1_000;

/// What somebody wants a turn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum For {
    /// To read.
    Reading,
    /// To add objects.
    Writing,
}

impl For {
    fn at_once(self) -> usize {
        match self {
            Self::Reading => READING,
            Self::Writing => WRITING,
        }
    }
}

/// A turn; it ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    _permit: OwnedSemaphorePermit,
}

/// Everybody who has asked.
#[derive(Debug, Default)]
struct Turns {
    all: Mutex<BTreeMap<(For, String), Arc<Semaphore>>>,
}

impl Turns {
    fn of(&self, what: For, org: &str) -> Arc<Semaphore> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.retain(|(what, _), turns| {
                turns.available_permits() < what.at_once() || Arc::strong_count(turns) > 1
            });
        }
        let turns =
            all.entry((what, org.to_owned())).or_insert_with(|| Arc::new(Semaphore::new(what.at_once())));
        Arc::clone(turns)
    }

    async fn turn(&self, what: For, org: &str, patience: Duration) -> Option<Turn> {
        let waiting = tokio::time::timeout(patience, self.of(what, org).acquire_owned()).await;
        waiting.ok()?.ok().map(|permit| Turn { _permit: permit })
    }
}

/// Waits for a turn of an organisation; all who come without a name are one. `None` when it took too long.
pub(crate) async fn turn(what: For, org: Option<&scr_core::OrgId>) -> Option<Turn> {
    static TURNS: LazyLock<Turns> = LazyLock::new(Turns::default);
    TURNS.turn(what, org.map_or("", scr_core::OrgId::as_str), PATIENCE).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn a_flood_of_one_leaves_the_turns_of_others() {
        let turns = Turns::default();
        let mut flood = Vec::new();
        for _ in 0..WRITING {
            flood.push(turns.turn(For::Writing, "noisy", SHORT).await.unwrap());
        }
        assert!(turns.turn(For::Writing, "noisy", SHORT).await.is_none(), "their next one is refused");
        assert!(turns.turn(For::Reading, "noisy", SHORT).await.is_some(), "they can still read");
        assert!(turns.turn(For::Writing, "calm", SHORT).await.is_some(), "and nobody else waits");
        flood.pop();
        assert!(
            turns.turn(For::Writing, "noisy", SHORT).await.is_some(),
            "a turn that ends is the next one's"
        );
    }

    #[tokio::test]
    async fn who_asks_nothing_is_forgotten_and_who_works_is_not() {
        let turns = Turns::default();
        let busy = turns.turn(For::Reading, "busy", PATIENCE).await.unwrap();
        for number in 0..REMEMBERED + 5 {
            drop(turns.turn(For::Reading, &format!("org-{number}"), PATIENCE).await.unwrap());
        }
        let all = turns.all.lock().unwrap();
        assert!(all.len() < REMEMBERED, "{}", all.len());
        assert_eq!(all[&(For::Reading, "busy".to_owned())].available_permits(), READING - 1);
        drop((all, busy));
    }
}
