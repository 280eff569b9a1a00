//! Requests to `restSearch`: read and applied to events without a panic; a limit is a limit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_misp::Limits;
use scr_misp::event::{Event, read_events};
use scr_misp::rest::{
    Entry, attributes_answer, events_answer, read_request, search_attributes, search_events,
};
use std::sync::LazyLock;

static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let text = include_bytes!("../seeds/misp_event/two.json");
    read_events(text, &Limits::default()).map(|read| read.events).unwrap_or_default()
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(request) = read_request(bytes, 1_795_737_600, &Limits::default()) else { return };
    let entries = || (1..).zip(EVENTS.iter()).map(|(id, event)| Entry { id, event });
    let events = search_events(&request.query, entries());
    assert!(events.len() <= EVENTS.len());
    let answer = events_answer(&request.query, &events);
    assert_eq!(answer["response"].as_array().map(Vec::len), Some(events.len()));
    let attributes = search_attributes(&request.query, entries());
    let answer = attributes_answer(&request.query, &attributes);
    assert_eq!(answer["response"]["Attribute"].as_array().map(Vec::len), Some(attributes.len()));
});
