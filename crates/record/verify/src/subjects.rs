//! Counters of subjects while a log is read, and what an index must state of them at an earlier size.

use std::collections::{BTreeMap, HashMap, VecDeque};

use scr_canon::{Hash32, to_canonical};
use scr_merkle::{leaf_hash, root_of};

use crate::history::{IndexRow, IndexView};

/// An index stands at most so many entries behind the size that it speaks of.
pub(crate) const MAX_INDEX_LAG: u64 = 65_536;

/// The entries about one subject so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct State {
    count: u64,
    index: u64,
    last: Hash32,
}

/// Every subject so far, and how each of the newest entries changed them.
#[derive(Debug, Default)]
pub(crate) struct Subjects {
    /// Their numbers, in the order in which they were met, by their names in UTF-8.
    names: HashMap<Vec<u8>, usize>,
    /// By these numbers.
    now: Vec<State>,
    /// (entry, number of the subject, what was there before), oldest first.
    before: VecDeque<(u64, usize, Option<State>)>,
}

impl Subjects {
    /// How many there are.
    pub(crate) fn len(&self) -> u64 {
        self.now.len() as u64
    }

    /// Takes in what an entry counts for one subject; the error is what it should have counted.
    pub(crate) fn count(&mut self, index: u64, subject: &[u8], count: u64, leaf: Hash32) -> Result<(), u64> {
        let state = State { count, index, last: leaf };
        let known = self.names.get(subject).copied();
        let before = known.and_then(|number| self.now.get(number).copied());
        let expected = before.map_or(1, |before| before.count + 1);
        if count != expected {
            return Err(expected);
        }
        let number = known.unwrap_or(self.now.len());
        match self.now.get_mut(number) {
            Some(now) => *now = state,
            None => {
                self.names.insert(subject.to_vec(), number);
                self.now.push(state);
            }
        }
        self.before.push_back((index, number, before));
        while self.before.front().is_some_and(|(oldest, ..)| oldest + MAX_INDEX_LAG < index) {
            self.before.pop_front();
        }
        Ok(())
    }

    /// What is wrong with an index that stands at `index`; nothing when it states what the entries give.
    pub(crate) fn judge(&self, index: u64, stated: &IndexView, root: Option<Hash32>) -> Option<String> {
        if stated.size > index || stated.size + MAX_INDEX_LAG < index {
            return Some(format!("it speaks of {} entries, which is not shortly before it", stated.size));
        }
        if root != Some(stated.root) {
            return Some("its root is not that of the entries before it".to_owned());
        }
        let mut then: HashMap<usize, Option<State>> = HashMap::new();
        for (_, number, before) in self.before.iter().rev().take_while(|(at, ..)| *at >= stated.size) {
            // The oldest of these changes comes last, and has what stood before all of them.
            then.insert(*number, *before);
        }
        // The rows of an index stand in the order of their subjects.
        let sorted: BTreeMap<&[u8], usize> =
            self.names.iter().map(|(name, number)| (&name[..], *number)).collect();
        let states = sorted.into_iter().filter_map(|(subject, number)| {
            let now = self.now.get(number).copied();
            let state = then.get(&number).copied().unwrap_or(now)?;
            let row = IndexRow {
                count: state.count,
                index: state.index,
                last: state.last,
                subject: std::str::from_utf8(subject).ok()?.to_owned(),
            };
            to_canonical(&row).ok()
        });
        let leaves: Vec<Hash32> = states.map(|row| leaf_hash(&row)).collect();
        if leaves.len() as u64 != stated.subjects {
            return Some(format!(
                "it states {} subjects, the entries have {}",
                stated.subjects,
                leaves.len()
            ));
        }
        let differs = root_of(&leaves) != stated.subjects_root;
        differs.then(|| "its rows are not what the entries give".to_owned())
    }
}
