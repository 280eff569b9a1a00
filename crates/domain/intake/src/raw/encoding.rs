//! Which encoding a text file is in, and its text.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The encodings that result files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16le,
    /// UTF-16, high byte first.
    Utf16be,
    /// Central European (Czech, Polish, Hungarian, Croatian, older Romanian and Albanian files).
    Windows1250,
    /// Cyrillic (Bulgarian, Russian, Ukrainian, Serbian).
    Windows1251,
    /// Western European.
    Windows1252,
    /// ISO 8859-1.
    Latin1,
}

/// What the detection found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Detected {
    /// The encoding.
    pub encoding: Encoding,
    /// How sure, in percent.
    pub confidence: u8,
    /// Why: a key of the translations (`intake-reason-…`).
    pub reason: &'static str,
}

/// Bytes that are looked at when the text is neither UTF-8 nor marked.
const SAMPLE: usize = 1 << 20;
/// Letters that are common in words written with Windows-1250 and in no Western language, or shared.
const CENTRAL: &str = "áčďéěíňóřšťúůýžÁČĎÉĚÍŇÓŘŠŤÚŮÝŽąćęłńśźżĄĆĘŁŃŚŹŻőűŐŰöüÖÜäÄăâîşţĂÂÎŞŢđĐëËçÇľĽôÔ";
const WESTERN: &str = "áàâãäåæçéèêëíîïñóôõöøúùûüßÁÀÂÃÄÅÆÇÉÈÊËÍÎÏÑÓÔÕÖØÚÙÛÜœŒýÝ";

/// Finds the encoding by byte order mark, by validity and by what letters stand within words.
pub(crate) fn detect(bytes: &[u8]) -> Detected {
    if let Some(found) = by_mark(bytes) {
        return found;
    }
    if let Some(found) = by_zero_bytes(bytes) {
        return found;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => {
            Detected { encoding: Encoding::Utf8, confidence: 100, reason: "ascii" }
        }
        Ok(_) => Detected { encoding: Encoding::Utf8, confidence: 99, reason: "valid-utf-8" },
        Err(_) => {
            let sample = &bytes[..bytes.len().min(SAMPLE)];
            mostly_utf8(sample).unwrap_or_else(|| by_letters(bytes))
        }
    }
}

/// The text without its byte order mark. What the encoding does not have becomes U+FFFD; the reader
/// of the cells reports each.
pub(crate) fn decode(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding {
        Encoding::Utf8 => String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
        Encoding::Utf16le => {
            Cow::Owned(utf16(bytes.strip_prefix(b"\xff\xfe").unwrap_or(bytes), u16::from_le_bytes))
        }
        Encoding::Utf16be => {
            Cow::Owned(utf16(bytes.strip_prefix(b"\xfe\xff").unwrap_or(bytes), u16::from_be_bytes))
        }
        Encoding::Latin1 => encoding_rs::mem::decode_latin1(bytes),
        Encoding::Windows1250 => single_byte(bytes, encoding_rs::WINDOWS_1250),
        Encoding::Windows1251 => single_byte(bytes, encoding_rs::WINDOWS_1251),
        Encoding::Windows1252 => single_byte(bytes, encoding_rs::WINDOWS_1252),
    }
}

fn by_mark(bytes: &[u8]) -> Option<Detected> {
    let encoding = match bytes {
        [0xef, 0xbb, 0xbf, ..] => Encoding::Utf8,
        [0xff, 0xfe, ..] => Encoding::Utf16le,
        [0xfe, 0xff, ..] => Encoding::Utf16be,
        _ => return None,
    };
    Some(Detected { encoding, confidence: 100, reason: "byte-order-mark" })
}

/// UTF-16 without a mark: digits, delimiters and line ends have a zero byte on one side only.
fn by_zero_bytes(bytes: &[u8]) -> Option<Detected> {
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    let (mut even, mut odd) = (0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let (encoding, many, few) =
        if odd > even { (Encoding::Utf16le, odd, even) } else { (Encoding::Utf16be, even, odd) };
    // A tenth of the characters of any result file are digits and delimiters.
    if many * 10 < sample.len() / 2 || few * 100 > many || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let broken = decode(sample, encoding).chars().filter(|c| *c == '\u{fffd}').count();
    (broken * 100 <= sample.len() / 2).then_some(Detected { encoding, confidence: 95, reason: "zero-bytes" })
}

/// UTF-8 with a few damaged places is still UTF-8.
fn mostly_utf8(bytes: &[u8]) -> Option<Detected> {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    (good > 20 * bad).then_some(Detected { encoding: Encoding::Utf8, confidence: 70, reason: "mostly-utf-8" })
}

fn by_letters(bytes: &[u8]) -> Detected {
    // Only the words with other than ASCII letters matter; take them from the whole file.
    let mut words: Vec<&[u8]> = Vec::new();
    let mut taken = 0;
    for word in bytes.split(|b| b.is_ascii() && !b.is_ascii_alphabetic()) {
        if word.iter().any(|b| !b.is_ascii()) && taken < SAMPLE {
            taken += word.len();
            words.push(word);
        }
    }
    let high: usize = words.iter().map(|word| word.iter().filter(|b| !b.is_ascii()).count()).sum();
    let cyrillic: usize = words
        .iter()
        .filter(|word| word.len() >= 3 && word.iter().all(|b| is_cyrillic_1251(*b)))
        .map(|word| word.len())
        .sum();
    if cyrillic * 2 > high {
        let confidence = if cyrillic * 10 > high * 8 { 95 } else { 75 };
        return Detected { encoding: Encoding::Windows1251, confidence, reason: "cyrillic-words" };
    }
    let central: i64 = words.iter().map(|word| score(word, encoding_rs::WINDOWS_1250, CENTRAL)).sum();
    let western: i64 = words.iter().map(|word| score(word, encoding_rs::WINDOWS_1252, WESTERN)).sum();
    let margin = (central - western).unsigned_abs();
    let certain = margin * 5 > u64::try_from(high).unwrap_or(u64::MAX);
    let confidence = match (certain, margin) {
        (true, _) => 90,
        (false, 0) => 50,
        (false, _) => 65,
    };
    if central > western {
        Detected { encoding: Encoding::Windows1250, confidence, reason: "central-european-letters" }
    } else {
        Detected { encoding: Encoding::Windows1252, confidence, reason: "western-letters" }
    }
}

fn is_cyrillic_1251(byte: u8) -> bool {
    byte >= 0xc0
        || matches!(byte, 0xa8 | 0xb8 | 0xa5 | 0xb4 | 0xaa | 0xba | 0xaf | 0xbf | 0xb2 | 0xb3 | 0xa1 | 0xa2)
}

/// Two points for a letter that is common, minus one for a rare one, minus four for what is no letter
/// inside a word.
fn score(word: &[u8], encoding: &'static encoding_rs::Encoding, common: &str) -> i64 {
    let text = encoding.decode_without_bom_handling(word).0;
    text.chars()
        .filter(|c| !c.is_ascii())
        .map(|c| match c {
            c if common.contains(c) => 2,
            c if c.is_alphabetic() && !matches!(c, 'ª' | 'º') => -1,
            _ => -4,
        })
        .sum()
}

fn single_byte<'a>(bytes: &'a [u8], encoding: &'static encoding_rs::Encoding) -> Cow<'a, str> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // The WHATWG tables map unassigned bytes to C1 controls; no result file has those.
    if text.contains(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        let marked = text.chars().map(|c| if ('\u{80}'..='\u{9f}').contains(&c) { '\u{fffd}' } else { c });
        return Cow::Owned(marked.collect());
    }
    text
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let mut text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
    if odd {
        text.push('\u{fffd}');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn each_encoding_is_found() {
        let czech = "Obec;Hlasy\nKroměříž;12\nČeské Budějovice;7\nŽďár nad Sázavou;3\n";
        let polish = "Gmina;Głosy\nŁódź;12\nŻnin;3\nŚwiętochłowice;4\n";
        let french = "Région;Voix\nFranche-Comté;12\nÎle-de-France;3\nHérault à côté;1\n";
        let bulgarian = "Секция;Гласове\nгр.Банско;12\nс.Добринище;3\n";
        let encode =
            |text: &str, encoding: &'static encoding_rs::Encoding| encoding.encode(text).0.into_owned();
        let cases: Vec<(Vec<u8>, Encoding, &str)> = vec![
            (b"a;b\n1;2\n".to_vec(), Encoding::Utf8, "ascii"),
            (czech.as_bytes().to_vec(), Encoding::Utf8, "valid-utf-8"),
            ([b"\xef\xbb\xbf", czech.as_bytes()].concat(), Encoding::Utf8, "byte-order-mark"),
            ([b"\xff\xfe".to_vec(), utf16le(czech)].concat(), Encoding::Utf16le, "byte-order-mark"),
            (utf16le(czech), Encoding::Utf16le, "zero-bytes"),
            (utf16le(bulgarian), Encoding::Utf16le, "zero-bytes"),
            (bulgarian.encode_utf16().flat_map(u16::to_be_bytes).collect(), Encoding::Utf16be, "zero-bytes"),
            (encode(czech, encoding_rs::WINDOWS_1250), Encoding::Windows1250, "central-european-letters"),
            (encode(polish, encoding_rs::WINDOWS_1250), Encoding::Windows1250, "central-european-letters"),
            (encode(french, encoding_rs::WINDOWS_1252), Encoding::Windows1252, "western-letters"),
            (encode(bulgarian, encoding_rs::WINDOWS_1251), Encoding::Windows1251, "cyrillic-words"),
        ];
        for (bytes, encoding, reason) in cases {
            let found = detect(&bytes);
            assert_eq!((found.encoding, found.reason), (encoding, reason));
            assert!(!decode(&bytes, found.encoding).contains('\u{fffd}'));
        }
    }

    #[test]
    fn what_the_encoding_does_not_have_is_marked() {
        assert_eq!(decode(b"a\xffb", Encoding::Utf8), "a\u{fffd}b");
        assert_eq!(decode(b"a\x98b", Encoding::Windows1251), "a\u{fffd}b");
        assert_eq!(decode(b"a\x00\x00", Encoding::Utf16le), "a\u{fffd}");
        assert_eq!(decode(b"\x00\xd8a\x00", Encoding::Utf16le), "\u{fffd}a");
        assert_eq!(decode(b"\xc9quateur", Encoding::Latin1), "Équateur");
    }
}
