//! The outline of Snort's and Suricata's rules: `action protocol address port -> address port (name:value; …)`.

use super::{Fault, OtherError};

/// Every rule of a text: one a line, or continued with a backslash at a line's end. Lines that begin with `#` are
/// comments.
pub(super) fn check(text: &str) -> Result<(), OtherError> {
    let mut has_rule = false;
    let mut offset = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        if start.is_some() || !content.is_empty() && !content.starts_with('#') {
            let begin = *start.get_or_insert(offset);
            if !content.ends_with('\\') {
                rule(text, begin, offset + line.len())?;
                (start, has_rule) = (None, true);
            }
        }
        offset += line.len();
    }
    match start {
        Some(offset) => Err(OtherError { offset, fault: Fault::Unclosed }),
        None if has_rule => Ok(()),
        None => Err(OtherError { offset: 0, fault: Fault::NoRule }),
    }
}

fn rule(text: &str, start: usize, end: usize) -> Result<(), OtherError> {
    let wrong = |offset, fault| OtherError { offset, fault };
    let rule = &text[start..end];
    let open = rule.find('(').ok_or_else(|| wrong(start, Fault::NoRule))?;
    head(&rule[..open]).map_err(|fault| wrong(start, fault))?;
    let close = rule.trim_end().len();
    let inner = rule[..close].strip_suffix(')').filter(|inner| inner.len() > open);
    let inner = inner.ok_or_else(|| wrong(start + close, Fault::Bracket))?;
    options(&inner[open + 1..]).map_err(|(at, fault)| wrong(start + open + 1 + at, fault))
}

/// Parts are separated by spaces, except within brackets of lists.
fn head(head: &str) -> Result<(), Fault> {
    let mut depth = 0_usize;
    let mut parts: Vec<String> = Vec::new();
    let mut is_between = true;
    for letter in head.chars() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.checked_sub(1).ok_or(Fault::Bracket)?,
            _ => {}
        }
        if letter.is_whitespace() && depth == 0 {
            is_between = true;
        } else if is_between {
            parts.push(letter.to_string());
            is_between = false;
        } else if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    if depth > 0 {
        return Err(Fault::Bracket);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let is_word =
        |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    match parts.as_slice() {
        [action, protocol, _, _, "->" | "<>" | "=>", _, _] if is_word(action) && is_word(protocol) => Ok(()),
        [action, protocol] if is_word(action) && is_word(protocol) => Ok(()),
        [] | [_] => Err(Fault::NoRule),
        _ => Err(Fault::Head),
    }
}

/// `name;` or `name:value;`, where a value may have strings in double quotes.
fn options(options: &str) -> Result<(), (usize, Fault)> {
    let mut start = 0;
    let mut quote = None;
    let mut is_escaped = false;
    for (at, letter) in options.char_indices() {
        if is_escaped {
            is_escaped = false;
            continue;
        }
        match letter {
            '\\' => is_escaped = true,
            '"' => quote = if quote.is_some() { None } else { Some(at) },
            ';' if quote.is_none() => {
                let name = options[start..at].split(':').next().unwrap_or_default();
                if name.trim().is_empty() {
                    return Err((start, Fault::Option));
                }
                start = at + 1;
            }
            _ => {}
        }
    }
    if let Some(at) = quote {
        return Err((at, Fault::Unclosed));
    }
    let is_rest = |letter: char| !letter.is_whitespace() && letter != '\\';
    match options[start..].find(is_rest) {
        Some(at) => Err((start + at, Fault::Option)),
        None => Ok(()),
    }
}
