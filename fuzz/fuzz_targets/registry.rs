//! Registries of places: delimited text and GeoJSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_fuzz::limits;
use scr_intake::{Input, RegistryMapping};

fuzz_target!(|bytes: &[u8]| {
    let limits = limits();
    for code in ["#1", "id", "@row"] {
        let mapping = RegistryMapping::new(&[code]);
        let registry = scr_intake::registry(Input { name: "f", bytes }, &mapping, &limits);
        assert!(registry.is_complete() || registry.places.is_empty());
    }
});
