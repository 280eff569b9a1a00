//! A million texts in two allocations, sorted.

/// Texts, sorted and each once.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    text: String,
    /// Where each text ends.
    ends: Vec<u32>,
    /// The lengths that occur, ascending; for looking entries up within a longer text.
    lengths: Vec<usize>,
}

impl Names {
    /// Sorts the texts. Those after the four-thousand-millionth byte are dropped; no limit lets as many in.
    pub(super) fn new(mut all: Vec<Box<str>>) -> Self {
        all.retain(|text| !text.is_empty());
        all.sort_unstable();
        all.dedup();
        let mut names = Self {
            text: String::with_capacity(all.iter().map(|text| text.len()).sum()),
            ends: Vec::with_capacity(all.len()),
            lengths: all.iter().map(|text| text.len()).collect(),
        };
        names.lengths.sort_unstable();
        names.lengths.dedup();
        names.lengths.shrink_to_fit();
        for text in all {
            let Ok(end) = u32::try_from(names.text.len() + text.len()) else { break };
            names.text.push_str(&text);
            names.ends.push(end);
        }
        names
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn end(&self, at: usize) -> usize {
        self.ends.get(at).map_or(0, |end| usize::try_from(*end).unwrap_or(0))
    }

    fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.end(before));
        self.text.get(start..self.end(at)).unwrap_or("")
    }

    fn find(&self, name: &str) -> Option<&str> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.get(middle).cmp(name) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(self.get(middle)),
            }
        }
        None
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// An entry that stands somewhere within the text: for each place and each length that occurs, one look-up.
    pub(super) fn within(&self, text: &str) -> Option<&str> {
        // Nothing longer than this is an indicator; it would take time and mean nothing.
        const LONGEST: usize = 4_096;
        text.char_indices().take_while(|(at, _)| *at < LONGEST).find_map(|(at, _)| {
            let lengths = self.lengths.iter().take_while(|length| at + **length <= text.len());
            lengths.filter_map(|length| text.get(at..at + length)).find_map(|part| self.find(part))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_whole_and_within() {
        let names = Names::new(["b", "aa", "", "b", "ccc", "é"].map(Into::into).to_vec());
        assert_eq!(names.len(), 4);
        for name in ["aa", "b", "ccc", "é"] {
            assert!(names.contains(name));
        }
        for name in ["", "a", "aab", "z"] {
            assert!(!names.contains(name));
        }
        assert_eq!(names.within("xxéx"), Some("é"));
        assert_eq!(names.within("xcccx"), Some("ccc"));
        assert_eq!(names.within("xccx"), None);
    }
}
