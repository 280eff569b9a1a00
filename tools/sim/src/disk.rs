//! A database on a disk that fails when it is told to, and may lie about what it has kept.

use crate::random::Random;
use scr_canon::Hash32;
use scr_ledger::{Head, LogReader, LogStore, Put, Statement, StoreError, StoreErrorKind, Totals, WriteBatch};
use scr_note::Checkpoint;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

/// A disk that lies writes for real in one of so many cases.
const SYNCS: u64 = 20;

/// What stands in the database.
#[derive(Debug, Clone, Default)]
pub(crate) struct Image {
    pub(crate) head: Head,
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) tiles: BTreeMap<(u8, u64), Vec<u8>>,
    pub(crate) history: BTreeMap<String, Vec<u64>>,
    pub(crate) payloads: BTreeMap<String, Vec<u8>>,
    pub(crate) checkpoint: Option<(u64, Hash32, String)>,
}

/// One transaction.
#[derive(Debug, Clone, Default)]
struct Transaction {
    batches: Vec<WriteBatch>,
    checkpoint: Option<(Checkpoint, String)>,
}

impl Image {
    fn apply(&mut self, transaction: &Transaction) {
        for batch in &transaction.batches {
            self.entries.extend(batch.entries.iter().cloned());
            for (subject, _, index) in &batch.subjects {
                self.history.entry(subject.clone()).or_default().push(*index);
            }
            self.payloads.extend(batch.payloads.iter().cloned());
            self.put_tiles(batch);
            self.head = batch.head;
        }
        if let Some((checkpoint, note)) = &transaction.checkpoint {
            self.checkpoint = Some((checkpoint.size, checkpoint.root, note.clone()));
        }
    }

    fn put_tiles(&mut self, batch: &WriteBatch) {
        let tiles = batch.tiles.iter().map(|tile| ((tile.level, tile.index), tile.bytes.clone()));
        self.tiles.extend(tiles);
    }

    /// A transaction of which the power left only pieces.
    fn tear(&mut self, transaction: &Transaction, random: &mut Random) {
        for batch in &transaction.batches {
            if random.one_in(2) {
                self.head = batch.head;
            }
            if random.one_in(2) {
                self.put_tiles(batch);
            }
            let kept = random.place(batch.entries.len() + 1);
            self.entries.extend(batch.entries.iter().take(kept).cloned());
            if let Some(last) = self.entries.last_mut().filter(|_| kept > 0 && random.one_in(2)) {
                let half = last.len() / 2;
                last.truncate(half);
            }
        }
    }
}

/// What goes wrong at a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Another writer is in the way.
    Busy,
    /// The connection breaks.
    Lost,
    /// A write or sync fails.
    Failed,
    /// The process dies.
    Die,
}

/// What one machine's database is.
pub(crate) struct Disk {
    pub(crate) image: Image,
    /// What a loss of power leaves.
    durable: Image,
    /// Acknowledged, and not yet durable on a disk that lies.
    unsynced: Vec<Transaction>,
    /// It says "synced" before it has.
    pub(crate) lies: bool,
    /// Pieces of the first transaction that is lost may remain.
    pub(crate) tears: bool,
    pub(crate) random: Random,
}

impl Disk {
    pub(crate) fn new(lies: bool, tears: bool, random: Random) -> Self {
        let (image, durable) = (Image::default(), Image::default());
        Self { image, durable, unsynced: Vec::new(), lies, tears, random }
    }

    fn commit(&mut self, transaction: Transaction) {
        self.image.apply(&transaction);
        self.unsynced.push(transaction);
        if !self.lies || self.random.one_in(SYNCS) {
            self.durable = self.image.clone();
            self.unsynced.clear();
        }
    }

    /// The power fails: how many acknowledged transactions are gone.
    pub(crate) fn lose_power(&mut self) -> usize {
        let waiting = std::mem::take(&mut self.unsynced);
        let kept = self.random.place(waiting.len() + 1);
        self.image = self.durable.clone();
        for transaction in &waiting[..kept] {
            self.image.apply(transaction);
        }
        if self.tears
            && let Some(torn) = waiting.get(kept)
        {
            self.image.tear(torn, &mut self.random);
        }
        self.durable = self.image.clone();
        waiting.len() - kept
    }
}

/// A fault that waits for its call.
#[derive(Debug, Clone, Copy)]
struct Armed {
    calls: u64,
    fault: Fault,
}

/// The calls of one process.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    armed: Option<Armed>,
    /// The process is dead: whatever it still calls does nothing.
    pub(crate) dead: bool,
}

impl Calls {
    /// After so many calls this happens.
    pub(crate) fn arm(&mut self, calls: u64, fault: Fault) {
        self.armed = Some(Armed { calls, fault });
    }

    fn fault(&mut self) -> Option<Fault> {
        if self.dead {
            return Some(Fault::Die);
        }
        let armed = self.armed.as_mut()?;
        if armed.calls > 0 {
            armed.calls -= 1;
            return None;
        }
        let fault = armed.fault;
        self.armed = None;
        self.dead = fault == Fault::Die;
        Some(fault)
    }
}

/// The store of one process on the shared database.
#[derive(Clone)]
pub(crate) struct DiskStore {
    disk: Arc<Mutex<Disk>>,
    calls: Arc<Mutex<Calls>>,
    pending: Transaction,
}

impl DiskStore {
    pub(crate) fn new(disk: Arc<Mutex<Disk>>, calls: Arc<Mutex<Calls>>) -> Self {
        Self { disk, calls, pending: Transaction::default() }
    }

    fn disk(&self) -> Result<MutexGuard<'_, Disk>, StoreError> {
        self.disk.lock().map_err(|_| StoreError::failed("the simulation panicked"))
    }

    fn call(&self) -> Result<(), StoreError> {
        let fault = self.calls.lock().map_err(|_| StoreError::failed("the simulation panicked"))?.fault();
        match fault {
            None => Ok(()),
            Some(fault) => Err(error(fault)),
        }
    }
}

fn error(fault: Fault) -> StoreError {
    let (kind, what) = match fault {
        Fault::Busy => (StoreErrorKind::Busy, "another writer"),
        Fault::Lost => (StoreErrorKind::Lost, "the connection broke"),
        Fault::Failed => (StoreErrorKind::Failed, "the disk is full"),
        Fault::Die => (StoreErrorKind::Failed, "the process is dead"),
    };
    StoreError { kind, what: what.to_owned() }
}

impl LogStore for DiskStore {
    fn begin(&mut self) -> Result<Head, StoreError> {
        self.pending = Transaction::default();
        self.call()?;
        Ok(self.disk()?.image.head)
    }

    fn version(&mut self, subject: &str) -> Result<u64, StoreError> {
        self.call()?;
        LogReader::version(self, subject)
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        self.call()?;
        LogReader::tile(self, level, index)
    }

    fn taken_payload(&mut self, ids: &[&str]) -> Result<Option<String>, StoreError> {
        self.call()?;
        let disk = self.disk()?;
        Ok(ids.iter().find(|id| disk.image.payloads.contains_key(**id)).map(|id| (*id).to_owned()))
    }

    fn run(&mut self, _: &[Statement]) -> Result<Result<(), String>, StoreError> {
        Ok(Err("no operational tables here".to_owned()))
    }

    fn keep(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn unrun(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn write(&mut self, batch: &WriteBatch) -> Result<(), StoreError> {
        self.call()?;
        self.pending.batches.push(batch.clone());
        Ok(())
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        let was_dead = self.calls.lock().is_ok_and(|calls| calls.dead);
        let called = self.call();
        let transaction = std::mem::take(&mut self.pending);
        let mut disk = self.disk()?;
        // After another error than "busy" nobody knows at this point whether it happened.
        let unknown = called.as_ref().is_err_and(|error| error.kind != StoreErrorKind::Busy);
        if called.is_ok() || (unknown && !was_dead && disk.random.one_in(2)) {
            disk.commit(transaction);
        }
        called
    }

    fn rollback(&mut self) -> Result<(), StoreError> {
        self.pending = Transaction::default();
        self.call()
    }

    fn checkpoint(&mut self) -> Result<Option<String>, StoreError> {
        self.call()?;
        LogReader::checkpoint(self)
    }

    fn put_checkpoint(&mut self, checkpoint: &Checkpoint, note: &str) -> Result<Put, StoreError> {
        self.call()?;
        let kept = self.disk()?.image.checkpoint.as_ref().map(|(size, root, _)| (*size, *root));
        Ok(match kept {
            Some((size, _)) if size > checkpoint.size => Put::LargerKept(size),
            Some((size, root)) if size == checkpoint.size && root != checkpoint.root => Put::OtherRoot,
            _ => {
                self.pending.checkpoint = Some((checkpoint.clone(), note.to_owned()));
                Put::Kept
            }
        })
    }

    fn reader(&self) -> Arc<dyn LogReader> {
        Arc::new(self.clone())
    }
}

impl LogReader for DiskStore {
    fn size(&self) -> Result<u64, StoreError> {
        Ok(self.disk()?.image.head.size)
    }

    fn entries(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, StoreError> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        Ok(self.disk()?.image.entries.iter().skip(from).take(limit).cloned().collect())
    }

    fn tile(&self, level: u8, index: u64) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.disk()?.image.tiles.get(&(level, index)).cloned())
    }

    fn checkpoint(&self) -> Result<Option<String>, StoreError> {
        Ok(self.disk()?.image.checkpoint.as_ref().map(|(_, _, note)| note.clone()))
    }

    fn version(&self, subject: &str) -> Result<u64, StoreError> {
        Ok(self.disk()?.image.history.get(subject).map_or(0, |history| history.len() as u64))
    }

    fn history(&self, subject: &str, after: u64, limit: usize) -> Result<Vec<(u64, u64)>, StoreError> {
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let disk = self.disk()?;
        let history = disk.image.history.get(subject).map(Vec::as_slice).unwrap_or_default();
        Ok((1..).zip(history.iter().copied()).skip(after).take(limit).collect())
    }

    fn payloads(&self, ids: &[&str]) -> Result<BTreeMap<String, Vec<u8>>, StoreError> {
        let disk = self.disk()?;
        let found = ids.iter().filter_map(|id| disk.image.payloads.get_key_value(*id));
        Ok(found.map(|(id, bytes)| (id.clone(), bytes.clone())).collect())
    }

    fn totals(&self) -> Result<Totals, StoreError> {
        let disk = self.disk()?;
        let image = &disk.image;
        Ok(Totals {
            head: image.head,
            counters: image.history.values().map(|history| history.len() as u64).sum(),
            payloads: image.payloads.len() as u64,
            checkpoint: image.checkpoint.as_ref().map(|(size, root, _)| (*size, *root)),
        })
    }
}
