//! How far two texts are apart, and by what kind of slip.

use serde::{Deserialize, Serialize};

/// What was done to a protected name. The first that fits, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EditKind {
    /// A character was written twice.
    Repetition,
    /// A character was put in.
    Insertion,
    /// A character was left out.
    Omission,
    /// Two neighbours changed places.
    Transposition,
    /// A vowel stands for another vowel.
    VowelSwap,
    /// A character stands for one that differs from it in a single bit (a flipped bit in memory).
    Bitsquat,
    /// A character stands for another.
    Replacement,
    /// More than one of these.
    Several,
}

/// The optimal string alignment distance (insertion, deletion, replacement, transposition of neighbours, no part of the
/// text changed twice), or `None` when it is greater than `most`.
pub(super) fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let (mut before_last, mut row) = (last.clone(), last.clone());
    for (at, c) in one.iter().enumerate() {
        row[0] = at + 1;
        let mut least = row[0];
        for (j, d) in other.iter().enumerate() {
            let mut best = (last[j] + usize::from(c != d)).min(last[j + 1] + 1).min(row[j] + 1);
            if at > 0 && j > 0 && one[at - 1] == *d && *c == other[j - 1] {
                best = best.min(before_last[j - 1] + 1);
            }
            row[j + 1] = best;
            least = least.min(best);
        }
        if least > most {
            return None;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last.last().copied().filter(|found| *found <= most)
}

/// By what `written` differs from `meant`; the distance is known to be `edits`.
pub(super) fn kind(meant: &[char], written: &[char], edits: usize) -> EditKind {
    if edits != 1 {
        return EditKind::Several;
    }
    let start = meant.iter().zip(written).take_while(|(a, b)| a == b).count();
    match (meant.get(start), written.get(start)) {
        _ if written.len() > meant.len() => {
            // A doubled letter shows only where the run of it ends.
            let doubled = start > 0 && written.get(start) == written.get(start - 1);
            if doubled { EditKind::Repetition } else { EditKind::Insertion }
        }
        _ if written.len() < meant.len() => EditKind::Omission,
        (Some(a), Some(b)) if meant.get(start + 1) == Some(b) && written.get(start + 1) == Some(a) => {
            EditKind::Transposition
        }
        (Some(a), Some(b)) if is_vowel(*a) && is_vowel(*b) => EditKind::VowelSwap,
        (Some(a), Some(b)) if (u32::from(*a) ^ u32::from(*b)).is_power_of_two() => EditKind::Bitsquat,
        _ => EditKind::Replacement,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn between(one: &str, other: &str) -> Option<usize> {
        distance(&chars(one), &chars(other), 3)
    }

    #[test]
    fn distances_are_those_of_optimal_string_alignment() {
        for (one, other, want) in [
            ("", "", Some(0)),
            ("vote", "vote", Some(0)),
            ("vote", "voet", Some(1)),
            ("vote", "ovte", Some(1)),
            ("vote", "vot", Some(1)),
            ("vote", "votee", Some(1)),
            // Where Damerau's distance is 2, this one is 3.
            ("ca", "abc", Some(3)),
            ("valimised", "vlaimisde", Some(2)),
            ("elections", "ballots", None),
            ("a", "bcde", None),
        ] {
            assert_eq!(between(one, other), want, "{one} {other}");
        }
    }

    #[test]
    fn slips_are_told_apart() {
        for (written, want) in [
            ("vootes", EditKind::Repetition),
            ("votexs", EditKind::Insertion),
            ("votess", EditKind::Repetition),
            ("voes", EditKind::Omission),
            ("ovtes", EditKind::Transposition),
            ("votse", EditKind::Transposition),
            ("vutes", EditKind::VowelSwap),
            ("votds", EditKind::Bitsquat),
            ("votys", EditKind::Replacement),
        ] {
            assert_eq!(kind(&chars("votes"), &chars(written), 1), want, "{written}");
        }
        assert_eq!(kind(&chars("votes"), &chars("xoteys"), 2), EditKind::Several);
    }

    /// The definition, without care for time: the least over all ways to align.
    fn by_definition(one: &[char], other: &[char]) -> usize {
        match (one.split_last(), other.split_last()) {
            (None, _) => other.len(),
            (_, None) => one.len(),
            (Some((a, front)), Some((b, head))) => {
                let mut best = by_definition(front, head) + usize::from(a != b);
                best = best.min(by_definition(front, other) + 1).min(by_definition(one, head) + 1);
                if let (Some((c, front)), Some((d, head))) = (front.split_last(), head.split_last())
                    && a == d
                    && c == b
                {
                    best = best.min(by_definition(front, head) + 1);
                }
                best
            }
        }
    }

    proptest! {
        #[test]
        fn the_distance_is_that_of_the_definition(one in "[abc]{0,6}", other in "[abc]{0,6}", most in 0usize..4) {
            let (one, other) = (chars(&one), chars(&other));
            let want = Some(by_definition(&one, &other)).filter(|found| *found <= most);
            prop_assert_eq!(distance(&one, &other, most), want);
        }
    }
}
