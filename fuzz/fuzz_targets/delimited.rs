//! Delimited text is proposed and read without a panic, and never half imported.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_fuzz::limits;
use scr_intake::Input;

fuzz_target!(|bytes: &[u8]| {
    let input = Input { name: "f.csv", bytes };
    let limits = limits();
    let proposal = scr_intake::propose(input, &limits);
    let intake = scr_intake::read(input, &proposal.mapping, &limits);
    assert!(intake.is_complete() || intake.tables.is_empty());
});
