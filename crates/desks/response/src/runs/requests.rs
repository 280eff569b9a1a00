//! Requests of `http-api` steps: how they stand, and sending them. At most once: that one is about to be sent is recorded
//! before, what came of it after; where the program was cut off in between, a person decides.

use super::acts::{self, Person, settled, stepped, subject_of};
use super::codes;
use super::data::{self, Asked, Kept, Row0};
use super::kinds::{REQUEST_ANSWERED, REQUEST_REPEATED, REQUEST_SENT};
use super::send::{Outcome, Rules, WHOLE_SECONDS, send};
use super::targets::{self, Listed};
use rusqlite::Connection;
use scr_canon::sha256;
use scr_core::{Refusal, RefusalKind};
use scr_engine::rusqlite;
use scr_engine::{ActError, Engine, Fault, NewEvent, Receipt};
use scr_playbooks::http::{Request, RequestError, request};
use scr_playbooks::run::{Act, Entry, Mode, Place, What};
use scr_playbooks::{Command, Doing, Way};
use serde_json::{Value, json};
use std::cell::RefCell;

/// Seconds after which nobody waits for an answer any more: longer than a request takes at most.
const LOST_AFTER: i64 = WHOLE_SECONDS.cast_signed() * 3;

/// One request of a step: the command, and to what it goes.
#[derive(Debug, Clone)]
pub(crate) struct Wanted<'a> {
    /// The command.
    pub(crate) command: &'a Command,
    /// The target as the playbook has it.
    pub(crate) target: Value,
}

/// The requests of a step, in their order.
pub(crate) fn wanted<'a>(kept: &'a Kept, place: &Place) -> Vec<Wanted<'a>> {
    let Some(step) = kept.plan.steps.get(place.step()) else { return Vec::new() };
    let Doing::Act { way: Way::Http, agent, targets, commands } = &step.doing else { return Vec::new() };
    let found: Vec<Value> = if targets.is_empty() {
        let agent = kept.plan.agents.get(*agent);
        let value = agent.and_then(|agent| kept.playbook.entry("agent_definitions", &agent.id));
        value.into_iter().cloned().collect()
    } else {
        let entry = |id: &String| kept.playbook.entry("target_definitions", id).cloned();
        targets.iter().map(|id| entry(id).unwrap_or_default()).collect()
    };
    let all = commands
        .iter()
        .flat_map(|command| found.iter().map(move |target| Wanted { command, target: target.clone() }));
    all.collect()
}

/// How the requests of a step stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// A request may not be sent, and why: a person reads it and decides.
    Blocked(RequestError),
    /// In a drill nothing leaves: people act as if.
    Exercise,
    /// A person does it by hand.
    ByHand,
    /// The next one is about to be sent.
    Next {
        /// Which of the step's requests.
        command: usize,
        /// What is sent.
        request: Box<Request>,
        /// The entry of the allow list.
        target: String,
    },
    /// The answer is waited for.
    Waits,
    /// Nobody knows whether it arrived: a person decides.
    Unknown(u64),
    /// It was answered with a no, or did not arrive: a person decides.
    Failed(u64),
    /// All were answered.
    Answered,
}

/// How the requests of a step stand at `now`, seconds since 1970.
pub(crate) fn standing(kept: &Kept, place: &Place, known: (&[Asked], &[Listed]), now: i64) -> Standing {
    let (asked, listed) = known;
    if kept.row.mode == Mode::Exercise {
        return Standing::Exercise;
    }
    let begun = kept.fold.tasks().get(place).and_then(|task| task.begun.as_ref());
    if begun.is_some_and(|(by, _)| by.is_some()) {
        return Standing::ByHand;
    }
    if let Some(last) = asked.last().filter(|last| last.outcome != "done" && !last.is_repeated) {
        return match last.outcome.as_str() {
            "" if now < last.at + LOST_AFTER => Standing::Waits,
            "" => Standing::Unknown(last.number),
            _ => Standing::Failed(last.number),
        };
    }
    let all = wanted(kept, place);
    let is_done = |at: &usize| asked.iter().any(|one| one.command == *at as u64 && one.outcome == "done");
    let Some(command) = (0..all.len()).find(|at| !is_done(at)) else {
        // What the second person has sent back is not handed in again as it was: people go on.
        let back = kept.fold.tasks().get(place).and_then(|task| task.sent_back.last());
        let answered = asked.last().map_or(0, |last| last.at);
        return match back {
            Some((_, at, _)) if super::words::seconds(*at) >= answered => Standing::ByHand,
            _ => Standing::Answered,
        };
    };
    let allowed: Vec<_> = listed.iter().map(|one| one.target.allowed.clone()).collect();
    let value_of = |name: &str| kept.value_of(place, name);
    // None is sent before all may be: half of a step helps nobody.
    let mut made = Vec::new();
    for one in &all {
        match request(one.command, &one.target, &allowed, &value_of) {
            Ok(request) => made.push(request),
            Err(error) => return Standing::Blocked(error),
        }
    }
    let request = made.swap_remove(command);
    let target = listed.get(request.allowed_by).map(|one| one.id.clone()).unwrap_or_default();
    Standing::Next { command, request: Box::new(request), target }
}

/// A request as it is kept.
pub(crate) fn shown(request: &Request) -> String {
    let scheme = if request.tls { "https" } else { "http" };
    let mut text =
        format!("{} {scheme}://{}:{}{}\n", request.method, request.host, request.port, request.target);
    for (name, value) in &request.headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    text.push('\n');
    text.push_str(&String::from_utf8_lossy(&request.body));
    text
}

/// What the views say of a step's requests.
pub(crate) fn look(views: &Connection, kept: &Kept, place: &Place, now: i64) -> rusqlite::Result<Standing> {
    let asked = data::asked(views, &kept.row.run, &place.to_string())?;
    let listed = targets::of_org(views, &kept.row.org)?;
    Ok(standing(kept, place, (&asked, &listed), now))
}

/// Steps of runs whose next request is to be sent.
///
/// # Errors
/// Faults of the views.
pub fn due(engine: &Engine) -> Result<Vec<(String, Place)>, Fault> {
    let wall = engine.clock().now_ms();
    engine.read(|views| {
        let mut due = Vec::new();
        for row in data::rows(views, false)?.iter().filter(|row| row.mode == Mode::Real) {
            let Some(kept) = data::find(views, &row.run)?.filter(|kept| !kept.fold.is_paused()) else {
                continue;
            };
            let now = row.now(wall);
            for todo in kept.fold.todo(&kept.plan, now) {
                let Some(place) = todo.place.filter(|_| todo.what == What::Request && todo.from <= now)
                else {
                    continue;
                };
                match look(views, &kept, &place, wall.div_euclid(1_000))? {
                    Standing::Next { .. } | Standing::Answered => due.push((row.run.clone(), place)),
                    _ => {}
                }
            }
        }
        Ok(due)
    })
}

/// What was decided to be sent, and its number.
pub type Intent = (u64, Box<Request>);

/// Sends what a step has to send, one request after the other; ends the step where all were answered.
pub(crate) fn go_on(engine: &Engine, run: &str, place: &Place, rules: &Rules) -> Result<(), ActError> {
    while let Some((number, request)) = intend(engine, run, place)? {
        let outcome = send(&request, rules);
        let is_done = outcome.word == "done";
        answered(engine, run, (place, number), &outcome)?;
        if !is_done {
            return Ok(());
        }
    }
    finish(engine, run, place)
}

/// Records that the next request is about to be sent; nothing where there is none. Whoever has recorded it sends it, or
/// nobody does.
///
/// # Errors
/// Faults, refusals of the log.
pub fn intend(engine: &Engine, run: &str, place: &Place) -> Result<Option<Intent>, ActError> {
    let chosen: RefCell<Option<Intent>> = RefCell::new(None);
    engine.decide_by_itself(&|views| {
        *chosen.borrow_mut() = None;
        let Some(kept) = waiting(engine, views, run, place)? else { return Ok(Vec::new()) };
        let now = engine.clock().now();
        let Standing::Next { command, request, target } =
            look(views, &kept, place, now).map_err(Fault::from)?
        else {
            return Ok(Vec::new());
        };
        let number = data::asked(views, run, &place.to_string()).map_err(Fault::from)?.len() as u64;
        let public = json!({"run": run, "place": place.to_string(), "number": number, "command": command,
            "target": target});
        let event = NewEvent::about(&REQUEST_SENT, subject_of(run), public);
        let event = event.private("request", acts::owner_of(run), shown(&request));
        *chosen.borrow_mut() = Some((number, request));
        Ok(vec![event])
    })?;
    Ok(chosen.into_inner())
}

/// The run, where a request of this step is to be sent now.
fn waiting(engine: &Engine, views: &Connection, run: &str, place: &Place) -> Result<Option<Kept>, ActError> {
    let Some(kept) = data::find(views, run).map_err(Fault::from)? else { return Ok(None) };
    let now = kept.now(engine.clock().now_ms());
    let waits = |todo: &scr_playbooks::run::Todo| {
        todo.place.as_ref() == Some(place) && todo.what == What::Request && todo.from <= now
    };
    let is_due = !kept.fold.is_paused() && kept.fold.todo(&kept.plan, now).iter().any(waits);
    Ok(Some(kept).filter(|_| is_due))
}

/// Records what came of a request.
pub(crate) fn answered(
    engine: &Engine,
    run: &str,
    (place, number): (&Place, u64),
    outcome: &Outcome,
) -> Result<(), ActError> {
    engine.decide_by_itself(&|_| {
        let mut public =
            json!({"run": run, "place": place.to_string(), "number": number, "outcome": outcome.word});
        if let Some(status) = outcome.status {
            public["status"] = json!(status);
        }
        let mut event = NewEvent::about(&REQUEST_ANSWERED, format!("run-request:{run}"), public);
        event.also.push(subject_of(run));
        Ok(vec![event.private("answer", acts::owner_of(run), outcome.body.clone())])
    })?;
    Ok(())
}

/// Ends a step whose requests were all answered, where nothing else is wanted of it.
fn finish(engine: &Engine, run: &str, place: &Place) -> Result<(), ActError> {
    engine.decide_by_itself(&|views| {
        let Some(kept) = waiting(engine, views, run, place)? else { return Ok(Vec::new()) };
        let now = engine.clock().now_ms();
        let standing = look(views, &kept, place, now.div_euclid(1_000)).map_err(Fault::from)?;
        let returns = kept.plan.steps.get(place.step()).is_some_and(|step| !step.returns.is_empty());
        if standing != Standing::Answered || returns {
            return Ok(Vec::new());
        }
        let asked = data::asked(views, run, &place.to_string()).map_err(Fault::from)?;
        let file: String = asked.iter().map(|one| one.answer.as_str()).collect();
        let statuses: Vec<String> =
            asked.iter().filter_map(|one| one.status).map(|status| status.to_string()).collect();
        let (at, sequence) = (kept.now(now), kept.row.sequence + 1);
        let act = Act::Done {
            place: place.clone(),
            evidence: Some(sha256(file.as_bytes())),
            note: Some(statuses.join(", ")),
            outputs: std::collections::BTreeMap::new(),
        };
        let entry = Entry { id: data::entry_id(run, sequence), mode: kept.row.mode, at, by: None, act };
        let mut fold = kept.fold.clone();
        if let Err(refusal) = fold.apply(&kept.plan, &entry) {
            tracing::info!(%refusal, "a step whose requests were answered is not ended");
            return Ok(Vec::new());
        }
        let mut events = vec![stepped(run, sequence, &entry).private("file", acts::owner_of(run), file)];
        let row = Row0 { sequence, ..kept.row.clone() };
        events.extend(settled(&kept.plan, &mut fold, (&row, at)));
        Ok(events)
    })?;
    Ok(())
}

/// Lets a request be sent again of which nobody knows whether it arrived, or which failed.
///
/// # Errors
/// `SCR-RSP-040`, `-047` (another role), `-064` (it is not to be repeated now).
pub fn repeat(
    engine: &Engine,
    person: Person<'_>,
    run: &str,
    place: &Place,
) -> Result<Vec<Receipt>, ActError> {
    engine.record(person.actor, &|views, _| {
        let kept = data::find(views, run).map_err(Fault::from)?.ok_or_else(data::absent)?;
        if !kept.is_seen_by(person.actor) {
            return Err(data::absent().into());
        }
        let agent = kept.plan.steps.get(place.step()).and_then(|step| step.agent());
        let agent = agent.and_then(|agent| kept.plan.agents.get(agent));
        if !agent.is_some_and(|agent| kept.roles_of(person.actor).contains(&agent.role.as_str())) {
            let name = agent.map_or("", |agent| agent.name.as_str());
            return Err(Refusal::new(RefusalKind::Forbidden, codes::OTHER_ROLE).with("role", name).into());
        }
        let standing = look(views, &kept, place, engine.clock().now()).map_err(Fault::from)?;
        let is_due = waiting(engine, views, run, place)?.is_some();
        let (Standing::Unknown(number) | Standing::Failed(number), true) = (standing, is_due) else {
            return Err(Refusal::new(RefusalKind::Conflict, codes::NO_REPEAT).into());
        };
        let public = json!({"run": run, "place": place.to_string(), "number": number});
        Ok(vec![person.sealed(NewEvent::about(&REQUEST_REPEATED, subject_of(run), public))])
    })
}

/// Sends everything that is to be sent. `beat` is asked before each step whether to go on: (done, all).
///
/// # Errors
/// Faults, refusals of the log.
pub fn send_all(app: &scr_web::App, beat: &mut dyn FnMut(u64, u64) -> bool) -> Result<usize, ActError> {
    let due = due(&app.engine)?;
    let rules = Rules::of(app);
    let mut failed = None;
    for (at, (run, place)) in due.iter().enumerate() {
        if !beat(at as u64, due.len() as u64) {
            return Ok(at);
        }
        // What is wrong with one run does not hold up the others.
        if let Err(error) = go_on(&app.engine, run, place, &rules) {
            tracing::warn!(run, %place, %error, "the requests of a step do not go on");
            failed.get_or_insert(error);
        }
    }
    failed.map_or(Ok(due.len()), Err)
}
