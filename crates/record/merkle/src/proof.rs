//! Inclusion and consistency proofs (RFC 6962 sections 2.1.1 and 2.1.2), made and checked.

use crate::{ProofError, empty_root, node_hash};
use scr_canon::Hash32;

/// Where the hashes of complete subtrees come from.
pub trait HashReader {
    /// What can go wrong when a hash is read.
    type Error: From<ProofError>;

    /// The hash over the `2^level` leaves from `index * 2^level` on.
    fn hash(&self, level: u8, index: u64) -> Result<Hash32, Self::Error>;
}

/// The root over the leaves `start..end`, as RFC 6962 nests them.
pub fn subtree_root<R: HashReader>(reader: &R, start: u64, end: u64) -> Result<Hash32, R::Error> {
    let width = end.checked_sub(start).ok_or(ProofError::Range)?;
    if width == 0 {
        return Ok(empty_root());
    }
    if width.is_power_of_two() && start.is_multiple_of(width) {
        return reader.hash(level_of(width), start / width);
    }
    let middle = start + split(width);
    Ok(node_hash(&subtree_root(reader, start, middle)?, &subtree_root(reader, middle, end)?))
}

/// The proof that leaf `index` stands in the tree of `size` leaves: from the leaf upwards.
pub fn inclusion_proof<R: HashReader>(reader: &R, index: u64, size: u64) -> Result<Vec<Hash32>, R::Error> {
    if index >= size {
        return Err(ProofError::Range.into());
    }
    let (mut start, mut end) = (0, size);
    let mut proof = Vec::new();
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            proof.push(subtree_root(reader, middle, end)?);
            end = middle;
        } else {
            proof.push(subtree_root(reader, start, middle)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// The proof that the tree of `old` leaves is a prefix of the tree of `new` leaves.
pub fn consistency_proof<R: HashReader>(reader: &R, old: u64, new: u64) -> Result<Vec<Hash32>, R::Error> {
    if old == 0 || old > new {
        return Err(ProofError::Range.into());
    }
    let (mut start, mut end) = (0, new);
    let mut proof = Vec::new();
    // `old` always ends within start..end; the loop follows the right edge of the old tree.
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(subtree_root(reader, middle, end)?);
            end = middle;
        } else {
            proof.push(subtree_root(reader, start, middle)?);
            start = middle;
        }
    }
    // The old tree's own root is known to the verifier when it is a complete left subtree.
    if start != 0 {
        proof.push(subtree_root(reader, start, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Checks an inclusion proof (RFC 9162 section 2.1.3.2).
pub fn verify_inclusion(
    proof: &[Hash32],
    index: u64,
    size: u64,
    leaf: &Hash32,
    root: &Hash32,
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Range);
    }
    let (inner, border) = proof_shape(index, size);
    expect_length(proof, inner + border)?;
    let mut hash = *leaf;
    for (level, sibling) in proof.iter().enumerate() {
        hash = if level < inner && (index >> level) & 1 == 0 {
            node_hash(&hash, sibling)
        } else {
            node_hash(sibling, &hash)
        };
    }
    if hash == *root { Ok(()) } else { Err(ProofError::Mismatch) }
}

/// Checks a consistency proof (RFC 9162 section 2.1.4.2). Size 0 has no proof: an empty log says
/// nothing about what follows, so `old == 0` is refused here and handled by the caller.
pub fn verify_consistency(
    proof: &[Hash32],
    old: u64,
    new: u64,
    old_root: &Hash32,
    new_root: &Hash32,
) -> Result<(), ProofError> {
    if old == 0 || old > new {
        return Err(ProofError::Range);
    }
    if old == new {
        expect_length(proof, 0)?;
        return if old_root == new_root { Ok(()) } else { Err(ProofError::Mismatch) };
    }
    // Start from the largest complete subtree that ends at `old`.
    let complete = old.trailing_zeros();
    let (inner, border) = proof_shape(old - 1, new);
    let inner = inner - complete as usize;
    let (seed, rest) = if old.is_power_of_two() {
        (*old_root, proof)
    } else {
        let (first, rest) =
            proof.split_first().ok_or(ProofError::Length { expected: inner + border + 1, found: 0 })?;
        (*first, rest)
    };
    if rest.len() != inner + border {
        let extra = proof.len() - rest.len();
        return Err(ProofError::Length { expected: inner + border + extra, found: proof.len() });
    }
    let position = (old - 1) >> complete;
    let (mut old_hash, mut new_hash) = (seed, seed);
    for (level, sibling) in rest.iter().enumerate() {
        if level >= inner || (position >> level) & 1 == 1 {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
    }
    if old_hash == *old_root && new_hash == *new_root { Ok(()) } else { Err(ProofError::Mismatch) }
}

fn expect_length(proof: &[Hash32], expected: usize) -> Result<(), ProofError> {
    if proof.len() == expected { Ok(()) } else { Err(ProofError::Length { expected, found: proof.len() }) }
}

/// How many hashes stand below the point where the path to `index` leaves the tree's right edge,
/// and how many above it (only left siblings there).
fn proof_shape(index: u64, size: u64) -> (usize, usize) {
    let inner = 64 - (index ^ (size - 1)).leading_zeros();
    let border = index.checked_shr(inner).unwrap_or(0).count_ones();
    (inner as usize, border as usize)
}

/// Largest power of two below `width`, for `width` of at least 2.
fn split(width: u64) -> u64 {
    1 << (63 - (width - 1).leading_zeros())
}

/// The exponent of a power of two.
#[expect(clippy::cast_possible_truncation, reason = "an exponent is at most 63")]
fn level_of(width: u64) -> u8 {
    width.trailing_zeros() as u8
}
