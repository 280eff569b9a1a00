//! Who may see an object: one function says whom it reaches, one says as whom a reader reads, and an object is seen where
//! the two meet. Every path to objects goes by these two.

use scr_core::{Marking, OrgId, Tlp, Viewer};

/// How somebody stands to a community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Outside: everybody.
    Outside,
    /// One of its members.
    Member(OrgId),
}

/// Whom an object reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Everybody.
    Everybody,
    /// Every member of the community.
    Community,
    /// These organisations, in their order, each once.
    Named(Vec<OrgId>),
}

/// What stands in an index for everybody.
const EVERYBODY: &str = "*";
/// What stands there for the community: no organisation has such a name.
const COMMUNITY: &str = "+";

impl Reach {
    /// The names under which an index finds the object.
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Everybody => vec![EVERYBODY],
            Self::Community => vec![COMMUNITY],
            Self::Named(list) => list.iter().map(OrgId::as_str).collect(),
        }
    }
}

/// Whom an object with this marking reaches.
pub fn reach_of(marking: &Marking) -> Reach {
    match marking.tlp {
        Tlp::Clear => Reach::Everybody,
        Tlp::Green => Reach::Community,
        Tlp::Amber | Tlp::AmberStrict | Tlp::Red => {
            let mut named = marking.audience.0.clone();
            named.push(marking.owner.clone());
            named.sort();
            named.dedup();
            Reach::Named(named)
        }
    }
}

/// The names under which somebody finds objects in an index.
pub fn readers_of(standing: &Standing) -> Vec<&str> {
    match standing {
        Standing::Outside => vec![EVERYBODY],
        Standing::Member(org) => vec![EVERYBODY, COMMUNITY, org.as_str()],
    }
}

impl From<&Standing> for Viewer {
    fn from(standing: &Standing) -> Self {
        match standing {
            Standing::Outside => Self::Public,
            Standing::Member(org) => Self::Member(org.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use scr_core::{Audience, may_see};

    fn org(number: u8) -> OrgId {
        OrgId::new(format!("org-{number}")).unwrap()
    }

    fn markings() -> impl Strategy<Value = Marking> {
        let tlp = prop::sample::select(vec![Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red]);
        (tlp, 0..4u8, prop::collection::vec(0..4u8, 0..4)).prop_map(|(tlp, owner, audience)| Marking {
            tlp,
            owner: org(owner),
            audience: Audience(audience.into_iter().map(org).collect()),
        })
    }

    proptest! {
        /// The index finds an object for exactly those who may see it.
        #[test]
        fn an_index_says_what_the_one_function_says(marking in markings(), reader in prop::option::of(0..5u8)) {
            let standing = reader.map_or(Standing::Outside, |number| Standing::Member(org(number)));
            let reach = reach_of(&marking);
            let meets = readers_of(&standing).iter().any(|key| reach.keys().contains(key));
            prop_assert_eq!(meets, may_see(&Viewer::from(&standing), &marking));
        }
    }
}
