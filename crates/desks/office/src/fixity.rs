//! The fixity check: the work that hashes everything again, and the button that asks for it.

use crate::office::{Office, go};
use scr_engine::{ActError, Fault};
use scr_jobs::{JobState, NewJob, Task, Work, WorkError};
use scr_web::{App, Posted, Reply};
use std::sync::Arc;

/// The work's kind.
pub const FIXITY_WORK: &str = "vault.fixity";
/// How often it is looked whether a check is due.
const LOOK_EVERY_SECONDS: i64 = 24 * 3600;
const DAY_SECONDS: i64 = 24 * 3600;
/// Jobs among which one that is under way is looked for.
const LOOKED_AT: u32 = 200;

/// A check that a person asks for, now.
pub fn fixity_job(now_ms: i64) -> NewJob {
    NewJob {
        kind: FIXITY_WORK.to_owned(),
        key: format!("{FIXITY_WORK}/by-hand/{now_ms}"),
        owner: String::new(),
        input: "by hand".to_owned(),
        max_attempts: 3,
    }
}

/// The work.
pub(crate) struct FixityCheck(pub(crate) Arc<App>);

impl FixityCheck {
    /// Whether the check that this job asks for is still to be made. One that a person asks for is, unless it was
    /// recorded before its worker could say so; the others are when the last check, or the log's beginning, is old
    /// enough.
    fn is_due(&self, task: &Task<'_>) -> Result<bool, Fault> {
        let engine = &self.0.engine;
        let last = engine.last_fixity()?.map(|last| last.at);
        if !task.job().input.is_empty() {
            return Ok(last.is_none_or(|at| at * 1000 < task.job().created_ms));
        }
        let begun =
            || engine.read(|views| views.query_row("SELECT min(at) FROM engine_event", [], |row| row.get(0)));
        let last = match last {
            Some(at) => Some(at),
            None => begun()?,
        };
        let every = i64::from(self.0.config.fixity_days) * DAY_SECONDS;
        Ok(last.is_some_and(|at| at <= self.0.clock.now() - every))
    }
}

impl Work for FixityCheck {
    fn kind(&self) -> &'static str {
        FIXITY_WORK
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(LOOK_EVERY_SECONDS)
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        if !self.is_due(task).map_err(|fault| WorkError::again(&fault))? {
            return Ok(String::new());
        }
        let mut left = None;
        let checked = self.0.engine.check_fixity(&mut |done, total| match task.step(done, total) {
            Ok(()) => true,
            Err(error) => {
                left = Some(error);
                false
            }
        });
        if let Some(error) = left {
            return Err(error);
        }
        let checked = checked.map_err(|error| WorkError::again(&error))?;
        Ok(checked
            .map_or(String::new(), |fixity| format!("{} / {}", fixity.counts.damaged, fixity.counts.all())))
    }
}

/// Asks for a check, and goes to its job; to the one that is under way, where there is one.
pub(crate) async fn begin(office: Office, posted: Posted) -> Reply {
    office
        .run(posted.visit, |office, _| {
            // The page has no button where there is no queue.
            let Some(jobs) = office.app.jobs() else { return Ok(go("/desk/doctor")) };
            let fault = |error: scr_jobs::JobsError| ActError::from(Fault::log(&error));
            let mut own = jobs.of("", LOOKED_AT).map_err(fault)?.into_iter();
            let under_way = own.find(|job| {
                let is_asked_for = job.state == JobState::Running || !job.input.is_empty();
                job.kind == FIXITY_WORK && !job.state.has_ended() && is_asked_for
            });
            let id = match under_way {
                Some(job) => job.id,
                None => jobs.enqueue(&fixity_job(office.app.clock.now_ms())).map_err(fault)?.id,
            };
            Ok(go(&format!("/desk/jobs/{id}")))
        })
        .await
}
