//! Evidence of two records, and authors of entries.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod common;

use common::{Log, ORIGIN, signer, trust};
use scr_entry::{Draft, FieldSpec, FieldType, KindSpec};
use scr_merkle::{consistency_proof, root_of};
use scr_note::{Algorithm, SignerKey};
use scr_verify::{EntryRules, SPLIT_VIEW, SplitError, SplitReport, SplitView, Trust, fsck, verify_split};
use serde_json::json;

fn ours() -> Trust {
    trust(&[&signer(ORIGIN, Algorithm::Ed25519, 1)])
}

/// A log of entries that begin alike and end otherwise.
fn log(common: usize, own: usize, name: &str) -> Log {
    let entries = (0..common).map(|n| format!("common {n}"));
    let entries = entries.chain((0..own).map(|n| format!("{name} {n}")));
    Log::of(entries.map(String::into_bytes).collect())
}

fn note(log: &Log) -> String {
    String::from_utf8(log.files["checkpoint"].clone()).unwrap()
}

/// What a mirror writes down about these two: `first` is not the larger one.
fn evidence(first: &Log, second: &Log) -> SplitView {
    let (old, new) = (first.leaves.len(), second.leaves.len());
    let is_larger = new > old;
    let proof = consistency_proof(&second.leaves.as_slice(), old as u64, new as u64).unwrap();
    SplitView {
        evidence: SPLIT_VIEW.to_owned(),
        first: note(first),
        second: note(second),
        prefix_root: is_larger.then(|| root_of(&second.leaves[..old])),
        proof: if is_larger { proof } else { Vec::new() },
    }
}

fn checked(file: &SplitView) -> Result<SplitReport, SplitError> {
    verify_split(&serde_json::to_vec(file).unwrap(), &ours())
}

#[test]
fn two_records_under_one_key_are_shown_and_one_record_is_not() {
    for (common, left, right) in [(3, 2, 2), (3, 1, 400), (0, 1, 1), (255, 1, 2), (256, 1, 1_000)] {
        let (first, second) = (log(common, left, "left"), log(common, right, "right"));
        let report = checked(&evidence(&first, &second)).unwrap();
        assert_eq!(
            (report.first_size, report.second_size),
            ((common + left) as u64, (common + right) as u64)
        );
        assert_eq!(report.prefix_root, root_of(&second.leaves[..common + left]));
        // A log that only grew.
        let grown = evidence(&first, &log(common, left + 7, "left"));
        assert_eq!(checked(&grown).unwrap_err().code(), "SCR-VERIFY-062");
    }
    let same = log(3, 2, "left");
    assert_eq!(checked(&evidence(&same, &same)).unwrap_err().code(), "SCR-VERIFY-062");
}

#[test]
fn evidence_that_shows_nothing_is_refused() {
    let (first, second) = (log(3, 1, "left"), log(3, 6, "right"));
    let good = evidence(&first, &second);
    checked(&good).unwrap();
    let mut invented = good.clone();
    invented.prefix_root = Some(scr_canon::Hash32([7; 32]));
    assert_eq!(checked(&invented).unwrap_err().code(), "SCR-VERIFY-063");
    let mut short = good.clone();
    short.proof.pop();
    assert_eq!(checked(&short).unwrap_err().code(), "SCR-VERIFY-063");
    // The order matters: the smaller one comes first.
    let mut turned = good.clone();
    (turned.first, turned.second) = (good.second.clone(), good.first.clone());
    assert_eq!(checked(&turned).unwrap_err().code(), "SCR-VERIFY-063");
    let mut without = good.clone();
    without.prefix_root = None;
    assert_eq!(checked(&without).unwrap_err().code(), "SCR-VERIFY-060");
    let mut other = good.clone();
    other.evidence = "scrutineer/split-view/2".to_owned();
    let error = checked(&other).unwrap_err();
    assert_eq!((error.code(), error.exit_code()), ("SCR-VERIFY-060", 2));
    let mut forged = good.clone();
    forged.second = forged.second.replace("\n9\n", "\n8\n");
    assert_eq!(checked(&forged).unwrap_err().code(), "SCR-VERIFY-004");
    let nobody = verify_split(&serde_json::to_vec(&good).unwrap(), &Trust::Nobody).unwrap_err();
    assert_eq!((nobody.code(), nobody.exit_code()), ("SCR-VERIFY-001", 2));
    assert_eq!(verify_split(&vec![b' '; (1 << 20) + 1], &ours()).unwrap_err().code(), "SCR-VERIFY-060");
}

#[test]
fn checkpoints_of_two_logs_are_no_contradiction() {
    let other = "log.other.example";
    let (key, strange) = (signer(ORIGIN, Algorithm::Ed25519, 1), signer(other, Algorithm::Ed25519, 9));
    let text = scr_note::Checkpoint::new(other, 5, scr_canon::Hash32([1; 32])).to_string();
    let mut file = evidence(&log(3, 2, "left"), &log(3, 2, "right"));
    file.second = scr_note::Note::sign(&text, &[&strange], 0).unwrap().to_string();
    let error = verify_split(&serde_json::to_vec(&file).unwrap(), &trust(&[&key, &strange])).unwrap_err();
    assert_eq!(error.code(), "SCR-VERIFY-061");
}

const OPENED: KindSpec = KindSpec {
    name: "log.origin.opened/1",
    public: &[FieldSpec::new("operator_key", FieldType::Name(400))],
    private: &[],
};
const KEY_ADDED: KindSpec = KindSpec {
    name: "org.key.added/1",
    public: &[FieldSpec::new("key", FieldType::Name(400))],
    private: &[],
};
const SAID: KindSpec = KindSpec { name: "test.thing.said/1", public: &[], private: &[] };

fn entry(kind: &KindSpec, subject: &str, public: serde_json::Value, author: &SignerKey) -> Vec<u8> {
    let public = serde_json::from_value(public).unwrap();
    let draft = Draft::new(kind, "id", &[subject.to_owned()], public, Vec::new(), Vec::new()).unwrap();
    draft.compose(1_795_514_400, &[1], author).unwrap()
}

#[test]
fn every_author_is_certified_before_and_has_signed() {
    let key = |name: &str, seed| signer(name, Algorithm::Ed25519, seed);
    let (operator, party, forger) =
        (key("log/operator", 2), key("log/org/party", 3), key("log/org/party", 4));
    let opened = entry(&OPENED, "log:o", json!({"operator_key": operator.verifier().to_string()}), &operator);
    let certified =
        |by: &SignerKey| entry(&KEY_ADDED, "org-key:party", json!({"key": party.verifier().to_string()}), by);
    let said = |by: &SignerKey| entry(&SAID, "thing:a", json!({}), by);
    let code = |entries: &[Vec<u8>]| {
        let log = Log::of(entries.to_vec());
        let report = fsck(&log.source(), &ours(), EntryRules::Signed);
        report.map(|report| report.size).map_err(|error| (error.code(), error.to_string()))
    };
    let good = [opened.clone(), certified(&operator), said(&party)];
    assert_eq!(code(&good), Ok(3));
    let altered = String::from_utf8(good[2].clone()).unwrap().replace("thing:a", "thing:b").into_bytes();
    for (entries, index, words) in [
        (vec![opened.clone(), said(&party)], 1, "no signature by a key that the record has certified"),
        (vec![opened.clone(), certified(&operator), said(&forger)], 2, "no signature by a key"),
        (vec![opened.clone(), certified(&operator), altered], 2, "the author's signature does not hold"),
        (vec![opened, certified(&party)], 1, "log/org/party is not the operator"),
        (vec![said(&operator)], 0, "no signature by a key"),
    ] {
        let (code, told) = code(&entries).unwrap_err();
        assert_eq!(code, "SCR-VERIFY-049");
        assert!(told.contains(&format!("entry {index}: ")) && told.contains(words), "{told}");
    }
}
