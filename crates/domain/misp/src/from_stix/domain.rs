//! People, places, weaknesses, ways of attack: objects of MISP, attributes or clusters of galaxies.

use super::attribute::{Draft, Place};
use super::context::{Context, Known};
use super::object::texts;
use crate::event::{Attribute, EventReport, Object};
use crate::mapping::{Domain, Put, domain_template};
use crate::to_stix::custom_name;
use scr_core::Tlp;
use serde_json::Value;
use std::collections::{BTreeMap, VecDeque};

impl<'c> Context<'c> {
    /// A domain object in whichever way MISP has it.
    pub(super) fn domain_member<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        around: Tlp,
    ) -> Option<Place> {
        if let Some(kind) = known.label("type")
            && !known.text("name").is_empty()
        {
            let detects = known.value["x_misp_to_ids"].as_bool().unwrap_or(false);
            let mut attribute = self.attribute_of(draft, known, kind, known.text("name"), detects, around);
            attribute.comment = known.text("description").to_owned();
            draft.event.attributes.push(attribute);
            return Some(Place::Attribute(draft.event.attributes.len() - 1));
        }
        if let Some(template) =
            known.label("name").and_then(domain_template).filter(|t| t.kind == known.kind())
        {
            return self.domain_object(draft, known, template, around);
        }
        if known.label("galaxy-type").is_none() {
            match known.kind() {
                "vulnerability" => return self.vulnerability(draft, known, around),
                "identity" => return self.identity(draft, known, around),
                "location" => {
                    let template = domain_template("geolocation")?;
                    return self.domain_object(draft, known, template, around);
                }
                _ => {}
            }
        }
        self.cluster(draft, known)
    }

    /// A CVE number alone is an attribute.
    fn vulnerability<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        around: Tlp,
    ) -> Option<Place> {
        let references = known.value["external_references"].as_array().map(Vec::as_slice).unwrap_or_default();
        let cve = references.iter().find(|reference| reference["source_name"] == "cve");
        let number =
            cve.and_then(|reference| reference["external_id"].as_str()).unwrap_or(known.text("name"));
        if number.is_empty() {
            return None;
        }
        if known.text("description").is_empty() && references.len() <= 1 {
            let attribute = self.attribute_of(draft, known, "vulnerability", number, false, around);
            draft.event.attributes.push(attribute);
            return Some(Place::Attribute(draft.event.attributes.len() - 1));
        }
        let template = domain_template("vulnerability")?;
        self.domain_object(draft, known, template, around)
    }

    /// A person or an organisation; who made the objects is not an item of the event.
    fn identity<'d>(&'d self, draft: &mut Draft<'d>, known: &'d Known<'c>, around: Tlp) -> Option<Place> {
        let name = match known.text("identity_class") {
            "individual" => "person",
            "organization" => "organization",
            _ => "identity",
        };
        let template = domain_template(name)?;
        self.domain_object(draft, known, template, around)
    }

    fn domain_object<'d>(
        &'d self,
        draft: &mut Draft<'d>,
        known: &'d Known<'c>,
        template: &'static Domain,
        around: Tlp,
    ) -> Option<Place> {
        let mut object = self.object_head(draft, known, template.name, template.meta_category);
        object.attributes = match known.value["x_misp_item_attributes"].as_array() {
            Some(entries) => self.domain_said_before(draft, &object, known, template, entries),
            None => self.domain_values(draft, &object, known, template),
        };
        if known.value.get("x_misp_item_attributes").is_none() {
            self.custom_parts(draft, &mut object, known);
        }
        self.place_object(draft, known, object, around)
    }

    fn domain_said_before(
        &self,
        draft: &mut Draft<'_>,
        object: &Object,
        known: &Known<'c>,
        template: &'static Domain,
        entries: &[Value],
    ) -> Vec<Attribute> {
        let mut queues: BTreeMap<String, VecDeque<String>> = BTreeMap::new();
        for entry in entries {
            let relation = entry["object_relation"].as_str().unwrap_or_default();
            let put = template.fields.iter().find(|(name, ..)| *name == relation).map(|(_, put, _)| *put);
            let property = match put {
                Some(Put::Text(name) | Put::List(name)) => name.to_owned(),
                _ => custom_name(relation),
            };
            queues.entry(relation.to_owned()).or_insert_with(|| {
                let mut values = texts(&known.value[property.as_str()]);
                if put.is_some() && property != custom_name(relation) {
                    values.extend(texts(&known.value[custom_name(relation)]));
                }
                values.into()
            });
        }
        let by_name = queues.into_iter().map(|(relation, values)| (custom_name(&relation), values)).collect();
        self.said_before(draft, object, entries, |_| None, by_name)
    }

    fn domain_values(
        &self,
        draft: &mut Draft<'_>,
        object: &Object,
        known: &Known<'c>,
        template: &'static Domain,
    ) -> Vec<Attribute> {
        let mut attributes = Vec::new();
        let mut placed: Vec<&str> = Vec::new();
        for (relation, put, kind) in template.fields {
            let values = match put {
                Put::Text(name)
                | Put::List(name)
                | Put::Number(name)
                | Put::Truth(name)
                | Put::Time(name) => {
                    // Of two relations for one property the first has it.
                    if placed.contains(name) {
                        continue;
                    }
                    placed.push(name);
                    match &known.value[*name] {
                        Value::Number(number) => vec![number.to_string()],
                        Value::Bool(truth) => vec![u8::from(*truth).to_string()],
                        other => texts(other),
                    }
                }
                Put::Url => references(known, |reference| reference["url"].as_str()),
                Put::Cve => references(known, |reference| {
                    reference["external_id"].as_str().filter(|_| reference["source_name"] == "cve")
                }),
                Put::Capec => references(known, |reference| {
                    reference["external_id"].as_str().filter(|_| reference["source_name"] == "capec")
                }),
                Put::Contact => Vec::new(),
            };
            for value in values {
                attributes.push(self.part(draft, object, relation, kind, &value, false));
            }
        }
        let contact = known.text("contact_information");
        if !contact.is_empty() && template.name != "identity" {
            attributes.push(self.part(draft, object, "contact-information", "text", contact, false));
        }
        attributes
    }

    /// A note as a report of the event.
    pub(super) fn note(&self, draft: &mut Draft<'_>, known: &Known<'c>) {
        let content = known.text("content");
        let name =
            [known.text("abstract"), content].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        let uuid = draft.free(known.uuid(), &["report", known.id()]);
        draft.event.reports.push(EventReport {
            uuid,
            name: name.chars().take(120).collect(),
            content: content.to_owned(),
            timestamp: known.changed(),
            distribution: crate::event::Distribution::Inherit,
            deleted: known.object.head().revoked,
        });
    }
}

fn references(known: &Known<'_>, value: impl Fn(&Value) -> Option<&str>) -> Vec<String> {
    let all = known.value["external_references"].as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(|reference| value(reference).map(str::to_owned)).collect()
}
