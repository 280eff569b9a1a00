//! Cards as JSON lines: what is read is written and read the same; and it can be written as a table.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::{Card, Sink, table};
use scr_tabulation::read::{Limits, lines};

fuzz_target!(|bytes: &[u8]| {
    let mut cards: Vec<Card> = Vec::new();
    let Ok(read) = lines::read(bytes, "f", &Limits::default(), &mut cards) else { return };
    let mut writer = lines::Writer::new(Vec::new(), &read.election, &read.contests).expect("to memory");
    let mut rows = table::Writer::new(Vec::new()).expect("to memory");
    for card in &cards {
        assert!(writer.card(&read.contests, card).is_ok());
        assert!(rows.card(&read.contests, card).is_ok());
    }
    let written = writer.finish().expect("to memory");
    let mut again: Vec<Card> = Vec::new();
    let second = lines::read(written.as_slice(), "f", &Limits::default(), &mut again).expect("its own writing");
    assert_eq!((second.contests.list(), again), (read.contests.list(), cards));
});
