//! Forms of single values that reading, rules and writing share.

/// xs:language: `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`.
pub(crate) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let fits = |part: &str| (1..=8).contains(&part.len());
    let first = parts.next().unwrap_or_default();
    fits(first)
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| fits(part) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether a text has a scheme and something after it (RFC 3986, 4.3).
pub(crate) fn is_absolute_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let follows = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.starts_with(|one: char| one.is_ascii_alphabetic())
        && scheme.bytes().all(follows)
        && !rest.is_empty()
}

/// Whether a text can be a URI reference or an IRI: no white space, control characters or what RFC 3986 leaves out,
/// brackets only around an address, and `%` only before two hexadecimal digits.
pub(crate) fn is_uri(text: &str) -> bool {
    let is_excluded = |one: char| one.is_whitespace() || one.is_control() || "<>\"{}|\\^`[]".contains(one);
    let escapes = text
        .split('%')
        .skip(1)
        .all(|part| part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()));
    let fragments = text.matches('#').count() <= 1;
    !text.contains(is_excluded) && escapes && fragments && !text.starts_with(':') && has_sound_port(text)
}

/// After `//host:` stand digits.
fn has_sound_port(text: &str) -> bool {
    let Some((_, after)) = text.split_once("//") else { return true };
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let port = host.split_once(':').map_or("", |(_, port)| port);
    port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit())
}

/// `type/subtype`, with parameters or without (RFC 2046; names as in RFC 6838, 4.2).
pub(crate) fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim();
    let is_name = |name: &str| {
        (1..=127).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
    };
    essence.split_once('/').is_some_and(|(kind, sub)| is_name(kind) && is_name(sub))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_told_apart() {
        assert!(["en", "en-US", "zh-Hant-TW", "x-1234"].iter().all(|text| is_language(text)));
        assert!(!["", "en_US", "1n", "en-", "verylongtag", "é"].iter().any(|text| is_language(text)));
        assert!(is_absolute_uri("https://a.example") && is_absolute_uri("tel:+1"));
        assert!(
            !["", "a.example", "//a.example", ":x", "1x:y", "https:"]
                .iter()
                .any(|text| is_absolute_uri(text))
        );
        assert!(is_uri("https://a.example:80/%20?a=b#c") && is_uri("https://ü.example/"));
        assert!(
            !["a b", "a%2", "a%zz", "a#b#c", "a|b", "http://a:b/", "http://["]
                .iter()
                .any(|text| is_uri(text))
        );
        assert!(is_media_type("image/png") && is_media_type("text/plain; charset=utf-8"));
        assert!(!["", "png", "image/", "a b/c", "a/b/c"].iter().any(|text| is_media_type(text)));
    }
}
