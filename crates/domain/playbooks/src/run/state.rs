//! The state of a run.

use super::event::{Act, By, Clock, Ending, Entry, Mode};
use super::refusal::Refusal;
use crate::limits::Limits;
use crate::plan::Plan;
use scr_canon::Hash32;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// A step within a run: the branches that lead to it, and its number in the plan.
///
/// Written `4.1-12`: branch 1 (or turn 1 of a loop) of step 4, therein step 12. The same whatever order things happened in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Place {
    pub(crate) path: Vec<(usize, usize)>,
    pub(crate) step: usize,
}

/// Not the name of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a place is written 12 or 4.1-12")]
pub struct PlaceError;

impl Place {
    /// A step of the workflow itself.
    pub fn at(step: usize) -> Self {
        Self { path: Vec::new(), step }
    }

    /// The number of the step in the plan.
    pub fn step(&self) -> usize {
        self.step
    }

    /// Branches around it: the step to which each belongs, and its number or turn.
    pub fn path(&self) -> &[(usize, usize)] {
        &self.path
    }

    pub(crate) fn beside(&self, step: usize) -> Self {
        Self { path: self.path.clone(), step }
    }

    pub(crate) fn within(&self, branch: usize, step: usize) -> Self {
        let mut path = self.path.clone();
        path.push((self.step, branch));
        Self { path, step }
    }

    /// Whether it stands in a branch of another place.
    pub(crate) fn is_under(&self, above: &Self) -> bool {
        self.path.len() > above.path.len()
            && self.path.starts_with(&above.path)
            && self.path[above.path.len()].0 == above.step
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.path.iter().try_for_each(|(step, branch)| write!(f, "{step}.{branch}-"))?;
        write!(f, "{}", self.step)
    }
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, PlaceError> {
        let number = |text: &str| -> Result<usize, PlaceError> {
            let fine = (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
            let canonical = fine && (text == "0" || !text.starts_with('0'));
            if canonical { text.parse().map_err(|_| PlaceError) } else { Err(PlaceError) }
        };
        let (path, step) = text.rsplit_once('-').map_or((None, text), |(path, step)| (Some(path), step));
        let path = path.into_iter().flat_map(|path| path.split('-')).map(|part| {
            let (step, branch) = part.split_once('.').ok_or(PlaceError)?;
            Ok((number(step)?, number(branch)?))
        });
        Ok(Self { path: path.collect::<Result<_, _>>()?, step: number(step)? })
    }
}

impl TryFrom<String> for Place {
    type Error = PlaceError;

    fn try_from(text: String) -> Result<Self, PlaceError> {
        text.parse()
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

/// What was handed in with a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// Who; nobody where the program sent a request.
    pub by: Option<By>,
    /// When.
    pub at: i64,
    /// SHA-256 of what was handed in.
    pub evidence: Option<Hash32>,
    /// Words.
    pub note: Option<String>,
    /// Values that the step returns.
    pub outputs: BTreeMap<String, String>,
}

/// A step that waits for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Since when.
    pub since: i64,
    /// Who has taken it up, and when.
    pub begun: Option<(Option<By>, i64)>,
    /// What was handed in and waits for the second person.
    pub handed: Option<Handed>,
    /// Who sent it back, when and why.
    pub sent_back: Vec<(By, i64, String)>,
}

/// A step whose branches are under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Open {
    pub(crate) since: i64,
    /// For a loop: turns that were begun.
    pub(crate) turns: u64,
    /// For parallel branches: how each ended, and when.
    pub(crate) results: BTreeMap<usize, (bool, i64)>,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Somebody refused it.
    Refused(By, String),
    /// Its timeout passed.
    TimedOut,
    /// A branch of it failed, or the playbook that it started.
    Failed,
    /// A loop did not end within its bound.
    Bound,
    /// A condition that cannot be decided.
    Undecided,
    /// It was under way when something around it timed out, or when the run ended.
    Cancelled,
}

/// A step that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Since when it waited.
    pub since: i64,
    /// When it was taken up.
    pub begun: Option<i64>,
    /// What was handed in.
    pub handed: Option<Handed>,
    /// Who signed as the second, and when.
    pub second: Option<(By, i64)>,
    /// How it ended.
    pub outcome: Outcome,
    /// When.
    pub at: i64,
}

/// A variable's value, and what gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The value.
    pub value: String,
    /// When.
    pub at: i64,
    /// The step, where one did.
    pub place: Option<Place>,
}

/// Whether an entry was new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// It was.
    New,
    /// It had been taken in before.
    Known,
}

/// One run of one playbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub(crate) mode: Mode,
    pub(crate) clock: Clock,
    pub(crate) depth: u32,
    pub(crate) started: i64,
    pub(crate) digest: Hash32,
    pub(crate) limits: Limits,
    pub(crate) seen: BTreeMap<String, Hash32>,
    pub(crate) tasks: BTreeMap<Place, Task>,
    pub(crate) open: BTreeMap<Place, Open>,
    pub(crate) past: BTreeMap<Place, Vec<Past>>,
    pub(crate) variables: BTreeMap<String, Written>,
    pub(crate) pauses: Vec<(i64, Option<i64>)>,
    /// Since when the exception handler is at work.
    pub(crate) handling: Option<i64>,
    pub(crate) ending: Option<(Ending, i64)>,
    pub(crate) is_closed: bool,
}

impl Run {
    /// Begins a run.
    ///
    /// # Errors
    /// The entry is no start of this plan, or its clock, time, depth or variables cannot be.
    pub fn start(plan: &Plan, entry: &Entry, limits: &Limits) -> Result<Self, Refusal> {
        let Act::Started { playbook, digest, variables, clock, depth } = &entry.act else {
            return Err(Refusal::NotThisPlaybook);
        };
        if *playbook != plan.id || *digest != plan.digest {
            return Err(Refusal::NotThisPlaybook);
        }
        let is_clock = (1..=10_000).contains(&clock.rate);
        if !is_clock || (entry.mode == Mode::Real && *clock != Clock::real()) {
            return Err(Refusal::Clock);
        }
        if *depth > limits.playbooks {
            return Err(Refusal::TooDeep(limits.playbooks));
        }
        let mut run = Self {
            mode: entry.mode,
            clock: *clock,
            depth: *depth,
            started: entry.at,
            digest: *digest,
            limits: *limits,
            seen: BTreeMap::new(),
            tasks: BTreeMap::new(),
            open: BTreeMap::new(),
            past: BTreeMap::new(),
            variables: BTreeMap::new(),
            pauses: Vec::new(),
            handling: None,
            ending: None,
            is_closed: false,
        };
        run.begin(plan, entry, variables)?;
        Ok(run)
    }

    /// Folds a record: its first entry is the start.
    ///
    /// # Errors
    /// The place of the first entry that is not taken, and why.
    pub fn fold<'a>(
        plan: &Plan,
        entries: impl IntoIterator<Item = &'a Entry>,
        limits: &Limits,
    ) -> Result<Self, (usize, Refusal)> {
        let mut entries = entries.into_iter().enumerate();
        let (_, first) = entries.next().ok_or((0, Refusal::NotThisPlaybook))?;
        let mut run = Self::start(plan, first, limits).map_err(|refusal| (0, refusal))?;
        for (at, entry) in entries {
            run.apply(plan, entry).map_err(|refusal| (at, refusal))?;
        }
        Ok(run)
    }

    /// Whether it is meant.
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// How its time goes.
    pub fn clock(&self) -> Clock {
        self.clock
    }

    /// Playbooks around it.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// When it began, by its clock.
    pub fn started(&self) -> i64 {
        self.started
    }

    /// How and when it ended.
    pub fn ending(&self) -> Option<(Ending, i64)> {
        self.ending
    }

    /// Whether its end stands in the record.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Whether the clocks stand.
    pub fn is_paused(&self) -> bool {
        self.pauses.last().is_some_and(|(_, until)| until.is_none())
    }

    /// Steps that wait for something.
    pub fn tasks(&self) -> &BTreeMap<Place, Task> {
        &self.tasks
    }

    /// Steps that have ended, each as often as it was gone through.
    pub fn past(&self) -> &BTreeMap<Place, Vec<Past>> {
        &self.past
    }

    /// Values of variables.
    pub fn variables(&self) -> &BTreeMap<String, Written> {
        &self.variables
    }

    /// The end of a time that begins at `from` and lasts `length` milliseconds, pauses not counted. While the run stands
    /// still it moves with `now`.
    pub fn moment(&self, from: i64, length: u64, now: i64) -> i64 {
        let mut end = from.saturating_add(i64::try_from(length).unwrap_or(i64::MAX));
        for (begin, until) in &self.pauses {
            let until = until.unwrap_or(now);
            let begin = (*begin).max(from);
            if begin >= end {
                break;
            }
            end = end.saturating_add((until - begin).max(0));
        }
        end
    }
}
