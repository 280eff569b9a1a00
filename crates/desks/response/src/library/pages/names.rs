//! What organisations are called. The record has their ids; this installation knows the names of those that work here.

use scr_access::Access;
use scr_engine::Fault;
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names by id.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// The names that this installation knows.
    pub(super) fn of(app: &App) -> Self {
        let behind = app.gate.behind().and_then(|behind| behind.downcast_ref::<Arc<Access>>());
        let all = behind.map(|access| access.organisations()).transpose().unwrap_or_else(|error| {
            Fault::log(&error);
            None
        });
        Self(all.into_iter().flatten().map(|one| (one.id.as_str().to_owned(), one.name)).collect())
    }

    /// The name of an organisation, or its id.
    pub(super) fn say(&self, org: &str) -> String {
        self.0.get(org).cloned().unwrap_or_else(|| org.to_owned())
    }
}
