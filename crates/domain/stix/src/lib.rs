//! STIX 2.1 objects: read without loss, identified, checked, marked.
//!
//! Pure: no files, no clock, no randomness. What a member sends is kept byte for byte ([`Object::raw`]); beside it
//! stands what a server, a page or a marking needs to know ([`Head`]).

pub mod check;
pub mod envelope;
pub mod graph;
pub mod id;
pub mod jcs;
pub mod marking;
pub mod object;
pub mod redact;
mod scan;
pub mod selector;
mod swar;
pub mod time;
pub mod tlp;
mod tree;
pub mod vocabulary;

pub use check::{Finding, REGIONS, check, check_together};
pub use envelope::{Envelope, EnvelopeError, read_envelope};
pub use id::{Id, sco_id};
pub use marking::{Effective, Meaning};
pub use object::{Granular, GranularWhat, Head, Limits, Object, Reference, RejectCode, Rejected};
pub use redact::{RedactError, Redacted, Redaction, redacted_copy};
pub use scr_core::Tlp;
pub use selector::Selector;
pub use time::Timestamp;
pub use vocabulary::Vocabulary;
