//! XML 1.0 with namespaces, as strict as a signature needs it: what two readers could take for two things is refused.
//!
//! There is no document type, no entity but the five of XML itself, no inclusion, and nothing is ever fetched.

mod encoding;
mod names;
mod parse;
mod tag;

use std::fmt;
use std::sync::Arc;

/// The namespace of the prefix `xml`.
pub(crate) const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";

/// Why a file is not taken. [`XmlError::fault`] says what, [`XmlError::line`] where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct XmlError {
    /// What is wrong.
    pub fault: Fault,
    /// Line, from 1.
    pub line: u32,
}

/// What is wrong with a file that is not taken at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Longer than the limit.
    #[error("the file has more than {0} bytes")]
    TooLong(usize),
    /// Elements within one another.
    #[error("elements are nested more than {0} deep")]
    TooDeep(usize),
    /// Elements, attributes, comments and instructions.
    #[error("the file has more than {0} elements and attributes")]
    TooMany(usize),
    /// Attributes of one element.
    #[error("an element has more than {0} attributes")]
    TooManyAttributes(usize),
    /// Length of a value.
    #[error("the value of an attribute has more than {0} bytes")]
    AttributeTooLong(usize),
    /// `<!DOCTYPE`, through which files of others can be read and memory filled.
    #[error("a document type (<!DOCTYPE) is not taken; send the alert without it")]
    DocumentType,
    /// An entity besides `&lt; &gt; &amp; &apos; &quot;`.
    #[error("&{0}; is not one of the five entities of XML; write the character itself")]
    Entity(String),
    /// An encoding that is not read here.
    #[error("the encoding {0} is not read; save the file as UTF-8")]
    Encoding(String),
    /// Bytes that the encoding does not have.
    #[error("the bytes are not {0}; save the file as UTF-8")]
    Bytes(&'static str),
    /// A character that XML does not have, itself or as a reference.
    #[error("U+{0:04X} may not stand in XML")]
    Character(u32),
    /// Not the version 1.0.
    #[error("XML {0} is not read, only 1.0")]
    Version(String),
    /// A prefix that nothing declares, or a declaration that XML forbids.
    #[error("namespaces: {0}")]
    Namespace(String),
    /// Not well-formed.
    #[error("not well-formed: {0}")]
    Syntax(String),
}

/// A document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Comments and instructions before the root.
    pub(crate) before: Vec<Node>,
    pub(crate) root: Element,
    /// Those after it.
    pub(crate) after: Vec<Node>,
    /// The text, without a byte order mark and with line ends as XML normalises them.
    text: String,
    /// Where the root's end tag begins in `text`.
    root_end: Option<usize>,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// Whatever is not well-formed, has a document type or an entity, or is over a limit.
    pub fn parse(bytes: &[u8], limits: &crate::Limits) -> Result<Self, XmlError> {
        parse::document(bytes, limits)
    }

    /// The outermost element.
    pub fn root(&self) -> &Element {
        &self.root
    }

    /// The text that was read, with line ends as XML normalises them.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where in [`Self::text`] the root's end tag begins; `None` for an empty root (`<alert/>`).
    pub(crate) fn root_end(&self) -> Option<usize> {
        self.root_end
    }
}

/// An element. `Arc` because a name of a namespace stands on every element below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    pub(crate) prefix: Arc<str>,
    pub(crate) local: Arc<str>,
    pub(crate) namespace: Arc<str>,
    pub(crate) attributes: Vec<Attribute>,
    /// Prefix (empty for the default) and name, in the order in which they stand.
    pub(crate) declarations: Vec<(Arc<str>, Arc<str>)>,
    pub(crate) children: Vec<Node>,
    pub(crate) line: u32,
}

/// An attribute that is no declaration of a namespace. Without prefix its namespace is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    pub(crate) prefix: Arc<str>,
    pub(crate) local: Arc<str>,
    pub(crate) namespace: Arc<str>,
    pub(crate) value: String,
}

/// What stands in an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Text, with references and CDATA resolved and joined.
    Text(String),
    /// A comment.
    Comment(String),
    /// A processing instruction.
    Instruction {
        /// Its target.
        target: String,
        /// The rest, without white space in front.
        data: String,
    },
}

impl Element {
    /// Name without prefix.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// Name of its namespace; empty for none.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// Line on which it begins, from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// What stands in it.
    pub fn children(&self) -> &[Node] {
        &self.children
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            _ => None,
        })
    }

    /// The value of an attribute that has no namespace.
    pub fn attribute(&self, local: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|one| one.namespace.is_empty() && &*one.local == local);
        found.map(|one| one.value.as_str())
    }

    /// Its own text. A comment or an instruction within does not end it, as the canonical form has it too.
    pub fn text(&self) -> String {
        let texts = self.children.iter().map(|node| if let Node::Text(text) = node { text } else { "" });
        texts.collect()
    }

    pub(crate) fn is(&self, namespace: &str, local: &str) -> bool {
        &*self.namespace == namespace && &*self.local == local
    }
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.prefix.is_empty() {
            f.write_str(&self.local)
        } else {
            write!(f, "{}:{}", self.prefix, self.local)
        }
    }
}

/// White space of XML (production 3).
pub(crate) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

/// As XML Schema collapses white space.
pub(crate) fn collapsed(text: &str) -> String {
    text.split(is_space).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
