//! Whether a record hangs together: what is named exists, once, and what is reported follows from manifest and CVRs.

use super::asserted::{outcome, population};
use super::cards::Cards;
use super::{Check, Cvrs};
use crate::assorter::CardStyle;
use crate::contest::Outcome;
use crate::decimal::RiskLimit;
use crate::record::{Contest, Decision, FullCount, Method, Record, Sampler};
use std::collections::BTreeSet;

/// Ballots of a manifest, at most: each costs a hash when a sample is drawn again.
const MAX_BALLOTS: u64 = 200_000_000;
/// The same where all numbers are kept at once.
const MAX_NUMBERED: u64 = 50_000_000;
/// The greatest number that canonical JSON has: 2^53 - 1.
const MAX_NUMBER: u64 = (1 << 53) - 1;
/// Pairs of a winner and a loser, at most: each is measured.
const MAX_PAIRS: usize = 200_000;
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
        self.sizes();
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

    /// Names that stand for one thing, and numbers that can be computed with.
    fn sizes(&mut self) {
        let record = self.record;
        let (mut names, mut pairs) = (BTreeSet::new(), 0_usize);
        for contest in &record.contests {
            let all = contest.choices.len();
            let winners = contest.winners.min(all);
            let lists = matches!(contest.rule, Some(Outcome::HighestAverages { .. }));
            let more = if lists { all.saturating_mul(all) } else { winners.saturating_mul(all - winners) };
            pairs = pairs.saturating_add(more);
            let choices: BTreeSet<&String> = contest.choices.iter().collect();
            if !names.insert(&contest.name) || choices.len() < all {
                let what =
                    format!("{:?} is the name of two contests, or of two of its choices", contest.name);
                self.says("SCR-AUD-123", None, what);
            }
            let votes = contest.votes.iter().fold(0_u64, |sum, votes| sum.saturating_add(*votes));
            let most = votes.max(contest.ballots).max(contest.pending).max(contest.valid.unwrap_or(0));
            if most > MAX_NUMBER {
                let what = format!("{:?} has more votes or ballots than {MAX_NUMBER}", contest.name);
                self.says("SCR-AUD-123", None, what);
            }
            if (contest.pending > 0 || contest.runoff) && !record.settings.method.draws_batches() {
                let what = format!(
                    "{:?} has pending ballots or a runoff, which only a batch comparison measures so",
                    contest.name
                );
                self.says("SCR-AUD-123", None, what);
            }
        }
        if pairs > MAX_PAIRS {
            let what = format!("{pairs} pairs of a winner and a loser, and {MAX_PAIRS} are the most");
            self.says("SCR-AUD-123", None, what);
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
            if batch.pool && !fits_ballots(record, batch) {
                let what = format!("{name} has more votes than its ballots can hold");
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
            let mut sums = cards.tally(at).votes.clone();
            let known = record.settings.card_style == CardStyle::Known;
            if known && contest.ballots > population(record, cards, at) {
                let what = format!(
                    "{:?} has {} ballots, and by the CVRs it can be on {} cards",
                    contest.name,
                    contest.ballots,
                    population(record, cards, at)
                );
                self.says("SCR-AUD-123", None, what);
            }
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
            } else if let Some(contest) = record.contests.get(count.contest) {
                self.found(contest, count);
            }
        }
        let counted = record.rounds.iter().rfind(|round| round.decision != Decision::Abandoned);
        let Some(last) = counted.filter(|round| round.decision == Decision::FullHandCount) else { return };
        for (at, contest) in record.contests.iter().enumerate().filter(|(_, contest)| contest.targeted) {
            let met = last.measured.iter().any(|measured| measured.contest == at && measured.met);
            if !met && !seen.contains(&at) {
                let what = format!(
                    "it ended in a full hand count, and what that found for {:?} is not said",
                    contest.name
                );
                self.says("SCR-AUD-132", Some(last.number), what);
            }
        }
    }

    /// Winners of a full hand count follow from its votes; others than the reported ones are worth a look.
    fn found(&mut self, contest: &Contest, count: &FullCount) {
        let winners: BTreeSet<u16> = count.winners.iter().copied().collect();
        let votes = |won: bool| {
            let those = (0..).zip(&count.votes).filter(|(at, _)| winners.contains(at) == won);
            those.map(|(_, votes)| *votes).collect::<Vec<u64>>()
        };
        let (least, most) = (votes(true).into_iter().min(), votes(false).into_iter().max());
        let follows = votes(true).len() == contest.winners && least.unwrap_or(0) >= most.unwrap_or(0);
        if contest.rule.is_none() && !contest.runoff && !follows {
            let what = format!(
                "the winners of the full hand count of {:?} are not those of its votes",
                contest.name
            );
            self.says("SCR-AUD-123", None, what);
        }
        let reported: BTreeSet<u16> = outcome(contest).winners().into_iter().collect();
        if reported != winners {
            let what =
                format!("the full hand count of {:?} found other winners than were reported", contest.name);
            self.notices("SCR-AUD-132", None, what);
        }
    }
}

/// Whether a batch has ballots enough for the votes that are reported of it.
fn fits_ballots(record: &Record, batch: &crate::record::Batch) -> bool {
    let ballots = u64::from(batch.ballots);
    batch.votes.iter().zip(&record.contests).all(|(votes, contest)| {
        let sum = votes.iter().fold(0_u64, |sum, votes| sum.saturating_add(*votes));
        let all = ballots.saturating_mul(contest.votes_allowed.max(1));
        sum <= all && votes.iter().all(|votes| *votes <= ballots)
    })
}

fn fits_contests(record: &Record, votes: &[Vec<u64>]) -> bool {
    let fits = |(votes, contest): (&Vec<u64>, &Contest)| votes.len() == contest.choices.len();
    votes.len() == record.contests.len() && votes.iter().zip(&record.contests).all(fits)
}
