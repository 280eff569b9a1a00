//! Names that look like the names one protects, and the certificate logs where they first appear.
//!
//! Pure: no network, no files, no clock. What is read here was written by somebody who wants to be taken for somebody
//! else, or by a log that may lie: every reader has limits, and says what is wrong instead of failing a batch.

pub mod ct;
mod lists;
mod lookalike;
mod name;

pub use lists::{
    List, ListFault, ListLimits, MatchReport, NameHit, NotAName, ProtectList, match_names, read_protect_list,
};
pub use lookalike::{
    Allow, EditKind, Hit, MAX_PROTECTED, MIN_WORD, Matcher, ProtectFault, Protected, Reason, Settings,
    TooMany,
};
pub use name::{MAX_LABEL, MAX_NAME, Name, NameFault, Oddity};
