//! What becomes an object of MISP.

use super::attribute::{Draft, Place, may};
use super::context::{Context, Known, uuid_of};
use super::terms::Terms;
use crate::event::{Attribute, Object, read_attribute};
use crate::ids::derived;
use crate::mapping::{Field, Template, pattern_path};
use crate::to_stix::custom_name;
use crate::types::looks_right;
use scr_core::Tlp;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};
use uuid::Uuid;

/// Values by where they stand: under the path of a property, or under `x_misp_…`.
type Queues = BTreeMap<String, VecDeque<String>>;

impl<'c> Context<'c> {
    /// An empty object with what the object of STIX says of it.
    pub(super) fn object_head(
        &self,
        draft: &mut Draft<'_>,
        known: &Known<'c>,
        name: &str,
        meta_category: &str,
    ) -> Object {
        let said = known.label("meta-category").filter(|text| !text.is_empty());
        Object {
            uuid: draft.free(known.uuid(), &["object", known.id(), name]),
            name: known.label("name").unwrap_or(name).to_owned(),
            meta_category: said.unwrap_or(meta_category).to_owned(),
            description: known.text("x_misp_item_description").to_owned(),
            template_uuid: Uuid::parse_str(known.text("x_misp_item_template_uuid")).ok(),
            template_version: known.value["x_misp_item_template_version"].as_i64().unwrap_or(1),
            timestamp: known.changed(),
            comment: self.comment(known),
            first_seen: None,
            last_seen: None,
            distribution: crate::event::Distribution::Inherit,
            deleted: known.object.head().revoked,
            attributes: Vec::new(),
            references: Vec::new(),
        }
    }

    /// An object out of values: those that MISP has said before are found again, all others are new attributes.
    #[expect(
        clippy::too_many_arguments,
        reason = "what an object is made of; a struct would be used here alone"
    )]
    pub(super) fn object_of<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        template: &'static Template,
        values: Vec<(&'static Field, String)>,
        terms: &Terms,
        detects: bool,
        around: Tlp,
    ) -> Option<Place> {
        let mut object = self.object_head(draft, known, template.name, template.meta_category);
        let twin = self.twin(known);
        let said = twin.unwrap_or(known);
        if let Some(entries) = said.value["x_misp_item_attributes"].as_array() {
            let seen = twin.map(|twin| self.twin_terms(twin));
            let queues = queues(seen.as_ref().unwrap_or(terms), said);
            let place = |relation: &str| {
                let at = template.fields.iter().position(|field| field.relation == relation)?;
                Some((at, pattern_path(template.kind, template.fields.get(at)?)))
            };
            object.attributes = self.said_before(draft, &object, entries, place, queues);
        } else {
            for (field, value) in values {
                let attribute = self.part(draft, &object, field.relation, field.kind, &value, detects);
                object.attributes.push(attribute);
            }
            self.custom_parts(draft, &mut object, known);
        }
        self.place_object(draft, known, object, around)
    }

    /// The observed data of the same id as an indicator: it has all values, the pattern those to look for.
    pub(super) fn twin(&self, known: &Known<'c>) -> Option<&Known<'c>> {
        if known.kind() != "indicator" {
            return None;
        }
        self.get(&format!("observed-data--{}", uuid_of(known.id())))
    }

    fn twin_terms(&self, twin: &Known<'c>) -> Terms {
        let main = twin.texts("object_refs").next().and_then(|id| self.get(id));
        main.map(|main| self.seen(main).terms).unwrap_or_default()
    }

    /// Tags, and the place in the event. MISP's objects have no tags: the first attribute has them.
    pub(super) fn place_object(
        &self,
        draft: &mut Draft<'_>,
        known: &Known<'c>,
        mut object: Object,
        around: Tlp,
    ) -> Option<Place> {
        let tags = self.tags(known, Some(around));
        let first = object.attributes.first_mut()?;
        first.tags.extend(tags);
        if known.tlp > around {
            object.distribution = super::attribute::distribution(known.tlp);
            // Who takes one attribute out must still see how far it may go.
            let label = crate::tlp::tag_of_tlp(known.tlp);
            for attribute in object.attributes.iter_mut().skip(1) {
                attribute.tags.push(crate::event::Tag::named(label));
            }
        }
        draft.event.objects.push(object);
        Some(Place::Object(draft.event.objects.len() - 1))
    }

    /// An attribute of an object.
    pub(super) fn part(
        &self,
        draft: &mut Draft<'_>,
        object: &Object,
        relation: &str,
        kind: &str,
        value: &str,
        detects: bool,
    ) -> Attribute {
        let owner = object.uuid.to_string();
        let says = ["attribute", owner.as_str(), relation, value];
        let uuid = draft.free(derived(&says), &says);
        let mut attribute = Attribute::new(uuid, kind, value, object.timestamp);
        relation.clone_into(&mut attribute.relation);
        attribute.to_ids = detects && looks_right(kind, value);
        attribute
    }

    /// Attributes as MISP has said them before, with the values of the properties. `place` gives where the values of a
    /// relation stand among the others, and under which path.
    pub(super) fn said_before(
        &self,
        draft: &mut Draft<'_>,
        object: &Object,
        entries: &[Value],
        place: impl Fn(&str) -> Option<(usize, String)>,
        mut queues: Queues,
    ) -> Vec<Attribute> {
        // Values stand in the order of the template; entries in that of the object.
        let placed = |entry: &Value| place(entry["object_relation"].as_str().unwrap_or_default());
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order
            .sort_by_key(|at| entries.get(*at).and_then(placed).map_or(usize::MAX, |(position, _)| position));
        let mut values: BTreeMap<usize, String> = BTreeMap::new();
        for at in order {
            let Some(entry) = entries.get(at) else { continue };
            let relation = entry["object_relation"].as_str().unwrap_or_default();
            let path = placed(entry).map(|(_, path)| path).unwrap_or_default();
            let written = entry["value"].as_str().map(str::to_owned);
            let found = queues.get_mut(&path).and_then(VecDeque::pop_front);
            let found =
                found.or_else(|| queues.get_mut(&custom_name(relation)).and_then(VecDeque::pop_front));
            if let Some(value) = written.or(found) {
                values.insert(at, value);
            }
        }
        let mut attributes = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            match values.get(&at) {
                Some(value) => attributes.push(self.entry(draft, object, entry, value)),
                None => {
                    let relation = entry["object_relation"].as_str().unwrap_or_default();
                    self.log.push(&object.uuid.to_string(), crate::Code::LeftOut, relation);
                }
            }
        }
        attributes
    }

    fn entry(&self, draft: &mut Draft<'_>, object: &Object, entry: &Value, value: &str) -> Attribute {
        let text = |name: &str| entry[name].as_str().unwrap_or_default();
        let kind = if text("type").is_empty() { "text" } else { text("type") };
        let mut attribute = self.part(draft, object, text("object_relation"), kind, value, true);
        if let Ok(uuid) = Uuid::parse_str(text("uuid")) {
            let says = ["attribute", text("uuid")];
            attribute.uuid = draft.free(uuid, &says);
        }
        if may(kind, text("category")) {
            text("category").clone_into(&mut attribute.category);
        }
        attribute.to_ids = entry["to_ids"].as_bool().unwrap_or(false);
        text("comment").clone_into(&mut attribute.comment);
        attribute
    }

    /// What misp-stix keeps as `x_misp_…`, as attributes of type text.
    pub(super) fn custom_parts(&self, draft: &mut Draft<'_>, object: &mut Object, known: &Known<'c>) {
        let Some(map) = known.value.as_object() else { return };
        let custom =
            map.iter().filter(|(name, _)| name.starts_with("x_misp_") && !name.starts_with("x_misp_item_"));
        for (name, value) in custom {
            let relation = name.trim_start_matches("x_misp_").replace('_', "-");
            for value in texts(value) {
                let attribute = self.part(draft, object, &relation, "text", &value, false);
                object.attributes.push(attribute);
            }
        }
    }

    /// An object without a counterpart comes back as it was.
    pub(super) fn custom_object<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        around: Tlp,
    ) -> Option<Place> {
        let name = known.text("x_misp_name");
        let entries = known.value["x_misp_attributes"].as_array()?;
        if name.is_empty() {
            return None;
        }
        let category = known.text("x_misp_meta_category");
        let mut object =
            self.object_head(draft, known, name, if category.is_empty() { "misc" } else { category });
        for entry in entries.iter().take(self.log.limits.attributes) {
            let Some(mut attribute) = read_attribute(self.log, entry.clone(), object.uuid, object.timestamp)
            else {
                continue;
            };
            let says = ["attribute", &object.uuid.to_string(), &attribute.relation, &attribute.value]
                .map(str::to_owned);
            let says: Vec<&str> = says.iter().map(String::as_str).collect();
            attribute.uuid = draft.free(attribute.uuid, &says);
            object.attributes.push(attribute);
        }
        self.place_object(draft, known, object, around)
    }

    /// A rule that was an object.
    pub(super) fn rule_object<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        name: &str,
        around: Tlp,
    ) -> Option<Place> {
        let mut object = self.object_head(draft, known, name, "misc");
        let entries = known.value["x_misp_item_attributes"].as_array().map(Vec::as_slice).unwrap_or_default();
        let title = format!("{name}-rule-name");
        for entry in entries {
            let relation = entry["object_relation"].as_str().unwrap_or_default();
            let value = if relation == name {
                Some(known.text("pattern").to_owned())
            } else if relation == title {
                Some(known.text("name").to_owned())
            } else {
                texts(&known.value[custom_name(relation)]).into_iter().next()
            };
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                let attribute = self.entry(draft, &object, entry, &value);
                object.attributes.push(attribute);
            }
        }
        if object.attributes.is_empty() {
            let kind = crate::types::Kind::find(name).map_or("text", |kind| kind.name);
            let attribute = self.part(draft, &object, name, kind, known.text("pattern"), true);
            object.attributes.push(attribute);
        }
        if object.values("comment").next().is_some_and(|comment| comment == object.comment) {
            object.comment.clear();
        }
        self.place_object(draft, known, object, around)
    }
}

/// The values of the properties by path, and those beside them by their names.
pub(super) fn queues(terms: &Terms, said: &Known<'_>) -> Queues {
    let mut queues: Queues =
        terms.list().iter().map(|(path, values)| (path.clone(), values.iter().cloned().collect())).collect();
    let custom = said.value.as_object().into_iter().flatten().filter(|(name, _)| name.starts_with("x_misp_"));
    for (name, value) in custom {
        queues.insert(name.clone(), texts(value).into());
    }
    queues
}

/// A text, or a list of texts.
pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    }
}
