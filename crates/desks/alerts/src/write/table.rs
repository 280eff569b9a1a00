//! The drafts' table: one row is one draft. Whoever saves says which version they saw.

use super::draft::Draft;
use super::kinds::codes;
use crate::issued;
use scr_core::{Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_store::{Migration, Row, Store, StoreError, sql};
use scr_web::App;

/// `body`: a draft as canonical JSON. `dropped`: when it was given up.
pub(crate) const TABLE: Migration = Migration {
    number: 3,
    name: "drafts of alerts",
    sql: "
CREATE TABLE alerts_draft (id TEXT PRIMARY KEY, org TEXT NOT NULL, version BIGINT NOT NULL, changed BIGINT NOT NULL,
    dropped BIGINT, body TEXT NOT NULL);
CREATE INDEX alerts_draft_org ON alerts_draft (org, changed)",
};

/// `sealed`: the private key of CAP signatures.
pub(crate) const SIGNER_TABLE: Migration = Migration {
    number: 4,
    name: "key that alerts are signed with",
    sql: "CREATE TABLE alerts_signer (number BIGINT PRIMARY KEY, sealed TEXT NOT NULL)",
};

/// Drafts of one organisation that are open at a time.
const MAX_DRAFTS: usize = 200;

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The draft.
    pub(crate) draft: Draft,
    /// From 1.
    pub(crate) version: u64,
    /// When it was saved last.
    pub(crate) changed: i64,
    /// Whether it was given up.
    pub(crate) is_dropped: bool,
}

pub(crate) fn fault(error: &StoreError) -> ActError {
    Fault::log(error).into()
}

/// The operational tables.
pub(crate) fn store(app: &App) -> Result<&Store, ActError> {
    app.store().ok_or_else(|| Fault::log(&"the desk has no operational tables").into())
}

fn kept(row: &Row) -> Result<Kept, ActError> {
    Ok(Kept {
        draft: Draft::read(row.text("body").map_err(|error| fault(&error))?)?,
        version: row.count("version").map_err(|error| fault(&error))?,
        changed: row.int("changed").map_err(|error| fault(&error))?,
        is_dropped: row.opt_int("dropped").map_err(|error| fault(&error))?.is_some(),
    })
}

/// A draft.
pub(crate) fn find(app: &App, id: &str) -> Result<Option<Kept>, ActError> {
    let select =
        sql!("SELECT version, changed, dropped, body FROM alerts_draft WHERE id = $1", id.to_owned());
    let row = store(app)?.query_opt(&select).map_err(|error| fault(&error))?;
    row.as_ref().map(kept).transpose()
}

/// Drafts of an organisation that are open, those saved last first: neither given up nor released.
pub(crate) fn of_org(app: &App, org: &str) -> Result<Vec<Kept>, ActError> {
    let select = sql!(
        "SELECT id FROM alerts_draft WHERE org = $1 AND dropped IS NULL ORDER BY changed DESC, id",
        org.to_owned()
    );
    let rows = store(app)?.query(&select).map_err(|error| fault(&error))?;
    let ids: Result<Vec<&str>, StoreError> = rows.iter().map(|row| row.text("id")).collect();
    let mut ids = ids.map_err(|error| fault(&error))?;
    app.engine.read(|views| {
        let mut open = Vec::new();
        for id in ids.drain(..) {
            if issued::find(views, id)?.is_none() {
                open.push(id);
            }
        }
        ids = open;
        Ok(())
    })?;
    ids.into_iter().map(|id| find(app, id)).filter_map(Result::transpose).collect()
}

/// Keeps a new draft. `open`: how many the organisation has already.
///
/// # Errors
/// `SCR-ALR-245`: too many.
pub(crate) fn insert(app: &App, draft: &Draft, open: usize) -> Result<(), ActError> {
    if open >= MAX_DRAFTS {
        return Err(Refusal::new(RefusalKind::Conflict, codes::TOO_MANY).into());
    }
    let insert = sql!(
        "INSERT INTO alerts_draft (id, org, version, changed, body) VALUES ($1, $2, 1, $3, $4)",
        draft.id.clone(),
        draft.org.clone(),
        app.clock.now(),
        draft.written()?
    );
    store(app)?.execute(&insert).map_err(|error| fault(&error))?;
    Ok(())
}

/// Keeps a draft as the next version.
///
/// # Errors
/// `SCR-ALR-222`: somebody else has saved it since the version that was seen.
pub(crate) fn update(app: &App, draft: &Draft, seen: u64) -> Result<(), ActError> {
    let update = sql!(
        "UPDATE alerts_draft SET version = version + 1, changed = $3, body = $4
         WHERE id = $1 AND version = $2 AND dropped IS NULL",
        draft.id.clone(),
        seen.cast_signed(),
        app.clock.now(),
        draft.written()?
    );
    match store(app)?.execute(&update).map_err(|error| fault(&error))? {
        0 => Err(Refusal::new(RefusalKind::Conflict, codes::CHANGED).into()),
        _ => Ok(()),
    }
}

/// Gives a draft up.
///
/// # Errors
/// As [`update`].
pub(crate) fn drop_draft(app: &App, id: &str, seen: u64) -> Result<(), ActError> {
    let update = sql!(
        "UPDATE alerts_draft SET dropped = $3 WHERE id = $1 AND version = $2 AND dropped IS NULL",
        id.to_owned(),
        seen.cast_signed(),
        app.clock.now()
    );
    match store(app)?.execute(&update).map_err(|error| fault(&error))? {
        0 => Err(Refusal::new(RefusalKind::Conflict, codes::CHANGED).into()),
        _ => Ok(()),
    }
}
