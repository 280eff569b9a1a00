//! Vocabularies of every publisher in one form: phases in their order, and terms with a name, an id and words.

use scr_misp::galaxy::{self, Galaxy};
use scr_misp::taxonomy::Taxonomy;
use scr_stix::vocabulary::{self as stix, EntryKind};
use std::collections::BTreeMap;

/// Longest text of a term, in characters.
const LONGEST: usize = stix::LONGEST_TEXT;

/// What a term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// What an attacker wants to reach with a step.
    Phase,
    /// How.
    Technique,
    /// What helps against it.
    Remedy,
    /// A word to mark something with.
    Tag,
}

impl Kind {
    /// Its name in texts and answers.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Phase => "phase",
            Self::Technique => "technique",
            Self::Remedy => "remedy",
            Self::Tag => "tag",
        }
    }
}

/// One word of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// In addresses: the publisher's external id where there is one, else ours.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Its name, as published.
    pub(crate) name: String,
    /// Its first sentence.
    pub(crate) summary: String,
    /// Its publisher's own text.
    pub(crate) text: String,
    /// Where its publisher describes it.
    pub(crate) url: Option<String>,
    /// The ids of the phases that it belongs to.
    pub(crate) phases: Vec<String>,
    /// Of a part: the whole.
    pub(crate) parent: Option<String>,
    /// STIX ids under which it is known: ours, the publisher's.
    pub(crate) stix: Vec<String>,
    /// The tag that says it, in small letters.
    pub(crate) tag: Option<String>,
    /// Of a phase: the name by which kill chains refer to it.
    pub(crate) short: Option<String>,
    /// Taken back, or not to be used any more.
    pub(crate) is_old: bool,
    /// What stands in its place.
    pub(crate) instead: Option<String>,
}

/// A vocabulary.
#[derive(Debug, Clone, Default)]
pub(crate) struct Vocabulary {
    /// How it is called.
    pub(crate) name: String,
    /// What it is for, in its publisher's words.
    pub(crate) about: String,
    /// The version that its file states.
    pub(crate) version: Option<String>,
    /// The kill chain whose phases these are.
    pub(crate) chain: Option<String>,
    /// The ids of its phases, in the framework's order.
    pub(crate) order: Vec<String>,
    /// Its terms, in the order of its file or by their ids.
    pub(crate) terms: Vec<Term>,
    /// What is odd about the file.
    pub(crate) odd: Vec<String>,
    by_id: BTreeMap<String, usize>,
}

impl Vocabulary {
    fn with(mut self, terms: Vec<Term>) -> Self {
        self.by_id =
            terms.iter().enumerate().map(|(at, term)| (term.id.to_ascii_lowercase(), at)).rev().collect();
        self.terms = terms;
        self
    }

    /// A term by its id, in whatever case.
    pub(crate) fn term(&self, id: &str) -> Option<&Term> {
        self.terms.get(*self.by_id.get(&id.trim().to_ascii_lowercase())?)
    }

    /// Terms of a kind.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.kind == kind)
    }

    /// Techniques, tags and remedies that belong to no phase, in use.
    pub(crate) fn rest(&self) -> Vec<&Term> {
        let known = |id: &String| self.order.contains(id);
        let is_rest =
            |term: &&Term| term.kind != Kind::Phase && !term.is_old && !term.phases.iter().any(known);
        self.terms.iter().filter(is_rest).collect()
    }

    /// Those of a phase that are in use.
    pub(crate) fn of_phase(&self, phase: &str) -> Vec<&Term> {
        let is_of = |term: &&Term| {
            term.kind != Kind::Phase && !term.is_old && term.phases.iter().any(|one| one == phase)
        };
        self.terms.iter().filter(is_of).collect()
    }
}

fn shortened(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

/// The first sentence of a text that is plain already.
fn sentence(text: &str) -> String {
    let text = text.trim();
    let end = text.find(". ").map_or(text.len(), |at| at + 1).min(text.find('\n').unwrap_or(text.len()));
    text.get(..end).unwrap_or(text).chars().take(300).collect()
}

/// ATT&CK and DISARM.
pub(crate) fn of_bundle(read: &stix::Vocabulary) -> Vocabulary {
    let term = |entry: &stix::Entry| Term {
        id: entry.external_id.clone(),
        kind: match entry.kind {
            EntryKind::Tactic => Kind::Phase,
            EntryKind::Technique => Kind::Technique,
            EntryKind::Mitigation => Kind::Remedy,
        },
        name: entry.name.clone(),
        summary: entry.summary.clone(),
        text: entry.text.clone(),
        url: entry.url.clone(),
        phases: entry.tactics.clone(),
        parent: entry.parent.clone(),
        stix: vec![entry.id.to_string(), entry.published_id.to_string()],
        tag: None,
        short: entry.short_name.clone(),
        is_old: entry.revoked || entry.deprecated,
        instead: entry.replaced_by.clone(),
    };
    let vocabulary = Vocabulary {
        name: read.title.clone().unwrap_or_else(|| read.name.to_owned()),
        version: read.version.clone(),
        chain: read.chain.clone(),
        order: read.tactics.iter().map(|tactic| tactic.external_id.clone()).collect(),
        odd: read.left_out.clone(),
        ..Vocabulary::default()
    };
    vocabulary.with(read.entries().map(term).collect())
}

/// A part of an address made from words.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(80);
    slug.trim_end_matches('-').to_owned()
}

/// An id that no other term has: of two with the same words the second gets a number.
fn unique(taken: &mut BTreeMap<String, usize>, wanted: String) -> String {
    let count = taken.entry(wanted.clone()).or_default();
    *count += 1;
    if *count == 1 { wanted } else { format!("{wanted}-{count}") }
}

/// A galaxy's clusters, with what the galaxy's own file says where that is there.
pub(crate) fn of_clusters(
    (title, version): (&str, Option<String>),
    entries: &[galaxy::Entry],
    galaxy: Option<&Galaxy>,
) -> Vocabulary {
    let mut taken = BTreeMap::new();
    let mut phases: Vec<String> =
        galaxy.iter().flat_map(|one| one.phases.values().flatten().cloned()).collect();
    for (_, phase) in entries.iter().flat_map(galaxy::Entry::phases) {
        if !phases.iter().any(|known| known == phase) {
            phases.push(phase.to_owned());
        }
    }
    let phase_id = |phase: &str| format!("phase-{}", slug(phase));
    let phase = |name: &String| Term {
        id: phase_id(name),
        kind: Kind::Phase,
        name: name.clone(),
        summary: String::new(),
        text: String::new(),
        url: None,
        phases: Vec::new(),
        parent: None,
        stix: Vec::new(),
        tag: None,
        short: Some(slug(name)),
        is_old: false,
        instead: None,
    };
    let mut terms: Vec<Term> = phases.iter().map(phase).collect();
    for entry in entries {
        let cluster = &entry.cluster;
        let id = entry.external_id().map_or_else(|| slug(&cluster.value), str::to_owned);
        let id = unique(&mut taken, if id.is_empty() { "term".to_owned() } else { id });
        let url = cluster.meta("refs").iter().find(|url| url.starts_with("https://"));
        terms.push(Term {
            parent: id.split_once('.').map(|(whole, _)| whole.to_owned()).filter(|_| id.starts_with('T')),
            id,
            kind: Kind::Technique,
            name: cluster.value.clone(),
            summary: sentence(&cluster.description),
            text: shortened(&cluster.description),
            url: url.cloned(),
            phases: entry.phases().map(|(_, phase)| phase_id(phase)).collect(),
            stix: Vec::new(),
            tag: Some(cluster.tag.to_lowercase()),
            short: None,
            is_old: false,
            instead: None,
        });
    }
    let kind = entries.first().map_or("", |entry| entry.cluster.kind.as_str());
    let vocabulary = Vocabulary {
        name: galaxy.map_or_else(|| title.to_owned(), |one| named(&one.name, kind)),
        about: galaxy.map(|one| shortened(&one.description)).unwrap_or_default(),
        version,
        order: phases.iter().map(|phase| phase_id(phase)).collect(),
        ..Vocabulary::default()
    };
    vocabulary.with(terms)
}

/// Galaxies are called `Techniques` and the like: the kind says of what.
pub(crate) fn named(name: &str, kind: &str) -> String {
    if slug(name) == kind { name.to_owned() } else { format!("{name} ({kind})") }
}

/// A taxonomy.
pub(crate) fn of_taxonomy(read: &Taxonomy) -> Vocabulary {
    let mut taken = BTreeMap::new();
    let term = |entry: &scr_misp::taxonomy::TagEntry| {
        let own = entry.tag.strip_prefix(&read.namespace).unwrap_or(&entry.tag);
        Term {
            id: unique(&mut taken, slug(own)),
            kind: Kind::Tag,
            name: entry.name.clone(),
            summary: sentence(&entry.description),
            text: shortened(&entry.description),
            url: None,
            phases: Vec::new(),
            parent: None,
            stix: Vec::new(),
            tag: Some(entry.tag.to_lowercase()),
            short: None,
            is_old: false,
            instead: None,
        }
    };
    let vocabulary = Vocabulary {
        name: read.name.clone(),
        about: shortened(&read.description),
        version: Some(read.version.to_string()),
        ..Vocabulary::default()
    };
    vocabulary.with(read.entries.iter().map(term).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_addresses() {
        assert_eq!(slug("DISARM: Plan  Objectives!"), "disarm-plan-objectives");
        assert_eq!(slug("--"), "");
        assert!(slug(&"a-".repeat(90)).len() <= 80);
        let mut taken = BTreeMap::new();
        let ids: Vec<String> = ["a", "a", "b"].map(|id| unique(&mut taken, id.to_owned())).into();
        assert_eq!(ids, ["a", "a-2", "b"]);
        assert_eq!(sentence("One. Two."), "One.");
        assert_eq!(sentence("One\nTwo."), "One");
        assert_eq!(named("Techniques", "disarm-techniques"), "Techniques (disarm-techniques)");
        assert_eq!(named("Sector", "sector"), "Sector");
    }
}
