//! The folder in which a follower keeps what it has seen: `alert-ENTRY.bundle` what is genuine, `refused-ENTRY.bundle` what is
//! not. Of two different entries at one place both files are kept: they are evidence against the log's operator.

use crate::commands::write_new;
use crate::outcome::Problem;
use scr_alerts::Authentic;
use scr_canon::Hash32;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Files of what was refused that are kept: a server that lies fills no disk.
const MOST_REFUSED: usize = 1_000;

/// A file that was kept earlier.
pub(super) enum Kept {
    Genuine(Box<Authentic>),
    /// The file that the card does not confirm.
    Not(String),
}

/// The folder.
pub(super) struct Folder {
    path: PathBuf,
}

/// The entry that a file is named after.
fn index_of(name: &str) -> Option<u64> {
    let named = name.strip_prefix("alert-")?.strip_suffix(".bundle")?;
    named.split_once('-').map_or(named, |(index, _)| index).parse().ok()
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    Problem::input("SCR-CLI-001", format!("{}: {error}", path.display()))
}

impl Folder {
    /// The folder at a path, made where it is not there.
    pub(super) fn at(path: &Path) -> Result<Self, Problem> {
        std::fs::create_dir_all(path)
            .map_err(|error| Problem::input("SCR-CLI-101", format!("{}: {error}", path.display())))?;
        Ok(Self { path: path.to_owned() })
    }

    /// What was kept as genuine. `genuine`: what the card confirms of bytes.
    pub(super) fn read(
        &self,
        genuine: &dyn Fn(&[u8]) -> Option<Authentic>,
        most: usize,
    ) -> Result<Vec<Kept>, Problem> {
        let mut all = Vec::new();
        for entry in std::fs::read_dir(&self.path).map_err(|error| unreadable(&self.path, &error))? {
            let path = entry.map_err(|error| unreadable(&self.path, &error))?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let Some(index) = name.as_deref().and_then(index_of) else { continue };
            if all.len() == most {
                break;
            }
            let bytes = crate::source::read_bytes(&path, scr_alerts::armour::MAX_ARMOUR_BYTES as u64)?;
            let found = genuine(&bytes).filter(|found| found.index == index);
            all.push(found.map_or_else(
                || Kept::Not(path.display().to_string()),
                |found| Kept::Genuine(Box::new(found)),
            ));
        }
        Ok(all)
    }

    /// Keeps what is genuine, and says where. `is_same`: whether bytes that are there already are of the same entry; bundles
    /// differ by their cosignatures, and what is there is as good.
    pub(super) fn keep_genuine(
        &self,
        (index, leaf): (u64, &Hash32),
        bytes: &[u8],
        is_same: &dyn Fn(&[u8]) -> bool,
    ) -> Result<String, Problem> {
        let usual = self.path.join(format!("alert-{index}.bundle"));
        let begins: String = leaf.to_hex().chars().take(16).collect();
        let other = self.path.join(format!("alert-{index}-{begins}.bundle"));
        for path in [&usual, &other] {
            if !path.exists() {
                write_new(path, |file| file.write_all(bytes))?;
                return Ok(path.display().to_string());
            }
            let kept = crate::source::read_bytes(path, scr_alerts::armour::MAX_ARMOUR_BYTES as u64)?;
            if is_same(&kept) {
                return Ok(path.display().to_string());
            }
        }
        let words = format!("{}: another file has this name already", other.display());
        Err(Problem::input("SCR-CLI-101", words))
    }

    /// Keeps what is not genuine as evidence, as long as there are not too many; says where.
    pub(super) fn keep_refused(&self, index: u64, bytes: &[u8]) -> Result<Option<String>, Problem> {
        let path = self.path.join(format!("refused-{index}.bundle"));
        if !path.exists() {
            let all = std::fs::read_dir(&self.path).map_err(|error| unreadable(&self.path, &error))?;
            let is_refused = |name: &std::ffi::OsString| name.to_string_lossy().starts_with("refused-");
            if all.flatten().map(|entry| entry.file_name()).filter(is_refused).count() >= MOST_REFUSED {
                return Ok(None);
            }
            write_new(&path, |file| file.write_all(bytes))?;
        }
        Ok(Some(path.display().to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_their_entry() {
        let names = [
            "alert-41.bundle",
            "alert-41-00ff.bundle",
            "refused-41.bundle",
            "alert-x.bundle",
            "alert-41.bundle.part",
        ];
        assert_eq!(names.map(index_of), [Some(41), Some(41), None, None, None]);
    }

    #[test]
    fn of_two_entries_at_one_place_both_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Folder::at(folder.path()).unwrap_or_else(|_| unreachable!());
        let keep = |leaf: u8, bytes: &[u8]| {
            kept.keep_genuine((4, &Hash32([leaf; 32])), bytes, &|there| there.first() == bytes.first())
                .ok()
                .unwrap()
        };
        assert!(keep(1, b"one").ends_with("alert-4.bundle"));
        assert!(keep(1, b"one, with more witnesses").ends_with("alert-4.bundle"));
        assert!(keep(2, b"two").ends_with("alert-4-0202020202020202.bundle"));
        assert_eq!(std::fs::read(folder.path().join("alert-4.bundle")).unwrap(), b"one");
    }

    #[test]
    fn a_server_that_lies_fills_no_disk() {
        let folder = tempfile::tempdir().unwrap();
        let kept = Folder::at(folder.path()).unwrap_or_else(|_| unreachable!());
        let saved = (0..1_010).filter(|index| kept.keep_refused(*index, b"x").ok().flatten().is_some());
        assert_eq!(saved.count(), MOST_REFUSED);
    }
}
