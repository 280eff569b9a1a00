//! `scrutineer serve`

use crate::outcome::{Outcome, Problem};
use crate::site;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Serve an installation.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer serve --data /var/lib/scrutineer\n  scrutineer serve --data /var/lib/scrutineer --database postgresql://emb@db/record --listen 0.0.0.0:8080"
)]
pub(crate) struct Args {
    /// The installation's folder (see `scrutineer init`).
    #[arg(long)]
    data: PathBuf,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Hold the record in PostgreSQL instead of the folder.
    #[arg(long)]
    database: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    let engine = site::engine(&args.data, args.database.as_deref())?;
    if let Some(reason) = engine.ledger().stopped() {
        eprintln!("The record is served, but nothing is accepted or signed: {reason}");
    }
    let host = format!("http://{}", args.listen);
    let gate = site::gate(site::access(&args.data, args.database.as_deref(), &host)?);
    site::serve(engine, gate, args.listen, |address| {
        eprintln!("scrutineer serves http://{address}");
    })?;
    Ok(Outcome::silent())
}
