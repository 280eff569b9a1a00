//! Samples that anybody's code draws again from the same seed, byte for byte.
//!
//! - [`consistent`]: Rivest's consistent sampler, as Arlo uses it for ballots and for the tickets of batches.
//! - [`ppeb`]: batches with probability proportional to their error bound, as Arlo draws them (numpy's PCG64).
//! - [`colorado`]: Colorado's picks.
//! - [`cryptorandom`]: the SHA-256 generator of the Python package `cryptorandom`, and SHANGRLA's sampling by it.

pub mod colorado;
pub mod consistent;
pub mod cryptorandom;
mod digits;
pub mod ppeb;
mod repr;

pub use repr::python_repr;
