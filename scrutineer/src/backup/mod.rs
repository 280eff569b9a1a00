//! Backups: a copy of record and objects taken while the server runs, keys apart from it, and the way
//! back, which checks everything before it is put in place.
//!
//! | folder of a backup | |
//! |---|---|
//! | `record.db` | one snapshot of the record |
//! | `objects/` | every object that stood there when the snapshot had been taken |
//! | `backup.json` | what it is and its hashes; written last, so that without it there is no backup |
//!
//! Keys of private content go to a folder of their own, `keys-<time>.db`, and live short there. Never in
//! a backup: `guard`, `retired` and `erased`, which are what notices an old copy, and `keys/`.

mod copy;
mod create;
mod restore;

pub(crate) use create::{Request, create};
pub(crate) use restore::{Way, restore};

use crate::outcome::Problem;
use scr_engine::Installation;
use scr_objects::{Objects, Place};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The form of `backup.json`.
const FORMAT: &str = "scrutineer/backup/1";
/// Days that a copy of keys lives at most: erasures must not be undone by an old one.
pub(crate) const MAX_KEY_DAYS: u16 = 30;

/// What a backup says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    /// Name of the log.
    pub(crate) origin: String,
    /// When it was taken, in seconds since 1970, UTC.
    pub(crate) at: i64,
    /// Entries of the record.
    pub(crate) size: u64,
    /// SHA-256 of `record.db`, hexadecimal.
    pub(crate) record_sha256: String,
    /// How many objects there are.
    pub(crate) objects: u64,
    /// Their bytes.
    pub(crate) object_bytes: u64,
}

impl Manifest {
    /// What the backup in a folder says. Refused with `SCR-BAK-002`.
    pub(crate) fn read(folder: &Path) -> Result<Self, Problem> {
        let path = folder.join("backup.json");
        let wrong = |what: &dyn std::fmt::Display| {
            Problem::input("SCR-BAK-002", format!("{} is no finished backup: {what}", folder.display()))
                .help("give the folder that `scrutineer backup create` made; one without backup.json was not finished")
        };
        let text =
            crate::source::read_bytes(&path, 64 * 1024).map_err(|_| wrong(&"there is no backup.json"))?;
        let manifest: Self = serde_json::from_slice(&text).map_err(|e| wrong(&e))?;
        if manifest.format != FORMAT {
            return Err(wrong(&format!("its form is {}, this program knows {FORMAT}", manifest.format)));
        }
        Ok(manifest)
    }
}

/// The objects of an installation, wherever they are.
fn objects_of(installation: Installation, place: Option<Place>) -> Result<Objects, Problem> {
    let installation = match place {
        Some(place) => installation.with_objects(place),
        None => installation,
    };
    installation.objects().map_err(|e| Problem::fault("SCR-BAK-009", e))
}

/// A file or folder could not be read or written.
fn failed(path: &Path, what: &dyn std::fmt::Display) -> Problem {
    Problem::fault("SCR-BAK-009", format!("{}: {what}", path.display()))
        .help("look at space and permissions, then run it again")
}
