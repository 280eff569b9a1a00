//! A copy of somebody else's log: the same entries at the same places, under that log's own signatures.
//! Nothing is signed here.

use crate::batch::{Edge, Failure, commit};
use crate::reader::LedgerReader;
use crate::start::check_last_entry;
use crate::store::{Head, LogStore, Put, StoreError, WriteBatch};
use scr_canon::Hash32;
use scr_merkle::{Frontier, leaf_hash};
use scr_note::{Checkpoint, Note};

/// The replica cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplicaError {
    /// The store failed; nothing of the batch is kept, or all of it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is stored does not fit together.
    #[error("the stored copy is damaged: {0}")]
    Damaged(String),
    /// The entries do not lead to the root that was proven.
    #[error("the entries lead to another root than the one that was proven")]
    Root,
    /// A checkpoint is not kept: a larger one is, or one of this size with another root.
    #[error("the copy holds another checkpoint of the same size, or a larger one")]
    Checkpoint,
}

impl From<Failure> for ReplicaError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Unchanged(error) => Self::Store(error),
            Failure::Stop(reason) => Self::Damaged(reason.to_string()),
        }
    }
}

/// Entries that follow on what the replica holds. Whoever adds them has checked them.
#[derive(Debug, Clone, Default)]
pub struct ReplicaBatch {
    /// Their bytes, as the log serves them.
    pub entries: Vec<Vec<u8>>,
    /// (subject, count, index), one for each subject of each entry.
    pub subjects: Vec<(String, u64, u64)>,
    /// Time of the last one, in seconds since 1970, UTC.
    pub last_at: i64,
}

/// The writing side of a replica. One thread uses it.
pub struct Replica {
    store: Box<dyn LogStore>,
    reader: LedgerReader,
    edge: Edge,
}

impl Replica {
    /// Opens a replica: its tiles must lead to its root, its last entry to its leaf, and its tree must
    /// contain the tree of the checkpoint that it keeps.
    pub fn open(mut store: Box<dyn LogStore>) -> Result<Self, ReplicaError> {
        let head = store.begin()?;
        let edge = Edge::load(store.as_mut(), &head);
        store.rollback()?;
        let edge = edge?;
        let reader = LedgerReader::new(store.reader());
        let damaged = |what: &dyn std::fmt::Display| ReplicaError::Damaged(what.to_string());
        check_last_entry(&reader, head.size).map_err(|reason| damaged(&reason))?;
        if let Some(kept) = reader.checkpoint().map_err(|e| damaged(&e))? {
            crate::start::check_extends(&reader, head.size, kept.size, &kept.root)
                .map_err(|reason| damaged(&reason))?;
        }
        Ok(Self { store, reader, edge })
    }

    /// The reading side.
    pub fn reader(&self) -> &LedgerReader {
        &self.reader
    }

    /// Entries that it holds.
    pub fn size(&self) -> u64 {
        self.edge.frontier.size()
    }

    /// Root of the tree over them.
    pub fn root(&self) -> Hash32 {
        self.edge.root
    }

    /// The root that the tree would have with these entries behind it.
    pub fn root_with(&self, entries: &[Vec<u8>]) -> Hash32 {
        grown(&self.edge.frontier, entries).0.root()
    }

    /// Adds entries, in one durable transaction. `root` is the root that somebody has proven for them.
    pub fn extend(&mut self, batch: ReplicaBatch, root: &Hash32) -> Result<(), ReplicaError> {
        let head = self.store.begin()?;
        let (edge, write) = match self.prepare(&head, batch, root) {
            Ok(prepared) => prepared,
            Err(error) => {
                self.store.rollback()?;
                return Err(error);
            }
        };
        if let Err(error) = self.store.write(&write) {
            self.store.rollback()?;
            return Err(error.into());
        }
        commit(self.store.as_mut())?;
        self.edge = edge;
        Ok(())
    }

    fn prepare(
        &mut self,
        head: &Head,
        batch: ReplicaBatch,
        root: &Hash32,
    ) -> Result<(Edge, WriteBatch), ReplicaError> {
        self.edge.follow(self.store.as_mut(), head)?;
        let (frontier, tiles) = grown(&self.edge.frontier, &batch.entries);
        if frontier.root() != *root {
            return Err(ReplicaError::Root);
        }
        let head = Head { size: frontier.size(), last_at: batch.last_at, root: *root };
        let write = WriteBatch {
            start: self.edge.frontier.size(),
            entries: batch.entries,
            subjects: batch.subjects,
            payloads: Vec::new(),
            tiles,
            head,
        };
        Ok((Edge { frontier, root: *root }, write))
    }

    /// Keeps the log's signed checkpoint, whose tree the replica must hold. From then on it is served.
    pub fn keep_checkpoint(&mut self, note: &str) -> Result<(), ReplicaError> {
        let damaged = |what: &dyn std::fmt::Display| ReplicaError::Damaged(what.to_string());
        let parsed: Note = note.parse().map_err(|e| damaged(&e))?;
        let checkpoint: Checkpoint = parsed.text.parse().map_err(|e| damaged(&e))?;
        crate::start::check_extends(&self.reader, self.size(), checkpoint.size, &checkpoint.root)
            .map_err(|reason| damaged(&reason))?;
        self.store.begin()?;
        match self.store.put_checkpoint(&checkpoint, note) {
            Ok(Put::Kept) => Ok(commit(self.store.as_mut())?),
            Ok(_) => {
                self.store.rollback()?;
                Err(ReplicaError::Checkpoint)
            }
            Err(error) => {
                self.store.rollback()?;
                Err(error.into())
            }
        }
    }
}

/// The frontier with entries behind it, and the tiles that they change.
fn grown(frontier: &Frontier, entries: &[Vec<u8>]) -> (Frontier, Vec<scr_merkle::TileUpdate>) {
    let leaves: Vec<Hash32> = entries.iter().map(|entry| leaf_hash(entry)).collect();
    let mut frontier = frontier.clone();
    let tiles = frontier.extend(&leaves);
    (frontier, tiles)
}
