//! merkle.
