//! Polling districts as a tree, polling stations in them, and which stations an alert is for.

mod places;
mod stations;
mod table;
mod tree;

pub use places::{Places, Point, degrees};
pub use stations::{Station, Stations};
pub use tree::{Area, AreaLimits, AreaTree, Within};
