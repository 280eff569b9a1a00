//! Cast vote records as a jurisdiction has them: an export of a vendor, or the columns that an import has made of one.

use super::Told;
use scr_core::{Problem, Severity};
use scr_tabulation::cvr::columns::{Builder, Columns};
use scr_tabulation::cvr::{Reading, Sink};
use scr_tabulation::read::export::{EDGE, Export};
use scr_tabulation::read::{Limits, cdf, clear_ballot, dominion_csv, dominion_json, ess, hart, lines, raire};
use std::io::Cursor;

/// Cards of an export, at most.
const MAX_CARDS: u64 = 100_000_000;
/// Reads whatever export it is.
///
/// # Errors
/// SCR-AUD-010 where it is none that is known; else what its reader says (`SCR-CVR`).
pub fn read(bytes: &[u8], file: &str) -> Result<Told<Columns>, Vec<Problem>> {
    let refused =
        |code: &'static str, what: &str| vec![Problem::new(code, Severity::Error, file).with("what", what)];
    let begin = bytes.get(..EDGE).unwrap_or(bytes);
    let end = &bytes[bytes.len().saturating_sub(EDGE)..];
    let Some(export) = Export::of(begin, end) else {
        return Err(refused("SCR-AUD-010", "no export of cast vote records that is known by its beginning"));
    };
    let limits = Limits::default();
    match export {
        Export::Columns => {
            let input = Columns::read(bytes).map_err(|error| refused("SCR-CVR-003", &error.what))?;
            Ok(Told { input, warnings: Vec::new() })
        }
        Export::DominionCsv => built(|sink| dominion_csv::read(bytes, file, &limits, sink)),
        Export::DominionJson => {
            let options = dominion_json::Options::default();
            built(|sink| dominion_json::read(Cursor::new(bytes), file, &options, sink))
        }
        Export::ClearBallot => built(|sink| clear_ballot::read(bytes, file, &limits, sink)),
        Export::Hart => built(|sink| hart::read(Cursor::new(bytes), None, file, &limits, sink)),
        Export::Ess => built(|sink| ess::read(bytes, file, Vec::new(), &limits, sink)),
        Export::Cdf => built(|sink| cdf::read(Cursor::new(bytes), file, &limits, sink)),
        Export::Raire => built(|sink| raire::read(bytes, file, &limits, sink).map(|read| read.reading)),
        Export::Lines => built(|sink| lines::read(bytes, file, &limits, sink)),
    }
}

fn built(
    read: impl FnOnce(&mut dyn Sink) -> Result<Reading, Vec<Problem>>,
) -> Result<Told<Columns>, Vec<Problem>> {
    let mut builder = Builder::new(MAX_CARDS);
    let reading = read(&mut builder)?;
    Ok(Told { input: builder.finish(&reading.election, &reading.contests), warnings: reading.warnings })
}
