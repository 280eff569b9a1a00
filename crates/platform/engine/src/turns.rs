//! Turns for those who were overtaken. Whoever decides on what another has just changed decides anew; where many act on one
//! thing at once, the slow would lose each time against those who come. So from the first time on they stand in a queue,
//! and who comes later stands behind them.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;

/// Things that are queued for share so many queues.
const QUEUES: usize = 64;

/// The queues, by what is acted on.
pub(crate) struct Turns(Vec<Queue>);

impl Default for Turns {
    fn default() -> Self {
        Self(std::iter::repeat_with(Queue::default).take(QUEUES).collect())
    }
}

impl Turns {
    /// The queue of an act that guards these subjects; `None`: it guards nothing, so nobody can overtake it.
    pub(crate) fn of(&self, guarded: &BTreeMap<String, u64>) -> Option<&Queue> {
        let mut hasher = DefaultHasher::new();
        guarded.keys().next()?.hash(&mut hasher);
        let at = usize::try_from(hasher.finish() % QUEUES as u64).ok()?;
        self.0.get(at)
    }
}

#[derive(Default)]
struct State {
    waiting: usize,
    holder: Option<ThreadId>,
}

/// Those who wait for one thing.
#[derive(Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    freed: Condvar,
}

/// Somebody's turn; it ends when this is dropped.
pub(crate) struct Turn<'a>(&'a Queue);

impl Queue {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether anybody was overtaken and has not acted yet.
    pub(crate) fn is_waited_for(&self) -> bool {
        let state = self.state();
        state.waiting > 0 || state.holder.is_some()
    }

    /// Waits for one's turn; `None` for who acts within a turn of their own.
    pub(crate) fn wait(&self) -> Option<Turn<'_>> {
        let me = std::thread::current().id();
        let mut state = self.state();
        if state.holder == Some(me) {
            return None;
        }
        state.waiting += 1;
        while state.holder.is_some() {
            state = self.freed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.waiting -= 1;
        state.holder = Some(me);
        Some(Turn(self))
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.state().holder = None;
        self.0.freed.notify_one();
    }
}
