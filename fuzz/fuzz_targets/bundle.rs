//! A bundle that divides into entries is made of exactly those entries.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Some(entries) = scr_merkle::tile::bundle_entries(bytes) {
        let mut again = Vec::new();
        for entry in entries {
            scr_merkle::tile::bundle_push(&mut again, entry).expect("it was read");
        }
        assert_eq!(again, bytes);
    }
});
