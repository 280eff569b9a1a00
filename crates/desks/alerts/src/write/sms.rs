//! How a text travels as SMS: in which alphabet, in how many parts (3GPP TS 23.038 and 23.040).

/// The basic alphabet of TS 23.038, 6.2.1, without the escape to the extension table.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table of 6.2.1.1: two septets each.
const EXTENSION: &str = "\u{c}^{}\\[~]|€";

/// The alphabet of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alphabet {
    /// Seven bits for most letters of western languages.
    Gsm7,
    /// Sixteen bits for everything else.
    Ucs2,
}

/// How a text travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parts {
    /// In which alphabet.
    pub(crate) alphabet: Alphabet,
    /// Septets, or units of sixteen bits.
    pub(crate) units: usize,
    /// How many messages the network counts.
    pub(crate) parts: u64,
}

/// Units that a letter takes in a alphabet of seven bits; `None` where it has no place there.
fn septets(letter: char) -> Option<usize> {
    if BASIC.contains(letter) { Some(1) } else { EXTENSION.contains(letter).then_some(2) }
}

/// How a text travels. A letter of two units is never cut between two parts.
pub(crate) fn parts(text: &str) -> Parts {
    let seven: Option<Vec<usize>> = text.chars().map(septets).collect();
    let (alphabet, letters, whole, each) = match seven {
        Some(letters) => (Alphabet::Gsm7, letters, 160, 153),
        None => (Alphabet::Ucs2, text.chars().map(char::len_utf16).collect(), 70, 67),
    };
    let units: usize = letters.iter().sum();
    if units <= whole {
        return Parts { alphabet, units, parts: u64::from(units > 0) };
    }
    let (mut parts, mut used) = (1, 0);
    for letter in letters {
        if used + letter > each {
            parts += 1;
            used = 0;
        }
        used += letter;
    }
    Parts { alphabet, units, parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabet_and_number_of_parts_follow_from_the_letters() {
        let cases = [
            (String::new(), Alphabet::Gsm7, 0, 0),
            ("a".repeat(160), Alphabet::Gsm7, 160, 1),
            ("a".repeat(161), Alphabet::Gsm7, 161, 2),
            ("a".repeat(306), Alphabet::Gsm7, 306, 2),
            ("a".repeat(307), Alphabet::Gsm7, 307, 3),
            ("€".repeat(80), Alphabet::Gsm7, 160, 1),
            // 76 of two septets fit into 153: one septet of each part stays empty.
            ("€".repeat(153), Alphabet::Gsm7, 306, 3),
            ("é".repeat(160), Alphabet::Gsm7, 160, 1),
            ("ê".repeat(70), Alphabet::Ucs2, 70, 1),
            ("ê".repeat(71), Alphabet::Ucs2, 71, 2),
            ("ع".repeat(134), Alphabet::Ucs2, 134, 2),
            ("ع".repeat(135), Alphabet::Ucs2, 135, 3),
            ("😀".repeat(35), Alphabet::Ucs2, 70, 1),
            // A pair is not cut: 33 pairs of 67 units.
            ("😀".repeat(67), Alphabet::Ucs2, 134, 3),
        ];
        for (text, alphabet, units, count) in cases {
            assert_eq!(parts(&text), Parts { alphabet, units, parts: count }, "{text}");
        }
    }

    #[test]
    fn the_basic_alphabet_has_the_letters_of_the_standard() {
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENSION.chars().count(), 10);
    }
}
