//! Applies a query to events.

use super::Query;
use crate::event::{Attribute, Event, Object};

/// An event with the number that it has in this server.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'e> {
    /// The number; MISP's clients ask by it.
    pub id: u64,
    /// The event.
    pub event: &'e Event,
}

/// An event that was found.
#[derive(Debug, Clone, Copy)]
pub struct EventHit<'e> {
    /// The event.
    pub entry: Entry<'e>,
}

/// An attribute that was found.
#[derive(Debug, Clone, Copy)]
pub struct AttributeHit<'e> {
    /// Its event.
    pub entry: Entry<'e>,
    /// Its object, if it has one.
    pub object: Option<&'e Object>,
    /// The attribute.
    pub attribute: &'e Attribute,
}

/// The events that a query finds, in the order in which they come. One is found when it suits the filters on events and
/// has an attribute that suits the filters on attributes, where there are any.
pub fn search_events<'e>(query: &Query, entries: impl IntoIterator<Item = Entry<'e>>) -> Vec<EventHit<'e>> {
    let found = entries.into_iter().filter(|entry| {
        query.takes_event(entry)
            && query.takes_anywhere(entry.event)
            && query.timestamp.holds(entry.event.timestamp)
            && query.takes_tags_of_event(entry.event)
            && query.takes_uuid_of_event(entry.event)
            && (!query.asks_attributes()
                || parts(entry.event).any(|(object, attribute)| query.takes_attribute(object, attribute)))
    });
    query.page(found.map(|entry| EventHit { entry }))
}

/// The attributes that a query finds.
pub fn search_attributes<'e>(
    query: &Query,
    entries: impl IntoIterator<Item = Entry<'e>>,
) -> Vec<AttributeHit<'e>> {
    let of_events = entries.into_iter().filter(|entry| query.takes_event(entry));
    let all = of_events
        .flat_map(|entry| parts(entry.event).map(move |(object, attribute)| (entry, object, attribute)));
    let found = all.filter(|(entry, object, attribute)| {
        query.takes_attribute(*object, attribute)
            && query.timestamp.holds(attribute.timestamp)
            && query.takes_tags_of(entry.event, attribute)
            && query.takes_uuid_of(entry.event, *object, attribute)
            && query.takes_text_of(entry.event, attribute)
    });
    query.page(found.map(|(entry, object, attribute)| AttributeHit { entry, object, attribute }))
}

/// All attributes with their objects.
fn parts(event: &Event) -> impl Iterator<Item = (Option<&Object>, &Attribute)> {
    let own = event.attributes.iter().map(|attribute| (None, attribute));
    let of_objects =
        event.objects.iter().flat_map(|object| object.attributes.iter().map(move |a| (Some(object), a)));
    own.chain(of_objects)
}

fn tag_names<'t>(tags: impl Iterator<Item = &'t crate::event::Tag>) -> Vec<String> {
    tags.map(|tag| tag.name.to_lowercase()).collect()
}

impl Query {
    /// Filters that are on the event whatever is searched for.
    fn takes_event(&self, entry: &Entry<'_>) -> bool {
        let event = entry.event;
        let orgs = || vec![event.orgc.name.to_lowercase(), event.orgc.uuid.to_string()];
        self.published.is_none_or(|published| event.published == published)
            && self.publish_timestamp.holds(event.publish_timestamp)
            && self.event_timestamp.holds(event.timestamp)
            && self.date_from.is_none_or(|from| event.date >= from)
            && self.date_to.is_none_or(|to| event.date <= to)
            && (self.event.is_empty() || self.event.takes(&[entry.id.to_string(), event.uuid.to_string()]))
            && (self.org.is_empty() || self.org.takes(&orgs()))
            && self.info.takes_one(&event.info)
            && (self.event_tags.is_empty() || self.event_tags.takes(&tag_names(event.tags.iter())))
    }

    /// Tags of the event or of any of its attributes.
    fn takes_tags_of_event(&self, event: &Event) -> bool {
        self.tags.is_empty() || {
            let all = event.tags.iter().chain(event.all_attributes().flat_map(|attribute| &attribute.tags));
            self.tags.takes(&tag_names(all))
        }
    }

    fn takes_tags_of(&self, event: &Event, attribute: &Attribute) -> bool {
        self.tags.is_empty() || self.tags.takes(&tag_names(event.tags.iter().chain(&attribute.tags)))
    }

    /// The id of the event, or of anything in it.
    fn takes_uuid_of_event(&self, event: &Event) -> bool {
        self.uuid.is_empty() || {
            let objects = event.objects.iter().map(|object| object.uuid);
            let attributes = event.all_attributes().map(|attribute| attribute.uuid);
            let all: Vec<String> = std::iter::once(event.uuid)
                .chain(objects)
                .chain(attributes)
                .map(|uuid| uuid.to_string())
                .collect();
            self.uuid.takes(&all)
        }
    }

    fn takes_uuid_of(&self, event: &Event, object: Option<&Object>, attribute: &Attribute) -> bool {
        self.uuid.is_empty() || {
            let mut all = vec![event.uuid.to_string(), attribute.uuid.to_string()];
            all.extend(object.map(|object| object.uuid.to_string()));
            self.uuid.takes(&all)
        }
    }

    /// Filters on attributes, those on time, tags and ids excepted: for events they mean something else.
    fn takes_attribute(&self, object: Option<&Object>, attribute: &Attribute) -> bool {
        let values = || {
            let mut all = vec![attribute.value.to_lowercase()];
            if let (left, Some(right)) = attribute.parts() {
                all.push(left.to_lowercase());
                all.push(right.to_lowercase());
            }
            all
        };
        let deleted = attribute.deleted || object.is_some_and(|object| object.deleted);
        self.deleted.takes(deleted)
            && self.to_ids.is_none_or(|to_ids| attribute.to_ids == to_ids)
            && self.kind.takes_one(&attribute.kind)
            && self.category.takes_one(&attribute.category)
            && (self.object_name.is_empty()
                || object.is_some_and(|object| self.object_name.takes_one(&object.name)))
            && (self.value.is_empty() || self.value.takes(&values()))
    }

    /// What `quickFilter` and `searchall` look through.
    fn takes_anywhere(&self, event: &Event) -> bool {
        self.anywhere.is_empty() || {
            let mut all = vec![event.info.to_lowercase(), event.orgc.name.to_lowercase()];
            all.extend(tag_names(event.tags.iter()));
            for attribute in event.all_attributes() {
                texts_of(attribute, &mut all);
            }
            self.anywhere.takes(&all)
        }
    }

    fn takes_text_of(&self, event: &Event, attribute: &Attribute) -> bool {
        self.anywhere.is_empty() || {
            let mut all = vec![event.info.to_lowercase()];
            texts_of(attribute, &mut all);
            self.anywhere.takes(&all)
        }
    }

    /// Whether an attribute belongs into the answer that holds its event: of those that are meant for detection, or
    /// are withdrawn, the ones that were asked for.
    pub(super) fn shows(&self, object: Option<&Object>, attribute: &Attribute) -> bool {
        let deleted = attribute.deleted || object.is_some_and(|object| object.deleted);
        self.deleted.takes(deleted) && self.to_ids.is_none_or(|to_ids| attribute.to_ids == to_ids)
    }
}

fn texts_of(attribute: &Attribute, all: &mut Vec<String>) {
    all.push(attribute.value.to_lowercase());
    all.push(attribute.comment.to_lowercase());
    all.extend(tag_names(attribute.tags.iter()));
}
