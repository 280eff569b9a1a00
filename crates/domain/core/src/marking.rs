//! Who may see an object: TLP 2.0 plus audience, decided by one function.

use crate::ids::OrgId;
use serde::{Deserialize, Serialize};

/// Traffic Light Protocol 2.0 (FIRST, August 2022), from the widest to the narrowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tlp {
    /// May be published.
    Clear,
    /// The community: every organisation that takes part.
    Green,
    /// The named organisations and their clients.
    Amber,
    /// The named organisations only.
    AmberStrict,
    /// The named organisations' named recipients; here: the owner and the audience alone.
    Red,
}

/// For whom an object is meant, beside its owner.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Audience(pub Vec<OrgId>);

/// The marking of one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marking {
    /// Its TLP 2.0 label.
    pub tlp: Tlp,
    /// The organisation the object belongs to.
    pub owner: OrgId,
    /// Other organisations that it is meant for.
    pub audience: Audience,
}

impl Marking {
    /// The narrowest marking: the owner alone. What nobody has marked is this.
    pub fn narrowest(owner: OrgId) -> Self {
        Self { tlp: Tlp::Red, owner, audience: Audience::default() }
    }
}

/// Who asks to see something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Viewer {
    /// Anybody, without a login.
    Public,
    /// Somebody who acts for an organisation of this installation's community.
    Member(OrgId),
}

/// The one answer to "may this viewer see an object with this marking?".
pub fn may_see(viewer: &Viewer, marking: &Marking) -> bool {
    match (viewer, marking.tlp) {
        (_, Tlp::Clear) | (Viewer::Member(_), Tlp::Green) => true,
        (Viewer::Public, _) => false,
        (Viewer::Member(org), Tlp::Amber | Tlp::AmberStrict | Tlp::Red) => {
            *org == marking.owner || marking.audience.0.contains(org)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn org(name: &str) -> OrgId {
        OrgId::new(name).unwrap()
    }

    #[test]
    fn the_public_sees_clear_and_nothing_else() {
        for tlp in [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red] {
            let marking = Marking { tlp, owner: org("emb"), audience: Audience(vec![org("press")]) };
            assert_eq!(may_see(&Viewer::Public, &marking), tlp == Tlp::Clear);
        }
    }

    #[test]
    fn a_member_outside_the_audience_sees_clear_and_green() {
        for tlp in [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red] {
            let marking = Marking { tlp, owner: org("emb"), audience: Audience(vec![org("press")]) };
            assert_eq!(may_see(&Viewer::Member(org("party")), &marking), tlp <= Tlp::Green);
            assert!(may_see(&Viewer::Member(org("press")), &marking));
            assert!(may_see(&Viewer::Member(org("emb")), &marking));
        }
    }

    #[test]
    fn the_default_is_the_narrowest() {
        let marking = Marking::narrowest(org("emb"));
        assert!(!may_see(&Viewer::Member(org("party")), &marking));
        assert!(may_see(&Viewer::Member(org("emb")), &marking));
    }
}
