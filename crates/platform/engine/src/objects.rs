//! The object store: bulk data, named by their own hash.

use scr_canon::{Hash32, sha256};
use sha2::{Digest as _, Sha256};
use std::fs::{File, Metadata};
use std::io::{ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

/// The object store failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("object store: {what}")]
pub struct ObjectsError {
    /// In words.
    pub what: String,
    /// Whether there is no room left: the operator can mend that, and nothing was kept.
    pub is_full: bool,
}

impl ObjectsError {
    fn new(what: String) -> Self {
        Self { what, is_full: false }
    }
}

impl From<std::io::Error> for ObjectsError {
    fn from(error: std::io::Error) -> Self {
        let full = [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge];
        Self { what: error.to_string(), is_full: full.contains(&error.kind()) }
    }
}

/// Objects in a directory: `objects/ab/abcdef…`, 64 hexadecimal digits of SHA-256.
#[derive(Debug)]
pub struct Objects {
    root: PathBuf,
    unfinished: AtomicU64,
    /// Held for writing while an object is removed, so that nobody is told at that moment that it is
    /// there.
    removal: RwLock<()>,
}

/// An object that is written piece by piece. Dropped before [`ObjectWriter::finish`], it leaves nothing.
#[derive(Debug)]
pub struct ObjectWriter<'a> {
    objects: &'a Objects,
    file: File,
    beside: PathBuf,
    hash: Sha256,
    is_kept: bool,
}

impl ObjectWriter<'_> {
    /// Writes the next piece.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ObjectsError> {
        self.hash.update(bytes);
        Ok(self.file.write_all(bytes)?)
    }

    /// Keeps what was written. On return it is durable, so that an event may name it.
    pub fn finish(mut self) -> Result<Hash32, ObjectsError> {
        let hash = self.taken_hash();
        self.keep(hash)
    }

    /// Keeps what was written if it has this hash; `false` when it has another, and nothing is kept.
    pub fn finish_as(mut self, wanted: &Hash32) -> Result<bool, ObjectsError> {
        let hash = self.taken_hash();
        if hash != *wanted {
            return Ok(false);
        }
        self.keep(hash).map(|_| true)
    }

    fn taken_hash(&mut self) -> Hash32 {
        Hash32(std::mem::take(&mut self.hash).finalize().into())
    }

    fn keep(mut self, hash: Hash32) -> Result<Hash32, ObjectsError> {
        let path = self.objects.path(&hash);
        let folder = path.parent().unwrap_or(&self.objects.root);
        std::fs::create_dir_all(folder)?;
        self.file.sync_all()?;
        let _no_removal = self.objects.removal.read().unwrap_or_else(PoisonError::into_inner);
        // Also where it is there already: then it is as young as what was written.
        std::fs::rename(&self.beside, &path)?;
        self.is_kept = true;
        File::open(folder)?.sync_all()?;
        File::open(&self.objects.root)?.sync_all()?;
        Ok(hash)
    }
}

impl Drop for ObjectWriter<'_> {
    fn drop(&mut self) {
        if !self.is_kept {
            drop(std::fs::remove_file(&self.beside));
        }
    }
}

impl Objects {
    /// The store in this directory, which is created.
    pub fn open(root: &Path) -> Result<Self, ObjectsError> {
        std::fs::create_dir_all(root)?;
        Ok(Self { root: root.to_owned(), unfinished: AtomicU64::new(0), removal: RwLock::default() })
    }

    /// Keeps bytes. On return they are durable, so that an event may name them.
    pub fn put(&self, bytes: &[u8]) -> Result<Hash32, ObjectsError> {
        let mut writer = self.writer()?;
        writer.write(bytes)?;
        writer.finish()
    }

    /// Begins an object whose bytes come piece by piece.
    pub fn writer(&self) -> Result<ObjectWriter<'_>, ObjectsError> {
        let number = self.unfinished.fetch_add(1, Ordering::Relaxed);
        let beside = self.root.join(format!("{}-{number}.new", std::process::id()));
        let file = File::create(&beside)?;
        Ok(ObjectWriter { objects: self, file, beside, hash: Sha256::new(), is_kept: false })
    }

    /// Every object with the time at which it was last put, in seconds since 1970.
    pub fn all(&self) -> Result<Vec<(Hash32, i64)>, ObjectsError> {
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

    /// Removes an object that was last put before `before`; `false` when it was put again meanwhile, or
    /// is not here.
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

    /// Removes pieces that a process left when it was killed before `before`.
    pub(crate) fn remove_unfinished(&self, before: i64) -> Result<(), ObjectsError> {
        for file in self.root.read_dir()?.flatten() {
            let is_piece = file.path().extension().is_some_and(|ending| ending == "new");
            if is_piece && file.metadata().is_ok_and(|data| put_at(&data) < before) {
                std::fs::remove_file(file.path())?;
            }
        }
        Ok(())
    }

    /// The bytes of an object of at most `limit` bytes; `None` when it is not here.
    pub fn get(&self, hash: &Hash32, limit: u64) -> Result<Option<Vec<u8>>, ObjectsError> {
        let Some(file) = self.reader(hash)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(ObjectsError::new(format!("object {} is larger than {limit} bytes", hash.to_hex())));
        }
        if sha256(&bytes) != *hash {
            return Err(ObjectsError::new(format!("object {} was altered on the disk", hash.to_hex())));
        }
        Ok(Some(bytes))
    }

    /// Opens an object to be read in pieces; its hash is not checked.
    pub fn reader(&self, hash: &Hash32) -> Result<Option<File>, ObjectsError> {
        match File::open(self.path(hash)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn path(&self, hash: &Hash32) -> PathBuf {
        let name = hash.to_hex();
        self.root.join(&name[..2]).join(name)
    }
}

fn put_at(data: &Metadata) -> i64 {
    let since = data.modified().ok().and_then(|at| at.duration_since(SystemTime::UNIX_EPOCH).ok());
    since.and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_by_their_hash_and_checked() {
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::open(folder.path()).unwrap();
        let hash = objects.put(b"results").unwrap();
        assert_eq!(objects.put(b"results").unwrap(), hash);
        assert_eq!(objects.get(&hash, 7).unwrap(), Some(b"results".to_vec()));
        assert!(objects.get(&hash, 6).unwrap_err().what.contains("larger"));
        assert_eq!(objects.get(&sha256(b"other"), 9).unwrap(), None);
        std::fs::write(objects.path(&hash), b"altered").unwrap();
        assert!(objects.get(&hash, 9).unwrap_err().what.contains("altered"));
    }

    #[test]
    fn pieces_come_to_the_same_object_and_what_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::open(folder.path()).unwrap();
        let mut writer = objects.writer().unwrap();
        for piece in ["res", "", "ults"] {
            writer.write(piece.as_bytes()).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), sha256(b"results"));
        let mut given_up = objects.writer().unwrap();
        given_up.write(b"half").unwrap();
        drop(given_up);
        let names: Vec<_> = folder.path().read_dir().unwrap().flatten().map(|e| e.file_name()).collect();
        assert_eq!(names, [&sha256(b"results").to_hex()[..2]]);
    }

    /// `/dev/full` gives the error of a full disk (full(4)).
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told_apart() {
        let error = std::fs::write("/dev/full", b"x").unwrap_err();
        assert!(ObjectsError::from(error).is_full);
        let error = std::fs::read("/no/such/file").unwrap_err();
        assert!(!ObjectsError::from(error).is_full);
    }

    #[test]
    fn an_object_that_was_put_again_is_not_removed() {
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::open(folder.path()).unwrap();
        let hash = objects.put(b"upload").unwrap();
        let old = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000);
        let age =
            || File::options().write(true).open(objects.path(&hash)).unwrap().set_modified(old).unwrap();
        age();
        assert_eq!(objects.all().unwrap(), [(hash, 1_000)]);
        objects.put(b"upload").unwrap();
        assert!(!objects.remove(&hash, 2_000).unwrap(), "somebody has just put it");
        age();
        assert!(!objects.remove(&hash, 1_000).unwrap());
        assert!(objects.remove(&hash, 2_000).unwrap());
        assert!(!objects.remove(&hash, 2_000).unwrap());
        assert!(objects.reader(&hash).unwrap().is_none());
    }
}
