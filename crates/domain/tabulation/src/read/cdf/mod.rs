//! Cast vote records in the Common Data Format: NIST SP 1500-103 version 1, as JSON and as XML, in, and as JSON out.
//!
//! A file is read twice, because the ballots may come before the contests: so `Seek`. Of each record the current
//! snapshot counts, and in it the positions with an indication, unless they are said not to be allocable.

mod ballots;
mod definitions;
pub(super) mod node;
mod write;

pub use write::Writer;

use super::{Limits, Problems};
use crate::cvr::{Reading, Sink};
use ballots::Ballots;
use definitions::Definitions;
use node::{Form, Part, Stopped};
use scr_core::Problem;
use std::io::{Read, Seek, SeekFrom};

/// Reads a report, JSON or XML.
///
/// # Errors
/// Everything that is wrong (SCR-CVR-060 to -067, and -028: not one card).
pub fn read<R: Read + Seek>(
    mut input: R,
    file: &str,
    limits: &Limits,
    sink: &mut dyn Sink,
) -> Result<Reading, Vec<Problem>> {
    let mut problems = Problems::of(file);
    let mut definitions = Definitions::default();
    let first = Form::of(&mut input).map_err(Stopped::from).and_then(|form| {
        let read = form.parts(&mut input, limits, Part::Definitions, &mut |name, node, _| {
            definitions.take(name, node);
            true
        });
        read.map(|()| form)
    });
    let form = match first {
        Ok(form) => form,
        Err(stopped) => return refuse(problems, &stopped),
    };
    let contests = definitions.contests(&mut problems);
    if problems.has_errors() {
        return Err(problems.finish().err().unwrap_or_default());
    }
    let mut ballots = Ballots::new(&definitions, contests);
    let again = input.seek(SeekFrom::Start(0)).map_err(Stopped::from);
    let second = again.and_then(|_| {
        form.parts(&mut input, limits, Part::Ballots, &mut |_, node, number| {
            ballots.take(&node, number, &mut problems, sink);
            !problems.are_many() && !ballots.is_full
        })
    });
    if let Err(stopped) = second {
        return refuse(problems, &stopped);
    }
    if ballots.cards == 0 && !problems.has_errors() {
        let problem = problems.error("SCR-CVR-028");
        problems.add(problem);
    }
    let (contests, cards) = (ballots.contests, ballots.cards);
    let warnings = problems.finish()?;
    Ok(Reading { election: definitions.election(), contests, cards, warnings })
}

fn refuse(mut problems: Problems, stopped: &Stopped) -> Result<Reading, Vec<Problem>> {
    let mut problem = problems.error(stopped.code).with("what", &stopped.what);
    if stopped.row > 0 {
        problem = problem.at_row(stopped.row);
    }
    problems.add(problem);
    Err(problems.finish().err().unwrap_or_default())
}
