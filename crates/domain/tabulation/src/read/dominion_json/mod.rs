//! Dominion's CVR export as JSON: a zip with manifests and `CvrExport.json`, or `CvrExport_0.json`, `CvrExport_1.json` …
//!
//! Versions 5.10 and later have cards below a session, earlier ones its contests. What was corrected (adjudicated) counts
//! where it is current. A file of ballots is read member by member; [`Export`] knows the contests from the manifests
//! before, so that parts of the members can be read at the same time, each into a sink of its own.

mod manifests;
mod sessions;

pub use manifests::Export;
pub use sessions::{Ballots, Options, WhichMarks};

use super::Problems;
use crate::cvr::{Reading, Sink};
use scr_core::Problem;
use std::io::{Read, Seek};

/// Reads a whole export.
///
/// # Errors
/// Everything that is wrong (SCR-CVR-030 to -039).
pub fn read<R: Read + Seek>(
    input: R,
    file: &str,
    options: &Options,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let (mut archive, export) = Export::open(input, file, &options.limits)?;
    let all: Vec<usize> = (0..export.members().len()).collect();
    let mut ballots = Ballots::default();
    let warnings = export.read_members(&mut archive, &all, options, sink, &mut ballots)?;
    export.reading(&ballots, warnings)
}

impl Export {
    /// What was read altogether.
    ///
    /// # Errors
    /// SCR-CVR-028: not one card.
    pub fn reading(self, ballots: &Ballots, warnings: Vec<Problem>) -> Result<Reading, Vec<Problem>> {
        if ballots.cards == 0 {
            let mut problems = Problems::of(self.file());
            let problem = problems.error("SCR-CVR-028");
            problems.add(problem);
            return Err(problems.finish().err().unwrap_or_default());
        }
        Ok(Reading {
            election: ballots.election.clone(),
            contests: self.into_contests(),
            cards: ballots.cards,
            warnings,
        })
    }
}
