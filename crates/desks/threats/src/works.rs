//! What the desk does by itself.

use crate::certificates::FollowLogs;
use crate::exchange::Exchange;
use crate::observations::Hunt;
use crate::vocabulary::ImportWork;
use crate::{partners, publication, share};
use scr_engine::rusqlite;
use scr_jobs::{Task, Work, WorkError};
use scr_web::App;
use std::sync::{Arc, Weak};

/// Everything.
pub(crate) fn works(app: &Arc<App>) -> Vec<Arc<dyn Work>> {
    let app = Arc::downgrade(app);
    vec![
        Arc::new(CloseBatch(app.clone())),
        Arc::new(Publish(app.clone())),
        Arc::new(ImportWork(app.clone())),
        Arc::new(Sweep(app.clone())),
        Arc::new(Hunt(app.clone())),
        Arc::new(FollowLogs(app.clone())),
        Arc::new(partners::Partners(app)),
    ]
}

/// Closes a batch at each interval, from the first community on.
struct CloseBatch(Weak<App>);

impl Work for CloseBatch {
    fn kind(&self) -> &'static str {
        "threats.batch"
    }

    fn every_seconds(&self) -> Option<i64> {
        self.0.upgrade().map(|app| i64::from(app.config.batch_seconds))
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        let query = |views: &rusqlite::Connection| {
            views.prepare_cached("SELECT 1 FROM threats_community")?.exists([])
        };
        let is_used = app.engine.read(query).map_err(|error| WorkError::again(&error))?;
        if !is_used {
            return Ok(String::new());
        }
        let exchange = Exchange::of(&app);
        let waits = share::something_waits(&exchange).map_err(|error| WorkError::again(&error))?;
        if waits || app.config.batch_when_empty {
            share::close_batch(&exchange).map_err(|error| WorkError::again(&error))?;
        }
        Ok(String::new())
    }
}

/// Publishes what becomes public today.
struct Publish(Weak<App>);

impl Work for Publish {
    fn kind(&self) -> &'static str {
        "threats.publish"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(60)
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        if app.store().is_none() {
            return Ok(String::new());
        }
        let published =
            publication::publish_due(&Exchange::of(&app)).map_err(|error| WorkError::again(&error))?;
        Ok(published.to_string())
    }
}

/// Removes statuses that nobody has to be able to ask for any more.
struct Sweep(Weak<App>);

impl Work for Sweep {
    fn kind(&self) -> &'static str {
        "threats.sweep"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(3600)
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        let Some(store) = app.store() else { return Ok(String::new()) };
        let removed = share::sweep(store, app.clock.now()).map_err(|error| WorkError::again(&error))?;
        let left = partners::sweep(&app).map_err(|error| WorkError::again(&error))?;
        Ok((removed + left).to_string())
    }
}
