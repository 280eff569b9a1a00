//! XML to a small tree with line numbers. No document type, no entities but XML's own five, limits on
//! depth and on the number of nodes.

use crate::codes;
use crate::limits::Limits;
use crate::problems::Problems;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// One element. Names are without their prefix.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    /// Of the root only; nothing else is told apart by it.
    pub(crate) namespace: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
    pub(crate) line: u64,
}

impl Element {
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(crate) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Its text, white space collapsed.
    pub(crate) fn tidy(&self) -> String {
        crate::columns::tidy(&self.text)
    }
}

/// Reads a document.
pub(crate) fn parse(text: &str, limits: &Limits, problems: &mut Problems) -> Option<Element> {
    let mut builder = Builder { stack: Vec::new(), root: None, nodes: 0 };
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let (mut counted, mut line) = (0_usize, 1_u64);
    loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
        line += text.as_bytes()[counted..before].iter().filter(|b| **b == b'\n').count() as u64;
        counted = before;
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                problems.push(problems.error(codes::XML_SYNTAX).at_row(line).with("why", error));
                return None;
            }
        };
        if let Err(code) = builder.take(&event, line, limits) {
            problems.push(problems.error(code).at_row(line));
            return None;
        }
        if matches!(event, Event::Eof) {
            break;
        }
    }
    if builder.root.is_none() || !builder.stack.is_empty() {
        problems.push(problems.error(codes::XML_SYNTAX).at_row(line).with("why", "unfinished"));
        return None;
    }
    builder.root
}

struct Builder {
    stack: Vec<Element>,
    root: Option<Element>,
    nodes: usize,
}

impl Builder {
    fn take(&mut self, event: &Event<'_>, line: u64, limits: &Limits) -> Result<(), &'static str> {
        match event {
            Event::Start(start) => {
                if self.stack.len() >= limits.depth {
                    return Err(codes::TOO_DEEP);
                }
                let element = self.element(start, line)?;
                self.nodes += 1 + element.attributes.len();
                if self.nodes > limits.nodes {
                    return Err(codes::XML_TOO_MANY_NODES);
                }
                if self.stack.is_empty() && self.root.is_some() {
                    return Err(codes::XML_SYNTAX);
                }
                self.stack.push(element);
            }
            Event::End(_) => {
                let element = self.stack.pop().ok_or(codes::XML_SYNTAX)?;
                match self.stack.last_mut() {
                    Some(parent) => parent.children.push(element),
                    None => self.root = Some(element),
                }
            }
            // Indentation is no text; in a large document it would take more room than the rest. A space
            // after an entity ("Ann &amp; Bob") stands within text.
            Event::Text(text) if !self.is_in_text() && text.xml10_content().trim().is_empty() => {}
            Event::Text(text) => self.add_text(&text.xml10_content()),
            Event::CData(text) => self.add_text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = resolved(&reference.xml10_content()).ok_or(codes::XML_ENTITY)?;
                self.add_text(&text);
            }
            Event::DocType(_) => return Err(codes::XML_DOCTYPE),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn is_in_text(&self) -> bool {
        self.stack.last().is_some_and(|element| !element.text.is_empty())
    }

    fn add_text(&mut self, text: &str) {
        if let Some(element) = self.stack.last_mut() {
            element.text.push_str(text);
        }
    }

    fn element(&self, start: &BytesStart<'_>, line: u64) -> Result<Element, &'static str> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|_| codes::XML_SYNTAX)?;
            let key = attribute.key.0;
            let value = attribute.value.as_ref();
            attributes.push((key.to_owned(), unescaped(value).ok_or(codes::XML_ENTITY)?));
        }
        let full = start.name();
        let name = full.local_name().into_inner().to_owned();
        let mut namespace = String::new();
        if self.stack.is_empty() {
            let prefix = full.0.split_once(':').map(|(prefix, _)| format!("xmlns:{prefix}"));
            let declaration = prefix.as_deref().unwrap_or("xmlns");
            let declared = attributes.iter().find(|(key, _)| key == declaration);
            namespace = declared.map(|(_, value)| value.clone()).unwrap_or_default();
        }
        Ok(Element { name, namespace, attributes, line, ..Element::default() })
    }
}

/// Replaces character references and XML's own five entities; nothing else exists here.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let end = rest[at..].find(';')? + at;
        out.push_str(&resolved(&rest[at + 1..end])?);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

fn resolved(name: &str) -> Option<String> {
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c >= ' ' || matches!(c, '\t' | '\n' | '\r'))?
        }
    };
    Some(character.to_string())
}
