//! The parts of a message, from the outermost to the innermost.

use super::Reader;
use super::sequence::{ALERT, AREA, Fields, INFO, NAMED, RESOURCE};
use crate::finding::Code;
use crate::model::{
    Alert, Area, Category, Certainty, Info, MsgType, Named, Resource, ResponseType, Scope, Severity, Status,
    Urgency, Version,
};
use crate::xml::{Element, is_space};

impl Reader {
    pub(super) fn alert(&mut self, root: &Element) -> Option<Alert> {
        let fields = self.sequence(root, "alert", ALERT);
        let identifier = self.required(&fields, "identifier");
        let sender = self.required(&fields, "sender");
        let sent = self.time(&fields, "sent");
        let status = self.one_closed(&fields, "status", Status::parse);
        let msg_type = self.one_closed(&fields, "msgType", MsgType::parse);
        let source = self.optional(&fields, "source");
        let scope = self.one_closed(&fields, "scope", Scope::parse);
        let restriction = self.optional(&fields, "restriction");
        let addresses = self.list(&fields, "addresses");
        let codes = self.texts(&fields, "code");
        let note = self.optional(&fields, "note");
        let references = self.references(&fields);
        let incidents = self.list(&fields, "incidents");
        let infos: Vec<_> = fields.all("info").map(|(element, path)| self.info(element, path)).collect();
        Some(Alert {
            identifier: identifier?,
            sender: sender?,
            sent: sent??,
            status: status?,
            msg_type: msg_type?,
            source,
            scope: scope?,
            restriction,
            addresses,
            codes,
            note,
            references,
            incidents,
            infos: infos.into_iter().collect::<Option<_>>()?,
        })
    }

    /// Texts that say something.
    fn texts(&mut self, fields: &Fields<'_>, name: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (element, path) in fields.all(name) {
            let text = self.text(element, path);
            if text.chars().all(is_space) {
                self.add(Code::ElementEmpty, path, element, "");
            } else {
                found.push(text);
            }
        }
        found
    }

    fn info(&mut self, element: &Element, path: &str) -> Option<Info> {
        let fields = self.sequence(element, path, INFO);
        let language = self.language(&fields);
        let categories = self.all_closed(&fields, "category", Category::parse);
        let event = self.required(&fields, "event");
        let response_types = self.all_closed(&fields, "responseType", ResponseType::parse);
        let urgency = self.one_closed(&fields, "urgency", Urgency::parse);
        let severity = self.one_closed(&fields, "severity", Severity::parse);
        let is_new = self.version == Version::V12;
        // CAP 1.1 says of the "Very Likely" of 1.0 that it is to be read as Likely.
        let certainty = self.one_closed(&fields, "certainty", |text| match text {
            "Very Likely" if !is_new => Some(Certainty::Likely),
            _ => Certainty::parse(text),
        });
        let audience = self.optional(&fields, "audience");
        let event_codes = self.named(&fields, "eventCode");
        let (effective, onset) = (self.time(&fields, "effective"), self.time(&fields, "onset"));
        let expires = self.time(&fields, "expires");
        let sender_name = self.optional(&fields, "senderName");
        let headline = self.optional(&fields, "headline");
        let description = self.optional(&fields, "description");
        let instruction = self.optional(&fields, "instruction");
        let web = self.uri(&fields, "web");
        let contact = self.optional(&fields, "contact");
        let parameters = self.named(&fields, "parameter");
        let resources: Vec<_> = fields.all("resource").map(|(one, path)| self.resource(one, path)).collect();
        let areas: Vec<_> = fields.all("area").map(|(one, path)| self.area(one, path)).collect();
        Some(Info {
            language,
            // Without a category (CAP 1.0) there is nothing better; an empty list has had its finding.
            categories: categories?,
            event: event?,
            response_types: response_types?,
            urgency: urgency?,
            severity: severity?,
            certainty: certainty?,
            audience,
            event_codes: event_codes?,
            effective: effective?,
            onset: onset?,
            expires: expires?,
            sender_name,
            headline,
            description,
            instruction,
            web,
            contact,
            parameters: parameters?,
            resources: resources.into_iter().collect::<Option<_>>()?,
            areas: areas.into_iter().collect::<Option<_>>()?,
        })
    }

    /// Names and values; `None` when one of them has no meaning.
    fn named(&mut self, fields: &Fields<'_>, name: &str) -> Option<Vec<Named>> {
        let mut found = Vec::new();
        let mut is_whole = true;
        for (element, path) in fields.all(name) {
            let one = if self.version == Version::V10 && element.elements().next().is_none() {
                self.pair(element, path)
            } else {
                let fields = self.sequence(element, path, NAMED);
                let name = self.required(&fields, "valueName");
                let value = fields.one("value").map(|(element, path)| {
                    let text = self.text(element, path);
                    if text.chars().all(is_space) {
                        self.add(Code::ElementEmpty, path, element, "");
                    }
                    text
                });
                name.zip(value).map(|(name, value)| Named { name, value })
            };
            is_whole &= one.is_some();
            found.extend(one);
        }
        is_whole.then_some(found)
    }

    /// `name=value`, as CAP 1.0 had it.
    fn pair(&mut self, element: &Element, path: &str) -> Option<Named> {
        let text = self.text(element, path);
        let pair = text.split_once('=').map(|(name, value)| Named {
            name: name.trim_matches(is_space).to_owned(),
            value: value.trim_matches(is_space).to_owned(),
        });
        if pair.is_none() {
            self.add(Code::PairForm, path, element, &text);
        }
        pair
    }

    fn resource(&mut self, element: &Element, path: &str) -> Option<Resource> {
        let fields = self.sequence(element, path, RESOURCE);
        let description = self.required(&fields, "resourceDesc");
        // CAP 1.0 and 1.1 did not ask for a type.
        let mime_type = match self.required(&fields, "mimeType") {
            None if self.version != Version::V12 => Some("application/octet-stream".to_owned()),
            other => other,
        };
        let size = self.size(&fields);
        let uri = self.uri(&fields, "uri");
        let deref_uri = self.optional(&fields, "derefUri");
        let digest = self.optional(&fields, "digest");
        Some(Resource { description: description?, mime_type: mime_type?, size, uri, deref_uri, digest })
    }

    fn area(&mut self, element: &Element, path: &str) -> Option<Area> {
        let fields = self.sequence(element, path, AREA);
        let description = self.required(&fields, "areaDesc");
        let polygons: Vec<_> = fields.all("polygon").map(|(one, path)| self.polygon(one, path)).collect();
        let circles: Vec<_> = fields.all("circle").map(|(one, path)| self.circle(one, path)).collect();
        let geocodes = self.named(&fields, "geocode");
        let (altitude, ceiling) = (self.number(&fields, "altitude"), self.number(&fields, "ceiling"));
        Some(Area {
            description: description?,
            polygons: polygons.into_iter().flatten().collect(),
            circles: circles.into_iter().flatten().collect(),
            geocodes: geocodes?,
            altitude,
            ceiling,
        })
    }
}
