//! Notes, policies and proofs made by other programs: Go's checksum database, the C2SP
//! specification, the witness network's lists, Sigsum's policies, and proofs cosigned by two
//! litewitness 0.9.0 processes with torchwood 0.9.0's verdicts.

#![expect(clippy::panic, reason = "a test stops at what it does not expect")]

use scr_merkle::{leaf_hash, verify_inclusion};
use scr_note::{Algorithm, Checkpoint, Note, Policy, SignerKey, TlogProof, VerifierKey};
use scr_testing::data;
use serde_json::Value;

fn read(path: impl AsRef<std::path::Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn notes_of_other_programs_open() {
    let Some(folder) = data("record/checkpoints") else { return };
    for (note, key) in [
        ("sumdb-35225469.checkpoint", "sumdb.vkey"),
        ("c2sp-signed-note-example.note", "c2sp-signed-note-example.vkey"),
    ] {
        let source = read(folder.join(note));
        let key: VerifierKey = read(folder.join(key)).trim().parse().unwrap();
        let parsed: Note = source.parse().unwrap();
        assert_eq!(parsed.to_string(), source, "{note} is printed as it was read");
        parsed.open(std::slice::from_ref(&key)).unwrap();
        let mut other = parsed.clone();
        other.text.insert(0, 'x');
        assert!(other.open(&[key]).is_err(), "{note} with another text");
    }
    let sumdb: Note = read(folder.join("sumdb-35225469.checkpoint")).parse().unwrap();
    assert_eq!(sumdb.text.parse::<Checkpoint>().unwrap().size, 35_225_469);
}

/// A checkpoint at every size of Tessera's test log.
#[test]
fn tessera_checkpoints_open() {
    let Some(folder) = data("record/tessera-testlog") else { return };
    let key: VerifierKey = read(folder.join("log.vkey")).trim().parse().unwrap();
    for size in 1..=15u64 {
        let note: Note = read(folder.join(format!("log/checkpoint.{size}"))).parse().unwrap();
        note.open(std::slice::from_ref(&key)).unwrap();
        assert_eq!(note.text.parse::<Checkpoint>().unwrap().size, size);
    }
}

/// Ed25519 is deterministic: signing the same body gives the same file, byte for byte.
#[test]
fn our_signature_is_the_published_one() {
    let Some(folder) = data("record/generated") else { return };
    let signer = SignerKey::parse(read(folder.join("log.skey")).trim()).unwrap();
    assert_eq!(signer.verifier().to_string(), read(folder.join("log.vkey")).trim());
    let published = read(folder.join("log-1000/checkpoint"));
    let text = published.parse::<Note>().unwrap().text;
    assert_eq!(Note::sign(&text, &[&signer], 0).unwrap().to_string(), published);
}

#[test]
fn proof_cases_with_torchwoods_verdicts() {
    let Some(folder) = data("record/generated/proofs") else { return };
    let expected: Value = serde_json::from_str(&read(folder.join("expected.json"))).unwrap();
    let mut cases = 0;
    for (case, expectation) in expected.as_object().unwrap() {
        let policy: Policy =
            read(folder.join(format!("{}.policy", expectation["policy"].as_str().unwrap()))).parse().unwrap();
        let entry = std::fs::read(folder.join(format!("{case}.entry"))).unwrap();
        let verdict = read(folder.join(format!("{case}.tlog-proof")))
            .parse::<TlogProof>()
            .map_err(|e| e.to_string())
            .and_then(|proof| {
                let verdict = policy.check(&proof.checkpoint).map_err(|e| e.to_string())?;
                let (size, root) = (verdict.checkpoint.size, verdict.checkpoint.root);
                verify_inclusion(&proof.hashes, proof.index, size, &leaf_hash(&entry), &root)
                    .map_err(|e| e.to_string())
            });
        assert_eq!(verdict.is_ok(), expectation["expect"] == "accept", "{case}: {verdict:?}");
        cases += 1;
    }
    assert_eq!(cases, 8);
}

#[test]
fn real_policies_are_read_and_sigsums_refused() {
    let Some(folder) = data("record/witness") else { return };
    let policy: Policy = read(folder.join("age-keyserver.policy")).parse().unwrap();
    assert!(!policy.logs().is_empty() && !policy.witnesses().is_empty());
    let mut refused = 0;
    for entry in folder.read_dir().unwrap() {
        let path = entry.unwrap().path();
        if path.to_string_lossy().contains("sigsum-") {
            assert!(read(path).parse::<Policy>().is_err(), "Sigsum's syntax is another one");
            refused += 1;
        }
    }
    assert_eq!(refused, 4);
}

/// C2SP/CCTV's 914 edge cases carry no verdict: a verifier must be consistent and say its rules.
/// Ours (`verify_strict`): none with a public key or `R` of small order, nor with a non-canonical
/// point or scalar, is accepted.
#[test]
fn ed25519_edge_cases_follow_the_strict_rules() {
    let Some(path) = data("record/ed25519/ed25519vectors.json") else { return };
    let vectors: Value = serde_json::from_str(&read(path)).unwrap();
    let (mut accepted, mut refused) = (0, 0);
    for vector in vectors.as_array().unwrap() {
        let bytes = |name: &str| hex::decode(vector[name].as_str().unwrap()).unwrap();
        let flags: Vec<&str> = vector["flags"]
            .as_array()
            .map(|f| f.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        let message = vector["msg"].as_str().unwrap();
        let holds = VerifierKey::new("k", Algorithm::Ed25519, &bytes("key"))
            .is_ok_and(|key| key.verify(message, &bytes("sig")).is_some());
        let weak = ["low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue"];
        if holds {
            assert!(!flags.iter().any(|flag| weak[..4].contains(flag)), "accepted {flags:?}");
            accepted += 1;
        } else {
            assert!(flags.iter().any(|flag| weak.contains(flag)), "refused a plain signature: {flags:?}");
            refused += 1;
        }
    }
    assert_eq!(accepted + refused, 914);
    assert!(accepted > 0);
}
