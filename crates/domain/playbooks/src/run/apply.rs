//! Taking an entry in: everything is looked at before anything changes.

use super::event::{Act, By, Ending, Entry};
use super::moves::Move;
use super::refusal::Refusal;
use super::rights::wrong;
use super::state::{Applied, Handed, Open, Outcome, Past, Place, Run, Task, Written};
use crate::condition::Undecided;
use crate::extension::Evidence;
use crate::graph::StepKind;
use crate::plan::{Doing, Plan, Step};
use scr_canon::Hash32;
use std::collections::BTreeMap;

/// The end of the year 9999.
const LAST: i64 = 253_402_300_799_999;
/// How often a step is sent back.
const MOST_SENT_BACK: usize = 20;
/// Times that a run stands still.
const MOST_PAUSES: usize = 1_000;
/// Longest id of an entry, a person, a role, a run.
const LONGEST_ID: usize = 200;
/// The answer where a condition cannot be decided.
const UNDECIDED: &str = "undecided";

impl Run {
    pub(super) fn begin(
        &mut self,
        plan: &Plan,
        entry: &Entry,
        given: &BTreeMap<String, String>,
    ) -> Result<(), Refusal> {
        self.sized(entry)?;
        self.timed(entry)?;
        for (name, value) in given {
            let variable = plan.variables.get(name).filter(|variable| variable.is_external);
            let variable = variable.ok_or_else(|| wrong(name, "no external variable of this playbook"))?;
            self.fits(name, variable, value)?;
        }
        let missing: Vec<String> = plan
            .variables
            .iter()
            .filter(|(name, variable)| {
                variable.is_external && variable.value.is_none() && !given.contains_key(*name)
            })
            .map(|(name, _)| name.clone())
            .collect();
        if !missing.is_empty() {
            return Err(Refusal::NoValue(missing));
        }
        for (name, variable) in &plan.variables {
            if let Some(value) = given.get(name).or(variable.value.as_ref()) {
                self.variables
                    .insert(name.clone(), Written { value: value.clone(), at: entry.at, place: None });
            }
        }
        self.seen.insert(entry.id.clone(), digest(entry));
        self.go(plan, Move::Enter(Place::at(plan.start), entry.at));
        Ok(())
    }

    /// Takes an entry in. The same entry again changes nothing; after a refusal the run is as it was.
    ///
    /// # Errors
    /// Why it is not taken.
    pub fn apply(&mut self, plan: &Plan, entry: &Entry) -> Result<Applied, Refusal> {
        if plan.digest != self.digest {
            return Err(Refusal::NotThisPlaybook);
        }
        let digest = digest(entry);
        if let Some(known) = self.seen.get(&entry.id) {
            let same = *known == digest;
            return if same { Ok(Applied::Known) } else { Err(Refusal::OtherEntry(entry.id.clone())) };
        }
        if entry.mode != self.mode {
            return Err(Refusal::OtherMode);
        }
        self.sized(entry)?;
        self.timed(entry)?;
        self.take(plan, entry)?;
        self.seen.insert(entry.id.clone(), digest);
        Ok(Applied::New)
    }

    fn sized(&self, entry: &Entry) -> Result<(), Refusal> {
        if self.seen.len() >= self.limits.events {
            return Err(Refusal::TooMuch("entries"));
        }
        let ids =
            [Some(&entry.id), entry.by.as_ref().map(|by| &by.person), entry.by.as_ref().map(|by| &by.role)];
        if ids.into_iter().flatten().any(|id| id.is_empty() || id.len() > LONGEST_ID) {
            return Err(Refusal::TooMuch("an id has 1 to 200 bytes"));
        }
        let text = |text: &str| text.len() <= self.limits.text;
        let all = |values: &BTreeMap<String, String>| values.values().all(|value| text(value));
        let fine = match &entry.act {
            Act::Started { variables, .. } => all(variables),
            Act::Done { note, outputs, .. } => note.as_deref().is_none_or(text) && all(outputs),
            Act::SentBack { reason, .. } | Act::Refused { reason, .. } => text(reason) && !reason.is_empty(),
            Act::Paused { reason } | Act::Aborted { reason } => text(reason) && !reason.is_empty(),
            Act::Evaluated { answer, .. } => text(answer),
            Act::ChildEnded { run, outputs, .. } => run.len() <= LONGEST_ID && all(outputs),
            Act::VariableSet { value, .. } => text(value),
            _ => true,
        };
        if fine { Ok(()) } else { Err(Refusal::TooMuch("a text is empty or too long")) }
    }

    fn timed(&self, entry: &Entry) -> Result<(), Refusal> {
        if entry.at < self.started || !(0..=LAST).contains(&entry.at) {
            return Err(Refusal::Time);
        }
        let free = matches!(entry.act, Act::Resumed | Act::Aborted { .. } | Act::Ended { .. });
        let stood = |(begin, until): &(i64, Option<i64>)| {
            *begin <= entry.at && until.is_none_or(|until| entry.at < until)
        };
        if !free && self.pauses.iter().any(stood) { Err(Refusal::Paused) } else { Ok(()) }
    }

    fn take(&mut self, plan: &Plan, entry: &Entry) -> Result<(), Refusal> {
        if let Act::Ended { ending } = &entry.act {
            self.program(entry)?;
            let fits = self.ending.is_some_and(|(known, at)| known == *ending && at <= entry.at);
            self.is_closed |= fits;
            return if fits { Ok(()) } else { Err(Refusal::NotEnded) };
        }
        if self.ending.is_some() {
            return Err(Refusal::Ended);
        }
        match &entry.act {
            Act::Started { .. } => Err(Refusal::Begun),
            Act::Begun { place } => self.begun(plan, place, entry),
            Act::Done { place, evidence, note, outputs } => {
                let (at, by) = (entry.at, entry.by.clone());
                let handed =
                    Handed { by, at, evidence: *evidence, note: note.clone(), outputs: outputs.clone() };
                self.done(plan, place, entry, handed)
            }
            Act::Countersigned { place } => self.countersigned(plan, place, entry),
            Act::SentBack { place, reason } => self.sent_back(plan, place, entry, reason),
            Act::Refused { place, reason } => self.refused(plan, place, entry, reason),
            Act::TimedOut { place } => self.timed_out(plan, place, entry),
            Act::Evaluated { place, answer } => self.evaluated(plan, place, entry, answer),
            Act::ChildEnded { place, ending, outputs, .. } => {
                self.child_ended(plan, place, entry, *ending, outputs)
            }
            Act::VariableSet { name, value } => self.variable_set(plan, name, value, entry),
            Act::Paused { .. } | Act::Resumed => self.stand(plan, entry),
            Act::Aborted { .. } => {
                self.person(plan, entry)?;
                self.cancel(None, entry.at);
                self.ending = Some((Ending::Aborted, entry.at));
                Ok(())
            }
            Act::Ended { .. } => Err(Refusal::NotEnded),
        }
    }

    /// A step that waits, at a time when it may move.
    fn waiting<'p>(
        &self,
        plan: &'p Plan,
        place: &Place,
        entry: &Entry,
    ) -> Result<(&Task, &'p Step), Refusal> {
        let task = self.tasks.get(place).ok_or_else(|| Refusal::NotThere(place.clone()))?;
        let step = plan.steps.get(place.step).ok_or_else(|| Refusal::NotThere(place.clone()))?;
        if entry.at < task.since {
            return Err(Refusal::Time);
        }
        let from = self.moment(task.since, step.delay, entry.at);
        if entry.at < from {
            return Err(Refusal::TooEarly { place: place.clone(), from });
        }
        let since = self.open.get(place).map_or(task.since, |open| open.since);
        if self.times_out(step, since, entry.at).is_some_and(|end| entry.at >= end) {
            return Err(Refusal::TooLate(place.clone()));
        }
        Ok((task, step))
    }

    /// When a step fails of itself.
    pub(super) fn times_out(&self, step: &Step, since: i64, now: i64) -> Option<i64> {
        Some(self.moment(since, step.delay.saturating_add(step.timeout?), now))
    }

    fn begun(&mut self, plan: &Plan, place: &Place, entry: &Entry) -> Result<(), Refusal> {
        let (task, step) = self.waiting(plan, place, entry)?;
        let since = task.since;
        match &step.doing {
            Doing::Act { .. } => {
                self.acts(plan, step, entry)?;
                if task.handed.is_some() {
                    return Err(Refusal::NotNow(place.clone()));
                }
                // Whoever takes it over afterwards is noted instead; of two at once the later counts.
                let mine = (entry.by.clone(), entry.at);
                let is_later =
                    task.begun.as_ref().is_none_or(|known| (known.1, &known.0) < (mine.1, &mine.0));
                if let Some(task) = self.tasks.get_mut(place).filter(|_| is_later) {
                    task.begun = Some(mine);
                }
                Ok(())
            }
            Doing::Nothing => {
                self.program(entry)?;
                self.tasks.remove(place);
                let mut moves = Vec::new();
                self.pass(plan, place.clone(), since, entry.at, &mut moves);
                self.go_all(plan, moves);
                Ok(())
            }
            _ => Err(Refusal::NotNow(place.clone())),
        }
    }

    fn go_all(&mut self, plan: &Plan, moves: Vec<Move>) {
        for one in moves.into_iter().rev() {
            self.go(plan, one);
        }
    }

    fn done(&mut self, plan: &Plan, place: &Place, entry: &Entry, handed: Handed) -> Result<(), Refusal> {
        let (task, step) = self.waiting(plan, place, entry)?;
        if !matches!(step.doing, Doing::Act { .. }) || task.handed.is_some() {
            return Err(Refusal::NotNow(place.clone()));
        }
        self.acts(plan, step, entry)?;
        let after = task.begun.as_ref().map(|(_, at)| *at).max(task.sent_back.last().map(|(_, at, _)| *at));
        if after.is_some_and(|after| entry.at < after) {
            return Err(Refusal::Time);
        }
        match step.evidence() {
            Evidence::File if handed.evidence.is_none() => return Err(Refusal::Evidence("a file")),
            Evidence::Note if handed.note.as_deref().unwrap_or_default().trim().is_empty() => {
                return Err(Refusal::Evidence("a note"));
            }
            _ => {}
        }
        self.returns(plan, step, &handed.outputs)?;
        if step.extension.is_double() {
            if let Some(task) = self.tasks.get_mut(place) {
                task.handed = Some(handed);
            }
            return Ok(());
        }
        self.finish(plan, place, handed, None, entry.at);
        Ok(())
    }

    /// A step was done, signed by all who sign.
    fn finish(&mut self, plan: &Plan, place: &Place, handed: Handed, second: Option<(By, i64)>, at: i64) {
        let Some(task) = self.tasks.remove(place) else { return };
        self.write(plan, place, &handed.outputs, at);
        let past = Past { handed: Some(handed), second, ..Past::of(task, Outcome::Done, at) };
        self.note(place, past);
        self.go(plan, Move::Leave(place.clone(), true, at));
    }

    fn fail(&mut self, plan: &Plan, place: &Place, outcome: Outcome, at: i64) {
        let open = self.open.remove(place);
        match (self.tasks.remove(place), open) {
            (Some(task), open) => {
                let since = open.map_or(task.since, |open| open.since);
                self.note(place, Past { since, ..Past::of(task, outcome, at) });
            }
            (None, Some(open)) => self.note(place, Past::plain(open.since, outcome, at)),
            (None, None) => return,
        }
        self.go(plan, Move::Leave(place.clone(), false, at));
    }

    /// What waits for a second person, and who that is.
    fn second<'a>(&self, plan: &Plan, place: &Place, entry: &'a Entry) -> Result<(&'a By, Handed), Refusal> {
        let (task, step) = self.waiting(plan, place, entry)?;
        let handed = task.handed.as_ref().ok_or_else(|| Refusal::NotNow(place.clone()))?;
        let by = match step.second {
            Some(agent) => self.in_role(plan, entry, agent)?,
            None => self.person(plan, entry)?,
        };
        if handed.by.as_ref().is_some_and(|first| first.person == by.person) {
            return Err(Refusal::SamePerson);
        }
        if entry.at < handed.at {
            return Err(Refusal::Time);
        }
        Ok((by, handed.clone()))
    }

    fn countersigned(&mut self, plan: &Plan, place: &Place, entry: &Entry) -> Result<(), Refusal> {
        let (by, handed) = self.second(plan, place, entry)?;
        self.finish(plan, place, handed, Some((by.clone(), entry.at)), entry.at);
        Ok(())
    }

    fn sent_back(&mut self, plan: &Plan, place: &Place, entry: &Entry, reason: &str) -> Result<(), Refusal> {
        let (by, _) = self.second(plan, place, entry)?;
        let Some(task) = self.tasks.get_mut(place) else { return Err(Refusal::NotThere(place.clone())) };
        if task.sent_back.len() >= MOST_SENT_BACK {
            return Err(Refusal::TooMuch("a step is sent back 20 times at most; refuse it"));
        }
        task.handed = None;
        task.begun = None;
        task.sent_back.push((by.clone(), entry.at, reason.to_owned()));
        Ok(())
    }

    fn refused(&mut self, plan: &Plan, place: &Place, entry: &Entry, reason: &str) -> Result<(), Refusal> {
        let (_, step) = self.waiting(plan, place, entry)?;
        let by = match &step.doing {
            Doing::Act { agent, .. } => self.in_role(plan, entry, *agent)?,
            // A playbook that nobody has, or a delay: whoever takes part may say so.
            _ => self.person(plan, entry)?,
        };
        let outcome = Outcome::Refused(by.clone(), reason.to_owned());
        self.fail(plan, place, outcome, entry.at);
        Ok(())
    }

    fn timed_out(&mut self, plan: &Plan, place: &Place, entry: &Entry) -> Result<(), Refusal> {
        self.program(entry)?;
        let step = plan.steps.get(place.step).ok_or_else(|| Refusal::NotThere(place.clone()))?;
        let open = self.open.get(place).map(|open| open.since);
        let since = open.or_else(|| self.tasks.get(place).map(|task| task.since));
        let since = since.ok_or_else(|| Refusal::NotThere(place.clone()))?;
        if self.times_out(step, since, entry.at).is_none_or(|end| entry.at < end) {
            return Err(Refusal::NoTimeout(place.clone()));
        }
        self.cancel(Some(place), entry.at);
        self.fail(plan, place, Outcome::TimedOut, entry.at);
        Ok(())
    }

    /// The answer of a condition, by the variables as they are.
    pub(super) fn answer(&self, plan: &Plan, step: &Step) -> Result<String, Vec<String>> {
        let value_of = |name: &str| -> Option<(&str, &str)> {
            if let Some(own) = step.variables.get(name) {
                return Some((own.kind.as_str(), own.value.as_deref()?));
            }
            Some((plan.variables.get(name)?.kind.as_str(), self.variables.get(name)?.value.as_str()))
        };
        match &step.doing {
            Doing::Ask(condition) => match condition.holds(&value_of) {
                Ok(truth) => Ok(truth.to_string()),
                Err(Undecided::NoValue(names)) => Err(names),
                Err(Undecided::Pattern(_)) => Ok(UNDECIDED.to_owned()),
            },
            Doing::Switch(name) => {
                let (_, value) = value_of(name).ok_or_else(|| vec![name.clone()])?;
                let is_case = |wanted: &str| step.branches.iter().any(|(case, _)| case == wanted);
                let case = [value, "default"].into_iter().find(|case| is_case(case));
                Ok(case.unwrap_or_default().to_owned())
            }
            _ => Ok(UNDECIDED.to_owned()),
        }
    }

    fn evaluated(&mut self, plan: &Plan, place: &Place, entry: &Entry, answer: &str) -> Result<(), Refusal> {
        self.program(entry)?;
        let (task, step) = self.waiting(plan, place, entry)?;
        let since = task.since;
        if !matches!(step.doing, Doing::Ask(_) | Doing::Switch(_)) {
            return Err(Refusal::NotNow(place.clone()));
        }
        let right = self.answer(plan, step).map_err(Refusal::NoValue)?;
        if right != answer {
            return Err(Refusal::Answer(right));
        }
        let is_loop = step.kind == StepKind::While;
        let open = self.open.get(place).cloned();
        let mut open = open.unwrap_or_else(|| Open { since, turns: 0, results: BTreeMap::new() });
        let branch = step.branches.iter().enumerate().find(|(_, (label, _))| label == answer);
        if answer == UNDECIDED && branch.is_none() {
            self.fail(plan, place, Outcome::Undecided, entry.at);
        } else if let Some((number, (_, first))) = branch {
            if is_loop && open.turns >= step.bound(plan) {
                self.fail(plan, place, Outcome::Bound, entry.at);
                return Ok(());
            }
            let turn = usize::try_from(open.turns).unwrap_or(usize::MAX);
            open.turns += 1;
            self.tasks.remove(place);
            self.open.insert(place.clone(), open);
            let inner = place.within(if is_loop { turn } else { number }, *first);
            self.go(plan, Move::Enter(inner, entry.at));
        } else {
            self.open.remove(place);
            self.tasks.remove(place);
            self.note(place, Past::plain(open.since, Outcome::Done, entry.at));
            self.go(plan, Move::Leave(place.clone(), true, entry.at));
        }
        Ok(())
    }

    fn child_ended(
        &mut self,
        plan: &Plan,
        place: &Place,
        entry: &Entry,
        ending: Ending,
        outputs: &BTreeMap<String, String>,
    ) -> Result<(), Refusal> {
        self.program(entry)?;
        let (_, step) = self.waiting(plan, place, entry)?;
        if !matches!(step.doing, Doing::Call { .. }) {
            return Err(Refusal::NotNow(place.clone()));
        }
        if ending == Ending::Completed {
            self.returns(plan, step, outputs)?;
            let (at, outputs) = (entry.at, outputs.clone());
            self.finish(plan, place, Handed { by: None, at, evidence: None, note: None, outputs }, None, at);
        } else {
            self.fail(plan, place, Outcome::Failed, entry.at);
        }
        Ok(())
    }

    fn variable_set(&mut self, plan: &Plan, name: &str, value: &str, entry: &Entry) -> Result<(), Refusal> {
        self.person(plan, entry)?;
        let variable = plan.variables.get(name).ok_or_else(|| wrong(name, "not defined"))?;
        if variable.is_constant {
            return Err(wrong(name, "a constant"));
        }
        self.fits(name, variable, value)?;
        self.put(name, Written { value: value.to_owned(), at: entry.at, place: None });
        Ok(())
    }

    fn stand(&mut self, plan: &Plan, entry: &Entry) -> Result<(), Refusal> {
        self.person(plan, entry)?;
        let after = self.pauses.last().map_or(self.started, |(begin, until)| until.unwrap_or(*begin));
        if entry.at < after {
            return Err(Refusal::Time);
        }
        let is_paused = self.is_paused();
        if matches!(entry.act, Act::Resumed) {
            let Some((_, until)) = self.pauses.last_mut().filter(|_| is_paused) else {
                return Err(Refusal::NotPaused);
            };
            *until = Some(entry.at);
        } else if is_paused {
            return Err(Refusal::Paused);
        } else if self.pauses.len() >= MOST_PAUSES {
            return Err(Refusal::TooMuch("pauses"));
        } else {
            self.pauses.push((entry.at, None));
        }
        Ok(())
    }
}

/// What an entry says, in one number.
fn digest(entry: &Entry) -> Hash32 {
    // An entry is made of texts and numbers, which can always be written.
    scr_canon::sha256(&serde_json::to_vec(entry).unwrap_or_default())
}
