//! `scrutineer mirror`

use crate::authorities::{self, CaArgs};
use crate::config::Settings;
use crate::front::{Front, TlsArgs, told_to_stop};
use crate::logging::LogArgs;
use crate::mirror::{Pages, Site, site};
use crate::outcome::{Outcome, Problem};
use crate::source::trust;
use axum::Router;
use indicatif::{ProgressBar, ProgressStyle};
use scr_core::{SystemClock, SystemEntropy};
use scr_mirror::watch::WatchState;
use scr_mirror::{FolderError, HttpRemote, MirrorFolder, Monitor, MonitorConfig, PageLimits, Trouble};
use scr_verify::Trust;
use serde_json::json;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;
use tokio::runtime::Runtime;

/// Follow somebody else's log, and serve its public pages from an own copy.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  scrutineer mirror https://log.emb.example --vkey emb.vkey --data mirror\n  scrutineer mirror https://log.emb.example --vkey emb.vkey --data mirror --listen 0.0.0.0:8080\n  scrutineer mirror https://log.emb.example --vkey emb.vkey --data mirror --once --json\n\nTake the key from somebody whom you trust, not from the server: its page /log/vkey lists it only for comparison.\nEverything is checked before it is kept. What contradicts what was seen before is kept as evidence in DIR/alarms.\nExit status 1: there is an open alarm."
)]
pub(crate) struct Args {
    /// Address of the server that is followed.
    url: String,
    /// The log's keys, or a file of such keys. May be given more than once.
    #[arg(long, required = true)]
    vkey: Vec<String>,
    /// The mirror's own folder; it is created.
    #[arg(long)]
    data: PathBuf,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
    /// The address under which readers reach the mirror.
    #[arg(long)]
    site: Option<String>,
    /// Follow and compare, but serve no pages.
    #[arg(long)]
    no_serve: bool,
    /// Follow up to the newest checkpoint, compare all pages once, and end.
    #[arg(long)]
    once: bool,
    /// Seconds between two looks at the origin.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=3600))]
    every: u64,
    /// Minutes without a new checkpoint after which an alarm is raised.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(i64).range(1..=100_000))]
    stale: i64,
    /// The origin is in a drill: its pages say so, and these do too.
    #[arg(long)]
    exercise: bool,
    #[command(flatten)]
    ca: CaArgs,
    #[command(flatten)]
    tls: TlsArgs,
    #[command(flatten)]
    log: LogArgs,
}

pub(crate) fn run(args: &Args) -> Result<Outcome, Problem> {
    args.log.start();
    let mut ready = prepare(args)?;
    if args.once {
        return once(&mut ready.monitor);
    }
    serve(args, ready)
}

/// A mirror that can begin.
struct Ready {
    monitor: Monitor,
    runtime: Runtime,
    router: Router,
    address: String,
    front: Front,
}

fn prepare(args: &Args) -> Result<Ready, Problem> {
    let Trust::Keys(keys) = trust(None, &args.vkey, None)? else {
        return Err(Problem::input("SCR-MIR-012", "no key was given"));
    };
    let remote = HttpRemote::new(&args.url, &authorities::tls(args.ca.ca.as_deref())?).ok_or_else(|| {
        Problem::input("SCR-MIR-013", format!("{:?} is not the address of a server", args.url))
            .help("for instance https://log.emb.example")
    })?;
    let address = remote.address().to_owned();
    let folder = MirrorFolder::open(&args.data, keys, Arc::new(SystemClock), Arc::new(SystemEntropy));
    let folder = folder.map_err(of_folder)?;
    let settings = Settings {
        listen: Some(args.listen),
        site: args.site.clone(),
        tls_certificate: args.tls.tls_certificate.clone(),
        tls_key: args.tls.tls_key.clone(),
        exercise: args.exercise,
        ..Settings::default()
    };
    let front = settings.front()?;
    let Site { app, router } = site(folder.parts, &args.data, settings.web()?)?;
    if let Some(certificates) = &front.certificates {
        app.use_certificates(Arc::clone(certificates));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|e| Problem::fault("SCR-CLI-032", e))?;
    let mut monitor = Monitor::new(
        folder.follower,
        Box::new(remote),
        (folder.alarms_folder, folder.alarms),
        (&address, &folder.origin),
        Arc::new(SystemClock),
        MonitorConfig { stale_seconds: args.stale * 60, pages: PageLimits::default() },
    );
    scr_desk_watch::follow(&app, monitor.watch());
    let pages = Pages { app, router: router.clone(), runtime: runtime.handle().clone() };
    monitor.with_pages(Box::new(pages));
    Ok(Ready { monitor, runtime, router, address, front })
}

/// Follows, and serves, until the process is told to stop.
fn serve(args: &Args, ready: Ready) -> Result<Outcome, Problem> {
    let Ready { mut monitor, runtime, router, address, front } = ready;
    let watch = Arc::clone(monitor.watch());
    let every = Duration::from_secs(args.every);
    let (stop, stopped) = sync_channel::<()>(0);
    let rounds = std::thread::Builder::new().name("mirror".to_owned());
    let rounds = rounds.spawn(move || follow(&mut monitor, &stopped, every));
    let rounds = rounds.map_err(|e| Problem::fault("SCR-CLI-032", e))?;
    let served: Result<(), Problem> = runtime.block_on(async {
        if args.no_serve {
            told_to_stop().await;
            return Ok(());
        }
        let said = |own| {
            eprintln!("scrutineer mirrors {address} at {own}; what it has found: {own}/watch");
        };
        front.serve(router, said).await
    });
    drop(stop);
    drop(rounds.join());
    served?;
    outcome(&watch.now())
}

fn of_folder(error: FolderError) -> Problem {
    let code = error.code();
    match error {
        FolderError::Own { .. } => Problem::fault(code, error),
        _ => Problem::input(code, error),
    }
}

/// Up to the newest checkpoint, and all pages.
fn once(monitor: &mut Monitor) -> Result<Outcome, Problem> {
    let bar = progress_bar();
    loop {
        match monitor.round(&mut |size, signed| show(&bar, size, signed)) {
            Ok(true) => break,
            Ok(false) => {}
            // The alarm says it.
            Err(Trouble::Alarm(_)) => break,
            Err(trouble) => {
                bar.finish_and_clear();
                let (code, words) = (trouble.code(), authorities::explain(&trouble));
                return Err(match trouble {
                    Trouble::Wrong { .. } => Problem::does_not_hold(code, words)
                        .help("nothing of what came was kept; compare with what others see of this log"),
                    _ => Problem::fault(code, words),
                });
            }
        }
    }
    bar.finish_and_clear();
    outcome(&monitor.watch().now())
}

/// Rounds until the program ends.
fn follow(monitor: &mut Monitor, stopped: &Receiver<()>, every: Duration) {
    let bar = progress_bar();
    let mut said = String::new();
    loop {
        let result = monitor.round(&mut |size, signed| show(&bar, size, signed));
        let state = monitor.watch().now();
        let alarms = state.open_alarms();
        let words = match result {
            Ok(_) => format!("{} entries checked, {alarms} open alarms", state.size),
            Err(trouble) => format!("{} ({alarms} open alarms)", authorities::explain(&trouble)),
        };
        // A line when something has changed; the log of a long night stays short.
        if words != said {
            bar.suspend(|| eprintln!("{words}"));
            said = words;
        }
        match stopped.recv_timeout(every) {
            Err(RecvTimeoutError::Timeout) => {}
            _ => return,
        }
    }
}

fn progress_bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos} of {len} entries, {per_sec}, {eta} left");
    let bar = ProgressBar::new(0);
    if let Ok(style) = style {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, size: u64, signed: u64) {
    bar.set_length(signed);
    bar.set_position(size);
    if size >= signed {
        bar.reset();
    }
}

fn outcome(state: &WatchState) -> Result<Outcome, Problem> {
    let open: Vec<_> = state.alarms.iter().filter(|alarm| alarm.ended_at.is_none()).collect();
    let folder = state.folder.display();
    if let Some(alarm) = open.last() {
        let words = format!("{}: {} ({} open alarms)", alarm.code, alarm.words, open.len());
        return Err(Problem::does_not_hold(&alarm.code, words)
            .help(format!("the evidence is in {folder}/{}; keep it, and show it to others", alarm.id)));
    }
    let text = format!(
        "The mirror of {} is in order: {} of {} signed entries checked and kept, {} of {} pages equal to the origin's, no open alarm.",
        state.origin, state.size, state.signed, state.pages_equal, state.pages_known
    );
    let document = json!({
        "holds": true,
        "origin": state.origin,
        "address": state.address,
        "size": state.size,
        "signed": state.signed,
        "pages_equal": state.pages_equal,
        "pages_known": state.pages_known,
        "earlier_alarms": state.alarms.len(),
    });
    Ok(Outcome::done(text, document))
}
