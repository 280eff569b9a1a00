//! Two strata audited together by betting, each in its own way (cards with records compared, cards without
//! polled): the outcome is wrong only if the strata's means lie on one line, so every point of that line is
//! tested, by the product of the two martingales, and the largest p-value counts.
//!
//! Stark, "ALPHA" (2023), section 4; Spertus and Stark, "Sweeter than SUITE: supermartingale stratified
//! union-intersection tests of elections" (2022). It needs no combining function, may be looked at after every
//! card, and may draw from the strata in any order. The line is divided into cells: all nulls of a cell share the
//! bets of its upper end, so that end has the smallest martingale of the cell, and the p-value is never too small.

use super::problems::problem;
use super::suite::product;
use crate::bounded_mean::{Agrapa, Hypothesis, Running, Test};
use crate::decimal::PValue;
use scr_core::Problem;
use serde::{Deserialize, Serialize};

/// A stratum, for an assorter with values from 0 to `upper` whose mean over all cards is at most 1/2 if the
/// assertion is false.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stratum {
    /// Cards in the stratum.
    pub cards: u64,
    /// The assorter's mean over the stratum's records; `None` for a stratum without records, which is polled.
    pub recorded_mean: Option<f64>,
    /// How bets adapt to what was drawn: a bet that does not would lose against every null above the true mean.
    pub bets: Agrapa,
}

/// One end of a cell of the line: the martingale of one stratum for one null.
#[derive(Debug, Clone)]
struct Line {
    upper: f64,
    compared: bool,
    /// For each cell the martingale at the larger of its two nulls.
    cells: Vec<Running>,
}

/// The state of an audit of two strata.
#[derive(Debug, Clone)]
pub struct Strata {
    lines: [Line; 2],
    least: PValue,
}

/// At most so many cells.
const MOST_CELLS: u32 = 10_000;

impl Strata {
    /// Begins. `upper`: the assorter's upper bound; `cells`: into how many parts the line is divided (100 loses
    /// little; the p-value is valid with any number). Cards are drawn without replacement in each stratum.
    ///
    /// # Errors
    /// `SCR-AUD-059` for parameters that make no test.
    pub fn new(strata: [Stratum; 2], upper: f64, cells: u32) -> Result<Self, Box<Problem>> {
        if !(1..=MOST_CELLS).contains(&cells) {
            return Err(problem("SCR-AUD-059", "cells", cells));
        }
        if !(upper > 0.5 && upper.is_finite()) {
            return Err(problem("SCR-AUD-059", "upper", upper));
        }
        let [first, second] = strata.map(|stratum| stratum.cards as f64);
        let half = f64::midpoint(first, second);
        // The first stratum's mean, where the second's is between 0 and `upper`.
        let low = ((half - second * upper) / first).max(0.0);
        let high = (half / first).min(upper);
        let at = |i: u32| low + (high - low) * f64::from(i) / f64::from(cells);
        let other = |mean: f64| ((half - first * mean) / second).clamp(0.0, upper);
        let ends = |of: &dyn Fn(u32) -> f64| (0..cells).map(of).collect::<Vec<_>>();
        let lines = [
            Line::new(strata[0], upper, &ends(&|i| at(i + 1)))?,
            Line::new(strata[1], upper, &ends(&|i| other(at(i))))?,
        ];
        Ok(Self { lines, least: PValue::ONE })
    }

    /// Takes a card of the first (0) or second (1) stratum in. A polled card gives the assorter's value of what
    /// people see; a compared card the overstatement: the value of its record less what people see.
    ///
    /// # Errors
    /// `SCR-AUD-051` for a value out of range, `SCR-AUD-052` for more cards than the stratum has, `SCR-AUD-060`
    /// for another stratum.
    pub fn push(&mut self, stratum: usize, value: f64) -> Result<(), Box<Problem>> {
        let line = self.lines.get_mut(stratum).ok_or_else(|| problem("SCR-AUD-060", "stratum", stratum))?;
        let value = if line.compared { line.upper - value } else { value };
        line.cells.iter_mut().try_for_each(|cell| cell.push(value))?;
        let now = self.p_now();
        self.least = if now < self.least { now } else { self.least };
        Ok(())
    }

    /// The p-value as it stands now: the largest over all ways to share the error.
    pub fn p_now(&self) -> PValue {
        let [first, second] = &self.lines;
        let cells = first.cells.iter().zip(&second.cells);
        cells.map(|(a, b)| product(&[a.ln_statistic(), b.ln_statistic()])).fold(PValue::ZERO, PValue::max)
    }

    /// The measured risk: the smallest p-value so far.
    pub fn p(&self) -> PValue {
        self.least
    }
}

impl Line {
    fn new(stratum: Stratum, upper: f64, nulls: &[f64]) -> Result<Self, Box<Problem>> {
        // Compared: u - o lies between 0 and 2u, its mean is u - (records' mean) + (true mean).
        let shift = stratum.recorded_mean.map_or(0.0, |mean| upper - mean);
        let range = if stratum.recorded_mean.is_some() { 2.0 * upper } else { upper };
        let test = Test::Agrapa(stratum.bets);
        let cell = |null: &f64| {
            let of = Hypothesis {
                mean: (null + shift).max(f64::MIN_POSITIVE),
                upper: range,
                cards: Some(stratum.cards),
            };
            Running::new(test, of)
        };
        let cells = nulls.iter().map(cell).collect::<Result<_, _>>()?;
        Ok(Self { upper, compared: stratum.recorded_mean.is_some(), cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BETS: Agrapa = Agrapa { first: 0.2, c_first: 0.3, c_last: 0.9, grow: 0.5 };

    fn stratum(cards: u64, recorded_mean: Option<f64>) -> Stratum {
        Stratum { cards, recorded_mean, bets: BETS }
    }

    /// Draws ones and a few zeros in both strata.
    fn drawn(cells: u32) -> Strata {
        let mut strata = Strata::new([stratum(500, None), stratum(300, None)], 1.0, cells).unwrap();
        for i in 0..60 {
            strata.push(0, if i % 5 == 0 { 0.0 } else { 1.0 }).unwrap();
            strata.push(1, if i % 4 == 0 { 0.0 } else { 1.0 }).unwrap();
        }
        strata
    }

    /// The bound of coarse cells is above that of fine ones, and fine ones approach the product at the nulls
    /// themselves.
    #[test]
    fn cells_bound_the_largest_p_value_from_above() {
        let [coarse, fine, finest] = [10, 200, 5_000].map(|cells| drawn(cells).p_now());
        assert!(coarse > fine && fine > finest, "{coarse} {fine} {finest}");
        let at = |first: f64| {
            let second = (400.0 - 500.0 * first) / 300.0;
            let nulls = [(first, 500, 5), (second, 300, 4)];
            let statistics = nulls.map(|(mean, cards, zero)| {
                let of = Hypothesis { mean, upper: 1.0, cards: Some(cards) };
                let mut running = Running::new(Test::Agrapa(BETS), of).unwrap();
                (0..60).for_each(|i| running.push(if i % zero == 0 { 0.0 } else { 1.0 }).unwrap());
                running.ln_statistic()
            });
            product(&statistics)
        };
        let direct = (1..600).map(|i| at(0.2 + f64::from(i) / 1_000.0)).fold(PValue::ZERO, PValue::max);
        assert!(direct <= finest, "{direct} {finest}");
        assert!(finest.ln() - direct.ln() < 0.05, "{direct} {finest}");
    }

    #[test]
    fn clean_comparisons_confirm_and_one_stratum_alone_does_not() {
        let strata = [stratum(1_000, Some(0.55)), stratum(1_000, None)];
        let mut compared = Strata::new(strata, 1.0, 100).unwrap();
        (0..900).for_each(|_| compared.push(0, 0.0).unwrap());
        assert!(compared.p().value() > 0.5, "the other stratum may hold all the error");
        (0..200).for_each(|i| compared.push(1, if i % 5 < 2 { 0.0 } else { 1.0 }).unwrap());
        assert!(compared.p().value() < 0.05, "{}", compared.p());
    }

    #[test]
    fn parameters_and_values_that_cannot_be_are_refused() {
        let two = [stratum(10, None), stratum(10, None)];
        assert_eq!(Strata::new(two, 0.5, 10).unwrap_err().code, "SCR-AUD-059");
        assert_eq!(Strata::new(two, 1.0, 0).unwrap_err().code, "SCR-AUD-059");
        assert_eq!(Strata::new([stratum(0, None), two[1]], 1.0, 10).unwrap_err().code, "SCR-AUD-059");
        let mut strata = Strata::new(two, 1.0, 10).unwrap();
        assert_eq!(strata.push(0, 1.5).unwrap_err().code, "SCR-AUD-051");
        assert_eq!(strata.push(2, 0.5).unwrap_err().code, "SCR-AUD-060");
        (0..10).for_each(|_| strata.push(1, 1.0).unwrap());
        assert_eq!(strata.push(1, 1.0).unwrap_err().code, "SCR-AUD-052");
    }
}
