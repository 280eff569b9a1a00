//! Whether an alert is genuine, and whether it holds now. No network, no clock of its own.
//!
//! Two questions, in this order: [`authenticate`] asks who has signed, [`judge`] asks what the time and other alerts
//! that are known here make of it.

use crate::armour::{Label, from_armour, looks_armoured};
use crate::bundle::{BUNDLE_MAGIC, SHORT_MAGIC};
use crate::{AlertText, Broken, Bundle, Known, Part, Refused, Short, Status};
use scr_canon::{Hash32, unb64};
use scr_entry::{parse_utc, utc_text};
use scr_note::{Algorithm, Checkpoint, Note, NoteSignature, Promise, TlogProof, VerifierKey};
use scr_verify::{EntryView, Trust};
use serde::Serialize;
use serde_json::Value;

/// The kind of entry that issues an alert, and no other does.
pub const ISSUED: &str = "alerts.alert.issued/1";
/// Its public field: the compact text in standard base64.
pub const ALERT_FIELD: &str = "alert";

/// How far times may lie apart, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How much later than the log's time an alert may say it was sent.
    pub sent_ahead: u64,
    /// How much earlier.
    pub sent_behind: u64,
    /// How far clocks of others may differ.
    pub tolerance: u64,
    /// From this age of the newest checkpoint on, newer alerts are probably missing.
    pub old: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { sent_ahead: 300, sent_behind: 86_400, tolerance: 300, old: 86_400 }
    }
}

/// What was scanned, typed or read from a file; nothing of it is checked but its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// With proof; and the words of its text form, where it had one.
    Bundle(Box<Bundle>, Option<Label>),
    /// Without.
    Short(Box<Short>, Option<Label>),
}

impl Scanned {
    /// Whether bytes begin as a bundle, a short form or the text form of either.
    pub fn is_one(bytes: &[u8]) -> bool {
        let front = bytes.get(..bytes.len().min(64)).unwrap_or_default();
        bytes.starts_with(&BUNDLE_MAGIC)
            || bytes.starts_with(&SHORT_MAGIC)
            || looks_armoured(&String::from_utf8_lossy(front))
    }

    /// Reads either form, as bytes or as text.
    ///
    /// # Errors
    /// [`Refused::Form`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.starts_with(&BUNDLE_MAGIC) {
            return Ok(Self::Bundle(Box::new(Bundle::parse(bytes)?), None));
        }
        if bytes.starts_with(&SHORT_MAGIC) {
            return Ok(Self::Short(Box::new(Short::parse(bytes)?), None));
        }
        let none =
            Broken { part: Part::Bundle, offset: 0, what: "it is neither an alert nor the text form of one" };
        let text = std::str::from_utf8(bytes).map_err(|_| none.clone())?;
        if !looks_armoured(text) {
            return Err(none.into());
        }
        let (label, inner) = from_armour(text)?;
        match label {
            Label::Proven(_) => Ok(Self::Bundle(Box::new(Bundle::parse(&inner)?), Some(label))),
            Label::Unproven(_) => Ok(Self::Short(Box::new(Short::parse(&inner)?), Some(label))),
            Label::Secret => Err(none.into()),
        }
    }
}

/// A witness that has seen the log with the alert in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeenBy {
    /// Name, as the card has it.
    pub name: String,
    /// When, by its own clock: seconds since 1970, UTC.
    pub time: Option<u64>,
}

/// What stands behind an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "level")]
pub enum Backing {
    /// It is in the log, and enough witnesses have seen that log.
    Included {
        /// Entries in that log.
        size: u64,
        /// Who has seen it.
        witnesses: Vec<SeenBy>,
        /// How many witnesses the card names; 0 when keys were given instead.
        of: usize,
        /// When it was seen: the lower median of the witnesses' times, so that one false clock moves nothing.
        seen: Option<u64>,
    },
    /// The log's operator has promised to include it. Nobody else has seen it.
    Promised,
}

/// A genuine alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authentic {
    /// What it says.
    pub alert: AlertText,
    /// Which log.
    pub origin: String,
    /// Its place there: alerts are ordered by it.
    pub index: u64,
    /// Hash of its entry.
    pub leaf: Hash32,
    /// When the log took it, by the operator's clock: seconds since 1970, UTC.
    pub recorded: u64,
    /// Who issued it: key name of the organisation.
    pub issuer: String,
    /// Codes of the elections that it is about: the entry's subjects.
    pub elections: Vec<String>,
    /// What stands behind it.
    pub backing: Backing,
}

impl Authentic {
    /// Whether it is about the election of a card. Several organisations may share a log, and each issues alerts about elections
    /// of its own: under the card of another election they are nothing.
    ///
    /// # Errors
    /// [`Refused::OtherElection`].
    pub fn must_be_about(&self, election: &str) -> Result<(), Refused> {
        if self.elections.iter().any(|one| one == election) {
            return Ok(());
        }
        Err(Refused::OtherElection { card: election.to_owned() })
    }

    /// Whether the proof of inclusion was there.
    pub fn is_proven(&self) -> bool {
        matches!(self.backing, Backing::Included { .. })
    }

    /// The newest time that somebody has signed, seconds since 1970, UTC: it cannot be earlier now.
    pub fn newest_time(&self) -> u64 {
        match &self.backing {
            Backing::Included { seen: Some(seen), .. } => *seen,
            _ => self.recorded,
        }
    }

    pub(crate) fn leaf_begin(&self) -> [u8; 8] {
        self.leaf.0.first_chunk().copied().unwrap_or_default()
    }
}

/// Whether an alert is genuine.
///
/// # Errors
/// [`Refused`]: nothing in it is to be believed.
pub fn authenticate(scanned: &Scanned, trust: &Trust, limits: &Limits) -> Result<Authentic, Refused> {
    let (entry, label, found) = match scanned {
        Scanned::Bundle(bundle, label) => (&bundle.entry, label, included(bundle, trust)?),
        Scanned::Short(short, label) => (&short.entry, label, promised(short, trust)?),
    };
    let Found { origin, index, leaf, backing } = found;
    let view = EntryView::parse(entry).map_err(Refused::NotAnAlert)?;
    if view.kind != ISSUED {
        return Err(Refused::NotAnAlert(format!("its kind is {}", view.kind)));
    }
    let coded = view.public.get(ALERT_FIELD).and_then(Value::as_str);
    let coded = coded.ok_or_else(|| Refused::NotAnAlert("it states no alert".to_owned()))?;
    let bytes = unb64(coded).map_err(|error| Refused::NotAnAlert(error.to_string()))?;
    let alert = AlertText::parse(&bytes)?;
    let outside = match label {
        Some(Label::Proven(status) | Label::Unproven(status)) => Some(*status),
        _ => None,
    };
    if outside.is_some_and(|status| status != alert.status) {
        return Err(Refused::Label);
    }
    let recorded = parse_utc(&view.at).and_then(|at| u64::try_from(at).ok());
    let recorded = recorded.ok_or_else(|| Refused::NotAnAlert("it states no time".to_owned()))?;
    let elections = view.counters.keys().filter_map(|subject| subject.strip_prefix("election:"));
    let elections = elections.map(str::to_owned).collect();
    let issuer = view.issuer;
    let authentic = Authentic { alert, origin, index, leaf, recorded, issuer, elections, backing };
    check_times(&authentic, limits)?;
    match authentic.alert.references.iter().find(|named| named.index >= index) {
        Some(named) => Err(Refused::Older { named: named.index }),
        None => Ok(authentic),
    }
}

fn check_times(found: &Authentic, limits: &Limits) -> Result<(), Refused> {
    let sent = found.alert.sent;
    let (early, late) = (found.recorded.saturating_sub(sent), sent.saturating_sub(found.recorded));
    if early > limits.sent_behind || late > limits.sent_ahead {
        let apart = i64::try_from(early.max(late)).unwrap_or(i64::MAX);
        return Err(Refused::BackDated { seconds: if early > 0 { apart } else { -apart } });
    }
    if found.recorded > found.newest_time().saturating_add(limits.tolerance) {
        return Err(Refused::FromTheFuture);
    }
    Ok(())
}

struct Found {
    origin: String,
    index: u64,
    leaf: Hash32,
    backing: Backing,
}

/// The trusted key of a log with this id.
fn log_key(trust: &Trust, id: [u8; 4]) -> Result<&VerifierKey, Refused> {
    let found = match trust {
        Trust::Nobody => return Err(Refused::NoTrust),
        Trust::Policy(policy) => {
            policy.logs().iter().map(|log| &log.key).find(|key| is(key, id, Algorithm::Ed25519))
        }
        Trust::Keys(keys) => keys.iter().find(|key| is(key, id, Algorithm::Ed25519)),
    };
    found.ok_or_else(|| Refused::OtherLog(id.iter().map(|byte| format!("{byte:02x}")).collect()))
}

fn is(key: &VerifierKey, id: [u8; 4], algorithm: Algorithm) -> bool {
    key.id() == id && key.algorithm() == algorithm
}

fn witness_key(trust: &Trust, id: [u8; 4]) -> Option<&VerifierKey> {
    match trust {
        Trust::Nobody => None,
        Trust::Policy(policy) => policy
            .witnesses()
            .iter()
            .map(|witness| &witness.key)
            .find(|key| is(key, id, Algorithm::Cosignature)),
        Trust::Keys(keys) => keys.iter().find(|key| is(key, id, Algorithm::Cosignature)),
    }
}

/// Puts the `.tlog-proof` together again and lets the offline verifier check it. Cosignatures by keys that the card does
/// not have count for nothing, as everywhere.
fn included(bundle: &Bundle, trust: &Trust) -> Result<Found, Refused> {
    let log = log_key(trust, bundle.log_key)?;
    let line = |key: &VerifierKey, signature: Vec<u8>| NoteSignature {
        name: key.name().to_owned(),
        id: key.id(),
        signature,
    };
    let mut signatures = vec![line(log, bundle.log_signature.to_vec())];
    for one in &bundle.cosignatures {
        if let Some(key) = witness_key(trust, one.key) {
            signatures.push(line(key, [&one.time.to_be_bytes()[..], &one.signature[..]].concat()));
        }
    }
    let text = Checkpoint::new(log.name(), bundle.size, bundle.root).to_string();
    let proof = TlogProof {
        extra: None,
        index: bundle.index,
        hashes: bundle.path.clone(),
        checkpoint: Note { text, signatures }.to_string(),
    };
    let report =
        scr_verify::verify_proof(&proof.to_string(), Some(&bundle.entry), trust).map_err(Refused::Proof)?;
    let time = |at: &String| parse_utc(at).and_then(|seconds| u64::try_from(seconds).ok());
    let witnesses: Vec<SeenBy> = report
        .witnesses
        .iter()
        .map(|one| SeenBy { name: one.name.clone(), time: one.at.as_ref().and_then(time) })
        .collect();
    let mut times: Vec<u64> = witnesses.iter().filter_map(|one| one.time).collect();
    times.sort_unstable();
    let seen = times.get(times.len().saturating_sub(1) / 2).copied();
    let of = if let Trust::Policy(policy) = trust { policy.witnesses().len() } else { 0 };
    let backing = Backing::Included { size: report.size, witnesses, of, seen };
    Ok(Found { origin: report.origin, index: report.index, leaf: report.leaf, backing })
}

/// Puts the promise together again and lets the offline verifier check it.
fn promised(short: &Short, trust: &Trust) -> Result<Found, Refused> {
    let log = log_key(trust, short.log_key)?;
    let promise = Promise {
        origin: log.name().to_owned(),
        index: short.index,
        leaf: scr_merkle::leaf_hash(&short.entry),
        at: utc_text(i64::try_from(short.at).unwrap_or(i64::MAX)),
    };
    let signature =
        NoteSignature { name: log.name().to_owned(), id: log.id(), signature: short.signature.to_vec() };
    let note = Note { text: promise.to_string(), signatures: vec![signature] }.to_string();
    let report = scr_verify::verify_promise(&note, Some(&short.entry), trust).map_err(Refused::Promise)?;
    Ok(Found { origin: report.origin, index: report.index, leaf: report.leaf, backing: Backing::Promised })
}

/// What the time and other alerts make of a genuine one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum State {
    /// It holds.
    ValidNow,
    /// It begins to hold later.
    NotYet,
    /// Its time is over.
    Expired,
    /// An update has taken its place.
    Superseded {
        /// Index of the update.
        by: u64,
    },
    /// It was taken back.
    Cancelled {
        /// Index of the cancellation.
        by: u64,
    },
}

/// What is to be thought of the clock that was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "clock")]
pub enum ClockState {
    /// It agrees with the newest time that somebody has signed.
    Plausible {
        /// Seconds since that time.
        age: u64,
    },
    /// The newest signed time is long ago: the clock is fast, or newer alerts are not known here.
    Old {
        /// Seconds since that time.
        age: u64,
    },
    /// It says an earlier time than somebody has signed already: it is wrong.
    Behind {
        /// By so many seconds at least.
        by: u64,
    },
}

/// What to think of a genuine alert now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Whether it holds.
    pub state: State,
    /// Whether it is meant.
    pub status: Status,
    /// The clock. Where it is behind, `state` was found with the newest signed time instead.
    pub clock: ClockState,
    /// A cancellation or update that is known in its short form only, while this alert is proven: it takes nothing
    /// back, but somebody should ask for its proof.
    pub announced: Option<u64>,
}

impl Verdict {
    /// One word for translations: `cancelled`, `superseded`, `clock-doubtful`, `exercise`, `test`, `not-yet`, `expired`,
    /// `valid-now`; the first that applies, but exercises and tests never read as anything else.
    pub fn code(&self) -> &'static str {
        match (self.status, self.state, self.clock) {
            (Status::Exercise, ..) => "exercise",
            (Status::Test, ..) => "test",
            (_, State::Cancelled { .. }, _) => "cancelled",
            (_, State::Superseded { .. }, _) => "superseded",
            (_, State::Expired, ClockState::Behind { .. }) => "expired",
            (_, _, ClockState::Behind { .. }) => "clock-doubtful",
            (_, State::NotYet, _) => "not-yet",
            (_, State::Expired, _) => "expired",
            (_, State::ValidNow, _) => "valid-now",
        }
    }
}

/// What to think of a genuine alert at `now` (seconds since 1970, UTC), with the other alerts that are known here.
///
/// # Errors
/// [`Refused::Older`]: an update or a cancellation that was sent before the alert that it names.
pub fn judge(found: &Authentic, known: &Known, now: u64, limits: &Limits) -> Result<Verdict, Refused> {
    if let Some(named) = known.sent_after(found) {
        return Err(Refused::Older { named });
    }
    let newest = known.newest_time().unwrap_or(0).max(found.newest_time());
    let clock = if now.saturating_add(limits.tolerance) < newest {
        ClockState::Behind { by: newest - now }
    } else {
        let age = now.saturating_sub(newest);
        if age > limits.old { ClockState::Old { age } } else { ClockState::Plausible { age } }
    };
    let at = now.max(newest.saturating_sub(limits.tolerance));
    let later = known.later(found);
    let state = match later.strong {
        Some(state) => state,
        None if at >= found.alert.expires() => State::Expired,
        None if at < found.alert.effective() => State::NotYet,
        None => State::ValidNow,
    };
    Ok(Verdict { state, status: found.alert.status, clock, announced: later.announced })
}
