//! The workflow as a graph: what a schema cannot see.

use crate::finding::{Code, Findings};
use crate::graph::{Graph, StepKind};
use crate::playbook::Playbook;

pub(super) fn check(found: &mut Findings, playbook: &Playbook, graph: &Graph) {
    entries(found, playbook, graph);
    let cyclic = cyclic(graph);
    found.at("workflow", |found| {
        for (at, node) in graph.nodes.iter().enumerate() {
            found.at(&node.id, |found| step(found, graph, at, &cyclic));
        }
        shared(found, graph);
        ends(found, graph);
    });
}

/// `workflow_start` and `workflow_exception`.
fn entries(found: &mut Findings, playbook: &Playbook, graph: &Graph) {
    for (name, place) in [("workflow_start", graph.start), ("workflow_exception", graph.exception)] {
        if let (Some(id), None) = (playbook.text(name), place) {
            found.at(name, |found| found.say(Code::StepMissing, "value", id));
        }
    }
}

fn step(found: &mut Findings, graph: &Graph, at: usize, cyclic: &[bool]) {
    let node = &graph.nodes[at];
    for (place, id) in &node.missing {
        found.within(place, |found| found.say(Code::StepMissing, "value", id));
    }
    // Without a start everything would be unreachable, which is said once.
    if node.scope.is_none() && graph.start.is_some() {
        found.add(Code::Unreachable, Vec::new());
    }
    let goes_on = node.next().is_some()
        || node.missing.iter().filter_map(|(place, _)| place.first()).any(|name| name.starts_with("on_"));
    match node.kind {
        StepKind::End => {}
        kind if kind.has_branches() && !goes_on => found.add(Code::EndImplied, Vec::new()),
        _ if !goes_on => found.add(Code::NextMissing, Vec::new()),
        _ => {}
    }
    if cyclic[at] {
        found.add(Code::EndlessLoop, Vec::new());
    }
    if graph.too_nested.contains(&at) {
        found.add(Code::TooNested, Vec::new());
    }
}

fn shared(found: &mut Findings, graph: &Graph) {
    for (step, scope) in &graph.shared {
        let node = &graph.nodes[*step];
        let code = if node.kind == StepKind::End { Code::EndShared } else { Code::StepShared };
        let owner = graph.scopes[*scope].owner.map_or("", |(owner, _)| graph.nodes[owner].id.as_str());
        found.at(&node.id, |found| found.say(code, "with", owner));
    }
}

/// Every branch must reach an end step, or a step with branches that nothing follows.
fn ends(found: &mut Findings, graph: &Graph) {
    let mut reaches: Vec<bool> = graph
        .nodes
        .iter()
        .map(|node| node.kind == StepKind::End || (node.kind.has_branches() && node.next().is_none()))
        .collect();
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    for (at, node) in graph.nodes.iter().enumerate() {
        for (_, to) in &node.flows {
            before[*to].push(at);
        }
    }
    let mut waiting: Vec<usize> = (0..graph.nodes.len()).filter(|at| reaches[*at]).collect();
    while let Some(at) = waiting.pop() {
        for from in &before[at] {
            if !std::mem::replace(&mut reaches[*from], true) {
                waiting.push(*from);
            }
        }
    }
    for scope in graph.scopes.iter().filter(|scope| !reaches[scope.entry]) {
        found.at(&graph.nodes[scope.entry].id, |found| found.add(Code::NoEnd, Vec::new()));
    }
}

/// Steps that lead to themselves by what follows them: those on a cycle of flows (Tarjan's algorithm would name the
/// components; what is left after taking away, again and again, steps that nothing leads to or that lead nowhere, is on or
/// between cycles, which is what a person has to look at).
fn cyclic(graph: &Graph) -> Vec<bool> {
    let count = graph.nodes.len();
    let mut left = vec![true; count];
    for backwards in [false, true] {
        let mut degree = vec![0_usize; count];
        let mut edges: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (from, node) in graph.nodes.iter().enumerate().filter(|(from, _)| left[*from]) {
            for (_, to) in node.flows.iter().filter(|(_, to)| left[*to]) {
                let (from, to) = if backwards { (*to, from) } else { (from, *to) };
                edges[from].push(to);
                degree[to] += 1;
            }
        }
        let mut waiting: Vec<usize> = (0..count).filter(|at| left[*at] && degree[*at] == 0).collect();
        while let Some(at) = waiting.pop() {
            left[at] = false;
            for to in &edges[at] {
                degree[*to] -= 1;
                if degree[*to] == 0 {
                    waiting.push(*to);
                }
            }
        }
    }
    left
}
