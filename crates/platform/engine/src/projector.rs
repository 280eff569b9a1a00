//! The thread that takes recorded entries into the views, in order.

use crate::erasure::{self, Erased, ErasedList};
use crate::error::Fault;
use crate::event::Event;
use crate::keys::VAULT_KEY_ROTATED;
use crate::unknown;
use crate::view::{View, ViewFault};
use crate::views::{Views, position};
use rusqlite::{Connection, Transaction, params};
use scr_entry::Catalogue;
use scr_ledger::LedgerReader;
use scr_objects::Objects;
use scr_vault::Vault;
use serde_json::Value;
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// Entries in one transaction of the views.
const BATCH: usize = 1_000;
/// How often an idle node looks whether another one has written to the same log.
const FOLLOW_EVERY: Duration = Duration::from_millis(250);
/// Time for other nodes to take an erasure in while what they must forget can still be read.
const GRACE: Duration = Duration::from_secs(1);
/// Pause after a failure, a database that is away or a disk that is full, before it is tried again.
const AGAIN_AFTER: Duration = Duration::from_secs(2);

/// How far the log and the views are, and who waits for it.
#[derive(Default)]
pub(crate) struct Progress {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default, Clone, Copy)]
struct State {
    recorded: u64,
    projected: u64,
    stop: bool,
    failed: bool,
}

impl Progress {
    fn update(&self, change: impl FnOnce(&mut State)) {
        if let Ok(mut state) = self.state.lock() {
            change(&mut state);
        }
        self.changed.notify_all();
    }

    /// The log has grown.
    pub(crate) fn recorded(&self, size: u64) {
        self.update(|state| state.recorded = state.recorded.max(size));
    }

    /// The program ends.
    pub(crate) fn stop(&self) {
        self.update(|state| state.stop = true);
    }

    /// (entries recorded, entries projected).
    pub(crate) fn now(&self) -> (u64, u64) {
        self.state.lock().map_or((0, 0), |state| (state.recorded, state.projected))
    }

    /// Waits until the views hold `size` entries. `false` when they do not within `limit`.
    pub(crate) fn wait_for(&self, size: u64, limit: Duration) -> bool {
        let Ok(state) = self.state.lock() else { return false };
        self.changed
            .wait_timeout_while(state, limit, |state| state.projected < size && !state.stop && !state.failed)
            .is_ok_and(|(state, _)| state.projected >= size)
    }

    /// Waits for work, at most so long; `None` when the program ends.
    fn next(&self, at_most: Duration) -> Option<Next> {
        let state = self.state.lock().ok()?;
        let idle = |state: &mut State| state.projected >= state.recorded && !state.stop;
        let (state, _) = self.changed.wait_timeout_while(state, at_most, idle).ok()?;
        let next = if state.projected < state.recorded { Next::Entries } else { Next::Nothing };
        (!state.stop).then_some(next)
    }

    /// Waits, unless the program ends.
    fn pause(&self, pause: Duration) {
        if let Ok(state) = self.state.lock() {
            drop(self.changed.wait_timeout_while(state, pause, |state| !state.stop));
        }
    }
}

enum Next {
    Entries,
    Nothing,
}

pub(crate) struct Projector {
    pub(crate) writer: Connection,
    pub(crate) views: Arc<Vec<Box<dyn View>>>,
    pub(crate) file: Arc<Views>,
    pub(crate) reader: LedgerReader,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) objects: Arc<Objects>,
    pub(crate) progress: Arc<Progress>,
    pub(crate) erased: ErasedList,
    /// What was erased has still to be destroyed. True at every start: nothing is taken in before it is
    /// done, so that a key which a backup brought back opens nothing.
    pub(crate) must_destroy: bool,
    /// A view could not forget: it is made anew once the keys are gone.
    pub(crate) must_rebuild: bool,
}

impl Projector {
    pub(crate) fn run(mut self) {
        while let Some(next) = self.progress.next(FOLLOW_EVERY) {
            if self.must_destroy {
                self.try_to_destroy();
                continue;
            }
            if matches!(next, Next::Nothing) {
                // A database that is away is looked for again.
                if let Ok(size) = self.reader.size() {
                    self.progress.recorded(size);
                }
                if self.vault.closed().is_some() {
                    // The new master key may have come.
                    drop(self.vault.check_master());
                }
                continue;
            }
            match self.step() {
                // Whoever waits for an erasure is told when it is done, not before.
                Ok(_) if self.must_destroy => {}
                Ok(next) => {
                    self.progress.update(|state| (state.projected, state.failed) = (next, false));
                    if next >= self.progress.now().0 {
                        self.file.remove_others();
                    }
                }
                Err(fault) => {
                    tracing::error!(fault = %fault.id, "the views stand still; they are tried again");
                    self.progress.update(|state| state.failed = true);
                    self.progress.pause(AGAIN_AFTER);
                }
            }
        }
    }

    fn try_to_destroy(&mut self) {
        let done = erasure::destroy(&self.writer, &self.erased, &self.vault).and_then(|()| {
            if std::mem::take(&mut self.must_rebuild) {
                Views::reset(&self.writer)?;
                self.must_destroy = true;
            } else {
                self.must_destroy = false;
            }
            Ok(position(&self.writer)?)
        });
        match done {
            Ok(next) if !self.must_destroy => {
                self.progress.update(|state| (state.projected, state.failed) = (next, false));
            }
            Ok(_) => {}
            Err(fault) => {
                tracing::error!(fault = %fault.id, "what was erased is not destroyed yet; it is tried again");
                self.progress.pause(AGAIN_AFTER);
            }
        }
    }

    /// Takes in the next batch; gives the new position.
    fn step(&mut self) -> Result<u64, Fault> {
        let next = position(&self.writer)?;
        let entries = self.reader.entries(next, BATCH)?;
        let events = erasure::events_from(&self.reader, &self.vault, next, &entries)?;
        let events: Vec<(u64, Option<Event>)> = (next..).zip(events).collect();
        let outages = self.objects.outages();
        if let Err(error) = self.take_in(&events, false) {
            let fault = Fault::log(&error);
            // A view lacks what an object store that is away will give later: all wait for it.
            if self.objects.outages() != outages {
                return Err(fault);
            }
            // One view failed on one event. The others go on; the failure is written down.
            self.take_in(&events, true)?;
        }
        self.follow_rotations(&events);
        Ok(next + events.len() as u64)
    }

    /// Another node may have changed the master key: the new one is taken at once, or this node says that it lacks.
    fn follow_rotations(&self, events: &[(u64, Option<Event>)]) {
        let is_one = |(_, event): &(u64, Option<Event>)| {
            event.as_ref().is_some_and(|event| event.kind() == VAULT_KEY_ROTATED.name)
        };
        if events.iter().any(is_one)
            && let Err(error) = self.vault.check_master()
        {
            tracing::error!(%error, "another node has changed the master key");
        }
    }

    fn take_in(&mut self, events: &[(u64, Option<Event>)], one_by_one: bool) -> Result<(), ViewFault> {
        let (mut erases, outages) = (false, self.objects.outages());
        let tx = self.writer.transaction()?;
        for (index, event) in events {
            let Some(event) = event else { continue };
            built_in(&tx, event)?;
            if self.catalogue.get(event.kind()).is_none() {
                unknown::note(&tx, event)?;
                continue;
            }
            for (entry, fields) in erasure::named(event) {
                erases = true;
                erasure::mark(&tx, entry, &fields, *index)?;
                let (left, erased) = left_of(&self.reader, &self.vault, entry, fields)?;
                self.must_rebuild |= erasure::holds_unreadable(&tx, entry, &erased)?;
                for view in self.views.iter() {
                    tx.execute_batch("SAVEPOINT forgetting")?;
                    let Err(error) = view.forget(&tx, &left, &erased) else { continue };
                    tx.execute_batch("ROLLBACK TO forgetting")?;
                    drop(Fault::log(&format!(
                        "view {} cannot forget entry {entry}: {}",
                        view.name(),
                        error.what
                    )));
                    // Made anew without the keys it holds nothing of it; without content there is nothing.
                    self.must_rebuild |= erased.values().any(Option::is_some);
                }
            }
            for view in self.views.iter() {
                let applied = if one_by_one {
                    tx.execute_batch("SAVEPOINT one")?;
                    view.apply(&tx, event, &self.objects)
                } else {
                    view.apply(&tx, event, &self.objects)
                };
                let Err(error) = applied else { continue };
                let fault = ViewFault { view: view.name().to_owned(), index: *index, what: error.what };
                if !one_by_one || self.objects.outages() != outages {
                    return Err(fault);
                }
                tx.execute_batch("ROLLBACK TO one")?;
                tx.execute(
                    "INSERT OR REPLACE INTO engine_fault VALUES (?1, ?2, ?3)",
                    params![index.cast_signed(), fault.view, fault.what],
                )?;
            }
        }
        let next = events.last().map_or(0, |(index, _)| index + 1);
        if next > 0 {
            tx.prepare_cached("UPDATE engine_position SET next = ?1 WHERE id = 1")?
                .execute([next.cast_signed()])?;
        }
        tx.commit()?;
        self.must_destroy |= erases;
        if erases && self.vault.is_shared() {
            self.progress.pause(GRACE);
        }
        Ok(())
    }
}

/// An entry as it stands without the fields that are being erased, and those fields.
fn left_of(
    reader: &LedgerReader,
    vault: &Vault,
    entry: u64,
    fields: std::collections::BTreeSet<String>,
) -> Result<(Event, Erased), ViewFault> {
    let unreadable = |what: String| ViewFault { view: String::new(), index: entry, what };
    let bytes = reader.entry(entry).map_err(|e| unreadable(e.to_string()))?;
    let event = erasure::event_at(reader, vault, entry, &bytes).map_err(|e| unreadable(e.to_string()))?;
    let mut event = event.ok_or_else(|| unreadable("it is no entry, and cannot be erased".to_owned()))?;
    let mut erased = Erased::new();
    for field in fields {
        let content = event.private.remove(&field);
        erased.insert(field, content);
    }
    Ok((event, erased))
}

/// The engine's own views: the entry itself, its subjects' counts, the objects it makes public.
fn built_in(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    let public = Value::Object(event.public().clone()).to_string();
    tx.prepare_cached("INSERT INTO engine_event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        event.index.cast_signed(),
        event.at,
        event.kind(),
        event.entry.id(),
        event.entry.issuer(),
        event.leaf.to_string(),
        public
    ])?;
    let mut count = tx.prepare_cached(
        "INSERT INTO engine_subject VALUES (?1, ?2) ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq",
    )?;
    for (subject, seq) in event.entry.counts() {
        count.execute(params![subject, seq.cast_signed()])?;
    }
    erasure::index_fields(tx, event)?;
    for (name, value) in event.public() {
        let is_object = name == "object" || name.ends_with("_object");
        if let Some(hash) = value.as_str().filter(|_| is_object) {
            tx.prepare_cached("INSERT OR IGNORE INTO engine_object VALUES (?1, ?2)")?
                .execute(params![hash, event.index.cast_signed()])?;
        }
    }
    Ok(())
}
