//! The values that cards would give a test, for any assorter.

use super::problem;
use scr_core::Problem;
use serde::Serialize;

/// Values with the number of cards of each.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Values {
    /// Their upper bound.
    #[serde(with = "crate::decimal::text")]
    pub upper: f64,
    /// Value and number of cards.
    pub kinds: Vec<(f64, u64)>,
}

impl Values {
    /// What a comparison gives, B = (1 - o/u)/(2 - v/u), for an assorter with upper bound `u` and reported margin `v`
    /// (2·mean - 1): `errors` are overstatements o (from -u to u) with their number of cards; all other cards are
    /// clean and stand last. SHANGRLA (2020), section 3.2. For a pool of ONEAudit the overstatements are the pool's
    /// mean less the value of each of its cards.
    ///
    /// # Errors
    /// `SCR-AUD-060` where there are more errors than cards, or an overstatement is not between -u and u.
    pub fn comparison(u: f64, v: f64, errors: &[(f64, u64)], cards: u64) -> Result<Self, Box<Problem>> {
        let upper = 2.0 / (2.0 - v / u);
        let mut clean = cards;
        let mut kinds = Vec::with_capacity(errors.len() + 1);
        for (o, count) in errors {
            let left = clean.checked_sub(*count).filter(|_| o.abs() <= u);
            clean = left
                .ok_or_else(|| Box::new(problem("SCR-AUD-060", "errors", count).with("overstatement", o)))?;
            kinds.push(((1.0 - o / u) * upper / 2.0, *count));
        }
        kinds.push((upper / 2.0, clean));
        Ok(Self { upper, kinds })
    }
}
