//! Whether a record hangs together: what is named exists, once, and what is reported follows from manifest and CVRs.

use super::cards::Cards;
use super::{Check, Cvrs};
use crate::assorter::CardStyle;
use crate::decimal::RiskLimit;
use crate::record::{Contest, Method, Record, Sampler};
use std::collections::BTreeSet;

/// Ballots of a manifest, at most: each costs a hash when a sample is drawn again.
const MAX_BALLOTS: u64 = 200_000_000;
/// The same where all numbers are kept at once.
const MAX_NUMBERED: u64 = 50_000_000;
/// Digits of 20 ten-sided dice.
const ENOUGH_DIGITS: u32 = 20;

impl<'a> Check<'a> {
    /// Whether everything that is named exists; none, or `broken`: nothing can be computed.
    pub(super) fn shape(&mut self, cvrs: &'a Cvrs) -> Option<Cards<'a>> {
        self.contests();
        self.rounds();
        self.settings();
        self.batches();
        self.manifest();
        self.full_counts();
        if self.broken {
            return None;
        }
        let cards = Cards::of(self.record, cvrs, self);
        if !self.broken {
            self.reported(&cards);
        }
        Some(cards)
    }

    fn contests(&mut self) {
        let record = self.record;
        if record.contests.is_empty() || !record.contests.iter().any(|contest| contest.targeted) {
            self.says("SCR-AUD-123", None, "no contest is targeted");
        }
        if record.contests.len() > usize::from(u16::MAX) {
            self.says("SCR-AUD-123", None, "a record has at most 65,535 contests");
        }
        for contest in &record.contests {
            if contest.votes.len() != contest.choices.len() || contest.choices.len() >= usize::from(u16::MAX)
            {
                let (choices, votes) = (contest.choices.len(), contest.votes.len());
                let what = format!("{:?} has {choices} choices and {votes} counts", contest.name);
                self.says("SCR-AUD-123", None, what);
            }
            if let Err(problem) = RiskLimit::parse(&contest.risk_limit) {
                self.says("SCR-AUD-123", None, format!("the risk limit of {:?}: {problem}", contest.name));
            }
            if (contest.rule.is_some() || !contest.assertions.is_empty()) && !record.settings.method.asserts()
            {
                let what = format!(
                    "{:?} has a rule of its own, which only the methods by assertions measure",
                    contest.name
                );
                self.says("SCR-AUD-123", None, what);
            }
        }
    }

    fn settings(&mut self) {
        let settings = &self.record.settings;
        let (method, sampler) = (settings.method, settings.sampler);
        let fits = match method {
            Method::BatchComparison => sampler == Sampler::ArloPpeb,
            Method::Hybrid => sampler == Sampler::ConsistentWithReplacement,
            // Without replacement the cards of a later round are others than those of the first.
            Method::Minerva | Method::Providence => {
                matches!(sampler, Sampler::ConsistentWithReplacement | Sampler::Colorado)
            }
            _ => sampler != Sampler::ArloPpeb,
        };
        if !fits {
            self.says("SCR-AUD-123", None, "this sampler does not draw what this method measures");
        }
        if method.asserts() != settings.test.is_some() {
            self.says(
                "SCR-AUD-123",
                None,
                "a test is what the methods by assertions measure with: they need one, others have none",
            );
        }
        let styled = method.compares_ballots() && method != Method::Hybrid;
        let pools = self.record.batches.iter().any(|batch| batch.pool);
        if settings.card_style == CardStyle::Known && (!styled || pools) {
            self.says("SCR-AUD-123", None, "the style of cards is known only where every one has its CVR");
        }
        if settings.seed_digits < ENOUGH_DIGITS {
            let what = format!(
                "the settings ask for seeds of {} digits; {ENOUGH_DIGITS} dice give {ENOUGH_DIGITS}, and fewer can be tried out",
                settings.seed_digits
            );
            self.notices("SCR-AUD-136", None, what);
        }
    }

    fn batches(&mut self) {
        let record = self.record;
        let method = record.settings.method;
        for batch in &record.batches {
            let name = format!("batch {:?} of {:?}", batch.batch, batch.jurisdiction);
            if (method.draws_batches() || batch.pool) && !fits_contests(record, &batch.votes) {
                let what = format!("{name} has not the votes of each choice of each contest");
                self.says("SCR-AUD-123", None, what);
            }
            if batch.pool && method != Method::AssertionComparison {
                let what = format!("{name} is a pool, which only a comparison by assertions measures");
                self.says("SCR-AUD-123", None, what);
            }
            if batch.cvrs.is_some() != (method == Method::Hybrid) {
                let what =
                    format!("{name}: a hybrid audit says of each batch whether it has CVRs, others do not");
                self.says("SCR-AUD-123", None, what);
            }
        }
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
        if record.settings.method.draws_batches() {
            return;
        }
        let cards = record.cards();
        let most = if record.settings.sampler == Sampler::Cryptorandom { MAX_NUMBERED } else { MAX_BALLOTS };
        if cards > most {
            self.says(
                "SCR-AUD-123",
                None,
                format!("the manifest has {cards} ballots, and {most} are the most"),
            );
        }
        for contest in record.contests.iter().filter(|contest| contest.ballots > cards) {
            let what = format!(
                "{:?} has {} ballots and the manifest {cards}: what is in no batch cannot be drawn",
                contest.name, contest.ballots
            );
            self.says("SCR-AUD-123", None, what);
        }
    }

    /// All CVRs and pools together say what was reported.
    fn reported(&mut self, cards: &Cards<'_>) {
        let record = self.record;
        let method = record.settings.method;
        if !method.compares_ballots() {
            return;
        }
        for (at, contest) in record.contests.iter().enumerate() {
            let mut sums = cards.tally(at).votes;
            for batch in record.batches.iter().filter(|batch| batch.pool) {
                sums.iter_mut()
                    .zip(&batch.votes[at])
                    .for_each(|(sum, votes)| *sum = sum.saturating_add(*votes));
            }
            // The ballots without CVRs of a hybrid audit have the rest.
            let rest =
                method == Method::Hybrid && sums.iter().zip(&contest.votes).all(|(sum, all)| sum <= all);
            if sums != contest.votes && !rest {
                let what =
                    format!("the CVRs say {sums:?} of {:?}, reported is {:?}", contest.name, contest.votes);
                self.says("SCR-AUD-123", None, what);
            }
        }
    }

    fn full_counts(&mut self) {
        let record = self.record;
        let mut seen = BTreeSet::new();
        for count in &record.full_counts {
            let fits = record.contests.get(count.contest).is_some_and(|contest| {
                count.votes.len() == contest.choices.len()
                    && count.winners.iter().all(|winner| usize::from(*winner) < contest.choices.len())
            });
            if !fits || !seen.insert(count.contest) {
                let what = format!(
                    "the full hand count of contest {} stands there twice, or has not its choices",
                    count.contest
                );
                self.says("SCR-AUD-123", None, what);
            }
        }
    }
}

fn fits_contests(record: &Record, votes: &[Vec<u64>]) -> bool {
    let fits = |(votes, contest): (&Vec<u64>, &Contest)| votes.len() == contest.choices.len();
    votes.len() == record.contests.len() && votes.iter().zip(&record.contests).all(fits)
}
