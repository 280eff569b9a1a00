//! Golden entries: every kind and version ever published has to decode for ever.
//!
//! `fixtures/events/<kind>/<N>/<case>.json` holds the exact bytes of an entry (a final line feed
//! is ignored). A `<case>.current` beside it holds the public fields, canonical, that the newest
//! version of the kind makes of it, when an upcaster runs.

use crate::{Catalogue, Entry};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a walk over golden files saw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldenReport {
    /// `name/version` of every kind that has at least one file.
    pub covered: BTreeSet<String>,
    /// One line per file that does not hold: path and reason.
    pub failures: Vec<String>,
    /// Kinds in the catalogue without any file.
    pub missing: Vec<String>,
}

impl GoldenReport {
    /// Whether everything decodes and every kind of the catalogue is covered.
    pub fn is_fine(&self) -> bool {
        self.failures.is_empty() && self.missing.is_empty()
    }
}

/// Walks `dir` and decodes every golden entry with the catalogue.
///
/// # Errors
/// When a folder or file cannot be read.
pub fn check_golden(dir: &Path, catalogue: &Catalogue) -> std::io::Result<GoldenReport> {
    let mut report = GoldenReport::default();
    for kind in children(dir)? {
        for version in children(&kind)? {
            for file in children(&version)? {
                if file.extension().is_some_and(|ending| ending == "json") {
                    let expected = format!("{}/{}", last_part(&kind), last_part(&version));
                    let current = std::fs::read(file.with_extension("current")).ok();
                    match check_one(&std::fs::read(&file)?, current.as_deref(), &expected, catalogue) {
                        Ok(()) => {
                            report.covered.insert(expected);
                        }
                        Err(reason) => report.failures.push(format!("{}: {reason}", file.display())),
                    }
                }
            }
        }
    }
    report.missing = catalogue
        .iter()
        .map(|kind| kind.name.to_owned())
        .filter(|name| !report.covered.contains(name))
        .collect();
    Ok(report)
}

fn check_one(
    bytes: &[u8],
    current: Option<&[u8]>,
    expected: &str,
    catalogue: &Catalogue,
) -> Result<(), String> {
    let entry = Entry::parse(bytes.strip_suffix(b"\n").unwrap_or(bytes)).map_err(|e| e.to_string())?;
    if entry.kind() != expected {
        return Err(format!("holds a {}", entry.kind()));
    }
    let known =
        catalogue.decode(&entry).map_err(|e| e.to_string())?.ok_or("no such kind in the catalogue")?;
    let public = scr_canon::to_canonical(&known.public).map_err(|e| e.to_string())?;
    match current {
        Some(wanted) if wanted.strip_suffix(b"\n").unwrap_or(wanted) != public.as_slice() => {
            Err(format!("becomes {}", String::from_utf8_lossy(&public)))
        }
        None if &known.public != entry.public() => {
            Err("has been upcast, yet has no .current file".to_owned())
        }
        _ => Ok(()),
    }
}

fn children(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths =
        std::fs::read_dir(dir)?.map(|item| item.map(|i| i.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

fn last_part(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
