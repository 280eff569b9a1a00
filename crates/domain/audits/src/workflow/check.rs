//! What stands in a step, checked before it is taken.

use super::audit::Audit;
use super::codes;
use super::step::Committed;
use crate::decimal::{RiskLimit, exact};
use crate::record::{Commitment, Contest, Measured, PARTS};
use crate::sample::consistent::MAX_SEED;
use scr_core::{Refusal, RefusalKind};
use std::collections::BTreeSet;

/// Digits of a seed, at least: twenty ten-sided dice.
pub(super) const SEED_DIGITS: u32 = 20;
/// Jurisdictions of one audit.
pub(super) const MAX_JURISDICTIONS: usize = 5_000;
/// Contests of one audit.
pub(super) const MAX_CONTESTS: usize = 1_000;
/// Choices of one contest.
const MAX_CHOICES: usize = 500;
/// Boards of one jurisdiction in one round.
pub(super) const MAX_BOARDS: usize = 1_000;
/// Bytes of a name.
const MAX_NAME: usize = 200;
/// Bytes of a reason or a comment.
pub(super) const MAX_TEXT: usize = 1_000;

pub(super) fn invalid(code: &str) -> Refusal {
    Refusal::new(RefusalKind::Invalid, code)
}

pub(super) fn conflict(code: &str) -> Refusal {
    Refusal::new(RefusalKind::Conflict, code)
}

pub(super) fn has_reason(reason: &str) -> Result<(), Refusal> {
    if reason.trim().is_empty() {
        return Err(invalid(codes::NO_REASON).on("reason"));
    }
    text("reason", reason)
}

pub(super) fn text(field: &str, text: &str) -> Result<(), Refusal> {
    if text.len() > MAX_TEXT {
        return Err(invalid(codes::TOO_LONG).on(field).with("max", MAX_TEXT));
    }
    Ok(())
}

pub(super) fn name(field: &str, name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() || name.len() > MAX_NAME {
        return Err(invalid(codes::TOO_LONG).on(field).with("max", MAX_NAME));
    }
    Ok(())
}

/// A contest that can be decided, with its limit.
pub(super) fn contest(contest: &Contest) -> Result<(), Refusal> {
    let refused = |field: &str| invalid(codes::NO_CONTEST).on(field).with("contest", &contest.name);
    name("name", &contest.name)?;
    contest.choices.iter().try_for_each(|choice| name("choices", choice))?;
    let choices = contest.choices.len();
    let distinct: BTreeSet<&str> = contest.choices.iter().map(String::as_str).collect();
    if !(2..=MAX_CHOICES).contains(&choices) || distinct.len() != choices {
        return Err(refused("choices"));
    }
    if contest.votes.len() != choices {
        return Err(refused("votes"));
    }
    // Under another law than "most votes" a list can have several seats.
    if contest.winners == 0 || (contest.rule.is_none() && contest.winners >= choices) {
        return Err(refused("winners"));
    }
    if contest.votes_allowed == 0 || contest.votes_allowed > choices as u64 {
        return Err(refused("votes_allowed"));
    }
    let votes = contest.votes.iter().map(|votes| u128::from(*votes)).sum::<u128>();
    if contest.ballots == 0 || votes > u128::from(contest.ballots) * u128::from(contest.votes_allowed) {
        return Err(refused("ballots"));
    }
    RiskLimit::parse(&contest.risk_limit).map_err(|_| refused("risk_limit"))?;
    Ok(())
}

/// Every part of a record, under the root over them.
pub(super) fn committed(committed: &Committed) -> Result<(), Refusal> {
    let wrong = || invalid(codes::WRONG_ROOT);
    let names: BTreeSet<&str> = committed.parts.keys().map(String::as_str).collect();
    if names != PARTS.iter().map(|part| part.name()).collect() {
        return Err(wrong().on("parts"));
    }
    if Commitment::root_of(&committed.parts).ok() != Some(committed.root) {
        return Err(wrong().on("root"));
    }
    name("software", &committed.software)
}

/// The digits of a seed that was never stated before, for an audit that waits for one.
pub(super) fn seed(audit: &Audit, seed: &str) -> Result<(), Refusal> {
    let least = usize::try_from(audit.settings().seed_digits.max(SEED_DIGITS)).unwrap_or(MAX_SEED);
    let digits = seed.bytes().all(|digit| digit.is_ascii_digit());
    if !digits || seed.len() < least || seed.len() > MAX_SEED {
        return Err(invalid(codes::NO_SEED).on("seed").with("least", least).with("digits", seed.len()));
    }
    if audit.is_spent(seed) {
        return Err(conflict(codes::SPENT_SEED).on("seed"));
    }
    Ok(())
}

/// One risk for each contest, and each says rightly whether the limit is met.
pub(super) fn measured(contests: &[Contest], measured: &[Measured]) -> Result<(), Refusal> {
    let wrong = || invalid(codes::WRONG_RISK);
    if !measured.iter().map(|one| one.contest).eq(0..contests.len()) {
        return Err(wrong().with("contests", contests.len()));
    }
    for (one, contest) in measured.iter().zip(contests) {
        let refused = || wrong().with("contest", &contest.name).with("p_value", &one.p_value);
        let limit = RiskLimit::parse(&contest.risk_limit).map_err(|_| refused())?;
        let risk = exact(one.p_value.strip_prefix('<').unwrap_or(&one.p_value)).ok_or_else(refused)?;
        // What is printed is rounded: as printed it may be the limit and yet above it.
        if risk != *limit.exact() && (risk < *limit.exact()) != one.met {
            return Err(refused());
        }
    }
    Ok(())
}
