//! A job as it stands in the table.

use scr_store::{Row, StoreError};

/// Where a job is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum JobState {
    /// Waits for a worker, or for its next attempt.
    Waiting,
    /// A worker holds it.
    Running,
    /// Done.
    Done,
    /// Failed as often as it may: somebody must look.
    Dead,
    /// Cancelled by a person.
    Cancelled,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Running, Self::Done, Self::Dead, Self::Cancelled];

    /// Its name in the table, on pages and in figures.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Dead => "dead",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether nothing more happens by itself.
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Done | Self::Dead | Self::Cancelled)
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// Work to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Which [`crate::Work`] does it.
    pub kind: String,
    /// There is never a second job with this key: asking twice is asking once.
    pub key: String,
    /// Whose it is: an organisation's id, or empty for the server's own.
    pub owner: String,
    /// What it works on, in the form that its kind reads.
    pub input: String,
    /// How often it may be tried.
    pub max_attempts: u32,
}

/// The answer to [`crate::Jobs::enqueue`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enqueued {
    /// The job.
    pub id: i64,
    /// `false` when there was one with this key.
    pub is_new: bool,
}

/// How far a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Parts that are done.
    pub done: u64,
    /// All parts; 0 while that is not known.
    pub total: u64,
    /// Parts in a second since this attempt began.
    pub per_second: Option<u64>,
    /// Seconds until the end at this rate.
    pub remaining_seconds: Option<u64>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// Which work it is.
    pub kind: String,
    /// Its key.
    pub key: String,
    /// Whose it is.
    pub owner: String,
    /// What it works on.
    pub input: String,
    /// Where it is.
    pub state: JobState,
    /// Attempts begun.
    pub attempts: u32,
    /// Attempts allowed.
    pub max_attempts: u32,
    /// Whether somebody has asked for its end.
    pub cancel: bool,
    /// How far it is.
    pub progress: Progress,
    /// What the last attempt said when it failed, or what it came to.
    pub message: String,
    /// When it was asked for, in milliseconds.
    pub created_ms: i64,
    /// When its next attempt is due, in milliseconds.
    pub due_ms: i64,
    /// When its current attempt began; 0 before the first.
    pub started_ms: i64,
    /// When it ended; 0 before.
    pub ended_ms: i64,
}

impl Job {
    pub(crate) fn from_row(row: &Row) -> Result<Self, StoreError> {
        let text = |column: &str| row.text(column).map(str::to_owned);
        let small = |column: &str| Ok::<_, StoreError>(u32::try_from(row.count(column)?).unwrap_or(u32::MAX));
        let state = row.text("state")?;
        let state = JobState::parse(state)
            .ok_or_else(|| StoreError::Refused(format!("a job has the unknown state {state:?}")))?;
        let (done, total) = (row.count("done")?, row.count("total")?);
        let (started_ms, seen_ms) = (row.int("started_ms")?, row.int("seen_ms")?);
        Ok(Self {
            id: row.int("id")?,
            kind: text("kind")?,
            key: text("key")?,
            owner: text("owner")?,
            input: text("input")?,
            state,
            attempts: small("attempts")?,
            max_attempts: small("max_attempts")?,
            cancel: row.flag("cancel")?,
            progress: Progress::at(done, total, seen_ms - started_ms),
            message: text("message")?,
            created_ms: row.int("created_ms")?,
            due_ms: row.int("due_ms")?,
            started_ms,
            ended_ms: row.int("ended_ms")?,
        })
    }
}

impl Progress {
    fn at(done: u64, total: u64, took_ms: i64) -> Self {
        let took_ms = u64::try_from(took_ms).unwrap_or(0);
        let per_second = (done.saturating_mul(1000)).checked_div(took_ms).filter(|rate| *rate > 0);
        let left = total.checked_sub(done).filter(|_| total > 0);
        let remaining_seconds = left.zip(per_second).map(|(left, rate)| left.div_ceil(rate));
        Self { done, total, per_second, remaining_seconds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rate_and_remaining_time_follow_from_what_is_done() {
        let half = Progress::at(500, 2_000, 5_000);
        assert_eq!((half.per_second, half.remaining_seconds), (Some(100), Some(15)));
        assert_eq!(Progress::at(0, 10, 0).per_second, None);
        assert_eq!(Progress::at(7, 0, 1_000).remaining_seconds, None, "nobody knows how much there is");
        assert_eq!(Progress::at(12, 10, 1_000).remaining_seconds, None);
    }
}
