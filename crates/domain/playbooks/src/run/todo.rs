//! What is to be done now, by whom, until when, and what is late.

use super::state::{Place, Run};
use crate::plan::{Doing, Plan, Step, Way};
use crate::run::Ending;

/// What somebody, or the program, is to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A person does what the commands say.
    Act,
    /// A person reads commands that this program never executes, and decides.
    Carry,
    /// The program sends requests, or a person does by hand what they ask.
    Request,
    /// A second person signs, or sends it back.
    Countersign,
    /// The program, or a person, starts another playbook.
    StartPlaybook {
        /// Which.
        playbook: String,
        /// In which version.
        version: Option<String>,
    },
    /// The program notes the answer of a condition.
    Evaluate(String),
    /// A person gives variables values.
    SetVariables(Vec<String>),
    /// The program goes on when the delay is over.
    GoOn,
    /// The program notes that the timeout has passed.
    TimeOut,
    /// The program notes how the run ended.
    Close(Ending),
}

/// One thing that is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// Which step; nothing for the run itself.
    pub place: Option<Place>,
    /// What.
    pub what: What,
    /// Whose role: a number in [`Plan::agents`]. Nothing for the program, or for anybody who takes part.
    pub agent: Option<usize>,
    /// Since when the step waits.
    pub since: i64,
    /// From when on it may be done.
    pub from: i64,
    /// Until when it should be done.
    pub due: Option<i64>,
    /// When it has failed.
    pub times_out: Option<i64>,
    /// Who has taken it up.
    pub begun_by: Option<String>,
    /// Whether it should have been done by now.
    pub is_late: bool,
}

impl Run {
    /// What is to be done at a moment of the run's clock: what is due first stands first.
    pub fn todo(&self, plan: &Plan, now: i64) -> Vec<Todo> {
        if let Some((ending, at)) = self.ending {
            let close = Todo::of(None, What::Close(ending), None, at);
            return if self.is_closed { Vec::new() } else { vec![close] };
        }
        let mut list: Vec<Todo> = Vec::new();
        for (place, open) in &self.open {
            let step = &plan.steps[place.step];
            let is_over = self.times_out(step, open.since, now).is_some_and(|end| now >= end);
            if is_over && !self.is_paused() {
                list.push(Todo::of(Some(place.clone()), What::TimeOut, None, open.since));
            }
        }
        let over: Vec<Place> = list.iter().filter_map(|todo| todo.place.clone()).collect();
        for (place, task) in self.tasks.iter().filter(|(place, _)| !over.contains(place)) {
            let step = &plan.steps[place.step];
            let since = self.open.get(place).map_or(task.since, |open| open.since);
            let times_out = self.times_out(step, since, now);
            let is_over = times_out.is_some_and(|end| now >= end) && !self.is_paused();
            let (what, agent) = if is_over {
                (What::TimeOut, None)
            } else if task.handed.is_some() {
                (What::Countersign, step.second)
            } else {
                self.what(plan, step)
            };
            let from = self.moment(task.since, step.delay, now);
            let due = step
                .extension
                .deadline
                .map(|length| self.moment(task.since, step.delay.saturating_add(length), now));
            list.push(Todo {
                from,
                due,
                times_out,
                begun_by: task.begun.as_ref().and_then(|(by, _)| by.as_ref()).map(|by| by.person.clone()),
                is_late: is_over || due.is_some_and(|due| now > due && !self.is_paused()),
                ..Todo::of(Some(place.clone()), what, agent, task.since)
            });
        }
        list.sort_by_key(|todo| (todo.due.or(todo.times_out).unwrap_or(i64::MAX), todo.place.clone()));
        list
    }

    fn what(&self, plan: &Plan, step: &Step) -> (What, Option<usize>) {
        match &step.doing {
            Doing::Act { way, agent, .. } => {
                let what = match way {
                    Way::Manual => What::Act,
                    Way::Http => What::Request,
                    Way::Carried => What::Carry,
                };
                (what, Some(*agent))
            }
            Doing::Call { playbook, version } => {
                (What::StartPlaybook { playbook: playbook.clone(), version: version.clone() }, None)
            }
            Doing::Ask(_) | Doing::Switch(_) => match self.answer(plan, step) {
                Ok(answer) => (What::Evaluate(answer), None),
                Err(names) => (What::SetVariables(names), None),
            },
            Doing::Nothing => (What::GoOn, None),
        }
    }
}

impl Todo {
    fn of(place: Option<Place>, what: What, agent: Option<usize>, since: i64) -> Self {
        Self {
            place,
            what,
            agent,
            since,
            from: since,
            due: None,
            times_out: None,
            begun_by: None,
            is_late: false,
        }
    }
}
