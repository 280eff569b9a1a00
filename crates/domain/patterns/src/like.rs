//! `LIKE`: `%` is any number of characters, `_` is one (STIX 2.1 §9.6.1).

use crate::error::EvalError;
use crate::work::Work;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization as _;

/// The constant of a `LIKE`.
#[derive(Debug, Clone)]
pub struct Like {
    source: Box<str>,
    prepared: OnceLock<Box<Prepared>>,
}

#[derive(Debug, Clone)]
struct Prepared {
    letters: Vec<Piece<char>>,
    /// For binary properties; `None` where a character has no byte.
    bytes: Option<Vec<Piece<u8>>>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Piece<T> {
    Many,
    One,
    This(T),
}

impl PartialEq for Like {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Like {
    /// With this constant.
    pub fn new(source: &str) -> Self {
        Self { source: source.into(), prepared: OnceLock::new() }
    }

    /// As the pattern has it.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The constant's parts without wildcards, NFC-normalised: every text that it matches contains each of them.
    pub fn literals(&self) -> Vec<String> {
        let normal: String = self.source.nfc().collect();
        normal.split(['%', '_']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// Whether it matches a text, which must be NFC-normalised.
    pub(crate) fn matches_text(&self, text: &str, work: &mut Work) -> Result<bool, EvalError> {
        glob(&self.prepared().letters, text.chars(), text.len(), work)
    }

    /// Whether it matches octets, each of which stands for the character of its number (§9.6.4).
    pub(crate) fn matches_bytes(&self, bytes: &[u8], work: &mut Work) -> Result<bool, EvalError> {
        match &self.prepared().bytes {
            Some(pieces) => glob(pieces, bytes.iter().copied(), bytes.len(), work),
            None => Ok(false),
        }
    }

    fn prepared(&self) -> &Prepared {
        self.prepared.get_or_init(|| {
            let letters: Vec<Piece<char>> = self.source.nfc().map(piece).collect();
            let bytes = letters.iter().map(byte).collect();
            Box::new(Prepared { letters, bytes })
        })
    }
}

fn piece(letter: char) -> Piece<char> {
    match letter {
        '%' => Piece::Many,
        '_' => Piece::One,
        other => Piece::This(other),
    }
}

fn byte(piece: &Piece<char>) -> Option<Piece<u8>> {
    Some(match piece {
        Piece::Many => Piece::Many,
        Piece::One => Piece::One,
        Piece::This(letter) => Piece::This(u8::try_from(u32::from(*letter)).ok()?),
    })
}

/// Goes back to the last `%` only: enough for wildcards, and at most pieces × length steps, which are counted.
fn glob<T: PartialEq + Copy>(
    pieces: &[Piece<T>],
    text: impl Iterator<Item = T> + Clone,
    length: usize,
    work: &mut Work,
) -> Result<bool, EvalError> {
    work.spend_text(length)?;
    let mut rest = text;
    let mut at = 0;
    let mut back: Option<(usize, _)> = None;
    let mut steps = 0_u64;
    loop {
        steps += 1;
        if steps.is_multiple_of(64) {
            work.spend(1)?;
        }
        if pieces.get(at) == Some(&Piece::Many) {
            at += 1;
            back = Some((at, rest.clone()));
            continue;
        }
        let mut ahead = rest.clone();
        let letter = ahead.next();
        let fits = match (pieces.get(at), letter) {
            (None, None) => return Ok(true),
            (Some(Piece::One), Some(_)) => true,
            (Some(Piece::This(wanted)), Some(letter)) => *wanted == letter,
            _ => false,
        };
        if fits {
            (at, rest) = (at + 1, ahead);
            continue;
        }
        // One more character belongs to the last `%`.
        let Some((after, mut from)) = back.take() else { return Ok(false) };
        if from.next().is_none() {
            return Ok(false);
        }
        (at, rest) = (after, from.clone());
        back = Some((after, from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::EvalLimits;

    fn like(pattern: &str, text: &str) -> bool {
        Like::new(pattern).matches_text(text, &mut Work::new(&EvalLimits::default())).unwrap()
    }

    #[test]
    fn wildcards_match_as_in_sql() {
        for (pattern, text) in [
            ("", ""),
            ("%", ""),
            ("%%", "x"),
            ("a%", "a"),
            ("%a", "ba"),
            ("_", "é"),
            ("a_c", "abc"),
            ("%b%", "abc"),
            ("%ab%ab", "abababab"),
            ("a%b%c", "a.b.b.c"),
            ("C:\\%\\foo", "C:\\x\\y\\foo"),
            ("%\n%", "a\nb"),
        ] {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "a"),
            ("_", ""),
            ("a", "A"),
            ("a%", "ba"),
            ("%a", "ab"),
            ("a_c", "ac"),
            ("a.c", "abc"),
            ("__", "é"),
            ("%ab", "aba"),
        ] {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn a_hostile_pattern_is_stopped() {
        let like = Like::new(&"%a".repeat(5_000));
        let text = "a".repeat(1_000_000) + "b";
        let mut work = Work::new(&EvalLimits { steps: 1_000, ..EvalLimits::default() });
        assert!(matches!(like.matches_text(&text, &mut work), Err(EvalError::TooMuchWork { .. })));
    }

    #[test]
    fn the_parts_without_wildcards_are_known() {
        assert_eq!(Like::new("%vote_gov%").literals(), ["vote", "gov"]);
        assert!(Like::new("%_%").literals().is_empty());
    }
}
