//! The witness. It has seen one history of each log, signs what continues that history, and nothing else.

use crate::budget::Budgets;
use crate::logs::LogList;
use crate::request::{AddCheckpoint, MAX_REQUEST_BYTES};
use crate::seen::{Evidence, Seen, SeenError, SeenStore, origin_hash};
use scr_merkle::{empty_root, verify_consistency};
use scr_note::{Checkpoint, Note, NoteError, NoteSignature, SignerKey, Verified, VerifierKey};
use std::path::Path;
use std::sync::{PoisonError, RwLock};

const TEXT: &str = "text/plain; charset=utf-8";
/// Requests of one log at once: a round may take three, and several nodes may begin together.
const REQUESTS_AT_ONCE: i64 = 12;
/// The media type of an answer that names the size which the witness has seen.
pub const SIZE_TYPE: &str = "text/x.tlog.size";

/// An answer of the witness, for whatever carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Media type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
    /// Seconds after which to come again, for the header `Retry-After`.
    pub retry_after: Option<u64>,
}

impl Answer {
    fn text(status: u16, body: impl Into<String>) -> Self {
        Self { status, content_type: TEXT, body: body.into(), retry_after: None }
    }

    fn refusal(status: u16, code: &str, why: impl std::fmt::Display) -> Self {
        Self::text(status, format!("{code}: {why}\n"))
    }

    fn fault(error: &SeenError) -> Self {
        tracing::error!(%error, "the witness signs nothing");
        Self::refusal(500, "SCR-WIT-006", "the witness cannot keep its state, so it signs nothing")
    }

    /// What a server says that has no key as a witness.
    pub fn no_witness() -> Self {
        Self::refusal(404, "SCR-WIT-009", "this server has no key as a witness")
    }

    /// What is said of a request that is longer than any can be.
    pub fn too_long() -> Self {
        Self::refusal(413, "SCR-WIT-007", format!("a request has at most {MAX_REQUEST_BYTES} bytes"))
    }
}

/// A witness with its key, its logs and its state.
pub struct Witness {
    key: SignerKey,
    logs: RwLock<LogList>,
    seen: SeenStore,
    budgets: Budgets,
}

impl Witness {
    /// A witness whose state stands in the file at `path`.
    pub fn open(key: SignerKey, logs: LogList, path: &Path) -> Result<Self, SeenError> {
        let (logs, budgets) = (RwLock::new(logs), Budgets::new(REQUESTS_AT_ONCE));
        Ok(Self { key, logs, seen: SeenStore::open(path)?, budgets })
    }

    /// The key that it signs with.
    pub fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// The logs that it cosigns.
    pub fn logs(&self) -> LogList {
        self.logs.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes another list of logs. What was seen of those that are gone is kept.
    pub fn use_logs(&self, logs: LogList) {
        *self.logs.write().unwrap_or_else(PoisonError::into_inner) = logs;
    }

    /// Every log that was ever cosigned, with the newest tree.
    pub fn seen(&self) -> Result<Vec<Seen>, SeenError> {
        self.seen.all()
    }

    /// Logs that have signed two roots for one size.
    pub fn evidence(&self) -> Result<Vec<Evidence>, SeenError> {
        self.seen.evidence()
    }

    /// `GET <prefix>/<hash of the origin>/checkpoint`.
    pub fn checkpoint(&self, hash: &str) -> Answer {
        match self.seen.of_hash(hash) {
            Ok(Some(seen)) => Answer::text(200, seen.note),
            Ok(None) => {
                Answer::refusal(404, "SCR-WIT-008", "no checkpoint of this log was ever cosigned here")
            }
            Err(error) => Answer::fault(&error),
        }
    }

    /// The address of a log's newest checkpoint below the prefix.
    pub fn path_of(origin: &str) -> String {
        format!("{}/checkpoint", origin_hash(origin))
    }

    /// `POST <prefix>/add-checkpoint`. `now` is in seconds since 1970, UTC, and goes into the signature.
    pub fn add_checkpoint(&self, body: &[u8], now: i64) -> Answer {
        self.judge(body, now).unwrap_or_else(|answer| answer)
    }

    fn judge(&self, body: &[u8], now: i64) -> Result<Answer, Answer> {
        let malformed = |why: &dyn std::fmt::Display| Answer::refusal(400, "SCR-WIT-001", why);
        if body.len() > MAX_REQUEST_BYTES {
            return Err(Answer::too_long());
        }
        let text = std::str::from_utf8(body).map_err(|e| malformed(&e))?;
        let request: AddCheckpoint = text.parse().map_err(|e| malformed(&e))?;
        let note: Note = request.checkpoint.parse().map_err(|e| malformed(&e))?;
        let new: Checkpoint = note.text.parse().map_err(|e| malformed(&e))?;
        let verified = self.signed_by_the_log(&note, &new.origin)?;
        if request.old > new.size {
            let why = format!("the old size {} is larger than the checkpoint's {}", request.old, new.size);
            return Err(Answer::refusal(400, "SCR-WIT-002", why));
        }
        let before = self.seen.of_origin(&new.origin).map_err(|e| Answer::fault(&e))?;
        let known = before.as_ref().map_or(0, |seen| seen.size);
        if let Some(before) = before.as_ref().filter(|seen| seen.size == new.size && seen.root != new.root) {
            self.keep_evidence(before, &request, now)?;
        }
        let grows = request.old == known && new.size > known;
        self.take_from_budget(&new.origin, grows, now)?;
        if request.old != known {
            return Err(conflict(known));
        }
        check_proof(&request, before.as_ref(), &new)
            .map_err(|why| Answer::refusal(422, "SCR-WIT-005", why))?;
        self.cosign(&note, &verified, before.as_ref(), &new, now)
    }

    /// The signatures of the log's own keys; other signatures are none of a witness' business.
    fn signed_by_the_log(&self, note: &Note, origin: &str) -> Result<Vec<Verified>, Answer> {
        let keys = self.logs.read().unwrap_or_else(PoisonError::into_inner).keys(origin);
        if keys.is_empty() {
            return Err(Answer::refusal(
                404,
                "SCR-WIT-003",
                "this witness does not cosign a log of this origin",
            ));
        }
        note.open(&keys).map_err(|error| {
            let why = match error {
                NoteError::Unsigned => "no key that this witness knows of the log has signed".to_owned(),
                other => other.to_string(),
            };
            Answer::refusal(403, "SCR-WIT-004", why)
        })
    }

    /// What makes a log grow has a budget of its own: anybody can repeat a checkpoint that is public, and must
    /// not use up what the log needs.
    fn take_from_budget(&self, origin: &str, grows: bool, now: i64) -> Result<(), Answer> {
        let per_day = self.logs.read().unwrap_or_else(PoisonError::into_inner).per_day(origin);
        let name = format!("{origin}\n{grows}");
        self.budgets.take(&name, per_day, now).map_err(|seconds| {
            let why = format!("this log may come {per_day} times a day; come again in {seconds} s");
            Answer { retry_after: Some(seconds), ..Answer::refusal(429, "SCR-WIT-010", why) }
        })
    }

    fn keep_evidence(&self, before: &Seen, request: &AddCheckpoint, now: i64) -> Result<(), Answer> {
        let (origin, size) = (before.origin.clone(), before.size);
        tracing::error!(origin, size, "a log has signed two roots for one size; both are kept");
        let (cosigned, other) = (before.note.clone(), request.checkpoint.clone());
        let evidence = Evidence { origin, size, at: now, cosigned, other };
        self.seen.keep_evidence(&evidence).map_err(|e| Answer::fault(&e))
    }

    /// Signs, keeps that durably, then answers. Nobody hears of a signature that is not kept.
    fn cosign(
        &self,
        note: &Note,
        verified: &[Verified],
        before: Option<&Seen>,
        new: &Checkpoint,
        now: i64,
    ) -> Result<Answer, Answer> {
        let failed = |what: &str| Answer::fault(&SeenError(what.to_owned()));
        let time =
            u64::try_from(now).ok().filter(|time| *time > 0).ok_or_else(|| failed("the clock is wrong"))?;
        let key = self.key.verifier();
        let signature = self.key.sign(&note.text, time).map_err(|e| failed(&e.to_string()))?;
        let own = NoteSignature { name: key.name().to_owned(), id: key.id(), signature };
        let of_the_log =
            |line: &&NoteSignature| verified.iter().any(|seen| seen.name == line.name && seen.id == line.id);
        let mut kept: Vec<NoteSignature> = note.signatures.iter().filter(of_the_log).cloned().collect();
        kept.push(own.clone());
        let kept = Note { text: note.text.clone(), signatures: kept };
        let seen = Seen {
            origin: new.origin.clone(),
            size: new.size,
            root: new.root,
            note: kept.to_string(),
            at: now,
        };
        if self.seen.advance(before, &seen).map_err(|e| Answer::fault(&e))? {
            return Ok(Answer::text(200, own.to_string()));
        }
        // Another request was faster: what it made the witness see is what counts now.
        let now_known = self.seen.of_origin(&new.origin).map_err(|e| Answer::fault(&e))?;
        Err(conflict(now_known.map_or(0, |seen| seen.size)))
    }
}

fn conflict(known: u64) -> Answer {
    Answer { status: 409, content_type: SIZE_TYPE, body: format!("{known}\n"), retry_after: None }
}

/// Whether the new tree continues the one that was seen. Size 0 is a case of its own: every tree
/// continues the empty one, and there is no proof of that.
fn check_proof(request: &AddCheckpoint, before: Option<&Seen>, new: &Checkpoint) -> Result<(), String> {
    if new.size == 0 && new.root != empty_root() {
        return Err("a tree without entries has another root".to_owned());
    }
    let before = before.filter(|seen| seen.size > 0);
    match before {
        None if request.proof.is_empty() => Ok(()),
        None => Err("nothing is to be proved from size 0".to_owned()),
        Some(seen) => verify_consistency(&request.proof, seen.size, new.size, &seen.root, &new.root)
            .map_err(|error| format!("the tree does not continue the one that was seen: {error}")),
    }
}
