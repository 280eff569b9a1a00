//! The objects by id, their labels, creators and times.

use super::{Options, nobody};
use crate::event::{Org, Tag, instant};
use crate::tlp::{of_tags, tag_of_tlp};
use crate::warning::Log;
use jiff::Timestamp;
use scr_core::Tlp;
use scr_stix::marking::meaning_of;
use scr_stix::{Effective, Id, Meaning, Object};
use serde_json::Value;
use std::collections::BTreeMap;
use uuid::Uuid;

/// One object.
pub(super) struct Known<'c> {
    pub(super) object: &'c Object,
    pub(super) value: Value,
    /// The narrowest label on it or in it.
    pub(super) tlp: Tlp,
    /// The id of what is made of it.
    uuid: Uuid,
}

impl Known<'_> {
    pub(super) fn id(&self) -> &str {
        self.object.id().as_str()
    }

    pub(super) fn kind(&self) -> &str {
        self.object.kind()
    }

    /// The id without the type; derived where it is no UUID that MISP takes, and where the object stands in another event
    /// too.
    pub(super) fn uuid(&self) -> Uuid {
        self.uuid
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.value[name].as_str().unwrap_or_default()
    }

    /// The texts of a list.
    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.value[name].as_array().map(Vec::as_slice).unwrap_or_default().iter().filter_map(Value::as_str)
    }

    pub(super) fn time(&self, name: &str) -> Option<Timestamp> {
        instant(self.value[name].as_str()?)
    }

    /// When it was last changed, in seconds since 1970.
    pub(super) fn changed(&self) -> i64 {
        let at = self.time("modified").or_else(|| self.time("created"));
        at.map_or(0, Timestamp::as_second).max(0)
    }

    /// What a label of ours says: of `misp:type="domain"`, `domain`.
    pub(super) fn label(&self, name: &str) -> Option<&str> {
        self.texts("labels").find_map(|label| {
            label.strip_prefix("misp:")?.strip_prefix(name)?.strip_prefix("=\"")?.strip_suffix('"')
        })
    }
}

/// The UUID of an id.
pub(super) fn uuid_of(id: &str) -> Uuid {
    let text = id.rsplit_once("--").map_or(id, |(_, uuid)| uuid);
    Uuid::parse_str(text).unwrap_or_else(|_| crate::ids::derived(&["stix", id]))
}

/// All objects.
pub(super) struct Context<'c> {
    pub(super) options: &'c Options<'c>,
    pub(super) log: &'c Log<'c>,
    pub(super) by_id: BTreeMap<&'c str, Known<'c>>,
}

impl<'c> Context<'c> {
    pub(super) fn of(objects: &'c [Object], options: &'c Options<'c>, log: &'c Log<'c>) -> Self {
        let mut meanings: BTreeMap<&Id, Meaning> = BTreeMap::new();
        for object in objects.iter().filter(|object| object.kind() == "marking-definition") {
            if let Some(meaning) = meaning_of(object) {
                meanings.insert(object.id(), meaning);
            }
        }
        let mut newest: BTreeMap<&str, &Object> = BTreeMap::new();
        for object in objects {
            let version = |object: &Object| object.head().version().map(|at| at.micros());
            let known = newest.entry(object.id().as_str()).or_insert(object);
            if version(object) > version(known) {
                *known = object;
            }
        }
        let by_id = newest.into_iter().map(|(id, object)| {
            let known = |id: &Id| meanings.get(id).copied();
            let said = options.labels.and_then(|labels| labels.get(id)).copied();
            let tlp =
                said.unwrap_or_else(|| Effective::of(object.head(), &known, options.unmarked).ceiling());
            let again = options.again.filter(|again| again.ids.contains(id));
            let uuid = again.map_or_else(
                || uuid_of(id),
                |again| crate::ids::derived(&["again", &again.event.to_string(), id]),
            );
            (id, Known { object, value: object.value(), tlp, uuid })
        });
        let by_id = by_id.collect();
        Self { options, log, by_id }
    }

    pub(super) fn get(&self, id: &str) -> Option<&Known<'c>> {
        self.by_id.get(id)
    }

    /// Whose an object is.
    pub(super) fn creator(&self, known: &Known<'_>) -> Org {
        let creator = known.text("created_by_ref");
        if creator.is_empty() {
            return self.options.host.cloned().unwrap_or_else(nobody);
        }
        let name = self.get(creator).map(|identity| identity.text("name")).filter(|name| !name.is_empty());
        let uuid = uuid_of(creator);
        Org { uuid, name: name.map_or_else(|| uuid.to_string(), str::to_owned) }
    }

    /// The tags of an item: the sender's words without ours, and its label where it is narrower than what is around.
    pub(super) fn tags(&self, known: &Known<'_>, around: Option<Tlp>) -> Vec<Tag> {
        let mut tags = Vec::new();
        if around.is_none_or(|around| known.tlp > around) {
            tags.push(Tag::named(tag_of_tlp(known.tlp)));
        }
        for label in known
            .texts("labels")
            .filter(|label| !label.starts_with("misp:") || label.starts_with("misp:confidence"))
        {
            if of_tags(&[Tag::named(label)]).is_none() || label.eq_ignore_ascii_case("tlp:ex:chr") {
                tags.push(Tag::named(label));
            }
        }
        let confidence = match known.value["confidence"].as_u64() {
            Some(100) => "completely-confident",
            Some(75..100) => "usually-confident",
            Some(50..75) => "fairly-confident",
            Some(25..50) => "rarely-confident",
            Some(0..25) => "unconfident",
            _ => return tags,
        };
        tags.push(Tag::named(format!("misp:confidence-level=\"{confidence}\"")));
        tags
    }
}
