//! `scrutineer fixity`

use crate::installed::{InstalledArgs, tenths};
use crate::outcome::{Outcome, Problem};
use crate::site;
use scr_core::{Clock as _, SystemClock, SystemEntropy};
use scr_desk_office::fixity_job;
use scr_engine::{ActError, Fixity};
use scr_jobs::Jobs;
use serde_json::json;
use std::fmt::Write as _;
use std::sync::Arc;

/// Hash everything again that an installation holds, and record what came of it.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer fixity --data /var/lib/scrutineer\n  scrutineer fixity --data /var/lib/scrutineer --config /etc/scrutineer.toml --json\n\nEntries, ciphertexts against their commitments, objects. A server does the same by itself every 30 days; while one works in\nthe folder, it is asked to, and the page Long work shows how far it is. Exit status: 0 nothing is damaged, or the server\nwas asked; 1 something is damaged, and is named."
)]
pub(crate) struct Args {
    #[command(flatten)]
    at: InstalledArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    args.at.find()?;
    let (data, settings) = (&args.at.data, args.at.settings()?);
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let lock = scr_ledger::lock_file(&data.join("lock")).map_err(|e| fault(&e))?;
    if lock.is_none() {
        let store = site::store(data, settings.database()?.as_deref())?;
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
    let mut tell = tenths();
    let checked = args.at.open(&settings)?.check_fixity(&mut |done, total| {
        tell(done, total);
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
