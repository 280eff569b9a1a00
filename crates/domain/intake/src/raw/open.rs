//! From the file that was handed in to its parts: members of an archive, sheets, text.

use crate::codes;
use crate::limits::Limits;
use crate::mapping::FileSpec;
use crate::problems::Problems;
use crate::raw::archive::{Archive, is_zip};
use crate::raw::encoding::{self, Detected, Encoding};
use crate::raw::grid::Grid;
use crate::raw::{delimited, geojson, sheets, sniff};
use std::borrow::Cow;

/// One file or sheet as records.
pub(crate) struct Part {
    /// Name of the sheet, or of the member of an archive.
    pub(crate) name: Option<String>,
    pub(crate) grid: Grid,
    /// How the text was read; `None` for a spreadsheet.
    pub(crate) text: Option<(Detected, u8)>,
    /// Names of the sheets or members that could have been chosen.
    pub(crate) choices: Vec<String>,
}

/// Checks size and emptiness.
pub(crate) fn admitted(bytes: &[u8], limits: &Limits, problems: &mut Problems) -> bool {
    if bytes.len() > limits.input_bytes {
        problems.push(
            problems
                .error(codes::INPUT_TOO_LARGE)
                .with("limit", limits.input_bytes)
                .with("bytes", bytes.len()),
        );
    } else if bytes.iter().all(u8::is_ascii_whitespace) {
        problems.push(problems.error(codes::EMPTY));
    } else if let Some((code, format)) = sniff::stranger(bytes) {
        problems.push(problems.error(code).with("format", format));
    }
    !problems.any_error()
}

/// All parts that the description of the file asks for.
pub(crate) fn parts(
    file: &str,
    bytes: &[u8],
    spec: &FileSpec,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Vec<Part>> {
    if !admitted(bytes, limits, problems) {
        return None;
    }
    if !is_zip(bytes) {
        return Some(vec![text_part(None, bytes, spec, limits, problems)?]);
    }
    let mut archive = Archive::open(bytes, limits, problems)?;
    if archive.names.iter().any(|name| name == "xl/workbook.xml") {
        return sheet_parts(file, bytes, spec, limits, problems);
    }
    if archive.names.iter().any(|name| name == "mimetype" || name == "content.xml") {
        problems.push(problems.error(codes::UNKNOWN_FORMAT).with("format", "ods"));
        return None;
    }
    let name = chosen_member(&archive.names, spec.member.as_deref(), problems)?;
    let content = content_of(&mut archive, file, &name, limits, problems)?;
    let mut part = text_part(Some(name), &content, spec, limits, problems)?;
    part.choices = archive.names;
    Some(vec![part])
}

/// The bytes themselves, or those of the one member of an archive (for XML and JSON).
pub(crate) fn document<'a>(
    file: &str,
    bytes: &'a [u8],
    member: Option<&str>,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Cow<'a, [u8]>> {
    if !admitted(bytes, limits, problems) {
        return None;
    }
    if !is_zip(bytes) {
        return Some(Cow::Borrowed(bytes));
    }
    let mut archive = Archive::open(bytes, limits, problems)?;
    let name = chosen_member(&archive.names, member, problems)?;
    Some(Cow::Owned(content_of(&mut archive, file, &name, limits, problems)?))
}

/// One member; from here on problems are of it.
fn content_of(
    archive: &mut Archive<'_>,
    file: &str,
    name: &str,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Vec<u8>> {
    let content = archive.member(name, limits, problems)?;
    problems.within(file, Some(name));
    admitted(&content, limits, problems).then_some(content)
}

/// All parts of a registry, which may also be a collection of features.
pub(crate) fn registry_parts(
    file: &str,
    bytes: &[u8],
    spec: &FileSpec,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Vec<Part>> {
    if !sniff::is_geojson(bytes) {
        return parts(file, bytes, spec, limits, problems);
    }
    if !admitted(bytes, limits, problems) {
        return None;
    }
    let text = encoding::decode(bytes, Encoding::Utf8);
    let grid = geojson::parse(&text, limits, problems)?;
    Some(vec![Part { name: None, grid, text: None, choices: Vec::new() }])
}

/// Names match with `*` for any run of characters.
pub(crate) fn name_matches(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

fn chosen_member(names: &[String], wanted: Option<&str>, problems: &mut Problems) -> Option<String> {
    let fitting: Vec<&String> =
        names.iter().filter(|name| wanted.is_none_or(|pattern| name_matches(pattern, name))).collect();
    match (fitting.as_slice(), wanted) {
        ([name], _) => Some((*name).clone()),
        ([], Some(pattern)) => {
            let mut closest = scr_results::Closest::among(names.iter().map(String::as_str));
            let problem = problems.error(codes::ARCHIVE_NO_MEMBER).with_value(pattern);
            problems.push(problem.closest_to(closest.to(pattern)).with("members", names.join(", ")));
            None
        }
        _ => {
            problems.push(problems.error(codes::ARCHIVE_CHOICE).with("members", names.join(", ")));
            None
        }
    }
}

fn text_part(
    name: Option<String>,
    bytes: &[u8],
    spec: &FileSpec,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Part> {
    let detected = match spec.encoding {
        Some(encoding) => Detected { encoding, confidence: 100, reason: "stated" },
        None => encoding::detect(bytes),
    };
    if let Some(format) = sniff::document(bytes) {
        problems.push(problems.error(codes::OTHER_DOCUMENT).with("format", format));
        return None;
    }
    let wide = matches!(detected.encoding, Encoding::Utf16le | Encoding::Utf16be);
    if !wide && let Some(at) = bytes.iter().position(|b| *b == 0) {
        let line = bytes[..at].iter().filter(|b| **b == b'\n').count() as u64 + 1;
        problems.push(problems.error(codes::NUL_BYTES).at_row(line));
        return None;
    }
    if detected.confidence < 60 {
        let warning = problems.warning(codes::ENCODING_GUESSED).with("confidence", detected.confidence);
        problems.push(warning.with("encoding", format!("{:?}", detected.encoding).to_lowercase()));
    }
    let text = encoding::decode(bytes, detected.encoding);
    let delimiter = match spec.delimiter {
        Some(delimiter) => u8::try_from(delimiter).unwrap_or(b','),
        None => delimited::detect_delimiter(&text).0,
    };
    let grid = delimited::parse(&text, delimiter, limits, problems)?;
    Some(Part { name, grid, text: Some((detected, delimiter)), choices: Vec::new() })
}

fn sheet_parts(
    file: &str,
    bytes: &[u8],
    spec: &FileSpec,
    limits: &Limits,
    problems: &mut Problems,
) -> Option<Vec<Part>> {
    let mut workbook = sheets::Workbook::open(bytes, limits, problems)?;
    let names = workbook.names.clone();
    let mut chosen: Vec<&String> = if spec.sheets.is_empty() {
        names.iter().collect()
    } else {
        names.iter().filter(|name| spec.sheets.iter().any(|pattern| name_matches(pattern, name))).collect()
    };
    if chosen.is_empty() {
        let wanted = spec.sheets.join(", ");
        let mut closest = scr_results::Closest::among(names.iter().map(String::as_str));
        let problem = problems.error(codes::NO_SHEET).with_value(&wanted).closest_to(closest.to(&wanted));
        problems.push(problem.with("sheets", names.join(", ")));
        return None;
    }
    if spec.sheets.is_empty() && chosen.len() > 1 {
        problems.push(
            problems.warning(codes::SHEET_CHOICE).with("sheets", names.join(", ")).with("used", &names[0]),
        );
        chosen.truncate(1);
    }
    let mut parts = Vec::new();
    for name in chosen {
        problems.within(file, Some(name));
        let grid = workbook.sheet(name, limits, problems)?;
        parts.push(Part { name: Some(name.clone()), grid, text: None, choices: names.clone() });
    }
    problems.within(file, None);
    Some(parts)
}
