//! Which objects make one event.

use super::context::{Context, Known, uuid_of};
use crate::event::{Org, day_of};
use crate::ids::derived;
use jiff::civil::Date;
use scr_core::Tlp;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The objects of one event.
pub(super) struct Group<'g> {
    pub(super) uuid: Uuid,
    pub(super) info: String,
    pub(super) date: Date,
    pub(super) creator: Org,
    pub(super) tlp: Tlp,
    /// The report or grouping.
    pub(super) container: Option<&'g str>,
    /// The objects in the order in which they become attributes.
    pub(super) members: Vec<&'g str>,
}

/// Objects that say something about others: they go where those are.
const ABOUT_OTHERS: &[&str] = &["relationship", "sighting", "note", "opinion"];
/// Objects that no event is made of.
const NOT_CONTENT: &[&str] = &[
    "marking-definition",
    "extension-definition",
    "language-content",
    "x-misp-event-note",
    "report",
    "grouping",
];

/// The events that the objects make.
pub(super) fn groups<'g>(context: &'g Context<'_>) -> Vec<Group<'g>> {
    let about = about(context);
    if let Some(one) = context.options.one {
        return vec![everything(context, one)];
    }
    let mut groups = Vec::new();
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    for container in context.by_id.values().filter(|known| matches!(known.kind(), "report" | "grouping")) {
        let refs = container.texts("object_refs").filter_map(|id| context.by_id.get_key_value(id));
        let start: Vec<&str> = refs.map(|(id, _)| *id).collect();
        let members = closed(context, start, &about);
        taken.extend(members.iter().copied());
        groups.push(of_container(context, container, members));
    }
    groups.extend(lone(context, &taken, &about));
    groups
}

/// Relationships, sightings, notes and opinions by what they are about.
fn about<'g>(context: &'g Context<'_>) -> BTreeMap<&'g str, Vec<&'g str>> {
    let mut about: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, known) in context.by_id.iter().filter(|(_, known)| ABOUT_OTHERS.contains(&known.kind())) {
        let single = ["source_ref", "target_ref", "sighting_of_ref"]
            .into_iter()
            .filter_map(|name| known.value[name].as_str());
        for target in single.chain(known.texts("object_refs")) {
            if let Some((target, _)) = context.by_id.get_key_value(target) {
                about.entry(target).or_default().push(id);
            }
        }
    }
    about
}

/// The objects, the observables to which they refer, and what is said about them.
fn closed<'g>(
    context: &'g Context<'_>,
    start: Vec<&'g str>,
    about: &BTreeMap<&'g str, Vec<&'g str>>,
) -> Vec<&'g str> {
    let mut members: Vec<&str> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut queue: Vec<&str> = start.into_iter().rev().collect();
    while let Some(id) = queue.pop() {
        let Some(known) = context.get(id) else { continue };
        if NOT_CONTENT.contains(&known.kind()) || !seen.insert(id) {
            continue;
        }
        members.push(id);
        if known.kind() == "observed-data" {
            let observables = known.texts("object_refs").filter_map(|id| context.by_id.get_key_value(id));
            queue.extend(observables.map(|(id, _)| *id));
        }
        for other in about.get(id).into_iter().flatten() {
            let both = |name: &str| {
                context
                    .get(other)
                    .and_then(|known| known.value[name].as_str())
                    .is_none_or(|end| seen.contains(end))
            };
            if both("source_ref") && both("target_ref") {
                queue.push(other);
            }
        }
    }
    members
}

fn of_container<'g>(context: &Context<'_>, known: &'g Known<'_>, members: Vec<&'g str>) -> Group<'g> {
    let said = known.value["x_misp_date"].as_str().and_then(|text| text.parse().ok());
    let created = known.time("created").map_or(0, jiff::Timestamp::as_second);
    let name = known.text("name");
    Group {
        uuid: known.uuid(),
        info: if name.is_empty() { known.id().to_owned() } else { name.to_owned() },
        date: said.unwrap_or_else(|| day_of(created)),
        creator: context.creator(known),
        tlp: known.tlp,
        container: Some(known.id()),
        members,
    }
}

fn everything<'g>(context: &'g Context<'_>, one: &super::OneEvent) -> Group<'g> {
    let sources = sources(context);
    let content = context
        .by_id
        .iter()
        .filter(|(id, known)| !NOT_CONTENT.contains(&known.kind()) && !sources.contains(*id));
    let members: Vec<&str> = content.map(|(id, _)| *id).collect();
    let last = members.iter().filter_map(|id| context.get(id)).map(Known::changed).max().unwrap_or(0);
    Group {
        uuid: one.uuid,
        info: one.info.clone(),
        date: day_of(last),
        creator: context.options.host.cloned().unwrap_or_else(super::nobody),
        tlp: one.tlp,
        container: None,
        members,
    }
}

/// Who made an object or has sighted something is no item.
fn sources<'g>(context: &'g Context<'_>) -> BTreeSet<&'g str> {
    let mut sources: BTreeSet<&str> =
        context.by_id.values().map(|known| known.text("created_by_ref")).collect();
    sources.extend(context.by_id.values().flat_map(|known| known.texts("where_sighted_refs")));
    sources
}

/// Objects in no report, by creator, day and label.
fn lone<'g>(
    context: &'g Context<'_>,
    taken: &BTreeSet<&str>,
    about: &BTreeMap<&'g str, Vec<&'g str>>,
) -> Vec<Group<'g>> {
    let observed: BTreeSet<&str> = context
        .by_id
        .values()
        .filter(|known| known.kind() == "observed-data")
        .flat_map(|known| known.texts("object_refs"))
        .collect();
    let sources = sources(context);
    let latest = context.by_id.values().map(Known::changed).max().unwrap_or(0);
    let mut by_key: BTreeMap<(Org, Date, Tlp), Vec<&'g str>> = BTreeMap::new();
    for (id, known) in &context.by_id {
        let other = taken.contains(id) || observed.contains(id) || sources.contains(id);
        if other || NOT_CONTENT.contains(&known.kind()) || ABOUT_OTHERS.contains(&known.kind()) {
            continue;
        }
        // Observables have no time: they go to the latest day of what came with them.
        let day = day_of(known.time("created").map_or(latest, jiff::Timestamp::as_second));
        by_key.entry((context.creator(known), day, known.tlp)).or_default().push(id);
    }
    let groups = by_key.into_iter().map(|((creator, date, tlp), start)| {
        let label = scr_stix::tlp::label(tlp);
        Group {
            uuid: derived(&["event", &creator.uuid.to_string(), &date.to_string(), label]),
            info: format!("{} {date} {label}", creator.name),
            date,
            creator,
            tlp,
            container: None,
            members: closed(context, start, about),
        }
    });
    groups.collect()
}

/// Whether an id is the container's own.
pub(super) fn is_container(group: &Group<'_>, id: &str) -> bool {
    group.container == Some(id) || uuid_of(id) == group.uuid
}
