//! What happened when, as the objects around one of them say it.

use super::near::{Item, seconds};

/// A day, in seconds.
pub(crate) const DAY: i64 = 86_400;

/// One object over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lane {
    /// Which, by its place in the list.
    pub(crate) item: usize,
    /// From when, if it says so.
    pub(crate) from: Option<i64>,
    /// Until when.
    pub(crate) until: Option<i64>,
    /// What the two are.
    pub(crate) what: What,
    /// When it was shared here.
    pub(crate) shared: i64,
}

/// What the times of an object are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// First and last seen.
    Seen,
    /// Valid from and until.
    Valid,
    /// When it was published, or written.
    Published,
}

impl Lane {
    /// When it begins: for the order.
    fn begins(&self) -> i64 {
        self.from.or(self.until).unwrap_or(self.shared)
    }
}

/// Lanes of objects that say something about time; the first object comes first, the others by their beginning.
pub(crate) fn lanes(items: &[Item]) -> Vec<Lane> {
    let mut all: Vec<Lane> = items.iter().enumerate().filter_map(|(place, item)| lane(place, item)).collect();
    all.sort_by_key(|lane| (lane.item != 0, lane.begins(), lane.item));
    all
}

fn lane(place: usize, item: &Item) -> Option<Lane> {
    let (what, from, until) = match item.kind() {
        "indicator" => (
            What::Valid,
            item.head.valid_from.as_ref().map(seconds),
            item.head.valid_until.as_ref().map(seconds),
        ),
        "report" => (What::Published, item.time("published"), None),
        "note" | "opinion" | "grouping" => (What::Published, item.head.created.as_ref().map(seconds), None),
        "observed-data" => (What::Seen, item.time("first_observed"), item.time("last_observed")),
        _ => (What::Seen, item.time("first_seen"), item.time("last_seen")),
    };
    let lane = Lane { item: place, from, until, what, shared: item.shared() };
    (place == 0 || from.is_some() || until.is_some()).then_some(lane)
}

/// From when to when a drawing goes: from the beginning of the first lane, where it says so, to the last thing that has
/// happened; what is planned goes on at its end.
pub(crate) fn span(lanes: &[Lane], now: i64) -> (i64, i64) {
    let first = lanes.first().filter(|lane| lane.item == 0).and_then(|lane| lane.from);
    let begin = first.or_else(|| lanes.iter().map(Lane::begins).min()).unwrap_or(now);
    let past = |at: i64| Some(at).filter(|at| *at <= now);
    let ends = lanes
        .iter()
        .flat_map(|lane| [lane.from.and_then(past), lane.until.and_then(past), Some(lane.shared)]);
    let end = ends.flatten().max().unwrap_or(now).max(begin + DAY);
    let space = ((end - begin) / 12).max(DAY);
    (begin.saturating_sub(space), end.saturating_add(space))
}

/// Up to so many days at equal distances, the first and the last of a span among them, in seconds.
pub(crate) fn ticks((begin, end): (i64, i64), most: i64) -> Vec<i64> {
    let days = ((end - begin) / DAY).max(1);
    let step = (days + most - 2) / (most - 1).max(1);
    let first = begin.div_euclid(DAY) * DAY + DAY;
    (0..most).map(|number| first + number * step.max(1) * DAY).take_while(|at| *at <= end).collect()
}

/// The month of a moment: its year and its number from 1, by the proleptic Gregorian calendar, in UTC.
pub(crate) fn month(at: i64) -> (i64, i64) {
    let (year, month, _) = scr_core::date_of(at.div_euclid(DAY));
    (year, month)
}

/// The months up to the one of `now`, the earliest first.
pub(crate) fn months(now: i64, count: i64) -> Vec<(i64, i64)> {
    let (year, number) = month(now);
    let last = year * 12 + number - 1;
    (last - count + 1..=last).map(|index| (index.div_euclid(12), index.rem_euclid(12) + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane_of(item: usize, from: Option<i64>, until: Option<i64>, shared: i64) -> Lane {
        Lane { item, from, until, what: What::Seen, shared }
    }

    #[test]
    fn months_follow_the_calendar() {
        assert_eq!(month(0), (1970, 1));
        assert_eq!(month(951_782_400), (2000, 2), "29 February 2000");
        assert_eq!(month(951_868_800), (2000, 3));
        assert_eq!(month(1_795_514_400), (2026, 11));
        assert_eq!(month(-1), (1969, 12));
        let list = months(1_795_514_400, 12);
        assert_eq!((list.len(), list[0], list[11]), (12, (2025, 12), (2026, 11)));
    }

    #[test]
    fn a_drawing_begins_with_the_story_and_ends_with_what_has_happened() {
        let lanes = [
            lane_of(0, Some(100 * DAY), None, 103 * DAY),
            lane_of(1, Some(2 * DAY), Some(900 * DAY), 104 * DAY),
        ];
        let (begin, end) = span(&lanes, 110 * DAY);
        assert!(begin == 99 * DAY && end == 105 * DAY, "{} {}", begin / DAY, end / DAY);
        let ticks = ticks((begin, end), 4);
        assert!(ticks.len() >= 2 && ticks.iter().all(|at| (begin..=end).contains(at)), "{ticks:?}");
        assert_eq!(span(&[], 5 * DAY).0, 4 * DAY);
    }
}
