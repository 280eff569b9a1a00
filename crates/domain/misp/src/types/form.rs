//! Whether a value has the form of its type. Lenient: what MISP itself would take is fine.

use std::net::IpAddr;

/// Hexadecimal digits of a hash of this type.
pub fn hash_length(kind: &str) -> Option<usize> {
    let kind = kind.strip_prefix("x509-fingerprint-").unwrap_or(kind);
    let kind = kind.strip_prefix("filename|").unwrap_or(kind);
    Some(match kind {
        "md5" | "imphash" | "ja3-fingerprint-md5" | "hassh-md5" | "hasshserver-md5" => 32,
        "sha1" | "pehash" | "cdhash" | "git-commit-id" => 40,
        "sha224" | "sha512/224" | "sha3-224" => 56,
        "sha256" | "sha512/256" | "sha3-256" | "authentihash" => 64,
        "sha384" | "sha3-384" => 96,
        "sha512" | "sha3-512" => 128,
        _ => return None,
    })
}

/// An address of version 4 or 6.
pub fn is_ip(text: &str) -> bool {
    text.parse::<IpAddr>().is_ok()
}

/// An address, or a network such as `192.0.2.0/24`.
pub fn is_ip_or_network(text: &str) -> bool {
    scr_patterns::Network::parse(text).is_some()
}

/// A name of at least two labels, in ASCII or Unicode, with an optional dot at the end (RFC 1035 lengths; underscores
/// are in use).
pub fn is_domain(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let mut labels = 0;
    for label in name.split('.') {
        labels += 1;
        let fine = (1..=63).contains(&label.chars().count())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_' || is_mark(c));
        if !fine {
            return false;
        }
    }
    // The last label of a name is never a number: that would be an address.
    let last = name.rsplit('.').next().unwrap_or("");
    labels >= 2 && name.len() <= 1012 && !last.bytes().all(|b| b.is_ascii_digit())
}

/// Combining marks, which some scripts write their letters with.
fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '。' | '．' | '｡' | '\u{200b}'..='\u{200f}' | '\u{2010}'..='\u{206f}' | '\u{feff}')
}

/// Something before and something after one `@`.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let domain = domain.trim_start_matches('[').trim_end_matches(']');
    !local.is_empty()
        && local.len() <= 128
        && !local.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@')
        && (is_domain(domain) || is_ip(domain))
}

/// Whether a value has the form of its type; `true` for types without one.
pub fn looks_right(kind: &str, value: &str) -> bool {
    if let Some((left, right)) = super::parts(kind, value)
        && let Some((left_kind, right_kind)) = super::part_kinds(kind)
    {
        return looks_right(left_kind, left) && looks_right(right_kind, right);
    }
    if let Some(length) = hash_length(kind) {
        return value.len() == length && value.bytes().all(|b| b.is_ascii_hexdigit());
    }
    match kind {
        "ip-src" | "ip-dst" => is_ip_or_network(value),
        "domain" | "hostname" => is_domain(value),
        "email"
        | "email-src"
        | "email-dst"
        | "email-reply-to"
        | "target-email"
        | "whois-registrant-email" => is_email(value),
        "url" => value.contains("://") && !value.contains(char::is_whitespace),
        "port" => value.parse::<u16>().is_ok(),
        "AS" => value.trim_start_matches("AS").trim_start_matches("as").parse::<u32>().is_ok(),
        "mac-address" => is_mac(value),
        "vulnerability" => !value.contains(char::is_whitespace),
        "size-in-bytes" | "counter" => value.parse::<u64>().is_ok(),
        "uuid" => uuid::Uuid::parse_str(value).is_ok(),
        _ => true,
    }
}

fn is_mac(value: &str) -> bool {
    let parts: Vec<&str> = value.split([':', '-']).collect();
    parts.len() == 6
        && parts.iter().all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        for (kind, value, fine) in [
            ("md5", "d41d8cd98f00b204e9800998ecf8427e", true),
            ("md5", "d41d8cd98f00b204e9800998ecf8427", false),
            ("filename|sha1", "a.exe|da39a3ee5e6b4b0d3255bfef95601890afd80709", true),
            ("filename|sha1", "a.exe|da39", false),
            ("ip-dst", "192.0.2.0/24", true),
            ("ip-dst", "192.0.2.0/33", false),
            ("ip-dst", "2001:db8::/32", true),
            ("ip-src", "192.0.2.256", false),
            ("domain", "wahl.example.", true),
            ("domain", "wähler.example", true),
            ("domain", "हिन्दी.example", true),
            ("domain", "a b.example", false),
            ("domain", "localhost", false),
            ("domain", "1.2.3.4", false),
            ("domain|ip", "example.org|192.0.2.1", true),
            ("email-src", "a@b.example", true),
            ("email-src", "a b@b.example", false),
            ("AS", "AS64496", true),
            ("mac-address", "00:11:22:aa:bb:cc", true),
            ("text", "anything", true),
        ] {
            assert_eq!(looks_right(kind, value), fine, "{kind} {value}");
        }
    }
}
