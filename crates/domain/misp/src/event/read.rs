//! Reads events. What is odd is warned of; one bad attribute never fails the event.

use super::seen::{day_of, instant, midnight, seconds};
use super::{Attribute, Distribution, Event, EventReport, Object, Org, Reference, Tag};
use crate::ids::derived;
use crate::json::{Fields, ReadError, parse};
use crate::limits::Limits;
use crate::types::{Kind, is_composite, looks_right};
use crate::warning::{Code, Log, Warnings};
use jiff::Timestamp;
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Events that were read, and what was odd about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Events {
    /// The events, in the order of the document.
    pub events: Vec<Event>,
    /// What is odd.
    pub warnings: Warnings,
}

/// Reads `{"Event": …}`, `{"response": […]}`, a list of either, or an event without anything around it.
///
/// # Errors
/// What is no JSON, passes a limit, or has no event in it.
pub fn read_events(bytes: &[u8], limits: &Limits) -> Result<Events, ReadError> {
    let document = parse(bytes, limits)?;
    let log = Log::new(limits);
    for name in &document.twice {
        log.push("", Code::NameTwice, name);
    }
    let mut found = Vec::new();
    unwrap(document.value, &mut found, 0);
    if found.is_empty() {
        return Err(ReadError::NotThis("a MISP event"));
    }
    if found.len() > limits.events {
        return Err(ReadError::TooMany { what: "events", limit: limits.events });
    }
    let many = found.len() > 1;
    let events = found
        .into_iter()
        .enumerate()
        .filter_map(|(at, value)| {
            let path = if many { format!("response[{at}].Event") } else { "Event".to_owned() };
            Reader::new(&log).event(value, &path)
        })
        .collect();
    Ok(Events { events, warnings: log.into_inner() })
}

/// Takes the envelopes off. Three of them may be around one another: `{"response":[{"Event":…}]}`.
fn unwrap(value: Value, found: &mut Vec<Value>, depth: u8) {
    if depth > 3 {
        return;
    }
    match value {
        Value::Array(items) => items.into_iter().for_each(|item| unwrap(item, found, depth + 1)),
        Value::Object(mut map) => {
            if let Some(inner) = map.remove("response").or_else(|| map.remove("Event")) {
                unwrap(inner, found, depth + 1);
            } else if map.contains_key("info") || map.contains_key("Attribute") || map.contains_key("Orgc") {
                found.push(Value::Object(map));
            }
        }
        _ => {}
    }
}

/// Fields that mean something to the database alone from which an event comes, or that are counted from the rest.
const LOCAL: &[&str] = &[
    "id",
    "org_id",
    "orgc_id",
    "event_id",
    "object_id",
    "attribute_count",
    "sharing_group_id",
    "locked",
    "proposal_email_lock",
    "RelatedEvent",
    "event_creator_email",
    "sighting_timestamp",
    "disable_correlation",
    "protected",
    "old_id",
    "user_id",
    "numerical_value",
    "is_galaxy",
    "is_custom_galaxy",
    "local_only",
    "ShadowAttribute",
    "Org",
    "Feed",
    "CryptographicKey",
    "Server",
    "value1",
    "value2",
];

/// Reads one event.
pub(super) struct Reader<'l> {
    pub(super) log: &'l Log<'l>,
    seen: RefCell<BTreeSet<Uuid>>,
    /// Where something refers to what.
    references: RefCell<Vec<(String, Uuid)>>,
    attributes_left: Cell<usize>,
}

/// What the items within an event fall back on.
#[derive(Clone, Copy)]
pub(super) struct Around {
    uuid: Uuid,
    timestamp: i64,
}

impl<'l> Reader<'l> {
    pub(super) fn new(log: &'l Log<'l>) -> Self {
        Self {
            log,
            seen: RefCell::default(),
            references: RefCell::default(),
            attributes_left: Cell::new(log.limits.attributes),
        }
    }

    fn event(&self, value: Value, path: &str) -> Option<Event> {
        let limits = self.log.limits;
        let mut fields = Fields::of(value, path.to_owned(), self.log)?;
        let info = fields.words("info").unwrap_or_else(|| {
            fields.warn("info", Code::Missing, "");
            String::new()
        });
        let orgc = self.org(&mut fields, "Orgc").or_else(|| self.org(&mut fields, "Org"));
        let orgc = orgc.unwrap_or_else(|| {
            fields.warn("Orgc", Code::Missing, "");
            org_named("unknown")
        });
        let timestamp = self.timestamp(&mut fields, "timestamp");
        let date = self.day(&mut fields, timestamp);
        let timestamp = timestamp.unwrap_or_else(|| date.and_then(midnight).unwrap_or(0));
        let date = date.unwrap_or_else(|| day_of(timestamp));
        let uuid = self.uuid(&mut fields, "uuid", &["event", &orgc.name, &date.to_string(), &info]);
        let around = Around { uuid, timestamp };
        let mut event = Event {
            uuid,
            info,
            date,
            analysis: fields.code("analysis", 0..=2).unwrap_or(0),
            threat_level: fields.code("threat_level_id", 1..=4).unwrap_or(4),
            timestamp,
            publish_timestamp: self.timestamp(&mut fields, "publish_timestamp").unwrap_or(0),
            published: fields.truth("published").unwrap_or(false),
            distribution: self.distribution(&mut fields),
            sharing_group: fields.object("SharingGroup"),
            orgc,
            extends: self.optional_uuid(&mut fields, "extends_uuid"),
            tags: self.tags(&mut fields),
            galaxies: self.galaxies(&mut fields),
            attributes: Vec::new(),
            objects: Vec::new(),
            reports: Vec::new(),
        };
        event.attributes = self.attributes(&mut fields, &around, limits.attributes);
        event.objects = self.objects(&mut fields, &around);
        event.reports = self.reports(&mut fields, &around);
        self.proposals(&mut fields);
        fields.drop_local(LOCAL);
        fields.finish();
        self.check_references();
        Some(event)
    }

    fn proposals(&self, fields: &mut Fields<'_>) {
        let proposals = fields.list("ShadowAttribute", usize::MAX).len();
        if proposals > 0 {
            fields.warn("ShadowAttribute", Code::LeftOut, &format!("{proposals} proposals"));
        }
    }

    fn day(&self, fields: &mut Fields<'_>, timestamp: Option<i64>) -> Option<jiff::civil::Date> {
        let text = fields.text("date");
        let date = text.as_deref().and_then(|text| text.trim().get(..10).and_then(|day| day.parse().ok()));
        match &text {
            Some(text) if date.is_none() => fields.warn("date", Code::BadTime, text),
            None if timestamp.is_none() => fields.warn("date", Code::Missing, ""),
            _ => {}
        }
        date
    }

    /// Seconds since 1970. Some programs write the time out.
    pub(super) fn timestamp(&self, fields: &mut Fields<'_>, name: &str) -> Option<i64> {
        let value = fields.take(name)?;
        let number = match &value {
            Value::Number(number) => number.as_i64(),
            Value::String(text) => match text.trim().parse().ok() {
                Some(number) => Some(number),
                None => instant(text).map(Timestamp::as_second),
            },
            _ => None,
        };
        let found = number.and_then(seconds);
        if found.is_none() {
            fields.warn(name, Code::BadTime, &value.to_string());
        }
        found
    }

    fn seen_at(&self, fields: &mut Fields<'_>, name: &str) -> Option<Timestamp> {
        let text = fields.words(name)?;
        let found = instant(&text);
        if found.is_none() {
            fields.warn(name, Code::BadTime, &text);
        }
        found
    }

    fn distribution(&self, fields: &mut Fields<'_>) -> Option<Distribution> {
        fields.code("distribution", 0..=5).and_then(Distribution::of)
    }

    /// The id of an item, or one derived from what it says.
    fn uuid(&self, fields: &mut Fields<'_>, name: &str, says: &[&str]) -> Uuid {
        let text = fields.words(name);
        let given = text.as_deref().and_then(|text| Uuid::parse_str(text.trim()).ok());
        let mut uuid = given.unwrap_or_else(|| {
            fields.warn(name, Code::DerivedUuid, text.as_deref().unwrap_or("missing"));
            derived(says)
        });
        let mut seen = self.seen.borrow_mut();
        let mut copies = 1_u32;
        while !seen.insert(uuid) {
            if copies == 1 && given.is_some() {
                fields.warn(name, Code::UuidTwice, &uuid.to_string());
            }
            copies += 1;
            let copy = copies.to_string();
            let mut parts = says.to_vec();
            parts.push(&copy);
            uuid = derived(&parts);
        }
        uuid
    }

    fn optional_uuid(&self, fields: &mut Fields<'_>, name: &str) -> Option<Uuid> {
        let text = fields.words(name)?;
        let uuid = Uuid::parse_str(text.trim()).ok();
        if uuid.is_none() {
            fields.warn(name, Code::WrongKind, &text);
        }
        uuid
    }

    pub(super) fn org(&self, fields: &mut Fields<'_>, name: &str) -> Option<Org> {
        let value = fields.object(name)?;
        let mut inner = Fields::of(value, format!("{}.{name}", fields.path), self.log)?;
        let org_name = inner.words("name");
        let uuid = inner.words("uuid").and_then(|text| Uuid::parse_str(text.trim()).ok());
        match (uuid, org_name) {
            (None, None) => None,
            (None, Some(org_name)) => {
                inner.warn("uuid", Code::DerivedUuid, &org_name);
                Some(org_named(&org_name))
            }
            (Some(uuid), org_name) => Some(Org { uuid, name: org_name.unwrap_or_else(|| uuid.to_string()) }),
        }
    }

    pub(super) fn tags(&self, fields: &mut Fields<'_>) -> Vec<Tag> {
        let mut tags: Vec<Tag> = Vec::new();
        let mut names = BTreeSet::new();
        for (at, value) in fields.list("Tag", self.log.limits.per_item).into_iter().enumerate() {
            let path = format!("{}.Tag[{at}]", fields.path);
            let tag = match value {
                Value::String(name) => Tag::named(name),
                value => {
                    let Some(mut inner) = Fields::of(value, path, self.log) else { continue };
                    let Some(name) = inner.words("name") else {
                        inner.warn("name", Code::LeftOut, "a tag without a name");
                        continue;
                    };
                    Tag {
                        name,
                        colour: inner.words("colour"),
                        local: inner.truth("local").unwrap_or(false),
                        exportable: inner.truth("exportable").unwrap_or(true),
                        relationship: inner.words("relationship_type").unwrap_or_default(),
                    }
                }
            };
            if names.insert(tag.name.clone()) {
                tags.push(tag);
            }
        }
        tags
    }

    fn attributes(&self, fields: &mut Fields<'_>, around: &Around, limit: usize) -> Vec<Attribute> {
        let items = fields.list("Attribute", limit);
        let mut taken = Vec::with_capacity(items.len().min(1_000));
        for (at, value) in items.into_iter().enumerate() {
            let Some(left) = self.attributes_left.get().checked_sub(1) else {
                fields.warn("Attribute", Code::LeftOut, &format!("from position {at} on: too many"));
                break;
            };
            self.attributes_left.set(left);
            taken.extend(self.attribute(value, &format!("{}.Attribute[{at}]", fields.path), around));
        }
        taken
    }

    pub(super) fn attribute(&self, value: Value, path: &str, around: &Around) -> Option<Attribute> {
        let mut fields = Fields::of(value, path.to_owned(), self.log)?;
        let kind = fields.words("type");
        let text = fields.text("value").or_else(|| both_halves(&mut fields));
        let (Some(kind), Some(value)) = (kind, text.filter(|text| !text.is_empty())) else {
            self.log.push(path, Code::LeftOut, "an attribute without type or value");
            return None;
        };
        let relation = fields.words("object_relation").unwrap_or_default();
        let uuid = self.uuid(
            &mut fields,
            "uuid",
            &["attribute", &around.uuid.to_string(), &relation, &kind, &value],
        );
        let mut attribute = Attribute::new(uuid, &kind, value, around.timestamp);
        attribute.relation = relation;
        if let Some(category) = fields.words("category") {
            attribute.category = category;
        }
        attribute.to_ids = fields.truth("to_ids").unwrap_or(attribute.to_ids);
        attribute.timestamp = self.timestamp(&mut fields, "timestamp").unwrap_or(around.timestamp);
        attribute.comment = fields.text("comment").unwrap_or_default();
        attribute.first_seen = self.seen_at(&mut fields, "first_seen");
        attribute.last_seen = self.seen_at(&mut fields, "last_seen");
        attribute.distribution = self.distribution(&mut fields).unwrap_or(Distribution::Inherit);
        attribute.disable_correlation = fields.truth("disable_correlation").unwrap_or(false);
        attribute.deleted = fields.truth("deleted").unwrap_or(false);
        attribute.data = fields.text_within("data", self.log.limits.data).filter(|data| !data.is_empty());
        attribute.tags = self.tags(&mut fields);
        attribute.galaxies = self.galaxies(&mut fields);
        attribute.sightings = self.sightings(&mut fields);
        fields.take("SharingGroup");
        fields.drop_local(LOCAL);
        self.check(&attribute, &fields);
        fields.finish();
        Some(attribute)
    }

    fn check(&self, attribute: &Attribute, fields: &Fields<'_>) {
        match Kind::find(&attribute.kind) {
            None => fields.warn("type", Code::UnknownType, &attribute.kind),
            Some(kind) if !kind.may_stand_in(&attribute.category) => {
                let what = format!("{} in {}", attribute.kind, attribute.category);
                fields.warn("category", Code::CategoryOfOtherType, &what);
            }
            Some(_) => {}
        }
        if is_composite(&attribute.kind) && attribute.parts().1.is_none() {
            fields.warn("value", Code::NotComposite, &attribute.value);
        } else if !looks_right(&attribute.kind, &attribute.value) {
            fields.warn("value", Code::BadValue, &attribute.value);
        }
    }

    fn objects(&self, fields: &mut Fields<'_>, around: &Around) -> Vec<Object> {
        let items = fields.list("Object", self.log.limits.objects).into_iter().enumerate();
        items
            .filter_map(|(at, value)| self.object(value, &format!("{}.Object[{at}]", fields.path), around))
            .collect()
    }

    fn object(&self, value: Value, path: &str, around: &Around) -> Option<Object> {
        let mut fields = Fields::of(value, path.to_owned(), self.log)?;
        let Some(name) = fields.words("name") else {
            self.log.push(path, Code::LeftOut, "an object without a name");
            return None;
        };
        let uuid = self.uuid(&mut fields, "uuid", &["object", &around.uuid.to_string(), path, &name]);
        let timestamp = self.timestamp(&mut fields, "timestamp").unwrap_or(around.timestamp);
        let inner = Around { uuid, timestamp };
        let object = Object {
            uuid,
            name,
            meta_category: fields.words("meta-category").unwrap_or_else(|| "misc".to_owned()),
            description: fields.text("description").unwrap_or_default(),
            template_uuid: self.optional_uuid(&mut fields, "template_uuid"),
            template_version: fields.integer("template_version").unwrap_or(1),
            timestamp,
            comment: fields.text("comment").unwrap_or_default(),
            first_seen: self.seen_at(&mut fields, "first_seen"),
            last_seen: self.seen_at(&mut fields, "last_seen"),
            distribution: self.distribution(&mut fields).unwrap_or(Distribution::Inherit),
            deleted: fields.truth("deleted").unwrap_or(false),
            attributes: self.attributes(&mut fields, &inner, self.log.limits.attributes),
            references: self.references(&mut fields, &inner),
        };
        fields.take("SharingGroup");
        fields.drop_local(LOCAL);
        fields.finish();
        Some(object)
    }

    fn references(&self, fields: &mut Fields<'_>, around: &Around) -> Vec<Reference> {
        let mut taken = Vec::new();
        for (at, value) in fields.list("ObjectReference", self.log.limits.per_item).into_iter().enumerate() {
            let path = format!("{}.ObjectReference[{at}]", fields.path);
            let Some(mut inner) = Fields::of(value, path, self.log) else { continue };
            let Some(to) = self.optional_uuid(&mut inner, "referenced_uuid") else {
                inner.warn("referenced_uuid", Code::LeftOut, "a reference to nothing");
                continue;
            };
            self.references.borrow_mut().push((format!("{}.referenced_uuid", inner.path), to));
            let relationship = inner.words("relationship_type").unwrap_or_else(|| "related-to".to_owned());
            let says = [&around.uuid.to_string(), relationship.as_str(), &to.to_string()];
            taken.push(Reference {
                uuid: self.uuid(&mut inner, "uuid", &["reference", says[0], says[1], says[2]]),
                to,
                relationship,
                comment: inner.text("comment").unwrap_or_default(),
                timestamp: self.timestamp(&mut inner, "timestamp").unwrap_or(around.timestamp),
                deleted: inner.truth("deleted").unwrap_or(false),
            });
        }
        taken
    }

    fn reports(&self, fields: &mut Fields<'_>, around: &Around) -> Vec<EventReport> {
        let mut taken = Vec::new();
        for (at, value) in fields.list("EventReport", self.log.limits.per_item).into_iter().enumerate() {
            let path = format!("{}.EventReport[{at}]", fields.path);
            let Some(mut inner) = Fields::of(value, path, self.log) else { continue };
            let name = inner.words("name").unwrap_or_default();
            let content = inner.text("content").unwrap_or_default();
            taken.push(EventReport {
                uuid: self.uuid(&mut inner, "uuid", &["report", &around.uuid.to_string(), &name, &content]),
                name,
                content,
                timestamp: self.timestamp(&mut inner, "timestamp").unwrap_or(around.timestamp),
                distribution: self.distribution(&mut inner).unwrap_or(Distribution::Inherit),
                deleted: inner.truth("deleted").unwrap_or(false),
            });
        }
        taken
    }

    /// Says which references lead to nothing of this event.
    fn check_references(&self) {
        let seen = self.seen.borrow();
        for (path, to) in self.references.borrow().iter().filter(|(_, to)| !seen.contains(to)) {
            self.log.push(path, Code::Dangling, &to.to_string());
        }
    }
}

/// What an event and its entry in a manifest have in common: organisation, tags, time.
pub(crate) fn read_feed_parts(
    log: &Log<'_>,
    fields: &mut Fields<'_>,
) -> (Option<Org>, Vec<Tag>, Option<i64>) {
    let reader = Reader::new(log);
    (reader.org(fields, "Orgc"), reader.tags(fields), reader.timestamp(fields, "timestamp"))
}

/// One attribute by itself, of an object with this id and time.
pub(crate) fn read_attribute(log: &Log<'_>, value: Value, object: Uuid, timestamp: i64) -> Option<Attribute> {
    Reader::new(log).attribute(value, "x_misp_attributes", &Around { uuid: object, timestamp })
}

/// Some exports give composites as two halves.
fn both_halves(fields: &mut Fields<'_>) -> Option<String> {
    let left = fields.words("value1")?;
    match fields.words("value2") {
        Some(right) => Some(format!("{left}|{right}")),
        None => Some(left),
    }
}

/// An organisation of which nothing but the name is known.
pub(crate) fn org_named(name: &str) -> Org {
    Org { uuid: derived(&["org", name]), name: name.to_owned() }
}
