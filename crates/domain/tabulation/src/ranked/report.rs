//! A count in the shape of `RCTab`'s JSON report (format version 1).
//!
//! Numbers are the same numbers; `RCTab` writes some with zeros at the end (`13914.0000`), this never.

use super::Decimal;
use super::config::Config;
use super::model::{Count, Round, Tally, To};
use serde_json::{Map, Value, json};

/// The report of the whole contest.
pub fn report(config: &Config, count: &Count) -> Value {
    write(config, count, None)
}

/// The report of one part of the contest, by its place in [`Count::parts`]; `kind` is `precinct` or `batch`.
pub fn part_report(config: &Config, count: &Count, part: usize, kind: &str) -> Value {
    write(config, count, Some((part, kind)))
}

fn write(config: &Config, count: &Count, part: Option<(usize, &str)>) -> Value {
    let tally =
        |round: &'_ Round| part.map_or_else(|| round.tally.clone(), |(at, _)| round.parts[at].clone());
    let mut about = json!({
        "contest": config.contest_name,
        "date": config.date,
        "generatedBy": concat!("scrutineer ", env!("CARGO_PKG_VERSION")),
        "jurisdiction": config.jurisdiction,
        "office": config.office,
    });
    if let Some((at, kind)) = part {
        about[kind] = json!(count.parts[at]);
    }
    let first = count.rounds.first().map(&tally);
    let total = first.as_ref().map_or(0, whole);
    let places = count.rounds.first().map_or(0, |round| round.threshold.places);
    let multi = config.rules.winner_election_mode == super::Mode::MultiPassIrv;
    json!({
        "config": about,
        "jsonFormatVersion": "1",
        "results": rounds(config, count, &tally),
        "summary": {
            "finalThreshold": count.rounds.last().map(|round| round.threshold.to_string()),
            "numCandidates": count.candidates.len(),
            "numWinners": if multi { 1 } else { config.rules.number_of_winners },
            "totalNumBallots": Decimal { units: total, places }.to_string(),
            "undervotes": first.map_or(0, |tally| tally.inactive.blank.units / 10_i128.pow(places)),
        },
    })
}

fn whole(tally: &Tally) -> i128 {
    let inactive = &tally.inactive;
    let buckets = [
        inactive.blank,
        inactive.exhausted_choices,
        inactive.overvotes,
        inactive.skipped_rankings,
        inactive.repeated_rankings,
    ];
    tally.votes.iter().flatten().chain(&buckets).map(|votes| votes.units).sum()
}

fn rounds(config: &Config, count: &Count, tally: &impl Fn(&Round) -> Tally) -> Vec<Value> {
    let name = |at: usize| count.candidates[at].name.clone();
    let tallies: Vec<Tally> = count.rounds.iter().map(tally).collect();
    let each = count.rounds.iter().zip(&tallies).enumerate();
    each.map(|(at, (round, tally))| {
        let next = tallies.get(at + 1);
        let inactive = &tally.inactive;
        let mut nobody = json!({
            "exhaustedChoices": inactive.exhausted_choices,
            "overvotes": inactive.overvotes,
            "repeatedRankings": inactive.repeated_rankings,
            "skippedRankings": inactive.skipped_rankings,
        });
        if config.rules.uses_surpluses() && next.is_none() && !is_pass(config) {
            nobody["finalRoundSurplus"] = json!(inactive.final_round_surplus);
        }
        let votes: Map<String, Value> = tally
            .votes
            .iter()
            .enumerate()
            .filter_map(|(at, votes)| Some((name(at), json!((*votes)?))))
            .collect();
        let mut results = Vec::new();
        for elected in [true, false] {
            for decision in round.decisions.iter().filter(|decision| decision.elected == elected) {
                let transfers = next.map_or_else(Map::new, |next| transfers(next, decision.candidate, &name));
                let what = if elected { "elected" } else { "eliminated" };
                results.push(json!({ what: name(decision.candidate), "transfers": transfers }));
            }
        }
        json!({
            "inactiveBallots": nobody,
            "round": round.number,
            "tally": votes,
            "tallyResults": results,
            "threshold": round.threshold,
        })
    })
    .collect()
}

fn is_pass(config: &Config) -> bool {
    config.rules.winner_election_mode == super::Mode::MultiPassIrv
}

fn transfers(next: &Tally, from: usize, name: &impl Fn(usize) -> String) -> Map<String, Value> {
    let of = next.transfers.iter().filter(|transfer| transfer.from == Some(from));
    of.map(|transfer| {
        let to = match transfer.to {
            To::Candidate(to) => name(to),
            To::Inactive => "exhausted".to_owned(),
            To::ResidualSurplus => "residual surplus".to_owned(),
        };
        (to, json!(transfer.votes))
    })
    .collect()
}
