//! Words, constants and signs of a pattern.

use crate::error::{Departure, ErrorCode, PatternError, Rule, shortened};
use crate::moment::Moment;
use crate::pattern::Reading;
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};
use std::borrow::Cow;

/// What a pattern is made of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Token<'a> {
    /// A keyword, or the name of a type or property.
    Word(&'a str),
    Text(Cow<'a, str>),
    Hex(Vec<u8>),
    Binary(Vec<u8>),
    Timestamp(Moment),
    /// Digits with a sign or a point, or without.
    Number(&'a str),
    Sign(&'static str),
    End,
}

/// What no property may be called without quotes.
const RESERVED: [&str; 20] = [
    "AND",
    "OR",
    "NOT",
    "FOLLOWEDBY",
    "LIKE",
    "MATCHES",
    "ISSUPERSET",
    "ISSUBSET",
    "EXISTS",
    "LAST",
    "IN",
    "START",
    "STOP",
    "SECONDS",
    "true",
    "false",
    "WITHIN",
    "REPEATS",
    "TIMES",
    "",
];

/// Longer ones first.
const SIGNS: [&str; 17] =
    ["==", "!=", "<>", "<=", ">=", "=", "<", ">", "[", "]", "(", ")", ",", ":", ".", "*", "'"];

/// Takes what RFC 4648 allows a decoder to take: the last bits of the last digit need not be zero.
pub(crate) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// Whether a name needs no quotes in an object path.
pub(crate) fn is_plain_name(name: &str) -> bool {
    let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    begins && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') && !is_reserved(name)
}

/// Whether a word is a keyword.
pub(crate) fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Cuts a pattern into tokens.
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    reading: Reading,
    pub(crate) departures: Vec<Departure>,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(text: &'a str, reading: Reading) -> Self {
        Self { text, at: 0, reading, departures: Vec::new() }
    }

    /// The next token and the byte where it begins.
    pub(crate) fn next(&mut self) -> Result<(Token<'a>, usize), PatternError> {
        self.skip()?;
        let start = self.at;
        let rest = &self.text[start..];
        let bytes = rest.as_bytes();
        let token = match bytes {
            [] => Token::End,
            [b'\'', ..] => Token::Text(self.quoted(start)?),
            [b'h', b'\'', ..] => self.hexadecimal()?,
            [b'b', b'\'', ..] => self.binary()?,
            [b't', b'\'', ..] => self.timestamp()?,
            [b'A'..=b'Z' | b'a'..=b'z' | b'_', ..] => {
                let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
                let length = bytes.iter().take_while(|byte| is_part(byte)).count();
                self.at += length;
                Token::Word(&rest[..length])
            }
            [b'0'..=b'9', ..]
            | [b'+' | b'-' | b'.', b'0'..=b'9', ..]
            | [b'+' | b'-', b'.', b'0'..=b'9', ..] => self.number(rest)?,
            _ => {
                let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
                let sign =
                    sign.ok_or_else(|| self.wrong(start, ErrorCode::Character, "part of a pattern"))?;
                self.at += sign.len();
                if matches!(sign, "==" | "<>") {
                    self.depart(start, Rule::OperatorName)?;
                }
                Token::Sign(sign)
            }
        };
        Ok((token, start))
    }

    /// Steps over whitespace (Unicode's White_Space, §9.4) and comments.
    fn skip(&mut self) -> Result<(), PatternError> {
        loop {
            let rest = &self.text[self.at..];
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            let end = if let Some(comment) = trimmed.strip_prefix("/*") {
                comment.find("*/").map(|end| end + 4)
            } else if trimmed.starts_with("//") {
                Some(trimmed.find(['\r', '\n']).unwrap_or(trimmed.len()))
            } else {
                return Ok(());
            };
            let end = end.ok_or_else(|| self.wrong(self.at, ErrorCode::Character, "part of a pattern"))?;
            self.depart(self.at, Rule::Comment)?;
            self.at += end;
        }
    }

    /// Notes a departure from the standard, or refuses it.
    pub(crate) fn depart(&mut self, offset: usize, rule: Rule) -> Result<(), PatternError> {
        if self.reading == Reading::Standard {
            return Err(self.wrong(offset, ErrorCode::Standard(rule), rule.expected()));
        }
        self.departures.push(Departure { offset, rule });
        Ok(())
    }

    /// An error about what begins at a byte.
    pub(crate) fn wrong(&self, offset: usize, code: ErrorCode, expected: &'static str) -> PatternError {
        let rest = self.text.get(offset..).unwrap_or_default();
        let found =
            if rest.is_empty() { "the end".to_owned() } else { format!("\"{}\"", shortened(word(rest), 40)) };
        PatternError { offset, code, found, expected }
    }

    /// From the apostrophe at `open` to the next that is not escaped.
    fn quoted(&mut self, open: usize) -> Result<Cow<'a, str>, PatternError> {
        let mut plain = open + 1;
        let mut unescaped = String::new();
        let mut at = plain;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(at) {
                Some(b'\'') => break,
                Some(b'\\') => {
                    if !matches!(bytes.get(at + 1), Some(b'\'' | b'\\')) {
                        return Err(self.wrong(at, ErrorCode::Text, "\\' or \\\\"));
                    }
                    unescaped.push_str(&self.text[plain..at]);
                    plain = at + 1;
                    at += 2;
                }
                Some(_) => at += 1,
                None => {
                    return Err(self.wrong(open, ErrorCode::Text, "a string with an apostrophe at its end"));
                }
            }
        }
        self.at = at + 1;
        let rest = &self.text[plain..at];
        if unescaped.is_empty() && plain == open + 1 {
            return Ok(Cow::Borrowed(rest));
        }
        unescaped.push_str(rest);
        Ok(Cow::Owned(unescaped))
    }

    /// What stands between the apostrophes of `h'…'`, `b'…'` and `t'…'`.
    fn inner(&mut self, code: ErrorCode, expected: &'static str) -> Result<&'a str, PatternError> {
        let inner = &self.text[self.at + 2..];
        let end = inner.find('\'').ok_or_else(|| self.wrong(self.at, code, expected))?;
        Ok(&inner[..end])
    }

    fn hexadecimal(&mut self) -> Result<Token<'a>, PatternError> {
        const EXPECTED: &str = "pairs of hexadecimal digits between apostrophes";
        let inner = self.inner(ErrorCode::Hex, EXPECTED)?;
        let bytes = hex::decode(inner).map_err(|_| self.wrong(self.at, ErrorCode::Hex, EXPECTED))?;
        if inner.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.depart(self.at, Rule::UpperHex)?;
        }
        self.at += inner.len() + 3;
        Ok(Token::Hex(bytes))
    }

    /// Line feeds within it are to be ignored (§9.2).
    fn binary(&mut self) -> Result<Token<'a>, PatternError> {
        const EXPECTED: &str = "base64 between apostrophes";
        let inner = self.inner(ErrorCode::Binary, EXPECTED)?;
        let digits: Cow<'_, str> =
            if inner.contains('\n') { Cow::Owned(inner.replace('\n', "")) } else { Cow::Borrowed(inner) };
        let bytes = BASE64.decode(&*digits).ok().filter(|bytes| !bytes.is_empty());
        let bytes = bytes.ok_or_else(|| self.wrong(self.at, ErrorCode::Binary, EXPECTED))?;
        self.at += inner.len() + 3;
        Ok(Token::Binary(bytes))
    }

    fn timestamp(&mut self) -> Result<Token<'a>, PatternError> {
        const EXPECTED: &str = "t'YYYY-MM-DDTHH:mm:ss[.s]Z' with a time that exists";
        let inner = self.inner(ErrorCode::Timestamp, EXPECTED)?;
        let moment = Moment::parse(inner).map_err(|_| self.wrong(self.at, ErrorCode::Timestamp, EXPECTED))?;
        self.at += inner.len() + 3;
        Ok(Token::Timestamp(moment))
    }

    fn number(&mut self, rest: &'a str) -> Result<Token<'a>, PatternError> {
        let start = self.at;
        let bytes = rest.as_bytes();
        let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let sign = usize::from(matches!(bytes[0], b'+' | b'-'));
        let whole = digits(sign);
        let mut end = sign + whole;
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end += 1 + digits(end + 1);
        } else if whole > 1 && bytes[sign] == b'0' {
            return Err(self.wrong(start, ErrorCode::Number, "a number without zeros before it"));
        }
        if bytes[0] == b'+' {
            self.depart(start, Rule::PlusSign)?;
        }
        self.at += end;
        Ok(Token::Number(&rest[sign_of(bytes)..end]))
    }
}

/// Bytes of a plus sign, which says nothing.
fn sign_of(bytes: &[u8]) -> usize {
    usize::from(bytes.first() == Some(&b'+'))
}

/// What an error shows of the rest of a pattern: up to the next space or bracket, and at least one character.
fn word(rest: &str) -> &str {
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let is_quoted = rest.starts_with('\'') || matches!(rest.as_bytes(), [b'h' | b'b' | b't', b'\'', ..]);
    let end = if is_quoted {
        let open = rest.find('\'').unwrap_or(0) + 1;
        rest[open..].find('\'').map_or(rest.len(), |end| open + end + 1)
    } else {
        let ends = |letter: char| letter.is_whitespace() || "[]()='!<>,".contains(letter);
        rest[first..].find(ends).map_or(rest.len(), |end| first + end)
    };
    &rest[..end]
}
