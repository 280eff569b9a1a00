//! Checks a log in a directory with crates of other makers: `signed_note` and `tlog_tiles` (Azul),
//! `ct-merkle`. Exits 0 only when everything holds.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ct_merkle::{InclusionProof, RootHash, mem_backed_tree::MemoryBackedTree};
use sha2::Sha256;
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{
    Checkpoint, Error as TlogError, Hash, HashReader, Tile, TileHashReader, TileReader, check_record,
    record_hash, stored_hash_index, tree_hash,
};

type Fault = Box<dyn Error>;

struct Directory(PathBuf);

impl TileReader for Directory {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, TlogError> {
        let read = |tile: &Tile| {
            // The crate writes the height into the path; tlog-tiles does not.
            let path = tile.path().replacen("tile/8/", "tile/", 1);
            let bytes = fs::read(self.0.join(path)).map_err(|_| TlogError::InvalidTile)?;
            if bytes.len() == tile.width() as usize * 32 { Ok(bytes) } else { Err(TlogError::InvalidTile) }
        };
        tiles.iter().map(read).collect()
    }

    fn save_tiles(&self, _tiles: &[Tile], _data: &[Vec<u8>]) {}
}

fn main() -> Result<(), Fault> {
    let directory = std::env::args().nth(1).ok_or("usage: interop-peers DIRECTORY")?;
    let directory = Path::new(&directory);
    let (size, root) = open(directory, &fs::read(directory.join("checkpoint"))?)?;
    let source = Directory(directory.to_owned());
    let reader = TileHashReader::new(size, root, &source);
    if tree_hash(size, &reader).map_err(|e| format!("{e:?}"))? != root {
        return Err("the tiles give another root".into());
    }
    let entries = entries(directory, size)?;
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    for (bundle, chunk) in (0u64..).zip(entries.chunks(256)) {
        let indexes: Vec<u64> =
            (bundle * 256..).take(chunk.len()).map(|index| stored_hash_index(0, index)).collect();
        let hashes = reader.read_hashes(&indexes).map_err(|e| format!("{e:?}"))?;
        for ((index, hash), entry) in (bundle * 256..).zip(hashes).zip(chunk) {
            if hash != record_hash(entry) {
                return Err(format!("entry {index} differs from the tree").into());
            }
            tree.push(entry.clone());
        }
    }
    if tree.root().as_bytes().as_slice() != root.0.as_slice() {
        return Err("ct-merkle computes another root".into());
    }
    let mut proofs = 0;
    for file in fs::read_dir(directory.join("proofs"))? {
        check_proof(directory, &fs::read_to_string(file?.path())?)?;
        proofs += 1;
    }
    if proofs == 0 {
        return Err("no proofs".into());
    }
    println!(
        "signed_note, tlog_tiles, ct-merkle: {size} entries, {proofs} proofs, root {}",
        STANDARD.encode(root.0)
    );
    Ok(())
}

fn open(directory: &Path, note: &[u8]) -> Result<(u64, Hash), Fault> {
    let key = fs::read_to_string(directory.join("log.vkey"))?;
    let verifier = StandardVerifier::new(key.trim_end()).map_err(|e| format!("{e:?}"))?;
    let note = Note::from_bytes(note).map_err(|e| format!("{e:?}"))?;
    note.verify(&VerifierList::new(vec![Box::new(verifier)])).map_err(|e| format!("{e:?}"))?;
    let checkpoint = Checkpoint::from_bytes(note.text()).map_err(|e| format!("{e:?}"))?;
    Ok((checkpoint.size(), *checkpoint.hash()))
}

fn entries(directory: &Path, size: u64) -> Result<Vec<Vec<u8>>, Fault> {
    let mut entries = Vec::new();
    while (entries.len() as u64) < size {
        let first = entries.len() as u64;
        let width = u32::try_from((size - first).min(256))?;
        let path =
            Tile::new(8, 0, first / 256, width, true).path().replacen("tile/8/data/", "tile/entries/", 1);
        let bytes = fs::read(directory.join(path))?;
        let mut rest = bytes.as_slice();
        for _ in 0..width {
            let (length, tail) = rest.split_first_chunk::<2>().ok_or("a bundle ends early")?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (entry, tail) = tail.split_at_checked(length).ok_or("a bundle ends early")?;
            entries.push(entry.to_vec());
            rest = tail;
        }
        if !rest.is_empty() {
            return Err("a bundle has too many entries".into());
        }
    }
    Ok(entries)
}

fn check_proof(directory: &Path, text: &str) -> Result<(), Fault> {
    let (head, checkpoint) = text.split_once("\n\n").ok_or("not a proof")?;
    let lines: Vec<&str> = head.split('\n').collect();
    let ["c2sp.org/tlog-proof@v1", extra, index, path @ ..] = lines.as_slice() else {
        return Err("not a proof".into());
    };
    let entry = STANDARD.decode(extra.strip_prefix("extra ").ok_or("no entry")?)?;
    let index: u64 = index.strip_prefix("index ").ok_or("no index")?.parse()?;
    let hashes = path.iter().map(|line| Hash::parse_hash(line)).collect::<Result<Vec<_>, _>>();
    let hashes = hashes.map_err(|e| format!("{e:?}"))?;
    let (size, root) = open(directory, checkpoint.as_bytes())?;
    check_record(&hashes, size, root, index, record_hash(&entry)).map_err(|e| format!("{e:?}"))?;
    let bytes = hashes.iter().flat_map(|hash| hash.0).collect();
    let proof = InclusionProof::<Sha256>::try_from_bytes(bytes).map_err(|e| format!("{e:?}"))?;
    let root = RootHash::<Sha256>::new(root.0.into(), size);
    root.verify_inclusion(&entry, index, &proof).map_err(|e| format!("ct-merkle: {e:?}"))?;
    Ok(())
}
