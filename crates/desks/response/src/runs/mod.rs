//! Runs: a playbook as people carry it out, on a live board. The rules are `scr_playbooks::run`; here they meet the record,
//! the pages and the people.

pub mod acts;
mod codes;
pub mod data;
mod kinds;
mod refusals;
pub mod requests;
mod send;
mod settle;
mod source;
pub mod targets;
mod view;
pub mod works;

pub(crate) use kinds::KINDS;
pub use source::Source;
pub(crate) use view::RunsView;
