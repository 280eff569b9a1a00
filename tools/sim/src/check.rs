//! What must hold, computed from the entries alone.

use crate::disk::Image;
use crate::world::World;
use scr_canon::Hash32;
use scr_ledger::LedgerReader;
use scr_merkle::{leaf_hash, node_hash, verify_inclusion};
use std::collections::{BTreeMap, BTreeSet};

/// A rule that was broken, in words.
pub type Broken = String;

/// An entry of the simulation, as its bytes say: `id|index|at|subject=count,…`.
struct Said<'a> {
    id: &'a str,
    index: u64,
    at: i64,
    counts: Vec<(&'a str, u64)>,
}

fn said(bytes: &[u8]) -> Option<Said<'_>> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('.')?;
    let mut parts = text.split('|');
    let (id, index, at, counts) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let counts = counts.split(',').filter(|count| !count.is_empty()).map(|count| {
        let (subject, count) = count.split_once('=')?;
        Some((subject, count.parse().ok()?))
    });
    let counts = counts.collect::<Option<Vec<_>>>()?;
    Some(Said { id, index: index.parse().ok()?, at: at.parse().ok()?, counts })
}

/// The root by RFC 6962, section 2.1, as it stands there: another computation than the ledger's.
pub(crate) fn tree_hash(leaves: &[Hash32]) -> Hash32 {
    match leaves {
        [] => scr_merkle::empty_root(),
        [leaf] => *leaf,
        _ => {
            let split = leaves.len().next_power_of_two() / 2;
            node_hash(&tree_hash(&leaves[..split]), &tree_hash(&leaves[split..]))
        }
    }
}

/// Entries, tree, tiles and counters of a database fit together; each entry is there once.
pub(crate) fn whole(image: &Image) -> Result<Vec<Hash32>, Broken> {
    let size = image.head.size;
    if image.entries.len() as u64 != size {
        return Err(format!("the head says {size} entries and there are {}", image.entries.len()));
    }
    let leaves: Vec<Hash32> = image.entries.iter().map(|entry| leaf_hash(entry)).collect();
    if tree_hash(&leaves) != image.head.root {
        return Err(format!("the root of {size} entries is not that of the head"));
    }
    let mut counts: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let (mut ids, mut last_at) = (BTreeSet::new(), 0);
    for (place, bytes) in (0..).zip(&image.entries) {
        let entry = said(bytes).ok_or_else(|| format!("entry {place} is torn"))?;
        if entry.index != place {
            return Err(format!("entry {place} was made for place {}", entry.index));
        }
        if entry.at < last_at {
            return Err(format!("entry {place} is older than the one before"));
        }
        last_at = entry.at;
        if !ids.insert(entry.id) {
            return Err(format!("{} is recorded twice", entry.id));
        }
        for (subject, count) in entry.counts {
            let before = counts.entry(subject.to_owned()).or_default();
            before.push(place);
            if before.len() as u64 != count {
                return Err(format!(
                    "entry {place} is number {count} about {subject}, and {} are there",
                    before.len()
                ));
            }
        }
    }
    if counts != image.history {
        return Err("the counters are not those of the entries".to_owned());
    }
    tiles(image, &leaves)?;
    Ok(leaves)
}

fn tiles(image: &Image, leaves: &[Hash32]) -> Result<(), Broken> {
    let mut level: Vec<Hash32> = leaves.to_vec();
    for number in 0u8.. {
        for (index, hashes) in (0u64..).zip(level.chunks(256)) {
            let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
            let stored = image.tiles.get(&(number, index)).map(Vec::as_slice).unwrap_or_default();
            if stored != bytes {
                return Err(format!("tile {number}/{index} is not that of the entries"));
            }
        }
        level = level.chunks_exact(256).map(tree_hash).collect();
        if level.is_empty() {
            return Ok(());
        }
    }
    Ok(())
}

/// Whether the tree of so many entries with this root is a beginning of this log.
pub(crate) fn continues(leaves: &[Hash32], size: u64, root: &Hash32) -> bool {
    let length = usize::try_from(size).unwrap_or(usize::MAX);
    leaves.get(..length).is_some_and(|leaves| tree_hash(leaves) == *root)
}

/// Everything that was ever signed is a beginning of this log.
pub(crate) fn signed(world: &World, leaves: &[Hash32]) -> Result<(), Broken> {
    for (size, root) in &world.signed {
        if continues(leaves, *size, root) {
            continue;
        }
        return Err(if *size > leaves.len() as u64 {
            format!("a tree of {size} entries was signed, and {} are there", leaves.len())
        } else {
            format!("the signed tree of {size} entries has another root")
        });
    }
    Ok(())
}

/// What was acknowledged stands where it was promised; what was refused is not there.
pub(crate) fn promises(world: &World, leaves: &[Hash32], image: &Image) -> Result<(), Broken> {
    for (id, (index, leaf)) in &world.acknowledged {
        let found = usize::try_from(*index).ok().and_then(|index| leaves.get(index));
        if found != Some(leaf) {
            return Err(format!("{id} was acknowledged as entry {index} and is not there"));
        }
    }
    for bytes in &image.entries {
        let id = said(bytes).map(|entry| entry.id).unwrap_or_default();
        if world.refused.contains(id) {
            return Err(format!("{id} was refused and is there"));
        }
    }
    Ok(())
}

/// The proof of an entry under the last checkpoint verifies.
pub(crate) fn proof(reader: &LedgerReader, index: u64) -> Result<(), Broken> {
    let Some(checkpoint) = reader.checkpoint().map_err(|e| e.to_string())? else { return Ok(()) };
    if index >= checkpoint.size {
        return Ok(());
    }
    let proof = reader.proof(index).map_err(|e| format!("no proof of entry {index}: {e}"))?;
    let leaf = leaf_hash(proof.extra.as_deref().unwrap_or_default());
    verify_inclusion(&proof.hashes, index, checkpoint.size, &leaf, &checkpoint.root)
        .map_err(|e| format!("the proof of entry {index} does not verify: {e}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_torn_is_seen() {
        let mut image = Image::default();
        assert!(whole(&image).is_ok());
        image.entries.push(b"a|0|5|x=1.".to_vec());
        image.head.size = 1;
        image.head.root = leaf_hash(b"a|0|5|x=1.");
        image.tiles.insert((0, 0), image.head.root.0.to_vec());
        assert_eq!(whole(&image).unwrap_err(), "the counters are not those of the entries");
        image.history.insert("x".to_owned(), vec![0]);
        assert!(whole(&image).is_ok());
        image.tiles.clear();
        assert_eq!(whole(&image).unwrap_err(), "tile 0/0 is not that of the entries");
        image.entries[0].truncate(3);
        assert!(whole(&image).unwrap_err().contains("root"));
    }
}
