//! `scrutineer serve`

use crate::config::Settings;
use crate::outcome::{Outcome, Problem};
use crate::site::{self, Server};
use crate::witnessing::Witnessing;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// Serve an installation.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer serve --data /var/lib/scrutineer\n  scrutineer serve --data /var/lib/scrutineer --site https://results.emb.example --trusted-proxy 127.0.0.1\n  scrutineer serve --data /var/lib/scrutineer --config /etc/scrutineer.toml\n  scrutineer serve --data /var/lib/scrutineer --database postgresql://emb@db/record --listen 0.0.0.0:8080\n\nThe file of --config has the long names as keys (listen, database, objects, site, trusted_proxies), and\ntimeout_seconds, max_upload_mib, policy, logs, database_file, fixity_days and exercise. The command line goes before the\nenvironment, and that before the file."
)]
pub(crate) struct Args {
    /// The installation's folder (see `scrutineer init`).
    #[arg(long)]
    data: PathBuf,
    /// A TOML file with settings.
    #[arg(long, env = "SCRUTINEER_CONFIG")]
    config: Option<PathBuf>,
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long, env = "SCRUTINEER_LISTEN")]
    listen: Option<SocketAddr>,
    /// Hold the record in PostgreSQL instead of the folder.
    #[arg(long, env = "SCRUTINEER_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// Keep objects in another folder; several nodes may share it.
    #[arg(long, env = "SCRUTINEER_OBJECTS")]
    objects: Option<String>,
    /// The address under which readers reach the site. With https:// cookies are secure, and browsers
    /// are told to come by https only.
    #[arg(long, env = "SCRUTINEER_SITE")]
    site: Option<String>,
    /// The address of a proxy in front, which is believed when it says for whom it asks
    /// (X-Forwarded-For). Can be given several times.
    #[arg(long, env = "SCRUTINEER_TRUSTED_PROXIES", value_delimiter = ',')]
    trusted_proxy: Vec<IpAddr>,
    /// Who cosigns this log, a C2SP tlog-policy [default: witness/policy in the folder].
    #[arg(long, env = "SCRUTINEER_POLICY")]
    policy: Option<PathBuf>,
    /// Which logs this server cosigns, in the form logs/v0 [default: witness/logs in the folder].
    #[arg(long, env = "SCRUTINEER_LOGS")]
    logs: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    let line = Settings {
        listen: args.listen,
        database: args.database.clone(),
        objects: args.objects.clone(),
        site: args.site.clone(),
        trusted_proxies: args.trusted_proxy.clone(),
        policy: args.policy.clone(),
        logs: args.logs.clone(),
        ..Settings::default()
    };
    let settings = match &args.config {
        Some(path) => line.or(Settings::read(path)?),
        None => line,
    };
    let (site, web, objects) = (settings.site()?, settings.web()?, settings.objects()?);
    let database = settings.database()?;
    let database = database.as_deref();
    let witnessing = Witnessing::open(&args.data, settings.policy.as_deref(), settings.logs.as_deref())?;
    let witnessing = witnessing.ask(&args.data)?;
    let engine = site::engine(&args.data, database, objects.as_deref(), &witnessing.seen)?;
    if let Some(reason) = engine.ledger().stopped() {
        eprintln!("The record is served, but nothing is accepted or signed: {reason}");
    }
    let store = site::store(&args.data, database)?;
    let access = site::access(&store, &site)?;
    let administrators = access.administrators().map_err(|e| Problem::fault("SCR-CLI-030", e))?;
    let server = Server { witnessing, engine, access, store, listen: settings.listen(), web };
    site::serve(server, |address| {
        eprintln!("scrutineer serves http://{address}");
        if administrators == 0 {
            let data = args.data.display();
            eprintln!(
                "There is no administrator yet. A one-time link: scrutineer init --data {data} --site {site}"
            );
        }
    })?;
    Ok(Outcome::silent())
}
