//! Where a log is read from: a directory, or anything that fetches a path.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::PathBuf;

use scr_merkle::tile::{MAX_ENTRY_BYTES, TileKind, TilePath};

/// Longest checkpoint that is read, in bytes.
pub const MAX_CHECKPOINT_BYTES: usize = 1 << 20;
/// Longest bundle: 256 entries, each with its length.
pub const MAX_BUNDLE_BYTES: usize = 256 * (MAX_ENTRY_BYTES + 2);

/// A resource could not be read, for a reason other than its absence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} cannot be read: {reason}")]
pub struct SourceError {
    /// Which resource.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A log in the layout of C2SP tlog-tiles. `Ok(None)` means that there is no such resource.
pub trait LogSource {
    /// The resource at `path` (`checkpoint`, `tile/0/000` …), at most `max_bytes` long.
    ///
    /// # Errors
    /// The resource exists but cannot be read, or is longer than `max_bytes`.
    fn read(&self, path: &str, max_bytes: usize) -> Result<Option<Vec<u8>>, SourceError>;

    /// The same in place of what `bytes` holds, so that its memory serves again; `Ok(false)` means that there is no
    /// such resource, and `bytes` holds anything.
    ///
    /// # Errors
    /// See [`LogSource::read`].
    fn read_into(&self, path: &str, max_bytes: usize, bytes: &mut Vec<u8>) -> Result<bool, SourceError> {
        let found = self.read(path, max_bytes)?;
        Ok(found.map(|found| *bytes = found).is_some())
    }

    /// The signed checkpoint.
    ///
    /// # Errors
    /// See [`LogSource::read`].
    fn checkpoint(&self) -> Result<Option<Vec<u8>>, SourceError> {
        self.read("checkpoint", MAX_CHECKPOINT_BYTES)
    }

    /// A tile of hashes or a bundle of entries.
    ///
    /// # Errors
    /// See [`LogSource::read`].
    fn tile(&self, path: &TilePath) -> Result<Option<Vec<u8>>, SourceError> {
        self.read(&format!("tile/{path}"), max_bytes(path))
    }

    /// The same in place of what `bytes` holds, as [`LogSource::read_into`].
    ///
    /// # Errors
    /// See [`LogSource::read`].
    fn tile_into(&self, path: &TilePath, bytes: &mut Vec<u8>) -> Result<bool, SourceError> {
        self.read_into(&format!("tile/{path}"), max_bytes(path), bytes)
    }
}

fn max_bytes(path: &TilePath) -> usize {
    match path.kind() {
        TileKind::Hashes(_) => 32 * usize::from(path.width()),
        TileKind::Entries => MAX_BUNDLE_BYTES,
    }
}

/// A log in a directory.
#[derive(Debug, Clone)]
pub struct DirectorySource {
    root: PathBuf,
}

impl DirectorySource {
    /// The log whose `checkpoint` and `tile/` stand in `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }
}

impl LogSource for DirectorySource {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Option<Vec<u8>>, SourceError> {
        let mut bytes = Vec::new();
        Ok(self.read_into(path, max_bytes, &mut bytes)?.then_some(bytes))
    }

    fn read_into(&self, path: &str, max_bytes: usize, bytes: &mut Vec<u8>) -> Result<bool, SourceError> {
        let fault = |error: std::io::Error| SourceError { path: path.to_owned(), reason: error.to_string() };
        let mut file = match File::open(self.root.join(path)) {
            Ok(file) => file,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(false);
            }
            Err(error) => return Err(fault(error)),
        };
        // In one piece: what is said of its length is a hint only. One byte more shows the end.
        let length = file.metadata().map_or(0, |known| known.len()).min(max_bytes as u64);
        bytes.resize(usize::try_from(length).unwrap_or(0) + 1, 0);
        let mut filled = 0;
        loop {
            match file.read(&mut bytes[filled..]) {
                Ok(0) => break,
                Ok(more) => filled += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(fault(error)),
            }
            if filled > max_bytes {
                break;
            }
            if filled == bytes.len() {
                bytes.resize((2 * filled).min(max_bytes + 1), 0);
            }
        }
        bytes.truncate(filled);
        within(path, filled, max_bytes).map(|()| true)
    }
}

/// A log behind a function: `Ok(None)` for "not found", `Err` for anything else that goes wrong.
pub struct FetchSource<F>(pub F);

impl<F: Fn(&str) -> Result<Option<Vec<u8>>, String>> LogSource for FetchSource<F> {
    fn read(&self, path: &str, max_bytes: usize) -> Result<Option<Vec<u8>>, SourceError> {
        match (self.0)(path) {
            Ok(Some(bytes)) => within(path, bytes.len(), max_bytes).map(|()| Some(bytes)),
            Ok(None) => Ok(None),
            Err(reason) => Err(SourceError { path: path.to_owned(), reason }),
        }
    }
}

fn within(path: &str, length: usize, max_bytes: usize) -> Result<(), SourceError> {
    if length <= max_bytes {
        return Ok(());
    }
    Err(SourceError {
        path: path.to_owned(),
        reason: format!("longer than the {max_bytes} bytes it can have"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_any_length_are_read_into_memory_that_held_others() {
        let folder = tempfile::tempdir().unwrap();
        let source = DirectorySource::new(folder.path());
        let all: Vec<u8> = (0..70_000u32).map(|n| n.to_be_bytes()[2] ^ n.to_be_bytes()[3]).collect();
        let mut memory = Vec::new();
        for length in [0, 1, 8_192, 70_000, 3, 69_999, 0, 500] {
            std::fs::write(folder.path().join("one"), &all[..length]).unwrap();
            assert_eq!(source.read_into("one", length, &mut memory), Ok(true));
            assert_eq!((&memory[..], source.read("one", length)), (&all[..length], Ok(Some(memory.clone()))));
            if let Some(less) = length.checked_sub(1) {
                let refused = source.read_into("one", less, &mut memory).unwrap_err();
                assert_eq!(refused.reason, format!("longer than the {less} bytes it can have"));
            }
        }
        assert_eq!(source.read_into("one/two", 9, &mut memory), Ok(false));
        assert_eq!((source.read("two", 9), source.read(".", 9).is_err()), (Ok(None), true));
    }

    /// A file whose length the system does not know beforehand.
    #[test]
    #[cfg(target_os = "linux")]
    fn what_grows_beyond_its_length_is_read_to_its_end() {
        let source = DirectorySource::new("/proc/self");
        let bytes = source.read("maps", 1 << 20).unwrap().unwrap();
        assert!(bytes.len() > 1_000 && bytes.ends_with(b"\n"));
        assert!(source.read("maps", 200).is_err());
    }
}
