//! The way in: everything that is said of an arrival becomes durable here, and is answered only then. What many requests bring at
//! the same time is written in one transaction.

use super::boards::store;
use super::case::{self, Case};
use super::codec::Taken;
use super::rows;
use scr_alerts::acks::{Ack, Channel, Step};
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

/// Too many acknowledgements wait to be written.
pub(crate) const BUSY: &str = "SCR-ALR-282";
/// Acknowledgements that may wait.
const MOST_WAITING: usize = 100_000;
/// Acknowledgements of one transaction.
const AT_ONCE: usize = 20_000;
/// What was taken lately and need not be written again.
const RECENT: usize = 200_000;

/// Takes acknowledgements of one alert in. They are durable when this returns; taken twice they count once. What nobody could
/// have said, or says of the future, is set to now by `scr_alerts`.
///
/// # Errors
/// Faults of the store.
pub fn take(app: &App, alert: u64, acks: &[Ack]) -> Result<(), ActError> {
    take_all(app, &BTreeMap::from([(alert, acks.to_vec())]))
}

/// Whether one more may wait where so many do.
fn room(waiting: usize) -> Result<(), Refusal> {
    if waiting < MOST_WAITING { Ok(()) } else { Err(Refusal::new(RefusalKind::Unavailable, BUSY)) }
}

/// As [`take`], of several alerts, by index: all of them or none.
///
/// # Errors
/// As there.
pub(crate) fn take_all(app: &App, by_alert: &BTreeMap<u64, Vec<Ack>>) -> Result<(), ActError> {
    let wall_ms = app.clock.now_ms();
    let mut all: Vec<(u64, Taken)> = Vec::new();
    for (alert, acks) in by_alert {
        let received = match case::at(app, *alert) {
            Ok(case) => case.time(wall_ms),
            // Whoever calls has seen it: it is kept, and counted once the views have it.
            Err(ActError::Refused(_)) => wall_ms.div_euclid(1_000).max(0).cast_unsigned(),
            Err(error) => return Err(error),
        };
        all.extend(acks.iter().map(|ack| (*alert, Taken::of(ack, received))));
    }
    let statements = rows::insert(&all, app.clock.now());
    store(app)?.execute_all(&statements).map_err(|error| Fault::log(&error).into())
}

struct Waiting {
    alert: u64,
    taken: Taken,
    done: oneshot::Sender<bool>,
}

#[derive(Default)]
struct Queue {
    waiting: Vec<Waiting>,
    is_writing: bool,
}

type Said = (u64, u32, Step, Channel);

/// What waits to be written on this node, and what it wrote lately.
#[derive(Default)]
pub(crate) struct Intake {
    queue: Mutex<Queue>,
    recent: Mutex<BTreeMap<Said, u64>>,
}

/// A writer that broke down leaves its place to the next.
struct AfterPanic<'a>(&'a Intake);

impl Drop for AfterPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.queue.lock().unwrap_or_else(PoisonError::into_inner).is_writing = false;
        }
    }
}

fn said(alert: u64, taken: &Taken) -> Said {
    (alert, taken.station, taken.step, taken.channel)
}

impl Intake {
    /// Whether this node has written the same, or something earlier, lately.
    fn has(&self, alert: u64, taken: &Taken) -> bool {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.get(&said(alert, taken)).is_some_and(|at| *at <= taken.at)
    }

    fn remember(&self, written: &[(u64, Taken)]) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if recent.len() + written.len() > RECENT {
            recent.clear();
        }
        for (alert, taken) in written {
            let at = recent.entry(said(*alert, taken)).or_insert(taken.at);
            *at = taken.at.min(*at);
        }
    }

    /// Takes what waits; nothing more, and nobody writes any longer.
    fn next(&self) -> Vec<Waiting> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let count = queue.waiting.len().min(AT_ONCE);
        queue.is_writing = count > 0;
        queue.waiting.drain(..count).collect()
    }

    /// Writes until nothing waits.
    fn write(&self, app: &App) {
        let _after = AfterPanic(self);
        loop {
            let waiting = self.next();
            if waiting.is_empty() {
                return;
            }
            let mut all: Vec<(u64, Taken)> = waiting.iter().map(|one| (one.alert, one.taken)).collect();
            all.sort_unstable_by_key(|(alert, taken)| (said(*alert, taken), taken.at));
            all.dedup_by_key(|(alert, taken)| said(*alert, taken));
            let statements = rows::insert(&all, app.clock.now());
            let written = store(app).and_then(|store| {
                store.execute_all(&statements).map_err(|error| ActError::from(Fault::log(&error)))
            });
            if written.is_ok() {
                self.remember(&all);
            }
            for one in waiting {
                // Whoever asked may be gone: it is durable all the same.
                let _ = one.done.send(written.is_ok());
            }
        }
    }
}

/// Takes one acknowledgement in, with those of other requests; durable when this returns.
///
/// # Errors
/// `SCR-ALR-282` when too many wait, faults of the store. Then nothing is certain: it is to be said again.
pub(crate) async fn take_one(app: &Arc<App>, case: &Case, ack: &Ack, received: u64) -> Result<(), ActError> {
    let intake = app.soft::<Intake>();
    let (alert, taken) = (case.index(), Taken::of(ack, received));
    if intake.has(alert, &taken) {
        return Ok(());
    }
    let (done, written) = oneshot::channel();
    let begins = {
        let mut queue = intake.queue.lock().unwrap_or_else(PoisonError::into_inner);
        room(queue.waiting.len())?;
        queue.waiting.push(Waiting { alert, taken, done });
        !std::mem::replace(&mut queue.is_writing, true)
    };
    if begins {
        let app = Arc::clone(app);
        drop(tokio::task::spawn_blocking(move || app.soft::<Intake>().write(&app)));
    }
    match written.await {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(Fault::log(&"an acknowledgement was not written").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_wait_than_memory_bears() {
        assert!(room(MOST_WAITING - 1).is_ok());
        assert_eq!(room(MOST_WAITING).unwrap_err().code, "SCR-ALR-282");
    }
}
