//! Audit records: whatever is read is checked without a panic, and what is written is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_audits::record::Record;
use scr_audits::verify::verify;

/// Ballots of a manifest, each of which costs a hash: more would measure the machine.
const MOST: u64 = 1 << 16;

fuzz_target!(|bytes: &[u8]| {
    let Ok(record) = Record::read(bytes) else { return };
    let written = serde_json::to_vec(&record).expect("texts and integers");
    assert_eq!(Record::read(&written).expect("its own writing"), record);
    if record.cards() <= MOST {
        let report = verify(&record);
        assert_eq!(report.agrees(), report.deviations.is_empty());
    }
});
