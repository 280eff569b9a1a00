//! The fixity check: everything that this installation holds is hashed again, every so many days, and what came
//! of it stands in the record. Counts and a root stand there; what is damaged is named to the operator alone,
//! because the hash of private content says something about it.

use crate::audit::Damage;
use crate::engine::{Engine, NewEvent};
use crate::error::{ActError, Fault};
use crate::keys::FIXITY_CHECKED;
use crate::rehash::{self, Held};
use rusqlite::OptionalExtension as _;
use scr_canon::{Hash32, sha256};
use scr_entry::{Commitment, CommitmentKind, Entry};
use scr_merkle::{Frontier, leaf_hash};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::time::Duration;

/// Days between two checks, where the settings say nothing else.
pub const FIXITY_DAYS: u16 = 30;
/// The subject of every check.
const FIXITY_SUBJECT: &str = "vault:fixity";
/// Things, and bytes of objects, that are hashed between two words to whoever waits.
const STEP_THINGS: u64 = 256;
const STEP_BYTES: usize = 64 << 20;
/// Damaged things that are named. More than that is one damage: of the disk.
const MAX_NAMED: usize = 100;
/// The file with what the last check found, in the installation's folder.
const FILE: &str = "last-fixity";
const MAX_FILE_BYTES: u64 = 1 << 20;
/// How long the views may take to catch up.
const VIEW_WAIT: Duration = Duration::from_secs(60);

/// What a check counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixityCounts {
    /// Entries that were hashed and compared with the tree.
    pub size: u64,
    /// Objects.
    pub objects: u64,
    /// Private fields that open and give the commitment of their entry.
    pub opened: u64,
    /// Private fields that were erased: nobody can test them any more, and that is as it should be.
    pub erased: u64,
    /// Private fields whose key is not here, and that were not erased: another node's, or lost.
    pub without_key: u64,
    /// Things that are damaged or missing.
    pub damaged: u64,
}

impl FixityCounts {
    /// Things that were looked at.
    pub fn all(&self) -> u64 {
        self.size + self.objects + self.opened + self.erased + self.without_key
    }
}

/// A thing that is damaged, for the operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Damaged {
    /// `SCR-INST-…`.
    pub code: String,
    /// In words.
    pub what: String,
    /// What names it: `object`, or `entry` and `field`, or `what`.
    pub args: BTreeMap<String, String>,
}

impl From<&Damage> for Damaged {
    fn from(damage: &Damage) -> Self {
        let args = match damage {
            Damage::Object { hash, .. } => vec![("object", hash.clone())],
            Damage::Payload { index, field, .. } => {
                vec![("entry", index.to_string()), ("field", field.clone())]
            }
            other => vec![("what", other.to_string())],
        };
        let args = args.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Self { code: damage.code().to_owned(), what: damage.to_string(), args }
    }
}

/// A check that came to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fixity {
    /// When it ended, in seconds since 1970, UTC.
    pub at: i64,
    /// The entry that states it; `None` when the log has stopped.
    pub entry: Option<u64>,
    /// What was counted.
    pub counts: FixityCounts,
    /// RFC 6962 root over the hashes of ciphertexts, in the order of the record, and of objects, in the
    /// order of their hashes.
    pub root: Hash32,
    /// The damaged things, at most a hundred.
    pub damaged: Vec<Damaged>,
}

/// The newest check in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixityStated {
    /// The entry that states it.
    pub entry: u64,
    /// When, in seconds since 1970, UTC.
    pub at: i64,
    /// What was counted.
    pub counts: FixityCounts,
}

impl Engine {
    /// Hashes again everything that is held, and records what came of it. `go_on` is told how many things of
    /// how many are done, many times a minute; when it says no, nothing is recorded and the answer is `None`.
    ///
    /// # Errors
    /// What cannot be read for other reasons than damage, and an act that was not recorded.
    pub fn check_fixity(&self, go_on: &mut dyn FnMut(u64, u64) -> bool) -> Result<Option<Fixity>, ActError> {
        let size = self.log().size()?;
        if !self.wait_for(size, VIEW_WAIT) {
            return Err(Fault::log(&"the views are behind, so what was erased is not known").into());
        }
        let all_objects: BTreeSet<Hash32> = self.objects().all()?.into_iter().map(|(hash, _)| hash).collect();
        let mut check = Check {
            engine: self,
            go_on,
            total: size + all_objects.len() as u64,
            done: 0,
            since: (0, 0),
            counts: FixityCounts { size, ..FixityCounts::default() },
            named: BTreeMap::new(),
            hashes: Frontier::new(),
            damaged: Vec::new(),
        };
        let came_to_its_end = check.entries()? && check.objects(all_objects)?;
        let (counts, root, damaged) = (check.counts, check.hashes.root(), check.damaged);
        if !came_to_its_end {
            return Ok(None);
        }
        let mut fixity = Fixity { at: self.clock().now(), entry: None, counts, root, damaged };
        if self.ledger().stopped().is_none() {
            let event = NewEvent::about(&FIXITY_CHECKED, FIXITY_SUBJECT, public(&fixity));
            let recorded = self.record_as_operator(&event)?;
            self.wait_for(recorded.index + 1, VIEW_WAIT);
            fixity.entry = Some(recorded.index);
        }
        fixity.write(&self.folder)?;
        Ok(Some(fixity))
    }

    /// The newest check that the record states.
    pub fn last_fixity(&self) -> Result<Option<FixityStated>, Fault> {
        self.read(stated)
    }
}

fn public(fixity: &Fixity) -> Value {
    let FixityCounts { size, objects, opened, erased, without_key, damaged } = fixity.counts;
    json!({"size": size, "objects": objects, "opened": opened, "erased": erased, "without_key": without_key,
        "damaged": damaged, "root": fixity.root})
}

/// The newest check among the entries that the views hold.
pub(crate) fn stated(views: &rusqlite::Connection) -> rusqlite::Result<Option<FixityStated>> {
    let mut query = views.prepare_cached(
        "SELECT idx, at, public FROM engine_event WHERE kind = ?1 ORDER BY idx DESC LIMIT 1",
    )?;
    let row = query.query_row([FIXITY_CHECKED.name], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
    });
    Ok(row.optional()?.map(|(entry, at, public)| FixityStated {
        entry: entry.cast_unsigned(),
        at,
        // Its other fields are passed by.
        counts: serde_json::from_str(&public).unwrap_or_default(),
    }))
}

impl Fixity {
    /// Writes it down for the operator, whole or not at all.
    fn write(&self, folder: &Path) -> Result<(), Fault> {
        let fault = |e: &dyn std::fmt::Display| Fault::log(&format!("{FILE}: {e}"));
        let text = serde_json::to_string_pretty(self).map_err(|e| fault(&e))?;
        let beside = folder.join(format!("{FILE}.new"));
        let written = File::create(&beside).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&beside, folder.join(FILE))
        });
        written.map_err(|e| fault(&e))
    }

    /// What the last check on this machine found; `None` when there was none.
    pub fn read(folder: &Path) -> std::io::Result<Option<Self>> {
        let path = folder.join(FILE);
        match path.metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
            Ok(data) if data.len() > MAX_FILE_BYTES => {
                return Err(std::io::Error::other(format!("{FILE} is longer than 1 MiB")));
            }
            Ok(_) => {}
        }
        serde_json::from_slice(&std::fs::read(path)?).map(Some).map_err(std::io::Error::other)
    }
}

struct Check<'a> {
    engine: &'a Engine,
    go_on: &'a mut dyn FnMut(u64, u64) -> bool,
    total: u64,
    done: u64,
    /// Things and bytes since the last word.
    since: (u64, usize),
    counts: FixityCounts,
    /// Objects that entries name, each with the first of these.
    named: BTreeMap<Hash32, u64>,
    hashes: Frontier,
    damaged: Vec<Damaged>,
}

impl Check<'_> {
    fn damage(&mut self, damage: &Damage) {
        tracing::error!(code = damage.code(), %damage, "the fixity check found damage");
        self.counts.damaged += 1;
        if self.damaged.len() < MAX_NAMED {
            self.damaged.push(Damaged::from(damage));
        }
    }

    fn hash(&mut self, hash: &Hash32) {
        drop(self.hashes.extend(&[leaf_hash(&hash.0)]));
    }

    /// Counts so many things and bytes; false when the check is to end.
    fn step(&mut self, things: u64, bytes: usize) -> bool {
        self.done += things;
        self.since = (self.since.0 + things, self.since.1 + bytes);
        if self.since.0 < STEP_THINGS && self.since.1 < STEP_BYTES && self.done < self.total {
            return true;
        }
        self.since = (0, 0);
        (self.go_on)(self.done, self.total)
    }

    /// A damage is counted, also where the disk gives nothing; a store that is away ends the check.
    fn noted<T>(&mut self, result: Result<T, Damage>) -> Result<Option<T>, Fault> {
        match result {
            Ok(value) => Ok(Some(value)),
            Err(Damage::Away(what)) => Err(Fault::log(&what)),
            Err(damage) => {
                self.damage(&damage);
                Ok(None)
            }
        }
    }

    fn entries(&mut self) -> Result<bool, Fault> {
        let (reader, size) = (self.engine.log(), self.counts.size);
        let mut first = 0;
        while first < size {
            let next = ((first / 256 + 1) * 256).min(size);
            let leaves = rehash::leaves(reader, first, size).map_err(|damage| match damage {
                Damage::Unreadable(what) => {
                    Damage::Unreadable(format!("entries {first} to {}: {what}", next - 1))
                }
                other => other,
            });
            if let Some((entries, damages)) = self.noted(leaves)? {
                damages.iter().for_each(|damage| self.damage(damage));
                for (index, bytes) in (first..).zip(&entries) {
                    self.entry(index, bytes)?;
                }
            }
            if !self.step(next - first, 0) {
                return Ok(false);
            }
            first = next;
        }
        Ok(true)
    }

    fn entry(&mut self, index: u64, bytes: &[u8]) -> Result<(), Fault> {
        let Ok(entry) = Entry::parse(bytes) else { return Ok(()) };
        for (name, value) in entry.public() {
            let is_object = name == "object" || name.ends_with("_object");
            if let Some(hash) = value.as_str().filter(|_| is_object).and_then(|text| text.parse().ok()) {
                self.named.entry(hash).or_insert(index);
            }
        }
        for commitment in entry.commitments().iter().filter(|one| one.k == CommitmentKind::Blob) {
            self.private(index, commitment)?;
        }
        Ok(())
    }

    fn private(&mut self, index: u64, commitment: &Commitment) -> Result<(), Fault> {
        let id = commitment.h.to_hex();
        let ciphertext = self.engine.log().payload(&id).map_err(|error| match Damage::from(error) {
            Damage::Unreadable(_) => {
                let what = "its ciphertext cannot be read";
                Damage::Payload { index, field: commitment.n.clone(), what }
            }
            other => other,
        });
        let Some(ciphertext) = self.noted(ciphertext)? else { return Ok(()) };
        if let Some(ciphertext) = &ciphertext {
            self.hash(&sha256(ciphertext));
        }
        let held = rehash::private_field(&self.engine.vault, index, commitment, ciphertext.as_deref());
        match self.noted(held)? {
            Some(Held::Opened) => self.counts.opened += 1,
            Some(Held::WithoutKey) if self.is_erased(&id)? => self.counts.erased += 1,
            Some(Held::WithoutKey) => self.counts.without_key += 1,
            None => {}
        }
        Ok(())
    }

    fn is_erased(&self, id: &str) -> Result<bool, Fault> {
        self.engine.read(|views| {
            let sql = "SELECT 1 FROM engine_private WHERE payload = ?1 AND erased IS NOT NULL";
            views.prepare_cached(sql)?.exists([id])
        })
    }

    fn objects(&mut self, all: BTreeSet<Hash32>) -> Result<bool, Fault> {
        for (hash, index) in std::mem::take(&mut self.named) {
            if !all.contains(&hash) && self.engine.objects().size(&hash)?.is_none() {
                let what = format!("entry {index} names it, and it is not here");
                self.damage(&Damage::Object { hash: hash.to_hex(), what });
            }
        }
        for hash in all {
            let mut goes_on = true;
            let engine = self.engine;
            let found = rehash::object(engine.objects(), &hash, &mut |bytes| {
                goes_on = self.step(0, bytes);
                goes_on
            });
            match found {
                Ok(Some(found)) => {
                    self.counts.objects += 1;
                    self.hash(&found);
                    if found != hash {
                        let what = "it was altered".to_owned();
                        self.damage(&Damage::Object { hash: hash.to_hex(), what });
                    }
                }
                // Litter that was swept away meanwhile.
                Ok(None) => {}
                // A store that is away is not damaged: the check is made again later.
                Err(error) if error.is_away() => return Err(error.into()),
                Err(error) => {
                    self.counts.objects += 1;
                    self.damage(&Damage::Object { hash: hash.to_hex(), what: error.to_string() });
                }
            }
            if !goes_on || !self.step(1, 0) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
