//! Places on the globe (CAP 1.2, 3.2.4): points, polygons, circles.

use crate::finding::Code;
use crate::fixed::{Fixed, FixedError};
use std::fmt;

/// WGS 84, in degrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// North is positive.
    pub latitude: Fixed,
    /// East is positive.
    pub longitude: Fixed,
}

/// Points one after another, the last the same as the first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Polygon(pub Vec<Point>);

/// A point and a radius around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circle {
    /// The middle.
    pub center: Point,
    /// In kilometres.
    pub radius: Fixed,
}

impl Point {
    /// `latitude,longitude`.
    pub(crate) fn parse(text: &str) -> Result<Self, Code> {
        let (latitude, longitude) = text.split_once(',').ok_or(Code::PointForm)?;
        let number = |text: &str| {
            Fixed::parse(text).map_err(|error| match error {
                FixedError::Form => Code::PointForm,
                FixedError::Range => Code::NumberRange,
            })
        };
        Ok(Self { latitude: number(latitude)?, longitude: number(longitude)? })
    }

    fn is_on_the_globe(self) -> bool {
        let within = |value: Fixed, most: i32| (Fixed::whole(-most)..=Fixed::whole(most)).contains(&value);
        within(self.latitude, 90) && within(self.longitude, 180)
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.latitude, self.longitude)
    }
}

impl Polygon {
    /// What is wrong with it, if anything.
    pub(crate) fn fault(&self) -> Option<Code> {
        let points = &self.0;
        if !points.iter().all(|point| point.is_on_the_globe()) {
            return Some(Code::PointRange);
        }
        if points.first() != points.last() {
            return Some(Code::PolygonOpen);
        }
        if points.len() < 4 {
            return Some(Code::PolygonShort);
        }
        match crosses_itself(points) {
            Some(true) => Some(Code::PolygonCrossing),
            Some(false) => None,
            None => Some(Code::PolygonUnchecked),
        }
    }
}

impl fmt::Display for Polygon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, point) in self.0.iter().enumerate() {
            write!(f, "{}{point}", if place == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl Circle {
    /// `latitude,longitude radius`.
    pub(crate) fn parse(text: &str) -> Result<Self, Code> {
        let mut parts = text.split(crate::xml::is_space).filter(|part| !part.is_empty());
        let (Some(center), Some(radius), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Code::CircleForm);
        };
        let radius = Fixed::parse(radius).map_err(|_| Code::CircleForm)?;
        let center = Point::parse(center).map_err(|_| Code::CircleForm)?;
        Ok(Self { center, radius })
    }

    pub(crate) fn fault(&self) -> Option<Code> {
        if !self.center.is_on_the_globe() {
            return Some(Code::PointRange);
        }
        (self.radius < Fixed::default()).then_some(Code::CircleRadius)
    }
}

impl fmt::Display for Circle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.center, self.radius)
    }
}

/// Pairs of segments that are looked at.
const MOST_PAIRS: usize = 5_000_000;

type Segment = (Point, Point);

/// Whether a closed line meets itself anywhere but where one segment follows the other; `None` when there are too many
/// pairs of segments to look at. Exact.
fn crosses_itself(points: &[Point]) -> Option<bool> {
    // The same point twice in a row is no segment.
    let mut segments: Vec<Segment> =
        points.windows(2).filter(|pair| pair[0] != pair[1]).map(|pair| (pair[0], pair[1])).collect();
    let count = segments.len();
    if count < 3 {
        return Some(true);
    }
    let mut order: Vec<usize> = (0..count).collect();
    for segment in &mut segments {
        if segment.1.latitude < segment.0.latitude {
            *segment = (segment.1, segment.0);
        }
    }
    order.sort_by_key(|place| segments[*place].0.latitude);
    let mut pairs = 0_usize;
    for (at, one) in order.iter().enumerate() {
        let north = segments[*one].1.latitude;
        for other in order[at + 1..].iter().take_while(|other| segments[**other].0.latitude <= north) {
            pairs += 1;
            if pairs > MOST_PAIRS {
                return None;
            }
            let apart = one.abs_diff(*other);
            let is_next = apart == 1 || apart == count - 1;
            if meet(segments[*one], segments[*other], is_next) {
                return Some(true);
            }
        }
    }
    Some(false)
}

/// Twice the area of a triangle, signed.
fn turn(a: Point, b: Point, c: Point) -> i128 {
    let x = |one: Point| i128::from(one.longitude.nanos());
    let y = |one: Point| i128::from(one.latitude.nanos());
    (x(b) - x(a)) * (y(c) - y(a)) - (y(b) - y(a)) * (x(c) - x(a))
}

fn is_between(a: Point, b: Point, c: Point) -> bool {
    let within = |a: Fixed, b: Fixed, c: Fixed| a.min(b) <= c && c <= a.max(b);
    within(a.latitude, b.latitude, c.latitude) && within(a.longitude, b.longitude, c.longitude)
}

/// Whether two segments have a point in common; of two that follow each other, one besides their common end.
fn meet((a, b): Segment, (c, d): Segment, are_next: bool) -> bool {
    if are_next {
        let (common, one, other) = match () {
            () if a == c => (a, b, d),
            () if a == d => (a, b, c),
            () if b == c => (b, a, d),
            () => (b, a, c),
        };
        let is_back = is_between(common, one, other) || is_between(common, other, one);
        return turn(common, one, other) == 0 && is_back;
    }
    let (abc, abd, cda, cdb) = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b));
    if abc.signum() * abd.signum() < 0 && cda.signum() * cdb.signum() < 0 {
        return true;
    }
    (abc == 0 && is_between(a, b, c))
        || (abd == 0 && is_between(a, b, d))
        || (cda == 0 && is_between(c, d, a))
        || (cdb == 0 && is_between(c, d, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polygon(text: &str) -> Polygon {
        Polygon(text.split(' ').map(|point| Point::parse(point).unwrap()).collect())
    }

    #[test]
    fn polygons_are_examined() {
        for (text, fault) in [
            ("0,0 0,1 1,1 1,0 0,0", None),
            ("0,0 0,1 1,1 0,0", None),
            ("0,0 0,1 0,1 1,1 1,0 0,0", None),
            ("0,0 0,2 2,2 2,0 1,1 0,0", None),
            ("0,0 1,1 0,1 1,0 0,0", Some(Code::PolygonCrossing)),
            // Touches itself in a point, goes back on its own line, has no area.
            ("0,0 0,4 4,4 0,2 4,0 0,0", Some(Code::PolygonCrossing)),
            ("0,0 0,4 0,2 4,0 0,0", Some(Code::PolygonCrossing)),
            ("0,0 1,1 2,2 0,0", Some(Code::PolygonCrossing)),
            ("0,0 0,0 0,0 0,0", Some(Code::PolygonCrossing)),
            ("0,0 0,1 0,0", Some(Code::PolygonShort)),
            ("0,0 0,1 1,1 1,0", Some(Code::PolygonOpen)),
            ("0,0 0,1 91,1 0,0", Some(Code::PointRange)),
            ("0,0 0,181 1,1 0,0", Some(Code::PointRange)),
        ] {
            assert_eq!(polygon(text).fault(), fault, "{text}");
        }
    }

    #[test]
    fn crossings_are_found_as_by_looking_at_every_pair() {
        // A small grid makes touching and overlapping frequent.
        let mut seed = 7_u64;
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i32::try_from((seed >> 33) % 6).unwrap()
        };
        let (mut crossing, mut sound) = (0, 0);
        for _ in 0..20_000 {
            let mut points: Vec<Point> = (0..5)
                .map(|_| Point { latitude: Fixed::whole(next()), longitude: Fixed::whole(next()) })
                .collect();
            points.push(points[0]);
            points.dedup();
            if points.len() < 4 {
                continue;
            }
            let segments: Vec<Segment> = points.windows(2).map(|pair| (pair[0], pair[1])).collect();
            let mut expected = false;
            for one in 0..segments.len() {
                for other in one + 1..segments.len() {
                    let is_next = other - one == 1 || other - one == segments.len() - 1;
                    expected |= meet(segments[one], segments[other], is_next);
                }
            }
            assert_eq!(crosses_itself(&points), Some(expected), "{points:?}");
            *if expected { &mut crossing } else { &mut sound } += 1;
        }
        assert!(crossing > 1_000 && sound > 1_000, "{crossing} {sound}");
    }

    #[test]
    fn too_many_pairs_are_said_to_be_so() {
        // A comb: every tooth spans all latitudes.
        let mut points: Vec<Point> = (0..5_000)
            .map(|at| Point {
                latitude: Fixed::whole(if at % 2 == 0 { 0 } else { 1 }),
                longitude: Fixed::from_nanos(i64::from(at) * 1_000_000),
            })
            .collect();
        points.push(Point { latitude: Fixed::whole(-1), longitude: Fixed::whole(6) });
        points.push(points[0]);
        assert_eq!(Polygon(points.clone()).fault(), Some(Code::PolygonUnchecked));
        points.drain(1..4_501);
        assert_eq!(Polygon(points).fault(), None);
    }

    #[test]
    fn circles_are_read() {
        assert_eq!(Circle::parse(" 1.50,-2\n3 ").unwrap().to_string(), "1.5,-2 3");
        for text in ["", "1,2", "1 2", "1,2 3 4", "1,2,3", "1,2 x"] {
            assert_eq!(Circle::parse(text), Err(Code::CircleForm), "{text}");
        }
    }
}
