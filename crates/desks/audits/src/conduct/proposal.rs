//! How many draws a round needs, as far as the planner can tell: of a first round from what was reported, of a later
//! one from what was seen. What it cannot tell a person types.

use scr_audits::assorter::Share;
use scr_audits::contest::Outcome;
use scr_audits::plan::{self, Need, Planned, Rule, Sample};
use scr_audits::record::{Contest, Counted, Cvr, Decision, Method, Record, TestRule};
use scr_audits::workflow::discrepancy::compare;
use scr_tabulation::seats::Divisors;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Audits that are run on paper for a proposal.
const REPLICATIONS: u32 = 300;
/// A planner's own limit: larger audits are planned by their people.
const MAX_CELLS: usize = 200_000;

/// What a contest needs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Proposal {
    /// The contest, by its place.
    pub(super) contest: usize,
    /// Draws that are proposed; none: no sample confirms it, everything is counted by hand.
    pub(super) draws: Option<u64>,
    /// The share of audits, in percent, in which they are enough, where the planner says so.
    pub(super) percent: Option<u8>,
}

/// What each targeted contest needs; a contest that cannot be planned is left out. `machines`: what they recorded of the
/// ballots that were compared so far.
pub(super) fn of(record: &Record, machines: &[Cvr]) -> Vec<Proposal> {
    let targeted = record.contests.iter().enumerate().filter(|(_, contest)| contest.targeted);
    targeted.filter_map(|(at, _)| one(record, machines, at)).collect()
}

fn one(record: &Record, machines: &[Cvr], at: usize) -> Option<Proposal> {
    let contest = &record.contests[at];
    let request = json!({
        "contests": [{
            "name": contest.name,
            "risk_limit": contest.risk_limit,
            "cards": record.cards(),
            "reported": reported(contest)?,
            "audit": method(record, machines, at)?,
        }],
        "replications": REPLICATIONS,
    });
    let request = plan::of_value(request).ok()?;
    let planned = plan::plan(&request).ok()?;
    let first = planned.contests.first()?;
    let (draws, percent) = size(first)?;
    Some(Proposal { contest: at, draws, percent })
}

/// By a method's own formula where it has one that is meant for planning, else enough for nine audits of ten.
fn size(planned: &Planned) -> Option<(Option<u64>, Option<u8>)> {
    let sample: &Sample = match &planned.need {
        Need::FullHandCount { .. } => return Some((None, None)),
        Need::Sample(sample) => sample,
    };
    let by = |rule: Rule| sample.sizes.iter().find(|size| size.rule == rule).map(|size| size.draws);
    if let Some(draws) = by(Rule::Macro).or_else(|| by(Rule::ExpectedErrors)) {
        return Some((Some(draws), None));
    }
    let ninety = sample.draws.as_ref().and_then(|draws| {
        let most = draws.quantiles.iter().find(|(percent, _)| *percent >= 90);
        most.map(|(percent, draws)| (Some(*draws), Some(*percent)))
    });
    let round = || {
        let rounds = sample.sizes.iter().filter(|size| size.rule == Rule::Round);
        let largest = rounds.max_by_key(|size| size.draws)?;
        let percent = largest.chance.and_then(|chance| format!("{:.0}", chance * 100.0).parse().ok());
        Some((Some(largest.draws), percent))
    };
    ninety.or_else(round)
}

fn votes(contest: &Contest, votes: &[u64]) -> Value {
    let all: Map<String, Value> =
        contest.choices.iter().zip(votes).map(|(name, votes)| (name.clone(), json!(votes))).collect();
    Value::Object(all)
}

/// What was reported, as the planner has it. Where voters rank, the votes do not say how close it was.
fn reported(contest: &Contest) -> Option<Value> {
    let votes = votes(contest, &contest.votes);
    let text = |share: &Share| format!("{}/{}", share.numerator, share.denominator);
    Some(match &contest.rule {
        None if contest.runoff => json!({"rule": "runoff", "votes": votes}),
        None | Some(Outcome::Plurality { .. }) => {
            json!({"rule": "plurality", "votes": votes, "winners": contest.winners,
                "votes_allowed": contest.votes_allowed})
        }
        Some(Outcome::Share { share, .. }) => {
            json!({"rule": "share", "votes": votes, "share": text(share), "valid": contest.valid})
        }
        Some(rule @ Outcome::HighestAverages { seats, threshold, .. }) => {
            let divisors = match rule.divisors()? {
                Divisors::DHondt => "dhondt",
                _ => "sainte-lague",
            };
            json!({"rule": "highest-averages", "votes": votes, "seats": seats.iter().sum::<u32>(),
                "divisors": divisors, "threshold": threshold.as_ref().map(text)})
        }
        Some(Outcome::Runoff { .. } | Outcome::InstantRunoff { .. }) => return None,
    })
}

fn method(record: &Record, machines: &[Cvr], at: usize) -> Option<Value> {
    let contest = &record.contests[at];
    let first = record.rounds.iter().all(|round| round.decision == Decision::Abandoned);
    match record.settings.method {
        Method::BatchComparison => batches(record, at),
        Method::BallotComparison => Some(
            json!({"method": "kaplan-markov", "understatements": "ignored", "seen": found(record, machines, at)}),
        ),
        Method::BallotComparisonColorado => Some(
            json!({"method": "kaplan-markov", "understatements": "counted", "seen": found(record, machines, at)}),
        ),
        Method::BallotPolling => Some(json!({"method": "bravo", "seen": votes(contest, &seen(record, at))})),
        Method::Minerva if first => Some(json!({"method": "minerva"})),
        Method::Providence if first => Some(json!({"method": "providence"})),
        Method::AssertionPolling if first => match record.settings.test? {
            TestRule::Alpha { d } => Some(json!({"method": "alpha", "d": d.to_string()})),
            TestRule::CappedBet { .. } => None,
        },
        Method::AssertionComparison if first && !record.batches.iter().any(|batch| batch.pool) => {
            match record.settings.test? {
                TestRule::CappedBet { bet, max_loss } => Some(
                    json!({"method": "betting", "bet": bet.to_string(), "max_loss": max_loss.to_string()}),
                ),
                TestRule::Alpha { .. } => None,
            }
        }
        _ => None,
    }
}

fn batches(record: &Record, at: usize) -> Option<Value> {
    let contest = &record.contests[at];
    if record.batches.len().saturating_mul(contest.choices.len()) > MAX_CELLS {
        return None;
    }
    let batch = |batch: &scr_audits::record::Batch| {
        Some(json!({"jurisdiction": batch.jurisdiction, "name": batch.batch, "ballots": batch.ballots,
            "votes": votes(contest, batch.votes.get(at)?)}))
    };
    let all: Option<Vec<Value>> = record.batches.iter().map(batch).collect();
    let mut method = json!({"method": "batch", "batches": all?, "pending": contest.pending});
    let closed = record.rounds.iter().rev().find(|round| !round.measured.is_empty());
    let measured = closed.and_then(|round| round.measured.iter().find(|one| one.contest == at));
    if let Some(measured) = measured {
        method["measured"] = json!(measured.p_value.trim_start_matches('<'));
    }
    Some(method)
}

/// Draws and discrepancies of a contest so far; a ballot that was drawn twice counts twice.
fn found(record: &Record, machines: &[Cvr], at: usize) -> Value {
    let rounds = record.rounds.iter().filter(|round| round.decision != Decision::Abandoned);
    let all: Vec<(usize, Option<u32>)> =
        rounds.flat_map(|round| &round.draws).map(|draw| (draw.batch, draw.position)).collect();
    let margins: BTreeMap<(usize, Option<u32>), i64> = compare(record, machines)
        .all
        .iter()
        .filter(|one| one.contest == at)
        .map(|one| ((one.batch, one.position), one.change.margin))
        .collect();
    let with = |margin: i64| all.iter().filter(|place| margins.get(place) == Some(&margin)).count();
    json!({"draws": all.len(), "o1": with(1), "o2": with(2), "u1": with(-1), "u2": with(-2)})
}

/// Votes of each choice in what was drawn so far; a ballot that was drawn twice counts twice.
fn seen(record: &Record, at: usize) -> Vec<u64> {
    let contest = &record.contests[at];
    let mut votes = vec![0; contest.choices.len()];
    let rounds = || record.rounds.iter().filter(|round| round.decision != Decision::Abandoned);
    let counted: BTreeMap<(usize, Option<u32>), &Counted> = rounds()
        .flat_map(|round| &round.counted)
        .map(|counted| ((counted.batch, counted.position), counted))
        .collect();
    for draw in rounds().flat_map(|round| &round.draws) {
        let read =
            counted.get(&(draw.batch, draw.position)).and_then(|counted| counted.votes.get(at)?.as_ref());
        let marked = read.into_iter().filter(|marked| marked.len() as u64 <= contest.votes_allowed).flatten();
        for choice in marked {
            if let Some(votes) = usize::try_from(*choice).ok().and_then(|choice| votes.get_mut(choice)) {
                *votes += 1;
            }
        }
    }
    votes
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_canon::sha256;

    fn record(method: &str, sampler: &str, votes: [u64; 2]) -> Record {
        let all = votes[0] + votes[1];
        let batch = json!({"jurisdiction": "North", "batch": "1", "ballots": all, "votes": [votes]});
        serde_json::from_value(json!({
            "format": scr_audits::record::FORMAT, "title": "t", "software": "",
            "settings": {"method": method, "sampler": sampler, "seed_digits": 20},
            "contests": [{"name": "Mayor", "choices": ["Ada", "Ben"], "votes": votes, "winners": 1,
                "votes_allowed": 1, "ballots": all, "risk_limit": "0.1", "targeted": true}],
            "batches": [batch], "commitment": {"parts": {}, "root": sha256(b"")}, "rounds": [],
        }))
        .unwrap()
    }

    /// Lindeman, Stark and Yates (2012), table 1: 119 ballots on average at 60 % and a risk limit of 10 %; for nine
    /// audits of ten it takes more.
    #[test]
    fn a_poll_is_planned_from_its_margin() {
        let polled = record("ballot-polling", "consistent-with-replacement", [600_000, 400_000]);
        let [proposal] = &of(&polled, &[])[..] else { unreachable!() };
        assert_eq!(proposal.percent, Some(90));
        assert!(proposal.draws.is_some_and(|draws| (180..400).contains(&draws)), "{proposal:?}");
    }

    #[test]
    fn a_tie_is_counted_by_hand_and_ranks_are_planned_by_people() {
        let tie = record("ballot-polling", "consistent-with-replacement", [500, 500]);
        assert_eq!(of(&tie, &[]), [Proposal { contest: 0, draws: None, percent: None }]);
        let mut ranked = record("assertion-polling", "cryptorandom", [600, 400]);
        ranked.contests[0].rule = Some(Outcome::InstantRunoff { winner: 0 });
        assert_eq!(of(&ranked, &[]), []);
    }
    /// Lists are planned by the closest claim. Of 5,100, 3,000 and 1,900 votes for three seats D'Hondt gives 2, 1 and 0.
    #[test]
    fn seats_of_lists_are_planned_from_their_votes() {
        let mut lists = record("assertion-polling", "cryptorandom", [5_100, 3_000]);
        lists.settings.test = Some(TestRule::ALPHA);
        let contest = &mut lists.contests[0];
        contest.choices.push("Cid".to_owned());
        contest.votes.push(1_900);
        contest.ballots = 10_000;
        lists.batches[0].ballots = 10_000;
        contest.rule = Some(Outcome::HighestAverages {
            seats: vec![2, 1, 0],
            divisors: vec![1, 2, 3, 4],
            threshold: None,
        });
        let [proposal] = &of(&lists, &[])[..] else { unreachable!() };
        assert!(proposal.draws.is_some_and(|draws| draws > 100), "{proposal:?}");
        // Divisors without a name are planned by people.
        let seats = vec![2, 1, 0];
        lists.contests[0].rule =
            Some(Outcome::HighestAverages { seats, divisors: vec![14, 30, 50, 70], threshold: None });
        assert_eq!(of(&lists, &[]), []);
    }

    /// A ballot that was drawn twice and overstates the margin by two votes counts twice, and the next round is longer.
    #[test]
    fn a_later_round_of_a_comparison_follows_from_what_was_seen() {
        let mut compared = record("ballot-comparison", "consistent-with-replacement", [600, 400]);
        let [first] = &of(&compared, &[])[..] else { unreachable!() };
        let draw = |position: u32| json!({"ticket": "0", "batch": 0, "position": position});
        let read = |position: u32, vote: u16| json!({"batch": 0, "position": position, "votes": [[vote]]});
        let round = |votes: [u16; 3]| {
            let counted: Vec<Value> = (1..).zip(votes).map(|(position, vote)| read(position, vote)).collect();
            serde_json::from_value(
                json!({"number": 1, "seed": "1", "draws": [draw(1), draw(2), draw(3), draw(3)],
                "counted": counted, "measured": [], "decision": "next-round"}),
            )
            .unwrap()
        };
        let machines: Vec<Cvr> =
            (1..=3).map(|position| Cvr { batch: 0, position, votes: vec![Some(vec![0])] }).collect();
        compared.rounds = vec![round([0, 0, 0])];
        assert_eq!(found(&compared, &machines, 0), json!({"draws": 4, "o1": 0, "o2": 0, "u1": 0, "u2": 0}));
        let [clean] = &of(&compared, &machines)[..] else { unreachable!() };
        compared.rounds = vec![round([0, 0, 1])];
        assert_eq!(found(&compared, &machines, 0), json!({"draws": 4, "o1": 0, "o2": 2, "u1": 0, "u2": 0}));
        let [wrong] = &of(&compared, &machines)[..] else { unreachable!() };
        assert!(clean.draws <= first.draws && wrong.draws > clean.draws, "{first:?} {clean:?} {wrong:?}");
    }
}
