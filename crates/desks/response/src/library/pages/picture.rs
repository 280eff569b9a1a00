//! The picture of a workflow: from top to bottom, each step below everything that leads to it. Lines run in the gaps between
//! the steps and cross no box.

use super::steps::{Steps, branch_name, flow_name};
use crate::library::shelf::Book;
use scr_playbooks::graph::{Flow, StepKind};
use scr_playbooks::{Layout, Line, LineKind, layout};
use scr_web::Visit;
use std::fmt::Write as _;

/// Steps in a picture; of more than these the table alone is shown.
const MOST: usize = 120;
/// A box.
const WIDTH: i32 = 200;
const HEIGHT: i32 = 64;
/// Beside a box, for lines.
const GAP: i32 = 60;
/// Below a box, for lines and their words.
const BELOW: i32 = 46;
const MARGIN: i32 = 14;
/// Letters in a line of a box.
const LETTERS: usize = 23;
/// How far parallel lines stand apart, and how many there are before they share a place.
const LANE: i32 = 9;
const LANES: i32 = 5;

/// Escapes text; control characters, which XML forbids, are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Text that keeps its own direction.
fn isolated(text: &str) -> String {
    format!("\u{2068}{}\u{2069}", escape(text))
}

/// A text in at most two lines.
fn lines(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    for word in text.split_whitespace() {
        let used = all.last().map_or(0, |line| line.chars().count());
        let long = word.chars().count();
        if used > 0 && used + 1 + long > LETTERS {
            if all.len() == 2 {
                if let Some(line) = all.last_mut() {
                    line.push('…');
                }
                return all;
            }
            all.push(String::new());
        }
        if let Some(line) = all.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.extend(word.chars().take(LETTERS));
            if long > LETTERS {
                line.push('…');
            }
        }
    }
    all
}

struct Pen {
    places: Layout,
    width: i32,
    rtl: bool,
    /// Lines that already run beside each row and above each column.
    beside: Vec<i32>,
    above: Vec<i32>,
}

fn whole(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(0)
}

/// The picture; `None` where there is nothing to draw, or more than a picture can show.
pub(super) fn picture(visit: &Visit, book: &Book, steps: &Steps, title: &str) -> Option<String> {
    let count = book.graph.nodes.len();
    if count == 0 || count > MOST {
        return None;
    }
    let places = layout(&book.graph);
    let width = 2 * MARGIN + whole(places.rows) * (WIDTH + GAP) + GAP;
    let height = 2 * MARGIN + whole(places.columns) * (HEIGHT + BELOW);
    let (beside, above) = (vec![0; places.rows + 1], vec![0; places.columns + 1]);
    let mut pen = Pen { places, width, rtl: visit.is_rtl(), beside, above };
    let mut body = String::new();
    let mut words = String::new();
    for line in pen.places.lines.clone() {
        pen.line(&mut body, &mut words, visit, book, &line);
    }
    for at in 0..count {
        pen.node(&mut body, visit, steps, at);
    }
    let description = visit.ta("library-picture-description", &[("steps", count.into())]);
    let direction = if pen.rtl { "rtl" } else { "ltr" };
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph-svg whole\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"group\" aria-label=\"{}\" direction=\"{direction}\" font-size=\"14\" font-family=\"system-ui, sans-serif\"><title>{}</title><desc>{}</desc>{body}{words}</svg>",
        escape(title),
        escape(title),
        escape(&description),
    ))
}

impl Pen {
    /// Where something is on the page that is so far from the side where reading begins.
    fn x(&self, x: i32) -> i32 {
        if self.rtl { self.width - x } else { x }
    }

    /// The upper corner of a box, from the side where reading begins.
    fn corner(&self, at: usize) -> (i32, i32) {
        let (column, row) = self.places.at[at];
        (MARGIN + GAP + whole(row) * (WIDTH + GAP), MARGIN + whole(column) * (HEIGHT + BELOW))
    }

    fn node(&self, out: &mut String, visit: &Visit, steps: &Steps, at: usize) {
        let Some(step) = steps.place[at].and_then(|row| steps.rows.get(row)) else { return };
        let (x, y) = self.corner(at);
        let left = if self.rtl { self.width - x - WIDTH } else { x };
        // Ends are round, questions have cut corners' look by a wide radius, acts are square.
        let radius = match step.kind {
            StepKind::Start | StepKind::End => 32,
            kind if kind.has_branches() => 14,
            _ => 3,
        };
        let dashes = if step.is_unreachable { " stroke-dasharray=\"4 4\"" } else { "" };
        let kind = match step.is_unreachable {
            true => format!("{} · {}", step.kind_name, visit.t("library-unreachable")),
            false => step.kind_name.clone(),
        };
        let label = format!("{}. {kind}: {}", step.number, step.name);
        let _ = write!(
            out,
            "<a href=\"#s{number}\" aria-label=\"{}\"><rect class=\"node\" fill=\"#fff\" stroke=\"#767b82\"{dashes} x=\"{left}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"{radius}\"/>",
            escape(&label),
            number = step.number,
        );
        let is_bare = step.name == step.kind_name;
        let start = self.x(x + if radius == 32 { 24 } else { 12 });
        let head = if is_bare { step.number.to_string() } else { format!("{}. {kind}", step.number) };
        let head: String = lines(&head).into_iter().next().unwrap_or_default();
        let _ = write!(
            out,
            "<text class=\"soft-text\" font-size=\"13\" x=\"{start}\" y=\"{}\">{}</text>",
            y + 19,
            isolated(&head)
        );
        for (line, base) in lines(&step.name).iter().zip([37, 54]) {
            let _ = write!(out, "<text x=\"{start}\" y=\"{}\">{}</text>", y + base, isolated(line));
        }
        out.push_str("</a>");
    }

    /// A line: straight down to the next level; otherwise out at the side, along a gap, and in from above.
    fn line(&mut self, out: &mut String, words: &mut String, visit: &Visit, book: &Book, line: &Line) {
        if line.from == line.to {
            return;
        }
        let (from, to) = (self.corner(line.from), self.corner(line.to));
        let (column, row) = self.places.at[line.from];
        let below = self.places.at[line.to].0;
        let is_failure = line.kind == LineKind::Flow(Flow::Failure);
        let middle = (from.0 + WIDTH / 2, to.0 + WIDTH / 2);
        let (path, word) = if below == column + 1 && !is_failure {
            let (begin, end) = (from.1 + HEIGHT, to.1);
            let bend = (begin + end) / 2;
            let path = format!(
                "M{a} {begin}C{a} {bend} {b} {bend} {b} {end}",
                a = self.x(middle.0),
                b = self.x(middle.1)
            );
            (path, ((middle.0 * 2 + middle.1) / 3, begin + 16))
        } else {
            let lane = self.lane(row);
            let height = self.height(below, to.1);
            let (side, level) = (from.0 + WIDTH, from.1 + HEIGHT / 2 + if is_failure { 10 } else { 0 });
            let path = format!(
                "M{} {level}H{lane}V{height}H{end}V{}",
                self.x(side),
                to.1,
                lane = self.x(lane),
                end = self.x(middle.1 + 14),
            );
            (path, (lane, level - 8))
        };
        let dashes = match &line.kind {
            LineKind::Flow(Flow::Failure) => " stroke-dasharray=\"6 4\"",
            LineKind::Return => " stroke-dasharray=\"2 4\"",
            _ => "",
        };
        let tip = self.x(if below == column + 1 && !is_failure { middle.1 } else { middle.1 + 14 });
        let _ = write!(
            out,
            "<path class=\"edge\" fill=\"none\" stroke=\"#767b82\"{dashes} d=\"{path}\"/><path class=\"edge-tip\" fill=\"#767b82\" d=\"M{tip} {}l-4 -7h8z\"/>",
            to.1
        );
        let text = match &line.kind {
            LineKind::Branch(label) => branch_name(visit, book.graph.nodes[line.from].kind, label),
            LineKind::Flow(Flow::Failure) => flow_name(visit, Flow::Failure),
            _ => return,
        };
        let text: String = text.chars().take(24).collect();
        let _ = write!(
            words,
            "<text class=\"soft-text edge-word\" font-size=\"13\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            self.x(word.0),
            word.1,
            isolated(&text)
        );
    }

    /// A free place in the gap behind a row.
    fn lane(&mut self, row: usize) -> i32 {
        let used = self.beside[row];
        self.beside[row] += 1;
        MARGIN + GAP + whole(row) * (WIDTH + GAP) + WIDTH + 12 + (used % LANES) * LANE
    }

    /// A free place in the gap above a column.
    fn height(&mut self, column: usize, top: i32) -> i32 {
        let used = self.above[column];
        self.above[column] += 1;
        top - 10 - (used % 3) * 6
    }
}
