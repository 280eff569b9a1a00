//! Sound records, to be changed.

use scr_audits::batch;
use scr_audits::record::{
    Batch, Commitment, Contest, Counted, Cvr, Decision, Draw, Measured, Method, Published, Record, Round,
    Sampler, Settings,
};
use scr_audits::sample::consistent::{self, ballot_name, trim};
use scr_audits::sample::ppeb;

pub(crate) const SEED: &str = "12345678901234567890";

pub(crate) fn contest(votes: [u64; 2], ballots: u64, risk_limit: &str) -> Contest {
    Contest {
        name: "Mayor".to_owned(),
        choices: ["Ann", "Ben"].map(str::to_owned).into(),
        votes: votes.into(),
        winners: 1,
        votes_allowed: 1,
        ballots,
        risk_limit: risk_limit.to_owned(),
        targeted: true,
        ..Contest::default()
    }
}

pub(crate) fn published(at: &str, index: u64) -> Option<Published> {
    Some(Published { at: at.to_owned(), origin: "log.example/2026".to_owned(), index, evidence: None })
}

pub(crate) fn sealed(mut record: Record) -> Record {
    record.commitment = Commitment::of(&record).unwrap();
    record.commitment.published = published("2026-11-10T09:00:00Z", 40);
    record
}

pub(crate) fn empty(method: Method, sampler: Sampler, contest: Contest, batches: Vec<Batch>) -> Record {
    Record::new("Test", "scrutineer test", Settings::new(method, sampler, 20), vec![contest], batches)
}

pub(crate) fn batch(number: usize, ballots: u32, votes: Vec<Vec<u64>>) -> Batch {
    Batch {
        jurisdiction: format!("J{}", number / 10),
        tabulator: None,
        batch: format!("B{number}"),
        ballots,
        votes,
        ..Batch::default()
    }
}

/// Two rounds of a batch comparison in which everything is as reported but for one batch.
pub(crate) fn batches() -> Record {
    let all: Vec<Batch> = (0..40)
        .map(|at| {
            let ann = 60 + at as u64 % 7;
            batch(at, 110, vec![vec![ann, 100 - ann]])
        })
        .collect();
    let votes: [u64; 2] = [0, 1].map(|choice| all.iter().map(|batch| batch.votes[0][choice]).sum());
    let mut record = empty(Method::BatchComparison, Sampler::ArloPpeb, contest(votes, 4400, "0.05"), all);
    let audit = record.batch_audit(0).unwrap();
    let mut counted: Vec<(usize, Vec<u64>)> = Vec::new();
    let mut all_draws = Vec::new();
    for (number, (skip, count)) in [(1, (0, 4)), (2, (4, 14))] {
        let draws: Vec<Draw> = ppeb::draw(SEED, &audit.weights(), skip, count)
            .into_iter()
            .map(|draw| Draw { ticket: draw.ticket, batch: draw.at, ..Draw::default() })
            .collect();
        let mut new = Vec::new();
        for draw in &draws {
            if !counted.iter().any(|(at, _)| *at == draw.batch) {
                let mut votes = record.batches[draw.batch].votes[0].clone();
                if counted.is_empty() {
                    votes = vec![votes[0] - 1, votes[1] + 1];
                }
                counted.push((draw.batch, votes.clone()));
                new.push(Counted {
                    batch: draw.batch,
                    votes: vec![Some(votes)],
                    board: "Board 1".to_owned(),
                    ..Counted::default()
                });
            }
        }
        all_draws.extend(draws.clone());
        let hand: Vec<batch::Drawn<'_>> = all_draws
            .iter()
            .map(|draw| batch::Drawn {
                batch: draw.batch,
                counted: &counted.iter().find(|(at, _)| *at == draw.batch).unwrap().1,
                together: &[],
            })
            .collect();
        let p = audit.measure(&hand).p_value;
        let decision = if number == 2 { Decision::Stop } else { Decision::NextRound };
        record.rounds.push(Round {
            seeded: published("2026-11-10T10:00:00Z", 41),
            measured: vec![Measured { contest: 0, p_value: format!("{p:.10}"), met: p <= 0.05 }],
            decision,
            ..Round::open(number, SEED, draws, new)
        });
    }
    assert!(!record.rounds[0].measured[0].met && record.rounds[1].measured[0].met);
    sealed(record)
}

/// One round over ballots in five batches: every ballot as `marked` says.
pub(crate) fn ballots(
    method: Method,
    count: usize,
    marked: impl Fn(usize, u32) -> u16,
    hand: impl Fn(usize, u32) -> Vec<Option<Vec<u64>>>,
) -> Record {
    let all: Vec<Batch> = (0..5).map(|at| batch(at, 200, Vec::new())).collect();
    let places: Vec<(usize, u32)> =
        (0..5).flat_map(|at| (1..=200).map(move |position| (at, position))).collect();
    let mut votes = [0, 0];
    places.iter().for_each(|(at, position)| votes[usize::from(marked(*at, *position))] += 1);
    let mut record = empty(method, Sampler::ConsistentWithReplacement, contest(votes, 1000, "0.1"), all);
    if method == Method::BallotComparison {
        record.cvrs = places
            .iter()
            .map(|(at, position)| Cvr {
                batch: *at,
                position: *position,
                votes: vec![Some(vec![marked(*at, *position)])],
            })
            .collect();
    }
    let names: Vec<String> = places
        .iter()
        .map(|(at, position)| {
            let batch = &record.batches[*at];
            ballot_name(&batch.jurisdiction, None, &batch.batch, *position)
        })
        .collect();
    let draws: Vec<Draw> = consistent::Sampler::new(SEED)
        .draw(&names, 0, count, true)
        .into_iter()
        .map(|draw| {
            let (batch, position) = places[draw.at];
            Draw { ticket: trim(&draw.ticket).to_owned(), batch, position: Some(position), contest: None }
        })
        .collect();
    let mut counted: Vec<Counted> = Vec::new();
    for draw in &draws {
        if !counted.iter().any(|one| (one.batch, one.position) == (draw.batch, draw.position)) {
            counted.push(Counted {
                batch: draw.batch,
                position: draw.position,
                votes: hand(draw.batch, draw.position.unwrap()),
                ..Counted::default()
            });
        }
    }
    record.rounds.push(Round {
        seeded: published("2026-11-10T10:00:00Z", 41),
        ..Round::open(1, SEED, draws, counted)
    });
    sealed(record)
}
