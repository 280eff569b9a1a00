//! `scrutineer log history`: everything that is recorded about one subject, and the file that shows that
//! nothing is left out (docs/adr/0023). All of it is computed from the log's own tiles and bundles: no index
//! that somebody serves is believed.

use super::log::{Tiles, bundle, checkpoint};
use crate::outcome::{Outcome, Problem};
use crate::site;
use crate::witnessing::Witnessing;
use scr_canon::{Hash32, b64, to_canonical};
use scr_engine::{ActError, INDEX_PUBLISHED, Installation};
use scr_entry::Entry;
use scr_merkle::tile::{TileReader, bundle_entries};
use scr_merkle::{Frontier, consistency_proof, inclusion_proof, leaf_hash, root_of};
use scr_note::{Checkpoint, TlogProof};
use scr_verify::history::{HISTORY_RECEIPT, HistoryEntry, HistoryRow, IndexRow, MAX_HISTORY_ENTRIES};
use scr_verify::{HistoryReceipt, HistoryReport, LogSource, Trust, verify_history};
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a new index waits for its signed checkpoint.
const SIGNED_WITHIN: Duration = Duration::from_secs(30);

/// The newest index that the checkpoint covers.
struct Index {
    place: u64,
    bytes: Vec<u8>,
    size: u64,
    subjects_root: Hash32,
}

/// What a walk through the whole log found.
struct Walked {
    /// For each subject: count, place of the last entry, its hash; below the size of the index.
    rows: BTreeMap<String, (u64, u64, Hash32)>,
    /// The subject's entries among these.
    about: Vec<(u64, Vec<u8>)>,
    /// Its entries after these.
    newer: u64,
}

/// Writes the history of a subject to `out`, or prints it.
pub(crate) fn history(
    source: &dyn LogSource,
    subject: &str,
    out: Option<&Path>,
    trust: &Trust,
) -> Result<Outcome, Problem> {
    let (note, signed) = checkpoint(source)?;
    let index = newest_index(source, signed.size)?;
    let walked = walk(source, &signed, &index, subject)?;
    if walked.about.len() > MAX_HISTORY_ENTRIES {
        let what = format!(
            "{} entries are about {subject}; a history has at most {MAX_HISTORY_ENTRIES}",
            walked.about.len()
        );
        return Err(Problem::input("SCR-CLI-071", what).help("check the whole log: scrutineer log fsck"));
    }
    let receipt = receipt(source, (note, &signed), &index, &walked, subject)?;
    let file = serde_json::to_string(&receipt).map_err(|e| Problem::fault("SCR-CLI-030", e))?;
    let checked = match trust {
        Trust::Nobody => None,
        trust => Some(
            verify_history(file.as_bytes(), trust).map_err(|e| Problem::new(e.exit_code(), e.code(), e))?,
        ),
    };
    let Some(out) = out else {
        let json = serde_json::to_value(&receipt).unwrap_or_default();
        return Ok(Outcome::done(file, json));
    };
    std::fs::write(out, &file)
        .map_err(|e| Problem::input("SCR-CLI-001", format!("{}: {e}", out.display())))?;
    let text = in_words(out, subject, &signed, &index, &walked, checked.as_ref());
    let json = json!({"file": out.display().to_string(), "subject": subject, "origin": signed.origin,
        "entries": walked.about.len(), "of": index.size, "index": index.place, "newer": walked.newer,
        "checked": checked.is_some()});
    Ok(Outcome::done(text, json))
}

fn in_words(
    out: &Path,
    subject: &str,
    signed: &Checkpoint,
    index: &Index,
    walked: &Walked,
    checked: Option<&HistoryReport>,
) -> String {
    let mut text = format!(
        "{}: {} entries about {subject} among the first {} of {}, none left out by index {}.",
        out.display(),
        walked.about.len(),
        index.size,
        signed.origin,
        index.place
    );
    for (place, bytes) in &walked.about {
        if let Ok(entry) = Entry::parse(bytes) {
            let _ = write!(text, "\n  {place}  {}  {}", scr_engine::utc_text(entry.at()), entry.kind());
        }
    }
    if walked.newer > 0 {
        let _ = write!(text, "\n{} newer entries about it: no index covers them yet.", walked.newer);
    }
    text += match checked {
        Some(_) => "\nChecked against the keys that you trust.",
        None => "\nNot checked: give it to `scrutineer verify` with --vkey or --policy, or to /verify.html.",
    };
    text
}

/// Looks from the end: an index is published every day.
fn newest_index(source: &dyn LogSource, size: u64) -> Result<Index, Problem> {
    for number in (0..size.div_ceil(256)).rev() {
        let bundle = bundle(source, number, size)?;
        let entries = bundle_entries(&bundle).unwrap_or_default();
        for (offset, bytes) in (0u64..).zip(&entries).collect::<Vec<_>>().into_iter().rev() {
            let Some(entry) = Entry::parse(bytes).ok().filter(|entry| entry.kind() == INDEX_PUBLISHED.name)
            else {
                continue;
            };
            let place = number * 256 + offset;
            let stated = entry.count("size").filter(|size| *size <= place);
            let root = entry.text("subjects_root").and_then(|text| text.parse().ok());
            if let (Some(size), Some(subjects_root)) = (stated, root) {
                return Ok(Index { place, bytes: bytes.to_vec(), size, subjects_root });
            }
        }
    }
    Err(Problem::does_not_hold("SCR-CLI-070", "no index of this record is under its checkpoint yet")
        .help("one is published every day; in a data folder whose server is stopped: --publish-index"))
}

/// Walks through every entry: what is about the subject, and whether all of it is what was signed.
fn walk(
    source: &dyn LogSource,
    signed: &Checkpoint,
    index: &Index,
    subject: &str,
) -> Result<Walked, Problem> {
    let mut walked = Walked { rows: BTreeMap::new(), about: Vec::new(), newer: 0 };
    let mut frontier = Frontier::new();
    for number in 0..signed.size.div_ceil(256) {
        let bundle = bundle(source, number, signed.size)?;
        let entries = bundle_entries(&bundle).unwrap_or_default();
        let leaves: Vec<Hash32> = entries.iter().map(|bytes| leaf_hash(bytes)).collect();
        for ((place, bytes), leaf) in (number * 256..).zip(&entries).zip(&leaves) {
            let Ok(entry) = Entry::parse(bytes) else { continue };
            let is_about = entry.counts().contains_key(subject);
            if place >= index.size {
                walked.newer += u64::from(is_about);
                continue;
            }
            for (subject, count) in entry.counts() {
                walked.rows.insert(subject.clone(), (*count, place, *leaf));
            }
            if is_about {
                walked.about.push((place, bytes.to_vec()));
            }
        }
        frontier.extend(&leaves);
    }
    if frontier.size() != signed.size || frontier.root() != signed.root {
        return Err(Problem::does_not_hold(
            "SCR-CLI-013",
            "the entries are not those that the checkpoint signs",
        ));
    }
    Ok(walked)
}

fn receipt(
    source: &dyn LogSource,
    (note, signed): (String, &Checkpoint),
    index: &Index,
    walked: &Walked,
    subject: &str,
) -> Result<HistoryReceipt, Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-013", e);
    let lines = walked.rows.iter().map(|(subject, (count, index, last))| {
        let row = IndexRow { count: *count, index: *index, last: *last, subject: subject.clone() };
        let line = to_canonical(&row).map_err(|e| fault(&e))?;
        String::from_utf8(line).map_err(|e| fault(&e))
    });
    let lines = lines.collect::<Result<Vec<String>, Problem>>()?;
    let leaves: Vec<Hash32> = lines.iter().map(|line| leaf_hash(line.as_bytes())).collect();
    if root_of(&leaves) != index.subjects_root {
        let what = format!("the index at {} states other counts than the entries give", index.place);
        return Err(Problem::does_not_hold("SCR-VERIFY-076", what));
    }
    let before = walked.rows.keys().take_while(|known| known.as_str() < subject).count();
    let places = if walked.rows.contains_key(subject) {
        before..before + 1
    } else {
        before.saturating_sub(1)..(before + 1).min(lines.len())
    };
    let rows = places.map(|place| {
        let path =
            inclusion_proof(&leaves.as_slice(), place as u64, leaves.len() as u64).map_err(|e| fault(&e))?;
        Ok(HistoryRow { row: lines[place].clone(), row_index: place as u64, path })
    });
    let rows = rows.collect::<Result<Vec<_>, Problem>>()?;
    let tiles = Tiles::new(source);
    let reader = TileReader::new(&tiles, signed.size);
    let entries = walked.about.iter().map(|(place, bytes)| {
        let path = inclusion_proof(&reader, *place, signed.size)?;
        Ok(HistoryEntry { entry: b64(bytes), index: *place, path })
    });
    let entries = entries.collect::<Result<Vec<_>, Problem>>()?;
    let hashes = inclusion_proof(&reader, index.place, signed.size)?;
    let proof = TlogProof { extra: Some(index.bytes.clone()), index: index.place, hashes, checkpoint: note };
    let consistency = consistency_proof(&reader, index.size, signed.size)?;
    let (kind, subject, proof) = (HISTORY_RECEIPT.to_owned(), subject.to_owned(), proof.to_string());
    Ok(HistoryReceipt { kind, subject, rows, proof, consistency, entries })
}

/// Publishes an index of what is signed by now, in a folder where no server works, and waits until it is
/// signed itself.
pub(crate) fn publish_index(place: &str) -> Result<(), Problem> {
    let folder = Path::new(place);
    if !Installation::exists(folder) {
        return Err(Problem::input("SCR-CLI-072", format!("{place} is not the data folder of a log"))
            .help("only the log itself can publish an index"));
    }
    let seen = Witnessing::open(folder, None, None)?.ask(folder)?.seen;
    let engine = site::engine(folder, None, None, None, &seen)?;
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let recorded = engine.publish_index().map_err(|error| match error {
        ActError::Refused(refusal) => Problem::input(&refusal.code, format!("{:?}", refusal.args)),
        ActError::Fault(error) => fault(&error),
    })?;
    if let Some(reason) = engine.ledger().stopped() {
        return Err(Problem::does_not_hold("SCR-ENG-004", reason));
    }
    let Some(recorded) = recorded else { return Ok(()) };
    let begin = Instant::now();
    while engine.log().checkpoint().map_err(|e| fault(&e))?.is_none_or(|signed| signed.size <= recorded.index)
    {
        if begin.elapsed() > SIGNED_WITHIN {
            return Err(fault(&"the new index was recorded and is not signed yet"));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
