//! What the program does about runs of itself, every few seconds. Nothing of it is kept in memory: after a restart it follows
//! from the record and the clock.

use super::acts::settled;
use super::data::{self, Kept, Row0};
use super::{acts, requests};
use scr_engine::rusqlite;
use scr_engine::{ActError, Engine, Fault, NewEvent};
use scr_jobs::{Task, Work, WorkError};
use scr_playbooks::run::{Act, Ending, Entry, What};
use scr_web::App;
use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

/// How often it looks, in seconds.
const EVERY: i64 = 5;

/// Everything.
pub(crate) fn works(app: &Arc<App>) -> Vec<Arc<dyn Work>> {
    vec![Arc::new(Clocks(Arc::downgrade(app))), Arc::new(Requests(Arc::downgrade(app)))]
}

/// Notes what time has brought.
struct Clocks(Weak<App>);

impl Work for Clocks {
    fn kind(&self) -> &'static str {
        "response.clocks"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(EVERY)
    }

    fn run(&self, _: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        if app.config.public_only {
            return Ok(String::new());
        }
        let noted = note(&app.engine).map_err(|error| WorkError::again(&error))?;
        Ok(noted.to_string())
    }
}

/// Sends requests.
struct Requests(Weak<App>);

impl Work for Requests {
    fn kind(&self) -> &'static str {
        "response.requests"
    }

    fn every_seconds(&self) -> Option<i64> {
        Some(EVERY)
    }

    fn waits_for_others(&self) -> bool {
        true
    }

    fn run(&self, task: &Task<'_>) -> Result<String, WorkError> {
        let Some(app) = self.0.upgrade() else { return Err(WorkError::Stopped) };
        if app.config.public_only {
            return Ok(String::new());
        }
        let sent = requests::send_all(&app, &mut |done, all| task.step(done, all).is_ok());
        Ok(sent.map_err(|error| WorkError::again(&error))?.to_string())
    }
}

/// Notes in all runs what is due: delays that are over, timeouts, answers of conditions, other playbooks that have ended,
/// ends. Answers with the number of entries.
///
/// # Errors
/// Faults, refusals of the log.
pub fn note(engine: &Engine) -> Result<usize, ActError> {
    let wall = engine.clock().now_ms();
    let due: Vec<String> = engine.read(|views| {
        let mut due = Vec::new();
        for row in data::rows(views, false)? {
            let Some(kept) = data::find(views, &row.run)? else { continue };
            // With its drill a run stands still.
            if kept.drill_ended.is_none()
                && !own_events(&kept, wall, &data::children(views, &row.run)?).is_empty()
            {
                due.push(row.run);
            }
        }
        Ok(due)
    })?;
    let (mut noted, mut failed) = (0, None);
    for run in due {
        let recorded = engine.decide_by_itself(&|views| {
            let Some(kept) = data::find(views, &run).map_err(Fault::from)? else { return Ok(Vec::new()) };
            let children = data::children(views, &run).map_err(Fault::from)?;
            let outputs = outputs(views, &kept, &children)?;
            Ok(all_events(&kept, wall, &children, &outputs))
        });
        // What is wrong with one run does not hold up the others.
        match recorded {
            Ok(recorded) => noted += recorded.len(),
            Err(error) => {
                tracing::warn!(run, %error, "what is due in a run is not noted");
                failed.get_or_insert(error);
            }
        }
    }
    failed.map_or(Ok(noted), Err)
}

type Outputs = BTreeMap<String, BTreeMap<String, String>>;

/// Values of the variables of playbooks that have ended, by run.
fn outputs(views: &rusqlite::Connection, kept: &Kept, children: &[Row0]) -> Result<Outputs, ActError> {
    let mut all = Outputs::new();
    for child in children.iter().filter(|child| !child.ending.is_empty()) {
        let step = child.parent_place.parse::<scr_playbooks::run::Place>().ok();
        let step = step.and_then(|place| kept.plan.steps.get(place.step()));
        let Some(found) = data::find(views, &child.run).map_err(Fault::from)? else { continue };
        let values = step.iter().flat_map(|step| &step.returns).filter_map(|name| {
            let written = found.fold.variables().get(name)?;
            Some((name.clone(), written.value.clone()))
        });
        all.insert(child.run.clone(), values.collect());
    }
    Ok(all)
}

/// Playbooks that a step waits for, and that have ended.
fn ended_child<'a>(
    kept: &Kept,
    now: i64,
    children: &'a [Row0],
) -> Option<(scr_playbooks::run::Place, &'a Row0)> {
    if kept.fold.is_paused() {
        return None;
    }
    kept.fold.todo(&kept.plan, now).into_iter().find_map(|todo| {
        let place = todo.place.filter(|_| matches!(todo.what, What::StartPlaybook { .. }))?;
        let name = place.to_string();
        let is_its = |child: &&Row0| {
            child.parent_place == name && !child.ending.is_empty() && child.run_at >= todo.since
        };
        children.iter().find(is_its).map(|child| (place, child))
    })
}

fn own_events(kept: &Kept, wall: i64, children: &[Row0]) -> Vec<NewEvent> {
    let now = kept.now(wall);
    if ended_child(kept, now, children).is_some() {
        return all_events(kept, wall, children, &Outputs::new());
    }
    settled(&kept.plan, &mut kept.fold.clone(), (&kept.row, now))
}

fn all_events(kept: &Kept, wall: i64, children: &[Row0], outputs: &Outputs) -> Vec<NewEvent> {
    let now = kept.now(wall);
    let mut fold = kept.fold.clone();
    let mut row = kept.row.clone();
    let mut events = Vec::new();
    if let Some((place, child)) = ended_child(kept, now, children) {
        let ending = match child.ending.as_str() {
            "completed" => Ending::Completed,
            "aborted" => Ending::Aborted,
            _ => Ending::Failed,
        };
        let values = outputs.get(&child.run).cloned().unwrap_or_default();
        let entry = |ending: Ending, outputs: BTreeMap<String, String>| Entry {
            id: data::entry_id(&row.run, row.sequence + 1),
            mode: row.mode,
            at: now,
            by: None,
            act: Act::ChildEnded { place: place.clone(), run: child.run.clone(), ending, outputs },
        };
        // One that has ended well and does not give what the step returns has not done what it was for.
        let tried = [entry(ending, values), entry(Ending::Failed, BTreeMap::new())];
        if let Some(entry) = tried.into_iter().find(|entry| fold.apply(&kept.plan, entry).is_ok()) {
            row.sequence += 1;
            events.push(acts::event_of(&row.run, row.sequence, &entry));
        }
    }
    events.extend(settled(&kept.plan, &mut fold, (&row, now)));
    events
}
