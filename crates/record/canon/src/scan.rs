//! The scanner of canonical JSON: it finds the end of a value, and refuses what is not canonical.

use crate::{MAX_DEPTH, MAX_INTEGER};
use std::ops::Range;

/// Bytes of a character from U+E000 on begin with this or more. Below, the order of UTF-8 bytes is that of UTF-16
/// code units (RFC 8785 section 3.2.3); above, it is not always.
const FIRST_OF_E000: u8 = 0xee;

/// One value that takes all bytes; the members of the outermost object go into `list`.
pub(crate) fn whole(bytes: &[u8], list: &mut Vec<(Range<usize>, Range<usize>)>) -> Option<()> {
    let mut scan = Scan::new(bytes);
    let end = match bytes.first()? {
        b'{' => scan.object(0, 0, Some(list))?,
        _ => scan.value(0, 0)?,
    };
    (end == bytes.len()).then_some(())
}

/// What is read, and whether it was ASCII so far. Whoever has not read UTF-8 to begin with asks for that afterwards.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) is_ascii: bool,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, is_ascii: true }
    }

    /// The place behind the value that begins at `at`.
    pub(crate) fn value(&mut self, at: usize, depth: usize) -> Option<usize> {
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

    pub(crate) fn object(
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

    pub(crate) fn array(
        &mut self,
        at: usize,
        depth: usize,
        mut list: Option<&mut Vec<Range<usize>>>,
    ) -> Option<usize> {
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
    pub(crate) fn string(&mut self, at: usize) -> Option<(usize, bool)> {
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
pub(crate) fn number(bytes: &[u8], at: usize) -> Option<(usize, bool, u64)> {
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
