//! Alarms, and the files behind them. What was written down is never written over.

use crate::split::Signed;
use scr_canon::{Hash32, sha256};
use scr_verify::{FsckError, SplitView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// Alarms of one mirror at most: a hostile server must not fill the disk.
const MAX_ALARMS: usize = 1_000;
const MAX_ALARM_BYTES: u64 = 64 << 10;
/// Longest file of evidence that is kept.
const MAX_FILE_BYTES: usize = 1 << 20;

/// What an alarm is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlarmKind {
    /// The log has signed two different lists. It can never be undone.
    SplitView,
    /// An entry under a signed checkpoint breaks the rules: a gap in a counter, a false author. It can
    /// never be undone.
    BrokenEntry,
    /// A signed checkpoint of fewer entries than were signed before is served.
    Rollback,
    /// The log cannot show that its newest checkpoint continues the one before.
    Unproven,
    /// There has been no new checkpoint for long.
    Stale,
    /// A page of the origin does not follow from its record.
    PageDiffers,
    /// The log has signed more than what it said to be its end. It can never be undone.
    AfterEnd,
}

impl AlarmKind {
    /// All kinds.
    pub const ALL: [Self; 7] = [
        Self::SplitView,
        Self::BrokenEntry,
        Self::Rollback,
        Self::Unproven,
        Self::Stale,
        Self::PageDiffers,
        Self::AfterEnd,
    ];

    /// Its name in files and keys of texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SplitView => "split-view",
            Self::BrokenEntry => "broken-entry",
            Self::Rollback => "rollback",
            Self::Unproven => "unproven",
            Self::Stale => "stale",
            Self::PageDiffers => "page-differs",
            Self::AfterEnd => "after-end",
        }
    }

    /// The stable code (docs/reference/errors/mirror.md).
    pub fn code(self) -> &'static str {
        match self {
            Self::SplitView => "SCR-MIR-020",
            Self::Rollback => "SCR-MIR-021",
            Self::BrokenEntry => "SCR-MIR-022",
            Self::Unproven => "SCR-MIR-023",
            Self::Stale => "SCR-MIR-024",
            Self::PageDiffers => "SCR-MIR-025",
            Self::AfterEnd => "SCR-MIR-026",
        }
    }

    /// Whether the alarm can end: what is signed cannot.
    pub fn can_end(self) -> bool {
        !matches!(self, Self::SplitView | Self::BrokenEntry | Self::AfterEnd)
    }
}

/// What was found, with everything that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: AlarmKind,
    /// Which of its kind: the same finding again is no new alarm.
    pub key: String,
    /// In English, for the terminal and the file.
    pub words: String,
    /// Values for the texts of pages.
    pub args: BTreeMap<String, String>,
    /// Files of evidence: name and bytes.
    pub files: Vec<(&'static str, Vec<u8>)>,
}

impl Finding {
    /// Two signed checkpoints that cannot both be of one list, and the file that shows it to anybody.
    pub fn split(seen: &Signed, target: &Signed, evidence: &SplitView) -> Self {
        let mut finding = Self::pair(AlarmKind::SplitView, seen, target, "");
        let json = serde_json::to_vec_pretty(evidence).unwrap_or_default();
        finding.files.push(("split-view.json", json));
        finding
    }

    /// A checkpoint of fewer entries than one that was signed before.
    pub fn rollback(seen: &Signed, target: &Signed) -> Self {
        Self::pair(AlarmKind::Rollback, seen, target, "")
    }

    /// A checkpoint that does not fit to the end that the log itself has signed.
    pub fn after_end(end: &str, ended: u64, seen: &Signed) -> Self {
        let size = seen.checkpoint.size;
        Self {
            kind: AlarmKind::AfterEnd,
            key: format!("{ended} {}", seen.checkpoint),
            words: format!(
                "the log says that it ended with {ended} entries, and has signed another tree of {size}"
            ),
            args: BTreeMap::from([
                ("before".to_owned(), ended.to_string()),
                ("size".to_owned(), size.to_string()),
            ]),
            files: vec![
                ("retired", end.as_bytes().to_vec()),
                ("seen.checkpoint", seen.note.clone().into_bytes()),
            ],
        }
    }

    /// A finding about two checkpoints.
    pub fn pair(kind: AlarmKind, seen: &Signed, target: &Signed, reason: &str) -> Self {
        let (before, now) = (&seen.checkpoint, &target.checkpoint);
        let words = match kind {
            AlarmKind::SplitView => format!(
                "two signed checkpoints of {} contradict each other: {} entries with root {}, and {} entries with root {}",
                now.origin, before.size, before.root, now.size, now.root
            ),
            AlarmKind::Rollback => format!(
                "the log serves a signed checkpoint of {} entries, but it has signed {} before",
                now.size, before.size
            ),
            _ => format!(
                "the log cannot show that its checkpoint of {} entries continues the one of {}: {reason}",
                now.size, before.size
            ),
        };
        let args = BTreeMap::from([
            ("before".to_owned(), before.size.to_string()),
            ("size".to_owned(), now.size.to_string()),
        ]);
        let files = vec![
            ("seen.checkpoint", seen.note.clone().into_bytes()),
            ("served.checkpoint", target.note.clone().into_bytes()),
        ];
        Self { kind, key: format!("{before}{now}"), words, args, files }
    }

    /// An entry that breaks the rules, with the proof that the log has signed it.
    pub fn entry(
        target: &Signed,
        index: u64,
        entry: &[u8],
        proof: Option<String>,
        error: &FsckError,
    ) -> Self {
        let words = error.to_string();
        let words = words.split_once(": ").map_or(words.as_str(), |(_, words)| words).to_owned();
        let args = BTreeMap::from([
            ("index".to_owned(), index.to_string()),
            ("code".to_owned(), error.code().to_owned()),
            (
                "is".to_owned(),
                if matches!(error, FsckError::Counter { .. }) { "gap" } else { "other" }.to_owned(),
            ),
            ("words".to_owned(), words.clone()),
        ]);
        let mut files =
            vec![("served.checkpoint", target.note.clone().into_bytes()), ("entry", entry.to_vec())];
        files.extend(proof.map(|proof| ("entry.tlog-proof", proof.into_bytes())));
        Self { kind: AlarmKind::BrokenEntry, key: index.to_string(), words, args, files }
    }
}

/// A file of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceFile {
    /// Its name in the alarm's folder.
    pub name: String,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// An alarm that was written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// Name of its folder.
    pub id: String,
    /// What it is about.
    pub kind: AlarmKind,
    /// Its stable code.
    pub code: String,
    /// When it was raised, in seconds since 1970, UTC.
    pub at: i64,
    /// Which of its kind.
    pub key: String,
    /// In English.
    pub words: String,
    /// Values for the texts of pages.
    pub args: BTreeMap<String, String>,
    /// Its files.
    pub files: Vec<EvidenceFile>,
    /// When it was over; kept in a file of its own.
    #[serde(skip)]
    pub ended_at: Option<i64>,
}

/// The folder of alarms.
#[derive(Debug)]
pub struct Alarms {
    folder: PathBuf,
    all: Vec<Alarm>,
}

impl Alarms {
    /// The alarms in this folder, which is created. A folder that a killed process left half written is
    /// passed by, and stays.
    pub fn open(folder: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let mut all = Vec::new();
        for entry in folder.read_dir()?.flatten() {
            let Some(text) = small_file(&entry.path().join("alarm.json"))? else { continue };
            let Ok(mut alarm) = serde_json::from_slice::<Alarm>(&text) else { continue };
            let over = small_file(&entry.path().join("over"))?;
            alarm.ended_at =
                over.and_then(|text| scr_engine::parse_utc(String::from_utf8(text).ok()?.trim()));
            all.push(alarm);
        }
        all.sort_by(in_order);
        Ok(Self { folder: folder.to_owned(), all })
    }

    /// All of them, the oldest first.
    pub fn all(&self) -> &[Alarm] {
        &self.all
    }

    /// Those that are not over.
    pub fn open_ones(&self) -> impl Iterator<Item = &Alarm> {
        self.all.iter().filter(|alarm| alarm.ended_at.is_none())
    }

    /// Writes an alarm down, durably, with its evidence. `false` when it stands already.
    pub fn raise(&mut self, finding: &Finding, now: i64) -> std::io::Result<bool> {
        if self.open_ones().any(|alarm| alarm.kind == finding.kind && alarm.key == finding.key) {
            return Ok(false);
        }
        if self.all.len() >= MAX_ALARMS {
            return Err(std::io::Error::other(format!(
                "there are {MAX_ALARMS} alarms already; move the folder {} away to keep them",
                self.folder.display()
            )));
        }
        let time = scr_engine::utc_text(now).replace([':', '-'], "");
        let unique = sha256(format!("{} {}", finding.key, self.all.len()).as_bytes()).to_hex();
        let id = format!("{time}-{}-{}", finding.kind.as_str(), &unique[..8]);
        let folder = self.folder.join(&id);
        std::fs::create_dir(&folder)?;
        let mut files = Vec::new();
        for (name, bytes) in &finding.files {
            let bytes = bytes.get(..bytes.len().min(MAX_FILE_BYTES)).unwrap_or_default();
            write_new(&folder.join(name), bytes)?;
            files.push(EvidenceFile { name: (*name).to_owned(), sha256: sha256(bytes).to_hex() });
        }
        let alarm = Alarm {
            id,
            kind: finding.kind,
            code: finding.kind.code().to_owned(),
            at: now,
            key: finding.key.clone(),
            words: finding.words.clone(),
            args: finding.args.clone(),
            files,
            ended_at: None,
        };
        // The last file: with it the alarm is whole.
        write_new(&folder.join("alarm.json"), &serde_json::to_vec_pretty(&alarm).unwrap_or_default())?;
        File::open(&self.folder)?.sync_all()?;
        self.all.push(alarm);
        self.all.sort_by(in_order);
        Ok(true)
    }

    /// Notes that the alarms of a kind are over; `key`: only this one.
    pub fn end(&mut self, kind: AlarmKind, key: Option<&str>, now: i64) -> std::io::Result<()> {
        for alarm in self.all.iter_mut().filter(|alarm| alarm.kind == kind && kind.can_end()) {
            if alarm.ended_at.is_none() && key.is_none_or(|key| key == alarm.key) {
                write_new(&self.folder.join(&alarm.id).join("over"), scr_engine::utc_text(now).as_bytes())?;
                alarm.ended_at = Some(now);
            }
        }
        Ok(())
    }

    /// The bytes of a file of evidence; `None` when there is no such file, or it was altered.
    pub fn file(folder: &Path, alarm: &Alarm, name: &str) -> Option<Vec<u8>> {
        let file = alarm.files.iter().find(|file| file.name == name)?;
        let mut bytes = Vec::new();
        let opened = File::open(folder.join(&alarm.id).join(&file.name)).ok()?;
        opened.take(MAX_FILE_BYTES as u64).read_to_end(&mut bytes).ok()?;
        (Hash32::from_hex(&file.sha256) == Some(sha256(&bytes))).then_some(bytes)
    }
}

fn small_file(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    match File::open(path) {
        Ok(file) => {
            let mut bytes = Vec::new();
            file.take(MAX_ALARM_BYTES).read_to_end(&mut bytes)?;
            Ok(Some(bytes))
        }
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// By time, and of one second by name.
fn in_order(left: &Alarm, right: &Alarm) -> std::cmp::Ordering {
    (left.at, &left.id).cmp(&(right.at, &right.id))
}

/// Writes a file that must not be there yet, durably.
fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(kind: AlarmKind, key: &str) -> Finding {
        let files = vec![("served.checkpoint", b"note\n".to_vec())];
        Finding { kind, key: key.to_owned(), words: "x".to_owned(), args: BTreeMap::new(), files }
    }

    #[test]
    fn an_alarm_is_written_once_and_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut alarms = Alarms::open(folder.path()).unwrap();
        assert!(alarms.raise(&finding(AlarmKind::Rollback, "a"), 1_000).unwrap());
        assert!(!alarms.raise(&finding(AlarmKind::Rollback, "a"), 2_000).unwrap(), "it stands already");
        assert!(alarms.raise(&finding(AlarmKind::Rollback, "b"), 1_000).unwrap(), "in the same second");
        alarms.end(AlarmKind::Rollback, Some("a"), 3_000).unwrap();
        assert!(alarms.raise(&finding(AlarmKind::Rollback, "a"), 4_000).unwrap(), "it came again");
        let again = Alarms::open(folder.path()).unwrap();
        assert_eq!(again.all(), alarms.all());
        assert_eq!(again.open_ones().count(), 2);
        let alarm = &again.all()[0];
        assert_eq!(Alarms::file(folder.path(), alarm, "served.checkpoint"), Some(b"note\n".to_vec()));
        assert_eq!(Alarms::file(folder.path(), alarm, "../x"), None);
        std::fs::write(folder.path().join(&alarm.id).join("served.checkpoint"), "other").unwrap();
        assert_eq!(Alarms::file(folder.path(), alarm, "served.checkpoint"), None, "it was altered");
    }

    #[test]
    fn what_is_signed_is_never_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut alarms = Alarms::open(folder.path()).unwrap();
        for (at, kind) in (0..).zip(AlarmKind::ALL) {
            alarms.raise(&finding(kind, "k"), at).unwrap();
            alarms.end(kind, None, at + 1).unwrap();
        }
        let open: Vec<_> = alarms.open_ones().map(|alarm| alarm.kind).collect();
        assert_eq!(open, [AlarmKind::SplitView, AlarmKind::BrokenEntry, AlarmKind::AfterEnd]);
    }

    #[test]
    fn alarms_are_limited() {
        let folder = tempfile::tempdir().unwrap();
        let mut alarms = Alarms::open(folder.path()).unwrap();
        alarms.raise(&finding(AlarmKind::Rollback, "a"), 0).unwrap();
        let one = alarms.all[0].clone();
        alarms.all = vec![one; MAX_ALARMS];
        let error = alarms.raise(&finding(AlarmKind::Rollback, "b"), 0).unwrap_err();
        assert!(error.to_string().contains("1000 alarms"), "{error}");
    }
}
