//! One entry's proof of inclusion, under a policy or keys that the reader trusts.

use scr_canon::Hash32;
use scr_merkle::{ProofError, leaf_hash, verify_inclusion};
use scr_note::{
    Algorithm, Checkpoint, Note, NoteError, Policy, PolicyError, ProofFileError, TlogProof, Verified,
    VerifierKey,
};
use serde::Serialize;

use crate::EntryView;
use crate::time::utc_text;

/// Bytes of an ML-DSA-44 signature line: time and signature.
const ML_DSA_BYTES: usize = 8 + 2_420;

/// Whom the reader trusts. Never taken from the server under examination.
#[derive(Debug, Clone, Default)]
pub enum Trust {
    /// Nobody: every verification ends with [`VerifyError::NoTrust`].
    #[default]
    Nobody,
    /// A tlog-policy file.
    Policy(Box<Policy>),
    /// Keys; at least one log signature must be by one of them.
    Keys(Vec<VerifierKey>),
}

/// Why a proof is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Neither policy nor key was given: the program exits 2.
    #[error("SCR-VERIFY-001: give a policy or a key that you trust; the file cannot vouch for itself")]
    NoTrust,
    /// The file is no proof.
    #[error("SCR-VERIFY-002: {0}")]
    File(#[from] ProofFileError),
    /// The checkpoint does not satisfy the policy.
    #[error("SCR-VERIFY-003: {0}")]
    Policy(#[from] PolicyError),
    /// The checkpoint's note does not hold under the keys.
    #[error("SCR-VERIFY-004: {0}")]
    Note(#[from] NoteError),
    /// What is signed is no checkpoint.
    #[error("SCR-VERIFY-005: what is signed is not a checkpoint")]
    NotACheckpoint,
    /// Witnesses have signed, but no trusted key of the log.
    #[error("SCR-VERIFY-006: no trusted key of the log itself has signed the checkpoint")]
    NotTheLog,
    /// The proof carries no entry and none was given.
    #[error("SCR-VERIFY-007: the file does not hold the entry; give the entry's bytes")]
    NoEntry,
    /// The entry is not in the tree at this place.
    #[error("SCR-VERIFY-008: the entry is not at index {index} of the tree that was signed: {reason}")]
    NotIncluded {
        /// Place that the proof claims.
        index: u64,
        /// What is wrong with the path.
        reason: ProofError,
    },
}

impl VerifyError {
    /// The stable code (docs/reference/errors/verify.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoTrust => "SCR-VERIFY-001",
            Self::File(_) => "SCR-VERIFY-002",
            Self::Policy(_) => "SCR-VERIFY-003",
            Self::Note(_) => "SCR-VERIFY-004",
            Self::NotACheckpoint => "SCR-VERIFY-005",
            Self::NotTheLog => "SCR-VERIFY-006",
            Self::NoEntry => "SCR-VERIFY-007",
            Self::NotIncluded { .. } => "SCR-VERIFY-008",
        }
    }

    /// The exit status of a command: 2 when nothing could be examined, 1 when it was and failed.
    pub fn exit_code(&self) -> u8 {
        if matches!(self, Self::NoTrust | Self::NoEntry) { 2 } else { 1 }
    }
}

/// A signature of the log that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignatureView {
    /// Name of the key.
    pub name: String,
    /// Its id, eight hexadecimal digits.
    pub key_id: String,
    /// `Ed25519` or `ML-DSA-44`.
    pub algorithm: &'static str,
}

/// A cosignature that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WitnessView {
    /// Name of the witness, as the reader's policy or key names it.
    pub name: String,
    /// When the witness says it saw the checkpoint: RFC 3339 UTC.
    pub at: Option<String>,
}

/// The state of the log's post-quantum signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MlDsaState {
    /// Checked, and it holds.
    Holds,
    /// A signature of that size stands under the log's name, but no trusted key can check it.
    PresentNotChecked,
    /// There is none.
    Absent,
}

/// What a proof shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Which log.
    pub origin: String,
    /// Where the entry stands, from 0.
    pub index: u64,
    /// Entries in the tree that was signed.
    pub size: u64,
    /// Its root.
    pub root: Hash32,
    /// Hash of the entry.
    pub leaf: Hash32,
    /// Signatures of the log that hold.
    pub log_signatures: Vec<SignatureView>,
    /// The log's ML-DSA-44 signature.
    pub ml_dsa: MlDsaState,
    /// Cosignatures that hold.
    pub witnesses: Vec<WitnessView>,
    /// Length of the entry in bytes.
    pub entry_bytes: usize,
    /// The entry, when it is one of scrutineer's.
    pub entry: Option<EntryView>,
    /// In plain words, what is now certain.
    pub proves: Vec<String>,
    /// In plain words, what is not.
    pub does_not_prove: Vec<String>,
}

/// A checkpoint under the reader's trust.
pub(crate) struct Trusted {
    pub(crate) checkpoint: Checkpoint,
    pub(crate) log: Vec<Verified>,
    pub(crate) witnesses: Vec<WitnessView>,
}

/// Checks a `.tlog-proof` file. The entry is `entry`, or else what the file carries as `extra`; in both
/// cases its hash must lead to the root that was signed.
///
/// # Errors
/// See [`VerifyError`]; nothing is certain then.
pub fn verify_proof(proof_text: &str, entry: Option<&[u8]>, trust: &Trust) -> Result<Report, VerifyError> {
    verify_with_entry(proof_text, entry, trust).map(|(report, _)| report)
}

/// As [`verify_proof`], with the entry's bytes.
pub(crate) fn verify_with_entry(
    proof_text: &str,
    entry: Option<&[u8]>,
    trust: &Trust,
) -> Result<(Report, Vec<u8>), VerifyError> {
    if matches!(trust, Trust::Nobody) {
        return Err(VerifyError::NoTrust);
    }
    let proof: TlogProof = proof_text.parse()?;
    let entry = entry.or(proof.extra.as_deref()).ok_or(VerifyError::NoEntry)?;
    let trusted = check_checkpoint(&proof.checkpoint, trust)?;
    let leaf = leaf_hash(entry);
    let Checkpoint { origin, size, root, .. } = trusted.checkpoint;
    verify_inclusion(&proof.hashes, proof.index, size, &leaf, &root)
        .map_err(|reason| VerifyError::NotIncluded { index: proof.index, reason })?;
    let mut report = Report {
        ml_dsa: ml_dsa_state(&proof.checkpoint, &origin, &trusted.log),
        origin,
        index: proof.index,
        size,
        root,
        leaf,
        log_signatures: trusted.log.iter().map(signature_view).collect(),
        witnesses: trusted.witnesses,
        entry_bytes: entry.len(),
        entry: EntryView::parse(entry).ok(),
        proves: Vec::new(),
        does_not_prove: Vec::new(),
    };
    report.proves = proves(&report);
    report.does_not_prove = does_not_prove(&report);
    Ok((report, entry.to_vec()))
}

/// Checks a signed checkpoint by itself.
///
/// # Errors
/// See [`VerifyError`]; nothing is certain then.
pub fn verify_checkpoint(note: &str, trust: &Trust) -> Result<Checkpoint, VerifyError> {
    check_checkpoint(note, trust).map(|trusted| trusted.checkpoint)
}

/// As [`verify_checkpoint`], with who has signed.
pub(crate) fn check_checkpoint(text: &str, trust: &Trust) -> Result<Trusted, VerifyError> {
    match trust {
        Trust::Nobody => Err(VerifyError::NoTrust),
        Trust::Policy(policy) => {
            let verdict = policy.check(text)?;
            let witnesses =
                verdict.witnesses.into_iter().map(|(name, time)| witness_view(name, time)).collect();
            Ok(Trusted { checkpoint: verdict.checkpoint, log: verdict.log, witnesses })
        }
        Trust::Keys(keys) => check_with_keys(text, keys),
    }
}

/// A type 0x01 key is a log's, 0x04 a witness's; 0x06 is the log's when it bears the origin's name.
/// An Ed25519 key's name need not be the origin: the Go checksum database has two names.
fn check_with_keys(text: &str, keys: &[VerifierKey]) -> Result<Trusted, VerifyError> {
    let note: Note = text.parse()?;
    let verified = note.open(keys)?;
    let checkpoint: Checkpoint = note.text.parse().map_err(|_| VerifyError::NotACheckpoint)?;
    let (log, others): (Vec<Verified>, Vec<Verified>) =
        verified.into_iter().partition(|seen| match seen.algorithm {
            Algorithm::Ed25519 => true,
            Algorithm::Cosignature => false,
            Algorithm::MlDsa44 => seen.name == checkpoint.origin,
        });
    if log.is_empty() {
        return Err(VerifyError::NotTheLog);
    }
    let mut witnesses: Vec<WitnessView> = Vec::new();
    for seen in others {
        // One key under two names, or one witness with two kinds of key, is one witness.
        if !witnesses.iter().any(|known| known.name == seen.name || same_key(keys, &known.name, &seen.name)) {
            witnesses.push(witness_view(seen.name, seen.time));
        }
    }
    Ok(Trusted { checkpoint, log, witnesses })
}

fn same_key(keys: &[VerifierKey], left: &str, right: &str) -> bool {
    keys.iter().filter(|key| key.name() == left).any(|one| {
        keys.iter().filter(|key| key.name() == right).any(|other| one.public_bytes() == other.public_bytes())
    })
}

fn witness_view(name: String, time: Option<u64>) -> WitnessView {
    // A subtree signature states time 0: no time.
    WitnessView { name, at: time.filter(|seconds| *seconds > 0).and_then(utc_text) }
}

fn signature_view(seen: &Verified) -> SignatureView {
    let algorithm = match seen.algorithm {
        Algorithm::MlDsa44 => "ML-DSA-44",
        Algorithm::Ed25519 | Algorithm::Cosignature => "Ed25519",
    };
    SignatureView {
        name: seen.name.clone(),
        key_id: format!("{:08x}", u32::from_be_bytes(seen.id)),
        algorithm,
    }
}

fn ml_dsa_state(checkpoint: &str, origin: &str, log: &[Verified]) -> MlDsaState {
    if log.iter().any(|seen| seen.algorithm == Algorithm::MlDsa44) {
        return MlDsaState::Holds;
    }
    let present = checkpoint.parse::<Note>().is_ok_and(|note| {
        note.signatures.iter().any(|line| line.name == origin && line.signature.len() == ML_DSA_BYTES)
    });
    if present { MlDsaState::PresentNotChecked } else { MlDsaState::Absent }
}

fn proves(report: &Report) -> Vec<String> {
    let mut lines = vec![
        format!("The log {} has signed a list of {} entries.", report.origin, report.size),
        format!("This entry, byte for byte, is number {} in that list.", report.index),
    ];
    match report.witnesses.len() {
        0 => {}
        1 => lines.push("One independent witness that you trust has seen the same list.".to_owned()),
        n => lines.push(format!("{n} independent witnesses that you trust have seen the same list.")),
    }
    if let Some(first) = report.witnesses.iter().filter_map(|witness| witness.at.as_deref()).min() {
        lines.push(format!("The entry existed at {first} at the latest, by a witness' clock."));
    }
    lines
}

fn does_not_prove(report: &Report) -> Vec<String> {
    let mut lines = vec!["That what the entry says is true.".to_owned()];
    lines.push("Who wrote the entry: its author's signature is not checked here.".to_owned());
    if report.witnesses.is_empty() {
        lines.push(
            "That the log shows the same list to everybody: no witness that you trust has signed.".to_owned(),
        );
        lines.push("When the entry was made: only the operator's clock says so.".to_owned());
    }
    if report.ml_dsa != MlDsaState::Holds {
        lines.push(
            "Anything against a quantum computer: no ML-DSA-44 signature of the log was checked.".to_owned(),
        );
    }
    lines
}
