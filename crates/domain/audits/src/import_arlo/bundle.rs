//! A bundle of tables, one for each jurisdiction: a zip, alone or in a zip beside its SHA-256.

use super::problem;
use scr_core::Problem;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;

/// Bytes of a member, at most; a statewide bundle has some hundred kilobytes.
const MAX_MEMBER: u64 = 256 << 20;
/// Members, at most.
const MAX_MEMBERS: usize = 10_000;

/// The tables by jurisdiction.
#[derive(Debug, Default)]
pub struct Bundle {
    /// By the name of the folder.
    pub tables: BTreeMap<String, Table>,
}

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    /// Where it stood.
    pub file: String,
    /// As it stood there.
    pub bytes: Vec<u8>,
}

/// Reads a bundle. Where it is a zip in a zip the SHA-256 beside it is checked.
///
/// # Errors
/// Everything that is wrong (SCR-AUD-140, -142).
pub fn read_bundle(input: impl Read + Seek, file: &str) -> Result<Bundle, Vec<Problem>> {
    let broken = |what: String| vec![problem("SCR-AUD-140", file).with("what", what)];
    let mut archive = ZipArchive::new(input).map_err(|error| broken(error.to_string()))?;
    let inner = member(&mut archive, |name| name.ends_with(".zip")).map_err(broken)?;
    let Some((name, bytes)) = inner else { return tables(&mut archive, file) };
    let stated = member(&mut archive, |name| name.ends_with(".sha256sum")).map_err(broken)?;
    if let Some((_, stated)) = stated {
        let found = scr_canon::Hash32(Sha256::digest(&bytes).into()).to_hex();
        let said = String::from_utf8_lossy(&stated).split_whitespace().next().unwrap_or_default().to_owned();
        if said != found {
            return Err(vec![problem("SCR-AUD-142", file).with_value(&said).with("found", found)]);
        }
    }
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(format!("{name}: {error}")))?;
    tables(&mut archive, &format!("{file}#{name}"))
}

/// The one member whose name fits.
fn member<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    fits: impl Fn(&str) -> bool,
) -> Result<Option<(String, Vec<u8>)>, String> {
    if archive.len() > MAX_MEMBERS {
        return Err(format!("{} files, and {MAX_MEMBERS} are the most", archive.len()));
    }
    for at in 0..archive.len() {
        let found = archive.by_index(at).map_err(|error| error.to_string())?;
        let name = found.name().map(|name| name.into_owned()).unwrap_or_default();
        if fits(&name) {
            return Ok(Some((name, unpack(found)?)));
        }
    }
    Ok(None)
}

fn unpack(member: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    member.take(MAX_MEMBER + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > MAX_MEMBER { Err("a file in it is too large".to_owned()) } else { Ok(bytes) }
}

fn tables<R: Read + Seek>(archive: &mut ZipArchive<R>, file: &str) -> Result<Bundle, Vec<Problem>> {
    let (mut bundle, mut problems) = (Bundle::default(), Vec::new());
    if archive.len() > MAX_MEMBERS {
        return Err(vec![problem("SCR-AUD-140", file).with("what", format!("{} files", archive.len()))]);
    }
    for at in 0..archive.len() {
        let read = archive.by_index(at).map_err(|error| error.to_string()).and_then(|found| {
            let name = found.name().map(|name| name.replace('\\', "/")).unwrap_or_default();
            let is_table =
                !found.is_dir() && name.to_ascii_lowercase().ends_with(".csv") && !name.contains("__MACOSX");
            Ok(if is_table { Some((name, unpack(found)?)) } else { None })
        });
        match read {
            Ok(None) => {}
            Ok(Some((name, bytes))) => {
                let jurisdiction = name.split('/').next().unwrap_or_default().to_owned();
                bundle.tables.insert(jurisdiction, Table { file: format!("{file}#{name}"), bytes });
            }
            Err(what) => problems.push(problem("SCR-AUD-140", file).with("what", what)),
        }
    }
    if bundle.tables.is_empty() && problems.is_empty() {
        problems.push(problem("SCR-AUD-140", file).with("what", "no table in it"));
    }
    if problems.is_empty() { Ok(bundle) } else { Err(problems) }
}
