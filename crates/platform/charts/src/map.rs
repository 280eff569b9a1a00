//! Maps: areas filled by value, or circles whose area says how many. Area is not votes: whoever shows
//! one offers the other, and the list.
//!
//! Equirectangular with the middle latitude true to scale: right for one country, and simple enough to
//! state. North is up in every language. Every position is put on one grid of whole units, so that
//! neighbours keep their common border however coarse it becomes.

use crate::svg::{Colour, escape};
use std::fmt::Write;

/// Longitude and latitude in millionths of a degree (WGS 84).
pub type Position = (i32, i32);

/// Something on a map.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// Its borders; empty for a point.
    pub rings: &'a [Vec<Position>],
    /// Where it is, when it is a point.
    pub at: Option<Position>,
    /// How large its circle is: votes, voters.
    pub weight: u64,
    /// Its colour.
    pub colour: Colour,
    /// Its name and figure, shown by a pointer at rest and read aloud.
    pub text: String,
}

/// Widths of the grid that are tried, from fine to coarse.
const WIDTHS: [i32; 7] = [1000, 700, 500, 350, 250, 180, 120];
/// Half of the smallest extent, in degrees: about ten metres.
const LEAST: f64 = 1e-4;
/// Points up to this number are circles with a text of their own.
const MAX_CIRCLES: usize = 600;

/// Draws areas in at most about `budget` bytes: the finest grid that fits.
pub fn areas(title: &str, description: &str, places: &[Place<'_>], budget: usize) -> String {
    fitting(title, description, places, budget, &|grid| {
        let mut body = String::new();
        for place in places {
            let path = grid.path(place.rings);
            if !path.is_empty() {
                let attributes = place.colour.attributes("area");
                let text = escape(&place.text);
                let _ = write!(body, "<path {attributes} d=\"{path}\"><title>{text}</title></path>");
            }
        }
        format!(
            "<g stroke=\"#fff\" stroke-width=\"{:.2}\" fill-rule=\"evenodd\">{body}</g>",
            grid.unit() * 0.8
        )
    })
}

/// Draws a circle for each place; the borders of areas stand faintly behind. Many points become dots
/// of one size, without texts: the list has them.
pub fn circles(title: &str, description: &str, places: &[Place<'_>], budget: usize) -> String {
    fitting(title, description, places, budget, &|grid| {
        let outline: String = places.iter().map(|place| grid.path(place.rings)).collect();
        let mut body = String::new();
        if !outline.is_empty() {
            let width = grid.unit() * 0.8;
            let _ = write!(
                body,
                "<path class=\"outline\" fill=\"none\" stroke=\"#b9bbb3\" stroke-width=\"{width:.2}\" d=\"{outline}\"/>"
            );
        }
        if places.len() > MAX_CIRCLES {
            dots(grid, places, &mut body)
        } else {
            sized(grid, places, &mut body)
        }
        body
    })
}

/// A small square of a colour, for the words that explain it.
pub fn swatch(colour: &Colour) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 14 14\" width=\"14\" height=\"14\" aria-hidden=\"true\"><rect {} width=\"14\" height=\"14\" rx=\"2\"/></svg>",
        colour.attributes("area")
    )
}

/// The largest circles stand behind the others.
fn sized(grid: &Grid, places: &[Place<'_>], body: &mut String) {
    let most = places.iter().map(|place| place.weight).max().unwrap_or(0).max(1);
    let mut order: Vec<&Place<'_>> = places.iter().collect();
    order.sort_by_key(|place| std::cmp::Reverse(place.weight));
    #[expect(clippy::cast_precision_loss, reason = "a radius is a few units, whatever the last digit")]
    let share = |weight: u64| (weight as f64 / most as f64).sqrt();
    #[expect(clippy::cast_precision_loss, reason = "at most 600 circles")]
    let largest = (f64::from(grid.width) / (places.len() as f64).sqrt() * 0.55)
        .clamp(grid.unit() * 3.0, f64::from(grid.width) / 14.0);
    for place in order {
        let Some((x, y)) = place.at.or_else(|| middle(place.rings)).map(|at| grid.on(at)) else { continue };
        let radius = (largest * share(place.weight)).max(grid.unit() * 1.5);
        let _ = write!(
            body,
            "<circle {} stroke=\"#fff\" stroke-width=\"{:.2}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius:.1}\"><title>{}</title></circle>",
            place.colour.attributes("area"),
            grid.unit() * 0.8,
            escape(&place.text)
        );
    }
}

/// One path for each colour: a dot is a line of no length with a round end.
fn dots(grid: &Grid, places: &[Place<'_>], body: &mut String) {
    let mut colours: Vec<(&Colour, Vec<(i32, i32)>)> = Vec::new();
    for place in places {
        let Some(at) = place.at.or_else(|| middle(place.rings)).map(|at| grid.on(at)) else { continue };
        match colours.iter_mut().find(|(colour, _)| *colour == &place.colour) {
            Some((_, all)) => all.push(at),
            None => colours.push((&place.colour, vec![at])),
        }
    }
    for (colour, mut all) in colours {
        all.sort_unstable();
        all.dedup();
        let mut path = String::new();
        for (x, y) in all {
            let _ = write!(path, "M{x} {y}h0");
        }
        let width = (grid.unit() * 4.0).max(1.5);
        let _ = write!(
            body,
            "<path {} stroke-width=\"{width:.1}\" stroke-linecap=\"round\" d=\"{path}\"/>",
            colour.line_attributes("dots")
        );
    }
}

fn fitting(
    title: &str,
    description: &str,
    places: &[Place<'_>],
    budget: usize,
    draw: &dyn Fn(&Grid) -> String,
) -> String {
    let mut svg = String::new();
    for width in WIDTHS {
        let Some(grid) = Grid::of(places, width) else { return String::new() };
        svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\"><title>{}</title><desc>{}</desc>{}</svg>",
            grid.width + 1,
            grid.height + 1,
            escape(title),
            escape(description),
            draw(&grid)
        );
        if svg.len() <= budget {
            break;
        }
    }
    svg
}

/// Where positions stand on the paper.
#[derive(Debug, Clone)]
pub struct Sheet(Grid);

impl Sheet {
    /// The paper for these positions, 1,000 units wide and at most a third higher, or as high as that and narrower; `None` without
    /// any. A country on both sides of the 180th meridian stays in one piece.
    pub fn of(positions: &[Position]) -> Option<Self> {
        Grid::around(|| positions.iter().copied(), 1_000).map(Self)
    }

    /// Where a position stands, from the left and from above.
    pub fn on(&self, position: Position) -> (i32, i32) {
        self.0.on(position)
    }

    /// Width and height.
    pub fn size(&self) -> (i32, i32) {
        (self.0.width, self.0.height)
    }
}

#[derive(Debug, Clone)]
struct Grid {
    width: i32,
    height: i32,
    /// Degrees: where the drawing begins.
    west: f64,
    north: f64,
    across: f64,
    down: f64,
}

impl Grid {
    fn of(places: &[Place<'_>], width: i32) -> Option<Self> {
        Self::around(|| positions(places), width)
    }

    fn around<I: Iterator<Item = Position>>(all: impl Fn() -> I, width: i32) -> Option<Self> {
        let cut = cut(all());
        let mut bounds: Option<(f64, f64, f64, f64)> = None;
        for (x, y) in all().map(|position| degrees(position, cut)) {
            let (west, east, south, north) = bounds.unwrap_or((x, x, y, y));
            bounds = Some((west.min(x), east.max(x), south.min(y), north.max(y)));
        }
        let (west, east, south, north) = bounds?;
        let shrink = f64::midpoint(south, north).to_radians().cos().max(0.05);
        // What has no extent stands in the middle of a small one.
        let (west, east) = (
            west.min(f64::midpoint(west, east) - LEAST / shrink),
            east.max(f64::midpoint(west, east) + LEAST / shrink),
        );
        let (south, north) =
            (south.min(f64::midpoint(south, north) - LEAST), north.max(f64::midpoint(south, north) + LEAST));
        // A map is never higher than it is wide by more than a third: a phone shows all of it.
        let (wide, high) = ((east - west) * shrink, north - south);
        let down = (f64::from(width) / wide).min(f64::from(width) * 4.0 / 3.0 / high);
        #[expect(clippy::cast_possible_truncation, reason = "at most four thirds of 1,000")]
        let whole = |value: f64| value.ceil() as i32;
        Some(Self {
            width: whole(wide * down),
            height: whole(high * down),
            west,
            north,
            across: down * shrink,
            down,
        })
    }

    /// One thousandth of a page's width in units of the grid, so that lines look the same on all.
    fn unit(&self) -> f64 {
        f64::from(self.width.max(self.height)) / 1000.0
    }

    #[expect(clippy::cast_possible_truncation, reason = "inside the grid, at most 1,334")]
    fn on(&self, position: Position) -> (i32, i32) {
        let (mut x, y) = (f64::from(position.0) / 1e6, f64::from(position.1) / 1e6);
        if x < self.west - 1e-9 {
            x += 360.0;
        }
        (((x - self.west) * self.across).round() as i32, ((self.north - y) * self.down).round() as i32)
    }

    /// Positions that fall together are one, and lines that go on in their direction are one; what
    /// is smaller than the grid stays as a dot.
    fn path(&self, rings: &[Vec<Position>]) -> String {
        let mut path = String::new();
        for ring in rings {
            let mut kept: Vec<(i32, i32)> = Vec::new();
            for point in ring.iter().map(|position| self.on(*position)) {
                if kept.last() == Some(&point) {
                    continue;
                }
                if let [.., a, b] = kept[..] {
                    let (dx, dy) = ((b.0 - a.0, point.0 - b.0), (b.1 - a.1, point.1 - b.1));
                    let ahead = dx.0 * dx.1 + dy.0 * dy.1 > 0;
                    if ahead && dx.0 * dy.1 == dx.1 * dy.0 {
                        kept.pop();
                    }
                }
                kept.push(point);
            }
            if kept.first() == kept.last() {
                kept.pop();
            }
            if kept.len() < 3 {
                continue;
            }
            let mut last = kept[0];
            let _ = write!(path, "M{} {}", last.0, last.1);
            let mut letter = "l";
            for point in &kept[1..] {
                let (x, y) = (point.0 - last.0, point.1 - last.1);
                let gap = if x < 0 { "" } else { " " };
                let first = if letter.is_empty() { gap } else { letter };
                let _ = write!(path, "{first}{x}{}{y}", if y < 0 { "" } else { " " });
                letter = "";
                last = *point;
            }
            path.push('z');
        }
        if path.is_empty()
            && let Some(at) = rings.first().and_then(|ring| ring.first())
        {
            let (x, y) = self.on(*at);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
        path
    }
}

fn positions<'a>(places: &'a [Place<'_>]) -> impl Iterator<Item = Position> + 'a {
    places.iter().flat_map(|place| place.rings.iter().flatten().copied().chain(place.at))
}

fn degrees((x, y): Position, cut: f64) -> (f64, f64) {
    let x = f64::from(x) / 1e6;
    (if x < cut { x + 360.0 } else { x }, f64::from(y) / 1e6)
}

/// The longitude at which the world is cut open: in the widest gap, so that a country on both sides of
/// the 180th meridian stays in one piece.
fn cut(all: impl Iterator<Item = Position>) -> f64 {
    let mut used = [false; 360];
    for (x, _) in all {
        let degree = usize::try_from(x.div_euclid(1_000_000) + 180).unwrap_or(0).min(359);
        used[degree] = true;
    }
    let (mut best, mut run) = ((0_usize, 0_usize), 0_usize);
    for turn in 0..720 {
        if used[turn % 360] {
            run = 0;
            continue;
        }
        run += 1;
        if run > best.0 && run <= 360 {
            best = (run, turn % 360 + 1);
        }
    }
    // Where the gap holds the 180th meridian itself nothing has to move.
    let end = f64::from(u16::try_from(best.1).unwrap_or(0)) - 180.0;
    let begin = end - f64::from(u16::try_from(best.0).unwrap_or(0));
    if best.0 == 0 || begin <= -180.0 || end >= 180.0 { -180.0 } else { end }
}

/// The middle of the largest ring (by area).
fn middle(rings: &[Vec<Position>]) -> Option<Position> {
    let mut best: Option<(f64, Position)> = None;
    for ring in rings {
        let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
        for pair in ring.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let (ax, ay, bx, by) = (f64::from(a.0), f64::from(a.1), f64::from(b.0), f64::from(b.1));
            let cross = ax * by - bx * ay;
            area += cross;
            x += (ax + bx) * cross;
            y += (ay + by) * cross;
        }
        let first = *ring.first()?;
        #[expect(clippy::cast_possible_truncation, reason = "between positions that fit")]
        let at = if area.abs() < 1.0 {
            first
        } else {
            ((x / (3.0 * area)).round() as i32, (y / (3.0 * area)).round() as i32)
        };
        if best.is_none_or(|(most, _)| area.abs() > most) {
            best = Some((area.abs(), at));
        }
    }
    best.map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: i32, y: i32, side: i32) -> Vec<Vec<Position>> {
        vec![vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)]]
    }

    fn place<'a>(rings: &'a [Vec<Position>], text: &str) -> Place<'a> {
        Place { rings, at: None, weight: 4, colour: Colour::Step(3), text: text.to_owned() }
    }

    #[test]
    fn an_area_is_drawn_with_north_up_and_its_value() {
        let rings = square(0, 0, 10_000_000);
        let svg = areas("t", "d", &[place(&rings, "PL: 41 <")], 100_000);
        assert!(svg.contains("<title>PL: 41 &lt;</title>") && svg.contains("r3"), "{svg}");
        // 10 degrees by 10 at latitude 5: 1000 wide, 1000 / cos(5 degrees) = 1003.8 high; the first
        // position, south-west, stands at the bottom.
        assert!(svg.contains("d=\"M0 1004l1000 0 0-1004-1000 0z\""), "{svg}");
    }

    #[test]
    fn neighbours_keep_their_border_and_the_budget_is_kept() {
        // A border with many small turns, shared by two areas.
        let turns: Vec<Position> = (0..4000).map(|i| (5_000_000 + i % 7 * 1_000, i * 2_500)).collect();
        let mut left = vec![(0, 0)];
        left.extend(&turns);
        left.extend([(0, 10_000_000), (0, 0)]);
        let mut right = vec![(10_000_000, 0), (10_000_000, 10_000_000)];
        right.extend(turns.iter().rev());
        right.push((10_000_000, 0));
        let (left, right) = (vec![left], vec![right]);
        let places = [place(&left, "a"), place(&right, "b")];
        let svg = areas("t", "d", &places, 3_000);
        assert!(svg.len() <= 3_000, "{}", svg.len());
        let grid = Grid::of(&places, 120).unwrap();
        let on = |ring: &[Position]| -> std::collections::BTreeSet<_> {
            ring.iter().map(|p| grid.on(*p)).collect()
        };
        let shared: std::collections::BTreeSet<_> = on(&turns);
        assert!(shared.is_subset(&on(&left[0])) && shared.is_subset(&on(&right[0])));
    }

    #[test]
    fn a_country_on_both_sides_of_the_last_meridian_stays_in_one_piece() {
        // Fiji: 177 east to 178 west.
        let (east, west) =
            (square(177_000_000, -18_000_000, 1_000_000), square(-179_000_000, -18_000_000, 500_000));
        let grid = Grid::of(&[place(&east, ""), place(&west, "")], 1000).unwrap();
        assert_eq!(grid.on((177_000_000, -17_000_000)).0, 0);
        let x = grid.on((-179_000_000, -18_000_000)).0;
        assert!((850..950).contains(&x), "{x}");
        let plain = square(-10_000_000, 0, 20_000_000);
        assert_eq!(Grid::of(&[place(&plain, "")], 1000).unwrap().on((10_000_000, 0)).0, 1000);
    }

    #[test]
    fn a_circle_says_how_many_and_a_small_area_stays() {
        let (large, small) = (square(0, 0, 10_000_000), square(4_000_000, 4_000_000, 10));
        let places =
            [Place { weight: 100, ..place(&large, "L") }, Place { weight: 25, ..place(&small, "S") }];
        let svg = circles("t", "d", &places, 100_000);
        let radius = |mark: &str| -> f64 {
            let before = svg.split(mark).next().unwrap();
            before.rsplit("r=\"").next().unwrap().split('"').next().unwrap().parse().unwrap()
        };
        // A quarter of the votes has a quarter of the area: half of the radius.
        assert!((radius("<title>L") / radius("<title>S") - 2.0).abs() < 0.02, "{svg}");
        assert!(areas("t", "d", &places, 100_000).contains("h1v1h-1z"));
    }

    #[test]
    fn many_points_become_dots_of_one_size() {
        let point = |i: i32| Place {
            rings: &[],
            at: Some((i % 100 * 1_000, i / 100 * 1_000)),
            weight: 1,
            colour: Colour::Mark(1 + usize::try_from(i % 2).unwrap_or(0)),
            text: String::new(),
        };
        let places: Vec<Place<'_>> = (0..5_000).map(point).collect();
        let svg = circles("t", "d", &places, 60_000);
        assert_eq!(svg.matches("<path").count(), 2);
        assert!(svg.len() < 60_000, "{}", svg.len());
        assert_eq!(circles("t", "d", &[], 1_000), "");
    }
}
