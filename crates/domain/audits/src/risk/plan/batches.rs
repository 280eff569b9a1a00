//! Batch comparison drawn with probability proportional to an assorter's totals: a closed form if no batch shows an
//! error. Stark, "ONEAudit" (2023), on Kaplan-Markov by batches. (Arlo's MACRO has sizes of its own: `batch`.)

use super::problem;
use crate::decimal::RiskLimit;
use scr_core::Problem;
use serde::Serialize;

/// Draws of batches, and what they mean in cards.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BatchPlan {
    /// Draws, with replacement.
    pub draws: u64,
    /// Expected number of different batches.
    #[serde(with = "crate::decimal::text")]
    pub batches: f64,
    /// Expected number of different cards: what is counted by hand.
    #[serde(with = "crate::decimal::text")]
    pub cards: f64,
}

/// The plan for batches with these (cards, reported assorter total): each draw multiplies the martingale by
/// 2·(total)/(cards). `None` where the reported mean is not above 1/2, so that nothing is ever confirmed.
///
/// # Errors
/// `SCR-AUD-053` for a total that is negative or no number.
pub fn batches(of: &[(u64, f64)], limit: &RiskLimit) -> Result<Option<BatchPlan>, Box<Problem>> {
    if let Some((cards, total)) = of.iter().find(|(_, total)| !(*total >= 0.0 && total.is_finite())) {
        return Err(Box::new(problem("SCR-AUD-053", "total", total).with("cards", cards)));
    }
    let cards: f64 = of.iter().map(|(cards, _)| *cards as f64).sum();
    let all: f64 = of.iter().map(|(_, total)| total).sum();
    let each = (2.0 * all / cards).ln();
    if each.is_nan() || each <= 0.0 {
        return Ok(None);
    }
    let draws = (-limit.ln() / each).ceil();
    let chance = |total: f64| -(draws * (-total / all).ln_1p()).exp_m1();
    let batches = of.iter().map(|(_, total)| chance(*total)).sum();
    let cards = of.iter().map(|(cards, total)| *cards as f64 * chance(*total)).sum();
    Ok(Some(BatchPlan { draws: crate::risk::exact::floor(draws), batches, cards }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// pbstark/ONEAudit at 872ad4b, oa-batch.ipynb, synthetic: 10,000 cards alone (5,000 for Alice, 4,000 for Bob),
    /// ten pools of 1,000 with 990 against 10: 62 draws, 5,308.434319418066 cards expected.
    #[test]
    fn alice_against_bob_by_batches() {
        let mut of = vec![(1, 1.0); 5_000];
        of.extend([(1, 0.0); 4_000]);
        of.extend([(1, 0.5); 1_000]);
        of.extend([(1_000, 990.0); 5]);
        of.extend([(1_000, 10.0); 5]);
        let plan = batches(&of, &RiskLimit::percent(5).unwrap()).unwrap().unwrap();
        assert_eq!(plan.draws, 62);
        assert!((plan.cards - 5_308.434_319_418_066).abs() < 1e-8, "{}", plan.cards);
    }

    #[test]
    fn a_lost_contest_has_no_plan_and_totals_are_checked() {
        let limit = RiskLimit::percent(5).unwrap();
        assert_eq!(batches(&[(10, 5.0)], &limit).unwrap(), None);
        assert_eq!(batches(&[], &limit).unwrap(), None);
        assert_eq!(batches(&[(10, -1.0)], &limit).unwrap_err().code, "SCR-AUD-053");
    }
}
