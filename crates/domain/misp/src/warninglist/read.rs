//! Reads a `list.json`. Its entries go straight into the form in which they are kept: a list of a million names is
//! read in one pass.

use super::entries::Names;
use super::networks::Networks;
use super::{List, ListKind, Matcher};
use crate::limits::Limits;
use regex::{Regex, RegexBuilder};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use std::fmt;

/// Why a list cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// More bytes than allowed.
    #[error("{bytes} bytes, at most {limit} are read")]
    TooLarge {
        /// Bytes of the document.
        bytes: usize,
        /// [`Limits::bytes`].
        limit: usize,
    },
    /// More entries than allowed.
    #[error("{entries} entries, at most {limit} are taken")]
    TooMany {
        /// Entries of the list.
        entries: usize,
        /// The limit.
        limit: usize,
    },
    /// Not JSON, or fields of other kinds.
    #[error("not a warning list, line {line} column {column}: {why}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What the parser says.
        why: String,
    },
    /// No name, or nothing in it.
    #[error("this is not a warning list")]
    NotAList,
    /// A type that is not known.
    #[error("a list of type {0:?}: string, substring, hostname, cidr and regex are known")]
    UnknownKind(String),
}

/// Expressions of one list. They are tried one after another.
const EXPRESSIONS: usize = 2_000;
/// Bytes that one compiled expression may take.
const EXPRESSION_BYTES: usize = 256 << 10;

/// A list as its file has it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct RawList {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    version: Loose,
    #[serde(rename = "type")]
    kind: String,
    list: Entries,
    matching_attributes: Entries,
}

impl RawList {
    /// Reads a `list.json`.
    ///
    /// # Errors
    /// What is no JSON, or passes the limits on bytes and entries.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Self, ListError> {
        if bytes.len() > limits.bytes {
            return Err(ListError::TooLarge { bytes: bytes.len(), limit: limits.bytes });
        }
        let raw: Self = serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
            .map_err(|error| ListError::Syntax {
                line: error.line(),
                column: error.column(),
                why: error.to_string(),
            })?;
        if raw.list.0.len() > limits.entries {
            return Err(ListError::TooMany { entries: raw.list.0.len(), limit: limits.entries });
        }
        Ok(raw)
    }

    /// Brings the entries into the form in which they are looked up.
    ///
    /// # Errors
    /// A list without a name, of an unknown type, or with too many expressions.
    pub fn into_list(self, limits: &Limits) -> Result<List, ListError> {
        if self.name.trim().is_empty() {
            return Err(ListError::NotAList);
        }
        let entries = self.list.0;
        let mut left_out = Vec::new();
        let (kind, matcher) = match self.kind.as_str() {
            "string" => (
                ListKind::String,
                Matcher::Strings(Names::new(each(entries, |text| text.trim().to_lowercase()))),
            ),
            "substring" => {
                (ListKind::Substring, Matcher::Substrings(Names::new(each(entries, str::to_lowercase))))
            }
            "hostname" => (ListKind::Hostname, Matcher::Hostnames(Names::new(each(entries, host_entry)))),
            "cidr" => {
                let (networks, odd) = Networks::new(entries.iter().map(AsRef::as_ref));
                left_out = odd;
                (ListKind::Cidr, Matcher::Networks(networks))
            }
            "regex" => {
                if entries.len() > EXPRESSIONS {
                    return Err(ListError::TooMany { entries: entries.len(), limit: EXPRESSIONS });
                }
                let (expressions, odd) = expressions(&entries);
                left_out = odd;
                (ListKind::Regex, Matcher::Expressions(expressions))
            }
            other => return Err(ListError::UnknownKind(other.to_owned())),
        };
        left_out.truncate(limits.warnings);
        Ok(List {
            name: self.name,
            description: self.description,
            version: self.version.0,
            kind,
            matching: self.matching_attributes.0.into_iter().map(Into::into).collect(),
            left_out,
            matcher,
        })
    }
}

fn each(entries: Vec<Box<str>>, form: impl Fn(&str) -> String) -> Vec<Box<str>> {
    entries.into_iter().map(|text| form(&text).into_boxed_str()).collect()
}

/// `.example.org`, `*.example.org` and `example.org.` are `example.org`.
fn host_entry(text: &str) -> String {
    text.trim().trim_start_matches("*.").trim_matches('.').to_lowercase()
}

fn expressions(entries: &[Box<str>]) -> (Vec<Regex>, Vec<String>) {
    let mut compiled = Vec::new();
    let mut left_out = Vec::new();
    for entry in entries {
        match expression(entry) {
            Some(expression) => compiled.push(expression),
            None => left_out.push(entry.to_string()),
        }
    }
    (compiled, left_out)
}

/// As PHP writes them, `/…/i`, or without delimiters.
fn expression(text: &str) -> Option<Regex> {
    let delimited = text.strip_prefix('/').and_then(|rest| rest.rsplit_once('/'));
    let (body, flags) = match delimited {
        Some((body, flags)) if flags.bytes().all(|flag| b"imsux".contains(&flag)) => (body, flags),
        _ => (text, ""),
    };
    RegexBuilder::new(&body.replace("\\/", "/"))
        .case_insensitive(flags.contains('i'))
        .multi_line(flags.contains('m'))
        .dot_matches_new_line(flags.contains('s'))
        .ignore_whitespace(flags.contains('x'))
        .size_limit(EXPRESSION_BYTES)
        .dfa_size_limit(EXPRESSION_BYTES)
        .nest_limit(50)
        .build()
        .ok()
}

/// A number that may be written as a text.
#[derive(Debug, Clone, Copy, Default)]
struct Loose(i64);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Number;
        impl Visitor<'_> for Number {
            type Value = Loose;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_i64<E>(self, number: i64) -> Result<Loose, E> {
                Ok(Loose(number))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Loose, E> {
                Ok(Loose(i64::try_from(number).unwrap_or(i64::MAX)))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Loose, E> {
                Ok(Loose(0))
            }
            fn visit_str<E>(self, text: &str) -> Result<Loose, E> {
                Ok(Loose(text.trim().parse().unwrap_or(0)))
            }
            fn visit_unit<E>(self) -> Result<Loose, E> {
                Ok(Loose(0))
            }
        }
        deserializer.deserialize_any(Number)
    }
}

/// Texts, as a list or as PHP's object with numbers for names.
#[derive(Debug, Clone, Default)]
struct Entries(Vec<Box<str>>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Texts;
        impl<'de> Visitor<'de> for Texts {
            type Value = Entries;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of texts")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Entries, A::Error> {
                let mut all = Vec::new();
                while let Some(Text(text)) = items.next_element()? {
                    all.push(text);
                }
                Ok(Entries(all))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Entries, A::Error> {
                let mut all = Vec::new();
                while let Some((_, Text(text))) = members.next_entry::<de::IgnoredAny, Text>()? {
                    all.push(text);
                }
                Ok(Entries(all))
            }
            fn visit_unit<E>(self) -> Result<Entries, E> {
                Ok(Entries::default())
            }
        }
        deserializer.deserialize_any(Texts)
    }
}

struct Text(Box<str>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One;
        impl Visitor<'_> for One {
            type Value = Text;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }
            fn visit_str<E>(self, text: &str) -> Result<Text, E> {
                Ok(Text(text.into()))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Text, E> {
                Ok(Text(number.to_string().into()))
            }
        }
        deserializer.deserialize_any(One)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_of_php_are_taken_as_far_as_they_are_linear() {
        assert!(expression("/^[a-z]+\\/x$/i").unwrap().is_match("ABC/x"));
        assert!(expression("plain.*").unwrap().is_match("plain"));
        assert!(expression(r"(a)\1").is_none());
        assert!(expression("(?<=a)b").is_none());
        assert!(expression("(a{1000}){1000}").is_none());
    }
}
