//! Places for the picture of a workflow: each step in a column behind everything that leads to it, and within a column
//! near what it is connected with. Columns and rows are whole numbers, from 0; a page makes lengths of them. The same
//! workflow always comes out the same.

use crate::graph::{Flow, Graph, StepKind};
use std::collections::BTreeMap;

/// Passes that bring steps nearer to what they are connected with.
const PASSES: usize = 6;
/// Positions are compared in these parts of a row.
const PARTS: i64 = 1_000;

/// What a line means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum LineKind {
    /// One step follows another.
    Flow(Flow),
    /// Into a branch: what leads there.
    Branch(String),
    /// From the end of a branch back to what follows the step to which it belongs.
    Return,
}

/// A line between two steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The number of a step in [`Graph::nodes`].
    pub from: usize,
    /// The number of another.
    pub to: usize,
    /// What it means.
    pub kind: LineKind,
    /// Whether it leads back to the left: only in workflows with an endless loop, and from a loop's end to its condition.
    pub is_back: bool,
}

/// Where everything stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Column and row of each step.
    pub at: Vec<(usize, usize)>,
    /// The lines.
    pub lines: Vec<Line>,
    /// Columns.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
}

/// Places the steps of a workflow.
pub fn layout(graph: &Graph) -> Layout {
    let mut lines = lines(graph);
    mark_back(graph, &mut lines);
    let columns = columns(graph.nodes.len(), &lines);
    let mut rows: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (node, column) in columns.iter().enumerate() {
        rows.entry(*column).or_default().push(node);
    }
    let mut near = vec![Vec::new(); columns.len()];
    for line in lines.iter().filter(|line| line.from != line.to) {
        near[line.from].push(line.to);
        near[line.to].push(line.from);
    }
    let mut places = vec![0_i64; columns.len()];
    rows.values().for_each(|list| number(list, &mut places));
    for _ in 0..PASSES {
        for list in rows.values_mut() {
            arrange(list, &near, &mut places);
        }
    }
    let longest = rows.values().map(Vec::len).max().unwrap_or(0);
    let mut at = vec![(0, 0); columns.len()];
    for (column, list) in &rows {
        let first = (longest - list.len()) / 2;
        for (row, node) in list.iter().enumerate() {
            at[*node] = (*column, first + row);
        }
    }
    Layout { at, lines, columns: rows.last_key_value().map_or(0, |(column, _)| column + 1), rows: longest }
}

fn lines(graph: &Graph) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |from, to, kind| lines.push(Line { from, to, kind, is_back: false });
    for (from, node) in graph.nodes.iter().enumerate() {
        for (flow, to) in &node.flows {
            add(from, *to, LineKind::Flow(*flow));
        }
        for (label, to) in &node.branches {
            add(from, *to, LineKind::Branch(label.clone()));
        }
        let owner = node.scope.and_then(|scope| graph.scopes[scope].owner);
        if let (StepKind::End, Some((owner, _))) = (node.kind, owner) {
            let above = &graph.nodes[owner];
            // A loop is asked again; everything else goes on.
            let to = if above.kind == StepKind::While { Some(owner) } else { above.next() };
            if let Some(to) = to {
                add(from, to, LineKind::Return);
            }
        }
    }
    lines
}

/// Lines that close a ring: found by walking from every step in order, without recursion.
fn mark_back(graph: &Graph, lines: &mut [Line]) {
    let count = graph.nodes.len();
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (number, line) in lines.iter().enumerate() {
        leads[line.from].push(number);
    }
    // 0: not seen, 1: on the way, 2: done.
    let mut state = vec![0_u8; count];
    for root in graph.start.into_iter().chain(0..count) {
        if state[root] != 0 {
            continue;
        }
        state[root] = 1;
        let mut way = vec![(root, 0_usize)];
        while let Some((node, next)) = way.last_mut() {
            let Some(number) = leads[*node].get(*next).copied() else {
                state[*node] = 2;
                way.pop();
                continue;
            };
            *next += 1;
            let to = lines[number].to;
            match state[to] {
                0 => {
                    state[to] = 1;
                    way.push((to, 0));
                }
                1 => lines[number].is_back = true,
                _ => {}
            }
        }
    }
}

/// Each step one column behind the last that leads to it.
fn columns(count: usize, lines: &[Line]) -> Vec<usize> {
    let mut columns = vec![0_usize; count];
    let mut degree = vec![0_usize; count];
    let forward = || lines.iter().filter(|line| !line.is_back);
    forward().for_each(|line| degree[line.to] += 1);
    let mut leads: Vec<Vec<usize>> = vec![Vec::new(); count];
    forward().for_each(|line| leads[line.from].push(line.to));
    let mut waiting: Vec<usize> = (0..count).filter(|node| degree[*node] == 0).collect();
    while let Some(node) = waiting.pop() {
        for to in &leads[node] {
            columns[*to] = columns[*to].max(columns[node] + 1);
            degree[*to] -= 1;
            if degree[*to] == 0 {
                waiting.push(*to);
            }
        }
    }
    columns
}

/// Positions along a column, measured from its middle.
fn number(list: &[usize], places: &mut [i64]) {
    let half = i64::try_from(list.len()).unwrap_or(0) * PARTS / 2;
    for (row, node) in (0_i64..).zip(list) {
        places[*node] = row * PARTS + PARTS / 2 - half;
    }
}

/// Orders a column by the average position of what each step is connected with.
fn arrange(list: &mut [usize], near: &[Vec<usize>], places: &mut [i64]) {
    let average = |node: usize| -> i64 {
        let count = i64::try_from(near[node].len()).unwrap_or(0);
        let sum: i64 = near[node].iter().map(|other| places[*other]).sum();
        if count == 0 { places[node] } else { sum / count }
    };
    let keys: BTreeMap<usize, (i64, i64)> =
        list.iter().map(|node| (*node, (average(*node), places[*node]))).collect();
    list.sort_by_key(|node| (keys.get(node).copied(), *node));
    number(list, places);
}
