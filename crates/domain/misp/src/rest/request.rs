//! Reads the JSON body of `events/restSearch` and `attributes/restSearch`.

use super::text::Choice;
use super::{CSV_COLUMNS, Deleted, Format, Query, Span};
use crate::event::{day_of, instant};
use crate::json::{ReadError, parse};
use crate::limits::Limits;
use crate::warning::clip;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value};

/// A request that was read.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// What is searched for.
    pub query: Query,
    /// Names of filters that are not known, or not understood with this value. The query finds more than was asked
    /// for: refuse it.
    pub unsupported: Vec<String>,
    /// Names that stand in the request twice: two programs would read two requests out of it.
    pub twice: Vec<String>,
    /// Names that change nothing in what is found.
    pub ignored: Vec<String>,
    /// Whether of each event ids and times alone are wanted (`events/index`).
    pub minimal: bool,
}

/// Texts of all filters together.
const TEXTS: usize = 20_000;

/// Names that only say how the answer is written, or ask for what we do not have.
const IGNORED: &[&str] = &[
    "sgReferenceOnly",
    "includeCorrelations",
    "includeDecayScore",
    "includeProposals",
    "includeGalaxy",
    "includeAllTags",
    "includeServerCorrelations",
    "includeFeedCorrelations",
    "excludeGalaxy",
    "excludeLocalTags",
    "allowNonIDS",
    "includeContext",
    "key",
];

/// Reads a request. `now` is the time from which `5d` and the like are counted, in seconds since 1970.
///
/// # Errors
/// What is no JSON object, or passes a limit.
pub fn read_request(bytes: &[u8], now: i64, limits: &Limits) -> Result<Request, ReadError> {
    let (map, twice) = read_map(bytes, limits)?;
    read(map, twice, now)
}

/// Reads a request to `events/index`, which has other names for the same filters.
///
/// # Errors
/// What is no JSON object, or passes a limit.
pub fn read_index_request(bytes: &[u8], now: i64, limits: &Limits) -> Result<Request, ReadError> {
    let (map, mut twice) = read_map(bytes, limits)?;
    let (mut renamed, mut minimal, mut wrong) = (Map::new(), false, Vec::new());
    for (name, value) in map.into_iter().filter(|(_, value)| !value.is_null()) {
        let Some((_, own)) = OF_INDEX.iter().find(|(theirs, _)| *theirs == name) else {
            wrong.push(clip(&name));
            continue;
        };
        if *own == "minimal" {
            match truth(&value) {
                Some(said) => minimal = said,
                None => wrong.push(name),
            }
        } else if renamed.insert((*own).to_owned(), value).is_some() {
            twice.push(name);
        }
    }
    let mut request = read(renamed, twice, now)?;
    request.minimal = minimal;
    request.unsupported.extend(wrong);
    Ok(request)
}

/// What `events/index` calls the filters of a search.
const OF_INDEX: &[(&str, &str)] = &[
    ("all", "searchall"),
    ("attribute", "value"),
    ("datefrom", "from"),
    ("dateuntil", "to"),
    ("eventid", "eventid"),
    ("eventinfo", "eventinfo"),
    ("limit", "limit"),
    ("minimal", "minimal"),
    ("org", "org"),
    ("page", "page"),
    ("publish_timestamp", "publish_timestamp"),
    ("published", "published"),
    ("tag", "tags"),
    ("tags", "tags"),
    ("timestamp", "timestamp"),
];

/// The fields of a request, and the names that stand there twice.
fn read_map(bytes: &[u8], limits: &Limits) -> Result<(Map<String, Value>, Vec<String>), ReadError> {
    let bytes: &[u8] = if bytes.trim_ascii().is_empty() { b"{}" } else { bytes };
    let document = parse(bytes, limits)?;
    let Value::Object(mut map) = document.value else {
        return Err(ReadError::NotThis("a search request"));
    };
    // Older clients wrap it.
    if let Some(Value::Object(inner)) = map.remove("request") {
        map = inner;
    }
    Ok((map, document.twice))
}

fn read(map: Map<String, Value>, twice: Vec<String>, now: i64) -> Result<Request, ReadError> {
    let mut reader = Reader { now, request: Request::default() };
    reader.request.query.page = 1;
    reader.request.twice = twice;
    for (name, value) in map {
        if value.is_null() {
            continue;
        }
        if !reader.take(&name, &value) {
            reader.request.unsupported.push(clip(&name));
        }
    }
    let query = &reader.request.query;
    let choices = [
        &query.value,
        &query.kind,
        &query.category,
        &query.org,
        &query.tags,
        &query.event_tags,
        &query.uuid,
        &query.event,
        &query.object_name,
        &query.info,
        &query.anywhere,
    ];
    if choices.iter().map(|choice| choice.len()).sum::<usize>() > TEXTS {
        return Err(ReadError::TooMany { what: "values to search for", limit: TEXTS });
    }
    Ok(reader.request)
}

struct Reader {
    now: i64,
    request: Request,
}

impl Reader {
    /// Takes one filter; `false` where it is not understood.
    fn take(&mut self, name: &str, value: &Value) -> bool {
        let query = &mut self.request.query;
        let taken = match name {
            "value" => choose(&mut query.value, value, false),
            "type" => choose(&mut query.kind, value, true),
            "category" => choose(&mut query.category, value, true),
            "org" => choose(&mut query.org, value, true),
            "tags" | "tag" => choose(&mut query.tags, value, true),
            "event_tags" => choose(&mut query.event_tags, value, true),
            "uuid" => choose(&mut query.uuid, value, true),
            "eventid" | "event_id" => choose(&mut query.event, value, true),
            "object_name" => choose(&mut query.object_name, value, true),
            "eventinfo" => choose(&mut query.info, &like(value), false),
            "quickFilter" | "searchall" => choose(&mut query.anywhere, &like(value), false),
            _ => None,
        };
        taken.unwrap_or_else(|| self.take_other(name, value))
    }

    fn take_other(&mut self, name: &str, value: &Value) -> bool {
        let now = self.now;
        let query = &mut self.request.query;
        match name {
            "timestamp" => set(&mut query.timestamp, span(value, now)),
            "publish_timestamp" | "last" => set(&mut query.publish_timestamp, span(value, now)),
            "event_timestamp" => set(&mut query.event_timestamp, span(value, now)),
            "from" => set(&mut query.date_from, day(value, now).map(Some)),
            "to" => set(&mut query.date_to, day(value, now).map(Some)),
            "to_ids" => match value {
                // MISP has "exclude" for 0; both together are no filter.
                Value::String(text) if text == "exclude" => set(&mut query.to_ids, Some(Some(false))),
                Value::Array(items) if items.len() == 2 => true,
                Value::Array(items) => {
                    items.first().is_some_and(|one| set(&mut query.to_ids, truth(one).map(Some)))
                }
                one => set(&mut query.to_ids, truth(one).map(Some)),
            },
            "deleted" => set(&mut query.deleted, deleted(value)),
            "published" => set(&mut query.published, truth(value).map(Some)),
            "limit" => set(&mut query.limit, count(value).map(Some)),
            "page" => set(&mut query.page, count(value).map(|page| page.max(1))),
            "metadata" => set(&mut query.metadata, truth(value)),
            "withAttachments" => set(&mut query.with_attachments, truth(value)),
            "includeEventTags" => set(&mut query.with_event_tags, truth(value)),
            "includeEventUuid" => set(&mut query.with_event_uuid, truth(value)),
            "includeSightings" => set(&mut query.with_sightings, truth(value)),
            "returnFormat" => set(&mut query.format, format(value)),
            "headerless" => set(&mut query.headerless, truth(value)),
            "requested_attributes" => set(&mut query.columns, columns(value)),
            // We would have to look values up; the caller can do so with `warninglist`.
            "enforceWarninglist" | "excludeDecayed" => truth(value) == Some(false),
            // Events have an order of their own here, and pages follow it.
            "order" => false,
            "sharinggroup" => false,
            _ if IGNORED.contains(&name) => {
                self.request.ignored.push(name.to_owned());
                true
            }
            _ => false,
        }
    }
}

impl Request {
    /// Whether the query finds what was asked for.
    pub fn is_understood(&self) -> bool {
        self.unsupported.is_empty() && self.twice.is_empty()
    }
}

fn set<T>(place: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) => {
            *place = value;
            true
        }
        None => false,
    }
}

fn format(value: &Value) -> Option<Format> {
    match value.as_str()?.to_ascii_lowercase().as_str() {
        "json" => Some(Format::Json),
        "csv" => Some(Format::Csv),
        "text" => Some(Format::Text),
        _ => None,
    }
}

/// Columns of a table, as a list or with commas between.
fn columns(value: &Value) -> Option<Vec<&'static str>> {
    let names: Vec<&str> = match value {
        Value::String(text) => text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
        Value::Array(items) => items.iter().map(Value::as_str).collect::<Option<_>>()?,
        _ => return None,
    };
    let known = |name: &str| CSV_COLUMNS.iter().find(|column| **column == name).copied();
    if names.len() > CSV_COLUMNS.len() { None } else { names.into_iter().map(known).collect() }
}

/// One text, a list of them, or `{"OR": …, "AND": …, "NOT": …}`. `joined` texts may hold several with `&&`.
fn choose(choice: &mut Choice, value: &Value, joined: bool) -> Option<bool> {
    match value {
        Value::Object(map) => choose_by(choice, map),
        Value::Array(items) => {
            for item in items {
                choice.any(&text(item)?);
            }
            Some(true)
        }
        Value::String(whole) if joined && whole.contains("&&") => {
            for part in whole.split("&&").filter(|part| !part.trim().is_empty()) {
                choice.any(part);
            }
            Some(true)
        }
        single => {
            choice.any(&text(single)?);
            Some(true)
        }
    }
}

fn choose_by(choice: &mut Choice, map: &Map<String, Value>) -> Option<bool> {
    for (how, value) in map {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            single => std::slice::from_ref(single),
        };
        for item in items {
            let text = text(item)?;
            match how.to_ascii_uppercase().as_str() {
                "OR" => choice.any(&text),
                "AND" => choice.all(&text),
                "NOT" => choice.none(&text),
                _ => return None,
            }
        }
    }
    Some(true)
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Found within a text unless somebody has put `%` himself.
fn like(value: &Value) -> Value {
    match value {
        Value::String(text) if text.contains('%') => value.clone(),
        Value::String(text) => match text.strip_prefix('!') {
            Some(text) => Value::String(format!("!%{text}%")),
            None => Value::String(format!("%{text}%")),
        },
        Value::Array(items) => Value::Array(items.iter().map(like).collect()),
        other => other.clone(),
    }
}

fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => match number.as_i64()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "1" | "true" => Some(true),
            "0" | "false" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn deleted(value: &Value) -> Option<Deleted> {
    match value {
        Value::Array(items) => {
            let asked: Option<Vec<bool>> = items.iter().map(truth).collect();
            match asked?.as_slice() {
                [] => None,
                all if all.contains(&true) && all.contains(&false) => Some(Deleted::Both),
                [first, ..] => Some(if *first { Deleted::Only } else { Deleted::No }),
            }
        }
        Value::String(text) if text == "only" => Some(Deleted::Only),
        one => truth(one).map(|only| if only { Deleted::Only } else { Deleted::No }),
    }
}

fn count(value: &Value) -> Option<usize> {
    match value {
        Value::Number(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// From a point in time on, or between two.
fn span(value: &Value, now: i64) -> Option<Span> {
    match value {
        Value::Array(items) => match items.as_slice() {
            [from, to] => {
                let (one, other) = (moment(from, now)?, moment(to, now)?);
                // ["14d", "7d"] and ["7d", "14d"] mean the same.
                Some(Span { from: Some(one.min(other)), to: Some(one.max(other)) })
            }
            [from] => Some(Span { from: Some(moment(from, now)?), to: None }),
            _ => None,
        },
        one => Some(Span { from: Some(moment(one, now)?), to: None }),
    }
}

/// Seconds since 1970, a time written out, or `5d`, `12h`, `30m`, `10s` before now.
fn moment(value: &Value, now: i64) -> Option<i64> {
    let text = match value {
        Value::Number(number) => return number.as_i64().or_else(|| whole(&number.to_string())),
        Value::String(text) => text.trim(),
        _ => return None,
    };
    if let Some(number) = text.parse().ok().or_else(|| whole(text)) {
        return Some(number);
    }
    let unit = match text.chars().next_back()? {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return instant(text).map(Timestamp::as_second),
    };
    let digits = text.get(..text.len() - 1).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let amount: Option<i64> = digits.and_then(|digits| digits.parse().ok());
    match amount {
        Some(amount) => amount.checked_mul(unit).and_then(|back| now.checked_sub(back)),
        None => instant(text).map(Timestamp::as_second),
    }
}

/// PyMISP sends times with a fraction.
fn whole(text: &str) -> Option<i64> {
    let (whole, fraction) = text.split_once('.')?;
    fraction.bytes().all(|byte| byte.is_ascii_digit()).then(|| whole.parse().ok()).flatten()
}

fn day(value: &Value, now: i64) -> Option<Date> {
    if let Value::String(text) = value
        && let Ok(date) = text.trim().parse()
    {
        return Some(date);
    }
    moment(value, now).map(day_of)
}
