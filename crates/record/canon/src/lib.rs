//! canon.
