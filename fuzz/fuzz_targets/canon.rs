//! What is read as canonical is written back byte for byte.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(value) = scr_canon::parse_canonical(bytes) {
        assert_eq!(scr_canon::canonical_value(&value).expect("it was read"), bytes);
    }
});
