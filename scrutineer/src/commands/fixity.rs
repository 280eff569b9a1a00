//! `scrutineer fixity`

use crate::authorities::CaArgs;
use crate::config::Settings;
use crate::objects::{self, ObjectsArgs};
use crate::outcome::{Outcome, Problem};
use crate::site;
use crate::witnessing::Witnessing;
use scr_core::{Clock as _, SystemClock, SystemEntropy};
use scr_desk_office::fixity_job;
use scr_engine::{ActError, Fixity, Installation};
use scr_jobs::Jobs;
use serde_json::json;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

/// Hash everything again that an installation holds, and record what came of it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer fixity --data /var/lib/scrutineer\n  scrutineer fixity --data /var/lib/scrutineer --config /etc/scrutineer.toml --json\n\nEntries, ciphertexts against their commitments, objects. A server does the same by itself every 30 days; while one works in\nthe folder, it is asked to, and the page Long work shows how far it is. Exit status: 0 nothing is damaged, or the server\nwas asked; 1 something is damaged, and is named."
)]
pub(crate) struct Args {
    /// The installation's folder.
    #[arg(long)]
    data: PathBuf,
    /// The TOML file with the server's settings.
    #[arg(long)]
    config: Option<PathBuf>,
    /// The record's database, where it is not in the folder.
    #[arg(long)]
    database: Option<String>,
    /// The database of the keys of private content, where several nodes share it.
    #[arg(long)]
    keys_database: Option<String>,
    #[command(flatten)]
    objects: ObjectsArgs,
    #[command(flatten)]
    ca: CaArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    Installation::find(&args.data).map_err(|e| Problem::input("SCR-CLI-031", e))?;
    let line = Settings {
        database: args.database.clone(),
        keys_database: args.keys_database.clone(),
        ca: args.ca.ca.clone(),
        ..args.objects.settings()
    };
    let settings = line.over_file(args.config.as_deref())?;
    let (database, objects) = (settings.database()?, objects::place(&settings)?);
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let lock = scr_ledger::lock_file(&args.data.join("lock")).map_err(|e| fault(&e))?;
    if lock.is_none() {
        let store = site::store(&args.data, database.as_deref())?;
        let jobs =
            Jobs::open(store, Arc::new(SystemClock), Arc::new(SystemEntropy)).map_err(|e| fault(&e))?;
        let job = jobs.enqueue(&fixity_job(SystemClock.now_ms())).map_err(|e| fault(&e))?;
        let text = format!(
            "A server works here, and was asked to: /desk/jobs/{}. What came of it stands on the page State of the installation\nand in `scrutineer doctor`.",
            job.id
        );
        return Ok(Outcome::done(text, json!({"job": job.id})));
    }
    drop(lock);
    // What is found becomes an entry: it must not be signed over what others keep of a larger tree.
    let witnessing = Witnessing::open(&args.data, settings.policy.as_deref(), None)?;
    let seen = witnessing.over(settings.client_tls()?).ask(&args.data)?.seen;
    let keys = settings.keys_database()?;
    let engine = site::engine(&args.data, database.as_deref(), keys.as_deref(), objects, &seen)?;
    let mut shown = 0;
    let checked = engine.check_fixity(&mut |done, total| {
        let tenth = (done * 10).checked_div(total).unwrap_or(10);
        if tenth > shown {
            shown = tenth;
            eprintln!("{done} of {total}");
        }
        true
    });
    let checked = checked.map_err(|error| match error {
        ActError::Refused(refusal) => {
            let words = refusal.args.get("reason").cloned().unwrap_or_default();
            Problem::input(&refusal.code, words)
        }
        ActError::Fault(fault) => Problem::fault("SCR-CLI-030", fault),
    })?;
    checked.map_or_else(|| Ok(Outcome::silent()), |fixity| Ok(told(&fixity)))
}

fn told(fixity: &Fixity) -> Outcome {
    let counts = fixity.counts;
    let mut text = format!(
        "{} of {} things are damaged or missing: {} entries, {} objects and {} private fields were hashed again; {} private\nfields were erased, {} have no key here.\nRoot over the hashes: {}",
        counts.damaged,
        counts.all(),
        counts.size,
        counts.objects,
        counts.opened,
        counts.erased,
        counts.without_key,
        fixity.root
    );
    for one in &fixity.damaged {
        let _ = write!(text, "\n\n{}", one.what);
        if let Some((_, help)) = crate::words::explain(&one.code) {
            let _ = write!(text, "\n  help: {help}");
        }
    }
    text += &match fixity.entry {
        Some(entry) => format!("\n\nRecorded as entry {entry}."),
        None => "\n\nThe log has stopped, so this is not recorded.".to_owned(),
    };
    let outcome = Outcome::done(text, json!({"fixity": fixity}));
    if counts.damaged > 0 { outcome.answering_no() } else { outcome }
}
