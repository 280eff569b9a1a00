//! The surroundings of one object: what it is about and what is about it, step by step, in bounded work.

use super::kinds;
use super::near::{Item, Place};
use scr_engine::rusqlite;
use std::collections::{BTreeMap, BTreeSet};

/// Objects in one picture.
pub(crate) const MOST: usize = 60;
/// References of one object that are followed, in each direction.
const PER_OBJECT: usize = 300;
/// Objects that are read for one picture.
const READ: usize = 2_500;

/// A connection between two objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    /// From which, by its place in the list.
    pub(crate) from: usize,
    /// To which.
    pub(crate) to: usize,
    /// The type of the relationship, or the property that refers.
    pub(crate) word: String,
    /// The relationship's own id, if it is one.
    pub(crate) id: Option<String>,
    /// Who says so.
    pub(crate) by: String,
    /// How sure they are, 0 to 100.
    pub(crate) confidence: Option<u8>,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Surroundings {
    /// Objects; the first is the one in the middle.
    pub(crate) items: Vec<Item>,
    /// Connections between them, each once.
    pub(crate) links: Vec<Link>,
    /// Objects within reach that found no place.
    pub(crate) left_out: usize,
    /// Objects that are named and are not here for this reader, whether they exist or not.
    pub(crate) missing: usize,
}

/// A connection before both its ends are known.
struct Loose {
    from: String,
    to: String,
    word: String,
    id: Option<String>,
    by: String,
    confidence: Option<u8>,
}

impl Loose {
    fn other(&self, own: &str) -> &str {
        if self.from == own { &self.to } else { &self.from }
    }
}

struct Gathering<'a, 'b> {
    place: &'a Place<'b>,
    known: BTreeMap<String, Option<Item>>,
    chosen: BTreeMap<String, usize>,
    order: Vec<String>,
    loose: Vec<Loose>,
    left_out: BTreeSet<String>,
    missing: BTreeSet<String>,
}

/// What is at most `steps` away from an object; `None` where the reader has no such object.
pub(crate) fn gather(place: &Place<'_>, id: &str, steps: usize) -> rusqlite::Result<Option<Surroundings>> {
    let mut all = Gathering {
        place,
        known: BTreeMap::new(),
        chosen: BTreeMap::new(),
        order: Vec::new(),
        loose: Vec::new(),
        left_out: BTreeSet::new(),
        missing: BTreeSet::new(),
    };
    if !all.is_here(id)? {
        return Ok(None);
    }
    all.choose(id);
    let mut next = vec![id.to_owned()];
    for step in 0..=steps {
        // The outermost ones are looked at for the connections among them alone.
        next = all.step(&next, step < steps)?;
    }
    Ok(Some(all.finish()))
}

impl Gathering<'_, '_> {
    fn is_here(&mut self, id: &str) -> rusqlite::Result<bool> {
        if !self.known.contains_key(id) {
            if self.known.len() >= READ {
                return Ok(false);
            }
            let item = self.place.get(id)?;
            self.known.insert(id.to_owned(), item);
        }
        Ok(self.known.get(id).is_some_and(Option::is_some))
    }

    fn choose(&mut self, id: &str) {
        self.chosen.insert(id.to_owned(), self.order.len());
        self.order.push(id.to_owned());
    }

    fn step(&mut self, from: &[String], goes_on: bool) -> rusqlite::Result<Vec<String>> {
        let mut found: BTreeSet<(u8, String, String)> = BTreeSet::new();
        for id in from {
            for loose in self.connections(id)? {
                let other = loose.other(id).to_owned();
                if self.chosen.contains_key(&other) {
                    self.loose.push(loose);
                } else if goes_on {
                    if self.is_here(&other)? {
                        let title = self
                            .known
                            .get(&other)
                            .and_then(Option::as_ref)
                            .map(|item| item.title().to_owned());
                        let kind = other.split_once("--").map_or("", |(kind, _)| kind);
                        found.insert((kinds::rank(kind), title.unwrap_or_default(), other));
                        self.loose.push(loose);
                    } else if self.known.contains_key(&other) {
                        self.missing.insert(other);
                    } else {
                        self.left_out.insert(other);
                    }
                }
            }
        }
        let mut next = Vec::new();
        for (_, _, id) in found {
            if self.order.len() < MOST {
                self.choose(&id);
                next.push(id);
            } else {
                self.left_out.insert(id);
            }
        }
        Ok(next)
    }

    /// Connections of one object, in both directions.
    fn connections(&mut self, id: &str) -> rusqlite::Result<Vec<Loose>> {
        let mut all = Vec::new();
        if let Some(item) = self.known.get(id).and_then(Option::as_ref) {
            all.extend(item.about(PER_OBJECT).into_iter().map(|(word, to)| embedded(item, word, to)));
        }
        // Who is named by everything leads everywhere: organisations and marks are ends, unless they were asked for.
        let is_end = id.starts_with("identity--") || id.starts_with("marking-definition--");
        if is_end && self.order.first().is_none_or(|first| first != id) {
            return Ok(all);
        }
        for other in self.place.referring(id, PER_OBJECT)? {
            if !self.is_here(&other)? {
                continue;
            }
            let Some(item) = self.known.get(&other).and_then(Option::as_ref) else { continue };
            if item.kind() == "relationship" {
                all.extend(relationship(item).filter(|one| one.from == id || one.to == id));
            } else {
                let about = item.about(PER_OBJECT).into_iter().filter(|(_, to)| to == id);
                all.extend(about.map(|(word, to)| embedded(item, word, to)));
            }
        }
        Ok(all)
    }

    fn finish(mut self) -> Surroundings {
        let mut links: Vec<Link> = Vec::new();
        for loose in &self.loose {
            let (Some(from), Some(to)) = (self.chosen.get(&loose.from), self.chosen.get(&loose.to)) else {
                continue;
            };
            let link = Link {
                from: *from,
                to: *to,
                word: loose.word.clone(),
                id: loose.id.clone(),
                by: loose.by.clone(),
                confidence: loose.confidence,
            };
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links.sort_by(|a, b| (a.from, a.to, &a.word, &a.id).cmp(&(b.from, b.to, &b.word, &b.id)));
        let items = self.order.iter().filter_map(|id| self.known.remove(id).flatten()).collect();
        Surroundings { items, links, left_out: self.left_out.len(), missing: self.missing.len() }
    }
}

fn embedded(item: &Item, word: String, to: String) -> Loose {
    Loose { from: item.id().to_owned(), to, word, id: None, by: item.by.clone(), confidence: None }
}

/// A relationship as a connection; `None` where an end is not given.
fn relationship(item: &Item) -> Option<Loose> {
    Some(Loose {
        from: item.text("source_ref")?.to_owned(),
        to: item.text("target_ref")?.to_owned(),
        word: item.text("relationship_type")?.to_owned(),
        id: Some(item.id().to_owned()),
        by: item.by.clone(),
        confidence: item.head.confidence,
    })
}
