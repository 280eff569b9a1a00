//! Attributes that stand by themselves.

use super::head::put_time;
use super::{Converter, Observations};
use crate::event::{Attribute, stix_seconds, stix_time};
use crate::mapping::{Item, Observed, attribute_row, build, observed_with_links};
use crate::sco::observable;
use crate::tlp;
use crate::warning::Code;
use jiff::Timestamp;
use scr_core::Tlp;
use scr_patterns::Pattern;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// Rules of other languages: type of the attribute and of the pattern.
const LANGUAGES: &[&str] = &["sigma", "snort", "suricata", "yara"];

/// What an indicator or observed data says of itself.
pub(super) struct Said<'s> {
    pub(super) uuid: Uuid,
    pub(super) changed: i64,
    pub(super) tlp: Tlp,
    pub(super) first_seen: Option<Timestamp>,
    pub(super) last_seen: Option<Timestamp>,
    pub(super) labels: Vec<String>,
    pub(super) comment: &'s str,
    /// Further properties.
    pub(super) more: Map<String, Value>,
}

impl Converter<'_> {
    pub(super) fn attribute(&self, attribute: &Attribute, path: &str) {
        let tlp = tlp::of_item(&attribute.tags, attribute.distribution, self.tlp);
        let id = self.attribute_object(attribute, path, tlp);
        if let Some(id) = id {
            self.attribute_clusters(attribute, &id, tlp);
            self.sightings(attribute, &id, tlp);
        }
    }

    /// Writes what the attribute is; gives the id of what stands for it.
    fn attribute_object(&self, attribute: &Attribute, path: &str, tlp: Tlp) -> Option<String> {
        if let Some(pattern_type) = self.language(attribute) {
            let said = self.said(attribute, tlp);
            return Some(self.indicator(&said, attribute, &attribute.value, pattern_type));
        }
        match attribute.kind.as_str() {
            "vulnerability" => return self.named(attribute, "vulnerability", tlp),
            "campaign-name" => return self.named(attribute, "campaign", tlp),
            _ => {}
        }
        let observed = attribute_observed(attribute);
        let main = observed.as_ref().and_then(|(observed, kind)| {
            let mut said = self.said(attribute, tlp);
            if !observed.rewritten.is_empty() {
                said.more.insert("x_misp_item_value".to_owned(), attribute.value.as_str().into());
            }
            self.observed(&said, attribute, observed, kind)
        });
        if main.is_some() || attribute.deleted {
            return main;
        }
        let misfit = observed.is_none_or(|(observed, _)| !observed.rest.is_empty());
        if misfit && attribute_row(&attribute.kind).is_some() {
            self.log.push(
                path,
                Code::NoCounterpart,
                &format!("{}: kept as x-misp-attribute", attribute.kind),
            );
        }
        Some(self.custom_attribute(attribute, tlp))
    }

    /// The language of a rule; of STIX only what is a pattern.
    fn language(&self, attribute: &Attribute) -> Option<&'static str> {
        if attribute.kind == "stix2-pattern" {
            return Pattern::parse(&attribute.value, &scr_patterns::Limits::default()).ok().map(|_| "stix");
        }
        LANGUAGES.iter().find(|language| **language == attribute.kind).copied()
    }

    fn said<'s>(&self, attribute: &'s Attribute, tlp: Tlp) -> Said<'s> {
        Said {
            uuid: attribute.uuid,
            changed: attribute.timestamp,
            tlp,
            first_seen: attribute.first_seen,
            last_seen: attribute.last_seen,
            labels: vec![
                format!("misp:type=\"{}\"", attribute.kind),
                format!("misp:category=\"{}\"", attribute.category),
            ],
            comment: &attribute.comment,
            more: Map::new(),
        }
    }

    /// Indicator, observed data or both; gives the id of the one that stands for the attribute. `None` where nothing
    /// can be written.
    fn observed(
        &self,
        said: &Said<'_>,
        attribute: &Attribute,
        observed: &Observed,
        kind: &str,
    ) -> Option<String> {
        let pattern = observed.pattern();
        let wanted = self.options.observations == Observations::Always
            || pattern.is_none()
            || attribute.data.is_some();
        let whole = observed.rest.is_empty() && observed.stands(kind) && !attribute.deleted;
        let data = (whole && wanted).then(|| self.observed_data(said, observed, kind));
        let Some(pattern) = pattern else { return data };
        let indicator = self.indicator(said, attribute, &pattern, "stix");
        if let Some(data) = data {
            self.write(Value::Object(self.relate(&indicator, "based-on", &data, said.changed, said.tlp)));
        }
        Some(indicator)
    }

    /// Observed data with its observables; gives its id.
    pub(super) fn observed_data(&self, said: &Said<'_>, observed: &Observed, kind: &str) -> String {
        let id = format!("observed-data--{}", said.uuid);
        let mut observables = observed_with_links(observed, kind, &said.uuid.to_string());
        if let Some(main) = observables.first_mut() {
            self.tell_apart(main);
        }
        let refs: Vec<&Value> = observables.iter().map(|object| &object["id"]).collect();
        let first = said.first_seen.map_or_else(|| stix_seconds(said.changed), stix_time);
        let last = said.last_seen.filter(|last| said.first_seen.is_none_or(|first| *last >= first));
        let last = last.map_or_else(|| first.clone(), stix_time);
        let mut fields = self.head("observed-data", &id, said.changed, said.tlp);
        fields.insert("first_observed".to_owned(), std::cmp::min(&first, &last).as_str().into());
        fields.insert("last_observed".to_owned(), last.into());
        fields.insert("number_observed".to_owned(), 1.into());
        fields.insert("object_refs".to_owned(), json!(refs));
        if !said.comment.is_empty() {
            fields.insert("x_misp_item_comment".to_owned(), said.comment.into());
        }
        fields.extend(said.more.clone());
        self.labelled(&mut fields, &[], said.labels.clone());
        self.write(Value::Object(fields));
        for object in observables {
            self.write(self.marked(object, said.tlp));
        }
        self.stands_for(said.uuid, &id);
        id
    }

    /// An indicator; gives its id. One that is withdrawn is revoked.
    pub(super) fn indicator(
        &self,
        said: &Said<'_>,
        attribute: &Attribute,
        pattern: &str,
        pattern_type: &str,
    ) -> String {
        let id = format!("indicator--{}", said.uuid);
        let mut fields = self.head("indicator", &id, said.changed, said.tlp);
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        put("pattern", pattern.into());
        put("pattern_type", pattern_type.into());
        if pattern_type == "stix" {
            put("pattern_version", "2.1".into());
        }
        let from = said.first_seen.map_or(said.changed, Timestamp::as_second);
        put("valid_from", said.first_seen.map_or_else(|| stix_seconds(said.changed), stix_time).into());
        if let Some(until) = attribute.expired_at() {
            // The end must lie behind the beginning (STIX 2.1 section 4.7).
            put("valid_until", stix_seconds(until.max(from + 1)).into());
        }
        put(
            "kill_chain_phases",
            json!([{"kill_chain_name": "misp-category", "phase_name": attribute.category}]),
        );
        if !said.comment.is_empty() {
            put("description", said.comment.into());
        }
        if attribute.deleted {
            put("revoked", true.into());
        }
        put_time(&mut fields, "x_misp_item_first_seen", said.first_seen);
        put_time(&mut fields, "x_misp_item_last_seen", said.last_seen);
        fields.extend(said.more.clone());
        self.labelled(&mut fields, &attribute.tags, said.labels.clone());
        self.write(Value::Object(fields));
        self.stands_for(said.uuid, &id);
        id
    }

    /// An attribute that is the name of something.
    fn named(&self, attribute: &Attribute, kind: &str, tlp: Tlp) -> Option<String> {
        if attribute.deleted {
            return None;
        }
        let id = format!("{kind}--{}", attribute.uuid);
        let mut fields = self.head(kind, &id, attribute.timestamp, tlp);
        fields.insert("name".to_owned(), attribute.value.as_str().into());
        if kind == "vulnerability" {
            let reference = json!([{"source_name": "cve", "external_id": attribute.value}]);
            fields.insert("external_references".to_owned(), reference);
        }
        if !attribute.comment.is_empty() {
            fields.insert("description".to_owned(), attribute.comment.as_str().into());
        }
        if attribute.to_ids {
            fields.insert("x_misp_to_ids".to_owned(), true.into());
        }
        self.labelled(&mut fields, &attribute.tags, self.said(attribute, tlp).labels);
        self.write(Value::Object(fields));
        self.stands_for(attribute.uuid, &id);
        Some(id)
    }

    fn custom_attribute(&self, attribute: &Attribute, tlp: Tlp) -> String {
        let id = format!("x-misp-attribute--{}", attribute.uuid);
        let mut fields = self.head("x-misp-attribute", &id, attribute.timestamp, tlp);
        super::custom::attribute_fields(&mut fields, attribute);
        self.labelled(&mut fields, &attribute.tags, self.said(attribute, tlp).labels);
        self.write(Value::Object(fields));
        self.stands_for(attribute.uuid, &id);
        id
    }
}

/// The observable of an attribute, and its type.
fn attribute_observed(attribute: &Attribute) -> Option<(Observed, &'static str)> {
    let row = attribute_row(&attribute.kind)?;
    let template = row.template()?;
    let (left, right) = attribute.parts();
    let detects = attribute.to_ids;
    let mut items = vec![Item { relation: row.left, value: left, detects }];
    match (row.right.is_empty(), right) {
        (true, _) => {}
        (false, Some(right)) => items.push(Item { relation: row.right, value: right, detects }),
        // `filename|md5` without a hash is not what it says.
        (false, None) => return None,
    }
    let mut observed = build(template, &items);
    // Half of a composite is not what it says.
    if items.len() > 1 && !observed.rest.is_empty() {
        return None;
    }
    if let Some(data) = attribute.data.as_deref() {
        attach(&mut observed, &attribute.kind, data);
    }
    Some((observed, template.kind))
}

/// The content of a file. Samples come as archives with the password `infected`.
pub(super) fn attach(observed: &mut Observed, kind: &str, data: &str) {
    let data: String = data.chars().filter(|c| !c.is_whitespace()).collect();
    let Ok(bytes) = scr_canon::unb64(&data) else { return };
    if bytes.is_empty() {
        return;
    }
    let mut fields = Map::from_iter([("payload_bin".to_owned(), Value::from(data))]);
    if kind == "malware-sample" {
        fields.insert("mime_type".to_owned(), "application/zip".into());
        fields.insert("encryption_algorithm".to_owned(), "mime-type-indicated".into());
        fields.insert("decryption_key".to_owned(), "infected".into());
    }
    let artifact = observable("artifact", fields, "");
    observed.fields.insert("content_ref".to_owned(), artifact["id"].clone());
    observed.links.push(artifact);
}
