//! Runs as they stand: read from the views and folded.

use super::{around, codes};
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use scr_canon::Hash32;
use scr_core::{Actor, DrillClock, Refusal, RefusalKind, Role};
use scr_engine::rusqlite;
use scr_engine::{ActError, Engine, Fault};
use scr_playbooks::run::{Act, By, Ending, Entry, Mode, Place, Run};
use scr_playbooks::{Limits, Plan, Playbook};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

/// Playbooks that are kept in memory.
const KEPT: usize = 32;
/// Runs that have ended, of one list. Those under way are all looked at: their clocks go on.
const LISTED: i64 = 200;

/// Who has a role of the playbook: people of an organisation, of one role there or of any that works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// The organisation.
    pub org: String,
    /// Their role on the desk; nothing: managers, supervisors and clerks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<Role>,
}

impl Assigned {
    /// Whether somebody is meant.
    pub fn has(&self, actor: &Actor) -> bool {
        let works = matches!(actor.role, Role::Manager | Role::Supervisor | Role::Clerk);
        actor.org.as_str() == self.org && self.desk.map_or(works, |desk| desk == actor.role)
    }
}

/// The private side of a start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// What happened.
    pub occasion: String,
    /// Roles of the playbook.
    pub roles: BTreeMap<String, Assigned>,
    /// First values of external variables.
    pub variables: BTreeMap<String, String>,
    /// Playbooks around it.
    pub depth: u32,
}

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Who {
    /// The person's id.
    pub id: String,
    /// What they are called.
    pub name: String,
}

/// What everybody may know of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row0 {
    /// Its id.
    pub run: String,
    /// Index of its first entry.
    pub index: u64,
    /// When that was recorded, seconds since 1970.
    pub at: i64,
    /// Whose it is.
    pub org: String,
    /// Whether it is meant.
    pub mode: Mode,
    /// The playbook.
    pub playbook: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Steps of the playbook.
    pub steps: u64,
    /// When it began, milliseconds by its clock.
    pub run_at: i64,
    /// How its time goes.
    pub clock: DrillClock,
    /// Whether readers may know.
    pub is_public: bool,
    /// The playbook's name, where readers may know.
    pub title: String,
    /// The drill that it belongs to.
    pub drill: String,
    /// The election.
    pub election: String,
    /// The run around it.
    pub parent: String,
    /// At which step there.
    pub parent_place: String,
    /// Number of its last entry.
    pub sequence: u64,
    /// How it ended.
    pub ending: String,
    /// When, milliseconds by its clock.
    pub ended_at: Option<i64>,
}

const COLUMNS: &str = "run, idx, at, org, mode, playbook, version, digest, steps, run_at, clock_wall, clock_run, clock_rate, \
    is_public, title, drill, election, parent, parent_place, sequence, ending, ended_at";

fn row(row: &Row<'_>) -> rusqlite::Result<Row0> {
    let mode: String = row.get(4)?;
    Ok(Row0 {
        run: row.get(0)?,
        index: row.get::<_, i64>(1)?.cast_unsigned(),
        at: row.get(2)?,
        org: row.get(3)?,
        // Whatever is not plainly meant is an exercise.
        mode: if mode == "real" { Mode::Real } else { Mode::Exercise },
        playbook: row.get(5)?,
        version: row.get(6)?,
        digest: row.get(7)?,
        steps: row.get::<_, i64>(8)?.cast_unsigned(),
        run_at: row.get(9)?,
        clock: DrillClock { wall: row.get(10)?, run: row.get(11)?, rate: row.get(12)? },
        is_public: row.get(13)?,
        title: row.get(14)?,
        drill: row.get(15)?,
        election: row.get(16)?,
        parent: row.get(17)?,
        parent_place: row.get(18)?,
        sequence: row.get::<_, i64>(19)?.cast_unsigned(),
        ending: row.get(20)?,
        ended_at: row.get(21)?,
    })
}

impl Row0 {
    /// Whether it is a drill's.
    pub fn is_exercise(&self) -> bool {
        self.mode == Mode::Exercise
    }

    /// The time of its clock, milliseconds, at a time on the wall.
    pub fn now(&self, wall_ms: i64) -> i64 {
        self.clock.run_time(wall_ms)
    }
}

/// One entry of a run with its place in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Index in the log.
    pub index: u64,
    /// When it was recorded, seconds since 1970.
    pub at: i64,
    /// What the person is called.
    pub name: Option<String>,
    /// The entry.
    pub entry: Entry,
}

/// A run on the operator's node.
#[derive(Debug, Clone)]
pub struct Kept {
    /// What everybody may know.
    pub row: Row0,
    /// The private side of its start.
    pub start: Start,
    /// The playbook.
    pub playbook: Arc<Playbook>,
    /// As it is run.
    pub plan: Arc<Plan>,
    /// Everything that happened.
    pub lines: Vec<Line>,
    /// How it stands.
    pub fold: Run,
    /// People by their ids, as far as they are named.
    pub names: BTreeMap<String, String>,
    /// When its drill was ended, in seconds; nothing where it is meant or the drill goes on.
    pub drill_ended: Option<i64>,
}

impl Kept {
    /// What the run's clock shows. With its drill it stands still.
    pub fn now(&self, wall_ms: i64) -> i64 {
        // What was done in the second of the end was done before it.
        let end = self.drill_ended.map(|at| at.saturating_add(1).saturating_mul(1_000));
        self.row.now(end.map_or(wall_ms, |end| wall_ms.min(end)))
    }

    /// Roles of the playbook that somebody has, in the playbook's order.
    pub fn roles_of(&self, actor: &Actor) -> Vec<&str> {
        let has = |role: &str| self.start.roles.get(role).is_some_and(|assigned| assigned.has(actor));
        let mut roles: Vec<&str> = self.plan.agents.iter().map(|agent| agent.role.as_str()).collect();
        roles.retain(|role| has(role));
        roles
    }

    /// Whether somebody may look: people of organisations that take part.
    pub fn is_seen_by(&self, actor: &Actor) -> bool {
        let org = actor.org.as_str();
        self.row.org == org || self.start.roles.values().any(|assigned| assigned.org == org)
    }

    /// What somebody is called.
    pub fn name_of<'a>(&'a self, person: &'a str) -> &'a str {
        self.names.get(person).map_or(person, String::as_str)
    }

    /// The requests of an installation's allow list know variables by this.
    pub fn value_of(&self, place: &Place, name: &str) -> Option<String> {
        let own = self.plan.steps.get(place.step()).and_then(|step| step.variables.get(name));
        match own {
            Some(variable) => variable.value.clone(),
            None => self.fold.variables().get(name).map(|written| written.value.clone()),
        }
    }
}

/// How a run ended, as the record writes it.
pub(crate) fn ending_word(ending: Ending) -> &'static str {
    match ending {
        Ending::Completed => "completed",
        Ending::Failed => "failed",
        Ending::Aborted => "aborted",
    }
}

fn ending_of(word: &str) -> Ending {
    match word {
        "completed" => Ending::Completed,
        "aborted" => Ending::Aborted,
        _ => Ending::Failed,
    }
}

/// The limits of runs and playbooks.
pub(crate) fn limits() -> Limits {
    Limits::default()
}

type Both = (Arc<Playbook>, Arc<Plan>);

/// A playbook and its plan, by its bytes' digest.
pub(crate) fn plan_of(digest: &str, bytes: &[u8]) -> Option<Both> {
    static PLANS: LazyLock<Mutex<BTreeMap<String, Both>>> = LazyLock::new(Mutex::default);
    let mut plans = PLANS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(both) = plans.get(digest) {
        return Some(both.clone());
    }
    let playbook = Playbook::read(bytes, &limits()).ok()?;
    let plan = Plan::of(&playbook, &limits()).ok()?;
    if plan.digest.to_string() != digest {
        return None;
    }
    let both = (Arc::new(playbook), Arc::new(plan));
    if plans.len() >= KEPT {
        plans.pop_first();
    }
    plans.insert(digest.to_owned(), both.clone());
    Some(both)
}

/// What everybody may know of a run.
pub(crate) fn row_of(views: &Connection, run: &str) -> rusqlite::Result<Option<Row0>> {
    let sql = format!("SELECT {COLUMNS} FROM runs_run WHERE run = ?1");
    views.prepare_cached(&sql)?.query_row([run], row).optional()
}

/// All runs, the newest first; those under way, or those that have ended.
pub(crate) fn rows(views: &Connection, has_ended: bool) -> rusqlite::Result<Vec<Row0>> {
    let sql = format!("SELECT {COLUMNS} FROM runs_run WHERE (ending <> '') = ?1 ORDER BY idx DESC LIMIT ?2");
    let most = if has_ended { LISTED } else { -1 };
    views.prepare_cached(&sql)?.query_map(params![has_ended, most], row)?.collect()
}

/// Runs that a run has started.
pub(crate) fn children(views: &Connection, parent: &str) -> rusqlite::Result<Vec<Row0>> {
    let sql = format!("SELECT {COLUMNS} FROM runs_run WHERE parent = ?1 ORDER BY idx");
    views.prepare_cached(&sql)?.query_map([parent], row)?.collect()
}

struct RawLine {
    sequence: i64,
    index: u64,
    at: i64,
    act_word: String,
    run_at: i64,
    role: String,
    act: Option<String>,
    person: Option<String>,
}

fn raw_lines(views: &Connection, run: &str) -> rusqlite::Result<Vec<RawLine>> {
    let sql = "SELECT e.sequence, e.idx, e.at, e.act, e.run_at, e.role, a.act, p.person FROM runs_entry e
        LEFT JOIN runs_private_act a ON a.run = e.run AND a.sequence = e.sequence
        LEFT JOIN runs_private_person p ON p.run = e.run AND p.sequence = e.sequence
        WHERE e.run = ?1 ORDER BY e.sequence";
    let raw = |row: &Row<'_>| {
        Ok(RawLine {
            sequence: row.get(0)?,
            index: row.get::<_, i64>(1)?.cast_unsigned(),
            at: row.get(2)?,
            act_word: row.get(3)?,
            run_at: row.get(4)?,
            role: row.get(5)?,
            act: row.get(6)?,
            person: row.get(7)?,
        })
    };
    views.prepare_cached(sql)?.query_map([run], raw)?.collect()
}

/// The id of an entry within its run.
pub(crate) fn entry_id(run: &str, sequence: u64) -> String {
    format!("{run}:{sequence}")
}

/// A run as it stands; `None` where there is none, or its content was erased, or this is a mirror.
pub(crate) fn find(views: &Connection, run: &str) -> rusqlite::Result<Option<Kept>> {
    let Some(row) = row_of(views, run)? else { return Ok(None) };
    let sql = "SELECT start, playbook FROM runs_private_start WHERE run = ?1";
    let private: Option<(String, Vec<u8>)> =
        views.prepare_cached(sql)?.query_row([run], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((start, bytes)) = private else { return Ok(None) };
    let Ok(start) = serde_json::from_str::<Start>(&start) else { return Ok(None) };
    let Some((playbook, plan)) = plan_of(&row.digest, &bytes) else { return Ok(None) };
    let mut names = BTreeMap::new();
    let mut lines = Vec::new();
    for raw in raw_lines(views, run)? {
        let Some(line) = line(&row, &start, raw, &mut names) else { return Ok(None) };
        lines.push(line);
    }
    let Ok(fold) = Run::fold(&plan, lines.iter().map(|line| &line.entry), &limits()) else {
        return Ok(None);
    };
    let drill_ended = around::drill_ended(views, &row.drill)?;
    Ok(Some(Kept { row, start, playbook, plan, lines, fold, names, drill_ended }))
}

fn line(row: &Row0, start: &Start, raw: RawLine, names: &mut BTreeMap<String, String>) -> Option<Line> {
    let act = match raw.act_word.as_str() {
        "started" => start_act(row, start)?,
        "ended" => Act::Ended { ending: ending_of(&row.ending) },
        _ => serde_json::from_str(&raw.act?).ok()?,
    };
    let who = raw.person.and_then(|person| serde_json::from_str::<Who>(&person).ok());
    let by = (!raw.role.is_empty()).then(|| By {
        // Whoever was erased stays somebody.
        person: who.as_ref().map_or_else(|| format!("erased-{}", raw.index), |who| who.id.clone()),
        role: raw.role.clone(),
    });
    let name = who.map(|who| {
        names.insert(who.id, who.name.clone());
        who.name
    });
    let id = entry_id(&row.run, raw.sequence.cast_unsigned());
    let entry = Entry { id, mode: row.mode, at: raw.run_at, by, act };
    Some(Line { index: raw.index, at: raw.at, name, entry })
}

/// The act with which a run begins.
pub(crate) fn start_act(row: &Row0, start: &Start) -> Option<Act> {
    Some(Act::Started {
        playbook: row.playbook.clone(),
        digest: row.digest.parse::<Hash32>().ok()?,
        variables: start.variables.clone(),
        clock: row.clock,
        depth: start.depth,
    })
}

/// A run that somebody may look at.
///
/// # Errors
/// `SCR-RSP-040` where there is none, or not for them; faults of the views.
pub(crate) fn seen(engine: &Engine, actor: &Actor, run: &str) -> Result<Kept, ActError> {
    let kept = engine.read(|views| find(views, run))?;
    kept.filter(|kept| kept.is_seen_by(actor)).ok_or_else(|| absent().into())
}

/// There is no such run.
pub(crate) fn absent() -> Refusal {
    Refusal::new(RefusalKind::NotFound, codes::NO_RUN)
}

/// A file that was handed in.
pub(crate) fn file(engine: &Engine, run: &str, sequence: u64) -> Result<Option<Vec<u8>>, Fault> {
    engine.read(|views| {
        views
            .prepare_cached("SELECT file FROM runs_private_file WHERE run = ?1 AND sequence = ?2")?
            .query_row(params![run, sequence.cast_signed()], |row| row.get(0))
            .optional()
    })
}

/// A request of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its number within the step.
    pub number: u64,
    /// Which of the step's requests.
    pub command: u64,
    /// The entry of the allow list.
    pub target: String,
    /// Index of its entry.
    pub index: u64,
    /// When it was to be sent, seconds since 1970.
    pub at: i64,
    /// What came of it; empty: nothing yet.
    pub outcome: String,
    /// The status of the answer.
    pub status: Option<i64>,
    /// Whether somebody has let it be sent again.
    pub is_repeated: bool,
    /// What was sent.
    pub request: String,
    /// What came back.
    pub answer: String,
}

/// Requests of a step, in their order.
pub(crate) fn asked(views: &Connection, run: &str, place: &str) -> rusqlite::Result<Vec<Asked>> {
    let sql =
        "SELECT r.number, r.command, r.target, r.idx, r.at, r.outcome, r.status, r.repeated_idx IS NOT NULL,
        ifnull(p.request, ''), ifnull(p.answer, '') FROM runs_request r
        LEFT JOIN runs_private_request p ON p.run = r.run AND p.place = r.place AND p.number = r.number
        WHERE r.run = ?1 AND r.place = ?2 ORDER BY r.number";
    let one = |row: &Row<'_>| {
        Ok(Asked {
            number: row.get::<_, i64>(0)?.cast_unsigned(),
            command: row.get::<_, i64>(1)?.cast_unsigned(),
            target: row.get(2)?,
            index: row.get::<_, i64>(3)?.cast_unsigned(),
            at: row.get(4)?,
            outcome: row.get(5)?,
            status: row.get(6)?,
            is_repeated: row.get(7)?,
            request: row.get(8)?,
            answer: row.get(9)?,
        })
    };
    views.prepare_cached(sql)?.query_map([run, place], one)?.collect()
}

/// What everybody may know of a run's entries: act, time on its clock, step, index, time of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicLine {
    /// What happened.
    pub act: String,
    /// When, milliseconds by the run's clock.
    pub run_at: i64,
    /// At which step.
    pub place: String,
    /// Index of the entry.
    pub index: u64,
    /// When it was recorded.
    pub at: i64,
}

/// The public side of a run's entries.
pub(crate) fn public_lines(views: &Connection, run: &str) -> rusqlite::Result<Vec<PublicLine>> {
    let sql = "SELECT act, run_at, place, idx, at FROM runs_entry WHERE run = ?1 ORDER BY sequence";
    let one = |row: &Row<'_>| {
        Ok(PublicLine {
            act: row.get(0)?,
            run_at: row.get(1)?,
            place: row.get(2)?,
            index: row.get::<_, i64>(3)?.cast_unsigned(),
            at: row.get(4)?,
        })
    };
    views.prepare_cached(sql)?.query_map([run], one)?.collect()
}
