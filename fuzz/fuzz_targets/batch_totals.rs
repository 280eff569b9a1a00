//! Candidate totals by batch with a manifest: totals or errors, and what is written is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_audits::inputs::manifest::{AuditKind, Manifest};
use scr_audits::inputs::{Limits, manifest, totals};

fuzz_target!(|files: (&[u8], &[u8])| {
    let limits = Limits::default();
    let manifest = manifest::read(files.0, "m", AuditKind::BatchComparison, &limits);
    let manifest: Option<Manifest> = manifest.ok().map(|told| told.input);
    let _ = totals::read(files.1, "t", &[], manifest.as_ref(), &limits);
    let Ok(told) = totals::read(files.1, "t", &[], None, &limits) else { return };
    let totals = told.input;
    if let Some(manifest) = &manifest {
        (0..totals.contests.len()).for_each(|contest| drop(totals.batches(contest, "J", manifest)));
    }
    // The name of a contest that is alone is not written.
    if totals.contests.len() == 1 && !totals.contests[0].name.is_empty() {
        return;
    }
    let mut written = Vec::new();
    totals.write(&mut written).expect("memory");
    let again =
        totals::read(written.as_slice(), "t", &totals.contests, None, &limits).expect("its own writing");
    assert_eq!(again.input, totals);
});
