//! Jurisdictions, standardised contests, names and published lists: a list or errors, and what is written is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_audits::inputs::{Limits, contests, jurisdictions, names, published};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    if let Ok(told) = jurisdictions::read(bytes, "f", &limits) {
        let mut written = Vec::new();
        jurisdictions::write(&told.input, &mut written).expect("memory");
        let again = jurisdictions::read(written.as_slice(), "f", &limits).expect("its own writing");
        assert_eq!(again.input, told.input);
    }
    if let Ok(told) = contests::read(bytes, "f", None, &limits) {
        let mut written = Vec::new();
        contests::write(&told.input, &mut written).expect("memory");
        let again = contests::read(written.as_slice(), "f", None, &limits).expect("its own writing");
        assert_eq!(again.input, told.input);
        if let Ok(said) = names::read(bytes, "f", &limits) {
            let _ = names::standardise(&told.input, &[], &said.input, "f");
        }
    }
    let _ = names::read(bytes, "f", &limits);
    let _ = published::read(bytes, "f", &limits);
});
