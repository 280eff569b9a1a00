//! How runs are put into words: states of steps, times that are left, acts.

use super::data::Kept;
use scr_core::Role;
use scr_playbooks::graph::StepKind;
use scr_playbooks::run::{Ending, Outcome, Past, Place, Todo, What};
use scr_web::Visit;
use scr_web::components::{Crumb, Tag, Tone};

/// The state of a step on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// Nothing has led to it yet.
    Ahead,
    /// Its delay is not over.
    Later,
    /// Somebody should take it up.
    Waits,
    /// Somebody is at it.
    Taken,
    /// A second person must sign.
    Second,
    /// Steps in its branches are under way.
    Inside,
    /// Done.
    Done,
    /// Not done: refused, too late, or something in it has failed.
    Failed,
    /// Left out when something around it ended.
    Left,
}

impl State {
    /// All of them, for the key under the picture.
    pub(crate) const ALL: [Self; 9] = [
        Self::Ahead,
        Self::Later,
        Self::Waits,
        Self::Taken,
        Self::Second,
        Self::Inside,
        Self::Done,
        Self::Failed,
        Self::Left,
    ];

    /// Its name in texts and data.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Later => "later",
            Self::Waits => "waits",
            Self::Taken => "taken",
            Self::Second => "second",
            Self::Inside => "inside",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Left => "left",
        }
    }

    /// Its shape in the picture: read without colour.
    pub(crate) fn shape(self) -> &'static str {
        match self {
            Self::Ahead => "·",
            Self::Later => "…",
            Self::Waits => "○",
            Self::Taken => "◐",
            Self::Second => "◑",
            Self::Inside => "▸",
            Self::Done => "✓",
            Self::Failed => "✕",
            Self::Left => "–",
        }
    }

    pub(crate) fn tag(self, visit: &Visit) -> Tag {
        let tone = match self {
            Self::Ahead | Self::Later | Self::Left => Tone::Plain,
            Self::Waits | Self::Second => Tone::Warn,
            Self::Taken | Self::Inside => Tone::Note,
            Self::Done => Tone::Good,
            Self::Failed => Tone::Alarm,
        };
        // i18n: runs-state-*
        Tag::new(tone, visit.t(&format!("runs-state-{}", self.as_str())))
    }
}

/// A step as the board shows it.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    /// Where it is now, or was last.
    pub(crate) place: Option<Place>,
    /// Its name.
    pub(crate) name: String,
    /// Whose it is.
    pub(crate) role: String,
    /// Its state.
    pub(crate) state: State,
    /// Whether it should have been done by now.
    pub(crate) is_late: bool,
    /// Who has it, or had it.
    pub(crate) who: String,
    /// When it should be done, milliseconds by the run's clock.
    pub(crate) due: Option<i64>,
    /// When it ended.
    pub(crate) at: Option<i64>,
    /// Whether people act in it.
    pub(crate) is_act: bool,
}

/// All steps of the playbook with their states.
pub(crate) fn steps(visit: &Visit, kept: &Kept, now: i64) -> Vec<Shown> {
    let language = visit.lang_code();
    let todo = kept.fold.todo(&kept.plan, now);
    let all = kept.plan.steps.iter().enumerate().map(|(number, step)| {
        let agent = step.agent().and_then(|agent| kept.plan.agents.get(agent));
        let mut shown = Shown {
            place: None,
            name: step_name(visit, kept, number),
            role: agent.map(|agent| agent.name_in(language).to_owned()).unwrap_or_default(),
            state: State::Ahead,
            is_late: false,
            who: String::new(),
            due: None,
            at: None,
            is_act: matches!(step.kind, StepKind::Action | StepKind::Playbook),
        };
        if let Some((place, past)) = last_past(kept, number) {
            shown.state = past_state(past);
            shown.at = Some(past.at);
            shown.who = past_who(kept, past);
            shown.place = Some(place.clone());
        }
        let is_inside = |place: &Place| place.path().iter().any(|(owner, _)| *owner == number);
        if kept.fold.tasks().keys().any(is_inside) {
            shown.state = State::Inside;
        }
        if let Some(todo) = todo.iter().find(|todo| is_at(todo, number)) {
            shown.place = todo.place.clone();
            shown.state = todo_state(kept, todo, now);
            shown.is_late = todo.is_late;
            shown.due = todo.due.or(todo.times_out);
            shown.at = None;
            shown.who = todo.begun_by.as_deref().map(|who| kept.name_of(who).to_owned()).unwrap_or_default();
        }
        shown
    });
    all.collect()
}

fn is_at(todo: &Todo, number: usize) -> bool {
    todo.place.as_ref().is_some_and(|place| place.step() == number)
}

fn last_past(kept: &Kept, number: usize) -> Option<(&Place, &Past)> {
    let of_step = kept.fold.past().iter().filter(|(place, _)| place.step() == number);
    of_step.filter_map(|(place, all)| Some((place, all.last()?))).max_by_key(|(_, past)| past.at)
}

pub(crate) fn past_state(past: &Past) -> State {
    match past.outcome {
        Outcome::Done => State::Done,
        Outcome::Cancelled => State::Left,
        _ => State::Failed,
    }
}

fn past_who(kept: &Kept, past: &Past) -> String {
    let by = match &past.outcome {
        Outcome::Refused(by, _) => Some(by),
        _ => past.handed.as_ref().and_then(|handed| handed.by.as_ref()),
    };
    by.map(|by| kept.name_of(&by.person).to_owned()).unwrap_or_default()
}

pub(crate) fn todo_state(kept: &Kept, todo: &Todo, now: i64) -> State {
    let task = todo.place.as_ref().and_then(|place| kept.fold.tasks().get(place));
    if todo.what == What::Countersign {
        State::Second
    } else if todo.from > now {
        State::Later
    } else if task.is_some_and(|task| task.begun.is_some()) {
        State::Taken
    } else {
        State::Waits
    }
}

/// The name of a step: starts and ends have none of their own.
pub(crate) fn step_name(visit: &Visit, kept: &Kept, number: usize) -> String {
    let Some(step) = kept.plan.steps.get(number) else { return String::new() };
    let name = step.name_in(visit.lang_code());
    match step.kind {
        StepKind::Start if name == "Start" || name == "start" => visit.t("runs-step-start"),
        StepKind::End if name == "End" || name == "end" => visit.t("runs-step-end"),
        _ => name.to_owned(),
    }
}

/// How long, in the two largest units.
pub(crate) fn duration(visit: &Visit, ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    if days > 0 {
        visit.ta("runs-duration-days", &[("days", days.into()), ("hours", hours.into())])
    } else if hours > 0 {
        visit.ta("runs-duration-hours", &[("hours", hours.into()), ("minutes", minutes.into())])
    } else if minutes > 0 {
        visit.ta("runs-duration-minutes", &[("minutes", minutes.into())])
    } else {
        visit.ta("runs-duration-seconds", &[("seconds", seconds.into())])
    }
}

/// What is left until a time, or by how much it has passed.
pub(crate) fn left(visit: &Visit, due: i64, now: i64) -> String {
    if now > due {
        visit.ta("runs-late-by", &[("time", duration(visit, now - due).into())])
    } else {
        visit.ta("runs-left", &[("time", duration(visit, due - now).into())])
    }
}

/// What somebody is to do.
pub(crate) fn what(visit: &Visit, what: &What) -> String {
    let word = match what {
        What::Act => "act",
        What::Carry => "carry",
        What::Request => "request",
        What::Countersign => "countersign",
        What::StartPlaybook { .. } => "playbook",
        What::SetVariables(_) => "variables",
        What::Evaluate(_) | What::GoOn | What::TimeOut | What::Close(_) => "program",
    };
    // i18n: runs-what-*
    visit.t(&format!("runs-what-{word}"))
}

/// How a run stands, in one word.
pub(crate) fn run_tag(visit: &Visit, kept: &Kept, late: usize) -> Tag {
    match kept.fold.ending() {
        Some((Ending::Completed, _)) => Tag::new(Tone::Good, visit.t("runs-ending-completed")),
        Some((Ending::Failed, _)) => Tag::new(Tone::Alarm, visit.t("runs-ending-failed")),
        Some((Ending::Aborted, _)) => Tag::new(Tone::Warn, visit.t("runs-ending-aborted")),
        None if kept.fold.is_paused() => Tag::new(Tone::Warn, visit.t("runs-paused")),
        None if late > 0 => Tag::new(Tone::Alarm, visit.ta("runs-late-count", &[("count", late.into())])),
        None => Tag::new(Tone::Note, visit.t("runs-under-way")),
    }
}

/// A sentence on an entry.
pub(crate) fn said(visit: &Visit, kept: &Kept, line: &super::data::Line) -> String {
    use scr_playbooks::run::Act;
    let (word, place) = super::acts::word_of(&line.entry.act);
    let step = place.map(|place| step_name(visit, kept, place.step())).unwrap_or_default();
    let who = match (&line.name, &line.entry.by) {
        (Some(name), _) => name.clone(),
        (None, Some(_)) => visit.t("runs-somebody"),
        (None, None) => visit.t("runs-program"),
    };
    // i18n: runs-did-*
    let text = visit.ta(&format!("runs-did-{word}"), &[("who", who.into()), ("step", step.into())]);
    let more = match &line.entry.act {
        Act::Done { note: Some(note), .. } => note.clone(),
        Act::SentBack { reason, .. }
        | Act::Refused { reason, .. }
        | Act::Paused { reason }
        | Act::Aborted { reason } => reason.clone(),
        Act::VariableSet { name, value } => format!("{name} = {value}"),
        Act::Evaluated { answer, .. } => answer.clone(),
        _ => String::new(),
    };
    if more.is_empty() { text } else { format!("{text} {more}") }
}

/// Roles on the desk that can be given one of the playbook.
pub(crate) const DESK_ROLES: [Role; 3] = [Role::Manager, Role::Supervisor, Role::Clerk];

/// The way to a run.
pub(crate) fn href(run: &str) -> String {
    format!("/desk/response/runs/{}", scr_web::in_address(run))
}

/// The way to a step.
pub(crate) fn step_href(run: &str, place: &Place) -> String {
    format!("{}/steps/{place}", href(run))
}

/// Pages above.
pub(crate) fn crumbs(visit: &Visit, kept: Option<&Kept>) -> Vec<Crumb> {
    let mut crumbs = vec![
        Crumb::new("/desk", visit.t("runs-crumb-desk")),
        Crumb::new("/desk/response/runs", visit.t("runs-nav")),
    ];
    crumbs.extend(kept.map(|kept| Crumb::new(href(&kept.row.run), kept.plan.name_in(visit.lang_code()))));
    crumbs
}

/// The visit as a run's pages show it: every page of an exercise says so.
pub(crate) fn marked(visit: &Visit, is_exercise: bool) -> Visit {
    let mut visit = visit.clone();
    visit.exercise |= is_exercise;
    visit
}

/// Seconds of milliseconds.
pub(crate) fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1_000)
}
