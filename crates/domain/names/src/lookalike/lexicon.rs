//! The words that stand beside protected names, and texts that are run together of them.

use super::index::{Hashed, Index, MAX_TEXT, Powers, hash};
use super::{reading, words};

/// What a word does for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Election,
    Official,
    Filler,
    /// A year of an election, 2000 to 2099.
    Year,
    /// Other digits.
    Number,
}

#[derive(Debug, Clone)]
struct Word {
    text: Vec<char>,
    class: Class,
    /// Bit per language of [`words::ELECTIONS`].
    languages: u32,
}

/// A word found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) class: Class,
    pub(super) languages: Vec<&'static str>,
}

#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    words: Vec<Word>,
    index: Index,
    longest: usize,
}

impl Lexicon {
    /// The words of this crate, and more words of elections.
    pub(super) fn new(more: &[String]) -> Self {
        let mut all: Vec<Word> = Vec::new();
        for (bit, language) in words::ELECTIONS.iter().enumerate() {
            let languages = 1u32 << bit;
            all.extend(language.words.split_whitespace().map(|text| word(text, Class::Election, languages)));
        }
        all.extend(more.iter().map(|text| word(&text.to_lowercase(), Class::Election, 0)));
        all.extend(words::OFFICIAL.split_whitespace().map(|text| word(text, Class::Official, 0)));
        all.extend(words::FILLERS.split_whitespace().map(|text| word(text, Class::Filler, 0)));
        all.retain(|word| !word.text.is_empty() && word.text.len() <= crate::MAX_LABEL);
        all.sort_by(|a, b| (&a.text, a.class).cmp(&(&b.text, b.class)));
        // One word of several languages is one word; a word of elections is no filler.
        all.dedup_by(|later, kept| {
            let same = later.text == kept.text;
            if same {
                kept.languages |= later.languages;
            }
            same
        });
        let pairs = (0u32..).zip(&all).map(|(number, word)| (hash(&word.text), number)).collect();
        let longest = all.iter().map(|word| word.text.len()).max().unwrap_or(0);
        Self { words: all, index: Index::new(pairs), longest }
    }

    /// Divides a text completely into words and numbers, as few as possible; `None` where that cannot be done.
    pub(super) fn divide(&self, powers: &Powers, text: &[char]) -> Option<Vec<Found>> {
        if text.len() > MAX_TEXT {
            return None;
        }
        let mut hashed = Hashed::default();
        hashed.set(text);
        // best[i]: fewest words of which the first i characters consist, and where the last of them begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; text.len() + 1];
        best[0] = Some((0, 0));
        for start in 0..text.len() {
            let Some((count, _)) = best[start] else { continue };
            let longest = self.longest.max(digits(&text[start..]));
            for (end, known) in best.iter_mut().enumerate().skip(start + 1).take(longest) {
                let better = known.is_none_or(|(known, _)| count + 1 < known);
                if better && self.classify(&hashed, powers, text, start, end).is_some() {
                    *known = Some((count + 1, start));
                }
            }
        }
        let (mut end, mut found) = (text.len(), Vec::new());
        while end > 0 {
            let (_, start) = best[end]?;
            found.push(self.classify(&hashed, powers, text, start, end)?);
            end = start;
        }
        found.reverse();
        Some(found)
    }

    /// Whether a text is words of elections and nothing but words.
    pub(super) fn is_generic(&self, powers: &Powers, text: &[char]) -> bool {
        let words = self.divide(powers, text).unwrap_or_default();
        words.iter().any(|word| word.class == Class::Election)
    }

    fn classify(
        &self,
        hashed: &Hashed,
        powers: &Powers,
        text: &[char],
        start: usize,
        end: usize,
    ) -> Option<Found> {
        let window = text.get(start..end)?;
        let plain = || window.iter().collect::<String>();
        if window.iter().all(char::is_ascii_digit) {
            let whole = start.checked_sub(1).and_then(|at| text.get(at)).is_none_or(|c| !c.is_ascii_digit())
                && text.get(end).is_none_or(|c| !c.is_ascii_digit());
            let class =
                if window.len() == 4 && window[..2] == ['2', '0'] { Class::Year } else { Class::Number };
            return whole.then(|| Found { text: plain(), class, languages: Vec::new() });
        }
        let number = *self.index.get(hashed.window(powers, start, end)).first()?;
        let word = self.words.get(usize::try_from(number).ok()?).filter(|word| word.text == window)?;
        let languages =
            words::ELECTIONS.iter().enumerate().filter(|(bit, _)| word.languages & (1 << bit) != 0);
        let languages = languages.map(|(_, language)| language.code).collect();
        Some(Found { text: plain(), class: word.class, languages })
    }
}

fn word(text: &str, class: Class, languages: u32) -> Word {
    let mut read = Vec::new();
    reading::read(text, &mut read);
    read.retain(|c| c.is_alphanumeric() || !c.is_ascii());
    Word { text: read, class, languages }
}

fn digits(text: &[char]) -> usize {
    text.iter().take_while(|c| c.is_ascii_digit()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(text: &str) -> Option<Vec<(String, Class)>> {
        let lexicon = Lexicon::new(&["Stembus".to_owned()]);
        let chars: Vec<char> = text.chars().collect();
        let found = lexicon.divide(&Powers::new(), &chars)?;
        Some(found.into_iter().map(|found| (found.text, found.class)).collect())
    }

    fn of(parts: &[(&str, Class)]) -> Option<Vec<(String, Class)>> {
        Some(parts.iter().map(|(text, class)| ((*text).to_owned(), *class)).collect())
    }

    #[test]
    fn texts_are_divided_into_as_few_words_as_possible() {
        use Class::{Election, Filler, Number, Official, Year};
        assert_eq!(divided("results"), of(&[("results", Election)]));
        assert_eq!(
            divided("officialresults2026"),
            of(&[("official", Official), ("results", Election), ("2026", Year)])
        );
        assert_eq!(divided("myvote7"), of(&[("my", Filler), ("vote", Election), ("7", Number)]));
        assert_eq!(divided("stembusuitslagen"), of(&[("stembus", Election), ("uitslagen", Election)]));
        assert_eq!(divided("resultats"), of(&[("resultats", Election)]));
        assert_eq!(divided("الانتخابات"), of(&[("الانتخابات", Election)]));
        assert_eq!(divided("120261"), of(&[("120261", Number)]));
        assert_eq!(divided(""), Some(Vec::new()));
        assert_eq!(divided("resultsx"), None);
        assert_eq!(divided("nergy"), None);
    }

    #[test]
    fn a_word_says_of_which_languages_it_is() {
        let chars: Vec<char> = "vote".chars().collect();
        let found = Lexicon::new(&[]).divide(&Powers::new(), &chars).unwrap();
        assert!(found[0].languages.contains(&"en") && found[0].languages.contains(&"fr"));
        assert!(!found[0].languages.contains(&"de"));
    }
}
