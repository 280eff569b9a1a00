//! One suite for both databases, on a clock that the tests move: on SQLite always, on PostgreSQL when
//! there is one.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by unwrapping")]

use scr_core::{FixedClock, SeededEntropy};
use scr_jobs::{Ended, Job, JobState, Jobs, JobsError, NewJob, Stop, Task, Work, WorkError, Worker};
use scr_store::Store;
use std::sync::{Arc, Mutex};
use std::time::Duration;

struct Queue {
    jobs: Jobs,
    clock: Arc<FixedClock>,
}

type Case = fn(&Queue);
const CASES: &[(&str, Case)] = &[
    ("asking_twice_is_asking_once", asking_twice_is_asking_once),
    ("a_worker_that_dies_loses_its_job_to_another", a_worker_that_dies_loses_its_job_to_another),
    ("heartbeats_keep_a_lease_and_show_progress", heartbeats_keep_a_lease_and_show_progress),
    (
        "failures_are_tried_again_ever_later_and_then_shown",
        failures_are_tried_again_ever_later_and_then_shown,
    ),
    (
        "a_worker_that_dies_every_time_does_not_go_on_for_ever",
        a_worker_that_dies_every_time_does_not_go_on_for_ever,
    ),
    ("what_can_never_work_is_not_tried_again", what_can_never_work_is_not_tried_again),
    ("waiting_and_running_jobs_are_cancelled", waiting_and_running_jobs_are_cancelled),
    ("work_that_breaks_is_an_attempt_that_failed", work_that_breaks_is_an_attempt_that_failed),
    ("each_job_is_done_once_by_many_workers", each_job_is_done_once_by_many_workers),
    ("what_comes_again_is_asked_for_once_in_its_time", what_comes_again_is_asked_for_once_in_its_time),
    (
        "what_ended_long_ago_is_swept_away_and_the_dead_stay",
        what_ended_long_ago_is_swept_away_and_the_dead_stay,
    ),
    ("malformed_jobs_are_not_taken", malformed_jobs_are_not_taken),
];

fn queue(store: Store) -> Queue {
    let clock = Arc::new(FixedClock::at(1_795_514_400));
    let jobs = Jobs::open(store, Arc::clone(&clock) as _, Arc::new(SeededEntropy::new(11))).unwrap();
    Queue { jobs, clock }
}

#[test]
fn sqlite() {
    for (name, case) in CASES {
        println!("{name}");
        let dir = tempfile::tempdir().unwrap();
        case(&queue(Store::open_sqlite(&dir.path().join("record.db")).unwrap()));
    }
}

#[test]
fn postgres() {
    for (name, case) in CASES {
        println!("{name}");
        let Some(database) = scr_testing::Database::new("scr-jobs on PostgreSQL") else { return };
        case(&queue(Store::open_postgres(&database.url).unwrap()));
    }
}

fn job(key: &str) -> NewJob {
    NewJob {
        kind: "test.count".to_owned(),
        key: key.to_owned(),
        owner: "emb".to_owned(),
        input: "10".to_owned(),
        max_attempts: 3,
    }
}

impl Queue {
    fn ask(&self, key: &str) -> i64 {
        self.jobs.enqueue(&job(key)).unwrap().id
    }

    fn claim(&self) -> Option<scr_jobs::Lease> {
        self.jobs.claim(&["test.count"]).unwrap()
    }

    fn job(&self, id: i64) -> Job {
        self.jobs.get(id).unwrap().unwrap()
    }

    fn worker(&self, run: impl Fn(&Task<'_>) -> Result<String, WorkError> + Send + Sync + 'static) -> Worker {
        Worker::new(self.jobs.clone(), vec![Arc::new(Counting(Box::new(run)))], Arc::clone(&self.clock) as _)
    }
}

type Run = dyn Fn(&Task<'_>) -> Result<String, WorkError> + Send + Sync;

struct Counting(Box<Run>);

impl Work for Counting {
    fn kind(&self) -> &'static str {
        "test.count"
    }
    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        (self.0)(task)
    }
}

fn asking_twice_is_asking_once(queue: &Queue) {
    let first = queue.jobs.enqueue(&job("a")).unwrap();
    let second = queue.jobs.enqueue(&job("a")).unwrap();
    assert_eq!((first.id, first.is_new, second.is_new), (second.id, true, false));
    queue.claim().unwrap().finish("").unwrap();
    assert!(!queue.jobs.enqueue(&job("a")).unwrap().is_new, "also when it is done");
    assert!(queue.claim().is_none());
    assert_eq!(queue.jobs.of("emb", 10).unwrap().len(), 1);
    assert_eq!(queue.jobs.of("others", 10).unwrap().len(), 0);
}

fn a_worker_that_dies_loses_its_job_to_another(queue: &Queue) {
    let id = queue.ask("a");
    let dead = queue.claim().unwrap();
    dead.heartbeat(4, 10).unwrap();
    assert!(queue.claim().is_none(), "it is held");
    queue.clock.advance(61);
    let alive = queue.claim().unwrap();
    assert_eq!((alive.job.id, alive.job.attempts), (id, 2));
    assert_eq!(dead.heartbeat(5, 10), Err(Stop::Lost), "who comes back has lost it");
    assert!(!dead.finish("too late").unwrap());
    assert!(alive.finish("ten").unwrap());
    let job = queue.job(id);
    assert_eq!((job.state, job.message.as_str()), (JobState::Done, "ten"));
}

fn heartbeats_keep_a_lease_and_show_progress(queue: &Queue) {
    let id = queue.ask("a");
    let lease = queue.claim().unwrap();
    for part in 1..=5 {
        queue.clock.advance(50);
        lease.heartbeat(part * 100, 1_000).unwrap();
        assert!(queue.claim().is_none());
    }
    let job = queue.job(id);
    assert_eq!((job.state, job.progress.done, job.progress.total), (JobState::Running, 500, 1_000));
    // 500 in 250 s.
    assert_eq!((job.progress.per_second, job.progress.remaining_seconds), (Some(2), Some(250)));
}

fn failures_are_tried_again_ever_later_and_then_shown(queue: &Queue) {
    let id = queue.ask("a");
    let worker = queue.worker(|_| Err(WorkError::Again("no room".to_owned())));
    assert_eq!(worker.run_once().unwrap(), Ended::Failed);
    let job = queue.job(id);
    assert_eq!((job.state, job.attempts, job.message.as_str()), (JobState::Waiting, 1, "no room"));
    for pause in [5, 10] {
        queue.clock.advance(pause - 1);
        assert_eq!(worker.run_once().unwrap(), Ended::Nothing, "not before {pause} s");
        queue.clock.advance(1);
        assert_eq!(worker.run_once().unwrap(), Ended::Failed);
    }
    assert_eq!(queue.job(id).state, JobState::Dead);
    let dead = queue.jobs.counts().unwrap().into_iter().find(|(state, _)| *state == JobState::Dead).unwrap();
    assert_eq!(dead.1, 1);
    queue.clock.advance(100_000);
    assert_eq!(worker.run_once().unwrap(), Ended::Nothing);
    assert!(queue.jobs.again(id).unwrap(), "somebody has looked, and tries again");
    assert!(!queue.jobs.again(id).unwrap());
    assert_eq!(queue.worker(|_| Ok("done".to_owned())).run_once().unwrap(), Ended::Done);
    assert_eq!(queue.job(id).state, JobState::Done);
}

fn a_worker_that_dies_every_time_does_not_go_on_for_ever(queue: &Queue) {
    let id = queue.ask("a");
    for _ in 0..3 {
        drop(queue.claim().unwrap());
        queue.clock.advance(61);
    }
    assert!(queue.claim().is_none());
    let job = queue.job(id);
    assert_eq!(job.state, JobState::Dead);
    assert!(job.message.contains("without a word"), "{}", job.message);
}

fn what_can_never_work_is_not_tried_again(queue: &Queue) {
    let id = queue.ask("a");
    let worker = queue.worker(|_| Err(WorkError::Never("no such election".to_owned())));
    assert_eq!(worker.run_once().unwrap(), Ended::Failed);
    assert_eq!((queue.job(id).state, queue.job(id).attempts), (JobState::Dead, 1));
}

fn waiting_and_running_jobs_are_cancelled(queue: &Queue) {
    let waiting = queue.ask("a");
    assert!(queue.jobs.cancel(waiting).unwrap());
    assert_eq!(queue.job(waiting).state, JobState::Cancelled);
    assert!(!queue.jobs.cancel(waiting).unwrap());
    assert!(queue.claim().is_none());

    let running = queue.ask("b");
    let jobs = queue.jobs.clone();
    let reached = Arc::new(Mutex::new(0));
    let seen = Arc::clone(&reached);
    let worker = queue.worker(move |task| {
        for part in 0..10 {
            task.step(part, 10)?;
            *seen.lock().unwrap() = part;
            if part == 3 {
                assert!(jobs.cancel(task.job().id).unwrap());
            }
        }
        Ok("all".to_owned())
    });
    assert_eq!(worker.run_once().unwrap(), Ended::Cancelled);
    assert_eq!((*reached.lock().unwrap(), queue.job(running).state), (3, JobState::Cancelled));

    // Cancelled while its worker was dead: nobody takes it up.
    let orphan = queue.ask("c");
    drop(queue.claim().unwrap());
    assert!(queue.jobs.cancel(orphan).unwrap());
    queue.clock.advance(61);
    assert!(queue.claim().is_none());
    assert_eq!(queue.job(orphan).state, JobState::Cancelled);
}

fn work_that_breaks_is_an_attempt_that_failed(queue: &Queue) {
    let id = queue.ask("a");
    let worker = queue.worker(|_| panic!("at station 7"));
    assert_eq!(worker.run_once().unwrap(), Ended::Failed);
    let job = queue.job(id);
    assert_eq!((job.state, job.message.as_str()), (JobState::Waiting, "it broke: at station 7"));
}

fn each_job_is_done_once_by_many_workers(queue: &Queue) {
    let done = Arc::new(Mutex::new(Vec::new()));
    let mut ids: Vec<i64> = (0..40).map(|number| queue.ask(&format!("job {number}"))).collect();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let done = Arc::clone(&done);
            let worker = queue.worker(move |task| {
                done.lock().unwrap().push(task.job().id);
                Ok(String::new())
            });
            scope.spawn(move || {
                let mut empty = 0;
                while empty < 3 {
                    match worker.run_once() {
                        Ok(Ended::Nothing) => empty += 1,
                        Ok(_) => empty = 0,
                        Err(JobsError::Store(scr_store::StoreError::Busy(_))) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    let mut done = done.lock().unwrap().clone();
    done.sort_unstable();
    ids.sort_unstable();
    assert_eq!(done, ids, "each exactly once");
}

struct Nightly;

impl Work for Nightly {
    fn kind(&self) -> &'static str {
        "test.nightly"
    }
    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        Ok("swept".to_owned())
    }
    fn every_seconds(&self) -> Option<i64> {
        Some(3_600)
    }
}

fn what_comes_again_is_asked_for_once_in_its_time(queue: &Queue) {
    let node = || Worker::new(queue.jobs.clone(), vec![Arc::new(Nightly)], Arc::clone(&queue.clock) as _);
    let (one, two) = (node(), node());
    for _ in 0..3 {
        one.ask_for_recurring().unwrap();
        two.ask_for_recurring().unwrap();
    }
    assert_eq!(one.run_once().unwrap(), Ended::Done);
    assert_eq!(two.run_once().unwrap(), Ended::Nothing, "two nodes, one job");
    queue.clock.advance(3_600);
    two.ask_for_recurring().unwrap();
    assert_eq!(one.run_once().unwrap(), Ended::Done);
}

fn what_ended_long_ago_is_swept_away_and_the_dead_stay(queue: &Queue) {
    let done = queue.ask("done");
    queue.claim().unwrap().finish("").unwrap();
    let dead = queue.ask("dead");
    queue.claim().unwrap().fail("no", false).unwrap();
    let waiting = queue.ask("waiting");
    queue.clock.advance(10);
    assert_eq!(queue.jobs.sweep(20_000).unwrap(), 0);
    queue.clock.advance(11);
    assert_eq!(queue.jobs.sweep(20_000).unwrap(), 1);
    let left = [done, dead, waiting].map(|id| queue.jobs.get(id).unwrap().is_some());
    assert_eq!(left, [false, true, true]);
}

fn malformed_jobs_are_not_taken(queue: &Queue) {
    for broken in [
        NewJob { kind: String::new(), ..job("a") },
        job(""),
        NewJob { max_attempts: 0, ..job("a") },
        NewJob { input: "x".repeat(64 * 1024 + 1), ..job("a") },
    ] {
        assert_eq!(queue.jobs.enqueue(&broken), Err(JobsError::Malformed));
    }
}

/// Threads, for real: they take what is asked for, and stop when they are told to.
#[test]
fn running_workers_do_what_is_asked_and_stop_in_the_middle() {
    let dir = tempfile::tempdir().unwrap();
    let queue = queue(Store::open_sqlite(&dir.path().join("record.db")).unwrap());
    let id = queue.ask("a");
    let (begun, has_begun) = std::sync::mpsc::channel();
    let worker = queue.worker(move |task| {
        begun.send(()).unwrap();
        loop {
            task.step(1, 10)?;
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    let workers = worker.start(1).unwrap();
    has_begun.recv_timeout(Duration::from_secs(10)).unwrap();
    drop(workers);
    let job = queue.job(id);
    assert_eq!((job.state, job.attempts), (JobState::Waiting, 0), "it is taken up after the next start");
    assert_eq!(queue.claim().unwrap().job.attempts, 1);
}
