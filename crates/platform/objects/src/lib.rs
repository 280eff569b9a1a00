//! The object store: bulk data, named by their own hash, in a directory or in an S3-compatible store.
//!
//! An object is durable before anybody is told its name, so that an event may name it, and its bytes are held
//! against its name whenever they are read. Calls block; they may be made from any thread.

mod directory;
mod error;
mod s3;
pub mod testing;

pub use error::{ObjectsError, Trouble};
pub use s3::{Bucket, Credentials, Listed, PutIf, S3Place, listing};

use directory::{Directory, put_at};
use s3::InBucket;
use scr_canon::{Hash32, sha256};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where objects are kept.
#[derive(Debug, Clone)]
pub enum Place {
    /// In a directory, which several nodes may share over a network file system.
    Folder(PathBuf),
    /// In a bucket of an S3-compatible store.
    S3(Arc<S3Place>),
}

/// The store.
#[derive(Debug)]
pub struct Objects {
    store: Store,
    /// Where pieces of objects stand until they are whole.
    pieces: PathBuf,
    unfinished: AtomicU64,
}

#[derive(Debug)]
enum Store {
    Folder(Directory),
    Bucket(InBucket),
}

/// An object to be read in pieces. Its hash is not checked: whoever reads all of it does that.
pub struct ObjectReader {
    size: u64,
    is_elsewhere: bool,
    bytes: Box<dyn Read + Send>,
}

impl ObjectReader {
    /// Its length in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }
}

impl Read for ObjectReader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if !self.is_elsewhere {
            return self.bytes.read(buffer);
        }
        // Whatever ends the answer of another machine, the object itself may be sound.
        self.bytes.read(buffer).map_err(|error| std::io::Error::new(ErrorKind::ConnectionAborted, error))
    }
}

/// An object that is written piece by piece. Dropped before [`ObjectWriter::finish`], it leaves nothing.
#[derive(Debug)]
pub struct ObjectWriter<'a> {
    objects: &'a Objects,
    file: File,
    beside: PathBuf,
    hash: Sha256,
    size: u64,
}

impl ObjectWriter<'_> {
    /// Writes the next piece.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), ObjectsError> {
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
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

    fn keep(self, hash: Hash32) -> Result<Hash32, ObjectsError> {
        match &self.objects.store {
            Store::Folder(folder) => folder.keep(&self.file, &self.beside, &hash)?,
            Store::Bucket(bucket) => bucket.put_file(&hash, &self.beside, self.size)?,
        }
        Ok(hash)
    }
}

impl Drop for ObjectWriter<'_> {
    fn drop(&mut self) {
        // Where it was moved into its place there is nothing left to remove.
        drop(std::fs::remove_file(&self.beside));
    }
}

impl Objects {
    /// The store in this directory, which is created.
    pub fn open(root: &Path) -> Result<Self, ObjectsError> {
        let store = Store::Folder(Directory::open(root)?);
        Ok(Self { store, pieces: root.to_owned(), unfinished: AtomicU64::new(0) })
    }

    /// The store at this place. A store elsewhere is not asked yet: a server begins without it. `pieces`: a
    /// folder on this machine for objects that are being written.
    pub fn open_at(place: &Place, pieces: &Path) -> Result<Self, ObjectsError> {
        match place {
            Place::Folder(root) => Self::open(root),
            Place::S3(place) => {
                std::fs::create_dir_all(pieces)?;
                let store = Store::Bucket(InBucket::new(Bucket::open(place)?));
                Ok(Self { store, pieces: pieces.to_owned(), unfinished: AtomicU64::new(0) })
            }
        }
    }

    /// Keeps bytes. On return they are durable, so that an event may name them.
    pub fn put(&self, bytes: &[u8]) -> Result<Hash32, ObjectsError> {
        if let Store::Bucket(bucket) = &self.store {
            let hash = sha256(bytes);
            bucket.put(&hash, bytes)?;
            return Ok(hash);
        }
        let mut writer = self.writer()?;
        writer.write(bytes)?;
        writer.finish()
    }

    /// Begins an object whose bytes come piece by piece.
    pub fn writer(&self) -> Result<ObjectWriter<'_>, ObjectsError> {
        let number = self.unfinished.fetch_add(1, Ordering::Relaxed);
        let beside = self.pieces.join(format!("{}-{number}.new", std::process::id()));
        let file = File::create(&beside)?;
        Ok(ObjectWriter { objects: self, file, beside, hash: Sha256::new(), size: 0 })
    }

    /// Every object with the time at which it was last put, in seconds since 1970.
    pub fn all(&self) -> Result<Vec<(Hash32, i64)>, ObjectsError> {
        match &self.store {
            Store::Folder(folder) => folder.all(),
            Store::Bucket(bucket) => bucket.all(),
        }
    }

    /// Removes an object that was last put before `before`; `false` when it was put again meanwhile, or
    /// is not here. In a bucket nothing is removed that is younger than two days: other nodes may be about to
    /// name it.
    pub fn remove(&self, hash: &Hash32, before: i64) -> Result<bool, ObjectsError> {
        match &self.store {
            Store::Folder(folder) => folder.remove(hash, before),
            Store::Bucket(bucket) => bucket.remove(hash, before),
        }
    }

    /// Removes pieces that a process left when it was killed before `before`.
    pub fn remove_unfinished(&self, before: i64) -> Result<(), ObjectsError> {
        for file in self.pieces.read_dir()?.flatten() {
            let is_piece = file.path().extension().is_some_and(|ending| ending == "new");
            if is_piece && file.metadata().is_ok_and(|data| put_at(&data) < before) {
                std::fs::remove_file(file.path())?;
            }
        }
        Ok(())
    }

    /// The bytes of an object of at most `limit` bytes, held against its name; `None` when it is not here.
    pub fn get(&self, hash: &Hash32, limit: u64) -> Result<Option<Vec<u8>>, ObjectsError> {
        let bytes = match &self.store {
            Store::Folder(folder) => folder.reader(hash)?.map(|(file, _)| {
                let mut bytes = Vec::new();
                file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map(|_| bytes)
            }),
            Store::Bucket(bucket) => bucket.get(hash, limit)?.map(Ok),
        };
        let Some(bytes) = bytes.transpose()? else { return Ok(None) };
        if bytes.len() as u64 > limit {
            return Err(ObjectsError::other(format!(
                "object {} is larger than {limit} bytes",
                hash.to_hex()
            )));
        }
        if sha256(&bytes) != *hash {
            return Err(altered(hash, self.place_in_words()));
        }
        Ok(Some(bytes))
    }

    /// Opens an object to be read in pieces; its hash is not checked.
    pub fn reader(&self, hash: &Hash32) -> Result<Option<ObjectReader>, ObjectsError> {
        match &self.store {
            Store::Folder(folder) => Ok(folder.reader(hash)?.map(|(file, size)| ObjectReader {
                size,
                is_elsewhere: false,
                bytes: Box::new(file),
            })),
            Store::Bucket(bucket) => bucket.reader(hash),
        }
    }

    /// The length of an object; `None` when it is not here.
    pub fn size(&self, hash: &Hash32) -> Result<Option<u64>, ObjectsError> {
        match &self.store {
            Store::Folder(folder) => Ok(folder.reader(hash)?.map(|(_, size)| size)),
            Store::Bucket(bucket) => bucket.size(hash),
        }
    }

    /// Asks the store for a sign of life, whatever it answered before.
    pub fn look(&self) -> Result<(), ObjectsError> {
        match &self.store {
            Store::Folder(folder) => folder.look(),
            Store::Bucket(bucket) => bucket.look(),
        }
    }

    /// Why the store cannot be reached or used, as far as is known without asking it.
    pub fn away(&self) -> Option<String> {
        match &self.store {
            Store::Folder(_) => None,
            Store::Bucket(bucket) => bucket.away(),
        }
    }

    /// How often the store could not be reached or used: whoever failed meanwhile may have failed for that.
    pub fn outages(&self) -> u64 {
        match &self.store {
            Store::Folder(_) => 0,
            Store::Bucket(bucket) => bucket.outages(),
        }
    }

    fn place_in_words(&self) -> &'static str {
        match &self.store {
            Store::Folder(_) => "on the disk",
            Store::Bucket(_) => "in the object store",
        }
    }
}

/// The name of an object below directory or prefix: the same in both, so that one is copied to the other.
pub(crate) fn name_of(hash: &Hash32) -> String {
    let name = hash.to_hex();
    format!("{}/{name}", name.get(..2).unwrap_or_default())
}

pub(crate) fn altered(hash: &Hash32, place: &str) -> ObjectsError {
    ObjectsError::new(Trouble::Altered, format!("object {} was altered {place}", hash.to_hex()))
}
