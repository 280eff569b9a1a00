//! Dominion's JSON is read without a panic: the bytes as an archive, and as a file of ballots with sound manifests.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scr_tabulation::cvr::columns::Builder;
use scr_tabulation::read::Limits;
use scr_tabulation::read::dominion_json::{self, Options};
use std::io::{Cursor, Write as _};

const CONTESTS: &[u8] = br#"{"List":[{"Id":1,"Description":"Mayor","VoteFor":1,"NumOfRanks":3}]}"#;
const CANDIDATES: &[u8] = br#"{"List":[{"Id":5,"Description":"Ann","ContestId":1,"Type":"Regular"}]}"#;

fn read(bytes: &[u8]) {
    let limits = Limits { unpacked: 1 << 24, members: 100, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let mut builder = Builder::new(100_000);
    if let Ok(reading) = dominion_json::read(Cursor::new(bytes), "f.zip", &options, &mut builder) {
        assert_eq!(reading.cards, builder.cards());
    }
}

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, member) in [
        ("CvrExport.json", bytes),
        ("ContestManifest.json", CONTESTS),
        ("CandidateManifest.json", CANDIDATES),
    ] {
        if archive.start_file(name, stored).is_err() || archive.write_all(member).is_err() {
            return;
        }
    }
    if let Ok(archive) = archive.finish() {
        read(archive.get_ref());
    }
});
