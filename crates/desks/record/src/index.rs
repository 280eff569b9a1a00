//! The record's index, once a day: what makes a history complete for everybody.

use scr_jobs::{Task, Work, WorkError};
use scr_web::App;
use std::sync::Arc;

const EVERY_SECONDS: i64 = 24 * 3600;

/// The work.
pub(crate) struct RecordIndex(pub(crate) Arc<App>);

impl Work for RecordIndex {
    fn kind(&self) -> &'static str {
        "record.index"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(EVERY_SECONDS)
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        let recorded = self.0.engine.publish_index().map_err(|error| WorkError::again(&error))?;
        Ok(recorded.map_or(String::new(), |entry| entry.index.to_string()))
    }
}
