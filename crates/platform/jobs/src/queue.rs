//! The queue: what callers ask for, and what workers hold.

use crate::job::{Enqueued, Job, JobState, NewJob};
use crate::tables::MIGRATIONS;
use scr_canon::sha256;
use scr_core::{Clock, Entropy};
use scr_store::{Statement, Store, StoreError, sql};
use std::sync::Arc;

/// A lease ends so long after its last heartbeat.
pub(crate) const LEASE_MS: i64 = 60_000;
/// The second attempt comes so long after the first; each further one after twice the time.
const FIRST_PAUSE_MS: i64 = 5_000;
const LONGEST_PAUSE_MS: i64 = 3_600_000;
const MAX_TEXT_BYTES: usize = 64 * 1024;
const MAX_MESSAGE_BYTES: usize = 2_000;
/// How often a job that another worker took first is passed by in one look.
const LOOKS: usize = 8;

const COLUMNS: &str = "id, kind, key, owner, input, state, attempts, max_attempts, cancel, done, total,
    message, created_ms, due_ms, started_ms, seen_ms, ended_ms";

/// Why the queue cannot do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobsError {
    /// The tables failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Kind, key, owner or input are longer than 64 KiB, the kind or key is empty, or no attempt is allowed.
    #[error("a job needs a kind, a key and an attempt, each text at most 64 KiB")]
    Malformed,
}

/// Jobs in each state.
pub type Counts = [(JobState, u64); 5];

/// Why a worker must leave a job.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// Somebody has cancelled it.
    #[error("cancelled")]
    Cancelled,
    /// The lease ended and somebody else has the job.
    #[error("the lease is lost")]
    Lost,
    /// The tables failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The queue. Cheap to clone. Calls block.
#[derive(Clone)]
pub struct Jobs {
    store: Store,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Jobs").field(&self.store).finish()
    }
}

impl Jobs {
    /// Creates the table where it is missing, and opens the queue.
    ///
    /// # Errors
    /// As for [`Store::migrate`].
    pub fn open(store: Store, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Result<Self, JobsError> {
        store.migrate("jobs", MIGRATIONS)?;
        Ok(Self { store, clock, entropy })
    }

    /// Asks for work. When there is a job with this key, whatever its state, it is the answer.
    ///
    /// # Errors
    /// [`JobsError::Malformed`], [`JobsError::Store`].
    pub fn enqueue(&self, new: &NewJob) -> Result<Enqueued, JobsError> {
        let is_long = |text: &String| text.len() > MAX_TEXT_BYTES;
        let texts = [&new.kind, &new.key, &new.owner, &new.input];
        if new.kind.is_empty()
            || new.key.is_empty()
            || new.max_attempts == 0
            || texts.into_iter().any(is_long)
        {
            return Err(JobsError::Malformed);
        }
        let now = self.clock.now_ms();
        let inserted = self.store.query_opt(&sql!(
            "INSERT INTO job (kind, key, owner, input, state, due_ms, attempts, max_attempts, lease, lease_until_ms,
                cancel, done, total, message, created_ms, started_ms, seen_ms, ended_ms)
             VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $6, '', 0, 0, 0, 0, '', $5, 0, 0, 0)
             ON CONFLICT (key) DO NOTHING RETURNING id",
            &new.kind,
            &new.key,
            &new.owner,
            &new.input,
            now,
            i64::from(new.max_attempts),
        ))?;
        if let Some(row) = inserted {
            return Ok(Enqueued { id: row.int("id")?, is_new: true });
        }
        let row = self.store.query_opt(&sql!("SELECT id FROM job WHERE key = $1", &new.key))?;
        // Swept away between the two statements: then it is the caller's to ask again.
        let row = row.ok_or_else(|| StoreError::Busy("the job has just been swept away".to_owned()))?;
        Ok(Enqueued { id: row.int("id")?, is_new: false })
    }

    /// A job.
    ///
    /// # Errors
    /// [`JobsError::Store`]; so for all of these.
    pub fn get(&self, id: i64) -> Result<Option<Job>, JobsError> {
        let row = self.store.query_opt(&sql!(format!("SELECT {COLUMNS} FROM job WHERE id = $1"), id))?;
        Ok(row.map(|row| Job::from_row(&row)).transpose()?)
    }

    /// The newest jobs of an owner, at most `limit`.
    pub fn of(&self, owner: &str, limit: u32) -> Result<Vec<Job>, JobsError> {
        let text = format!("SELECT {COLUMNS} FROM job WHERE owner = $1 ORDER BY id DESC LIMIT $2");
        let rows = self.store.query(&sql!(text, owner, i64::from(limit)))?;
        Ok(rows.iter().map(Job::from_row).collect::<Result<_, _>>()?)
    }

    /// How many jobs are in each state.
    pub fn counts(&self) -> Result<Counts, JobsError> {
        let rows = self.store.query(&sql!("SELECT state, count(*) AS jobs FROM job GROUP BY state"))?;
        let mut counts = JobState::ALL.map(|state| (state, 0));
        for row in &rows {
            let name = row.text("state")?;
            if let Some(one) = counts.iter_mut().find(|(state, _)| state.as_str() == name) {
                one.1 = row.count("jobs")?;
            }
        }
        Ok(counts)
    }

    /// Cancels a job: at once while it waits, at its next heartbeat while it runs. `false` when it has
    /// ended already.
    pub fn cancel(&self, id: i64) -> Result<bool, JobsError> {
        let changed = self.store.execute(&sql!(
            "UPDATE job SET cancel = 1,
                ended_ms = CASE WHEN state = 'waiting' THEN $2 ELSE ended_ms END,
                state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END
             WHERE id = $1 AND state IN ('waiting', 'running')",
            id,
            self.clock.now_ms(),
        ))?;
        Ok(changed == 1)
    }

    /// Gives a job that is dead or was cancelled its attempts back. `false` for every other.
    pub fn again(&self, id: i64) -> Result<bool, JobsError> {
        let changed = self.store.execute(&sql!(
            "UPDATE job SET state = 'waiting', attempts = 0, cancel = 0, due_ms = $2, ended_ms = 0, done = 0, total = 0
             WHERE id = $1 AND state IN ('dead', 'cancelled')",
            id,
            self.clock.now_ms(),
        ))?;
        Ok(changed == 1)
    }

    /// Deletes what was done or cancelled more than `age_ms` ago. What is dead stays until somebody has
    /// looked.
    pub fn sweep(&self, age_ms: i64) -> Result<u64, JobsError> {
        Ok(self.store.execute(&sql!(
            "DELETE FROM job WHERE state IN ('done', 'cancelled') AND ended_ms < $1",
            self.clock.now_ms() - age_ms,
        ))?)
    }

    /// Takes the job that has been due longest, among these kinds. Of two workers that ask at the same
    /// time one gets it.
    pub fn claim(&self, kinds: &[&str]) -> Result<Option<Lease>, JobsError> {
        for _ in 0..LOOKS {
            let now = self.clock.now_ms();
            let Some(id) = self.due(kinds, now)? else { return Ok(None) };
            let token = sha256(&self.entropy.bytes::<32>()).to_hex();
            // Taken only if it is still due: then nobody else has it.
            let taken = self.store.query_opt(&sql!(
                format!(
                    "UPDATE job SET state = 'running', lease = $2, lease_until_ms = $3, attempts = attempts + 1,
                        started_ms = $4, seen_ms = $4, done = 0, total = 0
                     WHERE id = $1 AND ((state = 'waiting' AND due_ms <= $4) OR (state = 'running' AND lease_until_ms <= $4))
                     RETURNING {COLUMNS}"
                ),
                id,
                &token,
                now + LEASE_MS,
                now,
            ))?;
            let Some(row) = taken else { continue };
            let lease = Lease { job: Job::from_row(&row)?, token, jobs: self.clone() };
            if lease.job.cancel {
                lease.end(JobState::Cancelled, "", now)?;
            } else if lease.job.attempts > lease.job.max_attempts {
                lease.end(JobState::Dead, "its worker ended without a word, every time", now)?;
            } else {
                return Ok(Some(lease));
            }
        }
        Ok(None)
    }

    fn due(&self, kinds: &[&str], now: i64) -> Result<Option<i64>, JobsError> {
        if kinds.is_empty() {
            return Ok(None);
        }
        let names: Vec<String> = (2..).take(kinds.len()).map(|number| format!("${number}")).collect();
        let mut statement = Statement {
            sql: format!(
                "SELECT id FROM job WHERE ((state = 'waiting' AND due_ms <= $1) OR (state = 'running' AND lease_until_ms <= $1))
                 AND kind IN ({}) ORDER BY due_ms, id LIMIT 1",
                names.join(", ")
            ),
            params: vec![scr_store::Param::Int(now)],
        };
        statement.params.extend(kinds.iter().map(|kind| scr_store::Param::Text((*kind).to_owned())));
        Ok(self.store.query_opt(&statement)?.map(|row| row.int("id")).transpose()?)
    }
}

/// A job that this worker holds.
#[derive(Debug)]
pub struct Lease {
    /// The job as it was when it was taken.
    pub job: Job,
    token: String,
    jobs: Jobs,
}

impl Lease {
    /// Says that the work goes on, and how far it is.
    ///
    /// # Errors
    /// [`Stop`]: the work must end here.
    pub fn heartbeat(&self, done: u64, total: u64) -> Result<(), Stop> {
        let now = self.jobs.clock.now_ms();
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let row = self.jobs.store.query_opt(&sql!(
            "UPDATE job SET lease_until_ms = $3, seen_ms = $4, done = $5, total = $6
             WHERE id = $1 AND lease = $2 AND state = 'running' RETURNING cancel",
            self.job.id,
            &self.token,
            now + LEASE_MS,
            now,
            whole(done),
            whole(total),
        ))?;
        let Some(row) = row else { return Err(Stop::Lost) };
        if row.flag("cancel")? { Err(Stop::Cancelled) } else { Ok(()) }
    }

    /// The work is done. `false` when the lease was lost: then somebody else does it, too.
    ///
    /// # Errors
    /// [`JobsError::Store`].
    pub fn finish(self, message: &str) -> Result<bool, JobsError> {
        let now = self.jobs.clock.now_ms();
        self.end(JobState::Done, message, now)
    }

    /// The work was left because somebody cancelled it.
    ///
    /// # Errors
    /// As for [`Lease::finish`].
    pub fn cancelled(self) -> Result<bool, JobsError> {
        let now = self.jobs.clock.now_ms();
        self.end(JobState::Cancelled, "", now)
    }

    /// Gives the job back as it was taken.
    ///
    /// # Errors
    /// As for [`Lease::finish`].
    pub fn release(self) -> Result<bool, JobsError> {
        let changed = self.jobs.store.execute(&sql!(
            "UPDATE job SET state = 'waiting', lease = '', lease_until_ms = 0, attempts = attempts - 1
             WHERE id = $1 AND lease = $2 AND state = 'running'",
            self.job.id,
            &self.token,
        ))?;
        Ok(changed == 1)
    }

    /// The attempt failed: there is another one after a pause, or the job is dead.
    ///
    /// # Errors
    /// As for [`Lease::finish`].
    pub fn fail(self, message: &str, may_retry: bool) -> Result<bool, JobsError> {
        let now = self.jobs.clock.now_ms();
        if !may_retry || self.job.attempts >= self.job.max_attempts {
            return self.end(JobState::Dead, message, now);
        }
        let changed = self.jobs.store.execute(&sql!(
            "UPDATE job SET state = 'waiting', lease = '', lease_until_ms = 0, due_ms = $3, message = $4
             WHERE id = $1 AND lease = $2 AND state = 'running'",
            self.job.id,
            &self.token,
            now + pause_ms(self.job.attempts),
            short(message),
        ))?;
        Ok(changed == 1)
    }

    fn end(&self, state: JobState, message: &str, now: i64) -> Result<bool, JobsError> {
        let changed = self.jobs.store.execute(&sql!(
            "UPDATE job SET state = $3, lease = '', lease_until_ms = 0, message = $4, ended_ms = $5
             WHERE id = $1 AND lease = $2 AND state = 'running'",
            self.job.id,
            &self.token,
            state.as_str(),
            short(message),
            now,
        ))?;
        Ok(changed == 1)
    }
}

/// Until the next attempt: 5 s, 10 s, 20 s, … at most an hour.
fn pause_ms(attempts: u32) -> i64 {
    let doublings = attempts.saturating_sub(1).min(20);
    (FIRST_PAUSE_MS << doublings).min(LONGEST_PAUSE_MS)
}

fn short(message: &str) -> &str {
    let mut end = message.len().min(MAX_MESSAGE_BYTES);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    message.get(..end).unwrap_or_default()
}
