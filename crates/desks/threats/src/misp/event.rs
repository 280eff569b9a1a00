//! One event: what belongs into it is read for its reader, and made into what MISP knows.

use super::pool::{Head, MAX_NAMED, Plan, uuid_of};
use super::scope::Place;
use crate::label;
use crate::select::{self, Entry};
use rusqlite::{Connection, OptionalExtension as _};
use scr_core::Tlp;
use scr_engine::rusqlite;
use scr_misp::Limits;
use scr_misp::event::{Event, Org};
use scr_misp::from_stix::{Again, OneEvent, Options, from_stix};
use scr_stix::Object;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of objects in one event.
const MAX_BYTES: usize = 32 << 20;
/// What is read about one object: links, sightings, opinions, notes.
const MAX_ABOUT: usize = 100;
/// Observables within observables.
const DEPTH: usize = 4;
const MICROS: i64 = 1_000_000;

const ABOUT: &[&str] = &["relationship", "sighting", "note", "opinion"];
/// What MISP has clusters of galaxies for: they hang on what a link leads to them from.
const CLUSTERS: &[&str] = &[
    "attack-pattern",
    "campaign",
    "course-of-action",
    "infrastructure",
    "intrusion-set",
    "malware",
    "threat-actor",
    "tool",
    "x-misp-galaxy-cluster",
];

/// What an event is made of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    objects: Vec<Object>,
    labels: BTreeMap<String, Tlp>,
    seen: BTreeSet<String>,
    bytes: usize,
    /// Objects that are too much for one event, or cannot be read.
    pub(super) left_out: usize,
    /// When the newest of it was added, in seconds.
    latest: i64,
    container: Option<String>,
    creator: Option<Org>,
}

/// What is read, and as whom.
struct Reading<'r> {
    views: &'r Connection,
    places: &'r [Place],
    parts: Parts,
}

/// Reads what belongs into an event.
pub(super) fn gather(views: &Connection, places: &[Place], plan: &Plan) -> rusqlite::Result<Parts> {
    let mut reading = Reading { views, places, parts: Parts::default() };
    match &plan.head {
        Head::Named { seq } => reading.named(*seq)?,
        Head::Day { creator, tlp, seqs, .. } => {
            for seq in seqs {
                reading.add_number(*seq)?;
            }
            reading.parts.creator = match creator {
                Some(id) => Some(reading.creator(id)?),
                None => None,
            };
            reading.around(label::parse(tlp).unwrap_or(Tlp::Red))?;
        }
    }
    Ok(reading.parts)
}

impl Reading<'_> {
    fn named(&mut self, seq: i64) -> rusqlite::Result<()> {
        let Some(id) = self.add_number(seq)? else { return Ok(()) };
        let tlp = self.parts.labels.get(&id).copied().unwrap_or(Tlp::Red);
        let refs = select::refs(self.views, seq)?;
        let targets = refs.into_iter().filter(|(_, path)| path.starts_with("object_refs"));
        for (target, _) in targets.take(MAX_NAMED) {
            self.find(&target)?;
        }
        self.parts.container = Some(id);
        self.around(tlp)
    }

    /// What is needed to understand the members, and what others say about them; nothing of it is narrower than the event.
    fn around(&mut self, tlp: Tlp) -> rusqlite::Result<()> {
        let members: Vec<String> = self.parts.seen.iter().cloned().collect();
        self.observables()?;
        for id in &members {
            if let Some(number) = id.strip_prefix("indicator--") {
                self.find(&format!("observed-data--{number}"))?;
            }
            self.about(id, tlp)?;
        }
        self.observables()?;
        let creators: BTreeSet<String> = self.parts.objects.iter().filter_map(creator_of).collect();
        creators.iter().try_for_each(|id| self.find(id).map(drop))
    }

    /// Observables to which observed data, or others of them, refer.
    fn observables(&mut self) -> rusqlite::Result<()> {
        let mut from = 0;
        for _ in 0..DEPTH {
            let new = self.parts.objects.get(from..).unwrap_or_default().iter();
            let with_parts = new.filter(|one| one.kind() == "observed-data" || is_observable(one.kind()));
            let targets: BTreeSet<String> =
                with_parts.flat_map(|one| &one.head().refs).map(|one| one.id.as_str().to_owned()).collect();
            from = self.parts.objects.len();
            for target in targets.iter().filter(|id| is_observable(kind_of(id))) {
                self.find(target)?;
            }
        }
        Ok(())
    }

    fn about(&mut self, id: &str, tlp: Tlp) -> rusqlite::Result<()> {
        for (numbers, place) in self.communities() {
            let about =
                select::referring(self.views, &numbers, &place.standing, (id, Some(ABOUT)), MAX_ABOUT)?;
            for (entry, _) in about {
                if label_of(&entry.tlp) > tlp || self.parts.seen.contains(&entry.id) {
                    continue;
                }
                self.linked(id, &entry, tlp)?;
            }
        }
        Ok(())
    }

    /// A link comes along when its other end is there, or is a technique, an actor or a tool.
    fn linked(&mut self, id: &str, entry: &Entry, tlp: Tlp) -> rusqlite::Result<()> {
        let refs = select::refs(self.views, entry.seq)?;
        if entry.kind == "relationship" {
            let ends = refs.iter().filter(|(_, path)| matches!(path.as_str(), "source_ref" | "target_ref"));
            for (end, _) in ends.filter(|(end, _)| end != id) {
                let is_cluster = CLUSTERS.contains(&kind_of(end));
                if !self.parts.seen.contains(end) && (!is_cluster || !self.find_within(end, tlp)?) {
                    return Ok(());
                }
            }
        }
        for (place, _) in refs.iter().filter(|(_, path)| path.starts_with("where_sighted_refs")) {
            self.find(place)?;
        }
        self.add_number(entry.seq).map(drop)
    }

    fn creator(&self, id: &str) -> rusqlite::Result<Org> {
        let uuid = uuid_of(id);
        let name = self.latest(id)?.and_then(|entry| entry.title).filter(|name| !name.trim().is_empty());
        Ok(Org { uuid, name: name.unwrap_or_else(|| uuid.to_string()) })
    }

    /// Each community with the collections of it that the reader reads.
    fn communities(&self) -> Vec<(Vec<i64>, Place)> {
        let mut all: Vec<(Vec<i64>, Place)> = Vec::new();
        for place in self.places {
            match all.last_mut().filter(|(_, last)| last.code == place.code) {
                Some((numbers, _)) => numbers.push(place.number),
                None => all.push((vec![place.number], place.clone())),
            }
        }
        all
    }

    /// The newest version of an object that the reader may see, wherever it is.
    fn latest(&self, id: &str) -> rusqlite::Result<Option<Entry>> {
        let mut newest: Option<Entry> = None;
        for place in self.places {
            let one = select::latest(self.views, &[place.number], &place.standing, id)?;
            let Some(one) = one else { continue };
            if newest.as_ref().is_none_or(|known| one.version > known.version) {
                newest = Some(one);
            }
        }
        Ok(newest)
    }

    fn find(&mut self, id: &str) -> rusqlite::Result<bool> {
        self.find_within(id, Tlp::Red)
    }

    /// Takes an object in that is no narrower than this.
    fn find_within(&mut self, id: &str, tlp: Tlp) -> rusqlite::Result<bool> {
        if self.parts.seen.contains(id) {
            return Ok(true);
        }
        match self.latest(id)?.filter(|entry| label_of(&entry.tlp) <= tlp) {
            Some(entry) => Ok(self.add_number(entry.seq)?.is_some()),
            None => Ok(false),
        }
    }

    /// Takes an object in by its number, which `select` has given for this reader; gives its id.
    fn add_number(&mut self, seq: i64) -> rusqlite::Result<Option<String>> {
        let Some((content, tlp, added)) = select::labelled(self.views, seq).optional()? else {
            return Ok(None);
        };
        let object = Object::read(content.as_bytes(), &scr_stix::Limits::default()).ok();
        let fits = self.parts.bytes + content.len() <= MAX_BYTES;
        let Some(object) = object.filter(|_| fits) else {
            self.parts.left_out += 1;
            return Ok(None);
        };
        let id = object.id().as_str().to_owned();
        if self.parts.seen.insert(id.clone()) {
            self.parts.bytes += content.len();
            self.parts.labels.insert(id.clone(), label_of(&tlp));
            self.parts.latest = self.parts.latest.max(added.div_euclid(MICROS));
            self.parts.objects.push(object);
        }
        Ok(Some(id))
    }
}

fn label_of(name: &str) -> Tlp {
    label::parse(name).unwrap_or(Tlp::Red)
}

fn kind_of(id: &str) -> &str {
    id.split_once("--").map_or(id, |(kind, _)| kind)
}

fn creator_of(object: &Object) -> Option<String> {
    object.head().created_by_ref.as_ref().map(|id| id.as_str().to_owned())
}

fn is_observable(kind: &str) -> bool {
    scr_stix::id::contributing(kind).is_some() || kind == "process"
}

/// The event; nothing where MISP has no counterpart for anything in it.
pub(super) fn made(
    parts: &Parts,
    places: &[Place],
    (plan, taken): (&Plan, &BTreeSet<String>),
) -> Option<Event> {
    let place = places.get(plan.place)?;
    let host = parts.creator.clone().unwrap_or_else(|| place.host());
    let mut options = Options { host: Some(&host), labels: Some(&parts.labels), ..Options::default() };
    let ids: BTreeSet<String> =
        parts.seen.iter().filter(|id| plan.again.contains(*id) || taken.contains(*id)).cloned().collect();
    let again = Again { event: plan.uuid, ids };
    let one = match &plan.head {
        Head::Named { .. } => None,
        Head::Day { day, tlp, part, .. } => {
            let tlp = label_of(tlp);
            let part = if *part > 1 { format!(" ({part})") } else { String::new() };
            let words = scr_stix::tlp::label(tlp);
            let info = format!("{}: {}, {day}, {words}{part}", place.community, place.title);
            Some(OneEvent { uuid: plan.uuid, info, tlp })
        }
    };
    (options.again, options.one) = (Some(&again), one.as_ref());
    let found = from_stix(&parts.objects, &options, &Limits::default()).events;
    let own = match &parts.container {
        Some(id) => uuid_of(id),
        None => plan.uuid,
    };
    let mut event = found.into_iter().find(|event| event.uuid == own)?;
    if let Head::Day { day, .. } = &plan.head {
        event.date = day.parse().ok()?;
        if event.attributes.is_empty() && event.objects.is_empty() {
            return None;
        }
    }
    event.uuid = plan.uuid;
    // What is added today may have been changed long ago: MISP fetches an event anew only when its time is later.
    event.timestamp = event.timestamp.max(parts.latest);
    event.publish_timestamp = event.publish_timestamp.max(parts.latest);
    event.published = true;
    Some(event)
}
