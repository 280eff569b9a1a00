//! What people do with runs. Each act is one entry, decided on the run as it stands: whoever comes second learns who was first.

use super::around;
use super::codes;
use super::data::{self, Assigned, Kept, Row0, Start, Who};
use super::kinds::{ENDED, STARTED, STEPPED};
use super::refusals::refusal_of;
use super::settle::settle;
use super::source::Source;
use rusqlite::Connection;
use scr_canon::{Hash32, sha256};
use scr_core::{Actor, DrillClock, Refusal, RefusalKind, Role, uuid_v7};
use scr_engine::rusqlite;
use scr_engine::{ActError, Engine, Fault, NewEvent, Receipt};
use scr_playbooks::Plan;
use scr_playbooks::run::{Act, By, Entry, Mode, Place, Run};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Largest file that is handed in with a step, in bytes.
pub const MAX_FILE: usize = 8 << 20;
/// Longest text, in bytes.
const MAX_TEXT: usize = 8 << 10;
/// Longest note on what happened, in bytes.
const MAX_OCCASION: usize = 2 << 10;

/// Who acts, and what they are called.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// What they are called: private, and gone with the person.
    pub name: &'a str,
}

impl Person<'_> {
    pub(crate) fn sealed(&self, event: NewEvent) -> NewEvent {
        let who = Who { id: self.actor.person.to_string(), name: self.name.to_owned() };
        let owner = format!("person:{}", self.actor.person);
        event.private("person", owner, serde_json::to_vec(&who).unwrap_or_default())
    }
}

/// Runs of an organisation that are under way at a time: all of them are looked at every few seconds.
const MOST_OPEN: usize = 200;

/// A run to start.
#[derive(Debug, Clone)]
pub struct NewRun {
    /// The playbook.
    pub source: Source,
    /// The drill; nothing where it is meant.
    pub drill: Option<String>,
    /// The election.
    pub election: Option<String>,
    /// What happened.
    pub occasion: String,
    /// Whether readers may know that it goes on, and how far it is.
    pub is_public: bool,
    /// Who has the playbook's roles.
    pub roles: BTreeMap<String, Assigned>,
    /// First values of external variables.
    pub variables: BTreeMap<String, String>,
    /// The run and the step that start it.
    pub parent: Option<(String, Place)>,
}

/// Starts a run. Answers with its id.
///
/// # Errors
/// `SCR-RSP-041` (another role), `-042` (the playbook), `-043` (the drill), `-044` (a role that nobody has), `-051`, `-060`
/// (values of variables), `-058` (nothing is said of what happened), `-066` (an exercise for the public), `-067` (the step
/// that starts it), `-068` (not in force, and meant), `-078` (too many).
pub fn start(engine: &Engine, person: Person<'_>, new: &NewRun) -> Result<(String, Vec<Receipt>), ActError> {
    if !may_start(person.actor) {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::MAY_NOT_START).into());
    }
    let occasion = new.occasion.trim();
    if occasion.is_empty() || occasion.len() > MAX_OCCASION {
        return Err(Refusal::new(RefusalKind::Invalid, codes::REASON).on("occasion").into());
    }
    if new.is_public && new.drill.is_some() {
        return Err(Refusal::new(RefusalKind::Invalid, codes::PUBLIC_EXERCISE).on("is_public").into());
    }
    if !new.source.is_in_force && new.drill.is_none() {
        return Err(Refusal::new(RefusalKind::Conflict, codes::NOT_IN_FORCE).on("mode").into());
    }
    let no_playbook = || Refusal::new(RefusalKind::Invalid, codes::NO_PLAYBOOK).on("playbook");
    let digest = sha256(&new.source.bytes).to_string();
    let (_, plan) = data::plan_of(&digest, &new.source.bytes).ok_or_else(no_playbook)?;
    for agent in &plan.agents {
        let fine = new.roles.get(&agent.role).is_some_and(|assigned| !assigned.org.is_empty());
        if !fine {
            let nobody = Refusal::new(RefusalKind::Invalid, codes::NOBODY).with("role", &agent.name);
            return Err(nobody.on(&format!("role-{}", agent.role)).into());
        }
    }
    let run = uuid_v7(&**engine.clock(), &**engine.entropy());
    let wall_ms = engine.clock().now_ms();
    let begin = Begin { run: &run, new, plan: &plan, digest, occasion, wall_ms };
    let receipts = engine.record(person.actor, &|views, _| begin.decide(views, person))?;
    Ok((run, receipts))
}

/// Whether somebody may start runs.
pub fn may_start(actor: &Actor) -> bool {
    matches!(actor.role, Role::Manager | Role::Supervisor)
}

struct Begin<'a> {
    run: &'a str,
    new: &'a NewRun,
    plan: &'a Plan,
    digest: String,
    occasion: &'a str,
    wall_ms: i64,
}

impl Begin<'_> {
    fn decide(&self, views: &Connection, person: Person<'_>) -> Result<Vec<NewEvent>, ActError> {
        let new = self.new;
        let is_own = |row: &&Row0| row.org == person.actor.org.as_str();
        if data::rows(views, false).map_err(Fault::from)?.iter().filter(is_own).count() >= MOST_OPEN {
            return Err(Refusal::new(RefusalKind::Conflict, codes::TOO_MANY).with("most", MOST_OPEN).into());
        }
        let clock = self.clock(views)?;
        let mode = if new.drill.is_some() { Mode::Exercise } else { Mode::Real };
        let depth = self.depth(views, mode, person.actor)?;
        let start = Start {
            occasion: self.occasion.to_owned(),
            roles: new.roles.clone(),
            variables: new.variables.clone(),
            depth,
        };
        let at = clock.run_time(self.wall_ms);
        let row = self.row(person.actor, (mode, clock, at));
        let act = data::start_act(&row, &start).ok_or_else(|| Fault::log(&"a digest"))?;
        let entry = Entry { id: data::entry_id(self.run, 0), mode, at, by: None, act };
        let mut fold = Run::start(self.plan, &entry, &data::limits())
            .map_err(|refusal| refusal_of(&refusal, None, self.plan))?;
        let owner = owner_of(self.run);
        let start = serde_json::to_vec(&start).map_err(|error| Fault::log(&error))?;
        let event = NewEvent::about(&STARTED, subject_of(self.run), self.public(&row))
            .private("playbook", owner.as_str(), new.source.bytes.clone())
            .private("start", owner.as_str(), start);
        let mut events = vec![person.sealed(event)];
        if let Some((parent, _)) = &new.parent
            && let Some(first) = events.first_mut()
        {
            first.guard.push(subject_of(parent));
        }
        events.extend(settled(self.plan, &mut fold, (&row, at)));
        Ok(events)
    }

    fn clock(&self, views: &Connection) -> Result<DrillClock, ActError> {
        let Some(code) = &self.new.drill else { return Ok(DrillClock::real()) };
        let drills = around::drills(views).map_err(Fault::from)?;
        let drill = drills.into_iter().find(|drill| drill.drill == *code && drill.ended_at.is_none());
        let wrong = || Refusal::new(RefusalKind::Invalid, codes::DRILL).on("drill").into();
        drill.map(|drill| drill.clock).ok_or_else(wrong)
    }

    /// A playbook that a step starts is of the same mode, of the same drill, and the one that the step names. Its values go on in
    /// the run that waits for it: so only who takes part there may start it.
    fn depth(&self, views: &Connection, mode: Mode, actor: &Actor) -> Result<u32, ActError> {
        let Some((parent, place)) = &self.new.parent else { return Ok(0) };
        let kept = data::find(views, parent).map_err(Fault::from)?.filter(|kept| kept.is_seen_by(actor));
        let kept = kept.ok_or_else(data::absent)?;
        let wrong = || Refusal::new(RefusalKind::Conflict, codes::CHILD);
        let waits = kept.fold.tasks().contains_key(place);
        let step = kept.plan.steps.get(place.step()).ok_or_else(wrong)?;
        let is_wanted = matches!(&step.doing, scr_playbooks::Doing::Call { playbook, version }
            if *playbook == self.plan.id && version.as_ref().is_none_or(|version| *version == self.plan.modified));
        let is_same = kept.row.mode == mode && kept.row.drill == self.new.drill.clone().unwrap_or_default();
        let children = data::children(views, parent).map_err(Fault::from)?;
        let begun = kept.fold.tasks().get(place).map_or(0, |task| task.since);
        let is_new =
            !children.iter().any(|child| child.parent_place == place.to_string() && child.run_at >= begun);
        if waits && is_wanted && is_same && is_new { Ok(kept.fold.depth() + 1) } else { Err(wrong().into()) }
    }

    fn row(&self, actor: &Actor, (mode, clock, at): (Mode, DrillClock, i64)) -> Row0 {
        let new = self.new;
        let parent = new.parent.as_ref();
        Row0 {
            run: self.run.to_owned(),
            index: 0,
            at: 0,
            org: actor.org.to_string(),
            mode,
            playbook: self.plan.id.clone(),
            version: self.plan.modified.clone(),
            digest: self.digest.clone(),
            steps: self.plan.steps.len() as u64,
            run_at: at,
            clock,
            is_public: new.is_public,
            title: if new.is_public { self.plan.name.chars().take(100).collect() } else { String::new() },
            drill: new.drill.clone().unwrap_or_default(),
            election: new.election.clone().unwrap_or_default(),
            parent: parent.map(|(parent, _)| parent.clone()).unwrap_or_default(),
            parent_place: parent.map(|(_, place)| place.to_string()).unwrap_or_default(),
            sequence: 0,
            ending: String::new(),
            ended_at: None,
        }
    }

    fn public(&self, row: &Row0) -> Value {
        let clock = json!({"wall": row.clock.wall, "run": row.clock.run, "rate": row.clock.rate});
        let mut public = json!({
            "run": row.run, "org": row.org, "mode": mode_word(row.mode), "playbook": row.playbook,
            "version": row.version, "digest": row.digest, "steps": row.steps, "at": row.run_at, "clock": clock,
            "is_public": row.is_public,
        });
        for (name, value) in [
            ("title", &row.title),
            ("drill", &row.drill),
            ("election", &row.election),
            ("parent", &row.parent),
            ("parent_place", &row.parent_place),
        ] {
            if !value.is_empty() {
                public[name] = json!(value);
            }
        }
        public
    }
}

/// The mode, as the record writes it.
pub(crate) fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Real => "real",
        Mode::Exercise => "exercise",
    }
}

/// The subject of a run.
pub(crate) fn subject_of(run: &str) -> String {
    format!("run:{run}")
}

/// Who owns what is private in a run.
pub(crate) fn owner_of(run: &str) -> String {
    format!("run:{run}")
}

/// Something that a person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Takes a step up; `over`: from whoever has it.
    Take {
        /// Which.
        place: Place,
        /// Even where somebody else has it.
        over: bool,
    },
    /// Has done a step.
    Done {
        /// Which.
        place: Place,
        /// Words.
        note: String,
        /// What is handed in.
        file: Option<Vec<u8>>,
        /// Values that the step returns.
        outputs: BTreeMap<String, String>,
    },
    /// Signs as the second.
    Countersign {
        /// Which.
        place: Place,
    },
    /// Wants it done again.
    SendBack {
        /// Which.
        place: Place,
        /// Why.
        reason: String,
    },
    /// Will not do it.
    Refuse {
        /// Which.
        place: Place,
        /// Why.
        reason: String,
    },
    /// Gives a variable a value.
    SetVariable {
        /// Which.
        name: String,
        /// The value.
        value: String,
    },
    /// Lets all clocks stand.
    Pause {
        /// Why.
        reason: String,
    },
    /// Lets them go on.
    Resume,
    /// Breaks the run off.
    Abort {
        /// Why.
        reason: String,
    },
}

impl Deed {
    fn place(&self) -> Option<&Place> {
        match self {
            Self::Take { place, .. }
            | Self::Done { place, .. }
            | Self::Countersign { place }
            | Self::SendBack { place, .. }
            | Self::Refuse { place, .. } => Some(place),
            _ => None,
        }
    }

    fn act(&self, evidence: Option<Hash32>) -> Act {
        let note = |note: &str| Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        match self.clone() {
            Self::Take { place, .. } => Act::Begun { place },
            Self::Done { place, note: words, outputs, .. } => {
                Act::Done { place, evidence, note: note(&words), outputs }
            }
            Self::Countersign { place } => Act::Countersigned { place },
            Self::SendBack { place, reason } => Act::SentBack { place, reason: reason.trim().to_owned() },
            Self::Refuse { place, reason } => Act::Refused { place, reason: reason.trim().to_owned() },
            Self::SetVariable { name, value } => Act::VariableSet { name, value },
            Self::Pause { reason } => Act::Paused { reason: reason.trim().to_owned() },
            Self::Resume => Act::Resumed,
            Self::Abort { reason } => Act::Aborted { reason: reason.trim().to_owned() },
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        let long = |text: &str| text.len() > MAX_TEXT;
        match self {
            Self::SendBack { reason, .. }
            | Self::Refuse { reason, .. }
            | Self::Pause { reason }
            | Self::Abort { reason }
                if reason.trim().is_empty() || long(reason) =>
            {
                Err(Refusal::new(RefusalKind::Invalid, codes::REASON).on("reason"))
            }
            Self::Done { note, .. } if long(note) => {
                Err(Refusal::new(RefusalKind::Invalid, codes::REASON).on("note"))
            }
            Self::Done { file: Some(file), .. } if file.len() > MAX_FILE => {
                let most = MAX_FILE >> 20;
                Err(Refusal::new(RefusalKind::TooLarge, codes::FILE_SIZE).on("file").with("most", most))
            }
            _ => Ok(()),
        }
    }
}

/// Does something in a run.
///
/// # Errors
/// Refusals `SCR-RSP-040`, `-045` to `-061`, `-069`.
pub fn act(engine: &Engine, person: Person<'_>, run: &str, deed: &Deed) -> Result<Vec<Receipt>, ActError> {
    deed.check()?;
    let file = match deed {
        Deed::Done { file, .. } => file.as_deref().filter(|file| !file.is_empty()),
        _ => None,
    };
    let act = deed.act(file.map(sha256));
    engine.record(person.actor, &|views, _| {
        let kept = data::find(views, run).map_err(Fault::from)?.ok_or_else(data::absent)?;
        if !kept.is_seen_by(person.actor) {
            return Err(data::absent().into());
        }
        if kept.drill_ended.is_some() && !matches!(deed, Deed::Abort { .. }) {
            return Err(Refusal::new(RefusalKind::Conflict, codes::DRILL_ENDED).into());
        }
        let role = role_for(&kept, person.actor, deed)?;
        not_another_s(&kept, person.actor, deed)?;
        let at = kept.now(engine.clock().now_ms());
        let by = By { person: person.actor.person.to_string(), role };
        let sequence = kept.row.sequence + 1;
        let entry = Entry {
            id: data::entry_id(run, sequence),
            mode: kept.row.mode,
            at,
            by: Some(by),
            act: act.clone(),
        };
        let mut fold = kept.fold.clone();
        fold.apply(&kept.plan, &entry).map_err(|refusal| refusal_of(&refusal, Some(&kept), &kept.plan))?;
        let mut event = person.sealed(stepped(run, sequence, &entry));
        if let Some(file) = file {
            event = event.private("file", owner_of(run), file);
        }
        let mut events = vec![event];
        let row = Row0 { sequence, ..kept.row.clone() };
        events.extend(settled(&kept.plan, &mut fold, (&row, at)));
        Ok(events)
    })
}

/// In which role somebody does this: that of the step, where they have it.
fn role_for(kept: &Kept, actor: &Actor, deed: &Deed) -> Result<String, Refusal> {
    let own = kept.roles_of(actor);
    let wanted = wanted_role(kept, deed);
    let mine = match wanted {
        Some(wanted) => own.iter().find(|role| **role == wanted),
        None => own.first(),
    };
    mine.map(|role| (*role).to_owned()).ok_or_else(|| {
        let name = |role: &str| {
            let agent = kept.plan.agents.iter().find(|agent| agent.role == role);
            agent.map_or_else(|| role.to_owned(), |agent| agent.name.clone())
        };
        let wanted = wanted.map_or_else(String::new, name);
        Refusal::new(RefusalKind::Forbidden, codes::OTHER_ROLE).with("role", wanted)
    })
}

fn wanted_role<'a>(kept: &'a Kept, deed: &Deed) -> Option<&'a str> {
    let step = kept.plan.steps.get(deed.place()?.step())?;
    let agent = match deed {
        Deed::Countersign { .. } | Deed::SendBack { .. } => step.second,
        _ => step.agent(),
    };
    agent.and_then(|agent| kept.plan.agents.get(agent)).map(|agent| agent.role.as_str())
}

/// A step that somebody has is theirs until they give it up or another takes it over.
fn not_another_s(kept: &Kept, actor: &Actor, deed: &Deed) -> Result<(), Refusal> {
    let place = match deed {
        Deed::Take { place, over: false } | Deed::Done { place, .. } => place,
        _ => return Ok(()),
    };
    let begun = kept.fold.tasks().get(place).filter(|task| task.handed.is_none());
    let Some((Some(by), at)) = begun.and_then(|task| task.begun.as_ref()) else { return Ok(()) };
    if by.person == actor.person.as_str() {
        return Ok(());
    }
    let refusal = Refusal::new(RefusalKind::Conflict, codes::TAKEN);
    Err(refusal.with("who", kept.name_of(&by.person)).with("at", scr_engine::utc_text(at.div_euclid(1_000))))
}

/// The entry of an act. Its words are private.
pub(crate) fn stepped(run: &str, sequence: u64, entry: &Entry) -> NewEvent {
    let (word, place) = word_of(&entry.act);
    let mut public = json!({"run": run, "sequence": sequence, "act": word, "at": entry.at});
    if let Some(place) = place {
        public["place"] = json!(place.to_string());
    }
    if let Some(by) = &entry.by {
        public["role"] = json!(by.role);
    }
    if let Act::Done { evidence: Some(evidence), .. } = &entry.act {
        public["evidence"] = json!(evidence);
    }
    let act = serde_json::to_vec(&entry.act).unwrap_or_default();
    NewEvent::about(&STEPPED, subject_of(run), public).private("act", owner_of(run), act)
}

/// The word of an act in the record, and its step.
pub(crate) fn word_of(act: &Act) -> (&'static str, Option<&Place>) {
    match act {
        Act::Started { .. } => ("started", None),
        Act::Begun { place } => ("begun", Some(place)),
        Act::Done { place, .. } => ("done", Some(place)),
        Act::Countersigned { place } => ("countersigned", Some(place)),
        Act::SentBack { place, .. } => ("sent-back", Some(place)),
        Act::Refused { place, .. } => ("refused", Some(place)),
        Act::TimedOut { place } => ("timed-out", Some(place)),
        Act::Evaluated { place, .. } => ("evaluated", Some(place)),
        Act::ChildEnded { place, .. } => ("child-ended", Some(place)),
        Act::VariableSet { .. } => ("variable-set", None),
        Act::Paused { .. } => ("paused", None),
        Act::Resumed => ("resumed", None),
        Act::Aborted { .. } => ("aborted", None),
        Act::Ended { .. } => ("ended", None),
    }
}

/// What the program notes of itself after an act.
pub(crate) fn settled(plan: &Plan, fold: &mut Run, (row, at): (&Row0, i64)) -> Vec<NewEvent> {
    let entries = settle(plan, fold, (row, at));
    entries.iter().map(|(sequence, entry)| event_of(&row.run, *sequence, entry)).collect()
}

/// The event of an entry that the program notes.
pub(crate) fn event_of(run: &str, sequence: u64, entry: &Entry) -> NewEvent {
    if let Act::Ended { ending } = &entry.act {
        let public =
            json!({"run": run, "sequence": sequence, "ending": data::ending_word(*ending), "at": entry.at});
        return NewEvent::about(&ENDED, subject_of(run), public);
    }
    stepped(run, sequence, entry)
}
