//! The picture of a graph: boxes in columns, and connections with their words.

use super::kinds::{Column, Shape};
use super::layout::{GAP, HEIGHT, Layout, WIDTH, layout};
use super::svg::{escape, isolated, lines, shape};
use std::fmt::Write;

/// A box.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Its column.
    pub(crate) column: Column,
    /// Its shape.
    pub(crate) shape: Shape,
    /// What it is, in a word.
    pub(crate) kind: String,
    /// What it is called.
    pub(crate) title: String,
    /// Its page.
    pub(crate) href: String,
    /// A word about its state, if there is one to say.
    pub(crate) state: Option<String>,
}

/// A connection.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    /// From which box.
    pub(crate) from: usize,
    /// To which.
    pub(crate) to: usize,
    /// What it is called.
    pub(crate) word: String,
}

/// A drawing, and how many of its connections found no room for their word.
#[derive(Debug, Clone)]
pub(crate) struct Drawing {
    /// The SVG.
    pub(crate) svg: String,
    /// Words that stand in the table alone.
    pub(crate) unsaid: usize,
}

/// How wide a letter of a connection's word is, about.
const LETTER: i32 = 7;
const LINE: i32 = 17;
/// Where on its way a connection's word is tried, in percent.
const PLACES: [i32; 11] = [50, 42, 58, 34, 66, 26, 74, 18, 82, 12, 88];
/// Letters in a line of a box.
const LETTERS: usize = 24;

/// Draws a graph. The first box is the one that was asked for. `headings` are those of all columns, in their order.
pub(crate) fn draw(
    title: &str,
    description: &str,
    nodes: &[Node],
    edges: &[Edge],
    headings: &[String; 4],
    rtl: bool,
) -> Drawing {
    let columns: Vec<Column> = nodes.iter().map(|node| node.column).collect();
    let pairs: Vec<(usize, usize)> = edges.iter().map(|edge| (edge.from, edge.to)).collect();
    let places = layout(&columns, &pairs);
    let pen = Pen { places: &places, rtl };
    let mut body = String::new();
    for (column, x) in &places.columns {
        let heading =
            Column::ALL.iter().zip(headings).find(|(one, _)| *one == column).map_or("", |(_, text)| text);
        let _ = write!(
            body,
            "<text class=\"figure\" font-weight=\"650\" x=\"{}\" y=\"20\">{}</text>",
            pen.start(*x),
            escape(heading)
        );
    }
    let mut words = Words { boxes: &places.at, ..Words::default() };
    let mut said = String::new();
    for edge in
        edges.iter().filter(|edge| edge.from < nodes.len() && edge.to < nodes.len() && edge.from != edge.to)
    {
        pen.edge(&mut body, &mut said, &mut words, edge);
    }
    for (number, node) in nodes.iter().enumerate() {
        pen.node(&mut body, node, number);
    }
    body.push_str(&said);
    let direction = if rtl { "rtl" } else { "ltr" };
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"graph-svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"group\" aria-label=\"{}\" direction=\"{direction}\" font-size=\"14\" font-family=\"system-ui, sans-serif\"><title>{}</title><desc>{}</desc>{body}</svg>",
        escape(title),
        escape(title),
        escape(description),
        w = places.width,
        h = places.height,
    );
    Drawing { svg, unsaid: words.unsaid }
}

/// Where words stand already.
#[derive(Default)]
struct Words<'a> {
    boxes: &'a [(i32, i32)],
    taken: Vec<(i32, i32, i32)>,
    unsaid: usize,
}

impl Words<'_> {
    /// The first of these places around which there is room: on no box, and on no other word. Places are counted from the
    /// side where the picture begins.
    fn place(&mut self, word: &str, places: &[(i32, i32)]) -> Option<(i32, i32)> {
        let half = i32::try_from(word.chars().count()).unwrap_or(i32::MAX / 16) * LETTER / 2;
        let is_free = |(x, y): (i32, i32)| {
            let covers = |(left, top): &(i32, i32)| {
                x + half > *left
                    && x - half < left + WIDTH
                    && y + LINE / 2 > *top
                    && y - LINE / 2 < top + HEIGHT
            };
            !self.boxes.iter().any(covers)
                && self
                    .taken
                    .iter()
                    .all(|(a, b, other)| (y - b).abs() >= LINE || (x - a).abs() > half + other + 4)
        };
        match places.iter().copied().find(|place| is_free(*place)) {
            Some((x, y)) => {
                self.taken.push((x, y, half));
                Some((x, y))
            }
            None => {
                self.unsaid += 1;
                None
            }
        }
    }
}

struct Pen<'a> {
    places: &'a Layout,
    rtl: bool,
}

impl Pen<'_> {
    /// Where a text begins that stands at the beginning of a box.
    fn start(&self, x: i32) -> i32 {
        if self.rtl { self.places.width - x } else { x }
    }

    /// The left end of something of this width.
    fn left(&self, x: i32, width: i32) -> i32 {
        if self.rtl { self.places.width - x - width } else { x }
    }

    fn node(&self, out: &mut String, node: &Node, number: usize) {
        let (x, y) = self.places.at[number];
        let here = if number == 0 { " here" } else { "" };
        let _ = write!(
            out,
            "<a href=\"{}\" aria-label=\"{}: {}\"><rect class=\"node{here}\" fill=\"#fff\" stroke=\"#767b82\" x=\"{}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"4\"/>",
            escape(&node.href),
            escape(&node.kind),
            escape(&node.title),
            self.left(x, WIDTH),
        );
        shape(out, node.shape, self.start(x + 16), y + 17);
        let kind = match &node.state {
            Some(state) => format!("{} · {state}", node.kind),
            None => node.kind.clone(),
        };
        let kind = lines(&kind, LETTERS, 1).concat();
        let _ = write!(
            out,
            "<text class=\"soft-text\" font-size=\"13\" x=\"{}\" y=\"{}\">{}</text>",
            self.start(x + 32),
            y + 22,
            escape(&kind)
        );
        for (line, base) in lines(&node.title, LETTERS, 2).iter().zip([41, 58]) {
            let _ =
                write!(out, "<text x=\"{}\" y=\"{}\">{}</text>", self.start(x + 9), y + base, isolated(line));
        }
        out.push_str("</a>");
    }

    fn edge(&self, out: &mut String, said: &mut String, words: &mut Words<'_>, edge: &Edge) {
        let curve = Curve::between(self.places.at[edge.from], self.places.at[edge.to]);
        let points = curve.points.map(|(x, y)| (self.start(x), y));
        let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = points;
        let _ = write!(
            out,
            "<path class=\"edge\" fill=\"none\" stroke=\"#767b82\" d=\"M{x0} {y0}C{x1} {y1} {x2} {y2} {x3} {y3}\"/>"
        );
        // All curves arrive along the line of writing.
        let back = if x2 < x3 { -7 } else { 7 };
        let _ = write!(out, "<path class=\"edge-tip\" fill=\"#767b82\" d=\"M{x3} {y3}l{back} -4v8z\"/>");
        let places = PLACES.map(|percent| curve.at(percent));
        if let Some((x, y)) = words.place(&edge.word, &places) {
            let x = self.start(x);
            let _ = write!(
                said,
                "<text class=\"soft-text edge-word\" font-size=\"13\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                y + 4,
                isolated(&edge.word)
            );
        }
    }
}

/// A cubic curve.
struct Curve {
    points: [(i32, i32); 4],
}

impl Curve {
    fn between((from_x, from_y): (i32, i32), (to_x, to_y): (i32, i32)) -> Self {
        let (from_y, to_y) = (from_y + HEIGHT / 2, to_y + HEIGHT / 2);
        let points = match from_x.cmp(&to_x) {
            std::cmp::Ordering::Less => {
                let (begin, end) = (from_x + WIDTH, to_x);
                let middle = (begin + end) / 2;
                [(begin, from_y), (middle, from_y), (middle, to_y), (end, to_y)]
            }
            std::cmp::Ordering::Greater => {
                let (begin, end) = (from_x, to_x + WIDTH);
                let middle = (begin + end) / 2;
                [(begin, from_y), (middle, from_y), (middle, to_y), (end, to_y)]
            }
            // Within one column they bow out beside it.
            std::cmp::Ordering::Equal => {
                let (end, out) = (from_x + WIDTH, from_x + WIDTH + GAP * 2 / 5);
                [(end, from_y), (out, from_y), (out, to_y), (end, to_y)]
            }
        };
        Self { points }
    }

    /// The point at so many percent of the way.
    fn at(&self, percent: i32) -> (i32, i32) {
        let (t, rest) = (i64::from(percent), i64::from(100 - percent));
        let weights = [rest * rest * rest, 3 * rest * rest * t, 3 * rest * t * t, t * t * t];
        let sum = |of: fn(&(i32, i32)) -> i32| {
            let all: i64 =
                self.points.iter().zip(weights).map(|(point, weight)| i64::from(of(point)) * weight).sum();
            i32::try_from(all / 1_000_000).unwrap_or_default()
        };
        (sum(|point| point.0), sum(|point| point.1))
    }
}

#[cfg(test)]
mod tests {
    use super::super::kinds;
    use super::*;

    fn node(kind: &str, title: &str) -> Node {
        Node {
            column: kinds::column(kind),
            shape: kinds::shape(kind),
            kind: kind.to_owned(),
            title: title.to_owned(),
            href: format!("/x/{kind}"),
            state: None,
        }
    }

    fn headings() -> [String; 4] {
        ["a", "b", "c", "d"].map(str::to_owned)
    }

    fn edge(from: usize, to: usize) -> Edge {
        Edge { from, to, word: "uses".to_owned() }
    }

    #[test]
    fn the_same_graph_is_the_same_drawing_and_text_stays_text() {
        let nodes =
            [node("campaign", "<script>alert(1)</script>"), node("indicator", "b\"c"), node("campaign", "d")];
        let edges = [edge(1, 0), edge(0, 2), edge(0, 0), edge(0, 9)];
        let one = draw("<t>", "d", &nodes, &edges, &headings(), false);
        assert_eq!(one.svg, draw("<t>", "d", &nodes, &edges, &headings(), false).svg);
        assert!(
            !one.svg.contains("<script>")
                && !one.svg.contains("style=")
                && one.svg.contains("&lt;script&gt;")
        );
        assert_eq!(
            one.svg.matches("class=\"edge\"").count(),
            2,
            "neither to itself nor to what is not there"
        );
        assert_eq!(one.svg.matches("<a href").count(), 3);
        assert!(one.svg.contains("node here"));
    }

    #[test]
    fn from_right_to_left_it_is_mirrored() {
        let nodes = [node("intrusion-set", "a"), node("indicator", "b")];
        let places = |rtl| {
            let svg = draw("t", "d", &nodes, &[], &headings(), rtl).svg;
            let x = |part: &str| part.split('"').next().and_then(|text| text.parse::<i32>().ok()).unwrap();
            svg.split("stroke=\"#767b82\" x=\"").skip(1).map(x).collect::<Vec<_>>()
        };
        let (left, right) = (places(false), places(true));
        assert!(left[0] < left[1] && right[0] > right[1]);
    }

    #[test]
    fn words_do_not_stand_on_one_another() {
        let nodes: Vec<Node> =
            (0..9).map(|_| node("indicator", "i")).chain([node("campaign", "c")]).collect();
        let edges: Vec<Edge> = (0..90).map(|number| edge(number % 9, 9)).collect();
        let drawing = draw("t", "d", &nodes, &edges, &headings(), false);
        let said = drawing.svg.matches("edge-word").count();
        assert_eq!(said + drawing.unsaid, edges.len());
        assert!(drawing.unsaid > 0 && said >= 9, "{said}");
    }
}
