//! Sizes on one logarithmic line for each label: what is expected as a dot, what is enough as a band.

use crate::bars::{GAP, LINE, frame, wrap};
use crate::svg::{Colour, escape, hundredths};
use std::fmt::Write;

/// One label with its sizes.
#[derive(Debug, Clone)]
pub struct Strip {
    /// What it is.
    pub label: String,
    /// The figures as the reader's locale writes them.
    pub figure: String,
    /// What is expected.
    pub dot: Option<u64>,
    /// Sizes in ascending order. The band runs from the first to the last but one, a thin line on to the last, if that
    /// is larger; none: there is no band.
    pub band: Vec<u64>,
    /// All that is known is that it is more than this: the rest of the line is hatched.
    pub beyond: Option<u64>,
    /// Its colour.
    pub colour: Colour,
}

/// A place on the scale.
#[derive(Debug, Clone)]
pub struct Tick {
    /// Where; the first and the last are the ends of the scale.
    pub value: u64,
    /// Its words; none: there is only a line.
    pub text: String,
}

/// Height of a line with its band.
const ROW: u32 = 22;
/// Height of the scale below.
const SCALE: u32 = 30;

/// Strips over one logarithmic scale, which stands below them with its ticks. What is outside of it stands at its end.
///
/// Places are percentages of the drawing's width and text keeps its size, so the same drawing serves a telephone and
/// a wall. From right to left it is mirrored.
pub fn strips(title: &str, description: &str, strips: &[Strip], ticks: &[Tick], rtl: bool) -> String {
    let ends = (ticks.first().map_or(1, |tick| tick.value), ticks.last().map_or(10, |tick| tick.value));
    let place = Place { first: logarithm(ends.0), last: logarithm(ends.1), rtl };
    let (mut rows, mut y) = (String::new(), 0);
    for strip in strips {
        y = one_strip(&mut rows, strip, &place, y);
    }
    let mut body = String::new();
    for tick in ticks {
        let x = place.of(tick.value);
        let _ = write!(
            body,
            "<line class=\"axis\" stroke=\"#767b82\" stroke-opacity=\"0.35\" x1=\"{x}%\" y1=\"0\" x2=\"{x}%\" y2=\"{y}\"/>"
        );
    }
    body.push_str(&rows);
    let last = ticks.len().saturating_sub(1);
    for (at, tick) in ticks.iter().enumerate().filter(|(_, tick)| !tick.text.is_empty()) {
        let anchor = if at == 0 {
            "start"
        } else if at == last {
            "end"
        } else {
            "middle"
        };
        let (x, base) = (place.of(tick.value), y + 17);
        let _ = write!(
            body,
            "<text class=\"soft-text\" fill=\"#50565e\" x=\"{x}%\" y=\"{base}\" text-anchor=\"{anchor}\">\u{2068}{}\u{2069}</text>",
            escape(&tick.text)
        );
    }
    frame(title, description, y + SCALE, &body, rtl)
}

fn logarithm(value: u64) -> f64 {
    (value.max(1) as f64).log10()
}

struct Place {
    first: f64,
    last: f64,
    rtl: bool,
}

impl Place {
    /// In hundredths of a percent from the beginning of the line.
    fn along(&self, value: u64) -> u64 {
        let part = (logarithm(value) - self.first) / (self.last - self.first).max(1e-9);
        let part = (part.clamp(0.0, 1.0) * 10_000.0).round();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is from 0 to 10,000")]
        let points = part as u64;
        points
    }

    fn mirrored(&self, points: u64) -> u64 {
        if self.rtl { 10_000 - points } else { points }
    }

    fn of(&self, value: u64) -> String {
        hundredths(self.mirrored(self.along(value)))
    }

    /// Where a part of the line begins, and how long it is; never too short to be seen.
    fn part(&self, from: u64, to: u64) -> (String, String) {
        let from = self.along(from).min(9_960);
        let length = self.along(to).saturating_sub(from).max(40);
        let begin = if self.rtl { 10_000 - from - length } else { from };
        (hundredths(begin), hundredths(length))
    }
}

fn one_strip(body: &mut String, strip: &Strip, place: &Place, top: u32) -> u32 {
    let near = if place.rtl { "100%" } else { "0" };
    let mut y = top;
    for line in wrap(&strip.label) {
        let _ = write!(body, "<text x=\"{near}\" y=\"{}\">{}</text>", y + 16, escape(&line));
        y += LINE;
    }
    for line in wrap(&strip.figure) {
        let line = escape(&line);
        let _ = write!(
            body,
            "<text class=\"figure\" font-weight=\"650\" x=\"{near}\" y=\"{}\">\u{2068}{line}\u{2069}</text>",
            y + 16
        );
        y += LINE;
    }
    let middle = y + ROW / 2;
    let _ = write!(
        body,
        "<rect class=\"track\" fill=\"#e4e5e0\" x=\"0\" y=\"{}\" width=\"100%\" height=\"2\"/>",
        middle - 1
    );
    let mut bar = |from: u64, to: u64, height: u32, attributes: &str| {
        let (x, width) = place.part(from, to);
        let top = middle - height / 2;
        let _ = write!(
            body,
            "<rect {attributes} x=\"{x}%\" y=\"{top}\" width=\"{width}%\" height=\"{height}\"/>"
        );
    };
    if let Some(from) = strip.beyond {
        bar(from, u64::MAX, 12, "class=\"track\" fill=\"#e4e5e0\"");
    }
    let filled = strip.colour.attributes("bar");
    if let [first, .., before, last] = strip.band[..] {
        if last > before {
            bar(before, last, 4, &filled);
        }
        bar(first, before, 12, &filled);
    }
    if let Some(dot) = strip.dot {
        let _ = write!(
            body,
            "<circle class=\"dot-line\" fill=\"#ffffff\" stroke=\"#17191c\" stroke-width=\"2.5\" cx=\"{}%\" cy=\"{middle}\" r=\"6\"/>",
            place.of(dot)
        );
    }
    y + ROW + GAP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(label: &str, dot: u64, band: &[u64]) -> Strip {
        Strip {
            label: label.into(),
            figure: dot.to_string(),
            dot: Some(dot),
            band: band.to_vec(),
            beyond: None,
            colour: Colour::Mark(1),
        }
    }

    fn ticks() -> [Tick; 3] {
        [1, 100, 10_000].map(|value| Tick { value, text: value.to_string() })
    }

    #[test]
    fn places_are_logarithms_of_the_scale() {
        let svg = strips("t", "d", &[strip("A", 100, &[10, 30, 1_000, 10_000])], &ticks(), false);
        assert!(svg.contains("cx=\"50.00%\""), "{svg}");
        assert!(svg.contains("x=\"25.00%\"") && svg.contains("width=\"50.00%\" height=\"12\""), "{svg}");
        assert!(svg.contains("x=\"75.00%\"") && svg.contains("width=\"25.00%\" height=\"4\""), "{svg}");
        assert!(svg.contains("<title>t</title><desc>d</desc>") && !svg.contains("style="));
    }

    #[test]
    fn from_right_to_left_the_scale_begins_at_the_right() {
        let svg = strips("t", "d", &[strip("A", 10, &[10, 30, 1_000, 10_000])], &ticks(), true);
        assert!(svg.contains("cx=\"75.00%\"") && svg.contains("direction=\"rtl\""), "{svg}");
        assert!(svg.contains("x=\"25.00%\" y=\"49\" width=\"50.00%\" height=\"12\""), "{svg}");
    }

    #[test]
    fn nothing_leaves_the_drawing_and_names_cannot_break_out() {
        let mut wild = strip("</text><script>", u64::MAX, &[0, 0, 0, 0]);
        wild.beyond = Some(u64::MAX);
        let svg = strips("t", "d", &[wild, strip("B", 0, &[])], &ticks(), false);
        assert!(svg.contains("cx=\"100.00%\"") && svg.contains("cx=\"0.00%\"") && !svg.contains("<script>"));
        assert!(svg.contains("x=\"99.60%\"") && svg.contains("width=\"0.40%\""), "{svg}");
        assert!(!svg.contains("height=\"4\""), "nothing after the last: {svg}");
        assert!(strips("t", "d", &[], &[], false).contains("</svg>"));
    }
}
