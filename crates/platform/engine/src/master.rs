//! The vault's master key in its file, and the way to another one that can be cut off anywhere.
//!
//! | file in `keys/` | what |
//! |---|---|
//! | `vault` | the master key; in installations made before there was this file, `secret` serves as one |
//! | `vault.next` | the next one: on every node, durable, before anything is wrapped by it |
//!
//! The database of keys changes in one transaction, so one of the two opens it, and that one counts. Which generation
//! the database is of it says itself; what the record states of it follows, at the next start if need be.

use crate::engine::{Engine, NewEvent};
use crate::error::{ActError, Fault};
use crate::installation::{Installation, InstallationError, error, write_secret};
use crate::key_home::{destroy, overwrite, sync_folder};
use crate::keys::VAULT_KEY_ROTATED;
use scr_canon::sha256;
use scr_core::{Entropy, Refusal, RefusalKind};
use scr_entry::Entry;
use scr_vault::{Inspection, Master, MasterKeys, Told, VaultError};
use serde_json::{Value, json};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

static SETTLING: Mutex<()> = Mutex::new(());

/// The subject of every rotation.
const SUBJECT: &str = "vault:key";

/// A rotation that has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotated {
    /// The generation of the master key from now on.
    pub generation: u64,
    /// Private contents whose keys were wrapped anew.
    pub payloads: u64,
    /// The entry that states it; `None` where the log has stopped, or could not take it yet.
    pub entry: Option<u64>,
    /// False where bytes of the old wrapping still stand in the database's files; every start tries again.
    pub rewritten: bool,
}

/// What people compare by telephone: of the master key, and of the next one where one was prepared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MasterPrints {
    /// Of the key in use; `None` where it cannot be read.
    pub current: Option<String>,
    /// Of the next one.
    pub next: Option<String>,
}

/// The files of the master key.
pub(crate) struct MasterFiles {
    keys: PathBuf,
    /// Whether a new key that is in use takes the place of the old one.
    settles: bool,
}

impl MasterFiles {
    pub(crate) fn of(data: &Path) -> Self {
        Self { keys: data.join("keys"), settles: true }
    }

    /// The same, leaving every file where it is: something is wrapped by the old key still.
    pub(crate) fn unsettled(self) -> Self {
        Self { settles: false, ..self }
    }

    fn current(&self) -> PathBuf {
        let own = self.keys.join("vault");
        if own.exists() { own } else { self.keys.join("secret") }
    }

    pub(crate) fn next_path(&self) -> PathBuf {
        self.keys.join("vault.next")
    }

    /// The next master key, where one was prepared.
    fn next(&self) -> Result<Option<Master>, InstallationError> {
        let path = self.next_path();
        if path.exists() { read_master(&path).map(Some) } else { Ok(None) }
    }

    /// Makes the next master key. It is whole and durable, or not there.
    fn prepare(&self, entropy: &dyn Entropy) -> Result<Master, InstallationError> {
        let (next, part) = (Zeroizing::new(entropy.bytes::<32>()), self.keys.join("vault.next.part"));
        destroy(&part)?;
        write_master(&part, &next)?;
        let path = self.next_path();
        std::fs::rename(&part, &path).map_err(|e| error(&path, &e))?;
        sync_folder(&path)?;
        Ok(next)
    }

    /// Gives the next master key the place of the old one, and destroys that. What is overwritten is the file that had
    /// the name before: whoever comes second finds no next key to rename, and overwrites nothing.
    fn put_in_place(&self) -> Result<(), InstallationError> {
        let (own, next) = (self.keys.join("vault"), self.next_path());
        let old = File::options().write(true).open(&own).ok();
        std::fs::rename(&next, &own).map_err(|e| error(&next, &e))?;
        sync_folder(&own)?;
        old.map_or(Ok(()), |old| overwrite(&old)).map_err(|e| error(&own, &e))
    }
}

impl MasterKeys for MasterFiles {
    fn at_hand(&self) -> Result<Vec<Master>, String> {
        let current = read_master(&self.current());
        // A file that is being copied, or was copied badly, must not shut out the key in use.
        let next = self.next().unwrap_or_else(|error| {
            tracing::warn!(%error, "the next master key cannot be read");
            None
        });
        match (current, next) {
            (Ok(current), next) => Ok([Some(current), next].into_iter().flatten().collect()),
            // It was being destroyed when somebody was cut off.
            (Err(_), Some(next)) => Ok(vec![next]),
            (Err(error), None) => Err(error.to_string()),
        }
    }

    fn in_use(&self, master: &Master) {
        // Several threads learn of a rotation at the same moment. Looking and renaming is one step.
        let _one = SETTLING.lock().unwrap_or_else(PoisonError::into_inner);
        let is_next = self.next().is_ok_and(|next| next.is_some_and(|next| *next == **master));
        if is_next
            && self.settles
            && let Err(error) = self.put_in_place()
        {
            tracing::warn!(%error, "the new master key is in use, and its file keeps the name vault.next until the next start");
        }
    }
}

/// A secret of 32 bytes in its file.
pub(crate) fn read_master(path: &Path) -> Result<Master, InstallationError> {
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|e| error(path, &e))?);
    let bytes = Zeroizing::new(scr_canon::unb64(text.trim()).map_err(|e| error(path, &e))?);
    let secret = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| error(path, &"not 32 bytes"))?;
    Ok(Zeroizing::new(secret))
}

/// Writes a secret of 32 bytes into a new file.
pub(crate) fn write_master(path: &Path, secret: &Master) -> Result<(), InstallationError> {
    write_secret(path, Zeroizing::new(scr_canon::b64(&**secret)).as_bytes())
}

/// Sixteen digits that name a master key and say nothing about it.
fn print(master: &Master) -> String {
    let mut input = Zeroizing::new(b"scrutineer/master-print/v1\n".to_vec());
    input.extend_from_slice(&**master);
    let hex = sha256(&input).to_hex();
    let groups: Vec<String> =
        hex.as_bytes().chunks(4).take(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    groups.join(" ")
}

impl Installation {
    /// Makes the next master key of the vault, where none is prepared yet; gives whether it is new.
    pub fn prepare_vault_key(&self, entropy: &dyn Entropy) -> Result<bool, InstallationError> {
        let files = MasterFiles::of(self.folder());
        if files.next()?.is_some() {
            return Ok(false);
        }
        files.prepare(entropy).map(|_| true)
    }

    /// What the master keys here are known by.
    pub fn vault_key_prints(&self) -> MasterPrints {
        let files = MasterFiles::of(self.folder());
        let current = read_master(&files.current()).ok().map(|master| print(&master));
        MasterPrints { current, next: files.next().ok().flatten().map(|master| print(&master)) }
    }

    /// Whether a master key here opens a copy of `keys.db`.
    pub fn opens_keys(&self, copy: &Path) -> Result<bool, InstallationError> {
        let keys = Inspection::of_file(copy).map_err(|e| error(copy, &e))?;
        let Some(keys) = keys else { return Ok(true) };
        keys.fits(&MasterFiles::of(self.folder())).map_err(|e| error(copy, &e))
    }
}

impl Engine {
    /// Gives the vault another master key and wraps all keys anew; records that. Cut off anywhere, it has happened
    /// wholly or not at all. Where nodes share the keys, the next master key was prepared and brought to all of
    /// them. `told` hears how many of how many keys are done.
    ///
    /// # Errors
    /// A key that does not open, or another node that was faster: then nothing has changed.
    pub fn rotate_vault_key(&self, told: &mut Told<'_>) -> Result<Rotated, ActError> {
        let files = MasterFiles::of(&self.folder);
        let fault = |e: InstallationError| ActError::from(Fault::log(&e));
        // Whoever was cut off before is done first.
        self.vault.check_master()?;
        let next = match files.next().map_err(fault)? {
            Some(next) => next,
            None if self.vault.is_shared() => {
                return Err(Refusal::new(RefusalKind::Conflict, "SCR-ENG-016").into());
            }
            None => files.prepare(&**self.entropy()).map_err(fault)?,
        };
        let rotation = self.vault.rotate(&next, self.stated_generation()?, told)?;
        let rewritten = self.vault.rewrite();
        if let Err(error) = &rewritten {
            tracing::warn!(%error, "keys are wrapped anew, and old bytes still stand in the database's files");
        }
        // It has happened; a start states what could not be stated now.
        let entry = self.state_rotations().unwrap_or_default();
        let (generation, payloads) = (rotation.generation, rotation.payloads);
        Ok(Rotated { generation, payloads, entry, rewritten: rewritten.is_ok() })
    }

    /// After a start: what a rotation that was cut off has left to do.
    pub(crate) fn finish_rotation(&self) {
        if let Err(error) = self.vault.rewrite() {
            tracing::warn!(%error, "old bytes still stand in the files of the database of keys");
        }
        drop(self.state_rotations());
    }

    /// Why private content can be neither read nor sealed here: another node has changed the master key, and this one
    /// does not have the new one.
    pub fn keys_closed(&self) -> Option<String> {
        self.vault.closed()
    }

    /// The newest generation that the record states.
    fn stated_generation(&self) -> Result<u64, Fault> {
        let count = self.log().version(SUBJECT)?;
        let Some((_, index)) = self.log().history(SUBJECT, count.saturating_sub(1), 1)?.pop() else {
            return Ok(0);
        };
        let entry = Entry::parse(&self.log().entry(index)?).map_err(|e| Fault::log(&e))?;
        Ok(entry.public().get("generation").and_then(Value::as_u64).unwrap_or(0))
    }

    /// States in the record the rotations that it does not state yet; gives the entry of the last.
    fn state_rotations(&self) -> Result<Option<u64>, ActError> {
        if self.ledger().stopped().is_some() {
            return Ok(None);
        }
        let mut entry = None;
        for rotation in self.vault.rotations_after(self.stated_generation()?)? {
            let public = json!({"generation": rotation.generation, "payloads": rotation.payloads});
            match self.record_as_operator(&NewEvent::about(&VAULT_KEY_ROTATED, SUBJECT, public)) {
                Ok(recorded) => entry = Some(recorded.index),
                // Another node may have been faster.
                Err(_) if self.stated_generation()? >= rotation.generation => {}
                Err(error) => return Err(error),
            }
        }
        Ok(entry)
    }
}

impl From<VaultError> for ActError {
    fn from(error: VaultError) -> Self {
        let (kind, code) = match error {
            VaultError::Full => (RefusalKind::Unavailable, "SCR-ENG-006"),
            VaultError::OtherMaster { .. } => (RefusalKind::Unavailable, "SCR-ENG-013"),
            VaultError::Busy => (RefusalKind::Unavailable, "SCR-ENG-014"),
            VaultError::Rotated => (RefusalKind::Conflict, "SCR-ENG-015"),
            _ => return Self::Fault(Fault::log(&error)),
        };
        tracing::error!(%error, "the vault refuses");
        Refusal::new(kind, code).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The request, the views and the one who rotates all learn of it in the same moment.
    #[test]
    fn a_new_key_that_many_put_in_place_at_once_is_never_lost() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("keys")).unwrap();
        let (files, entropy) = (MasterFiles::of(folder.path()), scr_core::SeededEntropy::new(7));
        write_master(&folder.path().join("keys/vault"), &Zeroizing::new([1; 32])).unwrap();
        for round in 0..200 {
            let old = File::open(files.current()).unwrap();
            let next = files.prepare(&entropy).unwrap();
            std::thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| files.in_use(&next));
                }
            });
            assert_eq!(files.at_hand(), Ok(vec![next]), "round {round}");
            assert!(
                std::io::read_to_string(&old).unwrap().bytes().all(|byte| byte == 0),
                "the old one is gone"
            );
        }
    }

    /// Also of two processes, which share no lock: nothing is overwritten by the one who comes second.
    #[test]
    fn whoever_comes_second_overwrites_nothing() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("keys")).unwrap();
        let (files, entropy) = (MasterFiles::of(folder.path()), scr_core::SeededEntropy::new(7));
        let next = files.prepare(&entropy).unwrap();
        files.put_in_place().unwrap();
        assert!(files.put_in_place().is_err());
        assert_eq!(files.at_hand(), Ok(vec![next]));
    }
}
