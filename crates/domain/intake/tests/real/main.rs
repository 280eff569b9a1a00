//! Real files (`../shared/data`), read with the mappings of `rules/mappings`.

mod common;
mod proposals;
mod registries;
mod results;
