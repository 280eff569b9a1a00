//! How fast an alert arrived, and where it was slow: the same measure in earnest and in a drill.

use super::board::Heard;
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
        let reached = u64::try_from(came.len()).unwrap_or(u64::MAX);
        // The smallest number of stations that is at least this part of all, rounded up.
        let mut when = |part: u64| {
            let needed = of.saturating_mul(part).div_ceil(100);
            let place = usize::try_from(needed.checked_sub(1)?).ok().filter(|place| *place < came.len())?;
            Some(*came.select_nth_unstable(place).1)
        };
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

/// When a station had come to each step: the earliest of that step and of all further ones, since each holds those before it.
fn came(mut heard: [Option<Heard>; 5]) -> [Option<Heard>; 5] {
    let mut first = None;
    for slot in heard.iter_mut().rev() {
        first = [first, *slot].into_iter().flatten().min();
        *slot = first;
    }
    heard
}

impl Measures {
    /// Measures a board: areas at this depth (0 is the top), by this step.
    pub fn of(board: &Board, tree: &AreaTree, depth: u8, goal: Step) -> Self {
        let mut steps: [Vec<u64>; 5] = Default::default();
        let mut areas: BTreeMap<u32, (u64, Vec<u64>)> = BTreeMap::new();
        let mut channels: BTreeMap<Channel, u64> = BTreeMap::new();
        let mut all = 0u64;
        let after = |heard: Heard| heard.at.saturating_sub(board.sent());
        for (station, heard) in board.all_heard() {
            all += 1;
            let came = came(heard);
            for (list, heard) in steps.iter_mut().zip(came) {
                list.extend(heard.map(after));
            }
            let at_goal = came.get(goal.place()).copied().flatten();
            if let Some(heard) = at_goal {
                *channels.entry(heard.channel).or_default() += 1;
            }
            let is_there = |place: &u32| tree.area(*place).is_some_and(|area| area.depth == depth);
            if let Some(area) = tree.upwards(station.area).find(is_there) {
                let (of, times) = areas.entry(area).or_default();
                *of += 1;
                times.extend(at_goal.map(after));
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
