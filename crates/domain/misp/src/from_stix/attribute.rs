//! One event out of the objects of a group, and what becomes an attribute of it.

use super::context::{Context, Known, uuid_of};
use super::gather::Group;
use super::pattern::terms_of;
use super::scos::Seen;
use super::terms::{Shape, Terms, shape};
use crate::event::{Attribute, Distribution, Event, Sighting, SightingKind};
use crate::ids::derived;
use crate::types::{Kind, looks_right};
use crate::warning::Code;
use jiff::Timestamp;
use scr_core::Tlp;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What an object of STIX has become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Attribute(usize),
    Object(usize),
    /// A cluster: its position among those of the draft.
    Cluster(usize),
}

/// An event while it is made.
pub(super) struct Draft<'d> {
    pub(super) event: Event,
    pub(super) places: BTreeMap<&'d str, Place>,
    /// Clusters with what they hang on; those that hang on nothing hang on the event.
    pub(super) clusters: Vec<(crate::event::Galaxy, bool)>,
    ids: BTreeSet<Uuid>,
    last: i64,
}

impl Draft<'_> {
    /// An id that the event does not have yet.
    pub(super) fn free(&mut self, uuid: Uuid, says: &[&str]) -> Uuid {
        let mut uuid = uuid;
        let mut copy = 1_u32;
        while !self.ids.insert(uuid) {
            copy += 1;
            let number = copy.to_string();
            let mut parts = says.to_vec();
            parts.push(&number);
            uuid = derived(&parts);
        }
        uuid
    }

    pub(super) fn changed(&mut self, at: i64) {
        self.last = self.last.max(at);
    }
}

/// How far an event, or an item that is narrower than its event, may go with this label.
pub(super) fn distribution(tlp: Tlp) -> Distribution {
    match tlp {
        Tlp::Clear => Distribution::All,
        Tlp::Green => Distribution::Connected,
        Tlp::Amber => Distribution::Community,
        Tlp::AmberStrict | Tlp::Red => Distribution::Organisation,
    }
}

impl<'c> Context<'c> {
    pub(super) fn event<'d>(&'d self, group: &Group<'d>) -> Event {
        let container = group.container.and_then(|id| self.get(id));
        let number = |name: &str| {
            container.and_then(|known| known.value[name].as_u64()).and_then(|n| u8::try_from(n).ok())
        };
        let event = Event {
            uuid: group.uuid,
            info: group.info.clone(),
            date: group.date,
            analysis: number("x_misp_analysis").filter(|n| *n <= 2).unwrap_or(2),
            threat_level: number("x_misp_threat_level_id").filter(|n| (1..=4).contains(n)).unwrap_or(4),
            timestamp: 0,
            publish_timestamp: container
                .and_then(|known| known.time("published"))
                .map_or(0, Timestamp::as_second)
                .max(0),
            published: container.is_none_or(|known| known.kind() == "report"),
            distribution: Some(distribution(group.tlp)),
            sharing_group: None,
            orgc: group.creator.clone(),
            extends: container.and_then(|known| Uuid::parse_str(known.text("x_misp_extends_uuid")).ok()),
            tags: container.map_or_else(
                || vec![crate::event::Tag::named(crate::tlp::tag_of_tlp(group.tlp))],
                |known| self.tags(known, None),
            ),
            galaxies: Vec::new(),
            attributes: Vec::new(),
            objects: Vec::new(),
            reports: Vec::new(),
        };
        let mut draft = Draft {
            event,
            places: BTreeMap::new(),
            clusters: Vec::new(),
            ids: BTreeSet::from([group.uuid]),
            last: container.map_or(0, Known::changed),
        };
        self.fill(&mut draft, group);
        draft.event.timestamp = draft.last;
        draft.event
    }

    fn fill<'d>(&'d self, draft: &mut Draft<'d>, group: &Group<'d>) {
        let members: BTreeSet<&str> = group.members.iter().copied().collect();
        let observed: BTreeSet<&str> = self.observed_in(&members);
        for id in &group.members {
            let Some(known) = self.get(id) else { continue };
            if draft.event.attributes.len() + draft.event.objects.len() >= self.log.limits.attributes {
                self.log.push(id, Code::LeftOut, "too many attributes");
                break;
            }
            // MISP counts the time of sightings apart from that of the event.
            if !matches!(known.kind(), "sighting" | "opinion") {
                draft.changed(known.changed());
            }
            self.member(draft, known, group.tlp, &members, &observed);
        }
        for id in &group.members {
            if let Some(known) = self.get(id) {
                self.link(draft, known, group);
            }
        }
        self.hang_clusters(draft);
    }

    /// The observables that observed data, or other observables, of the group refer to.
    fn observed_in(&self, members: &BTreeSet<&str>) -> BTreeSet<&str> {
        let known = members.iter().filter_map(|id| self.get(id));
        let with_links = known.filter(|known| known.kind() == "observed-data" || is_observable(known.kind()));
        with_links.flat_map(|known| self.links_of(known)).collect()
    }

    fn member<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        around: Tlp,
        members: &BTreeSet<&str>,
        observed: &BTreeSet<&str>,
    ) {
        let id = known.id();
        let place = match known.kind() {
            "indicator" => self.indicator(draft, known, around),
            "observed-data" => {
                // What an indicator says already is not said twice.
                let twin = format!("indicator--{}", uuid_of(id));
                if members.contains(twin.as_str()) { return } else { self.observed(draft, known, around) }
            }
            "x-misp-attribute" => self.custom_attribute(draft, known, around),
            "x-misp-object" => self.custom_object(draft, known, around),
            "relationship" | "sighting" | "opinion" | "note" => return,
            kind if is_observable(kind) => {
                if observed.contains(id) {
                    return;
                } else {
                    self.lone_observable(draft, known, around)
                }
            }
            _ => self.domain_member(draft, known, around),
        };
        match place {
            Some(place) => {
                draft.places.insert(id, place);
            }
            None => self.log.push(id, Code::NoCounterpart, known.kind()),
        }
    }

    fn indicator<'d>(&'d self, draft: &mut Draft<'d>, known: &'d Known<'c>, around: Tlp) -> Option<Place> {
        let pattern = known.text("pattern");
        let language = known.text("pattern_type");
        if pattern.is_empty() {
            return None;
        }
        if let Some(name) = known
            .label("name")
            .filter(|name| *name == language || (language == "stix" && *name == "stix2-pattern"))
        {
            return self.rule_object(draft, known, name, around);
        }
        let said_type = known.label("type");
        let alternatives =
            if language == "stix" && said_type != Some("stix2-pattern") { terms_of(pattern) } else { None };
        if let Some(place) = alternatives.and_then(|all| self.alternatives(draft, known, &all, around)) {
            // The content of a file is in the observed data beside the indicator.
            let main = self.twin(known).and_then(|twin| self.get(twin.texts("object_refs").next()?));
            if let Some((data, _)) = main.and_then(|main| self.seen(main).content) {
                self.put_content(draft, place, &data);
            }
            return Some(place);
        }
        let kind = match language {
            "stix" => "stix2-pattern",
            "sigma" | "snort" | "suricata" | "yara" => language,
            _ => "text",
        };
        let comment = if kind == "text" { format!("{language} pattern") } else { String::new() };
        let mut attribute = self.attribute_of(draft, known, kind, pattern, true, around);
        if attribute.comment.is_empty() {
            attribute.comment = comment;
        }
        draft.event.attributes.push(attribute);
        Some(Place::Attribute(draft.event.attributes.len() - 1))
    }

    /// What a pattern looks for; gives the place of the first. Several alternatives must each be attributes.
    fn alternatives<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        all: &[Terms],
        around: Tlp,
    ) -> Option<Place> {
        let (said_type, said_name) = (known.label("type"), known.label("name"));
        let shapes: Vec<Shape> =
            all.iter().map(|terms| shape(terms, said_type, said_name)).collect::<Option<_>>()?;
        if shapes.len() > 1 && shapes.iter().any(|shape| matches!(shape, Shape::Object(..))) {
            return None;
        }
        let mut place = None;
        for (shape, terms) in shapes.into_iter().zip(all) {
            let next = self.shaped(draft, known, shape, terms, true, around);
            place = place.or(next);
        }
        place
    }

    fn observed<'d>(&'d self, draft: &mut Draft<'d>, known: &'d Known<'c>, around: Tlp) -> Option<Place> {
        let ids: Vec<&str> = known.texts("object_refs").collect();
        let all: Vec<&Known<'c>> = ids.iter().filter_map(|id| self.get(id)).collect();
        let linked: BTreeSet<&str> = all.iter().flat_map(|known| self.links_of(known)).collect();
        // Those to which no other refers, in order.
        let mut place = None;
        for main in all.iter().filter(|main| !linked.contains(main.id())) {
            let seen = self.seen(main);
            let next = self.seen_in(draft, known, main, &seen, around);
            place = place.or(next);
        }
        place
    }

    fn lone_observable<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        around: Tlp,
    ) -> Option<Place> {
        let seen = self.seen(known);
        self.seen_in(draft, known, known, &seen, around)
    }

    /// What was seen: `said` is the observed data, or the observable itself.
    fn seen_in<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        said: &'d Known<'c>,
        main: &Known<'c>,
        seen: &Seen,
        around: Tlp,
    ) -> Option<Place> {
        for name in &seen.unknown {
            self.log.push(main.id(), Code::NoCounterpart, name);
        }
        if let Some((data, protected)) = &seen.content {
            return Some(self.content(draft, said, &seen.terms, data, *protected, around));
        }
        let shape = shape(&seen.terms, said.label("type"), said.label("name"))?;
        self.shaped(draft, said, shape, &seen.terms, false, around)
    }

    /// A file with its content.
    fn content<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        said: &'d Known<'c>,
        terms: &Terms,
        data: &str,
        protected: bool,
        around: Tlp,
    ) -> Place {
        if said.label("name").is_some()
            && let Some(shape) = shape(terms, None, said.label("name"))
            && let Some(place) = self.shaped(draft, said, shape, terms, false, around)
        {
            self.put_content(draft, place, data);
            return place;
        }
        let of = |path: &str| {
            let found = terms.list().iter().find(|(known, _)| known == path);
            found.and_then(|(_, values)| values.first()).cloned()
        };
        let name = of("file:name").unwrap_or_else(|| "content".to_owned());
        let (kind, value) = match of("file:hashes.MD5") {
            Some(hash) if protected => ("malware-sample", format!("{name}|{hash}")),
            _ => ("attachment", name),
        };
        let mut attribute = self.attribute_of(draft, said, kind, &value, false, around);
        attribute.data = Some(data.to_owned());
        draft.event.attributes.push(attribute);
        Place::Attribute(draft.event.attributes.len() - 1)
    }

    fn put_content(&self, draft: &mut Draft<'_>, place: Place, data: &str) {
        let holds = |a: &&mut Attribute| matches!(a.kind.as_str(), "malware-sample" | "attachment");
        let attribute = match place {
            Place::Object(at) => {
                draft.event.objects.get_mut(at).and_then(|object| object.attributes.iter_mut().find(holds))
            }
            Place::Attribute(at) => draft.event.attributes.get_mut(at).filter(holds),
            Place::Cluster(_) => None,
        };
        if let Some(attribute) = attribute {
            attribute.data = Some(data.to_owned());
        }
    }

    fn shaped<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        shape: Shape,
        terms: &Terms,
        detects: bool,
        around: Tlp,
    ) -> Option<Place> {
        match shape {
            Shape::Attributes(values) => {
                let mut place = None;
                for (kind, value) in values {
                    let attribute = self.attribute_of(draft, known, kind, &value, detects, around);
                    draft.event.attributes.push(attribute);
                    place = place.or(Some(Place::Attribute(draft.event.attributes.len() - 1)));
                }
                place
            }
            Shape::Object(template, values) => {
                self.object_of(draft, known, template, values, terms, detects, around)
            }
        }
    }

    /// An attribute with what the object of STIX says of it. The first of an object has its id.
    pub(super) fn attribute_of<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &Known<'c>,
        kind: &str,
        value: &str,
        detects: bool,
        around: Tlp,
    ) -> Attribute {
        let original = known.value["x_misp_item_value"].as_str();
        let value = original.unwrap_or(value);
        let uuid = draft.free(known.uuid(), &["attribute", known.id(), kind, value]);
        let mut attribute = Attribute::new(uuid, kind, value, known.changed());
        if let Some(category) = known.label("category").filter(|name| may(kind, name)) {
            category.clone_into(&mut attribute.category);
        }
        attribute.to_ids = detects && looks_right(kind, value);
        attribute.deleted = known.object.head().revoked;
        attribute.comment = self.comment(known);
        let seen = |own: &str, other: &str| known.time(own).or_else(|| known.time(other));
        if known.kind() == "observed-data" {
            attribute.first_seen = known.time("first_observed");
            attribute.last_seen = known
                .time("last_observed")
                .filter(|_| known.text("first_observed") != known.text("last_observed"));
            if known.label("type").is_some() && attribute.last_seen.is_none() {
                // Of an attribute that says neither, the time of its change stands there.
                attribute.first_seen =
                    attribute.first_seen.filter(|at| at.as_second() != attribute.timestamp);
            }
        } else {
            attribute.first_seen = seen("x_misp_item_first_seen", "x_misp_first_seen");
            attribute.last_seen = seen("x_misp_item_last_seen", "x_misp_last_seen");
        }
        if let Some(until) = known.time("valid_until").map(Timestamp::as_second) {
            let at = until.to_string();
            attribute.sightings.push(Sighting {
                uuid: derived(&["expiration", known.id(), &at]),
                kind: SightingKind::Expiration,
                at: until,
                source: String::new(),
                org: None,
            });
        }
        attribute.tags = self.tags(known, Some(around));
        if known.tlp > around {
            attribute.distribution = distribution(known.tlp);
        }
        attribute
    }

    /// What somebody has noted beside it; of an indicator of others, its description or its name.
    pub(super) fn comment(&self, known: &Known<'_>) -> String {
        let own = ["x_misp_item_comment", "x_misp_comment"].into_iter().map(|name| known.text(name));
        let told = ["description", "name"].into_iter().map(|name| known.text(name));
        let told = told.filter(|_| known.kind() == "indicator");
        own.chain(told).find(|text| !text.is_empty()).unwrap_or_default().to_owned()
    }

    fn custom_attribute<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        around: Tlp,
    ) -> Option<Place> {
        let (kind, value) = (known.text("x_misp_type"), known.text("x_misp_value"));
        if kind.is_empty() || value.is_empty() {
            return None;
        }
        let detects = known.value["x_misp_to_ids"].as_bool().unwrap_or(false);
        let mut attribute = self.attribute_of(draft, known, kind, value, detects, around);
        attribute.to_ids = detects;
        if let Some(category) = known.value["x_misp_category"].as_str() {
            category.clone_into(&mut attribute.category);
        }
        attribute.data = known.value["x_misp_data"].as_str().map(str::to_owned);
        attribute.disable_correlation = known.value["x_misp_disable_correlation"].as_bool().unwrap_or(false);
        draft.event.attributes.push(attribute);
        Some(Place::Attribute(draft.event.attributes.len() - 1))
    }
}

pub(super) fn may(kind: &str, category: &str) -> bool {
    Kind::find(kind).is_some_and(|kind| kind.may_stand_in(category))
}

/// The types of observables of STIX 2.1 section 6.
pub(super) fn is_observable(kind: &str) -> bool {
    scr_stix::id::contributing(kind).is_some() || kind == "process"
}
