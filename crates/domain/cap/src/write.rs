//! The model to a file of CAP 1.2, valid under cap12.xsd.

use crate::forms;
use crate::list;
use crate::model::{Alert, Area, Info, Named, Reference, Resource, Version, is_plain};
use std::fmt::Write as _;

/// Why a message cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {fault}")]
pub struct WriteError {
    /// Which element.
    pub path: String,
    /// What is wrong with it.
    pub fault: WriteFault,
}

/// What cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WriteFault {
    /// A character that XML does not have.
    #[error("a character that may not stand in XML; remove it")]
    Character,
    /// An info block without one.
    #[error("there is no category; choose one")]
    Category,
    /// Not a language.
    #[error("not a language such as en or en-US")]
    Language,
    /// Not a URI.
    #[error("not an address; write it without spaces")]
    Uri,
    /// An item that would be read as several.
    #[error("an item of a list is empty or has a quotation mark")]
    Item,
    /// A sender or an identifier with white space, comma, `<` or `&`.
    #[error("sender and identifier have no white space, comma, < or &")]
    Reference,
}

/// The message as UTF-8 XML, indented by two spaces. Empty optional texts are left out; zone zero is `-00:00`.
///
/// # Errors
/// What would not be read again as it is; see [`WriteFault`].
pub fn write(alert: &Alert) -> Result<String, WriteError> {
    let mut writer = Writer { out: String::new(), path: "alert".to_owned() };
    writer.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(writer.out, "<alert xmlns=\"{}\">", Version::V12.namespace());
    writer.alert(alert)?;
    writer.out.push_str("</alert>\n");
    Ok(writer.out)
}

struct Writer {
    out: String,
    path: String,
}

type Done = Result<(), WriteError>;

impl Writer {
    fn fault(&self, name: &str, fault: WriteFault) -> WriteError {
        WriteError { path: format!("{}/{name}", self.path), fault }
    }

    fn indent(&mut self) {
        let depth = self.path.matches('/').count() + 1;
        self.out.extend(std::iter::repeat_n("  ", depth));
    }

    fn text(&mut self, name: &str, text: &str) -> Done {
        self.indent();
        let _ = write!(self.out, "<{name}>");
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                // A bare one would be read as a line feed.
                '\r' => self.out.push_str("&#xD;"),
                '\u{0}'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                    return Err(self.fault(name, WriteFault::Character));
                }
                other => self.out.push(other),
            }
        }
        let _ = writeln!(self.out, "</{name}>");
        Ok(())
    }

    fn optional(&mut self, name: &str, text: Option<&str>) -> Done {
        match text.filter(|text| !text.is_empty()) {
            Some(text) => self.text(name, text),
            None => Ok(()),
        }
    }

    fn uri(&mut self, name: &str, text: Option<&str>) -> Done {
        if text.is_some_and(|text| !forms::is_uri(text)) {
            return Err(self.fault(name, WriteFault::Uri));
        }
        self.optional(name, text)
    }

    fn shown(&mut self, name: &str, value: Option<impl ToString>) -> Done {
        value.map_or(Ok(()), |value| self.text(name, &value.to_string()))
    }

    fn list(&mut self, name: &str, items: &[String]) -> Done {
        if !items.iter().all(|item| list::is_item(item)) {
            return Err(self.fault(name, WriteFault::Item));
        }
        self.optional(name, Some(&list::join(items)))
    }

    fn within(&mut self, name: &str, number: usize, run: impl FnOnce(&mut Self) -> Done) -> Done {
        self.indent();
        let _ = writeln!(self.out, "<{name}>");
        let length = self.path.len();
        let _ = write!(self.path, "/{name}[{number}]");
        run(self)?;
        self.path.truncate(length);
        self.indent();
        let _ = writeln!(self.out, "</{name}>");
        Ok(())
    }

    fn alert(&mut self, alert: &Alert) -> Done {
        for (name, text) in [("identifier", &alert.identifier), ("sender", &alert.sender)] {
            if !is_plain(text) {
                return Err(self.fault(name, WriteFault::Reference));
            }
        }
        self.text("identifier", &alert.identifier)?;
        self.text("sender", &alert.sender)?;
        self.shown("sent", Some(alert.sent))?;
        self.shown("status", Some(alert.status))?;
        self.shown("msgType", Some(alert.msg_type))?;
        self.optional("source", alert.source.as_deref())?;
        self.shown("scope", Some(alert.scope))?;
        self.optional("restriction", alert.restriction.as_deref())?;
        self.list("addresses", &alert.addresses)?;
        for code in &alert.codes {
            self.text("code", code)?;
        }
        self.optional("note", alert.note.as_deref())?;
        let is_whole = |one: &Reference| is_plain(&one.sender) && is_plain(&one.identifier);
        if !alert.references.iter().all(is_whole) {
            return Err(self.fault("references", WriteFault::Reference));
        }
        let references: Vec<String> = alert.references.iter().map(ToString::to_string).collect();
        self.optional("references", Some(&references.join(" ")))?;
        self.list("incidents", &alert.incidents)?;
        for (at, info) in alert.infos.iter().enumerate() {
            self.within("info", at + 1, |writer| writer.info(info))?;
        }
        Ok(())
    }

    fn info(&mut self, info: &Info) -> Done {
        if info.language.as_deref().is_some_and(|language| !forms::is_language(language)) {
            return Err(self.fault("language", WriteFault::Language));
        }
        if info.categories.is_empty() {
            return Err(self.fault("category", WriteFault::Category));
        }
        self.optional("language", info.language.as_deref())?;
        for category in &info.categories {
            self.text("category", category.as_str())?;
        }
        self.text("event", &info.event)?;
        for response in &info.response_types {
            self.text("responseType", response.as_str())?;
        }
        self.text("urgency", info.urgency.as_str())?;
        self.text("severity", info.severity.as_str())?;
        self.text("certainty", info.certainty.as_str())?;
        self.optional("audience", info.audience.as_deref())?;
        self.named("eventCode", &info.event_codes)?;
        self.shown("effective", info.effective)?;
        self.shown("onset", info.onset)?;
        self.shown("expires", info.expires)?;
        self.optional("senderName", info.sender_name.as_deref())?;
        self.optional("headline", info.headline.as_deref())?;
        self.optional("description", info.description.as_deref())?;
        self.optional("instruction", info.instruction.as_deref())?;
        self.uri("web", info.web.as_deref())?;
        self.optional("contact", info.contact.as_deref())?;
        self.named("parameter", &info.parameters)?;
        for (at, resource) in info.resources.iter().enumerate() {
            self.within("resource", at + 1, |writer| writer.resource(resource))?;
        }
        for (at, area) in info.areas.iter().enumerate() {
            self.within("area", at + 1, |writer| writer.area(area))?;
        }
        Ok(())
    }

    fn named(&mut self, name: &str, all: &[Named]) -> Done {
        for (at, one) in all.iter().enumerate() {
            self.within(name, at + 1, |writer| {
                writer.text("valueName", &one.name)?;
                writer.text("value", &one.value)
            })?;
        }
        Ok(())
    }

    fn resource(&mut self, resource: &Resource) -> Done {
        self.text("resourceDesc", &resource.description)?;
        self.text("mimeType", &resource.mime_type)?;
        self.shown("size", resource.size)?;
        self.uri("uri", resource.uri.as_deref())?;
        self.optional("derefUri", resource.deref_uri.as_deref())?;
        self.optional("digest", resource.digest.as_deref())
    }

    fn area(&mut self, area: &Area) -> Done {
        self.text("areaDesc", &area.description)?;
        for polygon in &area.polygons {
            self.shown("polygon", Some(polygon))?;
        }
        for circle in &area.circles {
            self.shown("circle", Some(circle))?;
        }
        self.named("geocode", &area.geocodes)?;
        self.shown("altitude", area.altitude)?;
        self.shown("ceiling", area.ceiling)
    }
}
