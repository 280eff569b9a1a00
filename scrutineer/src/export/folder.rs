//! A folder of files that is there as a whole or not at all, with a list of their digests.

use super::Trouble;
use super::serving::media_type;
use scr_canon::{Hash32, sha256};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The list of what is in a copy.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The form of the list.
const FORMAT: &str = "scrutineer/site/1";
const MAX_MANIFEST_BYTES: u64 = 256 << 20;

/// What a copy says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    /// Name of the log.
    pub(crate) origin: String,
    /// Entries under its checkpoint. No page shows what came later than that.
    pub(crate) size: u64,
    /// By their path.
    pub(crate) files: BTreeMap<String, Digest>,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Digest {
    /// Hexadecimal.
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
    /// The media type to give it with.
    #[serde(rename = "type")]
    pub(crate) media_type: String,
    /// What the server was asked for; pages are as they came, but for their links.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<String>,
}

impl Digest {
    fn of(file: &str, from: Option<&str>, bytes: &[u8]) -> Self {
        Self {
            sha256: sha256(bytes).to_hex(),
            bytes: bytes.len() as u64,
            media_type: media_type(file).to_owned(),
            from: from.map(str::to_owned),
        }
    }

    fn is_of(&self, bytes: &[u8]) -> bool {
        self.bytes == bytes.len() as u64 && self.sha256 == sha256(bytes).to_hex()
    }
}

impl Manifest {
    /// Reads a list. Names that could lead out of the folder are refused.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        if manifest.format != FORMAT {
            return Err(format!("its form is {:?}, this program knows {FORMAT}", manifest.format));
        }
        let is_safe = |path: &String| {
            path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
                && !path.contains('\\')
        };
        match manifest
            .files
            .iter()
            .find(|(path, digest)| !is_safe(path) || Hash32::from_hex(&digest.sha256).is_none())
        {
            Some((path, _)) => Err(format!("{path:?} cannot be in it")),
            None => Ok(manifest),
        }
    }

    /// The list in a folder; nothing for a folder that is empty or not there.
    pub(crate) fn read(folder: &Path) -> Result<Option<Self>, Trouble> {
        let is_empty = folder.read_dir().map_or(true, |mut files| files.next().is_none());
        if is_empty {
            return Ok(None);
        }
        let path = folder.join(MANIFEST);
        let other = |what: &dyn std::fmt::Display| Trouble::Other(format!("{}: {what}", folder.display()));
        let long =
            path.metadata().map_err(|e| other(&format!("{MANIFEST}: {e}")))?.len() > MAX_MANIFEST_BYTES;
        let bytes = if long { Vec::new() } else { std::fs::read(&path).map_err(|e| other(&e))? };
        Self::parse(&bytes).map(Some).map_err(|e| other(&format!("{MANIFEST}: {e}")))
    }

    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, Trouble> {
        let mut text = serde_json::to_vec_pretty(self).map_err(|e| Trouble::Other(e.to_string()))?;
        text.push(b'\n');
        Ok(text)
    }
}

/// A copy that is being made beside the one that is served.
pub(crate) struct Staged {
    target: PathBuf,
    beside: PathBuf,
    before: Manifest,
    now: Manifest,
    /// Files that were not in the earlier copy, or were different.
    pub(crate) changed: u64,
    /// Held while the copy is made.
    _lock: File,
}

impl Staged {
    /// Begins a copy that will stand at `target`.
    pub(crate) fn begin(target: &Path) -> Result<Self, Trouble> {
        let target = std::path::absolute(target).map_err(|e| own(target, &e))?;
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| Trouble::Other(format!("{} has no name", target.display())))?;
        let lock = lock(&target, &target.with_file_name(format!(".{name}.lock")))?;
        let before = Manifest::read(&target)?.unwrap_or_default();
        let beside = target.with_file_name(format!(".{name}.new"));
        if beside.exists() {
            // Of an export that was cut off.
            std::fs::remove_dir_all(&beside).map_err(|e| own(&beside, &e))?;
        }
        std::fs::create_dir_all(&beside).map_err(|e| own(&beside, &e))?;
        Ok(Self { target, beside, before, now: Manifest::default(), changed: 0, _lock: lock })
    }

    /// The earlier copy.
    pub(crate) fn before(&self) -> Option<&Manifest> {
        (!self.before.format.is_empty()).then_some(&self.before)
    }

    /// Writes a file; one that is as before is linked, so that its time and its place on the disk stay.
    pub(crate) fn write(&mut self, file: &str, from: Option<&str>, bytes: &[u8]) -> Result<(), Trouble> {
        let digest = Digest::of(file, from, bytes);
        if self.before.files.get(file) == Some(&digest) && self.keep(file)? {
            return Ok(());
        }
        self.write_raw(file, bytes)?;
        self.changed += 1;
        self.now.files.insert(file.to_owned(), digest);
        Ok(())
    }

    /// Writes what is made into the file later.
    pub(crate) fn write_raw(&self, file: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let path = self.place(file)?;
        // Not into a file that the earlier copy has as well.
        drop(std::fs::remove_file(&path));
        std::fs::write(&path, bytes).map_err(|e| own(&path, &e))
    }

    /// What was written to be made into the file.
    pub(crate) fn raw(&self, file: &str) -> Result<Vec<u8>, Trouble> {
        let path = self.beside.join(file);
        std::fs::read(&path).map_err(|e| own(&path, &e))
    }

    /// Takes a file over from the earlier copy; `false` when it is not there, or not as its digest says.
    pub(crate) fn keep(&mut self, file: &str) -> Result<bool, Trouble> {
        if self.now.files.contains_key(file) {
            return Ok(true);
        }
        let Some(digest) = self.before.files.get(file).cloned() else { return Ok(false) };
        let (old, new) = (self.target.join(file), self.place(file)?);
        if std::fs::read(&old).map_or(true, |bytes| !digest.is_of(&bytes)) {
            return Ok(false);
        }
        drop(std::fs::remove_file(&new));
        // Where there are no links, it is copied.
        std::fs::hard_link(&old, &new)
            .or_else(|_| std::fs::copy(&old, &new).map(|_| ()))
            .map_err(|e| own(&new, &e))?;
        self.now.files.insert(file.to_owned(), digest);
        Ok(true)
    }

    /// Takes over every file of the earlier copy whose path begins so.
    pub(crate) fn keep_all(&mut self, begins: &str) -> Result<(), Trouble> {
        let files: Vec<String> =
            self.before.files.keys().filter(|f| f.starts_with(begins)).cloned().collect();
        files.iter().try_for_each(|file| self.keep(file).map(|_| ()))
    }

    /// Where the earlier copy stands, and this one will.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The folder of the copy while it is made.
    pub(crate) fn folder(&self) -> &Path {
        &self.beside
    }

    /// Puts the copy in the place of the earlier one, in one step. The list is written last.
    pub(crate) fn finish(mut self, origin: &str, size: u64) -> Result<(Manifest, u64), Trouble> {
        (self.now.format, self.now.size) = (FORMAT.to_owned(), size);
        origin.clone_into(&mut self.now.origin);
        let removed =
            self.before.files.keys().filter(|file| !self.now.files.contains_key(*file)).count() as u64;
        let path = self.beside.join(MANIFEST);
        let bytes = self.now.to_bytes()?;
        let written = File::create(&path).and_then(|mut file| {
            file.write_all(&bytes)?;
            file.sync_all()
        });
        written.map_err(|e| own(&path, &e))?;
        flush(&self.beside).map_err(|e| own(&self.beside, &e))?;
        if self.target.exists() {
            exchange(&self.beside, &self.target).map_err(|e| own(&self.target, &e))?;
            std::fs::remove_dir_all(&self.beside).map_err(|e| own(&self.beside, &e))?;
        } else {
            std::fs::rename(&self.beside, &self.target).map_err(|e| own(&self.target, &e))?;
        }
        Ok((self.now, removed))
    }

    fn place(&self, file: &str) -> Result<PathBuf, Trouble> {
        let path = self.beside.join(file);
        let folder = path.parent().unwrap_or(&self.beside);
        std::fs::create_dir_all(folder).map_err(|e| own(folder, &e))?;
        Ok(path)
    }
}

/// One copy at a time. The file stays; the lock ends with the process, however that ends.
fn lock(target: &Path, path: &Path) -> Result<File, Trouble> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder).map_err(|e| own(folder, &e))?;
    let file = File::create(path).map_err(|e| own(path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Trouble::Busy(target.display().to_string())),
        Err(TryLockError::Error(error)) => Err(own(path, &error)),
    }
}

/// Puts all files on the disk before they get their names: power that fails leaves one of the two copies.
fn flush(folder: &Path) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::fs::syncfs(File::open(folder)?)?;
    #[cfg(not(target_os = "linux"))]
    let _ = folder;
    Ok(())
}

/// Gives two folders each other's name.
fn exchange(one: &Path, other: &Path) -> std::io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Where the system cannot do it in one step, for a moment there is nothing under the name.
    let aside = other.with_extension("old");
    std::fs::rename(other, &aside)?;
    std::fs::rename(one, other)?;
    std::fs::rename(&aside, one)
}

/// Reads every file of a copy and compares it with the list; gives how many there are.
pub(crate) fn check(folder: &Path) -> Result<(Manifest, u64), Trouble> {
    let manifest =
        Manifest::read(folder)?.ok_or_else(|| Trouble::Other(format!("{} is empty", folder.display())))?;
    let mut bytes = 0;
    for (file, digest) in &manifest.files {
        let found = std::fs::read(folder.join(file));
        if !found.as_ref().is_ok_and(|found| digest.is_of(found)) {
            let what = if found.is_ok() { "has other bytes than the list says" } else { "is missing" };
            return Err(Trouble::Damaged(format!("{file} {what}")));
        }
        bytes += digest.bytes;
    }
    Ok((manifest, bytes))
}

fn own(path: &Path, what: &dyn std::fmt::Display) -> Trouble {
    Trouble::Own(format!("{}: {what}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_there_as_a_whole_and_files_that_did_not_change_are_the_same_files() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("site");
        let mut first = Staged::begin(&target).ok().unwrap();
        first.write("a/index.html", None, b"one").ok().unwrap();
        first.write("b/index.html", None, b"two").ok().unwrap();
        assert!(!target.exists());
        assert_eq!(Staged::begin(&target).err().unwrap().code(), "SCR-EXPORT-007");
        first.finish("log.example", 1).ok().unwrap();
        let modified = |file: &str| target.join(file).metadata().unwrap().modified().unwrap();
        let before = modified("a/index.html");
        let mut second = Staged::begin(&target).ok().unwrap();
        second.write("a/index.html", None, b"one").ok().unwrap();
        second.write("c/index.html", None, b"three").ok().unwrap();
        assert_eq!(second.changed, 1);
        assert!(target.join("b/index.html").exists());
        let (manifest, removed) = second.finish("log.example", 2).ok().unwrap();
        assert_eq!((manifest.files.len(), removed), (2, 1));
        assert_eq!(modified("a/index.html"), before);
        assert!(!target.join("b/index.html").exists());
        assert_eq!(check(&target).ok().unwrap().1, 8);
        std::fs::write(target.join("a/index.html"), "other").unwrap();
        assert!(matches!(check(&target), Err(Trouble::Damaged(what)) if what.contains("a/index.html")));
        // A file that was altered is not taken over.
        let mut third = Staged::begin(&target).ok().unwrap();
        assert!(!third.keep("a/index.html").ok().unwrap());
    }

    #[test]
    fn a_list_cannot_lead_out_of_the_folder() {
        let list = |path: &str| {
            format!(
                r#"{{"format":"{FORMAT}","origin":"o","size":1,"files":{{"{path}":{{"sha256":"{}","bytes":1,"type":"t"}}}}}}"#,
                "ab".repeat(32)
            )
        };
        assert!(Manifest::parse(list("a/b").as_bytes()).is_ok());
        for path in ["../a", "a/../b", "/a", "a//b", "./a"] {
            assert!(Manifest::parse(list(path).as_bytes()).is_err(), "{path}");
        }
    }
}
