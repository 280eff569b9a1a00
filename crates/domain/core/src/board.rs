//! An audit board: two people with a passphrase and a list, and without an account.

use crate::ids::OrgId;
use serde::{Deserialize, Serialize};

/// Which board of which audit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoardKey {
    /// The audit's id.
    pub audit: String,
    /// The version of what was committed to, from 1.
    pub version: u32,
    /// The round in it, from 1.
    pub round: u32,
    /// Whose board.
    pub jurisdiction: String,
    /// Its number in the jurisdiction, from 1.
    pub board: u32,
}

/// A board that has said its passphrase. It is no [`Actor`](crate::Actor): it has no role, and opens nothing but its
/// own list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardLogin {
    /// Which board.
    pub key: BoardKey,
    /// The organisation that runs the audit.
    pub org: OrgId,
}
