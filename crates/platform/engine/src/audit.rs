//! What stands beside the signed log, compared with its entries: the tail that is not signed yet, counters,
//! head, private content and objects. It reads only. (The log itself: `scr_verify::fsck`.)

use crate::installation::Installation;
use crate::rehash::{self, Held};
use scr_canon::Hash32;
use scr_core::Entropy;
use scr_entry::{Commitment, CommitmentKind, Entry};
use scr_ledger::{LedgerReader, ReadError, StoreErrorKind, Totals, lock_file};
use scr_merkle::tile::{FULL_WIDTH, TilePath};
use scr_merkle::{Frontier, leaf_hash};
use scr_objects::Objects;
use scr_vault::Vault;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was compared.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Audit {
    /// Entries, those after the last checkpoint included.
    pub entries: u64,
    /// Counters of subjects.
    pub counters: u64,
    /// Private fields that were opened and give their commitment.
    pub opened: u64,
    /// Private fields whose key is destroyed.
    pub erased: u64,
    /// Objects that have the hash in their name.
    pub objects: u64,
    /// False while a server works in the folder: then no private field was opened.
    pub keys: bool,
}

/// The first thing that does not fit.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// It could not be read: the disk gives nothing, or something of another form.
    #[error("SCR-INST-001: {0}")]
    Unreadable(String),
    /// The store is away or busy, and may be there another time.
    #[error("SCR-INST-001: {0}")]
    Away(String),
    /// An entry, tile or root.
    #[error("SCR-INST-002: {0}")]
    Tree(String),
    /// The table of counters.
    #[error("SCR-INST-003: the counters of {subject}: {what}")]
    Counter {
        /// Whose.
        subject: String,
        /// In words.
        what: String,
    },
    /// Head or checkpoint, as the tables state them.
    #[error("SCR-INST-004: {0}")]
    Head(String),
    /// The content of a private field.
    #[error("SCR-INST-005: the private field {field} of entry {index}: {what}")]
    Payload {
        /// Which entry.
        index: u64,
        /// Its field.
        field: String,
        /// In words.
        what: &'static str,
    },
    /// Ciphertexts that no entry names.
    #[error("SCR-INST-005: {0} ciphertexts belong to no entry")]
    Payloads(u64),
    /// An object.
    #[error("SCR-INST-006: object {hash}: {what}")]
    Object {
        /// Its hash, hexadecimal.
        hash: String,
        /// In words.
        what: String,
    },
}

impl Damage {
    /// The stable code (docs/reference/errors/inst.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) | Self::Away(_) => "SCR-INST-001",
            Self::Tree(_) => "SCR-INST-002",
            Self::Counter { .. } => "SCR-INST-003",
            Self::Head(_) => "SCR-INST-004",
            Self::Payload { .. } | Self::Payloads(_) => "SCR-INST-005",
            Self::Object { .. } => "SCR-INST-006",
        }
    }
}

impl From<ReadError> for Damage {
    fn from(error: ReadError) -> Self {
        match &error {
            ReadError::Store(store) if store.kind != StoreErrorKind::Failed => Self::Away(error.to_string()),
            _ => Self::Unreadable(error.to_string()),
        }
    }
}

fn unreadable(error: &dyn std::fmt::Display) -> Damage {
    Damage::Unreadable(error.to_string())
}

impl Installation {
    /// Compares everything beside the signed log with the entries.
    ///
    /// # Errors
    /// The first damage.
    pub fn audit(&self, reader: &LedgerReader, entropy: Arc<dyn Entropy>) -> Result<Audit, Damage> {
        // Without the lock a server works here, and its keys are its own.
        let lock = lock_file(&self.folder().join("lock")).map_err(|e| unreadable(&e))?;
        let vault = lock.is_some().then(|| self.vault(entropy)).transpose().map_err(|e| unreadable(&e))?;
        let mut auditor = Auditor {
            totals: reader.totals()?,
            reader,
            report: Audit { keys: vault.is_some(), ..Audit::default() },
            vault,
            frontier: Frontier::new(),
            counters: BTreeMap::new(),
            payloads: BTreeSet::new(),
            named: BTreeMap::new(),
            last_at: 0,
        };
        auditor.entries()?;
        auditor.head()?;
        auditor.counters()?;
        let extra = auditor.totals.payloads.abs_diff(auditor.payloads.len() as u64);
        if extra > 0 {
            return Err(Damage::Payloads(extra));
        }
        auditor.objects(&self.objects().map_err(|e| unreadable(&e))?)?;
        Ok(auditor.report)
    }
}

struct Auditor<'a> {
    reader: &'a LedgerReader,
    totals: Totals,
    report: Audit,
    vault: Option<Vault>,
    frontier: Frontier,
    /// Indices of the entries about each subject.
    counters: BTreeMap<String, Vec<u64>>,
    /// Ciphertexts that are here.
    payloads: BTreeSet<String>,
    /// Objects that public entries name, each with the first of these.
    named: BTreeMap<Hash32, u64>,
    last_at: i64,
}

impl Auditor<'_> {
    /// Every entry against its tile, and everything that it names.
    fn entries(&mut self) -> Result<(), Damage> {
        let size = self.totals.head.size;
        while self.frontier.size() < size {
            let first = self.frontier.size();
            let (entries, damages) = rehash::leaves(self.reader, first, size)?;
            if let Some(damage) = damages.into_iter().next() {
                return Err(damage);
            }
            let leaves: Vec<Hash32> = entries.iter().map(|entry| leaf_hash(entry)).collect();
            for (index, bytes) in (first..).zip(&entries) {
                self.entry(index, bytes)?;
            }
            for update in self.frontier.extend(&leaves) {
                if update.bytes.len() == FULL_WIDTH * 32 {
                    let path = TilePath::hashes(update.level, update.index, 256);
                    self.tile(path, &update.bytes)?;
                }
            }
        }
        for path in TilePath::edge(size) {
            let bytes: Vec<u8> =
                self.frontier.unfinished(path.level_number()).iter().flat_map(|hash| hash.0).collect();
            self.tile(Some(path), &bytes)?;
        }
        if self.reader.entries(size, 1)?.is_empty() {
            return Ok(());
        }
        Err(Damage::Tree(format!("entry {size} stands beyond the {size} entries that the head states")))
    }

    fn tile(&self, path: Option<TilePath>, wanted: &[u8]) -> Result<(), Damage> {
        let Some(path) = path else { return Ok(()) };
        if rehash::tile(self.reader, Some(path))? == wanted {
            return Ok(());
        }
        Err(Damage::Tree(format!("tile/{path} differs from what the entries give")))
    }

    fn entry(&mut self, index: u64, bytes: &[u8]) -> Result<(), Damage> {
        self.report.entries += 1;
        let entry = Entry::parse(bytes).map_err(|e| Damage::Tree(format!("entry {index}: {e}")))?;
        self.last_at = entry.at();
        for (subject, count) in entry.counts() {
            let indices = self.counters.entry(subject.clone()).or_default();
            indices.push(index);
            if *count != indices.len() as u64 {
                let what = format!("entry {index} counts {count}, the next number is {}", indices.len());
                return Err(Damage::Counter { subject: subject.clone(), what });
            }
        }
        for (name, value) in entry.public() {
            let is_object = name == "object" || name.ends_with("_object");
            if let Some(hash) = value.as_str().filter(|_| is_object).and_then(|text| text.parse().ok()) {
                self.named.entry(hash).or_insert(index);
            }
        }
        entry.commitments().iter().try_for_each(|commitment| self.private(index, commitment))
    }

    /// A private field: its ciphertext opens, and gives its commitment.
    fn private(&mut self, index: u64, commitment: &Commitment) -> Result<(), Damage> {
        if commitment.k != CommitmentKind::Blob {
            return Ok(());
        }
        let id = commitment.h.to_hex();
        let ciphertext = self.reader.payload(&id)?;
        if ciphertext.is_some() {
            self.payloads.insert(id);
        }
        let Some(vault) = &self.vault else { return Ok(()) };
        match rehash::private_field(vault, index, commitment, ciphertext.as_deref())? {
            Held::Opened => self.report.opened += 1,
            Held::WithoutKey => self.report.erased += 1,
        }
        Ok(())
    }

    fn head(&self) -> Result<(), Damage> {
        let head = self.totals.head;
        if self.frontier.root() != head.root {
            return Err(Damage::Head("the head states another root than the entries give".to_owned()));
        }
        if head.size > 0 && head.last_at != self.last_at {
            return Err(Damage::Head("the head states another time than the last entry".to_owned()));
        }
        let noted = self.reader.checkpoint()?.map(|checkpoint| (checkpoint.size, checkpoint.root));
        // A server that works here may have signed another meanwhile.
        if noted != self.totals.checkpoint && noted != self.reader.totals()?.checkpoint {
            return Err(Damage::Head("size and root beside the checkpoint are not those in it".to_owned()));
        }
        Ok(())
    }

    /// The table of counters states for each subject exactly the entries about it.
    fn counters(&mut self) -> Result<(), Damage> {
        for (subject, indices) in &self.counters {
            let damage = |what: String| Damage::Counter { subject: subject.clone(), what };
            let mut counted = 0_u64;
            for (position, index) in (1..).zip(indices) {
                // Each is asked for by its number, so that neither a gap nor a repetition is passed over.
                let row = self.reader.history(subject, position - 1, 1)?.pop();
                if row != Some((position, *index)) {
                    return Err(damage(format!("number {position} is not entry {index}")));
                }
                counted = position;
            }
            self.report.counters += counted;
        }
        if self.totals.counters == self.report.counters {
            return Ok(());
        }
        let what = format!("{} rows for {} counters", self.totals.counters, self.report.counters);
        Err(Damage::Counter { subject: "all subjects".to_owned(), what })
    }

    fn objects(&mut self, objects: &Objects) -> Result<(), Damage> {
        let damage = |hash: &Hash32, what: String| Damage::Object { hash: hash.to_hex(), what };
        let mut here = BTreeSet::new();
        for (hash, _) in objects.all().map_err(|e| unreadable(&e))? {
            let found = rehash::object(objects, &hash, &mut |_| true).map_err(|e| unreadable(&e))?;
            if found.is_some_and(|found| found != hash) {
                return Err(damage(&hash, "it was altered".to_owned()));
            }
            here.insert(hash);
        }
        if let Some((hash, index)) = self.named.iter().find(|(hash, _)| !here.contains(*hash)) {
            return Err(damage(hash, format!("entry {index} names it, and it is not here")));
        }
        self.report.objects = here.len() as u64;
        Ok(())
    }
}
