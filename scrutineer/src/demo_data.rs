//! The demonstration's numbers: a country of our own, generated, the same at every start.

use std::fmt::Write as _;

/// Who stands: id, name, group.
pub(crate) const CONTESTANTS: [(&str, &str, &str); 5] = [
    ("a-lindqvist", "Astrid Lindqvist", "Green Valleys"),
    ("m-okafor", "Marcus Okafor", "Civic Union"),
    ("j-novak", "Jana Novák", "Workers’ List"),
    ("t-haddad", "Tariq Haddad", "Independent"),
    ("p-sorensen", "Per Sørensen", "Liberal Forum"),
];

/// How the files below are read.
pub(crate) const MAPPING: &str = r##"version = 1
name = "Demonstration: one row for each polling station"
format = "delimited"

[source]
id = "results"

[unit]
key = ["station"]
name = "name"
parents = ["region", "town"]

[contest]
name = "president"

[fields]
registered = "registered"
ballots_issued = "ballots issued"
ballots_cast = "ballots in the box"
votes_invalid = "invalid votes"
votes_valid = "valid votes"

[wide]
from = "a-lindqvist"
to = "p-sorensen"
"##;

/// Which of the story's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// Read out by telephone: one station in nine is not in yet.
    Preliminary,
    /// Observers' copies of every seventh tally sheet.
    Observers,
    /// All stations; in one, two contestants' votes have changed places.
    Final,
    /// The final count with that station put right.
    Corrected,
}

pub(crate) const REGIONS: [(&str, [&str; 3]); 4] = [
    ("Northmark", ["Aldersby", "Fenwick", "Harrow Quay"]),
    ("Eastfells", ["Brandt", "Kestrel", "Oak Ridge"]),
    ("Southmere", ["Marisol", "Veldt", "Wexley"]),
    ("Westholm", ["Cray", "Linden", "Tarn"]),
];
pub(crate) const STATIONS_PER_TOWN: u64 = 20;
/// The station that the story is about: Southmere, Marisol, no. 14, code 0714.
const SWAPPED: (usize, usize, u64) = (2, 0, 14);

/// The file as somebody would hand it in.
pub(crate) fn csv(sheet: Sheet) -> String {
    let mut text = String::from(
        "station,region,town,name,registered,ballots issued,ballots in the box,invalid votes,valid votes",
    );
    for (id, _, _) in CONTESTANTS {
        let _ = write!(text, ",{id}");
    }
    text.push('\n');
    let mut number = 0u64;
    for (r, (region, towns)) in REGIONS.iter().enumerate() {
        for (t, town) in towns.iter().enumerate() {
            for s in 1..=STATIONS_PER_TOWN {
                number += 1;
                let skipped = match sheet {
                    Sheet::Preliminary => number % 9 == 4,
                    Sheet::Observers => number % 7 != 1 && (r, t, s) != SWAPPED,
                    Sheet::Final | Sheet::Corrected => false,
                };
                if !skipped {
                    let code = format!("{:02}{s:02}", r * 3 + t + 1);
                    row(&mut text, &code, region, town, (r, t, s), sheet);
                }
            }
        }
    }
    text
}

fn row(text: &mut String, code: &str, region: &str, town: &str, place: (usize, usize, u64), sheet: Sheet) {
    let (r, t, s) = place;
    let mut state = (r as u64) << 40 | (t as u64) << 20 | s;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let registered = 420 + draw(900);
    let issued = registered * (520 + draw(260)) / 1000;
    // Honest stations are not perfect: now and then a voter keeps the ballot.
    let cast = issued - u64::from(draw(12) == 0);
    let invalid = cast * (5 + draw(20)) / 1000;
    let valid = cast - invalid;
    let leanings: [[u64; 5]; 4] =
        [[38, 30, 14, 10, 8], [29, 37, 16, 8, 10], [33, 34, 12, 14, 7], [36, 28, 15, 9, 12]];
    let mut votes = [0u64; 5];
    let weights: Vec<u64> = leanings[r].iter().map(|w| w * 10 + draw(80)).collect();
    let sum: u64 = weights.iter().sum();
    for (vote, weight) in votes.iter_mut().zip(&weights) {
        *vote = valid * weight / sum;
    }
    votes[0] += valid - votes.iter().sum::<u64>();
    if sheet == Sheet::Preliminary && draw(40) == 0 {
        // A slip at the telephone: two digits of the last contestant.
        votes[4] += 9;
    }
    if matches!(sheet, Sheet::Preliminary | Sheet::Final) && place == SWAPPED {
        votes.swap(0, 1);
    }
    let _ = write!(
        text,
        "{code},{region},{town},\"{town}, polling station {s}\",{registered},{issued},{cast},{invalid},{valid}"
    );
    for vote in votes {
        let _ = write!(text, ",{vote}");
    }
    text.push('\n');
}

/// The country's towns as areas: GeoJSON as an official would upload it. Neighbours share their border
/// to the last digit.
pub(crate) fn geojson() -> String {
    let mut features = Vec::new();
    for (column, (region, towns)) in (0..).zip(REGIONS) {
        for (row, town) in (0..).zip(towns) {
            let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
            let mut ring = Vec::new();
            for (from, to) in corners.iter().zip(corners.iter().cycle().skip(1)) {
                ring.extend(border(*from, *to));
            }
            ring.extend(ring.first().cloned());
            let ring = ring.join(",");
            features.push(format!(
                r#"{{"type":"Feature","properties":{{"town":"{town}","region":"{region}"}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
            ));
        }
    }
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}

/// Positions from one corner up to the next, the next left out; the same line in both directions.
fn border(from: (i64, i64), to: (i64, i64)) -> Vec<String> {
    const STEPS: i64 = 8;
    let turned = from > to;
    let (a, b) = if turned { (to, from) } else { (from, to) };
    let ((ax, ay), (bx, by)) = (corner(a), corner(b));
    let mut line: Vec<String> = (0..=STEPS)
        .map(|step| {
            let bend = if step % STEPS == 0 { (0, 0) } else { shake(&[a.0, a.1, b.0, b.1, step], 70_000) };
            let (x, y) = (ax + (bx - ax) * step / STEPS + bend.0, ay + (by - ay) * step / STEPS + bend.1);
            format!("[{}.{:06},{}.{:06}]", x / 1_000_000, x % 1_000_000, y / 1_000_000, y % 1_000_000)
        })
        .collect();
    if turned {
        line.reverse();
    }
    line.pop();
    line
}

/// Millionths of a degree.
fn corner((column, row): (i64, i64)) -> (i64, i64) {
    let (x, y) = shake(&[column, row], 180_000);
    (20_000_000 + column * 1_000_000 + x, 53_000_000 - row * 620_000 + y)
}

fn shake(seed: &[i64], most: i64) -> (i64, i64) {
    let mut state = 7_i64;
    for part in seed {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(part * 2 + 1);
    }
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33).rem_euclid(2 * most) - most
    };
    (draw(), draw())
}
