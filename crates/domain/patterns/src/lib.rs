//! STIX patterning: what an indicator looks for, and whether observations show it.
//!
//! STIX 2.1 §9, conformance level 3. [`Pattern`] reads and prints, [`Pattern::matches`] evaluates.

pub mod ast;
mod compare;
mod display;
mod error;
mod evaluate;
mod flow;
mod like;
mod limits;
mod moment;
mod network;
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
pub use like::Like;
pub use limits::{EvalLimits, Limits};
pub use moment::{Moment, MomentError};
pub use network::{Family, Network};
pub use observations::{Observation, Observations};
pub use pattern::{Pattern, Reading};
pub use regexp::Regexp;
