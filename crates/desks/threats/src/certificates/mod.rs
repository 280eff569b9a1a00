//! Certificate logs (RFC 6962, C2SP static-ct-api) that the server follows, and names found there which look like those that
//! its organisations protect. Nothing of a log is believed that is not signed, consistent with what it signed before, and
//! hashed; a log that contradicts itself is stopped until an administrator decides.

mod api;
mod fetch;
mod follow;
mod held;
mod hits;
mod kept;
mod pages;
mod source;
mod table;

pub(crate) use api::OPERATIONS;
pub use fetch::Asking;
pub(crate) use hits::{Part, found_part};
pub(crate) use kept::{Hit, counts, hits as newest};

use crate::pages::store_of;
use fetch::Client;
use follow::Round;
use held::Matchers;
use scr_canon::sha256;
use scr_core::Role;
use scr_i18n::Lang;
use scr_jobs::{Task, Work, WorkError};
use scr_web::{Allow, App, Routes};
use std::sync::{Arc, OnceLock, Weak};

/// The texts of these pages.
pub(crate) const TEXTS: [(Lang, &str); 4] = [
    (Lang::En, include_str!("../../texts/certificates.en.ftl")),
    (Lang::Fr, include_str!("../../texts/certificates.fr.ftl")),
    (Lang::Es, include_str!("../../texts/certificates.es.ftl")),
    (Lang::Ar, include_str!("../../texts/certificates.ar.ftl")),
];

const EVERY_ROLE: Allow = Allow::Roles(&Role::ALL);
const ADMINISTRATORS: Allow = Allow::Roles(&[Role::Administrator]);
const WRITING: Allow = Allow::Roles(&crate::share::WRITERS);

/// Seconds between two looks for logs that are due.
const EVERY_SECONDS: i64 = 20;
/// How long one look takes at most, in milliseconds, so that other work has its turn.
const ROUND_MS: i64 = 15_000;

/// The routes of these pages and calls.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/desk/threats/certificates", EVERY_ROLE, pages::list)
        .get("/desk/threats/certificates/new", ADMINISTRATORS, pages::form)
        .post("/desk/threats/certificates/new", ADMINISTRATORS, pages::add)
        .get("/desk/threats/certificates/{log}", EVERY_ROLE, pages::show)
        .post("/desk/threats/certificates/{log}/turn", ADMINISTRATORS, pages::turn)
        .post("/desk/threats/certificates/{log}/decide", ADMINISTRATORS, pages::decide)
        .get("/desk/threats/certificates/{log}/evidence/{alarm}", EVERY_ROLE, pages::evidence)
        .get("/desk/threats/names/{hit}", EVERY_ROLE, hits::show)
        .post("/desk/threats/names/{hit}/dismiss", WRITING, hits::dismiss)
        .and(api::routes())
}

/// How logs are asked by this server.
#[derive(Default)]
struct Asked(OnceLock<Arc<Client>>, OnceLock<bool>);

/// Says how logs are asked. Once, before the server begins its work; without it as public servers are.
pub fn ask_logs(app: &App, asking: &Asking) {
    let asked = app.soft::<Asked>();
    // Said twice, the first word stands.
    let _ = asked.0.set(Arc::new(Client::new(asking)));
    let _ = asked.1.set(asking.may_be_near);
}

fn client(app: &App) -> Arc<Client> {
    let asked = app.soft::<Asked>();
    Arc::clone(asked.0.get_or_init(|| Arc::new(Client::new(&Asking::default()))))
}

fn may_be_near(app: &App) -> bool {
    app.soft::<Asked>().1.get().copied().unwrap_or(false)
}

/// Follows logs that are due, as the server does by itself; how many rounds it made.
///
/// # Errors
/// Faults of the tables, and what `step` says.
pub fn follow_logs(app: &App, step: &dyn Fn() -> Result<(), WorkError>) -> Result<u64, WorkError> {
    let again = |error: scr_engine::Fault| WorkError::again(&error);
    if app.store().is_none() {
        return Ok(0);
    }
    let store = store_of(app).map_err(again)?;
    let token = sha256(&app.entropy.bytes::<32>()).to_hex();
    let now_ms = || app.clock.now_ms();
    let until_ms = now_ms() + ROUND_MS;
    let client = client(app);
    let mut matchers = None;
    let mut rounds = 0;
    while now_ms() < until_ms {
        step()?;
        let Some(held) = table::claim(store, &token, now_ms()).map_err(again)? else { break };
        let known = match matchers.take() {
            Some(known) => known,
            None => Matchers::of(app).map_err(again)?,
        };
        let round = Round {
            store,
            client: &client,
            matchers: &known,
            entropy: &*app.entropy,
            now_ms: &now_ms,
            until_ms,
            step,
        };
        round.run(held)?;
        matchers = Some(known);
        rounds += 1;
    }
    Ok(rounds)
}

/// Follows logs.
pub(crate) struct FollowLogs(pub(crate) Weak<App>);

impl Work for FollowLogs {
    fn kind(&self) -> &'static str {
        "threats.certificates"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(EVERY_SECONDS)
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        Ok(follow_logs(&app, &|| task.step(0, 0))?.to_string())
    }
}
