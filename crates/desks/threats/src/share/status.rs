//! What became of a request: kept for two days, for whoever sent it.

use super::Report;
use scr_core::OrgId;
use scr_engine::Fault;
use scr_stix::Object;
use scr_store::{Store, sql};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Objects that a status lists by name; the counts are exact.
const MAX_LISTED: usize = 20_000;
/// TAXII clients may ask for a day at least.
const KEPT_SECONDS: i64 = 48 * 3600;

/// One object in a status.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Line {
    /// Its id, or what stands in its place.
    pub(crate) id: String,
    /// Its version as it says it.
    pub(crate) version: String,
    /// What there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
}

impl Line {
    /// The line of an object.
    pub(crate) fn of(object: &Object) -> Self {
        let version = object.head().version_text().unwrap_or("1970-01-01T00:00:00.000Z");
        Self { id: object.id().as_str().to_owned(), version: version.to_owned(), message: None }
    }

    /// With something to say.
    pub(crate) fn saying(mut self, message: &str) -> Self {
        self.message = Some(message.to_owned());
        self
    }
}

/// A status as TAXII 2.1 has it (section 4.3). Empty lists are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Status {
    pub(crate) id: String,
    pub(crate) status: String,
    pub(crate) request_timestamp: String,
    pub(crate) total_count: u64,
    pub(crate) success_count: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) successes: Vec<Line>,
    pub(crate) failure_count: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) failures: Vec<Line>,
    pub(crate) pending_count: u64,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) pendings: Vec<Line>,
}

fn listed(mut lines: Vec<Line>) -> Vec<Line> {
    lines.truncate(MAX_LISTED);
    lines
}

impl Status {
    /// The status after a report.
    pub(crate) fn of(id: &str, at: i64, report: Report) -> Self {
        let count = |lines: &[Line]| lines.len() as u64;
        let (success_count, failure_count, pending_count) =
            (count(&report.successes), count(&report.failures), count(&report.pendings));
        Self {
            id: id.to_owned(),
            status: if pending_count > 0 { "pending" } else { "complete" }.to_owned(),
            request_timestamp: crate::taxii::moment(at.saturating_mul(1_000_000)),
            total_count: success_count + failure_count + pending_count,
            success_count,
            successes: listed(report.successes),
            failure_count,
            failures: listed(report.failures),
            pending_count,
            // All of them: each is looked for among what waits.
            pendings: report.pendings,
        }
    }

    /// What was pending and waits no longer is shared.
    fn settle(&mut self, waits: &BTreeSet<(String, String)>) {
        let (left, done) = std::mem::take(&mut self.pendings)
            .into_iter()
            .partition::<Vec<Line>, _>(|line| waits.contains(&(line.id.clone(), line.version.clone())));
        self.success_count += done.len() as u64;
        self.pending_count = left.len() as u64;
        self.successes.extend(done);
        self.successes.truncate(MAX_LISTED);
        self.pendings = left;
        if self.pendings.is_empty() {
            "complete".clone_into(&mut self.status);
        }
    }

    /// Keeps it for its sender.
    pub(crate) fn keep(&self, store: &Store, org: &OrgId, community: &str, at: i64) -> Result<(), Fault> {
        let statement = sql!(
            "INSERT INTO threats_status (id, org, community, at, state, content) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (id) DO UPDATE SET state = EXCLUDED.state, content = EXCLUDED.content",
            self.id.as_str(),
            org.as_str(),
            community,
            at,
            self.status.as_str(),
            self.text()?,
        );
        store.execute(&statement).map(drop).map_err(|error| Fault::log(&error))
    }

    fn text(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|error| Fault::log(&error))
    }

    /// A kept one, for the organisation that it belongs to. Whether something is still pending is said by what waits: so
    /// it makes no difference which of the two was written first, the status or the batch.
    pub(crate) fn read(store: &Store, id: &str, org: &OrgId, community: &str) -> Result<Option<Self>, Fault> {
        let fault = |error: scr_store::StoreError| Fault::log(&error);
        let row = store.query_opt(&sql!(
            "SELECT content FROM threats_status WHERE id = $1 AND org = $2 AND community = $3",
            id,
            org.as_str(),
            community,
        ));
        let Some(row) = row.map_err(fault)? else { return Ok(None) };
        let text = row.text("content").map_err(fault)?;
        let mut status: Self = serde_json::from_str(text).map_err(|error| Fault::log(&error))?;
        if !status.pendings.is_empty() {
            status.settle(&super::waiting::waiting_for(store, id)?);
        }
        Ok(Some(status))
    }
}

/// Removes statuses that nobody has to be able to ask for any more.
pub(crate) fn sweep(store: &Store, now: i64) -> Result<u64, Fault> {
    let old = sql!(
        "DELETE FROM threats_status WHERE at < $1 AND NOT EXISTS
            (SELECT 1 FROM threats_waiting WHERE threats_waiting.status = threats_status.id)",
        now - KEPT_SECONDS,
    );
    store.execute(&old).map_err(|error| Fault::log(&error))
}
