//! Files as they really exist, to tables of results and registries of places.
//!
//! Pure: takes bytes, gives tables or a list of everything that is wrong. No files, no clock.
//!
//! - [`propose`] looks at a file and says how it would read it, and why; a person corrects that.
//! - [`read`] reads a file as a [`Mapping`] says: tables and warnings, or errors and no table.
//! - [`registry()`] reads a registry of polling stations; [`propose_registry`] says how; [`stations()`] makes
//!   them the stations of an election.
//! - [`match_units`] puts units of results beside places of a registry.

mod assemble;
pub mod codes;
mod columns;
mod documents;
mod eml;
mod guess;
mod intake;
mod json;
mod layout;
mod limits;
mod mapping;
mod matching;
mod nist;
mod number;
mod openelections;
mod plan;
mod problems;
mod propose;
mod raw;
mod reading;
mod registry;
mod roles;
mod stations;
mod vocabulary;
mod xml;

pub use intake::{Counts, Input, Intake, read};
pub use limits::Limits;
pub use mapping::{
    ColumnRef, ContestSpec, EmlSpec, FieldSource, FileSpec, Filter, Format, Join, Long, Mapping, NistSpec,
    SourceSpec, TotalsSpec, UnitSpec, VERSION, ValueIn, ValuesSpec, Wide, WideColumn,
};
pub use matching::{Matches, match_units};
pub use propose::{Finding, Proposal, propose, propose_with};
pub use raw::encoding::{Detected, Encoding};
pub use registry::{RegisteredPlace, RegistryIntake, RegistryMapping, Repeats, registry};
pub use roles::{Columns, Role, RoleFault, columns_of, with_roles};
pub use stations::{propose_registry, stations};
