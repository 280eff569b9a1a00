//! SHA-256 as a decimal number.

use sha2::{Digest, Sha256};

/// The hash of these pieces, one after another, as a number of four limbs, most significant first.
pub(super) fn hash(pieces: &[&[u8]]) -> [u64; 4] {
    let mut hash = Sha256::new();
    for piece in pieces {
        hash.update(piece);
    }
    limbs(&hash.finalize().into())
}

pub(super) fn limbs(bytes: &[u8; 32]) -> [u64; 4] {
    let (eights, _) = bytes.as_chunks::<8>();
    std::array::from_fn(|at| u64::from_be_bytes(eights[at]))
}

/// Divides in place and gives the remainder.
pub(super) fn divide(number: &mut [u64; 4], by: u64) -> u64 {
    let by = u128::from(by);
    let mut rest = 0_u128;
    for limb in number {
        let all = rest << 64 | u128::from(*limb);
        // The quotient fits: the rest is below the divisor.
        *limb = u64::try_from(all / by).unwrap_or(u64::MAX);
        rest = all % by;
    }
    u64::try_from(rest).unwrap_or(u64::MAX)
}

/// The decimal digits in reverse, the number padded with zeros to at least 64 digits before (Rivest's sampler).
pub(super) fn reversed(mut number: [u64; 4]) -> String {
    let mut text = String::with_capacity(78);
    while number != [0; 4] {
        let mut group = divide(&mut number, 10_000_000_000_000_000_000);
        let last = number == [0; 4];
        for _ in 0..19 {
            if last && group == 0 {
                break;
            }
            text.push(char::from(b'0' + u8::try_from(group % 10).unwrap_or(0)));
            group /= 10;
        }
    }
    while text.len() < 64 {
        text.push('0');
    }
    text
}

/// The first 18 digits of [`reversed`] as a number: what nearly all comparisons of tickets need. In halves of limbs,
/// because a division of 64 bits by a constant is a multiplication.
pub(super) fn leading(number: [u64; 4]) -> u64 {
    const BILLION: u64 = 1_000_000_000;
    let mut halves = [0; 8];
    for (pair, limb) in halves.as_chunks_mut::<2>().0.iter_mut().zip(number) {
        *pair = [limb >> 32, limb & 0xffff_ffff];
    }
    let mut leading = 0;
    for _ in 0..2 {
        let mut rest = 0;
        for half in &mut halves {
            let all = rest << 32 | *half;
            *half = all / BILLION;
            rest = all % BILLION;
        }
        for _ in 0..9 {
            leading = leading * 10 + rest % 10;
            rest /= 10;
        }
    }
    leading
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigUint;

    #[test]
    fn digits_are_those_of_the_number() {
        let mut numbers: Vec<[u64; 4]> = (0_u64..2000).map(|number| hash(&[&number.to_be_bytes()])).collect();
        numbers.extend([
            [0; 4],
            [0, 0, 0, 1],
            [0, 0, 0, 10_000_000_000_000_000_000],
            [0, 1, 0, 0],
            [u64::MAX; 4],
        ]);
        for number in numbers {
            let big = number.iter().fold(BigUint::ZERO, |all, limb| (all << 64) + limb);
            let wanted: String = format!("{:0>64}", big.to_string()).chars().rev().collect();
            assert_eq!(reversed(number), wanted);
            assert_eq!(format!("{:0>18}", leading(number)), wanted[..18]);
        }
    }
}
