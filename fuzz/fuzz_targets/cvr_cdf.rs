//! Ballots in NIST's Common Data Format, JSON and XML: what is read can be written and is read the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::{Card, Sink};
use scr_tabulation::read::{Limits, cdf};
use std::io::Cursor;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { record: 1 << 16, unpacked: 1 << 20, ..Limits::default() };
    let read = |bytes: &[u8]| {
        let mut cards: Vec<Card> = Vec::new();
        cdf::read(Cursor::new(bytes), "f", &limits, &mut cards).ok().map(|reading| (reading, cards))
    };
    let Some((reading, cards)) = read(bytes) else { return };
    let Ok(mut writer) = cdf::Writer::new(Vec::new()) else { return };
    for card in &cards {
        assert!(writer.card(&reading.contests, card).is_ok());
    }
    let written =
        writer.finish(&reading.contests, &reading.election, "2026-11-27T00:00:00Z").expect("to memory");
    if let Some((_, again)) = read(&written) {
        assert_eq!(again.len(), cards.len());
    }
});
