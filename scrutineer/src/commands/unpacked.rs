//! Exports that were unpacked: a folder, or Dominion's file of ballots beside its manifests, as the zip that it was.

use crate::outcome::Problem;
use crate::source::read_bytes;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

/// Bytes that are read into memory, at most; a larger export is given as its zip.
const MAX_FOLDER: u64 = 2 << 30;
/// Files of a folder, at most.
const MAX_FILES: usize = 200_000;
/// Folders within one another, at most.
const MAX_DEPTH: usize = 4;

/// The zip, in memory. `None`: the path is neither a folder nor a bare `CvrExport.json`.
pub(crate) fn zipped(path: &Path) -> Result<Option<Vec<u8>>, Problem> {
    let mut files = Vec::new();
    if path.is_dir() {
        list(path, MAX_DEPTH, &mut files)?;
        files.sort();
    } else if is_ballots(path) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut beside = Vec::new();
        list(folder.unwrap_or_else(|| Path::new(".")), 0, &mut beside)?;
        beside.retain(|file| name(file).ends_with("Manifest.json"));
        beside.sort();
        files.push(path.to_owned());
        files.extend(beside);
    } else {
        return Ok(None);
    }
    packed(path, &files).map(Some)
}

/// Whether an unpacked export holds Dominion's ballots; if not, they are Hart's.
pub(crate) fn is_dominion(path: &Path) -> Result<bool, Problem> {
    let mut files = Vec::new();
    if path.is_dir() {
        list(path, MAX_DEPTH, &mut files)?;
    }
    Ok(is_ballots(path) || files.iter().any(|file| is_ballots(file)))
}

/// Whether this is a file of Dominion's ballots by its name.
fn is_ballots(path: &Path) -> bool {
    let name = name(path);
    name.starts_with("CvrExport") && name.ends_with(".json")
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn wrong(path: &Path, what: &dyn std::fmt::Display) -> Problem {
    Problem::input("SCR-CLI-001", format!("{}: {what}", path.display()))
}

fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), Problem> {
    for entry in std::fs::read_dir(folder).map_err(|error| wrong(folder, &error))? {
        let path = entry.map_err(|error| wrong(folder, &error))?.path();
        if path.is_dir() && depth > 0 {
            list(&path, depth - 1, files)?;
        } else if path.is_file() {
            files.push(path);
        }
        if files.len() > MAX_FILES {
            return Err(wrong(folder, &format!("more than {MAX_FILES} files")));
        }
    }
    Ok(())
}

fn packed(path: &Path, files: &[PathBuf]) -> Result<Vec<u8>, Problem> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut left = MAX_FOLDER;
    for file in files {
        let bytes = read_bytes(file, left)?;
        left -= bytes.len() as u64;
        let inside = file.strip_prefix(path).ok().filter(|inside| !inside.as_os_str().is_empty());
        let inside = inside.map_or_else(|| name(file), |inside| inside.to_string_lossy().replace('\\', "/"));
        archive.start_file(inside, options).map_err(|error| wrong(file, &error))?;
        archive.write_all(&bytes).map_err(|error| wrong(file, &error))?;
    }
    let archive = archive.finish().map_err(|error| wrong(path, &error))?;
    Ok(archive.into_inner())
}
