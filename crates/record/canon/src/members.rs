//! Canonical JSON read in place: the bytes are checked once, and no value is built.
//!
//! Whoever checks a whole log reads a million entries and wants three fields of each. The scan takes exactly what
//! [`parse_canonical`] takes; a test holds the two against each other.

use crate::scan::{Scan, number, whole};
use crate::{CanonError, parse_canonical};
use std::borrow::Cow;
use std::ops::Range;

/// The members of an object, as they stand in its canonical bytes.
#[derive(Debug, Clone)]
pub struct Members<'a> {
    text: &'a str,
    /// Where the key stands between its quotation marks, and where the value.
    list: Vec<(Range<usize>, Range<usize>)>,
}

/// Checks that bytes are canonical as [`parse_canonical`] does; `None` when they are no object.
///
/// # Errors
/// Those of [`parse_canonical`].
pub fn scan_object(bytes: &[u8]) -> Result<Option<Members<'_>>, CanonError> {
    let mut list = Vec::with_capacity(12);
    match std::str::from_utf8(bytes).ok().zip(whole(bytes, &mut list)) {
        Some((text, ())) if bytes.first() == Some(&b'{') => Ok(Some(Members { text, list })),
        Some(_) => Ok(None),
        // What is wrong is said by the reader that builds the value.
        None => Err(parse_canonical(bytes).err().unwrap_or(CanonError::NotCanonical)),
    }
}

impl<'a> Members<'a> {
    /// The whole object.
    pub fn all(&self) -> &'a str {
        self.text
    }

    /// Names as they stand, and where the values stand, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'a str, Range<usize>)> + '_ {
        self.list.iter().filter_map(|(name, value)| Some((self.text.get(name.clone())?, value.clone())))
    }
}

/// A walk through the bytes of something whose members are known beforehand: nothing is looked up. What is walked
/// through to its end ([`Walk::is_done`]) is canonical, if the given pieces are.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    scan: Scan<'a>,
    at: usize,
}

impl<'a> Walk<'a> {
    /// At the beginning.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { scan: Scan::new(bytes), at: 0 }
    }

    /// How far it has come.
    pub fn place(&self) -> usize {
        self.at
    }

    /// Passes by exactly this piece.
    #[inline(always)]
    pub fn piece(&mut self, piece: &[u8]) -> Option<()> {
        self.scan.is_ascii &= piece.is_ascii();
        let found = self.scan.bytes.get(self.at..)?.get(..piece.len())?;
        (found == piece).then(|| self.at += piece.len())
    }

    /// Passes by one canonical value, a member of the outermost object, and gives it as it stands.
    #[inline]
    pub fn value(&mut self) -> Option<&'a [u8]> {
        let begin = self.at;
        self.at = self.scan.value(begin, 1)?;
        self.scan.bytes.get(begin..self.at)
    }

    /// Passes by one string, and gives it as it stands, with its quotation marks.
    #[inline]
    pub fn string(&mut self) -> Option<&'a [u8]> {
        let begin = self.at;
        if self.scan.bytes.get(begin) != Some(&b'"') {
            return None;
        }
        self.at = self.scan.string(begin)?.0;
        self.scan.bytes.get(begin..self.at)
    }

    /// Passes by a number that is not negative.
    #[inline]
    pub fn count(&mut self) -> Option<u64> {
        let (end, negative, number) = number(self.scan.bytes, self.at)?;
        self.at = end;
        (!negative).then_some(number)
    }

    /// Whether nothing is left, and everything was UTF-8.
    #[inline]
    pub fn is_done(&self) -> bool {
        let bytes = self.scan.bytes;
        self.at == bytes.len() && (self.scan.is_ascii || std::str::from_utf8(bytes).is_ok())
    }
}

/// The items of an array that was found canonical, as they stand; `None` for anything else.
pub fn items_of(raw: &str) -> Option<Vec<&str>> {
    let mut places = Vec::new();
    if raw.as_bytes().first() != Some(&b'[')
        || Scan::new(raw.as_bytes()).array(0, 0, Some(&mut places)).is_none()
    {
        return None;
    }
    places.into_iter().map(|place| raw.get(place)).collect()
}

/// Names and values of an object that was found canonical, as they stand; `None` for anything else.
pub fn members_of(raw: &str) -> Option<Vec<(&str, &str)>> {
    let mut places = Vec::new();
    if raw.as_bytes().first() != Some(&b'{')
        || Scan::new(raw.as_bytes()).object(0, 0, Some(&mut places)).is_none()
    {
        return None;
    }
    places.into_iter().map(|(name, value)| Some((raw.get(name)?, raw.get(value)?))).collect()
}

/// The text of a string that was found canonical; `None` for anything else.
pub fn text_of(raw: &str) -> Option<Cow<'_, str>> {
    let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
    if inner.contains('\\') {
        serde_json::from_str(raw).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MAX_INTEGER, canonical_value};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    const MAX: u64 = MAX_INTEGER.unsigned_abs();

    /// Both readers say the same of these bytes, and find the same members.
    fn agree(bytes: &[u8]) -> Result<(), TestCaseError> {
        let scanned = scan_object(bytes);
        prop_assert!(!walked(bytes) || parse_canonical(bytes).is_ok());
        match parse_canonical(bytes) {
            Ok(Value::Object(members)) => {
                let scanned = scanned.unwrap().unwrap();
                let found: Vec<(String, Value)> = scanned
                    .iter()
                    .map(|(name, value)| {
                        let name = text_of(&format!("\"{name}\"")).unwrap().into_owned();
                        (name, serde_json::from_str(&scanned.all()[value]).unwrap())
                    })
                    .collect();
                prop_assert_eq!(found.len(), members.len());
                prop_assert!(found.iter().all(|(name, value)| members.get(name) == Some(value)));
            }
            Ok(_) => prop_assert!(scanned.unwrap().is_none()),
            Err(error) => prop_assert_eq!(scanned.unwrap_err(), error),
        }
        Ok(())
    }

    fn walked(bytes: &[u8]) -> bool {
        let mut walk = Walk::new(bytes);
        walk.value().is_some() && walk.is_done()
    }

    const SAMPLES: &[&str] = &[
        "",
        " ",
        "{",
        "{}",
        "[]",
        "{} ",
        "[1,]",
        "[,1]",
        "{\"a\":1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1,\"a\":1}",
        "{\"b\":1,\"a\":1}",
        "{\"a\":1,\"b\":[true,null,false]}",
        "{\"a\": 1}",
        "tru",
        "truex",
        "\"\\u0041\"",
        "\"\\u001f\"",
        "\"\\u001F\"",
        "\"\\u0008\"",
        "\"\\b\"",
        "\"\\/\"",
        "\"\\u007f\"",
        "\"\u{7f}\"",
        "\"\\ud83d\\ude00\"",
        "\"\\",
        "\"\\u00",
        "\"\t\"",
        "-0",
        "0",
        "00",
        "01",
        "-1",
        "-",
        "1.0",
        "1e3",
        "-01",
        "9007199254740991",
        "9007199254740992",
        "-9007199254740991",
        "-9007199254740992",
        "99999999999999999999",
        "{\"\u{1f600}\":1,\"\u{fb33}\":2}",
        "{\"\u{fb33}\":2,\"\u{1f600}\":1}",
        "{\"\\n\":1,\"\\r\":2}",
        "{\"\\r\":1,\"\\n\":2}",
        "{\"\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"a\":2}}",
        "[[],{}]",
    ];

    #[test]
    fn what_is_not_canonical_is_refused_by_both() {
        let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        let mut all: Vec<String> = SAMPLES.iter().map(|text| (*text).to_owned()).collect();
        all.extend([31, 32, 33, 127, 200].map(deep));
        all.extend([31, 32, 33].map(|n| format!("{{\"a\":{}}}", deep(n))));
        all.iter().for_each(|text| agree(text.as_bytes()).unwrap());
        agree(b"\"\xff\"").unwrap();
        agree(b"{\"a\":\"\xc3\"}").unwrap();
    }

    #[test]
    fn parts_are_found_where_they_stand() {
        let bytes = canonical_value(&json!({"at": "x\"y", "n": 7, "sig": [{"k": "a"}], "z": {}})).unwrap();
        let members = scan_object(&bytes).unwrap().unwrap();
        let found: Vec<(&str, &str)> = members.iter().map(|(name, at)| (name, &members.all()[at])).collect();
        assert_eq!(found, [("at", "\"x\\\"y\""), ("n", "7"), ("sig", "[{\"k\":\"a\"}]"), ("z", "{}")]);
        assert_eq!((text_of(found[0].1).unwrap(), text_of("7")), ("x\"y".into(), None));
        assert_eq!(items_of(found[2].1).unwrap(), ["{\"k\":\"a\"}"]);
        assert_eq!(items_of("7"), None);
        assert_eq!(members_of("{\"a\":[1],\"b\":{}}").unwrap(), [("a", "[1]"), ("b", "{}")]);
        assert_eq!(
            (members_of("{}").unwrap().len(), members_of("[]"), members_of("{\"a\"}")),
            (0, None, None)
        );
    }

    #[test]
    fn a_walk_passes_by_pieces_and_canonical_values() {
        let mut walk = Walk::new(b"{\"a\":[1,2],\"b\":\"x\"}");
        assert_eq!((walk.piece(b"{\"b\":"), walk.piece(b"{\"a\":")), (None, Some(())));
        assert_eq!((walk.value(), walk.place()), (Some(&b"[1,2]"[..]), 10));
        assert_eq!((walk.piece(b",\"b\":"), walk.is_done()), (Some(()), false));
        assert_eq!(walk.value(), Some(&b"\"x\""[..]));
        assert_eq!((walk.piece(b"}"), walk.is_done(), walk.piece(b"}")), (Some(()), true, None));
        for wrong in ["01", "\"\\u0041\"", "[1,]", "{\"b\":1,\"a\":2}", "tru", ""] {
            assert_eq!(Walk::new(wrong.as_bytes()).value(), None, "{wrong}");
        }
        let string = |text: &'static str| Walk::new(text.as_bytes()).string();
        for text in [r#""a\nb""#, "\"\u{fb33}\"", "\"\""] {
            assert_eq!(string(text), Some(text.as_bytes()));
        }
        assert_eq!((string("7"), string("\"a")), (None, None));
        let count = |text: &'static str| Walk::new(text.as_bytes()).count();
        assert_eq!((count("0]"), count("70"), count("9007199254740991")), (Some(0), Some(70), Some(MAX)));
        assert_eq!(
            (count("-7"), count("00"), count("\"7\""), count("9007199254740992")),
            (None, None, None, None)
        );
        // As deep as the outermost object allows below itself.
        let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
        for n in [31, 32, 33] {
            let inside = scan_object(format!("{{\"a\":{}}}", deep(n)).as_bytes()).is_ok();
            assert_eq!(Walk::new(deep(n).as_bytes()).value().is_some(), inside, "{n}");
        }
    }

    #[test]
    fn a_walk_does_not_end_behind_what_is_no_utf8() {
        for bytes in [&b"\"\xff\""[..], b"\"0123456789abcdef\xc3\"", b"[{\"\xed\xa0\x80\":1}]"] {
            let mut walk = Walk::new(bytes);
            assert!(walk.value().is_some() && walk.place() == bytes.len() && !walk.is_done());
        }
        let mut walk = Walk::new(b"\xc3\xa9\xff");
        assert_eq!((walk.piece(b"\xc3\xa9\xff"), walk.is_done()), (Some(()), false));
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let text = prop_oneof![
            any::<String>(),
            "[\u{0}-\u{24}\\\\\"]{0,4}",
            "[\u{d7f0}-\u{d7ff}\u{e000}-\u{ffff}\u{10000}-\u{10010}]{0,2}"
        ];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-MAX_INTEGER..=MAX_INTEGER).prop_map(Value::from),
            text.clone().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(text.clone(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn canonical_bytes_are_read_by_both(value in any_value()) {
            let bytes = canonical_value(&value).unwrap();
            prop_assert!(walked(&bytes));
            agree(&bytes)?;
        }

        #[test]
        fn changed_bytes_are_judged_alike(value in any_value(), at: prop::sample::Index, with: u8, how in 0..4_u8) {
            let mut bytes = canonical_value(&value).unwrap();
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = with,
                1 => bytes.insert(at, with),
                2 => drop(bytes.remove(at)),
                _ => bytes.insert(at, b" {}[]\",:\\u0-.e"[usize::from(with) % 14]),
            }
            agree(&bytes)?;
        }

        #[test]
        fn serde_json_writes_what_both_judge_alike(value in any_value()) {
            agree(serde_json::to_string(&value).unwrap().as_bytes())?;
        }
    }
}
