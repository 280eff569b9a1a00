//! Names that look like protected ones.

mod edits;
mod forms;
mod index;
mod judge;
mod latin;
mod lexicon;
mod matcher;
mod parts;
mod protect;
mod reading;
mod score;
mod words;

pub use edits::EditKind;
pub use matcher::{MAX_PROTECTED, Matcher, TooMany};
pub use protect::{Allow, MIN_WORD, ProtectFault, Protected, Settings};
pub use score::{Hit, Reason};
