//! One step: what is to be done, by whom, until when; and what somebody does about it.

use super::acts::{self, MAX_FILE};
use super::board::actor;
use super::data::{self, Asked, Kept};
use super::requests::{self, Standing};
use super::words::{self, State, crumbs, href, left, marked, seconds, step_href};
use super::{codes, targets};
use askama::Template;
use axum::extract::{Path, State as Extract};
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_playbooks::run::{Outcome, Place, Task, Todo, What};
use scr_playbooks::{Agent, Doing, Evidence, Step, Way};
use scr_web::components::{Crumb, Tag};
use scr_web::{App, FormState, Reply, Seal, Visit, form_page, just_recorded, run};
use std::sync::Arc;

/// A command as people read it.
struct ShownCommand {
    text: String,
    description: String,
    kind: String,
    /// This program never executes it.
    is_foreign: bool,
}

/// A value that the step returns.
struct Output {
    field: String,
    label: String,
    is_bool: bool,
}

/// Something that was handed in before.
struct Handed {
    who: String,
    at: i64,
    note: String,
    file_href: Option<String>,
    values: Vec<(String, String)>,
}

/// What the step is, and how it stands.
struct Facts {
    title: String,
    description: String,
    role: String,
    /// Who stands above that role, the nearest first.
    above: Vec<String>,
    second_role: String,
    tag: Tag,
    is_late: bool,
    who: String,
    due: Option<i64>,
    left: String,
    times_out: Option<i64>,
    needs_file: bool,
    needs_note: bool,
    is_double: bool,
    now: i64,
}

/// What the reader may do about it.
#[expect(clippy::struct_excessive_bools, reason = "what the page offers, each by itself")]
struct May {
    /// It waits, and the clocks go.
    is_open: bool,
    take: bool,
    over: bool,
    work: bool,
    sign: bool,
    refuse: bool,
    /// The reader has handed it in.
    is_own_hand: bool,
    start: Option<String>,
}

#[derive(Template)]
#[template(path = "runs/step.html")]
struct StepPage<'a> {
    visit: &'a Visit,
    crumbs: Vec<Crumb>,
    form: &'a FormState,
    base: String,
    here: String,
    facts: Facts,
    may: May,
    commands: Vec<ShownCommand>,
    has_foreign: bool,
    outputs: Vec<Output>,
    values: Vec<(String, String)>,
    handed: Option<Handed>,
    sent_back: Vec<(String, i64, String)>,
    standing: Option<Standing>,
    blocked: String,
    /// What was sent, each with what came of it in words.
    asked: Vec<(Asked, String)>,
    seal: Option<Seal>,
    ended: Option<(Tag, i64, String)>,
    /// Why nothing can be done now.
    still: Option<String>,
    megabytes: usize,
}

/// What stands in a command that has no text of its own, as far as it is text.
fn content(command: &serde_json::Value) -> String {
    let text = |name: &str| command.get(name).and_then(serde_json::Value::as_str);
    let decoded = |encoded| scr_canon::unb64(encoded).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let content = text("content").map(str::to_owned);
    content.or_else(|| text("content_b64").and_then(decoded)).unwrap_or_default()
}

fn commands(visit: &Visit, kept: &Kept, place: &Place) -> Vec<ShownCommand> {
    let Some(step) = kept.plan.steps.get(place.step()) else { return Vec::new() };
    let Doing::Act { commands, .. } = &step.doing else { return Vec::new() };
    let texts = step.commands_in(visit.lang_code());
    let shown = |(command, text): (&scr_playbooks::Command, &str)| ShownCommand {
        text: if text.is_empty() { content(&command.value) } else { text.to_owned() },
        description: command.description.clone().unwrap_or_default(),
        is_foreign: !matches!(command.kind.as_str(), "manual" | "http-api"),
        kind: command.kind.clone(),
    };
    commands.iter().zip(texts).map(shown).collect()
}

fn outputs(kept: &Kept, place: &Place) -> Vec<Output> {
    let Some(step) = kept.plan.steps.get(place.step()) else { return Vec::new() };
    let output = |name: &String| {
        let variable = step.variables.get(name).or_else(|| kept.plan.variables.get(name));
        Output {
            field: format!("value-{name}"),
            label: variable.and_then(|one| one.description.clone()).unwrap_or_else(|| name.clone()),
            is_bool: variable.is_some_and(|one| one.kind == "bool"),
        }
    };
    step.returns.iter().map(output).collect()
}

/// What was handed in: what waits for its second person, or what ended the step.
fn handed(kept: &Kept, place: &Place) -> Option<Handed> {
    let waits = kept.fold.tasks().get(place).and_then(|task| task.handed.as_ref());
    let past = || kept.fold.past().get(place).and_then(|all| all.last()?.handed.as_ref());
    let handed = waits.or_else(past)?;
    let is_file_s = |line: &&data::Line| matches!(&line.entry.act, scr_playbooks::run::Act::Done { place: at, evidence: Some(_), .. } if at == place);
    let sequence =
        kept.lines.iter().rfind(is_file_s).map(|line| line.entry.id.rsplit(':').next().unwrap_or("0"));
    let by = handed.by.as_ref();
    Some(Handed {
        who: by.map(|by| kept.name_of(&by.person).to_owned()).unwrap_or_default(),
        at: seconds(handed.at),
        note: handed.note.clone().unwrap_or_default(),
        file_href: handed
            .evidence
            .and(sequence)
            .map(|sequence| format!("{}/evidence/{sequence}", href(&kept.row.run))),
        values: handed.outputs.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
    })
}

fn ended(visit: &Visit, kept: &Kept, place: &Place) -> Option<(Tag, i64, String)> {
    let past = kept.fold.past().get(place)?.last()?;
    // i18n: runs-outcome-*
    let (word, why) = match &past.outcome {
        Outcome::Done => ("done", String::new()),
        Outcome::Refused(_, why) => ("refused", why.clone()),
        Outcome::TimedOut => ("timed-out", String::new()),
        Outcome::Failed => ("failed", String::new()),
        Outcome::Bound => ("bound", String::new()),
        Outcome::Undecided => ("undecided", String::new()),
        Outcome::Cancelled => ("cancelled", String::new()),
    };
    let tone = words::past_state(past).tag(visit).tone;
    Some((Tag::new(tone, visit.t(&format!("runs-outcome-{word}"))), seconds(past.at), why))
}

/// A request with what came of it; nothing as long as that is not known.
fn came_of(visit: &Visit, one: Asked) -> (Asked, String) {
    // i18n: runs-came-*
    let words =
        if one.outcome.is_empty() { String::new() } else { visit.t(&format!("runs-came-{}", one.outcome)) };
    (one, words)
}

/// What the page knows of the allow list and the step's requests.
struct Outside {
    standing: Option<Standing>,
    asked: Vec<Asked>,
}

fn outside(app: &App, kept: &Kept, place: &Place) -> Result<Outside, ActError> {
    let is_http = kept
        .plan
        .steps
        .get(place.step())
        .is_some_and(|step| matches!(step.doing, Doing::Act { way: Way::Http, .. }));
    if !is_http {
        return Ok(Outside { standing: None, asked: Vec::new() });
    }
    let (asked, listed) = app.engine.read(|views| {
        let asked = data::asked(views, &kept.row.run, &place.to_string())?;
        Ok((asked, targets::of_org(views, &kept.row.org)?))
    })?;
    let standing = kept
        .fold
        .tasks()
        .contains_key(place)
        .then(|| requests::standing(kept, place, (&asked, &listed), app.clock.now()));
    Ok(Outside { standing, asked })
}

/// Why nothing can be done in a run that has not ended; nothing where it goes on. The name of the text that says it.
fn still(kept: &Kept) -> Option<&'static str> {
    if kept.fold.ending().is_some() {
        None
    } else if kept.drill_ended.is_some() {
        Some("runs-board-drill-ended")
    } else {
        kept.fold.is_paused().then_some("runs-board-paused")
    }
}

/// A step of a run at a moment.
struct At<'a> {
    kept: &'a Kept,
    place: &'a Place,
    step: &'a Step,
    todo: Option<Todo>,
    now: i64,
}

impl At<'_> {
    fn agent(&self) -> Option<&Agent> {
        self.step.agent().and_then(|agent| self.kept.plan.agents.get(agent))
    }

    fn second(&self) -> Option<&Agent> {
        self.step.second.and_then(|agent| self.kept.plan.agents.get(agent))
    }

    fn above(&self, language: &str) -> Vec<String> {
        let line = self.agent().map(|agent| self.kept.plan.line_above(agent)).unwrap_or_default();
        line.into_iter().map(|agent| agent.name_in(language).to_owned()).collect()
    }

    fn task(&self) -> Option<&Task> {
        self.kept.fold.tasks().get(self.place)
    }

    fn facts(&self, visit: &Visit, ended: Option<&Tag>) -> Facts {
        let language = visit.lang_code();
        let (todo, kept) = (self.todo.as_ref(), self.kept);
        let name = |agent: Option<&Agent>| agent.map(|agent| agent.name_in(language).to_owned());
        let due = todo.and_then(|todo| todo.due);
        let tag = todo.map(|todo| words::todo_state(kept, todo, self.now).tag(visit));
        let who = todo.and_then(|todo| todo.begun_by.as_deref());
        Facts {
            title: words::step_name(visit, kept, self.place.step()),
            description: self.step.description_in(language).unwrap_or_default().to_owned(),
            role: name(self.agent()).unwrap_or_default(),
            above: self.above(language),
            second_role: name(self.second()).unwrap_or_default(),
            tag: tag.or_else(|| ended.cloned()).unwrap_or_else(|| State::Ahead.tag(visit)),
            is_late: todo.is_some_and(|todo| todo.is_late),
            who: who.map(|who| kept.name_of(who).to_owned()).unwrap_or_default(),
            due: due.map(seconds),
            left: due.map(|due| left(visit, due, self.now)).unwrap_or_default(),
            times_out: todo.and_then(|todo| todo.times_out).map(seconds),
            needs_file: self.step.evidence() == Evidence::File,
            needs_note: self.step.evidence() == Evidence::Note,
            is_double: self.step.extension.is_double(),
            now: seconds(self.now),
        }
    }

    fn may(&self, person: &Actor) -> May {
        let own = self.kept.roles_of(person);
        let has =
            |agent: Option<&Agent>| agent.map_or(!own.is_empty(), |agent| own.contains(&agent.role.as_str()));
        let me = person.person.as_str();
        let todo = self.todo.as_ref();
        let begun_by = todo.and_then(|todo| todo.begun_by.as_deref());
        let is_open =
            self.task().is_some() && still(self.kept).is_none() && self.kept.fold.ending().is_none();
        let waits = todo.is_some_and(|todo| todo.what == What::Countersign);
        let is_act = matches!(self.step.doing, Doing::Act { .. });
        let is_time = todo.is_some_and(|todo| todo.from <= self.now);
        let works = is_open && is_act && !waits && is_time && has(self.agent());
        let first = self.task().and_then(|task| task.handed.as_ref()?.by.as_ref());
        let is_own_hand = waits && first.is_some_and(|by| by.person == me);
        let start = match &self.step.doing {
            Doing::Call { playbook, .. } if is_open && acts::may_start(person) => Some(format!(
                "/desk/response/runs/new?playbook={playbook}&parent={}&place={}",
                self.kept.row.run, self.place
            )),
            _ => None,
        };
        May {
            is_open,
            take: works && begun_by.is_none(),
            over: works && begun_by.is_some_and(|by| by != me),
            work: works && begun_by == Some(me),
            sign: is_open && waits && has(self.second()) && !is_own_hand,
            refuse: is_open && !waits && (if is_act { has(self.agent()) } else { !own.is_empty() }),
            is_own_hand,
            start,
        }
    }
}

pub(super) fn show(
    app: &App,
    visit: &Visit,
    kept: &Kept,
    (place, form): (&Place, &FormState),
) -> Result<Reply, ActError> {
    let visit = &marked(visit, kept.row.is_exercise());
    let now = kept.now(app.clock.now_ms());
    let todo = kept.fold.todo(&kept.plan, now).into_iter().find(|todo| todo.place.as_ref() == Some(place));
    let step = kept.plan.steps.get(place.step()).ok_or_else(data::absent)?;
    let at = At { kept, place, step, todo, now };
    let ended = ended(visit, kept, place).filter(|_| at.task().is_none());
    if at.task().is_none() && ended.is_none() {
        return Err(Refusal::new(RefusalKind::NotFound, codes::NOTHING_WAITS).into());
    }
    let outside = outside(app, kept, place)?;
    let commands = commands(visit, kept, place);
    let own_line = |line: &&data::Line| acts::word_of(&line.entry.act).1 == Some(place);
    let back = at.task().map(|task| task.sent_back.clone()).unwrap_or_default();
    let back =
        back.iter().map(|(by, at, why)| (kept.name_of(&by.person).to_owned(), seconds(*at), why.clone()));
    let value = |name: &String| (name.clone(), kept.value_of(place, name).unwrap_or_default());
    let template = StepPage {
        visit,
        crumbs: crumbs(visit, Some(kept)),
        form,
        base: href(&kept.row.run),
        here: step_href(&kept.row.run, place),
        facts: at.facts(visit, ended.as_ref().map(|(tag, _, _)| tag)),
        may: at.may(actor(visit)?),
        has_foreign: commands.iter().any(|command| command.is_foreign),
        commands,
        outputs: outputs(kept, place),
        values: step.takes.iter().map(value).collect(),
        handed: handed(kept, place),
        sent_back: back.collect(),
        blocked: match &outside.standing {
            Some(Standing::Blocked(error)) => error.to_string(),
            _ => String::new(),
        },
        standing: outside.standing,
        asked: outside.asked.into_iter().map(|one| came_of(visit, one)).collect(),
        seal: kept.lines.iter().rfind(own_line).map(|line| app.seal(line.index, line.at)),
        ended,
        still: still(kept).map(|text| visit.t(text)),
        megabytes: MAX_FILE >> 20,
    };
    Ok(form_page(&template, form))
}

pub(super) type Address = Path<(String, String)>;

pub(super) fn place_of(text: &str) -> Result<Place, ActError> {
    text.parse().map_err(|_| Refusal::new(RefusalKind::NotFound, codes::NOTHING_WAITS).into())
}

pub(super) async fn look(Extract(app): Extract<Arc<App>>, visit: Visit, Path((id, place)): Address) -> Reply {
    run(visit, move |visit| {
        let kept = data::seen(&app.engine, actor(visit)?, &id)?;
        let place = place_of(&place)?;
        let _ = just_recorded(&app, visit)?;
        show(&app, visit, &kept, (&place, &FormState::new()))
    })
    .await
}
