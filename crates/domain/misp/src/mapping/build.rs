//! Puts the values of an object into observables and patterns.

use super::{Field, Form, Template, pattern_path};
use crate::event::{instant, stix_time};
use crate::sco::{literal, observable};
use crate::types::hash_length;
use scr_patterns::Network;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// One value with its relation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Item<'i> {
    pub(crate) relation: &'i str,
    pub(crate) value: &'i str,
    /// Whether it is meant for detection, and so stands in the pattern.
    pub(crate) detects: bool,
}

/// What a template and its values make.
#[derive(Debug, Default)]
pub(crate) struct Observed {
    /// The properties of the main observable, its type and id excepted.
    pub(crate) fields: Map<String, Value>,
    /// The observables to which it refers.
    pub(crate) links: Vec<Value>,
    /// The comparisons of the pattern, by property: of those of one property one must hold.
    terms: Vec<(&'static str, Vec<String>)>,
    /// Values for which the observable has no place: relation and value.
    pub(crate) rest: Vec<(String, String)>,
    /// Values that stand otherwise in the property than in MISP, or that stand there already: relation and value.
    pub(crate) rewritten: Vec<(String, String)>,
}

impl Observed {
    /// The pattern, where something in it is meant for detection.
    pub(crate) fn pattern(&self) -> Option<String> {
        let several = |choices: &Vec<String>| match choices.as_slice() {
            [one] => one.clone(),
            more if self.terms.len() == 1 => more.join(" OR "),
            more => format!("({})", more.join(" OR ")),
        };
        let terms: Vec<String> = self.terms.iter().map(|(_, choices)| several(choices)).collect();
        (!terms.is_empty()).then(|| format!("[{}]", terms.join(" AND ")))
    }

    pub(crate) fn is_rest(&self, relation: &str, value: &str) -> bool {
        self.rest.iter().any(|(other, text)| other == relation && text == value)
    }

    fn is_looked_for(&self, property: &str, comparison: &String) -> bool {
        self.terms.iter().any(|(name, choices)| *name == property && choices.contains(comparison))
    }

    /// Whether STIX lets such an observable stand by itself.
    pub(crate) fn stands(&self, kind: &str) -> bool {
        let has = |name: &str| self.fields.contains_key(name);
        match kind {
            "file" => has("hashes") || has("name"),
            "network-traffic" => has("src_ref") || has("dst_ref"),
            "windows-registry-key" => has("key"),
            "autonomous-system" => has("number"),
            "software" | "mutex" => has("name"),
            "directory" => has("path"),
            "artifact" => has("payload_bin") || (has("url") && has("hashes")),
            "domain-name" | "url" | "email-addr" | "mac-addr" | "ipv4-addr" | "ipv6-addr" => has("value"),
            _ => !self.fields.is_empty(),
        }
    }
}

/// Builds the observable of a template.
pub(crate) fn build(template: &Template, items: &[Item<'_>]) -> Observed {
    let mut observed = Observed::default();
    for (name, value) in template.fixed {
        observed.fields.insert((*name).to_owned(), (*value).into());
    }
    // In the order of the template, so that the order of the values does not show in patterns.
    for field in template.fields {
        for item in items.iter().filter(|item| item.relation == field.relation) {
            if !put(&mut observed, template.kind, field, item) {
                observed.rest.push((item.relation.to_owned(), item.value.to_owned()));
            }
        }
    }
    for item in items.iter().filter(|item| template.field(item.relation).is_none()) {
        observed.rest.push((item.relation.to_owned(), item.value.to_owned()));
    }
    if !observed.terms.is_empty() {
        for (name, value) in template.fixed.iter().rev() {
            observed.terms.insert(0, (*name, vec![format!("{}:{name} = {}", template.kind, literal(value))]));
        }
    }
    finish(&mut observed, template.kind);
    observed
}

/// Adds one value; `false` where the property cannot take it.
fn put(observed: &mut Observed, kind: &str, field: &Field, item: &Item<'_>) -> bool {
    let path = pattern_path(kind, field);
    let Some((value, comparison)) = formed(field, &path, item.value) else { return false };
    if item.detects && observed.is_looked_for(field.property, &comparison)
        || read_back(&value) != Some(item.value.into())
    {
        observed.rewritten.push((item.relation.to_owned(), item.value.to_owned()));
    }
    let placed = match field.form {
        // What is no address by the standard can still be looked for.
        Form::Url if !is_uri(item.value) => false,
        Form::Linked(..) | Form::LinkedList(..) | Form::Address | Form::AddressList => {
            let id = value["id"].clone();
            let list = matches!(field.form, Form::LinkedList(..) | Form::AddressList);
            let placed = place(&mut observed.fields, field.property, id, list);
            if placed && !observed.links.iter().any(|link| link["id"] == value["id"]) {
                observed.links.push(value);
            }
            placed
        }
        Form::List | Form::Protocol => place(&mut observed.fields, field.property, value, true),
        _ => place(&mut observed.fields, field.property, value, false),
    };
    if item.detects {
        match observed.terms.iter_mut().find(|(property, _)| *property == field.property) {
            Some((_, choices)) if !choices.contains(&comparison) => choices.push(comparison),
            Some(_) => {}
            None => observed.terms.push((field.property, vec![comparison])),
        }
    }
    placed
}

/// A property's value as MISP writes it; of an observable, its value.
pub(crate) fn read_back(value: &Value) -> Option<Cow<'_, str>> {
    Some(match value {
        Value::String(text) => text.as_str().into(),
        Value::Number(number) => number.to_string().into(),
        Value::Bool(truth) => u8::from(*truth).to_string().into(),
        Value::Object(link) => {
            let property = ["value", "name", "path"].into_iter().find_map(|name| link.get(name));
            property?.as_str()?.into()
        }
        _ => return None,
    })
}

/// The value as the property has it (an observable of its own for references), and the comparison of the pattern.
fn formed(field: &Field, path: &str, text: &str) -> Option<(Value, String)> {
    let equal = |constant: &str| format!("{path} = {constant}");
    Some(match field.form {
        Form::Text | Form::List | Form::Url => (text.into(), equal(&literal(text))),
        Form::Key => {
            let key = whole_key(text);
            (key.as_str().into(), equal(&literal(&key)))
        }
        Form::Protocol => {
            let name = text.to_lowercase();
            (name.as_str().into(), equal(&literal(&name)))
        }
        Form::Integer => {
            let digits = text.trim().trim_start_matches("AS").trim_start_matches("as");
            let number: i64 = digits.parse().ok().filter(|number| (0..1 << 53).contains(number))?;
            (number.into(), equal(&number.to_string()))
        }
        Form::Truth => {
            let truth = match text.trim().to_lowercase().as_str() {
                "1" | "true" | "yes" => true,
                "0" | "false" | "no" => false,
                _ => return None,
            };
            (truth.into(), equal(&truth.to_string()))
        }
        Form::Time => {
            let at = stix_time(instant(text)?);
            let constant = format!("t'{at}'");
            (at.into(), equal(&constant))
        }
        Form::Hash => {
            is_hash(field.kind, text).then_some(())?;
            (text.into(), equal(&literal(text)))
        }
        Form::Linked(kind, property) | Form::LinkedList(kind, property) => {
            let link = observable(kind, Map::from_iter([(property.to_owned(), text.into())]), text);
            (link, equal(&literal(text)))
        }
        Form::Address | Form::AddressList => address(field, path, text)?,
    })
}

fn is_hash(kind: &str, text: &str) -> bool {
    match (kind, hash_length(kind)) {
        // STIX 2.1 section 10.6 has it without the prefix `T1`.
        ("tlsh", _) => text.len() == 70 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        (_, Some(length)) => text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        (_, None) => !text.is_empty(),
    }
}

/// Whether a text is an address by RFC 3986: a scheme, and no characters that must be written with percent signs.
fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let allowed = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte);
    let brackets = rest.split(['/', '?', '#']).skip(1).any(|part| part.contains(['[', ']']));
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && rest.bytes().all(allowed)
        && rest.matches('#').count() <= 1
        && !brackets
        && !rest.is_empty()
}

/// Roots of the registry; STIX wants them written out (section 6.17).
const ROOTS: &[(&str, &str)] = &[
    ("HKLM", "HKEY_LOCAL_MACHINE"),
    ("HKCC", "HKEY_CURRENT_CONFIG"),
    ("HKCR", "HKEY_CLASSES_ROOT"),
    ("HKCU", "HKEY_CURRENT_USER"),
    ("HKU", "HKEY_USERS"),
];

fn whole_key(key: &str) -> String {
    let (root, rest) = key.split_once('\\').map_or((key, None), |(root, rest)| (root, Some(rest)));
    let whole =
        ROOTS.iter().find(|(short, _)| short.eq_ignore_ascii_case(root)).map_or(root, |(_, whole)| *whole);
    rest.map_or_else(|| whole.to_owned(), |rest| format!("{whole}\\{rest}"))
}

/// An address or a name, as an observable and as a comparison that says which of them it is.
fn address(field: &Field, path: &str, text: &str) -> Option<(Value, String)> {
    let network = Network::parse(text);
    let kind = match network {
        Some(network) if network.family() == scr_patterns::Family::V4 => "ipv4-addr",
        Some(_) => "ipv6-addr",
        None if field.form == Form::Address && !text.is_empty() => "domain-name",
        None => return None,
    };
    let operator = if text.contains('/') { "ISSUBSET" } else { "=" };
    let mut comparison = format!("{path} {operator} {}", literal(text));
    if field.form == Form::Address {
        let type_path = path.strip_suffix(".value").unwrap_or(path);
        comparison = format!("{type_path}.type = '{kind}' AND {comparison}");
    }
    Some((observable(kind, Map::from_iter([("value".to_owned(), text.into())]), text), comparison))
}

/// Sets a property; `false` where something else stands there already.
fn place(fields: &mut Map<String, Value>, property: &str, value: Value, list: bool) -> bool {
    let (part, rest) = property.split_once('.').map_or((property, None), |(part, rest)| (part, Some(rest)));
    if let Some(name) = part.strip_suffix("[]") {
        let Value::Array(items) = fields.entry(name).or_insert_with(|| json!([])) else { return false };
        // An element without this property, or a new one.
        let free = items.iter_mut().find_map(|item| {
            item.as_object_mut().filter(|item| rest.is_some_and(|rest| !item.contains_key(rest)))
        });
        return match (free, rest) {
            (Some(item), Some(rest)) => place(item, rest, value, list),
            (None, Some(rest)) => {
                let mut item = Map::new();
                let placed = place(&mut item, rest, value, list);
                items.push(Value::Object(item));
                placed
            }
            (_, None) => false,
        };
    }
    match rest {
        Some(rest) => match fields.entry(part).or_insert_with(|| json!({})) {
            Value::Object(inner) => place(inner, rest, value, list),
            _ => false,
        },
        None if list => match fields.entry(part).or_insert_with(|| json!([])) {
            Value::Array(items) => {
                if !items.contains(&value) {
                    items.push(value);
                }
                true
            }
            _ => false,
        },
        None => {
            let fits = fields.get(part).is_none_or(|there| *there == value);
            fields.entry(part).or_insert(value);
            fits
        }
    }
}

/// What STIX demands beside the values.
fn finish(observed: &mut Observed, kind: &str) {
    match kind {
        "network-traffic" if !observed.fields.is_empty() && !observed.fields.contains_key("protocols") => {
            observed.fields.insert("protocols".to_owned(), json!([protocol(&observed.links)]));
        }
        "email-message" if !observed.fields.is_empty() => mail(&mut observed.fields, &observed.links),
        "artifact" if observed.fields.contains_key("decryption_key") => {
            observed.fields.entry("encryption_algorithm").or_insert_with(|| "mime-type-indicated".into());
        }
        _ => {}
    }
}

/// The protocol of which nothing is said follows from the addresses.
fn protocol(links: &[Value]) -> &'static str {
    match links.iter().find_map(|link| link["type"].as_str()) {
        Some("ipv4-addr") => "ipv4",
        Some("ipv6-addr") => "ipv6",
        _ => "tcp",
    }
}

/// Attachments make several parts of a message, and then its text is one of them (STIX 2.1 section 6.6.1).
fn mail(fields: &mut Map<String, Value>, links: &[Value]) {
    let Some(Value::Array(parts)) = fields.get_mut("body_multipart") else {
        fields.insert("is_multipart".to_owned(), false.into());
        return;
    };
    for part in parts.iter_mut().filter_map(Value::as_object_mut) {
        let file = part.get("body_raw_ref").and_then(|id| links.iter().find(|link| link["id"] == *id));
        let name = file.and_then(|file| file["name"].as_str()).unwrap_or_default().replace('"', "'");
        part.insert("content_disposition".to_owned(), format!("attachment; filename=\"{name}\"").into());
    }
    if let Some(body) = fields.remove("body") {
        let text = json!({"body": body, "content_type": "text/plain", "content_disposition": "inline"});
        if let Some(Value::Array(parts)) = fields.get_mut("body_multipart") {
            parts.insert(0, text);
        }
    }
    fields.insert("is_multipart".to_owned(), true.into());
}

/// The main observable first, then those to which it refers. `otherwise` gives an id where none follows from it.
pub(crate) fn observed_with_links(observed: &Observed, kind: &str, otherwise: &str) -> Vec<Value> {
    let mut all = vec![observable(kind, observed.fields.clone(), otherwise)];
    all.extend(observed.links.iter().cloned());
    all
}
