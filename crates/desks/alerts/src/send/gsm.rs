//! How many parts a short message takes: the 7-bit alphabet of GSM (3GPP TS 23.038, 6.2.1), else UCS-2.

/// The basic table, without the escape character.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
    ¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table: each takes two places.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// In which alphabet a text travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Seven bits a character.
    Gsm7,
    /// Sixteen bits a character.
    Ucs2,
}

impl Coding {
    /// The value of Kannel's parameter `coding`.
    pub(crate) fn kannel(self) -> &'static str {
        match self {
            Self::Gsm7 => "0",
            Self::Ucs2 => "2",
        }
    }

    /// Places of one message, and of each part of a message in several parts.
    fn places(self) -> (usize, usize) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }
}

/// Places that a character takes in the 7-bit alphabet; `None`: it is not in it.
fn width(c: char) -> Option<usize> {
    if BASIC.contains(c) {
        Some(1)
    } else if EXTENDED.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// In which alphabet a text travels, and in how many parts (at least one). Whoever splits it keeps a character of two
/// places whole: such a text may take one part more than a plain division says.
pub fn parts(text: &str) -> (Coding, usize) {
    let widths: Option<Vec<usize>> = text.chars().map(width).collect();
    let (coding, widths) = match widths {
        Some(widths) => (Coding::Gsm7, widths),
        None => (Coding::Ucs2, text.chars().map(char::len_utf16).collect()),
    };
    let (whole, part) = coding.places();
    if widths.iter().sum::<usize>() <= whole {
        return (coding, 1);
    }
    let (mut count, mut filled) = (1, 0);
    for width in widths {
        if filled + width > part {
            count += 1;
            filled = 0;
        }
        filled += width;
    }
    (coding, count)
}

/// Replaces what typographers write by what the 7-bit alphabet has, so that one curly quotation mark does not double the
/// price of a message. Letters stay as they are.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{2032}' => out.push('\''),
            '\u{201c}' | '\u{201d}' | '\u{201e}' | '«' | '»' | '\u{2033}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '\u{2026}' => out.push_str("..."),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\t' | '\n' | '\r' => {
                out.push(' ')
            }
            '\u{200b}' | '\u{ad}' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures of 3GPP TS 23.038 and 23.040: 160 and 153 places of seven bits, 70 and 67 of sixteen.
    #[test]
    fn texts_are_divided_as_networks_do() {
        let x = |count: usize| "x".repeat(count);
        assert_eq!(BASIC.chars().count(), 127, "128 places less the escape");
        for (text, wanted) in [
            (String::new(), (Coding::Gsm7, 1)),
            (x(160), (Coding::Gsm7, 1)),
            (x(161), (Coding::Gsm7, 2)),
            (x(306), (Coding::Gsm7, 2)),
            (x(307), (Coding::Gsm7, 3)),
            (format!("{}€", x(158)), (Coding::Gsm7, 1)),
            (format!("{}€", x(159)), (Coding::Gsm7, 2)),
            // The euro sign does not fit into the last place of the second part.
            (format!("{}€", x(305)), (Coding::Gsm7, 3)),
            ("س".repeat(70), (Coding::Ucs2, 1)),
            ("س".repeat(71), (Coding::Ucs2, 2)),
            ("س".repeat(134), (Coding::Ucs2, 2)),
            ("س".repeat(135), (Coding::Ucs2, 3)),
            (format!("{}ç", x(69)), (Coding::Ucs2, 1)),
            // Outside of the basic plane a character takes two places.
            ("😀".repeat(35), (Coding::Ucs2, 1)),
            ("😀".repeat(36), (Coding::Ucs2, 2)),
        ] {
            assert_eq!(parts(&text), wanted, "{text}");
        }
    }

    #[test]
    fn typography_costs_nothing_and_letters_stay() {
        assert_eq!(plain("“Don’t” – wait…\u{a0}now"), "\"Don't\" - wait... now");
        assert_eq!(parts(&plain("“Don’t” – wait…")).0, Coding::Gsm7);
        assert_eq!(plain("façade تمرين"), "façade تمرين");
    }
}
