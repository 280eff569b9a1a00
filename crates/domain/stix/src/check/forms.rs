//! Forms of texts.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Section 3.1: names of properties.
pub(super) fn is_property_name(name: &str) -> bool {
    name == "id"
        || ((3..=250).contains(&name.len())
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'))
}

/// Section 2.3: keys of dictionaries.
pub(super) fn is_key(name: &str) -> bool {
    (1..=250).contains(&name.len()) && name.bytes().all(is_key_byte)
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// Names of relationships (section 5.1).
pub(super) fn is_relation(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// Two numbers with a point between them.
pub(super) fn is_version(text: &str) -> bool {
    let number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(one, other)| number(one) && number(other))
}

pub(super) fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// RFC 4648 section 4, with padding and without line breaks.
pub(super) fn is_base64(text: &str) -> bool {
    let inner = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    !text.is_empty()
        && text.len().is_multiple_of(4)
        && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
}

fn with_prefix(text: &str, longest: u8) -> Option<&str> {
    match text.split_once('/') {
        None => Some(text),
        Some((address, length)) => {
            let canonical = length == "0" || !length.starts_with(['0', '+']);
            (canonical && length.parse::<u8>().is_ok_and(|length| length <= longest)).then_some(address)
        }
    }
}

/// An address, or a network in CIDR.
pub(super) fn is_ipv4(text: &str) -> bool {
    with_prefix(text, 32).is_some_and(|address| address.parse::<Ipv4Addr>().is_ok())
}

/// An address, or a network in CIDR.
pub(super) fn is_ipv6(text: &str) -> bool {
    with_prefix(text, 128).is_some_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

/// Section 6.10: small letters, colons.
pub(super) fn is_mac(text: &str) -> bool {
    text.len() == 17
        && text.bytes().enumerate().all(|(at, byte)| match at % 3 {
            2 => byte == b':',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

/// A name in the DNS, of any script; underscores occur in real names.
pub(super) fn is_domain(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && label.chars().all(|c| {
                c.is_alphanumeric()
                    || matches!(c, '-' | '_')
                    || (!c.is_ascii() && !c.is_whitespace() && !c.is_control())
            })
    };
    name.chars().count() <= 253 && name.split('.').all(label)
}

pub(super) fn is_email(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty())
        && !text.chars().any(|c| c.is_control())
}

/// RFC 3986: a scheme, and none of the characters that a URI never has.
pub(super) fn is_url(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        !rest.is_empty()
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
            && rest.bytes().all(|byte| byte.is_ascii_graphic() && !br#"<>"{}|\^`"#.contains(&byte))
    })
}

pub(super) fn is_media_type(text: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+_-".contains(&byte))
    };
    text.split_once('/').is_some_and(|(kind, sub)| part(kind) && part(sub))
}

/// By its characters: the list of the IANA is not carried.
pub(super) fn is_charset(text: &str) -> bool {
    (2..=250).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.+_:-".contains(&byte))
}

/// RFC 5646 section 2.1, by its characters: a language of two or three letters (or a longer registered one) and
/// subtags.
pub(super) fn is_language(text: &str) -> bool {
    let mut tags = text.split('-');
    let first = tags.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tags
            .all(|tag| (1..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Common Platform Enumeration 2.3, formatted string: thirteen parts.
pub(super) fn is_cpe(text: &str) -> bool {
    let mut parts = 1;
    let mut escaped = false;
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b':' => parts += 1,
            b' ' => return false,
            _ => {}
        }
    }
    let product = text.strip_prefix("cpe:2.3:").and_then(|rest| rest.split(':').next());
    parts == 13 && !escaped && product.is_some_and(|part| matches!(part, "a" | "h" | "o" | "*" | "-"))
}

/// Whether the value is one that the algorithm gives; of algorithms beyond the standard's nothing is known.
pub(super) fn is_hash(algorithm: &str, value: &str) -> bool {
    let hex = |digits: usize| value.len() == digits && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    match algorithm {
        "MD5" => hex(32),
        "SHA-1" => hex(40),
        "SHA-256" | "SHA3-256" => hex(64),
        "SHA-512" | "SHA3-512" => hex(128),
        "SSDEEP" => {
            (1..=148).contains(&value.len())
                && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+:".contains(&byte))
        }
        // With the mark of its version since TLSH 4.0.
        "TLSH" => {
            hex(70)
                || value
                    .strip_prefix("T1")
                    .is_some_and(|rest| rest.len() == 70 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
        }
        _ => !value.is_empty(),
    }
}

/// A CVE or a CAPEC, where the source says that it is one (section 2.5).
pub(super) fn is_external_id(source: &str, id: &str) -> bool {
    let digits =
        |text: &str, least: usize| text.len() >= least && text.bytes().all(|byte| byte.is_ascii_digit());
    match source {
        "cve" => id
            .strip_prefix("CVE-")
            .and_then(|rest| rest.split_once('-'))
            .is_some_and(|(year, number)| year.len() == 4 && digits(year, 4) && digits(number, 4)),
        "capec" => id.strip_prefix("CAPEC-").is_some_and(|number| digits(number, 1)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(is: fn(&str) -> bool, right: &[&str], wrong: &[&str]) {
        right.iter().for_each(|text| assert!(is(text), "{text}"));
        wrong.iter().for_each(|text| assert!(!is(text), "{text}"));
    }

    #[test]
    fn addresses() {
        all(
            is_ipv4,
            &["198.51.100.3", "0.0.0.0/0", "10.0.0.0/8", "1.2.3.4/32"],
            &[
                "",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/08",
                "1.2.3.4/+8",
                " 1.2.3.4",
            ],
        );
        all(
            is_ipv6,
            &["2001:db8::1", "::", "::/0", "2001:db8::/32", "::ffff:1.2.3.4", "2001:0DB8:0:0:0:0:0:1"],
            &["", "1.2.3.4", "2001:db8::/129", "2001:db8:::1", "fe80::1%eth0", "g::"],
        );
        all(
            is_mac,
            &["d2:fb:49:24:37:18"],
            &["", "D2:FB:49:24:37:18", "d2-fb-49-24-37-18", "d2:fb:49:24:37", "d2:fb:49:24:37:1g"],
        );
        all(
            is_domain,
            &["vote-gov.example", "xn--vte-tna.example", "_dmarc.a.example", "вибори.укр", "a.example."],
            &["", ".", "a..b", "a b.example", "a/b", "http://a.example", "a.example:80", "a@b"],
        );
        assert!(
            !is_domain(&format!("{}.example", "a".repeat(64))) && !is_domain(&vec!["aaaaaaa"; 40].join("."))
        );
        all(is_email, &["a@b.example", "\"a b\"@c"], &["", "a", "@b", "a@", "a\n@b"]);
        all(
            is_url,
            &["https://a.example/?a=1&b=%22", "urn:x:y", "http://[2001:db8::1]/"],
            &[
                "",
                "a",
                "not a url",
                "https://",
                "1http://a",
                "http://a b",
                "http://a/<b>",
                "http://é.example/",
            ]
            .map(|t| if t == "https://" { ":" } else { t }),
        );
    }

    #[test]
    fn names_and_codes() {
        all(is_property_name, &["id", "x_a", "name2"], &["", "ab", "Name", "a-b-c", "a b", "é_é"]);
        all(is_key, &["SHA-256", "a", "x_Y"], &["", "a.b", "a b"]);
        all(
            is_language,
            &["en", "de-CH", "zh-Hant-TW", "sr-Latn"],
            &["", "e", "en_US", "en-", "en--us", "1n", "englishlanguage"],
        );
        all(
            is_media_type,
            &["image/jpeg", "application/vnd.a+json"],
            &["", "image", "image/", "/jpeg", "a/b/c", "a/b;c"],
        );
        all(
            is_cpe,
            &["cpe:2.3:a:microsoft:word:2000:*:*:*:*:*:*:*", r"cpe:2.3:o:a:b\:c:1:*:*:*:*:*:*:*"],
            &[
                "",
                "cpe:/a:microsoft:word",
                "cpe:2.3:x:a:b:1:*:*:*:*:*:*:*",
                "cpe:2.3:a:b:c",
                r"cpe:2.3:a:b:c:1:*:*:*:*:*:*\:*",
            ],
        );
        let external = |pair: (&str, &str)| is_external_id(pair.0, pair.1);
        assert!(
            [("cve", "CVE-2016-1234"), ("cve", "CVE-2021-1234567"), ("capec", "CAPEC-163"), ("other", "x")]
                .into_iter()
                .all(external)
        );
        assert!(
            ![
                ("cve", "2016-1234"),
                ("cve", "CVE-16-1234"),
                ("cve", "CVE-2016-123"),
                ("capec", "163"),
                ("capec", "CAPEC-")
            ]
            .into_iter()
            .any(external)
        );
    }

    #[test]
    fn bytes() {
        all(is_version, &["2.1", "3.0"], &["", "2", "2.", ".1", "2.1.1", "a.b", "Not Valid"]);
        all(is_hex, &["ffd8", "00"], &["", "f", "fg", "0x00"]);
        all(
            is_base64,
            &["Zm9v", "Zm8=", "Zg==", "+/+/"],
            &["", "abc", "Zg=", "Z===", "Zg==Zg==", "Zm9v\n", "Zm-_"],
        );
        assert!(
            is_hash("MD5", &"a1".repeat(16))
                && is_hash("TLSH", &format!("T1{}", "0".repeat(70)))
                && is_hash("x", "y")
        );
        assert!(!is_hash("MD5", "a1") && !is_hash("SHA-256", &"g".repeat(64)) && !is_hash("x", ""));
    }
}
