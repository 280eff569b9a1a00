//! What the tests of real files share.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot read its own files has failed")]

use scr_intake::{Input, Intake, Limits, Mapping, read};
use scr_results::Table;

/// The bytes of a real file; `None`, said, where it is missing.
pub(crate) fn data(path: &str) -> Option<Vec<u8>> {
    scr_testing::data(path).map(|path| std::fs::read(path).unwrap())
}

/// A mapping of `rules/mappings`.
pub(crate) fn saved(name: &str) -> Mapping {
    let path = format!("{}/../../../rules/mappings/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    Mapping::parse(&text, name).unwrap_or_else(|problem| panic!("{problem}"))
}

/// Reads a real file with a saved mapping.
pub(crate) fn intake(path: &str, mapping: &Mapping) -> Option<Intake> {
    let bytes = data(path)?;
    let intake = read(Input { name: path, bytes: &bytes }, mapping, &Limits::default());
    for problem in intake.problems.iter().take(8) {
        println!("{problem}");
    }
    assert!(intake.is_complete(), "{path} is refused");
    Some(intake)
}

/// Sum of all votes of the units of all tables.
pub(crate) fn votes(tables: &[Table]) -> u64 {
    tables.iter().flat_map(Table::units).filter_map(|row| row.votes_sum()).sum()
}

/// Sum of a field over the units of a table.
pub(crate) fn field(table: &Table, name: &str) -> u64 {
    table.units().filter_map(|row| row.field(name)).sum()
}

/// How many problems of this code there are, listed or not.
pub(crate) fn problems(intake: &Intake, code: &str) -> u64 {
    let listed = intake.problems.iter().filter(|problem| problem.code == code).count() as u64;
    listed + intake.unlisted.iter().filter(|(known, _)| **known == code).map(|(_, count)| count).sum::<u64>()
}
