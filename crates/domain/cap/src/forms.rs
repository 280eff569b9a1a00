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

/// Whether a text begins with a scheme (RFC 3986, 3.1).
fn has_scheme(text: &str) -> bool {
    let scheme = text.split(':').next().unwrap_or_default();
    let follows = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    scheme.len() < text.len()
        && scheme.starts_with(|one: char| one.is_ascii_alphabetic())
        && scheme.bytes().all(follows)
}

/// Whether a text has a scheme and something after it (RFC 3986, 4.3).
pub(crate) fn is_absolute_uri(text: &str) -> bool {
    has_scheme(text) && !text.ends_with(':')
}

/// Whether a text can be a URI reference or an IRI: no white space, control characters, brackets (addresses of IPv6
/// are not taken) or what RFC 3986 leaves out, and `%` only before two hexadecimal digits.
pub(crate) fn is_uri(text: &str) -> bool {
    let is_excluded = |one: char| one.is_whitespace() || one.is_control() || "<>\"{}|\\^`[]".contains(one);
    let escapes = text
        .split('%')
        .skip(1)
        .all(|part| part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit()));
    let fragments = text.matches('#').count() <= 1;
    // A colon in the first part ends a scheme (RFC 3986, 4.2).
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    let is_sound = !first.contains(':') || has_scheme(text);
    !text.contains(is_excluded) && escapes && fragments && is_sound && has_sound_port(text)
}

/// xs:anyURI: what RFC 3986 leaves out, spaces too, would be escaped (XLink 1.0, 5.4).
pub(crate) fn is_any_uri(text: &str) -> bool {
    is_uri(&text.replace(|one: char| !one.is_ascii() || " <>\"{}|\\^`".contains(one), "_"))
}

/// After `//host:` stand digits.
fn has_sound_port(text: &str) -> bool {
    let hierarchical =
        if has_scheme(text) { text.split_once(':').map_or("", |(_, rest)| rest) } else { text };
    let Some(after) = hierarchical.strip_prefix("//") else { return true };
    let authority = after.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let port = host.split_once(':').map(|(_, port)| port);
    // RFC 3986 lets a port be empty; libxml2 does not, and nobody means it.
    port.is_none_or(|port| (1..=5).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit()))
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
            ![
                "a b",
                ":a",
                "1a:b",
                "a_b:c",
                "a%2",
                "a%zz",
                "a#b#c",
                "a|b",
                "http://a:b/",
                "http://a:/",
                "http://["
            ]
            .iter()
            .any(|text| is_uri(text))
        );
        assert!(
            is_any_uri("https://a.example/ü|b")
                && is_any_uri("a/b:c")
                && is_any_uri("https:?u=//x:y")
                && is_any_uri("a b")
                && !is_any_uri("1:b")
        );
        assert!(is_media_type("image/png") && is_media_type("text/plain; charset=utf-8"));
        assert!(!["", "png", "image/", "a b/c", "a/b/c"].iter().any(|text| is_media_type(text)));
    }
}
