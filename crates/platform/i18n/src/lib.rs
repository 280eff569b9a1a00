//! Languages: texts (Fluent), numbers, shares, dates and times as the reader writes them.
//!
//! English, French, Spanish and Arabic. Arabic uses the digits 0-9, so that a reader can compare
//! a figure on a page with the same figure in the record, on paper and in a file.

mod check;
mod dates;
mod lang;
mod numbers;
mod texts;

pub use check::{Finding, Sources, check_texts};
pub use dates::{Zone, ZoneError};
pub use lang::Lang;
pub use texts::{Arg, Catalogue, Texts, TextsFault};
