//! Bars of what rises and what falls, on both sides of zero.

use crate::bars::{GAP, LINE, THICKNESS, frame, wrap};
use crate::svg::{Colour, basis_points, escape, hundredths};
use std::fmt::Write;

/// One change.
#[derive(Debug, Clone)]
pub struct Change {
    /// Whose change.
    pub label: String,
    /// By how much, with its sign.
    pub value: i64,
    /// The figure as the reader's locale writes it, with its sign.
    pub figure: String,
    /// Its colour.
    pub colour: Colour,
}

/// Bars from zero in the middle: gains towards the end of the line, losses towards its beginning. All
/// have one scale, that of the largest change; labels above, figures beside them.
pub fn changes(title: &str, description: &str, changes: &[Change], rtl: bool) -> String {
    let largest = changes.iter().map(|change| change.value.unsigned_abs()).max().unwrap_or(0).max(1);
    let mut body = String::new();
    let mut y = 0;
    for change in changes {
        y = one_change(&mut body, change, largest, y, rtl);
    }
    let height = y.saturating_sub(GAP).max(1);
    let _ = write!(
        body,
        "<line class=\"axis\" stroke=\"#4a5560\" x1=\"50%\" y1=\"0\" x2=\"50%\" y2=\"{height}\"/>"
    );
    frame(title, description, height, &body, rtl)
}

fn one_change(body: &mut String, change: &Change, largest: u64, top: u32, rtl: bool) -> u32 {
    let near = if rtl { "100%" } else { "0" };
    let mut y = top;
    for line in wrap(&change.label) {
        let _ = write!(body, "<text x=\"{near}\" y=\"{}\">{}</text>", y + 16, escape(&line));
        y += LINE;
    }
    let figure = escape(&change.figure);
    let _ = write!(
        body,
        "<text class=\"figure\" font-weight=\"650\" x=\"{near}\" y=\"{}\">\u{2068}{figure}\u{2069}</text>",
        y + 16
    );
    y += LINE + 2;
    // Half of the width is the largest change.
    let width = basis_points(change.value.unsigned_abs(), largest) / 2;
    let to_the_right = (change.value >= 0) != rtl;
    let start = if to_the_right { 5_000 } else { 5_000 - width };
    let _ = write!(
        body,
        "<rect class=\"track\" fill=\"#e4e5e0\" x=\"0\" y=\"{y}\" width=\"100%\" height=\"{THICKNESS}\"/><rect {} x=\"{}%\" y=\"{y}\" width=\"{}%\" height=\"{THICKNESS}\"/>",
        change.colour.attributes("bar"),
        hundredths(start),
        hundredths(width)
    );
    y + THICKNESS + GAP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(rtl: bool) -> String {
        let one = |label: &str, value| Change {
            label: label.to_owned(),
            value,
            figure: format!("{value:+}"),
            colour: Colour::Mark(1),
        };
        changes("T", "D", &[one("Ann", 40), one("Bob <b>", -20), one("Cid", 0)], rtl)
    }

    #[test]
    fn gains_and_losses_stand_on_their_sides_of_one_scale() {
        let svg = drawn(false);
        assert!(
            svg.contains("x=\"50.00%\" y=\"46\" width=\"50.00%\""),
            "the largest gain fills its side: {svg}"
        );
        assert!(svg.contains("x=\"25.00%\""), "half the scale to the left: {svg}");
        assert!(svg.contains("width=\"0.00%\""), "no change is no bar");
        assert!(svg.contains("Bob &lt;b&gt;") && svg.contains("<title>T</title>"));
        assert!(!svg.contains("style="));
    }

    #[test]
    fn from_right_to_left_the_sides_change_places() {
        let svg = drawn(true);
        assert!(svg.contains("x=\"0.00%\"") && svg.contains("width=\"50.00%\""), "{svg}");
        assert!(svg.contains("x=\"50.00%\"") && svg.contains("width=\"25.00%\""), "{svg}");
    }
}
