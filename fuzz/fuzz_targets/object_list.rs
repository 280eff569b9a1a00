//! What an object store answers to a list.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(listing) = scr_objects::listing(bytes) {
        assert!(listing.objects.len() <= 1_000);
    }
});
