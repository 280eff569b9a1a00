//! Objects that are people, places, weaknesses or ways of attack.

use super::Converter;
use super::custom::object_labels;
use crate::event::{Attribute, Object, instant, stix_time};
use crate::mapping::{Domain, Put};
use scr_core::Tlp;
use serde_json::{Map, Value, json};

impl Converter<'_> {
    /// Writes the domain object; `None` where something that STIX demands is missing.
    pub(super) fn domain_object(&self, object: &Object, template: &Domain, tlp: Tlp) -> Option<String> {
        let id = format!("{}--{}", template.kind, object.uuid);
        let mut fields = self.head(template.kind, &id, object.timestamp, tlp);
        for (name, value) in template.fixed {
            fields.insert((*name).to_owned(), (*value).into());
        }
        let mut rest: Vec<(&str, &str)> = Vec::new();
        let mut rewritten: Vec<(String, String)> = Vec::new();
        for attribute in object.attributes.iter().filter(|attribute| !attribute.deleted) {
            let put = template.fields.iter().find(|(relation, ..)| *relation == attribute.relation);
            let placed = put.is_some_and(|(_, put, _)| place(&mut fields, *put, attribute));
            if !placed {
                rest.push((&attribute.relation, &attribute.value));
            } else if put.is_some_and(|(_, put, _)| !matches!(put, Put::Text(_) | Put::List(_))) {
                rewritten.push((attribute.relation.clone(), attribute.value.clone()));
            }
        }
        if !fields.contains_key("name") && template.kind == "identity" {
            let name: Vec<&str> = ["first-name", "middle-name", "last-name"]
                .into_iter()
                .flat_map(|part| object.values(part))
                .collect();
            if !name.is_empty() {
                fields.insert("name".to_owned(), name.join(" ").into());
            }
        }
        let complete = match template.kind {
            "location" => {
                let has = |name: &str| fields.contains_key(name);
                has("region") || has("country") || (has("latitude") && has("longitude"))
            }
            _ => fields.contains_key("name"),
        };
        if !complete {
            return None;
        }
        if template.kind == "malware" {
            fields.entry("is_family").or_insert_with(|| false.into());
        }
        more(&mut fields, &rest);
        fields.extend(self.object_extras(object));
        fields.insert("x_misp_item_attributes".to_owned(), object.attributes_as_said(&rewritten).into());
        self.labelled(&mut fields, &[], object_labels(object));
        self.write(Value::Object(fields));
        self.stands_for(object.uuid, &id);
        Some(id)
    }
}

/// Values without a place, as `x_misp_<relation>`.
pub(super) fn more(fields: &mut Map<String, Value>, rest: &[(&str, &str)]) {
    for (relation, value) in rest {
        let name = custom_name(relation);
        match fields.get_mut(&name) {
            None => {
                fields.insert(name, (*value).into());
            }
            Some(Value::Array(values)) => values.push((*value).into()),
            Some(one) => *one = json!([one.take(), value]),
        }
    }
}

/// `cvss-score` is `x_misp_cvss_score`.
pub(crate) fn custom_name(relation: &str) -> String {
    let lower = relation.to_lowercase();
    let plain = lower.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    let name: String = plain.take(80).collect();
    format!("x_misp_{name}")
}

/// Puts a value in its place; `false` where it does not fit or something stands there.
fn place(fields: &mut Map<String, Value>, put: Put, attribute: &Attribute) -> bool {
    let value = attribute.value.as_str();
    let (name, value) = match put {
        Put::Text(name) => (name, Value::from(value)),
        Put::Number(name) => match value.trim().parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
            Some(number) => (name, Value::Number(number)),
            None => return false,
        },
        Put::Truth(name) => match value.trim().to_lowercase().as_str() {
            "1" | "true" => (name, true.into()),
            "0" | "false" => (name, false.into()),
            _ => return false,
        },
        Put::Time(name) => match instant(value) {
            Some(at) => (name, stix_time(at).into()),
            None => return false,
        },
        Put::List(name) => return append(fields, name, value.into()),
        Put::Url => {
            return append(fields, "external_references", json!({"source_name": "url", "url": value}));
        }
        Put::Cve => {
            fields.entry("name").or_insert_with(|| value.into());
            let reference = json!({"source_name": "cve", "external_id": value});
            return append(fields, "external_references", reference);
        }
        Put::Capec => {
            let number = value.trim_start_matches("CAPEC-");
            let reference = json!({"source_name": "capec", "external_id": format!("CAPEC-{number}")});
            return append(fields, "external_references", reference);
        }
        Put::Contact => {
            let line = format!("{}: {value}", attribute.relation);
            return match fields.get_mut("contact_information") {
                None => {
                    fields.insert("contact_information".to_owned(), line.into());
                    true
                }
                Some(Value::String(text)) => {
                    text.push_str(" / ");
                    text.push_str(&line);
                    true
                }
                Some(_) => false,
            };
        }
    };
    if fields.contains_key(name) {
        return false;
    }
    fields.insert(name.to_owned(), value);
    true
}

fn append(fields: &mut Map<String, Value>, name: &str, value: Value) -> bool {
    match fields.entry(name).or_insert_with(|| json!([])) {
        Value::Array(items) => {
            items.push(value);
            true
        }
        _ => false,
    }
}
