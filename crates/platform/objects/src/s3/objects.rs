//! Objects in a bucket, which several nodes share.
//!
//! Putting never overwrites another content: the name is the hash, the hash is what the request is signed for, and the
//! store is asked to write only where nothing stands. What stands there already is read back and compared.
//!
//! Removing beside nodes that put: whoever removes first writes a mark, then looks how old the object is, then
//! removes object and mark. Whoever puts first makes the object young, then looks for the mark, then for the
//! object. S3 is consistent: either the one who removes sees a young object, or the one who puts sees the mark or
//! that the object is gone, and puts it once more.

use super::bucket::{Bucket, PutIf};
use super::client::Content;
use crate::error::ObjectsError;
use crate::{ObjectReader, altered, name_of};
use scr_canon::Hash32;
use sha2::{Digest as _, Sha256};
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

/// What is put again and is older is made young.
const YOUNG_SECONDS: i64 = 24 * 3600;
/// A mark that is older was left by a node that was killed.
const MARK_SECONDS: i64 = 600;
/// How often one who puts looks whether a removal has ended, and how long it waits between.
const LOOKS: u32 = 50;
const BETWEEN: Duration = Duration::from_millis(200);
const KIND: &str = "application/octet-stream";

#[derive(Debug)]
pub(crate) struct InBucket(Bucket);

impl InBucket {
    pub(crate) fn new(bucket: Bucket) -> Self {
        Self(bucket)
    }

    pub(crate) fn put(&self, hash: &Hash32, bytes: &[u8]) -> Result<(), ObjectsError> {
        self.put_content(hash, bytes.len() as u64, &|| Content::Bytes(bytes, hash.to_hex()))
    }

    pub(crate) fn put_file(&self, hash: &Hash32, path: &Path, size: u64) -> Result<(), ObjectsError> {
        self.put_content(hash, size, &|| Content::File(path, hash.to_hex()))
    }

    fn put_content<'a>(
        &self,
        hash: &Hash32,
        size: u64,
        content: &dyn Fn() -> Content<'a>,
    ) -> Result<(), ObjectsError> {
        let name = name_of(hash);
        let mark = mark_of(hash);
        for _ in 0..LOOKS {
            if !self.0.send(&name, content(), KIND, PutIf::Absent)? {
                self.compare(hash, size)?;
                let at = self.put_at(&name)?;
                if at.is_some_and(|at| at < self.0.now() - YOUNG_SECONDS) {
                    self.0.send(&name, content(), KIND, PutIf::Always)?;
                }
            }
            if self.0.size(&mark)?.is_some() {
                self.wait_for_removal(&mark)?;
            }
            if self.0.size(&name)?.is_some() {
                return Ok(());
            }
        }
        Err(ObjectsError::other(format!("object {} does not stay in the store", hash.to_hex())))
    }

    /// What stands under the name must be what its name says.
    fn compare(&self, hash: &Hash32, size: u64) -> Result<(), ObjectsError> {
        // Gone again: it is put once more.
        let Some(mut reader) = self.reader(hash)? else { return Ok(()) };
        if reader.size() != size {
            return Err(altered(hash, "in the object store"));
        }
        let (mut found, mut buffer, mut length) = (Sha256::new(), vec![0; 1 << 16], 0);
        loop {
            match reader.read(&mut buffer).map_err(|e| self.0.broke_off(&e.to_string()))? {
                0 => break,
                read => {
                    length += read as u64;
                    found.update(buffer.get(..read).unwrap_or_default());
                }
            }
        }
        if length != size {
            return Err(self.0.broke_off(&format!("{length} of {size} bytes came")));
        }
        if Hash32(found.finalize().into()) == *hash {
            Ok(())
        } else {
            Err(altered(hash, "in the object store"))
        }
    }

    fn wait_for_removal(&self, mark: &str) -> Result<(), ObjectsError> {
        for _ in 0..LOOKS {
            let at = self.put_at(mark)?;
            match at {
                None => return Ok(()),
                Some(at) if at < self.0.now() - MARK_SECONDS => return self.0.remove(mark),
                Some(_) => std::thread::sleep(BETWEEN),
            }
        }
        Err(ObjectsError::other("another node has been removing this object for too long"))
    }

    /// When something was last written.
    fn put_at(&self, name: &str) -> Result<Option<i64>, ObjectsError> {
        let found = self.0.list(name)?;
        Ok(found.into_iter().find(|one| one.key == name).map(|one| one.at))
    }

    pub(crate) fn all(&self) -> Result<Vec<(Hash32, i64)>, ObjectsError> {
        let all = self.0.list("")?;
        Ok(all.iter().filter_map(|one| Some((hash_in(&one.key)?, one.at))).collect())
    }

    pub(crate) fn remove(&self, hash: &Hash32, before: i64) -> Result<bool, ObjectsError> {
        let (name, mark) = (name_of(hash), mark_of(hash));
        let before = before.min(self.0.now() - 2 * YOUNG_SECONDS);
        let is_old = |at: Option<i64>| at.is_some_and(|at| at < before);
        if !is_old(self.put_at(&name)?) {
            return Ok(false);
        }
        // Another node removes it, or was killed while it did: then the next round takes it.
        if !self.0.put(&mark, b"", KIND, PutIf::Absent)? {
            if self.put_at(&mark)?.is_some_and(|at| at < self.0.now() - MARK_SECONDS) {
                self.0.remove(&mark)?;
            }
            return Ok(false);
        }
        let is_old = is_old(self.put_at(&name)?);
        if is_old {
            self.0.remove(&name)?;
        }
        self.0.remove(&mark)?;
        Ok(is_old)
    }

    pub(crate) fn get(&self, hash: &Hash32, limit: u64) -> Result<Option<Vec<u8>>, ObjectsError> {
        self.0.get(&name_of(hash), limit)
    }

    pub(crate) fn reader(&self, hash: &Hash32) -> Result<Option<ObjectReader>, ObjectsError> {
        let found = self.0.reader(&name_of(hash))?;
        Ok(found.map(|(size, bytes)| ObjectReader { size, is_elsewhere: true, bytes: Box::new(bytes) }))
    }

    pub(crate) fn size(&self, hash: &Hash32) -> Result<Option<u64>, ObjectsError> {
        self.0.size(&name_of(hash))
    }

    pub(crate) fn look(&self) -> Result<(), ObjectsError> {
        self.0.look()
    }

    pub(crate) fn away(&self) -> Option<String> {
        self.0.away()
    }

    pub(crate) fn outages(&self) -> u64 {
        self.0.outages()
    }
}

fn mark_of(hash: &Hash32) -> String {
    format!("removing/{}", hash.to_hex())
}

/// The hash in a name of an object; nothing for other names.
fn hash_in(name: &str) -> Option<Hash32> {
    let hash = Hash32::from_hex(name.rsplit('/').next()?)?;
    (name_of(&hash) == name).then_some(hash)
}
