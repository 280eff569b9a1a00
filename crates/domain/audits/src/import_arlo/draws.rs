//! The draws of a round, in the order in which the seed gives them.

use super::report::{Report, Sampled};
use crate::record::{Draw, Record};
use crate::sample::ppeb;

/// Draws of a round. What the seed does not give stands after the others, so that a check names it.
pub(super) fn of_round(
    record: &Record,
    report: &Report,
    number: u32,
    sampled: &[(&Sampled, Vec<usize>)],
) -> Vec<Draw> {
    let targeted: Vec<usize> =
        (0..record.contests.len()).filter(|at| record.contests[*at].targeted).collect();
    let several = targeted.len() > 1;
    targeted.iter().flat_map(|at| of_contest(record, report, (number, *at, several), sampled)).collect()
}

/// Those for one contest: Arlo draws for each targeted contest by itself.
fn of_contest(
    record: &Record,
    report: &Report,
    (number, at, several): (u32, usize, bool),
    sampled: &[(&Sampled, Vec<usize>)],
) -> Vec<Draw> {
    let mut said: Vec<(&str, &[usize])> = Vec::new();
    for (row, together) in sampled {
        let tickets = row.tickets.iter().filter(|(round, _, contest)| (*round, *contest) == (number, at));
        said.extend(tickets.map(|(_, ticket, _)| (ticket.as_str(), together.as_slice())));
    }
    let contest = several.then_some(at);
    let before = record.rounds.iter().flat_map(|round| &round.draws).filter(|draw| draw.contest == contest);
    let skip = before.count();
    let expected = record
        .batch_audit(at)
        .map(|audit| ppeb::draw(&report.seed, &audit.weights(), skip, said.len()))
        .unwrap_or_default();
    let mut draws = Vec::new();
    let draw = |ticket: &str, batch| Draw { ticket: ticket.to_owned(), batch, position: None, contest };
    for one in expected {
        let found =
            said.iter().position(|(ticket, together)| *ticket == one.ticket && together.contains(&one.at));
        if let Some(place) = found {
            said.remove(place);
            draws.push(draw(&one.ticket, one.at));
        }
    }
    draws.extend(said.into_iter().filter_map(|(ticket, together)| Some(draw(ticket, *together.first()?))));
    draws
}
