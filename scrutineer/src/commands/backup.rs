//! `scrutineer backup` and `scrutineer restore`

use crate::backup::{self, MAX_KEY_DAYS, Manifest};
use crate::objects::ObjectsArgs;
use crate::outcome::{Outcome, Problem};
use scr_core::{Clock as _, SystemClock};
use scr_engine::utc_text;
use serde_json::json;
use std::path::PathBuf;

/// Back up an installation, also while its server runs.
#[derive(clap::Subcommand)]
pub(crate) enum Command {
    /// Copy record and objects to a new folder, and the keys of private content to another one.
    #[command(
        after_help = "Examples:\n  scrutineer backup create --data /var/lib/scrutineer --to /backup/2026-11-26\n  scrutineer backup create --data /var/lib/scrutineer --to /backup/2026-11-26 --keys /safe/keys --keep-keys-days 14\n\nThe signing keys (the folder keys/) are in no backup: keep one sealed copy offline. Nor are guard, retired and\nerased: they notice an older copy, and must survive on the machine itself."
    )]
    Create {
        /// The installation's folder.
        #[arg(long)]
        data: PathBuf,
        /// The folder of the backup. It is created, and must be empty.
        #[arg(long)]
        to: PathBuf,
        /// The folder for copies of the keys of private content, apart from the backups.
        #[arg(long)]
        keys: Option<PathBuf>,
        /// Days after which a copy of keys in that folder is deleted.
        #[arg(long, default_value_t = MAX_KEY_DAYS)]
        keep_keys_days: u16,
        #[command(flatten)]
        objects: ObjectsArgs,
    },
    /// Say what a backup holds.
    #[command(after_help = "Example:\n  scrutineer backup show /backup/2026-11-26")]
    Show {
        /// The folder of the backup.
        backup: PathBuf,
    },
}

/// Put a backup back, after checking all of it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer restore --from /backup/2026-11-26 --keys /safe/keys/keys-1795514400.db --data /var/lib/scrutineer --replace\n\nOn a new machine: put the sealed copy of keys/ into the data folder first, and the first three lines of the newest\ncheckpoint that anybody has as `guard`. Without a guard, or with one that knows more entries than the backup,\nthe server serves and explains but does not sign: `scrutineer log retire` is then the decision of people."
)]
pub(crate) struct Args {
    /// The folder of the backup.
    #[arg(long)]
    from: PathBuf,
    /// The copy of the keys of private content to put back. Without it those in the folder stay.
    #[arg(long)]
    keys: Option<PathBuf>,
    /// The installation's folder, with its folder keys/.
    #[arg(long)]
    data: PathBuf,
    /// Put a record that is there aside.
    #[arg(long)]
    replace: bool,
    #[command(flatten)]
    objects: ObjectsArgs,
}

pub(crate) fn run(command: &Command) -> Result<Outcome, Problem> {
    match command {
        Command::Create { data, to, keys, keep_keys_days, objects } => {
            let request = backup::Request {
                data,
                to,
                objects: objects.place()?,
                keys: keys.as_deref(),
                keep_keys_days: *keep_keys_days,
                now: SystemClock.now(),
            };
            let done = backup::create(&request)?;
            let mut text = format!("{}\nKept in {}.", says(&done.manifest), done.backup.display());
            match &done.keys {
                Some(keys) => text += &format!("\nThe keys of private content are in {}.", keys.display()),
                None => {
                    text += "\nThe keys of private content are not in it: give --keys to copy them as well."
                }
            }
            for path in &done.deleted {
                text += &format!("\nDeleted, because it was too old: {}", path.display());
            }
            Ok(Outcome::done(text, json!(done)))
        }
        Command::Show { backup } => {
            let manifest = Manifest::read(backup)?;
            Ok(Outcome::done(says(&manifest), json!(manifest)))
        }
    }
}

fn says(manifest: &Manifest) -> String {
    format!(
        "The log {} with {} entries, as of {}; {} objects of {} bytes.",
        manifest.origin,
        manifest.size,
        utc_text(manifest.at),
        manifest.objects,
        manifest.object_bytes
    )
}

pub(crate) fn restore(args: &Args) -> Result<Outcome, Problem> {
    let way = backup::Way {
        from: &args.from,
        keys: args.keys.as_deref(),
        data: &args.data,
        objects: args.objects.place()?,
        replace: args.replace,
        now: SystemClock.now(),
    };
    let done = backup::restore(&way)?;
    let mut text = format!(
        "Restored: the log {} with {} entries and {} objects, as of {}. Every entry and object was checked.",
        done.origin,
        done.size,
        done.objects,
        utc_text(done.at)
    );
    if let Some(aside) = &done.aside {
        text += &format!("\nWhat was there before is in {}.", aside.display());
    }
    text += &match done.signed {
        _ if done.will_sign => "\nThe server will go on where this record ends. Start it only when no other server has this log's keys: two would\nsign two histories, and every witness would see it.".to_owned(),
        Some(signed) => format!(
            "\n\nSigned were {signed} entries, and this record holds {}: {} are missing. The server will serve and explain, but\nnot sign. Look for a newer copy (another backup, a mirror, the disk itself). If there is none, the people\nresponsible end this log openly: scrutineer log retire --help",
            done.size,
            signed - done.size
        ),
        None => "\n\nThere is no guard here, so nobody knows whether more was signed. The server will serve and explain, but not sign,\nuntil the first three lines of the newest checkpoint that anybody has (a mirror, a witness, a newspaper) stand in\nthe file `guard`.".to_owned(),
    };
    Ok(Outcome::done(text, json!(done)))
}
