//! GeoJSON maps of the charts.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = scr_charts::Shapes::read(bytes, "name");
});
