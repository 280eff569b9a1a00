//! "Did you mean …?": the candidate nearest to a text that is not known.

/// Looks for the nearest among many candidates, with a budget, so that a file with 100,000 wrong
/// codes costs no more than one with a few hundred.
#[derive(Debug)]
pub struct Closest<'a> {
    candidates: Vec<(&'a str, Vec<char>)>,
    looks_left: usize,
}

/// How often one [`Closest`] looks before it answers `None` without looking.
pub const MAX_LOOKS: usize = 200;

impl<'a> Closest<'a> {
    /// Over these candidates; among equally near ones the first in order of text wins.
    pub fn among(candidates: impl IntoIterator<Item = &'a str>) -> Self {
        let mut candidates: Vec<_> = candidates.into_iter().map(|text| (text, folded(text))).collect();
        candidates.sort_unstable();
        candidates.dedup();
        Self { candidates, looks_left: MAX_LOOKS }
    }

    /// The candidate with the smallest edit distance (insert, delete, replace; letters without
    /// regard to case), if that is at most a third of the text's length, and at most 4.
    pub fn to(&mut self, text: &str) -> Option<&'a str> {
        self.looks_left = self.looks_left.checked_sub(1)?;
        let wanted = folded(text);
        let mut allowed = (wanted.len().div_ceil(3)).min(4);
        let mut best = None;
        for (candidate, letters) in &self.candidates {
            if let Some(distance) = distance_within(&wanted, letters, allowed) {
                if distance < allowed || best.is_none() {
                    best = Some(*candidate);
                }
                if distance == 0 {
                    break;
                }
                allowed = distance;
            }
        }
        best
    }
}

fn folded(text: &str) -> Vec<char> {
    text.trim().chars().take(100).flat_map(char::to_lowercase).collect()
}

/// Levenshtein distance when it is at most `limit`. Stops as soon as it cannot be.
fn distance_within(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        let mut least = row[0];
        for (j, right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
            least = least.min(row[j + 1]);
        }
        if least > limit {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_is_found_and_far_ones_are_not() {
        let mut closest = Closest::among(["registered", "ballots_cast", "votes_valid"]);
        assert_eq!(closest.to("Registred"), Some("registered"));
        assert_eq!(closest.to("votes valid"), Some("votes_valid"));
        assert_eq!(closest.to("zzzzzz"), None);
        assert_eq!(closest.to(""), None);
    }

    #[test]
    fn among_equals_the_first_in_order_wins() {
        let mut closest = Closest::among(["0012", "0010", "0011"]);
        assert_eq!(closest.to("001"), Some("0010"));
        assert_eq!(closest.to("0012"), Some("0012"));
    }

    #[test]
    fn it_stops_looking_at_its_budget() {
        let mut closest = Closest::among(["abc"]);
        for _ in 0..MAX_LOOKS {
            assert_eq!(closest.to("abd"), Some("abc"));
        }
        assert_eq!(closest.to("abd"), None);
    }
}
