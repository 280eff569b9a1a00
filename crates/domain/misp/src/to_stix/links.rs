//! What ties objects together: references and sightings.

use super::Converter;
use crate::event::{Attribute, Object, Reference, Sighting, SightingKind, stix_seconds};
use crate::warning::Code;
use scr_core::Tlp;
use serde_json::{Value, json};

impl Converter<'_> {
    pub(super) fn references(&self, object: &Object, path: &str) {
        let ends = |reference: &Reference| {
            let out = self.out.borrow();
            Some((out.main.get(&object.uuid)?.clone(), out.main.get(&reference.to)?.clone()))
        };
        for (at, reference) in
            object.references.iter().enumerate().filter(|(_, reference)| !reference.deleted)
        {
            let Some((from, to)) = ends(reference) else {
                let place = format!("{path}.ObjectReference[{at}]");
                self.log.push(&place, Code::Dangling, &reference.to.to_string());
                continue;
            };
            let what = relationship_type(&reference.relationship);
            // As narrow as the narrower end: who may not see an end must not see that there is one.
            let tlp = self.narrower(&from, &to);
            let mut fields = self.relate(&from, &what, &to, reference.timestamp, tlp);
            fields.insert("id".to_owned(), format!("relationship--{}", reference.uuid).into());
            if !reference.comment.is_empty() {
                fields.insert("description".to_owned(), reference.comment.as_str().into());
            }
            if what != reference.relationship {
                fields.insert("x_misp_relationship_type".to_owned(), reference.relationship.as_str().into());
            }
            self.write(Value::Object(fields));
        }
    }

    /// The narrower label of two objects that are written.
    fn narrower(&self, one: &str, other: &str) -> Tlp {
        let out = self.out.borrow();
        let label = |id: &str| out.written.get(id).map_or(self.tlp, |(tlp, _)| *tlp);
        label(one).max(label(other))
    }

    /// Sightings and false alarms. When an indicator ends is said in the indicator.
    pub(super) fn sightings(&self, attribute: &Attribute, of: &str, tlp: Tlp) {
        for sighting in &attribute.sightings {
            match sighting.kind {
                SightingKind::Seen => self.sighting(sighting, of, tlp),
                SightingKind::FalsePositive => self.opinion(sighting, of, tlp),
                SightingKind::Expiration if of.starts_with("indicator--") => {}
                SightingKind::Expiration => {
                    let place = format!("Attribute[{}].Sighting", attribute.uuid);
                    self.log.push(&place, Code::NoCounterpart, "only an indicator has an end");
                }
            }
        }
    }

    fn sighting(&self, sighting: &Sighting, of: &str, tlp: Tlp) {
        let id = format!("sighting--{}", sighting.uuid);
        let mut fields = self.head("sighting", &id, sighting.at, tlp);
        fields.insert("created".to_owned(), stix_seconds(sighting.at).into());
        fields.insert("first_seen".to_owned(), stix_seconds(sighting.at).into());
        fields.insert("last_seen".to_owned(), stix_seconds(sighting.at).into());
        fields.insert("count".to_owned(), 1.into());
        fields.insert("sighting_of_ref".to_owned(), of.into());
        if let Some(org) = sighting.org.as_ref().filter(|_| !self.chatham_house) {
            let identity = self.other_identity(org, tlp);
            fields.insert("where_sighted_refs".to_owned(), json!([identity]));
        }
        if !sighting.source.is_empty() && !self.chatham_house {
            fields.insert("description".to_owned(), sighting.source.as_str().into());
        }
        self.write(Value::Object(fields));
    }

    fn opinion(&self, sighting: &Sighting, of: &str, tlp: Tlp) {
        let id = format!("opinion--{}", sighting.uuid);
        let mut fields = self.head("opinion", &id, sighting.at, tlp);
        fields.insert("created".to_owned(), stix_seconds(sighting.at).into());
        fields.insert("opinion".to_owned(), "strongly-disagree".into());
        fields.insert("explanation".to_owned(), "False positive".into());
        fields.insert("object_refs".to_owned(), json!([of]));
        if let Some(org) = sighting.org.as_ref().filter(|_| !self.chatham_house) {
            fields.insert("authors".to_owned(), json!([org.name]));
        }
        self.write(Value::Object(fields));
    }
}

/// A type of relationship as STIX writes them: small letters, digits, hyphens.
fn relationship_type(name: &str) -> String {
    let lower = name.trim().to_lowercase();
    let plain: String = lower.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "related-to".to_owned() } else { plain.to_owned() }
}
