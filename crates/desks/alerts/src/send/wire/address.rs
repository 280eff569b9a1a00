//! Addresses of gateways and of people.

use ureq::http::Uri;

/// Longest address, in bytes.
const MAX_BYTES: usize = 2_000;

/// Reads `https://` or `http://` with a host, without a login before it and without a fragment.
pub(crate) fn read(text: &str) -> Option<Uri> {
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || "\\#".contains(c);
    if text.len() > MAX_BYTES || text.contains(is_odd) {
        return None;
    }
    let uri: Uri = text.parse().ok()?;
    let authority = uri.authority()?;
    let is_fine = matches!(uri.scheme_str(), Some("https" | "http"))
        && !authority.as_str().contains('@')
        && !authority.host().is_empty();
    is_fine.then_some(uri)
}

/// Scheme, host and port: all that is shown of an address, for the rest may be a key.
pub(crate) fn server(text: &str) -> String {
    let Some(uri) = read(text) else { return String::new() };
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    format!("{}://{}", uri.scheme_str().unwrap_or_default(), authority.to_ascii_lowercase())
}

/// A telephone number as networks want it: `+` and 6 to 15 digits (ITU-T E.164); separators go.
pub(crate) fn telephone(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !" -./()\u{a0}\u{202f}".contains(*c)).collect();
    let digits = digits.strip_prefix("00").map_or(digits.clone(), |rest| format!("+{rest}"));
    let bare = digits.strip_prefix('+').unwrap_or(&digits);
    let is_number = (6..=15).contains(&bare.len()) && bare.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(digits)
}

/// An address of e-mail.
pub(crate) fn email(text: &str) -> Option<lettre::Address> {
    let text = text.trim();
    if text.len() > 254 || text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return None;
    }
    text.parse()
        .ok()
        .filter(|address: &lettre::Address| address.domain().contains('.') || address.domain() == "localhost")
}

/// What may be shown of a person's address: the last three characters of a number, the domain of e-mail.
pub(crate) fn masked(text: &str) -> String {
    match text.rsplit_once('@') {
        Some((_, domain)) => format!("…@{domain}"),
        None => {
            let last: Vec<char> = text.chars().rev().take(3).collect();
            format!("…{}", last.into_iter().rev().collect::<String>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_shown_in_part() {
        for (text, wanted) in [
            ("+43 660 123 45 67", Some("+436601234567")),
            ("0043-660-1234567", Some("+436601234567")),
            ("(0660) 123.4567", Some("06601234567")),
            ("12345", None),
            ("+1234567890123456", None),
            ("+43 660 x", None),
            ("", None),
        ] {
            assert_eq!(telephone(text).as_deref(), wanted, "{text}");
        }
        for text in ["head@station.example", "a.b+c@sub.example.org"] {
            assert!(email(text).is_some(), "{text}");
        }
        for text in ["nobody", "a@b\r\nBcc: c@d.example", "a b@c.example", "@x.example", "a@nodot"] {
            assert!(email(text).is_none(), "{text}");
        }
        assert_eq!(masked("+436601234567"), "…567");
        assert_eq!(masked("head@station.example"), "…@station.example");
        assert_eq!(server("https://Gate.example:99/send?key=geheim"), "https://gate.example:99");
        for text in [
            "ftp://x.example/",
            "https://user:pass@x.example/",
            "x.example",
            "https:///x",
            "https://x.example/#a",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
