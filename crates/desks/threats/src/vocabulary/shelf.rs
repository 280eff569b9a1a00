//! What was imported, ready to be looked up in: read from the files once, and again when another import counts.

use super::file::{Book, Content, Family};
use super::model::{Kind, Term, Vocabulary, of_bundle, of_clusters};
use super::record::{Import, Kept, current};
use super::refer::{Reference, references};
use super::warn::Warnings;
use scr_canon::Hash32;
use scr_engine::Fault;
use scr_misp::galaxy::Galaxy;
use scr_stix::vocabulary::{Columns, disarm};
use scr_web::App;
use serde_json::Value;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};

/// A vocabulary with its import.
#[derive(Debug)]
pub(crate) struct Shelved {
    /// The import.
    pub(crate) import: Import,
    /// Its terms.
    pub(crate) vocabulary: Vocabulary,
}

/// Everything that counts now.
#[derive(Debug, Default)]
pub(crate) struct Books {
    /// All imports, by the names under which they are kept.
    pub(crate) imports: Vec<Import>,
    /// Those with terms: ATT&CK, DISARM, galaxies, taxonomies.
    pub(crate) shelved: Vec<Shelved>,
    /// Warning lists, ours among them.
    pub(crate) warnings: Warnings,
    /// What was read is odd about files, by their names.
    odd: BTreeMap<String, Vec<String>>,
    external: BTreeMap<String, Vec<Place>>,
    phases: BTreeMap<String, Vec<Place>>,
    tags: BTreeMap<String, Place>,
    stix: BTreeMap<String, Place>,
}

/// A vocabulary, and a term in it.
type Place = (usize, usize);

/// A term with the vocabulary in which it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The vocabulary.
    pub(crate) of: &'a Shelved,
    /// The term.
    pub(crate) term: &'a Term,
}

impl Known<'_> {
    /// Its page.
    pub(crate) fn href(&self) -> String {
        href(&self.of.import.key, &self.term.id)
    }
}

/// The page of a term.
pub(crate) fn href(key: &str, id: &str) -> String {
    format!("/desk/threats/vocabularies/{key}/{}", scr_web::in_address(id))
}

/// Files that were read, by their hashes.
#[derive(Debug, Default)]
struct Read {
    files: BTreeMap<Hash32, Arc<Book>>,
    made: Option<Arc<Books>>,
}

/// What a server keeps of it in memory.
#[derive(Debug, Default)]
pub(crate) struct Shelf(Mutex<Read>);

impl Books {
    /// What counts now.
    pub(crate) fn of(app: &App) -> Result<Arc<Self>, Fault> {
        let imports = app.engine.read(current)?;
        let shelf = app.soft::<Shelf>();
        // Whoever comes first reads the files; others wait for that.
        let mut read = shelf.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(made) = read.made.as_ref().filter(|made| made.imports == imports) {
            return Ok(Arc::clone(made));
        }
        read.files.retain(|hash, _| imports.iter().any(|one| one.object == *hash));
        for one in &imports {
            let Entry::Vacant(place) = read.files.entry(one.object) else { continue };
            match super::file::read(&mut Kept { objects: app.engine.objects(), hash: one.object }) {
                Ok(book) => drop(place.insert(Arc::new(book))),
                // A mirror may not have the file yet; the others are of use without it.
                Err(why) => drop(Fault::log(&format!("vocabulary {}: {why}", one.key))),
            }
        }
        let books = Arc::new(Self::made(app, imports, &read.files));
        read.made = Some(Arc::clone(&books));
        Ok(books)
    }

    fn made(app: &App, imports: Vec<Import>, files: &BTreeMap<Hash32, Arc<Book>>) -> Self {
        let mut books = Self { warnings: Warnings::own(), ..Self::default() };
        let found: Vec<(&Import, &Book)> =
            imports.iter().filter_map(|one| Some((one, &**files.get(&one.object)?))).collect();
        let galaxies: BTreeMap<&str, &Galaxy> = found
            .iter()
            .filter_map(|(_, book)| match &book.content {
                Content::Galaxy(galaxy) => Some((galaxy.kind.as_str(), galaxy)),
                _ => None,
            })
            .collect();
        let columns = found.iter().find_map(|(_, book)| match &book.content {
            Content::Columns(columns) => Some(columns),
            _ => None,
        });
        for (import, book) in found {
            let mut odd = book.odd.clone();
            match &book.content {
                Content::Terms(vocabulary) if book.family == Family::Disarm => {
                    let vocabulary = ordered(app, import, vocabulary, columns, &mut odd);
                    books.shelve(import, vocabulary);
                }
                Content::Terms(vocabulary) => books.shelve(import, vocabulary.clone()),
                Content::Clusters(clusters) => {
                    let head = (clusters.title.as_str(), clusters.version.clone());
                    let galaxy = galaxies.get(clusters.kind.as_str()).copied();
                    books.shelve(import, of_clusters(head, &clusters.entries, galaxy));
                }
                Content::Warnings(lists) => books.warnings.add(import, lists.clone()),
                Content::Galaxy(_) | Content::Columns(_) => {}
            }
            books.odd.insert(import.key.clone(), odd);
        }
        books.imports = imports;
        books.index();
        books
    }

    fn shelve(&mut self, import: &Import, vocabulary: Vocabulary) {
        self.shelved.push(Shelved { import: import.clone(), vocabulary });
    }

    fn index(&mut self) {
        // Frameworks come before galaxies that repeat them.
        self.shelved.sort_by_key(|one| (one.import.family, one.import.key.clone()));
        for (at, one) in self.shelved.iter().enumerate() {
            for (nth, term) in one.vocabulary.terms.iter().enumerate() {
                let place = (at, nth);
                self.external.entry(term.id.to_ascii_uppercase()).or_default().push(place);
                if let Some(short) = &term.short {
                    self.phases.entry(short.to_ascii_lowercase()).or_default().push(place);
                }
                if let Some(tag) = &term.tag {
                    self.tags.entry(tag.clone()).or_insert(place);
                }
                for id in &term.stix {
                    self.stix.entry(id.clone()).or_insert(place);
                }
            }
        }
    }

    fn at(&self, (vocabulary, term): Place) -> Option<Known<'_>> {
        let of = self.shelved.get(vocabulary)?;
        Some(Known { of, term: of.vocabulary.terms.get(term)? })
    }

    /// A vocabulary by its name in addresses.
    pub(crate) fn vocabulary(&self, key: &str) -> Option<&Shelved> {
        self.shelved.iter().find(|one| one.import.key == key)
    }

    /// A term of a vocabulary.
    pub(crate) fn term(&self, key: &str, id: &str) -> Option<Known<'_>> {
        let of = self.vocabulary(key)?;
        Some(Known { of, term: of.vocabulary.term(id)? })
    }

    /// What is odd about a file.
    pub(crate) fn odd(&self, key: &str) -> &[String] {
        self.odd.get(key).map_or(&[], Vec::as_slice)
    }

    /// The term that a reference means, where it is known.
    pub(crate) fn meant(&self, reference: &Reference) -> Option<Known<'_>> {
        let first = |places: &[Place], fits: &dyn Fn(&Known<'_>) -> bool| {
            places.iter().filter_map(|place| self.at(*place)).find(|known| fits(known))
        };
        match reference {
            Reference::External(id, is_disarm) => {
                let places = self.external.get(id)?;
                let of_disarm = |known: &Known<'_>| {
                    (known.of.import.family != Family::Attack) == *is_disarm
                        && known.of.import.family != Family::Taxonomy
                };
                first(places, &of_disarm).or_else(|| first(places, &|_| true))
            }
            Reference::Phase(chain, phase) => {
                let places = self.phases.get(phase)?;
                let same = |known: &Known<'_>| known.of.vocabulary.chain.as_deref() == Some(chain);
                first(places, &same).or_else(|| first(places, &|_| true))
            }
            Reference::Tag(tag) => self.at(*self.tags.get(tag)?),
            Reference::Pattern(id) => self.at(*self.stix.get(id)?),
        }
    }

    /// The terms that an object refers to, each once, techniques before phases.
    pub(crate) fn meant_by(&self, object: &Value) -> Vec<Known<'_>> {
        let mut all: BTreeMap<(Kind, &str, &str), Known<'_>> = BTreeMap::new();
        for known in references(object).iter().filter_map(|one| self.meant(one)) {
            all.insert((known.term.kind, &known.of.import.key, &known.term.id), known);
        }
        let mut all: Vec<Known<'_>> = all.into_values().collect();
        all.sort_by_key(|known| known.term.kind == Kind::Phase);
        all
    }

    /// Terms that fit what somebody writes, of one vocabulary or of all; the best first.
    pub(crate) fn search(&self, key: Option<&str>, query: &str, most: usize) -> Vec<Known<'_>> {
        let query: String = query.trim().chars().take(200).collect::<String>().to_lowercase();
        let words: Vec<&str> = words(&query).collect();
        if query.is_empty() {
            return Vec::new();
        }
        let of = self.shelved.iter().filter(|one| key.is_none_or(|key| one.import.key == key));
        let mut found: Vec<(bool, u8, Known<'_>)> = of
            .flat_map(|of| of.vocabulary.terms.iter().map(move |term| Known { of, term }))
            .filter_map(|known| Some((known.term.is_old, fit(known.term, &query, &words)?, known)))
            .collect();
        found.sort_by_key(|(is_old, fit, _)| (*is_old, *fit));
        found.into_iter().map(|(_, _, known)| known).take(most).collect()
    }
}

/// DISARM's phases in the order of its columns, where these are here and belong to it.
fn ordered(
    app: &App,
    import: &Import,
    read: &Vocabulary,
    columns: Option<&Columns>,
    odd: &mut Vec<String>,
) -> Vocabulary {
    use super::file::Source as _;
    let Some(columns) = columns else { return read.clone() };
    let mut source = Kept { objects: app.engine.objects(), hash: import.object };
    let with = source.open().map_err(|error| error.to_string()).and_then(|bundle| {
        disarm(bundle, Some(columns), &scr_stix::Limits::default()).map_err(|error| error.to_string())
    });
    match with {
        Ok(with) => of_bundle(&with),
        Err(why) => {
            odd.push(why);
            read.clone()
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// How well a term fits: by its id, the beginning of its name, words of its name, words of its first sentence.
fn fit(term: &Term, query: &str, wanted: &[&str]) -> Option<u8> {
    let (id, name) = (term.id.to_lowercase(), term.name.to_lowercase());
    if id == query || term.tag.as_deref() == Some(query) {
        return Some(0);
    }
    if id.starts_with(query) {
        return Some(1);
    }
    if name.starts_with(query) {
        return Some(2);
    }
    let all = |text: &str| {
        !wanted.is_empty() && wanted.iter().all(|wanted| words(text).any(|word| word.starts_with(wanted)))
    };
    if all(&name) {
        return Some(3);
    }
    all(&format!("{name} {}", term.summary.to_lowercase())).then_some(4)
}

#[cfg(test)]
mod tests {
    use super::href;

    #[test]
    fn an_id_becomes_a_part_of_an_address() {
        assert_eq!(href("disarm", "T0015.001"), "/desk/threats/vocabularies/disarm/T0015.001");
        assert_eq!(href("k", "a/b"), "/desk/threats/vocabularies/k/a%2Fb");
    }
}
