//! Who acts, and in what capacity.

use crate::ids::{OrgId, PersonId};
use serde::{Deserialize, Serialize};

/// What a person may do for an organisation. Granted per organisation; each grant is an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs the installation: organisations, people, roles. Touches no result.
    Administrator,
    /// Defines elections, imports registries and results, publishes.
    Manager,
    /// Types tally sheets.
    Clerk,
    /// Resolves differences between two entries and signs sheets off.
    Supervisor,
    /// Hands in copies of tally sheets as another source.
    Observer,
    /// Looks, and changes nothing: wall screens, press rooms.
    Viewer,
}

impl Role {
    /// Every role, from the widest to the narrowest.
    pub const ALL: [Self; 6] =
        [Self::Administrator, Self::Manager, Self::Clerk, Self::Supervisor, Self::Observer, Self::Viewer];

    /// The role's name in the record and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Manager => "manager",
            Self::Clerk => "clerk",
            Self::Supervisor => "supervisor",
            Self::Observer => "observer",
            Self::Viewer => "viewer",
        }
    }

    /// The role of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// A person acting in one role for one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Pseudonymous id of the person.
    pub person: PersonId,
    /// The organisation the person acts for.
    pub org: OrgId,
    /// The capacity in which the person acts.
    pub role: Role,
    /// The part of the place tree the role is limited to: a code in the registry of polling
    /// stations, which includes everything below it. `None` is everywhere.
    pub place: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_name_that_leads_back_to_it() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }
}
