//! Tokens of quick-xml to a tree, each checked once more: the library is more lenient than the standard.

use super::names::{self, is_char};
use super::tag::{self, clipped};
use super::{Attribute, Document, Element, Fault, Node, XML_NAMESPACE, XmlError, is_space};
use crate::Limits;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::sync::Arc;

/// Longest name of a namespace, in bytes: it stands many times in canonical forms.
const MOST_NAME: usize = 256;
const XMLNS_NAMESPACE: &str = "http://www.w3.org/2000/xmlns/";

fn syntax(what: impl Into<String>) -> Fault {
    Fault::Syntax(what.into())
}

pub(super) fn document(bytes: &[u8], limits: &Limits) -> Result<Document, XmlError> {
    let at_start = |fault| XmlError { fault, line: 1 };
    if bytes.len() > limits.bytes {
        return Err(at_start(Fault::TooLong(limits.bytes)));
    }
    let text = super::encoding::text(bytes).map_err(at_start)?;
    let mut line = 1_u32;
    for character in text.chars() {
        line += u32::from(character == '\n');
        if !is_char(character) {
            return Err(XmlError { fault: Fault::Character(u32::from(character)), line });
        }
    }
    let mut builder = Builder::new(limits);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_comments = true;
    let (mut counted, mut line) = (0_usize, 1_u32);
    loop {
        let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
        let passed = text.as_bytes().get(counted..before).unwrap_or_default();
        line += u32::try_from(passed.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u32::MAX);
        counted = before;
        let fault = match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(event) => builder.take(event, before, line),
            Err(error) => Err(syntax(error.to_string())),
        };
        fault.map_err(|fault| XmlError { fault, line })?;
    }
    let (before, root, after) = builder.finish().map_err(|fault| XmlError { fault, line })?;
    let (root, root_end) = root;
    Ok(Document { before, root, after, text, root_end })
}

struct Builder<'l> {
    limits: &'l Limits,
    stack: Vec<Element>,
    before: Vec<Node>,
    root: Option<(Element, Option<usize>)>,
    after: Vec<Node>,
    nodes: usize,
    /// Prefixes in scope, the innermost last.
    scope: Vec<(Arc<str>, Arc<str>)>,
}

impl<'l> Builder<'l> {
    fn new(limits: &'l Limits) -> Self {
        let scope = vec![(Arc::from(""), Arc::from("")), (Arc::from("xml"), Arc::from(XML_NAMESPACE))];
        Self { limits, stack: Vec::new(), before: Vec::new(), root: None, after: Vec::new(), nodes: 0, scope }
    }

    fn count(&mut self, more: usize) -> Result<(), Fault> {
        self.nodes = self.nodes.saturating_add(more);
        if self.nodes > self.limits.nodes { Err(Fault::TooMany(self.limits.nodes)) } else { Ok(()) }
    }

    fn take(&mut self, event: Event<'_>, at: usize, line: u32) -> Result<(), Fault> {
        match event {
            Event::Start(start) => {
                let element = self.element(&start, line)?;
                self.stack.push(element);
            }
            Event::Empty(start) => {
                let element = self.element(&start, line)?;
                self.stack.push(element);
                self.end(None)?;
            }
            Event::End(_) => self.end(Some(at))?,
            Event::Text(text) => self.text(&text.into_inner())?,
            Event::CData(text) if self.stack.is_empty() => {
                return Err(syntax(format!("text outside the root: {}", clipped(&text.into_inner()))));
            }
            Event::CData(text) => self.add(&text.into_inner()),
            Event::GeneralRef(name) if self.stack.is_empty() => {
                return Err(syntax(format!("text outside the root: &{};", clipped(&name.into_inner()))));
            }
            Event::GeneralRef(name) => {
                let character = tag::reference(&name.into_inner())?;
                self.add(character.encode_utf8(&mut [0; 4]));
            }
            Event::Comment(text) => {
                let text = text.into_inner().into_owned();
                if text.contains("--") || text.ends_with('-') {
                    return Err(syntax("-- within a comment"));
                }
                self.node(Node::Comment(text))?;
            }
            Event::Decl(declaration) if at == 0 => tag::declaration(&declaration, self.limits)?,
            Event::Decl(_) => return Err(syntax("the XML declaration is not at the beginning")),
            Event::PI(instruction) => self.instruction(&instruction.into_inner())?,
            Event::DocType(_) => return Err(Fault::DocumentType),
            Event::Eof => {}
        }
        Ok(())
    }

    fn instruction(&mut self, content: &str) -> Result<(), Fault> {
        let (target, data) = content.split_once(is_space).unwrap_or((content, ""));
        if !names::is_name(target) || target.eq_ignore_ascii_case("xml") {
            return Err(syntax("the name of a processing instruction"));
        }
        let data = data.trim_start_matches(is_space).to_owned();
        self.node(Node::Instruction { target: target.to_owned(), data })
    }

    fn node(&mut self, node: Node) -> Result<(), Fault> {
        self.count(1)?;
        match self.stack.last_mut() {
            Some(parent) => parent.children.push(node),
            None if self.root.is_none() => self.before.push(node),
            None => self.after.push(node),
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Fault> {
        if self.stack.is_empty() {
            let blank = text.chars().all(is_space);
            return if blank { Ok(()) } else { Err(syntax("text outside the root")) };
        }
        if text.contains("]]>") {
            return Err(syntax("]]> within text"));
        }
        self.add(text);
        Ok(())
    }

    fn add(&mut self, text: &str) {
        let Some(parent) = self.stack.last_mut() else { return };
        match parent.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => parent.children.push(Node::Text(text.to_owned())),
        }
    }

    fn end(&mut self, at: Option<usize>) -> Result<(), Fault> {
        let element = self.stack.pop().ok_or_else(|| syntax("an end tag too many"))?;
        self.scope.truncate(self.scope.len() - element.declarations.len());
        match self.stack.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some((element, at)),
        }
        Ok(())
    }

    fn element(&mut self, start: &BytesStart<'_>, line: u32) -> Result<Element, Fault> {
        if self.stack.len() >= self.limits.depth {
            return Err(Fault::TooDeep(self.limits.depth));
        }
        if self.stack.is_empty() && self.root.is_some() {
            return Err(syntax("a second root"));
        }
        let raw = tag::attributes(start.attributes_raw(), self.limits)?;
        self.count(1 + raw.len())?;
        let mut declarations = Vec::new();
        for (name, value) in &raw {
            // Also of declarations: `xmlns:` alone is none.
            split(name)?;
            if let Some(prefix) = declared_prefix(name) {
                let declaration = declaration(prefix, value)?;
                declarations.push(declaration.clone());
                self.scope.push(declaration);
            }
        }
        let mut attributes: Vec<Attribute> = Vec::new();
        for (name, value) in raw {
            if declared_prefix(name).is_some() {
                continue;
            }
            let (prefix, local) = split(name)?;
            let namespace = if prefix.is_empty() { Arc::from("") } else { self.resolve(prefix)? };
            let is_same = |one: &Attribute| *one.local == *local && one.namespace == namespace;
            if attributes.iter().any(is_same) {
                return Err(Fault::Namespace("an attribute stands twice under two prefixes".to_owned()));
            }
            attributes.push(Attribute { prefix: prefix.into(), local: local.into(), namespace, value });
        }
        let name = start.name();
        let (prefix, local) = split(name.0)?;
        let namespace = self.resolve(prefix)?;
        let children = Vec::new();
        Ok(Element {
            prefix: prefix.into(),
            local: local.into(),
            namespace,
            attributes,
            declarations,
            children,
            line,
        })
    }

    fn resolve(&self, prefix: &str) -> Result<Arc<str>, Fault> {
        let found = self.scope.iter().rev().find(|(known, _)| **known == *prefix);
        found
            .map(|(_, namespace)| Arc::clone(namespace))
            .ok_or_else(|| Fault::Namespace(format!("nothing declares the prefix {}", clipped(prefix))))
    }

    #[expect(clippy::type_complexity, reason = "the three parts of a document, once")]
    fn finish(self) -> Result<(Vec<Node>, (Element, Option<usize>), Vec<Node>), Fault> {
        if let Some(open) = self.stack.last() {
            return Err(syntax(format!("{open} is not closed")));
        }
        let root = self.root.ok_or_else(|| syntax("there is no element"))?;
        Ok((self.before, root, self.after))
    }
}

fn split(name: &str) -> Result<(&str, &str), Fault> {
    names::split(name).ok_or_else(|| syntax(format!("{} is no name", clipped(name))))
}

/// The prefix that an attribute declares; empty for the default.
fn declared_prefix(name: &str) -> Option<&str> {
    if name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") }
}

/// Checks a declaration (Namespaces in XML 1.0, section 3).
fn declaration(prefix: &str, name: &str) -> Result<(Arc<str>, Arc<str>), Fault> {
    let wrong = |what: &str| Err(Fault::Namespace(what.to_owned()));
    if !prefix.is_empty() && !names::is_name(prefix) {
        return wrong("a prefix that is no name");
    }
    if prefix == "xmlns" || name == XMLNS_NAMESPACE || ((prefix == "xml") != (name == XML_NAMESPACE)) {
        return wrong("xml and xmlns may not be declared anew");
    }
    if name.is_empty() && !prefix.is_empty() {
        return wrong("a prefix for nothing");
    }
    if name.len() > MOST_NAME {
        return wrong("a name of more than 256 bytes");
    }
    if !name.is_empty() && !names::is_absolute_uri(name) {
        return wrong("the name of a namespace is an absolute URI");
    }
    Ok((prefix.into(), name.into()))
}
