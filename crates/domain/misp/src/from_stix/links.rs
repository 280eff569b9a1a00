//! Relationships, sightings, opinions and notes.

use super::attribute::{Draft, Place};
use super::cluster::hang;
use super::context::{Context, Known};
use super::gather::{Group, is_container};
use crate::event::{Attribute, Reference, Sighting, SightingKind};
use crate::ids::derived;
use crate::warning::Code;
use uuid::Uuid;

impl<'c> Context<'c> {
    pub(super) fn link<'d>(&'d self, draft: &mut Draft<'d>, known: &'d Known<'c>, group: &Group<'d>) {
        match known.kind() {
            "relationship" => self.relationship(draft, known),
            "sighting" => self.sighting(draft, known),
            "opinion" => self.opinion(draft, known, group),
            "note" => self.note(draft, known),
            _ => {}
        }
    }

    /// Where an end of a relationship is in the event; observed data is where its indicator is.
    fn end(&self, draft: &Draft<'_>, id: &str) -> Option<Place> {
        let twin = || {
            let uuid = id.strip_prefix("observed-data--")?;
            draft.places.get(format!("indicator--{uuid}").as_str()).copied()
        };
        draft.places.get(id).copied().or_else(twin)
    }

    fn relationship<'d>(&'d self, draft: &mut Draft<'d>, known: &'d Known<'c>) {
        let (from, what, to) =
            (known.text("source_ref"), known.text("relationship_type"), known.text("target_ref"));
        let ends = (self.end(draft, from), self.end(draft, to));
        match ends {
            (Some(one), Some(other)) if one == other && what == "based-on" => {}
            // Two clusters are related in their galaxies: both stay on the event.
            (Some(Place::Cluster(_)), Some(Place::Cluster(_))) => {}
            (Some(place), Some(Place::Cluster(at))) | (Some(Place::Cluster(at)), Some(place)) => {
                self.hang_on(draft, place, at);
            }
            (Some(Place::Object(at)), Some(target)) => self.refer(draft, known, at, target),
            // MISP's references begin at objects alone: one that ends there is turned round.
            (Some(source), Some(Place::Object(at))) => self.refer(draft, known, at, source),
            (Some(_), Some(_)) => self.log.push(known.id(), Code::NoCounterpart, what),
            _ => self.log.push(known.id(), Code::Dangling, what),
        }
    }

    fn hang_on(&self, draft: &mut Draft<'_>, place: Place, at: usize) {
        let Some((galaxy, hangs)) = draft.clusters.get_mut(at) else { return };
        *hangs = true;
        let galaxy = galaxy.clone();
        if let Some(attribute) = first_attribute(draft, place) {
            hang(&mut attribute.galaxies, &mut attribute.tags, &galaxy);
        }
    }

    fn refer(&self, draft: &mut Draft<'_>, known: &Known<'c>, at: usize, target: Place) {
        let to = match target {
            Place::Attribute(at) => draft.event.attributes.get(at).map(|attribute| attribute.uuid),
            Place::Object(at) => draft.event.objects.get(at).map(|object| object.uuid),
            Place::Cluster(_) => None,
        };
        let Some(to) = to else { return };
        let uuid = draft.free(known.uuid(), &["reference", known.id()]);
        let original = known.text("x_misp_relationship_type");
        let relationship = if original.is_empty() { known.text("relationship_type") } else { original };
        if let Some(object) = draft.event.objects.get_mut(at) {
            object.references.push(Reference {
                uuid,
                to,
                relationship: relationship.to_owned(),
                comment: known.text("description").to_owned(),
                timestamp: known.changed(),
                deleted: known.object.head().revoked,
            });
        }
    }

    fn sighting<'d>(&'d self, draft: &mut Draft<'d>, known: &'d Known<'c>) {
        let Some(place) = self.end(draft, known.text("sighting_of_ref")) else {
            self.log.push(known.id(), Code::Dangling, known.text("sighting_of_ref"));
            return;
        };
        let at = known.time("last_seen").or_else(|| known.time("first_seen"));
        let at = at.map_or_else(|| known.changed(), jiff::Timestamp::as_second).max(0);
        let places: Vec<&str> = known.texts("where_sighted_refs").collect();
        let mut said =
            places.iter().filter_map(|id| self.get(id)).map(|place| (place.uuid(), place.text("name")));
        let org = said.next().filter(|(_, name)| !name.is_empty());
        let sighting = Sighting {
            uuid: known.uuid(),
            kind: SightingKind::Seen,
            at,
            source: known.text("description").to_owned(),
            org: org.map(|(uuid, name)| crate::event::Org { uuid, name: name.to_owned() }),
        };
        match first_attribute(draft, place) {
            Some(attribute) => attribute.sightings.push(sighting),
            None => self.log.push(known.id(), Code::NoCounterpart, "a sighting of a technique or an actor"),
        }
    }

    /// Strong disagreement is a false alarm; any other opinion is a report of the event.
    fn opinion<'d>(&'d self, draft: &mut Draft<'d>, known: &'d Known<'c>, group: &Group<'d>) {
        let opinion = known.text("opinion");
        let targets: Vec<&str> = known.texts("object_refs").collect();
        let mut taken = false;
        if opinion == "strongly-disagree" {
            let author = known.texts("authors").next().map(crate::event::org_named);
            for target in targets.iter().filter(|id| !is_container(group, id)) {
                let Some(place) = self.end(draft, target) else { continue };
                let Some(attribute) = first_attribute(draft, place) else { continue };
                let uuid = if taken { derived(&["sighting", known.id(), target]) } else { known.uuid() };
                attribute.sightings.push(false_positive(uuid, known, author.clone()));
                taken = true;
            }
        }
        if !taken {
            self.log.push(known.id(), Code::NoCounterpart, opinion);
        }
    }
}

fn false_positive(uuid: Uuid, known: &Known<'_>, org: Option<crate::event::Org>) -> Sighting {
    Sighting { uuid, kind: SightingKind::FalsePositive, at: known.changed(), source: String::new(), org }
}

/// The attribute, or the first one of an object.
fn first_attribute<'a>(draft: &'a mut Draft<'_>, place: Place) -> Option<&'a mut Attribute> {
    match place {
        Place::Attribute(at) => draft.event.attributes.get_mut(at),
        Place::Object(at) => draft.event.objects.get_mut(at).and_then(|object| object.attributes.first_mut()),
        Place::Cluster(_) => None,
    }
}
