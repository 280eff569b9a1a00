//! The members of an entry, found in its bytes.

use std::ops::Range;

use scr_canon::{Walk, scan_object};

use crate::counters::{Counters, counters};

/// The members of an entry as they stand in its bytes, which are canonical. Strings have their quotation marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Parts<'a> {
    pub(crate) all: &'a str,
    at: Option<&'a str>,
    pub(crate) commitments: Option<&'a str>,
    pub(crate) id: Option<&'a str>,
    pub(crate) issuer: Option<&'a str>,
    pub(crate) public: Option<&'a str>,
    numbers: Option<&'a str>,
    /// Where the list of signatures stands.
    pub(crate) signatures: Option<Range<usize>>,
    subjects: Option<&'a str>,
    pub(crate) kind: Option<&'a str>,
    version: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Finds them; the error says in words what is wrong.
    #[inline]
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Self, String> {
        Self::in_order(bytes).map_or_else(|| Self::by_name(bytes), Ok)
    }

    /// By their names.
    fn by_name(bytes: &'a [u8]) -> Result<Self, String> {
        let members = scan_object(bytes).map_err(|error| error.to_string())?.ok_or("not a JSON object")?;
        let all = members.all();
        let mut parts = Self { all, ..Self::default() };
        for (name, place) in members.iter() {
            let raw = all.get(place.clone());
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
        Ok(parts)
    }

    /// The same for an entry of the form that all have today, in half the time; `None` for any other.
    #[inline]
    fn in_order(bytes: &'a [u8]) -> Option<Self> {
        let mut walk = Walk::new(bytes)?;
        let all = walk.all();
        walk.piece("{\"at\":")?;
        let at = walk.string()?;
        walk.piece(",\"com\":")?;
        let commitments = walk.value()?;
        walk.piece(",\"id\":")?;
        let id = walk.string()?;
        walk.piece(",\"iss\":")?;
        let issuer = walk.string()?;
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
        let kind = walk.string()?;
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

    /// Checks that every member is there that an entry has, each in its form, and gives time and counters.
    #[inline]
    pub(crate) fn checked(&self) -> Result<(&'a str, Counters<'a>), String> {
        if self.version != Some("1") {
            return Err("its version (v) is not 1".to_owned());
        }
        let text = |raw: Option<&'a str>, name: &str| {
            let inner = raw.and_then(|raw| raw.strip_prefix('"')?.strip_suffix('"'));
            inner.ok_or_else(|| format!("it has no text field {name}"))
        };
        // A text with escapes is none of this form, neither as it stands nor as it reads.
        let at = text(self.at, "at")?;
        if !crate::time::is_utc_text(at) {
            return Err("its time (at) is not RFC 3339 in UTC with seconds".to_owned());
        }
        if !self.public.is_some_and(|fields| fields.starts_with('{')) {
            return Err("it has no public fields (pub)".to_owned());
        }
        text(self.kind, "t")?;
        text(self.id, "id")?;
        text(self.issuer, "iss")?;
        Ok((at, counters(self.subjects, self.numbers)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::counters::{all_counters, one_counter};
    use proptest::prelude::*;
    use scr_canon::canonical_value;
    use serde_json::{Map, Value, json};

    /// Whatever the fast way takes, the slow one takes too, and finds the same.
    fn agree(bytes: &[u8]) -> Result<(), TestCaseError> {
        let Some(fast) = Parts::in_order(bytes) else { return Ok(()) };
        let slow = Parts::by_name(bytes);
        prop_assert_eq!(Ok(&fast), slow.as_ref());
        if let Some(one) = fast.subjects.zip(fast.numbers).and_then(|(s, n)| one_counter(s, n)) {
            prop_assert_eq!(all_counters(fast.subjects, fast.numbers), Ok(vec![one]));
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
