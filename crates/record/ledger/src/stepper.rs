//! The ledger without its thread: whoever holds it says when a transaction is written and when a
//! checkpoint is signed. For simulations, where everything must happen in an order that can be repeated.

use crate::act::{Act, AppendError, StopReason};
use crate::batch::Outcome;
use crate::ledger::{LedgerConfig, LedgerFault, Shared, checked};
use crate::reader::{LedgerReader, ReadError};
use crate::sighting::{Sighting, confront};
use crate::store::LogStore;
use crate::writer::{Done, Job, Writer};
use scr_note::VerifierKey;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

/// A log that moves when it is told to.
pub struct Stepper {
    writer: Writer,
    shared: Arc<Shared>,
    reader: LedgerReader,
    key: VerifierKey,
    guard: Option<PathBuf>,
}

impl Stepper {
    /// Opens a log with the checks of [`crate::Ledger::open`].
    pub fn open(store: Box<dyn LogStore>, config: LedgerConfig) -> Result<Self, LedgerFault> {
        let (key, guard) = (config.log_key.verifier().clone(), config.guard.clone());
        let (writer, shared, reader) = checked(store, config)?;
        Ok(Self { writer, shared, reader, key, guard })
    }

    /// Writes these acts, as if they had waited together; one outcome for each, in order.
    pub fn commit(&mut self, acts: Vec<Act>) -> Vec<Outcome> {
        let outcomes: Arc<Mutex<Vec<Option<Outcome>>>> = Arc::new(Mutex::new(vec![None; acts.len()]));
        for (at, act) in acts.into_iter().enumerate() {
            let outcomes = Arc::clone(&outcomes);
            let tell = move |outcome| {
                if let Some(told) = outcomes.lock().ok().as_mut().and_then(|all| all.get_mut(at)) {
                    *told = Some(outcome);
                }
            };
            self.writer.wait(Job { weight: 0, act, done: Done::new(Box::new(tell)) });
        }
        self.writer.commit_waiting();
        let told = outcomes.lock().map(|all| all.clone()).unwrap_or_default();
        told.into_iter()
            .map(|outcome| outcome.unwrap_or(Err(AppendError::Stopped(StopReason::Closed))))
            .collect()
    }

    /// Signs the committed tree, if it may.
    pub fn sign(&mut self) {
        self.writer.publish();
    }

    /// As [`crate::Ledger::confront`].
    pub fn confront(&self, sighting: &Sighting) -> Result<Option<StopReason>, ReadError> {
        confront(sighting, &self.shared, &self.reader, &self.key, self.guard.as_deref())
    }

    /// Why it does not accept acts; `None` while it does.
    pub fn stopped(&self) -> Option<StopReason> {
        self.shared.stopped()
    }

    /// The reading side.
    pub fn reader(&self) -> &LedgerReader {
        &self.reader
    }
}
