//! The ledger as the rest of the program sees it.

use crate::act::{Act, AppendError, Recorded, StopReason};
use crate::batch::Outcome;
use crate::guard::Guard;
use crate::reader::{LedgerReader, ReadError};
use crate::sighting::{Sighting, confront};
use crate::start::Start;
use crate::store::{LogStore, StoreError};
use crate::writer::{Done, Job, Writer};
use scr_note::retirement::is_reason;
use scr_note::{Promise, Retirement, SignerKey, VerifierKey};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

/// Acts, and bytes of acts, that may wait before callers are told to come back.
const MAX_WAITING_ACTS: usize = 16_384;
const MAX_WAITING_BYTES: usize = 128 << 20;

/// How a ledger is run.
pub struct LedgerConfig {
    /// Name of the log: a URL without scheme, `log.emb.example/2026`.
    pub origin: String,
    /// The log's Ed25519 key. Its name is the origin.
    pub log_key: Arc<SignerKey>,
    /// Further keys that sign each checkpoint: the log's own ML-DSA-44 cosignature.
    pub cosigners: Vec<SignerKey>,
    /// Seconds since 1970, UTC.
    pub now: Arc<dyn Fn() -> i64 + Send + Sync>,
    /// Where the guard stands; `None` for a record in memory.
    pub guard: Option<PathBuf>,
    /// Checkpoints of this log that others keep, as far as they were asked before it is opened.
    pub seen: Vec<Sighting>,
    /// Least time between two checkpoints.
    pub checkpoint_every: Duration,
    /// A checkpoint is signed anew after this time even when the log has not grown.
    pub republish_every: Duration,
}

/// The ledger cannot be opened at all.
#[derive(Debug, thiserror::Error)]
pub enum LedgerFault {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The log's key has another name than the origin, or no Ed25519 key.
    #[error("the log's key must be an Ed25519 key named {0}")]
    Key(String),
    /// The writer's thread could not be started.
    #[error("the writer's thread could not be started: {0}")]
    Thread(std::io::Error),
}

/// Called after each commit with the new size.
pub(crate) type Observer = Box<dyn Fn(u64) + Send + Sync>;

/// State that the writer and its callers share.
#[derive(Default)]
pub(crate) struct Shared {
    pub(crate) stopped: RwLock<Option<StopReason>>,
    /// Why nothing is signed at the moment, while acts are accepted.
    pub(crate) unsigned: RwLock<Option<String>>,
    pub(crate) observers: RwLock<Vec<Observer>>,
    pub(crate) waiting_bytes: AtomicUsize,
    signing: Mutex<()>,
}

impl Shared {
    pub(crate) fn stopped(&self) -> Option<StopReason> {
        self.stopped.read().map_or(Some(StopReason::Closed), |reason| reason.clone())
    }

    /// Held while a checkpoint is signed and kept, and while the guard is told of a larger one.
    pub(crate) fn signing(&self) -> MutexGuard<'_, ()> {
        self.signing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn stop(&self, reason: StopReason) {
        tracing::error!(%reason, "the ledger stops accepting and signing");
        if let Ok(mut stopped) = self.stopped.write() {
            stopped.get_or_insert(reason);
        }
    }

    /// Remembers why nothing is signed, or that it is again.
    pub(crate) fn leave_unsigned(&self, why: Option<String>) {
        let Ok(mut unsigned) = self.unsigned.write() else { return };
        match (&*unsigned, &why) {
            (None, Some(why)) => tracing::error!(%why, "acts are accepted, and not signed"),
            (Some(_), None) => tracing::info!("the log's key signs again"),
            _ => {}
        }
        *unsigned = why;
    }
}

/// A log that is open. Dropping it waits until what was taken is durable.
pub struct Ledger {
    queue: Option<SyncSender<Job>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    shared: Arc<Shared>,
    reader: LedgerReader,
    origin: String,
    /// `None` where the log is somebody else's.
    log_key: Option<Arc<SignerKey>>,
    verifiers: Vec<VerifierKey>,
    guard: Option<PathBuf>,
}

/// Checks a stored log and makes its writer ready, stopped when what is stored does not fit.
pub(crate) fn checked(
    mut store: Box<dyn LogStore>,
    config: LedgerConfig,
) -> Result<(Writer, Arc<Shared>, LedgerReader), LedgerFault> {
    let key = config.log_key.verifier();
    if key.name() != config.origin || key.algorithm() != scr_note::Algorithm::Ed25519 {
        return Err(LedgerFault::Key(config.origin));
    }
    let reader = LedgerReader::new(store.reader());
    let start = Start::check(store.as_mut(), &reader, &config)?;
    let shared = Arc::new(Shared::default());
    if let Some(reason) = &start.stopped {
        shared.stop(reason.clone());
    }
    shared.leave_unsigned(config.log_key.check().err());
    let writer = Writer::new(store, reader.clone(), start, config, Arc::clone(&shared));
    Ok((writer, shared, reader))
}

/// Why a log was not ended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RetireError {
    /// It has no guard (a log in memory), or nothing was ever signed.
    #[error("there is nothing to end: nothing was ever signed")]
    NothingSigned,
    /// The reason is empty, longer than 500 bytes or not one line.
    #[error("the reason must be one line of at most 500 bytes")]
    Reason,
    /// It was ended before.
    #[error("the log was ended before; its successor is {0}")]
    Before(String),
    /// A file or the store failed.
    #[error("{0}")]
    Failed(String),
}

impl Ledger {
    /// Opens a log: checks the stored tree against its root and against what was signed, and starts the
    /// writer. When they do not fit the ledger opens all the same, readable, and says why it does not
    /// accept.
    pub fn open(store: Box<dyn LogStore>, config: LedgerConfig) -> Result<Self, LedgerFault> {
        let key = config.log_key.verifier().clone();
        let verifiers =
            std::iter::once(key).chain(config.cosigners.iter().map(|c| c.verifier().clone())).collect();
        let (origin, log_key) = (config.origin.clone(), Arc::clone(&config.log_key));
        let guard = config.guard.clone();
        let (queue, jobs) = sync_channel(MAX_WAITING_ACTS);
        let (writer, shared, reader) = checked(store, config)?;
        let thread = std::thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || writer.run(&jobs))
            .map_err(LedgerFault::Thread)?;
        Ok(Self {
            queue: Some(queue),
            thread: Mutex::new(Some(thread)),
            shared,
            reader,
            origin,
            log_key: Some(log_key),
            verifiers,
            guard,
        })
    }

    /// Somebody else's log, of which this machine holds a replica: it is read like any other, accepts
    /// nothing and has no key. A [`crate::Replica`] adds to the store behind `reader`.
    pub fn mirror(reader: LedgerReader, origin: &str, verifiers: Vec<VerifierKey>) -> Self {
        let reason = StopReason::Mirror { origin: origin.to_owned() };
        let shared = Shared { stopped: RwLock::new(Some(reason)), ..Shared::default() };
        Self {
            queue: None,
            thread: Mutex::new(None),
            shared: Arc::new(shared),
            reader,
            origin: origin.to_owned(),
            log_key: None,
            verifiers,
            guard: None,
        }
    }

    /// The same, with the folder of `guard` as the place where the statement of its end is kept.
    #[must_use]
    pub fn with_end_beside(mut self, guard: &Path) -> Self {
        self.guard = Some(guard.to_owned());
        self
    }

    /// Records an act and waits until it is durable.
    pub fn append(&self, act: Act) -> Outcome {
        let (answer, waiting) = sync_channel(1);
        self.append_with(act, Box::new(move |outcome| drop(answer.send(outcome))));
        waiting.recv().unwrap_or(Err(AppendError::Stopped(StopReason::Closed)))
    }

    /// Records an act and calls back, from the writer's thread, when it is durable or refused.
    pub fn append_with(&self, act: Act, done: Box<dyn FnOnce(Outcome) + Send>) {
        if let Some(reason) = self.shared.stopped() {
            return done(Err(AppendError::Stopped(reason)));
        }
        if let Err(refusal) = act.check() {
            return done(Err(refusal));
        }
        let Some(queue) = &self.queue else { return done(Err(AppendError::Stopped(StopReason::Closed))) };
        let weight = act.waiting_bytes();
        let waiting = &self.shared.waiting_bytes;
        if waiting.fetch_add(weight, Ordering::Relaxed) + weight > MAX_WAITING_BYTES {
            waiting.fetch_sub(weight, Ordering::Relaxed);
            return done(Err(AppendError::Busy));
        }
        let (job, refusal) = match queue.try_send(Job { act, weight, done: Done::new(done) }) {
            Ok(()) => return,
            Err(TrySendError::Full(job)) => (job, AppendError::Busy),
            Err(TrySendError::Disconnected(job)) => {
                (job, AppendError::Stopped(self.shared.stopped().unwrap_or(StopReason::Closed)))
            }
        };
        waiting.fetch_sub(weight, Ordering::Relaxed);
        job.done.tell(Err(refusal));
    }

    /// The log's signed promise for an entry that it has just recorded; `None` while its key is away.
    pub fn promise(&self, recorded: &Recorded) -> Option<String> {
        let at = scr_entry::utc_text(recorded.at);
        let promise = Promise { origin: self.origin.clone(), index: recorded.index, leaf: recorded.leaf, at };
        promise.sign(self.log_key.as_ref()?).ok()
    }

    /// Ends the log for ever: signs that `successor` goes on after the last tree that was signed, keeps
    /// that beside the guard, and accepts nothing more. It works for a log that has stopped as well:
    /// that is what it is for. Whoever wants the end as an entry records it, and waits for its
    /// checkpoint, before.
    pub fn retire(&self, successor: &VerifierKey, reason: &str, at: i64) -> Result<String, RetireError> {
        let failed = |e: &dyn std::fmt::Display| RetireError::Failed(e.to_string());
        if let Some(StopReason::Retired { successor }) = self.shared.stopped() {
            return Err(RetireError::Before(successor));
        }
        if !is_reason(reason) {
            return Err(RetireError::Reason);
        }
        let log_key = self.log_key.as_ref().ok_or(RetireError::NothingSigned)?;
        let guard = Guard::at(self.guard.as_deref().ok_or(RetireError::NothingSigned)?);
        let guarded = guard.read().map_err(|e| failed(&e))?;
        let published =
            self.reader.checkpoint().map_err(|e| failed(&e))?.map(|signed| (signed.size, signed.root));
        let (size, root) = guarded
            .into_iter()
            .chain(published)
            .max_by_key(|(size, _)| *size)
            .ok_or(RetireError::NothingSigned)?;
        let retirement = Retirement {
            origin: self.origin.clone(),
            size,
            root,
            successor: successor.clone(),
            at: scr_entry::utc_text(at),
            reason: reason.to_owned(),
        };
        let note = retirement.sign(log_key).map_err(|e| failed(&e))?;
        self.shared.stop(StopReason::Retired { successor: successor.name().to_owned() });
        guard.write_retirement(&note).map_err(|e| failed(&e))?;
        Ok(note)
    }

    /// Holds a checkpoint that somebody keeps against the record. When it bears this log's own signature
    /// and the record does not continue it, the log stops, and the reason is the answer; without that
    /// signature nothing happens.
    pub fn confront(&self, sighting: &Sighting) -> Result<Option<StopReason>, ReadError> {
        let Some(key) = self.verifiers.first() else { return Ok(None) };
        confront(sighting, &self.shared, &self.reader, key, self.guard.as_deref())
    }

    /// The signed statement that this log has ended; `None` while it goes on.
    pub fn retirement(&self) -> Option<String> {
        self.guard.as_deref().and_then(|path| Guard::at(path).retirement().ok().flatten())
    }

    /// The reading side.
    pub fn reader(&self) -> &LedgerReader {
        &self.reader
    }

    /// Name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The keys that sign its checkpoints; the first is the log's own.
    pub fn verifiers(&self) -> &[VerifierKey] {
        &self.verifiers
    }

    /// Why the ledger does not accept acts; `None` while it does.
    pub fn stopped(&self) -> Option<StopReason> {
        self.shared.stopped()
    }

    /// Why nothing is signed, while acts are accepted: whoever holds the log's key is away. `None` while it is
    /// signed.
    pub fn unsigned(&self) -> Option<String> {
        self.shared.unsigned.read().ok().and_then(|why| why.clone())
    }

    /// Calls `observer` with the new size after each commit, from the writer's thread.
    pub fn on_commit(&self, observer: impl Fn(u64) + Send + Sync + 'static) {
        if let Ok(mut observers) = self.shared.observers.write() {
            observers.push(Box::new(observer));
        }
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        drop(self.queue.take());
        let thread = self.thread.lock().ok().and_then(|mut thread| thread.take());
        if let Some(thread) = thread {
            drop(thread.join());
        }
    }
}
