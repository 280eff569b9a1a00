//! Words that are read aloud: four lists of 1,024 short words, made for this, without two that look or sound alike.

use scr_canon::Hash32;
use serde::Serialize;

/// Words in each list.
pub const LIST: usize = 1_024;
/// Words that two stations compare: 60 bits.
pub const COMPARED: usize = 6;

/// A language that words are read in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tongue {
    /// English.
    En,
    /// French.
    Fr,
    /// Spanish.
    Es,
    /// Arabic.
    Ar,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::En, Self::Fr, Self::Es, Self::Ar];

    /// The language of an ISO 639-1 code; `None` for those that have no list.
    pub fn of_code(code: &str) -> Option<Self> {
        match code {
            "en" => Some(Self::En),
            "fr" => Some(Self::Fr),
            "es" => Some(Self::Es),
            "ar" => Some(Self::Ar),
            _ => None,
        }
    }

    /// Its words, in the order of their numbers.
    pub fn words(self) -> Vec<&'static str> {
        let list = match self {
            Self::En => include_str!("en.txt"),
            Self::Fr => include_str!("fr.txt"),
            Self::Es => include_str!("es.txt"),
            Self::Ar => include_str!("ar.txt"),
        };
        list.split_whitespace().collect()
    }

    /// What numbers below 1,024 are read as.
    pub fn say(self, numbers: &[u16]) -> Vec<&'static str> {
        let words = self.words();
        numbers.iter().filter_map(|number| words.get(usize::from(*number)).copied()).collect()
    }

    /// The number of a word as somebody typed it: case, accents and Arabic spelling of alif, ya, ta marbuta and hamza do not
    /// matter; everything else does. `None` for a word that is not in the list.
    pub fn number(self, typed: &str) -> Option<u16> {
        let typed = folded(typed);
        let at = self.words().iter().position(|word| folded(word) == typed)?;
        u16::try_from(at).ok()
    }

    /// The numbers of words with spaces, dashes or commas between them; `None` when one is not in the list.
    pub fn numbers(self, typed: &str) -> Option<Vec<u16>> {
        let parts = typed.split(|c: char| c.is_whitespace() || "-,;.،".contains(c));
        parts.filter(|part| !part.is_empty()).take(64).map(|word| self.number(word)).collect()
    }
}

/// A word without what people type in more than one way.
pub fn folded(word: &str) -> String {
    let mut out = String::new();
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            'à' | 'â' | 'ä' | 'á' | 'ã' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'î' | 'ï' | 'í' | 'ì' => out.push('i'),
            'ô' | 'ö' | 'ó' | 'ò' | 'õ' => out.push('o'),
            'û' | 'ü' | 'ú' | 'ù' => out.push('u'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            'œ' => out.push_str("oe"),
            'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
            'ى' | 'ئ' => out.push('ي'),
            'ة' => out.push('ه'),
            'ؤ' => out.push('و'),
            // Combining accents, Arabic vowel signs, hamza, tatweel.
            '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | 'ء' | 'ـ' => {}
            other => out.push(other),
        }
    }
    out
}

/// Ten bits each, from the front of a hash: what words stand for.
pub fn word_numbers(hash: &Hash32, count: usize) -> Vec<u16> {
    let mut numbers = Vec::with_capacity(count.min(25));
    let (mut held, mut bits) = (0u32, 0u32);
    for byte in hash.0 {
        held = (held << 8 | u32::from(byte)) & 0x000F_FFFF;
        bits += 8;
        if bits >= 10 && numbers.len() < count {
            bits -= 10;
            numbers.push(u16::try_from(held >> bits & 1_023).unwrap_or(0));
        }
    }
    numbers
}

/// Six words by which two stations find out whether they were sent the same alert: the first 60 bits of SHA-256 over
/// `scrutineer/alert-words/1`, a line end, and the 32 bytes of its leaf hash. They authenticate nothing: whoever
/// forges an alert can compute them.
pub fn comparing_words(leaf: &Hash32, tongue: Tongue) -> Vec<&'static str> {
    let hash = scr_canon::sha256(&[b"scrutineer/alert-words/1\n".as_slice(), &leaf.0].concat());
    tongue.say(&word_numbers(&hash, COMPARED))
}
