//! Observation operators and qualifiers (STIX 2.1 §9.5): which observations satisfy a whole pattern.
//!
//! Each operator of time is settled by one point in time. `WITHIN w` holds where there is an earliest end s of its
//! observations such that none begins later than s + w; `FOLLOWEDBY` where there is a time t by which all on its left
//! have begun and before which none on its right has ended; `START x STOP y` asks each observation for itself. So for
//! each choice of such points, and of one side of each `OR`, what remains is to give every bracketed expression an
//! observation of its own among those that began and ended in time, which [`flow`](crate::flow) decides. Choices are
//! tried one after another, and the work is counted.

use crate::ast::{ObservationExpression, Qualifier};
use crate::error::EvalError;
use crate::evaluate::Candidates;
use crate::flow::{self, Demand};
use crate::observations::{Observation, Observations};
use crate::pattern::{Pattern, Reading};
use crate::work::Work;

/// A pattern without what a choice need not be made of.
enum Node {
    /// The n-th bracketed expression.
    Leaf(usize),
    And(Vec<Self>),
    Or(Vec<Self>),
    FollowedBy(Box<[Self; 2]>),
    Repeats(u64, Box<Self>),
    Within(i128, Box<Self>),
    /// From, and to (the last nanosecond that counts).
    Interval(i128, i128, Box<Self>),
}

/// What the time of an observation must be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Filter {
    first_at_most: i128,
    last_at_least: i128,
    is_timed: bool,
}

impl Filter {
    const ANY: Self = Self { first_at_most: i128::MAX, last_at_least: i128::MIN, is_timed: false };

    fn narrowed(self, last_at_least: i128, first_at_most: i128) -> Self {
        Self {
            first_at_most: self.first_at_most.min(first_at_most),
            last_at_least: self.last_at_least.max(last_at_least),
            is_timed: true,
        }
    }
}

/// A witness of the pattern (see [`Outcome`](crate::Outcome)).
pub(crate) fn solve(
    pattern: &Pattern,
    observations: &Observations<'_>,
    candidates: &[Candidates],
    work: &mut Work,
) -> Result<Option<Vec<usize>>, EvalError> {
    let node = node(&pattern.expression, pattern.reading, &mut 0);
    let certain: Vec<Vec<usize>> = candidates.iter().map(|found| found.certain.clone()).collect();
    let solver = Solver { observations, candidates: certain, takes_untimed: false };
    if let Some(witness) = solver.search(&node, work)? {
        return Ok(Some(witness));
    }
    let is_decided = candidates.iter().all(|found| found.unknown.is_empty());
    if is_decided && observations.list.iter().all(|observation| observation.time.is_some()) {
        return Ok(None);
    }
    // Would it match if all that is unknown were true?
    let possible = candidates.iter().map(|found| {
        let mut all = [found.certain.as_slice(), found.unknown.as_slice()].concat();
        all.sort_unstable();
        all
    });
    let solver = Solver { observations, candidates: possible.collect(), takes_untimed: true };
    match solver.search(&node, work)? {
        None => Ok(None),
        Some(_) => Err(work.take_trouble().unwrap_or(EvalError::NoTime)),
    }
}

fn node(expression: &ObservationExpression, reading: Reading, leaves: &mut usize) -> Node {
    match expression {
        ObservationExpression::Single(_) => {
            *leaves += 1;
            Node::Leaf(*leaves - 1)
        }
        ObservationExpression::And(parts) => {
            Node::And(parts.iter().map(|part| node(part, reading, leaves)).collect())
        }
        ObservationExpression::Or(parts) => {
            Node::Or(parts.iter().map(|part| node(part, reading, leaves)).collect())
        }
        ObservationExpression::FollowedBy(parts) => {
            let mut nodes = parts.iter().map(|part| node(part, reading, leaves));
            let first = nodes.next().unwrap_or(Node::And(Vec::new()));
            nodes.fold(first, |left, right| Node::FollowedBy(Box::new([left, right])))
        }
        ObservationExpression::Qualified(inner, qualifiers) => {
            let inner = node(inner, reading, leaves);
            qualifiers.iter().fold(inner, |inner, qualifier| qualified(inner, qualifier, reading))
        }
    }
}

fn qualified(inner: Node, qualifier: &Qualifier, reading: Reading) -> Node {
    match (qualifier, inner) {
        (Qualifier::Repeats(1), inner) => inner,
        // What each observation is asked for itself may as well be asked of all together.
        (Qualifier::Repeats(times), Node::Interval(from, to, inner)) => {
            Node::Interval(from, to, Box::new(Node::Repeats(*times, inner)))
        }
        (Qualifier::Repeats(times), inner) => Node::Repeats(*times, Box::new(inner)),
        // One observation lies within any window.
        (Qualifier::Within(_), inner @ Node::Leaf(_)) => inner,
        (Qualifier::Within(window), inner) => {
            let window = i128::try_from(*window).unwrap_or(i128::MAX);
            let window = if reading == Reading::Standard { window - 1 } else { window };
            Node::Within(window, Box::new(inner))
        }
        // No time is at or after START and before STOP: a choice without alternatives.
        (Qualifier::StartStop(start, stop), _) if stop <= start => Node::Or(Vec::new()),
        (Qualifier::StartStop(start, stop), inner) => {
            Node::Interval(start.nanoseconds(), stop.nanoseconds() - 1, Box::new(inner))
        }
    }
}

/// An entry of a list that grows at its head and shares its tail.
struct Cell<T> {
    value: T,
    next: Option<usize>,
}

/// What is still to be settled, and which observations are asked for already.
#[derive(Clone, Copy)]
struct State {
    goals: Option<usize>,
    slots: Option<usize>,
}

/// A choice to come back to.
struct Choice<'n> {
    node: &'n Node,
    filter: Filter,
    state: State,
    /// Lengths of the lists when the choice was made.
    lengths: (usize, usize),
    points: Vec<i128>,
    next: usize,
}

struct Slot {
    leaf: usize,
    filter: Filter,
    number: u64,
}

/// The lists of one search. What was added behind a choice is cut off when the search comes back to it.
struct Lists<'n> {
    goals: Vec<Cell<(&'n Node, Filter)>>,
    slots: Vec<Cell<Slot>>,
}

impl<'n> Lists<'n> {
    fn add_goal(&mut self, state: &mut State, node: &'n Node, filter: Filter) {
        self.goals.push(Cell { value: (node, filter), next: state.goals });
        state.goals = Some(self.goals.len() - 1);
    }
}

struct Solver<'o, 'a> {
    observations: &'o Observations<'a>,
    /// For each bracketed expression.
    candidates: Vec<Vec<usize>>,
    /// Observations without a time pass every filter.
    takes_untimed: bool,
}

/// How far a search came without a choice.
enum Progress<'n> {
    Settled(Vec<usize>),
    Failed,
    MustChoose(&'n Node, Filter, State),
}

impl Solver<'_, '_> {
    fn search(&self, node: &Node, work: &mut Work) -> Result<Option<Vec<usize>>, EvalError> {
        let mut lists = Lists { goals: Vec::new(), slots: Vec::new() };
        let mut choices: Vec<Choice<'_>> = Vec::new();
        let mut state = State { goals: None, slots: None };
        lists.add_goal(&mut state, node, Filter::ANY);
        loop {
            match self.forward(state, &mut lists, work)? {
                Progress::Settled(witness) => return Ok(Some(witness)),
                Progress::Failed => {}
                Progress::MustChoose(node, filter, state) => choices.push(Choice {
                    node,
                    filter,
                    state,
                    lengths: (lists.goals.len(), lists.slots.len()),
                    points: self.points(node, filter, work)?,
                    next: 0,
                }),
            }
            loop {
                let Some(choice) = choices.last_mut() else { return Ok(None) };
                work.spend(1)?;
                lists.goals.truncate(choice.lengths.0);
                lists.slots.truncate(choice.lengths.1);
                if let Some(next) = choice.take_next(&mut lists) {
                    state = next;
                    break;
                }
                choices.pop();
            }
        }
    }

    /// Settles goals until one needs a choice.
    fn forward<'n>(
        &self,
        mut state: State,
        lists: &mut Lists<'n>,
        work: &mut Work,
    ) -> Result<Progress<'n>, EvalError> {
        while let Some(at) = state.goals {
            work.spend(1)?;
            let Cell { value: (node, filter), next } = lists.goals[at];
            state.goals = next;
            let (leaf, number) = match node {
                Node::Leaf(leaf) => (*leaf, 1),
                Node::Repeats(times, inner) => match &**inner {
                    Node::Leaf(leaf) => (*leaf, *times),
                    inner => {
                        let times = usize::try_from(*times).unwrap_or(usize::MAX);
                        if lists.goals.len().saturating_add(times) > work.copies {
                            return Err(work.too_much());
                        }
                        work.spend(times)?;
                        (0..times).for_each(|_| lists.add_goal(&mut state, inner, filter));
                        continue;
                    }
                },
                Node::And(parts) => {
                    parts.iter().rev().for_each(|part| lists.add_goal(&mut state, part, filter));
                    continue;
                }
                Node::Interval(from, to, inner) => {
                    lists.add_goal(&mut state, inner, filter.narrowed(*from, *to));
                    continue;
                }
                Node::Or(_) | Node::Within(..) | Node::FollowedBy(_) => {
                    return Ok(Progress::MustChoose(node, filter, state));
                }
            };
            if !self.has_enough(leaf, filter, number, work)? {
                return Ok(Progress::Failed);
            }
            lists.slots.push(Cell { value: Slot { leaf, filter, number }, next: state.slots });
            state.slots = Some(lists.slots.len() - 1);
        }
        Ok(self.assign(state, lists, work)?.map_or(Progress::Failed, Progress::Settled))
    }

    fn passes(&self, at: usize, filter: Filter) -> bool {
        match self.observations.list[at].time {
            None => !filter.is_timed || self.takes_untimed,
            Some((first, last)) => {
                first.nanoseconds() <= filter.first_at_most && last.nanoseconds() >= filter.last_at_least
            }
        }
    }

    fn that_pass(&self, leaf: usize, filter: Filter) -> impl Iterator<Item = usize> + Clone {
        self.candidates[leaf].iter().copied().filter(move |at| self.passes(*at, filter))
    }

    /// Whether an expression has observations enough if no other takes any: spares most of the search.
    fn has_enough(
        &self,
        leaf: usize,
        filter: Filter,
        number: u64,
        work: &mut Work,
    ) -> Result<bool, EvalError> {
        let mut sum = 0_u64;
        for at in &self.candidates[leaf] {
            work.spend(1)?;
            if self.passes(*at, filter) {
                sum = sum.saturating_add(self.observations.list[*at].number);
                if sum >= number {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    fn assign(
        &self,
        state: State,
        lists: &Lists<'_>,
        work: &mut Work,
    ) -> Result<Option<Vec<usize>>, EvalError> {
        let mut slots = Vec::new();
        let mut at = state.slots;
        while let Some(Cell { value, next }) = at.and_then(|at| lists.slots.get(at)) {
            slots.push((value.leaf, value.filter, value.number));
            at = *next;
        }
        work.spend(slots.len())?;
        slots.sort_unstable();
        slots.dedup_by(|later, earlier| {
            let is_same = (later.0, later.1) == (earlier.0, earlier.1);
            if is_same {
                earlier.2 = earlier.2.saturating_add(later.2);
            }
            is_same
        });
        let demands: Vec<_> = slots
            .into_iter()
            .map(|(leaf, filter, number)| Demand { candidates: self.that_pass(leaf, filter), number })
            .collect();
        flow::assign(&demands, |at| self.observations.list[at].number, work)
    }

    /// The points in time at which a node may be settled, ascending; for `OR` its sides.
    fn points(&self, node: &Node, filter: Filter, work: &mut Work) -> Result<Vec<i128>, EvalError> {
        let mut points = Vec::new();
        match node {
            Node::Or(parts) => {
                points.extend((0_i128..).take(parts.len()));
                return Ok(points);
            }
            Node::Within(_, inner) => {
                self.times(
                    inner,
                    filter,
                    &mut points,
                    &|observation| observation.time.map(|time| time.1),
                    work,
                )?;
            }
            Node::FollowedBy(sides) => {
                self.times(
                    &sides[0],
                    filter,
                    &mut points,
                    &|observation| observation.time.map(|time| time.0),
                    work,
                )?;
            }
            _ => {}
        }
        points.sort_unstable();
        points.dedup();
        if points.is_empty() && self.takes_untimed {
            points.push(0);
        }
        Ok(points)
    }

    /// Times of all observations that the expressions of a node could use.
    fn times(
        &self,
        node: &Node,
        filter: Filter,
        times: &mut Vec<i128>,
        time: &impl Fn(&Observation<'_>) -> Option<crate::Moment>,
        work: &mut Work,
    ) -> Result<(), EvalError> {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            work.spend(1)?;
            match node {
                Node::Leaf(leaf) => {
                    work.spend(self.candidates[*leaf].len())?;
                    let passing = self.that_pass(*leaf, filter);
                    times.extend(
                        passing.filter_map(|at| Some(time(&self.observations.list[at])?.nanoseconds())),
                    );
                }
                Node::And(parts) | Node::Or(parts) => open.extend(parts),
                Node::FollowedBy(sides) => open.extend(sides.iter()),
                Node::Repeats(_, inner) | Node::Within(_, inner) | Node::Interval(_, _, inner) => {
                    open.push(inner)
                }
            }
        }
        Ok(())
    }
}

impl<'n> Choice<'n> {
    /// The state behind the next alternative.
    fn take_next(&mut self, lists: &mut Lists<'n>) -> Option<State> {
        let point = *self.points.get(self.next)?;
        let at = self.next;
        self.next += 1;
        let mut state = self.state;
        match self.node {
            Node::Or(parts) => lists.add_goal(&mut state, parts.get(at)?, self.filter),
            Node::Within(window, inner) => {
                lists.add_goal(&mut state, inner, self.filter.narrowed(point, point.saturating_add(*window)));
            }
            Node::FollowedBy(sides) => {
                lists.add_goal(&mut state, &sides[1], self.filter.narrowed(point, i128::MAX));
                lists.add_goal(&mut state, &sides[0], self.filter.narrowed(i128::MIN, point));
            }
            Node::Leaf(_) | Node::And(_) | Node::Repeats(..) | Node::Interval(..) => return None,
        }
        Some(state)
    }
}
