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
