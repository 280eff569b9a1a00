//! The entry: what one leaf of the log says.
//!
//! Canonical JSON with the keys `at`, `com`, `id`, `iss`, `pub`, `ref`, `seq`, `sig`, `sub`, `t`, `v`.
//! Public fields are whitelisted per kind; private ones stand only as salted commitments.

mod commit;
mod draft;
mod entry;
pub mod golden;
mod kind;
mod lint;
mod time;

pub use commit::{COMMITMENT_PREFIX, Commitment, CommitmentKind, Disclosure, commitment, disclosures_root};
pub use draft::{Draft, DraftError};
pub use entry::{Entry, EntryError, EntryRef, EntrySignature, MAX_ENTRY_BYTES};
pub use kind::{Catalogue, FieldSpec, FieldType, KindSpec, Known, Upcast, WhitelistError};
pub use time::{parse_utc, utc_text};
