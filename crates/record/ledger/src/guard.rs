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
        replace(&self.path, checkpoint.to_string().as_bytes()).map_err(|e| self.error(&e))
    }

    /// The statement that the log has ended, which stands beside the guard; `None` while it goes on.
    pub fn retirement(&self) -> Result<Option<String>, GuardError> {
        let path = self.retirement_path();
        match std::fs::read_to_string(&path) {
            Ok(note) => Ok(Some(note)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Self { path }.error(&error)),
        }
    }

    /// Puts the statement that the log has ended beside the guard, durably.
    pub(crate) fn write_retirement(&self, note: &str) -> Result<(), GuardError> {
        let path = self.retirement_path();
        replace(&path, note.as_bytes()).map_err(|e| Self { path: path.clone() }.error(&e))
    }

    fn retirement_path(&self) -> PathBuf {
        self.path.with_file_name("retired")
    }

    fn error(&self, what: &dyn std::fmt::Display) -> GuardError {
        GuardError { path: self.path.display().to_string(), what: what.to_string() }
    }
}

/// Replaces a file durably: written beside, synced, renamed, and the folder synced.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
