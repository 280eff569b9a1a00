//! The server: desks on one engine, behind one listener.

use crate::outcome::Problem;
use scr_core::{SystemClock, SystemEntropy};
use scr_desk_record::RecordDesk;
use scr_desk_results::ResultsDesk;
use scr_engine::{Engine, Installation};
use scr_web::{App, Desk, Gate, WebConfig};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Everything that people use, in the order of the navigation.
pub(crate) const DESKS: &[&dyn Desk] = &[&ResultsDesk, &RecordDesk];

/// Opens the engine of an installation with all desks' kinds and views.
pub(crate) fn engine(data: &Path, database: Option<&str>) -> Result<Engine, Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let installation = Installation::find(data).map_err(|e| {
        Problem::input("SCR-CLI-031", e).help("create one with `scrutineer init --data DIR --origin NAME`")
    })?;
    let parts = installation
        .open(database, Duration::from_secs(1), Arc::new(SystemClock), Arc::new(SystemEntropy))
        .map_err(|e| fault(&e))?;
    let kinds: Vec<_> = DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
    let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
    Engine::open(parts, data, &kinds, views).map_err(|e| fault(&e))
}

/// Who is signed in. Until access is wired nobody is: the public pages work, the desks are closed.
struct Closed;

impl Gate for Closed {
    fn login(&self, _: &str) -> Option<scr_web::LoginInfo> {
        None
    }
}

/// The gate of this installation.
pub(crate) fn gate(_: &Engine) -> Result<Arc<dyn Gate>, Problem> {
    Ok(Arc::new(Closed))
}

/// Serves until the process is told to stop; then finishes what is under way.
pub(crate) fn serve(
    engine: Engine,
    gate: Arc<dyn Gate>,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr) + Send,
) -> Result<(), Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-032", e);
    let app = App::new(engine, gate, WebConfig::default(), DESKS).map_err(|e| fault(&e))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| fault(&e))?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(|e| {
            Problem::input("SCR-CLI-033", format!("{listen}: {e}")).help("give another address with --listen")
        })?;
        let address = listener.local_addr().map_err(|e| fault(&e))?;
        let router = scr_web::router(&app, DESKS);
        ready(address);
        axum::serve(listener, router).with_graceful_shutdown(told_to_stop()).await.map_err(|e| fault(&e))
    })
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    drop(interrupt.await);
}
