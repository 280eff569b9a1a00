//! Copies that are whole and durable, or not there.

use super::failed;
use crate::outcome::Problem;
use rusqlite::Connection;
use scr_canon::Hash32;
use scr_objects::Objects;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

/// A snapshot of a database that others go on writing to: one read transaction, written to a new file.
pub(super) fn snapshot(from: &Path, to: &Path) -> Result<(), Problem> {
    let copy = || -> rusqlite::Result<()> {
        let database = Connection::open(from)?;
        database.busy_timeout(std::time::Duration::from_secs(10))?;
        database.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
        Ok(())
    };
    copy().map_err(|e| failed(from, &e))?;
    sync(to)
}

/// Copies a file; gives its SHA-256 and length.
pub(super) fn file(from: &Path, to: &Path) -> Result<(Hash32, u64), Problem> {
    let mut source = File::open(from).map_err(|e| failed(from, &e))?;
    let mut target = File::create(to).map_err(|e| failed(to, &e))?;
    let (hash, length) = hashed(&mut source, |piece| target.write_all(piece)).map_err(|e| failed(to, &e))?;
    target.sync_all().map_err(|e| failed(to, &e))?;
    Ok((hash, length))
}

/// SHA-256 and length of a file.
pub(super) fn hash_of(path: &Path) -> Result<(Hash32, u64), Problem> {
    let mut file = File::open(path).map_err(|e| failed(path, &e))?;
    hashed(&mut file, |_| Ok(())).map_err(|e| failed(path, &e))
}

fn hashed(
    source: &mut File,
    mut each: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<(Hash32, u64)> {
    let (mut hash, mut length) = (Sha256::new(), 0u64);
    let mut piece = vec![0; 1 << 20];
    loop {
        let read = source.read(&mut piece)?;
        let Some(bytes) = piece.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        hash.update(bytes);
        each(bytes)?;
        length += bytes.len() as u64;
    }
    Ok((Hash32(hash.finalize().into()), length))
}

/// Copies all objects, each checked against its name, which is its SHA-256; gives how many and their bytes. A
/// damaged one ends it with its name (`SCR-BAK-003`).
pub(super) fn objects(from: &Objects, to: &Objects) -> Result<(u64, u64), Problem> {
    let (mut count, mut bytes) = (0, 0);
    let mut piece = vec![0; 1 << 20];
    for (hash, _) in from.all().map_err(|e| unkept(&e))? {
        // Removed meanwhile: nothing names it.
        let Some(mut object) = from.reader(&hash).map_err(|e| unkept(&e))? else { continue };
        let mut copy = to.writer().map_err(|e| unkept(&e))?;
        loop {
            let read = object.read(&mut piece).map_err(|e| unkept(&e))?;
            let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
            copy.write(read).map_err(|e| unkept(&e))?;
        }
        let length = object.size();
        if !copy.finish_as(&hash).map_err(|e| unkept(&e))? {
            let what = format!("the object {} has other bytes than its name says", hash.to_hex());
            return Err(Problem::does_not_hold("SCR-BAK-003", what)
                .help("take this object from a mirror or another backup, then run it again"));
        }
        (count, bytes) = (count + 1, bytes + length);
    }
    Ok((count, bytes))
}

/// The objects in a folder.
pub(super) fn folder_of_objects(folder: &Path) -> Result<Objects, Problem> {
    Objects::open(folder).map_err(|e| failed(folder, &e))
}

fn unkept(what: &dyn std::fmt::Display) -> Problem {
    Problem::fault("SCR-BAK-009", what)
        .help("look at space, permissions and the object store, then run it again")
}

/// Makes a file or folder durable.
pub(super) fn sync(path: &Path) -> Result<(), Problem> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|e| failed(path, &e))
}

/// Writes a small file durably.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    let written = File::create(path).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|e| failed(path, &e))?;
    path.parent().map_or(Ok(()), sync)
}
