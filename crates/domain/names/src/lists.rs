//! Two lists against each other: names that somebody saw, and names that one protects.

use crate::{Allow, Hit, Matcher, Name, NameFault, ProtectFault, Protected, Settings, TooMany};
use serde::Serialize;
use std::fmt;

/// How much two lists may ask of the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListLimits {
    /// Bytes of the list of names.
    pub names_bytes: usize,
    /// Bytes of the list of what is protected.
    pub protect_bytes: usize,
    /// Bytes of one line.
    pub line_bytes: usize,
    /// Hits that are listed; the rest is counted.
    pub hits: usize,
    /// Lines without a name that are listed; the rest is counted. Also faults.
    pub faults: usize,
}

impl Default for ListLimits {
    fn default() -> Self {
        Self {
            names_bytes: 512 << 20,
            protect_bytes: 16 << 20,
            line_bytes: 4_096,
            hits: 100_000,
            faults: 100,
        }
    }
}

/// Which of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Names that somebody saw.
    Names,
    /// What is protected and what is allowed.
    Protect,
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Names => "the list of names",
            Self::Protect => "the list of protected names",
        })
    }
}

/// Why lists cannot be used. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListFault {
    /// More bytes than allowed.
    #[error("{list} has {found} bytes, the limit is {limit}: split it")]
    TooLong {
        /// Which list.
        list: List,
        /// Its bytes.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// A line longer than allowed.
    #[error("{list}, line {line}: longer than {limit} bytes")]
    LongLine {
        /// Which list.
        list: List,
        /// The line.
        line: u64,
        /// The limit.
        limit: usize,
    },
    /// A line that is no UTF-8.
    #[error("{list}, line {line}: not UTF-8: save the file as UTF-8")]
    NotText {
        /// Which list.
        list: List,
        /// The line.
        line: u64,
    },
    /// A file with a header that cannot be read as CSV.
    #[error("{list}, line {line}: not CSV: {what}")]
    Csv {
        /// Which list.
        list: List,
        /// The line.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// Something that cannot be protected.
    #[error("the list of protected names, line {line}: {text:?} cannot be protected: {fault}")]
    Protect {
        /// The line.
        line: u64,
        /// What stands there.
        text: String,
        /// Why not.
        fault: ProtectFault,
    },
    /// Something that cannot be allowed.
    #[error("the list of protected names, line {line}: {text:?} cannot be allowed: {fault}")]
    Allow {
        /// The line.
        line: u64,
        /// What stands there.
        text: String,
        /// Why not.
        fault: NameFault,
    },
    /// No line names anything to protect.
    #[error("the list of protected names has none: write one name a line")]
    NothingProtected,
    /// More names than a matcher protects.
    #[error(transparent)]
    TooMany(#[from] TooMany),
}

/// What is protected and what is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectList {
    /// In the order of the list.
    pub protected: Vec<Protected>,
    /// Names that are in order.
    pub allow: Allow,
}

/// A name that looks like a protected one, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameHit {
    /// The line, from 1.
    pub line: u64,
    /// The name in ASCII, with `*.` where that stood before it.
    pub name: String,
    /// What a person sees who is shown Unicode, where that is something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unicode: Option<String>,
    /// What it looks like.
    #[serde(flatten)]
    pub hit: Hit,
}

/// A line that is no name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotAName {
    /// The line, from 1.
    pub line: u64,
    /// What stands there, at most 200 characters.
    pub text: String,
    /// Why it is none.
    pub fault: NameFault,
}

/// What came of two lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MatchReport {
    /// Names and words that are protected.
    pub protected: usize,
    /// Names that were checked.
    pub checked: u64,
    /// The highest score first, then in the order of the list; the best hit of each name.
    pub hits: Vec<NameHit>,
    /// Hits that are not listed.
    pub more_hits: u64,
    /// Lines that are no names.
    pub not_names: Vec<NotAName>,
    /// Such lines that are not listed.
    pub more_not_names: u64,
}

/// Columns that a name can stand in.
const NAME: [&str; 10] = [
    "name",
    "domain",
    "domain_name",
    "host",
    "hostname",
    "fqdn",
    "dns_name",
    "common_name",
    "commonname",
    "cn",
];
/// Columns that an owner can stand in.
const OWNER: [&str; 5] = ["owner", "label", "organisation", "organization", "key"];

/// Checks each name of a list.
///
/// Both lists are UTF-8 with a line for each name; empty lines and what follows a `#` (at the beginning of a line, or
/// after a space) are passed over. Where the first line names a column (`name`, `domain`, `host`, `fqdn`, `common_name`, …) the list is read as
/// CSV with `,`, `;` or tabs. A protected name can be followed by a comma and its owner; without a dot it is a word.
/// `allow:` before a name allows it, and before `*.name` or `.name` also everything below.
///
/// # Errors
/// [`ListFault`]s, at most [`ListLimits::faults`]. A line of `names` that is no name is part of the report instead.
pub fn match_names(
    names: &[u8],
    protect: &[u8],
    settings: &Settings,
    limits: &ListLimits,
) -> Result<MatchReport, Vec<ListFault>> {
    let list = read_protect_list(protect, limits)?;
    let matcher = Matcher::build(&list.protected, &list.allow, settings);
    let matcher = matcher.map_err(|fault| vec![ListFault::TooMany(fault)])?;
    let mut report = MatchReport {
        protected: list.protected.len(),
        checked: 0,
        hits: Vec::new(),
        more_hits: 0,
        not_names: Vec::new(),
        more_not_names: 0,
    };
    let mut faults = Vec::new();
    each_row(names, List::Names, limits, &mut faults, &mut |line, text, _| {
        report.add(&matcher, line, text, limits)
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    report.hits.sort_by_key(|hit| (u8::MAX - hit.hit.score, hit.line));
    Ok(report)
}

/// Reads a list of what is protected.
///
/// # Errors
/// [`ListFault`]s, at most [`ListLimits::faults`].
pub fn read_protect_list(bytes: &[u8], limits: &ListLimits) -> Result<ProtectList, Vec<ListFault>> {
    let mut list = ProtectList { protected: Vec::new(), allow: Allow::new() };
    let (mut faults, mut wrong) = (Vec::new(), Vec::new());
    each_row(bytes, List::Protect, limits, &mut faults, &mut |line, text, owner| {
        let fault = match text.strip_prefix("allow:") {
            Some(name) => list.allow.add(name).err().map(|fault| ListFault::Allow {
                line,
                text: clip(name.trim()),
                fault,
            }),
            None => match Protected::new(text, owner) {
                Ok(one) => {
                    list.protected.push(one);
                    None
                }
                Err(fault) => Some(ListFault::Protect { line, text: clip(text), fault }),
            },
        };
        wrong.extend(fault.filter(|_| wrong.len() < limits.faults));
    });
    faults.extend(wrong);
    faults.truncate(limits.faults.max(1));
    if faults.is_empty() && list.protected.is_empty() {
        faults.push(ListFault::NothingProtected);
    }
    if faults.is_empty() { Ok(list) } else { Err(faults) }
}

impl MatchReport {
    fn add(&mut self, matcher: &Matcher, line: u64, text: &str, limits: &ListLimits) {
        let name = match Name::parse(text) {
            Ok(name) => name,
            Err(_) if self.not_names.len() >= limits.faults => {
                self.more_not_names += 1;
                return;
            }
            Err(fault) => return self.not_names.push(NotAName { line, text: clip(text), fault }),
        };
        self.checked += 1;
        let Some(hit) = matcher.check(&name) else { return };
        if self.hits.len() >= limits.hits {
            self.more_hits += 1;
            return;
        }
        let unicode = Some(name.unicode()).filter(|unicode| unicode != name.as_str());
        self.hits.push(NameHit { line, name: name.to_string(), unicode, hit });
    }
}

/// Calls `row` with line, name and owner of each line that has a name.
fn each_row(
    bytes: &[u8],
    list: List,
    limits: &ListLimits,
    faults: &mut Vec<ListFault>,
    row: &mut dyn FnMut(u64, &str, &str),
) {
    let limit = if list == List::Names { limits.names_bytes } else { limits.protect_bytes };
    if bytes.len() > limit {
        return faults.push(ListFault::TooLong { list, found: bytes.len(), limit });
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let first = lines.find(|line| !line.trim_ascii().is_empty() && !line.trim_ascii().starts_with(b"#"));
    let header = first.and_then(|line| std::str::from_utf8(line).ok()).and_then(header_of);
    match header {
        Some(header) => each_record(bytes, list, &header, limits, faults, row),
        None => each_line(bytes, list, limits, faults, row),
    }
}

struct Header {
    delimiter: u8,
    name: usize,
    owner: Option<usize>,
}

fn header_of(line: &str) -> Option<Header> {
    [b',', b';', b'\t'].into_iter().find_map(|delimiter| {
        let cells = line
            .split(char::from(delimiter))
            .map(|cell| cell.trim().trim_matches('"').trim().to_lowercase().replace([' ', '-'], "_"));
        let cells: Vec<String> = cells.collect();
        let place = |names: &[&str]| cells.iter().position(|cell| names.contains(&cell.as_str()));
        Some(Header { delimiter, name: place(&NAME)?, owner: place(&OWNER) })
    })
}

fn each_line(
    bytes: &[u8],
    list: List,
    limits: &ListLimits,
    faults: &mut Vec<ListFault>,
    row: &mut dyn FnMut(u64, &str, &str),
) {
    for (line, raw) in (1u64..).zip(bytes.split(|byte| *byte == b'\n')) {
        if faults.len() >= limits.faults {
            return;
        }
        if raw.len() > limits.line_bytes {
            faults.push(ListFault::LongLine { list, line, limit: limits.line_bytes });
            continue;
        }
        let Ok(text) = std::str::from_utf8(raw) else {
            faults.push(ListFault::NotText { list, line });
            continue;
        };
        let text = without_comment(text);
        let (name, owner) = match list {
            List::Protect => text.split_once(',').unwrap_or((text, "")),
            List::Names => (text, ""),
        };
        if !text.is_empty() {
            row(line, name.trim(), owner.trim());
        }
    }
}

fn without_comment(text: &str) -> &str {
    let text = text.trim();
    if text.starts_with('#') {
        return "";
    }
    let comment = text.find(" #").or_else(|| text.find("\t#"));
    comment.and_then(|at| text.get(..at)).unwrap_or(text).trim()
}

fn each_record(
    bytes: &[u8],
    list: List,
    header: &Header,
    limits: &ListLimits,
    faults: &mut Vec<ListFault>,
    row: &mut dyn FnMut(u64, &str, &str),
) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(header.delimiter)
        .comment(Some(b'#'))
        .flexible(true)
        .has_headers(true)
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    loop {
        if faults.len() >= limits.faults {
            return;
        }
        let line = reader.position().line();
        match reader.read_byte_record(&mut record) {
            Ok(false) => return,
            Ok(true) => {}
            Err(error) => return faults.push(ListFault::Csv { list, line, what: error.to_string() }),
        }
        let line = record.position().map_or(line, csv::Position::line);
        if record.as_slice().len() > limits.line_bytes {
            faults.push(ListFault::LongLine { list, line, limit: limits.line_bytes });
            continue;
        }
        let cell = |at: usize| std::str::from_utf8(record.get(at).unwrap_or_default()).map(str::trim);
        match (cell(header.name), header.owner.map_or(Ok(""), cell)) {
            (Ok(""), Ok(_)) => {}
            (Ok(name), Ok(owner)) => row(line, name, owner),
            _ => faults.push(ListFault::NotText { list, line }),
        }
    }
}

fn clip(text: &str) -> String {
    match text.char_indices().nth(200) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
    }
}
