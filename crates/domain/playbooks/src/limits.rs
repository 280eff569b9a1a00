//! How much of a playbook is read, and how long a run of it may become.

use serde::{Deserialize, Serialize};

/// What is taken at most. The defaults leave room for several times the largest playbooks that are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Objects and lists within each other.
    pub depth: usize,
    /// JSON values in the whole file.
    pub nodes: usize,
    /// Steps of the workflow.
    pub steps: usize,
    /// Branches within each other.
    pub nesting: usize,
    /// Findings that are listed; one more says that there are others.
    pub findings: usize,
    /// The largest bound that a loop may have, in turns.
    pub turns: u64,
    /// Playbooks that start each other, one within the other.
    pub playbooks: u32,
    /// Events of one run.
    pub events: usize,
    /// Bytes of a text in an event: a note, a reason, a value.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 4 << 20,
            depth: 32,
            nodes: 200_000,
            steps: 2_000,
            nesting: 16,
            findings: 200,
            turns: 1_000,
            playbooks: 4,
            events: 100_000,
            text: 16 << 10,
        }
    }
}
