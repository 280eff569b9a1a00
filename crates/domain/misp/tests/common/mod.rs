//! What several tests need.

use scr_misp::Limits;
use scr_misp::event::{Event, read_events};
use scr_stix::Object;
use serde_json::Value;

/// The one event of a document.
pub(crate) fn event(text: &str) -> Event {
    read_events(text.as_bytes(), &Limits::default()).unwrap().events.remove(0)
}

/// Objects as a server has them.
pub(crate) fn objects(values: &[Value]) -> Vec<Object> {
    let read = |value: &Value| Object::read(value.to_string().as_bytes(), &scr_stix::Limits::default());
    values.iter().map(|value| read(value).unwrap()).collect()
}
