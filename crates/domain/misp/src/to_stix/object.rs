//! Objects of MISP.

use super::attribute::{Said, attach};
use super::custom::object_labels;
use super::domain::more;
use super::{Converter, Observations};
use crate::event::{Attribute, Object, instant};
use crate::mapping::{Item, Observed, build, domain_template, observable_template};
use crate::tlp;
use scr_core::Tlp;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Objects that are rules: template, relation of the rule, relation of its name, type of the pattern.
const RULES: &[(&str, &str, &str, &str)] = &[
    ("sigma", "sigma", "sigma-rule-name", "sigma"),
    ("suricata", "suricata", "", "suricata"),
    ("yara", "yara", "yara-rule-name", "yara"),
    ("stix2-pattern", "stix2-pattern", "", "stix"),
];

impl Converter<'_> {
    pub(super) fn object(&self, object: &Object) {
        let tlp = self.object_tlp(object);
        let id = self.object_id(object, tlp);
        let Some(id) = id else { return };
        self.stands_for(object.uuid, &id);
        for attribute in object.attributes.iter().filter(|attribute| !attribute.deleted) {
            // Who refers to an attribute of the object refers to what the object is.
            self.stands_for(attribute.uuid, &id);
            self.attribute_clusters(attribute, &id, tlp);
            self.sightings(attribute, &id, tlp);
        }
    }

    /// As narrow as the narrowest of its attributes: they become one object.
    fn object_tlp(&self, object: &Object) -> Tlp {
        let own = tlp::of_item(&[], object.distribution, self.tlp);
        let attributes = object.attributes.iter().filter(|attribute| !attribute.deleted);
        attributes.map(|a| tlp::of_item(&a.tags, a.distribution, own)).max().unwrap_or(own)
    }

    fn object_id(&self, object: &Object, tlp: Tlp) -> Option<String> {
        if let Some(id) = self.rule(object, tlp) {
            return Some(id);
        }
        let custom = || (!object.deleted).then(|| self.custom_object(object, tlp));
        if let Some(template) = domain_template(&object.name) {
            let written = if object.deleted { None } else { self.domain_object(object, template, tlp) };
            return written.or_else(custom);
        }
        let Some(template) = observable_template(&object.name) else { return custom() };
        let live: Vec<&Attribute> = object.attributes.iter().filter(|attribute| !attribute.deleted).collect();
        let mut observed = build(template, &items(&live));
        for attribute in &live {
            if let Some(data) = attribute.data.as_deref() {
                attach(&mut observed, &attribute.kind, data);
            }
        }
        if observed.stands(template.kind) || observed.pattern().is_some() {
            self.observed_object(object, &observed, template.kind, tlp)
        } else {
            custom()
        }
    }

    fn observed_object(&self, object: &Object, observed: &Observed, kind: &str, tlp: Tlp) -> Option<String> {
        let pattern = observed.pattern();
        let has_data = object.attributes.iter().any(|attribute| attribute.data.is_some());
        let data = self.options.observations == Observations::Always || pattern.is_none() || has_data;
        let data = data && !object.deleted && observed.stands(kind);
        let mut said = self.object_said(object, observed, tlp);
        if !data {
            // What is not looked for stands in no observable: it is kept beside the pattern.
            let live = object.attributes.iter().filter(|attribute| !attribute.deleted && !attribute.to_ids);
            let known = live.filter(|attribute| !observed.is_rest(&attribute.relation, &attribute.value));
            let known: Vec<(&str, &str)> = known.map(|a| (a.relation.as_str(), a.value.as_str())).collect();
            more(&mut said.more, &known);
        }
        let data = data.then(|| self.observed_data(&said, observed, kind));
        let Some(pattern) = pattern else { return data };
        let indicator = self.indicator(&said, &as_attribute(object), &pattern, "stix");
        if let Some(data) = data {
            self.write(Value::Object(self.relate(&indicator, "based-on", &data, said.changed, tlp)));
        }
        Some(indicator)
    }

    fn object_said<'s>(&self, object: &'s Object, observed: &Observed, tlp: Tlp) -> Said<'s> {
        let rest: Vec<(&str, &str)> = observed.rest.iter().map(|(r, v)| (r.as_str(), v.as_str())).collect();
        let mut properties = self.object_extras(object);
        properties.remove("x_misp_item_comment");
        more(&mut properties, &rest);
        properties.insert(
            "x_misp_item_attributes".to_owned(),
            object.attributes_as_said(&observed.rewritten).into(),
        );
        Said {
            uuid: object.uuid,
            changed: object.timestamp,
            tlp,
            first_seen: object.first_seen.or_else(|| seen(object, &["first-seen", "first-packet-seen"])),
            last_seen: object.last_seen.or_else(|| seen(object, &["last-seen", "last-packet-seen"])),
            labels: object_labels(object),
            comment: &object.comment,
            more: properties,
        }
    }

    /// An object that is a rule of some language.
    fn rule(&self, object: &Object, tlp: Tlp) -> Option<String> {
        let (_, rule, name, pattern_type) = RULES.iter().find(|(template, ..)| *template == object.name)?;
        let pattern = object.values(rule).next()?;
        if *pattern_type == "stix"
            && scr_patterns::Pattern::parse(pattern, &scr_patterns::Limits::default()).is_err()
        {
            return None;
        }
        let placed = [rule, name];
        let live = object.attributes.iter().filter(|attribute| !attribute.deleted);
        let rest: Vec<(&str, &str)> = live
            .filter(|attribute| !placed.contains(&&attribute.relation.as_str()))
            .map(|attribute| (attribute.relation.as_str(), attribute.value.as_str()))
            .collect();
        let mut properties = self.object_extras(object);
        properties.remove("x_misp_item_comment");
        more(&mut properties, &rest);
        if let Some(title) = object.values(name).next().filter(|_| !name.is_empty()) {
            properties.insert("name".to_owned(), title.into());
        }
        properties.insert("x_misp_item_attributes".to_owned(), object.attributes_as_said(&[]).into());
        let mut said = self.object_said(object, &Observed::default(), tlp);
        said.more = properties;
        if said.comment.is_empty() {
            said.comment = object.values("comment").next().unwrap_or_default();
        }
        Some(self.indicator(&said, &as_attribute(object), pattern, pattern_type))
    }
}

/// The values with their relations; composites as their halves.
fn items<'a>(attributes: &[&'a Attribute]) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    for attribute in attributes {
        let detects = attribute.to_ids;
        match (attribute.kind.as_str(), attribute.parts()) {
            // A sample or an attachment is a file with this name.
            ("malware-sample", (name, Some(hash))) => {
                items.push(Item { relation: "filename", value: name, detects });
                items.push(Item { relation: "md5", value: hash, detects });
            }
            ("attachment", _) => items.push(Item { relation: "filename", value: &attribute.value, detects }),
            _ => items.push(Item { relation: &attribute.relation, value: &attribute.value, detects }),
        }
    }
    items
}

fn seen(object: &Object, relations: &[&str]) -> Option<jiff::Timestamp> {
    relations.iter().flat_map(|relation| object.values(relation)).find_map(instant)
}

/// What an indicator needs to know of an object as of an attribute.
fn as_attribute(object: &Object) -> Attribute {
    let mut attribute = Attribute::new(object.uuid, "", "", object.timestamp);
    let live: Vec<&Attribute> = object.attributes.iter().filter(|attribute| !attribute.deleted).collect();
    // misp-stix has it in the place of the category too: an object has attributes of several.
    attribute.category.clone_from(&object.meta_category);
    attribute.deleted = object.deleted;
    let mut names = BTreeSet::new();
    for part in live {
        let new = part.tags.iter().filter(|tag| names.insert(&tag.name));
        attribute.tags.extend(new.cloned());
        // When any of its values no longer serves, the pattern as a whole does not.
        attribute.sightings.extend(part.sightings.iter().cloned());
    }
    attribute
}

impl Object {
    /// What STIX has no place for in the attributes of an object: everything but the values, in the order in which
    /// they stand. The way back finds the values in the properties, and so they are not written a second time, where
    /// somebody who takes them out could overlook them; `rewritten` are those that it could not find.
    pub(super) fn attributes_as_said(&self, rewritten: &[(String, String)]) -> Vec<Value> {
        let rewritten: BTreeSet<(&str, &str)> =
            rewritten.iter().map(|(relation, value)| (relation.as_str(), value.as_str())).collect();
        let live = self.attributes.iter().filter(|attribute| !attribute.deleted);
        live.map(|attribute| {
            let mut fields = Map::new();
            let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
            put("uuid", attribute.uuid.to_string().into());
            put("object_relation", attribute.relation.as_str().into());
            put("type", attribute.kind.as_str().into());
            put("category", attribute.category.as_str().into());
            put("to_ids", attribute.to_ids.into());
            let parted = matches!(attribute.kind.as_str(), "malware-sample" | "attachment");
            if parted || rewritten.contains(&(attribute.relation.as_str(), attribute.value.as_str())) {
                put("value", attribute.value.as_str().into());
            }
            if !attribute.comment.is_empty() {
                put("comment", attribute.comment.as_str().into());
            }
            Value::Object(fields)
        })
        .collect()
    }
}
