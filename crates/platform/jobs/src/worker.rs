//! Workers: threads that take jobs and do them.

use crate::job::{Job, NewJob};
use crate::queue::{Jobs, JobsError, Lease, Stop};
use scr_core::Clock;
use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often a worker without work looks again.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Why an attempt did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorkError {
    /// The job must be left.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// It may go better another time.
    #[error("{0}")]
    Again(String),
    /// It never will: the input is wrong.
    #[error("{0}")]
    Never(String),
    /// The program ends: the job waits for the next start, and the attempt does not count.
    #[error("the server was stopped")]
    Stopped,
}

impl WorkError {
    /// A failure that another attempt may not meet.
    pub fn again(what: &dyn std::fmt::Display) -> Self {
        Self::Again(what.to_string())
    }
}

/// A kind of work.
pub trait Work: Send + Sync {
    /// Its name, `area.what`.
    fn kind(&self) -> &'static str;
    /// Does it. It says how far it is by [`Task::step`], more often than once a minute, and ends when
    /// that fails. It may run twice, and after having been cut off anywhere. The answer is a sentence
    /// on what came of it.
    fn run(&self, task: &Task<'_>) -> Result<String, WorkError>;
    /// For work that comes again by itself: every so many seconds.
    fn every_seconds(&self) -> Option<i64> {
        None
    }
    /// Whether it waits for other servers, however slow they are: such work has threads of its own, so that no other work
    /// waits with it.
    fn waits_for_others(&self) -> bool {
        false
    }
}

/// The job that is being done.
#[derive(Debug)]
pub struct Task<'a> {
    lease: &'a Lease,
    stop: &'a StopSign,
}

impl Task<'_> {
    /// The job.
    pub fn job(&self) -> &Job {
        &self.lease.job
    }

    /// Says how far the work is; fails when it must end.
    ///
    /// # Errors
    /// [`WorkError::Stop`], and [`WorkError::Stopped`] when the program ends.
    pub fn step(&self, done: u64, total: u64) -> Result<(), WorkError> {
        self.lease.heartbeat(done, total)?;
        if self.stop.is_set() { Err(WorkError::Stopped) } else { Ok(()) }
    }
}

/// What became of one look for work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nothing was due.
    Nothing,
    /// A job was done.
    Done,
    /// An attempt failed.
    Failed,
    /// A job was cancelled.
    Cancelled,
    /// The program ends, and the job waits for its next start.
    Released,
    /// The lease was lost while the work went on.
    Lost,
}

/// Does jobs of the kinds that it knows.
pub struct Worker {
    jobs: Jobs,
    works: Vec<Arc<dyn Work>>,
    clock: Arc<dyn Clock>,
    stop: Arc<StopSign>,
    /// The stretch of time for which each work that comes again was last asked for.
    asked: Mutex<BTreeMap<&'static str, i64>>,
}

impl Worker {
    /// A worker for these kinds of work.
    pub fn new(jobs: Jobs, works: Vec<Arc<dyn Work>>, clock: Arc<dyn Clock>) -> Self {
        Self { jobs, works, clock, stop: Arc::default(), asked: Mutex::default() }
    }

    /// Takes one job that is due and does it.
    ///
    /// # Errors
    /// [`JobsError`] when the tables fail.
    pub fn run_once(&self) -> Result<Ended, JobsError> {
        let kinds: Vec<&str> = self.works.iter().map(|work| work.kind()).collect();
        let Some(lease) = self.jobs.claim(&kinds)? else { return Ok(Ended::Nothing) };
        let Some(work) = self.works.iter().find(|work| work.kind() == lease.job.kind) else {
            return Ok(Ended::Nothing);
        };
        let task = Task { lease: &lease, stop: &self.stop };
        let span = tracing::info_span!("job", kind = work.kind(), outcome = tracing::field::Empty);
        let entered = span.enter();
        let outcome = catch_unwind(AssertUnwindSafe(|| work.run(&task)));
        let outcome = outcome.unwrap_or_else(|panic| Err(WorkError::Again(panic_text(panic.as_ref()))));
        drop(entered);
        span.record("outcome", if outcome.is_ok() { "done" } else { "not done" });
        let (kind, id) = (lease.job.kind.clone(), lease.job.id);
        let (held, ended) = match outcome {
            Ok(message) => (lease.finish(&message)?, Ended::Done),
            Err(WorkError::Stop(Stop::Cancelled)) => (lease.cancelled()?, Ended::Cancelled),
            Err(WorkError::Stop(Stop::Lost)) => (false, Ended::Lost),
            Err(WorkError::Stop(Stop::Store(error))) => return Err(error.into()),
            Err(WorkError::Stopped) => (lease.release()?, Ended::Released),
            Err(error) => {
                tracing::warn!(%kind, id, %error, "an attempt at a job failed");
                let may_retry = !matches!(error, WorkError::Never(_));
                (lease.fail(&error.to_string(), may_retry)?, Ended::Failed)
            }
        };
        Ok(if held { ended } else { Ended::Lost })
    }

    /// Asks for the work that comes again by itself. All nodes ask, with one key for each stretch of
    /// time, so that it is done once.
    ///
    /// # Errors
    /// [`JobsError`] when the tables fail.
    pub fn ask_for_recurring(&self) -> Result<(), JobsError> {
        for work in &self.works {
            let Some(every) = work.every_seconds().filter(|every| *every > 0) else { continue };
            let stretch = self.clock.now().div_euclid(every);
            if self.asked.lock().unwrap_or_else(PoisonError::into_inner).get(work.kind()) == Some(&stretch) {
                continue;
            }
            self.jobs.enqueue(&NewJob {
                kind: work.kind().to_owned(),
                key: format!("{}/{every}/{stretch}", work.kind()),
                owner: String::new(),
                input: String::new(),
                max_attempts: 3,
            })?;
            self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(work.kind(), stretch);
        }
        Ok(())
    }

    fn work(&self) {
        while !self.stop.is_set() {
            let looked = self.ask_for_recurring().and_then(|()| self.run_once());
            match looked {
                Ok(Ended::Nothing) => self.stop.wait(LOOK_EVERY),
                Ok(_) => {}
                Err(error) => {
                    tracing::warn!(%error, "the queue of jobs cannot be read");
                    self.stop.wait(LOOK_EVERY * 5);
                }
            }
        }
    }

    /// Starts so many threads of this worker.
    ///
    /// # Errors
    /// When the machine gives no thread.
    pub fn start(self, threads: usize) -> std::io::Result<Workers> {
        let stop = Arc::clone(&self.stop);
        let worker = Arc::new(self);
        let mut workers = Workers { stop, threads: Vec::with_capacity(threads) };
        for number in 0..threads {
            let worker = Arc::clone(&worker);
            let thread = std::thread::Builder::new().name(format!("jobs-{number}"));
            workers.threads.push(thread.spawn(move || worker.work())?);
        }
        Ok(workers)
    }
}

/// Running workers. Dropping them tells them to stop and waits; what they were at is taken up again
/// after the next start.
pub struct Workers {
    stop: Arc<StopSign>,
    threads: Vec<JoinHandle<()>>,
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.stop.set();
        for thread in self.threads.drain(..) {
            drop(thread.join());
        }
    }
}

#[derive(Debug, Default)]
struct StopSign {
    is_set: Mutex<bool>,
    changed: Condvar,
}

impl StopSign {
    fn is_set(&self) -> bool {
        *self.is_set.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self) {
        *self.is_set.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.changed.notify_all();
    }

    fn wait(&self, at_most: Duration) {
        let is_set = self.is_set.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.changed.wait_timeout_while(is_set, at_most, |is_set| !*is_set));
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!("it broke: {}", text.unwrap_or_else(|| "without a text".to_owned()))
}
