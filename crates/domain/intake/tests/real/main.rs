//! Real files (`../shared/data`), read with the mappings of `rules/mappings`.

mod common;
mod eml;
mod nist;
mod nist_export;
mod proposals;
mod registries;
mod results;
