//! How sure a sample makes us: measured risks and sample sizes of the audit methods in use.
//!
//! Every p-value is kept as a logarithm ([`crate::decimal::PValue`]); sizes that are rounded up are calculated
//! with exact fractions and 48-digit logarithms, so that they do not hang on the last bit of an `f64`.

mod binomial;
pub mod bravo;
pub mod discrepancy;
pub(crate) mod exact;
pub mod kaplan_markov;
pub mod minerva;
pub mod plan;
pub(crate) mod problems;
pub mod strata;
pub mod suite;
