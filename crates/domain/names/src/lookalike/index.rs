//! Hashes of texts with characters left out, and the index in which they are looked up.
//!
//! Two texts of at most `d` edits (insertion, deletion, replacement, transposition of neighbours) share a text that comes
//! of each by leaving out at most `d` characters. So the protected names are put under every such text, and a name
//! is looked up under each of its own: the cost does not grow with the number of protected names. What is found is only
//! a candidate; the caller compares it. Two texts may share a hash without harm.

/// Odd, with bits spread: the base of the polynomial.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
/// Longest text that has its powers ready.
pub(super) const MAX_TEXT: usize = 256;

/// Powers of the base, so that any window of a text has its hash in constant time.
#[derive(Debug, Clone)]
pub(super) struct Powers(Vec<u64>);

impl Powers {
    pub(super) fn new() -> Self {
        let mut powers = Vec::with_capacity(MAX_TEXT + 1);
        let mut power = 1u64;
        for _ in 0..=MAX_TEXT {
            powers.push(power);
            power = power.wrapping_mul(BASE);
        }
        Self(powers)
    }

    fn of(&self, exponent: usize) -> u64 {
        self.0.get(exponent).copied().unwrap_or(0)
    }
}

/// A text with the hashes of all its beginnings. Texts past [`MAX_TEXT`] characters are cut there.
#[derive(Debug, Clone, Default)]
pub(super) struct Hashed {
    /// `before[i]` is the hash of the first `i` characters.
    before: Vec<u64>,
}

impl Hashed {
    /// Takes another text, in the memory of the last.
    pub(super) fn set(&mut self, text: &[char]) {
        self.before.clear();
        self.before.push(0);
        let mut hash = 0u64;
        for c in text.iter().take(MAX_TEXT) {
            hash = hash.wrapping_mul(BASE).wrapping_add(u64::from(u32::from(*c)) + 1);
            self.before.push(hash);
        }
    }

    fn at(&self, index: usize) -> u64 {
        self.before.get(index).copied().unwrap_or(0)
    }

    /// Number of characters.
    pub(super) fn len(&self) -> usize {
        self.before.len().saturating_sub(1)
    }

    /// Hash of the characters `start..end`.
    pub(super) fn window(&self, powers: &Powers, start: usize, end: usize) -> u64 {
        let width = end.saturating_sub(start);
        self.at(end).wrapping_sub(self.at(start).wrapping_mul(powers.of(width)))
    }

    /// Calls `found` with the hash of every text that comes of `start..end` by leaving out at most `most` (0 to 2)
    /// characters.
    pub(super) fn shortened(
        &self,
        powers: &Powers,
        start: usize,
        end: usize,
        most: u8,
        found: &mut impl FnMut(u64),
    ) {
        let join =
            |left: u64, right: u64, width: usize| left.wrapping_mul(powers.of(width)).wrapping_add(right);
        found(self.window(powers, start, end));
        if most == 0 {
            return;
        }
        for first in start..end {
            let left = self.window(powers, start, first);
            found(join(left, self.window(powers, first + 1, end), end - first - 1));
            if most == 1 {
                continue;
            }
            for second in first + 1..end {
                let middle = join(left, self.window(powers, first + 1, second), second - first - 1);
                found(join(middle, self.window(powers, second + 1, end), end - second - 1));
            }
        }
    }
}

/// Hash of a whole text.
pub(super) fn hash(text: &[char]) -> u64 {
    let mut hashed = Hashed::default();
    hashed.set(text);
    hashed.at(hashed.len())
}

/// Numbers under hashes, sorted by hash, with two shortcuts: a filter of bits that answers most misses, and a table of
/// where each beginning of a hash starts.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    hashes: Vec<u64>,
    numbers: Vec<u32>,
    starts: Vec<u32>,
    shift: u32,
    filter: Vec<u64>,
}

impl Index {
    /// At most `u32::MAX` pairs are taken; the caller limits how much is protected.
    pub(super) fn new(mut pairs: Vec<(u64, u32)>) -> Self {
        for pair in &mut pairs {
            pair.0 = mixed(pair.0);
        }
        pairs.sort_unstable();
        pairs.dedup();
        let bits = usize::BITS - pairs.len().leading_zeros();
        let shift = 64 - bits.clamp(1, 30);
        let slots = 1usize << (64 - shift);
        let mut starts = vec![0u32; slots + 1];
        for (hash, _) in &pairs {
            starts[bucket(*hash, shift) + 1] += 1;
        }
        for at in 0..slots {
            starts[at + 1] += starts[at];
        }
        // Sixteen bits for each pair, two of which are set.
        let mut filter = vec![0u64; (slots / 4).max(1)];
        for (hash, _) in &pairs {
            for bit in bits_of(*hash, filter.len()) {
                filter[bit.0] |= bit.1;
            }
        }
        let (hashes, numbers) = pairs.into_iter().unzip();
        Self { hashes, numbers, starts, shift, filter }
    }

    /// Whether something may stand under this hash.
    pub(super) fn may_hold(&self, hash: u64) -> bool {
        !self.filter.is_empty()
            && bits_of(mixed(hash), self.filter.len()).iter().all(|bit| self.filter[bit.0] & bit.1 != 0)
    }

    /// What stands under this hash.
    pub(super) fn get(&self, hash: u64) -> &[u32] {
        if !self.may_hold(hash) {
            return &[];
        }
        let hash = mixed(hash);
        let slot = bucket(hash, self.shift);
        let (from, to) = (self.starts[slot] as usize, self.starts[slot + 1] as usize);
        let within = &self.hashes[from..to];
        let first = within.partition_point(|known| *known < hash);
        let past = first + within[first..].iter().take_while(|known| **known == hash).count();
        &self.numbers[from + first..from + past]
    }

    /// Number of pairs.
    pub(super) fn len(&self) -> usize {
        self.hashes.len()
    }
}

/// Spreads a hash over all bits: those of the polynomial's low end are weak.
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

fn bucket(hash: u64, shift: u32) -> usize {
    usize::try_from(hash >> shift).unwrap_or(0)
}

/// Two bits of one word: a look costs one access to memory.
fn bits_of(hash: u64, words: usize) -> [(usize, u64); 2] {
    // `words` is a power of two.
    let word = usize::try_from(hash >> 12).unwrap_or(0) & (words - 1);
    [(word, 1 << (hash & 63)), (word, 1 << ((hash >> 6) & 63))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn without(text: &[char], most: u8) -> Vec<Vec<char>> {
        let mut all = vec![text.to_vec()];
        let mut last = all.clone();
        for _ in 0..most {
            let shorter = last.iter().flat_map(|text| {
                (0..text.len())
                    .map(|at| text.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| *c).collect())
            });
            last = shorter.collect::<Vec<Vec<char>>>();
            all.extend(last.clone());
        }
        all
    }

    proptest! {
        #[test]
        fn hashes_of_shortened_texts_are_those_of_the_texts(
            head in "[a-z]{0,5}", text in "[a-zé]{0,9}", tail in "[a-z]{0,5}", most in 0u8..3
        ) {
            let powers = Powers::new();
            let mut hashed = Hashed::default();
            hashed.set(&chars(&format!("{head}{text}{tail}")));
            let mut got = Vec::new();
            let start = head.chars().count();
            hashed.shortened(&powers, start, start + text.chars().count(), most, &mut |hash| got.push(hash));
            let mut want: Vec<u64> = without(&chars(&text), most).iter().map(|text| hash(text)).collect();
            got.sort_unstable();
            got.dedup();
            want.sort_unstable();
            want.dedup();
            prop_assert_eq!(got, want);
        }

        #[test]
        fn the_index_gives_back_what_was_put_in(pairs in prop::collection::vec((0u64..50, 0u32..1000), 0..200)) {
            let index = Index::new(pairs.clone());
            for hash in 0u64..60 {
                let mut want: Vec<u32> = pairs.iter().filter(|pair| pair.0 == hash).map(|pair| pair.1).collect();
                want.sort_unstable();
                want.dedup();
                prop_assert_eq!(index.get(hash), &want[..]);
            }
        }
    }

    /// The filter lets few misses through, or it would be of no use.
    #[test]
    fn most_misses_are_answered_by_the_filter() {
        let index = Index::new((0..50_000u32).map(|n| (hash(&chars(&format!("in{n}"))), n)).collect());
        let passed = (0..50_000).filter(|n| index.may_hold(hash(&chars(&format!("out{n}"))))).count();
        assert!(passed < 1_500, "{passed} of 50,000 misses pass");
        assert_eq!(index.len(), 50_000);
    }
}
