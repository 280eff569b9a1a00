//! One contest: which method plans it.

use super::answer::{Hardest, Need, Planned, Rule, Sample, Why};
use super::reported::{Claim, Standing, standing};
use super::request::{Asked, Method, Request};
use super::{batches, compared, polled, problem, strata};
use crate::decimal::RiskLimit;
use crate::risk::plan::{Distribution, MOST, Method as Paper, Plan, distribution};
use scr_core::Problem;

/// A contest while it is planned.
pub(super) struct Context<'a> {
    pub(super) asked: &'a Asked,
    pub(super) request: &'a Request,
    pub(super) limit: RiskLimit,
    pub(super) cards: u64,
}

/// What was found for the claim that decides.
pub(super) struct Decided {
    /// Its place among the claims.
    pub(super) at: usize,
    pub(super) sample: Sample,
}

impl Context<'_> {
    /// The audit on paper.
    pub(super) fn simulated(&self, method: Paper, so_far: Vec<i32>) -> Result<Distribution, Vec<Problem>> {
        distribution(&Plan {
            limit: self.limit.clone(),
            cards: self.cards,
            method,
            so_far,
            most: self.request.most.unwrap_or(MOST),
            seed: self.request.seed.clone(),
            replications: self.request.replications,
        })
        .map_err(|problem| vec![*problem])
    }

    /// `SCR-AUD-061`: what the method does not fit.
    pub(super) fn unfit(&self, reason: &str) -> Vec<Problem> {
        vec![problem("SCR-AUD-061", "audit.method", self.asked.audit.name()).with("reason", reason)]
    }
}

impl Method {
    /// As in a request.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Bravo { .. } => "bravo",
            Self::Minerva { .. } => "minerva",
            Self::Providence { .. } => "providence",
            Self::Alpha { .. } => "alpha",
            Self::KaplanMarkov { .. } => "kaplan-markov",
            Self::Betting { .. } => "betting",
            Self::Oneaudit { .. } => "oneaudit",
            Self::Batch { .. } => "batch",
            Self::Suite { .. } => "suite",
            Self::Stratified { .. } => "stratified",
        }
    }

    /// Cards that its parts say there are.
    fn cards(&self) -> Option<u64> {
        let all: Vec<u64> = match self {
            Self::Batch { batches, .. } => batches.iter().map(|batch| batch.ballots).collect(),
            Self::Suite { strata, .. } | Self::Stratified { strata } => {
                strata.iter().map(|stratum| stratum.cards).collect()
            }
            _ => return None,
        };
        all.into_iter().try_fold(0_u64, u64::checked_add)
    }
}

pub(super) fn contest(asked: &Asked, request: &Request) -> Result<Planned, Vec<Problem>> {
    let limit = asked.risk_limit.limit().map_err(|problem| vec![*problem])?;
    let parts = asked.audit.cards();
    let cards = asked.cards.or(parts).filter(|cards| *cards > 0 && *cards <= 1 << 53);
    let Some(cards) = cards else {
        return Err(vec![problem("SCR-AUD-060", "cards", asked.cards.unwrap_or(0))]);
    };
    if parts.is_some_and(|parts| parts != cards) {
        let wrong = problem("SCR-AUD-064", "cards", cards);
        return Err(vec![wrong.with("parts", parts.unwrap_or(0))]);
    }
    let context = Context { asked, request, limit, cards };
    let planned = |assertions, hardest, need| Planned {
        name: asked.name.clone(),
        risk_limit: context.limit.clone(),
        targeted: asked.targeted,
        method: asked.audit.name(),
        cards,
        assertions,
        hardest,
        need,
    };
    if let Method::Batch { batches, pending, measured } = &asked.audit {
        let (assertions, need) = batches::need(&context, batches, *pending, measured.as_ref())?;
        return Ok(planned(assertions, None, need));
    }
    let claims = match standing(&asked.name, &asked.reported, cards)? {
        Standing::Claims(claims) => claims,
        Standing::Full(why) => return Ok(planned(0, None, Need::FullHandCount { why, cards })),
    };
    let decided = decide(&context, &claims)?;
    let hardest = claims.get(decided.at).map(hardest);
    let need = if as_large(&decided.sample, cards) {
        Need::FullHandCount { why: Why::AsLarge, cards }
    } else {
        Need::Sample(decided.sample)
    };
    Ok(planned(claims.len(), hardest, need))
}

/// Whether counting everything is hardly more work.
fn as_large(sample: &Sample, cards: u64) -> bool {
    if let Some(draws) = &sample.draws {
        return draws.full_counts > 0.5;
    }
    let strata = sample.sizes.iter().filter(|size| matches!(size.rule, Rule::Polled | Rule::Compared));
    let both = strata.fold(0_u64, |sum, size| sum.saturating_add(size.draws));
    both >= cards || sample.sizes.iter().all(|size| size.draws >= cards)
}

fn decide(context: &Context<'_>, claims: &[Claim]) -> Result<Decided, Vec<Problem>> {
    match &context.asked.audit {
        Method::Bravo { seen } => polled::bravo(context, claims, seen),
        Method::Minerva { rounds } => polled::rounds(context, claims, rounds, true),
        Method::Providence { rounds } => polled::rounds(context, claims, rounds, false),
        Method::Alpha { d } => polled::alpha(context, claims, d),
        Method::KaplanMarkov { gamma, understatements, rates, seen } => {
            compared::kaplan_markov(context, claims, gamma, *understatements, rates, *seen)
        }
        Method::Betting { bet, max_loss, rates, seen } => {
            compared::betting(context, claims, [bet, max_loss], rates, *seen)
        }
        Method::Oneaudit { pools, d, bet } => {
            compared::oneaudit(context, claims, pools, d.as_ref(), bet.as_ref())
        }
        Method::Suite { gamma, strata } => strata::suite(context, claims, gamma, strata),
        Method::Stratified { strata } => strata::stratified(context, claims, strata),
        Method::Batch { .. } => Err(context.unfit("batches are planned apart")),
    }
}

fn hardest(claim: &Claim) -> Hardest {
    Hardest {
        claim: claim.assertion.claim.clone(),
        votes: claim.margin(),
        margin: claim.assertion.margin,
        difficulty: claim.assertion.difficulty,
    }
}
