//! Characters and names (XML 1.0, productions 2, 4, 4a; Namespaces in XML 1.0, productions 4 and 7).

use crate::forms;

/// Production 2.
pub(super) fn is_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

fn may_begin(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

fn may_follow(character: char) -> bool {
    may_begin(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

/// A name without a colon.
pub(super) fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(may_begin) && characters.all(may_follow)
}

/// Prefix (empty for none) and local part.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let (prefix, local) = text.split_once(':').map_or((None, text), |(prefix, local)| (Some(prefix), local));
    (is_name(local) && prefix.is_none_or(is_name)).then(|| (prefix.unwrap_or_default(), local))
}

/// Whether a namespace's name is an absolute URI in plain characters: canonical forms are not defined for others
/// (Exclusive XML Canonicalization 1.0, section 3).
pub(super) fn is_absolute_uri(text: &str) -> bool {
    text.is_ascii() && forms::is_absolute_uri(text) && forms::is_uri(text)
}
