//! Entries by words.

use super::{Entry, Vocabulary};

/// How well an entry fits, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    ExternalId,
    BeginsExternalId,
    Name,
    BeginsName,
    Words,
    WordsOfSummary,
}

impl Vocabulary {
    /// Entries that fit what somebody writes: an external identifier or its beginning, the beginning of a name, or
    /// beginnings of words of the name or the summary, all of which must be there. Best first, then by external
    /// identifier; what is revoked or deprecated comes last. No more than `most`; nothing for an empty query.
    pub fn search(&self, query: &str, most: usize) -> Vec<&Entry> {
        // No name is longer.
        let query: String = query.trim().chars().take(200).collect::<String>().to_lowercase();
        let words: Vec<&str> = words(&query).collect();
        if query.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(bool, Fit, &Entry)> = self
            .entries()
            .filter_map(|entry| Some((entry.revoked || entry.deprecated, fit(entry, &query, &words)?, entry)))
            .collect();
        // Entries come by external identifier, and the sort keeps equal ones so.
        found.sort_by_key(|(old, fit, _)| (*old, *fit));
        found.truncate(most);
        found.into_iter().map(|(_, _, entry)| entry).collect()
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn fit(entry: &Entry, query: &str, wanted: &[&str]) -> Option<Fit> {
    let external_id = entry.external_id.to_lowercase();
    if external_id.starts_with(query) {
        return Some(if external_id == query { Fit::ExternalId } else { Fit::BeginsExternalId });
    }
    let name = entry.name.to_lowercase();
    if name.starts_with(query) {
        return Some(if name == query { Fit::Name } else { Fit::BeginsName });
    }
    let all = |text: &str| {
        !wanted.is_empty() && wanted.iter().all(|wanted| words(text).any(|word| word.starts_with(wanted)))
    };
    if all(&name) {
        return Some(Fit::Words);
    }
    all(&format!("{name} {}", entry.summary.to_lowercase())).then_some(Fit::WordsOfSummary)
}
