//! The one thread that writes and signs.

use crate::act::{Act, AppendError, StopReason};
use crate::batch::{Edge, Failure, MAX_BATCH_BYTES, MAX_BATCH_ENTRIES, Outcome};
use crate::batch::{commit, commit_batch, panic_text};
use crate::guard::Guard;
use crate::ledger::{LedgerConfig, Shared};
use crate::reader::LedgerReader;
use crate::start::{Start, check_extends};
use crate::store::{LogStore, Put};
use scr_canon::Hash32;
use scr_note::{Checkpoint, Note, SignError, SignerKey};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// Acts that one transaction takes at most, also when they have no entries.
const MAX_BATCH_ACTS: usize = 4_096;
/// The clock may step back by this many seconds.
const CLOCK_TOLERANCE_SECONDS: i64 = 2;
/// How often a node looks, at most, whether another one has left entries without a signature.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Pause before signing is tried again, when another writer was in the way.
const RETRY_AFTER: Duration = Duration::from_millis(200);
/// Pause before it is tried again, when whoever holds the key did not sign: longer, because an agent that hangs
/// keeps the writer waiting.
const KEY_AGAIN_AFTER: Duration = Duration::from_secs(5);

/// Whom to tell about an act. Whoever waits is told even when the writer dies.
pub(crate) struct Done(Option<Box<dyn FnOnce(Outcome) + Send>>);

impl Done {
    pub(crate) fn new(done: Box<dyn FnOnce(Outcome) + Send>) -> Self {
        Self(Some(done))
    }

    pub(crate) fn tell(mut self, outcome: Outcome) {
        self.call(outcome);
    }

    fn call(&mut self, outcome: Outcome) {
        let Some(done) = self.0.take() else { return };
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| done(outcome))) {
            tracing::error!(panic = panic_text(panic.as_ref()), "who waited for an act panicked");
        }
    }
}

impl Drop for Done {
    fn drop(&mut self) {
        self.call(Err(AppendError::Stopped(StopReason::Closed)));
    }
}

/// An act that waits, and whom to tell.
pub(crate) struct Job {
    pub(crate) act: Act,
    /// What it adds to the bytes that wait.
    pub(crate) weight: usize,
    pub(crate) done: Done,
}

/// The last signature: when, and of what tree.
struct Signed {
    when: Instant,
    size: u64,
    root: Hash32,
}

pub(crate) struct Writer {
    store: Box<dyn LogStore>,
    reader: LedgerReader,
    edge: Edge,
    last_at: i64,
    config: LedgerConfig,
    shared: Arc<Shared>,
    /// Taken from the queue, not yet in a transaction.
    waiting: VecDeque<Job>,
    signed: Option<Signed>,
    /// Whether another node has added to the log since the last signature.
    followed: bool,
    retry_at: Option<Instant>,
    /// The size that was signed at the last look, when there were entries beyond it.
    unsigned_beyond: Option<u64>,
}

impl Writer {
    pub(crate) fn new(
        store: Box<dyn LogStore>,
        reader: LedgerReader,
        start: Start,
        config: LedgerConfig,
        shared: Arc<Shared>,
    ) -> Self {
        let Start { edge, last_at, stopped: _ } = start;
        let waiting = VecDeque::new();
        Self {
            store,
            reader,
            edge,
            last_at,
            config,
            shared,
            waiting,
            signed: None,
            followed: false,
            retry_at: None,
            unsigned_beyond: None,
        }
    }

    /// Works until the ledger is closed. A panic stops the log, and whoever waits is told.
    pub(crate) fn run(mut self, jobs: &Receiver<Job>) {
        let Err(panic) = catch_unwind(AssertUnwindSafe(|| self.work(jobs))) else { return };
        let reason = StopReason::Panicked(panic_text(panic.as_ref()));
        self.shared.stop(reason.clone());
        let left = std::mem::take(&mut self.waiting);
        for job in left.into_iter().chain(jobs.iter()) {
            job.done.tell(Err(AppendError::Stopped(reason.clone())));
        }
    }

    fn work(&mut self, jobs: &Receiver<Job>) {
        loop {
            if self.waiting.is_empty() {
                match jobs.recv_timeout(self.until_look()) {
                    Ok(job) => self.take(job),
                    Err(RecvTimeoutError::Timeout) => {
                        if self.until_checkpoint().is_zero() || self.is_left_unsigned() {
                            self.publish();
                        }
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => return self.publish(),
                }
            }
            self.take_waiting(jobs);
            self.commit();
            if self.until_checkpoint().is_zero() {
                self.publish();
            }
        }
    }

    /// Takes an act without a queue.
    pub(crate) fn wait(&mut self, job: Job) {
        self.waiting.push_back(job);
    }

    /// Commits all that waits.
    pub(crate) fn commit_waiting(&mut self) {
        while !self.waiting.is_empty() {
            self.commit();
        }
    }

    fn take(&mut self, job: Job) {
        self.shared.waiting_bytes.fetch_sub(job.weight, Ordering::Relaxed);
        self.waiting.push_back(job);
    }

    /// All that waits, up to what one transaction takes.
    fn take_waiting(&mut self, jobs: &Receiver<Job>) {
        let mut entries: usize = self.waiting.iter().map(|job| job.act.proposals.len()).sum();
        let mut bytes: usize = self.waiting.iter().map(|job| job.act.payload_bytes()).sum();
        while self.waiting.len() < MAX_BATCH_ACTS && entries < MAX_BATCH_ENTRIES && bytes < MAX_BATCH_BYTES {
            let Ok(job) = jobs.try_recv() else { break };
            entries += job.act.proposals.len();
            bytes += job.act.payload_bytes();
            self.take(job);
        }
    }

    /// Commits the first of the waiting acts, as many as one transaction takes.
    fn commit(&mut self) {
        let now = self.checked_now();
        if let Some(reason) = self.shared.stopped() {
            return self.refuse_all(&AppendError::Stopped(reason));
        }
        let acts = self.waiting.iter().map(|job| &job.act);
        match commit_batch(self.store.as_mut(), &mut self.edge, acts, now) {
            Ok((outcomes, followed)) => {
                self.last_at = self.last_at.max(now);
                self.followed |= followed;
                self.observe();
                for (job, outcome) in self.waiting.drain(..outcomes.len()).zip(outcomes) {
                    job.done.tell(outcome);
                }
            }
            Err(failure) => {
                let refusal = match self.give_up(failure) {
                    None => AppendError::Busy,
                    Some(reason) => AppendError::Stopped(reason),
                };
                self.refuse_all(&refusal);
            }
        }
    }

    fn refuse_all(&mut self, refusal: &AppendError) {
        self.waiting.drain(..).for_each(|job| job.done.tell(Err(refusal.clone())));
    }

    fn observe(&self) {
        let Ok(observers) = self.shared.observers.read() else { return };
        for observer in observers.iter() {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| observer(self.edge.frontier.size()))) {
                tracing::error!(panic = panic_text(panic.as_ref()), "an observer of commits panicked");
            }
        }
    }

    /// Rolls back; stops the log, with the reason, unless it is certain that nothing changed.
    fn give_up(&mut self, failure: Failure) -> Option<StopReason> {
        let rolled_back = self.store.rollback();
        let reason = match (failure, rolled_back) {
            (Failure::Unchanged(error), Ok(())) => {
                tracing::warn!(%error, "the store is busy");
                return None;
            }
            (Failure::Unchanged(_), Err(error)) => StopReason::StoreFailed(error.what),
            (Failure::Stop(reason), _) => reason,
        };
        self.shared.stop(reason.clone());
        Some(reason)
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
        if let Some(at) = self.retry_at {
            return at.saturating_duration_since(Instant::now());
        }
        let Some(signed) = &self.signed else { return Duration::ZERO };
        let grown = signed.size != self.edge.frontier.size();
        let every = if grown { self.config.checkpoint_every } else { self.config.republish_every };
        every.saturating_sub(signed.when.elapsed())
    }

    /// How long until there is something to do that nobody asks for.
    fn until_look(&self) -> Duration {
        let checkpoint = self.until_checkpoint();
        if !self.store.is_shared() || self.shared.stopped().is_some() {
            return checkpoint;
        }
        checkpoint.min(self.config.checkpoint_every.clamp(RETRY_AFTER, LOOK_EVERY))
    }

    /// Whether entries wait for a signature that nobody gives: at two looks the same was signed, and there
    /// was more. The node that recorded them was killed before it signed.
    fn is_left_unsigned(&mut self) -> bool {
        if !self.store.is_shared() || self.shared.stopped().is_some() {
            return false;
        }
        let (Ok(size), Ok(checkpoint)) = (self.reader.size(), self.reader.checkpoint()) else { return false };
        let signed = checkpoint.map_or(0, |checkpoint| checkpoint.size);
        let beyond = (size > signed).then_some(signed);
        let is_left = beyond.is_some() && beyond == self.unsigned_beyond;
        self.unsigned_beyond = beyond;
        is_left
    }

    /// Signs the committed tree, keeps the signature durably, then lets it be served.
    pub(crate) fn publish(&mut self) {
        let time = self.checked_now().max(self.last_at);
        if self.shared.stopped().is_some() {
            return;
        }
        self.retry_at = None;
        if let Err(failure) = self.sign(time)
            && self.give_up(failure).is_none()
        {
            self.retry_at = Some(Instant::now() + RETRY_AFTER);
        }
    }

    fn sign(&mut self, time: i64) -> Result<(), Failure> {
        let head = self.store.begin()?;
        self.followed |= self.edge.follow(self.store.as_mut(), &head)?;
        let size = head.size;
        if let (true, Some(signed)) = (self.followed, &self.signed) {
            check_extends(&self.reader, size, signed.size, &signed.root).map_err(Failure::Stop)?;
        }
        let checkpoint = Checkpoint::new(&self.config.origin, size, head.root);
        let shared = Arc::clone(&self.shared);
        let _signing = shared.signing();
        if let Some(reason) = shared.stopped() {
            return Err(Failure::Stop(reason));
        }
        let mut signers: Vec<&SignerKey> = vec![&self.config.log_key];
        signers.extend(&self.config.cosigners);
        let note = match Note::sign(&checkpoint.to_string(), &signers, u64::try_from(time).unwrap_or(0)) {
            Ok(note) => note,
            Err(SignError::Away(why)) => return self.leave_unsigned(why),
            Err(error) => return Err(stop(&error.to_string())),
        };
        match self.store.put_checkpoint(&checkpoint, &note.to_string())? {
            Put::Kept => {}
            Put::LargerKept(signed) => return Err(Failure::Stop(StopReason::RolledBack { size, signed })),
            Put::OtherRoot => return Err(Failure::Stop(StopReason::Diverged { size })),
        }
        // The guard stands before the checkpoint is served, and only for what the store accepts. If the
        // process dies in between, it names a durable tree that would have been signed with this root.
        if let Some(path) = &self.config.guard {
            let guard = Guard::at(path).write(&checkpoint);
            guard.map_err(|e| Failure::Stop(StopReason::Guard(e.to_string())))?;
        }
        commit(self.store.as_mut())?;
        self.signed = Some(Signed { when: Instant::now(), size, root: head.root });
        self.followed = false;
        self.shared.leave_unsigned(None);
        Ok(())
    }

    /// What cannot be signed waits: acts go on, and lose nothing by it but the time of their proof.
    fn leave_unsigned(&mut self, why: String) -> Result<(), Failure> {
        self.store.rollback()?;
        self.shared.leave_unsigned(Some(why));
        self.retry_at = Some(Instant::now() + KEY_AGAIN_AFTER);
        Ok(())
    }
}

fn stop(what: &str) -> Failure {
    Failure::Stop(StopReason::StoreFailed(what.to_owned()))
}
