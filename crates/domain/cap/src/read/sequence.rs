//! What stands in what, how often, in which order: the sequences of cap12.xsd.

use super::Reader;
use crate::finding::Code;
use crate::model::Version;
use crate::xml::{Attribute, Element, Node, is_space};

const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// How often an element stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Often {
    Once,
    Maybe,
    Any,
    AtLeastOnce,
}

use Often::{Any, AtLeastOnce, Maybe, Once};

pub(super) type Slot = (&'static str, Often);

pub(super) const ALERT: &[Slot] = &[
    ("identifier", Once),
    ("sender", Once),
    ("sent", Once),
    ("status", Once),
    ("msgType", Once),
    ("source", Maybe),
    ("scope", Once),
    ("restriction", Maybe),
    ("addresses", Maybe),
    ("code", Any),
    ("note", Maybe),
    ("references", Maybe),
    ("incidents", Maybe),
    ("info", Any),
];

pub(super) const INFO: &[Slot] = &[
    ("language", Maybe),
    ("category", AtLeastOnce),
    ("event", Once),
    ("responseType", Any),
    ("urgency", Once),
    ("severity", Once),
    ("certainty", Once),
    ("audience", Maybe),
    ("eventCode", Any),
    ("effective", Maybe),
    ("onset", Maybe),
    ("expires", Maybe),
    ("senderName", Maybe),
    ("headline", Maybe),
    ("description", Maybe),
    ("instruction", Maybe),
    ("web", Maybe),
    ("contact", Maybe),
    ("parameter", Any),
    ("resource", Any),
    ("area", Any),
];

pub(super) const NAMED: &[Slot] = &[("valueName", Once), ("value", Once)];

pub(super) const RESOURCE: &[Slot] = &[
    ("resourceDesc", Once),
    ("mimeType", Once),
    ("size", Maybe),
    ("uri", Maybe),
    ("derefUri", Maybe),
    ("digest", Maybe),
];

pub(super) const AREA: &[Slot] = &[
    ("areaDesc", Once),
    ("polygon", Any),
    ("circle", Any),
    ("geocode", Any),
    ("altitude", Maybe),
    ("ceiling", Maybe),
];

/// The elements found, by name, each with its path.
pub(super) struct Fields<'e> {
    found: Vec<(&'static str, &'e Element, String)>,
}

impl<'e> Fields<'e> {
    pub(super) fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = (&'e Element, &'f str)> + 'f {
        let named = self.found.iter().filter(move |(known, ..)| *known == name);
        named.map(|(_, element, path)| (*element, path.as_str()))
    }

    pub(super) fn one<'f>(&'f self, name: &'f str) -> Option<(&'e Element, &'f str)> {
        self.all(name).next()
    }
}

impl Reader {
    /// Holds the children of an element against its table.
    pub(super) fn sequence<'e>(
        &mut self,
        element: &'e Element,
        path: &str,
        table: &'static [Slot],
    ) -> Fields<'e> {
        self.attributes(element, path);
        let mut fields = Fields { found: Vec::new() };
        let mut counts = vec![0_usize; table.len()];
        let (mut place, mut signed) = (0, false);
        for node in element.children() {
            let child = match node {
                Node::Element(child) => child,
                Node::Text(text) if !text.chars().all(is_space) => {
                    self.add(Code::TextStray, path, element, text.trim());
                    continue;
                }
                other => {
                    self.instruction(path, other);
                    continue;
                }
            };
            if path == "alert" && Self::is_signature(child) {
                signed = true;
                if child.local() != "Signature" {
                    self.add(Code::ElementForeign, path, child, child.local());
                }
                continue;
            }
            let known = table.iter().position(|(name, _)| *name == child.local());
            let Some(slot) = known.filter(|_| child.namespace() == self.version.namespace()) else {
                self.unknown(child, path);
                continue;
            };
            let (Some((name, often)), Some(count)) = (table.get(slot), counts.get_mut(slot)) else {
                continue;
            };
            *count += 1;
            let number = *count;
            let own = match often {
                Any | AtLeastOnce => format!("{path}/{name}[{number}]"),
                Once | Maybe => format!("{path}/{name}"),
            };
            if number > 1 && matches!(often, Once | Maybe) {
                self.is_ambiguous = true;
                self.add(Code::ElementRepeated, &own, child, "");
                continue;
            }
            if (slot < place || signed) && self.version != Version::V10 {
                self.add(Code::ElementOrder, &own, child, "");
            }
            place = place.max(slot);
            self.lines.insert(own.clone(), child.line());
            fields.found.push((name, child, own));
        }
        self.missing(element, path, table, &counts);
        fields
    }

    fn missing(&mut self, element: &Element, path: &str, table: &'static [Slot], counts: &[usize]) {
        self.lines.insert(path.to_owned(), element.line());
        for ((name, often), count) in table.iter().zip(counts) {
            // CAP 1.0 did not ask for a category, nor it and 1.1 for the type of a file.
            let was_free = (self.version == Version::V10 && *name == "category")
                || (self.version != Version::V12 && *name == "mimeType");
            if matches!(often, Once | AtLeastOnce) && *count == 0 && !was_free {
                self.add(Code::ElementMissing, path, element, name);
            }
        }
    }

    fn unknown(&mut self, child: &Element, path: &str) {
        let is_old = self.version != Version::V12 && child.is(self.version.namespace(), "password");
        let code = if is_old { Code::ElementOld } else { Code::ElementUnknown };
        self.add(code, path, child, &child.to_string());
    }

    pub(super) fn attributes(&mut self, element: &Element, path: &str) {
        for Attribute { local, namespace, .. } in &element.attributes {
            let names_schema = &**namespace == SCHEMA_INSTANCE
                && matches!(&**local, "schemaLocation" | "noNamespaceSchemaLocation");
            let code = if names_schema { Code::AttributeIgnored } else { Code::AttributeUnknown };
            self.add(code, path, element, local);
        }
    }
}
