//! What two signed checkpoints of one log show when they do not fit.

use crate::remote::{Remote, RemoteError};
use scr_canon::Hash32;
use scr_merkle::tile::{TileKind, TilePath, TileSource};
use scr_merkle::{HashReader, ProofError, consistency_proof, subtree_root, verify_consistency};
use scr_note::Checkpoint;
use scr_verify::{SPLIT_VIEW, SplitView};

/// A signed checkpoint, and its text as it was served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The whole note.
    pub note: String,
}

/// The other server's tiles of hashes. They are not trusted: what is computed from them must lead to a
/// signed root.
pub struct RemoteTiles<'a>(pub &'a dyn Remote);

/// A tile could not be had, or does not fit.
#[derive(Debug)]
pub enum TileFault {
    /// The server did not give it.
    Remote(RemoteError),
    /// It is missing, or has the wrong length.
    Proof(ProofError),
}

impl From<ProofError> for TileFault {
    fn from(error: ProofError) -> Self {
        Self::Proof(error)
    }
}

impl TileSource for RemoteTiles<'_> {
    type Error = TileFault;

    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, TileFault> {
        let missing = || TileFault::Proof(ProofError::Tile(path.to_string()));
        let mut bytes = resource(self.0, path).map_err(TileFault::Remote)?.ok_or_else(missing)?;
        let wanted = usize::from(path.width()) * 32;
        if bytes.len() < wanted {
            return Err(missing());
        }
        bytes.truncate(wanted);
        Ok(bytes)
    }
}

/// A tile or bundle; where a log keeps the full one only, that stands in for the partial one.
pub fn resource(remote: &dyn Remote, path: &TilePath) -> Result<Option<Vec<u8>>, RemoteError> {
    let max_bytes = match path.kind() {
        TileKind::Hashes(_) => 256 * 32,
        TileKind::Entries => crate::remote::MAX_BUNDLE_BYTES,
    };
    let found = remote.get(&format!("/log/tile/{path}"), max_bytes)?;
    if found.is_some() || path.width() == 256 {
        return Ok(found);
    }
    let full = match path.kind() {
        TileKind::Entries => TilePath::entries(path.index(), 256),
        TileKind::Hashes(level) => TilePath::hashes(level, path.index(), 256),
    };
    full.map_or(Ok(None), |full| remote.get(&format!("/log/tile/{full}"), max_bytes))
}

/// How the tree of `newer` stands to the tree of `older`, which is not larger and not empty.
pub enum Relation {
    /// The older one is its beginning.
    Extends,
    /// It is not, and this file shows it to anybody.
    Contradicts(SplitView),
    /// The tiles do not lead to the newer checkpoint's root: nothing can be shown.
    Unproven(String),
}

/// Compares, by hashes of the newer tree: the other server's, or our own.
pub fn relation<R: HashReader>(hashes: &R, older: &Signed, newer: &Signed) -> Result<Relation, R::Error> {
    let (old, new) = (&older.checkpoint, &newer.checkpoint);
    if old.size == new.size {
        return Ok(if old.root == new.root {
            Relation::Extends
        } else {
            Relation::Contradicts(evidence(older, newer, None, Vec::new()))
        });
    }
    let prefix = subtree_root(hashes, 0, old.size)?;
    let proof = consistency_proof(hashes, old.size, new.size)?;
    if let Err(error) = verify_consistency(&proof, old.size, new.size, &prefix, &new.root) {
        return Ok(Relation::Unproven(error.to_string()));
    }
    Ok(if prefix == old.root {
        Relation::Extends
    } else {
        Relation::Contradicts(evidence(older, newer, Some(prefix), proof))
    })
}

fn evidence(older: &Signed, newer: &Signed, prefix_root: Option<Hash32>, proof: Vec<Hash32>) -> SplitView {
    SplitView {
        evidence: SPLIT_VIEW.to_owned(),
        first: older.note.clone(),
        second: newer.note.clone(),
        prefix_root,
        proof,
    }
}
