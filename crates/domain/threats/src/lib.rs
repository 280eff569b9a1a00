//! Threat sharing: communities whose rules no single member controls, what their members share, and who sees it.

mod batch;
pub mod codes;
mod collection;
mod community;
mod reach;
mod rules;

pub use batch::{
    AssetList, Batch, Despite, MAX_OBJECTS, ObjectKey, Scheduled, Shared, SourceAct, SourceTerms, Withdrawn,
};
pub use collection::{Collection, Members};
pub use community::{Change, Community, Founding, Member, Outcome, Proposal, Step};
pub use reach::{Reach, Standing, reach_of, readers_of};
pub use rules::{Rules, Sector};

/// The namespace of identities of members.
const MEMBERS: uuid::Uuid = uuid::uuid!("8f6d2b1e-52a6-5c0f-9a37-6c2f4a4b7d10");
/// The namespace of identities behind which a member stands whom nobody is to know.
const PSEUDONYMS: uuid::Uuid = uuid::uuid!("c7a0f3d2-6b1e-5f64-8d3a-2e9b5c41a7f0");

/// The STIX identity of a member: the same on every server, so that it can be recognised as the creator of an object.
pub fn identity_of(org: &scr_core::OrgId) -> String {
    format!("identity--{}", uuid::Uuid::new_v5(&MEMBERS, org.as_str().as_bytes()))
}

/// The STIX identity of a pseudonym in a community. It is made of what all its readers know, and says nothing of who stands
/// behind it.
pub fn identity_of_pseudonym(community: &str, pseudonym: &str) -> String {
    let name = format!("{community}\n{pseudonym}");
    format!("identity--{}", uuid::Uuid::new_v5(&PSEUDONYMS, name.as_bytes()))
}
