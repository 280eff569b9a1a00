//! The folder of a mirror: the copy, what was seen, and the alarms. There is no key of any log in it.

use crate::alarm::Alarms;
use crate::follow::{FollowConfig, Follower, Trouble};
use scr_core::{Clock, Entropy};
use scr_engine::{EngineParts, Installation, Objects, RoleKeys};
use scr_ledger::store::sqlite::SqliteStore;
use scr_ledger::{Ledger, Replica};
use scr_note::{Algorithm, VerifierKey};
use scr_vault::Vault;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use zeroize::Zeroizing;

/// A mirror's folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It holds an installation, whose own log would be mixed with another.
    #[error("SCR-MIR-011: {0} holds an installation: a mirror needs a folder of its own")]
    Installation(String),
    /// None of the keys is the Ed25519 key of a log.
    #[error("SCR-MIR-012: none of the keys is the Ed25519 key of a log")]
    NoKey,
    /// The keys are of several logs.
    #[error("SCR-MIR-012: the keys are of several logs, {0} and {1}: a mirror follows one")]
    SeveralLogs(String, String),
    /// A file failed, or holds another log than the one whose key was given.
    #[error("SCR-MIR-010: {path}: {what}")]
    Own {
        /// Which file or folder.
        path: String,
        /// In words.
        what: String,
    },
}

impl FolderError {
    /// The stable code (docs/reference/errors/mirror.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Installation(_) => "SCR-MIR-011",
            Self::NoKey | Self::SeveralLogs(..) => "SCR-MIR-012",
            Self::Own { .. } => "SCR-MIR-010",
        }
    }
}

/// A folder:
///
/// | file | what |
/// |---|---|
/// | `record.db`, `objects/`, `views-….db` | the copy, and what follows from it |
/// | `seen.checkpoint` | the largest signed checkpoint that was seen |
/// | `retired` | the log's own signed statement that it has ended, once it has |
/// | `alarms/` | one folder for each alarm, with its evidence |
/// | `lock` | held by the process that works in the folder |
pub struct MirrorFolder {
    /// Name of the log.
    pub origin: String,
    /// What follows it.
    pub follower: Follower,
    /// What it found before.
    pub alarms: Alarms,
    /// Where that stands.
    pub alarms_folder: PathBuf,
    /// What an engine is made of that shows the copy and adds nothing.
    pub parts: EngineParts,
}

impl MirrorFolder {
    /// Opens or creates the folder for the log with these keys, for one process at a time.
    pub fn open(
        folder: &Path,
        mut keys: Vec<VerifierKey>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, FolderError> {
        if Installation::exists(folder) {
            return Err(FolderError::Installation(folder.display().to_string()));
        }
        let origin = name_of_log(&keys)?;
        // As the log itself lists them.
        keys.sort_by_key(VerifierKey::algorithm);
        let own = |path: &Path, what: &dyn std::fmt::Display| FolderError::Own {
            path: path.display().to_string(),
            what: what.to_string(),
        };
        std::fs::create_dir_all(folder).map_err(|e| own(folder, &e))?;
        let lock = scr_ledger::lock_file(&folder.join("lock")).map_err(|e| own(folder, &e))?;
        let lock = lock.ok_or_else(|| own(folder, &"another process works in this folder"))?;
        let record = folder.join("record.db");
        let store = SqliteStore::open(&record).map_err(|e| own(&record, &e))?;
        let replica = Replica::open(Box::new(store)).map_err(|e| own(&record, &e))?;
        let ledger = Ledger::mirror(replica.reader().clone(), &origin, keys.clone());
        let ledger = ledger.with_end_beside(&folder.join("guard"));
        let bulk = folder.join("objects");
        let objects = || Objects::open(&bulk).map_err(|e| own(&bulk, &e));
        let config = FollowConfig { origin: origin.clone(), keys, seen: folder.join("seen.checkpoint") };
        let follower = Follower::new(replica, objects()?, config).map_err(|trouble| match trouble {
            Trouble::Own(what) => own(folder, &what),
            other => own(folder, &other),
        })?;
        let alarms_folder = folder.join("alarms");
        let alarms = Alarms::open(&alarms_folder).map_err(|e| own(&alarms_folder, &e))?;
        // A mirror has nothing private, and acts for nobody: what a vault and role keys are made of is
        // drawn anew and never kept.
        let secret = Zeroizing::new(entropy.bytes::<32>());
        let random = Arc::clone(&entropy);
        let vault = Vault::in_memory(secret.clone(), Arc::new(move |buffer| random.fill(buffer)))
            .map_err(|e| own(folder, &e))?;
        let role_keys = RoleKeys::new(&origin, secret);
        let objects = objects()?;
        let parts = EngineParts { ledger, vault, objects, role_keys, clock, entropy, lock: Some(lock) };
        Ok(Self { origin, follower, alarms, alarms_folder, parts })
    }
}

/// The log whose Ed25519 key is among these; keys of witnesses have other types.
fn name_of_log(keys: &[VerifierKey]) -> Result<String, FolderError> {
    let mut names = keys.iter().filter(|key| key.algorithm() == Algorithm::Ed25519).map(VerifierKey::name);
    let first = names.next().ok_or(FolderError::NoKey)?;
    match names.find(|name| *name != first) {
        Some(other) => Err(FolderError::SeveralLogs(first.to_owned(), other.to_owned())),
        None => Ok(first.to_owned()),
    }
}
