//! How a copy is made of an object that is shared here, or is about to be, and how it goes out.

use super::readers::Readers;
use super::trace::{Found, is_made_of_content, look};
use crate::exchange::Exchange;
use crate::pages::{Sent, readable, send};
use crate::read::Seen;
use crate::select;
use crate::share::{self, Sharing};
use rusqlite::Connection;
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Tlp};
use scr_engine::{ActError, rusqlite};
use scr_stix::check::is_required;
use scr_stix::marking::{Meaning, meaning_of};
use scr_stix::{
    Effective, Id, Limits, Object, RedactError, Redacted, Redaction, Selector, Timestamp, redacted_copy,
};
use scr_threats::{Collection, Members, codes, identity_of, identity_of_pseudonym};
use scr_web::App;
use std::cell::RefCell;

/// References that say who made an object and how it is marked.
const OWN_REFERENCES: [&str; 3] = ["created_by_ref", "object_marking_refs", "granular_markings"];
/// References that are looked at.
const MOST_REFERENCES: usize = 500;

/// The original.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// What it is.
    pub(crate) object: Object,
    /// Its label here.
    pub(crate) tlp: Tlp,
    /// Where it is shared, if it is.
    pub(crate) collection: Option<Collection>,
    /// For whom it is, beside its owner; for the owner's eyes.
    pub(crate) audience: Vec<OrgId>,
    /// Whether it is the redactor's own.
    pub(crate) is_own: bool,
    /// The pseudonym under which the redactor has shared it: the copy has the same.
    pub(crate) pseudonym: Option<String>,
    /// The label of what carries none.
    pub(crate) unmarked: Tlp,
}

/// The ids of a copy, and when it is made: the same at the second look as at the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ids {
    /// The copy's.
    pub(crate) copy: uuid::Uuid,
    /// That of its relationship to the original.
    pub(crate) link: uuid::Uuid,
    /// Seconds since 1970, UTC.
    pub(crate) at: i64,
}

impl Ids {
    /// New ones.
    pub(crate) fn random(app: &App) -> Self {
        let uuid = || uuid::Builder::from_random_bytes(app.entropy.bytes::<16>()).into_uuid();
        Self { copy: uuid(), link: uuid(), at: app.clock.now() }
    }
}

/// What is to become of it.
#[derive(Debug, Clone)]
pub(crate) struct Copying<'a> {
    /// What is left out.
    pub(crate) drop: Vec<Selector>,
    /// The copy's label.
    pub(crate) tlp: Tlp,
    /// Where it goes.
    pub(crate) collection: &'a Collection,
    /// For whom AMBER and RED are meant; `None`: the circle, and nobody for RED.
    pub(crate) audience: Option<Vec<OrgId>>,
    /// Whether its readers may know of the original.
    pub(crate) discloses: bool,
    /// Ids.
    pub(crate) ids: Ids,
    /// What stands for a text that it cannot be without.
    pub(crate) placeholder: String,
}

impl Copying<'_> {
    /// How the copy is shared.
    fn sharing(&self, seen: &Seen, source: &Source) -> Sharing {
        Sharing {
            community: seen.code.clone(),
            collection: self.collection.id.clone(),
            pseudonym: source.pseudonym.clone(),
            audience: self.audience.clone(),
            unmarked: None,
            source: Some("copy".to_owned()),
            despite: Vec::new(),
        }
    }

    /// Where the relationship goes that only those see who have the original: nowhere, if others could learn of the copy
    /// there who may not read it.
    pub(crate) fn home<'s>(&self, seen: &Seen, source: &'s Source) -> Option<&'s Collection> {
        let covers = |one: &Collection| {
            one.id == self.collection.id
                || self.collection.readers == Members::All
                || self.collection.readers == one.readers
        };
        source.collection.as_ref().filter(|one| seen.may_write(one) && covers(one))
    }

    /// Who has the original and may read the copy too, beside the redactor.
    fn both(&self, source: &Source) -> Vec<OrgId> {
        if !source.is_own {
            return Vec::new();
        }
        let readers = self.readers();
        let reads = |org: &&OrgId| self.tlp <= Tlp::Green || readers.named.contains(org);
        source.audience.iter().filter(reads).cloned().collect()
    }

    /// Who would read the copy.
    fn readers(&self) -> Readers<'_> {
        let named = match (&self.audience, self.tlp) {
            (Some(named), _) => named.clone(),
            (None, Tlp::Red) => Vec::new(),
            (None, _) => self.collection.circle.clone(),
        };
        Readers { tlp: self.tlp, collection: self.collection, named }
    }
}

/// A copy, and what in it somebody has to look at.
#[derive(Debug, Clone)]
pub(crate) struct Copied {
    /// The copy, and its relationship to the original.
    pub(crate) redacted: Redacted,
    /// Traces of what is left out.
    pub(crate) traces: Vec<Found>,
}

impl Copied {
    /// Why this copy does not go out: something narrower stands in it, or nobody has looked at what may be a trace.
    pub(crate) fn refusal(&self, has_looked: bool) -> Option<Refusal> {
        let trace =
            self.traces.iter().find(|one| one.is_narrow).or(self.traces.first().filter(|_| !has_looked))?;
        let code = if trace.is_narrow { codes::STILL_THERE } else { codes::LOOK };
        let refusal = Refusal::new(RefusalKind::Invalid, code);
        Some(refusal.with("what", trace.left_out.clone()).with("where", trace.property.clone()))
    }
}

/// The labels of an object.
fn effective(object: &Object, unmarked: Tlp) -> Effective {
    Effective::of(object.head(), &|_| None, Some(unmarked))
}

/// Properties with a narrower label than this one.
pub(crate) fn marked_above(source: &Source, tlp: Tlp) -> Vec<Selector> {
    effective(&source.object, source.unmarked)
        .above(tlp)
        .into_iter()
        .filter_map(|one| one.selector.clone())
        .collect()
}

/// The label of an object without those of its parts, where a part keeps it from readers who could have the rest.
pub(crate) fn narrower(object: &Object, unmarked: Tlp) -> Option<Tlp> {
    let effective = effective(object, unmarked);
    (effective.ceiling() > effective.label).then_some(effective.label)
}

fn refused(code: &str, what: &impl ToString) -> ActError {
    Refusal::new(RefusalKind::Invalid, code).with("what", what.to_string()).into()
}

/// Why there is no copy, for people.
fn why(error: &RedactError) -> ActError {
    match error {
        RedactError::SelectsNothing(selector) => refused(codes::CANNOT_LEAVE_OUT, selector),
        RedactError::Required(selector) => refused(codes::CANNOT_LEAVE_OUT, selector),
        RedactError::StillNarrower { selector } => refused(codes::STILL_NARROWER, selector),
        RedactError::Names(id) => {
            let refusal = Refusal::new(RefusalKind::Invalid, codes::STILL_THERE);
            refusal.with("what", "id").with("where", id.as_str()).into()
        }
        other => refused(codes::NO_COPY, &other.code()),
    }
}

/// Whether a copy of another member's object goes no further than the object: its label is for its source to widen.
fn goes_no_further(source: &Source, copying: &Copying<'_>) -> bool {
    let is_same_readers = source
        .collection
        .as_ref()
        .is_some_and(|one| one.readers == Members::All || one.readers == copying.collection.readers);
    match source.tlp {
        Tlp::Clear => true,
        Tlp::Green => copying.tlp >= Tlp::Green && is_same_readers,
        _ => false,
    }
}

/// Makes a copy. Nothing is recorded.
pub(crate) fn make(
    app: &App,
    seen: &Seen,
    org: &OrgId,
    (source, copying): (&Source, &Copying<'_>),
) -> Result<Copied, ActError> {
    if !source.is_own && !goes_no_further(source, copying) {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::TOO_WIDE).on("label").into());
    }
    if copying.discloses && is_made_of_content(source.object.id()) {
        return Err(Refusal::new(RefusalKind::Invalid, codes::ID_TELLS).on("disclose").into());
    }
    let redacted = app.engine.read(|views| Ok(redact(views, seen, org, (source, copying))))??;
    let effective = effective(&source.object, source.unmarked);
    let is_narrow = |selector: &Selector| {
        let within = effective.above(copying.tlp).into_iter().filter_map(|one| one.selector.as_ref());
        effective.of_property(selector) > copying.tlp || within.into_iter().any(|one| selector.covers(one))
    };
    let drop: Vec<(Selector, bool)> = copying.drop.iter().map(|one| (one.clone(), is_narrow(one))).collect();
    let mut traces = look(&source.object.value(), &redacted.copy.value(), &drop);
    for trace in &mut traces {
        // What the object cannot be without is for these readers by its own label: somebody looks whether it should be.
        trace.is_narrow &= !is_required(source.object.kind(), &trace.property);
    }
    Ok(Copied { redacted, traces })
}

fn invalid(_: impl std::fmt::Display) -> ActError {
    refused(codes::NO_COPY, &"redact-invalid")
}

fn redact(
    views: &Connection,
    seen: &Seen,
    org: &OrgId,
    (source, copying): (&Source, &Copying<'_>),
) -> Result<Redacted, ActError> {
    let redactor = match &source.pseudonym {
        Some(pseudonym) => identity_of_pseudonym(&seen.code, pseudonym),
        None => identity_of(org),
    };
    let redactor = Id::parse(&redactor).map_err(invalid)?;
    let new_id = Id::new(source.object.kind(), copying.ids.copy).map_err(invalid)?;
    let relationship_id = Id::new("relationship", copying.ids.link).map_err(invalid)?;
    let moment = copying.ids.at.checked_mul(1_000_000).and_then(Timestamp::from_micros);
    let now = moment.ok_or_else(|| invalid("no time"))?;
    let collections = readable(views, seen)?;
    let numbers: Vec<i64> = collections.iter().map(|(_, number)| *number).collect();
    let (readers, fault) = (copying.readers(), RefCell::new(None));
    let label_of = |id: &Id| {
        // Whoever redacts is named anyhow, unless under a pseudonym.
        if *id == redactor {
            return Some(Tlp::Clear);
        }
        readers.label_of(views, (&collections, &seen.standing), id).unwrap_or_else(|error| {
            fault.replace(Some(error));
            None
        })
    };
    let known = |id: &Id| {
        meaning(views, (&numbers, seen), id).unwrap_or_else(|error| {
            fault.replace(Some(error));
            None
        })
    };
    let made = redacted_copy(
        &source.object,
        &Redaction {
            drop: &copying.drop,
            redactor: &redactor,
            marking: copying.tlp,
            now: &now,
            new_id: &new_id,
            relationship_id: &relationship_id,
            disclose_original: copying.discloses,
            placeholder: &copying.placeholder,
            known: &known,
            label_of: &label_of,
        },
    );
    if let Some(error) = fault.into_inner() {
        return Err(error.into());
    }
    made.map_err(|error| why(&error))
}

/// What a marking says whose definition the reader has.
fn meaning(
    views: &Connection,
    (numbers, seen): (&[i64], &Seen),
    id: &Id,
) -> rusqlite::Result<Option<Meaning>> {
    let Some(entry) = select::latest(views, numbers, &seen.standing, id.as_str())? else { return Ok(None) };
    let content = select::content(views, entry.seq)?;
    let read = Object::read(content.as_bytes(), &Limits::default()).ok();
    Ok(read.as_ref().and_then(meaning_of))
}

/// What would become of a copy.
pub(crate) fn plan_copy(
    app: &App,
    actor: &Actor,
    seen: &Seen,
    (source, copying, copied): (&Source, &Copying<'_>, &Copied),
) -> Result<share::Plan, ActError> {
    let sharing = copying.sharing(seen, source);
    share::plan(&Exchange::of(app), actor, &sharing, std::slice::from_ref(&copied.redacted.copy))
}

/// Shares a copy, and its relationship: with those who read the copy, where they may know of the original, or else with
/// those alone who have the original.
pub(crate) fn share_copy(
    app: &App,
    actor: &Actor,
    seen: &Seen,
    (source, copying, copied): (&Source, &Copying<'_>, &Copied),
) -> Result<Sent, ActError> {
    let (copy, link) = (&copied.redacted.copy, &copied.redacted.relationship);
    let sharing = copying.sharing(seen, source);
    if copying.discloses {
        return send(app, actor, &sharing, &[copy.clone(), link.clone()], Vec::new());
    }
    // Where nobody else could learn of it, the relationship stays with whoever redacts.
    let of_link = copying.home(seen, source).map(|one| Sharing {
        collection: one.id.clone(),
        audience: Some(copying.both(source)),
        ..sharing.clone()
    });
    if let Some(of_link) = &of_link {
        // Both or none, as far as it can be said beforehand.
        let exchange = Exchange::of(app);
        let plan = share::plan(&exchange, actor, of_link, std::slice::from_ref(link))?;
        if let Some(line) = plan.failures.first() {
            let what = format!("{}: {}", line.id, line.message.as_deref().unwrap_or_default());
            return Err(refused(codes::NOT_TAKEN, &what));
        }
    }
    let mut sent = send(app, actor, &sharing, std::slice::from_ref(copy), Vec::new())?;
    if let Some(of_link) = &of_link {
        sent.receipts.extend(send(app, actor, of_link, std::slice::from_ref(link), Vec::new())?.receipts);
    }
    Ok(sent)
}

/// What an object refers to that not everybody sees, by its title: its id becomes public with the object.
pub(crate) fn unseen_by_everybody(
    app: &App,
    seen: &Seen,
    collection: &Collection,
    content: &str,
) -> Result<Vec<String>, ActError> {
    let Ok(object) = Object::read(content.as_bytes(), &Limits::default()) else { return Ok(Vec::new()) };
    let readers = Readers { tlp: Tlp::Clear, collection, named: Vec::new() };
    let references =
        object.head().refs.iter().filter(|one| !OWN_REFERENCES.iter().any(|own| one.path.starts_with(own)));
    let found = app.engine.read(|views| {
        let collections = readable(views, seen)?;
        let numbers: Vec<i64> = collections.iter().map(|(_, number)| *number).collect();
        let mut unseen = Vec::new();
        for reference in references.take(MOST_REFERENCES) {
            if readers.label_of(views, (&collections, &seen.standing), &reference.id)?.is_some() {
                continue;
            }
            let entry = select::latest(views, &numbers, &seen.standing, reference.id.as_str())?;
            unseen.push(entry.and_then(|one| one.title).unwrap_or_else(|| reference.id.to_string()));
        }
        Ok(unseen)
    })?;
    Ok(found)
}
