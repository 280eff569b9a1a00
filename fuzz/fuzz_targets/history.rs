//! No bytes break the reader of histories; without keys none is accepted.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    assert!(scr_verify::verify_history(bytes, &scr_verify::Trust::Keys(Vec::new())).is_err());
});
