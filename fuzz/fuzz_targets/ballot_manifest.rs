//! Ballot manifests: a manifest or errors, and what is written is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_audits::inputs::Limits;
use scr_audits::inputs::manifest::{AuditKind, read};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    for kind in [AuditKind::BallotPolling, AuditKind::BallotComparison, AuditKind::Hybrid] {
        let _ = read(bytes, "f", kind, &limits);
    }
    let Ok(told) = read(bytes, "f", AuditKind::BatchComparison, &limits) else { return };
    let mut written = Vec::new();
    told.input.write(&mut written).expect("memory");
    let again = read(written.as_slice(), "f", AuditKind::BatchComparison, &limits).expect("its own writing");
    assert_eq!(again.input, told.input);
});
