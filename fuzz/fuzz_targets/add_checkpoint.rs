//! A request to a witness that is read is printed back byte for byte.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(value) = text.parse::<scr_witness::AddCheckpoint>() {
        assert_eq!(value.to_string(), text);
    }
    let _ = text.parse::<scr_witness::LogList>();
});
