//! What happens in a run.

use super::state::Place;
use scr_canon::Hash32;
pub use scr_core::DrillClock as Clock;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Whether it is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// It is.
    Real,
    /// A drill: marked as one on every surface.
    Exercise,
}

/// Who did it: a person in a role. The desk has made sure that the person holds it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct By {
    /// The person, by a pseudonymous id.
    pub person: String,
    /// The role's short name.
    pub role: String,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// It reached its end step.
    Completed,
    /// A step failed and nothing but the exception handler, or nothing at all, took it up.
    Failed,
    /// Somebody broke it off.
    Aborted,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// The run begins.
    Started {
        /// The playbook's identifier.
        playbook: String,
        /// SHA-256 of its bytes.
        digest: Hash32,
        /// First values of external variables.
        variables: BTreeMap<String, String>,
        /// How its time goes.
        clock: Clock,
        /// Playbooks around it: 0 for one that nobody called.
        depth: u32,
    },
    /// Somebody has taken a step up; or the waiting time of a step without commands is over.
    Begun {
        /// Which.
        place: Place,
    },
    /// A step was done.
    Done {
        /// Which.
        place: Place,
        /// SHA-256 of what was handed in.
        evidence: Option<Hash32>,
        /// Words.
        note: Option<String>,
        /// Values of the variables that the step returns.
        outputs: BTreeMap<String, String>,
    },
    /// A second person has signed.
    Countersigned {
        /// Which.
        place: Place,
    },
    /// The second person wants it done again.
    SentBack {
        /// Which.
        place: Place,
        /// Why.
        reason: String,
    },
    /// A step will not be done: it has failed.
    Refused {
        /// Which.
        place: Place,
        /// Why.
        reason: String,
    },
    /// A step's timeout has passed: it has failed.
    TimedOut {
        /// Which.
        place: Place,
    },
    /// A condition was evaluated.
    Evaluated {
        /// Which.
        place: Place,
        /// `true`, `false`, the case of a switch or nothing at all, or `undecided`.
        answer: String,
    },
    /// A playbook that a step started has ended.
    ChildEnded {
        /// Which step.
        place: Place,
        /// Its run.
        run: String,
        /// How.
        ending: Ending,
        /// Values of the variables that the step returns.
        outputs: BTreeMap<String, String>,
    },
    /// Somebody has given a variable a value.
    VariableSet {
        /// Which.
        name: String,
        /// The value.
        value: String,
    },
    /// All clocks stand.
    Paused {
        /// Why.
        reason: String,
    },
    /// They go on.
    Resumed,
    /// The run is broken off.
    Aborted {
        /// Why.
        reason: String,
    },
    /// The run has ended, as its state says: closes the record.
    Ended {
        /// How.
        ending: Ending,
    },
}

/// One entry of a run's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its own id: the same entry twice is one.
    pub id: String,
    /// The run's mode, again: an entry of a drill never counts in earnest.
    pub mode: Mode,
    /// When, in milliseconds since 1970 by the run's clock.
    pub at: i64,
    /// Who; nobody where the program itself notes it.
    pub by: Option<By>,
    /// What.
    pub act: Act,
}
