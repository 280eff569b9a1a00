//! The one thread that writes and signs.

use crate::act::{Act, AppendError, StopReason};
use crate::batch::{Outcome, commit_batch};
use crate::guard::Guard;
use crate::ledger::{LedgerConfig, Shared};
use crate::store::LogStore;
use scr_merkle::Frontier;
use scr_note::{Checkpoint, Note, SignerKey};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Acts and ciphertext bytes that one transaction takes at most.
const MAX_ACTS: usize = 4_096;
const MAX_PAYLOAD_BYTES: usize = 4 << 20;
/// The clock may step back by this many seconds.
const CLOCK_TOLERANCE_SECONDS: i64 = 2;

/// An act that waits, and whom to tell.
pub(crate) struct Job {
    pub(crate) act: Act,
    pub(crate) done: Box<dyn FnOnce(Outcome) + Send>,
}

/// The last signature: when, and of what size.
struct Signed {
    when: Instant,
    size: u64,
}

pub(crate) struct Writer {
    store: Box<dyn LogStore>,
    frontier: Frontier,
    last_at: i64,
    config: LedgerConfig,
    shared: Arc<Shared>,
    signed: Option<Signed>,
}

impl Writer {
    pub(crate) fn new(
        store: Box<dyn LogStore>,
        frontier: Frontier,
        last_at: i64,
        config: LedgerConfig,
        shared: Arc<Shared>,
    ) -> Self {
        Self { store, frontier, last_at, config, shared, signed: None }
    }

    pub(crate) fn run(mut self, jobs: &Receiver<Job>) {
        loop {
            let wait = self.until_checkpoint();
            match jobs.recv_timeout(wait) {
                Ok(first) => {
                    let batch = take_waiting(first, jobs);
                    self.commit(batch);
                    if self.until_checkpoint().is_zero() {
                        self.publish();
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.publish(),
                Err(RecvTimeoutError::Disconnected) => {
                    self.publish();
                    return;
                }
            }
        }
    }

    fn commit(&mut self, batch: Vec<Job>) {
        let now = self.checked_now();
        let (acts, callers): (Vec<Act>, Vec<_>) = batch.into_iter().map(|job| (job.act, job.done)).unzip();
        if let Some(reason) = self.shared.stopped() {
            return callers.into_iter().for_each(|done| done(Err(AppendError::Stopped(reason.clone()))));
        }
        match commit_batch(self.store.as_mut(), &mut self.frontier, &acts, now) {
            Ok(outcomes) => {
                self.last_at = self.last_at.max(now);
                if let Ok(observers) = self.shared.observers.read() {
                    observers.iter().for_each(|observer| observer(self.frontier.size()));
                }
                callers.into_iter().zip(outcomes).for_each(|(done, outcome)| done(outcome));
            }
            Err(error) => {
                // Whether the transaction is on the disk is unknown now; a restart will tell.
                drop(self.store.rollback());
                let reason = StopReason::StoreFailed(error.to_string());
                self.shared.stop(reason.clone());
                callers.into_iter().for_each(|done| done(Err(AppendError::Stopped(reason.clone()))));
            }
        }
    }

    /// What the clock shows. A clock that went back too far stops the ledger.
    fn checked_now(&self) -> i64 {
        let now = (self.config.now)();
        if self.shared.stopped().is_none() && now < self.last_at - CLOCK_TOLERANCE_SECONDS {
            self.shared.stop(StopReason::ClockBackwards { seconds: self.last_at - now });
        }
        now
    }

    /// How long until a checkpoint is due.
    fn until_checkpoint(&self) -> Duration {
        if self.shared.stopped().is_some() {
            return Duration::from_secs(3600);
        }
        match &self.signed {
            None => Duration::ZERO,
            Some(signed) => {
                let every = if signed.size == self.frontier.size() {
                    self.config.republish_every
                } else {
                    self.config.checkpoint_every
                };
                every.saturating_sub(signed.when.elapsed())
            }
        }
    }

    /// Signs the committed tree, keeps the signature durably, then lets it be served.
    fn publish(&mut self) {
        let time = self.checked_now().max(self.last_at);
        if self.shared.stopped().is_some() {
            return;
        }
        if let Err(reason) = self.sign(time) {
            self.shared.stop(reason);
        }
    }

    fn sign(&mut self, time: i64) -> Result<(), StopReason> {
        let checkpoint = Checkpoint::new(&self.config.origin, self.frontier.size(), self.frontier.root());
        let mut signers: Vec<&SignerKey> = vec![&self.config.log_key];
        signers.extend(&self.config.cosigners);
        let note = Note::sign(&checkpoint.to_string(), &signers, u64::try_from(time).unwrap_or(0))
            .ok_or_else(|| StopReason::StoreFailed("the checkpoint could not be signed".to_owned()))?;
        // The guard comes first: if the process dies in between, the guard names a state that is
        // durable and would have been signed with the same root.
        if let Some(path) = &self.config.guard {
            Guard::at(path).write(&checkpoint).map_err(|e| StopReason::Guard(e.to_string()))?;
        }
        self.store
            .put_checkpoint(checkpoint.size, &note.to_string())
            .map_err(|e| StopReason::StoreFailed(e.to_string()))?;
        self.signed = Some(Signed { when: Instant::now(), size: checkpoint.size });
        Ok(())
    }
}

/// All that waits, up to the limits of one transaction.
fn take_waiting(first: Job, jobs: &Receiver<Job>) -> Vec<Job> {
    let weight = |job: &Job| -> usize {
        job.act.proposals.iter().flat_map(|p| &p.payloads).map(|(_, bytes)| bytes.len()).sum()
    };
    let mut bytes = weight(&first);
    let mut batch = vec![first];
    while batch.len() < MAX_ACTS && bytes < MAX_PAYLOAD_BYTES {
        let Ok(job) = jobs.try_recv() else { break };
        bytes += weight(&job);
        batch.push(job);
    }
    batch
}
