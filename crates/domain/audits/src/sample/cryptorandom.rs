//! The generator of the Python package `cryptorandom` 0.3 (SHA-256 in counter mode), and SHANGRLA's sampling by it.

use num_bigint::BigUint;
use num_traits::ToPrimitive as _;
use sha2::{Digest, Sha256};

/// SHA-256 of the seed, a comma, and as many zero bytes as numbers were drawn before.
#[derive(Debug, Clone)]
pub struct CryptoRandom {
    hash: Sha256,
    /// Bits that are left of the hash before, and how many.
    left: (BigUint, u32),
}

impl CryptoRandom {
    /// Seeded with this text (Python's `str` of the seed).
    pub fn new(seed: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.as_bytes());
        hash.update(b",");
        Self { hash, left: (BigUint::ZERO, 0) }
    }

    /// The next 256 bits.
    pub fn next_hash(&mut self) -> [u8; 32] {
        let digest = self.hash.clone().finalize().into();
        self.hash.update([0]);
        digest
    }

    /// Uniform in [0, 1): the 256 bits as a number, times 2^-256, rounded once.
    pub fn random(&mut self) -> f64 {
        let number = BigUint::from_bytes_be(&self.next_hash());
        // Below 2^256, so that neither the number nor the power overflows a double.
        number.to_f64().unwrap_or(0.0) * 2.0_f64.powi(-256)
    }

    /// `randint(0, range)`: an integer below `range`, by rejection among numbers of as few bits as do. Of each
    /// hash the lowest bits are used first, and what is left serves the next call.
    pub fn below(&mut self, range: u64) -> u64 {
        let bits = 64 - range.saturating_sub(1).leading_zeros();
        loop {
            let number = self.bits(bits);
            if number < range.max(1) {
                return number;
            }
        }
    }

    fn bits(&mut self, count: u32) -> u64 {
        while count > self.left.1 {
            let more = BigUint::from_bytes_be(&self.next_hash()) << self.left.1;
            self.left.0 |= more;
            self.left.1 += 256;
        }
        let mask = (BigUint::from(1_u8) << count) - 1_u8;
        let taken = (&self.left.0 & mask).to_u64().unwrap_or(0);
        self.left.0 >>= count;
        self.left.1 -= count;
        taken
    }
}

/// The numbers of cards `1..=count` in their order, and the cards sorted by them: the order in which SHANGRLA looks at
/// cards. Places from 0.
pub fn card_order(seed: &str, count: usize) -> Vec<usize> {
    let mut generator = CryptoRandom::new(seed);
    let mut numbered: Vec<([u8; 32], usize)> = (0..count).map(|at| (generator.next_hash(), at)).collect();
    numbered.sort_unstable();
    numbered.into_iter().map(|(_, at)| at).collect()
}

/// A sample that serves several contests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContestSample {
    /// The cards taken, by their place, in the order in which they were looked at.
    pub cards: Vec<usize>,
    /// For each contest the cards that count for it: those of `cards` with the contest, up to the first card with the
    /// contest that was not taken. Only these are a simple random sample of its cards.
    pub credited: Vec<usize>,
}

impl ContestSample {
    /// The contests with fewer cards than were wanted: they have no more.
    pub fn short<'a>(&'a self, wanted: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
        (0..wanted.len())
            .filter(|contest| self.credited.get(*contest).is_none_or(|got| *got < wanted[*contest]))
    }
}

/// Consistent sampling (SHANGRLA; Glazer, Spertus, Stark, "More style, less work", 2021): in the order of their numbers
/// a card is taken when it holds any contest that still wants cards. `contests_of` gives the contests on a card, as
/// places in `wanted`, each once; phantoms are cards like others.
pub fn for_contests<'a>(
    order: &[usize],
    contests_of: impl Fn(usize) -> &'a [usize],
    wanted: &[usize],
) -> ContestSample {
    let mut credited = vec![0; wanted.len()];
    let mut skipped = vec![false; wanted.len()];
    let mut cards = Vec::new();
    let mut open = wanted.iter().filter(|size| **size > 0).count();
    for &card in order {
        if open == 0 {
            break;
        }
        let known = contests_of(card).iter().copied().filter(|contest| *contest < wanted.len());
        let taken = known.clone().any(|contest| credited[contest] < wanted[contest]);
        if taken {
            cards.push(card);
        }
        for contest in known {
            skipped[contest] |= !taken;
            if taken && !skipped[contest] {
                credited[contest] += 1;
                open -= usize::from(credited[contest] == wanted[contest]);
            }
        }
    }
    ContestSample { cards, credited }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ON: [&[usize]; 8] = [&[0], &[1], &[0, 1], &[2], &[1], &[0], &[0, 2], &[]];

    /// By hand: contest 0 wants 2, contest 1 wants 3, contest 2 wants 2, contest 3 is on no card.
    #[test]
    fn a_contest_is_credited_until_it_skips_a_card() {
        let order: Vec<usize> = (0..8).collect();
        let sample = for_contests(&order, |card| ON[card], &[2, 3, 2, 1]);
        // 0 and 2 fill contest 0; 5 is skipped; 6 is taken for contest 2 and no longer counts for contest 0.
        assert_eq!(sample.cards, [0, 1, 2, 3, 4, 6]);
        assert_eq!(sample.credited, [2, 3, 2, 0]);
        assert_eq!(sample.short(&[2, 3, 2, 1]).collect::<Vec<_>>(), [3]);
        // Without a skip the card counts beyond what was wanted.
        let sample = for_contests(&[0, 2, 4], |card| ON[card], &[1, 2]);
        assert_eq!((sample.cards, sample.credited), (vec![0, 2, 4], vec![2, 2]));
    }

    proptest::proptest! {
        #[test]
        fn a_larger_sample_holds_a_smaller(sizes in proptest::collection::vec(0_usize..30, 4),
                                           more in proptest::collection::vec(0_usize..30, 4)) {
            let on: Vec<Vec<usize>> = (0..100).map(|card| (0..4).filter(|c| card % (c + 2) == 0).collect()).collect();
            let order = card_order("12345678901234567890", 100);
            let larger: Vec<usize> = sizes.iter().zip(&more).map(|(a, b)| a + b).collect();
            let small = for_contests(&order, |card| &on[card], &sizes);
            let large = for_contests(&order, |card| &on[card], &larger);
            proptest::prop_assert!(small.cards.iter().all(|card| large.cards.contains(card)));
            for contest in 0..4 {
                // What is credited is a prefix of the contest's cards in the order.
                let of_it: Vec<usize> = order.iter().copied().filter(|card| on[*card].contains(&contest)).collect();
                let credited = &of_it[..small.credited[contest]];
                proptest::prop_assert!(credited.iter().all(|card| small.cards.contains(card)));
                proptest::prop_assert!(small.credited[contest] >= sizes[contest].min(of_it.len()));
            }
        }
    }
}
