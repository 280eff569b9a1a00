//! The object store: bulk data, named by their own hash.

use scr_canon::{Hash32, sha256};
use std::fs::File;
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// The object store failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("object store: {0}")]
pub struct ObjectsError(pub String);

impl From<std::io::Error> for ObjectsError {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Objects in a directory: `objects/ab/abcdef…`, 64 hexadecimal digits of SHA-256.
#[derive(Debug)]
pub struct Objects {
    root: PathBuf,
    unfinished: AtomicU64,
}

impl Objects {
    /// The store in this directory, which is created.
    pub fn open(root: &Path) -> Result<Self, ObjectsError> {
        std::fs::create_dir_all(root)?;
        Ok(Self { root: root.to_owned(), unfinished: AtomicU64::new(0) })
    }

    /// Keeps bytes. On return they are durable, so that an event may name them.
    pub fn put(&self, bytes: &[u8]) -> Result<Hash32, ObjectsError> {
        let hash = sha256(bytes);
        let path = self.path(&hash);
        if path.exists() {
            return Ok(hash);
        }
        let folder = path.parent().unwrap_or(&self.root);
        std::fs::create_dir_all(folder)?;
        let number = self.unfinished.fetch_add(1, Ordering::Relaxed);
        let beside = folder.join(format!("{}-{number}.new", std::process::id()));
        let mut file = File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&beside, &path)?;
        File::open(folder)?.sync_all()?;
        File::open(&self.root)?.sync_all()?;
        Ok(hash)
    }

    /// The bytes of an object of at most `limit` bytes; `None` when it is not here.
    pub fn get(&self, hash: &Hash32, limit: u64) -> Result<Option<Vec<u8>>, ObjectsError> {
        let Some(file) = self.reader(hash)? else { return Ok(None) };
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(ObjectsError(format!("object {} is larger than {limit} bytes", hash.to_hex())));
        }
        if sha256(&bytes) != *hash {
            return Err(ObjectsError(format!("object {} was altered on the disk", hash.to_hex())));
        }
        Ok(Some(bytes))
    }

    /// Opens an object to be read in pieces; its hash is not checked.
    pub fn reader(&self, hash: &Hash32) -> Result<Option<File>, ObjectsError> {
        match File::open(self.path(hash)) {
            Ok(file) => Ok(Some(file)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn path(&self, hash: &Hash32) -> PathBuf {
        let name = hash.to_hex();
        self.root.join(&name[..2]).join(name)
    }
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
        assert!(objects.get(&hash, 6).unwrap_err().0.contains("larger"));
        assert_eq!(objects.get(&sha256(b"other"), 9).unwrap(), None);
        std::fs::write(objects.path(&hash), b"altered").unwrap();
        assert!(objects.get(&hash, 9).unwrap_err().0.contains("altered"));
    }
}
