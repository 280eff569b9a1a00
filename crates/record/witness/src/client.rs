//! One witness is asked to cosign one checkpoint.

use crate::request::AddCheckpoint;
use crate::server::{SIZE_TYPE, Witness};
use scr_canon::Hash32;
use scr_merkle::verify_consistency;
use scr_note::{Algorithm, Checkpoint, Note, NoteSignature, PolicyWitness, VerifierKey, decimal};

/// Longest answer that a witness may give: a checkpoint with its signatures.
pub const MAX_ANSWER_BYTES: usize = 256 << 10;
/// How often a witness may name another size before it is given up: other nodes of the log may be
/// asking it at the same time.
const ATTEMPTS: usize = 3;
/// A cosignature may state a time this far from ours: clocks differ. Further back it is an old one that
/// somebody replays, or a clock that says nothing about when.
const CLOCK_SECONDS: u64 = 600;
/// A witness that is asked too often and does not say when to come back is left alone for this long.
const PAUSE_SECONDS: u64 = 60;
const MAX_PAUSE_SECONDS: u64 = 86_400;

/// An HTTP answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// Status.
    pub status: u16,
    /// Media type, without parameters.
    pub content_type: String,
    /// Body, of at most [`MAX_ANSWER_BYTES`].
    pub body: Vec<u8>,
    /// `Retry-After` in seconds, where it was sent.
    pub retry_after: Option<u64>,
}

/// What carries requests. Each call ends within a second or two; the error is in words.
pub trait Transport: Sync {
    /// `POST` of a text.
    fn post(&self, url: &str, body: &[u8]) -> Result<Reply, String>;
    /// `GET`.
    fn get(&self, url: &str) -> Result<Reply, String>;
}

/// What is submitted.
pub struct Submission<'a> {
    /// The checkpoint with the log's signatures.
    pub note: &'a Note,
    /// The same, parsed.
    pub checkpoint: &'a Checkpoint,
    /// The log's own keys: what a witness shows of a larger tree counts only under one of them.
    pub log_keys: &'a [VerifierKey],
    /// The proof that the tree of the first size is a prefix of the second.
    pub prove: &'a (dyn Fn(u64, u64) -> Result<Vec<Hash32>, String> + Sync),
    /// Seconds since 1970, UTC.
    pub now: i64,
}

/// Why a witness has not cosigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The policy names no address for it.
    NoAddress,
    /// It did not answer in time, or not at all.
    Unreachable(String),
    /// It answered with this status.
    Refused(u16, String),
    /// It answered something else than a cosignature that holds.
    Wrong(String),
    /// Our own log could not prove its growth.
    NoProof(String),
    /// Its cosignature states a time that is far from ours.
    Time(u64),
}

impl Failure {
    /// One word for it, for pages and tables.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NoAddress => "no-address",
            Self::Unreachable(_) => "unreachable",
            Self::Refused(404, _) => "unknown-log",
            Self::Refused(403, _) => "unknown-key",
            Self::Refused(422, _) => "bad-proof",
            Self::Refused(..) => "refused",
            Self::Wrong(_) => "wrong-answer",
            Self::NoProof(_) => "no-proof",
            Self::Time(_) => "wrong-time",
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoAddress => f.write_str("the policy names no address"),
            Self::Unreachable(why) => write!(f, "not reached: {why}"),
            Self::Refused(status, why) => write!(f, "status {status}: {why}"),
            Self::Wrong(why) => write!(f, "its answer does not hold: {why}"),
            Self::NoProof(why) => write!(f, "our log has no proof for it: {why}"),
            Self::Time(time) => write!(f, "its cosignature states the time {time}, which is far from ours"),
        }
    }
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submitted {
    /// It has cosigned at this time by its own clock.
    Cosigned {
        /// The line for the note.
        line: NoteSignature,
        /// Seconds since 1970, UTC.
        time: u64,
    },
    /// It says that it has seen a larger tree of this log than there is.
    Ahead {
        /// The size that it names.
        size: u64,
        /// The larger checkpoint, when it could show one that our own key has signed.
        shown: Option<String>,
    },
    /// It keeps a tree under our own key that is no beginning of this one: two histories, proved.
    Forked {
        /// Entries of the tree that it keeps.
        size: u64,
        /// Its checkpoint.
        shown: String,
    },
    /// It is not asked before this many seconds have passed.
    Waits {
        /// From now.
        seconds: u64,
        /// Whether the witness has said so; otherwise the policy does.
        told: bool,
    },
    /// It has not.
    Failed(Failure),
}

/// Asks one witness. `known` is the size that it cosigned last, as far as we know; `may_ask` is asked before
/// each request, and gives the seconds until there may be one.
pub fn submit(
    witness: &PolicyWitness,
    known: u64,
    submission: &Submission<'_>,
    transport: &dyn Transport,
    may_ask: &dyn Fn() -> Result<(), u64>,
) -> Submitted {
    let Some(url) = &witness.url else { return Submitted::Failed(Failure::NoAddress) };
    let url = url.trim_end_matches('/');
    let mut old = known.min(submission.checkpoint.size);
    for _ in 0..ATTEMPTS {
        let body = match request(old, submission) {
            Ok(body) => body,
            Err(why) => return Submitted::Failed(Failure::NoProof(why)),
        };
        if let Err(seconds) = may_ask() {
            return Submitted::Waits { seconds, told: false };
        }
        let reply = match transport.post(&format!("{url}/add-checkpoint"), body.as_bytes()) {
            Ok(reply) => reply,
            Err(why) => return Submitted::Failed(Failure::Unreachable(why)),
        };
        match (reply.status, size_of(&reply)) {
            (200, _) => return cosignature(&witness.key, submission, &reply),
            (409, Some(size)) if size > submission.checkpoint.size => {
                let shown = kept(url, &submission.checkpoint.origin, submission.log_keys, transport);
                let shown = shown.ok().flatten().filter(|(kept, _)| kept.size >= size);
                return Submitted::Ahead { size, shown: shown.map(|(_, note)| note) };
            }
            (429, _) => {
                let seconds = reply.retry_after.unwrap_or(PAUSE_SECONDS).clamp(1, MAX_PAUSE_SECONDS);
                return Submitted::Waits { seconds, told: true };
            }
            (422, _) => {
                let failure = Failure::Refused(422, words(&reply.body));
                return forked(url, submission, transport).unwrap_or(Submitted::Failed(failure));
            }
            (409, Some(size)) if size != old => old = size,
            (status, _) => return Submitted::Failed(Failure::Refused(status, words(&reply.body))),
        }
    }
    let why = "it named another size each time".to_owned();
    Submitted::Failed(Failure::Wrong(why))
}

fn request(old: u64, submission: &Submission<'_>) -> Result<String, String> {
    let new = submission.checkpoint.size;
    let proof = if old == 0 || old == new { Vec::new() } else { (submission.prove)(old, new)? };
    Ok(AddCheckpoint { old, proof, checkpoint: submission.note.to_string() }.to_string())
}

/// The size in the body of a 409.
fn size_of(reply: &Reply) -> Option<u64> {
    (reply.content_type == SIZE_TYPE).then_some(())?;
    decimal(std::str::from_utf8(&reply.body).ok()?.strip_suffix('\n')?)
}

/// The cosignature in an answer, checked under the key that the policy names. Other lines are ignored.
fn cosignature(key: &VerifierKey, submission: &Submission<'_>, reply: &Reply) -> Submitted {
    let wrong = |why: &dyn std::fmt::Display| Submitted::Failed(Failure::Wrong(why.to_string()));
    let Ok(lines) = std::str::from_utf8(&reply.body) else { return wrong(&"not text") };
    let note: Note = match format!("{}\n{lines}", submission.note.text).parse() {
        Ok(note) => note,
        Err(error) => return wrong(&error),
    };
    let verified = match note.open(std::slice::from_ref(key)) {
        Ok(verified) => verified,
        Err(error) => return wrong(&error),
    };
    let line = note.signatures.into_iter().find(|line| line.name == key.name() && line.id == key.id());
    let (Some(line), Some(time)) = (line, verified.first().and_then(|seen| seen.time)) else {
        return wrong(&"it bears no time");
    };
    if time.abs_diff(u64::try_from(submission.now).unwrap_or(0)) > CLOCK_SECONDS {
        return Submitted::Failed(Failure::Time(time));
    }
    Submitted::Cosigned { line, time }
}

/// The checkpoint that a witness keeps of this log, when our own key has signed it; `None` when it keeps
/// none. What it says beyond that proves nothing.
pub fn kept(
    url: &str,
    origin: &str,
    log_keys: &[VerifierKey],
    transport: &dyn Transport,
) -> Result<Option<(Checkpoint, String)>, Failure> {
    let wrong = |why: &dyn std::fmt::Display| Failure::Wrong(why.to_string());
    let path = Witness::path_of(origin);
    let reply = transport.get(&format!("{}/{path}", url.trim_end_matches('/')));
    let reply = reply.map_err(Failure::Unreachable)?;
    match reply.status {
        200 => {}
        404 => return Ok(None),
        status => return Err(Failure::Refused(status, words(&reply.body))),
    }
    let text = String::from_utf8(reply.body).map_err(|e| wrong(&e))?;
    let note: Note = text.parse().map_err(|e| wrong(&e))?;
    let own: Vec<VerifierKey> =
        log_keys.iter().filter(|key| key.algorithm() == Algorithm::Ed25519).cloned().collect();
    note.open(&own).map_err(|e| wrong(&e))?;
    let checkpoint: Checkpoint = note.text.parse().map_err(|e| wrong(&e))?;
    if checkpoint.origin != origin {
        return Err(wrong(&"its checkpoint is of another log"));
    }
    Ok(Some((checkpoint, text)))
}

/// What a witness keeps that refuses our proof: whether that shows a larger tree, or another one.
fn forked(url: &str, submission: &Submission<'_>, transport: &dyn Transport) -> Option<Submitted> {
    let own = submission.checkpoint;
    let (kept, note) = kept(url, &own.origin, submission.log_keys, transport).ok().flatten()?;
    if kept.size > own.size {
        return Some(Submitted::Ahead { size: kept.size, shown: Some(note) });
    }
    let continues = if kept.size == own.size {
        kept.root == own.root
    } else {
        kept.size == 0
            || verify_consistency(
                &(submission.prove)(kept.size, own.size).ok()?,
                kept.size,
                own.size,
                &kept.root,
                &own.root,
            )
            .is_ok()
    };
    (!continues).then_some(Submitted::Forked { size: kept.size, shown: note })
}

/// The beginning of a text that somebody else wrote, fit for one line.
fn words(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned();
    text.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
