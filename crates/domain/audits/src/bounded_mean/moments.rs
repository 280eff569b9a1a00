//! Running sum (compensated: a sum that passes a threshold by rounding alone would prove something false), mean
//! and variance of the values drawn so far.

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Moments {
    count: u64,
    sum: f64,
    lost: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    pub(super) fn push(&mut self, x: f64) {
        self.count += 1;
        // Neumaier's sum.
        let next = self.sum + x;
        self.lost += if self.sum.abs() >= x.abs() { (self.sum - next) + x } else { (x - next) + self.sum };
        self.sum = next;
        // Welford's variance.
        let step = x - self.mean;
        self.mean += step / self.count as f64;
        self.squares += step * (x - self.mean);
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn sum(&self) -> f64 {
        self.sum + self.lost
    }

    pub(super) fn mean(&self) -> f64 {
        self.mean
    }

    /// Of the population: divided by the count.
    pub(super) fn variance(&self) -> f64 {
        if self.count == 0 { 0.0 } else { self.squares / self.count as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_does_not_drift() {
        let mut moments = Moments::default();
        (0..1_000_000).for_each(|_| moments.push(0.1));
        assert!((moments.sum() - 100_000.0).abs() < 1e-9, "{}", moments.sum());
        assert!((moments.mean() - 0.1).abs() < 1e-12 && moments.variance() < 1e-20);
    }

    #[test]
    fn the_variance_is_that_of_a_population() {
        let mut moments = Moments::default();
        [1.0, 2.0, 3.0, 4.0].into_iter().for_each(|x| moments.push(x));
        assert!((moments.variance() - 1.25).abs() < 1e-15);
    }
}
