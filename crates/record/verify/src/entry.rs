//! What a reader sees of an entry, read from its bytes alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use scr_canon::Hash32;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::counters::Counters;
use crate::history::INDEX_KIND;
use crate::parts::{Counted, Parts, inner};
use crate::time::UtcText;

/// The readable part of a scrutineer entry (v 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// Kind, such as `results.table.imported/1`.
    pub kind: String,
    /// Identifier of the entry.
    pub id: String,
    /// Issuing organisation's key name.
    pub issuer: String,
    /// When the log took it: RFC 3339, UTC, seconds.
    pub at: String,
    /// Public fields.
    pub public: Map<String, Value>,
    /// Subject and its counter, as the entry states them.
    pub counters: BTreeMap<String, u64>,
    /// Names of private fields, with the commitments to them.
    pub commitments: BTreeMap<String, Hash32>,
}

/// What an entry says of itself and of its place, read in its bytes without copying them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryHead<'a> {
    parts: Parts<'a>,
    /// Kind.
    pub kind: Cow<'a, str>,
    /// Issuing organisation's key name.
    pub issuer: Cow<'a, str>,
    /// When the log took it.
    pub at: Cow<'a, str>,
    /// Subject and its counter, each subject once.
    pub counters: Counters<'a>,
}

/// What the order of a log and its counters take of an entry, which is little: a million of them are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Brief<'a> {
    /// When the log took it.
    pub(crate) at: &'a UtcText,
    /// Subject and its counter, each subject once.
    pub(crate) counted: Counted<'a>,
    /// Whether it is an index of the record ([`INDEX_KIND`]).
    pub(crate) is_index: bool,
    /// Its bytes.
    pub(crate) all: &'a [u8],
}

impl<'a> Brief<'a> {
    /// Reads an entry; the error is that of [`EntryHead::parse`], and comes exactly when that one does.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, String> {
        Parts::read(bytes, |parts| {
            let (at, counted) = parts.checked()?;
            // Canonical bytes of two texts are equal when the texts are.
            let is_index = parts.kind.and_then(inner) == Some(INDEX_KIND.as_bytes());
            Ok(Self { at, counted, is_index, all: bytes })
        })
    }
}

impl<'a> EntryHead<'a> {
    /// Reads an entry; the error says in words what is wrong with it.
    ///
    /// # Errors
    /// The bytes are not canonical JSON, or lack a field that every entry has.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, String> {
        Parts::read(bytes, |parts| {
            let (at, counted) = parts.checked()?;
            let counters = match counted {
                Counted::One(name, count) => Counters::from((utf8(name)?, count)),
                Counted::Many(all) => all,
            };
            let (kind, issuer) = (text(parts.kind), text(parts.issuer));
            let at = Cow::Borrowed(utf8(at)?);
            Ok(Self { parts, kind, issuer, at, counters })
        })
    }

    /// Its list of signatures as it stands, and the entry as it was signed: with an empty list.
    pub(crate) fn signed(&self) -> Option<(&'a str, String)> {
        let place = self.parts.signatures.clone()?;
        let all = std::str::from_utf8(self.parts.all).ok()?;
        let unsigned = [all.get(..place.start)?, "[]", all.get(place.end..)?].concat();
        Some((all.get(place)?, unsigned))
    }

    /// The same for people, with everything that is public.
    pub fn view(&self) -> EntryView {
        let counters = self.counters.iter().map(|(subject, count)| (subject.clone().into_owned(), *count));
        EntryView {
            kind: self.kind.clone().into_owned(),
            id: text(self.parts.id).into_owned(),
            issuer: self.issuer.clone().into_owned(),
            at: self.at.clone().into_owned(),
            public: self.public(),
            counters: counters.collect(),
            commitments: self.commitments(),
        }
    }

    /// Its public fields.
    pub fn public(&self) -> Map<String, Value> {
        self.parts.public.and_then(|raw| serde_json::from_slice(raw).ok()).unwrap_or_default()
    }

    /// The fields that are committed to as a whole (`blob`); other forms of commitment are left out.
    fn commitments(&self) -> BTreeMap<String, Hash32> {
        let all: Option<Vec<Value>> = self.parts.commitments.and_then(|raw| serde_json::from_slice(raw).ok());
        all.into_iter()
            .flatten()
            .filter(|one| one.get("k").and_then(Value::as_str) == Some("blob"))
            .filter_map(|one| {
                let name = one.get("n")?.as_str()?;
                let hash = one.get("h")?.as_str()?.parse().ok()?;
                Some((name.to_owned(), hash))
            })
            .collect()
    }
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    std::str::from_utf8(bytes).map_err(|error| error.to_string())
}

/// The text of a string that was found canonical; nothing for anything else.
fn text(raw: Option<&[u8]>) -> Cow<'_, str> {
    raw.and_then(|raw| scr_canon::text_of(std::str::from_utf8(raw).ok()?)).unwrap_or_default()
}

impl EntryView {
    /// Reads an entry; the error says in words what is wrong with it.
    ///
    /// # Errors
    /// The bytes are not canonical JSON, or lack a field that every entry has.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        Ok(EntryHead::parse(bytes)?.view())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use scr_canon::canonical_value;
    use serde_json::json;

    fn entry(kind: &str, subjects: &[&str]) -> Vec<u8> {
        let seq: Map<String, Value> = subjects.iter().map(|one| ((*one).to_owned(), json!(7))).collect();
        let entry = json!({
            "at": "2026-11-27T02:47:01Z", "com": [], "id": "x\ny", "iss": "\"o\"", "pub": {"n": 1}, "ref": [],
            "seq": seq, "sig": [{"k": "x", "s": "AA=="}], "sub": subjects, "t": kind, "v": 1,
        });
        canonical_value(&entry).unwrap()
    }

    #[test]
    fn an_entry_is_read_with_its_escapes_and_without_its_signatures() {
        let bytes = entry("a.b.c/1", &["thing:1"]);
        let head = EntryHead::parse(&bytes).unwrap();
        assert_eq!((&*head.kind, &*head.issuer, &*head.at), ("a.b.c/1", "\"o\"", "2026-11-27T02:47:01Z"));
        assert_eq!(*head.counters, [("thing:1".into(), 7)]);
        assert_eq!(head.view().id, "x\ny");
        let (list, unsigned) = head.signed().unwrap();
        assert_eq!(list, r#"[{"k":"x","s":"AA=="}]"#);
        assert_eq!(unsigned, String::from_utf8_lossy(&bytes).replace(list, "[]"));
    }

    #[test]
    fn the_brief_of_an_entry_says_what_its_head_says() {
        for (kind, index) in [("a.b.c/1", false), (INDEX_KIND, true), ("\"", false), ("", false)] {
            for subjects in [&["thing:1"][..], &[], &["b", "a\\", "c"]] {
                let bytes = entry(kind, subjects);
                let (brief, head) = (Brief::parse(&bytes).unwrap(), EntryHead::parse(&bytes).unwrap());
                assert_eq!(brief.at, head.at.as_bytes());
                let counters = match brief.counted {
                    Counted::One(name, count) => Counters::from((std::str::from_utf8(name).unwrap(), count)),
                    Counted::Many(all) => all,
                };
                assert_eq!(counters, head.counters);
                assert_eq!((brief.all, brief.is_index), (&bytes[..], index));
                assert_eq!(head.kind, kind);
            }
        }
        for wrong in ["{}", "{\"v\":1}", "[", "7"] {
            assert_eq!(
                Brief::parse(wrong.as_bytes()).unwrap_err(),
                EntryHead::parse(wrong.as_bytes()).unwrap_err()
            );
        }
    }
}
