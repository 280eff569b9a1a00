//! How long importing takes: `vocabulary_import FILE…`, with ATT&CK's bundles for instance. Each file is read, checked,
//! kept among the objects of a new installation and recorded there; prints figures and judges nothing.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a program that measures, run by hand")]

use scr_desk_threats::{ThreatsDesk, import_file};
use scr_engine::testing::TestEngine;
use scr_web::Desk as _;
use std::path::PathBuf;
use std::time::Instant;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let test = TestEngine::new(folder.path(), ThreatsDesk.kinds(), ThreatsDesk.views()).unwrap();
    for file in std::env::args().skip(1).map(PathBuf::from) {
        let bytes = std::fs::metadata(&file).unwrap().len();
        let begun = Instant::now();
        let found = import_file(&test.engine, &file).unwrap();
        let seconds = begun.elapsed().as_secs_f64();
        println!(
            "{} {}: {} techniques, {} others, {} odd, {bytes} bytes, {:.0} ms",
            found.name,
            found.version.unwrap_or_default(),
            found.techniques,
            found.others,
            found.odd.len(),
            seconds * 1e3
        );
    }
}
