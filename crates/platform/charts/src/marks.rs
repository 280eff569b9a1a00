//! Maps of many points: a mark for each while they are few, hexagons that hold some of them where they are many.
//!
//! Nothing is said by colour alone: each step has its shape, and of a hexagon as much is filled as its share says. What is drawn is
//! a link; the caller puts the same links into a table beside it, so that the keyboard does not go through hundreds of them.

use crate::map::Sheet;
use crate::svg::{Colour, escape};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Hexagons whose radius is smaller than this, in thousandths of the width, cannot be told apart.
const SMALLEST: f64 = 14.0;
/// Points that are looked at first.
const SAMPLE: usize = 3_000;
/// How much larger hexagons become until they are few enough.
const LARGER: f64 = 1.12;
/// The smallest part of a hexagon's radius that is drawn, whatever it holds.
const LEAST: f64 = 0.28;

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// Two bars across each other.
    Cross,
    /// Three corners, one above.
    Triangle,
    /// Four sides, upright.
    Square,
    /// Four sides on a corner.
    Diamond,
    /// Round.
    Circle,
    /// Five points.
    Star,
}

/// One point.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Where it stands on the sheet.
    pub at: (i32, i32),
    /// Its shape.
    pub shape: Shape,
    /// Its colour.
    pub colour: Colour,
    /// Its name and what the shape says.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// Some points together.
#[derive(Debug, Clone)]
pub struct Hex {
    /// Its middle on the sheet.
    pub at: (i32, i32),
    /// How many points it holds: its size.
    pub weight: u64,
    /// How many of them its filled part stands for.
    pub part: u64,
    /// The colour of the filled part.
    pub colour: Colour,
    /// Its name and figures.
    pub text: String,
    /// Where it leads.
    pub href: String,
}

/// Which points stand together.
#[derive(Debug, Clone, PartialEq)]
pub struct Bins {
    /// From the middle of a hexagon to a corner.
    pub radius: f64,
    /// The middles of those that hold any point.
    pub middles: Vec<(i32, i32)>,
    /// The hexagon of each point, as a place in `middles`.
    pub of: Vec<usize>,
}

#[expect(clippy::cast_possible_truncation, reason = "on a sheet of about a thousand units")]
fn whole(value: f64) -> i32 {
    value.round() as i32
}

/// The hexagon, corner above, in which a point lies: its column and row; odd rows are half a hexagon further.
fn hexagon((x, y): (i32, i32), radius: f64) -> (i32, i32) {
    let (across, down) = (radius * 3.0_f64.sqrt(), radius * 1.5);
    let (x, y) = (f64::from(x), f64::from(y));
    let near = whole(y / down);
    // The nearest middle is in one of three rows.
    let candidates = (near - 1..=near + 1).map(|row| {
        let shift = if row.rem_euclid(2) == 1 { 0.5 } else { 0.0 };
        let column = whole(x / across - shift);
        let (dx, dy) = ((f64::from(column) + shift) * across - x, f64::from(row) * down - y);
        (dx * dx + dy * dy, (column, row))
    });
    candidates.min_by(|a, b| a.0.total_cmp(&b.0)).map_or((0, 0), |(_, cell)| cell)
}

/// Puts points into hexagons that touch each other, as small as leaves at most `most` of them, and at least one.
pub fn bins(points: &[(i32, i32)], most: usize) -> Bins {
    let most = most.max(1);
    let mut radius = SMALLEST;
    // Some of the points show soon that a radius is too small; all of them are looked at only where it may do.
    let some: Vec<(i32, i32)> = points.iter().copied().step_by(points.len() / SAMPLE + 1).collect();
    while some.iter().map(|point| hexagon(*point, radius)).collect::<BTreeSet<_>>().len() > most {
        radius *= LARGER;
    }
    loop {
        let mut numbers: BTreeMap<(i32, i32), usize> = BTreeMap::new();
        let mut of = Vec::with_capacity(points.len());
        for point in points {
            let next = numbers.len();
            of.push(*numbers.entry(hexagon(*point, radius)).or_insert(next));
            if numbers.len() > most {
                break;
            }
        }
        if numbers.len() <= most {
            let mut middles = vec![(0, 0); numbers.len()];
            for ((column, row), number) in numbers {
                let shift = if row.rem_euclid(2) == 1 { 0.5 } else { 0.0 };
                let x = (f64::from(column) + shift) * radius * 3.0_f64.sqrt();
                if let Some(middle) = middles.get_mut(number) {
                    *middle = (whole(x), whole(f64::from(row) * radius * 1.5));
                }
            }
            return Bins { radius, middles, of };
        }
        radius *= LARGER;
    }
}

/// A closed path through corners.
fn path(corners: impl IntoIterator<Item = (f64, f64)>) -> String {
    let mut path = String::new();
    for (at, (x, y)) in corners.into_iter().enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{letter}{x:.0} {y:.0}");
    }
    path.push('z');
    path
}

/// Corners on a circle, the first above, each nth one at a part of the radius.
fn corners((x, y): (f64, f64), count: u32, radius: impl Fn(u32) -> f64) -> Vec<(f64, f64)> {
    let turn = std::f64::consts::TAU / f64::from(count);
    let corner = |at: u32| {
        let (angle, radius) = (turn * f64::from(at), radius(at));
        (radius.mul_add(angle.sin(), x), radius.mul_add(-angle.cos(), y))
    };
    (0..count).map(corner).collect()
}

fn shape(shape: Shape, (x, y): (f64, f64), r: f64) -> String {
    match shape {
        Shape::Circle => {
            let d = r * 2.0;
            format!("M{:.0} {y:.0}a{r:.0} {r:.0} 0 1 1 {d:.0} 0a{r:.0} {r:.0} 0 1 1-{d:.0} 0z", x - r)
        }
        Shape::Triangle => path(corners((x, y + r * 0.2), 3, |_| r * 1.25)),
        Shape::Diamond => path(corners((x, y), 4, |_| r * 1.25)),
        Shape::Square => path([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(dx, dy)| {
            let side = r * 0.85;
            (side.mul_add(dx, x), side.mul_add(dy, y))
        })),
        Shape::Star => path(corners((x, y), 10, |at| if at % 2 == 0 { r * 1.35 } else { r * 0.6 })),
        Shape::Cross => {
            // Twelve corners of a plus that stands on its arms' corners.
            let (arm, half) = (r * 0.85, r * 0.32);
            let plus = [
                (0.0, half),
                (arm - half, arm),
                (arm, arm - half),
                (half, 0.0),
                (arm, half - arm),
                (arm - half, -arm),
                (0.0, -half),
                (half - arm, -arm),
                (-arm, half - arm),
                (-half, 0.0),
                (-arm, arm - half),
                (half - arm, arm),
            ];
            path(plus.map(|(dx, dy)| (x + dx, y + dy)))
        }
    }
}

/// A mark for the words that explain it.
pub fn symbol(of: Shape, colour: &Colour) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 80 80\" width=\"14\" height=\"14\" aria-hidden=\"true\"><path {} d=\"{}\"/></svg>",
        colour.attributes("mark"),
        shape(of, (40.0, 40.0), 29.0)
    )
}

/// A hexagon of which a part is filled, for the words that explain it.
pub fn filled(part: u64, of: u64, colour: &Colour) -> String {
    let hexagon = |colour: &Colour, radius: f64| {
        format!("<path {} d=\"{}\"/>", colour.attributes("hex"), path(corners((40.0, 40.0), 6, |_| radius)))
    };
    let inner = if part > 0 { hexagon(colour, 36.0 * share(part, of).max(LEAST)) } else { String::new() };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 80 80\" width=\"14\" height=\"14\" aria-hidden=\"true\"><g stroke=\"#5b6670\" stroke-width=\"4\">{}{inner}</g></svg>",
        hexagon(&Colour::Missing, 36.0)
    )
}

/// Links within a drawing are for pointers and for whoever reads it aloud; the table beside it has them for the keyboard.
fn link(body: &mut String, (href, text): (&str, &str), drawn: &str) {
    let _ = write!(
        body,
        "<a href=\"{}\" tabindex=\"-1\"><title>{}</title>{drawn}</a>",
        escape(href),
        escape(text)
    );
}

fn drawing((title, description): (&str, &str), sheet: &Sheet, margin: i32, body: &str) -> String {
    let (width, height) = sheet.size();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-{margin} -{margin} {} {}\" role=\"group\"><title>{}</title><desc>{}</desc>{body}</svg>",
        width + 2 * margin,
        height + 2 * margin,
        escape(title),
        escape(description)
    )
}

/// A mark for each point. Those that fall on one place stand beside each other.
pub fn marks(title: &str, description: &str, sheet: &Sheet, marks: &[Mark]) -> String {
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    let radius = (200.0 / (marks.len().max(1) as f64).sqrt()).clamp(11.0, 18.0);
    let mut there: BTreeMap<(i32, i32), u32> = BTreeMap::new();
    let (mut body, mut margin) = (String::new(), whole(radius * 1.6));
    for mark in marks {
        let (x, y) = (f64::from(mark.at.0), f64::from(mark.at.1));
        let before = there.entry((whole(x / radius), whole(y / radius))).or_default();
        // The sunflower's order: each further one stands free of those before it.
        let (angle, away) = (f64::from(*before) * 2.4, f64::from(*before).sqrt() * radius * 1.5);
        *before += 1;
        margin = margin.max(whole(away + radius * 1.6));
        let at = (away.mul_add(angle.cos(), x), away.mul_add(angle.sin(), y));
        let drawn =
            format!("<path {} d=\"{}\"/>", mark.colour.attributes("mark"), shape(mark.shape, at, radius));
        link(&mut body, (&mark.href, &mark.text), &drawn);
    }
    drawing((title, description), sheet, margin, &body)
}

#[expect(clippy::cast_precision_loss, reason = "a size, whatever the last digit")]
fn share(part: u64, whole: u64) -> f64 {
    (part.min(whole) as f64 / whole.max(1) as f64).sqrt()
}

/// Hexagons: their area says how many points they hold, the filled area how many of those are meant.
pub fn hexes(title: &str, description: &str, (sheet, radius): (&Sheet, f64), hexes: &[Hex]) -> String {
    let most = hexes.iter().map(|hex| hex.weight).max().unwrap_or(0);
    let (width, height) = sheet.size();
    let (mut body, mut margin) = (String::new(), 0);
    for hex in hexes {
        let ((x, y), at) = (hex.at, (f64::from(hex.at.0), f64::from(hex.at.1)));
        let outer = radius * share(hex.weight, most).max(LEAST);
        // The middle of one at the edge may lie beyond it.
        let beyond = [-x, -y, x - width, y - height].into_iter().max().unwrap_or(0);
        margin = margin.max(beyond + whole(outer) + 2);
        let mut drawn = format!(
            "<path {} d=\"{}\"/>",
            Colour::Missing.attributes("hex"),
            path(corners(at, 6, |_| outer))
        );
        if hex.part > 0 {
            // One of a thousand is a dot and not nothing.
            let inner = outer * share(hex.part, hex.weight).max(LEAST);
            let _ = write!(
                drawn,
                "<path {} d=\"{}\"/>",
                hex.colour.attributes("hex"),
                path(corners(at, 6, |_| inner))
            );
        }
        link(&mut body, (&hex.href, &hex.text), &drawn);
    }
    let body = format!("<g stroke=\"#5b6670\" stroke-width=\"1.2\">{body}</g>");
    drawing((title, description), sheet, margin, &body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Position;

    /// Points without any order: a linear congruence.
    fn scattered(count: usize) -> Vec<(i32, i32)> {
        let mut state = 7_u64;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i32::try_from((state >> 33) % below).unwrap()
        };
        (0..count).map(|_| (next(1_000), next(1_200))).collect()
    }

    #[test]
    fn positions_stand_where_a_degree_is_as_long_as_on_earth() {
        // 60 degrees north: a degree of longitude is half as long as one of latitude.
        let all: Vec<Position> = vec![(10_000_000, 59_500_000), (12_000_000, 60_500_000)];
        let sheet = Sheet::of(&all).unwrap();
        let (width, height) = sheet.size();
        assert_eq!((width, height), (1_000, 1_000));
        assert_eq!((sheet.on(all[0]), sheet.on(all[1])), ((0, 1_000), (1_000, 0)));
        assert_eq!(sheet.on((11_000_000, 60_000_000)), (500, 500), "the middle is the middle");
    }

    #[test]
    fn one_point_the_last_meridian_and_the_poles_break_nothing() {
        let one = Sheet::of(&[(21_000_000, 52_000_000)]).unwrap();
        let (width, height) = one.size();
        let (x, y) = one.on((21_000_000, 52_000_000));
        assert!((x * 2 - width).abs() <= 2 && (y * 2 - height).abs() <= 2, "{x} of {width}, {y} of {height}");
        // Fiji: islands on both sides.
        let fiji = [(177_400_000, -17_800_000), (-179_900_000, -16_800_000), (179_300_000, -16_500_000)];
        let sheet = Sheet::of(&fiji).unwrap();
        let [first, last, between] = fiji.map(|at| sheet.on(at));
        assert!(first.0 == 0 && last.0 == 1_000 && (600..800).contains(&between.0), "{between:?}");
        let poles = Sheet::of(&[(-180_000_000, 90_000_000), (180_000_000, -90_000_000)]).unwrap();
        let (width, height) = poles.size();
        assert!(width > 0 && height > 0 && height <= 1_334, "{width} {height}");
        assert!(Sheet::of(&[]).is_none());
    }

    #[test]
    fn every_point_is_in_the_hexagon_whose_middle_is_nearest() {
        let points = scattered(3_000);
        let found = bins(&points, 150);
        assert!(found.middles.len() <= 150 && found.middles.len() > 90, "{}", found.middles.len());
        assert_eq!(found.of.len(), points.len());
        let across = found.radius * 3.0_f64.sqrt();
        for (point, own) in points.iter().zip(&found.of) {
            let away = |(x, y): (i32, i32)| f64::from(x - point.0).hypot(f64::from(y - point.1));
            let nearest = found.middles.iter().map(|middle| away(*middle)).fold(f64::MAX, f64::min);
            assert!(away(found.middles[*own]) <= nearest + 1.5, "{point:?}");
            assert!(away(found.middles[*own]) <= found.radius + 1.5);
        }
        // Middles are those of hexagons that touch: none is nearer to another than across.
        for (at, a) in found.middles.iter().enumerate() {
            for b in &found.middles[at + 1..] {
                assert!(f64::from(a.0 - b.0).hypot(f64::from(a.1 - b.1)) > across - 2.0);
            }
        }
        assert_eq!(bins(&[(5, 5); 40], 10).middles.len(), 1);
        assert_eq!(bins(&scattered(500), 1).middles.len(), 1);
        assert!(bins(&[], 10).middles.is_empty());
    }

    #[test]
    fn a_mark_has_shape_colour_name_and_link() {
        let sheet = Sheet::of(&[(0, 0), (1_000_000, 1_000_000)]).unwrap();
        let all = [Shape::Cross, Shape::Triangle, Shape::Square, Shape::Diamond, Shape::Circle, Shape::Star];
        let mark = |shape: &Shape| Mark {
            at: (500, 500),
            shape: *shape,
            colour: Colour::Mark(4),
            text: "School <7>".to_owned(),
            href: "stations/7".to_owned(),
        };
        let drawn: Vec<Mark> = all.iter().map(mark).collect();
        let svg = marks("t", "d", &sheet, &drawn);
        assert_eq!(
            svg.matches("<a href=\"stations/7\" tabindex=\"-1\"><title>School &lt;7&gt;</title>").count(),
            6
        );
        let paths: BTreeSet<&str> = svg.split(" d=\"").skip(1).collect();
        assert_eq!(paths.len(), 6, "none hides another");
        let symbols: BTreeSet<String> = all.iter().map(|one| symbol(*one, &Colour::Missing)).collect();
        assert_eq!(symbols.len(), 6, "every shape is another one");
    }

    #[test]
    fn a_hexagon_is_filled_as_far_as_its_share_says() {
        let sheet = Sheet::of(&[(0, 0), (1_000_000, 1_000_000)]).unwrap();
        let hex = |weight, part| Hex {
            at: (500, 500),
            weight,
            part,
            colour: Colour::Step(3),
            text: String::new(),
            href: "arrival?area=A&x".to_owned(),
        };
        let svg = hexes("t", "d", (&sheet, 100.0), &[hex(100, 25), hex(100, 0)]);
        assert!(svg.contains("M500 400L587 450") && svg.contains("M500 450L543 475"), "{svg}");
        assert_eq!(svg.matches("<path").count(), 3);
        let edge = Hex { at: (500, 1_030), ..hex(1, 0) };
        let svg = hexes("t", "d", (&sheet, 100.0), &[edge]);
        assert!(svg.contains("viewBox=\"-131 -131 1262 1263\""), "nothing is cut off: {svg}");
        assert!(svg.contains("?area=A&amp;x"));
    }
}
