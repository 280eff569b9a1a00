//! Hashing again what is held, one thing at a time: for the audit, which stops at the first damage, and for
//! the fixity check, which counts all of it.

use crate::audit::Damage;
use scr_canon::Hash32;
use scr_entry::Commitment;
use scr_ledger::{LedgerReader, ReadError};
use scr_merkle::leaf_hash;
use scr_merkle::tile::{TilePath, TileSource as _};
use scr_objects::{Objects, ObjectsError};
use scr_vault::Vault;
use sha2::{Digest as _, Sha256};
use std::io::Read as _;

/// Bytes that are hashed between two words to whoever waits.
const PIECE_BYTES: usize = 1 << 20;

/// What became of a private field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// It opens, and gives its commitment.
    Opened,
    /// Its key is not here: it was erased, or is another node's.
    WithoutKey,
}

/// Entries from `first` on, at most up to the end of their tile, each compared with its leaf. `size` is the
/// tree's. Gives the entries, and the damages of those that differ.
pub(crate) fn leaves(
    reader: &LedgerReader,
    first: u64,
    size: u64,
) -> Result<(Vec<Vec<u8>>, Vec<Damage>), Damage> {
    let wanted = usize::try_from((size - first).min(256 - first % 256)).unwrap_or(256);
    let entries = reader.entries(first, wanted)?;
    if entries.len() < wanted {
        return Err(Damage::Tree(format!("entry {} is missing", first + entries.len() as u64)));
    }
    let stored = tile(reader, TilePath::at_size(0, first / 256, size))?;
    let skipped = usize::try_from(first % 256).unwrap_or(0);
    let pairs = (first..).zip(entries.iter().zip(stored.chunks_exact(32).skip(skipped)));
    let differs = pairs.filter(|(_, (entry, leaf))| leaf_hash(entry).0.as_slice() != *leaf);
    let damages = differs
        .map(|(index, _)| Damage::Tree(format!("entry {index} has another hash than its leaf")))
        .collect();
    Ok((entries, damages))
}

/// A tile as it is stored.
pub(crate) fn tile(reader: &LedgerReader, path: Option<TilePath>) -> Result<Vec<u8>, Damage> {
    let Some(path) = path else { return Ok(Vec::new()) };
    match reader.tile(&path) {
        Ok(bytes) => Ok(bytes),
        Err(ReadError::NotFound) => Err(Damage::Tree(format!("tile/{path} is missing"))),
        Err(error) => Err(error.into()),
    }
}

/// A private field of entry `index`: its ciphertext opens, and gives the commitment that the entry states.
pub(crate) fn private_field(
    vault: &Vault,
    index: u64,
    commitment: &Commitment,
    ciphertext: Option<&[u8]>,
) -> Result<Held, Damage> {
    let id = commitment.h.to_hex();
    let damage = |what| Damage::Payload { index, field: commitment.n.clone(), what };
    let altered = |_| damage("key or ciphertext were altered");
    let Some(salt) = vault.salt(&id).map_err(altered)? else { return Ok(Held::WithoutKey) };
    let ciphertext = ciphertext.ok_or_else(|| damage("its key is here, and its ciphertext is gone"))?;
    let Some(content) = vault.open_payload(&id, ciphertext).map_err(altered)? else {
        // Erased between the two looks.
        return Ok(Held::WithoutKey);
    };
    if scr_entry::commitment(&salt, &content) == commitment.h {
        return Ok(Held::Opened);
    }
    Err(damage("it gives another commitment than the entry states"))
}

/// The SHA-256 of an object, which may be larger than the memory; `None` when it is not here (any more), or
/// when `go_on`, which is asked after each piece with its length, says no.
pub(crate) fn object(
    objects: &Objects,
    hash: &Hash32,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<Option<Hash32>, ObjectsError> {
    let Some(mut file) = objects.reader(hash)? else { return Ok(None) };
    let mut running = Sha256::new();
    let mut piece = vec![0; PIECE_BYTES];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(Some(Hash32(running.finalize().into()))),
            read => running.update(piece.get(..read).unwrap_or_default()),
        }
        if !go_on(PIECE_BYTES) {
            return Ok(None);
        }
    }
}
