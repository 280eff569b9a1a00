//! Single values: the simple types of cap12.xsd, and what the standard says of their form.

use super::Reader;
use super::sequence::Fields;
use crate::area::{Circle, Point, Polygon};
use crate::finding::Code;
use crate::fixed::{Fixed, FixedError};
use crate::model::{Reference, Version};
use crate::time::{Time, TimeError};
use crate::xml::{Element, Node, collapsed, is_space};

impl Reader {
    /// The text of an element that has nothing else.
    pub(super) fn text(&mut self, element: &Element, path: &str) -> String {
        self.attributes(element, path);
        for node in element.children() {
            match node {
                Node::Element(child) => self.add(Code::ElementUnknown, path, child, &child.to_string()),
                other => self.instruction(path, other),
            }
        }
        element.text()
    }

    /// A text that must be there and say something.
    pub(super) fn required(&mut self, fields: &Fields<'_>, name: &str) -> Option<String> {
        let (element, path) = fields.one(name)?;
        let text = self.text(element, path);
        if text.chars().all(is_space) {
            self.add(Code::RequiredEmpty, path, element, "");
        }
        Some(text)
    }

    /// A text that may be missing; an empty one is.
    pub(super) fn optional(&mut self, fields: &Fields<'_>, name: &str) -> Option<String> {
        let (element, path) = fields.one(name)?;
        let text = self.text(element, path);
        if text.chars().all(is_space) {
            self.add(Code::ElementEmpty, path, element, "");
            return None;
        }
        Some(text)
    }

    /// The same where white space around it means nothing (xs:anyURI, xs:language).
    pub(super) fn optional_collapsed(&mut self, fields: &Fields<'_>, name: &str) -> Option<String> {
        self.optional(fields, name).map(|text| collapsed(&text))
    }

    /// xs:anyURI.
    pub(super) fn uri(&mut self, fields: &Fields<'_>, name: &str) -> Option<String> {
        let (element, path) = fields.one(name)?;
        let text = self.optional_collapsed(fields, name)?;
        if !crate::forms::is_any_uri(&text) {
            self.add(Code::UriForm, path, element, &text);
        }
        Some(text)
    }

    pub(super) fn language(&mut self, fields: &Fields<'_>) -> Option<String> {
        let (element, path) = fields.one("language")?;
        let text = self.optional_collapsed(fields, "language")?;
        if !crate::forms::is_language(&text) {
            self.add(Code::LanguageForm, path, element, &text);
        }
        Some(text)
    }

    /// One of a list of values.
    pub(super) fn closed<T>(
        &mut self,
        element: &Element,
        path: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(element, path);
        if let Some(value) = parse(&text) {
            return Some(value);
        }
        let trimmed = text.trim_matches(is_space);
        let value = parse(trimmed);
        let code = if value.is_some() { Code::ValueSpaced } else { Code::ValueUnknown };
        self.add(code, path, element, trimmed);
        value
    }

    pub(super) fn one_closed<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let (element, path) = fields.one(name)?;
        self.closed(element, path, parse)
    }

    /// All values; `None` when one of them is none.
    pub(super) fn all_closed<T>(
        &mut self,
        fields: &Fields<'_>,
        name: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Vec<T>> {
        let values: Vec<_> =
            fields.all(name).map(|(element, path)| self.closed(element, path, &parse)).collect();
        values.into_iter().collect()
    }

    /// A time: outer `None` where it cannot be read, inner where there is none.
    #[expect(clippy::option_option, reason = "not there, and there without a meaning, are two things")]
    pub(super) fn time(&mut self, fields: &Fields<'_>, name: &str) -> Option<Option<Time>> {
        let Some((element, path)) = fields.one(name) else { return Some(None) };
        let text = collapsed(&self.text(element, path));
        let is_old = self.version != Version::V12;
        match Time::parse_lenient(&text) {
            Ok(read) => {
                if read.is_other_form {
                    let code = if is_old { Code::TimeFormOld } else { Code::TimeForm };
                    self.add(code, path, element, &text);
                }
                Some(Some(read.time))
            }
            Err(TimeError::Form | TimeError::NoSuchTime) => {
                self.add(Code::TimeForm, path, element, &text);
                None
            }
        }
    }

    pub(super) fn number(&mut self, fields: &Fields<'_>, name: &str) -> Option<Fixed> {
        let (element, path) = fields.one(name)?;
        let text = collapsed(&self.text(element, path));
        let code = match Fixed::parse(&text) {
            Ok(number) => return Some(number),
            Err(FixedError::Form) => Code::NumberForm,
            Err(FixedError::Range) => Code::NumberRange,
        };
        self.add(code, path, element, &text);
        None
    }

    /// xs:integer, and not negative.
    pub(super) fn size(&mut self, fields: &Fields<'_>) -> Option<u64> {
        let (element, path) = fields.one("size")?;
        let text = collapsed(&self.text(element, path));
        let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
        let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let size = text.strip_prefix('+').unwrap_or(&text).parse().ok().filter(|_| is_integer);
        if size.is_none() {
            let code = if is_integer { Code::SizeForm } else { Code::NumberForm };
            self.add(code, path, element, &text);
        }
        size
    }

    pub(super) fn list(&mut self, fields: &Fields<'_>, name: &str) -> Vec<String> {
        let Some(text) = self.optional(fields, name) else { return Vec::new() };
        if let Some(items) = crate::list::split(&text) {
            return items;
        }
        if let Some((element, path)) = fields.one(name) {
            self.add(Code::AddressesForm, path, element, &text);
        }
        Vec::new()
    }

    pub(super) fn references(&mut self, fields: &Fields<'_>) -> Vec<Reference> {
        let Some((element, path)) = fields.one("references") else { return Vec::new() };
        let text = self.optional(fields, "references").unwrap_or_default();
        let mut found = Vec::new();
        for part in text.split(is_space).filter(|part| !part.is_empty()) {
            match Reference::parse(part) {
                Some(reference) => found.push(reference),
                None => self.add(Code::ReferenceForm, path, element, part),
            }
        }
        found
    }

    /// Points with any white space between them. What cannot be read is left out and said.
    pub(super) fn polygon(&mut self, element: &Element, path: &str) -> Option<Polygon> {
        let text = self.text(element, path);
        let mut points = Vec::new();
        for part in text.split(is_space).filter(|part| !part.is_empty()) {
            let Some(left) = self.points.checked_sub(1) else {
                self.add(Code::PointsTooMany, path, element, "");
                return None;
            };
            self.points = left;
            match Point::parse(part) {
                Ok(point) => points.push(point),
                Err(code) => {
                    self.add(code, path, element, part);
                    return None;
                }
            }
        }
        Some(Polygon(points))
    }

    pub(super) fn circle(&mut self, element: &Element, path: &str) -> Option<Circle> {
        let text = self.text(element, path);
        match Circle::parse(&text) {
            Ok(circle) => Some(circle),
            Err(code) => {
                self.add(code, path, element, text.trim());
                None
            }
        }
    }
}
