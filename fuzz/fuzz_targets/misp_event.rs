//! MISP events: read, written as a feed's file, made STIX and made MISP again, without a panic and with ids that are
//! ids. What was written once is written the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_misp::event::read_events;
use scr_misp::to_stix::{Observations, Options, to_stix};
use scr_misp::{Limits, feed, from_stix};
use scr_stix::Object;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { values: 20_000, ..Limits::default() };
    let Ok(read) = read_events(bytes, &limits) else { return };
    for event in read.events.iter().take(5) {
        let file = feed::event_file(event);
        assert_eq!(feed::hash_lines(event).lines().count(), feed::hashes(event).len());
        let Ok((again, _)) = feed::read_feed_event(&file, event.uuid, &limits) else {
            panic!("a feed's own file is refused");
        };
        let second = feed::event_file(&again);
        let Ok((third, _)) = feed::read_feed_event(&second, event.uuid, &limits) else { return };
        assert_eq!(feed::event_file(&third), second);
        for observations in [Observations::WithoutDetection, Observations::Always] {
            let converted = to_stix(event, &Options { observations, ..Options::default() }, &limits);
            let objects: Vec<Object> = converted
                .objects
                .iter()
                .map(|object| {
                    let read = Object::read(object.to_string().as_bytes(), &scr_stix::Limits::default());
                    read.unwrap_or_else(|error| panic!("{error:?}: {object}"))
                })
                .collect();
            let made = from_stix::from_stix(&objects, &from_stix::Options::default(), &limits);
            assert!(made.events.iter().any(|made| made.uuid == event.uuid));
        }
    }
});
