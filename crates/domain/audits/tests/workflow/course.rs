//! An audit of one contest in one jurisdiction, in each of its states.

use scr_audits::record::{Commitment, Contest, Decision, Measured, PARTS, Settings};
use scr_audits::workflow::{Audit, Committed, Opening, Party, Step, Upload, What};
use scr_canon::sha256;
use scr_core::Refusal;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const AA: Party = Party::Administrator;

/// Something of a record by its JSON form, so that what the form gains has its default.
pub(crate) fn formed<T: DeserializeOwned>(form: Value) -> T {
    serde_json::from_value(form).unwrap()
}

pub(crate) fn settings() -> Settings {
    formed(json!({"method": "batch-comparison", "sampler": "arlo-ppeb", "seed_digits": 20}))
}

pub(crate) fn contest() -> Contest {
    formed(json!({
        "name": "Mayor", "choices": ["Ada", "Ben", "Cleo"], "votes": [500, 300, 50], "winners": 1,
        "votes_allowed": 1, "ballots": 900, "risk_limit": "0.05", "targeted": true
    }))
}

pub(crate) fn north() -> Party {
    Party::Jurisdiction("North".into())
}

pub(crate) fn board(board: u32) -> Party {
    Party::Board { jurisdiction: "North".into(), board }
}

pub(crate) fn seed(at: u8) -> String {
    format!("3436337019039120856{at}")
}

pub(crate) fn upload(what: What, text: &str) -> Step {
    let upload = Upload { sha256: sha256(text.as_bytes()), rows: 3, ballots: 900 };
    Step::Upload { jurisdiction: "North".into(), what, upload }
}

pub(crate) fn commitment() -> Committed {
    commitment_to("")
}

/// To other content for each word.
pub(crate) fn commitment_to(word: &str) -> Committed {
    let parts: BTreeMap<_, _> = PARTS
        .iter()
        .map(|part| (part.name().to_owned(), sha256(format!("{}{word}", part.name()).as_bytes())))
        .collect();
    let root = Commitment::root_of(&parts).unwrap();
    Committed { parts, root, software: "scrutineer 0.1.0".into() }
}

/// One draw more than there is to read: something was drawn twice.
pub(crate) fn opening(units: u64) -> Opening {
    Opening {
        draws: units + 1,
        units: BTreeMap::from([("North".to_owned(), units)]),
        extra: Vec::new(),
        wanted: Vec::new(),
        list: sha256(b"list"),
    }
}

pub(crate) fn deal(units: &[u64]) -> Step {
    Step::DealBoards { jurisdiction: "North".into(), units: units.to_vec() }
}

pub(crate) fn take(audit: &Audit, by: &Party, step: &Step) -> Audit {
    audit.step(by, step).unwrap()
}

pub(crate) fn refused(audit: &Audit, by: &Party, step: &Step) -> Refusal {
    audit.step(by, step).unwrap_err()
}

/// Everything is there and signed.
pub(crate) fn draft(fresh: bool) -> Audit {
    let audit = Audit::new("Mayor of North", settings(), fresh).unwrap();
    let audit = take(&audit, &AA, &Step::NameJurisdictions(BTreeSet::from(["North".to_owned()])));
    let audit = take(&audit, &AA, &Step::ChooseContest(contest()));
    let audit = take(&audit, &north(), &upload(What::Manifest, "manifest"));
    let audit = take(&audit, &north(), &upload(What::Totals, "totals"));
    sign_uploads(&audit)
}

pub(crate) fn sign_uploads(audit: &Audit) -> Audit {
    let over = audit.to_sign("North").unwrap();
    take(audit, &north(), &Step::SignUploads { jurisdiction: "North".into(), over })
}

pub(crate) fn committed(fresh: bool) -> Audit {
    take(&draft(fresh), &AA, &Step::Commit(commitment()))
}

pub(crate) fn seeded(fresh: bool) -> Audit {
    take(&committed(fresh), &AA, &Step::Seed { seed: seed(0), failed: 0 })
}

/// Two to read, dealt to one board, which has signed.
pub(crate) fn opened(fresh: bool) -> Audit {
    let audit = take(&seeded(fresh), &AA, &Step::OpenRound(opening(2)));
    let audit = take(&audit, &north(), &deal(&[2]));
    take(&audit, &board(1), &sign_board(1))
}

pub(crate) fn sign_board(board: u32) -> Step {
    Step::SignBoard { jurisdiction: "North".into(), board, over: sha256(b"read") }
}

pub(crate) fn close(met: bool) -> Step {
    let p_value = if met { "0.0344762860" } else { "0.2144762860" }.to_owned();
    Step::CloseRound { counted: sha256(b"read"), measured: vec![Measured { contest: 0, p_value, met }] }
}

pub(crate) fn closed(fresh: bool, met: bool) -> Audit {
    take(&opened(fresh), &AA, &close(met))
}

pub(crate) fn decide(decision: Decision, reason: &str) -> Step {
    Step::Decide { decision, reason: reason.to_owned() }
}

pub(crate) fn counting(fresh: bool) -> Audit {
    take(&closed(fresh, false), &AA, &decide(Decision::FullHandCount, ""))
}
