//! One transaction: from acts that wait to entries in their places.

use crate::act::{Act, AppendError, Proposal, Recorded, Slot};
use crate::store::{Head, LogStore, StoreError, WriteBatch};
use scr_canon::Hash32;
use scr_merkle::tile::MAX_ENTRY_BYTES;
use scr_merkle::{Frontier, ProofError, leaf_hash};
use std::collections::BTreeMap;

/// What became of an act.
pub(crate) type Outcome = Result<Vec<Recorded>, AppendError>;

impl From<ProofError> for StoreError {
    fn from(error: ProofError) -> Self {
        Self(error.to_string())
    }
}

/// The tree's edge, as the store has it inside the current transaction.
pub(crate) fn load_frontier(store: &mut dyn LogStore, size: u64) -> Result<Frontier, StoreError> {
    Frontier::load(size, |path| {
        store
            .tile(path.level_number(), path.index())?
            .ok_or_else(|| StoreError(format!("tile {path} is missing")))
    })
}

/// Runs acts in one durable transaction. An act that is refused leaves the others alone. On `Err`
/// nothing was acknowledged and nobody knows what the disk holds.
pub(crate) fn commit_batch(
    store: &mut dyn LogStore,
    frontier: &mut Frontier,
    acts: &[Act],
    now: i64,
) -> Result<Vec<Outcome>, StoreError> {
    let head = store.begin()?;
    if frontier.size() != head.size {
        *frontier = load_frontier(store, head.size)?;
    }
    let mut batch = Batch::new(head, now);
    let mut outcomes = Vec::with_capacity(acts.len());
    for act in acts {
        outcomes.push(batch.add(store, act)?);
    }
    if batch.leaves.is_empty() {
        // Nothing but refusals, or statements alone.
        store.commit()?;
        return Ok(outcomes);
    }
    let mut grown = frontier.clone();
    batch.write.tiles = grown.extend(&batch.leaves);
    batch.write.head = Head { size: grown.size(), last_at: batch.at };
    store.write(&batch.write)?;
    store.commit()?;
    *frontier = grown;
    Ok(outcomes)
}

struct Batch {
    at: i64,
    write: WriteBatch,
    leaves: Vec<Hash32>,
    /// Counts of the subjects that this transaction has touched.
    versions: BTreeMap<String, u64>,
}

impl Batch {
    fn new(head: Head, now: i64) -> Self {
        let write = WriteBatch { start: head.size, ..WriteBatch::default() };
        Self { at: now.max(head.last_at), write, leaves: Vec::new(), versions: BTreeMap::new() }
    }

    /// Adds an act, or refuses it and leaves everything as it was.
    fn add(&mut self, store: &mut dyn LogStore, act: &Act) -> Result<Outcome, StoreError> {
        if !act.statements.is_empty()
            && let Err(reason) = store.run(&act.statements)?
        {
            return Ok(Err(AppendError::Statement(reason)));
        }
        let marks = (self.write.entries.len(), self.write.subjects.len(), self.write.payloads.len());
        let mut recorded = Vec::with_capacity(act.proposals.len());
        let mut touched: BTreeMap<String, u64> = BTreeMap::new();
        for proposal in &act.proposals {
            match self.propose(store, proposal, &mut touched)? {
                Ok(one) => recorded.push(one),
                Err(refusal) => {
                    self.write.entries.truncate(marks.0);
                    self.leaves.truncate(marks.0);
                    self.write.subjects.truncate(marks.1);
                    self.write.payloads.truncate(marks.2);
                    if !act.statements.is_empty() {
                        store.unrun()?;
                    }
                    return Ok(Err(refusal));
                }
            }
        }
        self.versions.append(&mut touched);
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
        let bytes = match (proposal.compose)(&slot) {
            Ok(bytes) if bytes.len() <= MAX_ENTRY_BYTES => bytes,
            Ok(bytes) => return Ok(Err(AppendError::TooLong { max: MAX_ENTRY_BYTES, found: bytes.len() })),
            Err(reason) => return Ok(Err(AppendError::Compose(reason))),
        };
        let leaf = leaf_hash(&bytes);
        self.leaves.push(leaf);
        self.write.entries.push(bytes);
        self.write.payloads.extend(proposal.payloads.iter().cloned());
        for (claim, seq) in proposal.claims.iter().zip(&slot.seqs) {
            self.write.subjects.push((claim.subject.clone(), *seq, slot.index));
        }
        Ok(Ok(Recorded { index: slot.index, leaf, at: slot.at, seqs: slot.seqs }))
    }
}
