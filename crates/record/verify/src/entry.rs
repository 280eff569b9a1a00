//! What a reader sees of an entry, read from its bytes alone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use scr_canon::{Hash32, Walk, items_of, members_of, scan_object, text_of};
use serde::Serialize;
use serde_json::{Map, Value};

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
    pub counters: Vec<(Cow<'a, str>, u64)>,
}

/// The members of an entry as they stand in its bytes, which are canonical.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Parts<'a> {
    all: &'a str,
    at: Option<Cow<'a, str>>,
    commitments: Option<&'a str>,
    id: Option<Cow<'a, str>>,
    issuer: Option<Cow<'a, str>>,
    public: Option<&'a str>,
    numbers: Option<&'a str>,
    /// Where the list of signatures stands.
    signatures: Option<Range<usize>>,
    subjects: Option<&'a str>,
    kind: Option<Cow<'a, str>>,
    version: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// By their names.
    fn by_name(bytes: &'a [u8]) -> Result<Self, String> {
        let members = scan_object(bytes).map_err(|error| error.to_string())?.ok_or("not a JSON object")?;
        let all = members.all();
        let mut parts = Self { all, ..Self::default() };
        for (name, place) in members.iter() {
            let raw = all.get(place.clone());
            match name {
                "at" => parts.at = raw.and_then(text_of),
                "com" => parts.commitments = raw,
                "id" => parts.id = raw.and_then(text_of),
                "iss" => parts.issuer = raw.and_then(text_of),
                "pub" => parts.public = raw,
                "seq" => parts.numbers = raw,
                "sig" => parts.signatures = Some(place),
                "sub" => parts.subjects = raw,
                "t" => parts.kind = raw.and_then(text_of),
                "v" => parts.version = raw,
                _ => {}
            }
        }
        Ok(parts)
    }

    /// The same for an entry of the form that all have today, in half the time; `None` for any other.
    fn in_order(bytes: &'a [u8]) -> Option<Self> {
        let mut walk = Walk::new(bytes)?;
        let all = walk.all();
        walk.piece("{\"at\":")?;
        let at = walk.text()?;
        walk.piece(",\"com\":")?;
        let commitments = walk.value()?;
        walk.piece(",\"id\":")?;
        let id = walk.text()?;
        walk.piece(",\"iss\":")?;
        let issuer = walk.text()?;
        walk.piece(",\"pub\":")?;
        let public = walk.value()?;
        walk.piece(",\"ref\":")?;
        walk.value()?;
        walk.piece(",\"seq\":")?;
        let numbers = walk.value()?;
        walk.piece(",\"sig\":")?;
        let signatures = walk.value()?;
        walk.piece(",\"sub\":")?;
        let subjects = walk.value()?;
        walk.piece(",\"t\":")?;
        let kind = walk.text()?;
        walk.piece(",\"v\":1}")?;
        walk.is_done().then(|| Self {
            all,
            at: Some(at),
            commitments: all.get(commitments),
            id: Some(id),
            issuer: Some(issuer),
            public: all.get(public),
            numbers: all.get(numbers),
            signatures: Some(signatures),
            subjects: all.get(subjects),
            kind: Some(kind),
            version: Some("1"),
        })
    }
}

impl<'a> EntryHead<'a> {
    /// Reads an entry; the error says in words what is wrong with it.
    ///
    /// # Errors
    /// The bytes are not canonical JSON, or lack a field that every entry has.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, String> {
        match Parts::in_order(bytes) {
            Some(parts) => Self::of(parts),
            None => Self::of(Parts::by_name(bytes)?),
        }
    }

    fn of(mut parts: Parts<'a>) -> Result<Self, String> {
        if parts.version != Some("1") {
            return Err("its version (v) is not 1".to_owned());
        }
        let lacks = |name: &str| format!("it has no text field {name}");
        let at = parts.at.take().ok_or_else(|| lacks("at"))?;
        if !crate::time::is_utc_text(&at) {
            return Err("its time (at) is not RFC 3339 in UTC with seconds".to_owned());
        }
        if !parts.public.is_some_and(|fields| fields.starts_with('{')) {
            return Err("it has no public fields (pub)".to_owned());
        }
        let kind = parts.kind.take().ok_or_else(|| lacks("t"))?;
        parts.id.as_ref().ok_or_else(|| lacks("id"))?;
        let issuer = parts.issuer.take().ok_or_else(|| lacks("iss"))?;
        let counters = counters(parts.subjects, parts.numbers)?;
        Ok(Self { parts, kind, issuer, at, counters })
    }

    /// Its list of signatures as it stands, and the entry as it was signed: with an empty list.
    pub(crate) fn signed(&self) -> Option<(&'a str, String)> {
        let place = self.parts.signatures.clone()?;
        let all = self.parts.all;
        let unsigned = [all.get(..place.start)?, "[]", all.get(place.end..)?].concat();
        Some((all.get(place)?, unsigned))
    }

    /// The same for people, with everything that is public.
    pub fn view(&self) -> EntryView {
        let counters = self.counters.iter().map(|(subject, count)| (subject.clone().into_owned(), *count));
        EntryView {
            kind: self.kind.clone().into_owned(),
            id: self.parts.id.clone().unwrap_or_default().into_owned(),
            issuer: self.issuer.clone().into_owned(),
            at: self.at.clone().into_owned(),
            public: self.public(),
            counters: counters.collect(),
            commitments: self.commitments(),
        }
    }

    /// Its public fields.
    pub fn public(&self) -> Map<String, Value> {
        self.parts.public.and_then(|raw| serde_json::from_str(raw).ok()).unwrap_or_default()
    }

    /// The fields that are committed to as a whole (`blob`); other forms of commitment are left out.
    fn commitments(&self) -> BTreeMap<String, Hash32> {
        let all: Option<Vec<Value>> = self.parts.commitments.and_then(|raw| serde_json::from_str(raw).ok());
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

impl EntryView {
    /// Reads an entry; the error says in words what is wrong with it.
    ///
    /// # Errors
    /// The bytes are not canonical JSON, or lack a field that every entry has.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        Ok(EntryHead::parse(bytes)?.view())
    }
}

/// `seq` names each subject of `sub` once, and no other. Canonical bytes of two texts are equal when the texts are.
fn counters<'a>(
    subjects: Option<&'a str>,
    numbers: Option<&'a str>,
) -> Result<Vec<(Cow<'a, str>, u64)>, String> {
    match subjects.zip(numbers).and_then(|(subjects, numbers)| one_counter(subjects, numbers)) {
        Some(one) => Ok(vec![one]),
        None => all_counters(subjects, numbers),
    }
}

fn all_counters<'a>(
    subjects: Option<&'a str>,
    numbers: Option<&'a str>,
) -> Result<Vec<(Cow<'a, str>, u64)>, String> {
    let mut named = subjects.and_then(items_of).ok_or("it has no subjects (sub)")?;
    let mut counted = numbers.and_then(members_of).ok_or("it has no counters (seq)")?;
    for subject in &mut named {
        let inner = subject.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        *subject = inner.ok_or("a subject is not a text")?;
    }
    named.sort_unstable();
    if !named.is_sorted_by(|one, next| one < next) {
        return Err("a subject is named twice".to_owned());
    }
    counted.sort_unstable();
    let mut counted = counted.into_iter().peekable();
    let mut counters = Vec::with_capacity(named.len());
    for subject in named {
        let number = counted.next_if(|(name, _)| *name == subject).and_then(|(_, raw)| raw.parse().ok());
        let number = number.ok_or("a subject has no counter, or a counter names no subject")?;
        let text = if subject.contains('\\') {
            Cow::Owned(text_of(&format!("\"{subject}\"")).unwrap_or_default().into_owned())
        } else {
            Cow::Borrowed(subject)
        };
        counters.push((text, number));
    }
    match counted.next() {
        None => Ok(counters),
        Some(_) => Err("a counter names no subject".to_owned()),
    }
}

/// The counter of an entry about one subject whose name needs no escape, as nearly all are; `None` for any other.
fn one_counter<'a>(subjects: &'a str, numbers: &'a str) -> Option<(Cow<'a, str>, u64)> {
    let name = subjects.strip_prefix("[\"")?.strip_suffix("\"]")?;
    if name.bytes().any(|byte| matches!(byte, b'"' | b'\\')) {
        return None;
    }
    let number = numbers.strip_prefix("{\"")?.strip_prefix(name)?.strip_prefix("\":")?.strip_suffix('}')?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| Some((Cow::Borrowed(name), number.parse().ok()?))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use scr_canon::canonical_value;
    use serde_json::json;

    /// Whatever the fast way takes, the slow one takes too, and finds the same.
    fn agree(bytes: &[u8]) -> Result<(), TestCaseError> {
        let Some(fast) = Parts::in_order(bytes) else { return Ok(()) };
        let slow = Parts::by_name(bytes);
        prop_assert_eq!(Ok(&fast), slow.as_ref());
        if let Some(one) = fast.subjects.zip(fast.numbers).and_then(|(s, n)| one_counter(s, n)) {
            prop_assert_eq!(all_counters(fast.subjects, fast.numbers), Ok(vec![one]));
        }
        prop_assert_eq!(EntryHead::of(fast), EntryHead::of(slow.unwrap()));
        Ok(())
    }

    fn entry(text: &str, subjects: &[String], count: u64) -> Vec<u8> {
        let seq: Map<String, Value> =
            subjects.iter().map(|subject| (subject.clone(), json!(count))).collect();
        let entry = json!({
            "at": "2026-11-27T02:47:01Z", "com": [{"h": text, "k": "blob", "n": "who"}], "id": text, "iss": text,
            "pub": {"n": count, "text": text}, "ref": [], "seq": seq, "sig": [{"k": text, "s": "AA=="}],
            "sub": subjects, "t": "a.b.c/1", "v": 1,
        });
        canonical_value(&entry).unwrap()
    }

    #[test]
    fn entries_of_today_are_read_the_fast_way() {
        let bytes = entry("x", &["thing:1".to_owned()], 7);
        assert_eq!(Parts::in_order(&bytes), Parts::by_name(&bytes).ok());
        let head = EntryHead::parse(&bytes).unwrap();
        assert_eq!(head.counters, [("thing:1".into(), 7)]);
        let (list, unsigned) = head.signed().unwrap();
        assert_eq!(list, r#"[{"k":"x","s":"AA=="}]"#);
        assert_eq!(unsigned, String::from_utf8_lossy(&bytes).replace(list, "[]"));
    }

    proptest! {
        #[test]
        fn both_ways_say_the_same(
            text: String, subjects in prop::collection::vec("[a-c\\\\\"]{0,2}", 0..3), count in 0..20_u64,
            at: prop::sample::Index, with: u8, how in 0..5_u8,
        ) {
            let mut bytes = entry(&text, &subjects, count);
            let at = at.index(bytes.len());
            match how {
                0 => {}
                1 => bytes[at] = with,
                2 => bytes.insert(at, with),
                3 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b" {}[]\",:\\u0-.e"[usize::from(with) % 14]),
            }
            prop_assert!(how != 0 || Parts::in_order(&bytes).is_some());
            agree(&bytes)?;
        }
    }
}
