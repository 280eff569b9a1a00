//! How long a whole log takes to check: `fsck_speed DIRECTORY ENTRIES [RUNS]`. The log is the one that
//! `scr-bench verify` checks, entry by entry, and is written into the directory if it is not there yet. Linux.
//!
//! Times are processor time of the whole process, all threads together, user and system.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use scr_entry::{Draft, FieldSpec, FieldType, KindSpec};
use scr_merkle::tile::{FULL_WIDTH, TilePath, bundle_push};
use scr_merkle::{Frontier, leaf_hash};
use scr_note::{Algorithm, Checkpoint, Note, SignerKey};
use scr_verify::{DirectorySource, EntryRules, Trust, fsck};
use serde_json::json;

type Fallible<T> = Result<T, Box<dyn Error>>;

const ORIGIN: &str = "bench.example/log";
const SIGNED_AT: u64 = 1_790_000_000;
/// Each entry is about one of so many subjects.
const SUBJECTS: u64 = 1_000;
/// Entries of one second.
const A_SECOND: u64 = 10_000;
const OPENED: KindSpec = KindSpec {
    name: "log.origin.opened/1",
    public: &[
        FieldSpec::new("origin", FieldType::Text(100)),
        FieldSpec::new("operator_key", FieldType::Text(200)),
    ],
    private: &[],
};
const SAID: KindSpec =
    KindSpec { name: "bench.thing.said/1", public: &[FieldSpec::new("n", FieldType::Count)], private: &[] };

fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let (directory, entries) = match arguments.as_slice() {
        [_, directory, entries] | [_, directory, entries, _] => {
            (Path::new(directory), entries.parse::<u64>()?)
        }
        _ => return Err("usage: fsck_speed DIRECTORY ENTRIES [RUNS]".into()),
    };
    let runs: usize = arguments.get(3).map_or(Ok(11), |runs| runs.parse())?;
    let log = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32])?;
    if !directory.join("checkpoint").exists() {
        make(directory, entries, &log)?;
    }
    let trust = Trust::Keys(vec![log.verifier().clone()]);
    for rules in [EntryRules::Any, EntryRules::Scrutineer] {
        // The first reading brings the files into memory, and does not count.
        let mut times = Vec::with_capacity(runs);
        for run in 0..=runs {
            let (begin, before) = (Instant::now(), processor_time()?);
            let found = fsck(&DirectorySource::new(directory), &trust, rules)?;
            let (took, time) = (begin.elapsed(), processor_time()? - before);
            if found.size <= entries {
                return Err(format!("the log has {} entries only", found.size).into());
            }
            if run > 0 {
                times.push((time, took));
            }
        }
        times.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (least, median) = (times.first().ok_or("no run")?, times.get(times.len() / 2).ok_or("no run")?);
        println!(
            "{rules:?}: {runs} runs, processor time {:.2} s at least, {:.2} s median (that one took {:.2} s)",
            least.0,
            median.0,
            median.1.as_secs_f64()
        );
    }
    Ok(())
}

/// Seconds of user and system time of this process, in hundredths.
fn processor_time() -> Fallible<f64> {
    let text = fs::read_to_string("/proc/self/stat")?;
    // The second field is the program's name in brackets, which may hold anything.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks =
        |at: usize| -> Fallible<f64> { Ok(fields.get(at).ok_or("/proc/self/stat is short")?.parse()?) };
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}

/// The opening of the log and so many entries by its operator, as tiles below a signed checkpoint.
fn make(directory: &Path, entries: u64, log: &SignerKey) -> Fallible<()> {
    let operator = SignerKey::from_seed(&format!("{ORIGIN}/operator"), Algorithm::Ed25519, &[3; 32])?;
    let size = entries + 1;
    let mut frontier = Frontier::new();
    let mut first = 0;
    while first < size {
        let end = size.min(first + FULL_WIDTH as u64);
        let (mut bundle, mut leaves) = (Vec::new(), Vec::new());
        for index in first..end {
            let entry = entry(index, &operator)?;
            bundle_push(&mut bundle, &entry).ok_or("an entry is too long")?;
            leaves.push(leaf_hash(&entry));
        }
        let path = TilePath::entries(first / 256, u16::try_from(end - first)?).ok_or("no such bundle")?;
        write(directory, &path, &bundle)?;
        for update in frontier.extend(&leaves) {
            let width = u16::try_from(update.bytes.len() / 32)?;
            let path = TilePath::hashes(update.level, update.index, width).ok_or("no such tile")?;
            // Only what the published size shows: a narrower tile on the way there is not served.
            if width == 256 || end == size {
                write(directory, &path, &update.bytes)?;
            }
        }
        first = end;
    }
    // An edge tile that the last batch did not touch is not among its updates.
    for path in TilePath::edge(size) {
        let bytes: Vec<u8> =
            frontier.unfinished(path.level_number()).iter().flat_map(|hash| hash.0).collect();
        write(directory, &path, &bytes)?;
    }
    let text = Checkpoint::new(ORIGIN, size, frontier.root()).to_string();
    let post_quantum = SignerKey::from_seed(ORIGIN, Algorithm::MlDsa44, &[2; 32])?;
    let note = Note::sign(&text, &[log, &post_quantum], SIGNED_AT)?;
    Ok(fs::write(directory.join("checkpoint"), note.to_string())?)
}

/// Entry `index`, signed by its author.
fn entry(index: u64, author: &SignerKey) -> Fallible<Vec<u8>> {
    let (kind, subject, public, count) = match index.checked_sub(1) {
        None => {
            let key = author.verifier().to_string();
            (&OPENED, "log:origin".to_owned(), json!({"origin": ORIGIN, "operator_key": key}), 1)
        }
        Some(n) => (&SAID, format!("thing:{}", n % SUBJECTS), json!({"n": n}), n / SUBJECTS + 1),
    };
    let public = public.as_object().cloned().unwrap_or_default();
    let at = i64::try_from(SIGNED_AT + index / A_SECOND)?;
    let draft = Draft::new(kind, "bench", &[subject], public, Vec::new(), Vec::new())?;
    Ok(draft.compose(at, &[count], author)?)
}

fn write(directory: &Path, path: &TilePath, bytes: &[u8]) -> Fallible<()> {
    let file = directory.join("tile").join(path.to_string());
    fs::create_dir_all(file.parent().ok_or("no parent")?)?;
    Ok(fs::write(file, bytes)?)
}
