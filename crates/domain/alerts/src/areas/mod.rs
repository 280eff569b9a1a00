//! Polling districts as a tree, polling stations in them, and which stations an alert is for.

mod stations;
mod table;
mod tree;

pub use stations::{Station, Stations};
pub use tree::{Area, AreaLimits, AreaTree, Coverage, Within};
