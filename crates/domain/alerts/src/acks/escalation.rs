//! Who is called when a station is silent: a function of the board, of the calls that were made, and of the time. Nothing runs
//! in the background, so nothing is lost by a restart.

use super::{Board, Step};
use crate::areas::AreaTree;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most rungs of a line.
pub const MAX_RUNGS: usize = 12;
/// Latest deadline: 30 days after the alert was sent, in seconds.
const LATEST: u32 = 30 * 86_400;

/// Whom a rung calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Callee {
    /// The station itself, by its number.
    Station(u32),
    /// Whoever is responsible for an area, by its place in the tree.
    Area(u32),
}

/// One rung of the line of authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rung {
    /// `None`: the station itself. Else how many areas stand above the area that is called: 0 for the nation, and so on down.
    pub depth: Option<u8>,
    /// The step that a station must have come to.
    pub goal: Step,
    /// Seconds after the alert was sent at which the call is due.
    pub after: u32,
}

/// The line of authority: station, municipality, region, nation, each with its deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    rungs: Vec<Rung>,
}

/// Why rungs are no line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// None, or too many.
    #[error("SCR-ALR-033: a line has 1 to 12 rungs")]
    Count,
    /// Deadlines must ascend.
    #[error("SCR-ALR-034: rung {0} is not due after the one before it, or later than 30 days")]
    Deadline(usize),
}

impl Line {
    /// A line of these rungs.
    ///
    /// # Errors
    /// [`LineError`]
    pub fn new(rungs: Vec<Rung>) -> Result<Self, LineError> {
        if !(1..=MAX_RUNGS).contains(&rungs.len()) {
            return Err(LineError::Count);
        }
        let mut before = 0;
        for (at, rung) in rungs.iter().enumerate() {
            if rung.after <= before || rung.after > LATEST {
                return Err(LineError::Deadline(at + 1));
            }
            before = rung.after;
        }
        Ok(Self { rungs })
    }

    /// The rungs, by deadline.
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }
}

/// Calls that were made. In whatever order they are told, and however often, the same comes of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calls {
    made: BTreeMap<(usize, Callee), u64>,
}

impl Calls {
    /// Notes a call of a rung (from 0), at seconds since 1970, UTC.
    pub fn note(&mut self, rung: usize, callee: Callee, at: u64) {
        let made = self.made.entry((rung, callee)).or_insert(at);
        *made = at.min(*made);
    }

    /// When a call was made first.
    pub fn made(&self, rung: usize, callee: Callee) -> Option<u64> {
        self.made.get(&(rung, callee)).copied()
    }
}

/// A call that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The rung, from 0.
    pub rung: usize,
    /// Who is called.
    pub callee: Callee,
    /// Since when, seconds since 1970, UTC.
    pub since: u64,
    /// Silent stations that it is about.
    pub stations: u64,
    /// Their voters.
    pub voters: u64,
}

/// Who is called now, and when to look again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Escalation {
    /// Calls that are due: the highest rung first, then those with most voters.
    pub due: Vec<Due>,
    /// Calls that are due beyond those that were asked for.
    pub more: u64,
    /// When the next rung is due, if stations are silent then; `None` when nothing further comes.
    pub next: Option<u64>,
}

impl Line {
    /// What is due at `now` (seconds since 1970, UTC); at most `most` calls are listed. After the alert has expired nobody is
    /// called.
    pub fn escalation(
        &self,
        board: &Board,
        tree: &AreaTree,
        calls: &Calls,
        now: u64,
        most: usize,
    ) -> Escalation {
        let mut due = Vec::new();
        let mut next = None;
        let is_over = |at: u64| at >= board.expires();
        for (at, rung) in self.rungs.iter().enumerate() {
            let since = board.sent().saturating_add(u64::from(rung.after));
            if since > now {
                if next.is_none() && !is_over(since) && board.silent(rung.goal).next().is_some() {
                    next = Some(since);
                }
            } else if !is_over(now) {
                due.extend(
                    rung_due(at, rung, since, board, tree).filter(|one| calls.made(at, one.callee).is_none()),
                );
            }
        }
        due.sort_by_key(|one| (Reverse(one.rung), Reverse(one.voters), one.callee));
        let more = due.len().saturating_sub(most);
        due.truncate(most);
        Escalation { due, more: u64::try_from(more).unwrap_or(u64::MAX), next }
    }
}

fn rung_due<'a>(
    at: usize,
    rung: &Rung,
    since: u64,
    board: &'a Board,
    tree: &'a AreaTree,
) -> Box<dyn Iterator<Item = Due> + 'a> {
    let goal = rung.goal;
    let Some(depth) = rung.depth else {
        return Box::new(board.silent(goal).map(move |station| Due {
            rung: at,
            callee: Callee::Station(station.number),
            since,
            stations: 1,
            voters: u64::from(station.voters),
        }));
    };
    Box::new((0u32..).zip(tree.areas()).filter(move |(_, area)| area.depth == depth).filter_map(
        move |(place, _)| {
            let tally = board.tally(place);
            let stations = tally.short_of(goal);
            let voters = tally.voters_short_of(goal);
            (stations > 0).then_some(Due { rung: at, callee: Callee::Area(place), since, stations, voters })
        },
    ))
}
