use scr_misp::Limits;
use scr_misp::event::{Event, read_events};

/// The one event of a document.
pub(crate) fn event(text: &str) -> Event {
    read_events(text.as_bytes(), &Limits::default()).unwrap().events.remove(0)
}
