//! Strings kept once: a table of 100,000 units names the same district thousands of times.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

/// A string of a [`Texts`], by position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId(u32);

/// No more text than this in one table, in bytes.
pub(crate) const MAX_TEXT_BYTES: usize = 256 * 1024 * 1024;

/// Every different string once, in one buffer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Texts {
    buffer: String,
    /// Where each string ends in the buffer.
    ends: Vec<u32>,
    /// The string with the same hash that was added before, or `NONE`.
    previous: Vec<u32>,
    /// Hash to the newest string with it.
    newest: HashMap<u64, u32>,
    hasher: RandomState,
}

const NONE: u32 = u32::MAX;

impl Texts {
    /// The id of `text`, which is added when it is new. `None` when the table holds as much text
    /// as it may ([`MAX_TEXT_BYTES`]).
    pub(crate) fn intern(&mut self, text: &str) -> Option<TextId> {
        let hash = self.hasher.hash_one(text);
        if let Some(found) = self.find(hash, text) {
            return Some(found);
        }
        if self.buffer.len() + text.len() > MAX_TEXT_BYTES {
            return None;
        }
        let id = u32::try_from(self.ends.len()).ok()?;
        self.buffer.push_str(text);
        self.ends.push(u32::try_from(self.buffer.len()).ok()?);
        self.previous.push(self.newest.insert(hash, id).unwrap_or(NONE));
        Some(TextId(id))
    }

    /// The string with this id; empty for an id of another table.
    pub(crate) fn get(&self, id: TextId) -> &str {
        let index = id.0 as usize;
        let start = if index == 0 { 0 } else { self.end(index - 1) };
        self.buffer.get(start..self.end(index)).unwrap_or_default()
    }

    /// Forgets every string.
    pub(crate) fn clear(&mut self) {
        self.buffer.clear();
        self.ends.clear();
        self.previous.clear();
        self.newest.clear();
    }

    fn end(&self, index: usize) -> usize {
        self.ends.get(index).map_or(0, |end| *end as usize)
    }

    fn find(&self, hash: u64, text: &str) -> Option<TextId> {
        let mut at = *self.newest.get(&hash)?;
        while at != NONE {
            if self.get(TextId(at)) == text {
                return Some(TextId(at));
            }
            at = self.previous.get(at as usize).copied().unwrap_or(NONE);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_string_is_kept_once_and_comes_back() {
        let mut texts = Texts::default();
        let first = texts.intern("Łódź").unwrap();
        let empty = texts.intern("").unwrap();
        let second = texts.intern("Kraków").unwrap();
        assert_eq!(texts.intern("Łódź"), Some(first));
        assert_eq!(texts.get(first), "Łódź");
        assert_eq!(texts.get(empty), "");
        assert_eq!(texts.get(second), "Kraków");
        assert_eq!(texts.ends.len(), 3);
    }
}
