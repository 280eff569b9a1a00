//! Long work in the background: a queue in the operational tables, so that several nodes share it.
//!
//! A job is held by a lease that ends: a worker that dies in the middle loses it, and another one takes
//! the job up. So work may run twice, and must come to the same when it does. Time is a parameter.

mod job;
mod queue;
mod tables;
mod worker;

pub use job::{Enqueued, Job, JobState, NewJob, Progress};
pub use queue::{Counts, Jobs, JobsError, Lease, Stop};
pub use worker::{Ended, Task, Work, WorkError, Worker, Workers};
