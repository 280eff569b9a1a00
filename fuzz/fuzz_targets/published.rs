//! The published form of a table: what is read is published again byte for byte.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = scr_results::published::rows(bytes);
    if let Ok(table) = scr_results::published::read(bytes) {
        let again = scr_results::published::publish(&table).expect("a table that was read can be published");
        assert_eq!(again.bytes, bytes);
    }
});
