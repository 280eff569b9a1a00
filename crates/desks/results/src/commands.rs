//! The acts of this desk, called by pages, API and CLI alike.

use crate::kinds::{CONTEST_DEFINED, ELECTION_CREATED, TABLE_IMPORTED, TABLE_PUBLISHED};
use rusqlite::{Connection, OptionalExtension, params};
use scr_core::{Actor, ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, Fault, NewEvent, Receipt};
use scr_results::published::{self, PublishedError};
use scr_results::{Contestant, Table};
use serde_json::{Value, json};

/// A new election.
#[derive(Debug, Clone)]
pub struct NewElection {
    /// Its id, `president-2026`.
    pub id: ElectionId,
    /// Its title.
    pub title: String,
    /// Election day, `2026-11-24`.
    pub day: String,
    /// Time zone of the election, as in the IANA database.
    pub zone: String,
}

/// A new contest.
#[derive(Debug, Clone)]
pub struct NewContest {
    /// The election.
    pub election: ElectionId,
    /// Id of the contest within it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Votes that one ballot carries.
    pub votes_per_ballot: u64,
    /// Everybody who stands.
    pub contestants: Vec<Contestant>,
}

/// A table to import.
#[derive(Debug, Clone)]
pub struct NewTable<'a> {
    /// The election.
    pub election: ElectionId,
    /// The contest.
    pub contest: String,
    /// Short id of the source: `preliminary`, `final`, `observers`.
    pub source: String,
    /// The source in words.
    pub source_name: String,
    /// The numbers.
    pub table: &'a Table,
    /// What the checks found, canonical JSON.
    pub findings: &'a Value,
    /// How many facts they are.
    pub findings_count: u64,
    /// The mapping that the file was read with, as a file.
    pub mapping: Option<&'a str>,
    /// The file's name: kept private.
    pub file_name: String,
    /// The file's bytes are hashed, not kept.
    pub file: Option<&'a [u8]>,
    /// Why a later version replaces an earlier one.
    pub reason: Option<String>,
}

pub(crate) fn must_be(actor: &Actor, roles: &[Role]) -> Result<(), Refusal> {
    if roles.contains(&actor.role) {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::Forbidden, "SCR-RES-001"))
    }
}

fn required(text: &str, field: &str, max: usize) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-002").on(field));
    }
    if text.len() > max {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-003").on(field).with("max", max));
    }
    Ok(())
}

/// Creates an election.
pub fn create_election(engine: &Engine, actor: &Actor, new: &NewElection) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager])?;
    required(&new.title, "title", 200)?;
    if new.day.parse::<jiff::civil::Date>().is_err() {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-004").on("day").into());
    }
    if jiff::tz::TimeZone::get(&new.zone).is_err() {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-005").on("zone").into());
    }
    engine.record(actor, &|views, _| {
        if election_exists(views, new.id.as_str())? {
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-RES-006")
                .on("id")
                .with("id", &new.id)
                .into());
        }
        let public = json!({"election": new.id, "title": new.title.trim(), "day": new.day, "zone": new.zone});
        Ok(vec![NewEvent::about(&ELECTION_CREATED, election_subject(&new.id), public)])
    })
}

/// Defines a contest. A contest that has results cannot be defined again.
pub fn define_contest(engine: &Engine, actor: &Actor, new: &NewContest) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager])?;
    required(&new.title, "title", 200)?;
    required(&new.id, "id", 64)?;
    if new.contestants.is_empty() || new.contestants.len() > 200 {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-007").on("contestants").into());
    }
    for (position, contestant) in new.contestants.iter().enumerate() {
        required(&contestant.name, "contestants", 200)?;
        if new.contestants[..position].iter().any(|other| other.id == contestant.id) {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-008")
                .on("contestants")
                .with("id", &contestant.id)
                .into());
        }
    }
    engine.record(actor, &|views, _| {
        if !election_exists(views, new.election.as_str())? {
            return Err(Refusal::new(RefusalKind::NotFound, "SCR-RES-009").with("id", &new.election).into());
        }
        if newest_version(views, new.election.as_str(), &new.id, None)? > 0 {
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-RES-010").on("id").into());
        }
        let contestants: Vec<Value> = new
            .contestants
            .iter()
            .map(|c| match &c.group {
                Some(group) => json!({"id": c.id, "name": c.name, "group": group}),
                None => json!({"id": c.id, "name": c.name}),
            })
            .collect();
        let public = json!({"election": new.election, "contest": new.id, "title": new.title.trim(),
            "votes_per_ballot": new.votes_per_ballot, "contestants": contestants});
        let event = NewEvent::about(&CONTEST_DEFINED, contest_subject(&new.election, &new.id), public);
        Ok(vec![event.also(election_subject(&new.election))])
    })
}

/// Imports a table as the next version of its source. A later version needs a reason.
pub fn import_table(engine: &Engine, actor: &Actor, new: &NewTable<'_>) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager, Role::Observer])?;
    required(&new.source, "source", 64)?;
    required(&new.source_name, "source_name", 200)?;
    let published = published::publish(new.table).map_err(|error| match error {
        PublishedError::Twice { unit, .. } => {
            ActError::from(Refusal::new(RefusalKind::Invalid, "SCR-RES-011").with("unit", unit))
        }
        other => Fault::log(&other).into(),
    })?;
    let object = engine.objects().put(&published.bytes)?;
    let findings = scr_canon::canonical_value(new.findings).map_err(|e| Fault::log(&e))?;
    let findings_object = engine.objects().put(&findings)?;
    let mapping = new.mapping.map(|text| engine.objects().put(text.as_bytes())).transpose()?;
    engine.record(actor, &|views, _| {
        let election = new.election.as_str();
        check_contestants(views, election, &new.contest, new.table)?;
        check_owner(views, election, new, actor)?;
        let version = newest_version(views, election, &new.contest, Some(&new.source))? + 1;
        let reason = new.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if version > 1 && reason.is_none() {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-012").on("reason").into());
        }
        let mut public = json!({"election": election, "contest": new.contest, "source": new.source,
            "source_name": new.source_name, "version": version, "object": object, "rows": published.rows,
            "rows_root": published.rows_root, "findings": new.findings_count, "findings_object": findings_object});
        if let Some(hash) = mapping {
            public["mapping_object"] = json!(hash);
        }
        if let Some(file) = new.file {
            public["file_sha256"] = json!(scr_canon::sha256(file));
        }
        if let Some(reason) = reason {
            public["reason"] = json!(reason);
        }
        let subject = format!("results:{election}/{}/{}", new.contest, new.source);
        let event = NewEvent::about(&TABLE_IMPORTED, subject, public)
            .also(contest_subject(&new.election, &new.contest))
            .private("file_name", format!("election:{election}"), new.file_name.as_bytes());
        Ok(vec![event])
    })
}

/// What is published, and how far the count is.
#[derive(Debug, Clone)]
pub struct NewPublication {
    /// The election.
    pub election: ElectionId,
    /// The contest.
    pub contest: String,
    /// The source.
    pub source: String,
    /// Its version.
    pub version: u64,
    /// `unofficial-partial`, `unofficial-complete` or `certified` (NIST SP 1500-100).
    pub status: String,
    /// Why it replaces what was published before.
    pub reason: Option<String>,
}

/// Publishes a version of a source. A correction needs a reason.
pub fn publish(engine: &Engine, actor: &Actor, new: &NewPublication) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager])?;
    if !["unofficial-partial", "unofficial-complete", "certified"].contains(&new.status.as_str()) {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-013").on("status").into());
    }
    engine.record(actor, &|views, _| {
        let election = new.election.as_str();
        let root: Option<String> = views
            .prepare_cached(
                "SELECT rows_root FROM results_table WHERE election = ?1 AND contest = ?2 AND source = ?3 AND version = ?4",
            )?
            .query_row(params![election, new.contest, new.source, new.version.cast_signed()], |row| row.get(0))
            .optional()?;
        let Some(root) = root else {
            return Err(Refusal::new(RefusalKind::NotFound, "SCR-RES-014").on("version").into());
        };
        let before: bool = views
            .prepare_cached("SELECT 1 FROM results_publication WHERE election = ?1 AND contest = ?2")?
            .exists(params![election, new.contest])?;
        let reason = new.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if before && reason.is_none() {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-012").on("reason").into());
        }
        let mut public = json!({"election": election, "contest": new.contest, "source": new.source,
            "version": new.version, "status": new.status, "rows_root": root});
        if let Some(reason) = reason {
            public["reason"] = json!(reason);
        }
        let subject = format!("publication:{election}/{}", new.contest);
        Ok(vec![NewEvent::about(&TABLE_PUBLISHED, subject, public).also(contest_subject(&new.election, &new.contest))])
    })
}

pub(crate) fn election_subject(election: &ElectionId) -> String {
    format!("election:{election}")
}

fn contest_subject(election: &ElectionId, contest: &str) -> String {
    format!("contest:{election}/{contest}")
}

pub(crate) fn election_exists(views: &Connection, election: &str) -> rusqlite::Result<bool> {
    views.prepare_cached("SELECT 1 FROM results_election WHERE election = ?1")?.exists([election])
}

fn newest_version(
    views: &Connection,
    election: &str,
    contest: &str,
    source: Option<&str>,
) -> rusqlite::Result<u64> {
    let newest: Option<i64> = views
        .prepare_cached(
            "SELECT max(version) FROM results_table WHERE election = ?1 AND contest = ?2 AND (?3 IS NULL OR source = ?3)",
        )?
        .query_row(params![election, contest, source], |row| row.get(0))?;
    Ok(newest.and_then(|n| u64::try_from(n).ok()).unwrap_or(0))
}

/// A source is one organisation's: nobody else adds a version to it.
fn check_owner(
    views: &Connection,
    election: &str,
    new: &NewTable<'_>,
    actor: &Actor,
) -> Result<(), ActError> {
    let issuer: Option<String> = views
        .prepare_cached(
            "SELECT issuer FROM results_table WHERE election = ?1 AND contest = ?2 AND source = ?3 LIMIT 1",
        )?
        .query_row([election, &new.contest, &new.source], |row| row.get(0))
        .optional()?;
    match issuer {
        // The name of an organisation's key ends with its id, which has no slash.
        Some(issuer) if !issuer.ends_with(&format!("/org/{}", actor.org)) => {
            Err(Refusal::new(RefusalKind::Conflict, "SCR-RES-031").on("source").with("issuer", issuer).into())
        }
        _ => Ok(()),
    }
}

/// The table's contestants must be the contest's.
fn check_contestants(
    views: &Connection,
    election: &str,
    contest: &str,
    table: &Table,
) -> Result<(), ActError> {
    let text: Option<String> = views
        .prepare_cached("SELECT contestants FROM results_contest WHERE election = ?1 AND contest = ?2")?
        .query_row([election, contest], |row| row.get(0))
        .optional()?;
    let Some(text) = text else {
        return Err(Refusal::new(RefusalKind::NotFound, "SCR-RES-015").with("id", contest).into());
    };
    let known: Vec<Contestant> = serde_json::from_str(&text).map_err(|e| Fault::log(&e))?;
    match table.contestants().iter().find(|c| !known.iter().any(|k| k.id == c.id)) {
        Some(unknown) => {
            Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-016").with("id", &unknown.id).into())
        }
        None => Ok(()),
    }
}
