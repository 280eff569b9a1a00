//! The anti-rollback guard: a small file outside the database and outside its backups that says what
//! was last signed. A database that holds less was restored from an older copy.

use scr_canon::Hash32;
use scr_note::Checkpoint;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The guard cannot be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {what}")]
pub struct GuardError {
    /// The file.
    pub path: String,
    /// In words.
    pub what: String,
}

/// The guard file: the text of the last signed checkpoint, without signatures.
#[derive(Debug, Clone)]
pub struct Guard {
    path: PathBuf,
}

impl Guard {
    /// The guard at this path.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// What was last signed, or `None` when nothing ever was.
    pub fn read(&self) -> Result<Option<(u64, Hash32)>, GuardError> {
        match std::fs::read_to_string(&self.path) {
            Ok(text) => {
                let checkpoint: Checkpoint = text.parse().map_err(|e| self.error(&e))?;
                Ok(Some((checkpoint.size, checkpoint.root)))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.error(&error)),
        }
    }

    /// Replaces the guard, durably: written beside, synced, renamed, and the folder synced.
    pub fn write(&self, checkpoint: &Checkpoint) -> Result<(), GuardError> {
        let beside = self.path.with_extension("new");
        let write = || -> std::io::Result<()> {
            let mut file = File::create(&beside)?;
            file.write_all(checkpoint.to_string().as_bytes())?;
            file.sync_all()?;
            std::fs::rename(&beside, &self.path)?;
            let folder = self.path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(folder)?.sync_all()
        };
        write().map_err(|e| self.error(&e))
    }

    fn error(&self, what: &dyn std::fmt::Display) -> GuardError {
        GuardError { path: self.path.display().to_string(), what: what.to_string() }
    }
}
