//! An entry of the log in fewer bytes, without loss: base64 as the bytes that it stands for, identifiers and times in
//! binary, and what stands in every such entry as one byte.
//!
//! Any bytes can be packed; only what the packer would write is unpacked, so an entry has one packed form.

use crate::bytes::Reader;
use crate::{Broken, Part};
use scr_canon::{b64, unb64};
use scr_entry::{MAX_ENTRY_BYTES, parse_utc, utc_text};

/// What stands in every entry. Number `n` is written as the byte `0x40 + n`. Part of the format: never changed, at
/// most lengthened, up to 64.
pub const PHRASES: [&str; 30] = [
    "{\"at\":\"",
    "\",\"com\":[],\"id\":\"",
    "\",\"iss\":\"",
    "\",\"pub\":{\"alert\":\"",
    "\"},\"ref\":[],\"seq\":{\"",
    "\"},\"ref\":[{\"",
    "\"}],\"seq\":{\"",
    "},\"sig\":[{\"k\":\"",
    "\",\"s\":\"",
    "\"}],\"sub\":[\"",
    "\"],\"t\":\"alerts.alert.issued/1\",\"v\":1}",
    "\",\"",
    "\":",
    ",\"",
    "\"",
    "alert:",
    "alerts:",
    "election:",
    "station:",
    "place:",
    "organisation:",
    "\",\"com\":[{\"h\":\"",
    "\",\"k\":\"blob\",\"n\":\"",
    "\"}],\"id\":\"",
    "\"},{\"h\":\"",
    "\"log\":\"",
    "\"index\":",
    "\"leaf\":\"",
    "\"cap\":\"",
    "\",\"pub\":{\"",
];

const LONGEST_LITERAL: usize = 63;
const PHRASE: u8 = 0x40;
const BASE64: u8 = 0x80;
const UUID: u8 = 0x81;
const TIME: u8 = 0x82;
/// Shorter base64 is left as it stands.
const LEAST_BASE64: usize = 24;

/// Packs an entry; `None` when it is longer than any entry may be.
pub fn pack(entry: &[u8]) -> Option<Vec<u8>> {
    if entry.len() > MAX_ENTRY_BYTES {
        return None;
    }
    let (mut out, mut literal) = (Vec::new(), Vec::new());
    let mut rest = entry;
    while let Some(first) = rest.first() {
        let quoted = entry.get(..entry.len() - rest.len()).is_some_and(|before| before.last() == Some(&b'"'));
        if let Some((token, used)) = phrase(rest)
            .or_else(|| time(rest))
            .or_else(|| uuid(rest))
            .or_else(|| if quoted { base64(rest) } else { None })
        {
            flush(&mut out, &mut literal);
            out.extend(token);
            rest = rest.get(used..)?;
        } else {
            literal.push(*first);
            if literal.len() == LONGEST_LITERAL {
                flush(&mut out, &mut literal);
            }
            rest = rest.get(1..)?;
        }
    }
    flush(&mut out, &mut literal);
    Some(out)
}

fn flush(out: &mut Vec<u8>, literal: &mut Vec<u8>) {
    if let Some(length) = u8::try_from(literal.len()).ok().filter(|length| *length > 0) {
        out.push(length);
        out.append(literal);
    }
}

fn phrase(rest: &[u8]) -> Option<(Vec<u8>, usize)> {
    let (at, found) = PHRASES
        .iter()
        .enumerate()
        .filter(|(_, phrase)| rest.starts_with(phrase.as_bytes()))
        .max_by_key(|(_, phrase)| phrase.len())?;
    Some((vec![PHRASE + u8::try_from(at).ok()?], found.len()))
}

fn time(rest: &[u8]) -> Option<(Vec<u8>, usize)> {
    let text = std::str::from_utf8(rest.get(..20)?).ok()?;
    let seconds = u64::try_from(parse_utc(text)?).ok()?;
    let mut token = vec![TIME];
    token.extend(crate::bytes::number_bytes::<5>(seconds)?);
    Some((token, 20))
}

fn uuid(rest: &[u8]) -> Option<(Vec<u8>, usize)> {
    let text = std::str::from_utf8(rest.get(..36)?).ok()?;
    let parts: Vec<&str> = text.split('-').collect();
    if parts.iter().map(|part| part.len()).ne([8, 4, 4, 4, 12]) {
        return None;
    }
    let digits = parts.concat();
    // `Hash32::from_hex` reads lower-case digits only: two uuids and half a hash.
    let hash = scr_canon::Hash32::from_hex(&format!("{digits}{digits}"))?;
    let mut token = vec![UUID];
    token.extend(hash.0.iter().take(16));
    Some((token, 36))
}

/// Base64 that fills a string of the entry.
fn base64(rest: &[u8]) -> Option<(Vec<u8>, usize)> {
    let length = rest.iter().position(|byte| *byte == b'"')?;
    if length < LEAST_BASE64 {
        return None;
    }
    let bytes = unb64(std::str::from_utf8(rest.get(..length)?).ok()?).ok()?;
    let mut token = vec![BASE64];
    token.extend(u16::try_from(bytes.len()).ok()?.to_be_bytes());
    token.extend(bytes);
    Some((token, length))
}

/// The entry of a packed form.
///
/// # Errors
/// [`Broken`]: what the packer would not have written.
pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, Broken> {
    let mut reader = Reader::new(packed, Part::Entry);
    let mut out = Vec::new();
    let mut left = packed.len();
    while left > 0 {
        left -= unpack_token(&mut reader, &mut out)?;
        if out.len() > MAX_ENTRY_BYTES {
            return Err(reader.broken("the entry is longer than any may be"));
        }
    }
    if pack(&out).as_deref() != Some(packed) {
        return Err(reader.broken("it could be packed in another way"));
    }
    Ok(out)
}

/// Writes what one token stands for; gives its length.
fn unpack_token(reader: &mut Reader<'_>, out: &mut Vec<u8>) -> Result<usize, Broken> {
    match reader.byte()? {
        length @ 1..PHRASE => {
            let length = usize::from(length);
            out.extend(reader.take(length)?);
            Ok(1 + length)
        }
        token @ PHRASE..BASE64 => {
            let phrase = PHRASES.get(usize::from(token - PHRASE));
            out.extend(phrase.ok_or_else(|| reader.broken("no such phrase"))?.as_bytes());
            Ok(1)
        }
        BASE64 => {
            let length = usize::from(u16::from_be_bytes(reader.array()?));
            out.extend(b64(reader.take(length)?).as_bytes());
            Ok(3 + length)
        }
        UUID => {
            let hex: String = reader.array::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
            let cut = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
            let text = [cut(0, 8), cut(8, 12), cut(12, 16), cut(16, 20), cut(20, 32)].join("-");
            out.extend(text.as_bytes());
            Ok(17)
        }
        TIME => {
            let seconds = i64::try_from(reader.number::<5>()?).map_err(|_| reader.broken("no such time"))?;
            out.extend(utc_text(seconds).as_bytes());
            Ok(6)
        }
        _ => Err(reader.broken("no such token")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_is_packed_comes_back(entry in prop::collection::vec(any::<u8>(), 0..600)) {
            prop_assert_eq!(unpack(&pack(&entry).unwrap()).unwrap(), entry);
        }

        #[test]
        fn texts_with_identifiers_times_and_base64_come_back(
            parts in prop::collection::vec(prop_oneof![
                prop::sample::select(PHRASES.to_vec()).prop_map(str::to_owned),
                (0u64..1 << 40).prop_map(|seconds| utc_text(i64::try_from(seconds).unwrap())),
                any::<[u8; 16]>().prop_map(|b| unpack(&[&[UUID], &b[..]].concat()).map_or_else(|_| "-".to_owned(), |t| String::from_utf8(t).unwrap())),
                prop::collection::vec(any::<u8>(), 0..80).prop_map(|bytes| format!("\"{}\"", b64(&bytes))),
                "[ -~]{0,70}",
            ], 0..20)
        ) {
            let entry = parts.concat().into_bytes();
            prop_assert_eq!(unpack(&pack(&entry).unwrap()).unwrap(), entry);
        }

        #[test]
        fn no_two_packed_forms_stand_for_one_entry(packed in prop::collection::vec(any::<u8>(), 0..60)) {
            if let Ok(entry) = unpack(&packed) {
                prop_assert_eq!(pack(&entry).unwrap(), packed);
            }
        }
    }

    #[test]
    fn tokens_are_as_documented() {
        assert_eq!(pack(b"").unwrap(), b"");
        assert_eq!(pack(b"ab").unwrap(), b"\x02ab");
        assert_eq!(pack(b"\",\"iss\":\"x").unwrap(), b"\x42\x01x");
        assert_eq!(pack(b"1970-01-01T00:01:00Z").unwrap(), b"\x82\0\0\0\0\x3c");
        assert_eq!(
            pack(b"00010203-0405-0607-0809-0a0b0c0d0e0f").unwrap(),
            b"\x81\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"
        );
        assert_eq!(unpack(b"\x00").unwrap_err().what, "no such token");
        assert_eq!(unpack(b"\x7f").unwrap_err().what, "no such phrase");
        assert_eq!(unpack(b"\x05ab").unwrap_err().what, "it ends too early");
        assert!(pack(&vec![0; MAX_ENTRY_BYTES + 1]).is_none());
    }
}
