//! What a member shares: sorted by who may see it, recorded at once or with the next batch.

mod plan;
mod sort;
mod status;
mod waiting;

pub(crate) use plan::{Plan, Planned, plan};
pub(crate) use sort::{CLAIMED, FOREIGN, NAMES_OWNER, OTHER, THERE};
pub(crate) use status::{Line, Status, sweep};
pub(crate) use waiting::{close_batch, days_waiting, hidden, hide, something_waits, store, waiting_for};

use crate::exchange::Exchange;
use crate::kinds::{PUBLISHED, SHARED};
use crate::read;
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Role, Tlp};
use scr_engine::{ActError, Ctx, NewEvent, rusqlite::Connection};
use scr_stix::Object;
use scr_threats::{Batch, Collection, Community, Despite, Shared, codes};
use serde_json::json;
use serde_json::value::RawValue;
use sort::Sorted;
use std::cell::RefCell;

/// Roles that share.
pub(crate) const WRITERS: [Role; 3] = [Role::Manager, Role::Supervisor, Role::Clerk];

/// How something is shared.
#[derive(Debug, Clone)]
pub(crate) struct Sharing {
    /// The code of the community.
    pub(crate) community: String,
    /// The collection's id or alias.
    pub(crate) collection: String,
    /// The name under which others see who shares it.
    pub(crate) pseudonym: Option<String>,
    /// Organisations for which AMBER and RED are meant; `None`: the circle of the collection, and nobody for RED.
    pub(crate) audience: Option<Vec<OrgId>>,
    /// The label of what has none; `None`: what the community's rules say.
    pub(crate) unmarked: Option<Tlp>,
    /// Where it came from.
    pub(crate) source: Option<String>,
    /// What stands on a warning list, and is to be shared all the same.
    pub(crate) despite: Vec<Despite>,
}

impl Sharing {
    /// What is noted of these objects.
    fn despite(&self, objects: &[&Object]) -> Vec<Despite> {
        let is_of = |one: &&Despite| objects.iter().any(|object| object.id().as_str() == one.id);
        self.despite.iter().filter(is_of).cloned().collect()
    }
}

/// What became of each object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Report {
    /// Shared, or there already.
    pub(crate) successes: Vec<Line>,
    /// Not taken.
    pub(crate) failures: Vec<Line>,
    /// Taken, and recorded with the next batch.
    pub(crate) pendings: Vec<Line>,
    /// Entries that were recorded.
    pub(crate) receipts: Vec<scr_engine::Receipt>,
}

impl Report {
    /// Takes what another one says.
    pub(crate) fn take(&mut self, other: Self) {
        self.successes.extend(other.successes);
        self.failures.extend(other.failures);
        self.pendings.extend(other.pendings);
        self.receipts.extend(other.receipts);
    }
}

/// The community and the collection, for somebody who may add to it.
pub(crate) fn place(
    views: &Connection,
    actor: &Actor,
    sharing: &Sharing,
) -> Result<(Community, Collection), ActError> {
    let refuse = |kind, code: &str| ActError::from(Refusal::new(kind, code));
    let seen = read::seen(views, &sharing.community, Some(&actor.org))?
        .ok_or_else(|| refuse(RefusalKind::NotFound, codes::NO_COMMUNITY))?;
    let collection = seen
        .collection(&sharing.collection)
        .cloned()
        .ok_or_else(|| refuse(RefusalKind::NotFound, codes::NO_COLLECTION))?;
    if !WRITERS.contains(&actor.role) || actor.place.is_some() {
        return Err(refuse(RefusalKind::Forbidden, codes::NOT_YOURS));
    }
    if !seen.may_write(&collection) {
        return Err(refuse(RefusalKind::Forbidden, codes::READ_ONLY));
    }
    if !seen.community.is_active() {
        return Err(refuse(RefusalKind::Conflict, codes::NOT_ACTIVE));
    }
    Ok((seen.community, collection))
}

/// Shares objects. What everybody or the whole community may see is recorded before this returns; the rest waits, in the
/// operational tables, for its batch: `status` is where the sender asks what became of it.
pub(crate) fn share(
    exchange: &Exchange<'_>,
    actor: &Actor,
    sharing: &Sharing,
    objects: &[Object],
    status: &str,
) -> Result<Report, ActError> {
    share_all(exchange, actor, (sharing, None), objects, status)
}

/// Shares what a partner's server has sent, at least as narrow as its member wants it. Nobody speaks for a member from
/// there: what says that a member has made it is not taken.
pub(crate) fn share_from_partner(
    exchange: &Exchange<'_>,
    actor: &Actor,
    sharing: &Sharing,
    at_least: Tlp,
    objects: &[Object],
    status: &str,
) -> Result<Report, ActError> {
    share_all(exchange, actor, (sharing, Some(at_least)), objects, status)
}

fn share_all(
    exchange: &Exchange<'_>,
    actor: &Actor,
    (sharing, partner): (&Sharing, Option<Tlp>),
    objects: &[Object],
    status: &str,
) -> Result<Report, ActError> {
    let look = |views: &Connection| sort::sort(views, actor, sharing, partner, objects);
    let sorted = exchange.engine.read(|views| Ok(look(views)))??;
    let mut report = Report::default();
    if sorted.has_at_once() {
        let seed = seed(exchange);
        let latest = RefCell::new(sorted);
        let decide = |views: &Connection, _: &Ctx<'_>| {
            // Others may have been faster since the first look.
            let sorted = look(views)?;
            let events = events(exchange, actor, sharing, &sorted, seed)?;
            *latest.borrow_mut() = sorted;
            if events.is_empty() {
                return Err(Refusal::new(RefusalKind::Conflict, codes::NOTHING).into());
            }
            Ok(events)
        };
        match exchange.engine.record(actor, &decide) {
            Ok(receipts) => report.receipts = receipts,
            Err(ActError::Refused(refusal)) if refusal.code == codes::NOTHING => {}
            Err(error) => return Err(error),
        }
        return finish(exchange, actor, sharing, latest.into_inner(), status, report);
    }
    finish(exchange, actor, sharing, sorted, status, report)
}

fn finish(
    exchange: &Exchange<'_>,
    actor: &Actor,
    sharing: &Sharing,
    sorted: Sorted<'_>,
    status: &str,
    mut report: Report,
) -> Result<Report, ActError> {
    let waiting = narrow(actor, sharing, &sorted)?;
    if !waiting.is_empty() {
        waiting::put(exchange, actor, status, &Batch { shared: waiting, ..Batch::new(0) })?;
    }
    report.successes = sorted.successes;
    report.failures = sorted.failures;
    report.pendings = sorted.pendings;
    Ok(report)
}

/// Random, for the times of objects.
pub(crate) fn seed(exchange: &Exchange<'_>) -> u32 {
    u32::from_be_bytes(exchange.engine.entropy().bytes::<4>())
}

fn raw(objects: &[&Object]) -> Result<Vec<Box<RawValue>>, ActError> {
    let one = |object: &&Object| RawValue::from_string(object.raw().to_owned());
    objects.iter().map(one).collect::<Result<_, _>>().map_err(|error| scr_engine::Fault::log(&error).into())
}

/// What is recorded at once: CLEAR in public, GREEN for the community.
fn events(
    exchange: &Exchange<'_>,
    actor: &Actor,
    sharing: &Sharing,
    sorted: &Sorted<'_>,
    seed: u32,
) -> Result<Vec<NewEvent>, ActError> {
    let subject = format!("threats:community:{}", sharing.community);
    let mut events = Vec::new();
    let shared = |tlp, objects: &[&Object]| -> Result<Shared, ActError> {
        Ok(Shared {
            collection: sorted.collection.clone(),
            owner: actor.org.clone(),
            pseudonym: None,
            tlp,
            audience: Vec::new(),
            source: sharing.source.clone(),
            despite: sharing.despite(objects),
            objects: raw(objects)?,
        })
    };
    if !sorted.clear.is_empty() {
        let batch = Batch { shared: vec![shared(Tlp::Clear, &sorted.clear)?], ..Batch::new(0) };
        let object = exchange.engine.objects().put(text(&batch)?.as_bytes())?;
        let public = json!({"community": sharing.community, "object": object});
        let owner = format!("threats:{}", actor.org);
        events.push(NewEvent::about(&PUBLISHED, subject.as_str(), public).private(
            "seed",
            owner,
            seed.to_string(),
        ));
    }
    if !sorted.green.is_empty() {
        let batch = Batch { shared: vec![shared(Tlp::Green, &sorted.green)?], ..Batch::new(seed) };
        let owner = format!("threats:{}", actor.org);
        let public = json!({"community": sharing.community});
        events.push(NewEvent::about(&SHARED, subject.as_str(), public).private(
            "batch",
            owner,
            text(&batch)?,
        ));
    }
    Ok(events)
}

/// A batch as it is kept.
pub(crate) fn text(batch: &Batch) -> Result<String, ActError> {
    serde_json::to_string(batch).map_err(|error| scr_engine::Fault::log(&error).into())
}

/// For whom something narrow is meant, beside whoever shares it.
fn audience(sharing: &Sharing, sorted: &Sorted<'_>, tlp: Tlp) -> Vec<OrgId> {
    match (&sharing.audience, tlp) {
        (Some(named), _) => named.clone(),
        (None, Tlp::Red) => Vec::new(),
        (None, _) => sorted.circle.clone(),
    }
}

/// What waits: one part for each label.
fn narrow(actor: &Actor, sharing: &Sharing, sorted: &Sorted<'_>) -> Result<Vec<Shared>, ActError> {
    let mut parts = Vec::new();
    for (tlp, objects) in &sorted.narrow {
        let audience = audience(sharing, sorted, *tlp);
        parts.push(Shared {
            collection: sorted.collection.clone(),
            owner: actor.org.clone(),
            pseudonym: sharing.pseudonym.clone(),
            tlp: *tlp,
            audience,
            source: sharing.source.clone(),
            despite: sharing.despite(objects),
            objects: raw(objects)?,
        });
    }
    Ok(parts)
}
