//! The fixity check as work of the server, and its button.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common;

use axum::http::StatusCode;
use common::{ADMIN, Site};
use scr_desk_office::{FIXITY_WORK, OfficeDesk, fixity_job};
use scr_jobs::{Ended, JobState, Jobs, Worker};
use scr_store::Store;
use scr_web::Desk as _;
use std::sync::Arc;

const KIND: &str = "vault.fixity.checked/1";
const DAY: i64 = 86_400;

fn with_jobs(site: &Site, folder: &std::path::Path) -> (Jobs, Worker) {
    let store = Store::open_sqlite(&folder.join("jobs.db")).unwrap();
    let clock: Arc<dyn scr_core::Clock> = Arc::clone(&site.app.clock);
    let jobs = Jobs::open(store, Arc::clone(&clock), Arc::clone(&site.app.entropy)).unwrap();
    site.app.use_jobs(jobs.clone());
    let worker = Worker::new(jobs.clone(), OfficeDesk.works(&site.app), clock);
    (jobs, worker)
}

/// One look of the server; every job that is due is done.
fn look(worker: &Worker) {
    worker.ask_for_recurring().unwrap();
    while worker.run_once().unwrap() == Ended::Done {}
}

#[tokio::test]
async fn it_comes_every_thirty_days_and_not_before() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new();
    let (jobs, worker) = with_jobs(&site, folder.path());
    look(&worker);
    assert_eq!(site.recorded(KIND).len(), 0, "a new log has nothing that is thirty days old");
    for (days, wanted) in [(29, 0), (1, 1), (1, 1), (28, 1), (1, 2)] {
        site.engine_clock.advance(days * DAY);
        look(&worker);
        assert_eq!(site.recorded(KIND).len(), wanted, "{days} days later");
    }
    assert!(jobs.of("", 100).unwrap().iter().all(|job| job.state == JobState::Done));
}

#[tokio::test]
async fn an_administrator_asks_for_it_and_reads_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let site = Site::new();
    let (jobs, worker) = with_jobs(&site, folder.path());
    let mut browser = site.signed_in(ADMIN).await;
    let page = browser.get("/desk/doctor").await;
    assert!(page.has("No check was made yet."), "{}", page.body);
    let asked = browser.post("/desk/doctor/fixity", &[]).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert!(asked.to.starts_with("/desk/jobs/"), "{}", asked.to);
    let again = browser.post("/desk/doctor/fixity", &[]).await;
    assert_eq!(again.to, asked.to, "asked twice while one waits, it is done once");
    assert_eq!(worker.run_once().unwrap(), Ended::Done);
    let page = browser.get(&asked.to).await;
    assert!(page.has("Hash everything again that is held"), "{}", page.body);
    let recorded = site.recorded(KIND);
    assert_eq!(recorded.len(), 1);
    let page = browser.get("/desk/doctor").await;
    let all = recorded[0]["pub"]["size"].as_u64().unwrap() + recorded[0]["pub"]["opened"].as_u64().unwrap();
    assert!(page.has(&format!("0 of {all}")), "{}", page.body);
    let metrics = browser.get("/metrics").await;
    assert!(metrics.body.contains("\nscrutineer_fixity_damaged 0\n"), "{}", metrics.body);
    // A worker that was killed after the entry and before its last word: the job is taken up again, and is done.
    let job = jobs.enqueue(&fixity_job(site.app.clock.now_ms() - 1)).unwrap();
    assert!(job.is_new);
    assert_eq!(jobs.get(job.id).unwrap().unwrap().kind, FIXITY_WORK);
    assert_eq!(worker.run_once().unwrap(), Ended::Done);
    assert_eq!(site.recorded(KIND).len(), 1, "it was recorded already");
}
