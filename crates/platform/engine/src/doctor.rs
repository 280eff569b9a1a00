//! What is wrong with an installation, from its files alone: it works beside a running server and
//! without one, and changes nothing.

mod fixity;
mod keys;

use crate::engine::Engine;
use crate::key_home::KeyHome;
use crate::unknown;
use rusqlite::{Connection, OpenFlags};
use scr_ledger::Guard;
use scr_objects::{Objects, Trouble};
use scr_vault::Inspection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Less free room than this is worth a word.
const LEAST_FREE_BYTES: u64 = 1 << 30;
const LEAST_FREE_PERCENT: u64 = 10;
/// An entry that is older and not signed is worth a word.
const STALE_SECONDS: i64 = 300;
const DAY_SECONDS: i64 = 86_400;
/// Days after which a copy of keys must be gone.
const MAX_KEY_DAYS: i64 = 30;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Good to know.
    Note,
    /// Somebody should do something about it.
    Warn,
    /// Somebody must, now.
    Alarm,
}

impl Level {
    /// Its name for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warn => "warn",
            Self::Alarm => "alarm",
        }
    }
}

/// Something that is wrong. The words, with what to do, come from the text of its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `SCR-DOC-…`.
    pub code: &'static str,
    /// How much it matters.
    pub level: Level,
    /// Values of its text.
    pub args: BTreeMap<String, String>,
}

/// What to look at.
#[derive(Debug, Clone, Copy)]
pub struct Examination<'a> {
    /// The installation's folder.
    pub folder: &'a Path,
    /// The address under which readers reach the site, where it is known.
    pub site: Option<&'a str>,
    /// Days after which everything that is held should have been hashed again.
    pub fixity_days: u16,
    /// The store of objects, where it is not a folder of the installation.
    pub objects: Option<&'a Objects>,
    /// The database of the keys of private content that nodes share, where it was named.
    pub keys: Option<&'a Inspection>,
    /// Seconds since 1970, UTC.
    pub now: i64,
}

/// The findings, gravest first, and how many things were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// What is wrong.
    pub findings: Vec<Finding>,
    /// How many things were looked at.
    pub checks: usize,
}

impl Diagnosis {
    /// Adds what somebody else has looked at.
    pub fn add(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
        self.checks += 1;
        self.sort();
    }

    fn sort(&mut self) {
        self.findings.sort_by(|a, b| (b.level, a.code).cmp(&(a.level, b.code)));
    }
}

struct Notes(Vec<Finding>);

impl Notes {
    fn add(&mut self, level: Level, code: &'static str, args: &[(&str, &dyn std::fmt::Display)]) {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect();
        self.0.push(Finding { code, level, args });
    }
}

type Check = fn(&Examination<'_>, &mut Notes) -> rusqlite::Result<()>;

const CHECKS: &[Check] = &[
    key_files,
    folder_mode,
    room,
    clock,
    guard,
    checkpoint,
    views,
    faults,
    unknown_kinds,
    jobs,
    keys::check,
    keys::age,
    backups,
    site,
    witnesses,
    fixity::check,
    policy,
    objects,
];

/// Looks at everything.
pub fn examine(what: &Examination<'_>) -> Diagnosis {
    let mut notes = Notes(Vec::new());
    let mut unreadable = None;
    for check in CHECKS {
        if let Err(error) = check(what, &mut notes) {
            unreadable = Some(error.to_string());
        }
    }
    if let Some(reason) = unreadable {
        notes.add(Level::Alarm, "SCR-DOC-018", &[("reason", &reason)]);
    }
    let mut diagnosis = Diagnosis { findings: notes.0, checks: CHECKS.len() };
    diagnosis.sort();
    diagnosis
}

impl Engine {
    /// What is wrong with this installation, with what only the running program knows: why it has
    /// stopped.
    pub fn examine(&self, site: Option<&str>, fixity_days: u16) -> Diagnosis {
        let now = self.clock().now();
        let objects = Some(self.objects());
        let keys = self.vault.is_shared().then(|| self.vault.inspection());
        let what = Examination { folder: &self.folder, site, fixity_days, objects, keys: keys.as_ref(), now };
        let mut diagnosis = examine(&what);
        diagnosis.checks += 1;
        if let Some(reason) = self.ledger().stopped() {
            let args = BTreeMap::from([("reason".to_owned(), reason.to_string())]);
            diagnosis.findings.insert(0, Finding { code: "SCR-DOC-021", level: Level::Alarm, args });
        }
        diagnosis
    }
}

/// True when other accounts of the machine can read a file that only the server's account should.
pub fn readable_by_others(path: &Path) -> bool {
    mode_of(path) & 0o044 != 0
}

fn mode_of(path: &Path) -> u32 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        path.metadata().map_or(0, |data| data.permissions().mode() & 0o077)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        0
    }
}

fn key_files(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let homes = [KeyHome::log(what.folder), KeyHome::witness(&what.folder.join("witness"))];
    let mut paths = vec![what.folder.join("keys/log-mldsa44.key"), what.folder.join("keys/secret")];
    let vault = ["vault", "vault.next"].map(|name| what.folder.join("keys").join(name));
    paths.extend(vault.into_iter().filter(|path| path.exists()));
    for (home, is_needed) in homes.iter().zip([true, false]) {
        if home.agent().exists() {
            agent(home, notes);
        } else if is_needed || home.exists() {
            paths.push(home.file().to_owned());
        }
    }
    for path in paths {
        if std::fs::read(&path).is_err() {
            notes.add(Level::Alarm, "SCR-DOC-002", &[("file", &path.display())]);
        } else if mode_of(&path) != 0 {
            notes.add(Level::Alarm, "SCR-DOC-001", &[("file", &path.display())]);
        }
    }
    Ok(())
}

/// A key that an agent holds.
fn agent(home: &KeyHome, notes: &mut Notes) {
    let state = home.place().map_err(|e| e.to_string()).and_then(|place| match place {
        Some(place) => place.check(),
        None => Ok(()),
    });
    if let Err(reason) = state {
        let args: [(&str, &dyn std::fmt::Display); 2] =
            [("file", &home.agent().display()), ("reason", &reason)];
        notes.add(Level::Alarm, "SCR-DOC-035", &args);
    }
    if home.is_doubled() {
        notes.add(Level::Warn, "SCR-DOC-036", &[("file", &home.file().display())]);
    }
}

fn folder_mode(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let open = ["record.db", "keys.db"].iter().map(|name| what.folder.join(name));
    let open = open.filter(|path| mode_of(path) & 0o044 != 0 && mode_of(what.folder) & 0o011 != 0);
    if let Some(path) = open.into_iter().next() {
        notes.add(
            Level::Warn,
            "SCR-DOC-003",
            &[("file", &path.display()), ("folder", &what.folder.display())],
        );
    }
    Ok(())
}

fn room(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Ok(disk) = rustix::fs::statvfs(what.folder) else { return Ok(()) };
    let (free, all) =
        (disk.f_bavail.saturating_mul(disk.f_frsize), disk.f_blocks.saturating_mul(disk.f_frsize));
    if let Some((level, percent)) = shortage(free, all) {
        notes.add(level, "SCR-DOC-004", &[("mib", &(free >> 20)), ("percent", &percent)]);
    }
    Ok(())
}

/// Whether so few free bytes are too few, and their share in percent.
fn shortage(free: u64, all: u64) -> Option<(Level, u64)> {
    let percent = free.saturating_mul(100).checked_div(all).unwrap_or(100);
    let level = if free < LEAST_FREE_BYTES / 10 { Level::Alarm } else { Level::Warn };
    (free < LEAST_FREE_BYTES || percent < LEAST_FREE_PERCENT).then_some((level, percent))
}

/// The record's database, or nothing where the record stands in PostgreSQL or was never opened.
fn record(what: &Examination<'_>) -> rusqlite::Result<Option<Connection>> {
    let Some(record) = open(&what.folder.join("record.db"))? else { return Ok(None) };
    let begun = count(&record, "SELECT count(*) FROM sqlite_master WHERE name = 'log_checkpoint'")?;
    Ok((begun > 0).then_some(record))
}

fn open(path: &Path) -> rusqlite::Result<Option<Connection>> {
    if !path.exists() {
        return Ok(None);
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(Some(connection))
}

fn count(connection: &Connection, sql: &str) -> rusqlite::Result<i64> {
    connection.query_row(sql, [], |row| row.get(0))
}

fn clock(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(record) = record(what)? else { return Ok(()) };
    let last = count(&record, "SELECT last_at FROM log_head")?;
    if what.now + 2 < last {
        notes.add(Level::Alarm, "SCR-DOC-005", &[("seconds", &(last - what.now))]);
    }
    Ok(())
}

fn guard(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(record) = record(what)? else { return Ok(()) };
    let size = count(&record, "SELECT size FROM log_head")?;
    let published = count(&record, "SELECT coalesce(max(size), 0) FROM log_checkpoint")?;
    match Guard::at(&what.folder.join("guard")).read() {
        Err(error) => notes.add(Level::Alarm, "SCR-DOC-006", &[("reason", &error)]),
        Ok(None) if published > 0 => {
            notes.add(
                Level::Alarm,
                "SCR-DOC-006",
                &[("reason", &format_args!("it is missing, and {published} entries are signed"))],
            );
        }
        Ok(Some((signed, _))) if signed.cast_signed() > size => {
            let missing = signed.cast_signed() - size;
            notes.add(
                Level::Alarm,
                "SCR-DOC-007",
                &[("signed", &signed), ("size", &size), ("missing", &missing)],
            );
        }
        Ok(_) => {}
    }
    Ok(())
}

fn checkpoint(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(record) = record(what)? else { return Ok(()) };
    let (size, last) = record.query_row("SELECT size, last_at FROM log_head", [], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
    })?;
    let signed = count(&record, "SELECT coalesce(max(size), 0) FROM log_checkpoint")?;
    if signed < size && last < what.now - STALE_SECONDS {
        notes.add(Level::Warn, "SCR-DOC-008", &[("waiting", &(size - signed))]);
    }
    Ok(())
}

/// The views that were written to last.
fn views_file(what: &Examination<'_>) -> rusqlite::Result<Option<Connection>> {
    let files = what.folder.read_dir().into_iter().flatten().flatten().map(|file| file.path());
    let is_views = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with("views-") && name.ends_with(".db")
    };
    let newest =
        files.filter(is_views).max_by_key(|path| path.metadata().and_then(|data| data.modified()).ok());
    newest.map_or(Ok(None), |path| open(&path))
}

fn views(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let (Some(record), Some(views)) = (record(what)?, views_file(what)?) else { return Ok(()) };
    let next = count(&views, "SELECT next FROM engine_position")?;
    let size = count(&record, "SELECT size FROM log_head")?;
    if next < size {
        notes.add(Level::Warn, "SCR-DOC-009", &[("behind", &(size - next)), ("size", &size)]);
    }
    Ok(())
}

fn faults(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(views) = views_file(what)? else { return Ok(()) };
    let faults = count(&views, "SELECT count(*) FROM engine_fault")?;
    if faults > 0 {
        let first = "SELECT view || ', entry ' || idx || ': ' || what FROM engine_fault ORDER BY idx LIMIT 1";
        let first: String = views.query_row(first, [], |row| row.get(0))?;
        notes.add(Level::Warn, "SCR-DOC-010", &[("count", &faults), ("first", &first)]);
    }
    Ok(())
}

/// Kinds that a newer version of the program records, on another node.
fn unknown_kinds(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(views) = views_file(what)? else { return Ok(()) };
    if count(&views, "SELECT count(*) FROM sqlite_master WHERE name = 'engine_unknown'")? == 0 {
        return Ok(());
    }
    let kinds = unknown::kinds(&views)?;
    if !kinds.is_empty() {
        let entries: u64 = kinds.iter().map(|kind| kind.entries).sum();
        let names = kinds.iter().map(|one| format!("{} ({})", one.kind, one.first)).collect::<Vec<_>>();
        notes.add(Level::Warn, "SCR-DOC-050", &[("count", &entries), ("kinds", &names.join(", "))]);
    }
    Ok(())
}

fn jobs(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(record) = record(what)? else { return Ok(()) };
    if count(&record, "SELECT count(*) FROM sqlite_master WHERE name = 'job'")? > 0 {
        let dead = count(&record, "SELECT count(*) FROM job WHERE state = 'dead'")?;
        if dead > 0 {
            notes.add(Level::Warn, "SCR-DOC-011", &[("count", &dead)]);
        }
    }
    Ok(())
}

/// `last-backup`, which `scrutineer backup create` writes: seconds since 1970, entries, and the folder of
/// the copies of keys, a line each.
fn backups(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(record) = record(what)? else { return Ok(()) };
    let size = count(&record, "SELECT size FROM log_head")?;
    let text = std::fs::read_to_string(what.folder.join("last-backup")).unwrap_or_default();
    let mut lines = text.lines();
    let mut number = || lines.next().and_then(|line| line.parse::<i64>().ok());
    let (Some(at), Some(held)) = (number(), number()) else {
        notes.add(Level::Warn, "SCR-DOC-015", &[]);
        return Ok(());
    };
    if size > held && at < what.now - DAY_SECONDS {
        let hours = (what.now - at) / 3600;
        notes.add(Level::Warn, "SCR-DOC-016", &[("hours", &hours), ("entries", &(size - held))]);
    }
    let folder = lines.next().filter(|folder| !folder.is_empty());
    for file in folder.and_then(|folder| Path::new(folder).read_dir().ok()).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        let taken = name.strip_prefix("keys-").and_then(|rest| rest.strip_suffix(".db")?.parse::<i64>().ok());
        if taken.is_some_and(|taken| taken < what.now - MAX_KEY_DAYS * DAY_SECONDS) {
            notes.add(Level::Warn, "SCR-DOC-017", &[("file", &file.path().display())]);
        }
    }
    Ok(())
}

fn site(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(site) = what.site else { return Ok(()) };
    let host = site.split("://").nth(1).unwrap_or(site).split('/').next().unwrap_or_default();
    let name = host.strip_prefix('[').map_or_else(|| host.split(':').next(), |rest| rest.split(']').next());
    let name = name.unwrap_or_default();
    let address = name.parse::<std::net::IpAddr>().ok();
    let is_local = name == "localhost" || address.is_some_and(|address| address.is_loopback());
    if site.starts_with("http://") && !is_local {
        notes.add(Level::Warn, "SCR-DOC-019", &[("site", &site)]);
    }
    if address.is_some() {
        notes.add(Level::Note, "SCR-DOC-020", &[("site", &site)]);
    }
    Ok(())
}

/// A policy that the server could not use.
fn policy(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let path = what.folder.join("witness/policy");
    let Ok(text) = std::fs::read_to_string(&path) else { return Ok(()) };
    if let Err(error) = text.parse::<scr_note::Policy>() {
        notes.add(Level::Warn, "SCR-DOC-024", &[("reason", &format_args!("{}: {error}", path.display()))]);
    }
    Ok(())
}

/// What witnesses say of this log that it does not hold, as far as they still say it (`scr-witness` keeps it).
fn witnesses(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(rounds) = open(&what.folder.join("witness/rounds.db"))? else { return Ok(()) };
    let mut all = rounds.prepare(
        "SELECT alarm.vkey, max(alarm.size), alarm.own_size, alarm.shown IS NOT NULL
         FROM alarm JOIN standing USING (vkey) WHERE standing.failure IN ('ahead', 'forked')
         GROUP BY alarm.vkey, alarm.shown IS NOT NULL ORDER BY alarm.vkey",
    )?;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (vkey, size, own): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let name = vkey.split('+').next().unwrap_or_default();
        let (level, code) =
            if row.get(3)? { (Level::Alarm, "SCR-DOC-023") } else { (Level::Warn, "SCR-DOC-022") };
        notes.add(level, code, &[("name", &name), ("size", &size), ("own", &own)]);
    }
    Ok(())
}

/// Asks the store once.
fn objects(what: &Examination<'_>, notes: &mut Notes) -> rusqlite::Result<()> {
    let Some(Err(error)) = what.objects.map(Objects::look) else { return Ok(()) };
    let code = if error.trouble == Trouble::Refused { "SCR-DOC-061" } else { "SCR-DOC-060" };
    notes.add(Level::Alarm, code, &[("reason", &error.what)]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SCR-DOC-004
    #[test]
    fn little_room_is_told_before_there_is_none() {
        assert_eq!(shortage(200 << 30, 400 << 30), None);
        assert_eq!(shortage(20 << 30, 400 << 30), Some((Level::Warn, 5)));
        assert_eq!(shortage(900 << 20, 4 << 30), Some((Level::Warn, 21)));
        assert_eq!(shortage(50 << 20, 400 << 30), Some((Level::Alarm, 0)));
    }
}
