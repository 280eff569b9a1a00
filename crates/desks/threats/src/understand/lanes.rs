//! Lanes over one line of time.
//!
//! Places are percentages of the drawing's width and text keeps its size, so that the same drawing serves a telephone and a
//! wall. From right to left it is mirrored.

use super::svg::{escape, isolated, lines};
use std::fmt::Write;

/// A lane.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    /// What it is, and its times in words.
    pub(crate) label: String,
    /// Its page.
    pub(crate) href: String,
    /// Which of the eight colours.
    pub(crate) colour: usize,
    /// From when to when, in seconds; an end that is not known goes to the end of the drawing.
    pub(crate) span: Option<(i64, Option<i64>)>,
    /// When it was shared.
    pub(crate) shared: i64,
}

const TEXT: u32 = 22;
const BAND: u32 = 14;
const GAP: u32 = 14;
const SCALE: u32 = 28;
/// Letters of a label that fit on a telephone.
const LETTERS: usize = 42;

struct Scale {
    begin: i64,
    end: i64,
    rtl: bool,
}

impl Scale {
    /// In hundredths of a percent.
    fn along(&self, at: i64) -> i64 {
        let whole = i128::from(self.end - self.begin).max(1);
        let part = i128::from(at.clamp(self.begin, self.end) - self.begin) * 10_000 / whole;
        i64::try_from(part).unwrap_or(10_000)
    }

    fn place(&self, at: i64) -> String {
        let points = self.along(at);
        percent(if self.rtl { 10_000 - points } else { points })
    }
}

fn percent(points: i64) -> String {
    format!("{}.{:02}", points / 100, points % 100)
}

/// Draws lanes. `ticks`: moments and their words.
pub(crate) fn draw(
    title: &str,
    description: &str,
    bars: &[Bar],
    span: (i64, i64),
    ticks: &[(i64, String)],
    rtl: bool,
) -> String {
    let scale = Scale { begin: span.0, end: span.1, rtl };
    let (mut rows, mut y) = (String::new(), 0);
    for bar in bars {
        y = row(&mut rows, &scale, bar, y);
    }
    let mut body = String::new();
    for (at, words) in ticks {
        let x = scale.place(*at);
        let anchor = match scale.along(*at) {
            0..=1_200 => "start",
            8_800.. => "end",
            _ => "middle",
        };
        let _ = write!(
            body,
            "<line class=\"axis\" stroke=\"#767b82\" stroke-opacity=\"0.35\" x1=\"{x}%\" y1=\"0\" x2=\"{x}%\" y2=\"{y}\"/><text class=\"soft-text\" fill=\"#50565e\" x=\"{x}%\" y=\"{}\" text-anchor=\"{anchor}\">{}</text>",
            y + 17,
            isolated(words)
        );
    }
    let direction = if rtl { "rtl" } else { "ltr" };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"row-svg\" width=\"100%\" height=\"{}\" role=\"group\" aria-label=\"{}\" direction=\"{direction}\" font-size=\"15\" font-family=\"system-ui, sans-serif\"><title>{}</title><desc>{}</desc>{body}{rows}</svg>",
        y + SCALE,
        escape(title),
        escape(title),
        escape(description)
    )
}

fn row(out: &mut String, scale: &Scale, bar: &Bar, top: u32) -> u32 {
    let near = if scale.rtl { "100%" } else { "0" };
    let _ = write!(out, "<a href=\"{}\">", escape(&bar.href));
    let mut y = top;
    for line in lines(&bar.label, LETTERS, 2) {
        let _ = write!(out, "<text x=\"{near}\" y=\"{}\">{}</text>", y + 16, isolated(&line));
        y += TEXT;
    }
    out.push_str("</a>");
    let _ = write!(
        out,
        "<rect class=\"track\" fill=\"#e4e5e0\" x=\"0\" y=\"{y}\" width=\"100%\" height=\"{BAND}\"/>"
    );
    if let Some((from, until)) = bar.span {
        let begin = scale.along(from).min(9_940);
        // Never too short to be seen.
        let length = (scale.along(until.unwrap_or(scale.end)) - begin).max(60);
        let start = if scale.rtl { 10_000 - begin - length } else { begin };
        let _ = write!(
            out,
            "<rect class=\"bar c{}\" fill=\"#2b6ca8\" x=\"{}%\" y=\"{y}\" width=\"{}%\" height=\"{BAND}\"/>",
            bar.colour,
            percent(start),
            percent(length)
        );
    }
    let _ = write!(
        out,
        "<circle class=\"dot-line\" fill=\"#fff\" stroke=\"#1b1f24\" stroke-width=\"2.5\" cx=\"{}%\" cy=\"{}\" r=\"5\"/>",
        scale.place(bar.shared),
        y + BAND / 2
    );
    y + BAND + GAP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(from: i64, until: Option<i64>) -> Bar {
        Bar { label: "<b> x".into(), href: "/x".into(), colour: 1, span: Some((from, until)), shared: 50 }
    }

    #[test]
    fn lengths_are_parts_of_the_span() {
        let svg = draw("t", "d", &[bar(25, Some(75))], (0, 100), &[(50, "half".into())], false);
        assert!(
            svg.contains("x=\"25.00%\"") && svg.contains("width=\"50.00%\"") && svg.contains("cx=\"50.00%\""),
            "{svg}"
        );
        assert!(svg.contains("&lt;b&gt;") && !svg.contains("style="));
    }

    #[test]
    fn what_has_no_end_goes_on_and_what_is_outside_stands_at_the_edge() {
        let open = draw("t", "d", &[bar(25, None)], (0, 100), &[], false);
        assert!(open.contains("x=\"25.00%\"") && open.contains("width=\"75.00%\""), "{open}");
        let outside = draw("t", "d", &[bar(900, Some(i64::MAX))], (0, 100), &[], true);
        assert!(outside.contains("x=\"0.00%\" y=\"22\" width=\"0.60%\""), "{outside}");
        assert!(draw("t", "d", &[bar(i64::MIN / 2, Some(0))], (0, 0), &[], false).contains("</svg>"));
    }
}
