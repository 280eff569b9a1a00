//! EML_NL documents, as results and as a registry.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_fuzz::limits;
use scr_intake::{Format, Input, Mapping, RegistryMapping};

fuzz_target!(|bytes: &[u8]| {
    let input = Input { name: "f", bytes };
    let limits = limits();
    let intake = scr_intake::read(input, &Mapping::new(Format::EmlNl), &limits);
    assert!(intake.is_complete() || intake.tables.is_empty());
    let registry = scr_intake::registry(input, &RegistryMapping::new(&["@document"]), &limits);
    assert!(registry.is_complete() || registry.places.is_empty());
    let _ = scr_intake::propose(input, &limits);
});
