//! The server: desks on one engine, behind one listener.

use crate::background;
use crate::contradiction::sighting;
use crate::front::{Front, HangUp, Reached};
use crate::otlp::Exporter;
use crate::outcome::Problem;
use crate::witnessing::Witnessing;
use scr_access::{Access, Settings};
use scr_core::{SystemClock, SystemEntropy};
use scr_desk_alerts::AlertsDesk;
use scr_desk_audits::AuditsDesk;
use scr_desk_office::{Door, OfficeDesk};
use scr_desk_record::RecordDesk;
use scr_desk_response::ResponseDesk;
use scr_desk_results::ResultsDesk;
use scr_desk_threats::{Asking, ThreatsDesk};
use scr_engine::{ActError, Engine, Installation};
use scr_objects::Place;
use scr_store::Store;
use scr_web::{App, Desk, WebConfig};
use scr_witness::Keeping;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// Everything that people use, in the order of the navigation.
pub(crate) const DESKS: &[&dyn Desk] =
    &[&ResultsDesk, &AuditsDesk, &ThreatsDesk, &AlertsDesk, &ResponseDesk, &RecordDesk, &OfficeDesk];

/// Opens the engine of an installation with all desks' kinds and views. `keys`: the database of keys that
/// several nodes share; `objects`: where these are, when not in the folder. `seen`: what others keep of its log, to
/// be held against it before anything is signed.
pub(crate) fn engine(
    data: &Path,
    database: Option<&str>,
    keys: Option<&str>,
    objects: Option<Place>,
    seen: &[Keeping],
) -> Result<Engine, Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let installation = Installation::find(data).map_err(|e| {
        Problem::input("SCR-CLI-031", e).help("create one with `scrutineer init --data DIR --origin NAME`")
    })?;
    let installation = match objects {
        Some(objects) => installation.with_objects(objects),
        None => installation,
    };
    let parts = installation
        .with_seen(seen.iter().map(sighting).collect())
        .with_keys_database(keys)
        .open(database, Duration::from_secs(1), Arc::new(SystemClock), Arc::new(SystemEntropy))
        .map_err(|e| fault(&e))?;
    let kinds: Vec<_> = DESKS.iter().flat_map(|desk| desk.kinds().iter().copied()).collect();
    let views = DESKS.iter().flat_map(|desk| desk.views()).collect();
    Engine::open(parts, data, &kinds, views).map_err(|e| fault(&e))
}

/// The operational tables of an installation: in the record's own database.
pub(crate) fn store(data: &Path, database: Option<&str>) -> Result<Store, Problem> {
    let store = match database {
        Some(url) => Store::open_postgres(url),
        None => Store::open_sqlite(&data.join("record.db")),
    };
    store.map_err(|e| Problem::fault("SCR-CLI-030", e))
}

/// Makes the desks' own tables where they are not there yet.
pub(crate) fn tables(store: &Store) -> Result<(), Problem> {
    let made = DESKS.iter().try_for_each(|desk| store.migrate(desk.name(), desk.tables()).map(drop));
    made.map_err(|e| Problem::fault("SCR-CLI-030", e))
}

/// The people of an installation.
pub(crate) fn access(store: &Store, site: &str) -> Result<Arc<Access>, Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-030", e);
    let access = Access::open(
        store.clone(),
        Settings::for_origin(site),
        Arc::new(SystemClock),
        Arc::new(SystemEntropy),
    );
    access.map(Arc::new).map_err(|e| fault(&e))
}

/// The address with the port that the system gives, where any port will do (0): passkeys and links
/// belong to it before the server begins.
pub(crate) fn given(listen: SocketAddr) -> Result<SocketAddr, Problem> {
    if listen.port() != 0 {
        return Ok(listen);
    }
    let free = std::net::TcpListener::bind(listen).and_then(|listener| listener.local_addr());
    free.map_err(|e| Problem::input("SCR-CLI-033", format!("{listen}: {e}")))
}

/// A server that is ready to begin.
pub(crate) struct Server {
    pub(crate) engine: Engine,
    pub(crate) access: Arc<Access>,
    pub(crate) store: Store,
    pub(crate) front: Front,
    pub(crate) web: WebConfig,
    pub(crate) witnessing: Witnessing,
    /// How certificate logs are asked.
    pub(crate) asking: Asking,
    /// What sends traces, where somebody collects them.
    pub(crate) traces: Option<Exporter>,
    /// What is done before anybody is served: the rest of a demonstration.
    pub(crate) first: Option<First>,
}

/// Something that needs the whole server.
pub(crate) type First = Box<dyn FnOnce(&App) -> Result<(), ActError>>;

/// Serves until the process is told to stop; then finishes what is under way.
pub(crate) fn serve(server: Server, ready: impl FnOnce(Reached) + Send) -> Result<(), Problem> {
    let fault = |e: &dyn std::fmt::Display| Problem::fault("SCR-CLI-032", e);
    let Server { engine, access, store, front, web, witnessing, asking, traces, first } = server;
    let app = App::new(engine, Arc::new(Door(Arc::clone(&access))), web, DESKS).map_err(|e| fault(&e))?;
    if let Some(certificates) = &front.certificates {
        app.use_certificates(Arc::clone(certificates));
    }
    if let Some(traces) = &traces {
        app.add_metrics(traces.gauges());
    }
    scr_desk_threats::ask_logs(&app, &asking);
    // Outside the event loop, as everything that talks to a database.
    let workers = background::start(&app, access, store)?;
    if let Some(first) = first {
        first(&app).map_err(|e| Problem::fault("SCR-CLI-034", e))?;
    }
    let rounds = witnessing.begin(&app)?;
    serve_router(front, scr_web::router(&app, DESKS), ready, rounds.waker())?;
    drop(rounds);
    drop(workers);
    drop(traces);
    Ok(())
}

/// Listens and serves until the process is told to stop. `hangup` is told of each SIGHUP.
pub(crate) fn serve_router(
    front: Front,
    router: axum::Router,
    ready: impl FnOnce(Reached) + Send,
    hangup: Option<Sender<()>>,
) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|e| Problem::fault("SCR-CLI-032", e))?.block_on(async {
        if let Some(hangup) = hangup {
            tokio::spawn(tell_of_hangups(hangup));
        }
        front.serve(router, ready).await
    })
}

/// Files that people have changed are read again at once.
async fn tell_of_hangups(hangup: Sender<()>) {
    let mut hung_up = HangUp::new();
    loop {
        hung_up.next().await;
        if hangup.send(()).is_err() {
            return;
        }
    }
}
