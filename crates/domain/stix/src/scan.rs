//! JSON read in place (RFC 8259): every byte is checked once, and no value is built.
//!
//! What this accepts, `serde_json` reads into a `Value`; a test holds the two against each other.

use crate::swar::plain_until;
use std::borrow::Cow;

/// Why the text cannot be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not JSON here.
    Syntax,
    /// A number that no double holds.
    Number,
    /// Half of a surrogate pair: no Unicode character.
    Surrogate,
}

/// A string, still as it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'a> {
    /// With its quotation marks.
    pub(crate) quoted: &'a str,
    plain: bool,
}

impl<'a> Token<'a> {
    /// What it says.
    pub(crate) fn text(self) -> Cow<'a, str> {
        let inner = self.quoted.get(1..self.quoted.len() - 1).unwrap_or_default();
        if self.plain {
            return Cow::Borrowed(inner);
        }
        // The escapes have been checked.
        serde_json::from_str(self.quoted).map_or(Cow::Borrowed(inner), Cow::Owned)
    }
}

/// A place in a text.
#[derive(Debug, Clone)]
pub(crate) struct Scan<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: usize,
}

impl<'a> Scan<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte that stands here, after white space.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Passes by this byte, after white space.
    pub(crate) fn take(&mut self, byte: u8) -> Result<(), Fault> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(Fault::Syntax)
    }

    /// Passes by a comma (`true`) or by the byte that closes (`false`).
    pub(crate) fn more(&mut self, close: u8) -> Result<bool, Fault> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(Fault::Syntax),
        }
    }

    /// Whether an object or array that has just been opened closes at once; then it is passed by.
    pub(crate) fn is_empty(&mut self, close: u8) -> bool {
        let empty = self.peek() == Some(close);
        self.at += usize::from(empty);
        empty
    }

    /// Passes by a string that begins here.
    pub(crate) fn string(&mut self) -> Result<Token<'a>, Fault> {
        if self.peek() != Some(b'"') {
            return Err(Fault::Syntax);
        }
        let bytes = self.text.as_bytes();
        let begin = self.at;
        let mut plain = true;
        self.at += 1;
        loop {
            self.at = plain_until(bytes, self.at);
            match bytes.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    let quoted = self.text.get(begin..self.at).ok_or(Fault::Syntax)?;
                    return Ok(Token { quoted, plain });
                }
                Some(b'\\') => {
                    plain = false;
                    self.escape()?;
                }
                _ => return Err(Fault::Syntax),
            }
        }
    }

    fn escape(&mut self) -> Result<(), Fault> {
        match self.text.as_bytes().get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 2,
            Some(b'u') => match self.unit()? {
                0xd800..=0xdbff => match self.unit() {
                    Ok(0xdc00..=0xdfff) => {}
                    _ => return Err(Fault::Surrogate),
                },
                0xdc00..=0xdfff => return Err(Fault::Surrogate),
                _ => {}
            },
            _ => return Err(Fault::Syntax),
        }
        Ok(())
    }

    /// Passes by `\uXXXX`.
    fn unit(&mut self) -> Result<u32, Fault> {
        let bytes = self.text.as_bytes().get(self.at..self.at + 6).ok_or(Fault::Syntax)?;
        let [b'\\', b'u', digits @ ..] = bytes else { return Err(Fault::Syntax) };
        let mut value = 0;
        for digit in digits {
            value = value * 16 + char::from(*digit).to_digit(16).ok_or(Fault::Syntax)?;
        }
        self.at += 6;
        Ok(value)
    }

    /// Passes by a number, `true`, `false` or `null`.
    pub(crate) fn scalar(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'n') => self.word("null"),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => Err(Fault::Syntax),
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Fault> {
        let here = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if !here.starts_with(word.as_bytes()) {
            return Err(Fault::Syntax);
        }
        self.at += word.len();
        Ok(())
    }

    fn digits(&mut self) -> usize {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        count
    }

    fn number(&mut self) -> Result<(), Fault> {
        let bytes = self.text.as_bytes();
        let begin = self.at;
        self.at += usize::from(bytes.get(self.at) == Some(&b'-'));
        let zero = bytes.get(self.at) == Some(&b'0');
        let whole = self.digits();
        if whole == 0 || (zero && whole > 1) {
            return Err(Fault::Syntax);
        }
        if bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            if self.digits() == 0 {
                return Err(Fault::Syntax);
            }
        }
        let exponent = matches!(bytes.get(self.at), Some(b'e' | b'E'));
        if exponent {
            self.at += 1;
            self.at += usize::from(matches!(bytes.get(self.at), Some(b'+' | b'-')));
            if self.digits() == 0 {
                return Err(Fault::Syntax);
            }
        }
        // Below 10^300 whatever the fraction.
        if !exponent && whole <= 300 {
            return Ok(());
        }
        let text = self.text.get(begin..self.at).ok_or(Fault::Syntax)?;
        text.parse::<f64>().ok().filter(|value| value.is_finite()).map(drop).ok_or(Fault::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    fn value(scan: &mut Scan<'_>) -> Result<(), Fault> {
        match scan.peek() {
            Some(b'"') => scan.string().map(drop),
            Some(b'[') => {
                scan.take(b'[')?;
                if !scan.is_empty(b']') {
                    value(scan)?;
                    while scan.more(b']')? {
                        value(scan)?;
                    }
                }
                Ok(())
            }
            Some(b'{') => {
                scan.take(b'{')?;
                if scan.is_empty(b'}') {
                    return Ok(());
                }
                loop {
                    scan.string()?;
                    scan.take(b':')?;
                    value(scan)?;
                    if !scan.more(b'}')? {
                        return Ok(());
                    }
                }
            }
            _ => scan.scalar(),
        }
    }

    fn accepted(text: &str) -> bool {
        let mut scan = Scan::new(text);
        value(&mut scan).is_ok() && scan.peek().is_none()
    }

    #[test]
    fn serde_json_says_the_same() {
        let samples = [
            "",
            " ",
            "{",
            "{}",
            "[]",
            "[1,]",
            "[,1]",
            "{\"a\":1,}",
            "{,}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "tru",
            "truex",
            "nul",
            "\"\\u0041\"",
            "\"\\u00\"",
            "\"\\x\"",
            "\"\\/\"",
            "\"\t\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\ud83dx\"",
            "\"\\",
            "\"",
            "-0",
            "0",
            "00",
            "01",
            "-",
            "1.",
            ".5",
            "1e",
            "1e+",
            "1E5",
            "1e400",
            "-1e400",
            "1e-400",
            "0e999999999999",
            "1.0e5",
            "+1",
            "1 2",
            "[1 2]",
            "\u{feff}1",
            " [ 1 , { \"a\" : null } ] ",
            "NaN",
            "'a'",
        ];
        for text in samples {
            assert_eq!(accepted(text), serde_json::from_str::<Value>(text).is_ok(), "{text}");
        }
        for digits in [300, 301, 308, 309, 310, 400] {
            let text = "9".repeat(digits);
            assert_eq!(accepted(&text), serde_json::from_str::<Value>(&text).is_ok(), "{digits} digits");
        }
    }

    #[test]
    fn strings_say_what_serde_json_says() {
        for text in [r#""a""#, r#""a\nb\u00e9\ud83d\ude00\"\\""#, r#""""#] {
            let token = Scan::new(text).string().unwrap();
            assert_eq!(token.text(), serde_json::from_str::<String>(text).unwrap());
        }
    }

    proptest! {
        #[test]
        fn serde_json_says_the_same_of_anything(text in "[\\[\\]{},:\"0-9eE.+\\-a\\\\u truefalsn]{0,24}") {
            prop_assert_eq!(accepted(&text), serde_json::from_str::<Value>(&text).is_ok(), "{}", text);
        }
    }
}
