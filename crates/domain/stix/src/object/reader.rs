//! One pass over the bytes of an object.

use super::{Granular, GranularWhat, Head, Limits, Object, Reference, RejectCode, Rejected};
use crate::scan::{Fault, Scan};
use crate::{Id, Timestamp, id};
use serde::Deserialize;
use std::borrow::Cow;

/// Longest path of a reference, so that references cannot cost more memory than their object suggests.
const LONGEST_PATH: usize = 1_000;
/// Longest title, in characters.
const LONGEST_TITLE: usize = 200;
/// What is kept of a version that cannot be read.
const LONGEST_VERSION: usize = 64;
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

struct Problem {
    code: RejectCode,
    path: Box<str>,
    offset: usize,
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

struct Reader<'a, 'l> {
    scan: Scan<'a>,
    limits: &'l Limits,
    begin: usize,
    end: usize,
    path: Vec<Step<'a>>,
    /// The names in the objects that are open, outermost first.
    names: Vec<Cow<'a, str>>,
    problem: Option<Problem>,
    refs: Vec<Reference>,
    top: Top<'a>,
}

/// The members of the object that the head needs, as they stand.
#[derive(Default)]
struct Top<'a> {
    id: Option<&'a str>,
    kind: Option<&'a str>,
    spec_version: Option<&'a str>,
    created: Option<&'a str>,
    modified: Option<&'a str>,
    valid_from: Option<&'a str>,
    valid_until: Option<&'a str>,
    revoked: Option<&'a str>,
    created_by_ref: Option<&'a str>,
    object_marking_refs: Option<&'a str>,
    granular_markings: Option<&'a str>,
    confidence: Option<&'a str>,
    labels: Option<&'a str>,
    title: Option<(u8, &'a str)>,
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

    fn note_at(&mut self, code: RejectCode, path: &str) {
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

    fn finish(mut self) -> Result<Object, Box<Rejected>> {
        let id = self.identifier();
        let (Some(id), None) = (id, &self.problem) else { return Err(self.first_problem()) };
        let head = self.head(id);
        if self.problem.is_some() {
            return Err(self.first_problem());
        }
        let raw = self.scan.text.get(self.begin..self.end).unwrap_or_default();
        Ok(Object { raw: raw.into(), head })
    }

    fn first_problem(&mut self) -> Box<Rejected> {
        let none = Problem { code: RejectCode::NotAnObject, path: Box::default(), offset: 0 };
        let problem = self.problem.take().unwrap_or(none);
        self.rejected(problem)
    }

    fn rejected(&self, problem: Problem) -> Box<Rejected> {
        let Problem { code, path, offset } = problem;
        let version = text_of(self.top.modified).or(text_of(self.top.created));
        Box::new(Rejected {
            index: 0,
            id: text_of(self.top.id).and_then(|text| Id::parse(&text).ok()),
            kind: text_of(self.top.kind).filter(|kind| id::is_kind(kind.as_bytes())).map(Box::from),
            version: version.map(|text| clipped(&text, LONGEST_VERSION)),
            code,
            path,
            offset: u64::try_from(offset).unwrap_or(u64::MAX),
        })
    }

    /// The head; what is wrong with it is noted.
    fn head(&mut self, id: Id) -> Head {
        let spec_version = self.top.spec_version.and_then(|slice| {
            let text = text_of(Some(slice));
            if text.is_none() {
                self.note_at(RejectCode::SpecVersionInvalid, "spec_version");
            }
            text.map(|text| clipped(&text, LONGEST_VERSION))
        });
        let created = self.timestamp(self.top.created, "created");
        let modified = self.timestamp(self.top.modified, "modified");
        if modified.is_some() && created.is_some() && modified < created {
            self.note_at(RejectCode::ModifiedBeforeCreated, "modified");
        }
        let valid_from = self.timestamp(self.top.valid_from, "valid_from");
        let valid_until = self.timestamp(self.top.valid_until, "valid_until");
        let revoked = self.typed(self.top.revoked, RejectCode::RevokedInvalid, "revoked");
        let created_by_ref =
            self.typed(self.top.created_by_ref, RejectCode::ReferenceInvalid, "created_by_ref");
        let object_marking_refs: Option<Vec<Id>> =
            self.typed(self.top.object_marking_refs, RejectCode::ReferenceInvalid, "object_marking_refs");
        let granular_markings = self.granular();
        let confidence =
            self.top.confidence.and_then(|slice| slice.parse().ok()).filter(|value| *value <= 100);
        let labels = self.top.labels.and_then(|slice| serde_json::from_str(slice).ok());
        Head {
            title: self.title(&id),
            id,
            spec_version,
            created,
            modified,
            revoked: revoked.unwrap_or(false),
            created_by_ref,
            object_marking_refs: object_marking_refs.unwrap_or_default(),
            granular_markings,
            refs: std::mem::take(&mut self.refs),
            valid_from,
            valid_until,
            confidence,
            labels: labels.unwrap_or_default(),
        }
    }

    fn identifier(&mut self) -> Option<Id> {
        let Some(kind) = self.top.kind else {
            self.note_at(RejectCode::TypeMissing, "type");
            return None;
        };
        let Some(kind) = text_of(Some(kind)).filter(|kind| id::is_kind(kind.as_bytes())) else {
            self.note_at(RejectCode::TypeInvalid, "type");
            return None;
        };
        let Some(id) = self.top.id else {
            self.note_at(RejectCode::IdMissing, "id");
            return None;
        };
        let Some(id) = text_of(Some(id)).and_then(|text| Id::parse(&text).ok()) else {
            self.note_at(RejectCode::IdInvalid, "id");
            return None;
        };
        if id.kind() != kind {
            self.note_at(RejectCode::TypeDiffers, "id");
        } else if kind == "bundle" {
            self.note_at(RejectCode::BundleInside, "type");
        }
        Some(id)
    }

    fn timestamp(&mut self, slice: Option<&str>, name: &str) -> Option<Timestamp> {
        let read = text_of(Some(slice?)).and_then(|text| Timestamp::parse(&text).ok());
        if read.is_none() {
            self.note_at(RejectCode::TimestampInvalid, name);
        }
        read
    }

    fn typed<T: for<'de> Deserialize<'de>>(
        &mut self,
        slice: Option<&str>,
        code: RejectCode,
        name: &str,
    ) -> Option<T> {
        let read = serde_json::from_str(slice?).ok();
        if read.is_none() {
            self.note_at(code, name);
        }
        read
    }

    fn granular(&mut self) -> Vec<Granular> {
        let all: Option<Vec<Written>> =
            self.typed(self.top.granular_markings, RejectCode::GranularInvalid, "granular_markings");
        let mut read = Vec::new();
        for (at, written) in all.into_iter().flatten().enumerate() {
            let what = match (written.marking_ref, written.lang) {
                (Some(id), None) => Some(GranularWhat::Marking(id)),
                (None, Some(lang)) => Some(GranularWhat::Lang(lang)),
                _ => None,
            };
            match what {
                Some(what) if !written.selectors.is_empty() => {
                    read.push(Granular { what, selectors: written.selectors });
                }
                _ => self.note_at(RejectCode::GranularInvalid, &format!("granular_markings.[{at}]")),
            }
        }
        read
    }

    fn title(&self, id: &Id) -> Option<Box<str>> {
        let (_, slice) = self.top.title?;
        if slice.starts_with('"') {
            return text_of(Some(slice)).map(|text| clipped(&text, LONGEST_TITLE));
        }
        (id.kind() == "autonomous-system").then(|| format!("AS{}", clipped(slice, 20)).into())
    }
}

#[derive(Deserialize)]
struct Written {
    marking_ref: Option<Id>,
    lang: Option<Box<str>>,
    selectors: Vec<Box<str>>,
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

/// What a string says that has been found to be one; `None` for anything else.
fn text_of(slice: Option<&str>) -> Option<Cow<'_, str>> {
    let inner = slice?.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        serde_json::from_str(slice?).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}

fn clipped(text: &str, most: usize) -> Box<str> {
    text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text).into()
}
