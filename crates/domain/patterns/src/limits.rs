//! How much of a pattern is read, and how much work its evaluation may be.

use serde::{Deserialize, Serialize};

/// What the parser takes at most. A pattern beyond any of these is refused with the place where it grew too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the pattern's text (UTF-8).
    pub bytes: usize,
    /// Parentheses within each other, those around observations and those within brackets counted together.
    pub depth: usize,
    /// Comparison expressions in the whole pattern.
    pub comparisons: usize,
    /// Bracketed observation expressions in the whole pattern.
    pub observations: usize,
    /// Constants in all sets of `IN` together.
    pub constants: usize,
    /// Steps of one object path.
    pub path: usize,
    /// The number of `REPEATS n TIMES`.
    pub repeats: u64,
    /// Bytes that one compiled regular expression may take.
    pub regex_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 10,
            depth: 64,
            comparisons: 10_000,
            observations: 1_000,
            constants: 20_000,
            path: 64,
            repeats: 1_000_000,
            regex_bytes: 1 << 20,
        }
    }
}

/// What one evaluation may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EvalLimits {
    /// Steps: a property that is looked at, a piece of a text that is searched, an observation that is tried for an
    /// observation expression. A million steps take from ten milliseconds to a few tenths of a second.
    pub steps: u64,
    /// Observation expressions after `REPEATS` around several of them is written out.
    pub copies: usize,
}

impl Default for EvalLimits {
    fn default() -> Self {
        Self { steps: 20_000_000, copies: 10_000 }
    }
}
