//! What the server does by itself.

use crate::outcome::Problem;
use crate::site::DESKS;
use scr_access::Access;
use scr_core::{Clock, SystemClock, SystemEntropy};
use scr_jobs::{Jobs, Task, Work, WorkError, Worker, Workers};
use scr_store::Store;
use scr_web::App;
use std::sync::Arc;

const THREADS: usize = 2;
/// Threads for work that waits for other servers.
const PATIENT_THREADS: usize = 4;
const DAY_SECONDS: i64 = 24 * 3600;
/// How long the list of jobs shows what is done.
const SHOWN_MS: i64 = 7 * DAY_SECONDS * 1000;

/// Opens the queue, gives it to the pages, and starts the workers.
pub(crate) fn start(app: &Arc<App>, access: Arc<Access>, store: Store) -> Result<[Workers; 2], Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    app.use_store(store.clone(), DESKS).map_err(|e| fault(&e))?;
    let jobs = Jobs::open(store, Arc::clone(&clock), Arc::new(SystemEntropy)).map_err(|e| fault(&e))?;
    app.use_jobs(jobs.clone());
    let mut works: Vec<Arc<dyn Work>> = DESKS.iter().flat_map(|desk| desk.works(app)).collect();
    works.push(Arc::new(AccessSweep(access)));
    works.push(Arc::new(JobsSweep(jobs.clone())));
    let (patient, own) = works.into_iter().partition(|work| work.waits_for_others());
    let begin = |works: Vec<Arc<dyn Work>>, threads| {
        Worker::new(jobs.clone(), works, Arc::clone(&clock)).start(threads).map_err(|e| fault(&e))
    };
    Ok([begin(own, THREADS)?, begin(patient, PATIENT_THREADS)?])
}

/// Deletes logins, links and challenges that have ended.
struct AccessSweep(Arc<Access>);

impl Work for AccessSweep {
    fn kind(&self) -> &'static str {
        "access.sweep"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(3600)
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        self.0.sweep().map_err(|error| WorkError::again(&error))?;
        Ok(String::new())
    }
}

/// Deletes what was done long ago from the list of jobs.
struct JobsSweep(Jobs);

impl Work for JobsSweep {
    fn kind(&self) -> &'static str {
        "jobs.sweep"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(DAY_SECONDS)
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        let removed = self.0.sweep(SHOWN_MS).map_err(|error| WorkError::again(&error))?;
        Ok(removed.to_string())
    }
}
