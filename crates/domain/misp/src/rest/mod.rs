//! The part of MISP's REST interface that reads: `restSearch` as a pure filter, and what PyMISP asks before it.
//!
//! What a filter means follows MISP as PyMISP 2.5.34.4 documents it. A filter that is not known must not be passed over
//! in silence, because the answer would hold more than was asked for: [`Request::unsupported`] names them, and a server
//! should refuse the request.

mod answer;
mod evaluate;
mod handshake;
mod request;
mod text;

pub use answer::{attributes_answer, error_answer, event_answer, events_answer};
pub use evaluate::{AttributeHit, Entry, EventHit, search_attributes, search_events};
pub use handshake::{Me, describe_types_answer, me_answer, pymisp_version_answer, version_answer};
pub use request::{Request, read_request};

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
}

impl Query {
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
