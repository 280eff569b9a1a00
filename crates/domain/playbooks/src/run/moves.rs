//! How a run moves on by itself: what follows a step, where branches begin and end. A list of what is still to be moved
//! takes the place of recursion; workflows have no cycle but loops, and every turn of a loop waits for an entry.

use super::event::Ending;
use super::state::{Open, Outcome, Past, Place, Run, Task};
use crate::graph::StepKind;
use crate::plan::Plan;

/// Something that moves.
pub(super) enum Move {
    /// A step begins.
    Enter(Place, i64),
    /// A step has ended, well or not.
    Leave(Place, bool, i64),
    /// A branch has ended, well or not: its path.
    Close(Vec<(usize, usize)>, bool, i64),
}

impl Run {
    /// Moves on until everything waits.
    pub(super) fn go(&mut self, plan: &Plan, first: Move) {
        let mut moves = vec![first];
        while let Some(one) = moves.pop() {
            // Of branches that end at once the rest goes with the run.
            if self.ending.is_some() {
                return;
            }
            match one {
                Move::Enter(place, at) => self.enter(plan, place, at, &mut moves),
                Move::Leave(place, well, at) => Self::leave(plan, &place, well, at, &mut moves),
                Move::Close(path, well, at) => self.close(plan, path, well, at, &mut moves),
            }
        }
    }

    fn enter(&mut self, plan: &Plan, place: Place, at: i64, moves: &mut Vec<Move>) {
        let step = &plan.steps[place.step];
        let passes = matches!(step.kind, StepKind::Start | StepKind::End | StepKind::Parallel);
        if passes && step.delay == 0 {
            self.pass(plan, place, at, at, moves);
        } else {
            self.tasks.insert(place, Task { since: at, begun: None, handed: None, sent_back: Vec::new() });
        }
    }

    /// A step without commands of its own is gone through.
    pub(super) fn pass(&mut self, plan: &Plan, place: Place, since: i64, at: i64, moves: &mut Vec<Move>) {
        let step = &plan.steps[place.step];
        match step.kind {
            StepKind::Parallel => {
                self.open.insert(place.clone(), Open { since, turns: 0, results: Default::default() });
                // The last is taken first.
                for (branch, (_, entry)) in step.branches.iter().enumerate().rev() {
                    moves.push(Move::Enter(place.within(branch, *entry), at));
                }
            }
            StepKind::End => {
                self.note(&place, Past::plain(since, Outcome::Done, at));
                moves.push(Move::Close(place.path, true, at));
            }
            _ => {
                self.note(&place, Past::plain(since, Outcome::Done, at));
                moves.push(Move::Leave(place, true, at));
            }
        }
    }

    pub(super) fn note(&mut self, place: &Place, past: Past) {
        self.past.entry(place.clone()).or_default().push(past);
    }

    /// What follows a step that is noted already.
    fn leave(plan: &Plan, place: &Place, well: bool, at: i64, moves: &mut Vec<Move>) {
        let step = &plan.steps[place.step];
        let next = if well { step.next } else { step.otherwise };
        moves.push(match next {
            Some(next) => Move::Enter(place.beside(next), at),
            None => Move::Close(place.path.clone(), well, at),
        });
    }

    fn close(
        &mut self,
        plan: &Plan,
        mut path: Vec<(usize, usize)>,
        well: bool,
        at: i64,
        moves: &mut Vec<Move>,
    ) {
        let Some((owner, branch)) = path.pop() else { return self.close_all(plan, well, at, moves) };
        let place = Place { path, step: owner };
        let Some(open) = self.open.get_mut(&place) else { return };
        let step = &plan.steps[owner];
        let (ended, at) = match step.kind {
            StepKind::Parallel => {
                open.results.insert(branch, (well, at));
                if open.results.len() < step.branches.len() {
                    return;
                }
                let last = open.results.values().map(|(_, at)| *at).max().unwrap_or(at);
                (open.results.values().all(|(well, _)| *well), last)
            }
            StepKind::While if well => {
                // Back to the condition.
                self.tasks
                    .insert(place, Task { since: at, begun: None, handed: None, sent_back: Vec::new() });
                return;
            }
            _ => (well, at),
        };
        let since = open.since;
        self.open.remove(&place);
        let outcome = if ended { Outcome::Done } else { Outcome::Failed };
        self.note(&place, Past::plain(since, outcome, at));
        moves.push(Move::Leave(place, ended, at));
    }

    /// The workflow itself has come to an end, or a failure has come up to it.
    fn close_all(&mut self, plan: &Plan, well: bool, at: i64, moves: &mut Vec<Move>) {
        match (well, self.handling, plan.exception) {
            (true, None, _) => self.ending = Some((Ending::Completed, at)),
            (false, None, Some(handler)) => {
                self.handling = Some(at);
                moves.push(Move::Enter(Place::at(handler), at));
            }
            _ => self.ending = Some((Ending::Failed, at)),
        }
    }

    /// Everything under a place ends with it.
    pub(super) fn cancel(&mut self, above: Option<&Place>, at: i64) {
        let goes = |place: &Place| above.is_none_or(|above| place.is_under(above));
        let tasks: Vec<Place> = self.tasks.keys().filter(|place| goes(place)).cloned().collect();
        for place in tasks {
            if let Some(task) = self.tasks.remove(&place) {
                self.note(&place, Past::of(task, Outcome::Cancelled, at));
            }
        }
        let open: Vec<Place> = self.open.keys().filter(|place| goes(place)).cloned().collect();
        for place in open {
            if let Some(open) = self.open.remove(&place) {
                self.note(&place, Past::plain(open.since, Outcome::Cancelled, at));
            }
        }
    }
}

impl Past {
    pub(super) fn plain(since: i64, outcome: Outcome, at: i64) -> Self {
        Self { since, begun: None, handed: None, second: None, outcome, at }
    }

    pub(super) fn of(task: Task, outcome: Outcome, at: i64) -> Self {
        let begun = task.begun.map(|(_, at)| at);
        Self { since: task.since, begun, handed: task.handed, second: None, outcome, at }
    }
}
