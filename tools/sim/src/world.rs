//! One history: nodes on one database, people who act, and what goes wrong, all from one seed.

use crate::check::{self, Broken};
use crate::disk::{Calls, Disk, DiskStore, Fault};
use crate::net::{HONEST, Net, Tree};
use crate::random::Random;
use crate::rounds::Mutation;
use scr_canon::Hash32;
use scr_ledger::{
    Act, AppendError, Claim, Guard, LedgerConfig, Proposal, Recorded, Slot, Stepper, StopReason,
};
use scr_note::{Algorithm, Note, SignerKey, VerifierKey};
use scr_witness::Board;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(crate) const ORIGIN: &str = "sim.example/log";
const MOST_NODES: usize = 3;
const SUBJECTS: u64 = 5;
/// One of so many signatures is followed by a round at once.
const ROUND_AFTER_SIGNING: u64 = 1;
/// The network goes in one of so many losses of power that a disk did not survive.
const NETWORK_LOSES_POWER: u64 = 3;

/// How honest the disk of a history is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hardware {
    /// What it has acknowledged outlives everything.
    Honest,
    /// It acknowledges before it has written; a loss of power undoes that.
    Lies,
    /// And leaves pieces of what it undoes.
    LiesAndTears,
}

/// How a history ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// All that was acknowledged is there, and everything fits.
    Sound,
    /// The disk lost acknowledged entries before they were signed: they are gone, and nothing that was
    /// signed is contradicted.
    LostUnsigned,
    /// The disk lost what was signed, and the log refuses to sign.
    Refused,
    /// The same, because a witness showed at the start what this node's guard did not know.
    RefusedByOthers,
    /// The same, but nobody who knows could be asked at the start: the log went on until one was heard.
    StoppedLater,
    /// The disk left pieces, and an audit of the log names the first.
    Named,
    /// The disk lost what another node had signed, before any witness had seen it: only readers who keep that
    /// signature can tell.
    KnownOutside,
}

/// For the guards. In memory where the system has such a folder: nothing here loses power for real.
fn folder() -> std::io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}

pub(crate) struct Node {
    pub(crate) stepper: Stepper,
    calls: Arc<Mutex<Calls>>,
    guard: PathBuf,
    pub(crate) board: Arc<Board>,
    /// The largest tree that it has signed, or was told of when it was added: its guard must know.
    knows: u64,
}

/// The state of a history.
pub(crate) struct World {
    pub(crate) random: Random,
    pub(crate) mutation: Mutation,
    pub(crate) net: Net,
    pub(crate) disk: Arc<Mutex<Disk>>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) clock: Arc<AtomicI64>,
    pub(crate) key: Arc<SignerKey>,
    made: u64,
    hardware: Hardware,
    /// Acts of which nobody knows whether they happened; they are tried again with the same identity.
    unknown: Vec<String>,
    pub(crate) lost: bool,
    pub(crate) acknowledged: BTreeMap<String, (u64, Hash32)>,
    pub(crate) refused: BTreeSet<String>,
    pub(crate) signed: BTreeMap<u64, Hash32>,
    /// Trees that were signed over what was lost, while nobody who knows could be asked.
    pub(crate) forked: Vec<Tree>,
    /// The leaves under each tree that witnesses were shown.
    pub(crate) trees: BTreeMap<Tree, Vec<Hash32>>,
    /// Trees that have met the quorum.
    pub(crate) met: Vec<Tree>,
    pub(crate) told: u64,
    pub(crate) rounds: u64,
    /// After all that has files in it.
    folder: tempfile::TempDir,
}

impl World {
    pub(crate) fn new(seed: u64, hardware: Hardware, mutation: Mutation) -> Result<Self, Broken> {
        let mut random = Random::new(seed);
        let disk_random = Random::new(random.next());
        let lies = hardware != Hardware::Honest;
        let disk = Disk::new(lies, hardware == Hardware::LiesAndTears, disk_random);
        let key = SignerKey::from_seed(ORIGIN, Algorithm::Ed25519, &[1; 32]).map_err(|e| e.to_string())?;
        let folder = folder().map_err(|e| e.to_string())?;
        let clock = Arc::new(AtomicI64::new(1_800_000_000));
        let net = Net::new(folder.path(), key.verifier(), &clock, &mut random)?;
        let mut world = Self {
            random,
            mutation,
            net,
            disk: Arc::new(Mutex::new(disk)),
            nodes: Vec::new(),
            clock,
            key: Arc::new(key),
            made: 0,
            hardware,
            unknown: Vec::new(),
            lost: false,
            acknowledged: BTreeMap::new(),
            refused: BTreeSet::new(),
            signed: BTreeMap::new(),
            forked: Vec::new(),
            trees: BTreeMap::new(),
            met: Vec::new(),
            told: 0,
            rounds: 0,
            folder,
        };
        world.add_node()?;
        // What one node has signed another's guard does not know: that is what a disk that lies can hide.
        if lies {
            world.add_node()?;
        }
        Ok(world)
    }

    /// One thing happens; `Some` when the history is over.
    pub(crate) fn step(&mut self) -> Result<Option<End>, Broken> {
        let node = self.random.place(self.nodes.len());
        match self.random.below(26) {
            0 => self.arm(node),
            1 => return self.restart(node),
            2 if self.random.one_in(2) => return self.lose_power(),
            3 => self.add_or_remove(node)?,
            4 => self.move_clock(),
            5..=8 => {
                self.sign(node)?;
                self.see_checkpoint()?;
                // A round follows a new checkpoint.
                if self.random.one_in(ROUND_AFTER_SIGNING) {
                    return self.round(node);
                }
            }
            9 => return self.round(node),
            10 | 11 => self.net.change(&mut self.random, self.mutation == Mutation::Forgetful)?,
            _ => self.act(node)?,
        }
        self.see_checkpoint()?;
        if self.nodes.iter().all(|node| node.stepper.stopped().is_some()) {
            return self.restart(0);
        }
        Ok(None)
    }

    /// The end of the story: everything restarts once more and is looked at as a whole.
    pub(crate) fn finish(&mut self) -> Result<End, Broken> {
        while self.nodes.len() > 1 {
            self.nodes.pop();
        }
        if let Some(end) = self.restart(0)? {
            return Ok(end);
        }
        // No clock that went back stands in the way of this.
        self.clock.fetch_add(3_600, Ordering::SeqCst);
        self.sign(0)?;
        self.see_checkpoint()?;
        self.look_at_all()?;
        self.net.heal();
        if let Some(end) = self.round(0)? {
            return Ok(end);
        }
        self.all_have_cosigned()?;
        Ok(if self.lost { End::LostUnsigned } else { End::Sound })
    }

    /// Once the network works again, whoever is honest has cosigned what there is.
    fn all_have_cosigned(&self) -> Result<(), Broken> {
        let node = &self.nodes[0];
        let size = node.stepper.reader().checkpoint().map_err(|e| e.to_string())?.map_or(0, |c| c.size);
        match node.board.standings().iter().take(HONEST).find(|standing| standing.size != size) {
            Some(late) => {
                Err(format!("{} has cosigned {} of {size}: {:?}", late.witness.name, late.size, late.detail))
            }
            None => Ok(()),
        }
    }

    fn config(&self, guard: PathBuf, seen: Vec<scr_ledger::Sighting>) -> LedgerConfig {
        let clock = Arc::clone(&self.clock);
        LedgerConfig {
            origin: ORIGIN.to_owned(),
            log_key: Arc::clone(&self.key),
            cosigners: Vec::new(),
            now: Arc::new(move || clock.load(Ordering::SeqCst)),
            guard: (self.mutation != Mutation::NoGuard).then_some(guard),
            seen,
            checkpoint_every: Duration::ZERO,
            republish_every: Duration::ZERO,
        }
    }

    fn open(&self, guard: PathBuf, board: Arc<Board>, knows: u64) -> Result<Node, Broken> {
        let calls = Arc::new(Mutex::new(Calls::default()));
        let store = DiskStore::new(Arc::clone(&self.disk), Arc::clone(&calls));
        let stepper = Stepper::open(Box::new(store), self.config(guard.clone(), self.ask(&board)))
            .map_err(|e| e.to_string())?;
        Ok(Node { stepper, calls, guard, board, knows })
    }

    fn board(&self, guard: &Path) -> Result<Arc<Board>, Broken> {
        let policy = crate::net::policy(self.key.verifier())?;
        let board = Board::open(policy, &guard.with_extension("rounds"));
        board.map(Arc::new).map_err(|e| e.to_string())
    }

    /// A new node gets its guard from the last checkpoint, as the guide says.
    fn add_node(&mut self) -> Result<(), Broken> {
        self.made += 1;
        let guard = self.folder.path().join(format!("{}-guard", self.made));
        if let Some((size, root)) = self.signed.last_key_value() {
            let checkpoint = scr_note::Checkpoint::new(ORIGIN, *size, *root);
            Guard::at(&guard).write(&checkpoint).map_err(|e| e.to_string())?;
        }
        let board = self.board(&guard)?;
        let knows = self.signed.last_key_value().map_or(0, |(size, _)| *size);
        self.nodes.push(self.open(guard, board, knows)?);
        // A writer signs as soon as it has started.
        self.sign(self.nodes.len() - 1)?;
        self.see_checkpoint()
    }

    fn add_or_remove(&mut self, node: usize) -> Result<(), Broken> {
        if self.nodes.len() < MOST_NODES && self.random.one_in(2) {
            return self.add_node();
        }
        if self.nodes.len() > 1 {
            self.nodes.remove(node);
        }
        Ok(())
    }

    fn arm(&mut self, node: usize) {
        let fault = [Fault::Busy, Fault::Lost, Fault::Failed, Fault::Die][self.random.place(4)];
        let calls = self.random.below(12);
        if let Ok(mut own) = self.nodes[node].calls.lock() {
            own.arm(calls, fault);
        }
    }

    /// Mostly forward; back by what is tolerated, and once in a while by more.
    fn move_clock(&mut self) {
        let by = [1, 1, 7, 3_600, -1, -2, -30][self.random.place(7)];
        self.clock.fetch_add(by, Ordering::SeqCst);
    }

    fn sign(&mut self, node: usize) -> Result<(), Broken> {
        let stored =
            |world: &Self| world.disk.lock().map(|disk| disk.image.checkpoint.clone()).ok().flatten();
        let before = stored(self);
        self.nodes[node].stepper.sign();
        let after = stored(self);
        if let (None, true, Some((size, ..))) = (self.nodes[node].stepper.stopped(), before != after, after) {
            self.nodes[node].knows = size;
        }
        let size = self.nodes[node].stepper.reader().size().map_err(|e| e.to_string())?;
        let index = self.random.below(size);
        if self.nodes[node].stepper.stopped().is_none() && size > 0 {
            check::proof(self.nodes[node].stepper.reader(), index)?;
        }
        Ok(())
    }

    /// Up to five acts at once: new ones, and those whose fate is unknown.
    pub(crate) fn act(&mut self, node: usize) -> Result<(), Broken> {
        let mut ids: Vec<(String, bool)> = Vec::new();
        for _ in 0..=self.random.below(5) {
            if !self.unknown.is_empty() && self.random.one_in(2) {
                let at = self.random.place(self.unknown.len());
                ids.push((self.unknown.swap_remove(at), false));
            } else {
                self.made += 1;
                ids.push((format!("act{}", self.made), self.random.one_in(8)));
            }
        }
        let acts = ids.iter().map(|(id, wrong)| self.new_act(id, *wrong)).collect();
        let outcomes = self.nodes[node].stepper.commit(acts);
        for ((id, wrong), outcome) in ids.into_iter().zip(outcomes) {
            self.told += 1;
            self.take(id, wrong, outcome)?;
        }
        Ok(())
    }

    fn take(
        &mut self,
        id: String,
        wrong: bool,
        outcome: Result<Vec<Recorded>, AppendError>,
    ) -> Result<(), Broken> {
        match outcome {
            Ok(_) if wrong => return Err(format!("{id} was based on a wrong count and is accepted")),
            Ok(recorded) => {
                let one = recorded.first().ok_or("an acknowledged act without an entry")?;
                if self.acknowledged.insert(id.clone(), (one.index, one.leaf)).is_some() {
                    return Err(format!("{id} is acknowledged twice"));
                }
            }
            // It had happened: its own subject has an entry.
            Err(AppendError::Conflict { .. }) if !wrong => {}
            Err(AppendError::Stopped(StopReason::StoreFailed(_))) if !wrong => self.unknown.push(id),
            Err(_) => {
                if !self.may_be_there(&id) {
                    self.refused.insert(id);
                }
            }
        }
        Ok(())
    }

    /// An act that was tried before and may have happened then.
    fn may_be_there(&self, id: &str) -> bool {
        self.disk.lock().is_ok_and(|disk| disk.image.history.contains_key(id))
    }

    /// An act counts on its own subject that it is the first about it: whoever tries it again is refused
    /// when it has happened.
    fn new_act(&mut self, id: &str, wrong: bool) -> Act {
        let subject = format!("s{}", self.random.below(SUBJECTS));
        let claims = vec![
            Claim { subject: id.to_owned(), expected: Some(if wrong { 7 } else { 0 }) },
            Claim { subject: subject.clone(), expected: None },
        ];
        let own = id.to_owned();
        let compose = Arc::new(move |slot: &Slot| {
            let counts =
                slot.seqs.iter().zip([&own, &subject]).map(|(seq, subject)| format!("{subject}={seq}"));
            let counts: Vec<String> = counts.collect();
            Ok(format!("{own}|{}|{}|{}.", slot.index, slot.at, counts.join(",")).into_bytes())
        });
        Act { proposals: vec![Proposal { claims, compose, payloads: Vec::new() }], statements: Vec::new() }
    }

    /// The process dies and starts again.
    fn restart(&mut self, node: usize) -> Result<Option<End>, Broken> {
        let Node { guard, board, knows, .. } = &self.nodes[node];
        let (guard, mut board, knows) = (guard.clone(), Arc::clone(board), *knows);
        if self.random.one_in(3) {
            board = self.board(&guard)?;
        }
        self.nodes[node] = self.open(guard, board, knows)?;
        self.after_start(node)
    }

    /// All processes die, and the disk shows what it has really kept.
    fn lose_power(&mut self) -> Result<Option<End>, Broken> {
        let gone = self.disk.lock().map_err(|e| e.to_string())?.lose_power();
        if gone > 0 {
            if self.hardware == Hardware::Honest {
                return Err("an honest disk lost something".to_owned());
            }
            self.lost = true;
        }
        // The network may be without power as well.
        if gone > 0 && self.random.one_in(NETWORK_LOSES_POWER) {
            self.net.cut_all();
        }
        let first = self.random.place(self.nodes.len());
        for node in (first..self.nodes.len()).chain(0..first) {
            if let Some(end) = self.restart(node)? {
                return Ok(Some(end));
            }
        }
        Ok(None)
    }

    /// A log on an honest disk goes on after each start. On another it goes on, refuses, or its damage
    /// is named; it never goes on against what was signed.
    fn after_start(&mut self, node: usize) -> Result<Option<End>, Broken> {
        if let Some(reason) = self.nodes[node].stepper.stopped() {
            if !self.lost {
                return Err(format!("the log does not start: {reason}"));
            }
            return match reason {
                StopReason::RolledBack { .. } | StopReason::Diverged { .. } | StopReason::Damaged(_) => {
                    Ok(Some(End::Refused))
                }
                StopReason::SignedElsewhere { .. } | StopReason::TwoHistories { .. } => {
                    self.signed_is_contradicted()?;
                    Ok(Some(End::RefusedByOthers))
                }
                other => Err(format!("another reason than the loss: {other}")),
            };
        }
        let shared = Arc::clone(&self.disk);
        let disk = shared.lock().map_err(|e| e.to_string())?;
        let whole = check::whole(&disk.image);
        match whole {
            Err(named) if self.lost && self.hardware == Hardware::LiesAndTears => {
                drop(named);
                Ok(Some(End::Named))
            }
            Err(broken) => Err(broken),
            Ok(leaves) => {
                if let Err(broken) = check::signed(self, &leaves) {
                    drop(disk);
                    // Its guard knows what this node has signed: only another node's signature may be unknown.
                    let largest = self.signed.last_key_value().map_or(0, |(size, _)| *size);
                    return if self.lost && self.nodes[node].knows < largest {
                        self.goes_on_without(node, &leaves).map(Some)
                    } else {
                        Err(broken)
                    };
                }
                if self.lost {
                    drop(disk);
                    self.forget_what_is_gone(&leaves);
                }
                Ok(None)
            }
        }
    }

    /// What the disk lost unsigned is gone; the promises to those people are broken, and `verify` says so.
    fn forget_what_is_gone(&mut self, leaves: &[Hash32]) {
        let there = |index: &u64, leaf: &Hash32| {
            usize::try_from(*index).ok().and_then(|index| leaves.get(index)) == Some(leaf)
        };
        self.acknowledged.retain(|_, (index, leaf)| there(index, leaf));
    }

    /// Whatever is served was signed by the log's key, and one size has one root for ever.
    fn see_checkpoint(&mut self) -> Result<(), Broken> {
        let note = self.disk.lock().map_err(|e| e.to_string())?.image.checkpoint.clone();
        let Some((size, root, note)) = note else { return Ok(()) };
        let parsed: Note = note.parse().map_err(|e| format!("the checkpoint: {e}"))?;
        let keys: &[VerifierKey] = std::slice::from_ref(self.key.verifier());
        parsed.open(keys).map_err(|e| format!("the checkpoint: {e}"))?;
        match self.signed.insert(size, root) {
            Some(before) if before != root => Err(format!("{size} entries are signed with two roots")),
            _ => Ok(()),
        }
    }

    fn look_at_all(&self) -> Result<(), Broken> {
        let disk = self.disk.lock().map_err(|e| e.to_string())?;
        let leaves = check::whole(&disk.image)?;
        check::signed(self, &leaves)?;
        check::promises(self, &leaves, &disk.image)
    }
}
