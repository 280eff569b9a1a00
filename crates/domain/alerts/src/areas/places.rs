//! Where polling stations are: two further columns of their list, which not every list has.

use super::AreaLimits;
use super::table::{Row, Table};
use scr_core::Problem;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A degree has so many of the units that are kept: a millionth is about eleven centimetres.
const DEGREE: i32 = 1_000_000;
/// Decimals of a degree that are used.
const DECIMALS: usize = 6;
/// Characters of a coordinate; files of geographic programs have fifteen decimals and more.
const LONGEST: usize = 24;

/// A place on earth (WGS 84), in millionths of a degree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    latitude: i32,
    longitude: i32,
}

impl Point {
    /// A place by millionths of a degree; `None` outside -90 to 90 and -180 to 180 degrees.
    pub fn new(latitude: i32, longitude: i32) -> Option<Self> {
        let is_there = within(latitude, 90) && within(longitude, 180);
        is_there.then_some(Self { latitude, longitude })
    }

    /// Millionths of a degree north of the equator.
    pub fn latitude(self) -> i32 {
        self.latitude
    }

    /// Millionths of a degree east of Greenwich.
    pub fn longitude(self) -> i32 {
        self.longitude
    }
}

fn within(value: i32, degrees: i32) -> bool {
    value.unsigned_abs() <= degrees.saturating_mul(DEGREE).unsigned_abs()
}

/// Decimal degrees, `-52.2297`: no more decimals than it needs.
pub fn degrees(millionths: i32) -> String {
    let (all, unit) = (millionths.unsigned_abs(), DEGREE.unsigned_abs());
    let mut text = String::new();
    let sign = if millionths < 0 { "-" } else { "" };
    let _ = write!(text, "{sign}{}.{:06}", all / unit, all % unit);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Reads decimal degrees within plus or minus `most`. Six decimals are used, the others are not looked at.
fn read_degrees(text: &str, most: i32) -> Option<i32> {
    let (is_minus, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = match digits.split_once('.') {
        Some((_, "")) => return None,
        found => found.unwrap_or((digits, "")),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if text.len() > LONGEST || !(1..=3).contains(&whole.len()) || !are_digits(whole) || !are_digits(part) {
        return None;
    }
    let used = part.get(..DECIMALS).unwrap_or(part);
    let value = whole.parse::<i32>().ok()?.checked_mul(DEGREE)?;
    let value = value.checked_add(format!("{used:0<DECIMALS$}").parse().ok()?)?;
    let has_more = part.get(DECIMALS..).is_some_and(|rest| rest.bytes().any(|byte| byte != b'0'));
    let limit = most.saturating_mul(DEGREE);
    let is_within = value < limit || (value == limit && !has_more);
    is_within.then_some(if is_minus { -value } else { value })
}

/// The places of the polling stations that have one, by number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    all: BTreeMap<u32, Point>,
}

impl Places {
    /// Reads the columns `latitude` and `longitude` (WGS 84, decimal degrees) of a list of stations. A list without them has no
    /// places; a station has both or none.
    ///
    /// # Errors
    /// At most 100 problems: `SCR-ALR-040` (one of the columns alone), `SCR-ALR-047` (no such coordinates, or one alone), and for rows that
    /// cannot be read what `Stations::read` says of them.
    pub fn read(bytes: &[u8], file: &str, limits: &AreaLimits) -> Result<Self, Vec<Problem>> {
        let mut table = Table::new(file);
        let [has_latitude, has_longitude] = Table::has(bytes, ["latitude", "longitude"], limits);
        match (has_latitude, has_longitude) {
            (true, true) => {}
            (false, false) => return Ok(Self::default()),
            (is_first, _) => {
                let name = if is_first { "longitude" } else { "latitude" };
                return Err(vec![table.error("SCR-ALR-040").in_column(name)]);
            }
        }
        let rows = table.read_short(bytes, &["number", "latitude", "longitude"], limits);
        let mut all = BTreeMap::new();
        for row in rows {
            let Some(point) = point(&row, &mut table) else { continue };
            if let Ok(number) = Table::text(&row, 0).parse::<u32>() {
                all.insert(number, point);
            }
        }
        if table.problems.is_empty() { Ok(Self { all }) } else { Err(table.problems) }
    }

    /// Where a station is.
    pub fn of(&self, number: u32) -> Option<Point> {
        self.all.get(&number).copied()
    }

    /// How many stations have a place.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether none has.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

fn point(row: &Row, table: &mut Table<'_>) -> Option<Point> {
    let (latitude, longitude) = (Table::text(row, 1), Table::text(row, 2));
    if latitude.is_empty() && longitude.is_empty() {
        return None;
    }
    let mut read = |name: &str, text: &str, most: i32| {
        let value = read_degrees(text, most);
        if value.is_none() {
            table.report(table.error("SCR-ALR-047").at_row(row.number).in_column(name).with_value(text));
        }
        value
    };
    let (latitude, longitude) = (read("latitude", latitude, 90), read("longitude", longitude, 180));
    Point::new(latitude?, longitude?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &str) -> Result<Places, Vec<Problem>> {
        Places::read(rows.as_bytes(), "stations.csv", &AreaLimits::default())
    }

    #[test]
    fn a_list_may_have_places_for_all_some_or_none() {
        assert_eq!(read("number,area,voters\n1,A,2\n").unwrap(), Places::default());
        let some = read("longitude,number,latitude\n21.0122287,7,52.2296756\n,8,\n-180,9,-90.000\n").unwrap();
        assert_eq!(some.of(7), Point::new(52_229_675, 21_012_228));
        assert_eq!((some.of(8), some.of(9), some.len()), (None, Point::new(-90_000_000, -180_000_000), 2));
    }

    #[test]
    fn what_is_no_coordinate_is_refused_with_row_and_column() {
        for (cells, column) in [
            ("91,0", "latitude"),
            ("90.0000001,0", "latitude"),
            ("0,-180.1", "longitude"),
            ("52.1,", "longitude"),
            (",21", "latitude"),
            ("52°,21", "latitude"),
            ("\"52,1\",21", "latitude"),
            ("1e1,21", "latitude"),
            ("+5,21", "latitude"),
            ("5.,21", "latitude"),
            (".5,21", "latitude"),
            ("--5,21", "latitude"),
            ("0005,21", "latitude"),
            ("1.12345678901234567890123,2", "latitude"),
            ("NaN,2", "latitude"),
            ("52.1", "longitude"),
        ] {
            let problems = read(&format!("number,latitude,longitude\n1,1,1\n2,{cells}\n")).unwrap_err();
            let found = &problems[0];
            assert_eq!((found.code, problems.len()), ("SCR-ALR-047", 1), "{cells}");
            assert_eq!(found.row, Some(3), "{cells}");
            assert_eq!(found.column.as_deref(), Some(column), "{cells}");
        }
        let alone = read("number,latitude\n1,1\n").unwrap_err();
        assert_eq!((alone[0].code, alone[0].column.as_deref()), ("SCR-ALR-040", Some("longitude")));
    }

    #[test]
    fn degrees_are_written_as_they_are_read() {
        for (text, value) in
            [("0", 0), ("-0.000001", -1), ("52.2297", 52_229_700), ("-180", -180_000_000), ("0.5", 500_000)]
        {
            assert_eq!((degrees(value).as_str(), read_degrees(text, 180)), (text, Some(value)));
        }
        assert_eq!((Point::new(90_000_001, 0), Point::new(0, i32::MIN)), (None, None));
    }
}
