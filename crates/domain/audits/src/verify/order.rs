//! Commitments, their order, and whether a record hangs together.

use super::{Check, Order};
use crate::decimal::RiskLimit;
use crate::record::{Commitment, Cvr, Decision, Method, PARTS, Record, Sampler};
use std::collections::BTreeSet;

/// Ballots of a manifest, at most: each costs a hash when a sample is drawn again.
const MAX_BALLOTS: u64 = 200_000_000;

impl Check<'_> {
    pub(super) fn commitments(&mut self) {
        let record = self.record;
        for part in PARTS {
            let name = part.name();
            let said = record.commitment.parts.get(name);
            match (said, part.hash(record)) {
                (None, _) => self.says("SCR-AUD-120", None, format!("nothing was committed to for {name}")),
                (_, Err(error)) => {
                    self.says("SCR-AUD-120", None, format!("{name} cannot be hashed: {error}"))
                }
                (Some(said), Ok(found)) if *said != found => {
                    self.says(
                        "SCR-AUD-120",
                        None,
                        format!(
                            "{name} is not what was committed to: its SHA-256 is {}, committed was {}",
                            found.to_hex(),
                            said.to_hex()
                        ),
                    );
                }
                _ => {}
            }
        }
        if Commitment::root_of(&record.commitment.parts).ok() != Some(record.commitment.root) {
            self.says("SCR-AUD-121", None, "the root is not that of the parts that were committed to");
        }
        for version in &record.versions {
            if version.reason.trim().is_empty() {
                self.says(
                    "SCR-AUD-121",
                    None,
                    format!(
                        "the version with the root {} was replaced without a reason",
                        version.root.to_hex()
                    ),
                );
            }
        }
    }

    /// A seed must not be older than what it draws from.
    pub(super) fn order(&mut self) -> Order {
        let record = self.record;
        let mut order = Order::Witnessed;
        for round in &record.rounds {
            match (&record.commitment.published, &round.seeded) {
                (Some(committed), Some(seeded)) => {
                    let same_log = committed.origin == seeded.origin;
                    let after = seeded.at >= committed.at && (!same_log || seeded.index > committed.index);
                    if !after {
                        order = Order::Wrong;
                        let what = format!(
                            "the seed was published at {} and the commitment at {}: who knew the seed could choose what it draws from",
                            seeded.at, committed.at
                        );
                        self.says("SCR-AUD-122", Some(round.number), what);
                    }
                }
                _ if order == Order::Witnessed => order = Order::NotWitnessed,
                _ => {}
            }
        }
        if record.rounds.is_empty() { Order::NotWitnessed } else { order }
    }

    /// Whether everything that is named exists; `false`: nothing can be computed.
    pub(super) fn shape(&mut self) -> bool {
        self.contests();
        self.rounds();
        let record = self.record;
        let fits = matches!(
            (record.settings.method, record.settings.sampler),
            (Method::BatchComparison, Sampler::ArloPpeb)
                | (
                    Method::BallotComparison | Method::BallotPolling,
                    Sampler::ConsistentWithReplacement | Sampler::ConsistentWithoutReplacement
                )
        );
        if !fits {
            self.says("SCR-AUD-123", None, "this sampler does not draw what this method measures");
        }
        for batch in &record.batches {
            if record.settings.method == Method::BatchComparison && !fits_contests(record, &batch.votes) {
                self.says(
                    "SCR-AUD-123",
                    None,
                    format!(
                        "batch {:?} of {:?} has not the votes of each choice of each contest",
                        batch.batch, batch.jurisdiction
                    ),
                );
            }
        }
        self.manifest();
        self.cvrs();
        !self.broken
    }

    /// Each batch stands in the manifest once, and ballots that are drawn from all of it are counted by it.
    fn manifest(&mut self) {
        let record = self.record;
        let mut names = BTreeSet::new();
        for batch in &record.batches {
            if !names.insert((&batch.jurisdiction, &batch.tabulator, &batch.batch)) {
                let what =
                    format!("batch {:?} of {} stands twice in the manifest", batch.batch, batch.jurisdiction);
                self.says("SCR-AUD-123", None, what);
            }
        }
        if record.settings.method == Method::BatchComparison {
            return;
        }
        let cards = record.cards();
        if cards > MAX_BALLOTS {
            let what = format!("the manifest has {cards} ballots, and {MAX_BALLOTS} are the most");
            self.says("SCR-AUD-123", None, what);
        }
        for contest in record.contests.iter().filter(|contest| contest.ballots > cards) {
            let what = format!(
                "{:?} has {} ballots and the manifest {cards}: what is in no batch cannot be drawn",
                contest.name, contest.ballots
            );
            self.says("SCR-AUD-123", None, what);
        }
    }

    /// Each CVR lies in the manifest, alone at its place, and all together say what was reported.
    fn cvrs(&mut self) {
        let record = self.record;
        let mut places = BTreeSet::new();
        let mut sums: Vec<Vec<u64>> =
            record.contests.iter().map(|contest| vec![0; contest.choices.len()]).collect();
        for cvr in &record.cvrs {
            let in_batch = record
                .batches
                .get(cvr.batch)
                .is_some_and(|batch| (1..=batch.ballots).contains(&cvr.position));
            if !in_batch || !places.insert((cvr.batch, cvr.position)) || !added(record, cvr, &mut sums) {
                let what = format!(
                    "the CVR at position {} of batch {} is not in the manifest, stands there twice, or has not the contests and choices of the record",
                    cvr.position, cvr.batch
                );
                self.says("SCR-AUD-123", None, what);
            }
        }
        if record.settings.method != Method::BallotComparison {
            return;
        }
        for (contest, sums) in record.contests.iter().zip(sums) {
            if contest.votes != sums {
                let what =
                    format!("the CVRs say {sums:?} of {:?}, reported is {:?}", contest.name, contest.votes);
                self.says("SCR-AUD-123", None, what);
            }
        }
    }

    fn contests(&mut self) {
        let record = self.record;
        if record.contests.is_empty() || !record.contests.iter().any(|contest| contest.targeted) {
            self.says("SCR-AUD-123", None, "no contest is targeted");
        }
        for contest in &record.contests {
            if contest.votes.len() != contest.choices.len() {
                self.says(
                    "SCR-AUD-123",
                    None,
                    format!(
                        "{:?} has {} choices and {} counts",
                        contest.name,
                        contest.choices.len(),
                        contest.votes.len()
                    ),
                );
            }
            if let Err(problem) = RiskLimit::parse(&contest.risk_limit) {
                self.says("SCR-AUD-123", None, format!("the risk limit of {:?}: {problem}", contest.name));
            }
        }
    }

    fn rounds(&mut self) {
        let record = self.record;
        for (number, round) in (1..).zip(&record.rounds) {
            if round.number != number {
                self.says(
                    "SCR-AUD-124",
                    Some(round.number),
                    format!("round {number} is missing, or rounds are not in their order"),
                );
            }
            let digits = round.seed.chars().filter(char::is_ascii_digit).count();
            if digits < record.settings.seed_digits as usize
                || round.seed.chars().count() > crate::sample::consistent::MAX_SEED
            {
                self.says(
                    "SCR-AUD-125",
                    Some(round.number),
                    format!(
                        "the seed has {digits} digits, and {} are needed, in at most {} characters",
                        record.settings.seed_digits,
                        crate::sample::consistent::MAX_SEED
                    ),
                );
            }
            let exists = |batch: usize, position: Option<u32>| {
                record
                    .batches
                    .get(batch)
                    .is_some_and(|batch| position.is_none_or(|at| (1..=batch.ballots).contains(&at)))
            };
            let draws = round.draws.iter().map(|draw| (draw.batch, draw.position));
            let counted = round.counted.iter().map(|one| (one.batch, one.position));
            if let Some((batch, _)) =
                draws.chain(counted).find(|(batch, position)| !exists(*batch, *position))
            {
                self.says(
                    "SCR-AUD-123",
                    Some(round.number),
                    format!("batch {batch} or a position in it is not in the manifest"),
                );
            }
            let closed = record.rounds.len() > number as usize;
            if closed && matches!(round.decision, Decision::Stop | Decision::FullHandCount | Decision::Open) {
                self.says(
                    "SCR-AUD-124",
                    Some(round.number),
                    "a round follows although this one ended the audit or is still open",
                );
            }
        }
    }
}

/// Adds what a CVR says; too many marks say nothing. `false`: it has not the record's contests and choices.
fn added(record: &Record, cvr: &Cvr, sums: &mut [Vec<u64>]) -> bool {
    if cvr.votes.len() != record.contests.len() {
        return false;
    }
    for ((marked, contest), sums) in cvr.votes.iter().zip(&record.contests).zip(sums) {
        let Some(marked) = marked else { continue };
        let distinct: BTreeSet<usize> = marked.iter().map(|choice| usize::from(*choice)).collect();
        if distinct.len() != marked.len() || distinct.last().is_some_and(|last| *last >= sums.len()) {
            return false;
        }
        if marked.len() as u64 <= contest.votes_allowed {
            distinct.into_iter().for_each(|choice| sums[choice] += 1);
        }
    }
    true
}

fn fits_contests(record: &Record, votes: &[Vec<u64>]) -> bool {
    votes.len() == record.contests.len()
        && votes.iter().zip(&record.contests).all(|(votes, contest)| votes.len() == contest.choices.len())
}
