//! Cells to whole numbers.

use crate::codes;
use crate::mapping::ValuesSpec;
use scr_results::MAX_VALUE;

/// A cell's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cell {
    /// Stated.
    Number(u64),
    /// The source says that there is none.
    Missing,
    /// Not a number that a result can have; the code says why.
    Wrong(&'static str),
}

/// Reads a cell. Thousands separators must stand between groups of three; a fraction, a sign or a
/// formula is refused, because guessing at a result is worse than asking.
pub(crate) fn read(cell: &str, values: &ValuesSpec) -> Cell {
    let text = cell.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return in_range(text);
    }
    if values.missing.iter().any(|missing| missing == text) {
        return Cell::Missing;
    }
    let text = unwrapped(text).unwrap_or(text);
    match text.chars().next() {
        None => return Cell::Wrong(codes::NOT_A_NUMBER),
        Some('=' | '@') => return Cell::Wrong(codes::FORMULA),
        Some('-' | '−' | '+') if digits_only(&text[text.chars().next().map_or(0, char::len_utf8)..]) => {
            return Cell::Wrong(codes::NEGATIVE);
        }
        _ => {}
    }
    if digits_only(text) {
        return in_range(text);
    }
    grouped(text, values)
}

/// A number of a document (XML, JSON): digits, and nothing that a spreadsheet program would add.
pub(crate) fn plain(text: &str) -> Cell {
    read(text, &ValuesSpec { missing: Vec::new(), thousands: Vec::new() })
}

/// What a spreadsheet program wraps as `="001"`.
pub(crate) fn unwrapped(cell: &str) -> Option<&str> {
    cell.trim().strip_prefix("=\"")?.strip_suffix('"')
}

fn digits_only(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn in_range(digits: &str) -> Cell {
    match digits.parse::<u64>() {
        Ok(number) if number <= MAX_VALUE => Cell::Number(number),
        _ => Cell::Wrong(codes::NUMBER_TOO_LARGE),
    }
}

fn grouped(text: &str, values: &ValuesSpec) -> Cell {
    let is_separator = |c: char| {
        values.thousands.contains(&c)
            || (values.thousands.contains(&' ') && matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}'))
            || (values.thousands.contains(&'\'') && c == '’')
    };
    let Some(separator) = text.chars().find(|c| !c.is_ascii_digit()) else {
        return Cell::Wrong(codes::NOT_A_NUMBER);
    };
    let groups: Vec<&str> = text.split(separator).collect();
    if !groups.iter().all(|group| digits_only(group)) {
        let numeric = text.chars().all(|c| c.is_ascii_digit() || is_separator(c) || matches!(c, '.' | ','));
        return Cell::Wrong(if numeric { codes::GROUPING } else { codes::NOT_A_NUMBER });
    }
    let even = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
    if is_separator(separator) && even {
        return in_range(&groups.concat());
    }
    match separator {
        '.' | ',' if groups.len() == 2 => Cell::Wrong(codes::FRACTION),
        c if is_separator(c) => Cell::Wrong(codes::GROUPING),
        _ => Cell::Wrong(codes::NOT_A_NUMBER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_what_is_none() {
        let values = ValuesSpec::default();
        let cases = [
            ("0", Cell::Number(0)),
            (" 0012 ", Cell::Number(12)),
            ("1,176", Cell::Number(1176)),
            ("1 234 567", Cell::Number(1_234_567)),
            ("1\u{a0}234", Cell::Number(1234)),
            ("12.345", Cell::Number(12_345)),
            ("=\"17\"", Cell::Number(17)),
            ("", Cell::Missing),
            ("-", Cell::Missing),
            ("NA", Cell::Missing),
            ("-5", Cell::Wrong(codes::NEGATIVE)),
            ("1.5", Cell::Wrong(codes::FRACTION)),
            ("12,5", Cell::Wrong(codes::FRACTION)),
            ("1,23,456", Cell::Wrong(codes::GROUPING)),
            ("1,234.567", Cell::Wrong(codes::GROUPING)),
            ("12O", Cell::Wrong(codes::NOT_A_NUMBER)),
            ("1e3", Cell::Wrong(codes::NOT_A_NUMBER)),
            ("=1+2", Cell::Wrong(codes::FORMULA)),
            ("99999999999", Cell::Wrong(codes::NUMBER_TOO_LARGE)),
        ];
        for (text, cell) in cases {
            assert_eq!(read(text, &values), cell, "{text:?}");
        }
    }
}
