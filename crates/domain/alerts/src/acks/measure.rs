//! How fast an alert arrived, and where it was slow: the same measure in earnest and in a drill.

use super::{Board, Channel, Step};
use crate::areas::AreaTree;
use serde::Serialize;
use std::collections::BTreeMap;

/// How long it took until parts of the stations had come to a step. All in seconds after the alert was sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Stations.
    pub of: u64,
    /// Those that came to the step, or further.
    pub reached: u64,
    /// When half of all stations had come to it; nothing where fewer did.
    pub half: Option<u64>,
    /// When nine in ten had.
    pub nine_in_ten: Option<u64>,
    /// When the last had; nothing where one did not.
    pub last: Option<u64>,
}

impl Spread {
    /// Of all stations, and the seconds at which some of them came, in any order.
    fn of(of: u64, mut came: Vec<u64>) -> Self {
        came.sort_unstable();
        // The smallest number of stations that is at least this part of all, rounded up.
        let when = |part: u64| {
            let needed = of.saturating_mul(part).div_ceil(100);
            let place = usize::try_from(needed.checked_sub(1)?).ok()?;
            came.get(place).copied()
        };
        let reached = u64::try_from(came.len()).unwrap_or(u64::MAX);
        Self { of, reached, half: when(50), nine_in_ten: when(90), last: when(100) }
    }
}

/// The measure of one alert.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Measures {
    /// By step: sent, delivered, read, understood, acted.
    pub steps: [Spread; 5],
    /// The goal by area of one depth, the slowest first: those that never came to it, then by the time of nine in ten. By its
    /// place in the tree.
    pub areas: Vec<(u32, Spread)>,
    /// First words at the goal by the way they came.
    pub channels: BTreeMap<Channel, u64>,
}

/// When a station had come to a step: the earliest of that step and of all further ones, since each holds those before it.
fn came(board: &Board, station: u32, step: Step) -> Option<(u64, Channel)> {
    let further = Step::ALL.into_iter().filter(|one| *one >= step);
    let first = further.filter_map(|one| board.heard(station, one)).min()?;
    Some((first.at.saturating_sub(board.sent()), first.channel))
}

impl Measures {
    /// Measures a board: areas at this depth (0 is the top), by this step.
    pub fn of(board: &Board, tree: &AreaTree, depth: u8, goal: Step) -> Self {
        let mut steps: [Vec<u64>; 5] = Default::default();
        let mut areas: BTreeMap<u32, (u64, Vec<u64>)> = BTreeMap::new();
        let mut channels: BTreeMap<Channel, u64> = BTreeMap::new();
        let mut all = 0u64;
        for station in board.stations() {
            all += 1;
            for step in Step::ALL {
                if let (Some((at, _)), Some(list)) =
                    (came(board, station.number, step), steps.get_mut(step.place()))
                {
                    list.push(at);
                }
            }
            let at_goal = came(board, station.number, goal);
            if let Some((_, channel)) = at_goal {
                *channels.entry(channel).or_default() += 1;
            }
            let is_there = |place: &u32| tree.area(*place).is_some_and(|area| area.depth == depth);
            if let Some(area) = tree.upwards(station.area).find(is_there) {
                let (of, came) = areas.entry(area).or_default();
                *of += 1;
                came.extend(at_goal.map(|(at, _)| at));
            }
        }
        let mut areas: Vec<(u32, Spread)> =
            areas.into_iter().map(|(area, (of, came))| (area, Spread::of(of, came))).collect();
        areas.sort_by_key(|(area, spread)| {
            let slow = |time: Option<u64>| std::cmp::Reverse(time.unwrap_or(u64::MAX));
            (slow(spread.nine_in_ten), slow(spread.last), *area)
        });
        Self { steps: steps.map(|came| Spread::of(all, came)), areas, channels }
    }
}
