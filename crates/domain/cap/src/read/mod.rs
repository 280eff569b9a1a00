//! Files to the model: CAP 1.2, and 1.1 and 1.0 as far as they say the same.

mod parts;
mod sequence;
mod values;

use crate::Limits;
use crate::dsig::DSIG_NAMESPACE;
use crate::finding::{Code, Finding, Findings};
use crate::model::{Alert, Version};
use crate::xml::{Document, Element, Node, XmlError};
use std::collections::BTreeMap;

/// Why a file is not taken at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Not XML as it is read here.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// Another kind of document.
    #[error("this is no alert of CAP 1.2, 1.1 or 1.0: the root is {name} of the namespace \"{namespace}\"")]
    NotAnAlert {
        /// Name of the root.
        name: String,
        /// Its namespace.
        namespace: String,
    },
    /// A part that looks like an alert to a reader that searches for one.
    #[error("line {line}: there is a second alert within the alert; which one is meant cannot be said")]
    SecondAlert {
        /// Its line.
        line: u32,
    },
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Which CAP it is.
    pub version: Version,
    /// The message; `None` when something required is missing or has no meaning, or an element stands twice that may
    /// stand once.
    pub alert: Option<Alert>,
    /// What is wrong with the file's form, and what of it is not in the model: nothing is left out without a finding.
    pub findings: Vec<Finding>,
    document: Document,
    lines: BTreeMap<String, u32>,
}

impl Reading {
    /// The document, for [`crate::verify`].
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What was found in reading, and by [`crate::check`].
    pub fn check(&self) -> Vec<Finding> {
        let rules = self.alert.as_ref().map(crate::check).unwrap_or_default();
        self.findings.iter().cloned().chain(self.with_lines(rules)).collect()
    }

    /// Findings about the message, with the lines of the file.
    pub fn with_lines(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let line = |finding: Finding| {
            let line = finding.line.or_else(|| self.lines.get(&finding.path).copied());
            Finding { line, ..finding }
        };
        findings.into_iter().map(line).collect()
    }

    /// Whether the file is valid under the schema of CAP 1.2, as far as it is known here.
    pub fn is_valid(&self) -> bool {
        let is_schema = |finding: &Finding| finding.code.basis() == crate::Basis::Schema;
        self.version == Version::V12 && !self.findings.iter().any(is_schema)
    }
}

/// Reads a file.
///
/// # Errors
/// What is no XML, has a document type, is over a limit, or is no alert; see [`ReadError`].
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ReadError> {
    let document = Document::parse(bytes, limits)?;
    let root = document.root();
    let version = Version::of_namespace(root.namespace()).filter(|_| root.local() == "alert");
    let Some(version) = version else {
        let (name, namespace) = (clipped(root.local()), clipped(root.namespace()));
        return Err(ReadError::NotAnAlert { name, namespace });
    };
    if let Some(line) = second_alert(root) {
        return Err(ReadError::SecondAlert { line });
    }
    let mut reader = Reader {
        version,
        findings: Findings::default(),
        lines: BTreeMap::new(),
        points: limits.points,
        is_ambiguous: false,
    };
    if version != Version::V12 {
        reader.add(Code::NamespaceOld, "alert", root, version.as_str());
    }
    for node in document.before.iter().chain(&document.after) {
        reader.instruction("alert", node);
    }
    let alert = reader.alert(root).filter(|_| !reader.is_ambiguous);
    let Reader { findings, lines, .. } = reader;
    Ok(Reading { version, alert, findings: findings.into_vec(), document, lines })
}

fn clipped(text: &str) -> String {
    text.chars().take(100).collect()
}

/// The line of an alert within the alert, in whatever version. The depth of documents is limited.
fn second_alert(element: &Element) -> Option<u32> {
    element.elements().find_map(|child| {
        let is_alert = child.local() == "alert" && Version::of_namespace(child.namespace()).is_some();
        if is_alert { Some(child.line()) } else { second_alert(child) }
    })
}

struct Reader {
    version: Version,
    findings: Findings,
    lines: BTreeMap<String, u32>,
    /// Points of polygons that may still be read.
    points: usize,
    /// Something stands twice that may stand once.
    is_ambiguous: bool,
}

impl Reader {
    fn add(&mut self, code: Code, path: &str, element: &Element, value: &str) {
        self.findings.add(code, path, Some(element.line()), value);
    }

    fn instruction(&mut self, path: &str, node: &Node) {
        if let Node::Instruction { target, .. } = node {
            self.findings.say(Code::InstructionIgnored, path, target);
        }
    }

    fn is_signature(element: &Element) -> bool {
        element.namespace() == DSIG_NAMESPACE
    }
}
