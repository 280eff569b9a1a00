//! Dominion's CSV is read without a panic, and what is read can be kept and found again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::read::{Limits, dominion_csv};

fuzz_target!(|bytes: &[u8]| {
    let mut builder = Builder::new(100_000);
    if let Ok(reading) = dominion_csv::read(bytes, "f.csv", &Limits::default(), &mut builder) {
        assert_eq!(reading.cards, builder.cards());
        let columns = builder.finish(&reading.election, &reading.contests);
        let mut blob = Vec::new();
        let written = columns.write(|piece| {
            blob.extend_from_slice(piece);
            Ok::<(), std::convert::Infallible>(())
        });
        assert!(written.is_ok());
        assert_eq!(Columns::read(&blob).map(|again| again.digest()), Ok(columns.digest()));
    }
});
