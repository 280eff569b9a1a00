//! A count in plain English, line by line.

use super::model::{Broken, Count, Decision, Round, Tie, To, Why};

/// What happened, a line for each thing.
pub fn explain(count: &Count) -> Vec<String> {
    let name = |at: usize| count.candidates[at].name.as_str();
    let mut lines = vec![format!("{} ballots.", count.ballots)];
    for round in &count.rounds {
        lines.push(format!("Round {}: {} votes elect.", round.number, round.threshold));
        for transfer in &round.tally.transfers {
            let Some(from) = transfer.from else { continue };
            lines.push(match transfer.to {
                To::Candidate(to) => {
                    format!("  {} votes go from {} to {}.", transfer.votes, name(from), name(to))
                }
                To::Inactive => {
                    format!("  {} votes of {} count for nobody any more.", transfer.votes, name(from))
                }
                To::ResidualSurplus => {
                    format!("  {} votes of {} are lost by cutting.", transfer.votes, name(from))
                }
            });
        }
        let mut votes: Vec<_> =
            round.tally.votes.iter().enumerate().filter_map(|(at, votes)| Some((at, (*votes)?))).collect();
        votes.sort_by_key(|(_, votes)| std::cmp::Reverse(votes.units));
        lines.extend(votes.iter().map(|(at, votes)| format!("  {}: {votes}", name(*at))));
        lines.extend(inactive(round));
        lines.extend(round.tie.iter().map(|tie| tied(tie, &name)));
        lines.extend(round.decisions.iter().map(|decision| decided(decision, round, &name)));
    }
    let winners: Vec<&str> = count.winners.iter().map(|at| name(*at)).collect();
    lines.push(match winners.len() {
        0 => "Nobody is elected.".to_owned(),
        _ => format!("Elected: {}.", winners.join(", ")),
    });
    lines
}

fn inactive(round: &Round) -> Vec<String> {
    let inactive = &round.tally.inactive;
    [
        ("blank", inactive.blank),
        ("no further choice", inactive.exhausted_choices),
        ("too many at one rank", inactive.overvotes),
        ("ranks left out", inactive.skipped_rankings),
        ("a candidate ranked again", inactive.repeated_rankings),
        ("above the threshold when all seats were filled", inactive.final_round_surplus),
        ("lost by cutting", inactive.residual_surplus),
    ]
    .into_iter()
    .filter(|(_, votes)| votes.units != 0)
    .map(|(why, votes)| format!("  for nobody ({why}): {votes}"))
    .collect()
}

fn tied<'a>(tie: &Tie, name: &impl Fn(usize) -> &'a str) -> String {
    let among: Vec<&str> = tie.among.iter().map(|at| name(*at)).collect();
    let fate = if tie.elected { "elected" } else { "eliminated" };
    let by = match tie.by {
        Broken::Seed => "by the number that the seed gives".to_owned(),
        Broken::Lot => "by lot".to_owned(),
        Broken::Order => "by the order of the candidates".to_owned(),
        Broken::Round(round) => format!("by the votes in round {round}"),
    };
    format!("  {} are equal; {} is {fate} {by}.", among.join(", "), name(tie.chosen))
}

fn decided<'a>(decision: &Decision, round: &Round, name: &impl Fn(usize) -> &'a str) -> String {
    let who = name(decision.candidate);
    let fate = if decision.elected { "is elected" } else { "is eliminated" };
    let why = match &decision.why {
        Why::Threshold => format!("has at least {} votes", round.threshold),
        Why::Most => "has the most votes".to_owned(),
        Why::SeatsLeft => "there are no more candidates than seats left".to_owned(),
        Why::AllAboveShare => format!("everybody left has more than {} votes", round.threshold),
        Why::UndeclaredWriteIns => "these names were not declared".to_owned(),
        Why::Minimum => "has fewer votes than are needed to stay".to_owned(),
        Why::Batch { together, next } => {
            format!("all with as few have {together} votes together, and the next has {next}")
        }
        Why::Fewest => "has the fewest votes".to_owned(),
    };
    match decision.surplus_fraction {
        Some(fraction) if fraction.units > 0 => {
            format!("  {who} {fate}: {why}. {fraction} of each vote goes on to the next choice.")
        }
        _ => format!("  {who} {fate}: {why}."),
    }
}
