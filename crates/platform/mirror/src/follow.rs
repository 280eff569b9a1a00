//! From checkpoint to checkpoint.

use crate::alarm::{AlarmKind, Finding};
use crate::batch::{self, Piece};
use crate::remote::{MAX_CHECKPOINT_BYTES, MAX_OBJECT_BYTES, Remote, RemoteError};
use crate::split::{Relation, RemoteTiles, Signed, TileFault, relation};
use scr_canon::Hash32;
use scr_engine::{Objects, ObjectsError};
use scr_ledger::{LedgerReader, ReadError, Replica, ReplicaError};
use scr_merkle::tile::TileReader;
use scr_note::{Retirement, VerifierKey};
use scr_verify::{Authors, Trust, VerifyError, verify_checkpoint};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Whom to follow.
pub struct FollowConfig {
    /// Name of the log.
    pub origin: String,
    /// The log's keys, which the person has from somebody they trust.
    pub keys: Vec<VerifierKey>,
    /// Where the largest signed checkpoint that was seen stands.
    pub seen: PathBuf,
}

/// Why a step forward was not made.
#[derive(Debug)]
pub enum Trouble {
    /// The server did not give something: it may do so later.
    Remote(RemoteError),
    /// What came cannot be right, but it shows nothing against the log: anybody in between could have
    /// sent it.
    Wrong {
        /// The stable code.
        code: &'static str,
        /// In words.
        what: String,
    },
    /// The log itself has signed something that it may not sign.
    Alarm(Box<Finding>),
    /// This machine failed: its disk, its copy.
    Own(String),
}

impl Trouble {
    /// What came does not belong to the signed tree.
    pub fn wrong(what: impl Into<String>) -> Self {
        Self::Wrong { code: "SCR-MIR-005", what: what.into() }
    }

    /// The stable code (docs/reference/errors/mirror.md).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Remote(error) => error.code(),
            Self::Wrong { code, .. } => code,
            Self::Alarm(finding) => finding.kind.code(),
            Self::Own(_) => "SCR-MIR-010",
        }
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Remote(error) => error.fmt(f),
            Self::Wrong { code, what } => write!(f, "{code}: {what}"),
            Self::Alarm(finding) => write!(f, "{}: {}", finding.kind.code(), finding.words),
            Self::Own(what) => write!(f, "SCR-MIR-010: {what}"),
        }
    }
}

impl From<RemoteError> for Trouble {
    fn from(error: RemoteError) -> Self {
        Self::Remote(error)
    }
}

impl From<TileFault> for Trouble {
    fn from(fault: TileFault) -> Self {
        match fault {
            TileFault::Remote(error) => Self::Remote(error),
            TileFault::Proof(error) => Self::wrong(error.to_string()),
        }
    }
}

macro_rules! own {
    ($($error:ty),+) => {$(
        impl From<$error> for Trouble {
            fn from(error: $error) -> Self {
                Self::Own(error.to_string())
            }
        }
    )+};
}
own!(ReplicaError, ReadError, ObjectsError, std::io::Error);

/// Called after each piece with (entries held, entries signed).
pub type OnProgress<'a> = &'a mut dyn FnMut(u64, u64);

/// Follows one log into one replica.
pub struct Follower {
    replica: Replica,
    objects: Objects,
    config: FollowConfig,
    authors: Authors,
    seen: Option<Signed>,
    last_at: i64,
}

impl Follower {
    /// Goes on where the replica stands. Its own checkpoint must be signed by these keys.
    pub fn new(replica: Replica, objects: Objects, config: FollowConfig) -> Result<Self, Trouble> {
        let trust = Trust::Keys(config.keys.clone());
        let kept = replica.reader().checkpoint_note()?;
        let noted = match std::fs::read_to_string(&config.seen) {
            Ok(note) => Some(note),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.into()),
        };
        let mut seen: Option<Signed> = None;
        for note in kept.into_iter().chain(noted) {
            let checkpoint = verify_checkpoint(&note, &trust)
                .map_err(|error| Trouble::Own(format!("the checkpoint that this mirror keeps: {error}")))?;
            if seen.as_ref().is_none_or(|seen| checkpoint.size > seen.checkpoint.size) {
                seen = Some(Signed { checkpoint, note });
            }
        }
        let last_at = match replica.size().checked_sub(1) {
            Some(last) => scr_engine::entry(&replica.reader().entry(last)?).map_or(0, |entry| entry.at()),
            None => 0,
        };
        Ok(Self { replica, objects, config, authors: Authors::default(), seen, last_at })
    }

    /// The reading side of the replica.
    pub fn reader(&self) -> &LedgerReader {
        self.replica.reader()
    }

    /// Entries that the replica holds.
    pub fn size(&self) -> u64 {
        self.replica.size()
    }

    /// The largest checkpoint that was seen with a signature that holds.
    pub fn seen(&self) -> Option<&Signed> {
        self.seen.as_ref()
    }

    /// Whether the log has said that it has ended.
    pub fn has_ended(&self) -> bool {
        self.config.seen.with_file_name("retired").exists()
    }

    /// One step: takes the server's checkpoint, and everything up to it. Gives the checkpoint, under
    /// which the replica then stands.
    pub fn step(&mut self, remote: &dyn Remote, progress: OnProgress<'_>) -> Result<Signed, Trouble> {
        let target = self.checkpoint(remote)?;
        self.compare(remote, &target)?;
        self.note_seen(&target)?;
        while self.replica.size() < target.checkpoint.size {
            self.take_piece(remote, &target)?;
            progress(self.replica.size(), target.checkpoint.size);
        }
        self.replica.keep_checkpoint(&target.note)?;
        Ok(target)
    }

    /// The log's own statement that it has ended, when it serves one: kept, and held against what it has
    /// signed. `Some` when it has signed another tree than that after all.
    pub fn take_end(&self, remote: &dyn Remote) -> Result<Option<Finding>, Trouble> {
        let kept = self.config.seen.with_file_name("retired");
        let note = match std::fs::read_to_string(&kept) {
            Ok(note) => note,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let Ok(Some(bytes)) = remote.get("/log/retired", MAX_CHECKPOINT_BYTES) else {
                    return Ok(None);
                };
                String::from_utf8(bytes).unwrap_or_default()
            }
            Err(error) => return Err(error.into()),
        };
        let end = Retirement::open(&note, &self.config.keys);
        // What nobody has signed says nothing, and anybody in between could have sent it.
        let Some(end) = end.ok().filter(|end| end.origin == self.config.origin) else { return Ok(None) };
        if !kept.exists() {
            write_durably(&kept, note.as_bytes())?;
        }
        let signed = self.seen.as_ref().filter(|seen| {
            let (size, root) = (seen.checkpoint.size, seen.checkpoint.root);
            size > end.size || (size == end.size && root != end.root)
        });
        Ok(signed.map(|seen| Finding::after_end(&note, end.size, seen)))
    }

    fn checkpoint(&self, remote: &dyn Remote) -> Result<Signed, Trouble> {
        let unsigned = |what: String| Trouble::Wrong { code: "SCR-MIR-004", what };
        let bytes = remote.get("/log/checkpoint", MAX_CHECKPOINT_BYTES)?;
        let bytes = bytes.ok_or_else(|| unsigned("the server has no checkpoint".to_owned()))?;
        let note = String::from_utf8(bytes).map_err(|_| unsigned("the checkpoint is no text".to_owned()))?;
        let checkpoint = verify_checkpoint(&note, &Trust::Keys(self.config.keys.clone()))
            .map_err(|error: VerifyError| unsigned(format!("the checkpoint does not hold: {error}")))?;
        if checkpoint.origin != self.config.origin {
            return Err(unsigned(format!("the checkpoint is of the log {}", checkpoint.origin)));
        }
        Ok(Signed { checkpoint, note })
    }

    /// Holds a checkpoint against the largest one that was seen.
    fn compare(&self, remote: &dyn Remote, target: &Signed) -> Result<(), Trouble> {
        let Some(seen) = &self.seen else { return Ok(()) };
        let (size, before) = (target.checkpoint.size, seen.checkpoint.size);
        if size >= before {
            if before == 0 {
                return Ok(());
            }
            let tiles = RemoteTiles(remote);
            return match relation(&TileReader::new(&tiles, size), seen, target) {
                Ok(relation) => judge(relation, seen, target),
                Err(TileFault::Proof(error)) => judge(Relation::Unproven(error.to_string()), seen, target),
                Err(TileFault::Remote(error)) => Err(error.into()),
            };
        }
        if size > 0 && self.replica.size() >= before {
            let own = TileReader::new(self.replica.reader(), before);
            if let contradiction @ Relation::Contradicts(_) = relation(&own, target, seen)? {
                return judge(contradiction, seen, target);
            }
        }
        Err(Trouble::Alarm(Box::new(Finding::rollback(seen, target))))
    }

    /// Writes down, durably, what the log has signed: after that it cannot go back unnoticed.
    fn note_seen(&mut self, target: &Signed) -> Result<(), Trouble> {
        if self.seen.as_ref().is_none_or(|seen| target.checkpoint.size > seen.checkpoint.size) {
            write_durably(&self.config.seen, target.note.as_bytes())?;
        }
        self.seen = Some(target.clone());
        Ok(())
    }

    fn take_piece(&mut self, remote: &dyn Remote, target: &Signed) -> Result<(), Trouble> {
        let piece =
            batch::fetch(remote, target, self.replica.size(), &|entries| self.replica.root_with(entries))?;
        let mut authors = self.authors.clone();
        let checked = batch::check(&piece, self.last_at, self.replica.reader(), &mut authors);
        let checked = checked.map_err(|(index, error)| self.broken(remote, target, &piece, index, &error))?;
        for (index, hash) in &checked.objects {
            self.object(remote, *index, hash)?;
        }
        let last_at = checked.batch.last_at;
        self.replica.extend(checked.batch, &piece.root)?;
        (self.authors, self.last_at) = (authors, last_at);
        Ok(())
    }

    /// An entry that the log has signed, and that no log of this kind may hold.
    fn broken(
        &self,
        remote: &dyn Remote,
        target: &Signed,
        piece: &Piece,
        index: u64,
        error: &scr_verify::FsckError,
    ) -> Trouble {
        let at = usize::try_from(index - piece.first).unwrap_or(usize::MAX);
        let entry = piece.entries.get(at).map(Vec::as_slice).unwrap_or_default();
        let proof = batch::proof_of(remote, target, index, entry);
        Trouble::Alarm(Box::new(Finding::entry(target, index, entry, proof, error)))
    }

    /// Fetches an object that an entry names, unless it is here.
    fn object(&self, remote: &dyn Remote, index: u64, hash: &Hash32) -> Result<(), Trouble> {
        if self.objects.size(hash)?.is_some() {
            return Ok(());
        }
        let mut writer = self.objects.writer()?;
        let path = format!("/objects/{}", hash.to_hex());
        let missing = || Trouble::Wrong {
            code: "SCR-MIR-006",
            what: format!("the object {} that entry {index} names is not served", hash.to_hex()),
        };
        let found = remote.fetch(&path, MAX_OBJECT_BYTES, &mut |piece| {
            writer.write(piece).map_err(|error| error.to_string())
        })?;
        if !found {
            return Err(missing());
        }
        if writer.finish_as(hash)? {
            return Ok(());
        }
        Err(Trouble::Wrong {
            code: "SCR-MIR-007",
            what: format!("what came as the object {} of entry {index} has another hash", hash.to_hex()),
        })
    }
}

fn write_durably(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = std::fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}

fn judge(relation: Relation, seen: &Signed, target: &Signed) -> Result<(), Trouble> {
    match relation {
        Relation::Extends => Ok(()),
        Relation::Contradicts(evidence) => {
            Err(Trouble::Alarm(Box::new(Finding::split(seen, target, &evidence))))
        }
        Relation::Unproven(reason) => {
            Err(Trouble::Alarm(Box::new(Finding::pair(AlarmKind::Unproven, seen, target, &reason))))
        }
    }
}
