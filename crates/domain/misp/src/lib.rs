//! MISP events, feeds and warning lists, and what they are in STIX.

mod ids;
mod json;
mod limits;
mod mapping;
mod sco;
mod warning;

pub mod event;
pub mod feed;
pub mod from_stix;
pub mod galaxy;
pub mod paste;
pub mod rest;
pub mod tag;
pub mod taxonomy;
pub mod tlp;
pub mod to_stix;
pub mod types;
pub mod warninglist;

pub use ids::{NAMESPACE, derived};
pub use json::ReadError;
pub use limits::Limits;
pub use warning::{Code, Warning, Warnings};
