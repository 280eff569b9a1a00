//! Leaf and node hashes two at a time. Each step of SHA-256 waits for the one before it; a second message that has
//! nothing to do with the first fills the time, where a processor works ahead.
//!
//! Who checks or builds whole trees hashes here; a test holds every length against the hashes of `sha2`.

use scr_canon::Hash32;
use sha2::block_api::compress256;

const BLOCK: usize = 64;
/// Before the first block (FIPS 180-4 section 5.3.3).
const START: [u32; 8] =
    [0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19];
/// Bits of what a node's hash is taken of: 0x01 and two hashes.
const NODE_BITS: u64 = 65 * 8;

/// What a leaf's hash is taken of (0x00 and the entry), in blocks, padded (FIPS 180-4 section 5.1.1).
struct Leaf<'a> {
    /// The prefix and what of the entry still fits; nothing when the whole fits into the last blocks.
    first: Option<[u8; BLOCK]>,
    /// Whole blocks, where they stand.
    inner: &'a [[u8; BLOCK]],
    /// The rest with the padding: one block or two.
    last: [[u8; BLOCK]; 2],
    last_is_two: bool,
}

impl<'a> Leaf<'a> {
    fn of(entry: &'a [u8]) -> Self {
        let mut last = [[0; BLOCK]; 2];
        let (first, inner, rest) = match entry.split_first_chunk::<{ BLOCK - 1 }>() {
            Some((begin, rest)) => {
                let mut first = [0; BLOCK];
                first[1..].copy_from_slice(begin);
                let (inner, rest) = rest.as_chunks();
                last[0][..rest.len()].copy_from_slice(rest);
                (Some(first), inner, rest.len())
            }
            None => {
                last[0][1..=entry.len()].copy_from_slice(entry);
                (None, <&[[u8; BLOCK]]>::default(), 1 + entry.len())
            }
        };
        last[0][rest] = 0x80;
        // The length takes the last eight bytes.
        let last_is_two = rest >= BLOCK - 8;
        let bits = (entry.len() as u64 + 1) * 8;
        last[usize::from(last_is_two)][BLOCK - 8..].copy_from_slice(&bits.to_be_bytes());
        Self { first, inner, last, last_is_two }
    }

    fn last(&self) -> &[[u8; BLOCK]] {
        if self.last_is_two { &self.last } else { &self.last[..1] }
    }
}

/// Hashes of two entries, each as [`crate::leaf_hash`] gives it.
fn leaf_pair(one: &[u8], other: &[u8]) -> [Hash32; 2] {
    let (one, other) = (Leaf::of(one), Leaf::of(other));
    let mut states = [START; 2];
    compress(&mut states, one.first.as_slice(), other.first.as_slice());
    compress(&mut states, one.inner, other.inner);
    compress(&mut states, one.last(), other.last());
    states.map(digest)
}

/// Takes blocks of two messages in, by turns.
fn compress(states: &mut [[u32; 8]; 2], one: &[[u8; BLOCK]], other: &[[u8; BLOCK]]) {
    let [first, second] = states;
    let both = one.len().min(other.len());
    let ((one, one_rest), (other, other_rest)) = (one.split_at(both), other.split_at(both));
    for (one, other) in one.iter().zip(other) {
        compress256(first, std::slice::from_ref(one));
        compress256(second, std::slice::from_ref(other));
    }
    compress256(first, one_rest);
    compress256(second, other_rest);
}

fn digest(state: [u32; 8]) -> Hash32 {
    let mut bytes = [0; 32];
    for (four, word) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(state) {
        *four = word.to_be_bytes();
    }
    Hash32(bytes)
}

/// What a node's hash is taken of, padded.
fn node_blocks(left: &Hash32, right: &Hash32) -> [[u8; BLOCK]; 2] {
    let mut blocks = [[0; BLOCK]; 2];
    blocks[0][0] = 1;
    blocks[0][1..33].copy_from_slice(&left.0);
    blocks[0][33..].copy_from_slice(&right.0[..31]);
    blocks[1][0] = right.0[31];
    blocks[1][1] = 0x80;
    blocks[1][BLOCK - 8..].copy_from_slice(&NODE_BITS.to_be_bytes());
    blocks
}

/// Hashes of entries ([`crate::leaf_hash`]), in order, behind those that `hashes` has.
pub fn leaf_hashes<'a>(entries: impl IntoIterator<Item = &'a [u8]>, hashes: &mut Vec<Hash32>) {
    let mut entries = entries.into_iter();
    while let Some(one) = entries.next() {
        match entries.next() {
            Some(other) => hashes.extend(leaf_pair(one, other)),
            None => hashes.push(crate::leaf_hash(one)),
        }
    }
}

/// The level above `hashes` takes their place; a last hash without a neighbour moves up as it is.
pub(crate) fn parents(hashes: &mut Vec<Hash32>) {
    let count = hashes.len();
    for at in (0..count / 4).map(|four| 4 * four) {
        let mut states = [START; 2];
        let one = node_blocks(&hashes[at], &hashes[at + 1]);
        let other = node_blocks(&hashes[at + 2], &hashes[at + 3]);
        compress(&mut states, &one, &other);
        let [one, other] = states.map(digest);
        hashes[at / 2] = one;
        hashes[at / 2 + 1] = other;
    }
    if count % 4 >= 2 {
        let at = count / 4 * 4;
        hashes[at / 2] = crate::node_hash(&hashes[at], &hashes[at + 1]);
    }
    if count % 2 == 1 {
        hashes[count / 2] = hashes[count - 1];
    }
    hashes.truncate(count.div_ceil(2));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{leaf_hash, node_hash};
    use proptest::prelude::*;

    /// All lengths at which blocks and padding can end in another way, each beside another length.
    #[test]
    fn entries_of_every_length_have_the_hash_of_sha2() {
        let bytes: Vec<u8> = (0..700u32).map(|n| n.to_be_bytes()[3] ^ 0x5a).collect();
        for length in 0..=320 {
            for other in [length, 0, 54, 55, 62, 63, 64, 127, 350, 700] {
                let (one, other) = (&bytes[..length], &bytes[700 - other..]);
                assert_eq!(leaf_pair(one, other), [leaf_hash(one), leaf_hash(other)], "{length}");
                assert_eq!(leaf_pair(other, one), [leaf_hash(other), leaf_hash(one)], "{length}");
            }
        }
        let longest = vec![7; crate::tile::MAX_ENTRY_BYTES];
        assert_eq!(leaf_pair(&longest, b""), [leaf_hash(&longest), leaf_hash(b"")]);
    }

    proptest! {
        #[test]
        fn any_entries_have_the_hashes_of_sha2(
            entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..400), 0..9),
        ) {
            let mut hashes = vec![Hash32([9; 32])];
            leaf_hashes(entries.iter().map(Vec::as_slice), &mut hashes);
            let by_one: Vec<Hash32> = entries.iter().map(|entry| leaf_hash(entry)).collect();
            prop_assert_eq!(&hashes[..1], &[Hash32([9; 32])]);
            prop_assert_eq!(&hashes[1..], &by_one[..]);
        }

        #[test]
        fn a_level_has_the_hashes_of_sha2(level in prop::collection::vec(any::<[u8; 32]>().prop_map(Hash32), 0..12)) {
            let mut above = level.clone();
            parents(&mut above);
            let by_one: Vec<Hash32> = level
                .chunks(2)
                .map(|pair| if let [left, right] = pair { node_hash(left, right) } else { pair[0] })
                .collect();
            prop_assert_eq!(above, by_one);
        }
    }
}
