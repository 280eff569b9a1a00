//! One pass over the bytes of an object.

use super::{Limits, Object, Reference, RejectCode, Rejected};
use crate::Id;
use crate::scan::{Fault, Scan};
use std::borrow::Cow;

/// Longest path of a reference, so that references cannot cost more memory than their object suggests.
const LONGEST_PATH: usize = 1_000;
/// Longest title, in characters.
pub(super) const LONGEST_TITLE: usize = 200;
/// `serde_json` stops at 128 levels.
const DEEPEST: usize = 120;

pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Object, Box<Rejected>> {
    if bytes.len() > limits.object_bytes {
        return Err(beginning(
            bytes.get(..limits.object_bytes).unwrap_or_default(),
            RejectCode::TooLarge,
            limits,
        ));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(beginning(bytes, RejectCode::NotUtf8, limits));
    };
    let mut reader = Reader::new(text, limits);
    match reader.whole() {
        Ok(()) => reader.finish(),
        Err(Stop(problem)) => Err(reader.rejected(problem)),
    }
}

/// What can be said of an object of which only the beginning is there.
pub(super) fn beginning(bytes: &[u8], code: RejectCode, limits: &Limits) -> Box<Rejected> {
    let good = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let text = bytes.get(..good).and_then(|good| std::str::from_utf8(good).ok()).unwrap_or_default();
    let mut reader = Reader::new(text, limits);
    // It breaks off somewhere; what came before is known.
    drop(reader.whole());
    let offset = reader.scan.at;
    reader.rejected(Problem { code, path: Box::default(), offset })
}

/// The text cannot be read on, whatever was wrong before.
struct Stop(Problem);

pub(super) struct Problem {
    pub(super) code: RejectCode,
    pub(super) path: Box<str>,
    pub(super) offset: usize,
}

#[derive(Clone, Copy)]
enum Step<'a> {
    /// Where the name stands among the names of the objects that are open.
    Name(usize),
    Raw(&'a str),
    Index(usize),
}

/// Whether a string at this place is a reference.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refs {
    No,
    One,
    Many,
}

impl Refs {
    fn of(name: &str) -> Self {
        if name.ends_with("_ref") {
            Self::One
        } else if name.ends_with("_refs") {
            Self::Many
        } else {
            Self::No
        }
    }
}

pub(super) struct Reader<'a, 'l> {
    pub(super) scan: Scan<'a>,
    limits: &'l Limits,
    pub(super) begin: usize,
    pub(super) end: usize,
    path: Vec<Step<'a>>,
    /// The names in the objects that are open, outermost first.
    names: Vec<Cow<'a, str>>,
    pub(super) problem: Option<Problem>,
    pub(super) refs: Vec<Reference>,
    pub(super) top: Top<'a>,
}

/// The members of the object that the head needs, as they stand.
#[derive(Default)]
pub(super) struct Top<'a> {
    pub(super) id: Option<&'a str>,
    pub(super) kind: Option<&'a str>,
    pub(super) spec_version: Option<&'a str>,
    pub(super) created: Option<&'a str>,
    pub(super) modified: Option<&'a str>,
    pub(super) valid_from: Option<&'a str>,
    pub(super) valid_until: Option<&'a str>,
    pub(super) revoked: Option<&'a str>,
    pub(super) created_by_ref: Option<&'a str>,
    pub(super) object_marking_refs: Option<&'a str>,
    pub(super) granular_markings: Option<&'a str>,
    pub(super) confidence: Option<&'a str>,
    pub(super) labels: Option<&'a str>,
    pub(super) title: Option<(u8, &'a str)>,
}

impl<'a, 'l> Reader<'a, 'l> {
    fn new(text: &'a str, limits: &'l Limits) -> Self {
        Self {
            scan: Scan::new(text),
            limits,
            begin: 0,
            end: 0,
            path: Vec::with_capacity(8),
            names: Vec::with_capacity(32),
            problem: None,
            refs: Vec::new(),
            top: Top::default(),
        }
    }

    /// The first problem counts.
    fn note(&mut self, code: RejectCode, path: impl FnOnce(&Self) -> Box<str>) {
        if self.problem.is_none() {
            self.problem = Some(Problem { code, path: path(self), offset: self.scan.at });
        }
    }

    pub(super) fn note_at(&mut self, code: RejectCode, path: &str) {
        self.note(code, |_| path.into());
    }

    fn stop(&self, code: RejectCode) -> Stop {
        let path = self.path_text().unwrap_or_default();
        Stop(Problem { code, path, offset: self.scan.at })
    }

    fn fault(&self, fault: Fault) -> Stop {
        self.stop(match fault {
            Fault::Syntax => RejectCode::NotJson,
            Fault::Number => RejectCode::NumberOutOfRange,
            Fault::Surrogate => RejectCode::LoneSurrogate,
        })
    }

    /// `None` when it is too long.
    fn path_text(&self) -> Option<Box<str>> {
        let mut text = String::with_capacity(32);
        for step in &self.path {
            if !text.is_empty() {
                text.push('.');
            }
            match step {
                Step::Name(at) => text.push_str(self.names.get(*at)?),
                Step::Raw(name) => text.push_str(name),
                Step::Index(at) => {
                    text.push('[');
                    text.push_str(&at.to_string());
                    text.push(']');
                }
            }
            if text.len() > LONGEST_PATH {
                return None;
            }
        }
        Some(text.into())
    }

    fn whole(&mut self) -> Result<(), Stop> {
        match self.scan.peek() {
            Some(b'{') => {}
            Some(_) => {
                self.value(0, Refs::No)?;
                let whole = self.scan.peek().is_none();
                return Err(self.stop(if whole { RejectCode::NotAnObject } else { RejectCode::NotJson }));
            }
            None => return Err(self.stop(RejectCode::NotJson)),
        }
        self.begin = self.scan.at;
        self.object(0)?;
        self.end = self.scan.at;
        if self.scan.peek().is_some() { Err(self.stop(RejectCode::NotJson)) } else { Ok(()) }
    }

    fn value(&mut self, depth: usize, refs: Refs) -> Result<(), Stop> {
        match self.scan.peek() {
            Some(b'"') => {
                let token = self.scan.string().map_err(|fault| self.fault(fault))?;
                if refs == Refs::One
                    && let Ok(id) = Id::parse(&token.text())
                {
                    self.reference(id);
                }
                Ok(())
            }
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth, if refs == Refs::Many { Refs::One } else { Refs::No }),
            _ => self.scan.scalar().map_err(|fault| self.fault(fault)),
        }
    }

    fn reference(&mut self, id: Id) {
        if self.refs.len() >= self.limits.references {
            return self.note(RejectCode::TooManyReferences, |reader| reader.path_text().unwrap_or_default());
        }
        match self.path_text() {
            Some(path) => self.refs.push(Reference { path, id }),
            None => self.note(RejectCode::PathTooLong, |_| Box::default()),
        }
    }

    fn deeper(&self, depth: usize) -> Result<usize, Stop> {
        if depth >= self.limits.depth.min(DEEPEST) {
            Err(self.stop(RejectCode::TooDeep))
        } else {
            Ok(depth + 1)
        }
    }

    fn array(&mut self, depth: usize, refs: Refs) -> Result<(), Stop> {
        let depth = self.deeper(depth)?;
        self.scan.at += 1;
        if self.scan.is_empty(b']') {
            return Ok(());
        }
        for at in 0.. {
            self.path.push(Step::Index(at));
            self.value(depth, refs)?;
            self.path.pop();
            if !self.scan.more(b']').map_err(|fault| self.fault(fault))? {
                break;
            }
        }
        Ok(())
    }

    fn object(&mut self, depth: usize) -> Result<(), Stop> {
        let depth = self.deeper(depth)?;
        self.scan.at += 1;
        if self.scan.is_empty(b'}') {
            return Ok(());
        }
        let first = self.names.len();
        loop {
            let name = self.scan.string().map_err(|fault| self.fault(fault))?.text();
            self.scan.take(b':').map_err(|fault| self.fault(fault))?;
            self.scan.peek();
            let refs = Refs::of(&name);
            self.path.push(match &name {
                Cow::Borrowed(name) => Step::Raw(name),
                Cow::Owned(_) => Step::Name(self.names.len()),
            });
            self.names.push(name);
            let (at, begin) = (self.names.len() - 1, self.scan.at);
            self.value(depth, refs)?;
            if depth == 1 {
                self.member(at, begin);
            }
            self.path.pop();
            if !self.scan.more(b'}').map_err(|fault| self.fault(fault))? {
                break;
            }
        }
        self.no_name_twice(first);
        self.names.truncate(first);
        Ok(())
    }

    fn no_name_twice(&mut self, first: usize) {
        let Some(names) = self.names.get_mut(first..) else { return };
        names.sort_unstable();
        let twice = names.windows(2).find_map(|pair| match pair {
            [one, other] if one == other => Some(clipped(one, LONGEST_TITLE)),
            _ => None,
        });
        if let Some(name) = twice {
            self.note(RejectCode::DuplicateKey, |reader| match reader.path_text() {
                Some(path) if !path.is_empty() => format!("{path}.{name}").into(),
                _ => name,
            });
        }
    }

    /// Remembers a member of the outermost object; a repeated one is refused at its end.
    fn member(&mut self, at: usize, begin: usize) {
        let (Some(name), Some(slice)) = (self.names.get(at), self.scan.text.get(begin..self.scan.at)) else {
            return;
        };
        let top = &mut self.top;
        let place = match name.as_ref() {
            "id" => &mut top.id,
            "type" => &mut top.kind,
            "spec_version" => &mut top.spec_version,
            "created" => &mut top.created,
            "modified" => &mut top.modified,
            "valid_from" => &mut top.valid_from,
            "valid_until" => &mut top.valid_until,
            "revoked" => &mut top.revoked,
            "created_by_ref" => &mut top.created_by_ref,
            "object_marking_refs" => &mut top.object_marking_refs,
            "granular_markings" => &mut top.granular_markings,
            "confidence" => &mut top.confidence,
            "labels" => &mut top.labels,
            name => {
                if let Some(rank) = title_rank(name)
                    && top.title.is_none_or(|(before, _)| rank < before)
                    && slice.len() > 2
                    && (slice.starts_with('"') || name == "number")
                {
                    top.title = Some((rank, slice));
                }
                return;
            }
        };
        *place = Some(slice);
    }
}

/// Which property people know an object by; the least counts.
fn title_rank(name: &str) -> Option<u8> {
    const ORDER: [&str; 18] = [
        "name",
        "value",
        "abstract",
        "subject",
        "display_name",
        "path",
        "key",
        "account_login",
        "user_id",
        "product",
        "relationship_type",
        "command_line",
        "number",
        "serial_number",
        "pattern",
        "opinion",
        "description",
        "content",
    ];
    ORDER.iter().zip(0..).find_map(|(known, rank)| (*known == name).then_some(rank))
}

pub(super) fn clipped(text: &str, most: usize) -> Box<str> {
    text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text).into()
}
