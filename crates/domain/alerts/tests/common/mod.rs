//! A log of a few entries, or of a million, with a log key and three witnesses. All keys are public: test only.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::unwrap_used,
    reason = "every test file uses another part of it"
)]

use scr_alerts::verify::ISSUED;
use scr_alerts::{
    AlertText, Audience, Authentic, Bundle, Card, Kind, Limits, Reference, Scanned, Severity, Short, Status,
    Wording, authenticate,
};
use scr_canon::{Hash32, b64};
use scr_entry::{Draft, FieldSpec, FieldType, KindSpec, utc_text};
use scr_merkle::{inclusion_proof, leaf_hash};
use scr_note::{Algorithm, Checkpoint, Note, Promise, SignerKey, TlogProof};
use scr_verify::Trust;
use serde_json::json;

pub(crate) const ORIGIN: &str = "log.emb.example/2026";
/// 2026-11-27T10:00:00Z
pub(crate) const NOW: u64 = 1_795_773_600;
pub(crate) const KIND: KindSpec =
    KindSpec { name: ISSUED, public: &[FieldSpec::new("alert", FieldType::Name(480))], private: &[] };

pub(crate) fn text(kind: Kind, number: u16, references: Vec<Reference>) -> AlertText {
    AlertText {
        number,
        kind,
        status: Status::Actual,
        severity: Severity::Severe,
        audience: Audience::Station,
        sent: NOW,
        effective_after: 0,
        expires_after: 7_200,
        references,
        areas: vec!["EX-0417-003".to_owned(), "EX-0417-004".to_owned(), "EX-05".to_owned()],
        wordings: vec![
            Wording {
                language: "en".to_owned(),
                headline: "Someone sends false closing times by SMS".to_owned(),
                instruction: "Stay open until 20:00. Tell voters. Report calls to your municipality."
                    .to_owned(),
            },
            Wording {
                language: "ar".to_owned(),
                headline: "رسائل كاذبة عن مواعيد الإغلاق".to_owned(),
                instruction: "ابقوا مفتوحين حتى 20:00".to_owned(),
            },
        ],
    }
}

/// A text that fills the 350 bytes.
pub(crate) fn longest() -> AlertText {
    let mut text = text(Kind::Alert, 7, vec![]);
    while text.to_bytes().unwrap().len() < scr_alerts::text::MAX_TEXT_BYTES {
        text.wordings[0].instruction.push('.');
    }
    text
}

pub(crate) fn author() -> SignerKey {
    SignerKey::from_seed("electoral-commission.emb.example", Algorithm::Ed25519, &[9; 32]).unwrap()
}

pub(crate) fn log_key() -> SignerKey {
    SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).unwrap()
}

pub(crate) fn witnesses() -> Vec<SignerKey> {
    ["party-a", "party-b", "observers"]
        .iter()
        .zip(11u8..)
        .map(|(name, seed)| {
            SignerKey::from_seed(&format!("witness.{name}.example/w"), Algorithm::Cosignature, &[seed; 32])
                .unwrap()
        })
        .collect()
}

pub(crate) fn card(quorum: usize) -> Card {
    let names = ["party-a", "party-b", "observers"];
    let mut policy = format!("log {}\n", log_key().verifier());
    for (name, key) in names.iter().zip(witnesses()) {
        policy += &format!("witness {name} {}\n", key.verifier());
    }
    policy += &format!("group all {quorum} {}\nquorum all\n", names.join(" "));
    Card {
        election: "ex-2026".to_owned(),
        station: Some(4_711),
        seen: Some(scr_alerts::Seen { size: 12, time: NOW - 3_600 }),
        policy: policy.parse().unwrap(),
    }
}

pub(crate) fn trust(quorum: usize) -> Trust {
    Trust::Policy(Box::new(card(quorum).policy))
}

pub(crate) fn entry_of(kind: &KindSpec, text: &[u8], at: u64) -> Vec<u8> {
    let public = json!({"alert": b64(text)}).as_object().unwrap().clone();
    let id = "0193a7c2-7d5e-7b10-8f00-3c2a9be01f77";
    let subjects = [format!("alert:{id}"), "election:ex-2026".to_owned()];
    let draft = Draft::new(kind, id, &subjects, public, vec![], vec![]).unwrap();
    draft.compose(i64::try_from(at).unwrap(), &[1, 42], &author()).unwrap()
}

pub(crate) fn entry(text: &AlertText) -> Vec<u8> {
    entry_of(&KIND, &text.to_bytes().unwrap(), text.sent + 2)
}

/// `entry` as number `index` of `size` entries, cosigned by three witnesses at `seen`.
pub(crate) fn proof(entry: &[u8], index: u64, size: u64, seen: u64) -> String {
    let leaves: Vec<Hash32> = (0..size)
        .map(|at| if at == index { leaf_hash(entry) } else { leaf_hash(&at.to_be_bytes()) })
        .collect();
    let path = inclusion_proof(&leaves.as_slice(), index, size).unwrap();
    let text = Checkpoint::new(ORIGIN, size, scr_merkle::root_of(&leaves)).to_string();
    let mut note = Note::sign(&text, &[&log_key()], 0).unwrap();
    for (witness, late) in witnesses().iter().zip(0..) {
        note.signatures.extend(Note::sign(&text, &[witness], seen + late).unwrap().signatures);
    }
    TlogProof { extra: None, index, hashes: path, checkpoint: note.to_string() }.to_string()
}

pub(crate) fn bundle_at(text: &AlertText, index: u64) -> Bundle {
    let entry = entry(text);
    Bundle::from_proof(&proof(&entry, index, 40, text.sent + 10), &entry, 16).unwrap()
}

pub(crate) fn promise(entry: &[u8], index: u64, at: u64) -> String {
    let at = utc_text(i64::try_from(at).unwrap());
    Promise { origin: ORIGIN.to_owned(), index, leaf: leaf_hash(entry), at }.sign(&log_key()).unwrap()
}

pub(crate) fn short_at(text: &AlertText, index: u64) -> Short {
    let entry = entry(text);
    Short::from_promise(&promise(&entry, index, text.sent + 2), &entry).unwrap()
}

pub(crate) fn genuine(bytes: &[u8]) -> Authentic {
    authenticate(&Scanned::read(bytes).unwrap(), &trust(2), &Limits::default()).unwrap()
}

pub(crate) fn proven(text: &AlertText, index: u64) -> Authentic {
    genuine(&bundle_at(text, index).to_bytes().unwrap())
}

pub(crate) fn unproven(text: &AlertText, index: u64) -> Authentic {
    genuine(&short_at(text, index).to_bytes().unwrap())
}

pub(crate) fn named(found: &Authentic) -> Reference {
    Reference { index: found.index, leaf: *found.leaf.0.first_chunk().unwrap() }
}

/// The same with its checksum mended, as a forger would.
pub(crate) fn mended(bytes: &[u8]) -> Vec<u8> {
    let body = &bytes[..bytes.len() - 4];
    [body, &scr_canon::sha256(body).0[..4]].concat()
}
