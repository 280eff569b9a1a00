//! What readers of tables share: encodings, damage by spreadsheets, and the list of what is wrong.

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252};
use scr_core::{Problem, Severity};
use std::borrow::Cow;
use std::io::{self, Read};

/// Bytes of text in UTF-8 from a file in UTF-8 or UTF-16, without a byte order mark. Bytes that are no UTF-8 come
/// through as they are: [`cell`] takes them as windows-1252.
pub struct TextReader<R> {
    inner: R,
    /// Bytes that were looked at to see what they are.
    ahead: Vec<u8>,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    out: Vec<u8>,
    given: usize,
    done: bool,
}

impl<R: Read> TextReader<R> {
    /// Looks at the first bytes.
    ///
    /// # Errors
    /// Those of the file.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let mut ahead = Vec::new();
        inner.by_ref().take(4).read_to_end(&mut ahead)?;
        let (skip, encoding) = match ahead.as_slice() {
            [0xef, 0xbb, 0xbf, ..] => (3, None),
            [0xff, 0xfe, ..] => (2, Some(UTF_16LE)),
            [0xfe, 0xff, ..] => (2, Some(UTF_16BE)),
            // Text of any of our formats begins with ASCII.
            [letter, 0, ..] if *letter != 0 => (0, Some(UTF_16LE)),
            [0, letter, ..] if *letter != 0 => (0, Some(UTF_16BE)),
            _ => (0, None),
        };
        ahead.drain(..skip);
        let decoder = encoding.map(encoding_rs::Encoding::new_decoder_without_bom_handling);
        Ok(Self { inner, ahead, decoder, raw: Vec::new(), out: Vec::new(), given: 0, done: false })
    }

    fn fill_raw(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.ahead.is_empty() {
            return self.inner.read(into);
        }
        let length = self.ahead.len().min(into.len());
        into[..length].copy_from_slice(&self.ahead[..length]);
        self.ahead.drain(..length);
        Ok(length)
    }
}

impl<R: Read> Read for TextReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.decoder.is_none() {
            return self.fill_raw(into);
        }
        while self.given == self.out.len() && !self.done {
            let mut raw = std::mem::take(&mut self.raw);
            raw.resize(1 << 16, 0);
            let length = self.fill_raw(&mut raw)?;
            self.done = length == 0;
            self.out.clear();
            self.given = 0;
            // Three bytes of UTF-8 for each unit of UTF-16, and a little for what was begun.
            let mut text = String::with_capacity(length * 3 / 2 + 16);
            if let Some(decoder) = &mut self.decoder {
                let _ = decoder.decode_to_string(&raw[..length], &mut text, self.done);
            }
            self.out.extend_from_slice(text.as_bytes());
            self.raw = raw;
        }
        let length = (self.out.len() - self.given).min(into.len());
        into[..length].copy_from_slice(&self.out[self.given..self.given + length]);
        self.given += length;
        Ok(length)
    }
}

/// A cell as it was meant.
pub type Cell<'a> = Cow<'a, str>;

/// A cell without blanks around it and without the form `="5"` in which exports keep spreadsheets from changing it.
pub fn cell(bytes: &[u8]) -> Cell<'_> {
    mended(bytes, undamaged)
}

/// What identifies something, or a number: a [`cell`] also without quotation marks around it, which come from saving
/// a file twice. Of names they are a part: `"Skip"` is not `Skip`.
pub fn identifier(bytes: &[u8]) -> Cell<'_> {
    mended(bytes, |text| {
        let text = undamaged(text);
        text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
    })
}

fn mended<'a>(bytes: &'a [u8], mend: impl Fn(&str) -> &str) -> Cell<'a> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(mend(text)),
        Err(_) => Cow::Owned(mend(&WINDOWS_1252.decode_without_bom_handling(bytes).0).to_owned()),
    }
}

fn undamaged(text: &str) -> &str {
    let text = text.trim_matches([' ', '\t', '\u{a0}', '\r', '\n']);
    text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// How a text stands in a table so that [`cell`] gives it back: as `="…"` where blanks around it, or that form itself,
/// would be taken away.
pub(super) fn kept(text: &str) -> Cow<'_, str> {
    if undamaged(text) == text { Cow::Borrowed(text) } else { Cow::Owned(format!("=\"{text}\"")) }
}

/// A count or number of a cell: digits alone. What spreadsheets make of numbers (`12.0`, `1,200`, `1E+05`) is named
/// as damage by the reader, not guessed.
pub fn numbered(text: &str) -> Option<u64> {
    (!text.is_empty() && text.len() <= 19 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// Problems that are kept, at most; how many there were besides is counted.
const KEPT: usize = 200;

/// Everything that is wrong with a file.
#[derive(Debug)]
pub struct Problems {
    file: String,
    list: Vec<Problem>,
    errors: u64,
    more: u64,
}

impl Problems {
    /// Of this file.
    pub fn of(file: &str) -> Self {
        Self { file: file.to_owned(), list: Vec::new(), errors: 0, more: 0 }
    }

    /// The file, or a part of it (`export.zip#CvrExport_1.json`), that problems are in from now on.
    pub fn now_in(&mut self, file: &str) {
        file.clone_into(&mut self.file);
    }

    /// An error, to be told more of before it is given to [`Problems::add`].
    pub fn error(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Error, &self.file)
    }

    /// A warning, to be told more of before it is given to [`Problems::add`].
    pub fn warning(&self, code: &'static str) -> Problem {
        Problem::new(code, Severity::Warning, &self.file)
    }

    /// Keeps a problem. One without a file gets that which is being read.
    pub fn add(&mut self, mut problem: Problem) {
        if problem.file.is_empty() {
            problem.file.clone_from(&self.file);
        }
        self.errors += u64::from(problem.severity == Severity::Error);
        if self.list.len() < KEPT { self.list.push(problem) } else { self.more += 1 }
    }

    /// Whether nothing would be gained by reading on.
    pub fn are_many(&self) -> bool {
        self.list.len() >= KEPT && self.errors > 0
    }

    /// Whether there is an error.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// The warnings.
    ///
    /// # Errors
    /// All problems, when one is an error; the last says how many more there were.
    pub fn finish(mut self) -> Result<Vec<Problem>, Vec<Problem>> {
        if self.more > 0 {
            let severity = if self.errors > 0 { Severity::Error } else { Severity::Warning };
            self.list.push(Problem::new("SCR-CVR-020", severity, &self.file).with("more", self.more));
        }
        if self.errors > 0 { Err(self.list) } else { Ok(self.list) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        TextReader::new(bytes).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn encodings_are_seen() {
        let text = "a,é\n北,😀\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [b"\xff\xfe".as_slice(), &little].concat(),
            [b"\xfe\xff".as_slice(), &big].concat(),
            little.clone(),
            big.clone(),
        ] {
            assert_eq!(read(&bytes), text);
        }
        let long = "é".repeat(100_000);
        let units: Vec<u8> = long.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&[b"\xff\xfe".as_slice(), &units].concat()), long);
        assert_eq!(read(b""), "");
    }

    #[test]
    fn cells_are_what_was_meant() {
        assert_eq!(cell(b" =\"0012\" "), "0012");
        assert_eq!((cell(b"\"1-2-3\""), identifier(b"\"1-2-3\" ")), ("\"1-2-3\"".into(), "1-2-3".into()));
        for text in ["", " a ", "=\"a\"", "\"a\"", "=\"", "\n", "a b"] {
            assert_eq!(cell(kept(text).as_bytes()), text);
        }
        assert_eq!(cell(b"Fran\xe7ois"), "François");
        assert_eq!(
            (numbered("007"), numbered("1,200"), numbered(""), numbered("-1")),
            (Some(7), None, None, None)
        );
    }

    #[test]
    fn more_problems_than_are_kept_are_counted() {
        let mut problems = Problems::of("a.csv");
        (1..=250).for_each(|row| {
            let problem = problems.error("SCR-CVR-024").at_row(row);
            problems.add(problem);
        });
        assert!(problems.are_many());
        let all = problems.finish().unwrap_err();
        assert_eq!((all.len(), all[200].to_string().as_str()), (201, "SCR-CVR-020 a.csv more=\"50\""));
    }
}
