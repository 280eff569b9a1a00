//! Certificate logs in files, for other programs to read and to write (`tools/interop/threats`).
//!
//! - `ct_log write FOLDER SIZE` writes a log of both forms.
//! - `ct_log read FOLDER` reads both forms of a log, believes nothing, and prints what it found as JSON.
//! - `ct_log tile FIRST DATA [HASHES]` reads a data tile of a static log whose first entry has this number, compares it
//!   with the tile of hashes, and prints what it found.
//!
//! A folder has `key.der`, `origin`, `sizes` (one a line), and for each size `SIZE/checkpoint` and `SIZE/get-sth`; for both
//! forms `tile/…`, `get-entries/START-END` (END is left out) and `get-sth-consistency/FIRST-SECOND`.

#![expect(clippy::unwrap_used, reason = "an example stops at what it does not expect")]

#[expect(dead_code, reason = "shared with the tests, which need more of it")]
#[path = "../tests/ct/log.rs"]
mod log;

use log::{Authority, BEGAN_MS, Log};
use scr_canon::{Hash32, sha256};
use scr_merkle::tile::{TilePath, TileReader, TileSource};
use scr_merkle::{ProofError, consistency_proof};
use scr_names::ct::{
    Advance, Batch, CtLimits, Cursor, DataTile, FoundName, Leaf, LogKey, SignedHead, StaticPath, Step,
    read_checkpoint, read_consistency, read_data_tile, read_entries, read_head,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Entries of one answer of get-entries.
const ANSWER: u64 = 50;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args[..] {
        ["write", folder, size] => {
            write(Path::new(folder), size.parse().unwrap());
            Ok(())
        }
        ["read", folder] => read(Path::new(folder)),
        ["tile", first, data] => tile(first, data, None),
        ["tile", first, data, hashes] => tile(first, data, Some(hashes)),
        _ => Err("ct_log write FOLDER SIZE | read FOLDER | tile FIRST DATA [HASHES]".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            eprintln!("{what}");
            ExitCode::FAILURE
        }
    }
}

fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let file = folder.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

fn write(folder: &Path, size: u64) {
    let (authority, mut log) = (Authority::new(), Log::new("ct.example/2026h2", true));
    for number in 0..size {
        log.add(&authority, &[&format!("n{number}.vote-gov.example"), &format!("*.n{number}.example")]);
    }
    put(folder, "key.der", &log.public_key());
    put(folder, "origin", log.origin.as_bytes());
    let sizes = [size / 3, size];
    put(folder, "sizes", format!("{}\n{}\n", sizes[0], sizes[1]).as_bytes());
    let mut read = 0;
    for (before, size) in [0, sizes[0]].into_iter().zip(sizes) {
        let head = log.head(size, BEGAN_MS + size);
        for (path, bytes) in served(&log, &authority, &head) {
            let path = if path == "checkpoint" { format!("{size}/checkpoint") } else { path };
            put(folder, &path, &bytes);
        }
        put(folder, &format!("{size}/get-sth"), log.get_sth(&head).as_bytes());
        let consistency = |from| {
            put(
                folder,
                &format!("get-sth-consistency/{from}-{size}"),
                log.get_consistency(from, size).as_bytes(),
            )
        };
        consistency(before);
        while read < size {
            let end = size.min(read + ANSWER);
            put(folder, &format!("get-entries/{read}-{end}"), log.get_entries(read, end).as_bytes());
            consistency(end);
            read = end;
        }
    }
}

/// What a static log serves for the tree of `size` entries: paths and bytes.
fn served(log: &Log, authority: &Authority, head: &SignedHead) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let size = head.head.size;
    out.insert("checkpoint".to_owned(), log.checkpoint(head).into_bytes());
    out.insert(StaticPath::Issuer(sha256(&authority.der)).to_string(), authority.der.clone());
    for (path, bytes) in log.tiles(size).0 {
        out.insert(StaticPath::Hashes(path).to_string(), bytes);
    }
    let mut next = 0;
    while let Some(tile) = DataTile::with_entry(next, size) {
        out.insert(tile.to_string(), log.data_tile(tile));
        next = tile.first() + 256;
    }
    out
}

struct Files(PathBuf);

impl Files {
    fn get(&self, path: &str) -> Result<Vec<u8>, String> {
        fs::read(self.0.join(path)).map_err(|error| format!("{path}: {error}"))
    }

    fn text(&self, path: &str) -> Result<String, String> {
        String::from_utf8(self.get(path)?).map_err(|error| format!("{path}: {error}"))
    }
}

impl TileSource for Files {
    type Error = ProofError;

    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, ProofError> {
        self.get(&StaticPath::Hashes(*path).to_string()).map_err(ProofError::Tile)
    }
}

fn read(folder: &Path) -> Result<(), String> {
    let files = Files(folder.to_owned());
    let key = LogKey::from_der(&files.get("key.der")?).map_err(|fault| fault.to_string())?;
    let sizes = files.text("sizes")?;
    let sizes: Vec<u64> = sizes.lines().map(|line| line.parse().unwrap()).collect();
    let (dynamic, by_answers) = read_dynamic(&files, &key, &sizes)?;
    let (fixed, by_tiles) = read_static(&files, &key, &sizes)?;
    if by_answers != by_tiles || dynamic.root() != fixed.root() {
        return Err("the two forms of the log differ".to_owned());
    }
    let out = serde_json::json!({ "size": dynamic.next(), "root": dynamic.root(), "found": by_answers });
    println!("{out}");
    Ok(())
}

fn step(
    cursor: &mut Cursor,
    key: &LogKey,
    step: &Step<'_>,
    found: &mut Vec<FoundName>,
) -> Result<(), String> {
    let advance: Advance =
        cursor.advance(key, step, &CtLimits::default()).map_err(|fault| fault.to_string())?;
    if let Some(entry) = advance.unreadable.first() {
        return Err(format!("entry {} cannot be read: {}", entry.index, entry.fault));
    }
    found.extend(advance.found);
    *cursor = advance.cursor;
    Ok(())
}

fn read_dynamic(files: &Files, key: &LogKey, sizes: &[u64]) -> Result<(Cursor, Vec<FoundName>), String> {
    let (limits, mut cursor, mut found) = (CtLimits::default(), Cursor::start(key.id()), Vec::new());
    for size in sizes {
        let head = read_head(&files.get(&format!("{size}/get-sth"))?, key.id(), &limits)
            .map_err(|e| e.to_string())?;
        let proof = |from: u64| {
            let body = files.get(&format!("get-sth-consistency/{from}-{}", head.head.size))?;
            read_consistency(&body, &limits).map_err(|error| error.to_string())
        };
        while cursor.next() < head.head.size {
            let end = head.head.size.min(cursor.next() + ANSWER);
            let body = files.get(&format!("get-entries/{}-{end}", cursor.next()))?;
            let leaves = read_entries(&body, &limits).map_err(|error| error.to_string())?;
            let old = cursor.head().map_or(0, |head| head.head.size);
            let growth = if old == head.head.size { Vec::new() } else { proof(old)? };
            let (reach, batch) = (proof(end)?, Batch { first: cursor.next(), leaves });
            step(
                &mut cursor,
                key,
                &Step { head: &head, growth: &growth, batch: &batch, reach: &reach },
                &mut found,
            )?;
        }
    }
    Ok((cursor, found))
}

fn read_static(files: &Files, key: &LogKey, sizes: &[u64]) -> Result<(Cursor, Vec<FoundName>), String> {
    let (limits, mut cursor, mut found) = (CtLimits::default(), Cursor::start(key.id()), Vec::new());
    let origin = files.text("origin")?;
    for size in sizes {
        let body = files.get(&format!("{size}/checkpoint"))?;
        let head: SignedHead =
            read_checkpoint(&body, key, &origin, &limits).map_err(|error| error.to_string())?;
        let size = head.head.size;
        let proof = |from: u64| {
            if from == 0 || from == size {
                return Ok(Vec::new());
            }
            consistency_proof(&TileReader::new(files, size), from, size).map_err(|error| error.to_string())
        };
        while let Some(tile) = DataTile::with_entry(cursor.next(), size) {
            let leaves = leaves_of(&files.get(&tile.to_string())?, tile)?;
            let batch = Batch::of_tile(tile, leaves, cursor.next());
            let growth: Vec<Hash32> = proof(cursor.head().map_or(0, |head| head.head.size))?;
            let reach = proof(tile.first() + u64::from(tile.width()))?;
            step(
                &mut cursor,
                key,
                &Step { head: &head, growth: &growth, batch: &batch, reach: &reach },
                &mut found,
            )?;
        }
    }
    Ok((cursor, found))
}

fn leaves_of(body: &[u8], tile: DataTile) -> Result<Vec<Leaf>, String> {
    read_data_tile(body, tile, &CtLimits::default()).map_err(|error| error.to_string())
}

/// A tile by itself, of a log whose head is not at hand: only the tile of hashes says what must stand in it.
fn tile(first: &str, data: &str, hashes: Option<&str>) -> Result<(), String> {
    let files = Files(PathBuf::new());
    let (first, body): (u64, _) = (first.parse().unwrap(), files.get(data)?);
    let widths = (1..=256u16).rev().filter_map(|width| DataTile::new(first / 256, width));
    let leaves =
        widths.map(|tile| leaves_of(&body, tile)).find(Result::is_ok).unwrap_or(Err("no tile".to_owned()))?;
    if let Some(hashes) = hashes {
        let own: Vec<u8> = leaves.iter().flat_map(|leaf| leaf.hash.0).collect();
        if own != files.get(hashes)? {
            return Err("the entries are not those of the tile of hashes".to_owned());
        }
    }
    let (mut names, mut unreadable, mut precertificates) = (0, 0, 0);
    for leaf in &leaves {
        use scr_names::ct::{CertificateNames, LeafKind};
        let read = match &leaf.kind {
            LeafKind::Certificate(der) => CertificateNames::of_certificate(der, 1_000),
            LeafKind::Precertificate { tbs, .. } => {
                precertificates += 1;
                CertificateNames::of_tbs(tbs, 1_000)
            }
        };
        match read {
            Ok(read) => names += read.names.len(),
            Err(_) => unreadable += 1,
        }
    }
    println!(
        "{} entries, {precertificates} precertificates, {names} names, {unreadable} unreadable",
        leaves.len()
    );
    Ok(())
}
