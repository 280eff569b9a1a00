//! `scrutineer log …`

use super::log_history;
use crate::authorities::CaArgs;
use crate::installed::InstalledArgs;
use crate::objects::ObjectsArgs;
use crate::outcome::{Outcome, Problem};
use crate::source::{open, trust};
use scr_engine::{ActError, Audit, Damage, Installation};
use scr_merkle::tile::{TilePath, TileReader, TileSource, bundle_entries};
use scr_merkle::{ProofError, inclusion_proof};
use scr_note::{Checkpoint, Note, TlogProof, VerifierKey};
use scr_verify::{EntryRules, FsckError, LogSource, SourceError};
use serde_json::json;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Look into a log.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Check a whole log, and name the first entry that is wrong.
    #[command(
        after_help = "Examples:\n  scrutineer log fsck https://log.emb.example --vkey emb.vkey\n  scrutineer log fsck /var/lib/scrutineer\n\nA log elsewhere needs --vkey or --policy; an installation's own folder has its keys. There, everything beside\nthe log is compared as well: entries not signed yet, counters, head, private content, objects."
    )]
    Fsck {
        /// Address, folder of tiles, or data folder.
        place: String,
        /// A key that you trust, or a file of such keys.
        #[arg(long)]
        vkey: Vec<String>,
        /// A C2SP tlog-policy.
        #[arg(long, conflicts_with = "vkey")]
        policy: Option<PathBuf>,
        /// Check the tree alone, not the rules of scrutineer's entries (for logs of other programs).
        #[arg(long)]
        any: bool,
        #[command(flatten)]
        objects: ObjectsArgs,
        #[command(flatten)]
        ca: CaArgs,
    },
    /// Write everything that is recorded about one subject into a file that shows that nothing is left out.
    #[command(
        after_help = "Examples:\n  scrutineer log history https://log.emb.example contest:president-2026/president --vkey emb.vkey --out history.json\n  scrutineer log history /var/lib/scrutineer election:president-2026 --publish-index --out history.json\n  scrutineer verify history.json --vkey emb.vkey\n\nThe whole log is read and held against its checkpoint and its newest index; /verify.html reads the file as\nwell. Without --out the file itself is printed."
    )]
    History {
        /// Address, folder of tiles, or data folder.
        place: String,
        /// What the entries are about, as pages show it: kind:name.
        subject: String,
        /// Where the file goes.
        #[arg(long)]
        out: Option<PathBuf>,
        /// Publish a new index before, so that the newest entries are covered. Only in the data folder, and
        /// when its server is stopped.
        #[arg(long)]
        publish_index: bool,
        /// A key that you trust, or a file of such keys.
        #[arg(long)]
        vkey: Vec<String>,
        /// A C2SP tlog-policy.
        #[arg(long, conflicts_with = "vkey")]
        policy: Option<PathBuf>,
        #[command(flatten)]
        ca: CaArgs,
    },
    /// Print one entry.
    #[command(after_help = "Example:\n  scrutineer log entry https://log.emb.example 12")]
    Entry {
        /// Address, folder of tiles, or data folder.
        place: String,
        /// Its index.
        index: u64,
        #[command(flatten)]
        ca: CaArgs,
    },
    /// End a log for ever, and name the log that goes on. Stop its server before.
    #[command(
        after_help = "Example:\n  scrutineer log retire --data /var/lib/scrutineer --origin log.emb.example/2026 --successor new.vkey --reason \"The disk was lost; the newest copy lacks signed entries.\"\n\nIt prints the statement that the log has signed: give it to everybody who follows the log. A log that has\nstopped, for instance because its database was restored from an older copy, ends without a last entry."
    )]
    Retire {
        #[command(flatten)]
        at: InstalledArgs,
        /// The log's name, typed once more: this cannot be undone.
        #[arg(long)]
        origin: String,
        /// The key of the log that goes on, or a file with it.
        #[arg(long)]
        successor: String,
        /// Why, in one line; it is published.
        #[arg(long)]
        reason: String,
    },
    /// Print the `.tlog-proof` of one entry. It is not checked here: give it to `scrutineer verify`.
    #[command(
        after_help = "Example:\n  scrutineer log proof https://log.emb.example 12 > entry-12.tlog-proof"
    )]
    Proof {
        /// Address, folder of tiles, or data folder.
        place: String,
        /// Index of the entry.
        index: u64,
        #[command(flatten)]
        ca: CaArgs,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Fsck { place, vkey, policy, any, objects, ca } => {
            let source = open(place, ca.ca.as_deref())?;
            fsck(&*source, place, vkey, policy.as_deref(), *any, objects)
        }
        Command::History { place, subject, out, publish_index, vkey, policy, ca } => {
            if *publish_index {
                log_history::publish_index(place)?;
            }
            let trust = trust(policy.as_deref(), vkey, Some(Path::new(place)))?;
            log_history::history(&*open(place, ca.ca.as_deref())?, subject, out.as_deref(), &trust)
        }
        Command::Entry { place, index, ca } => {
            let entry = entry(&*open(place, ca.ca.as_deref())?, *index)?;
            let text = String::from_utf8_lossy(&entry).into_owned();
            let json =
                serde_json::from_slice(&entry).unwrap_or_else(|_| json!({"base64": scr_canon::b64(&entry)}));
            Ok(Outcome::done(text, json))
        }
        Command::Retire { at, origin, successor, reason } => retire(at, origin, successor, reason),
        Command::Proof { place, index, ca } => {
            let proof = proof(&*open(place, ca.ca.as_deref())?, *index)?.to_string();
            Ok(Outcome::done(proof.clone(), json!({"index": index, "proof": proof})))
        }
    }
}

fn retire(at: &InstalledArgs, origin: &str, successor: &str, reason: &str) -> Result<Outcome, Problem> {
    let key = match std::fs::read_to_string(successor) {
        Ok(text) => text.lines().next().unwrap_or_default().trim().to_owned(),
        Err(_) => successor.to_owned(),
    };
    let key: VerifierKey =
        key.parse().map_err(|e| Problem::input("SCR-CLI-006", format!("{successor}: {e}")))?;
    let engine = at.open(&at.settings()?)?;
    let own = engine.ledger().origin().to_owned();
    if origin != own || key.name() == own {
        let what = format!("the log's origin is {own}; {origin} was typed, and {} is to go on", key.name());
        return Err(
            Problem::input("SCR-CLI-016", what).help("ending a log cannot be undone; nothing was done")
        );
    }
    let note = engine.retire(&key, reason).map_err(|error| match error {
        ActError::Refused(refusal) => {
            let words = refusal.args.get("reason").cloned().unwrap_or_default();
            Problem::input(&refusal.code, words)
        }
        ActError::Fault(fault) => Problem::fault("SCR-CLI-030", fault),
    })?;
    Ok(Outcome::done(note.clone(), json!({"origin": own, "successor": key.to_string(), "note": note})))
}

fn fsck(
    source: &dyn LogSource,
    place: &str,
    vkey: &[String],
    policy: Option<&Path>,
    any: bool,
    objects: &ObjectsArgs,
) -> Result<Outcome, Problem> {
    let trust = trust(policy, vkey, Some(Path::new(place)))?;
    let rules = if any { EntryRules::Any } else { EntryRules::Signed };
    let report = scr_verify::fsck(source, &trust, rules).map_err(|error: FsckError| {
        let problem = Problem::new(error.exit_code(), error.code(), &error);
        match error.code() {
            "SCR-VERIFY-001" => problem.help("give --vkey or --policy: whom you trust"),
            _ => problem,
        }
    })?;
    let mut text = format!(
        "The log {} is sound: {} entries, {} tiles and bundles compared",
        report.origin, report.size, report.tiles
    );
    if report.subjects > 0 {
        text += &format!(", {} subjects counted without gaps", report.subjects);
    }
    text += &format!(".\nRoot {}", report.root);
    let audit = if any { None } else { beside(Path::new(place), objects)? };
    let Some(audit) = audit else {
        return Ok(Outcome::done(text, json!({"holds": true, "log": report})));
    };
    text += &format!(
        "\nBeside the log: {} entries with those not signed yet, {} counters, {} objects",
        audit.entries, audit.counters, audit.objects
    );
    text += &if audit.keys {
        format!(", {} private fields opened, {} erased.", audit.opened, audit.erased)
    } else {
        ". A server works here: private content was not opened.".to_owned()
    };
    Ok(Outcome::done(text, json!({"holds": true, "log": report, "beside": audit})))
}

/// What an installation keeps beside its log; nothing for a log elsewhere.
fn beside(folder: &Path, objects: &ObjectsArgs) -> Result<Option<Audit>, Problem> {
    let record = folder.join("record.db");
    if !Installation::exists(folder) || !record.exists() {
        return Ok(None);
    }
    let wrong =
        |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-004", format!("{}: {what}", folder.display()));
    let installation = Installation::find(folder).map_err(|e| wrong(&e))?;
    let installation = match objects.place()? {
        Some(objects) => installation.with_objects(objects),
        None => installation,
    };
    let reader = scr_ledger::store::sqlite::read_only(&record).map_err(|e| wrong(&e))?;
    let audit = installation.audit(&scr_ledger::LedgerReader::new(reader), Arc::new(scr_core::SystemEntropy));
    audit.map(Some).map_err(|damage: Damage| match damage {
        Damage::Unreadable(_) | Damage::Away(_) => Problem::fault(damage.code(), damage),
        _ => Problem::does_not_hold(damage.code(), damage),
    })
}

/// A log as a source of tiles; what it serves is not trusted, only repeated. The last tiles are kept: proofs
/// of neighbours need the same.
pub(crate) struct Tiles<'a> {
    source: &'a dyn LogSource,
    kept: RefCell<BTreeMap<String, Vec<u8>>>,
}

/// Tiles that are kept, of 8 KiB each.
const KEPT_TILES: usize = 1_024;

impl<'a> Tiles<'a> {
    pub(crate) fn new(source: &'a dyn LogSource) -> Self {
        Self { source, kept: RefCell::default() }
    }
}

pub(crate) enum TileFault {
    Source(SourceError),
    Missing(String),
}

impl From<ProofError> for TileFault {
    fn from(error: ProofError) -> Self {
        Self::Missing(error.to_string())
    }
}

impl From<TileFault> for Problem {
    fn from(fault: TileFault) -> Self {
        match fault {
            TileFault::Source(error) => Self::fault("SCR-CLI-012", error),
            TileFault::Missing(what) => Self::does_not_hold("SCR-CLI-013", what),
        }
    }
}

impl TileSource for Tiles<'_> {
    type Error = TileFault;

    fn tile(&self, path: &TilePath) -> Result<Vec<u8>, TileFault> {
        let name = path.to_string();
        if let Some(bytes) = self.kept.borrow().get(&name) {
            return Ok(bytes.clone());
        }
        let missing = || TileFault::Missing(format!("tile/{path} is missing"));
        let bytes = self.source.tile(path).map_err(TileFault::Source)?.ok_or_else(missing)?;
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= KEPT_TILES {
            kept.clear();
        }
        kept.insert(name, bytes.clone());
        Ok(bytes)
    }
}

pub(crate) fn checkpoint(source: &dyn LogSource) -> Result<(String, Checkpoint), Problem> {
    let bytes = source.checkpoint().map_err(|e| Problem::fault("SCR-CLI-012", e))?;
    let bytes =
        bytes.ok_or_else(|| Problem::does_not_hold("SCR-CLI-013", "the log has no checkpoint yet"))?;
    let wrong = |what: &dyn std::fmt::Display| {
        Problem::does_not_hold("SCR-CLI-014", format!("the checkpoint: {what}"))
    };
    let text = String::from_utf8(bytes).map_err(|e| wrong(&e))?;
    let note: Note = text.parse().map_err(|e| wrong(&e))?;
    let checkpoint = note.text.parse().map_err(|e| wrong(&e))?;
    Ok((text, checkpoint))
}

/// A bundle of entries of a log of this size.
pub(crate) fn bundle(source: &dyn LogSource, number: u64, size: u64) -> Result<Vec<u8>, Problem> {
    let width = size.saturating_sub(number * 256).min(256);
    let path = u16::try_from(width).ok().and_then(|width| TilePath::entries(number, width));
    let path = path.ok_or_else(|| Problem::fault("SCR-CLI-013", "no such bundle"))?;
    Ok(Tiles::new(source).tile(&path)?)
}

fn entry(source: &dyn LogSource, index: u64) -> Result<Vec<u8>, Problem> {
    let (_, checkpoint) = checkpoint(source)?;
    if index >= checkpoint.size {
        return Err(Problem::does_not_hold(
            "SCR-CLI-015",
            format!(
                "the log has {} entries under its checkpoint; the last index is one less",
                checkpoint.size
            ),
        ));
    }
    let bundle = bundle(source, index / 256, checkpoint.size)?;
    let entries = bundle_entries(&bundle);
    let offset = usize::try_from(index % 256).unwrap_or(usize::MAX);
    let found = entries.and_then(|entries| entries.get(offset).map(|entry| entry.to_vec()));
    found.ok_or_else(|| {
        Problem::does_not_hold("SCR-CLI-013", format!("bundle {} does not hold the entry", index / 256))
    })
}

fn proof(source: &dyn LogSource, index: u64) -> Result<TlogProof, Problem> {
    let extra = Some(entry(source, index)?);
    let (text, checkpoint) = checkpoint(source)?;
    let tiles = Tiles::new(source);
    let hashes = inclusion_proof(&TileReader::new(&tiles, checkpoint.size), index, checkpoint.size)?;
    Ok(TlogProof { extra, index, hashes, checkpoint: text })
}
