//! Filters on texts: some of them, all of them, none of them, with `%` for any characters.

use std::collections::BTreeSet;

/// Texts in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Texts {
    exact: BTreeSet<String>,
    /// Those with `%`.
    like: Vec<String>,
}

impl Texts {
    fn add(&mut self, text: &str) {
        let lower = text.trim().to_lowercase();
        if lower.contains('%') {
            self.like.push(lower);
        } else {
            self.exact.insert(lower);
        }
    }

    fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.like.is_empty()
    }

    fn len(&self) -> usize {
        self.exact.len() + self.like.len()
    }

    /// `lower` is in small letters.
    fn meets(&self, lower: &str) -> bool {
        self.exact.contains(lower) || self.like.iter().any(|pattern| is_like(lower, pattern))
    }
}

/// `%` stands for any characters; everything else for itself. Linear in the text for each `%`-free part.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('%');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut last = None;
    for part in parts {
        if let Some(between) = last.replace(part) {
            let between: &str = between;
            match rest.find(between) {
                Some(at) => rest = rest.get(at + between.len()..).unwrap_or(""),
                None => return false,
            }
        }
    }
    match last {
        // Without any `%` the whole text must be the pattern.
        None => rest.is_empty(),
        Some(last) => rest.ends_with(last),
    }
}

/// A filter: nothing of `none`, something of `any`, each of `all`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Choice {
    any: Texts,
    all: Vec<Texts>,
    none: Texts,
}

impl Choice {
    /// Adds a text; `!` before it means not.
    pub(super) fn any(&mut self, text: &str) {
        match text.trim().strip_prefix('!') {
            Some(text) => self.none.add(text),
            None => self.any.add(text),
        }
    }

    pub(super) fn all(&mut self, text: &str) {
        match text.trim().strip_prefix('!') {
            Some(text) => self.none.add(text),
            None => {
                let mut one = Texts::default();
                one.add(text);
                self.all.push(one);
            }
        }
    }

    pub(super) fn none(&mut self, text: &str) {
        self.none.add(text.trim().trim_start_matches('!'));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.any.is_empty() && self.all.is_empty() && self.none.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.any.len() + self.all.len() + self.none.len()
    }

    /// Whether an item with these texts (in small letters) is wanted.
    pub(super) fn takes(&self, texts: &[String]) -> bool {
        !texts.iter().any(|text| self.none.meets(text))
            && (self.any.is_empty() || texts.iter().any(|text| self.any.meets(text)))
            && self.all.iter().all(|one| texts.iter().any(|text| one.meets(text)))
    }

    /// The same for an item with one text.
    pub(super) fn takes_one(&self, text: &str) -> bool {
        self.is_empty() || self.takes(&[text.to_lowercase()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_stand_for_anything() {
        for (text, pattern, fine) in [
            ("example.org", "example.org", true),
            ("example.org", "example", false),
            ("example.org", "%org", true),
            ("example.org", "example%", true),
            ("example.org", "%ample%", true),
            ("example.org", "e%m%l%.org", true),
            ("example.org", "e%m%z%.org", false),
            ("aa", "a%a", true),
            ("a", "a%a", false),
            ("aba", "%ab%ba%", false),
            ("", "%", true),
            ("x", "%%", true),
        ] {
            assert_eq!(is_like(text, pattern), fine, "{text} {pattern}");
        }
    }

    #[test]
    fn choices() {
        let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let mut choice = Choice::default();
        assert!(choice.takes(&texts(&[])));
        choice.any("TLP:Green");
        choice.any("tlp:clear");
        choice.any("!tlp:red");
        assert!(choice.takes(&texts(&["x", "tlp:green"])));
        assert!(!choice.takes(&texts(&["tlp:green", "tlp:red"])));
        assert!(!choice.takes(&texts(&["x"])));
        choice.all("x%");
        assert!(choice.takes(&texts(&["xyz", "tlp:green"])));
        assert!(!choice.takes(&texts(&["tlp:green"])));
        let mut negative = Choice::default();
        negative.none("a");
        assert!(
            negative.takes(&texts(&["b"])) && negative.takes(&texts(&[])) && !negative.takes(&texts(&["a"]))
        );
    }
}
