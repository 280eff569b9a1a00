//! Samples that anybody's code draws again from the same seed, byte for byte.
//!
//! - [`consistent`]: Rivest's consistent sampler, as Arlo uses it for ballots and for the tickets of batches.
//! - [`ballots`]: the same over the batches of a manifest, fast.
//! - [`ppeb`]: batches with probability proportional to their error bound, as Arlo draws them (numpy's PCG64).
//! - [`colorado`]: Colorado's picks.
//! - [`inputs`]: what went into a draw, written down so that another program gives the same list.
//! - [`cryptorandom`]: the SHA-256 generator of the Python package `cryptorandom`, and SHANGRLA's sampling by it.

pub mod ballots;
pub mod colorado;
pub mod consistent;
pub mod cryptorandom;
mod digits;
pub mod inputs;
pub mod ppeb;
mod printable;
mod repr;

pub use printable::{UNICODE_VERSION, is_printable};
pub use repr::python_repr;
