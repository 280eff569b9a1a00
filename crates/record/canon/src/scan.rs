//! Canonical JSON read in place: the bytes are checked once, and no value is built.
//!
//! Whoever checks a whole log reads a million entries and wants three fields of each. The scan takes exactly what
//! [`parse_canonical`] takes; a test holds the two against each other.

use crate::{CanonError, MAX_DEPTH, MAX_INTEGER, parse_canonical};
use std::borrow::Cow;
use std::ops::Range;

/// Bytes of a character from U+E000 on begin with this or more. Below, the order of UTF-8 bytes is that of UTF-16
/// code units (RFC 8785 section 3.2.3); above, it is not always.
const FIRST_OF_E000: u8 = 0xee;

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

/// One value that takes all bytes; the members of the outermost object go into `list`.
fn whole(bytes: &[u8], list: &mut Vec<(Range<usize>, Range<usize>)>) -> Option<()> {
    let mut scan = Scan::new(bytes);
    let end = match bytes.first()? {
        b'{' => scan.object(0, 0, Some(list))?,
        _ => scan.value(0, 0)?,
    };
    (end == bytes.len()).then_some(())
}

/// What is read, and whether it was ASCII so far. Whoever has not read UTF-8 to begin with asks for that afterwards.
#[derive(Debug, Clone)]
struct Scan<'a> {
    bytes: &'a [u8],
    is_ascii: bool,
}

impl<'a> Scan<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, is_ascii: true }
    }

    /// The place behind the value that begins at `at`.
    fn value(&mut self, at: usize, depth: usize) -> Option<usize> {
        if depth > MAX_DEPTH {
            return None;
        }
        let literal = |word: &[u8]| self.bytes.get(at..)?.starts_with(word).then_some(at + word.len());
        match self.bytes.get(at)? {
            b'"' => self.string(at).map(|(end, _)| end),
            b'{' => self.object(at, depth, None),
            b'[' => self.array(at, depth, None),
            b't' => literal(b"true"),
            b'f' => literal(b"false"),
            b'n' => literal(b"null"),
            _ => number(self.bytes, at).map(|(end, ..)| end),
        }
    }

    fn object(
        &mut self,
        at: usize,
        depth: usize,
        mut list: Option<&mut Vec<(Range<usize>, Range<usize>)>>,
    ) -> Option<usize> {
        let bytes = self.bytes;
        let mut at = at + 1;
        if bytes.get(at) == Some(&b'}') {
            return Some(at + 1);
        }
        let mut before: Option<(Range<usize>, bool)> = None;
        loop {
            let (end, plain) = if bytes.get(at) == Some(&b'"') { self.string(at)? } else { return None };
            let name = at + 1..end - 1;
            if let Some((last, last_plain)) = before
                && !follows(bytes.get(last)?, bytes.get(name.clone())?, last_plain && plain)
            {
                return None;
            }
            let begin = (bytes.get(end) == Some(&b':')).then_some(end + 1)?;
            let end = self.value(begin, depth + 1)?;
            if let Some(list) = &mut list {
                list.push((name.clone(), begin..end));
            }
            before = Some((name, plain));
            match bytes.get(end)? {
                b',' => at = end + 1,
                b'}' => return Some(end + 1),
                _ => return None,
            }
        }
    }

    fn array(&mut self, at: usize, depth: usize, mut list: Option<&mut Vec<Range<usize>>>) -> Option<usize> {
        let mut at = at + 1;
        if self.bytes.get(at) == Some(&b']') {
            return Some(at + 1);
        }
        loop {
            let end = self.value(at, depth + 1)?;
            if let Some(list) = &mut list {
                list.push(at..end);
            }
            match self.bytes.get(end)? {
                b',' => at = end + 1,
                b']' => return Some(end + 1),
                _ => return None,
            }
        }
    }

    /// The place behind a string, and whether its bytes sort as its UTF-16 code units do.
    #[inline]
    fn string(&mut self, at: usize) -> Option<(usize, bool)> {
        let begin = at + 1;
        let end = begin + unremarkable(self.bytes.get(begin..)?);
        match self.bytes.get(end)? {
            b'"' => Some((end + 1, true)),
            _ => self.remarkable(end),
        }
    }

    /// The same for a string that has something else than ASCII in it, an escape or what is not allowed, first at `at`.
    fn remarkable(&mut self, mut at: usize) -> Option<(usize, bool)> {
        let mut plain = true;
        loop {
            match *self.bytes.get(at)? {
                b'"' => return Some((at + 1, plain)),
                b'\\' => {
                    plain = false;
                    at = escape(self.bytes, at)?;
                }
                0..0x20 => return None,
                0x20..0x80 => at += 1 + unremarkable(self.bytes.get(at + 1..)?),
                other => {
                    self.is_ascii = false;
                    plain &= other < FIRST_OF_E000;
                    at += 1;
                }
            }
        }
    }
}

/// How many bytes come before one that is a control, a quotation mark, a backslash or not ASCII: eight at a time.
#[inline]
fn unremarkable(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        // What is ASCII and at least the limit has no high bit below the limit's difference. The lowest high bit that
        // is set marks the first byte that is looked for; those above it may be wrong, because of what is borrowed.
        let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit));
        let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        let marks = (below(word, 0x20) | is(b'"') | is(b'\\') | word) & HIGH;
        if marks != 0 {
            return 8 * number + marks.trailing_zeros() as usize / 8;
        }
    }
    let remarkable = |byte: &u8| matches!(byte, ..0x20 | b'"' | b'\\' | 0x80..);
    8 * words.len() + rest.iter().position(remarkable).unwrap_or(rest.len())
}

/// The place behind an escape, of which each character has at most one (RFC 8785 section 3.2.2.2).
fn escape(bytes: &[u8], at: usize) -> Option<usize> {
    match *bytes.get(at + 1)? {
        b'"' | b'\\' | b'b' | b't' | b'n' | b'f' | b'r' => Some(at + 2),
        b'u' => {
            let digits = bytes.get(at + 2..at + 6)?;
            let other = matches!(digits, [b'0', b'0', b'0', b'0'..=b'7' | b'b' | b'e' | b'f'])
                || matches!(digits, [b'0', b'0', b'1', b'0'..=b'9' | b'a'..=b'f']);
            other.then_some(at + 6)
        }
        _ => None,
    }
}

/// The place behind a number, whether it is negative, and how much it is without its sign.
#[inline]
fn number(bytes: &[u8], at: usize) -> Option<(usize, bool, u64)> {
    let negative = bytes.get(at) == Some(&b'-');
    let first = at + usize::from(negative);
    let (mut end, mut number) = (first, 0);
    while let Some(digit @ b'0'..=b'9') = bytes.get(end) {
        // The largest has sixteen digits.
        if end - first == 16 {
            return None;
        }
        number = number * 10 + u64::from(digit - b'0');
        end += 1;
    }
    let canonical = match bytes.get(first)? {
        b'0' => end == first + 1 && !negative,
        b'1'..=b'9' => number <= MAX_INTEGER.unsigned_abs(),
        _ => false,
    };
    canonical.then_some((end, negative, number))
}

/// Whether a name comes after another in the order of UTF-16 code units.
fn follows(before: &[u8], name: &[u8], plain: bool) -> bool {
    if plain {
        // Most names differ in their first byte, and a comparison of slices is a call.
        return match (before.first(), name.first()) {
            (Some(one), Some(other)) if one != other => one < other,
            _ => before < name,
        };
    }
    let units = |raw: &[u8]| {
        let raw = ["\"".as_bytes(), raw, "\"".as_bytes()].concat();
        serde_json::from_slice::<String>(&raw).ok().map(|text| text.encode_utf16().collect::<Vec<u16>>())
    };
    units(before).zip(units(name)).is_some_and(|(before, name)| before < name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canonical_value;
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
