//! Threat sharing: communities whose rules no single member controls, what their members share, and who sees it.

mod batch;
pub mod codes;
mod collection;
mod community;
mod reach;
mod rules;

pub use batch::{
    AssetList, Batch, MAX_OBJECTS, ObjectKey, Scheduled, Shared, SourceAct, SourceTerms, Withdrawn,
};
pub use collection::{Collection, Members};
pub use community::{Change, Community, Founding, Member, Outcome, Proposal, Step};
pub use reach::{Reach, Standing, reach_of, readers_of};
pub use rules::{Rules, Sector};

/// The STIX identity of a member: the same on every server, so that it can be recognised as the creator of an object.
pub fn identity_of(org: &scr_core::OrgId) -> String {
    const NAMESPACE: uuid::Uuid = uuid::uuid!("8f6d2b1e-52a6-5c0f-9a37-6c2f4a4b7d10");
    format!("identity--{}", uuid::Uuid::new_v5(&NAMESPACE, org.as_str().as_bytes()))
}
