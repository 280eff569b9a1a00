//! The one way in.

use crate::erasure::ErasedList;
use crate::error::{ActError, Fault};
use crate::keys::{LOG_OPENED, ORG_KEY_ADDED, OWN_KINDS, RoleKeys};
use crate::projector::{Progress, Projector};
use crate::turns::{Queue, Turns};
use crate::unknown::{self, UnknownKind};
use crate::view::View;
use crate::views::{Views, position, subject_version};
use rusqlite::Connection;
use scr_canon::{Hash32, sha256};
use scr_core::{Actor, Clock, Entropy, OrgId, Refusal, RefusalKind, uuid_v7};
use scr_entry::{Catalogue, Commitment, CommitmentKind, Draft, EntryRef, KindSpec, commitment};
use scr_ledger::{
    Act, AppendError, Claim, Ledger, LedgerReader, Proposal, Recorded, Slot, Statement, StopReason,
};
use scr_note::SignerKey;
use scr_objects::Objects;
use scr_vault::{Sealed, Vault, VaultError};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often a decision is taken anew when others were faster. From the second time on the slower ones have their turn, so
/// that more is needed only where other nodes act on the same thing.
const ATTEMPTS: usize = 25;
/// How long an act waits for its own view.
pub(crate) const VIEW_WAIT: Duration = Duration::from_secs(20);

/// A private field of a new event.
#[derive(Debug, Clone)]
pub struct Private {
    /// Its name, one of the kind's private fields.
    pub name: &'static str,
    /// The subject that owns it: its key can be destroyed to erase it.
    pub owner: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// What a decision wants to be recorded.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Its kind.
    pub kind: &'static KindSpec,
    /// Subjects that must not have moved on since the decision read the views.
    pub guard: Vec<String>,
    /// Further subjects, only counted.
    pub also: Vec<String>,
    /// Public fields, checked against the kind's whitelist.
    pub public: Map<String, Value>,
    /// Private fields.
    pub private: Vec<Private>,
    /// Entries that it points to.
    pub refs: Vec<EntryRef>,
}

impl NewEvent {
    /// An event about one guarded subject. `public` must be a JSON object.
    pub fn about(kind: &'static KindSpec, subject: impl Into<String>, public: Value) -> Self {
        let public = match public {
            Value::Object(fields) => fields,
            _ => Map::new(),
        };
        Self {
            kind,
            guard: vec![subject.into()],
            also: Vec::new(),
            public,
            private: Vec::new(),
            refs: Vec::new(),
        }
    }

    /// Adds a subject that is only counted.
    #[must_use]
    pub fn also(mut self, subject: impl Into<String>) -> Self {
        self.also.push(subject.into());
        self
    }

    /// Adds a private field.
    #[must_use]
    pub fn private(
        mut self,
        name: &'static str,
        owner: impl Into<String>,
        bytes: impl Into<Vec<u8>>,
    ) -> Self {
        self.private.push(Private { name, owner: owner.into(), bytes: bytes.into() });
        self
    }
}

/// What a decision may know beside the views.
pub struct Ctx<'a> {
    /// Seconds since 1970, UTC.
    pub now: i64,
    /// Who acts.
    pub actor: &'a Actor,
    engine: &'a Engine,
}

impl Ctx<'_> {
    /// A new id (UUID version 7).
    pub fn new_id(&self) -> String {
        uuid_v7(&*self.engine.clock, &*self.engine.entropy)
    }
}

/// What the actor gets: enough to hold the log to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Index in the log.
    pub index: u64,
    /// Hash of the entry.
    pub leaf: Hash32,
    /// When it was recorded.
    pub at: i64,
    /// Id of the entry.
    pub id: String,
    /// Its kind.
    pub kind: &'static str,
    /// The log's signed promise.
    pub promise: String,
}

/// What an engine is made of.
pub struct EngineParts {
    /// The record.
    pub ledger: Ledger,
    /// The keys of private payloads.
    pub vault: Vault,
    /// Bulk data.
    pub objects: Objects,
    /// Keys that organisations act with.
    pub role_keys: RoleKeys,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Held while the engine lives: one process at a time works in a folder.
    pub lock: Option<File>,
}

/// A decision: pure but for what it reads from the views' snapshot.
pub type Decide<'a> = &'a dyn Fn(&Connection, &Ctx<'_>) -> Result<Vec<NewEvent>, ActError>;

/// Command, decide, append, project.
pub struct Engine {
    ledger: Ledger,
    pub(crate) vault: Arc<Vault>,
    objects: Arc<Objects>,
    pub(crate) role_keys: RoleKeys,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    catalogue: Arc<Catalogue>,
    views: Arc<Vec<Box<dyn View>>>,
    file: Arc<Views>,
    pub(crate) folder: PathBuf,
    progress: Arc<Progress>,
    projector: Mutex<Option<JoinHandle<()>>>,
    turns: Turns,
    /// The last to go: whoever gets it next finds everything closed.
    _lock: Option<File>,
}

impl Engine {
    /// Starts the engine: opens the views in `folder` (rebuilding them when their schema is new) and
    /// records the opening of a new log. Kinds are the desks'; the engine adds its own.
    pub fn open(
        parts: EngineParts,
        folder: &Path,
        kinds: &[KindSpec],
        views: Vec<Box<dyn View>>,
    ) -> Result<Self, Fault> {
        let catalogue = Catalogue::new(OWN_KINDS.iter().chain(kinds).copied())
            .map_err(|kind| Fault::log(&format!("the kind {kind} is there twice, or badly named")))?;
        let (file, writer) = Views::open(folder, &views)?;
        if position(&writer)? > parts.ledger.reader().size()? || unknown::knows_more(&writer, &catalogue)? {
            Views::reset(&writer)?;
        }
        let progress = Arc::new(Progress::default());
        let engine = Self {
            ledger: parts.ledger,
            vault: Arc::new(parts.vault),
            objects: Arc::new(parts.objects),
            role_keys: parts.role_keys,
            clock: parts.clock,
            entropy: parts.entropy,
            catalogue: Arc::new(catalogue),
            views: Arc::new(views),
            file: Arc::new(file),
            folder: folder.to_owned(),
            progress,
            projector: Mutex::new(None),
            turns: Turns::default(),
            _lock: parts.lock,
        };
        engine.start(writer, ErasedList::in_folder(folder))?;
        engine.open_log()?;
        engine.finish_rotation();
        Ok(engine)
    }

    fn start(&self, writer: Connection, erased: ErasedList) -> Result<(), Fault> {
        let projector = Projector {
            writer,
            views: Arc::clone(&self.views),
            file: Arc::clone(&self.file),
            reader: self.ledger.reader().clone(),
            catalogue: Arc::clone(&self.catalogue),
            vault: Arc::clone(&self.vault),
            objects: Arc::clone(&self.objects),
            progress: Arc::clone(&self.progress),
            erased,
            must_destroy: true,
            must_rebuild: false,
        };
        let progress = Arc::clone(&self.progress);
        self.ledger.on_commit(move |size| progress.recorded(size));
        self.progress.recorded(self.ledger.reader().size()?);
        let thread = std::thread::Builder::new().name("views".to_owned()).spawn(move || projector.run());
        let thread = thread.map_err(|e| Fault::log(&e))?;
        if let Ok(mut slot) = self.projector.lock() {
            *slot = Some(thread);
        }
        Ok(())
    }

    /// The first entry: whose log this is.
    fn open_log(&self) -> Result<(), Fault> {
        if self.ledger.reader().size()? > 0 || self.ledger.stopped().is_some() {
            return Ok(());
        }
        let operator = Arc::new(self.role_keys.operator().map_err(|e| Fault::log(&e))?);
        let public = json!({
            "origin": self.ledger.origin(),
            "keys": self.ledger.verifiers().iter().map(ToString::to_string).collect::<Vec<_>>(),
            "operator_key": operator.verifier().to_string(),
        });
        let event = NewEvent::about(&LOG_OPENED, "log:origin", public);
        let proposal =
            self.proposal(&event, Vec::new(), &BTreeMap::from([("log:origin".to_owned(), 0)]), &operator)?.1;
        match self.ledger.append(Act { proposals: vec![proposal], statements: Vec::new() }) {
            // Another node may have been faster.
            Ok(_) | Err(AppendError::Conflict { .. }) => Ok(()),
            Err(error) => Err(Fault::log(&error)),
        }
    }

    /// Decides on one snapshot of the views and records what was decided; waits until it is durable
    /// and the views have it.
    pub fn record(&self, actor: &Actor, decide: Decide<'_>) -> Result<Vec<Receipt>, ActError> {
        self.record_with(actor, decide, &[])
    }

    /// As [`Self::record`], with changes of operational tables in the same transaction.
    pub fn record_with(
        &self,
        actor: &Actor,
        decide: Decide<'_>,
        statements: &[Statement],
    ) -> Result<Vec<Receipt>, ActError> {
        let span = tracing::info_span!("act", kind = tracing::field::Empty, entries = tracing::field::Empty);
        let _entered = span.enter();
        let mut turn = None;
        for _ in 0..ATTEMPTS {
            let ctx = Ctx { now: self.clock.now(), actor, engine: self };
            let (events, versions) = self.file.read(|views| -> Result<_, ActError> {
                let mut events = self.certify(views, &actor.org)?;
                events.extend(decide(views, &ctx)?);
                let mut versions = BTreeMap::new();
                for subject in events.iter().flat_map(|event| &event.guard) {
                    unknown::check_subject(views, subject)?;
                    versions.insert(subject.clone(), subject_version(views, subject)?);
                }
                Ok((events, versions))
            })?;
            span.record("kind", events.last().map_or("none", |event| event.kind.name));
            span.record("entries", events.len());
            let queue = self.turns.of(&versions);
            if turn.is_none() && queue.is_some_and(Queue::is_waited_for) {
                turn = queue.and_then(Queue::wait);
                if turn.is_some() {
                    continue;
                }
            }
            match self.append(actor, &events, &versions, statements)? {
                Ok(receipts) => return Ok(receipts),
                Err(AppendError::Conflict { .. }) => {
                    turn = turn.or_else(|| queue.and_then(Queue::wait));
                    // Another node may have been faster, of which this one has not heard yet.
                    let recorded = self.ledger.reader().size()?;
                    self.progress.recorded(recorded);
                    self.progress.wait_for(recorded, VIEW_WAIT);
                }
                Err(error) => return Err(refusal_of(&error)),
            }
        }
        Err(Refusal::new(RefusalKind::Conflict, "SCR-ENG-001").into())
    }

    /// The event that certifies an organisation's key, at its first act.
    fn certify(&self, views: &Connection, org: &OrgId) -> Result<Vec<NewEvent>, ActError> {
        let subject = format!("org-key:{org}");
        if subject_version(views, &subject)? > 0 {
            return Ok(Vec::new());
        }
        let key = self.role_keys.organisation(org).map_err(|e| Fault::log(&e))?;
        Ok(vec![NewEvent::about(
            &ORG_KEY_ADDED,
            subject,
            json!({"org": org.as_str(), "key": key.verifier().to_string()}),
        )])
    }

    fn append(
        &self,
        actor: &Actor,
        events: &[NewEvent],
        versions: &BTreeMap<String, u64>,
        statements: &[Statement],
    ) -> Result<Result<Vec<Receipt>, AppendError>, ActError> {
        let mut versions = versions.clone();
        let operator = Arc::new(self.role_keys.operator().map_err(|e| Fault::log(&e))?);
        let author = Arc::new(self.role_keys.organisation(&actor.org).map_err(|e| Fault::log(&e))?);
        let mut ids = Vec::with_capacity(events.len());
        let mut proposals = Vec::with_capacity(events.len());
        let mut sealed = self.seal(events)?.into_iter();
        for event in events {
            let signer = if event.kind.name == ORG_KEY_ADDED.name { &operator } else { &author };
            let own = sealed.by_ref().take(event.private.len()).collect();
            let (id, proposal) = self.proposal(event, own, &versions, signer)?;
            for subject in &event.guard {
                versions.entry(subject.clone()).and_modify(|version| *version += 1);
            }
            ids.push(id);
            proposals.push(proposal);
        }
        let recorded = match self.ledger.append(Act { proposals, statements: statements.to_vec() }) {
            Ok(recorded) => recorded,
            Err(error) => return Ok(Err(error)),
        };
        if let Some(last) = recorded.last()
            && !self.progress.wait_for(last.index + 1, VIEW_WAIT)
        {
            // The act is done, and an error would ask for it again: the page says that its seal still waits.
            drop(Fault::log(&format!("entry {} is recorded, but the views do not follow", last.index)));
        }
        let receipts = recorded.iter().zip(ids).zip(events);
        Ok(Ok(receipts.map(|((recorded, id), event)| self.receipt(recorded, id, event.kind.name)).collect()))
    }

    fn receipt(&self, recorded: &Recorded, id: String, kind: &'static str) -> Receipt {
        let promise = self.ledger.promise(recorded).unwrap_or_default();
        Receipt { index: recorded.index, leaf: recorded.leaf, at: recorded.at, id, kind, promise }
    }

    /// Seals the private fields of events, in their order.
    pub(crate) fn seal(&self, events: &[NewEvent]) -> Result<Vec<Sealed>, VaultError> {
        let contents = events.iter().flat_map(|event| &event.private);
        let contents: Vec<_> = contents.map(|private| (private.owner.as_str(), &private.bytes[..])).collect();
        self.vault.seal_all(&contents, commitment)
    }

    /// Prepares an entry, with its sealed private fields, for whatever place it will get.
    pub(crate) fn proposal(
        &self,
        event: &NewEvent,
        sealed: Vec<Sealed>,
        versions: &BTreeMap<String, u64>,
        author: &Arc<SignerKey>,
    ) -> Result<(String, Proposal), Fault> {
        let mut commitments = Vec::new();
        let mut payloads = Vec::new();
        for (private, sealed) in event.private.iter().zip(sealed) {
            commitments.push(Commitment {
                h: sealed.commitment,
                k: CommitmentKind::Blob,
                n: private.name.to_owned(),
            });
            payloads.push((sealed.id, sealed.ciphertext));
        }
        let id = uuid_v7(&*self.clock, &*self.entropy);
        let subjects: Vec<String> = event.guard.iter().chain(&event.also).cloned().collect();
        let draft =
            Draft::new(event.kind, &id, &subjects, event.public.clone(), commitments, event.refs.clone())?;
        let author = Arc::clone(author);
        let compose = Arc::new(move |slot: &Slot| {
            draft.compose(slot.at, &slot.seqs, &author).map_err(|error| error.to_string())
        });
        let guarded =
            event.guard.iter().map(|s| Claim { subject: s.clone(), expected: versions.get(s).copied() });
        let counted = event.also.iter().map(|s| Claim { subject: s.clone(), expected: None });
        Ok((id, Proposal { claims: guarded.chain(counted).collect(), compose, payloads }))
    }

    /// Reads from one snapshot of the views.
    pub fn read<T>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Fault> {
        self.file.read(|connection| read(connection).map_err(Fault::from))
    }

    /// As [`Self::read`], for decisions.
    pub(crate) fn with_views<T>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T, ActError>,
    ) -> Result<T, ActError> {
        self.file.read(read)
    }

    /// Waits for entries of other nodes.
    pub(crate) fn caught_up(&self, size: u64) {
        self.progress.recorded(size);
        self.progress.wait_for(size, VIEW_WAIT);
    }

    /// Waits until the views hold `size` entries, as a reader's own earlier act demands.
    pub fn wait_for(&self, size: u64, limit: Duration) -> bool {
        self.progress.wait_for(size, limit)
    }

    /// (entries recorded, entries in the views): equal when the views have caught up.
    pub fn progress(&self) -> (u64, u64) {
        self.progress.now()
    }

    /// The reading side of the record.
    pub fn log(&self) -> &LedgerReader {
        self.ledger.reader()
    }

    /// The ledger itself: its name, its keys, and why it has stopped, if it has.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Bulk data.
    pub fn objects(&self) -> &Objects {
        &self.objects
    }

    /// The kinds that this program knows.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// The kinds that a newer version of the program has recorded, and this one passes by.
    pub fn unknown_kinds(&self) -> Result<Vec<UnknownKind>, Fault> {
        self.read(unknown::kinds)
    }

    /// Time.
    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Randomness.
    pub fn entropy(&self) -> &Arc<dyn Entropy> {
        &self.entropy
    }

    /// Whether an object is named by a public entry.
    pub fn is_public_object(&self, hash: &Hash32) -> Result<bool, Fault> {
        self.read(|views| {
            views.prepare_cached("SELECT 1 FROM engine_object WHERE hash = ?1")?.exists([hash.to_string()])
        })
    }

    /// A digest of each public table: what a mirror must come to as well.
    pub fn digests(&self) -> Result<BTreeMap<String, Hash32>, Fault> {
        let own: [(&str, &str, &str); 3] = [
            ("engine_event", "idx, at, kind, id, issuer, leaf, public", "idx"),
            ("engine_subject", "subject, seq", "subject"),
            ("engine_private", "idx, field, erased", "idx, field"),
        ];
        let all = own.iter().chain(self.views.iter().flat_map(|view| view.digests()));
        self.read(|views| all.map(|spec| Ok((spec.0.to_owned(), table_digest(views, spec)?))).collect())
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.progress.stop();
        let thread = self.projector.lock().ok().and_then(|mut slot| slot.take());
        if let Some(thread) = thread {
            drop(thread.join());
        }
    }
}

pub(crate) fn refusal_of(error: &AppendError) -> ActError {
    match error {
        AppendError::Busy => Refusal::new(RefusalKind::Unavailable, "SCR-ENG-002").into(),
        AppendError::Stopped(
            reason @ (StopReason::RolledBack { .. }
            | StopReason::Diverged { .. }
            | StopReason::SignedElsewhere { .. }
            | StopReason::TwoHistories { .. }
            | StopReason::Shrunk { .. }
            | StopReason::Damaged(_)
            | StopReason::Retired { .. }
            | StopReason::GuardMissing { .. }),
        ) => Refusal::new(RefusalKind::Unavailable, "SCR-ENG-004").with("reason", reason).into(),
        AppendError::Stopped(reason) => {
            Refusal::new(RefusalKind::Unavailable, "SCR-ENG-003").with("reason", reason).into()
        }
        AppendError::TooLong { found, max } => {
            Refusal::new(RefusalKind::TooLarge, "SCR-ENG-005").with("found", found).with("max", max).into()
        }
        other => Fault::log(other).into(),
    }
}

/// SHA-256 over the rows as JSON lines, in order.
fn table_digest(
    views: &Connection,
    (table, columns, order): &(&str, &str, &str),
) -> rusqlite::Result<Hash32> {
    let mut query = views.prepare(&format!("SELECT json_array({columns}) FROM {table} ORDER BY {order}"))?;
    let mut rows = query.query([])?;
    let mut running = sha256(table.as_bytes());
    while let Some(row) = rows.next()? {
        let line: String = row.get(0)?;
        running = sha256(&[&running.0[..], line.as_bytes()].concat());
    }
    Ok(running)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ActError;

    #[test]
    fn every_refusal_of_the_ledger_has_its_own_code() {
        for (error, kind, code) in [
            (AppendError::Busy, RefusalKind::Unavailable, "SCR-ENG-002"),
            (
                AppendError::Stopped(StopReason::StoreFailed("disk full".to_owned())),
                RefusalKind::Unavailable,
                "SCR-ENG-003",
            ),
            (
                AppendError::Stopped(StopReason::RolledBack { size: 3, signed: 5 }),
                RefusalKind::Unavailable,
                "SCR-ENG-004",
            ),
            (AppendError::TooLong { max: 10, found: 11 }, RefusalKind::TooLarge, "SCR-ENG-005"),
        ] {
            let ActError::Refused(refusal) = refusal_of(&error) else { panic!("{error} is no refusal") };
            assert_eq!((refusal.kind, refusal.code.as_str()), (kind, code), "{error}");
        }
        let composed = refusal_of(&AppendError::Compose("no key".to_owned()));
        assert!(matches!(composed, ActError::Fault(_)), "nobody but the operator can mend that");
    }
}
