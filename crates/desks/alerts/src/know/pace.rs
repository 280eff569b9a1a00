//! How long it took until stations had come to each step: the same measures for an alert that is meant and for a drill.

use super::boards::Shown;
use super::sms::step_word;
use super::station::way_word;
use crate::network::Network;
use scr_alerts::acks::{Measures, Spread, Step};
use scr_web::{App, Visit};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

/// Areas are compared at this depth: 0 is the whole, 1 its regions.
pub(crate) const COMPARED: u8 = 1;
/// Areas that are named.
const SLOWEST: usize = 10;
/// Below so many stations measures are always those of the board that is shown.
const SMALL: usize = 5_000;
/// How old they may be otherwise.
const OLDEST: Duration = Duration::from_secs(5);
/// Alerts whose measures are kept.
const KEPT: usize = 24;

/// A line of a table of times.
pub(crate) struct Times {
    pub(crate) name: String,
    pub(crate) of: u64,
    pub(crate) reached: u64,
    /// When half of them, nine in ten and the last had come, each with its heading's text.
    pub(crate) cells: [(&'static str, Option<String>); 3],
}

/// Times by step, by area and by way, in words.
pub(crate) struct Pace {
    /// The step that is asked for.
    pub(crate) goal: String,
    /// By step.
    pub(crate) steps: Vec<Times>,
    /// The slowest areas, until the goal.
    pub(crate) areas: Vec<Times>,
    /// First words at the goal by the way they came.
    pub(crate) ways: Vec<(String, u64)>,
}

/// A duration, `1:02:03`. Boards have their alert's time, in a drill that of its clock.
fn duration(seconds: u64) -> String {
    format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

fn times(name: String, spread: &Spread) -> Times {
    let say = |time: Option<u64>| time.map(duration);
    Times {
        name,
        of: spread.of,
        reached: spread.reached,
        cells: [
            ("alert-report-half", say(spread.half)),
            ("alert-report-nine", say(spread.nine_in_ten)),
            ("alert-report-last", say(spread.last)),
        ],
    }
}

/// Names of the areas, in the order of the measures.
pub(crate) fn area_names(measures: &Measures, network: &Network) -> Vec<String> {
    let name = |(place, _): &(u32, Spread)| network.tree.area(*place).map(|area| area.name.clone());
    measures.areas.iter().map(|area| name(area).unwrap_or_default()).collect()
}

impl Pace {
    /// Measures in words; `areas`: their names, in the order of the measures.
    pub(crate) fn of(visit: &Visit, measures: &Measures, areas: &[String], goal: Step) -> Self {
        let of_step = |(step, spread): (Step, &Spread)| times(step_word(visit.texts(), step), spread);
        let areas = areas.iter().zip(&measures.areas).take(SLOWEST);
        Self {
            goal: step_word(visit.texts(), goal),
            steps: Step::ALL.into_iter().zip(&measures.steps).map(of_step).collect(),
            areas: areas.map(|(name, (_, spread))| times(name.clone(), spread)).collect(),
            ways: measures.channels.iter().map(|(way, count)| (way_word(visit, *way), *count)).collect(),
        }
    }
}

/// Measures of a board that was shown.
#[derive(Debug, Clone)]
struct Taken {
    measures: Arc<Measures>,
    of: Weak<Shown>,
    network: Weak<Network>,
    made: Instant,
}

impl Taken {
    /// Whether they are those of another board of the same stations, which are so many that a moment more or less is no matter.
    fn may_be_old(&self, shown: &Shown) -> bool {
        shown.board.len() > SMALL && Weak::ptr_eq(&self.network, &Arc::downgrade(&shown.network))
    }

    /// Whether they may still stand beside a board.
    fn holds(&self, shown: &Arc<Shown>) -> bool {
        let is_same = Weak::ptr_eq(&self.of, &Arc::downgrade(shown));
        is_same || (self.may_be_old(shown) && self.made.elapsed() < OLDEST)
    }
}

#[derive(Debug, Default)]
struct Measured {
    all: Mutex<BTreeMap<u64, Taken>>,
    /// One page measures at a time, the others go on with what there is.
    turn: Mutex<()>,
}

impl Measured {
    fn kept(&self, index: u64) -> Option<Taken> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).get(&index).cloned()
    }
}

/// The measures of a board, worked out at most once for each snapshot of it, and of many stations every five seconds.
pub(super) fn measures(app: &App, shown: &Arc<Shown>) -> Arc<Measures> {
    let (held, index) = (app.soft::<Measured>(), shown.case.index());
    let kept = held.kept(index);
    if let Some(kept) = kept.as_ref().filter(|kept| kept.holds(shown)) {
        return Arc::clone(&kept.measures);
    }
    let kept = kept.filter(|kept| kept.may_be_old(shown));
    let _turn = match (held.turn.try_lock(), kept) {
        (Ok(turn), _) => turn,
        (Err(_), Some(kept)) => return kept.measures,
        (Err(_), None) => held.turn.lock().unwrap_or_else(PoisonError::into_inner),
    };
    if let Some(kept) = held.kept(index).filter(|kept| kept.holds(shown)) {
        return kept.measures;
    }
    let made = Measures::of(&shown.board, &shown.network.tree, COMPARED, shown.case.goal);
    let measures = Arc::new(made);
    // Boards of 100,000 stations are large: none is kept in memory for this.
    let (of, network) = (Arc::downgrade(shown), Arc::downgrade(&shown.network));
    let taken = Taken { measures: Arc::clone(&measures), of, network, made: Instant::now() };
    let mut all = held.all.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= KEPT && !all.contains_key(&index) {
        all.pop_first();
    }
    all.insert(index, taken);
    measures
}
