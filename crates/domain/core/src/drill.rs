//! The clock of a drill.

use serde::{Deserialize, Serialize};

/// How the time of a drill or a run goes: at `wall` it was `run`, and it goes `rate` times as fast. All in milliseconds since 1970.
///
/// A real run has the time of the wall; a drill may begin on the eve of an election and let an hour pass in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrillClock {
    /// Time on the wall.
    pub wall: i64,
    /// Time in the run at that moment.
    pub run: i64,
    /// How many times as fast, 1 to 10,000.
    pub rate: u32,
}

impl DrillClock {
    /// The wall's own time.
    pub const fn real() -> Self {
        Self { wall: 0, run: 0, rate: 1 }
    }

    /// The time in the run at a time on the wall.
    pub fn run_time(&self, wall: i64) -> i64 {
        self.run.saturating_add(wall.saturating_sub(self.wall).saturating_mul(i64::from(self.rate)))
    }

    /// The time on the wall at a time in the run, rounded up.
    pub fn wall_time(&self, run: i64) -> i64 {
        let rate = i64::from(self.rate.max(1));
        let passed = run.saturating_sub(self.run);
        let whole = passed.div_euclid(rate) + i64::from(passed.rem_euclid(rate) > 0);
        self.wall.saturating_add(whole)
    }
}
