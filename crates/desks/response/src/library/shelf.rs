//! Playbooks as they are read from their bytes; and who may read them.

use super::{codes, read};
use rusqlite::Connection;
use scr_canon::Hash32;
use scr_core::{OrgId, Refusal, RefusalKind, Tlp};
use scr_engine::rusqlite;
use scr_engine::{ActError, Engine};
use scr_playbooks::graph::Graph;
use scr_playbooks::{Limits, Plan, Playbook, Report, check};
use scr_web::App;
use std::sync::{Arc, Mutex, PoisonError};

/// Playbooks that are kept in memory.
const KEPT: usize = 24;

/// A playbook with everything that follows from its bytes.
#[derive(Debug)]
pub struct Book {
    /// Of its bytes.
    pub sha256: Hash32,
    /// What stands there.
    pub playbook: Playbook,
    /// What is wrong with it.
    pub report: Report,
    /// Its workflow, as far as it can be read.
    pub graph: Graph,
    /// How it is run; `None` where it has errors.
    pub plan: Option<Plan>,
    /// For whom it is meant.
    pub tlp: Tlp,
}

impl Book {
    /// Reads the bytes of a playbook.
    ///
    /// # Errors
    /// `SCR-RSP-003`: they are no JSON object that is read.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let limits = Limits::default();
        let playbook = Playbook::read(bytes, &limits).map_err(|why| {
            let why: String = why.to_string().chars().take(300).collect();
            Refusal::new(RefusalKind::Invalid, codes::UNREADABLE).on("file").with("why", why)
        })?;
        Ok(Self::of(playbook))
    }

    pub(crate) fn of(playbook: Playbook) -> Self {
        let limits = Limits::default();
        Self {
            sha256: playbook.digest(),
            report: check(&playbook, &limits),
            graph: Graph::of(&playbook, &limits),
            plan: Plan::of(&playbook, &limits).ok(),
            tlp: playbook.tlp(),
            playbook,
        }
    }

    /// Its name, in a language where the playbook has that; its code where it has none.
    pub fn name(&self, lang: &str, code: &str) -> String {
        let name = match &self.plan {
            Some(plan) => Some(plan.name_in(lang)),
            None => self.playbook.name(),
        };
        name.map(|name| super::words::clipped(name, 200))
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| code.to_owned())
    }
}

/// Books that were read, the newest first: a courtesy of each node.
#[derive(Debug, Default)]
struct Shelf(Mutex<Vec<Arc<Book>>>);

/// The exact bytes of a version, by their hash; `None` where they were erased, or are not here.
///
/// # Errors
/// Faults of the store.
pub fn bytes(engine: &Engine, sha256: &Hash32) -> Result<Option<Vec<u8>>, ActError> {
    if let Some(content) = engine.read(|views| read::content(views, sha256))? {
        return Ok(Some(content));
    }
    let limit = u64::try_from(Limits::default().bytes).unwrap_or(u64::MAX);
    Ok(engine.objects().get(sha256, limit)?)
}

/// A playbook by the hash of its bytes.
///
/// # Errors
/// `SCR-RSP-017`: they were erased, or are not here. Faults.
pub fn book(app: &App, sha256: &Hash32) -> Result<Arc<Book>, ActError> {
    let shelf = app.soft::<Shelf>();
    {
        let mut all = shelf.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = all.iter().position(|one| one.sha256 == *sha256) {
            let found = all.remove(at);
            all.insert(0, Arc::clone(&found));
            // What was erased since is not shown from memory.
            drop(all);
            if is_here(&app.engine, sha256)? {
                return Ok(found);
            }
        }
    }
    let content = bytes(&app.engine, sha256)?.ok_or_else(gone)?;
    let book = Arc::new(Book::read(&content)?);
    let mut all = shelf.0.lock().unwrap_or_else(PoisonError::into_inner);
    all.insert(0, Arc::clone(&book));
    all.truncate(KEPT);
    Ok(book)
}

pub(crate) fn gone() -> Refusal {
    Refusal::new(RefusalKind::NotFound, codes::GONE)
}

fn is_here(engine: &Engine, sha256: &Hash32) -> Result<bool, ActError> {
    Ok(engine.read(|views| read::is_here(views, sha256))? || engine.objects().size(sha256)?.is_some())
}

/// Whether somebody of an organisation, or anybody (`None`), may read a version: its own organisation always, everybody what
/// is or was in force and is marked for everybody.
pub(crate) fn may_read(
    views: &Connection,
    org: Option<&OrgId>,
    version: &read::Version,
) -> rusqlite::Result<bool> {
    if org.is_some_and(|org| org.as_str() == version.org) {
        return Ok(true);
    }
    let all = read::history(views, &version.code)?;
    Ok(all.iter().any(|one| one.is_public && one.sha256 == version.sha256))
}
