//! Writes alerts for verifiers of other makers, and says what ours make of files.
//!
//! `alert_files make DIRECTORY`: a card and alerts in all forms, in a log of a million entries. The keys are public: test only.
//! `alert_files check CARD TIME FILE…`: one line for each file, with a tab between: its name, and the verdict's code, or
//! `refused:` and the check that failed.

use scr_alerts::verify::ISSUED;
use scr_alerts::{
    AlertText, Audience, Bundle, Card, Kind, Known, Label, Limits, Reference, Scanned, Severity, Short,
    Status, Wording, authenticate, judge, to_armour,
};
use scr_canon::{Hash32, b64};
use scr_entry::{Draft, FieldSpec, FieldType, KindSpec, parse_utc, utc_text};
use scr_merkle::{inclusion_proof, leaf_hash, root_of};
use scr_note::{Algorithm, Checkpoint, Note, Promise, SignerKey, TlogProof};
use scr_verify::Trust;
use serde_json::json;
use std::error::Error;
use std::fs;
use std::path::Path;

const ORIGIN: &str = "log.emb.example/2026";
/// 2026-11-27T10:00:00Z
const SENT: u64 = 1_795_773_600;
const SIZE: u64 = 1_000_000;
/// Of the alert.
const PLACE: u64 = 654_321;
const KIND: KindSpec =
    KindSpec { name: ISSUED, public: &[FieldSpec::new("alert", FieldType::Name(480))], private: &[] };

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", directory] => make(Path::new(directory)),
        ["check", card, time, files @ ..] => check(card, time, files),
        _ => Err("usage: alert_files make DIRECTORY | check CARD TIME FILE…".into()),
    }
}

fn check(card: &str, time: &str, files: &[&str]) -> Done<()> {
    let card: Card = fs::read_to_string(card)?.parse()?;
    let trust = Trust::Policy(Box::new(card.policy));
    let now = u64::try_from(parse_utc(time).ok_or("no such time")?)?;
    let limits = Limits::default();
    for file in files {
        let bytes = fs::read(file)?;
        let verdict = Scanned::read(&bytes)
            .and_then(|scanned| authenticate(&scanned, &trust, &limits))
            .and_then(|found| found.must_be_about(&card.election).map(|()| found))
            .and_then(|found| judge(&found, &Known::default(), now, &limits));
        let said = verdict
            .map_or_else(|error| format!("refused:{}", error.check()), |verdict| verdict.code().to_owned());
        println!("{file}\t{said}");
    }
    Ok(())
}

fn key(name: &str, algorithm: Algorithm, seed: u8) -> Done<SignerKey> {
    Ok(SignerKey::from_seed(name, algorithm, &[seed; 32])?)
}

fn text(kind: Kind, status: Status, references: Vec<Reference>) -> AlertText {
    AlertText {
        number: 7,
        kind,
        status,
        severity: Severity::Severe,
        audience: Audience::Station,
        sent: SENT,
        effective_after: 600,
        expires_after: 7_200,
        references,
        areas: ["EX-0417-003", "EX-0417-004", "EX-05"].map(str::to_owned).to_vec(),
        wordings: vec![
            Wording {
                language: "en".to_owned(),
                headline: "False closing times are sent by SMS".to_owned(),
                instruction: "Stay open until 20:00.".to_owned(),
            },
            Wording {
                language: "ar".to_owned(),
                headline: "رسائل كاذبة عن مواعيد الإغلاق".to_owned(),
                instruction: "ابقوا مفتوحين".to_owned(),
            },
        ],
    }
}

/// Alerts of one log: name, place, entry, number of witnesses.
struct Alert {
    name: &'static str,
    index: u64,
    status: Status,
    entry: Vec<u8>,
    witnesses: usize,
}

fn entry(text: &AlertText, author: &SignerKey) -> Done<Vec<u8>> {
    let public = json!({"alert": b64(&text.to_bytes()?)});
    let id = "0193a7c2-7d5e-7b10-8f00-3c2a9be01f77";
    let subjects = [format!("alert:{id}"), "election:ex-2026".to_owned()];
    let public = public.as_object().ok_or("no object")?.clone();
    let draft = Draft::new(&KIND, id, &subjects, public, vec![], vec![])?;
    Ok(draft.compose(i64::try_from(text.sent)? + 2, &[1, 42], author)?)
}

fn alerts() -> Done<Vec<Alert>> {
    let author = key("electoral-commission.emb.example", Algorithm::Ed25519, 9)?;
    // A long name and sixteen cosignatures: a code of version 40.
    let long = key(&format!("{}.emb.example", "electoral-commission-".repeat(9)), Algorithm::Ed25519, 9)?;
    let alert = entry(&text(Kind::Alert, Status::Actual, vec![]), &author)?;
    let leaf = *leaf_hash(&alert).0.first_chunk().ok_or("a short hash")?;
    let named = vec![Reference { index: PLACE, leaf }];
    let cancel = entry(&text(Kind::Cancel, Status::Actual, named), &author)?;
    let drill = |status| entry(&text(Kind::Alert, status, vec![]), &author);
    let one = |name, index, status, entry, witnesses| Alert { name, index, status, entry, witnesses };
    Ok(vec![
        one("alert", PLACE, Status::Actual, alert, 3),
        one("exercise", PLACE + 1, Status::Exercise, drill(Status::Exercise)?, 3),
        one("test", PLACE + 2, Status::Test, drill(Status::Test)?, 3),
        one("fullest", PLACE + 3, Status::Actual, entry(&fullest()?, &long)?, 16),
        one("cancel", PLACE + 100, Status::Actual, cancel.clone(), 3),
        one("cancel-before", PLACE - 100, Status::Actual, cancel, 3),
    ])
}

fn make(directory: &Path) -> Done<()> {
    fs::create_dir_all(directory)?;
    let log = key(ORIGIN, Algorithm::Ed25519, 1)?;
    let witnesses = (0u8..16)
        .map(|n| key(&format!("witness-{n:02}.example/w"), Algorithm::Cosignature, 100 + n))
        .collect::<Done<Vec<_>>>()?;
    fs::write(directory.join("station.card"), card(&log, &witnesses)?.to_string())?;
    let alerts = alerts()?;
    let mut leaves: Vec<Hash32> = (0..SIZE).map(|at| leaf_hash(&at.to_be_bytes())).collect();
    for alert in &alerts {
        *leaves.get_mut(usize::try_from(alert.index)?).ok_or("no such place")? = leaf_hash(&alert.entry);
    }
    let text = Checkpoint::new(ORIGIN, SIZE, root_of(&leaves)).to_string();
    for Alert { name, index, status, entry, witnesses: most } in alerts {
        let mut note = Note::sign(&text, &[&log], 0)?;
        for (witness, late) in witnesses.iter().take(most).zip(0..) {
            note.signatures.extend(Note::sign(&text, &[witness], SENT + 10 + late)?.signatures);
        }
        let hashes = inclusion_proof(&leaves.as_slice(), index, SIZE)?;
        let proof = TlogProof { extra: None, index, hashes, checkpoint: note.to_string() }.to_string();
        write(directory, name, &Bundle::from_proof(&proof, &entry, 16)?.to_bytes()?, Label::Proven(status))?;
        if matches!(name, "alert" | "exercise" | "test") {
            let at = utc_text(i64::try_from(SENT)? + 2);
            let promise =
                Promise { origin: ORIGIN.to_owned(), index, leaf: leaf_hash(&entry), at }.sign(&log)?;
            let short = Short::from_promise(&promise, &entry)?.to_bytes()?;
            write(directory, &format!("{name}-short"), &short, Label::Unproven(status))?;
        }
    }
    Ok(())
}

/// A text of 350 bytes.
fn fullest() -> Done<AlertText> {
    let mut text = text(Kind::Alert, Status::Actual, vec![]);
    // Digits, because a long run of one letter would make an easy code.
    let digits = "3141592653589793238462643383279502884197169399375105820974944592307816406286208998628034825342117067";
    for digit in digits.chars().cycle().take(255) {
        let mut longer = text.clone();
        longer.wordings.first_mut().ok_or("no words")?.instruction.push(digit);
        if longer.to_bytes().is_err() {
            break;
        }
        text = longer;
    }
    Ok(text)
}

fn write(directory: &Path, name: &str, bytes: &[u8], label: Label) -> Done<()> {
    fs::write(directory.join(format!("{name}.bundle")), bytes)?;
    fs::write(directory.join(format!("{name}.txt")), to_armour(label, bytes))?;
    println!("{name}: {} bytes", bytes.len());
    Ok(())
}

fn card(log: &SignerKey, witnesses: &[SignerKey]) -> Done<Card> {
    let mut policy = format!("log {}\n", log.verifier());
    let names = ["party-a", "party-b", "observers"];
    for (name, key) in names.iter().zip(witnesses) {
        policy += &format!("witness {name} {}\n", key.verifier());
    }
    policy += "group two 2 party-a party-b observers\nquorum two\n";
    let seen = Some(scr_alerts::Seen { size: 12, time: SENT - 3_600 });
    Ok(Card { election: "ex-2026".to_owned(), station: Some(4_711), seen, policy: policy.parse()? })
}
