//! A report's parts, one after another, as small trees: the same for JSON and XML.

use super::super::{Limits, TextReader};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::rc::Rc;

/// Elements within one another, at most.
const MAX_DEPTH: usize = 32;
/// What is not a ballot may be so many times longer.
const DEFINITIONS: u64 = 32;

/// A value of JSON, or an element of XML. Attributes of elements are members as JSON has them (`@id`, `@type`).
#[derive(Debug)]
pub(in crate::read) enum Node {
    Text(String),
    List(Vec<Self>),
    /// A member may come more than once (XML).
    Map(Vec<(String, Self)>),
}

impl Node {
    /// All values of a member.
    pub(in crate::read) fn all(&self, name: &'static str) -> impl Iterator<Item = &Self> {
        let members = match self {
            Self::Map(members) => members.as_slice(),
            _ => &[],
        };
        members.iter().filter(move |(own, _)| own == name).flat_map(|(_, node)| match node {
            Self::List(list) => list.as_slice(),
            one => std::slice::from_ref(one),
        })
    }

    /// The text of a member; empty where there is none.
    pub(in crate::read) fn text(&self, name: &'static str) -> &str {
        self.all(name).find_map(Self::own_text).unwrap_or_default()
    }

    pub(in crate::read) fn own_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            // An element with attributes besides its text.
            Self::Map(members) => {
                members.iter().find(|(name, _)| name == "#text").and_then(|(_, node)| node.own_text())
            }
            Self::List(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Text(value.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::List(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element()? {
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Node::Map(members))
    }
}

/// Which parts are given: ballots, or all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Definitions,
    Ballots,
}

/// Why reading ended.
#[derive(Debug)]
pub(super) struct Stopped {
    pub(super) code: &'static str,
    pub(super) row: u64,
    pub(super) what: String,
}

impl Stopped {
    fn of(error: &io::Error) -> Self {
        let long = error.get_ref().is_some_and(|inner| inner.is::<TooLong>());
        Self { code: if long { "SCR-CVR-062" } else { "SCR-CVR-060" }, row: 0, what: error.to_string() }
    }
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::of(&error)
    }
}

/// How the report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Xml,
}

/// A record, or the file, is longer than the limit.
#[derive(Debug, thiserror::Error)]
#[error("longer than {0} bytes")]
struct TooLong(u64);

/// Counts the bytes of a record or of another part of the report. Other parts may be longer, and they may so when
/// they are passed over too.
#[derive(Debug)]
struct Meter {
    read: Cell<u64>,
    most: Cell<u64>,
    record: u64,
}

impl Meter {
    fn of(record: usize) -> Self {
        let meter = Self { read: Cell::new(0), most: Cell::new(0), record: record as u64 };
        meter.begin(false);
        meter
    }

    /// A record begins, or another part.
    fn begin(&self, is_record: bool) {
        self.read.set(0);
        self.most.set(if is_record { self.record } else { self.record.saturating_mul(DEFINITIONS) });
    }
}

/// Counts what is read, of the file and of the part.
struct Metered<R> {
    inner: R,
    left: u64,
    unpacked: u64,
    meter: Rc<Meter>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(into)?;
        let read = length as u64;
        let meter = &self.meter;
        meter.read.set(meter.read.get() + read);
        self.left = self.left.checked_sub(read).ok_or_else(|| io::Error::other(TooLong(self.unpacked)))?;
        let most = meter.most.get();
        if meter.read.get() > most { Err(io::Error::other(TooLong(most))) } else { Ok(length) }
    }
}

/// Takes a part: its name, its tree and its number among those of its kind, from 1. `false`: enough.
type Visit<'a> = &'a mut dyn FnMut(&str, Node, u64) -> bool;

impl Form {
    /// Looks at the first character; the input is at its beginning again.
    pub(super) fn of<R: Read + Seek>(input: &mut R) -> io::Result<Self> {
        let mut begin = Vec::new();
        TextReader::new(&mut *input)?.take(64).read_to_end(&mut begin)?;
        input.seek(SeekFrom::Start(0))?;
        let first = begin.iter().find(|byte| !byte.is_ascii_whitespace());
        Ok(if first == Some(&b'<') { Self::Xml } else { Self::Json })
    }

    pub(super) fn parts<R: Read>(
        self,
        input: &mut R,
        limits: &Limits,
        part: Part,
        visit: Visit<'_>,
    ) -> Result<(), Stopped> {
        let meter = Rc::new(Meter::of(limits.record));
        let unpacked = limits.unpacked;
        let metered = Metered { inner: input, left: unpacked, unpacked, meter: Rc::clone(&meter) };
        // What is read ahead belongs to the next record.
        let reader = BufReader::with_capacity(1 << 14, TextReader::new(metered)?);
        match self {
            Self::Json => json(reader, part, &meter, visit),
            Self::Xml => xml(reader, "CastVoteRecordReport", part, &meter, visit),
        }
    }
}

struct Report<'a, 'b> {
    part: Part,
    meter: &'a Meter,
    visit: Visit<'b>,
    number: u64,
    enough: bool,
}

fn json(reader: impl Read, part: Part, meter: &Meter, visit: Visit<'_>) -> Result<(), Stopped> {
    let mut report = Report { part, meter, visit, number: 0, enough: false };
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let read = deserializer.deserialize_map(&mut report);
    match read.and_then(|()| deserializer.end()) {
        Ok(()) => Ok(()),
        Err(_) if report.enough => Ok(()),
        Err(error) if error.is_io() => Err(Stopped::from(io::Error::from(error))),
        Err(error) => Err(Stopped { code: "SCR-CVR-060", row: error.line() as u64, what: error.to_string() }),
    }
}

impl<'de> Visitor<'de> for &mut Report<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a CastVoteRecordReport")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            self.meter.begin(false);
            match (name.as_str(), self.part) {
                ("CVR", _) => map.next_value_seed(Records(self))?,
                (_, Part::Ballots) => {
                    map.next_value::<IgnoredAny>()?;
                }
                (_, Part::Definitions) => {
                    let node = map.next_value()?;
                    self.number += 1;
                    (self.visit)(&name, node, self.number);
                }
            }
        }
        Ok(())
    }
}

struct Records<'a, 'b, 'c>(&'a mut Report<'b, 'c>);

impl<'de> DeserializeSeed<'de> for Records<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Records<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of CVRs")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let report = self.0;
        loop {
            report.meter.begin(true);
            if report.part == Part::Definitions {
                match seq.next_element::<IgnoredAny>()? {
                    Some(IgnoredAny) => continue,
                    None => return Ok(()),
                }
            }
            let Some(node) = seq.next_element()? else { return Ok(()) };
            report.number += 1;
            if !(report.visit)("CVR", node, report.number) {
                report.enough = true;
                return Err(A::Error::custom("enough"));
            }
        }
    }
}

/// The children of a small document's root.
///
/// # Errors
/// What is wrong with it.
pub(in crate::read) fn document(
    bytes: &[u8],
    root: &str,
    visit: &mut dyn FnMut(&str, Node),
) -> Result<(), String> {
    let text = TextReader::new(bytes).map_err(|error| error.to_string())?;
    let mut visit = |name: &str, node: Node, _: u64| {
        visit(name, node);
        true
    };
    xml(BufReader::new(text), root, Part::Definitions, &Meter::of(bytes.len()), &mut visit)
        .map_err(|stopped| stopped.what)
}

fn xml(reader: impl BufRead, root: &str, part: Part, meter: &Meter, visit: Visit<'_>) -> Result<(), Stopped> {
    let mut reader = Reader::from_reader(reader);
    reader.config_mut().expand_empty_elements = true;
    let wrong = |what: String| Stopped { code: "SCR-CVR-060", row: 0, what };
    let mut stack: Vec<(String, Node)> = Vec::new();
    let (mut buffer, mut number, mut skipping, mut inside) = (Vec::new(), 0, 0_usize, false);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|error| match error {
            quick_xml::Error::Io(error) => Stopped::of(&error),
            other => wrong(other.to_string()),
        });
        match event? {
            Event::Start(_) if skipping > 0 => skipping += 1,
            Event::End(_) if skipping > 0 => skipping -= 1,
            Event::Start(start) => {
                let (name, node) = element(&start).ok_or_else(|| wrong("an unknown entity".to_owned()))?;
                if !inside {
                    if name != root {
                        return Err(Stopped { code: "SCR-CVR-061", row: 0, what: name });
                    }
                    inside = true;
                } else if stack.is_empty() && (name == "CVR") != (part == Part::Ballots) {
                    meter.begin(name == "CVR");
                    skipping = 1;
                } else if stack.len() >= MAX_DEPTH {
                    return Err(wrong(format!("more than {MAX_DEPTH} elements within one another")));
                } else {
                    if stack.is_empty() {
                        meter.begin(name == "CVR");
                    }
                    stack.push((name, node));
                }
            }
            Event::End(_) => {
                let Some((name, node)) = stack.pop() else { continue };
                let node = tidy(node);
                if let Some((_, parent)) = stack.last_mut() {
                    add(parent, name, node);
                    continue;
                }
                number += 1;
                if !visit(&name, node, number) {
                    return Ok(());
                }
            }
            Event::Text(text) if skipping == 0 => add_text(&mut stack, &text.xml10_content()),
            Event::CData(text) if skipping == 0 => add_text(&mut stack, &text.xml10_content()),
            Event::GeneralRef(reference) if skipping == 0 => {
                let text = resolved(&reference.xml10_content());
                add_text(&mut stack, &text.ok_or_else(|| wrong("an unknown entity".to_owned()))?);
            }
            Event::DocType(_) => return Err(wrong("a document type".to_owned())),
            Event::Eof if !inside || !stack.is_empty() || skipping > 0 => {
                return Err(wrong("it breaks off".to_owned()));
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// Its name without prefix, and its attributes as members.
fn element(start: &BytesStart<'_>) -> Option<(String, Node)> {
    let mut members = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let key = attribute.key.local_name().into_inner().to_owned();
        let name = match key.as_str() {
            "ObjectId" => "@id",
            "type" => "@type",
            _ => continue,
        };
        // As texts are, so that what refers to an id finds it.
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        members.push((name.to_owned(), Node::Text(collapsed(&value))));
    }
    Some((start.name().local_name().into_inner().to_owned(), Node::Map(members)))
}

fn add(parent: &mut Node, name: String, node: Node) {
    if let Node::Map(members) = parent {
        members.push((name, node));
    }
}

fn add_text(stack: &mut [(String, Node)], text: &str) {
    let Some((_, Node::Map(members))) = stack.last_mut() else { return };
    match members.iter_mut().find(|(name, _)| name == "#text") {
        Some((_, Node::Text(known))) => known.push_str(text),
        _ if text.trim().is_empty() => {}
        _ => members.push(("#text".to_owned(), Node::Text(text.to_owned()))),
    }
}

/// An element with text alone is a text.
fn tidy(mut node: Node) -> Node {
    let Node::Map(members) = &mut node else { return node };
    for (name, text) in &mut *members {
        if let ("#text", Node::Text(text)) = (name.as_str(), text) {
            *text = collapsed(text);
        }
    }
    match members.as_mut_slice() {
        [(name, Node::Text(text))] if name == "#text" => Node::Text(std::mem::take(text)),
        [] => Node::Text(String::new()),
        _ => node,
    }
}

/// With one blank for white space between words.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
            char::from_u32(code).filter(|letter| *letter >= ' ' || matches!(letter, '\t' | '\n' | '\r'))?
        }
    };
    Some(character.to_string())
}
