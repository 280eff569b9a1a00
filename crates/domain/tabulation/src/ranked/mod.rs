//! Ranked ballots: who is elected by instant runoff or the single transferable vote, and why, round by round.
//!
//! The rules are those of `RCTab` 2.0.1 (BrightSpots/rcv), which states follow in law; a count gives the numbers that it
//! gives. Votes are whole numbers of 10 to minus `decimal_places`, cut and never rounded. Where `RCTab` asks a person,
//! the count stops with [`LotNeeded`](crate::lots::LotNeeded) and goes on when the lot is stated.

mod choose;
pub mod config;
mod decimal;
mod engine;
mod explain;
mod gather;
mod java;
mod model;
pub mod report;
mod rules;
pub mod workbook;

pub use decimal::Decimal;
pub use engine::count;
pub use explain::explain;
pub use gather::Gather;
pub use model::{
    Ballot, Ballots, Broken, Candidate, Count, Decision, Inactive, MAX_BALLOTS, RankedError, Round, Tally,
    Tie, To, Transfer, Why,
};
pub use rules::{Mode, Overvote, Rules, Tiebreak};

/// Seats of [`Mode::MultiPassIrv`], one count each, without those elected before. Any other mode: one count.
///
/// Lots are those of all counts, one after another.
///
/// # Errors
/// As [`count`].
pub fn passes(input: &Ballots, rules: &Rules, lots: &[String]) -> Result<Vec<Count>, RankedError> {
    if rules.winner_election_mode != Mode::MultiPassIrv {
        return Ok(vec![count(input, rules, lots)?]);
    }
    let one = Rules { number_of_winners: 1, ..rules.clone() };
    let mut input = input.clone();
    let (mut counts, mut used): (Vec<Count>, usize) = (Vec::new(), 0);
    while counts.len() < rules.number_of_winners as usize {
        let last = counts.len() + 1 == rules.number_of_winners as usize;
        let found = with_lots(&input, &one, &lots[used..], last)?;
        used += found.lots.iter().map(|lot| lot.drawn.len()).sum::<usize>();
        let Some(winner) = found.winners.first().copied() else { break };
        counts.push(found);
        input.candidates[winner].excluded = true;
        if !input.candidates.iter().any(|candidate| !candidate.excluded && !candidate.undeclared) {
            break;
        }
    }
    Ok(counts)
}

/// Gives one pass no more lots than it asks for; those left over are for the next, unless there is none.
fn with_lots(input: &Ballots, rules: &Rules, lots: &[String], last: bool) -> Result<Count, RankedError> {
    if last {
        return count(input, rules, lots);
    }
    let mut given = 0;
    loop {
        match count(input, rules, &lots[..given]) {
            Err(RankedError::Lot(crate::lots::LotError::Needed(_))) if given < lots.len() => given += 1,
            found => return found,
        }
    }
}

/// Instant runoff of plain rankings, each a list of candidates from the first preference on, with how many have it.
/// Gives the winner and the others in the order in which they were eliminated, down to the last two.
///
/// # Errors
/// As [`count`]: a tie needs a lot.
pub fn irv(
    candidates: &[String],
    rankings: &[(Vec<u16>, u64)],
    lots: &[String],
) -> Result<(usize, Vec<usize>), RankedError> {
    let named = |name: &String| Candidate { name: name.clone(), excluded: false, undeclared: false };
    let ballot = |(ranking, count): &(Vec<u16>, u64)| Ballot {
        ranking: (1..).zip(ranking).map(|(rank, choice)| crate::cvr::Mark::ranked(*choice, rank)).collect(),
        parts: Vec::new(),
        count: *count,
    };
    let input = Ballots {
        candidates: candidates.iter().map(named).collect(),
        parts: Vec::new(),
        ballots: rankings.iter().map(ballot).collect(),
    };
    let rules = Rules { continue_until_two_remain: true, ..Rules::irv() };
    let found = count(&input, &rules, lots)?;
    let winner = found.winners.first().copied().ok_or(RankedError::Nothing("candidate"))?;
    Ok((winner, found.eliminated))
}
