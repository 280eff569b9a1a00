//! Many patterns at once: which of hundreds of thousands do observations match?
//!
//! Each pattern is found under conditions that must hold before it can match ([`triggers`]): a value that a property
//! has, a network around an address, three octets that a text contains, or, where nothing better is known, a property
//! that is there. What is found is then evaluated; what is not found is not looked at.

mod triggers;

use crate::ast::{ObjectPath, ObservationExpression};
use crate::compare::Truth;
use crate::error::EvalError;
use crate::evaluate;
use crate::limits::EvalLimits;
use crate::network::Network;
use crate::networks::Networks;
use crate::observations::{Observation, Observations, Root};
use crate::pattern::Pattern;
use crate::resolve::{self, Operand, Place};
use crate::work::Work;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use triggers::{Gram, Key, Trigger, grams_of_value};

/// Patterns by keys of the caller's. Patterns are added and taken out one by one.
#[derive(Debug)]
pub struct Index<K> {
    entries: Vec<Option<Entry<K>>>,
    free: Vec<usize>,
    by_key: BTreeMap<K, usize>,
    types: BTreeMap<Box<str>, OfType>,
}

#[derive(Debug)]
struct Entry<K> {
    key: K,
    pattern: Pattern,
    triggers: Vec<Trigger>,
}

/// What is known of objects of one type.
#[derive(Debug, Default)]
struct OfType {
    paths: BTreeMap<ObjectPath, AtPath>,
    /// Entries that any object of the type may match.
    any: Vec<usize>,
}

/// Entries by what a path leads to. All lists are sorted.
#[derive(Debug, Default)]
struct AtPath {
    equal: BTreeMap<Key, Vec<usize>>,
    /// How many of them are octets.
    of_bytes: usize,
    within: Networks<usize>,
    around: Networks<usize>,
    /// How many entries stand in the two.
    of_networks: usize,
    grams: BTreeMap<Gram, Vec<usize>>,
    present: Vec<usize>,
}

/// A pattern that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<K> {
    /// The pattern's key.
    pub key: K,
    /// For a pattern of one bracketed expression, all observations that satisfy it; else a set of observations that
    /// together do. Ascending.
    pub observations: Vec<usize>,
}

/// What came of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hits<K> {
    /// Patterns that match, in the order of their keys.
    pub matching: Vec<Hit<K>>,
    /// Patterns that could not be decided, in the order of their keys.
    pub undecided: Vec<(K, EvalError)>,
}

impl<K> Default for Index<K> {
    fn default() -> Self {
        Self { entries: Vec::new(), free: Vec::new(), by_key: BTreeMap::new(), types: BTreeMap::new() }
    }
}

impl<K: Ord + Clone> Index<K> {
    /// An index without patterns.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many patterns there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// The pattern of a key.
    pub fn get(&self, key: &K) -> Option<&Pattern> {
        let entry = self.entries.get(*self.by_key.get(key)?)?.as_ref()?;
        Some(&entry.pattern)
    }

    /// Adds a pattern; gives back the one that had the key before.
    ///
    /// A regular expression is compiled once to see whether it can be run, and again when it is first needed: otherwise
    /// an index of many would keep them all in memory.
    pub fn insert(&mut self, key: K, pattern: Pattern) -> Option<Pattern> {
        let before = self.remove(&key);
        let triggers = self.choose(&pattern.expression).triggers;
        let at = self.free.pop().unwrap_or(self.entries.len());
        for trigger in &triggers {
            self.add(trigger, at);
        }
        let entry = Some(Entry { key: key.clone(), pattern, triggers });
        if at == self.entries.len() {
            self.entries.push(entry)
        } else {
            self.entries[at] = entry
        }
        self.by_key.insert(key, at);
        before
    }

    /// Takes a pattern out.
    pub fn remove(&mut self, key: &K) -> Option<Pattern> {
        let at = self.by_key.remove(key)?;
        let entry = self.entries.get_mut(at)?.take()?;
        self.free.push(at);
        for trigger in &entry.triggers {
            self.take_out(trigger, at);
        }
        Some(entry.pattern)
    }

    /// The patterns that observations match. The limits are those of each pattern, not of all together.
    pub fn matching(&self, observations: &Observations<'_>, limits: &EvalLimits) -> Hits<K> {
        let mut found = BTreeSet::new();
        let mut looked = Work::new(&EvalLimits { steps: u64::MAX, ..*limits });
        for (number, observation) in observations.list.iter().enumerate() {
            for root in &observation.roots {
                let place = Place { observations, observation };
                // The work of looking up cannot run out.
                let _ = self.look_up(*root, place, &mut looked, &mut |at| {
                    found.insert((at, number));
                });
            }
        }
        self.decide(&found, observations, limits)
    }

    /// The patterns that one object matches, as [`Pattern::matches_object`] would say; none where it is no STIX object.
    pub fn matching_object(&self, object: &Value, limits: &EvalLimits) -> Hits<K> {
        let observations = Observations::from_object(object).unwrap_or_default();
        self.matching(&observations, limits)
    }

    /// Evaluates what was found: pairs of an entry and an observation.
    fn decide(
        &self,
        found: &BTreeSet<(usize, usize)>,
        observations: &Observations<'_>,
        limits: &EvalLimits,
    ) -> Hits<K> {
        let mut hits = Hits { matching: Vec::new(), undecided: Vec::new() };
        let mut next = found.iter().copied().peekable();
        while let Some((at, first)) = next.next() {
            let mut numbers = vec![first];
            while let Some((_, number)) = next.next_if(|(other, _)| *other == at) {
                numbers.push(number);
            }
            let Some(Some(entry)) = self.entries.get(at) else { continue };
            match decided(&entry.pattern, &numbers, observations, limits) {
                Ok(Some(numbers)) => {
                    hits.matching.push(Hit { key: entry.key.clone(), observations: numbers })
                }
                Ok(None) => {}
                Err(why) => hits.undecided.push((entry.key.clone(), why)),
            }
        }
        hits.matching.sort_by(|left, right| left.key.cmp(&right.key));
        hits.undecided.sort_by(|left, right| left.0.cmp(&right.0));
        hits
    }

    /// Calls with every entry of which a condition holds.
    fn look_up<'a>(
        &self,
        root: Root<'a>,
        place: Place<'_, 'a>,
        work: &mut Work,
        found: &mut impl FnMut(usize),
    ) -> Result<(), EvalError> {
        let Some(of_type) = self.types.get(root.object_type) else { return Ok(()) };
        of_type.any.iter().copied().for_each(&mut *found);
        let mut values = Vec::new();
        for (path, at_path) in &of_type.paths {
            let writing = resolve::values(path, root, place, &mut values, work)?;
            if !values.is_empty() {
                at_path.present.iter().copied().for_each(&mut *found);
            }
            for value in &values {
                at_path.look_up(&Operand::of(value, writing), found);
            }
        }
        Ok(())
    }

    fn at(&self, path: &ObjectPath) -> Option<&AtPath> {
        self.types.get(&path.object_type)?.paths.get(path)
    }

    fn at_mut(&mut self, path: &ObjectPath) -> &mut AtPath {
        let of_type = self.types.entry(path.object_type.clone()).or_default();
        // Most patterns use paths that others use: the path is copied for the first alone.
        if !of_type.paths.contains_key(path) {
            of_type.paths.insert(path.clone(), AtPath::default());
        }
        of_type.paths.entry(path.clone()).or_default()
    }

    fn add(&mut self, trigger: &Trigger, at: usize) {
        match trigger {
            Trigger::Equal(path, key) => {
                let at_path = self.at_mut(path);
                at_path.of_bytes += usize::from(matches!(key, Key::Bytes(_)));
                add(at_path.equal.entry(key.clone()).or_default(), at);
            }
            Trigger::Within(path, network) => {
                let at_path = self.at_mut(path);
                at_path.of_networks += 1;
                at_path.within.insert(*network, at);
            }
            Trigger::Around(path, network) => {
                let at_path = self.at_mut(path);
                at_path.of_networks += 1;
                at_path.around.insert(*network, at);
            }
            Trigger::Contains(path, gram) => add(self.at_mut(path).grams.entry(*gram).or_default(), at),
            Trigger::Present(path) => add(&mut self.at_mut(path).present, at),
            Trigger::Type(object_type) => {
                add(&mut self.types.entry(object_type.clone()).or_default().any, at)
            }
        }
    }

    fn take_out(&mut self, trigger: &Trigger, at: usize) {
        let path = match trigger {
            Trigger::Type(object_type) => {
                if let Some(of_type) = self.types.get_mut(object_type) {
                    take_out(&mut of_type.any, at);
                    if of_type.any.is_empty() && of_type.paths.is_empty() {
                        self.types.remove(object_type);
                    }
                }
                return;
            }
            Trigger::Equal(path, _)
            | Trigger::Within(path, _)
            | Trigger::Around(path, _)
            | Trigger::Contains(path, _)
            | Trigger::Present(path) => path,
        };
        let Some(of_type) = self.types.get_mut(&path.object_type) else { return };
        let Some(at_path) = of_type.paths.get_mut(path) else { return };
        at_path.take_out(trigger, at);
        if at_path.is_empty() {
            of_type.paths.remove(path);
            if of_type.any.is_empty() && of_type.paths.is_empty() {
                self.types.remove(&path.object_type);
            }
        }
    }
}

impl AtPath {
    fn look_up(&self, operand: &Operand<'_>, found: &mut impl FnMut(usize)) {
        let mut each = |entries: Option<&Vec<usize>>| {
            entries.into_iter().flatten().copied().for_each(&mut *found);
        };
        if !self.equal.is_empty() {
            for key in Key::of(operand, self.of_bytes > 0) {
                each(self.equal.get(&key));
            }
        }
        let Operand::Text(text) = operand else { return };
        if !self.grams.is_empty() {
            for gram in grams_of_value(text) {
                each(self.grams.get(&gram));
            }
        }
        if self.of_networks > 0
            && let Some(network) = Network::parse(text)
        {
            self.within.around(network).for_each(&mut *found);
            self.around.within(network).for_each(&mut *found);
        }
    }

    fn take_out(&mut self, trigger: &Trigger, at: usize) {
        match trigger {
            Trigger::Equal(_, key) => {
                if let Some(entries) = self.equal.get_mut(key) {
                    // The same constant may stand in one pattern twice.
                    take_out(entries, at);
                    if entries.is_empty() {
                        self.equal.remove(key);
                    }
                }
                self.of_bytes -= usize::from(matches!(key, Key::Bytes(_)));
            }
            Trigger::Within(_, network) => {
                self.of_networks -= 1;
                self.within.remove(*network, at);
            }
            Trigger::Around(_, network) => {
                self.of_networks -= 1;
                self.around.remove(*network, at);
            }
            Trigger::Contains(_, gram) => {
                if let Some(entries) = self.grams.get_mut(gram) {
                    take_out(entries, at);
                    if entries.is_empty() {
                        self.grams.remove(gram);
                    }
                }
            }
            Trigger::Present(_) => take_out(&mut self.present, at),
            Trigger::Type(_) => {}
        }
    }

    fn is_empty(&self) -> bool {
        self.equal.is_empty() && self.grams.is_empty() && self.present.is_empty() && self.of_networks == 0
    }
}

fn add(entries: &mut Vec<usize>, at: usize) {
    if let Err(place) = entries.binary_search(&at) {
        entries.insert(place, at);
    }
}

fn take_out(entries: &mut Vec<usize>, at: usize) {
    if let Ok(place) = entries.binary_search(&at) {
        entries.remove(place);
    }
}

/// Evaluates one pattern of which conditions held in these observations.
fn decided(
    pattern: &Pattern,
    numbers: &[usize],
    observations: &Observations<'_>,
    limits: &EvalLimits,
) -> Result<Option<Vec<usize>>, EvalError> {
    let ObservationExpression::Single(comparison) = &pattern.expression else {
        return pattern.matches(observations, limits).map(|outcome| outcome.witness);
    };
    let mut work = Work::new(limits);
    let mut matching = Vec::new();
    let mut is_unknown = false;
    let looked_at = numbers.iter().filter_map(|number| Some((*number, observations.list.get(*number)?)));
    for (number, observation) in looked_at {
        let observation: &Observation<'_> = observation;
        match evaluate::satisfied(comparison, observations, observation, &mut work)? {
            Truth::True => matching.push(number),
            Truth::Unknown => is_unknown = true,
            Truth::False => {}
        }
    }
    if !matching.is_empty() {
        return Ok(Some(matching));
    }
    if is_unknown { Err(work.take_trouble().unwrap_or(EvalError::NoTime)) } else { Ok(None) }
}
