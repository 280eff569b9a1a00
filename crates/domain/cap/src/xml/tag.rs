//! What stands within a tag: attributes, references, declarations.

use super::Fault;
use super::is_space;
use super::names::{is_char, is_name};

fn syntax(what: &str) -> Fault {
    Fault::Syntax(what.to_owned())
}

/// One attribute as it is written, its value normalised (XML 1.0, 3.3.3).
pub(super) type Raw<'t> = (&'t str, String);

/// Reads `name = "value"` one after another, each with white space before it.
pub(super) fn attributes<'t>(text: &'t str, limits: &crate::Limits) -> Result<Vec<Raw<'t>>, Fault> {
    let mut found: Vec<Raw<'t>> = Vec::new();
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        if trimmed.is_empty() {
            return Ok(found);
        }
        if trimmed.len() == rest.len() {
            return Err(syntax("attributes stand apart by white space"));
        }
        if found.len() >= limits.attributes {
            return Err(Fault::TooManyAttributes(limits.attributes));
        }
        let (name, after) = trimmed.split_once('=').ok_or_else(|| syntax("an attribute without a value"))?;
        let name = name.trim_end_matches(is_space);
        let after = after.trim_start_matches(is_space);
        let quote = after.chars().next().filter(|one| matches!(one, '"' | '\''));
        let quote = quote.ok_or_else(|| syntax("the value of an attribute stands in quotation marks"))?;
        let (value, left) = after
            .get(1..)
            .and_then(|after| after.split_once(quote))
            .ok_or_else(|| syntax("a quotation mark is missing"))?;
        if value.len() > limits.attribute_bytes {
            return Err(Fault::AttributeTooLong(limits.attribute_bytes));
        }
        if found.iter().any(|(other, _)| *other == name) {
            return Err(syntax("an attribute stands twice"));
        }
        found.push((name, normalised(value)?));
        rest = left;
    }
}

fn normalised(value: &str) -> Result<String, Fault> {
    if value.contains('<') {
        return Err(syntax("< in the value of an attribute"));
    }
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('&') {
        out.extend(before.chars().map(spaced));
        let (name, after) = after.split_once(';').ok_or_else(|| syntax("& without a name and ;"))?;
        out.push(reference(name)?);
        rest = after;
    }
    out.extend(rest.chars().map(spaced));
    Ok(out)
}

fn spaced(character: char) -> char {
    if is_space(character) { ' ' } else { character }
}

/// What stands between `&` and `;`.
pub(super) fn reference(name: &str) -> Result<char, Fault> {
    let code = match name {
        "lt" => return Ok('<'),
        "gt" => return Ok('>'),
        "amp" => return Ok('&'),
        "apos" => return Ok('\''),
        "quot" => return Ok('"'),
        _ => name.strip_prefix('#'),
    };
    let Some(code) = code else {
        let is_entity = is_name(name);
        return Err(if is_entity { Fault::Entity(clipped(name)) } else { syntax("& without a name and ;") });
    };
    let (digits, radix) = code.strip_prefix('x').map_or((code, 10), |digits| (digits, 16));
    // `from_str_radix` would take a sign.
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Err(syntax("a reference to a character without a number"));
    }
    let number = u32::from_str_radix(digits, radix).map_err(|_| Fault::Character(u32::MAX))?;
    char::from_u32(number).filter(|one| is_char(*one)).ok_or(Fault::Character(number))
}

/// The declaration at the beginning (production 23), without `<?` and `?>`.
pub(super) fn declaration(content: &str, limits: &crate::Limits) -> Result<(), Fault> {
    let rest = content.strip_prefix("xml").ok_or_else(|| syntax("the XML declaration"))?;
    let parts = attributes(rest, limits)?;
    let mut parts = parts.iter().map(|(name, value)| (*name, value.as_str())).peekable();
    match parts.next() {
        Some(("version", "1.0")) => {}
        Some(("version", other)) => return Err(Fault::Version(clipped(other))),
        _ => return Err(syntax("the XML declaration begins with the version")),
    }
    if let Some((_, name)) = parts.next_if(|(name, _)| *name == "encoding") {
        let plain = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '_' | '-');
        if !name.starts_with(|one: char| one.is_ascii_alphabetic()) || !name.chars().all(plain) {
            return Err(syntax("the name of the encoding"));
        }
    }
    let standalone = parts.next_if(|(name, _)| *name == "standalone");
    if standalone.is_some_and(|(_, value)| value != "yes" && value != "no") || parts.next().is_some() {
        return Err(syntax("the XML declaration has version, encoding and standalone, in this order"));
    }
    Ok(())
}

pub(super) fn clipped(text: &str) -> String {
    text.chars().take(40).collect()
}
