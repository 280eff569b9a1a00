//! Which objects make which event, for one reader, before any of them is read.
//!
//! - A report or grouping is an event with its id; in it is whatever it names and the reader may see.
//! - Of everything else, what MISP has attributes or objects for is gathered by collection, day, creator and label, at most
//!   [`PART`] in one event. The day is the one on which the reader's first version was recorded, so that a later version
//!   changes an attribute where it stands: MISP takes an id of an attribute once only.
//! - What stands in several reports keeps its id in the oldest of them alone.
//!
//! Nothing goes into this that the reader may not see, so that nothing of it shows through.

use super::scope::Place;
use crate::select::{self, Lean};
use rusqlite::Connection;
use scr_engine::{rusqlite, utc_text};
use scr_misp::derived;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Objects that one reader gets as events. Of more, the newest; TAXII has them all.
pub(super) const MAX_OBJECTS: usize = 50_000;
/// Objects of an event that is no report.
const PART: usize = 1_000;
/// What a report names at most.
pub(super) const MAX_NAMED: usize = 5_000;
/// Rows that are read in one go.
const STEP: usize = 500;
const MICROS: i64 = 1_000_000;

const CONTAINERS: [&str; 2] = ["report", "grouping"];
/// What MISP has attributes or objects for by itself.
const CONTENT: &[&str] = &[
    "report",
    "grouping",
    "indicator",
    "observed-data",
    "vulnerability",
    "x-misp-attribute",
    "x-misp-object",
    "artifact",
    "autonomous-system",
    "directory",
    "domain-name",
    "email-addr",
    "email-message",
    "file",
    "ipv4-addr",
    "ipv6-addr",
    "mac-addr",
    "mutex",
    "network-traffic",
    "process",
    "software",
    "url",
    "user-account",
    "windows-registry-key",
    "x509-certificate",
];

/// What all that a reader may see has as its mark.
pub(super) type Stamp = [u8; 32];

/// What makes one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    /// A report or grouping, by its number in the tables.
    Named { seq: i64 },
    /// What was recorded on one day in one collection, by one creator, with one label.
    Day { day: String, creator: Option<String>, tlp: String, part: usize, seqs: Vec<i64> },
}

/// An event before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// Its id.
    pub(super) uuid: Uuid,
    /// Its collection, by its place among those of the reader.
    pub(super) place: usize,
    /// What makes it.
    pub(super) head: Head,
    /// Objects that an older report names too.
    pub(super) again: BTreeSet<String>,
}

impl Plan {
    /// The number by which programs may ask for it. It follows from the id, so that it says nothing about how many there
    /// are; 48 bits are whole numbers for every reader of JSON.
    pub(super) fn number(&self) -> u64 {
        self.uuid.as_u64_pair().1 & 0xffff_ffff_ffff
    }
}

/// The events of one reader, by their ids.
#[derive(Debug, Default)]
pub(super) struct Pool {
    /// The events.
    pub(super) plans: Vec<Plan>,
    /// Objects whose number an event or an older object of another type has: MISP takes it once only.
    pub(super) taken: BTreeSet<String>,
}

/// The mark of all that a reader may see: whoever has the same has the same events.
pub(super) fn stamp(views: &Connection, places: &[Place]) -> rusqlite::Result<Stamp> {
    let mut hash = Sha256::new();
    for place in places {
        for text in [&place.id, &place.title, &place.community] {
            hash.update(text.as_bytes());
            hash.update([0]);
        }
        select::stamp(views, place.number, &place.standing, &mut hash)?;
    }
    Ok(hash.finalize().into())
}

/// An object in the collection in which the reader got it first.
struct Known {
    row: Lean,
    first: i64,
    place: usize,
}

impl Known {
    fn kind(&self) -> &str {
        kind_of(&self.row.id)
    }

    fn is_container(&self) -> bool {
        CONTAINERS.contains(&self.kind())
    }

    /// The oldest first.
    fn age(&self) -> (i64, &str) {
        (self.first, &self.row.id)
    }
}

fn kind_of(id: &str) -> &str {
    id.split_once("--").map_or(id, |(kind, _)| kind)
}

/// Everything of these types that the reader may see, each object once: the newest [`MAX_OBJECTS`], a step back in time in
/// one collection after the other.
fn known(views: &Connection, places: &[Place]) -> rusqlite::Result<BTreeMap<String, Known>> {
    let mut all: BTreeMap<String, Known> = BTreeMap::new();
    // How far back each collection has been read; nothing where it was read to its end.
    let mut read: Vec<Option<i64>> = vec![Some(i64::MAX); places.len()];
    let mut left = MAX_OBJECTS;
    while left > 0 {
        let least = (0..).zip(&read).filter_map(|(at, before)| before.map(|before| (before, at))).max();
        let Some((before, at)) = least else { break };
        let Some(place) = places.get(at) else { break };
        let step = left.min(STEP);
        let rows = select::lean(views, place.number, &place.standing, (CONTENT, before), step)?;
        left -= rows.len();
        if let Some(reached) = read.get_mut(at) {
            *reached = rows.last().map(|row| row.added).filter(|_| rows.len() == step);
        }
        for row in rows {
            let first = select::first_added(views, place.number, &place.standing, &row)?;
            take(&mut all, Known { row, first, place: at });
        }
    }
    Ok(all)
}

/// The newest version counts, in the collection where the object was first.
fn take(all: &mut BTreeMap<String, Known>, one: Known) {
    match all.get_mut(&one.row.id) {
        None => drop(all.insert(one.row.id.clone(), one)),
        Some(there) => {
            if (one.first, one.place) < (there.first, there.place) {
                (there.first, there.place) = (one.first, one.place);
            }
            if (one.row.version, -one.row.added) > (there.row.version, -there.row.added) {
                there.row = one.row;
            }
        }
    }
}

/// The events that this reader gets.
pub(super) fn pool(views: &Connection, places: &[Place]) -> rusqlite::Result<Pool> {
    let all = known(views, places)?;
    let within = within_others(views, &all)?;
    let mut plans: BTreeMap<Uuid, Plan> = BTreeMap::new();
    let mut named: BTreeSet<String> = BTreeSet::new();
    let mut containers: Vec<&Known> = all.values().filter(|one| one.is_container()).collect();
    containers.sort_by(|a, b| a.age().cmp(&b.age()));
    for one in containers {
        let again = of_container(views, &one.row, &mut named)?;
        let mut uuid = uuid_of(&one.row.id);
        // A report and a grouping of the same number are two events.
        if plans.contains_key(&uuid) {
            uuid = derived(&["event", &one.row.id]);
        }
        let head = Head::Named { seq: one.row.seq };
        plans.insert(uuid, Plan { uuid, place: one.place, head, again });
    }
    let taken = taken(&all, &within, plans.keys().copied().collect());
    let lone =
        all.iter().filter(|(id, one)| !one.is_container() && !named.contains(*id) && !within.contains(*id));
    for plan in by_day(places, lone.map(|(_, one)| one)) {
        plans.insert(plan.uuid, plan);
    }
    Ok(Pool { plans: plans.into_values().collect(), taken })
}

/// Objects whose number an event or an older object of another type has.
fn taken(
    all: &BTreeMap<String, Known>,
    within: &BTreeSet<String>,
    mut used: BTreeSet<Uuid>,
) -> BTreeSet<String> {
    let mut rest: Vec<&Known> = all.values().filter(|one| !one.is_container()).collect();
    rest.retain(|one| !within.contains(&one.row.id));
    rest.sort_by(|a, b| a.age().cmp(&b.age()));
    let twice = rest.into_iter().filter(|one| !used.insert(uuid_of(&one.row.id)));
    twice.map(|one| one.row.id.clone()).collect()
}

/// What a report names that an older one has named before; takes down what it names.
fn of_container(
    views: &Connection,
    row: &Lean,
    named: &mut BTreeSet<String>,
) -> rusqlite::Result<BTreeSet<String>> {
    let refs = select::refs(views, row.seq)?;
    let targets = refs.into_iter().filter(|(_, path)| path.starts_with("object_refs"));
    let mut again = BTreeSet::new();
    for (target, _) in targets.take(MAX_NAMED) {
        if !named.insert(target.clone()) {
            again.insert(target);
        }
    }
    Ok(again)
}

/// Observables that are part of something else which the reader sees, and what an indicator of the same number says too.
fn within_others(views: &Connection, all: &BTreeMap<String, Known>) -> rusqlite::Result<BTreeSet<String>> {
    let (mut within, mut refs) = (BTreeSet::new(), BTreeMap::new());
    for (id, one) in all {
        match one.kind() {
            "report" | "grouping" | "vulnerability" | "x-misp-attribute" | "x-misp-object" => {}
            "indicator" => {
                let twin = id.replacen("indicator", "observed-data", 1);
                within.extend(all.contains_key(&twin).then_some(twin));
            }
            _ => {
                let targets = select::refs(views, one.row.seq)?.into_iter().map(|(target, _)| target);
                let own = targets.filter(|target| target != id && all.contains_key(target));
                refs.insert(id.as_str(), own.collect::<BTreeSet<String>>());
            }
        }
    }
    for (id, targets) in &refs {
        // A folder names its file and the file its folder: one of the two stays.
        let is_mutual = |target: &String| refs.get(target.as_str()).is_some_and(|back| back.contains(*id));
        within.extend(targets.iter().filter(|target| target.as_str() > *id || !is_mutual(target)).cloned());
    }
    Ok(within)
}

/// Collection, day, creator, label.
type Key = (usize, String, Option<String>, String);

fn by_day<'k>(places: &[Place], lone: impl Iterator<Item = &'k Known>) -> Vec<Plan> {
    let mut groups: BTreeMap<Key, Vec<&Known>> = BTreeMap::new();
    for one in lone {
        let day: String = utc_text(one.first.div_euclid(MICROS)).chars().take(10).collect();
        let key = (one.place, day, one.row.created_by.clone(), one.row.tlp.clone());
        groups.entry(key).or_default().push(one);
    }
    let mut plans = Vec::new();
    for ((at, day, creator, tlp), mut group) in groups {
        let Some(place) = places.get(at) else { continue };
        // The oldest first, so that what comes later fills the last part.
        group.sort_by(|a, b| a.age().cmp(&b.age()));
        for (part, members) in (1..).zip(group.chunks(PART)) {
            let by = creator.as_deref().unwrap_or_default();
            let uuid = derived(&["event", &place.id, &day, by, &tlp, &part.to_string()]);
            let seqs = members.iter().map(|one| one.row.seq).collect();
            let head = Head::Day { day: day.clone(), creator: creator.clone(), tlp: tlp.clone(), part, seqs };
            plans.push(Plan { uuid, place: at, head, again: BTreeSet::new() });
        }
    }
    plans
}

/// The UUID of an id; derived where it is none that MISP takes.
pub(super) fn uuid_of(id: &str) -> Uuid {
    let text = id.rsplit_once("--").map_or(id, |(_, uuid)| uuid);
    Uuid::parse_str(text).unwrap_or_else(|_| derived(&["stix", id]))
}
