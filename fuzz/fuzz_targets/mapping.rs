//! A mapping that is read is the same after it was saved and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_intake::{Mapping, RegistryMapping};

fuzz_target!(|text: &str| {
    if let Ok(mapping) = Mapping::parse(text, "m") {
        assert_eq!(Mapping::parse(&mapping.to_toml(), "m").ok().as_ref(), Some(&mapping));
    }
    let _ = RegistryMapping::parse(text, "m");
});
