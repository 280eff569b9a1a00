//! Horizontal bars with direct labels, and progress.

use crate::svg::{Colour, basis_points, escape, hundredths};
use std::fmt::Write;

/// One bar.
#[derive(Debug, Clone)]
pub struct Bar {
    /// Whose bar.
    pub label: String,
    /// Its length.
    pub value: u64,
    /// The figure as the reader's locale writes it, for instance `1,234 (45.2%)`.
    pub figure: String,
    /// Its colour.
    pub colour: Colour,
}

pub(crate) const LINE: u32 = 22;
pub(crate) const THICKNESS: u32 = 14;
pub(crate) const GAP: u32 = 16;
/// How wide letters are, in sixths of a small one: of labels, and of figures, which are bold.
const SMALL: usize = 6;
const CAPITAL: usize = 8;
const BOLD: usize = 7;
/// What fits in a line of a panel on a screen of 360 px: a label, or its last line with the figure beside it.
const LINE_WIDTH: usize = 196;
/// Of a word that is longer the rest is left out.
const LETTERS_OF_A_WORD: usize = 38;
const MAX_LINES: usize = 4;

fn width(label: &str) -> usize {
    label.chars().map(|letter| if letter.is_uppercase() { CAPITAL } else { SMALL }).sum()
}

/// Bars from zero to `scale` (at least the largest value): labels above, figures at the end.
///
/// Lengths are percentages of the drawing's width and text keeps its size, so the same drawing
/// serves a telephone and a wall. From right to left it is mirrored.
pub fn bars(title: &str, description: &str, bars: &[Bar], scale: u64, rtl: bool) -> String {
    let largest = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(scale).max(1);
    let mut body = String::new();
    let mut y = 0;
    for bar in bars {
        y = one_bar(&mut body, bar, largest, y, rtl);
    }
    let height = y.saturating_sub(GAP).max(1);
    frame(title, description, height, &body, rtl)
}

fn one_bar(body: &mut String, bar: &Bar, largest: u64, top: u32, rtl: bool) -> u32 {
    let (near, far) = if rtl { ("100%", "0") } else { ("0", "100%") };
    let lines = wrap(&bar.label);
    let mut y = top;
    for line in &lines {
        let _ = write!(body, "<text x=\"{near}\" y=\"{}\">{}</text>", y + 16, escape(line));
        y += LINE;
    }
    let last = lines.last().map_or(0, |line| width(line));
    let beside = last + bar.figure.chars().count() * BOLD <= LINE_WIDTH;
    let (x, anchor, base) = if beside { (far, "end", y - LINE + 16) } else { (near, "start", y + 16) };
    if !beside {
        y += LINE;
    }
    let figure = escape(&bar.figure);
    let _ = write!(
        body,
        "<text class=\"figure\" font-weight=\"650\" x=\"{x}\" y=\"{base}\" text-anchor=\"{anchor}\">\u{2068}{figure}\u{2069}</text>"
    );
    y += 2;
    let width = basis_points(bar.value, largest);
    let start = if rtl { 10_000 - width } else { 0 };
    let _ = write!(
        body,
        "<rect class=\"track\" fill=\"#e4e5e0\" x=\"0\" y=\"{y}\" width=\"100%\" height=\"{THICKNESS}\"/><rect {} x=\"{}%\" y=\"{y}\" width=\"{}%\" height=\"{THICKNESS}\"/>",
        bar.colour.attributes("bar"),
        hundredths(start),
        hundredths(width)
    );
    y + THICKNESS + GAP
}

/// One part of a whole.
#[derive(Debug, Clone)]
pub struct Part {
    /// What it is; said to screen readers.
    pub label: String,
    /// Its size.
    pub value: u64,
    /// Which of the eight colours.
    pub colour: usize,
}

/// One bar of `total`, with parts beside each other; what is missing stays empty and hatched.
pub fn progress(title: &str, parts: &[Part], total: u64, rtl: bool) -> String {
    let mut body =
        String::from("<rect class=\"track\" fill=\"#e4e5e0\" x=\"0\" y=\"0\" width=\"100%\" height=\"18\"/>");
    let mut sum = 0u64;
    for part in parts {
        let from = basis_points(sum, total);
        sum = sum.saturating_add(part.value);
        let width = basis_points(sum, total) - from;
        let start = if rtl { 10_000 - from - width } else { from };
        let _ = write!(
            body,
            "<rect {} x=\"{}%\" y=\"0\" width=\"{}%\" height=\"18\"/>",
            Colour::Mark(part.colour).attributes("progress-fill"),
            hundredths(start),
            hundredths(width)
        );
    }
    let said: Vec<String> = parts.iter().map(|part| format!("{} {}", part.label, part.value)).collect();
    let description = format!("{} / {total}", said.join(", ").trim());
    frame(title, &description, 18, &body, rtl)
}

pub(crate) fn frame(title: &str, description: &str, height: u32, body: &str, rtl: bool) -> String {
    let direction = if rtl { "rtl" } else { "ltr" };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"row-svg\" width=\"100%\" height=\"{height}\" role=\"img\" direction=\"{direction}\" font-size=\"15\" font-family=\"system-ui, sans-serif\"><title>{}</title><desc>{}</desc>{body}</svg>",
        escape(title),
        escape(description)
    )
}

/// Breaks a label at spaces; what is beyond four lines ends with an ellipsis (the table has it all).
pub(crate) fn wrap(label: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in label.split_whitespace() {
        let word: String = word.chars().take(LETTERS_OF_A_WORD).collect();
        let used = lines.last().map_or(0, |line| width(line));
        if used > 0 && used + SMALL + width(&word) > LINE_WIDTH {
            if lines.len() == MAX_LINES {
                if let Some(line) = lines.last_mut() {
                    line.push('…');
                }
                break;
            }
            lines.push(word);
        } else if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
            }
            line.push_str(&word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: u64) -> Bar {
        Bar { label: label.into(), value, figure: value.to_string(), colour: Colour::Mark(1) }
    }

    #[test]
    fn lengths_are_shares_of_the_scale() {
        let svg = bars("t", "d", &[bar("A", 50), bar("B", 25)], 100, false);
        assert!(svg.contains("width=\"50.00%\"") && svg.contains("width=\"25.00%\""), "{svg}");
        assert!(svg.contains("<title>t</title><desc>d</desc>"));
        assert!(!svg.contains("style="));
    }

    #[test]
    fn from_right_to_left_bars_grow_from_the_right() {
        let svg = bars("t", "d", &[bar("A", 25)], 100, true);
        assert!(svg.contains("x=\"75.00%\"") && svg.contains("direction=\"rtl\""), "{svg}");
    }

    #[test]
    fn a_bar_never_leaves_the_drawing_and_names_cannot_break_out() {
        let svg = bars("<t>", "d", &[bar("</text><script>", u64::MAX)], 1, false);
        assert!(svg.contains("width=\"100.00%\""));
        assert!(!svg.contains("<script>") && !svg.contains("<t>"));
    }

    #[test]
    fn a_figure_stands_beside_a_name_only_where_both_fit_on_a_telephone() {
        let anchor = |label: &str, figure: &str| {
            let bar = Bar { figure: figure.into(), ..bar(label, 1) };
            let svg = bars("t", "d", &[bar], 1, false);
            svg.split("text-anchor=\"").nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
        };
        for (label, figure, expected) in [
            ("LES ENGAGÉS", "90,694 (29.1%)", "end"),
            ("DONALD J. TRUMP / JD VANCE", "2 (11.1%)", "start"),
            ("Tim Echols (I) (Rep)", "582,403 (37.3%)", "start"),
        ] {
            assert_eq!(anchor(label, figure).as_deref(), Some(expected), "{label}");
        }
        assert_eq!(wrap("UNITED STATES REPRESENTATIVE").len(), 2);
    }

    #[test]
    fn long_labels_wrap_and_parts_add_up() {
        assert_eq!(wrap("Koalicyjny Komitet Wyborczy Trzecia Droga Polska 2050").len(), 2);
        assert_eq!(wrap(&"word ".repeat(200)).len(), MAX_LINES);
        let parts = [1, 2].map(|n| Part { label: "p".into(), value: n, colour: 1 });
        let svg = progress("t", &parts, 4, false);
        assert!(svg.contains("x=\"25.00%\" y=\"0\" width=\"50.00%\""), "{svg}");
        assert!(progress("t", &[], 0, false).contains("</svg>"));
    }
}
