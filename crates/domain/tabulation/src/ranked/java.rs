//! What `RCTab` takes from Java's library and a published result depends on: the generator of `java.util.Random`
//! (its documentation gives the formulas), `Collections.shuffle`, the order of strings and of a `HashSet` of them.

use std::cmp::Ordering;

const MULTIPLIER: u64 = 0x5_DEEC_E66D;
const MASK: u64 = (1 << 48) - 1;

/// `java.util.Random`.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: i64) -> Self {
        Self((seed.cast_unsigned() ^ MULTIPLIER) & MASK)
    }

    /// The next `bits` (at most 32) bits, as a number that is not negative.
    fn next(&mut self, bits: u32) -> u64 {
        self.0 = self.0.wrapping_mul(MULTIPLIER).wrapping_add(0xB) & MASK;
        self.0 >> (48 - bits)
    }

    /// `floor(nextDouble() * n)`. The product is rounded as Java rounds it: 53 bits, to even.
    pub(super) fn of_double(&mut self, n: usize) -> usize {
        let drawn = (self.next(26) << 27) + self.next(27);
        let exact = u128::from(drawn) * n as u128;
        let bits = 128 - exact.leading_zeros();
        let extra = bits.saturating_sub(53);
        let kept = exact >> extra;
        let rest = exact & ((1_u128 << extra) - 1);
        let half = if extra == 0 { 1 } else { 1_u128 << (extra - 1) };
        let up = rest > half || (rest == half && extra > 0 && kept & 1 == 1);
        let rounded = (kept + u128::from(up)) << extra;
        usize::try_from(rounded >> 53).unwrap_or(usize::MAX).min(n.saturating_sub(1))
    }

    /// `nextInt(bound)`.
    fn below(&mut self, bound: u32) -> u32 {
        let wide = u64::from(bound);
        if bound.is_power_of_two() {
            return u32::try_from((wide * self.next(31)) >> 31).unwrap_or(0);
        }
        loop {
            let bits = self.next(31);
            let value = bits % wide;
            if bits - value + (wide - 1) < 1 << 31 {
                return u32::try_from(value).unwrap_or(0);
            }
        }
    }

    /// `Collections.shuffle`.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for size in (2..=list.len()).rev() {
            let other = self.below(u32::try_from(size).unwrap_or(u32::MAX));
            list.swap(size - 1, other as usize);
        }
    }
}

/// `String.compareTo`: by units of UTF-16.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// The order in which a `HashSet` made of these strings, added in this order, gives them back.
pub(super) fn hash_order<T>(list: &mut [T], name: impl Fn(&T) -> String) {
    let needed = (list.len() * 4 / 3 + 1).max(16).next_power_of_two();
    list.sort_by_key(|item| {
        let hash = name(item)
            .encode_utf16()
            .fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)));
        (hash ^ (hash >> 16)) as usize & (needed - 1)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `new Random(42).nextInt(10)` gives 0, 3, 8, 4, 0 (a sequence that is often published).
    #[test]
    fn numbers_are_those_of_java() {
        let mut random = Random::new(42);
        let drawn: Vec<u32> = (0..5).map(|_| random.below(10)).collect();
        assert_eq!(drawn, [0, 3, 8, 4, 0]);
    }

    /// `new Random(42).nextDouble()` is 0.7275636800328681, `new Random(0).nextDouble()` is 0.730967787376657.
    #[test]
    fn doubles_are_those_of_java() {
        assert_eq!(Random::new(42).of_double(10_000), 7275);
        assert_eq!(Random::new(0).of_double(1_000_000), 730_967);
        assert_eq!(Random::new(0).of_double(1), 0);
    }

    /// Units of UTF-16 put a letter above U+FFFF before U+FFFD.
    #[test]
    fn strings_stand_in_the_order_of_utf_16() {
        assert_eq!(compare("\u{10000}", "\u{FFFD}"), Ordering::Less);
        assert_eq!(compare("Ann", "Anna"), Ordering::Less);
    }

    /// "Aa" and "BB" have one hash (2112), so that they keep their order.
    #[test]
    fn a_set_of_strings_has_its_order() {
        let mut names = vec!["c", "BB", "Aa", "b"];
        hash_order(&mut names, |name| (*name).to_owned());
        assert_eq!(names, ["BB", "Aa", "b", "c"]);
    }
}
