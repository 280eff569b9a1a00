//! `.raire` files: what is read is written and read the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::{Card, Sink};
use scr_tabulation::read::{Limits, raire};

fuzz_target!(|bytes: &[u8]| {
    let mut cards: Vec<Card> = Vec::new();
    let Ok(read) = raire::read(bytes, "f", &Limits::default(), &mut cards) else { return };
    let mut writer =
        raire::Writer::new(Vec::new(), &read.reading.contests, &read.winners).expect("to memory");
    for card in &cards {
        assert!(writer.card(&read.reading.contests, card).is_ok());
    }
    let written = writer.finish().expect("to memory");
    let mut again: Vec<Card> = Vec::new();
    let second = raire::read(written.as_slice(), "f", &Limits::default(), &mut again).expect("its own writing");
    assert_eq!((second.winners, again), (read.winners, cards));
});
