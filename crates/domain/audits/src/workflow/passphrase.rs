//! Passphrases by which audit boards log in: four words out of a list, spoken and typed without doubt.
//!
//! No two words of the list are one slip of a finger apart. 865 words make 39 bits: enough beside a limit on attempts
//! and an end with the round, and no secret for longer than that.

/// The words, ascending, from four to eight letters.
const WORDS: &str = include_str!("words.txt");
/// How many of them make a passphrase.
pub const LENGTH: usize = 4;

/// A passphrase out of random bytes, which are the caller's to get.
pub fn passphrase(random: &[u8; 32]) -> String {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let (pairs, _) = random.as_chunks::<2>();
    let count = words.len();
    // Numbers above the last multiple are left out, so that each word is as likely as any other.
    let fair = (usize::from(u16::MAX) + 1) / count * count;
    let numbers =
        pairs.iter().map(|pair| usize::from(u16::from_be_bytes(*pair))).filter(|number| *number < fair);
    let chosen: Vec<&str> = numbers.take(LENGTH).map(|number| words[number % count]).collect();
    chosen.join("-")
}

/// A passphrase as it was typed, in the one form in which it is compared: small letters, single hyphens.
pub fn normal(typed: &str) -> String {
    let words = typed.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn list() -> Vec<&'static str> {
        WORDS.split_whitespace().collect()
    }

    /// Whether one letter more, less, other, or exchanged with its neighbour makes one of the other.
    fn is_near(a: &str, b: &str) -> bool {
        let (a, b) =
            if a.len() <= b.len() { (a.as_bytes(), b.as_bytes()) } else { (b.as_bytes(), a.as_bytes()) };
        if a.len() == b.len() {
            let other: Vec<usize> = (0..a.len()).filter(|at| a[*at] != b[*at]).collect();
            let exchanged = matches!(other[..], [x, y] if y == x + 1 && a[x] == b[y] && a[y] == b[x]);
            return other.len() <= 1 || exchanged;
        }
        a.len() + 1 == b.len() && (0..b.len()).any(|at| [&b[..at], &b[at + 1..]].concat() == a)
    }

    #[test]
    fn no_two_words_are_one_slip_apart() {
        let words = list();
        assert_eq!(words.len(), 865);
        assert!(words.is_sorted());
        assert!(
            words.iter().all(|word| (4..=8).contains(&word.len())
                && word.bytes().all(|letter| letter.is_ascii_lowercase()))
        );
        for (at, word) in words.iter().enumerate() {
            let near = words[at + 1..].iter().find(|other| is_near(word, other));
            assert_eq!(near, None, "{word}");
        }
    }

    #[test]
    fn all_words_come_up_and_each_about_as_often() {
        let mut times = vec![0_u32; 865];
        let words = list();
        let mut phrases = BTreeSet::new();
        for seed in 0_u32..20_000 {
            let phrase = passphrase(&scr_canon::sha256(&seed.to_be_bytes()).0);
            let parts: Vec<&str> = phrase.split('-').collect();
            assert_eq!(parts.len(), LENGTH);
            parts.iter().for_each(|word| times[words.binary_search(word).unwrap()] += 1);
            phrases.insert(phrase);
        }
        assert!(phrases.len() > 19_990);
        // 80,000 words, 92.5 of each on average; chi-squared with 864 degrees of freedom has a standard deviation of 42.
        let mean = 80_000.0 / 865.0;
        let chi: f64 = times.iter().map(|seen| (f64::from(*seen) - mean).powi(2) / mean).sum();
        assert!(chi < 864.0 + 5.0 * 42.0, "{chi}");
    }

    #[test]
    fn a_number_that_would_favour_some_words_is_left_out() {
        let mut bytes = [0_u8; 32];
        bytes[..4].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        assert_eq!(passphrase(&bytes), [list()[0]; 4].join("-"));
    }

    #[test]
    fn what_is_typed_is_compared_in_one_form() {
        assert_eq!(normal("  Acorn agile,\tAMBER - anchor "), "acorn-agile-amber-anchor");
    }
}
