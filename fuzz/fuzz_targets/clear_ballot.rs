//! Clear Ballot's CSV is read without a panic, and all cards have contests that are known.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::read::{Limits, clear_ballot};

fuzz_target!(|bytes: &[u8]| {
    let mut cards = Vec::new();
    if let Ok(reading) = clear_ballot::read(bytes, "f.csv", &Limits::default(), &mut cards) {
        assert_eq!(reading.cards, cards.len() as u64);
        let known = reading.contests.list();
        for (contest, marks) in cards.iter().flat_map(|card| card.contests()) {
            let choices = known[usize::from(contest)].choices.len();
            assert!(marks.iter().all(|mark| usize::from(mark.choice) < choices));
        }
    }
});
