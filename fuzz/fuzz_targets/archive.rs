//! Archives and workbooks: the bytes are a zip, or the content of a sheet of a small workbook.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_fuzz::{limits, workbook};
use scr_intake::Input;

fuzz_target!(|bytes: &[u8]| {
    let limits = limits();
    let whole = [b"PK\x03\x04", bytes].concat();
    for bytes in [whole, workbook(bytes)] {
        let input = Input { name: "f.xlsx", bytes: &bytes };
        let proposal = scr_intake::propose(input, &limits);
        let intake = scr_intake::read(input, &proposal.mapping, &limits);
        assert!(intake.is_complete() || intake.tables.is_empty());
    }
});
