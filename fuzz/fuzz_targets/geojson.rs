//! GeoJSON maps: read, and joined by a property.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(collection) = scr_results::map::Collection::read(bytes) {
        let _ = collection.by("name");
    }
});
