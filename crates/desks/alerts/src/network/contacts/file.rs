//! Reads contacts from a table, and says everything that is wrong with it at once.

use super::{Authority, Contact, Holder, LONGEST_DAYS, Level, MOST};
use crate::cells::uncell;
use crate::network::Network;
use csv::{ReaderBuilder, StringRecord};
use scr_core::{Closest, Problem, Severity};
use scr_i18n::Zone;
use std::collections::BTreeMap;

/// Columns of the table; those marked with `true` must be there.
pub(crate) const COLUMNS: [(&str, bool); 13] = [
    ("station", false),
    ("unit", false),
    ("area", false),
    ("function", true),
    ("level", true),
    ("language", true),
    ("authority", true),
    ("sms", false),
    ("email", false),
    ("telephone", false),
    ("webhook", false),
    ("valid_until", true),
    ("order", false),
];

/// Problems that are listed at most.
const MOST_PROBLEMS: usize = 200;

/// Bounds on what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContactLimits {
    /// Bytes of a file.
    pub bytes: usize,
    /// Rows of a file.
    pub rows: usize,
    /// Bytes of a cell.
    pub cell: usize,
}

impl Default for ContactLimits {
    fn default() -> Self {
        Self { bytes: 64 << 20, rows: MOST, cell: 500 }
    }
}

/// What rows are checked against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The areas and stations.
    pub network: &'a Network,
    /// The election's time zone: a contact ends with its last day there.
    pub zone: &'a Zone,
    /// Seconds since 1970, UTC.
    pub now: i64,
}

struct Reading<'a> {
    file: &'a str,
    against: Against<'a>,
    limits: ContactLimits,
    places: BTreeMap<&'static str, usize>,
    units: BTreeMap<&'a str, u32>,
    closest: Option<Closest<'a>>,
    /// Rows by who is meant, for those that stand twice.
    seen: BTreeMap<(Holder, String, String), u64>,
    days: BTreeMap<String, Option<i64>>,
    problems: Vec<Problem>,
}

/// Reads contacts: CSV whose first row names the columns `station` (number), `unit` (code in the registry) or `area` (code),
/// of which a row fills one; `function`, `level` (`expert`, `official`, `public`), `language` (ISO 639-1), `authority`
/// (`national`, `regional`, `local`, `ally`); `sms`, `email`, `telephone`, `webhook`, at least one of them; `valid_until`
/// (`2026-11-28`, the last day), `order` (1 where it is empty). Ids are empty.
///
/// # Errors
/// Everything that is wrong, at most 200 problems (`SCR-ALR-212` to `-217`, `-205`).
pub fn read(
    bytes: &[u8],
    file: &str,
    against: Against<'_>,
    limits: &ContactLimits,
) -> Result<Vec<Contact>, Vec<Problem>> {
    let units = against.network.names.iter().map(|(number, (unit, _))| (unit.as_str(), *number));
    let mut reading = Reading {
        file,
        against,
        limits: *limits,
        places: BTreeMap::new(),
        units: units.filter(|(unit, _)| !unit.is_empty()).collect(),
        closest: None,
        seen: BTreeMap::new(),
        days: BTreeMap::new(),
        problems: Vec::new(),
    };
    let contacts = reading.all(bytes);
    if reading.problems.is_empty() { Ok(contacts) } else { Err(reading.problems) }
}

impl<'a> Reading<'a> {
    fn problem(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Error, self.file)
    }

    fn report(&mut self, problem: Problem) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Says what is wrong with a cell.
    fn wrong(&mut self, code: &'static str, row: u64, column: &str, value: &str) {
        self.report(self.problem(code).at_row(row).in_column(column).with_value(value));
    }

    fn all(&mut self, bytes: &[u8]) -> Vec<Contact> {
        if bytes.len() > self.limits.bytes {
            self.report(self.problem("SCR-ALR-205").with("most", self.limits.rows));
            return Vec::new();
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
        let headings = reader.headers().cloned().unwrap_or_default();
        self.columns(&headings);
        if !self.problems.is_empty() {
            return Vec::new();
        }
        let mut contacts = Vec::new();
        for (row, record) in (2u64..).zip(reader.records()) {
            if contacts.len() >= self.limits.rows {
                self.report(self.problem("SCR-ALR-205").at_row(row).with("most", self.limits.rows));
                break;
            }
            match record {
                Ok(record) if record.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(record) => contacts.extend(self.row(row, &record)),
                Err(_) => self.report(self.problem("SCR-ALR-213").at_row(row)),
            }
        }
        if contacts.is_empty() && self.problems.is_empty() {
            self.report(self.problem("SCR-ALR-205").with("most", self.limits.rows));
        }
        contacts
    }

    fn columns(&mut self, headings: &StringRecord) {
        for (at, heading) in headings.iter().enumerate() {
            let heading = heading.trim();
            match COLUMNS.iter().find(|(name, _)| *name == heading) {
                Some((name, _)) if !self.places.contains_key(name) => drop(self.places.insert(name, at)),
                // A column that nobody reads may be one that is misspelt.
                _ => {
                    let mut known = Closest::among(COLUMNS.iter().map(|(name, _)| *name));
                    let closest = known.to(heading);
                    self.report(self.problem("SCR-ALR-212").at_row(1).in_column(heading).closest_to(closest));
                }
            }
        }
        for (name, _) in COLUMNS.iter().filter(|(_, must)| *must) {
            if !self.places.contains_key(name) {
                self.report(self.problem("SCR-ALR-212").at_row(1).in_column(name));
            }
        }
    }

    fn cell(&mut self, row: u64, record: &StringRecord, column: &'static str) -> String {
        let text = self.places.get(column).and_then(|at| record.get(*at)).unwrap_or_default().trim();
        let text = uncell(text);
        if text.len() > self.limits.cell || text.chars().any(is_hidden) {
            self.wrong("SCR-ALR-213", row, column, text);
            return String::new();
        }
        text.to_owned()
    }

    fn row(&mut self, row: u64, record: &StringRecord) -> Option<Contact> {
        let before = self.problems.len();
        let holder = self.holder(row, record);
        let function = self.cell(row, record, "function");
        if function.is_empty() || function.len() > 200 {
            self.wrong("SCR-ALR-213", row, "function", &function);
        }
        let level = self.word(row, record, "level", Level::parse);
        let authority = self.word(row, record, "authority", Authority::parse);
        let language = self.word(row, record, "language", |text| is_language(text).then(|| text.to_owned()));
        let sms = self.address(row, record, "sms", number);
        let email = self.address(row, record, "email", email);
        let telephone = self.address(row, record, "telephone", number);
        let webhook = self.address(row, record, "webhook", webhook);
        if self.problems.len() == before
            && [&sms, &email, &telephone, &webhook].iter().all(|one| one.is_none())
        {
            self.report(self.problem("SCR-ALR-215").at_row(row));
        }
        let until = self.until(row, record);
        let order = self.order(row, record);
        let (holder, level, authority, language) = (holder?, level?, authority?, language?);
        let first = sms.as_ref().or(email.as_ref()).or(telephone.as_ref()).or(webhook.as_ref());
        let who = (holder.clone(), function.clone(), first.cloned().unwrap_or_default());
        if self.problems.len() > before {
            return None;
        }
        if let Some(earlier) = self.seen.insert(who, row) {
            self.report(self.problem("SCR-ALR-217").at_row(row).with("row", earlier));
        }
        let (id, until, order) = (String::new(), until?, order?);
        Some(Contact {
            id,
            holder,
            function,
            level,
            language,
            authority,
            sms,
            email,
            telephone,
            webhook,
            until,
            order,
        })
    }

    fn holder(&mut self, row: u64, record: &StringRecord) -> Option<Holder> {
        let cells = ["station", "unit", "area"].map(|column| self.cell(row, record, column));
        let filled: Vec<_> = ["station", "unit", "area"]
            .into_iter()
            .zip(&cells)
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let [(column, text)] = filled.as_slice() else {
            self.report(self.problem("SCR-ALR-214").at_row(row).with("filled", filled.len()));
            return None;
        };
        let network = self.against.network;
        let stations = network.stations.all();
        let found = match *column {
            "station" => {
                let number = text.parse::<u32>().ok();
                number
                    .filter(|number| stations.binary_search_by_key(number, |one| one.number).is_ok())
                    .map(Holder::Station)
            }
            "unit" => self.units.get(text.as_str()).copied().map(Holder::Station),
            _ => network.tree.find(text).map(|_| Holder::Area((*text).clone())),
        };
        if found.is_none() {
            let mut problem = self.problem("SCR-ALR-214").at_row(row).in_column(column).with_value(text);
            if *column == "area" {
                let codes = network.tree.areas().iter().map(|area| area.code.as_str());
                problem =
                    problem.closest_to(self.closest.get_or_insert_with(|| Closest::among(codes)).to(text));
            }
            self.report(problem);
        }
        found
    }

    fn word<T>(
        &mut self,
        row: u64,
        record: &StringRecord,
        column: &'static str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.cell(row, record, column);
        let word = read(&text.to_lowercase());
        if word.is_none() {
            self.wrong("SCR-ALR-213", row, column, &text);
        }
        word
    }

    fn address(
        &mut self,
        row: u64,
        record: &StringRecord,
        column: &'static str,
        read: fn(&str) -> Option<String>,
    ) -> Option<String> {
        let text = self.cell(row, record, column);
        if text.is_empty() {
            return None;
        }
        let found = read(&text);
        if found.is_none() {
            self.wrong("SCR-ALR-213", row, column, &text);
        }
        found
    }

    fn until(&mut self, row: u64, record: &StringRecord) -> Option<i64> {
        let text = self.cell(row, record, "valid_until");
        let Against { zone, now, .. } = self.against;
        let until = *self.days.entry(text.clone()).or_insert_with(|| end_of(zone, &text, now));
        if until.is_none() {
            self.report(
                self.problem("SCR-ALR-216").at_row(row).in_column("valid_until").with_value(&text).with(
                    "latest",
                    zone.day_of(now.saturating_add((LONGEST_DAYS - 1) * 86_400)).unwrap_or_default(),
                ),
            );
        }
        until
    }

    fn order(&mut self, row: u64, record: &StringRecord) -> Option<u16> {
        let text = self.cell(row, record, "order");
        if text.is_empty() {
            return Some(1);
        }
        let order = text.parse::<u16>().ok().filter(|order| (1..=1_000).contains(order));
        if order.is_none() {
            self.wrong("SCR-ALR-213", row, "order", &text);
        }
        order
    }
}

/// When a last day is over; `None` for what is no day, has been, or is later than thirteen months.
pub(crate) fn end_of(zone: &Zone, day: &str, now: i64) -> Option<i64> {
    // Days have 23 to 25 hours.
    let next = zone.day_of(zone.begin_of(day)?.saturating_add(30 * 3_600))?;
    let end = zone.begin_of(&next)?;
    (end > now && end <= now.saturating_add(LONGEST_DAYS * 86_400)).then_some(end)
}

/// Control characters, and what turns the direction of what follows.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

pub(crate) fn is_language(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// E.164: `+` and 7 to 15 digits; spaces, dashes and brackets between them do not matter.
pub(crate) fn number(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !" -()./\u{a0}".contains(*c)).collect();
    let digits = plain.strip_prefix('+')?;
    let is_number = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    is_number.then_some(plain)
}

/// One plain address (RFC 5321 without quoted parts): nothing that a mail program would read as a second one.
pub(crate) fn email(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let is_atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let local_fits = (1..=64).contains(&local.len())
        && local.chars().all(is_atom)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let domain_fits = domain.contains('.') && domain.split('.').all(is_label);
    (local_fits && domain_fits && text.len() <= 254).then(|| text.to_owned())
}

/// An address with `https`, a host, and no user name. Whether it may be asked is decided when it is.
pub(crate) fn webhook(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_fits =
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte));
    (host_fits && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| text.to_owned())
}
