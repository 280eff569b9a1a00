//! Polls what is due. Every node looks; a source has one lease, so that nobody polls it twice at a time.

use super::fetch::Rules;
use super::poll::{Caps, Poll};
use super::source::{self, Lease, Polled, Source};
use super::trouble::Trouble;
use scr_engine::Fault;
use scr_jobs::{Task, Work, WorkError};
use scr_store::Store;
use scr_web::App;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

/// How often somebody looks, in seconds.
const LOOK_EVERY: i64 = 10;
/// Sources that one look takes up at most, and for how long it goes on taking up more.
const MOST: i64 = 20;
const LONGEST: Duration = Duration::from_secs(300);
/// Longest pause between two polls of a source that fails, in seconds.
const LONGEST_PAUSE: i64 = 6 * 3600;
/// Pause before a poll goes on with what the one before left, in seconds.
const GO_ON: i64 = 60;

/// How servers of others are asked by this one.
pub(crate) fn rules(app: &App) -> Rules {
    let mut own = Vec::new();
    for item in parse_pem(&app.config.authorities) {
        match item {
            Ok(PemItem::Certificate(certificate)) => own.push(certificate),
            Ok(_) => {}
            Err(error) => drop(Fault::log(&error)),
        }
    }
    let tls = if own.is_empty() {
        TlsConfig::default()
    } else {
        let public = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
        let public = public.map(|certificate| Certificate::from_der(certificate).to_owned());
        let all: Vec<Certificate<'static>> = own.into_iter().chain(public).collect();
        TlsConfig::builder().root_certs(RootCerts::from(all)).build()
    };
    Rules::new(app.config.private_partners, tls)
}

/// Polls one source now, if nobody else does. `None`: somebody does, or it is gone.
pub(crate) fn poll(
    app: &App,
    store: &Store,
    id: &str,
    (rules, caps): (&Rules, Caps),
    beat: &dyn Fn() -> bool,
) -> Result<Option<(Polled, Option<Trouble>)>, Fault> {
    let token = scr_core::uuid_v7(&*app.clock, &*app.entropy);
    let Some(lease) = Lease::take(store, id, token, app.clock.now())? else { return Ok(None) };
    let Some(source) = source::any(store, id)?.filter(Source::is_ready) else { return Ok(None) };
    let (polled, trouble) = Poll { app, source: &source, lease: &lease, rules, caps, beat }.run();
    let now = app.clock.now();
    let due = now + pause(app, &source, &polled, trouble.as_ref());
    if let Some(trouble) = &trouble {
        tracing::info!(source = %source.id, %trouble, "a server of others gave nothing");
    }
    lease.end(&polled, trouble.as_ref(), (now, due))?;
    Ok(Some((polled, trouble)))
}

/// Seconds until the next poll: what people chose; sooner where something was left; later, and never at the same moment
/// as others, where it fails.
fn pause(app: &App, source: &Source, polled: &Polled, trouble: Option<&Trouble>) -> i64 {
    match trouble {
        None if polled.more => source.every.min(GO_ON),
        None => source.every,
        // The server is this one: it makes no difference to others when it comes back.
        Some(Trouble::Own) => GO_ON,
        Some(trouble) => {
            let doublings = source.fails.clamp(0, 10);
            let longest = LONGEST_PAUSE.max(source.every);
            let base = source.every.max(GO_ON).saturating_mul(1 << doublings).min(longest);
            let percent = i64::from(app.entropy.bytes::<1>()[0]) * 50 / 255;
            let jittered = base - base / 4 + base * percent / 100;
            match trouble {
                Trouble::Busy { seconds } => jittered.max(*seconds),
                _ => jittered,
            }
        }
    }
}

/// Polls everything that is due, one after the other. Gives how many were polled.
pub(crate) fn poll_due(app: &App, caps: Caps, beat: &dyn Fn() -> bool) -> Result<u64, Fault> {
    let Some(store) = app.store() else { return Ok(0) };
    let (begun, rules) = (Instant::now(), rules(app));
    let mut count = 0;
    for (id, _) in source::due(store, app.clock.now(), MOST)? {
        if begun.elapsed() > LONGEST || !beat() {
            break;
        }
        count += u64::from(poll(app, store, &id, (&rules, caps), beat)?.is_some());
    }
    Ok(count)
}

/// The work.
pub(crate) struct Partners(pub(crate) Weak<App>);

impl Work for Partners {
    fn kind(&self) -> &'static str {
        "threats.partners"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(LOOK_EVERY)
    }

    fn waits_for_others(&self) -> bool {
        true
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        let count = poll_due(&app, Caps::default(), &|| task.step(0, 0).is_ok());
        let count = count.map_err(|error| WorkError::again(&error))?;
        // One look in ten seconds is no news.
        Ok(if count == 0 { String::new() } else { count.to_string() })
    }
}

/// Takes out what somebody began to set up and left.
pub(crate) fn sweep(app: &Arc<App>) -> Result<u64, Fault> {
    let Some(store) = app.store() else { return Ok(0) };
    source::sweep(store, app.clock.now() - 24 * 3600)
}
