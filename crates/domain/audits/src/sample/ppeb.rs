//! Batches with probability proportional to their error bound, as Arlo draws them:
//! `numpy.random.default_rng(int(SHA-256(seed))).choice(n, size, p, replace=True)`.
//!
//! SeedSequence: numpy NEP 19 and `numpy/random/bit_generator.pyx`; PCG64: O'Neill, "PCG: A Family of Simple Fast
//! Space-Efficient Statistically Good Algorithms" (HMC-CS-2014-0905), XSL-RR 128/64. Equal in numpy 1.26 and 2.4.

use super::consistent::{Sampler, batch_name, next_ticket, trim};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{ToPrimitive as _, Zero as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// numpy's PCG64 generator.
#[derive(Debug, Clone)]
pub struct Pcg64 {
    state: u128,
    increment: u128,
}

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

impl Pcg64 {
    /// Seeded with the SHA-256 of a text, as a number.
    pub fn new(seed: &str) -> Self {
        let words = seed_words(&Sha256::digest(seed.as_bytes()).into());
        let state = seed_sequence(&words);
        let pair = |at: usize| u128::from(state[at]) << 64 | u128::from(state[at + 1]);
        let mut generator = Self { state: 0, increment: pair(2) << 1 | 1 };
        generator.step();
        generator.state = generator.state.wrapping_add(pair(0));
        generator.step();
        generator
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }

    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.step();
        let [high, low] = [self.state >> 64, self.state & u128::from(u64::MAX)]
            .map(|half| u64::try_from(half).unwrap_or(u64::MAX));
        let turn = u32::try_from(self.state >> 122).unwrap_or(0);
        (high ^ low).rotate_right(turn)
    }

    /// Uniform in [0, 1), with 53 bits.
    pub fn next_f64(&mut self) -> f64 {
        // 53 bits are exact in a double.
        #[expect(clippy::cast_precision_loss, reason = "53 bits are exact in a double")]
        let bits = (self.next_u64() >> 11) as f64;
        bits * (1.0 / 9_007_199_254_740_992.0)
    }
}

/// The number of a hash as little-endian words of 32 bits, without leading zeros.
fn seed_words(hash: &[u8; 32]) -> Vec<u32> {
    let mut words: Vec<u32> =
        hash.as_chunks::<4>().0.iter().rev().map(|word| u32::from_be_bytes(*word)).collect();
    while words.len() > 1 && words.last() == Some(&0) {
        words.pop();
    }
    words
}

/// numpy's SeedSequence: 4 numbers of 64 bits from any number of words.
fn seed_sequence(entropy: &[u32]) -> [u64; 4] {
    const XSHIFT: u32 = 16;
    let mut hash_const: u32 = 0x43b0_d7e5;
    let mut hashed = |value: u32| {
        let mut value = value ^ hash_const;
        hash_const = hash_const.wrapping_mul(0x931e_8875);
        value = value.wrapping_mul(hash_const);
        value ^ value >> XSHIFT
    };
    let mix = |x: u32, y: u32| {
        let mixed = x.wrapping_mul(0xca01_f9dd).wrapping_sub(y.wrapping_mul(0x4973_f715));
        mixed ^ mixed >> XSHIFT
    };
    let mut pool: [u32; 4] = [0; 4];
    for (at, slot) in pool.iter_mut().enumerate() {
        *slot = hashed(entropy.get(at).copied().unwrap_or(0));
    }
    for from in 0..4 {
        for to in (0..4).filter(|to| *to != from) {
            pool[to] = mix(pool[to], hashed(pool[from]));
        }
    }
    for word in entropy.iter().skip(4) {
        for slot in &mut pool {
            *slot = mix(*slot, hashed(*word));
        }
    }
    let mut hash_const: u32 = 0x8b51_f9dd;
    let mut halves = pool.iter().cycle().map(|value| {
        let mut value = value ^ hash_const;
        hash_const = hash_const.wrapping_mul(0x58f3_8ded);
        value = value.wrapping_mul(hash_const);
        value ^ value >> XSHIFT
    });
    std::array::from_fn(|_| {
        let low = u64::from(halves.next().unwrap_or(0));
        low | u64::from(halves.next().unwrap_or(0)) << 32
    })
}

/// `count` draws with replacement of places with these weights (they need not sum to 1; none is negative).
/// `None`: there is no weight above zero.
pub fn choice(seed: &str, weights: &[BigRational], count: usize) -> Option<Vec<usize>> {
    let total: BigRational = weights.iter().fold(BigRational::zero(), |all, weight| all + weight);
    if total.is_zero() {
        return None;
    }
    // Each probability is rounded once; their running sum and the division by the last are numpy's.
    let mut sum = 0.0_f64;
    let mut bounds: Vec<f64> = Vec::with_capacity(weights.len());
    for weight in weights {
        sum += (weight / &total).to_f64()?;
        bounds.push(sum);
    }
    bounds.iter_mut().for_each(|bound| *bound /= sum);
    let mut generator = Pcg64::new(seed);
    let draws = (0..count).map(|_| {
        let random = generator.next_f64();
        bounds.partition_point(|bound| *bound <= random).min(weights.len() - 1)
    });
    Some(draws.collect())
}

/// A batch as it is named, with its error bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighted {
    /// Whose batch.
    pub jurisdiction: String,
    /// Its name.
    pub batch: String,
    /// Its error bound u.
    pub bound: BigRational,
}

/// One draw of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BatchDraw {
    /// Its ticket as it is shown.
    pub ticket: String,
    /// Which of the batches, by its place.
    pub at: usize,
}

/// The draws `skip..skip + count`, with tickets: the k-th repeat of a batch has the k-th ticket of its name, each
/// computed from the shown form of the one before, as Arlo does. Where that many draws would reach the number of
/// batches, all batches that were not drawn, sorted by jurisdiction and name. None when no bound is above zero: the
/// contest is in no batch.
pub fn draw(seed: &str, batches: &[Weighted], skip: usize, count: usize) -> Vec<BatchDraw> {
    let sampler = Sampler::new(seed);
    let wanted = skip.saturating_add(count);
    let weights: Vec<BigRational> = batches.iter().map(|batch| batch.bound.clone()).collect();
    let name = |at: usize| batch_name(&batches[at].jurisdiction, &batches[at].batch);
    if wanted >= batches.len() {
        let Some(before) = choice(seed, &weights, skip) else { return Vec::new() };
        let mut drawn = vec![false; batches.len()];
        before.into_iter().for_each(|at| drawn[at] = true);
        let mut rest: Vec<usize> = (0..batches.len()).filter(|at| !drawn[*at]).collect();
        rest.sort_by_key(|at| (&batches[*at].jurisdiction, &batches[*at].batch));
        return rest
            .into_iter()
            .map(|at| BatchDraw { ticket: trim(&sampler.ticket(&name(at))).to_owned(), at })
            .collect();
    }
    let mut last: BTreeMap<usize, String> = BTreeMap::new();
    let mut drawn = Vec::with_capacity(wanted);
    for at in choice(seed, &weights, wanted).unwrap_or_default() {
        let ticket = match last.get(&at) {
            Some(before) => next_ticket(before),
            None => sampler.ticket(&name(at)),
        };
        let ticket = trim(&ticket).to_owned();
        last.insert(at, ticket.clone());
        drawn.push(BatchDraw { ticket, at });
    }
    drawn.split_off(skip.min(drawn.len()))
}

/// A weight from a fraction of integers.
pub fn weight(above: i64, below: i64) -> BigRational {
    BigRational::new(BigInt::from(above), BigInt::from(below))
}
