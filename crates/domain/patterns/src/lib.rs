//! STIX patterning: what an indicator looks for, and whether observations show it.
//!
//! STIX 2.1 §9, conformance level 3. [`Pattern`] reads and prints, [`Pattern::matches`] evaluates. [`Index`] does so
//! for many patterns at once. [`assets`] turns the question round: which domains and addresses of members is a pattern
//! about?

pub mod assets;
pub mod ast;
mod compare;
mod display;
mod error;
mod evaluate;
mod flow;
mod index;
mod like;
mod limits;
mod moment;
mod network;
mod networks;
mod observations;
mod parse;
mod pattern;
mod regexp;
mod resolve;
mod solve;
mod token;
mod work;

pub use error::{Departure, ErrorCode, EvalError, ObservationError, PatternError, Rule, Unsupported};
pub use evaluate::Outcome;
pub use index::{Hit, Hits, Index};
pub use like::Like;
pub use limits::{EvalLimits, Limits};
pub use moment::{Moment, MomentError};
pub use network::{Family, Network};
pub use observations::{Observation, Observations};
pub use pattern::{Pattern, Reading};
pub use regexp::Regexp;
