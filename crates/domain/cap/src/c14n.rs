//! Canonical XML: Exclusive XML Canonicalization 1.0 (W3C, 18 July 2002), and for reading signatures of others
//! Canonical XML 1.0 and 1.1, of a whole document or of one element.
//!
//! Held against lxml (libxml2) on generated documents: tools/interop/alerts.

use crate::xml::{Document, Element, Node, XML_NAMESPACE};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Which canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Exclusive 1.0: namespaces where they are used.
    Exclusive,
    /// Canonical XML 1.0: namespaces where they are declared, and `xml:` attributes of ancestors.
    Inclusive,
    /// Canonical XML 1.1: as 1.0, but `xml:id` of ancestors stays with them. `xml:base` is not joined.
    Inclusive11,
}

/// How to canonicalise.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    /// Which form.
    pub form: Form,
    /// Whether comments are kept.
    pub comments: bool,
    /// Prefixes that the exclusive form treats as the inclusive one does (`InclusiveNamespaces`); `""` is the default.
    pub inclusive_prefixes: &'a [String],
    /// A child of the root, by its place, that is left out: the signature, under the enveloped-signature transform.
    pub without: Option<usize>,
}

impl Options<'_> {
    /// Exclusive, without comments, of everything.
    pub const EXCLUSIVE: Options<'static> =
        Options { form: Form::Exclusive, comments: false, inclusive_prefixes: &[], without: None };
}

/// The canonical form of a document.
pub fn document(document: &Document, options: &Options<'_>) -> String {
    let mut writer = Writer::new(options);
    for node in &document.before {
        if writer.outside(node) {
            writer.out.push('\n');
        }
    }
    writer.without = options.without;
    writer.element(&document.root, &[]);
    for node in &document.after {
        let length = writer.out.len();
        writer.out.push('\n');
        if !writer.outside(node) {
            writer.out.truncate(length);
        }
    }
    writer.out
}

/// The canonical form of one element, found by the places of nodes below the root (`[]` is the root); `None` where there
/// is none.
pub fn element(document: &Document, path: &[usize], options: &Options<'_>) -> Option<String> {
    let mut ancestors = Vec::new();
    let mut apex = &document.root;
    for place in path {
        ancestors.push(apex);
        let Some(Node::Element(child)) = apex.children.get(*place) else { return None };
        apex = child;
    }
    let mut writer = Writer::new(options);
    for ancestor in &ancestors {
        ancestor.declarations.iter().for_each(|(prefix, name)| writer.scope.add(prefix, name));
    }
    writer.element(apex, &ancestors);
    Some(writer.out)
}

/// Prefixes and what they stand for, with the way back. Looked up by prefix: a hostile file has thousands in scope.
#[derive(Default)]
struct Bindings {
    names: BTreeMap<Arc<str>, Vec<Arc<str>>>,
    added: Vec<Arc<str>>,
}

impl Bindings {
    fn add(&mut self, prefix: &Arc<str>, name: &Arc<str>) {
        self.names.entry(Arc::clone(prefix)).or_default().push(Arc::clone(name));
        self.added.push(Arc::clone(prefix));
    }

    fn get(&self, prefix: &str) -> Option<&Arc<str>> {
        self.names.get(prefix)?.last()
    }

    fn back_to(&mut self, count: usize) {
        while self.added.len() > count {
            if let Some(names) = self.added.pop().and_then(|prefix| self.names.get_mut(&prefix)) {
                names.pop();
            }
        }
    }
}

struct Writer<'a> {
    options: &'a Options<'a>,
    out: String,
    /// All that is declared around the place.
    scope: Bindings,
    /// What of it is written.
    rendered: Bindings,
    /// For the next element only.
    without: Option<usize>,
}

impl<'a> Writer<'a> {
    fn new(options: &'a Options<'a>) -> Self {
        Self {
            options,
            out: String::new(),
            scope: Bindings::default(),
            rendered: Bindings::default(),
            without: None,
        }
    }

    /// A node besides elements and text; whether anything was written.
    fn outside(&mut self, node: &Node) -> bool {
        match node {
            Node::Comment(text) if self.options.comments => {
                self.out.push_str("<!--");
                self.out.push_str(text);
                self.out.push_str("-->");
                true
            }
            Node::Instruction { target, data } => {
                self.out.push_str("<?");
                self.out.push_str(target);
                if !data.is_empty() {
                    self.out.push(' ');
                    self.out.push_str(data);
                }
                self.out.push_str("?>");
                true
            }
            _ => false,
        }
    }

    /// The depth of documents is limited, and so is this.
    fn element(&mut self, element: &Element, ancestors: &[&Element]) {
        let (scope, rendered) = (self.scope.added.len(), self.rendered.added.len());
        let without = self.without.take();
        element.declarations.iter().for_each(|(prefix, name)| self.scope.add(prefix, name));
        self.out.push('<');
        self.name(element);
        for prefix in self.wanted(element, !ancestors.is_empty()) {
            self.declare(&prefix);
        }
        self.attributes(element, ancestors);
        self.out.push('>');
        for (place, node) in element.children.iter().enumerate() {
            match node {
                _ if without == Some(place) => {}
                Node::Element(child) => self.element(child, &[]),
                Node::Text(text) => escape_text(text, &mut self.out),
                other => {
                    self.outside(other);
                }
            }
        }
        self.out.push_str("</");
        self.name(element);
        self.out.push('>');
        self.scope.back_to(scope);
        self.rendered.back_to(rendered);
    }

    fn name(&mut self, element: &Element) {
        if !element.prefix.is_empty() {
            self.out.push_str(&element.prefix);
            self.out.push(':');
        }
        self.out.push_str(&element.local);
    }

    /// Prefixes that may have to be declared here, in order. A part of a document brings what is declared around it.
    fn wanted(&self, element: &Element, is_part: bool) -> BTreeSet<Arc<str>> {
        if self.options.form == Form::Exclusive {
            let used = element.attributes.iter().map(|one| &one.prefix).filter(|prefix| !prefix.is_empty());
            let listed = self.options.inclusive_prefixes.iter().map(|prefix| Arc::from(prefix.as_str()));
            return used.cloned().chain([Arc::clone(&element.prefix)]).chain(listed).collect();
        }
        let new = element.declarations.iter().map(|(prefix, _)| prefix);
        let old = self.scope.names.keys().filter(|_| is_part);
        new.chain(old).cloned().collect()
    }

    fn declare(&mut self, prefix: &Arc<str>) {
        if &**prefix == "xml" {
            return;
        }
        let nothing = Arc::from("");
        let name = self.scope.get(prefix).unwrap_or(&nothing).clone();
        let before = self.rendered.get(prefix).unwrap_or(&nothing);
        if name == *before {
            return;
        }
        self.out.push_str(" xmlns");
        if !prefix.is_empty() {
            self.out.push(':');
            self.out.push_str(prefix);
        }
        self.out.push_str("=\"");
        escape_attribute(&name, &mut self.out);
        self.out.push('"');
        self.rendered.add(prefix, &name);
    }

    fn attributes(&mut self, element: &Element, ancestors: &[&Element]) {
        let mut attributes: Vec<_> = element.attributes.iter().collect();
        if self.options.form != Form::Exclusive {
            for one in ancestors.iter().rev().flat_map(|ancestor| &ancestor.attributes) {
                let is_inherited = &*one.namespace == XML_NAMESPACE
                    && !(self.options.form == Form::Inclusive11 && &*one.local == "id")
                    && !attributes.iter().any(|own| own.namespace == one.namespace && own.local == one.local);
                if is_inherited {
                    attributes.push(one);
                }
            }
        }
        attributes.sort_by(|one, other| (&one.namespace, &one.local).cmp(&(&other.namespace, &other.local)));
        for one in attributes {
            self.out.push(' ');
            if !one.prefix.is_empty() {
                self.out.push_str(&one.prefix);
                self.out.push(':');
            }
            self.out.push_str(&one.local);
            self.out.push_str("=\"");
            escape_attribute(&one.value, &mut self.out);
            self.out.push('"');
        }
    }
}

fn escape_text(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            other => out.push(other),
        }
    }
}

fn escape_attribute(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            other => out.push(other),
        }
    }
}
