//! The part of MISP's REST interface that reads: `restSearch` as a pure filter, and what PyMISP asks before it.
//!
//! What a filter means follows MISP as PyMISP 2.5.34.4 documents it. A filter that is not known must not be passed over
//! in silence, because the answer would hold more than was asked for: [`Request::unsupported`] names them, and a server
//! should refuse the request.

mod answer;
mod columns;
mod evaluate;
mod handshake;
mod request;
mod text;

pub use answer::{
    attribute_found, attributes_answer, error_answer, event_answer, event_found, event_head, events_answer,
};
pub use columns::{CSV_COLUMNS, csv_head, csv_line};
pub use evaluate::{AttributeHit, Entry, EventHit, search_attributes, search_events};
pub use handshake::{Me, describe_types_answer, me_answer, pymisp_version_answer, version_answer};
pub use request::{Request, read_index_request, read_request};

use jiff::civil::Date;
use text::Choice;

/// A span of time in seconds since 1970; both ends belong to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Span {
    from: Option<i64>,
    to: Option<i64>,
}

impl Span {
    fn holds(self, at: i64) -> bool {
        self.from.is_none_or(|from| at >= from) && self.to.is_none_or(|to| at <= to)
    }
}

/// Which of the withdrawn and the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Deleted {
    #[default]
    No,
    Only,
    Both,
}

impl Deleted {
    fn takes(self, deleted: bool) -> bool {
        match self {
            Self::No => !deleted,
            Self::Only => deleted,
            Self::Both => true,
        }
    }
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// One line an attribute, with these columns.
    Csv,
    /// The values alone, one a line.
    Text,
}

/// Which part of what is found is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// What comes before it.
    pub skip: usize,
    /// How many; `None` for all.
    pub take: Option<usize>,
}

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub struct Query {
    value: Choice,
    kind: Choice,
    category: Choice,
    org: Choice,
    tags: Choice,
    event_tags: Choice,
    uuid: Choice,
    event: Choice,
    object_name: Choice,
    info: Choice,
    /// Found anywhere, with `%` for any characters.
    anywhere: Choice,
    to_ids: Option<bool>,
    deleted: Deleted,
    published: Option<bool>,
    timestamp: Span,
    publish_timestamp: Span,
    event_timestamp: Span,
    date_from: Option<Date>,
    date_to: Option<Date>,
    metadata: bool,
    with_attachments: bool,
    with_event_tags: bool,
    with_event_uuid: bool,
    with_sightings: bool,
    limit: Option<usize>,
    page: usize,
    format: Format,
    headerless: bool,
    columns: Vec<&'static str>,
}

impl Query {
    /// How the answer is to be written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Takes the page out, for a caller that looks at events one after another and counts himself.
    pub fn take_page(&mut self) -> Page {
        let take = self.limit.take();
        let skip = take.map_or(0, |limit| limit.saturating_mul(self.page.saturating_sub(1)));
        Page { skip, take }
    }

    /// Whether events with this id and number can be found at all; most requests for one event say no of all others.
    pub fn may_take(&self, number: u64, uuid: &uuid::Uuid) -> bool {
        self.event.is_empty() || self.event.takes(&[number.to_string(), uuid.to_string()])
    }

    /// Shows what is withdrawn as well.
    #[must_use]
    pub fn with_deleted(mut self) -> Self {
        self.deleted = Deleted::Both;
        self
    }

    /// With attachments, as a single event is shown.
    #[must_use]
    pub fn with_attachments(mut self) -> Self {
        self.with_attachments = true;
        self
    }

    /// Whether attributes decide about an event.
    fn asks_attributes(&self) -> bool {
        let choices = [&self.value, &self.kind, &self.category, &self.object_name];
        choices.iter().any(|choice| !choice.is_empty())
            || self.to_ids.is_some()
            || self.deleted == Deleted::Only
    }

    /// The part of a list that was asked for: `limit` from page 1 on.
    fn page<T>(&self, all: impl Iterator<Item = T>) -> Vec<T> {
        match self.limit {
            None => all.collect(),
            Some(limit) => all.skip(limit.saturating_mul(self.page.saturating_sub(1))).take(limit).collect(),
        }
    }
}
