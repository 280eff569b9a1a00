//! Classes in brackets, and escapes that mean the same within them and outside.

use super::translate::{Alphabet, HORIZONTAL, Translator, VERTICAL};
use crate::error::Unsupported;
use std::fmt::Write as _;

const POSIX: [&str; 14] = [
    "alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space",
    "upper", "word", "xdigit",
];

/// What stood last in a class: only behind a single character can a hyphen make a range.
#[derive(PartialEq, Clone, Copy)]
enum Last {
    Nothing,
    Character,
    Other,
}

/// One item of a class.
enum Item {
    Character(char),
    /// Several characters, which were written.
    Set,
}

/// A class; its opening bracket was read.
pub(super) fn class(translator: &mut Translator<'_>) -> Result<(), Unsupported> {
    const UNCLOSED: Unsupported = Unsupported::Construct("a class without an end");
    translator.out.push('[');
    if translator.take("^") {
        translator.out.push('^');
    }
    let mut last = Last::Nothing;
    let mut is_first = true;
    loop {
        let letter = translator.next().ok_or(UNCLOSED)?;
        match letter {
            ']' if !is_first => {
                translator.out.push(']');
                return Ok(());
            }
            '-' if last == Last::Character && !matches!(translator.peek(), None | Some(']')) => {
                last = range(translator)?;
            }
            _ => {
                last = match item(translator, letter)? {
                    Item::Character(character) => {
                        translator.write(character);
                        Last::Character
                    }
                    Item::Set => Last::Other,
                };
            }
        }
        is_first = false;
    }
}

/// Behind a character and a hyphen: a range, or the hyphen itself where a set follows.
fn range(translator: &mut Translator<'_>) -> Result<Last, Unsupported> {
    let before = translator.out.len();
    let Some(letter) = translator.next() else {
        return Err(Unsupported::Construct("a class without an end"));
    };
    match item(translator, letter)? {
        Item::Character(character) => {
            translator.out.push('-');
            translator.write(character);
        }
        Item::Set => translator.out.insert_str(before, "\\-"),
    }
    Ok(Last::Other)
}

fn item(translator: &mut Translator<'_>, letter: char) -> Result<Item, Unsupported> {
    match letter {
        '[' if matches!(translator.peek(), Some(':' | '.' | '=')) => posix(translator),
        '\\' => {
            let Some(letter) = translator.next() else {
                return Err(Unsupported::Construct("a backslash at the end"));
            };
            match letter {
                'b' => Ok(Item::Character('\u{8}')),
                '0'..='7' => octal(translator, letter).map(Item::Character),
                'Q' | 'E' | 'N' | 'R' | 'X' | 'B' | 'A' | 'Z' | 'z' | 'G' | 'K' => {
                    Err(Unsupported::Construct("an escape within a class"))
                }
                _ if shorthand(translator, letter)? => Ok(Item::Set),
                _ => escaped(translator, letter).map(Item::Character),
            }
        }
        other => Ok(Item::Character(other)),
    }
}

/// `[:alpha:]`, or a bracket that stands for itself.
fn posix(translator: &mut Translator<'_>) -> Result<Item, Unsupported> {
    let rest: String = translator.source[translator.at..].iter().take(12).collect();
    let Some((name, _)) =
        rest.get(1..).and_then(|rest| rest.split_once(":]")).filter(|_| rest.starts_with(':'))
    else {
        let closes = rest.contains(".]") || rest.contains("=]");
        if closes && !rest.starts_with(':') {
            return Err(Unsupported::Construct("collating elements"));
        }
        return Ok(Item::Character('['));
    };
    let plain = name.strip_prefix('^').unwrap_or(name);
    if !POSIX.contains(&plain) {
        return Err(Unsupported::Construct("an unknown POSIX class"));
    }
    let _ = write!(translator.out, "[:{name}:]");
    translator.at += name.chars().count() + 3;
    Ok(Item::Set)
}

/// Writes an escape that stands for several characters; `false` where it stands for one.
pub(super) fn shorthand(translator: &mut Translator<'_>, letter: char) -> Result<bool, Unsupported> {
    match letter {
        'd' | 'D' | 'w' | 'W' | 's' | 'S' => {
            translator.out.push('\\');
            translator.out.push(letter);
        }
        'h' => set(translator, "[", HORIZONTAL),
        'H' => set(translator, "[^", HORIZONTAL),
        'v' => set(translator, "[", VERTICAL),
        'V' => set(translator, "[^", VERTICAL),
        'p' | 'P' => {
            if translator.alphabet == Alphabet::Octets {
                return Err(Unsupported::Construct("Unicode properties of octets"));
            }
            let mut name = String::new();
            match translator.next() {
                Some('{') => {
                    while let Some(part) = translator.next().filter(|part| *part != '}') {
                        name.push(part);
                    }
                }
                Some(one) => name.push(one),
                None => {}
            }
            let is_name = |part: char| part.is_ascii_alphanumeric() || part == '_' || part == ' ';
            if name.is_empty() || !name.chars().all(is_name) {
                return Err(Unsupported::Construct("a Unicode property"));
            }
            let _ = write!(translator.out, "\\{letter}{{{name}}}");
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn set(translator: &mut Translator<'_>, open: &str, ranges: &[(u32, u32)]) {
    translator.out.push_str(open);
    for (first, last) in ranges {
        match translator.alphabet {
            Alphabet::Letters => {
                let _ = write!(translator.out, "\\x{{{first:X}}}-\\x{{{last:X}}}");
            }
            Alphabet::Octets if *first < 0x100 => {
                let _ = write!(translator.out, "\\x{first:02X}-\\x{last:02X}");
            }
            Alphabet::Octets => {}
        }
    }
    translator.out.push(']');
}

/// The one character that an escape stands for.
pub(super) fn escaped(translator: &mut Translator<'_>, letter: char) -> Result<char, Unsupported> {
    Ok(match letter {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'f' => '\u{C}',
        'a' => '\u{7}',
        'e' => '\u{1B}',
        '0' => octal(translator, '0')?,
        'x' => hexadecimal(translator)?,
        'c' => match translator.next() {
            Some(key) if key.is_ascii_graphic() => {
                let byte = u8::try_from(u32::from(key.to_ascii_uppercase())).unwrap_or_default();
                char::from(byte ^ 0x40)
            }
            _ => return Err(Unsupported::Construct("\\c")),
        },
        other if other.is_ascii_alphanumeric() => return Err(Unsupported::Construct("an unknown escape")),
        other => other,
    })
}

/// Up to three octal digits; the first was read.
fn octal(translator: &mut Translator<'_>, first: char) -> Result<char, Unsupported> {
    let mut number = first.to_digit(8).unwrap_or_default();
    for _ in 0..2 {
        let Some(digit) = translator.peek().and_then(|digit| digit.to_digit(8)) else { break };
        number = number * 8 + digit;
        translator.at += 1;
    }
    char::from_u32(number).ok_or(Unsupported::Construct("an octal number"))
}

/// `\x41`, `\x4`, `\x{1F600}`; the x was read.
fn hexadecimal(translator: &mut Translator<'_>) -> Result<char, Unsupported> {
    let is_braced = translator.take("{");
    let most = if is_braced { 8 } else { 2 };
    let mut number = 0_u32;
    for _ in 0..most {
        let Some(digit) = translator.peek().and_then(|digit| digit.to_digit(16)) else { break };
        number = number.checked_mul(16).ok_or(Unsupported::Construct("\\x{…}"))? + digit;
        translator.at += 1;
    }
    if is_braced && !translator.take("}") {
        return Err(Unsupported::Construct("\\x{…}"));
    }
    char::from_u32(number).ok_or(Unsupported::Construct("\\x{…}"))
}
