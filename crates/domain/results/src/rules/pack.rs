//! The file form of a rule pack: TOML, strict, with limits.

use super::expression::Expression;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use toml::Spanned;

/// Bytes of one pack.
pub const MAX_PACK: usize = 256 * 1024;
/// Rules in one pack.
pub const MAX_RULES: usize = 200;

/// How binding a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hardness {
    /// The sheet contradicts itself when it does not hold.
    Hard,
    /// Departures happen in honest counts and need an explanation.
    Soft,
}

/// The same words in the four languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
    /// Spanish.
    pub es: String,
    /// Arabic.
    pub ar: String,
}

impl Wording {
    /// The words in a language by its code; English for an unknown one.
    pub fn get(&self, language: &str) -> &str {
        match language {
            "fr" => &self.fr,
            "es" => &self.es,
            "ar" => &self.ar,
            _ => &self.en,
        }
    }

    fn all(&self) -> [&str; 4] {
        [&self.en, &self.fr, &self.es, &self.ar]
    }
}

/// How often a rule departed in a count that can be named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaseRate {
    /// Units in which the rule did not hold.
    pub departing: u64,
    /// Units in which it could be tested.
    pub tested: u64,
    /// Which count, and where the figures come from.
    pub source: String,
}

/// One rule of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Unique within the pack.
    pub id: String,
    /// What must hold.
    pub test: Expression,
    /// How binding it is.
    pub hardness: Hardness,
    /// The law or instruction it follows from.
    pub source: String,
    /// What it says, in words.
    pub text: Wording,
    /// How often it departed elsewhere.
    pub base_rates: Vec<BaseRate>,
}

/// Rules for one kind of tally sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Its id, for instance `pl-pkw-2020`.
    pub id: String,
    /// Rises with every change of a published pack.
    pub version: u32,
    /// Its title.
    pub title: Wording,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
}

/// Why a pack cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code} line {line}, column {column}: {what}")]
pub struct PackError {
    /// `SCR-RES-101` (not a pack), `-102` (not a rule), `-103` (too large), `-104` (id), `-105` (words).
    pub code: &'static str,
    /// Line of the file, from 1.
    pub line: usize,
    /// Character of the line, from 1.
    pub column: usize,
    /// What is wrong, in words.
    pub what: String,
}

/// Not TOML, an unknown or missing key, a value of the wrong form.
pub const NOT_A_PACK: &str = "SCR-RES-101";
/// A test that is not a rule.
pub const NOT_A_RULE: &str = "SCR-RES-102";
/// Too many bytes or rules.
pub const TOO_LARGE: &str = "SCR-RES-103";
/// An id that is no id, or occurs twice.
pub const BAD_ID: &str = "SCR-RES-104";
/// Words that are missing or longer than 1,000 bytes.
pub const BAD_WORDS: &str = "SCR-RES-105";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    id: Spanned<String>,
    version: u32,
    title: Spanned<Wording>,
    rule: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    test: Spanned<String>,
    hardness: Hardness,
    source: Spanned<String>,
    text: Spanned<Wording>,
    #[serde(default)]
    base_rate: Vec<BaseRate>,
}

impl Pack {
    /// Reads a pack.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        if text.len() > MAX_PACK {
            return Err(fail(text, 0, TOO_LARGE, format!("longer than {MAX_PACK} bytes")));
        }
        let raw: RawPack = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            fail(text, at, NOT_A_PACK, error.message().to_owned())
        })?;
        if raw.rule.len() > MAX_RULES {
            return Err(fail(text, 0, TOO_LARGE, format!("more than {MAX_RULES} rules")));
        }
        check_id(text, &raw.id, &mut BTreeSet::new())?;
        check_wording(text, &raw.title)?;
        let mut seen = BTreeSet::new();
        let rules =
            raw.rule.into_iter().map(|rule| read_rule(text, rule, &mut seen)).collect::<Result<_, _>>()?;
        Ok(Self { id: raw.id.into_inner(), version: raw.version, title: raw.title.into_inner(), rules })
    }
}

fn read_rule(text: &str, raw: RawRule, seen: &mut BTreeSet<String>) -> Result<Rule, PackError> {
    check_id(text, &raw.id, seen)?;
    check_wording(text, &raw.text)?;
    check_words(text, raw.source.span().start, raw.source.get_ref())?;
    let test = Expression::parse(raw.test.get_ref()).map_err(|error| {
        // The span begins at the quotation mark.
        let inside: usize = raw.test.get_ref().chars().take(error.offset).map(char::len_utf8).sum();
        fail(text, raw.test.span().start + 1 + inside, NOT_A_RULE, error.what)
    })?;
    for rate in &raw.base_rate {
        check_words(text, raw.id.span().start, &rate.source)?;
        if rate.departing > rate.tested {
            let what = format!("{} of {} departing", rate.departing, rate.tested);
            return Err(fail(text, raw.id.span().start, NOT_A_PACK, what));
        }
    }
    Ok(Rule {
        id: raw.id.into_inner(),
        test,
        hardness: raw.hardness,
        source: raw.source.into_inner(),
        text: raw.text.into_inner(),
        base_rates: raw.base_rate,
    })
}

fn check_id(text: &str, id: &Spanned<String>, seen: &mut BTreeSet<String>) -> Result<(), PackError> {
    let name = id.get_ref();
    let fine = (1..=64).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fine && seen.insert(name.clone()) {
        return Ok(());
    }
    let what = if fine { format!("{name:?} occurs twice") } else { format!("{name:?} is not an id") };
    Err(fail(text, id.span().start, BAD_ID, what))
}

fn check_wording(text: &str, words: &Spanned<Wording>) -> Result<(), PackError> {
    words.get_ref().all().into_iter().try_for_each(|one| check_words(text, words.span().start, one))
}

fn check_words(text: &str, at: usize, words: &str) -> Result<(), PackError> {
    if words.trim().is_empty() || words.len() > 1_000 {
        return Err(fail(text, at, BAD_WORDS, "words are missing or longer than 1,000 bytes".to_owned()));
    }
    Ok(())
}

fn fail(text: &str, at: usize, code: &'static str, what: String) -> PackError {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    PackError { code, line, column, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "id = \"t\"\nversion = 1\ntitle = { en = \"T\", fr = \"T\", es = \"T\", ar = \"T\" }\n";
    const RULE: &str = "[[rule]]\nid = \"r\"\ntest = \"a == b\"\nhardness = \"soft\"\nsource = \"law\"\n\
        text = { en = \"T\", fr = \"T\", es = \"T\", ar = \"T\" }\n";

    fn error(text: &str) -> (&'static str, usize, usize) {
        let error = Pack::parse(text).unwrap_err();
        (error.code, error.line, error.column)
    }

    #[test]
    fn a_sound_pack_is_read() {
        let pack = Pack::parse(&format!("{HEAD}{RULE}")).unwrap();
        assert_eq!(pack.rules[0].test.to_string(), "a == b");
        assert_eq!(pack.rules[0].hardness, Hardness::Soft);
        assert_eq!(pack.title.get("de"), "T");
    }

    #[test]
    fn each_defect_has_its_code_and_place() {
        assert_eq!(error("id = "), (NOT_A_PACK, 1, 6));
        assert_eq!(error(&format!("{HEAD}{RULE}colour = \"red\"\n")).0, NOT_A_PACK);
        assert_eq!(error(&format!("{HEAD}{}", RULE.replace("soft", "firm"))), (NOT_A_PACK, 7, 12));
        assert_eq!(error(&format!("{HEAD}{}", RULE.replace("a == b", "a => b"))), (NOT_A_RULE, 6, 11));
        assert_eq!(error(&"#".repeat(MAX_PACK + 1)).0, TOO_LARGE);
        let many: String = (0..=MAX_RULES).map(|n| RULE.replace("\"r\"", &format!("\"r{n}\""))).collect();
        assert_eq!(error(&format!("{HEAD}{many}")).0, TOO_LARGE);
        assert_eq!(error(&format!("{HEAD}{RULE}{RULE}")), (BAD_ID, 11, 6));
        assert_eq!(error(&format!("{HEAD}{}", RULE.replace("\"r\"", "\"R\""))), (BAD_ID, 5, 6));
        assert_eq!(error(&format!("{HEAD}{}", RULE.replace("ar = \"T\"", "ar = \" \""))).0, BAD_WORDS);
        assert_eq!(error(&format!("{HEAD}{}", RULE.replace(", ar = \"T\"", ""))).0, NOT_A_PACK);
    }
}
