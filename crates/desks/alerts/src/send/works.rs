//! What sending does by itself.

use super::gateway::{self, Kind, Way};
use super::listing::{self, fault, store};
use super::tell::Outbox;
use super::{outbox, pump, reports, wire};
use crate::know;
use scr_engine::ActError;
use scr_jobs::{NewJob, Task, Work, WorkError};
use scr_store::sql;
use scr_web::App;
use std::sync::{Arc, Weak};

const DISPATCH: &str = "alerts.dispatch";
/// How often somebody looks for released alerts and for what is due, in seconds.
const LOOK_EVERY: i64 = 5;

/// Everything.
pub(crate) fn works(app: &Arc<App>) -> Vec<Arc<dyn Work>> {
    know::use_teller(app, Arc::new(Outbox));
    let weak = Arc::downgrade(app);
    let ways = Way::ALL.into_iter().map(|way| Arc::new(Send { app: weak.clone(), way }) as Arc<dyn Work>);
    [Arc::new(Dispatch(weak.clone())) as Arc<dyn Work>, Arc::new(Sweep(weak.clone()))]
        .into_iter()
        .chain(ways)
        .collect()
}

fn work_of(way: Way) -> &'static str {
    match way {
        Way::Sms => "alerts.send-sms",
        Way::Email => "alerts.send-email",
        Way::Webhook => "alerts.send-webhook",
    }
}

/// Takes up released alerts, settles what is in doubt, drops what was overtaken; gives the ways on which something is due.
///
/// # Errors
/// Faults of the store.
pub fn dispatch(app: &App) -> Result<Vec<Way>, ActError> {
    let store = store(app)?;
    listing::take_up(app)?;
    let now = app.clock.now();
    let all = gateway::all(store).map_err(|error| fault(&error))?;
    let repeats = all.iter().filter(|one| match one.kind {
        Kind::Webhook => true,
        Kind::Kannel | Kind::Smtp => false,
        Kind::Json => one.open(&app.engine).is_some_and(|sealed| sealed.settings.recognises_repeats()),
    });
    let repeats: Vec<String> = repeats.map(|one| one.id.clone()).collect();
    outbox::settle(store, now, &repeats).map_err(|error| fault(&error))?;
    listing::close(app)?;
    let text = "SELECT DISTINCT way FROM alerts_message WHERE state = 0 AND due <= $1";
    let rows = store.query(&sql!(text, now)).map_err(|error| fault(&error))?;
    Ok(rows.iter().filter_map(|row| Way::of_byte(row.int("way").ok()?)).collect())
}

/// Hands over what is due by one way, as the server does by itself; gives how many messages were handed over.
///
/// # Errors
/// Faults of the store.
pub fn send_due(app: &App, way: Way) -> Result<u64, ActError> {
    pump::pump_all(app, way)
}

/// Asks for a look at once: for whoever has just released an alert.
pub(crate) fn nudge(app: &App, alert: u64) {
    if let Some(jobs) = app.jobs() {
        let job = NewJob {
            kind: DISPATCH.to_owned(),
            key: format!("{DISPATCH}/alert/{alert}"),
            owner: String::new(),
            input: alert.to_string(),
            max_attempts: 3,
        };
        // Without it the look that comes by itself finds the alert.
        if let Err(error) = jobs.enqueue(&job) {
            tracing::warn!(%error, "nobody could be told that an alert was released");
        }
    }
}

struct Dispatch(Weak<App>);

impl Work for Dispatch {
    fn kind(&self) -> &'static str {
        DISPATCH
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(LOOK_EVERY)
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        if app.store().is_none() {
            return Ok(String::new());
        }
        let due = dispatch(&app).map_err(|error| WorkError::again(&error))?;
        let Some(jobs) = app.jobs() else { return Ok(String::new()) };
        for way in due {
            let kind = work_of(way);
            // Of the looks of a few seconds one sends; whoever was told of a release does not wait for the next.
            let turn = match task.job().input.as_str() {
                "" => app.clock.now().div_euclid(LOOK_EVERY).to_string(),
                alert => format!("alert/{alert}"),
            };
            let key = format!("{kind}/{turn}");
            let job = NewJob {
                kind: kind.to_owned(),
                key,
                owner: String::new(),
                input: String::new(),
                max_attempts: 1,
            };
            jobs.enqueue(&job).map_err(|error| WorkError::again(&error))?;
        }
        Ok(String::new())
    }
}

struct Send {
    app: Weak<App>,
    way: Way,
}

impl Work for Send {
    fn kind(&self) -> &'static str {
        work_of(self.way)
    }

    fn waits_for_others(&self) -> bool {
        true
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.app.upgrade() else { return Err(WorkError::Stopped) };
        let handed = pump::pump::<Halt>(&app, self.way, &wire::rules(&app), &mut |handed| {
            task.step(handed, 0).map_err(Halt)
        });
        handed.map(|handed| handed.to_string()).map_err(|halt| halt.0)
    }
}

/// Why handing over ends before its time.
struct Halt(WorkError);

impl From<ActError> for Halt {
    fn from(error: ActError) -> Self {
        Self(WorkError::again(&error))
    }
}

/// Deletes texts that came in a week ago.
struct Sweep(Weak<App>);

impl Work for Sweep {
    fn kind(&self) -> &'static str {
        "alerts.sweep-inbound"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(3_600)
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        if app.store().is_none() {
            return Ok(String::new());
        }
        reports::sweep(&app).map(|swept| swept.to_string()).map_err(|error| WorkError::again(&error))
    }
}
