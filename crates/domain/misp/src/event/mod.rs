//! MISP's core format (draft-dulaunoy-misp-core-format-17): events, attributes, objects and what hangs on them.

mod hanging;
mod read;
mod seen;
mod write;

pub(crate) use hanging::meta as read_meta;
pub(crate) use read::read_feed_parts;
pub use read::{Events, read_events};
pub(crate) use read::{org_named, read_attribute};
pub(crate) use seen::{day_of, instant, midnight, stix_seconds, stix_time};
pub use write::{Form, attribute_json, event_json, object_json};
pub(crate) use write::{sighting_json, tags_json};

use crate::types;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use uuid::Uuid;

/// How far an item may go, of MISP's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Distribution {
    /// 0: the organisation that has the item.
    Organisation,
    /// 1: the organisations of this one server.
    Community,
    /// 2: those of the servers that are connected with it too.
    Connected,
    /// 3: all servers that it comes to.
    All,
    /// 4: a named list of organisations.
    SharingGroup,
    /// 5: what holds for the item around it.
    Inherit,
}

impl Distribution {
    /// The distribution of this number.
    pub fn of(number: u8) -> Option<Self> {
        Some(match number {
            0 => Self::Organisation,
            1 => Self::Community,
            2 => Self::Connected,
            3 => Self::All,
            4 => Self::SharingGroup,
            5 => Self::Inherit,
            _ => return None,
        })
    }

    /// Its number.
    pub fn number(self) -> u8 {
        match self {
            Self::Organisation => 0,
            Self::Community => 1,
            Self::Connected => 2,
            Self::All => 3,
            Self::SharingGroup => 4,
            Self::Inherit => 5,
        }
    }
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Org {
    /// Its id; derived from the name where the event has none.
    pub uuid: Uuid,
    /// Its name.
    pub name: String,
}

/// A tag on an event or an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tag {
    /// Such as `tlp:green` or `misp-galaxy:sector="Government"`.
    pub name: String,
    /// `#rrggbb`.
    pub colour: Option<String>,
    /// Meant for the server alone on which it was set.
    pub local: bool,
    /// May leave the server.
    pub exportable: bool,
    /// What the tag says of the item, such as `attributed-to`.
    pub relationship: String,
}

impl Tag {
    /// A tag of this name.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), exportable: true, ..Self::default() }
    }
}

/// A cluster of a galaxy that hangs on an event or attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// Its id. Old events give all clusters of a galaxy the same one.
    pub uuid: Option<Uuid>,
    /// The kind of the galaxy, such as `threat-actor`.
    pub kind: String,
    /// Its name.
    pub value: String,
    /// The tag that says the same.
    pub tag: String,
    /// What it is.
    pub description: String,
    /// Where it comes from.
    pub source: String,
    /// Further values by name: `refs`, `synonyms`, `external_id`, `kill_chain`, …
    pub meta: Vec<(String, Vec<String>)>,
}

impl Cluster {
    /// The values of one name of `meta`.
    pub fn meta(&self, name: &str) -> &[String] {
        self.meta.iter().find(|(key, _)| key == name).map_or(&[], |(_, values)| values)
    }
}

/// A galaxy with the clusters of it that hang on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Galaxy {
    /// Its id.
    pub uuid: Option<Uuid>,
    /// Such as `Threat Actor`.
    pub name: String,
    /// Such as `threat-actor`.
    pub kind: String,
    /// What it is about.
    pub description: String,
    /// Its clusters.
    pub clusters: Vec<Cluster>,
}

/// What somebody says of having seen an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SightingKind {
    /// 0: seen.
    Seen,
    /// 1: seen, and it was a false alarm.
    FalsePositive,
    /// 2: no longer of use from this time on.
    Expiration,
}

impl SightingKind {
    /// Its number.
    pub fn number(self) -> u8 {
        match self {
            Self::Seen => 0,
            Self::FalsePositive => 1,
            Self::Expiration => 2,
        }
    }
}

/// A sighting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sighting {
    /// Its id.
    pub uuid: Uuid,
    /// What is said.
    pub kind: SightingKind,
    /// When, in seconds since 1970.
    pub at: i64,
    /// The program or sensor.
    pub source: String,
    /// Whose it is.
    pub org: Option<Org>,
}

/// An attribute: a value with a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its id.
    pub uuid: Uuid,
    /// Its type, such as `ip-dst`.
    pub kind: String,
    /// Its category, such as `Network activity`.
    pub category: String,
    /// Its value; `a|b` for composite types.
    pub value: String,
    /// Whether it is meant for detection.
    pub to_ids: bool,
    /// When it was last changed, in seconds since 1970.
    pub timestamp: i64,
    /// What somebody has noted beside it.
    pub comment: String,
    /// When it was first seen.
    pub first_seen: Option<Timestamp>,
    /// When it was last seen.
    pub last_seen: Option<Timestamp>,
    /// How far it may go; [`Distribution::Inherit`] is the ordinary case.
    pub distribution: Distribution,
    /// Not to be compared with others.
    pub disable_correlation: bool,
    /// Withdrawn.
    pub deleted: bool,
    /// What it is within its object, such as `filename`; empty for attributes of the event itself.
    pub relation: String,
    /// The attachment in base64.
    pub data: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Galaxies that hang on it.
    pub galaxies: Vec<Galaxy>,
    /// Sightings of it.
    pub sightings: Vec<Sighting>,
}

impl Attribute {
    /// An attribute with the category and detection flag that its type has by default.
    pub fn new(uuid: Uuid, kind: &str, value: impl Into<String>, timestamp: i64) -> Self {
        let known = types::Kind::find(kind);
        Self {
            uuid,
            kind: kind.to_owned(),
            category: known.map_or("Other", |known| known.default_category).to_owned(),
            value: value.into(),
            to_ids: known.is_some_and(|known| known.to_ids),
            timestamp,
            comment: String::new(),
            first_seen: None,
            last_seen: None,
            distribution: Distribution::Inherit,
            disable_correlation: false,
            deleted: false,
            relation: String::new(),
            data: None,
            tags: Vec::new(),
            galaxies: Vec::new(),
            sightings: Vec::new(),
        }
    }

    /// The two values of a composite type, or the one value.
    pub fn parts(&self) -> (&str, Option<&str>) {
        match types::parts(&self.kind, &self.value) {
            Some((left, right)) => (left, Some(right)),
            None => (&self.value, None),
        }
    }
}

/// What an object has to do with another object or attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Its id.
    pub uuid: Uuid,
    /// The object or attribute.
    pub to: Uuid,
    /// Such as `communicates-with`.
    pub relationship: String,
    /// What somebody has noted beside it.
    pub comment: String,
    /// When it was last changed, in seconds since 1970.
    pub timestamp: i64,
    /// Withdrawn.
    pub deleted: bool,
}

/// An object: attributes that belong together, by a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its id.
    pub uuid: Uuid,
    /// The name of its template, such as `file`.
    pub name: String,
    /// Such as `network`.
    pub meta_category: String,
    /// What the template says of itself.
    pub description: String,
    /// The template's id.
    pub template_uuid: Option<Uuid>,
    /// The template's version.
    pub template_version: i64,
    /// When it was last changed, in seconds since 1970.
    pub timestamp: i64,
    /// What somebody has noted beside it.
    pub comment: String,
    /// When it was first seen.
    pub first_seen: Option<Timestamp>,
    /// When it was last seen.
    pub last_seen: Option<Timestamp>,
    /// How far it may go.
    pub distribution: Distribution,
    /// Withdrawn.
    pub deleted: bool,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// What it has to do with others.
    pub references: Vec<Reference>,
}

impl Object {
    /// The values of one relation, in order.
    pub fn values<'o>(&'o self, relation: &'o str) -> impl Iterator<Item = &'o str> {
        self.attributes.iter().filter(move |a| a.relation == relation).map(|a| a.value.as_str())
    }
}

/// A report in Markdown that belongs to an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventReport {
    /// Its id.
    pub uuid: Uuid,
    /// Its title.
    pub name: String,
    /// Its text.
    pub content: String,
    /// When it was last changed, in seconds since 1970.
    pub timestamp: i64,
    /// How far it may go.
    pub distribution: Distribution,
    /// Withdrawn.
    pub deleted: bool,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub uuid: Uuid,
    /// Its title.
    pub info: String,
    /// The day of what it is about.
    pub date: Date,
    /// 0 initial, 1 ongoing, 2 complete.
    pub analysis: u8,
    /// 1 high, 2 medium, 3 low, 4 undefined.
    pub threat_level: u8,
    /// When it was last changed, in seconds since 1970.
    pub timestamp: i64,
    /// When it was last published, in seconds since 1970; 0 never.
    pub publish_timestamp: i64,
    /// Whether it is published.
    pub published: bool,
    /// How far it may go; `None` where it does not say (feeds).
    pub distribution: Option<Distribution>,
    /// The list of organisations that a distribution of 4 names, as it came.
    pub sharing_group: Option<Value>,
    /// Whose it is.
    pub orgc: Org,
    /// The event that this one goes on from.
    pub extends: Option<Uuid>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Galaxies that hang on it.
    pub galaxies: Vec<Galaxy>,
    /// Its attributes, those of objects excepted.
    pub attributes: Vec<Attribute>,
    /// Its objects.
    pub objects: Vec<Object>,
    /// Its reports.
    pub reports: Vec<EventReport>,
}

impl Event {
    /// All attributes, those of objects after those of the event.
    pub fn all_attributes(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().chain(self.objects.iter().flat_map(|object| &object.attributes))
    }
}
