//! `scrutineer serve`

use crate::authorities::CaArgs;
use crate::config::Settings;
use crate::front::TlsArgs;
use crate::logging::LogArgs;
use crate::objects::{self, ObjectsArgs};
use crate::outcome::{Outcome, Problem};
use crate::site::{self, Server};
use crate::witnessing::Witnessing;
use scr_desk_threats::Asking;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

/// Serve an installation.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer serve --data /var/lib/scrutineer\n  scrutineer serve --data /var/lib/scrutineer --site https://results.emb.example --trusted-proxy 127.0.0.1\n  scrutineer serve --data /var/lib/scrutineer --config /etc/scrutineer.toml\n  scrutineer serve --data /var/lib/scrutineer --database postgresql://emb@db/record --listen 0.0.0.0:8080\n  scrutineer serve --data /var/lib/scrutineer --objects s3://emb-record/objects --s3-endpoint https://s3.emb.example --s3-credentials-file /etc/scrutineer/s3\n  scrutineer serve --data /var/lib/scrutineer --site https://results.emb.example --listen 0.0.0.0:443 \\\n    --http-listen 0.0.0.0:80 --tls-certificate /etc/scrutineer/chain.pem --tls-key /etc/scrutineer/key.pem\n\nThe file of --config has the long names as keys (listen, site, tls_certificate, …), and more of them: see\ndocs/reference/settings.md. The command line goes before the\nenvironment, and that before the file."
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
    /// Hold the keys of private content in a PostgreSQL database that all nodes share. Not the record's: its
    /// backups are kept for a short time only.
    #[arg(long, env = "SCRUTINEER_KEYS_DATABASE", hide_env_values = true)]
    keys_database: Option<String>,
    /// The address under which readers reach the site. With https:// cookies are secure, and browsers
    /// are told to come by https only.
    #[arg(long, env = "SCRUTINEER_SITE")]
    site: Option<String>,
    /// The address of a proxy in front, which is believed when it says for whom it asks
    /// (X-Forwarded-For). Can be given several times.
    #[arg(long, env = "SCRUTINEER_TRUSTED_PROXIES", value_delimiter = ',')]
    trusted_proxy: Vec<IpAddr>,
    #[command(flatten)]
    tls: TlsArgs,
    /// Listen here in the clear as well, and lead whoever comes to the site.
    #[arg(long, env = "SCRUTINEER_HTTP_LISTEN")]
    http_listen: Option<SocketAddr>,
    #[command(flatten)]
    ca: CaArgs,
    #[command(flatten)]
    log: LogArgs,
    /// Send traces to a collector of OpenTelemetry, for instance http://127.0.0.1:4318 [default: none].
    #[arg(long, env = "SCRUTINEER_OTLP_ENDPOINT", value_name = "URL")]
    otlp_endpoint: Option<String>,
    /// Who cosigns this log, a C2SP tlog-policy [default: witness/policy in the folder].
    #[arg(long, env = "SCRUTINEER_POLICY")]
    policy: Option<PathBuf>,
    /// Which logs this server cosigns, in the form logs/v0 [default: witness/logs in the folder].
    #[arg(long, env = "SCRUTINEER_LOGS")]
    logs: Option<PathBuf>,
    #[command(flatten)]
    objects: ObjectsArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    let line = Settings {
        listen: args.listen,
        database: args.database.clone(),
        keys_database: args.keys_database.clone(),
        site: args.site.clone(),
        trusted_proxies: args.trusted_proxy.clone(),
        tls_certificate: args.tls.tls_certificate.clone(),
        tls_key: args.tls.tls_key.clone(),
        http_listen: args.http_listen,
        ca: args.ca.ca.clone(),
        log_format: args.log.log_format,
        log_level: args.log.log_level,
        otlp_endpoint: args.otlp_endpoint.clone(),
        policy: args.policy.clone(),
        logs: args.logs.clone(),
        ..args.objects.settings()
    };
    let settings = line.over_file(args.config.as_deref())?;
    let traces = settings.start_log()?;
    let (site, web, objects) = (settings.site()?, settings.web()?, objects::place(&settings)?);
    // Before anything is opened: what is named wrongly is said at once.
    let (front, client_tls) = (settings.front()?, settings.client_tls()?);
    let (database, keys) = (settings.database()?, settings.keys_database()?);
    let database = database.as_deref();
    let witnessing = Witnessing::open(&args.data, settings.policy.as_deref(), settings.logs.as_deref())?;
    let asking = Asking { tls: client_tls.clone(), may_be_near: settings.private_partners.unwrap_or(false) };
    let witnessing = witnessing.over(client_tls).ask(&args.data)?;
    let engine = site::engine(&args.data, database, keys.as_deref(), objects, &witnessing.seen)?;
    if let Some(reason) = engine.ledger().stopped() {
        eprintln!("The record is served, but nothing is accepted or signed: {reason}");
    }
    if let Some(why) = engine.ledger().unsigned() {
        eprintln!("Acts are accepted, and not signed until the agent with the log's key is there: {why}");
    }
    let store = site::store(&args.data, database)?;
    let access = site::access(&store, &site)?;
    let administrators = access.administrators().map_err(|e| Problem::fault("SCR-CLI-030", e))?;
    let server = Server { witnessing, asking, engine, access, store, front, web, traces, first: None };
    site::serve(server, |reached| {
        eprintln!("scrutineer serves {reached}");
        if administrators == 0 {
            let data = args.data.display();
            // With port 0 the address is known only now.
            let listen = Some(reached.address);
            let site = Settings { listen, ..settings.clone() }.site().unwrap_or_else(|_| site.clone());
            let people = if database.is_some() { " --database URL (the one of this server)" } else { "" };
            eprintln!(
                "There is no administrator yet. A one-time link: scrutineer init --data {data} --site {site}{people}"
            );
        }
    })?;
    Ok(Outcome::silent())
}
