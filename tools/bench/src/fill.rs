//! Fills a log without HTTP: the ledger's own speed.

use crate::report::rate;
use crate::{ENTRY_BYTES, Fault, log};
use scr_ledger::store::sqlite::SqliteStore;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::time::{Duration, Instant};

/// Acts under way at once.
const UNDER_WAY: usize = 8_192;

/// Fills the log, says its speed in entries a second, and waits until it is killed or its input ends.
pub(crate) fn run(dir: &Path, entries: u64, counted: bool) -> Result<(), Fault> {
    std::fs::create_dir_all(dir)?;
    let ledger = log::open(SqliteStore::open(&log::record_path(dir))?, dir)?;
    let (answer, answers) = sync_channel(UNDER_WAY);
    let start = Instant::now();
    let mut under_way = 0;
    for number in 0..entries {
        if under_way == UNDER_WAY {
            answers.recv()??;
            under_way -= 1;
        }
        let subject = counted.then(|| format!("unit:{}", number % 1_000));
        let answer = answer.clone();
        let done = move |outcome: Result<_, scr_ledger::AppendError>| drop(answer.send(outcome.map(drop)));
        ledger.append_with(log::act(entry(number), subject), Box::new(done));
        under_way += 1;
    }
    for _ in 0..under_way {
        answers.recv()??;
    }
    let per_second = rate(entries, start.elapsed());
    while ledger.reader().checkpoint()?.is_none_or(|checkpoint| checkpoint.size < entries) {
        if let Some(reason) = ledger.stopped() {
            return Err(reason.into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    println!("{per_second}");
    std::io::stdout().flush()?;
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

/// An entry of 300 bytes that differs from every other.
fn entry(number: u64) -> Vec<u8> {
    let mut bytes = format!("{number:020}").into_bytes();
    bytes.resize(ENTRY_BYTES, b'x');
    bytes
}
