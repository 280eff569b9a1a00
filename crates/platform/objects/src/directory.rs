//! Objects in a directory: `ab/abcdef…`, 64 hexadecimal digits of SHA-256.

use crate::error::ObjectsError;
use scr_canon::Hash32;
use std::fs::{File, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

#[derive(Debug)]
pub(crate) struct Directory {
    root: PathBuf,
    /// Held for writing while an object is removed, so that nobody is told at that moment that it is
    /// there.
    removal: RwLock<()>,
}

impl Directory {
    pub(crate) fn open(root: &Path) -> Result<Self, ObjectsError> {
        std::fs::create_dir_all(root)?;
        Ok(Self { root: root.to_owned(), removal: RwLock::default() })
    }

    /// Moves a written file into its place, durably.
    pub(crate) fn keep(&self, file: &File, beside: &Path, hash: &Hash32) -> Result<(), ObjectsError> {
        let path = self.path(hash);
        let folder = path.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(folder)?;
        file.sync_all()?;
        let _no_removal = self.removal.read().unwrap_or_else(PoisonError::into_inner);
        // Also where it is there already: then it is as young as what was written.
        std::fs::rename(beside, &path)?;
        File::open(folder)?.sync_all()?;
        File::open(&self.root)?.sync_all()?;
        Ok(())
    }

    pub(crate) fn look(&self) -> Result<(), ObjectsError> {
        Ok(self.root.read_dir().map(|_| ())?)
    }

    pub(crate) fn all(&self) -> Result<Vec<(Hash32, i64)>, ObjectsError> {
        let mut all = Vec::new();
        for folder in self.root.read_dir()?.flatten().filter(|entry| entry.path().is_dir()) {
            for file in folder.path().read_dir()?.flatten() {
                let hash = file.file_name().to_str().and_then(Hash32::from_hex);
                if let (Some(hash), Ok(data)) = (hash, file.metadata()) {
                    all.push((hash, put_at(&data)));
                }
            }
        }
        Ok(all)
    }

    pub(crate) fn remove(&self, hash: &Hash32, before: i64) -> Result<bool, ObjectsError> {
        let _nobody_puts = self.removal.write().unwrap_or_else(PoisonError::into_inner);
        let path = self.path(hash);
        match path.metadata() {
            Ok(data) if put_at(&data) < before => Ok(std::fs::remove_file(path).map(|()| true)?),
            Ok(_) => Ok(false),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    pub(crate) fn reader(&self, hash: &Hash32) -> Result<Option<(File, u64)>, ObjectsError> {
        match File::open(self.path(hash)) {
            Ok(file) => {
                let size = file.metadata()?.len();
                Ok(Some((file, size)))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn path(&self, hash: &Hash32) -> PathBuf {
        self.root.join(crate::name_of(hash))
    }
}

/// When a file was last written, in seconds since 1970; what has no time is young.
pub(crate) fn put_at(data: &Metadata) -> i64 {
    let since = data.modified().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(i64::MAX)
}
