//! Vocabularies for tagging: ATT&CK and DISARM, read at run time from the bundles that their publishers ship.
//!
//! DISARM's bundle gives its objects new identifiers with each build, and calls its source "mitre-attack": only the
//! external identifiers (`T0002`, `TA01`) can be relied upon, so that the identifiers used here follow from those
//! ([`disarm_id`]). It has no order of tactics either; the framework's file of columns has ([`Columns`]).

mod columns;
mod import;
mod search;
mod sentence;

pub use columns::{Column, Columns, ColumnsError};
pub use import::{VocabularyError, attack, disarm};
pub use sentence::LONGEST_TEXT;

use crate::Id;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The namespace of our identifiers of DISARM's objects: UUIDv5 of the framework's address,
/// `https://github.com/DISARMFoundation/DISARMframeworks`, in the namespace of URLs (RFC 9562 section 6.6).
pub const DISARM_NAMESPACE: Uuid = Uuid::from_u128(0x0fd3_9285_1953_53ef_b9be_8731_6463_78d6);

/// Our identifier of an object of DISARM: UUIDv5 of its external identifier (`T0002`, `TA01`) in
/// [`DISARM_NAMESPACE`]; tactics (`TA…`) are of the type `x-mitre-tactic`, others `attack-pattern`.
pub fn disarm_id(external_id: &str) -> Option<Id> {
    let kind = if external_id.starts_with("TA") { "x-mitre-tactic" } else { "attack-pattern" };
    Id::new(kind, Uuid::new_v5(&DISARM_NAMESPACE, external_id.as_bytes())).ok()
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryKind {
    /// What an adversary wants to reach with a step.
    Tactic,
    /// How.
    Technique,
    /// What helps against it.
    Mitigation,
}

/// One entry of a vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The publisher's identifier: `T0002`, `T1398`, `TA01`.
    pub external_id: String,
    /// What it is.
    pub kind: EntryKind,
    /// Its name, as published.
    pub name: String,
    /// The external identifiers of its tactics, in their order.
    pub tactics: Vec<String>,
    /// Of a part of a technique: the whole (`T0015` of `T0015.001`).
    pub parent: Option<String>,
    /// The identifier to refer to it by: the publisher's where it is stable, otherwise ours.
    pub id: Id,
    /// The identifier in the bundle.
    pub published_id: Id,
    /// The first sentence of its description.
    pub summary: String,
    /// Its description in plain text, at most [`LONGEST_TEXT`] characters: links are their words, citations and markup of
    /// code are gone.
    pub text: String,
    /// Of a tactic: the name by which phases of kill chains refer to it (`initial-access`).
    pub short_name: Option<String>,
    /// Where the publisher describes it.
    pub url: Option<String>,
    /// Whether the publisher has taken it back.
    pub revoked: bool,
    /// Whether the publisher advises against using it.
    pub deprecated: bool,
    /// What stands in its place, where it has been taken back.
    pub replaced_by: Option<String>,
}

/// A tactic's place in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tactic {
    /// The external identifier.
    pub external_id: String,
    /// The phase of the framework that it belongs to (`P01`), where the framework has phases.
    pub phase: Option<String>,
}

/// A vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vocabulary {
    /// How people call it: `ATT&CK`, `DISARM`.
    pub name: &'static str,
    /// What the bundle calls itself, if it does: `Mobile ATT&CK`.
    pub title: Option<String>,
    /// The version that the bundle states, if any.
    pub version: Option<String>,
    /// The kill chain whose phases its tactics are: `mitre-mobile-attack`. DISARM's bundle says `mitre-attack` too.
    pub chain: Option<String>,
    /// Tactics in the framework's order.
    pub tactics: Vec<Tactic>,
    /// By external identifier.
    entries: BTreeMap<String, Entry>,
    /// Our and the publisher's identifiers, to external ones.
    ids: BTreeMap<Id, String>,
    /// Objects of the bundle that could not be taken, and external identifiers that occur twice.
    pub left_out: Vec<String>,
}

impl Vocabulary {
    /// All entries, by external identifier.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of an external identifier, in whatever case it is written.
    pub fn by_external_id(&self, external_id: &str) -> Option<&Entry> {
        self.entries.get(&external_id.trim().to_ascii_uppercase())
    }

    /// The entry of an identifier, ours or the publisher's.
    pub fn by_id(&self, id: &Id) -> Option<&Entry> {
        self.entries.get(self.ids.get(id)?)
    }

    /// The techniques of a tactic that are in use, wholes before their parts.
    pub fn techniques_of(&self, tactic: &str) -> Vec<&Entry> {
        let of = |entry: &&Entry| {
            entry.kind == EntryKind::Technique
                && !entry.revoked
                && !entry.deprecated
                && entry.tactics.iter().any(|known| known == tactic)
        };
        self.entries.values().filter(of).collect()
    }
}
