//! The members of an entry, found in its bytes.

use std::ops::Range;

use scr_canon::{Walk, scan_object};

use crate::counters::{Counter, Counters, all_counters, one_counter};
use crate::time::{UtcText, utc_of};

/// The members of an entry as they stand in its bytes, which are canonical. Strings have their quotation marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    pub(crate) all: &'a [u8],
    at: Option<&'a [u8]>,
    pub(crate) commitments: Option<&'a [u8]>,
    pub(crate) id: Option<&'a [u8]>,
    pub(crate) issuer: Option<&'a [u8]>,
    pub(crate) public: Option<&'a [u8]>,
    numbers: Option<&'a [u8]>,
    /// Where the list of signatures stands.
    pub(crate) signatures: Option<Range<usize>>,
    subjects: Option<&'a [u8]>,
    /// The counter of an entry about one subject whose name needs no escape, as nearly all are: the name without its
    /// quotation marks.
    counter: Option<Counter<'a>>,
    pub(crate) kind: Option<&'a [u8]>,
    version: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    /// What `take` makes of them; the error says in words what is wrong.
    #[inline]
    pub(crate) fn read<R>(bytes: &'a [u8], take: impl Fn(Self) -> Result<R, String>) -> Result<R, String> {
        match Self::in_order(bytes) {
            Some(parts) => take(parts),
            None => take(Self::by_name(bytes)?),
        }
    }

    /// By their names.
    fn by_name(bytes: &'a [u8]) -> Result<Self, String> {
        let members = scan_object(bytes).map_err(|error| error.to_string())?.ok_or("not a JSON object")?;
        let mut parts = Self { all: bytes, ..Self::default() };
        for (name, place) in members.iter() {
            let raw = bytes.get(place.clone());
            match name {
                "at" => parts.at = raw,
                "com" => parts.commitments = raw,
                "id" => parts.id = raw,
                "iss" => parts.issuer = raw,
                "pub" => parts.public = raw,
                "seq" => parts.numbers = raw,
                "sig" => parts.signatures = Some(place),
                "sub" => parts.subjects = raw,
                "t" => parts.kind = raw,
                "v" => parts.version = raw,
                _ => {}
            }
        }
        parts.counter = parts.subjects.zip(parts.numbers).and_then(|(sub, seq)| one_counter(sub, seq));
        Ok(parts)
    }

    /// The same for an entry of the form that all have today, in half the time; `None` for any other.
    #[inline]
    fn in_order(bytes: &'a [u8]) -> Option<Self> {
        let mut walk = Walk::new(bytes);
        walk.piece(b"{\"at\":")?;
        let at = walk.string()?;
        walk.piece(b",\"com\":")?;
        let commitments = walk.value()?;
        walk.piece(b",\"id\":")?;
        let id = walk.string()?;
        walk.piece(b",\"iss\":")?;
        let issuer = walk.string()?;
        walk.piece(b",\"pub\":")?;
        let public = walk.value()?;
        walk.piece(b",\"ref\":")?;
        walk.value()?;
        walk.piece(b",\"seq\":")?;
        let (numbers, counter) = numbers(&mut walk, bytes)?;
        walk.piece(b",\"sig\":")?;
        let begin = walk.place();
        walk.value()?;
        let signatures = begin..walk.place();
        walk.piece(b",\"sub\":")?;
        let (subjects, counter) = subjects(&mut walk, bytes, counter)?;
        walk.piece(b",\"t\":")?;
        let kind = walk.string()?;
        walk.piece(b",\"v\":1}")?;
        walk.is_done().then_some(Self {
            all: bytes,
            at: Some(at),
            commitments: Some(commitments),
            id: Some(id),
            issuer: Some(issuer),
            public: Some(public),
            numbers: Some(numbers),
            signatures: Some(signatures),
            subjects: Some(subjects),
            counter,
            kind: Some(kind),
            version: Some(b"1"),
        })
    }

    /// Checks that every member is there that an entry has, each in its form, and gives time and counters.
    #[inline]
    pub(crate) fn checked(&self) -> Result<(&'a UtcText, Counted<'a>), String> {
        if self.version != Some(b"1") {
            return Err("its version (v) is not 1".to_owned());
        }
        let lacks = |name: &str| format!("it has no text field {name}");
        let is_text = |raw: Option<&'a [u8]>| raw.is_some_and(|raw| raw.first() == Some(&b'"'));
        let at = self.at.and_then(inner).ok_or_else(|| lacks("at"))?;
        // A text with escapes has not this form, neither as it stands nor as it reads.
        let at = utc_of(at).ok_or("its time (at) is not RFC 3339 in UTC with seconds")?;
        if self.public.and_then(<[u8]>::first) != Some(&b'{') {
            return Err("it has no public fields (pub)".to_owned());
        }
        for (raw, name) in [(self.kind, "t"), (self.id, "id"), (self.issuer, "iss")] {
            if !is_text(raw) {
                return Err(lacks(name));
            }
        }
        let counted = match self.counter {
            Some((name, count)) => Counted::One(name, count),
            None => Counted::Many(all_counters(self.subjects, self.numbers)?),
        };
        Ok((at, counted))
    }
}

/// The counters of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Counted<'a> {
    /// One, of a subject whose name needs no escape.
    One(&'a [u8], u64),
    /// Any others.
    Many(Counters<'a>),
}

/// What stands between the quotation marks of a string.
#[inline]
pub(crate) fn inner(raw: &[u8]) -> Option<&[u8]> {
    raw.strip_prefix(b"\"")?.strip_suffix(b"\"")
}

/// Passes by the counters: whole, and what is there if it is one of a name without escapes (in quotation marks).
#[inline]
fn numbers<'a>(walk: &mut Walk<'a>, bytes: &'a [u8]) -> Option<(&'a [u8], Option<Counter<'a>>)> {
    let mut ahead = walk.clone();
    let mut one = || {
        ahead.piece(b"{")?;
        let name = ahead.string().filter(|name| !name.contains(&b'\\'))?;
        ahead.piece(b":")?;
        let count = ahead.count()?;
        ahead.piece(b"}")?;
        Some((name, count))
    };
    let Some(one) = one() else { return walk.value().map(|all| (all, None)) };
    let begin = walk.place();
    *walk = ahead;
    bytes.get(begin..walk.place()).map(|all| (all, Some(one)))
}

/// Passes by the subjects. The counter is that of the entry if its subject, and no other, is named.
#[inline]
fn subjects<'a>(
    walk: &mut Walk<'a>,
    bytes: &'a [u8],
    counter: Option<Counter<'a>>,
) -> Option<(&'a [u8], Option<Counter<'a>>)> {
    let mut ahead = walk.clone();
    let mut one = || {
        let (name, count) = counter?;
        ahead.piece(b"[")?;
        ahead.piece(name)?;
        ahead.piece(b"]")?;
        Some((inner(name)?, count))
    };
    let Some(one) = one() else { return walk.value().map(|all| (all, None)) };
    let begin = walk.place();
    *walk = ahead;
    bytes.get(begin..walk.place()).map(|all| (all, Some(one)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use scr_canon::canonical_value;
    use serde_json::{Map, Value, json};

    /// Whatever the fast way takes, the slow one takes too, and finds the same.
    fn agree(bytes: &[u8]) -> Result<(), TestCaseError> {
        let Some(fast) = Parts::in_order(bytes) else { return Ok(()) };
        let slow = Parts::by_name(bytes);
        prop_assert_eq!(Ok(&fast), slow.as_ref());
        if let Some((name, count)) = fast.counter {
            let one = std::str::from_utf8(name).map(|name| Counters::from((name, count)));
            let one = one.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(all_counters(fast.subjects, fast.numbers), Ok(one));
        }
        let slow = slow.map_err(TestCaseError::fail)?;
        prop_assert_eq!(fast.checked(), slow.checked());
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
