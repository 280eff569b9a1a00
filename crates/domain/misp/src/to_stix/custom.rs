//! What STIX has no place for, with everything that it says.

use super::Converter;
use crate::event::{Attribute, EventReport, Form, Object, attribute_json, stix_time};
use crate::ids::derived;
use crate::tlp;
use scr_core::Tlp;
use serde_json::{Map, Value, json};

/// The properties of an `x-misp-attribute`.
pub(super) fn attribute_fields(fields: &mut Map<String, Value>, attribute: &Attribute) {
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("x_misp_type", attribute.kind.as_str().into());
    put("x_misp_category", attribute.category.as_str().into());
    put("x_misp_value", attribute.value.as_str().into());
    put("x_misp_to_ids", attribute.to_ids.into());
    if !attribute.comment.is_empty() {
        put("x_misp_comment", attribute.comment.as_str().into());
    }
    if let Some(data) = &attribute.data {
        put("x_misp_data", data.as_str().into());
    }
    if attribute.disable_correlation {
        put("x_misp_disable_correlation", true.into());
    }
    for (name, at) in [("x_misp_first_seen", attribute.first_seen), ("x_misp_last_seen", attribute.last_seen)]
    {
        if let Some(at) = at {
            put(name, stix_time(at).into());
        }
    }
}

impl Converter<'_> {
    /// An object without a counterpart.
    pub(super) fn custom_object(&self, object: &Object, tlp: Tlp) -> String {
        let id = format!("x-misp-object--{}", object.uuid);
        let mut fields = self.head("x-misp-object", &id, object.timestamp, tlp);
        let attributes = object.attributes.iter().filter(|attribute| !attribute.deleted);
        let attributes: Vec<Value> =
            attributes.map(|attribute| attribute_json(attribute, Form::Feed)).collect();
        fields.insert("x_misp_name".to_owned(), object.name.as_str().into());
        fields.insert("x_misp_meta_category".to_owned(), object.meta_category.as_str().into());
        fields.insert("x_misp_attributes".to_owned(), attributes.into());
        fields.extend(self.object_extras(object));
        self.labelled(&mut fields, &[], object_labels(object));
        self.write(Value::Object(fields));
        self.stands_for(object.uuid, &id);
        id
    }

    /// What an object of MISP has beside its attributes.
    pub(super) fn object_extras(&self, object: &Object) -> Map<String, Value> {
        let mut fields = Map::new();
        let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
        if !object.comment.is_empty() {
            put("x_misp_item_comment", object.comment.as_str().into());
        }
        if !object.description.is_empty() {
            put("x_misp_item_description", object.description.as_str().into());
        }
        if let Some(template) = object.template_uuid {
            put("x_misp_item_template_uuid", template.to_string().into());
            put("x_misp_item_template_version", object.template_version.into());
        }
        fields
    }

    /// A report of the event.
    pub(super) fn note(&self, report: &EventReport) {
        let id = format!("note--{}", report.uuid);
        let tlp = tlp::of_item(&[], report.distribution, self.tlp);
        let mut fields = self.head("note", &id, report.timestamp, tlp);
        fields.insert("abstract".to_owned(), report.name.as_str().into());
        fields.insert("content".to_owned(), report.content.as_str().into());
        fields.insert("object_refs".to_owned(), json!([self.container_id()]));
        fields.insert("labels".to_owned(), json!(["misp:data-layer=\"Event Report\""]));
        self.write(Value::Object(fields));
    }

    /// A report must name something (STIX 2.1 sections 4.4 and 4.16).
    pub(super) fn empty(&self) {
        let id = format!("x-misp-event-note--{}", derived(&["empty", &self.event.uuid.to_string()]));
        let mut fields = self.head("x-misp-event-note", &id, self.event.timestamp, self.tlp);
        fields.insert("x_misp_event_note".to_owned(), "The event has no attributes and no objects.".into());
        fields.insert("object_ref".to_owned(), self.container_id().into());
        self.write(Value::Object(fields));
    }

    fn container_id(&self) -> String {
        format!("{}--{}", if self.event.published { "report" } else { "grouping" }, self.event.uuid)
    }
}

/// The labels by which an object's template is known again.
pub(super) fn object_labels(object: &Object) -> Vec<String> {
    vec![format!("misp:name=\"{}\"", object.name), format!("misp:meta-category=\"{}\"", object.meta_category)]
}
