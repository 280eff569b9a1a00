//! One transaction: from acts that wait to entries in their places.

use crate::act::{Act, AppendError, MAX_ACT_BYTES, Proposal, Recorded, Slot, StopReason};
use crate::store::{Head, LogStore, StoreError, StoreErrorKind, WriteBatch};
use scr_canon::Hash32;
use scr_merkle::tile::MAX_ENTRY_BYTES;
use scr_merkle::{Frontier, ProofError, empty_root, leaf_hash};
use std::any::Any;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Entries, and bytes of entries and ciphertexts, that one transaction takes at most. One act alone
/// may have more bytes.
pub(crate) const MAX_BATCH_ENTRIES: usize = 4_096;
pub(crate) const MAX_BATCH_BYTES: usize = 4 << 20;

/// What became of an act.
pub(crate) type Outcome = Result<Vec<Recorded>, AppendError>;

/// Why a transaction did not end well.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Certainly nothing changed; it may be tried again.
    Unchanged(StoreError),
    /// The log stops.
    Stop(StopReason),
}

impl From<StoreError> for Failure {
    /// For errors before the commit is asked for.
    fn from(error: StoreError) -> Self {
        match error.kind {
            StoreErrorKind::Busy | StoreErrorKind::Lost => Self::Unchanged(error),
            StoreErrorKind::Failed => Self::Stop(StopReason::StoreFailed(error.what)),
        }
    }
}

impl From<ProofError> for Failure {
    fn from(error: ProofError) -> Self {
        Self::Stop(StopReason::Damaged(error.to_string()))
    }
}

/// The growing edge of the tree, and its root.
#[derive(Clone)]
pub(crate) struct Edge {
    pub(crate) frontier: Frontier,
    pub(crate) root: Hash32,
}

impl Edge {
    pub(crate) fn empty() -> Self {
        Self { frontier: Frontier::new(), root: empty_root() }
    }

    /// The edge as the store has it inside the current transaction; its root must be the stored one.
    pub(crate) fn load(store: &mut dyn LogStore, head: &Head) -> Result<Self, Failure> {
        let frontier = Frontier::load(head.size, |path| {
            let tile = store.tile(path.level_number(), path.index())?;
            tile.ok_or_else(|| Failure::from(ProofError::Tile(path.to_string())))
        })?;
        let root = frontier.root();
        if root != head.root {
            return Err(Failure::Stop(StopReason::Damaged(format!(
                "the tiles of {} entries lead to another root than the stored one",
                head.size
            ))));
        }
        Ok(Self { frontier, root })
    }

    /// Follows the store, to which another node may have added. `true` when it has.
    pub(crate) fn follow(&mut self, store: &mut dyn LogStore, head: &Head) -> Result<bool, Failure> {
        let before = self.frontier.size();
        if head.size < before {
            return Err(Failure::Stop(StopReason::Shrunk { size: head.size, before }));
        }
        if head.size > before {
            *self = Self::load(store, head)?;
            return Ok(true);
        }
        if head.root != self.root {
            return Err(Failure::Stop(StopReason::Diverged { size: head.size }));
        }
        Ok(false)
    }
}

/// Makes a transaction durable. After an error other than "busy" nobody knows whether it is on the disk.
pub(crate) fn commit(store: &mut dyn LogStore) -> Result<(), Failure> {
    store.commit().map_err(|error| match error.kind {
        StoreErrorKind::Busy => Failure::Unchanged(error),
        StoreErrorKind::Lost | StoreErrorKind::Failed => Failure::Stop(StopReason::StoreFailed(error.what)),
    })
}

/// Runs the first of these acts, as many as one transaction takes, in one durable transaction; gives
/// one outcome for each that it took. An act that is refused leaves the others alone.
pub(crate) fn commit_batch<'a>(
    store: &mut dyn LogStore,
    edge: &mut Edge,
    acts: impl Iterator<Item = &'a Act>,
    now: i64,
) -> Result<(Vec<Outcome>, bool), Failure> {
    let head = store.begin()?;
    let followed = edge.follow(store, &head)?;
    let mut batch = Batch::new(&head, now);
    let mut outcomes = Vec::new();
    for act in acts {
        match batch.add(store, act, outcomes.is_empty())? {
            Some(outcome) => outcomes.push(outcome),
            None => break,
        }
    }
    if batch.leaves.is_empty() {
        // Nothing but refusals, or statements alone.
        commit(store)?;
        return Ok((outcomes, followed));
    }
    let mut frontier = edge.frontier.clone();
    batch.write.tiles = frontier.extend(&batch.leaves);
    let root = frontier.root();
    batch.write.head = Head { size: frontier.size(), last_at: batch.at, root };
    store.write(&batch.write)?;
    commit(store)?;
    *edge = Edge { frontier, root };
    Ok((outcomes, followed))
}

struct Batch {
    at: i64,
    write: WriteBatch,
    leaves: Vec<Hash32>,
    /// Bytes of entries and ciphertexts.
    bytes: usize,
    /// Counts of the subjects that this transaction has touched.
    versions: BTreeMap<String, u64>,
    payload_ids: BTreeSet<String>,
}

/// Where a batch stood before an act.
struct Mark {
    entries: usize,
    subjects: usize,
    payloads: usize,
    bytes: usize,
}

impl Batch {
    fn new(head: &Head, now: i64) -> Self {
        Self {
            at: now.max(head.last_at),
            write: WriteBatch { start: head.size, ..WriteBatch::default() },
            leaves: Vec::new(),
            bytes: 0,
            versions: BTreeMap::new(),
            payload_ids: BTreeSet::new(),
        }
    }

    /// Adds an act, or refuses it and leaves everything as it was. `None` when the transaction has no
    /// room for it; the first act always has.
    fn add(&mut self, store: &mut dyn LogStore, act: &Act, first: bool) -> Result<Option<Outcome>, Failure> {
        let entries = self.write.entries.len() + act.proposals.len();
        let bytes = self.bytes + act.payload_bytes();
        if !first && (entries > MAX_BATCH_ENTRIES || bytes > MAX_BATCH_BYTES) {
            return Ok(None);
        }
        if let Some(id) = self.taken_payload(store, act)? {
            return Ok(Some(Err(AppendError::PayloadExists { id })));
        }
        if !act.statements.is_empty()
            && let Err(reason) = store.run(&act.statements)?
        {
            return Ok(Some(Err(AppendError::Statement(reason))));
        }
        let mark = self.mark();
        let mut touched = BTreeMap::new();
        let outcome = self.propose_all(store, act, &mut touched, &mark)?;
        let full = !first && self.bytes > MAX_BATCH_BYTES;
        if outcome.is_err() || full {
            self.back_to(&mark);
        } else {
            self.versions.append(&mut touched);
            let ids = act.proposals.iter().flat_map(|proposal| &proposal.payloads);
            self.payload_ids.extend(ids.map(|(id, _)| id.clone()));
        }
        if !act.statements.is_empty() {
            if outcome.is_err() || full { store.unrun()? } else { store.keep()? }
        }
        Ok(if full && outcome.is_ok() { None } else { Some(outcome) })
    }

    /// A payload id of this act that stands twice in it, earlier in the transaction, or in the store.
    fn taken_payload(&self, store: &mut dyn LogStore, act: &Act) -> Result<Option<String>, StoreError> {
        let mut ids = BTreeSet::new();
        for (id, _) in act.proposals.iter().flat_map(|proposal| &proposal.payloads) {
            if self.payload_ids.contains(id) || !ids.insert(id.as_str()) {
                return Ok(Some(id.clone()));
            }
        }
        if ids.is_empty() {
            return Ok(None);
        }
        store.taken_payload(&ids.into_iter().collect::<Vec<_>>())
    }

    fn propose_all(
        &mut self,
        store: &mut dyn LogStore,
        act: &Act,
        touched: &mut BTreeMap<String, u64>,
        mark: &Mark,
    ) -> Result<Outcome, StoreError> {
        let mut recorded = Vec::with_capacity(act.proposals.len());
        for proposal in &act.proposals {
            match self.propose(store, proposal, touched)? {
                Ok(one) => recorded.push(one),
                Err(refusal) => return Ok(Err(refusal)),
            }
            let found = self.bytes - mark.bytes;
            if found > MAX_ACT_BYTES {
                return Ok(Err(AppendError::TooLarge { what: "bytes", max: MAX_ACT_BYTES, found }));
            }
        }
        Ok(Ok(recorded))
    }

    fn propose(
        &mut self,
        store: &mut dyn LogStore,
        proposal: &Proposal,
        touched: &mut BTreeMap<String, u64>,
    ) -> Result<Result<Recorded, AppendError>, StoreError> {
        let mut seqs = Vec::with_capacity(proposal.claims.len());
        for claim in &proposal.claims {
            let found = match touched.get(&claim.subject).or_else(|| self.versions.get(&claim.subject)) {
                Some(count) => *count,
                None => store.version(&claim.subject)?,
            };
            if let Some(expected) = claim.expected.filter(|expected| *expected != found) {
                return Ok(Err(AppendError::Conflict { subject: claim.subject.clone(), expected, found }));
            }
            touched.insert(claim.subject.clone(), found + 1);
            seqs.push(found + 1);
        }
        let slot = Slot { index: self.write.start + self.write.entries.len() as u64, at: self.at, seqs };
        let entry = match compose(proposal, &slot) {
            Ok(entry) if entry.len() <= MAX_ENTRY_BYTES => entry,
            Ok(entry) => return Ok(Err(AppendError::TooLong { max: MAX_ENTRY_BYTES, found: entry.len() })),
            Err(reason) => return Ok(Err(AppendError::Compose(reason))),
        };
        let leaf = leaf_hash(&entry);
        self.leaves.push(leaf);
        self.bytes += entry.len();
        self.write.entries.push(entry);
        for (id, payload) in &proposal.payloads {
            self.bytes += payload.len();
            self.write.payloads.push((id.clone(), payload.clone()));
        }
        for (claim, seq) in proposal.claims.iter().zip(&slot.seqs) {
            self.write.subjects.push((claim.subject.clone(), *seq, slot.index));
        }
        Ok(Ok(Recorded { index: slot.index, leaf, at: slot.at, seqs: slot.seqs }))
    }

    fn mark(&self) -> Mark {
        Mark {
            entries: self.write.entries.len(),
            subjects: self.write.subjects.len(),
            payloads: self.write.payloads.len(),
            bytes: self.bytes,
        }
    }

    fn back_to(&mut self, mark: &Mark) {
        self.write.entries.truncate(mark.entries);
        self.leaves.truncate(mark.entries);
        self.write.subjects.truncate(mark.subjects);
        self.write.payloads.truncate(mark.payloads);
        self.bytes = mark.bytes;
    }
}

/// Makes an entry's bytes. A panic in there refuses the act and no other.
fn compose(proposal: &Proposal, slot: &Slot) -> Result<Vec<u8>, String> {
    catch_unwind(AssertUnwindSafe(|| (proposal.compose)(slot)))
        .unwrap_or_else(|panic| Err(format!("it panicked: {}", panic_text(panic.as_ref()))))
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "without a text".to_owned())
}
