//! What somebody may act as, and where.

use crate::codes;
use scr_core::{Actor, OrgId, PersonId, Refusal, RefusalKind, Role};
use serde::{Deserialize, Serialize};

/// Whether the actor's role reaches a place: `path` is the place and everything above it. Refused
/// with `SCR-ACC-003`.
pub fn place_covers(actor: &Actor, path: &[&str]) -> Result<(), Refusal> {
    match &actor.place {
        Some(place) if !path.contains(&place.as_str()) => {
            Err(Refusal::new(RefusalKind::Forbidden, codes::NOT_YOUR_PLACE).with("place", place))
        }
        _ => Ok(()),
    }
}

/// A role of one person for one organisation, limited to a place or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Grant {
    /// The organisation.
    pub org: OrgId,
    /// The role.
    pub role: Role,
    /// The place it is limited to.
    pub place: Option<String>,
}

impl Grant {
    /// The person acting by this grant.
    pub fn actor(&self, person: &PersonId) -> Actor {
        Actor { person: person.clone(), org: self.org.clone(), role: self.role, place: self.place.clone() }
    }

    /// The grant by which somebody acts.
    pub fn of(actor: &Actor) -> Self {
        Self { org: actor.org.clone(), role: actor.role, place: actor.place.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role, place: Option<&str>) -> Actor {
        Actor {
            person: PersonId::new("p").unwrap(),
            org: OrgId::new("emb").unwrap(),
            role,
            place: place.map(str::to_owned),
        }
    }

    #[test]
    fn a_place_covers_what_lies_below_it() {
        let station = ["station-7", "ward-2", "region-1"];
        assert!(place_covers(&actor(Role::Clerk, None), &station).is_ok());
        assert!(place_covers(&actor(Role::Clerk, Some("ward-2")), &station).is_ok());
        let refusal = place_covers(&actor(Role::Clerk, Some("ward-3")), &station).unwrap_err();
        assert_eq!(refusal.code, "SCR-ACC-003");
    }
}
