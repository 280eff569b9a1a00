//! The text form: words that say what it is, and Crockford's base 32 in groups with check characters. Every character
//! is of QR's alphanumeric mode.

use crate::{Broken, Part, Status};

/// Crockford's alphabet: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of data in a group: 25 bytes.
const GROUP: usize = 40;
/// Largest prime below 32^2: two check characters.
const PRIME: u32 = 1_021;
/// Longest text that is read, in bytes; spaces, dashes and line ends included.
pub const MAX_ARMOUR_BYTES: usize = 16 << 10;
const BEGIN: &str = "SCRUTINEER";

/// What the words in front of a text form say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// A bundle with its proof.
    Proven(Status),
    /// The short form: without the proof that the log includes it.
    Unproven(Status),
    /// The secret of a polling station; it never leaves the sealed sheet.
    Secret,
}

impl Label {
    /// All labels.
    const ALL: [Self; 7] = [
        Self::Proven(Status::Actual),
        Self::Proven(Status::Exercise),
        Self::Proven(Status::Test),
        Self::Unproven(Status::Actual),
        Self::Unproven(Status::Exercise),
        Self::Unproven(Status::Test),
        Self::Secret,
    ];

    /// The words, without `SCRUTINEER` before and the colon after them.
    pub fn words(self) -> &'static str {
        match self {
            Self::Proven(Status::Actual) => "ALERT 1 ACTUAL WITH PROOF OF INCLUSION",
            Self::Proven(Status::Exercise) => "EXERCISE EXERCISE 1 NOT AN ALERT WITH PROOF OF INCLUSION",
            Self::Proven(Status::Test) => "TEST TEST 1 NOT AN ALERT WITH PROOF OF INCLUSION",
            Self::Unproven(Status::Actual) => "ALERT 1 ACTUAL WITHOUT PROOF OF INCLUSION",
            Self::Unproven(Status::Exercise) => "EXERCISE EXERCISE 1 NOT AN ALERT WITHOUT PROOF OF INCLUSION",
            Self::Unproven(Status::Test) => "TEST TEST 1 NOT AN ALERT WITHOUT PROOF OF INCLUSION",
            Self::Secret => "STATION SECRET 1 KEEP SEALED",
        }
    }
}

/// The text form of bytes.
pub fn to_armour(label: Label, bytes: &[u8]) -> String {
    let mut text = format!("{BEGIN} {}:", label.words());
    let (mut group, mut number) = (Vec::new(), 0);
    for symbol in symbols(bytes) {
        group.push(symbol);
        if group.len() == GROUP {
            close_group(&mut text, &mut group, &mut number);
        }
    }
    close_group(&mut text, &mut group, &mut number);
    text
}

fn close_group(text: &mut String, group: &mut Vec<u8>, number: &mut u32) {
    if group.is_empty() {
        return;
    }
    for symbol in group.iter().copied().chain(check(*number, group)) {
        text.push(char::from(ALPHABET.get(usize::from(symbol)).copied().unwrap_or(b'0')));
    }
    group.clear();
    *number += 1;
}

/// Two symbols for a group: a polynomial over its symbols modulo 1,021 that begins with the group's number. It finds
/// every single wrong character, every two that changed places, and a group in the wrong place.
fn check(number: u32, group: &[u8]) -> [u8; 2] {
    let sum = group.iter().fold(number % PRIME, |sum, symbol| (sum * 33 + u32::from(*symbol)) % PRIME);
    let part = |value: u32| u8::try_from(value).unwrap_or(0);
    [part(sum / 32), part(sum % 32)]
}

fn symbols(bytes: &[u8]) -> Vec<u8> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0u16, 0u32);
    for byte in bytes {
        held = (held << 8 | u16::from(*byte)) & 0x0FFF;
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(low_bits(held >> bits));
        }
    }
    if bits > 0 {
        out.push(low_bits(held << (5 - bits)));
    }
    out
}

fn low_bits(value: u16) -> u8 {
    u8::try_from(value & 31).unwrap_or(0)
}

/// Whether a text begins as a text form does.
pub fn looks_armoured(text: &str) -> bool {
    let (front, rest) = text.trim_start().split_at_checked(BEGIN.len()).unwrap_or_default();
    front.eq_ignore_ascii_case(BEGIN) && rest.starts_with(char::is_whitespace)
}

/// Reads a text form. Upper and lower case, spaces, dashes and line ends do not matter; O is read as 0, I and L as 1.
///
/// # Errors
/// [`Broken`] with [`Part::Armour`]; for a wrong check character the offset is the number of the group, from 0.
pub fn from_armour(text: &str) -> Result<(Label, Vec<u8>), Broken> {
    let broken = |offset, what| Broken { part: Part::Armour, offset, what };
    if text.len() > MAX_ARMOUR_BYTES {
        return Err(broken(0, "it is longer than 16 KiB"));
    }
    let (head, data) = text.split_once(':').ok_or(broken(0, "no colon after the words in front"))?;
    let words: Vec<String> = head.split_whitespace().map(str::to_ascii_uppercase).collect();
    let words = words.join(" ");
    let label = Label::ALL
        .into_iter()
        .find(|label| {
            words.strip_prefix(BEGIN).is_some_and(|rest| rest.strip_prefix(' ') == Some(label.words()))
        })
        .ok_or(broken(0, "the words in front are none that are known"))?;
    let mut found = Vec::new();
    for c in data.chars().filter(|c| !c.is_whitespace() && *c != '-') {
        found.push(symbol(c).ok_or(broken(found.len() / (GROUP + 2), "a character that is not used here"))?);
    }
    let mut all = Vec::new();
    for (number, group) in found.chunks(GROUP + 2).enumerate() {
        let (group, sum) =
            group.split_last_chunk::<2>().ok_or(broken(number, "the last group is cut off"))?;
        if group.is_empty() || check(u32::try_from(number).unwrap_or(0), group) != *sum {
            return Err(broken(
                number,
                "the check characters of this group do not fit: type the group again",
            ));
        }
        all.extend(group);
    }
    bytes_of(&all).map(|bytes| (label, bytes)).ok_or(broken(0, "the end has another form"))
}

fn symbol(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|one| char::from(*one) == c).and_then(|at| u8::try_from(at).ok())
}

/// The bytes of symbols; `None` when bits that stand for nothing are set, or there is a symbol too many.
fn bytes_of(symbols: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut held, mut bits) = (Vec::new(), 0u16, 0u32);
    for symbol in symbols {
        held = (held << 5 | u16::from(*symbol)) & 0x0FFF;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xFF).ok()?);
        }
    }
    let rest = held & ((1 << bits) - 1);
    (bits < 5 && rest == 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_come_back(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0usize..7) {
            let label = Label::ALL[which];
            let text = to_armour(label, &bytes);
            prop_assert!(text.bytes().all(|c| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(&c)));
            prop_assert_eq!(from_armour(&text).unwrap(), (label, bytes.clone()));
            let spread: String = text.to_lowercase().chars().flat_map(|c| if c == ':' { vec![c, '\n'] } else { vec![c] }).collect();
            prop_assert_eq!(from_armour(&spread).unwrap(), (label, bytes));
        }
    }

    #[test]
    fn every_wrong_character_and_every_exchange_of_neighbours_is_found_with_its_group() {
        let bytes: Vec<u8> = (0..90).map(|n: u8| n.wrapping_mul(37)).collect();
        let text = to_armour(Label::Unproven(Status::Actual), &bytes);
        let start = text.find(':').unwrap() + 1;
        for at in start..text.len() {
            let group = (at - start) / 42;
            for c in ALPHABET.iter().map(|c| char::from(*c)).filter(|c| !text[at..].starts_with(*c)) {
                let mut wrong = text.clone();
                wrong.replace_range(at..=at, &c.to_string());
                assert_eq!(from_armour(&wrong).unwrap_err().offset, group);
            }
            if at + 1 < text.len() && text[at..=at] != text[at + 1..at + 2] {
                let mut wrong = text.clone();
                let pair = format!("{}{}", &text[at + 1..at + 2], &text[at..=at]);
                wrong.replace_range(at..at + 2, &pair);
                assert!(from_armour(&wrong).is_err(), "{at}");
            }
        }
        let swapped = format!(
            "{}{}{}{}",
            &text[..start],
            &text[start + 42..start + 84],
            &text[start..start + 42],
            &text[start + 84..]
        );
        assert_eq!(from_armour(&swapped).unwrap_err().offset, 0);
    }

    #[test]
    fn other_texts_are_refused() {
        for wrong in [
            "",
            "SCRUTINEER",
            "SCRUTINEER ALERT 1 ACTUAL:00",
            "hello: 00",
            "SCRUTINEER STATION SECRET 1 KEEP SEALED:U",
        ] {
            assert!(from_armour(wrong).is_err(), "{wrong}");
        }
        assert!(from_armour(&"x".repeat(MAX_ARMOUR_BYTES + 1)).is_err());
        assert_eq!(from_armour("SCRUTINEER STATION SECRET 1 KEEP SEALED:").unwrap().1, b"");
    }
}
