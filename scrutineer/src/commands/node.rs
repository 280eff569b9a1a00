//! `scrutineer node …`

use crate::outcome::{Outcome, Problem};
use crate::source::{self, read_text, trust};
use scr_engine::Installation;
use scr_ledger::{Guard, LedgerReader, store::postgres};
use scr_merkle::subtree_root;
use scr_merkle::tile::TileReader;
use scr_note::{Checkpoint, Note};
use scr_verify::{EntryRules, Trust};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Several nodes on one PostgreSQL.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Make this folder a further node of an installation whose record is in PostgreSQL.
    #[command(
        after_help = "Example:\n  scrutineer node join --data /var/lib/scrutineer --keys /media/sealed/keys \\\n    --database postgresql://emb@db/record --checkpoint from-a-witness.txt\n\nThe whole record is checked against the log's own key before the node takes over what was signed as its guard. A\ncheckpoint that somebody else keeps (a witness, a mirror) shows in addition that the database is not an older copy."
    )]
    Join {
        /// The node's own folder; it is created.
        #[arg(long)]
        data: PathBuf,
        /// A copy of another node's folder `keys/`. Not needed where the folder has its keys already.
        #[arg(long)]
        keys: Option<PathBuf>,
        /// The record's database.
        #[arg(long, env = "SCRUTINEER_DATABASE", hide_env_values = true)]
        database: String,
        /// A signed checkpoint of this log that somebody else keeps.
        #[arg(long)]
        checkpoint: Option<PathBuf>,
    },
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    let Command::Join { data, keys, database, checkpoint } = command;
    join(data, keys.as_deref(), database, checkpoint.as_deref())
}

fn join(data: &Path, keys: Option<&Path>, url: &str, kept: Option<&Path>) -> Result<Outcome, Problem> {
    let unreachable = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let (own, installation) = installation(data, keys)?;
    let guard = Guard::at(&own.join("guard"));
    if guard.read().map_err(|e| unreachable(&e))?.is_some() {
        let what = format!("{} is a node already: it has a guard", data.display());
        return Err(Problem::input("SCR-CLI-062", what).help("start it with `scrutineer serve`"));
    }
    let reader = LedgerReader::new(postgres::read_only(url).map_err(|e| {
        unreachable(&e)
            .help("the first node makes the record's tables: start it before, with the same database")
    })?);
    let trust = trust(None, &[], Some(&own))?;
    let source = source::reader(reader.clone());
    let report = scr_verify::fsck(&*source, &trust, EntryRules::Signed)
        .map_err(|error| Problem::does_not_hold("SCR-CLI-063", error))?;
    if let Some(path) = kept {
        check_kept(&reader, path, &trust, report.size)?;
    }
    let checkpoint = Checkpoint::new(&report.origin, report.size, report.root);
    guard.write(&checkpoint).map_err(|e| unreachable(&e))?;
    let text = format!(
        "{} is a node of {} now. All {} entries were checked; the last signed root is\n{}\nCompare it with another node's before you start this one: scrutineer serve --data {} with the same settings.",
        data.display(),
        installation.origin(),
        report.size,
        report.root,
        data.display(),
    );
    Ok(Outcome::done(
        text,
        json!({"data": data, "origin": report.origin, "size": report.size, "root": report.root}),
    ))
}

/// The node's folder, with its keys.
fn installation(data: &Path, keys: Option<&Path>) -> Result<(PathBuf, Installation), Problem> {
    let wrong = |e: &dyn std::fmt::Display| {
        Problem::input("SCR-CLI-061", e)
            .help("copy the folder keys/ of another node, over a safe way, and name it with --keys")
    };
    let found = match keys {
        Some(keys) if !Installation::exists(data) => Installation::create_node(data, keys),
        _ => Installation::find(data),
    };
    let found = found.map_err(|e| wrong(&e))?;
    Ok((found.folder().to_owned(), found))
}

/// The record must continue a checkpoint that somebody else keeps.
fn check_kept(reader: &LedgerReader, path: &Path, trust: &Trust, size: u64) -> Result<(), Problem> {
    let wrong =
        |what: &dyn std::fmt::Display| Problem::input("SCR-CLI-064", format!("{}: {what}", path.display()));
    let Trust::Keys(keys) = trust else { return Err(wrong(&"the log has no key")) };
    let note: Note = read_text(path)?.parse().map_err(|e| wrong(&e))?;
    note.open(keys).map_err(|e| wrong(&e))?;
    let kept: Checkpoint = note.text.parse().map_err(|e| wrong(&e))?;
    let holds = |what: String| {
        Problem::does_not_hold("SCR-CLI-065", what)
            .help("the database is not the newest: ask the people responsible before anything is started")
    };
    if kept.size > size {
        return Err(holds(format!("the database has {size} signed entries, and {} were signed", kept.size)));
    }
    let root = subtree_root(&TileReader::new(reader, size), 0, kept.size)
        .map_err(|e| Problem::does_not_hold("SCR-CLI-063", e))?;
    if root != kept.root {
        return Err(holds(format!("the database has other entries than the {} that were signed", kept.size)));
    }
    Ok(())
}
