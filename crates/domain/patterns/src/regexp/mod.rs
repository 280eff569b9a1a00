//! `MATCHES`: regular expressions as PCRE writes them (STIX 2.1 §9.6.1), on an engine whose time is linear in the text.

mod class;
mod translate;

use crate::error::{EvalError, Unsupported, shortened};
use crate::work::Work;
use regex::{Regex, RegexBuilder, bytes};
use std::sync::OnceLock;
use translate::{Alphabet, Translated, translate};
use unicode_normalization::UnicodeNormalization as _;

/// The constant of a `MATCHES`. It is compiled when it is first needed.
#[derive(Debug, Clone)]
pub struct Regexp {
    source: Box<str>,
    compiled: Box<Compiled>,
}

#[derive(Debug, Clone)]
struct Compiled {
    limit: usize,
    text: OnceLock<Result<Engine<Regex>, Unsupported>>,
    bytes: OnceLock<Result<Option<Engine<bytes::Regex>>, Unsupported>>,
}

/// A compiled expression.
#[derive(Debug, Clone)]
struct Engine<R> {
    regex: R,
    /// `$` stands in it: it also matches before a line feed that ends the text.
    before_last_newline: bool,
}

impl PartialEq for Regexp {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Regexp {
    /// With this source; compiled, it may take so many bytes.
    pub fn new(source: &str, limit: usize) -> Self {
        let compiled = Compiled { limit, text: OnceLock::new(), bytes: OnceLock::new() };
        Self { source: source.into(), compiled: Box::new(compiled) }
    }

    /// As the pattern has it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Why it cannot be run, if so.
    pub fn trouble(&self) -> Option<EvalError> {
        self.text().as_ref().err().map(|why| self.unsupported(why))
    }

    /// Why it cannot be run on texts, if so.
    pub(crate) fn why_not(&self) -> Option<Unsupported> {
        self.compile_text().err()
    }

    /// Whether it can be run on texts. What was compiled for the answer is not kept.
    pub(crate) fn can_be_run(&self) -> bool {
        self.why_not().is_none()
    }

    /// A text that every match contains, NFC-normalised; `None` where none is known.
    pub fn literal(&self) -> Option<String> {
        let translated = self.translated(Alphabet::Letters).ok()?;
        translated.literal.filter(|_| !translated.ignores_case)
    }

    /// The same in small letters, whether the expression asks for small letters or not.
    pub(crate) fn small_literal(&self) -> Option<String> {
        Some(self.translated(Alphabet::Letters).ok()?.literal?.to_lowercase())
    }

    /// Every run of characters in it that stand for themselves, also such as not every match contains.
    pub(crate) fn runs(&self) -> Vec<String> {
        self.translated(Alphabet::Letters).map(|translated| translated.runs).unwrap_or_default()
    }

    /// Whether it is found in a text, which must be NFC-normalised.
    pub(crate) fn finds_in_text(&self, text: &str, work: &mut Work) -> Result<bool, EvalError> {
        work.spend_text(text.len())?;
        let engine = self.text().as_ref().map_err(|why| self.unsupported(why))?;
        let shorter = text.strip_suffix('\n').filter(|_| engine.before_last_newline);
        Ok(engine.regex.is_match(text) || shorter.is_some_and(|text| engine.regex.is_match(text)))
    }

    /// Whether it is found in octets. A character beyond U+00FF stands for no octet.
    pub(crate) fn finds_in_bytes(&self, octets: &[u8], work: &mut Work) -> Result<bool, EvalError> {
        work.spend_text(octets.len())?;
        let engine = self.compiled.bytes.get_or_init(|| self.compile_bytes());
        let Some(engine) = engine.as_ref().map_err(|why| self.unsupported(why))? else { return Ok(false) };
        let shorter = octets.strip_suffix(b"\n").filter(|_| engine.before_last_newline);
        Ok(engine.regex.is_match(octets) || shorter.is_some_and(|octets| engine.regex.is_match(octets)))
    }

    fn text(&self) -> &Result<Engine<Regex>, Unsupported> {
        self.compiled.text.get_or_init(|| self.compile_text())
    }

    fn compile_text(&self) -> Result<Engine<Regex>, Unsupported> {
        let Translated { text, before_last_newline, .. } = self.translated(Alphabet::Letters)?;
        let mut builder = RegexBuilder::new(&text);
        let builder = builder.dot_matches_new_line(true).size_limit(self.compiled.limit);
        Ok(Engine { regex: builder.build().map_err(refused)?, before_last_newline })
    }

    fn compile_bytes(&self) -> Result<Option<Engine<bytes::Regex>>, Unsupported> {
        let Translated { text, before_last_newline, has_byte_for_all, .. } =
            self.translated(Alphabet::Octets)?;
        if !has_byte_for_all {
            return Ok(None);
        }
        let mut builder = bytes::RegexBuilder::new(&text);
        let builder = builder.dot_matches_new_line(true).unicode(false).size_limit(self.compiled.limit);
        Ok(Some(Engine { regex: builder.build().map_err(refused)?, before_last_newline }))
    }

    fn translated(&self, alphabet: Alphabet) -> Result<Translated, Unsupported> {
        let normal: Vec<char> = self.source.nfc().collect();
        translate(&normal, alphabet)
    }

    fn unsupported(&self, why: &Unsupported) -> EvalError {
        EvalError::Unsupported { regex: shortened(&self.source, 200), why: why.clone() }
    }
}

fn refused(error: regex::Error) -> Unsupported {
    match error {
        regex::Error::CompiledTooBig(_) => Unsupported::TooLarge,
        other => {
            let words = other.to_string();
            Unsupported::Syntax(shortened(words.lines().last().unwrap_or_default().trim(), 200))
        }
    }
}

#[cfg(test)]
mod tests;
