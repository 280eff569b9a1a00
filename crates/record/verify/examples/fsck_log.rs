//! Audits a log in a directory: `fsck_log DIRECTORY VKEY-FILE`. Exits 0 only when all of it is right.

use std::process::ExitCode;
use std::time::Instant;

use scr_verify::{DirectorySource, EntryRules, Trust, fsck};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, directory, key] = arguments.as_slice() else {
        eprintln!("usage: fsck_log DIRECTORY VKEY-FILE");
        return ExitCode::from(2);
    };
    let key = std::fs::read_to_string(key).ok().and_then(|text| text.trim_end().parse().ok());
    let Some(key) = key else {
        eprintln!("the key cannot be read");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    match fsck(&DirectorySource::new(directory), &Trust::Keys(vec![key]), EntryRules::Any) {
        Ok(report) => {
            println!(
                "{} entries, {} tiles, root {}: all right in {:?}",
                report.size,
                report.tiles,
                report.root,
                start.elapsed()
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(error.exit_code())
        }
    }
}
