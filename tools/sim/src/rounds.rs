//! What nodes and witnesses say to each other, and what must hold of it.

use crate::check::{Broken, continues, tree_hash};
use crate::net::Tree;
use crate::world::{End, Node, World};
use scr_canon::Hash32;
use scr_ledger::{LedgerReader, Sighting, StopReason};
use scr_merkle::{leaf_hash, verify_inclusion};
use scr_note::{Checkpoint, Note};
use scr_witness::{Board, Keeping, LogSide};
use std::sync::atomic::Ordering;

/// What a simulation leaves out, to show that it would be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// Nothing: the program as it is.
    None,
    /// The guard is not written.
    NoGuard,
    /// Nobody is asked at the start.
    NoComparison,
    /// What witnesses show while the log runs does not stop it.
    NoStop,
    /// Witnesses that start again have forgotten what they saw.
    Forgetful,
}

fn sighting(kept: Keeping) -> Sighting {
    Sighting { by: kept.by, note: kept.note }
}

impl World {
    /// What is kept elsewhere, as a server asks before it opens its log.
    pub(crate) fn ask(&self, board: &Board) -> Vec<Sighting> {
        self.net.forget_what_was_shown();
        let kept = board.kept_elsewhere(crate::world::ORIGIN, &[self.key.verifier().clone()], &self.net);
        let heard = self.mutation != Mutation::NoComparison;
        kept.into_iter().filter(|_| heard).map(sighting).collect()
    }

    /// One node asks all witnesses; what they show under the log's own key is held against the log.
    pub(crate) fn round(&mut self, node: usize) -> Result<Option<End>, Broken> {
        if self.nodes[node].stepper.stopped().is_some() {
            return Ok(None);
        }
        self.ask_for_cosignatures(node)?;
        self.cosigned_fit()?;
        match self.nodes[node].stepper.stopped() {
            None => Ok(None),
            Some(reason) if !self.lost => Err(format!("a witness stopped a sound log: {reason}")),
            Some(StopReason::SignedElsewhere { .. } | StopReason::TwoHistories { .. }) => {
                self.signed_is_contradicted()?;
                Ok(Some(End::StoppedLater))
            }
            Some(other) => Err(format!("another reason than what was shown: {other}")),
        }
    }

    fn ask_for_cosignatures(&mut self, node: usize) -> Result<(), Broken> {
        let Some(note) = self.nodes[node].stepper.reader().checkpoint_note().map_err(|e| e.to_string())?
        else {
            return Ok(());
        };
        let checkpoint = checkpoint_of(&note)?;
        if checkpoint.size == 0 {
            return Ok(());
        }
        self.remember(&checkpoint)?;
        let Node { stepper, board, .. } = &self.nodes[node];
        let keys = [self.key.verifier().clone()];
        let reader = stepper.reader().clone();
        let prove = move |old, new| reader.consistency(old, new).map_err(|e| e.to_string());
        let side = LogSide { note: &note, keys: &keys, prove: &prove };
        let now = self.clock.load(Ordering::SeqCst);
        let before = board.met();
        board.round(&side, &self.net, now).map_err(|e| e.to_string())?;
        self.rounds += 1;
        let mut met = None;
        if let Some(new) = board.met().filter(|new| before.as_ref() != Some(new)) {
            board.policy().check(&new.note).map_err(|e| format!("what is said to meet the policy: {e}"))?;
            receipt(stepper.reader(), &new.note, self.random.below(new.size))?;
            met = Some(checkpoint_of(&new.note)?);
        }
        if self.mutation != Mutation::NoStop {
            for alarm in board.alarms() {
                let by = board.name_of(&alarm.vkey);
                let Some(note) = alarm.shown else { continue };
                stepper.confront(&Sighting { by, note }).map_err(|e| e.to_string())?;
            }
        }
        self.met.extend(met.map(|checkpoint| (checkpoint.size, checkpoint.root)));
        Ok(())
    }

    /// The leaves under a tree that is shown to witnesses: its root is theirs.
    fn remember(&mut self, checkpoint: &Checkpoint) -> Result<(), Broken> {
        let tree = (checkpoint.size, checkpoint.root);
        if self.trees.contains_key(&tree) {
            return Ok(());
        }
        let disk = self.disk.lock().map_err(|e| e.to_string())?;
        let size = usize::try_from(checkpoint.size).unwrap_or(usize::MAX);
        let entries = disk.image.entries.get(..size);
        let leaves: Vec<Hash32> = entries.unwrap_or_default().iter().map(|entry| leaf_hash(entry)).collect();
        if tree_hash(&leaves) != checkpoint.root {
            return Err(format!("the signed root of {size} entries is not theirs"));
        }
        drop(disk);
        self.trees.insert(tree, leaves);
        Ok(())
    }

    /// No honest witness has cosigned two trees that contradict each other, and no two trees that do have
    /// both met the quorum.
    fn cosigned_fit(&self) -> Result<(), Broken> {
        for (number, mut peer) in (0..).zip(self.net.honest()) {
            let new = &peer.cosigned[peer.compared.saturating_sub(1)..];
            self.one_history(new).map_err(|what| format!("w{number} has cosigned {what}"))?;
            peer.compared = peer.cosigned.len();
        }
        let mut met = self.met.clone();
        met.sort_by_key(|(size, _)| *size);
        self.one_history(&met).map_err(|what| format!("the quorum has confirmed {what}"))
    }

    fn one_history(&self, trees: &[Tree]) -> Result<(), Broken> {
        for pair in trees.windows(2) {
            let (older, newer) = (self.trees.get(&pair[0]), self.trees.get(&pair[1]));
            let (Some(older), Some(newer)) = (older, newer) else {
                return Err("a tree that was never shown".to_owned());
            };
            if !newer.starts_with(older) {
                return Err(format!("{} entries, and then {} of another history", pair[0].0, pair[1].0));
            }
        }
        Ok(())
    }

    /// A log that witnesses have stopped has lost what was signed.
    pub(crate) fn signed_is_contradicted(&self) -> Result<(), Broken> {
        let leaves = self.leaves()?;
        let forked = self.forked.iter().map(|(size, root)| (size, root));
        if self.signed.iter().chain(forked).all(|(size, root)| continues(&leaves, *size, root)) {
            return Err("a witness stopped a log that continues all that was signed".to_owned());
        }
        Ok(())
    }

    fn leaves(&self) -> Result<Vec<Hash32>, Broken> {
        let disk = self.disk.lock().map_err(|e| e.to_string())?;
        Ok(disk.image.entries.iter().map(|entry| leaf_hash(entry)).collect())
    }

    /// The log goes on without what was signed. That may be only when nobody who knows was heard; and it
    /// ends as soon as somebody who knows is.
    pub(crate) fn goes_on_without(&mut self, node: usize, leaves: &[Hash32]) -> Result<End, Broken> {
        for (number, peer) in (0..).zip(self.net.honest()) {
            if let Some((size, root)) = peer.showed
                && !continues(leaves, size, &root)
            {
                return Err(format!("w{number} shows {size} entries, and the log starts without them"));
            }
        }
        // It may grow over what is gone, with the same key. An empty log says nothing to anybody.
        self.clock.fetch_add(3_600, Ordering::SeqCst);
        let mut grows = self.random.one_in(2);
        while grows
            || self.nodes[node].stepper.reader().checkpoint().is_ok_and(|c| c.is_none_or(|c| c.size == 0))
        {
            self.act(node)?;
            self.nodes[node].stepper.sign();
            grows = false;
            let checkpoint = self.nodes[node].stepper.reader().checkpoint().map_err(|e| e.to_string())?;
            self.forked.extend(checkpoint.map(|checkpoint| (checkpoint.size, checkpoint.root)));
        }
        self.net.heal();
        let leaves = self.leaves()?;
        let knows = |tree: Tree| !continues(&leaves, tree.0, &tree.1);
        let known = self.net.honest().filter_map(|peer| peer.keeps()).filter(|tree| knows(*tree)).count();
        let end = self.round(node)?;
        match (known, end) {
            (0, None) => Ok(End::KnownOutside),
            (_, Some(end)) => Ok(end),
            (known, None) => Err(format!("{known} witnesses keep another tree, and the log goes on")),
        }
    }
}

/// The receipt of an entry under a checkpoint with cosignatures.
fn receipt(reader: &LedgerReader, note: &str, index: u64) -> Result<(), Broken> {
    let checkpoint = checkpoint_of(note)?;
    let proof = reader.proof_under(index, note.to_owned()).map_err(|e| format!("no receipt: {e}"))?;
    let leaf = leaf_hash(proof.extra.as_deref().unwrap_or_default());
    verify_inclusion(&proof.hashes, index, checkpoint.size, &leaf, &checkpoint.root)
        .map_err(|e| format!("the receipt of entry {index} does not verify: {e}"))
}

fn checkpoint_of(note: &str) -> Result<Checkpoint, Broken> {
    let note: Note = note.parse().map_err(|e| format!("{e}"))?;
    note.text.parse().map_err(|e| format!("{e}"))
}
