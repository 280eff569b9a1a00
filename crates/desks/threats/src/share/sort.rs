//! Which objects go where, and which are not taken.

use super::{Line, Sharing, place};
use rusqlite::{Connection, OptionalExtension, params};
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Tlp};
use scr_engine::{ActError, rusqlite};
use scr_stix::marking::{Effective, Meaning, meaning_of};
use scr_stix::{Id, Limits, Object};
use scr_threats::{Standing, codes, identity_of, readers_of};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What is said of an object that is there already.
pub(crate) const THERE: &str = "it is there already";
/// Of one whose version has other bytes.
pub(crate) const OTHER: &str = "another object has this id and version";
/// Of one that is another member's.
pub(crate) const FOREIGN: &str = "only its creator makes further versions of this object";
/// Of one that names the organisation behind a pseudonym.
pub(crate) const NAMES_OWNER: &str = "it names the organisation behind the pseudonym";
/// Of one from a partner's server that says that a member made it.
pub(crate) const CLAIMED: &str = "it says that a member of this community made it, who would share it here";

/// Objects by where they go.
#[derive(Debug, Default)]
pub(super) struct Sorted<'a> {
    /// The id of the collection.
    pub(super) collection: String,
    /// Its circle.
    pub(super) circle: Vec<OrgId>,
    /// For everybody.
    pub(super) clear: Vec<&'a Object>,
    /// For the community.
    pub(super) green: Vec<&'a Object>,
    /// For some, or under a pseudonym.
    pub(super) narrow: BTreeMap<Tlp, Vec<&'a Object>>,
    /// Shared, or there already.
    pub(super) successes: Vec<Line>,
    /// Not taken.
    pub(super) failures: Vec<Line>,
    /// Taken, for the next batch.
    pub(super) pendings: Vec<Line>,
}

impl Sorted<'_> {
    /// Whether something is recorded at once.
    pub(super) fn has_at_once(&self) -> bool {
        !self.clear.is_empty() || !self.green.is_empty()
    }
}

/// What is known of an object that is there already.
enum There {
    /// The very same.
    Same,
    /// Other bytes under the same version.
    Other,
    /// An object of another member, who alone makes versions of it.
    Foreign,
}

/// Sorts objects, in their order. `partner`: they come from another server, and are at least as narrow as this.
pub(super) fn sort<'a>(
    views: &Connection,
    actor: &Actor,
    sharing: &Sharing,
    partner: Option<Tlp>,
    objects: &'a [Object],
) -> Result<Sorted<'a>, ActError> {
    let (community, collection) = place(views, actor, sharing)?;
    if let Some(pseudonym) = &sharing.pseudonym {
        check_pseudonym(views, actor, &sharing.community, pseudonym)?;
    }
    let mut sorted =
        Sorted { collection: collection.id.clone(), circle: collection.circle.clone(), ..Sorted::default() };
    let unmarked = sharing.unmarked.unwrap_or(community.rules.unmarked);
    let identities: BTreeMap<String, &OrgId> =
        community.members.keys().map(|org| (identity_of(org), org)).collect();
    let number = crate::read::number(views, &collection.id)?.unwrap_or_default();
    let standing = Standing::Member(actor.org.clone());
    let look = Look { views, number, readers: readers_of(&standing), identities, org: &actor.org };
    let mut begun: BTreeMap<(&str, i64), &Object> = BTreeMap::new();
    let with_it = |one: &'a Object| meaning_of(one).map(|meaning| (one.id(), meaning));
    let definitions: BTreeMap<&Id, Meaning> = objects.iter().filter_map(with_it).collect();
    // The id of its identity is known to everybody who knows the member.
    let own = sharing.pseudonym.as_ref().map(|_| identity_of(&actor.org));
    for object in objects {
        let line = Line::of(object);
        if own.as_ref().is_some_and(|own| object.raw().contains(own.as_str())) {
            sorted.failures.push(line.saying(NAMES_OWNER));
            continue;
        }
        let version = object.head().version().map_or(i64::MIN, scr_stix::Timestamp::micros);
        let there = match begun.get(&(object.id().as_str(), version)) {
            Some(other) if other.raw() == object.raw() || version == i64::MIN => Some(There::Same),
            Some(_) => Some(There::Other),
            None => look.there(object)?,
        };
        match there {
            Some(There::Same) => sorted.successes.push(line.saying(THERE)),
            Some(There::Other) => {
                sorted.failures.push(line.saying(OTHER));
            }
            Some(There::Foreign) => {
                sorted.failures.push(line.saying(FOREIGN));
            }
            None if partner.is_some() && look.is_claimed(object) => {
                sorted.failures.push(line.saying(CLAIMED));
            }
            None => {
                begun.insert((object.id().as_str(), version), object);
                let label = look.label(object, unmarked, &definitions)?;
                put(&mut sorted, (sharing.pseudonym.is_some(), partner), object, line, &label);
            }
        }
    }
    Ok(sorted)
}

/// A pseudonym is one member's alone, and no organisation's name.
fn check_pseudonym(
    views: &Connection,
    actor: &Actor,
    community: &str,
    pseudonym: &str,
) -> Result<(), ActError> {
    let is_name = (3..=60).contains(&pseudonym.chars().count())
        && pseudonym.chars().all(|c| c.is_alphanumeric() || " -.".contains(c))
        && pseudonym.trim() == pseudonym;
    let owners = crate::escrow::owners_of(views, community, pseudonym)?;
    let is_anothers = !owners.is_empty() && owners.iter().all(|owner| owner != actor.org.as_str());
    if is_name && !is_anothers {
        return Ok(());
    }
    Err(Refusal::new(RefusalKind::Invalid, codes::WRONG_PSEUDONYM).on("pseudonym").into())
}

fn put<'a>(
    sorted: &mut Sorted<'a>,
    (is_hidden, partner): (bool, Option<Tlp>),
    object: &'a Object,
    line: Line,
    label: &Effective,
) {
    let line = match label.unknown.first() {
        Some(id) => line.saying(&format!("the marking {id} is not known here and counts as TLP:RED")),
        None => line,
    };
    match partner.map_or(label.ceiling(), |at_least| label.ceiling().max(at_least)) {
        Tlp::Clear if !is_hidden => sorted.clear.push(object),
        Tlp::Green if !is_hidden => sorted.green.push(object),
        tlp => {
            sorted.narrow.entry(tlp).or_default().push(object);
            sorted.pendings.push(line);
            return;
        }
    }
    sorted.successes.push(line);
}

struct Look<'a> {
    views: &'a Connection,
    number: i64,
    readers: Vec<&'a str>,
    identities: BTreeMap<String, &'a OrgId>,
    org: &'a OrgId,
}

impl Look<'_> {
    /// What of an object is there already, as far as this member may know.
    fn there(&self, object: &Object) -> rusqlite::Result<Option<There>> {
        let mut query = self.views.prepare_cached(
            "SELECT o.version, o.version_text IS NOT NULL, o.owner, o.created_by, o.content FROM threats_object o
             WHERE o.id = ?1 AND o.collection = ?2 AND EXISTS (SELECT 1 FROM threats_reach r
                WHERE r.collection = o.collection AND r.added = o.added AND r.reader IN (?3, ?4, ?5))",
        )?;
        let [all, community, own] = self.readers[..] else { return Ok(None) };
        let mut rows = query.query(params![object.id().as_str(), self.number, all, community, own])?;
        let version = object.head().version().map(scr_stix::Timestamp::micros);
        let mut there = None;
        while let Some(row) = rows.next()? {
            let (moment, has_version): (i64, bool) = (row.get(0)?, row.get(1)?);
            if !has_version && version.is_none() {
                // Without a version there is but one.
                return Ok(Some(There::Same));
            }
            if has_version && version == Some(moment) {
                let content = row.get_ref(4)?.as_str()?;
                return Ok(Some(if content == object.raw() { There::Same } else { There::Other }));
            }
            let creator: Option<String> = row.get(3)?;
            let creator = creator.and_then(|id| self.identities.get(&id).copied());
            let owner: String = row.get(2)?;
            if creator.is_some_and(|creator| creator != self.org && creator.as_str() == owner) {
                there = Some(There::Foreign);
            }
        }
        Ok(there)
    }

    /// Whether an object says that a member made it, or is a member's own identity.
    fn is_claimed(&self, object: &Object) -> bool {
        let creator = object.head().created_by_ref.as_ref();
        let is_member = |id: &Id| self.identities.contains_key(id.as_str());
        creator.is_some_and(is_member) || is_member(object.id())
    }

    /// What the markings of an object come to.
    fn label(
        &self,
        object: &Object,
        unmarked: Tlp,
        with_it: &BTreeMap<&Id, Meaning>,
    ) -> rusqlite::Result<Effective> {
        let fault = RefCell::new(None);
        let known = |id: &Id| match with_it.get(id) {
            Some(meaning) => Some(*meaning),
            None => self.meaning(id).unwrap_or_else(|error| {
                fault.replace(Some(error));
                None
            }),
        };
        let label = Effective::of(object.head(), &known, Some(unmarked));
        fault.into_inner().map_or(Ok(label), Err)
    }

    /// What a marking definition says that this member can see here.
    fn meaning(&self, id: &Id) -> rusqlite::Result<Option<Meaning>> {
        let [all, community, own] = self.readers[..] else { return Ok(None) };
        let content: Option<String> = self
            .views
            .prepare_cached(
                "SELECT o.content FROM threats_object o WHERE o.id = ?1 AND o.collection = ?2 AND o.superseded = 0
                 AND EXISTS (SELECT 1 FROM threats_reach r WHERE r.collection = o.collection AND r.added = o.added
                    AND r.reader IN (?3, ?4, ?5))",
            )?
            .query_row(params![id.as_str(), self.number, all, community, own], |row| row.get(0))
            .optional()?;
        let read = |text: String| Object::read(text.as_bytes(), &Limits::default()).ok();
        Ok(content.and_then(read).as_ref().and_then(meaning_of))
    }
}
