//! What all objects begin with, and the objects that an event has once: identity, report, definitions of markings.

use super::Converter;
use crate::event::{Org, Tag, midnight, stix_seconds, stix_time};
use crate::ids::derived;
use crate::tlp::{is_chatham_house, is_tlp};
use jiff::Timestamp;
use scr_core::Tlp;
use scr_stix::{Id, tlp as stix_tlp};
use serde_json::{Map, Value, json};

/// MISP's own scale of confidence, as STIX counts it.
const CONFIDENCE: &[(&str, u8)] = &[
    ("misp:confidence-level=\"completely-confident\"", 100),
    ("misp:confidence-level=\"usually-confident\"", 75),
    ("misp:confidence-level=\"fairly-confident\"", 50),
    ("misp:confidence-level=\"rarely-confident\"", 25),
    ("misp:confidence-level=\"unconfident\"", 0),
];

/// The second after 1970 at which a stand-in is dated: see [`Converter::standing_in`].
fn rank(tlp: Tlp) -> i64 {
    match tlp {
        Tlp::Red => 0,
        Tlp::AmberStrict => 1,
        Tlp::Amber => 2,
        Tlp::Green => 3,
        Tlp::Clear => 4,
    }
}

impl Converter<'_> {
    /// Type, id, times, creator and marking of an object.
    ///
    /// `created` must never change between versions (STIX 2.1 section 3.2), but MISP has one time alone, that of the
    /// last change. So it is the day of the event, which stays, or the last change where that is earlier.
    pub(super) fn head(&self, kind: &str, id: &str, changed: i64, tlp: Tlp) -> Map<String, Value> {
        let created = midnight(self.event.date).unwrap_or(0).min(changed);
        let mut fields = self.dated(kind, id, created, changed, tlp);
        if let Some(creator) = self.creator() {
            fields.insert("created_by_ref".to_owned(), creator.into());
        }
        fields
    }

    fn dated(&self, kind: &str, id: &str, created: i64, modified: i64, tlp: Tlp) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        put("type", kind.into());
        put("spec_version", "2.1".into());
        put("id", id.into());
        put("created", stix_seconds(created).into());
        put("modified", stix_seconds(modified).into());
        put("object_marking_refs", json!([self.marking(tlp)]));
        fields
    }

    /// The beginning of an object that stands in for somebody else's: an organisation, a technique of ATT&CK. It is
    /// dated to the first seconds of 1970, so that whatever its owner publishes is newer; and the wider the marking
    /// the newer, so that of two events with different markings the wider one stands, whichever comes first.
    pub(super) fn standing_in(&self, kind: &str, id: &str, tlp: Tlp) -> Map<String, Value> {
        self.dated(kind, id, 0, rank(tlp), tlp)
    }

    /// The marking's id; its definition will be sent along.
    pub(super) fn marking(&self, tlp: Tlp) -> String {
        self.out.borrow_mut().labels.insert(tlp);
        stix_tlp::marking_id(tlp)
    }

    /// Marks an observable.
    pub(super) fn marked(&self, mut observable: Value, tlp: Tlp) -> Value {
        let marking = self.marking(tlp);
        if let Value::Object(fields) = &mut observable {
            fields.insert("object_marking_refs".to_owned(), json!([marking]));
        }
        observable
    }

    pub(super) fn definitions(&self) -> Vec<Value> {
        let labels = self.out.borrow().labels.clone();
        let ids = labels.into_iter().filter_map(|tlp| Id::parse(&stix_tlp::marking_id(tlp)).ok());
        ids.filter_map(|id| stix_tlp::definition(&id)).collect()
    }

    /// The creator's id; nobody's under the Chatham House rule.
    fn creator(&self) -> Option<String> {
        (!self.chatham_house).then(|| identity_id(&self.event.orgc))
    }

    pub(super) fn identity(&self) -> Option<Value> {
        let id = self.creator()?;
        let mut fields = self.standing_in("identity", &id, self.tlp);
        fields.insert("name".to_owned(), self.event.orgc.name.as_str().into());
        fields.insert("identity_class".to_owned(), "organization".into());
        Some(Value::Object(fields))
    }

    /// The identity of an organisation that is named within the event; written once. Like the creator's it is none of
    /// the things that the report is about.
    pub(super) fn other_identity(&self, org: &Org, tlp: Tlp) -> String {
        let id = identity_id(org);
        if *org != self.event.orgc || self.chatham_house {
            let mut fields = self.standing_in("identity", &id, tlp);
            fields.insert("name".to_owned(), org.name.as_str().into());
            fields.insert("identity_class".to_owned(), "organization".into());
            self.write_beside(Value::Object(fields));
        }
        id
    }

    /// The report or the grouping.
    pub(super) fn container(&self) -> Value {
        let event = self.event;
        let kind = if event.published { "report" } else { "grouping" };
        let id = format!("{kind}--{}", event.uuid);
        let mut fields = self.head(kind, &id, event.timestamp, self.tlp);
        let refs = std::mem::take(&mut self.out.borrow_mut().refs);
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        put("name", if event.info.is_empty() { event.uuid.to_string() } else { event.info.clone() }.into());
        put("object_refs", refs.into());
        if event.published {
            let at = if event.publish_timestamp > 0 { event.publish_timestamp } else { event.timestamp };
            put("published", stix_seconds(at).into());
            put("report_types", json!(["threat-report"]));
        } else {
            put("context", "suspicious-activity".into());
        }
        put("x_misp_date", event.date.to_string().into());
        put("x_misp_analysis", event.analysis.into());
        put("x_misp_threat_level_id", event.threat_level.into());
        if let Some(extends) = event.extends {
            put("x_misp_extends_uuid", extends.to_string().into());
        }
        self.labelled(&mut fields, &event.tags, Vec::new());
        Value::Object(fields)
    }

    /// Labels and confidence of the tags. Those of TLP are the marking; those of galaxies are objects of their own
    /// where they could be made; what is local stays.
    pub(super) fn labelled(&self, fields: &mut Map<String, Value>, tags: &[Tag], first: Vec<String>) {
        let mut labels = first;
        for tag in tags.iter().filter(|tag| tag.exportable && !tag.local) {
            let name = tag.name.trim();
            if (is_tlp(name) && !is_chatham_house(name)) || self.clusters.has(name) {
                continue;
            }
            if let Some((_, confidence)) = CONFIDENCE.iter().find(|(label, _)| *label == name) {
                fields.insert("confidence".to_owned(), (*confidence).into());
                continue;
            }
            if !labels.iter().any(|label| label == name) {
                labels.push(name.to_owned());
            }
        }
        if !labels.is_empty() {
            fields.insert("labels".to_owned(), labels.into());
        }
    }

    /// A relationship between two objects. Its id is the one given, or follows from what it says.
    pub(super) fn relate(
        &self,
        from: &str,
        what: &str,
        to: &str,
        changed: i64,
        tlp: Tlp,
    ) -> Map<String, Value> {
        let id = format!("relationship--{}", derived(&["relationship", from, what, to]));
        let mut fields = self.head("relationship", &id, changed, tlp);
        fields.insert("relationship_type".to_owned(), what.into());
        fields.insert("source_ref".to_owned(), from.into());
        fields.insert("target_ref".to_owned(), to.into());
        fields
    }
}

/// An organisation's id in STIX.
pub(super) fn identity_id(org: &Org) -> String {
    format!("identity--{}", org.uuid)
}

/// Puts a time that MISP has and STIX has no place for.
pub(super) fn put_time(fields: &mut Map<String, Value>, name: &str, at: Option<Timestamp>) {
    if let Some(at) = at {
        fields.insert(name.to_owned(), stix_time(at).into());
    }
}
