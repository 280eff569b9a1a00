//! Proofs, promises and receipts of numbers: what is accepted, and every way to be refused.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Log, ORIGIN, numbered, signer, trust};
use proptest::prelude::*;
use scr_canon::{sha256, to_canonical};
use scr_merkle::{inclusion_proof, leaf_hash, root_of};
use scr_note::{Algorithm, Note, Promise};
use scr_testing::data;
use scr_verify::number::NUMBER_RECEIPT;
use scr_verify::{
    DocumentFound, EntryView, MlDsaState, NumberError, NumberReceipt, PromiseState, Trust, VerifyError,
    compare_promise, parse_salt, verify_document, verify_number, verify_promise, verify_proof,
};
use serde_json::{Value, json};

/// data/record/generated/proofs: verdicts of torchwood 0.9.0 (PROVENANCE.md).
#[test]
fn verdicts_are_those_of_the_independent_verifier() {
    let Some(folder) = data("record/generated/proofs") else { return };
    let read = |name: String| std::fs::read(folder.join(name)).unwrap();
    let cases: serde_json::Map<String, Value> =
        serde_json::from_slice(&read("expected.json".into())).unwrap();
    assert_eq!(cases.len(), 8);
    for (case, expected) in cases {
        let policy =
            String::from_utf8(read(format!("{}.policy", expected["policy"].as_str().unwrap()))).unwrap();
        let trust = Trust::Policy(Box::new(policy.parse().unwrap()));
        let proof = String::from_utf8(read(format!("{case}.tlog-proof"))).unwrap();
        let verdict = verify_proof(&proof, Some(&read(format!("{case}.entry"))), &trust);
        assert_eq!(verdict.is_ok(), expected["expect"] == "accept", "{case}: {verdict:?}");
        assert_eq!(expected["expect"], expected["torchwood_0.9.0"], "{case}");
    }
}

#[test]
fn a_report_says_what_is_certain_and_what_is_not() {
    let log = numbered(300);
    let all = trust(&[
        &signer(ORIGIN, Algorithm::Ed25519, 1),
        &signer(ORIGIN, Algorithm::MlDsa44, 2),
        &signer("witness.test.example", Algorithm::Cosignature, 3),
    ]);
    let report = verify_proof(&log.proof(257, true).to_string(), None, &all).unwrap();
    assert_eq!((report.index, report.size, report.ml_dsa), (257, 300, MlDsaState::Holds));
    assert_eq!(report.leaf, leaf_hash(b"entry-257"));
    assert_eq!(report.entry, None);
    // date -u -d @1790000000
    assert_eq!(report.witnesses[0].at.as_deref(), Some("2026-09-21T14:13:20Z"));
    assert!(report.proves.iter().any(|line| line.contains("2026-09-21T14:13:20Z")));
    assert!(!report.does_not_prove.iter().any(|line| line.contains("no witness")));

    let operator_only = trust(&[&signer(ORIGIN, Algorithm::Ed25519, 1)]);
    let report = verify_proof(&log.proof(0, true).to_string(), None, &operator_only).unwrap();
    assert_eq!((report.witnesses.len(), report.ml_dsa), (0, MlDsaState::PresentNotChecked));
    assert!(report.does_not_prove.iter().any(|line| line.contains("no witness")));
}

#[test]
fn every_refusal_has_its_code() {
    let log = numbered(20);
    let good = log.proof(7, true).to_string();
    let ours = trust(&[&signer(ORIGIN, Algorithm::Ed25519, 1)]);
    let code = |text: &str, entry: Option<&[u8]>, trust: &Trust| {
        verify_proof(text, entry, trust).unwrap_err().code()
    };
    assert!(verify_proof(&good, None, &ours).is_ok());

    assert_eq!(code(&good, None, &Trust::Nobody), "SCR-VERIFY-001");
    assert_eq!(verify_proof(&good, None, &Trust::Nobody).unwrap_err().exit_code(), 2);
    assert_eq!(code("c2sp.org/tlog-proof@v2\n", None, &ours), "SCR-VERIFY-002");
    let other = signer("other.example", Algorithm::Ed25519, 9);
    let policy = format!("log {}\nquorum none\n", other.verifier());
    assert_eq!(code(&good, None, &Trust::Policy(Box::new(policy.parse().unwrap()))), "SCR-VERIFY-003");
    assert_eq!(code(&good, None, &trust(&[&other])), "SCR-VERIFY-004");
    let witness = signer("witness.test.example", Algorithm::Cosignature, 3);
    assert_eq!(code(&good, None, &trust(&[&witness])), "SCR-VERIFY-006");
    assert_eq!(code(&log.proof(7, false).to_string(), None, &ours), "SCR-VERIFY-007");
    assert_eq!(code(&good, Some(b"entry-8"), &ours), "SCR-VERIFY-008");
    assert_eq!(verify_proof(&good, Some(b"entry-8"), &ours).unwrap_err().exit_code(), 1);

    let key = signer(ORIGIN, Algorithm::Ed25519, 1);
    let mut proof = log.proof(7, true);
    proof.checkpoint = Note::sign("hello\n", &[&key], 0).unwrap().to_string();
    assert_eq!(code(&proof.to_string(), None, &ours), "SCR-VERIFY-005");
}

#[test]
fn one_key_under_two_names_is_one_witness() {
    let log = numbered(3);
    let mut proof = log.proof(1, true);
    let text = proof.checkpoint.parse::<Note>().unwrap().text;
    let keys = [
        signer(ORIGIN, Algorithm::Ed25519, 1),
        signer("first.example", Algorithm::Cosignature, 5),
        signer("second.example", Algorithm::Cosignature, 5),
    ];
    let signers: Vec<_> = keys.iter().collect();
    proof.checkpoint = Note::sign(&text, &signers, 1_790_000_000).unwrap().to_string();
    let report = verify_proof(&proof.to_string(), None, &trust(&signers)).unwrap();
    assert_eq!(report.witnesses.len(), 1);
}

#[test]
fn a_promise_is_kept_or_broken() {
    let log = numbered(20);
    let key = signer(ORIGIN, Algorithm::Ed25519, 1);
    let ours = trust(&[&key]);
    let promise = |index: u64, entry: &[u8], origin: &str| {
        let at = "2026-11-24T10:00:00Z".to_owned();
        Promise { origin: origin.to_owned(), index, leaf: leaf_hash(entry), at }.sign(&key).unwrap()
    };
    let proof = verify_proof(&log.proof(7, true).to_string(), None, &ours).unwrap();
    let state = |text: &str| compare_promise(&verify_promise(text, None, &ours).unwrap(), &proof);
    assert_eq!(state(&promise(7, b"entry-7", ORIGIN)), PromiseState::Kept);
    assert_eq!(state(&promise(7, b"entry-6", ORIGIN)), PromiseState::Broken);
    assert_eq!(state(&promise(6, b"entry-6", ORIGIN)), PromiseState::NotComparable);

    let good = promise(7, b"entry-7", ORIGIN);
    let text = |entry: Option<&[u8]>, note: &str, trust: &Trust| {
        verify_promise(note, entry, trust).unwrap_err().to_string()
    };
    assert!(text(None, &good, &Trust::Nobody).starts_with("SCR-VERIFY-001"));
    assert!(text(None, &good.replace("index 7", "index 8"), &ours).starts_with("SCR-VERIFY-020"));
    assert!(text(Some(b"entry-8"), &good, &ours).starts_with("SCR-VERIFY-021"));
    assert!(text(None, &promise(7, b"entry-7", "another.example"), &ours).starts_with("SCR-VERIFY-022"));
    assert!(verify_promise(&good, Some(b"entry-7"), &ours).is_ok());
}

fn event(public: &Value) -> Vec<u8> {
    to_canonical(&json!({"v": 1, "t": "results.table.imported/1", "id": "x", "iss": "org", "at": "2026-11-24T10:00:00Z",
        "sub": [], "seq": {}, "pub": public, "com": [], "ref": [], "sig": []}))
    .unwrap()
}

fn receipt(log: &Log, rows: &[String], row: usize) -> NumberReceipt {
    let leaves: Vec<_> = rows.iter().map(|row| leaf_hash(row.as_bytes())).collect();
    NumberReceipt {
        kind: NUMBER_RECEIPT.to_owned(),
        row: rows[row].clone(),
        row_index: row as u64,
        path: inclusion_proof(&leaves.as_slice(), row as u64, rows.len() as u64).unwrap(),
        proof: log.proof(1, true).to_string(),
    }
}

#[test]
fn a_number_leads_to_the_checkpoint() {
    let rows: Vec<String> =
        (0..11).map(|i| format!("{{\"unit\":\"{i:03}\",\"votes\":{}}}", 100 + i)).collect();
    let leaves: Vec<_> = rows.iter().map(|row| leaf_hash(row.as_bytes())).collect();
    let fields = json!({"rows": rows.len(), "rows_root": root_of(&leaves)});
    let log = Log::of(vec![b"first".to_vec(), event(&fields), event(&json!({}))]);
    let ours = trust(&[&signer(ORIGIN, Algorithm::Ed25519, 1)]);
    let check = |receipt: &NumberReceipt| verify_number(&serde_json::to_vec(receipt).unwrap(), &ours);
    let code = |receipt: &NumberReceipt| check(receipt).unwrap_err().to_string()[..14].to_owned();

    let good = receipt(&log, &rows, 6);
    let report = check(&good).unwrap();
    assert_eq!((&report.row["votes"], report.rows, report.event.index), (&json!(106), 11, 1));

    assert_eq!(code(&NumberReceipt { kind: "x".into(), ..good.clone() }), "SCR-VERIFY-030");
    assert!(matches!(verify_number(&vec![b' '; 3 << 20], &ours), Err(NumberError::File(_))));
    assert_eq!(code(&NumberReceipt { row: good.row.replace(',', ", "), ..good.clone() }), "SCR-VERIFY-031");
    assert_eq!(
        code(&NumberReceipt { proof: log.proof(2, true).to_string(), ..good.clone() }),
        "SCR-VERIFY-032"
    );
    assert_eq!(
        code(&NumberReceipt { row: good.row.replace("106", "107"), ..good.clone() }),
        "SCR-VERIFY-033"
    );
    assert_eq!(code(&NumberReceipt { row_index: 5, ..good.clone() }), "SCR-VERIFY-033");
    assert_eq!(
        code(&NumberReceipt { proof: log.proof(1, false).to_string(), ..good.clone() }),
        "SCR-VERIFY-007"
    );
    let without_trust = verify_number(&serde_json::to_vec(&good).unwrap(), &Trust::Nobody);
    assert_eq!(without_trust, Err(NumberError::Event(VerifyError::NoTrust)));
}

proptest! {
    #[test]
    fn arbitrary_bytes_are_refused(text in "\\PC{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let ours = trust(&[&signer(ORIGIN, Algorithm::Ed25519, 1)]);
        prop_assert!(verify_proof(&text, Some(&bytes), &ours).is_err());
        prop_assert!(verify_number(&bytes, &ours).is_err());
        prop_assert!(verify_promise(&text, None, &ours).is_err());
    }

    // Unknown signatures (ML-DSA and the witness, not trusted here) may change freely; all else may not.
    #[test]
    fn a_changed_byte_never_gives_another_statement(at in any::<prop::sample::Index>(), byte in 0x20u8..0x7f) {
        let ours = trust(&[&signer(ORIGIN, Algorithm::Ed25519, 1)]);
        let good = numbered(20).proof(7, true).to_string();
        let before = verify_proof(&good, None, &ours).unwrap();
        let mut changed = good.into_bytes();
        let at = at.index(changed.len());
        changed[at] = byte;
        if let Ok(text) = String::from_utf8(changed)
            && let Ok(after) = verify_proof(&text, None, &ours)
        {
            prop_assert_eq!((after.leaf, after.index, after.size, after.root), (before.leaf, before.index, before.size, before.root));
        }
    }
}

/// The commitment by its definition, `printf | sha256sum` in parts: SHA-256(prefix || salt || SHA-256(content)).
#[test]
fn a_document_is_found_by_its_hash_or_by_its_salt() {
    let (content, salt) = (b"minutes of the count\n".as_slice(), [5; 32]);
    let own = sha256(&[b"scrutineer/commit/v1\n".as_slice(), &salt, &sha256(content).0].concat());
    let entry = to_canonical(&json!({"v": 1, "t": "x.y.z/1", "id": "x", "iss": "org", "at": "2026-11-24T10:00:00Z",
        "sub": [], "seq": {}, "pub": {"files": [{"hash": sha256(content).to_hex()}]},
        "com": [{"n": "work", "h": own, "k": "blob"}, {"n": "other", "h": own, "k": "sd"}], "ref": [], "sig": []}))
    .unwrap();
    let entry = EntryView::parse(&entry).unwrap();
    let found = |content: &[u8], salt: Option<&[u8; 32]>| verify_document(Some(&entry), content, salt);
    assert_eq!(found(content, None), Ok(DocumentFound::Hash("files 1 hash".into())));
    assert_eq!(found(content, Some(&salt)), Ok(DocumentFound::Commitment("work".into())));
    for refused in [
        found(b"other", None),
        found(b"other", Some(&salt)),
        found(content, Some(&[0; 32])),
        verify_document(None, content, None),
    ] {
        assert!(refused.unwrap_err().to_string().starts_with("SCR-VERIFY-050"));
    }
    assert_eq!(parse_salt(&"05".repeat(32)), Ok(salt));
    assert_eq!(parse_salt(&format!(" {}\n", scr_canon::b64(&salt))), Ok(salt));
    for wrong in ["", "05", &"0".repeat(63), "BQUF"] {
        assert!(parse_salt(wrong).unwrap_err().to_string().starts_with("SCR-VERIFY-051"));
    }
}
