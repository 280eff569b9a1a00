//! `scrutineer init`

use crate::outcome::{Outcome, Problem};
use scr_core::SystemEntropy;
use scr_engine::Installation;
use serde_json::json;
use std::path::PathBuf;

/// Create a new installation.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  scrutineer init --data /var/lib/scrutineer --origin log.emb.example/2026"
)]
pub(crate) struct Args {
    /// The folder to create. It will hold keys: keep it to one account.
    #[arg(long)]
    data: PathBuf,
    /// Name of the log: the address it will have, without `https://`. It can never change.
    #[arg(long)]
    origin: String,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    if args.origin.contains("://") || args.origin.ends_with('/') {
        return Err(Problem::input("SCR-CLI-010", "the origin is an address without scheme and final slash")
            .help("for instance log.emb.example/2026"));
    }
    let installation = Installation::create(&args.data, &args.origin, &SystemEntropy)
        .map_err(|e| Problem::input("SCR-CLI-011", e))?;
    Ok(Outcome::done(
        format!(
            "Created {}. Its log is named {}.\nBack up the folder keys/ apart from the rest: without it the log cannot be continued.",
            installation.folder().display(),
            installation.origin()
        ),
        json!({"data": installation.folder(), "origin": installation.origin()}),
    ))
}
