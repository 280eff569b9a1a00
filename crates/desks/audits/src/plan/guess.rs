//! About how many draws an audit will take, by formulas that take no time.

use super::typed::Wanted;
use super::work::Method;
use scr_audits::decimal::RiskLimit;
use scr_audits::plan::{Reported, Votes};
use scr_audits::risk::bravo;
use scr_audits::risk::kaplan_markov::{DilutedMargin, Gamma, Rates, sample_size};

/// Kaplan-Markov's gamma, and the bet, as the engine is asked with them.
const GAMMA: f64 = 1.039_05;
const BET: f64 = 1.8;

/// The claim that decides.
#[derive(Clone, Copy)]
pub(super) struct Hard {
    /// The difference in votes, where it is one.
    pub(super) votes: Option<u64>,
    /// The margin of the assorter.
    pub(super) margin: f64,
    /// Its upper bound over its margin.
    pub(super) difficulty: f64,
}

/// What is known before an audit is run on paper.
pub(super) struct Guess {
    /// Draws, by Wald's approximation: evidence that is needed over evidence of one draw. `None`: there are so many
    /// errors that draws say nothing.
    pub(super) draws: Option<f64>,
    /// Whether every audit is alike.
    pub(super) exact: bool,
    /// Whether the engine runs it on paper.
    pub(super) runs: bool,
    /// The method's own formula: its name, and draws.
    pub(super) formula: Option<(&'static str, u64)>,
}

pub(super) fn guess(
    method: Method,
    hard: &Hard,
    reported: &Reported,
    ballots: u64,
    wanted: &Wanted,
) -> Guess {
    let none = Guess { draws: None, exact: false, runs: false, formula: None };
    let Ok(limit) = RiskLimit::parse(&wanted.limit) else { return none };
    let evidence = -limit.ln();
    let errors = wanted.errors.parse::<f64>().unwrap_or(0.0) / 1_000.0;
    let exact = errors * (ballots as f64) < 0.5;
    let over = |each: f64| (each > 0.0).then(|| evidence / each);
    match method {
        Method::KaplanMarkov => {
            let margin = hard.votes.unwrap_or(0) as f64 / ballots as f64;
            let clean = -(-margin / (2.0 * GAMMA)).ln_1p();
            let draws = over(clean + errors * (-1.0 / (2.0 * GAMMA)).ln_1p());
            Guess { draws, exact, runs: true, formula: by_rates(hard, ballots, &limit, wanted) }
        }
        Method::Betting => {
            let value = 1.0 / (2.0 - 1.0 / hard.difficulty);
            let step = |value: f64| (BET * (value - 0.5)).ln_1p();
            let draws = over((1.0 - errors) * step(value) + errors * step(value / 2.0));
            Guess { draws: draws.map(|draws| each_once(draws, ballots)), exact, runs: true, formula: None }
        }
        Method::Bravo => {
            let (draws, formula) = polls(reported, ballots, &limit).unwrap_or((f64::INFINITY, None));
            let formula = formula.map(|draws| ("asn", draws));
            Guess { draws: Some(draws), exact: false, runs: one_each(reported, ballots), formula }
        }
        Method::Alpha | Method::Batch => {
            let upper = hard.margin * hard.difficulty;
            let draws = over(hard.margin.powi(2) / (4.0 * (upper - 0.5).max(0.25)));
            Guess {
                draws: draws.map(|draws| each_once(draws, ballots)),
                exact: false,
                runs: true,
                formula: None,
            }
        }
    }
}

/// Without replacement the last ballots say more.
fn each_once(draws: f64, ballots: u64) -> f64 {
    (draws / (1.0 + draws / ballots as f64)).max(1.0)
}

/// Arlo's formula for a comparison with the errors that are expected.
fn by_rates(hard: &Hard, ballots: u64, limit: &RiskLimit, wanted: &Wanted) -> Option<(&'static str, u64)> {
    let margin = DilutedMargin::new(hard.votes?, ballots).ok()?;
    let rates = Rates::parse(&super::work::thousandths(&wanted.errors), "0", "0", "0").ok()?;
    Some(("expected-errors", sample_size(limit, margin, &Gamma::default(), &rates)))
}

/// About how many draws BRAVO takes for the pair that needs most, and its expected number (ASN) where it has one:
/// without a vote for the loser its formula says that one ballot is enough.
fn polls(reported: &Reported, ballots: u64, limit: &RiskLimit) -> Option<(f64, Option<u64>)> {
    let (Reported::Plurality { votes, winners, .. } | Reported::Approval { votes, winners }) = reported
    else {
        return None;
    };
    let (won, lost) = last_and_first(votes, *winners)?;
    let lead = won.saturating_sub(lost) as f64 / (won + lost).max(1) as f64;
    let of_loser = if lost == 0 { 0.0 } else { lost as f64 * (-lead).ln_1p() };
    let each = (won as f64 * lead.ln_1p() + of_loser) / ballots as f64;
    let draws = -limit.ln() / each;
    // The engine's sizes take long where they are larger than the contest.
    if draws.is_nan() || draws >= ballots as f64 || lost == 0 {
        return Some((draws, None));
    }
    let contest = bravo::Contest { ballots, winners: vec![won], losers: vec![lost] };
    let none = bravo::Sample { winners: vec![0], losers: vec![0], not_found: 0 };
    let asn = match contest.sizes(limit, &none).ok()? {
        bravo::Sizes::AllBallots(all) => all,
        bravo::Sizes::Draw { asn: (draws, _), .. } => draws,
    };
    Some((draws, Some(asn)))
}

/// Whether no pair must have votes on one ballot: BRAVO is run on paper for those only.
fn one_each(reported: &Reported, ballots: u64) -> bool {
    let (Reported::Plurality { votes, winners, .. } | Reported::Approval { votes, winners }) = reported
    else {
        return false;
    };
    let first = votes.values().max().copied().unwrap_or(0);
    last_and_first(votes, *winners).is_some_and(|(_, lost)| first.saturating_add(lost) <= ballots)
}

/// Votes of the last winner and of the first loser.
fn last_and_first(votes: &Votes, winners: u32) -> Option<(u64, u64)> {
    let mut order: Vec<u64> = votes.values().copied().collect();
    order.sort_unstable_by(|one, other| other.cmp(one));
    let last = usize::try_from(winners).ok()?.checked_sub(1)?;
    Some((*order.get(last)?, *order.get(last + 1)?))
}
