//! `scr-bench verify`: how long a whole log takes to check, tree and counters and notes, and with every author's
//! signature. The log is a folder in the layout of tlog-tiles, as `scrutineer log fsck FOLDER` reads it.

use crate::report::Report;
use crate::{Fault, Folder, log, machine, mirror};
use scr_ledger::LedgerReader;
use scr_merkle::tile::TilePath;
use scr_verify::{DirectorySource, EntryRules, Trust, fsck};
use std::path::Path;
use std::time::Instant;

/// Readings that count, of those that take a second.
const READINGS: usize = 9;

/// Measures, and prints the table. What counts is the processor time of all threads together, user and system.
pub(crate) fn run(dir: &Path, entries: u64) -> Result<(), Fault> {
    let folder = Folder::below(dir)?;
    let ledger = mirror::filled(&folder.path().join("origin"), entries)?;
    let tiles = folder.path().join("tiles");
    let size = write_out(ledger.reader(), &tiles)?;
    drop(ledger);
    let trust = Trust::Keys(vec![log::log_key()?.verifier().clone()]);
    let mut report = Report::default();
    for (rules, what, readings, target) in [
        (EntryRules::Scrutineer, "tree, counters, form and notes", READINGS, Some(1.0)),
        (EntryRules::Signed, "the same with every author's signature", 1, None),
    ] {
        // The first reading brings the files into memory, and does not count.
        let mut times = Vec::with_capacity(readings);
        for reading in 0..=readings {
            let (begin, cpu) = (Instant::now(), machine::cpu_time(std::process::id())?);
            let found = fsck(&DirectorySource::new(&tiles), &trust, rules)?;
            let (took, cpu) = (begin.elapsed(), machine::cpu_time(std::process::id())? - cpu);
            if found.size != size {
                return Err(format!("{} of {size} entries were checked", found.size).into());
            }
            if reading > 0 {
                times.push((cpu, took.as_secs_f64()));
            }
        }
        times.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (least, _) = times.first().ok_or("no reading counts")?;
        let (cpu, took) = times.get(times.len() / 2).ok_or("no reading counts")?;
        let per_million = cpu * 1e6 / count(size);
        report.row(
            &format!("{size} entries: {what}"),
            format!(
                "{took:.2} s, {cpu:.2} s of one core (median of {readings}, least {least:.2} s), \
                 {per_million:.2} s per million"
            ),
            if target.is_some() { "<= 1 s per million and core" } else { "" },
            target.map(|target| per_million <= target),
        );
    }
    println!("{report}");
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn count(size: u64) -> f64 {
    size as f64
}

/// The signed log as files. Gives its size.
fn write_out(reader: &LedgerReader, folder: &Path) -> Result<u64, Fault> {
    let size = reader.checkpoint()?.ok_or("nothing is signed")?.size;
    let keep = |path: String| -> Result<(), Fault> {
        let to = folder.join(&path);
        std::fs::create_dir_all(to.parent().ok_or("a path without a folder")?)?;
        Ok(std::fs::write(to, reader.resource(&path)?)?)
    };
    keep("checkpoint".to_owned())?;
    let mut width = size;
    for level in 0..u8::MAX {
        for index in 0..width.div_ceil(256) {
            let path = TilePath::at_size(level, index, size).ok_or("no such tile")?;
            keep(format!("tile/{path}"))?;
            if level == 0 {
                let entries = TilePath::entries(index, path.width()).ok_or("no such bundle")?;
                keep(format!("tile/{entries}"))?;
            }
        }
        width /= 256;
        if width == 0 {
            break;
        }
    }
    Ok(size)
}
