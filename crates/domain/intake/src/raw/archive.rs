//! Zip archives, with limits that are measured on what comes out and not on what the archive says.

use crate::codes;
use crate::limits::Limits;
use crate::problems::Problems;
use scr_core::CellNames;
use std::io::{Cursor, Read};

/// A zip archive that has passed the limits.
pub(crate) struct Archive<'a> {
    zip: zip::ZipArchive<Cursor<&'a [u8]>>,
    /// True sizes, in the order of `names`.
    sizes: Vec<u64>,
    /// Names of the files, in the order of the archive; folders and what operating systems leave are not here.
    pub(crate) names: Vec<String>,
}

/// Whether the bytes begin like a zip archive.
pub(crate) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl<'a> Archive<'a> {
    /// Opens the archive and unpacks it once into nothing, to see how large it is.
    pub(crate) fn open(bytes: &'a [u8], limits: &Limits, problems: &mut Problems) -> Option<Self> {
        let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
            problems.push(problems.error(codes::ARCHIVE_DAMAGED));
            return None;
        };
        if zip.len() > limits.archive_members {
            problems.push(
                problems
                    .error(codes::ARCHIVE_MEMBERS)
                    .with("members", zip.len())
                    .with("limit", limits.archive_members),
            );
            return None;
        }
        let (mut names, mut sizes) = (Vec::new(), Vec::new());
        let mut left = limits.unpacked_bytes;
        for index in 0..zip.len() {
            let (name, size) = measured(&mut zip, index, left, limits, problems)?;
            left -= size;
            if let Some(name) = name {
                names.push(name);
                sizes.push(size);
            }
        }
        Some(Self { zip, sizes, names })
    }

    /// Name of the largest member.
    pub(crate) fn largest(&self) -> Option<&str> {
        let all = self.names.iter().zip(&self.sizes);
        all.max_by_key(|(_, size)| **size).map(|(name, _)| name.as_str())
    }

    /// The bytes of one member.
    pub(crate) fn member(&mut self, name: &str, limits: &Limits, problems: &mut Problems) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        let read = self
            .zip
            .by_name(name)
            .map_err(|_| ())
            .and_then(|file| file.take(limits.unpacked_bytes).read_to_end(&mut content).map_err(|_| ()));
        if read.is_err() {
            problems.push(problems.error(codes::ARCHIVE_DAMAGED).with("member", name));
            return None;
        }
        if is_zip(&content) {
            problems.push(problems.error(codes::ARCHIVE_NESTED).with("member", name));
            return None;
        }
        Some(content)
    }
}

type Zip<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// Name (of files that matter) and true size of one member.
fn measured(
    zip: &mut Zip<'_>,
    index: usize,
    left: u64,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<(Option<String>, u64)> {
    let file = match zip.by_index(index) {
        Ok(file) => file,
        Err(zip::result::ZipError::UnsupportedArchive(_) | zip::result::ZipError::InvalidPassword) => {
            problems.push(problems.error(codes::ARCHIVE_ENCRYPTED));
            return None;
        }
        Err(_) => {
            problems.push(problems.error(codes::ARCHIVE_DAMAGED));
            return None;
        }
    };
    let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
    let (packed, folder) = (file.compressed_size().max(1), file.is_dir());
    // Parts of a workbook are read by a library that stumbles on cells that cannot be.
    let is_sheet = name.starts_with("xl/");
    let mut cells = CellNames::default();
    let mut unpacked = file.take(left.saturating_add(1));
    let copied = if is_sheet {
        std::io::copy(&mut unpacked, &mut cells)
    } else {
        std::io::copy(&mut unpacked, &mut std::io::sink())
    };
    let Some(size) = copied.ok().filter(|_| !cells.are_wrong()) else {
        problems.push(problems.error(codes::ARCHIVE_DAMAGED).with("member", &name));
        return None;
    };
    if size > left {
        problems.push(problems.error(codes::ARCHIVE_TOO_LARGE).with("limit", limits.unpacked_bytes));
        return None;
    }
    if size > Limits::RATIO_FLOOR && size / packed > limits.unpacked_ratio {
        let problem =
            problems.error(codes::ARCHIVE_RATIO).with("member", &name).with("limit", limits.unpacked_ratio);
        problems.push(problem.with("ratio", size / packed));
        return None;
    }
    let stranger =
        name.starts_with("__MACOSX/") || name.ends_with(".DS_Store") || name.ends_with("Thumbs.db");
    Some(((!folder && !stranger).then_some(name), size))
}
