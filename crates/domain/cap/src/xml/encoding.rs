//! Bytes to text (XML 1.0, 4.3.3 and appendix F): UTF-8, and what is a part of it or as simple.

use super::Fault;

/// The text without a byte order mark, with every line end as one line feed (XML 1.0, 2.11).
pub(super) fn text(bytes: &[u8]) -> Result<String, Fault> {
    if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) || bytes.contains(&0) {
        return Err(Fault::Encoding("UTF-16 or UTF-32".to_owned()));
    }
    let (bytes, has_mark) = match bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let name = declared(bytes);
    let utf_8 =
        |bytes: &[u8]| std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| Fault::Bytes("UTF-8"));
    let text = match name.to_ascii_lowercase().as_str() {
        "" | "utf-8" => utf_8(bytes)?,
        _ if has_mark => return Err(Fault::Encoding(name)),
        "us-ascii" | "ascii" if bytes.is_ascii() => utf_8(bytes)?,
        "us-ascii" | "ascii" => return Err(Fault::Bytes("US-ASCII")),
        "iso-8859-1" => bytes.iter().map(|byte| char::from(*byte)).collect(),
        _ => return Err(Fault::Encoding(name)),
    };
    Ok(if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text })
}

/// The name of the encoding in the declaration; empty where none is named. Its form is checked by the parser.
fn declared(bytes: &[u8]) -> String {
    let Some(end) = bytes.windows(2).position(|two| two == b"?>") else { return String::new() };
    let head = bytes.get(..end).unwrap_or_default();
    if !head.starts_with(b"<?xml") {
        return String::new();
    }
    let head = String::from_utf8_lossy(head);
    let Some((_, rest)) = head.split_once("encoding") else { return String::new() };
    let rest = rest.trim_start_matches(super::is_space).strip_prefix('=').unwrap_or_default();
    let rest = rest.trim_start_matches(super::is_space);
    let Some(quote) = rest.chars().next().filter(|one| matches!(one, '"' | '\'')) else {
        return String::new();
    };
    rest.get(1..)
        .and_then(|rest| rest.split_once(quote))
        .map_or_else(String::new, |(name, _)| name.to_owned())
}
