//! Vectors from outside: transparency-dev/merkle (417fb0c3) proofs, roots computed by Go's
//! x/mod `tlog`, and the tiles of Tessera 1.0.4's 15-entry test log.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

use scr_canon::{Hash32, unb64};
use scr_merkle::tile::{TilePath, bundle_entries};
use scr_merkle::{Frontier, leaf_hash, root_of, verify_consistency, verify_inclusion};
use scr_testing::data;
use serde_json::Value;
use std::path::PathBuf;

/// A hash of the vectors.
fn hash(value: &Value) -> Option<Hash32> {
    let bytes = unb64(value.as_str().unwrap_or_default()).ok()?;
    if bytes.is_empty() {
        return None;
    }
    // Some vectors use a short text where the value must not matter: its hash keeps "equal" equal.
    Some(Hash32::from_slice(&bytes).unwrap_or_else(|_| scr_canon::sha256(&bytes)))
}

fn proof(value: &Value) -> Option<Vec<Hash32>> {
    value.as_array().map_or(Some(Vec::new()), |items| items.iter().map(hash).collect())
}

fn each_vector(folder: PathBuf, check: impl Fn(&Value) -> Option<bool>) -> (usize, usize) {
    let (mut accepted, mut refused) = (0, 0);
    let mut open = vec![folder];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let vector: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let holds = check(&vector).unwrap_or(false);
        assert_eq!(holds, !vector["wantErr"].as_bool().unwrap(), "{}", path.display());
        if holds { accepted += 1 } else { refused += 1 }
    }
    (accepted, refused)
}

#[test]
fn rfc_6962_proof_vectors() {
    let Some(root) = data("record/rfc6962-proofs") else { return };
    let inclusion = each_vector(root.join("inclusion"), |v| {
        let (index, size) = (v["leafIdx"].as_u64()?, v["treeSize"].as_u64()?);
        Some(
            verify_inclusion(&proof(&v["proof"])?, index, size, &hash(&v["leafHash"])?, &hash(&v["root"])?)
                .is_ok(),
        )
    });
    let consistency = each_vector(root.join("consistency"), |v| {
        let (old, new) = (v["size1"].as_u64()?, v["size2"].as_u64()?);
        Some(
            verify_consistency(&proof(&v["proof"])?, old, new, &hash(&v["root1"])?, &hash(&v["root2"])?)
                .is_ok(),
        )
    });
    assert_eq!((inclusion.0 + consistency.0, inclusion.1 + consistency.1), (12, 92));
}

#[test]
fn roots_computed_by_go() {
    let Some(path) = data("record/generated/golden_roots_entry-i.csv") else { return };
    let leaves: Vec<Hash32> = (0..1000).map(|i| leaf_hash(format!("entry-{i}").as_bytes())).collect();
    let mut seen = 0;
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let Some((size, root)) = line.split_once(',') else { continue };
        let Ok(size) = size.parse::<usize>() else { continue };
        let expected = Hash32::from_hex(root.trim()).or_else(|| root.trim().parse().ok()).unwrap();
        assert_eq!(root_of(&leaves[..size]), expected, "size {size}");
        let mut frontier = Frontier::new();
        frontier.extend(&leaves[..size]);
        assert_eq!(frontier.root(), expected, "frontier at size {size}");
        seen += 1;
    }
    assert_eq!(seen, 302, "sizes 0 to 300, and 1000");
}

/// Every tile file of the two logs is what our frontier makes from the log's own entries.
#[test]
fn tiles_of_other_programs() {
    for (log, entries) in [("record/tessera-testlog/log", 15), ("record/generated/log-1000", 1000)] {
        let Some(root) = data(log) else { return };
        let mut tiles = Vec::new();
        let mut open = vec![root.join("tile")];
        while let Some(path) = open.pop() {
            if path.is_dir() {
                open.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
            } else {
                let name = path.strip_prefix(root.join("tile")).unwrap().to_str().unwrap().to_owned();
                tiles.push((name.parse::<TilePath>().unwrap(), std::fs::read(path).unwrap()));
            }
        }
        let mut leaves = BTreeLeaves::default();
        for (path, bytes) in &tiles {
            if path.to_string().starts_with("entries/") {
                for (offset, entry) in bundle_entries(bytes).unwrap().into_iter().enumerate() {
                    leaves.0.insert(path.index() * 256 + offset as u64, leaf_hash(entry));
                }
            }
        }
        let all: Vec<Hash32> = leaves.0.into_values().collect();
        assert_eq!(all.len(), entries, "{log}");
        let mut checked = 0;
        for (path, bytes) in tiles.iter().filter(|(path, _)| !path.to_string().starts_with("entries/")) {
            let size =
                usize::try_from((path.index() * 256 + u64::from(path.width())) << (8 * path.level_number()))
                    .unwrap();
            let made = Frontier::new().extend(&all[..size]);
            let ours =
                made.iter().find(|t| t.level == path.level_number() && t.index == path.index()).unwrap();
            assert_eq!(&ours.bytes, bytes, "{log} tile {path}");
            checked += 1;
        }
        assert!(checked >= 5, "{log}: {checked} tiles");
    }
}

#[derive(Default)]
struct BTreeLeaves(std::collections::BTreeMap<u64, Hash32>);
