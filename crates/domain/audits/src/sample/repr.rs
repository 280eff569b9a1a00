//! Text as Python's `repr` writes it: the names of ballots are hashed in this form (Arlo, `audit_math/sampler.py`).

use super::printable::is_printable;
use std::fmt::Write as _;

/// `repr(text)` of CPython 3: single quotes, unless the text has one and no double quote; backslash, the quote in use
/// and line ends escaped; what `str.isprintable` calls not printable as `\xNN`, `\uNNNN` or `\UNNNNNNNN`.
///
/// Characters that a version of Unicode does not have yet are not printable; versions of Python differ in these alone.
/// This follows Python 3.11 ([`super::UNICODE_VERSION`]).
pub fn python_repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut written = String::with_capacity(text.len() + 2);
    written.push(quote);
    for letter in text.chars() {
        match letter {
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            _ if letter == quote => {
                written.push('\\');
                written.push(letter);
            }
            _ if is_printable(letter) => written.push(letter),
            _ => {
                let code = u32::from(letter);
                // Writing to a text cannot fail.
                let _ = match code {
                    0..=0xff => write!(written, "\\x{code:02x}"),
                    0x100..=0xffff => write!(written, "\\u{code:04x}"),
                    _ => write!(written, "\\U{code:08x}"),
                };
            }
        }
    }
    written.push(quote);
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CPython 3.11.2, `repr`.
    #[test]
    fn texts_are_written_as_python_writes_them() {
        for (text, written) in [
            ("", "''"),
            ("J0", "'J0'"),
            ("it's", "\"it's\""),
            ("it's \"x\"", "'it\\'s \"x\"'"),
            ("a\\b\n\r\t\u{7f}", "'a\\\\b\\n\\r\\t\\x7f'"),
            ("\u{a0}\u{ad}é北", "'\\xa0\\xadé北'"),
            ("\u{200d}\u{2028}\u{e000}", "'\\u200d\\u2028\\ue000'"),
            ("\u{1f600}\u{e0001}", "'\u{1f600}\\U000e0001'"),
            ("a \"b\" c\0\u{1b}", "'a \"b\" c\\x00\\x1b'"),
            ("\u{3000}\u{feff}\u{378}\u{10ffff}", "'\\u3000\\ufeff\\u0378\\U0010ffff'"),
        ] {
            assert_eq!(python_repr(text), written);
        }
    }
}
