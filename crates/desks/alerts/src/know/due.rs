//! Who is called where stations are silent: a function of the board, the line of authority, the calls that were made, and the
//! alert's clock. What is due is noted once, and told once to whoever can send it.

use super::boards::{self, Shown, store};
use super::case::{self, Case};
use super::table::sweep_buckets;
use super::view;
use crate::issued;
use crate::network::line;
use scr_alerts::acks::{Callee, Calls, Line};
use scr_alerts::areas::AreaTree;
use scr_engine::{ActError, Fault};
use scr_jobs::{Task, Work, WorkError};
use scr_store::{Store, StoreError, sql};
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// Calls that were made and are looked at.
const CALLS: u32 = 200_000;
/// Calls that are noted at once.
const NOTED: usize = 2_000;
/// Alerts of an organisation that are looked at, and those of them that are open.
const LOOKED: u16 = 256;
const ALERTS: usize = 64;
/// How often what is due is looked at, in seconds.
const EVERY: i64 = 10;

/// A call that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueCall {
    /// Index of the alert's entry.
    pub alert: u64,
    /// Its id, in addresses.
    pub id: String,
    /// The election.
    pub election: String,
    /// The rung of the line of authority, from 0.
    pub rung: usize,
    /// What the line calls that rung; empty where the default line holds.
    pub body: String,
    /// Who is called.
    pub callee: Callee,
    /// Code and name of the area that is called, or in which the station is.
    pub area: (String, String),
    /// Since when it is due, by the alert's clock.
    pub since: u64,
    /// Silent stations that it is about.
    pub stations: u64,
    /// Their voters.
    pub voters: u64,
    /// Whether it is an exercise or a test: whoever is told must read that.
    pub is_exercise: bool,
    /// When it was noted, and told to whoever is called; seconds since 1970 on the wall, 0 for not.
    pub noted_at: i64,
    /// When it was handed over to be sent.
    pub told_at: i64,
}

/// Who is called now, and when to look again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Escalated {
    /// Calls that are due: the highest rung first, then those with most voters.
    pub calls: Vec<DueCall>,
    /// Calls that are due beyond these.
    pub more: u64,
    /// When the next rung is due, by the alert's clock, if stations are silent then.
    pub next: Option<u64>,
}

/// Sends word of a call that is due to the contacts of its area. The outbox does it.
pub trait Teller: Send + Sync {
    /// Hands the message over, durably and once for each alert, rung and callee. Gives how many were handed over; none means that
    /// there is no contact.
    ///
    /// # Errors
    /// Faults: it is tried again.
    fn tell(&self, app: &App, call: &DueCall) -> Result<u64, ActError>;
}

#[derive(Default)]
struct Tellers(Mutex<Option<Arc<dyn Teller>>>);

/// Says who sends word of calls that are due. Until then they are noted, and wait.
pub fn use_teller(app: &App, teller: Arc<dyn Teller>) {
    *app.soft::<Tellers>().0.lock().unwrap_or_else(PoisonError::into_inner) = Some(teller);
}

/// How a callee stands in the record and in tables.
pub(crate) fn callee_text(callee: Callee, tree: &AreaTree) -> String {
    match callee {
        Callee::Station(number) => format!("station:{number:06}"),
        Callee::Area(place) => format!("area:{}", tree.area(place).map_or("", |area| area.code.as_str())),
    }
}

fn callee_of(text: &str, tree: &AreaTree) -> Option<Callee> {
    match text.split_once(':')? {
        ("station", number) => Some(Callee::Station(number.parse().ok()?)),
        ("area", code) => Some(Callee::Area(tree.find(code)?)),
        _ => None,
    }
}

/// Line, calls that reached somebody, and the names of the rungs.
fn basis(app: &App, case: &Case, tree: &AreaTree) -> Result<(Line, Calls, Vec<String>), ActError> {
    let (line, made, names) = app.engine.read(|views| {
        let line = line::of(views, &case.issued.election)?;
        let names = line::current(views, &case.issued.election)?;
        Ok((line, view::calls(views, case.index(), None, CALLS)?, names))
    })?;
    let mut calls = Calls::default();
    for call in made.into_iter().filter(|call| call.outcome == REACHED) {
        let callee = call.callee.as_deref().and_then(|text| callee_of(text, tree));
        if let (Some(callee), Ok(rung)) = (callee, usize::try_from(call.rung)) {
            calls.note(rung, callee, case.time(call.at.saturating_mul(1_000)));
        }
    }
    let names = names.map(|set| set.lines.rungs.into_iter().map(|rung| rung.name).collect());
    Ok((line, calls, names.unwrap_or_default()))
}

/// What a call came to.
pub(crate) const REACHED: &str = "reached";
/// What a call came to.
pub(crate) const NOT_REACHED: &str = "not-reached";

/// What is due for a board, `most` calls of it; of areas alone where stations are called from the queue.
pub(crate) fn due_of(app: &App, shown: &Shown, most: usize, is_areas: bool) -> Result<Escalated, ActError> {
    let (case, tree) = (&*shown.case, &shown.network.tree);
    if case::newer(app, case)?.is_some() {
        // What was cancelled or updated has a newer alert, of which stations are silent or not.
        return Ok(Escalated::default());
    }
    let (line, calls, names) = basis(app, case, tree)?;
    let found = line.escalation(&shown.board, tree, &calls, case.now(app), usize::MAX);
    let is_wanted = |callee: &Callee| !is_areas || matches!(callee, Callee::Area(_));
    let mut all: Vec<_> = found.due.into_iter().filter(|due| is_wanted(&due.callee)).collect();
    let more = u64::try_from(all.len().saturating_sub(most)).unwrap_or(u64::MAX);
    all.truncate(most);
    let noted = noted(store(app)?, case.index()).map_err(|error| Fault::log(&error))?;
    let calls = all.into_iter().map(|due| {
        let place = match due.callee {
            Callee::Area(place) => Some(place),
            Callee::Station(number) => station_area(shown, number),
        };
        let area = place.and_then(|place| tree.area(place));
        let text = callee_text(due.callee, tree);
        let times = noted.iter().find(|(rung, callee, ..)| *rung == due.rung && *callee == text);
        DueCall {
            alert: case.index(),
            id: case.issued.id.clone(),
            election: case.issued.election.clone(),
            rung: due.rung,
            body: names.get(due.rung).cloned().unwrap_or_default(),
            callee: due.callee,
            area: area.map_or_else(Default::default, |area| (area.code.clone(), area.name.clone())),
            since: due.since,
            stations: due.stations,
            voters: due.voters,
            is_exercise: case.is_exercise(),
            noted_at: times.map_or(0, |(_, _, noted, _)| *noted),
            told_at: times.map_or(0, |(_, _, _, told)| *told),
        }
    });
    Ok(Escalated { calls: calls.collect(), more, next: found.next })
}

fn station_area(shown: &Shown, number: u32) -> Option<u32> {
    let all = shown.network.stations.all();
    let at = all.binary_search_by_key(&number, |station| station.number).ok()?;
    all.get(at).map(|station| station.area)
}

/// What is due for an alert at this moment of its clock.
///
/// # Errors
/// `SCR-ALR-280` (no such alert), `-281` (no stations), faults.
pub fn due(app: &App, alert: u64, most: usize) -> Result<Escalated, ActError> {
    due_of(app, &*boards::fresh(app, &case::at(app, alert)?)?, most, false)
}

type Noted = (usize, String, i64, i64);

fn noted(store: &Store, alert: u64) -> Result<Vec<Noted>, StoreError> {
    let rows = store.query(&sql!(
        "SELECT rung, callee, noted_at, told_at FROM alerts_due WHERE alert = $1",
        alert.cast_signed()
    ))?;
    rows.iter()
        .map(|row| {
            let rung = usize::try_from(row.count("rung")?).unwrap_or(usize::MAX);
            Ok((rung, row.text("callee")?.to_owned(), row.int("noted_at")?, row.int("told_at")?))
        })
        .collect()
}

/// Notes what is due for an alert and has it told. Gives how many calls were told.
///
/// # Errors
/// Faults.
pub(crate) fn note(app: &App, case: &Arc<Case>) -> Result<u64, ActError> {
    let shown = boards::fresh(app, case)?;
    let (store, now) = (store(app)?, app.clock.now());
    let fault = |error: StoreError| ActError::from(Fault::log(&error));
    let teller = app.soft::<Tellers>().0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut told = 0;
    for call in due_of(app, &shown, NOTED, true)?.calls {
        let callee = callee_text(call.callee, &shown.network.tree);
        let (alert, rung) = (call.alert.cast_signed(), i64::try_from(call.rung).unwrap_or(i64::MAX));
        store
            .execute(&sql!(
                "INSERT INTO alerts_due (alert, rung, callee, since_at, noted_at, told_at) VALUES ($1, $2, $3, $4, $5, 0)
                 ON CONFLICT (alert, rung, callee) DO NOTHING",
                alert,
                rung,
                &callee,
                call.since.cast_signed(),
                now,
            ))
            .map_err(fault)?;
        let Some(teller) = teller.as_ref() else { continue };
        // Of two nodes one has it; a message that could not be handed over is tried again.
        let set = |told_at: i64, before: i64| {
            sql!(
                "UPDATE alerts_due SET told_at = $4 WHERE alert = $1 AND rung = $2 AND callee = $3 AND told_at = $5",
                alert,
                rung,
                &callee,
                told_at,
                before,
            )
        };
        if store.execute(&set(now, 0)).map_err(fault)? == 1 {
            match teller.tell(app, &call) {
                Ok(0) => drop(store.execute(&set(0, now)).map_err(fault)?),
                Ok(_) => told += 1,
                Err(error) => {
                    store.execute(&set(0, now)).map_err(fault)?;
                    tracing::warn!(%error, alert, rung, "word of a call that is due could not be handed over");
                }
            }
        }
    }
    Ok(told)
}

/// Alerts that hold by their clock, of each organisation the newest.
pub(crate) fn open(app: &App) -> Result<Vec<Arc<Case>>, ActError> {
    // In a drill the time goes faster: what is open by its clock is open by the wall's, but for the moment of its release.
    let ends_after = app.clock.now() - 3_600;
    let newest = app.engine.read(|views| issued::newest_of(views, None, ends_after, LOOKED))?;
    let mut all = Vec::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for index in newest {
        let case = case::at(app, index)?;
        let count = counts.entry(case.issued.issuer.clone()).or_default();
        if case.now(app) < case.issued.text.expires() && *count < ALERTS {
            *count += 1;
            all.push(case);
        }
    }
    Ok(all)
}

/// Notes what is due, every few seconds.
pub(crate) struct Escalate(pub(crate) Weak<App>);

impl Work for Escalate {
    fn kind(&self) -> &'static str {
        "alerts.due"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(EVERY)
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        let Some(store) = app.store() else { return Ok(String::new()) };
        let mut told = 0;
        for case in open(&app).map_err(|error| WorkError::again(&error))? {
            task.step(told, 0)?;
            match note(&app, &case) {
                Ok(count) => told += count,
                Err(ActError::Refused(_)) => {}
                // What fails for one alert is tried again soon, and holds up no other.
                Err(error) => {
                    tracing::error!(%error, alert = case.index(), "who is called could not be noted")
                }
            }
        }
        sweep_buckets(store, app.clock.now_ms()).map_err(|error| WorkError::again(&error))?;
        Ok(told.to_string())
    }
}
