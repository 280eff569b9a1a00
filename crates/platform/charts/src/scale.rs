//! Chances on a logarithmic scale, from certain at the beginning of the line to a hair at its end.

use crate::bars::frame;
use crate::svg::{Colour, escape, hundredths};
use std::fmt::Write;

/// A chance on the scale.
#[derive(Debug, Clone)]
pub struct Chance {
    /// What it is of.
    pub label: String,
    /// Above 0, at most 1.
    pub value: f64,
    /// As the reader's locale writes it, for instance `3.4%`.
    pub figure: String,
    /// Its colour.
    pub colour: Colour,
}

const TOP: u32 = 26;
/// A line of text, and below it the line on which the dot stands.
const TEXT: u32 = 24;
const BAND: u32 = 26;
const ROW: u32 = TEXT + BAND + 8;
/// What is smaller stands at the end: more decades would not be told apart on a telephone.
const LEAST: f64 = 1e-4;

/// Dots on lines from 100 % to the power of ten below the smallest, with a limit that all of them are held against: what
/// lies beyond it is shaded. `ticks`: powers of ten with their texts; those beyond the end are left out. `limit`: its
/// value and its text.
///
/// Places are percentages of the drawing's width. From right to left it is mirrored.
pub fn scale(
    title: &str,
    description: &str,
    chances: &[Chance],
    (limit, limit_text): (f64, &str),
    ticks: &[(f64, String)],
    rtl: bool,
) -> String {
    let smallest = chances.iter().map(|one| one.value).fold(limit / 2.0, f64::min).max(LEAST);
    let decades = (-smallest.log10()).ceil().max(1.0);
    // Hundredths of a percent of the width: a chance of 1 stands at its beginning.
    let place = |value: f64| -> u64 {
        let part = (-value.clamp(LEAST, 1.0).log10() / decades).clamp(0.0, 1.0);
        let points = whole(part * 10_000.0);
        if rtl { 10_000 - points } else { points }
    };
    let rows = u32::try_from(chances.len()).unwrap_or(1);
    let bottom = TOP + rows * ROW - 8;
    let mut body = String::new();
    let (at, end) = (place(limit), if rtl { 0 } else { 10_000 });
    for row in 0..rows {
        let _ = write!(
            body,
            "<rect class=\"track\" fill=\"#e4e5e0\" x=\"0\" y=\"{top}\" width=\"100%\" height=\"{BAND}\"/><rect {} x=\"{}%\" y=\"{top}\" width=\"{}%\" height=\"{BAND}\"/>",
            Colour::Step(2).attributes("bar"),
            hundredths(at.min(end)),
            hundredths(at.abs_diff(end)),
            top = TOP + row * ROW + TEXT,
        );
    }
    for (value, text) in ticks.iter().filter(|(value, _)| *value >= 10_f64.powf(-decades) * 0.999) {
        let x = hundredths(place(*value));
        let _ = write!(
            body,
            "<line stroke=\"#8a8c85\" stroke-width=\"1\" x1=\"{x}%\" x2=\"{x}%\" y1=\"{}\" y2=\"{bottom}\"/><text class=\"soft-text\" x=\"{x}%\" y=\"{}\" text-anchor=\"{}\">{}</text>",
            bottom - 6,
            bottom + 16,
            anchor(place(*value), rtl),
            escape(text)
        );
    }
    let x = hundredths(at);
    let _ = write!(
        body,
        "<text class=\"figure\" x=\"{x}%\" y=\"16\" text-anchor=\"{}\">{}</text>",
        anchor(at, rtl),
        escape(limit_text)
    );
    for (row, chance) in (0..).zip(chances) {
        one(&mut body, chance, place(chance.value), TOP + row * ROW, rtl);
    }
    frame(title, description, bottom + 24, &body, rtl)
}

fn one(body: &mut String, chance: &Chance, x: u64, top: u32, rtl: bool) {
    let near = if rtl { "100%" } else { "0" };
    let _ = write!(
        body,
        "<text x=\"{near}\" y=\"{}\">{} \u{2068}{}\u{2069}</text><circle {} r=\"7\" cx=\"{}%\" cy=\"{}\"/>",
        top + 17,
        escape(&chance.label),
        escape(&chance.figure),
        chance.colour.attributes("bar"),
        hundredths(x.clamp(200, 9_800)),
        top + TEXT + BAND / 2
    );
}

/// Texts at the ends of the drawing grow inwards.
fn anchor(place: u64, rtl: bool) -> &'static str {
    match (place, rtl) {
        (0..=1_500, false) | (8_501.., true) => "start",
        (8_501.., false) | (0..=1_500, true) => "end",
        _ => "middle",
    }
}

/// A part of the width in hundredths of a percent.
fn whole(points: f64) -> u64 {
    // Between 0 and 10,000: what is printed and read is exact.
    format!("{points:.0}").parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(value: f64) -> Chance {
        Chance { label: "Round 1 <b>".into(), value, figure: "x".into(), colour: Colour::Mark(1) }
    }

    #[test]
    fn a_tenth_stands_half_way_to_a_hundredth() {
        let ticks = [
            (1.0, "100%".to_owned()),
            (0.1, "10%".to_owned()),
            (0.01, "1%".to_owned()),
            (0.001, "no".into()),
        ];
        let svg = scale("t", "d", &[chance(0.1), chance(0.02)], (0.05, "limit"), &ticks, false);
        assert!(svg.contains("cx=\"50.00%\" cy=\"63\""), "{svg}");
        // log10(0.02) = -1.69897
        assert!(svg.contains("cx=\"84.95%\""), "{svg}");
        assert!(svg.contains(">1%<") && !svg.contains(">no<") && svg.contains("Round 1 &lt;b&gt;"));
        // log10(0.05) = -1.30103, and what is shaded goes from there to the end.
        assert!(svg.contains("x=\"65.05%\" y=\"50\" width=\"34.95%\""), "{svg}");
        let mirrored = scale("t", "d", &[chance(0.02)], (0.05, "limit"), &ticks, true);
        assert!(
            mirrored.contains("cx=\"15.05%\"") && mirrored.contains("x=\"0.00%\" y=\"50\" width=\"34.95%\"")
        );
    }

    #[test]
    fn nothing_and_less_than_nothing_stay_inside() {
        let svg = scale("t", "d", &[chance(0.0), chance(2.0), chance(f64::NAN)], (0.05, "l"), &[], false);
        assert!(
            !svg.contains("NaN") && svg.contains("cx=\"98.00%\"") && svg.contains("cx=\"2.00%\""),
            "{svg}"
        );
    }
}
