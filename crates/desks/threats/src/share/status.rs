//! What became of a request: kept for two days, for whoever sent it.

use super::Report;
use scr_core::OrgId;
use scr_engine::Fault;
use scr_stix::Object;
use scr_store::{Statement, Store, sql};
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
            // All of them: each moves when its batch is closed.
            pendings: report.pendings,
        }
    }

    /// Objects that were pending are shared.
    pub(super) fn done(&mut self, shared: &BTreeSet<(String, String)>) {
        let (done, left) = std::mem::take(&mut self.pendings)
            .into_iter()
            .partition::<Vec<Line>, _>(|line| shared.contains(&(line.id.clone(), line.version.clone())));
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

    /// The statement that changes a kept one.
    pub(super) fn update(&self) -> Result<Statement, Fault> {
        Ok(sql!(
            "UPDATE threats_status SET state = $2, content = $3 WHERE id = $1",
            self.id.as_str(),
            self.status.as_str(),
            self.text()?,
        ))
    }

    fn text(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|error| Fault::log(&error))
    }

    /// A kept one, for the organisation that it belongs to.
    pub(crate) fn read(store: &Store, id: &str, org: &OrgId, community: &str) -> Result<Option<Self>, Fault> {
        let rows = store.query_opt(&sql!(
            "SELECT content FROM threats_status WHERE id = $1 AND org = $2 AND community = $3",
            id,
            org.as_str(),
            community,
        ));
        Self::in_row(rows.map_err(|error| Fault::log(&error))?)
    }

    /// A kept one, whoever's it is.
    pub(super) fn any(store: &Store, id: &str) -> Result<Option<Self>, Fault> {
        let row = store.query_opt(&sql!("SELECT content FROM threats_status WHERE id = $1", id));
        Self::in_row(row.map_err(|error| Fault::log(&error))?)
    }

    fn in_row(row: Option<scr_store::Row>) -> Result<Option<Self>, Fault> {
        let Some(row) = row else { return Ok(None) };
        let text = row.text("content").map_err(|error| Fault::log(&error))?;
        serde_json::from_str(text).map(Some).map_err(|error| Fault::log(&error))
    }
}

/// Removes statuses that nobody has to be able to ask for any more.
pub(crate) fn sweep(store: &Store, now: i64) -> Result<u64, Fault> {
    let old = sql!("DELETE FROM threats_status WHERE at < $1 AND state = 'complete'", now - KEPT_SECONDS);
    store.execute(&old).map_err(|error| Fault::log(&error))
}
