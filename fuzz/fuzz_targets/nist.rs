//! NIST SP 1500-100 reports, JSON and XML.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_fuzz::limits;
use scr_intake::{Format, Input, Mapping};

fuzz_target!(|bytes: &[u8]| {
    let input = Input { name: "f", bytes };
    let limits = limits();
    let intake = scr_intake::read(input, &Mapping::new(Format::Nist), &limits);
    assert!(intake.is_complete() || intake.tables.is_empty());
    let _ = scr_intake::propose(input, &limits);
});
