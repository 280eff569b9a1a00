//! Finds what looks personal in a public text, before it is recorded for ever.

/// What a text seems to contain, if anything.
pub(crate) fn personal(text: &str) -> Option<&'static str> {
    if has_email(text) {
        Some("an e-mail address")
    } else if has_ip_address(text) {
        Some("an IP address")
    } else if has_phone_number(text) {
        Some("a telephone number")
    } else {
        None
    }
}

fn has_email(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.split_once('@')
            .is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && host.len() > 3)
    })
}

fn has_ip_address(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_hexdigit() && c != '.' && c != ':')
        .map(|word| word.trim_matches(['.', ':']))
        .any(|word| {
            word.parse::<std::net::Ipv4Addr>().is_ok()
                || (word.len() > 6 && word.parse::<std::net::Ipv6Addr>().is_ok())
        })
}

/// A plus and at least eight digits, however they are grouped. Bare numbers are counts and codes.
fn has_phone_number(text: &str) -> bool {
    text.match_indices('+').any(|(start, _)| {
        text[start + 1..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '/' | '.'))
            .filter(char::is_ascii_digit)
            .count()
            >= 8
    })
}

#[cfg(test)]
mod tests {
    use super::personal;

    #[test]
    fn personal_looking_texts_are_named() {
        for text in [
            "write to a.b@example.org",
            "from 192.0.2.7",
            "call +48 22 123 45 67",
            "2001:db8::1 said",
            "at 10.0.0.1.",
        ] {
            assert!(personal(text).is_some(), "{text}");
        }
        for text in [
            "Station 146501, school no. 12",
            "12,345,678 votes",
            "1.2.3",
            "14:30:00",
            "turnout + 3 points",
            "@ noon",
            "corrected after recount: 1 234 567 → 1 234 576",
        ] {
            assert_eq!(personal(text), None, "{text}");
        }
    }
}
