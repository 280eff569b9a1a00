//! Taking a backup, also while the server runs.

use super::{FORMAT, MAX_KEY_DAYS, Manifest, copy, failed};
use crate::outcome::Problem;
use rusqlite::{Connection, OpenFlags};
use scr_engine::Installation;
use scr_objects::Place;
use std::path::{Path, PathBuf};

/// What to back up, and where to.
pub(crate) struct Request<'a> {
    /// The installation's folder.
    pub(crate) data: &'a Path,
    /// The folder of the backup, which is created.
    pub(crate) to: &'a Path,
    /// Where the objects are, when not in the folder.
    pub(crate) objects: Option<Place>,
    /// The folder for copies of keys.
    pub(crate) keys: Option<&'a Path>,
    /// Copies of keys that are older are deleted.
    pub(crate) keep_keys_days: u16,
    /// Seconds since 1970, UTC.
    pub(crate) now: i64,
}

/// What was backed up.
#[derive(serde::Serialize)]
pub(crate) struct Created {
    pub(crate) backup: PathBuf,
    #[serde(flatten)]
    pub(crate) manifest: Manifest,
    /// The copy of the keys, where one was asked for.
    pub(crate) keys: Option<PathBuf>,
    /// Copies of keys that had become too old.
    pub(crate) deleted: Vec<PathBuf>,
}

/// Takes a backup. Refused with `SCR-BAK-001`, `-006`, `-009`, `-010`; `SCR-BAK-003` for a damaged object.
pub(crate) fn create(request: &Request<'_>) -> Result<Created, Problem> {
    let installation = Installation::find(request.data).map_err(|e| Problem::input("SCR-CLI-031", e))?;
    check(request)?;
    let (to, origin) = (request.to, installation.origin().to_owned());
    std::fs::create_dir_all(to).map_err(|e| failed(to, &e))?;
    let record = to.join("record.db");
    copy::snapshot(&request.data.join("record.db"), &record)?;
    let size = size_of(&record)?;
    // After the snapshot: whatever it names was durable before.
    let from = super::objects_of(installation, request.objects.clone())?;
    let (objects, object_bytes) = copy::objects(&from, &copy::folder_of_objects(&to.join("objects"))?)?;
    let (keys, deleted) = match request.keys {
        Some(folder) => keys(request, folder)?,
        None => (None, Vec::new()),
    };
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        origin,
        at: request.now,
        size,
        record_sha256: copy::hash_of(&record)?.0.to_hex(),
        objects,
        object_bytes,
    };
    let text = serde_json::to_string_pretty(&manifest).map_err(|e| failed(to, &e))?;
    copy::write(&to.join("backup.json"), text.as_bytes())?;
    // What `doctor` tells the age of backups by.
    let keys_folder =
        request.keys.map(|folder| std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()));
    let keys_folder = keys_folder.map_or_else(String::new, |folder| folder.display().to_string());
    let note = format!("{}\n{size}\n{keys_folder}\n", request.now);
    copy::write(&request.data.join("last-backup"), note.as_bytes())?;
    Ok(Created { backup: to.to_owned(), manifest, keys, deleted })
}

fn check(request: &Request<'_>) -> Result<(), Problem> {
    if !request.data.join("record.db").exists() {
        let what = format!("{} holds no record.db", request.data.display());
        return Err(Problem::input("SCR-BAK-008", what).help(
            "a record in PostgreSQL is backed up with the database's own tools (pg_basebackup, pg_dump)",
        ));
    }
    if request.to.read_dir().is_ok_and(|mut files| files.next().is_some()) {
        let what = format!("{} is not empty", request.to.display());
        return Err(Problem::input("SCR-BAK-001", what).help("give a folder of its own for each backup"));
    }
    if request.keep_keys_days > MAX_KEY_DAYS {
        let what = format!("copies of keys are kept for at most {MAX_KEY_DAYS} days");
        return Err(Problem::input("SCR-BAK-010", what).help("an older copy would undo erasures"));
    }
    let Some(keys) = request.keys else { return Ok(()) };
    let inside =
        |one: &Path, other: &Path| std::path::absolute(one).ok().zip(std::path::absolute(other).ok());
    let nested =
        inside(keys, request.to).is_some_and(|(keys, to)| keys.starts_with(&to) || to.starts_with(&keys));
    if nested {
        return Err(Problem::input("SCR-BAK-006", "keys and record would stand in one folder")
            .help("keep them apart: whoever has both reads the private content"));
    }
    Ok(())
}

/// Copies the keys beside the earlier copies and deletes those that are too old.
fn keys(request: &Request<'_>, folder: &Path) -> Result<(Option<PathBuf>, Vec<PathBuf>), Problem> {
    std::fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    private(folder, 0o700)?;
    let copy = folder.join(format!("keys-{}.db", request.now));
    copy::snapshot(&request.data.join("keys.db"), &copy)?;
    private(&copy, 0o600)?;
    let oldest = request.now - i64::from(request.keep_keys_days) * 86_400;
    let mut deleted = Vec::new();
    for file in folder.read_dir().map_err(|e| failed(folder, &e))?.flatten() {
        let path = file.path();
        if taken_at(&path).is_some_and(|at| at < oldest) {
            std::fs::remove_file(&path).map_err(|e| failed(&path, &e))?;
            deleted.push(path);
        }
    }
    copy::sync(folder)?;
    deleted.sort();
    Ok((Some(copy), deleted))
}

/// When a copy of keys was taken, by its name.
pub(crate) fn taken_at(path: &Path) -> Option<i64> {
    path.file_name()?.to_str()?.strip_prefix("keys-")?.strip_suffix(".db")?.parse().ok()
}

fn private(path: &Path, mode: u32) -> Result<(), Problem> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(path, permissions).map_err(|e| failed(path, &e))?;
    }
    #[cfg(not(unix))]
    let _ = (path, mode);
    Ok(())
}

/// Entries of a record that nobody writes to.
pub(super) fn size_of(record: &Path) -> Result<u64, Problem> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let size = Connection::open_with_flags(record, flags)
        .and_then(|database| database.query_row("SELECT size FROM log_head", [], |row| row.get::<_, i64>(0)));
    size.map(i64::cast_unsigned).map_err(|e| failed(record, &e))
}
