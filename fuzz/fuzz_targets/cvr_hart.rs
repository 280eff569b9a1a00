//! Hart's archives, and one file of them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::Card;
use scr_tabulation::read::{Limits, hart};
use std::io::{Cursor, Write as _};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { record: 1 << 16, unpacked: 1 << 20, ..Limits::default() };
    let mut cards: Vec<Card> = Vec::new();
    let _ = hart::read(Cursor::new(bytes), None, "f", &limits, &mut cards);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("1.xml", zip::write::SimpleFileOptions::default()).expect("to memory");
    archive.write_all(bytes).expect("to memory");
    let archive = archive.finish().expect("to memory");
    let mut list = bytes;
    let _ = hart::read(archive, Some(&mut list), "f", &limits, &mut cards);
});
