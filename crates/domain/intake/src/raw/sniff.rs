//! What a file is by its first bytes, whatever its name says.

use crate::codes;

/// Bytes that are looked at.
const HEAD: usize = 4_000;

/// First bytes of formats that hold no text.
const BINARY: [(&[u8], &str); 14] = [
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"SQLite format 3\0", "sqlite"),
    (b"PAR1", "parquet"),
    (b"{\\rtf", "rtf"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\0", "program"),
];

/// A format that is no table, with its code and name.
pub(crate) fn stranger(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some((codes::OLD_WORKBOOK, "xls"));
    }
    if let Some((_, name)) = BINARY.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some((codes::BINARY, name));
    }
    let head = head(bytes);
    // Some programs put a line before it.
    if head.starts_with("%PDF-") || head.contains("\n%PDF-") {
        return Some((codes::PDF, "pdf"));
    }
    let lower = head.to_lowercase();
    let is_page = lower.starts_with('<')
        && ["<!doctype html", "<html", "<head", "<body", "<table"].iter().any(|tag| lower.contains(tag));
    is_page.then_some((codes::WEB_PAGE, "html"))
}

/// A document, which is no table either: XML or JSON, or GeoJSON.
pub(crate) fn document(bytes: &[u8]) -> Option<&'static str> {
    let head = head(bytes);
    let mut characters = head.chars().filter(|c| !c.is_whitespace());
    match (characters.next(), characters.next()) {
        (Some('<'), Some(c)) if c.is_alphabetic() || matches!(c, '?' | '!') => Some("xml"),
        (Some('{'), Some('"' | '}')) if is_geojson(bytes) => Some("geojson"),
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[' | '"' | ']')) => Some("json"),
        _ => None,
    }
}

/// Whether it says of itself that it is a collection of features.
pub(crate) fn is_geojson(bytes: &[u8]) -> bool {
    head(bytes).starts_with('{') && head(bytes).contains("\"FeatureCollection\"")
}

fn head(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    text.trim_start_matches('\u{feff}').trim_start().to_owned()
}
