//! What a label reads as: the plain letters of look-alike characters, and the shapes that people take for each other.

use super::latin;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Appends the plain letters that a label reads as.
///
/// ASCII stays as it is, except hyphens and underscores, which are left out. Of anything else the compatibility
/// decomposition is taken without marks, then the plain letter of Latin letters that do not decompose, then the
/// prototype of UTS 39 (version of `unicode_security::UNICODE_VERSION`), and the same once more with that. Characters of
/// scripts that nobody reads as Latin stay themselves, unless they stand among Latin letters.
pub(super) fn read(label: &str, out: &mut Vec<char>) {
    if label.is_ascii() {
        out.extend(label.bytes().filter(|byte| !is_joint(char::from(*byte))).map(char::from));
        return;
    }
    let among_latin = label.bytes().any(|byte| byte.is_ascii_lowercase());
    for c in label.chars().filter(|c| !is_joint(*c)) {
        read_one(c, among_latin, out);
    }
}

/// The same for one character, which is no joint.
pub(super) fn read_one(c: char, among_latin: bool, out: &mut Vec<char>) {
    if c.is_ascii() {
        out.push(c);
    } else if among_latin || !keeps_its_script(c) {
        plain(c, out);
    } else {
        out.extend(c.nfc());
    }
}

/// What joins the parts of a label.
pub(super) fn is_joint(c: char) -> bool {
    matches!(c, '-' | '_')
}

fn plain(c: char, out: &mut Vec<char>) {
    for lower in c.to_lowercase() {
        for part in lower.nfkd().filter(|part| !is_combining_mark(*part)) {
            if part.is_ascii_alphanumeric() {
                out.push(part.to_ascii_lowercase());
            } else if let Some(letters) = latin::plain(part) {
                out.extend(letters.chars());
            } else {
                prototype(part, out);
            }
        }
    }
}

fn prototype(c: char, out: &mut Vec<char>) {
    let mut text = [0u8; 4];
    for shape in unicode_security::skeleton(c.encode_utf8(&mut text)) {
        for part in shape.to_lowercase().filter(|part| !is_combining_mark(*part)) {
            match latin::plain(part) {
                Some(letters) => out.extend(letters.chars()),
                None => out.push(part),
            }
        }
    }
}

/// Scripts whose letters have prototypes among Latin letters (an alef is taken for an l) that help nobody to read a
/// word in that script: Hebrew, Arabic, the scripts of India and South-East Asia, Georgian, Hangul, kana, Han.
fn keeps_its_script(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x10FF | 0x1100..=0x11FF | 0x1780..=0x18AF | 0x3000..=0xD7FF | 0xF900..=0xFDFF)
}

/// Appends the shapes of a text that was [`read`]: characters that are taken for each other at a glance become one.
/// Digits stand for letters (0 o, 1 l, 2 z, 3 e, 4 a, 5 s, 7 t, 8 b, 9 g), i is l, e is c, u is v, m and rn are n, vv is w,
/// cl is d, b is d, q is g, z is s, lk is k.
pub(super) fn shape(text: &[char], out: &mut Vec<char>) {
    let mut at = 0;
    while let Some(first) = text.get(at).copied() {
        let (shape, width) = match (first, text.get(at + 1)) {
            ('r', Some('n')) => ('n', 2),
            ('v', Some('v')) => ('w', 2),
            ('c', Some('l')) => ('d', 2),
            ('l', Some('k')) => ('k', 2),
            (one, _) => (class(one), 1),
        };
        out.push(shape);
        at += width;
    }
}

fn class(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | 'i' => 'l',
        '3' | 'e' => 'c',
        '4' => 'a',
        '2' | '5' | 'z' => 's',
        '7' => 't',
        '8' | 'b' => 'd',
        '9' | 'q' => 'g',
        'm' => 'n',
        'u' => 'v',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reads(label: &str) -> String {
        let mut out = Vec::new();
        read(label, &mut out);
        out.into_iter().collect()
    }

    fn shapes(text: &str) -> String {
        let (chars, mut out) = (text.chars().collect::<Vec<_>>(), Vec::new());
        shape(&chars, &mut out);
        out.into_iter().collect()
    }

    #[test]
    fn look_alike_characters_read_as_plain_letters() {
        for (label, want) in [
            ("ѵоте", "vote"),
            ("ѵаӏіміѕеԁ", "valimised"),
            ("vᴏte", "vote"),
            ("ᶌöte", "vote"),
            ("élection", "election"),
            ("νοτε", "vote"),
            ("ｖｏｔｅ", "vote"),
            ("vote-gov", "votegov"),
            ("wähl_en", "wahlen"),
            ("straße", "strasse"),
            ("ﬁnal", "final"),
            ("vote\u{200b}", "vote"),
            ("vоtе\u{301}", "vote"),
        ] {
            assert_eq!(reads(label), want, "{label}");
        }
    }

    #[test]
    fn words_in_other_scripts_stay_themselves() {
        assert_eq!(reads("الانتخابات"), "الانتخابات");
        assert_eq!(reads("投票"), "投票");
        // An Arabic heh among Latin letters is an o.
        assert_eq!(reads("v\u{647}te"), "vote");
    }

    #[test]
    fn shapes_that_are_taken_for_each_other_are_one() {
        for [one, other] in [
            ["vote", "v0te"],
            ["vote", "uotc"],
            ["elections", "e1ecti0ns"],
            ["elections", "elcctions"],
            ["kiesraad", "k1esraacl"],
            ["commission", "cornrnission"],
            ["newvote", "nevvvote"],
            ["eac", "cae"],
        ] {
            assert_eq!(shapes(one), shapes(other), "{one} {other}");
        }
        assert_ne!(shapes("vote"), shapes("note"));
        assert_ne!(shapes("election"), shapes("selection"));
    }
}
