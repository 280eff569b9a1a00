//! Writes a log in the layout of tlog-tiles, with proofs, for verifiers of other makers.
//!
//! `make_log DIRECTORY ENTRIES`: entry i is the ASCII text `entry-<i>`. The keys are public: test only.

use std::error::Error;
use std::fs;
use std::path::Path;

use scr_canon::Hash32;
use scr_merkle::tile::{TilePath, bundle_push};
use scr_merkle::{Frontier, inclusion_proof, leaf_hash};
use scr_note::{Algorithm, Checkpoint, Note, SignerKey, TlogProof};

const ORIGIN: &str = "interop.scrutineer.example/log";
const SIGNED_AT: u64 = 1_790_000_000;
const PROOFS: u64 = 20;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, directory, entries] = arguments.as_slice() else {
        return Err("usage: make_log DIRECTORY ENTRIES".into());
    };
    let (directory, size) = (Path::new(directory), entries.parse::<u64>()?);
    let leaves = write_tiles(directory, size)?;

    let log = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32])?;
    let post_quantum = SignerKey::from_seed(ORIGIN, Algorithm::MlDsa44, &[2; 32])?;
    let root = scr_merkle::root_of(&leaves);
    let text = Checkpoint::new(ORIGIN, size, root).to_string();
    let note = Note::sign(&text, &[&log, &post_quantum], SIGNED_AT)?;
    let checkpoint = note.to_string();
    fs::write(directory.join("checkpoint"), &checkpoint)?;
    fs::write(directory.join("log.vkey"), format!("{}\n", log.verifier()))?;
    fs::write(directory.join("log-mldsa.vkey"), format!("{}\n", post_quantum.verifier()))?;
    fs::write(directory.join("policy"), format!("log {}\nquorum none\n", log.verifier()))?;
    write_proofs(directory, &leaves, &checkpoint)
}

fn write_tiles(directory: &Path, size: u64) -> Result<Vec<Hash32>, Box<dyn Error>> {
    let (mut frontier, mut leaves) = (Frontier::new(), Vec::new());
    let mut first = 0;
    while first < size {
        let end = size.min(first + 256);
        let mut bundle = Vec::new();
        let mut batch = Vec::new();
        for index in first..end {
            let entry = entry(index);
            bundle_push(&mut bundle, &entry).ok_or("an entry is too long")?;
            batch.push(leaf_hash(&entry));
        }
        let path = TilePath::entries(first / 256, u16::try_from(end - first)?).ok_or("no such bundle")?;
        write_tile(directory, &path, &bundle)?;
        for update in frontier.extend(&batch) {
            let width = u16::try_from(update.bytes.len() / 32)?;
            let path = TilePath::hashes(update.level, update.index, width).ok_or("no such tile")?;
            // Only what the published size shows: a narrower tile on the way there is not served.
            if width == 256 || end == size {
                write_tile(directory, &path, &update.bytes)?;
            }
        }
        leaves.append(&mut batch);
        first = end;
    }
    // An edge tile that the last batch did not touch is not among its updates.
    for path in TilePath::edge(size) {
        let bytes: Vec<u8> =
            frontier.unfinished(path.level_number()).iter().flat_map(|hash| hash.0).collect();
        write_tile(directory, &path, &bytes)?;
    }
    Ok(leaves)
}

fn write_tile(directory: &Path, path: &TilePath, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let file = directory.join("tile").join(path.to_string());
    fs::create_dir_all(file.parent().ok_or("no parent")?)?;
    Ok(fs::write(file, bytes)?)
}

fn write_proofs(directory: &Path, leaves: &[Hash32], checkpoint: &str) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(directory.join("proofs"))?;
    let size = leaves.len() as u64;
    let step = (size / PROOFS).max(1);
    for index in (0..size).step_by(usize::try_from(step)?).chain(size.checked_sub(1)) {
        let hashes = inclusion_proof(&leaves, index, size)?;
        let proof = TlogProof { extra: Some(entry(index)), index, hashes, checkpoint: checkpoint.to_owned() };
        fs::write(directory.join(format!("proofs/{index}.tlog-proof")), proof.to_string())?;
    }
    Ok(())
}

fn entry(index: u64) -> Vec<u8> {
    format!("entry-{index}").into_bytes()
}
