//! The way back: everything is checked beside its place, then moved into it. What was there is kept.

use super::create::size_of;
use super::{Manifest, copy, failed};
use crate::outcome::Problem;
use crate::source;
use scr_engine::Installation;
use scr_ledger::Guard;
use scr_objects::Place;
use scr_verify::EntryRules;
use std::path::{Path, PathBuf};

/// Where from and where to.
pub(crate) struct Way<'a> {
    /// The backup.
    pub(crate) from: &'a Path,
    /// A copy of the keys of private content.
    pub(crate) keys: Option<&'a Path>,
    /// The installation's folder, with its `keys/`.
    pub(crate) data: &'a Path,
    /// Where the objects go, when not into the folder.
    pub(crate) objects: Option<Place>,
    /// Whether a record that is there is put aside.
    pub(crate) replace: bool,
    /// Seconds since 1970, UTC.
    pub(crate) now: i64,
}

/// What was restored.
#[derive(serde::Serialize)]
pub(crate) struct Restored {
    pub(crate) origin: String,
    pub(crate) size: u64,
    pub(crate) at: i64,
    pub(crate) objects: u64,
    /// What stood there before, when something did.
    pub(crate) aside: Option<PathBuf>,
    /// Entries that were signed when the guard was last written; nothing when there is no guard.
    pub(crate) signed: Option<u64>,
    /// Whether the log will sign again. Otherwise a person decides.
    pub(crate) will_sign: bool,
}

/// Restores a backup. Refused with `SCR-BAK-002` to `-005`, `-007`, `-009`, `-011`.
pub(crate) fn restore(way: &Way<'_>) -> Result<Restored, Problem> {
    let manifest = Manifest::read(way.from)?;
    let installation = Installation::find(way.data).map_err(|e| {
        Problem::input("SCR-CLI-031", e)
            .help("put the sealed copy of the folder keys/ into the data folder first: it is in no backup")
    })?;
    if installation.origin() != manifest.origin {
        let (own, other) = (installation.origin(), &manifest.origin);
        return Err(Problem::input(
            "SCR-BAK-007",
            format!("the backup is of {other}, the keys are of {own}"),
        )
        .help("restore into a folder with the keys of the same log"));
    }
    let lock = way.data.join("lock");
    let held = scr_ledger::lock_file(&lock).map_err(|e| failed(&lock, &e))?;
    let Some(_until_the_end) = held else {
        return Err(Problem::input("SCR-BAK-005", "a server works in this folder").help("stop it first"));
    };
    let is_there = way.data.join("record.db").exists();
    if is_there && !way.replace {
        return Err(Problem::input("SCR-BAK-004", format!("{} holds a record", way.data.display()))
            .help("with --replace it is put aside, not deleted"));
    }
    let staged = way.data.join("restoring");
    if staged.exists() {
        std::fs::remove_dir_all(&staged).map_err(|e| failed(&staged, &e))?;
    }
    std::fs::create_dir_all(&staged).map_err(|e| failed(&staged, &e))?;
    check(way, &manifest, &staged)?;
    if way.objects.is_some() {
        // Elsewhere nothing is put aside: names are hashes, so what is there already is the same.
        let there = super::objects_of(installation, way.objects.clone())?;
        copy::objects(&copy::folder_of_objects(&staged.join("objects"))?, &there)?;
    }
    let aside = put_in_place(way, &staged)?;
    let signed =
        Guard::at(&way.data.join("guard")).read().map_err(|e| failed(&way.data.join("guard"), &e))?;
    let signed = signed.map(|(size, _)| size);
    let (size, objects) = (manifest.size, manifest.objects);
    let will_sign = signed.is_some_and(|signed| signed <= size) || size == 0;
    Ok(Restored { origin: manifest.origin, size, at: manifest.at, objects, aside, signed, will_sign })
}

/// Copies the backup beside its place and checks every byte of it: the hash of the record, each object
/// against its name, and the whole log against the log's own keys.
fn check(way: &Way<'_>, manifest: &Manifest, staged: &Path) -> Result<(), Problem> {
    let damaged = |what: String| {
        Problem::does_not_hold("SCR-BAK-003", what).help("take another backup; nothing was changed")
    };
    let record = staged.join("record.db");
    let (hash, _) = copy::file(&way.from.join("record.db"), &record)?;
    if hash.to_hex() != manifest.record_sha256 {
        return Err(damaged("record.db has other bytes than when it was backed up".to_owned()));
    }
    let size = size_of(&record)?;
    if size != manifest.size {
        return Err(damaged(format!("the record holds {size} entries, backup.json says {}", manifest.size)));
    }
    let [from, to] = [way.from, staged].map(|folder| copy::folder_of_objects(&folder.join("objects")));
    let (objects, _) = copy::objects(&from?, &to?)?;
    if objects != manifest.objects {
        return Err(damaged(format!("{objects} of {} objects are there", manifest.objects)));
    }
    if size > 0 {
        let place = staged.to_string_lossy();
        let trust = source::trust(None, &[], Some(way.data))?;
        let log = source::open(&place, None)?;
        scr_verify::fsck(&*log, &trust, EntryRules::Scrutineer).map_err(|e| damaged(e.to_string()))?;
    }
    let Some(keys) = way.keys else { return Ok(()) };
    let copy = staged.join("keys.db");
    copy::file(keys, &copy)?;
    let opens = Installation::find(way.data).and_then(|own| own.opens_keys(&copy));
    if opens.map_err(|e| failed(&copy, &e))? {
        return Ok(());
    }
    let what =
        format!("no master key in keys/ opens {}: it is of before or after a rotation", keys.display());
    Err(Problem::input("SCR-BAK-011", what)
        .help("give a copy of the same time as keys/vault, or put the sealed keys/vault of that time there as keys/vault.next; nothing was changed"))
}

/// Puts aside what is there and moves what was checked into its place. Views are left out: they are made
/// from the record. Guard, retirement and the list of what was erased stay where they are.
fn put_in_place(way: &Way<'_>, staged: &Path) -> Result<Option<PathBuf>, Problem> {
    let numbered = |number: u32| way.data.join(format!("before-restore-{}-{number}", way.now));
    let aside = (1..).map(numbered).find(|path| !path.exists()).unwrap_or_else(|| numbered(0));
    let rename = |from: &Path, to: &Path| std::fs::rename(from, to).map_err(|e| failed(from, &e));
    if way.keys.is_some() {
        // Keys that are replaced are not kept: an erasure must not be undone by an old copy.
        for name in ["keys.db", "keys.db-wal", "keys.db-shm"] {
            remove(&way.data.join(name))?;
        }
    }
    let mut old = vec!["record.db", "record.db-wal", "record.db-shm"];
    old.extend(way.objects.is_none().then_some("objects"));
    old.retain(|name| way.data.join(name).exists());
    for name in &old {
        std::fs::create_dir_all(&aside).map_err(|e| failed(&aside, &e))?;
        rename(&way.data.join(name), &aside.join(name))?;
    }
    for file in way.data.read_dir().map_err(|e| failed(way.data, &e))?.flatten() {
        if file.file_name().to_string_lossy().starts_with("views-") {
            remove(&file.path())?;
        }
    }
    for name in ["objects", "keys.db", "record.db"] {
        let from = staged.join(name);
        if from.exists() && (name != "objects" || way.objects.is_none()) {
            rename(&from, &way.data.join(name))?;
        }
    }
    copy::sync(way.data)?;
    std::fs::remove_dir_all(staged).map_err(|e| failed(staged, &e))?;
    Ok((!old.is_empty()).then_some(aside))
}

fn remove(path: &Path) -> Result<(), Problem> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(path, &error)),
        _ => Ok(()),
    }
}
