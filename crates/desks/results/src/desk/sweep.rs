//! Removes imports that were never finished: drafts, and uploads that no younger draft names.

use super::draft::{Found, look};
use scr_canon::Hash32;
use scr_engine::Fault;
use scr_jobs::{Task, Work, WorkError};
use scr_web::App;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An import that nobody has touched for so long is given up.
const MAX_AGE_SECONDS: i64 = 30 * 24 * 3600;
const EVERY_SECONDS: i64 = 24 * 3600;
/// Objects that are looked at between two words to the queue.
const STEP: usize = 500;

/// The work.
pub(crate) struct DraftSweep(pub(crate) Arc<App>);

impl Work for DraftSweep {
    fn kind(&self) -> &'static str {
        "results.drafts.sweep"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(EVERY_SECONDS)
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let again = |fault: Fault| WorkError::again(&fault);
        let objects = self.0.engine.objects();
        let before = self.0.clock.now() - MAX_AGE_SECONDS;
        let all = objects.all().map_err(|error| WorkError::again(&error))?;
        let total = all.len() as u64;
        let mut kept = BTreeSet::new();
        let mut litter = BTreeSet::new();
        for (position, (hash, put_at)) in all.iter().enumerate() {
            if position % STEP == 0 {
                task.step(position as u64, total)?;
            }
            let found = look(objects, hash).map_err(again)?;
            match found {
                Found::Draft(upload) if *put_at >= before => kept.extend(upload),
                Found::Draft(_) | Found::Upload => {
                    litter.insert(*hash);
                }
                Found::Other => {}
            }
        }
        let mut is_litter = |hash: &Hash32| Ok(litter.contains(hash) && !kept.contains(hash));
        let removed = self.0.engine.remove_objects(before, &mut is_litter).map_err(again)?;
        task.step(total, total)?;
        Ok(format!("{removed} / {total}"))
    }
}
