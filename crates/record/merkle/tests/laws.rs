//! Laws of the tree, checked against a second, naive formulation of RFC 6962 section 2.1.

#![expect(clippy::cast_possible_truncation, reason = "test trees are small")]

use proptest::prelude::*;
use scr_canon::Hash32;
use scr_merkle::tile::{BundleEntries, TilePath, TileReader, TileSource, bundle_push};
use scr_merkle::{
    Frontier, ProofError, consistency_proof, empty_root, inclusion_proof, leaf_hash, node_hash, root_of,
    verify_consistency, verify_inclusion,
};
use std::collections::BTreeMap;

/// RFC 6962 section 2.1 word for word: MTH(D[n]), with k the largest power of two below n.
fn naive_root(leaves: &[Hash32]) -> Hash32 {
    match leaves.len() {
        0 => empty_root(),
        1 => leaves[0],
        n => {
            let mut k = 1;
            while k * 2 < n {
                k *= 2;
            }
            node_hash(&naive_root(&leaves[..k]), &naive_root(&leaves[k..]))
        }
    }
}

fn leaves(count: usize) -> Vec<Hash32> {
    (0..count).map(|i| leaf_hash(format!("entry-{i}").as_bytes())).collect()
}

#[derive(Default)]
struct Tiles(BTreeMap<(u8, u64), Vec<u8>>);

impl TileSource for Tiles {
    type Error = ProofError;
    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, ProofError> {
        let stored = self.0.get(&(path.level_number(), path.index()));
        stored
            .and_then(|bytes| bytes.get(..usize::from(path.width()) * 32))
            .map(<[u8]>::to_vec)
            .ok_or_else(|| ProofError::Tile(path.to_string()))
    }
}

fn grown(all: &[Hash32], batches: &[usize]) -> (Tiles, Frontier) {
    let (mut tiles, mut frontier, mut rest) = (Tiles::default(), Frontier::new(), all);
    for batch in batches.iter().chain([&usize::MAX]) {
        let (now, later) = rest.split_at((*batch).min(rest.len()));
        for update in frontier.extend(now) {
            tiles.0.insert((update.level, update.index), update.bytes);
        }
        rest = later;
    }
    (tiles, frontier)
}

#[test]
fn every_proof_in_every_small_tree() {
    let all = leaves(40);
    for size in 1..=all.len() {
        let tree = &all[..size];
        let root = naive_root(tree);
        for index in 0..size as u64 {
            let proof = inclusion_proof(&tree, index, size as u64).unwrap();
            verify_inclusion(&proof, index, size as u64, &tree[index as usize], &root).unwrap();
            for other in 0..size as u64 {
                let held = verify_inclusion(&proof, other, size as u64, &tree[index as usize], &root).is_ok();
                assert_eq!(held, other == index, "proof of {index} in {size} taken for {other}");
            }
        }
        for old in 1..=size {
            let proof = consistency_proof(&tree, old as u64, size as u64).unwrap();
            let old_root = naive_root(&tree[..old]);
            verify_consistency(&proof, old as u64, size as u64, &old_root, &root).unwrap();
            assert!(
                verify_consistency(&proof, old as u64, size as u64, &root_of(&all[1..old + 1 - 1]), &root)
                    .is_err()
            );
        }
    }
}

/// 257 whole tiles, so that one of level 1 is finished, by their leaves and by their roots.
#[test]
fn a_tree_grown_by_whole_tiles_is_the_same() {
    let (mut by_leaves, mut by_tiles) = (Frontier::new(), Frontier::new());
    for tile in leaves(257 * 256).chunks(256) {
        let whole = |update: &scr_merkle::TileUpdate| update.bytes.len() == 256 * 32 && update.level > 0;
        let mut expected = by_leaves.extend(tile);
        expected.retain(whole);
        assert_eq!(by_tiles.extend_by_tile(root_of(tile)), Some(expected));
        assert_eq!((&by_tiles, by_tiles.root()), (&by_leaves, by_leaves.root()));
    }
    assert_eq!(by_tiles.extend(&leaves(1)), by_leaves.extend(&leaves(1)));
    assert_eq!((by_tiles.extend_by_tile(empty_root()), &by_tiles), (None, &by_leaves));
}

#[test]
fn bundles_are_walked_to_their_end_and_no_further() {
    let mut bundle = Vec::new();
    for entry in 0..300u16 {
        bundle_push(&mut bundle, &entry.to_be_bytes()).unwrap();
    }
    let (all, begin) = (BundleEntries::new(&bundle), &bundle[..256 * 4]);
    assert_eq!((all.clone().count(), all.is_whole()), (256, false));
    let mut walk = BundleEntries::new(begin);
    assert_eq!(walk.next(), Some(&[0, 0][..]));
    assert_eq!((walk.clone().last(), walk.is_whole()), (Some(&[0, 255][..]), true));
    for cut in 1..8 {
        assert_eq!(BundleEntries::new(&bundle[..cut]).is_whole(), cut % 4 == 0, "{cut}");
    }
}

#[test]
fn what_has_no_proof_is_refused() {
    let all = leaves(5);
    let tree = all.as_slice();
    assert_eq!(inclusion_proof(&tree, 5, 5), Err(ProofError::Range));
    assert_eq!(consistency_proof(&tree, 0, 5), Err(ProofError::Range));
    assert_eq!(consistency_proof(&tree, 6, 5), Err(ProofError::Range));
    assert_eq!(verify_consistency(&[], 0, 5, &empty_root(), &root_of(tree)), Err(ProofError::Range));
    assert_eq!(verify_inclusion(&[], 0, 0, &all[0], &all[0]), Err(ProofError::Range));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn tiles_grown_in_any_batches_are_the_same_tree(
        size in 1usize..2_000, batches in prop::collection::vec(0usize..700, 0..6), pick in any::<prop::sample::Index>()
    ) {
        let all = leaves(size);
        let root = naive_root(&all);
        let (tiles, frontier) = grown(&all, &batches);
        prop_assert_eq!(frontier.size(), size as u64);
        prop_assert_eq!(frontier.root(), root);
        let again = Frontier::load(size as u64, |path| tiles.tile(path)).unwrap();
        prop_assert_eq!(again.root(), root);
        let reader = TileReader::new(&tiles, size as u64);
        let index = pick.index(size) as u64;
        let proof = inclusion_proof(&reader, index, size as u64).unwrap();
        verify_inclusion(&proof, index, size as u64, &all[index as usize], &root).unwrap();
        let old = pick.index(size) as u64 + 1;
        let proof = consistency_proof(&reader, old, size as u64).unwrap();
        verify_consistency(&proof, old, size as u64, &naive_root(&all[..old as usize]), &root).unwrap();
    }
}
