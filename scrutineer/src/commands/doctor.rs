//! `scrutineer doctor`

use crate::config::Settings;
use crate::objects::{self, ObjectsArgs};
use crate::outcome::{Outcome, Problem};
use crate::words;
use scr_core::{Clock as _, SystemClock};
use scr_engine::{Examination, Finding, Installation, KeysInspection, examine};
use scr_objects::Place;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Say in plain words what is wrong with an installation, and what to do.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer doctor --data /var/lib/scrutineer --site https://results.elections.example\n  scrutineer doctor --data /var/lib/scrutineer --config scrutineer.toml --json\n\nIt changes nothing, and works beside a running server and without one. Exit status: 0 nothing needs doing, 1 something\ndoes. Every code is explained in the error reference (SCR-DOC)."
)]
pub(crate) struct Args {
    /// The installation's folder.
    #[arg(long)]
    data: PathBuf,
    /// The TOML file with the server's settings.
    #[arg(long)]
    config: Option<PathBuf>,
    /// The address under which readers reach the site.
    #[arg(long)]
    site: Option<String>,
    /// The database of the keys of private content, where several nodes share it.
    #[arg(long)]
    keys_database: Option<String>,
    #[command(flatten)]
    objects: ObjectsArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    let installation = Installation::find(&args.data).map_err(|e| Problem::input("SCR-CLI-031", e))?;
    let line = Settings {
        site: args.site.clone(),
        keys_database: args.keys_database.clone(),
        ..args.objects.settings()
    };
    let settings = line.over_file(args.config.as_deref())?;
    let site = if settings.site.is_some() { Some(settings.site()?) } else { None };
    let objects = match objects::place(&settings)? {
        Some(place @ Place::S3(_)) => Some(installation.with_objects(place).objects()),
        _ => None,
    };
    let objects = objects.transpose().map_err(|e| Problem::input("SCR-CLI-037", e))?;
    let keys = settings.named_keys_database()?.map(|url| KeysInspection::of_postgres(&url));
    let what = Examination {
        folder: &args.data,
        site: site.as_deref(),
        fixity_days: settings.fixity_days(),
        objects: objects.as_ref(),
        keys: keys.as_ref(),
        now: SystemClock.now(),
    };
    let mut diagnosis = examine(&what);
    if let (Some(certificate), Some(key)) = (&settings.tls_certificate, &settings.tls_key) {
        diagnosis.add(scr_web::examine_files(certificate, key, what.site, what.now));
    }
    let needs_doing = diagnosis.findings.iter().any(|finding| finding.level > scr_engine::Level::Note);
    let mut text = if diagnosis.findings.is_empty() {
        format!("Nothing is wrong: {} things were looked at.", diagnosis.checks)
    } else {
        format!("{} findings; {} things were looked at.", diagnosis.findings.len(), diagnosis.checks)
    };
    for finding in &diagnosis.findings {
        let _ = write!(text, "\n\n{}", in_words(finding));
    }
    let findings: Vec<Value> = diagnosis.findings.iter().map(as_json).collect();
    let json = json!({"healthy": !needs_doing, "checks": diagnosis.checks, "findings": findings});
    let outcome = Outcome::done(text, json);
    Ok(if needs_doing { outcome.answering_no() } else { outcome })
}

/// Code, level, what is wrong with its values, and what to do: from the error reference.
fn in_words(finding: &Finding) -> String {
    let (means, help) = words::explain(finding.code).unwrap_or_default();
    let mut text = format!("{}[{}]: {means}", finding.level.as_str(), finding.code);
    for (name, value) in &finding.args {
        let _ = write!(text, "\n  {name}: {value}");
    }
    let _ = write!(text, "\n  help: {help}");
    text
}

fn as_json(finding: &Finding) -> Value {
    let (means, help) = words::explain(finding.code).unwrap_or_default();
    json!({"code": finding.code, "level": finding.level.as_str(), "means": means, "help": help, "values": finding.args})
}
