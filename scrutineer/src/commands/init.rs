//! `scrutineer init`

use crate::commands::keys;
use crate::config::Settings;
use crate::outcome::{Outcome, Problem};
use crate::site;
use crate::witnessing::{WitnessFolder, key_name};
use scr_core::SystemEntropy;
use scr_engine::Installation;
use scr_note::Algorithm;
use serde_json::json;
use std::path::PathBuf;

/// Create a new installation, or print a new link for its first administrator.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer init --data /var/lib/scrutineer --origin log.emb.example/2026 --site https://elections.emb.example\n  scrutineer init --data /var/lib/scrutineer    (again, while there is no administrator: a new link)\n  scrutineer init --data /var/lib/scrutineer --origin log.emb.example/2026 --agent /run/scrutineer-agent/socket"
)]
pub(crate) struct Args {
    /// The folder to create. It will hold keys: keep it to one account.
    #[arg(long)]
    data: PathBuf,
    /// Name of the log: the address it will have, without `https://`. It can never change. Needed
    /// for a new installation.
    #[arg(long)]
    origin: Option<String>,
    /// Where people will reach the site: the link begins with it [default: http://localhost:8080].
    #[arg(long)]
    site: Option<String>,
    /// The socket of an agent (`ssh-agent`) that holds the key with which the log will sign: no file has it then.
    #[arg(long)]
    agent: Option<PathBuf>,
    /// Which of the agent's keys, by its fingerprint (`ssh-add -l`) or comment; needed when it holds several.
    #[arg(long, requires = "agent")]
    agent_key: Option<String>,
    /// The PostgreSQL database that `serve` will be given, if any: people are kept there.
    #[arg(long)]
    database: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    let url = Settings { site: args.site.clone(), ..Settings::default() }.site()?;
    let (installation, is_new) = installation(args)?;
    let access = site::access(&site::store(&args.data, args.database.as_deref())?, &url)?;
    let link = access.first_link().map_err(|e| Problem::fault("SCR-CLI-030", e))?.ok_or_else(|| {
        Problem::input("SCR-CLI-038", "this installation has an administrator already")
            .help("an administrator invites people, and makes new links, on the page People")
    })?;
    let link = format!("{url}/desk/join/{}", link.reveal());
    let mut text = String::new();
    if is_new {
        text = format!(
            "Created {}. Its log is named {}.\nBack up the folder keys/ apart from the rest: without it the log cannot be continued.\n\n",
            installation.folder().display(),
            installation.origin(),
        );
    }
    let days = access.settings().invitation_seconds / 86_400;
    text += &format!(
        "The first administrator opens this link, once, within {days} days, when the server runs\n(scrutineer serve --data {} --site {url}):\n\n  {link}",
        args.data.display()
    );
    Ok(Outcome::done(
        text,
        json!({"data": installation.folder(), "origin": installation.origin(), "first_administrator": link}),
    ))
}

/// The installation in the folder: a new one, or the one that waits for its administrator.
fn installation(args: &Args) -> Result<(Installation, bool), Problem> {
    if Installation::exists(&args.data) {
        let found = Installation::find(&args.data).map_err(|e| Problem::input("SCR-CLI-031", e))?;
        if args.origin.is_some() {
            let name = found.origin();
            return Err(Problem::input(
                "SCR-CLI-011",
                format!("there is an installation named {name} already"),
            )
            .help("leave --origin out for a new link, or choose another folder"));
        }
        return Ok((found, false));
    }
    let example = "for instance --origin log.emb.example/2026";
    let origin = args.origin.as_deref().ok_or_else(|| {
        Problem::input("SCR-CLI-010", "a new installation needs the name of its log").help(example)
    })?;
    if origin.contains("://") || origin.ends_with('/') || origin.contains([' ', '+']) {
        let what = "the origin is an address without scheme, spaces, plus signs and final slash";
        return Err(Problem::input("SCR-CLI-010", what).help(example));
    }
    let created = match &args.agent {
        Some(socket) => {
            let public = keys::choose(socket, args.agent_key.as_deref())?.public;
            let place = keys::placed(origin, Algorithm::Ed25519, &public, socket)?;
            Installation::create_with_agent(&args.data, &place, &SystemEntropy)
        }
        None => Installation::create(&args.data, origin, &SystemEntropy),
    };
    let created = created.map_err(|e| Problem::input("SCR-CLI-011", e))?;
    WitnessFolder::of(&args.data).create_key(&key_name(origin), &SystemEntropy)?;
    Ok((created, true))
}
