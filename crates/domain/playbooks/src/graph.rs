//! The workflow as a graph: steps, what follows them, and the branches that belong to conditions, loops and parallel
//! steps. Read as far as it goes, whatever is wrong with it.

use crate::limits::Limits;
use crate::playbook::Playbook;
use serde_json::Value;
use std::collections::BTreeMap;

/// The eight kinds of steps (section 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Where the workflow begins.
    Start,
    /// Where the workflow or a branch ends.
    End,
    /// Commands.
    Action,
    /// Another playbook.
    Playbook,
    /// Branches at the same time.
    Parallel,
    /// One of two branches.
    If,
    /// A branch again and again.
    While,
    /// One of several branches.
    Switch,
}

impl StepKind {
    /// As the standard names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
            Self::Action => "action",
            Self::Playbook => "playbook-action",
            Self::Parallel => "parallel",
            Self::If => "if-condition",
            Self::While => "while-condition",
            Self::Switch => "switch-condition",
        }
    }

    fn of(text: &str) -> Option<Self> {
        use StepKind::{Action, End, If, Parallel, Playbook, Start, Switch, While};
        [Start, End, Action, Playbook, Parallel, If, While, Switch]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }

    /// Whether branches belong to it.
    pub const fn has_branches(self) -> bool {
        matches!(self, Self::Parallel | Self::If | Self::While | Self::Switch)
    }
}

/// How one step follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flow {
    /// When it was done (`on_completion`).
    Completion,
    /// When it was done, beside `on_failure` (`on_success`).
    Success,
    /// When it was not (`on_failure`).
    Failure,
}

impl Flow {
    /// The property.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Completion => "on_completion",
            Self::Success => "on_success",
            Self::Failure => "on_failure",
        }
    }
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its identifier.
    pub id: String,
    /// Its kind.
    pub kind: StepKind,
    /// What follows it.
    pub flows: Vec<(Flow, usize)>,
    /// Where its branches begin, with what leads into them: `true`, `false`, a case, or the number of the branch.
    pub branches: Vec<(String, usize)>,
    /// Steps that it names and that are not there, with the way to the place within the step.
    pub missing: Vec<(Vec<String>, String)>,
    /// The branch in which it stands, by number in [`Graph::scopes`]; `None` where no way leads.
    pub scope: Option<usize>,
}

impl Node {
    /// What follows by one flow.
    pub fn flow(&self, wanted: Flow) -> Option<usize> {
        self.flows.iter().find_map(|(flow, to)| (*flow == wanted).then_some(*to))
    }

    /// What follows when it was done.
    pub fn next(&self) -> Option<usize> {
        self.flow(Flow::Success).or_else(|| self.flow(Flow::Completion))
    }

    /// What follows when it was not done: `on_failure` alone, because the standard sends every other failure to
    /// `workflow_exception` (section 4.1).
    pub fn otherwise(&self) -> Option<usize> {
        self.flow(Flow::Failure)
    }
}

/// A branch: steps that follow one another up to an end step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The step to which it belongs, and the number of the branch; `None` for the workflow itself.
    pub owner: Option<(usize, usize)>,
    /// The branch in which that step stands.
    pub parent: Option<usize>,
    /// Where it begins.
    pub entry: usize,
    /// Branches around it.
    pub depth: usize,
}

/// The workflow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// Steps by identifier, in order of their identifiers: a step's number is its place here.
    pub nodes: Vec<Node>,
    /// `workflow_start`, where it is there.
    pub start: Option<usize>,
    /// `workflow_exception`, where it is there.
    pub exception: Option<usize>,
    /// The workflow itself first, where it has a start.
    pub scopes: Vec<Scope>,
    /// Steps that a second branch reaches, with that branch.
    pub shared: Vec<(usize, usize)>,
    /// Steps whose branches are nested beyond the limit and not looked into.
    pub too_nested: Vec<usize>,
}

impl Graph {
    /// Reads the workflow of a playbook.
    pub fn of(playbook: &Playbook, limits: &Limits) -> Self {
        let places: BTreeMap<&str, usize> = playbook
            .dictionary("workflow")
            .filter(|(_, step)| kind_of(step).is_some())
            .enumerate()
            .map(|(at, (id, _))| (id, at))
            .collect();
        let nodes = playbook
            .dictionary("workflow")
            .filter_map(|(id, step)| Some(node(id, kind_of(step)?, step, &places)))
            .collect();
        let place = |name: &str| playbook.text(name).and_then(|id| places.get(id).copied());
        let mut graph = Self {
            nodes,
            start: place("workflow_start"),
            exception: place("workflow_exception"),
            scopes: Vec::new(),
            shared: Vec::new(),
            too_nested: Vec::new(),
        };
        graph.find_scopes(limits);
        graph
    }

    /// The number of a step.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.id.as_str().cmp(id)).ok()
    }

    /// The scope of a branch.
    pub fn branch(&self, owner: usize, branch: usize) -> Option<usize> {
        self.scopes.iter().position(|scope| scope.owner == Some((owner, branch)))
    }

    fn find_scopes(&mut self, limits: &Limits) {
        let Some(start) = self.start else { return };
        self.scopes.push(Scope { owner: None, parent: None, entry: start, depth: 0 });
        let mut waiting = vec![(0, start)];
        // What handles an exception stands in the workflow itself.
        waiting.extend(self.exception.map(|step| (0, step)));
        while let Some((scope, step)) = waiting.pop() {
            match self.nodes[step].scope {
                Some(known) if known == scope => continue,
                Some(_) => {
                    if !self.shared.contains(&(step, scope)) {
                        self.shared.push((step, scope));
                    }
                    continue;
                }
                None => self.nodes[step].scope = Some(scope),
            }
            waiting.extend(self.nodes[step].flows.iter().map(|(_, to)| (scope, *to)));
            let depth = self.scopes[scope].depth + 1;
            if depth > limits.nesting && !self.nodes[step].branches.is_empty() {
                self.too_nested.push(step);
                continue;
            }
            for (branch, (_, entry)) in self.nodes[step].branches.iter().enumerate() {
                let owner = Some((step, branch));
                self.scopes.push(Scope { owner, parent: Some(scope), entry: *entry, depth });
                waiting.push((self.scopes.len() - 1, *entry));
            }
        }
        self.shared.sort_unstable();
    }
}

fn kind_of(step: &Value) -> Option<StepKind> {
    StepKind::of(step.get("type")?.as_str()?)
}

fn node(id: &str, kind: StepKind, step: &Value, places: &BTreeMap<&str, usize>) -> Node {
    let mut node = Node {
        id: id.to_owned(),
        kind,
        flows: Vec::new(),
        branches: Vec::new(),
        missing: Vec::new(),
        scope: None,
    };
    if kind != StepKind::End {
        for flow in [Flow::Completion, Flow::Success, Flow::Failure] {
            let name = flow.as_str();
            match named(step.get(name), places) {
                Named::Step(to) => node.flows.push((flow, to)),
                Named::Missing(id) => node.missing.push((vec![name.to_owned()], id)),
                Named::Nothing => {}
            }
        }
    }
    let lead: Vec<(String, Vec<String>, Option<&Value>)> = match kind {
        StepKind::Parallel => {
            let list = step.get("next_steps").and_then(Value::as_array).into_iter().flatten().enumerate();
            list.map(|(at, id)| (at.to_string(), vec!["next_steps".to_owned(), at.to_string()], Some(id)))
                .collect()
        }
        StepKind::If | StepKind::While => [("true", "on_true"), ("false", "on_false")]
            .into_iter()
            .filter(|(label, _)| kind == StepKind::If || *label == "true")
            .map(|(label, name)| (label.to_owned(), vec![name.to_owned()], step.get(name)))
            .collect(),
        StepKind::Switch => {
            let cases = step.get("cases").and_then(Value::as_object).into_iter().flatten();
            cases.map(|(case, id)| (case.clone(), vec!["cases".to_owned(), case.clone()], Some(id))).collect()
        }
        _ => Vec::new(),
    };
    for (label, place, id) in lead {
        match named(id, places) {
            Named::Step(to) => node.branches.push((label, to)),
            Named::Missing(id) => node.missing.push((place, id)),
            Named::Nothing => {}
        }
    }
    node
}

enum Named {
    Step(usize),
    Missing(String),
    Nothing,
}

fn named(value: Option<&Value>, places: &BTreeMap<&str, usize>) -> Named {
    let Some(id) = value.and_then(Value::as_str) else { return Named::Nothing };
    places.get(id).map_or_else(|| Named::Missing(id.to_owned()), |place| Named::Step(*place))
}
