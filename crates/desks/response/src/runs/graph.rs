//! The picture of a run: its steps as boxes with their states, and what follows what.

use super::words::{Shown, State};
use scr_playbooks::Playbook;
use scr_playbooks::graph::{Flow, Graph, StepKind};
use scr_playbooks::{LineKind, layout};
use std::fmt::Write as _;

const WIDTH: usize = 168;
const HEIGHT: usize = 74;
const GAP_X: usize = 46;
const GAP_Y: usize = 22;
const MARGIN: usize = 10;
/// Letters of one line in a box.
const LETTERS: usize = 22;
/// A larger workflow is read in its table.
const MOST: usize = 300;

/// What the picture says besides the steps' names.
pub(crate) struct Captions<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    pub(crate) late: &'a str,
    /// The word of each state.
    pub(crate) word: &'a dyn Fn(State) -> String,
    /// The way to a step.
    pub(crate) href: &'a dyn Fn(&Shown) -> Option<String>,
    pub(crate) is_rtl: bool,
}

pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&#38;"),
            '<' => out.push_str("&#60;"),
            '>' => out.push_str("&#62;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// A name in at most two lines.
fn lines(name: &str) -> [String; 2] {
    let mut lines = [String::new(), String::new()];
    let mut at = 0;
    for word in name.split_whitespace() {
        let letters = word.chars().count();
        let here = lines[at].chars().count();
        if here > 0 && here + 1 + letters > LETTERS {
            if at == 1 {
                lines[1].push('…');
                return lines;
            }
            at = 1;
        }
        if !lines[at].is_empty() {
            lines[at].push(' ');
        }
        lines[at].extend(word.chars().take(LETTERS));
    }
    lines
}

/// The picture; `None` for a workflow that is too large for one.
pub(crate) fn draw(playbook: &Playbook, steps: &[Shown], captions: &Captions<'_>) -> Option<String> {
    if steps.len() > MOST {
        return None;
    }
    let graph = Graph::of(playbook, &super::data::limits());
    let placed = layout(&graph);
    let width = MARGIN * 2 + placed.columns * (WIDTH + GAP_X) - GAP_X.min(placed.columns * GAP_X);
    let height = MARGIN * 2 + placed.rows * (HEIGHT + GAP_Y);
    let pen = Pen { at: &placed.at, width, is_rtl: captions.is_rtl };
    let mut body = String::new();
    for line in placed.lines.iter().filter(|line| line.from != line.to) {
        let dashes = match &line.kind {
            LineKind::Flow(Flow::Failure) => " stroke-dasharray=\"5 4\"",
            LineKind::Return => " stroke-dasharray=\"2 4\"",
            _ => "",
        };
        pen.line(&mut body, line.from, line.to, dashes);
    }
    for (number, shown) in steps.iter().enumerate() {
        let kind = graph.nodes.get(number).map(|node| node.kind);
        pen.node(&mut body, (number, shown), kind, captions);
    }
    let direction = if captions.is_rtl { "rtl" } else { "ltr" };
    let (title, description) = (escape(captions.title), escape(captions.description));
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph-svg whole\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"group\" aria-label=\"{title}\" direction=\"{direction}\" font-size=\"13\" font-family=\"system-ui, sans-serif\"><title>{title}</title><desc>{description}</desc>{body}</svg>"
    ))
}

struct Pen<'a> {
    at: &'a [(usize, usize)],
    width: usize,
    is_rtl: bool,
}

impl Pen<'_> {
    /// The left upper corner of a box.
    fn corner(&self, number: usize) -> (usize, usize) {
        let (column, row) = self.at.get(number).copied().unwrap_or_default();
        let x = MARGIN + column * (WIDTH + GAP_X);
        let y = MARGIN + row * (HEIGHT + GAP_Y);
        (if self.is_rtl { self.width.saturating_sub(x + WIDTH) } else { x }, y)
    }

    fn line(&self, body: &mut String, from: usize, to: usize, dashes: &str) {
        let ((fx, fy), (tx, ty)) = (self.corner(from), self.corner(to));
        let (x1, x2) = if self.is_rtl { (fx, tx + WIDTH) } else { (fx + WIDTH, tx) };
        let (y1, y2) = (fy + HEIGHT / 2, ty + HEIGHT / 2);
        let middle = usize::midpoint(x1, x2);
        let _ = write!(
            body,
            "<path class=\"edge\" fill=\"none\"{dashes} d=\"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2} {y2}\"/><circle class=\"edge-tip\" cx=\"{x2}\" cy=\"{y2}\" r=\"3.5\"/>"
        );
    }

    fn node(
        &self,
        body: &mut String,
        (number, shown): (usize, &Shown),
        kind: Option<StepKind>,
        captions: &Captions<'_>,
    ) {
        let (x, y) = self.corner(number);
        let here = matches!(shown.state, State::Waits | State::Taken | State::Second | State::Inside);
        let class = if here { "node here" } else { "node" };
        let round = match kind {
            Some(StepKind::Start | StepKind::End) => HEIGHT / 2,
            Some(StepKind::Action | StepKind::Playbook) => 4,
            _ => 16,
        };
        let dashes = if shown.state == State::Ahead { " stroke-dasharray=\"4 3\"" } else { "" };
        let start = if self.is_rtl { x + WIDTH - 12 } else { x + 12 };
        let mut state = (captions.word)(shown.state);
        if shown.is_late {
            state = format!("{state} · {}", captions.late);
        }
        let [one, two] = lines(&shown.name);
        let label = escape(&format!("{}: {state}", shown.name));
        let link = (captions.href)(shown);
        match &link {
            Some(href) => {
                let _ = write!(body, "<a href=\"{}\" aria-label=\"{label}\">", escape(href));
            }
            None => {
                let _ = write!(body, "<g role=\"img\" aria-label=\"{label}\">");
            }
        }
        let weight = if here { "650" } else { "400" };
        let _ = write!(
            body,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"{round}\"{dashes}/><text font-weight=\"{weight}\" x=\"{start}\" y=\"{}\">{}</text><text font-weight=\"{weight}\" x=\"{start}\" y=\"{}\">{}</text><text class=\"soft-text\" x=\"{start}\" y=\"{}\">{} {}</text>",
            y + 22,
            escape(&one),
            y + 39,
            escape(&two),
            y + 61,
            shown.state.shape(),
            escape(&state),
        );
        body.push_str(if link.is_some() { "</a>" } else { "</g>" });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_strangers_cannot_break_out_and_stay_short() {
        assert_eq!(escape("<script>\"'&\n"), "&#60;script&#62;&#34;&#39;&#38; ");
        let [one, two] = lines("Secure the evidence of everything that was found there and more");
        assert_eq!((one.as_str(), two.as_str()), ("Secure the evidence of", "everything that was…"));
        let [one, two] = lines(&"x".repeat(500));
        assert_eq!((one.chars().count(), two.as_str()), (LETTERS, ""));
    }
}
