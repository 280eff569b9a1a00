//! Names, addresses and hashes that stand in a text.

use crate::network::Network;
use std::borrow::Cow;
use std::net::IpAddr;

/// Something that stands in a text, not yet looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    Network(Network),
    /// What stands before and behind an `@`.
    Email(&'a str, &'a str),
    /// What may be a host name, a hash, or the number of an autonomous system.
    Word(&'a str),
}

/// Digits of MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512 (and SHA-3).
pub(super) fn is_hash(text: &str) -> bool {
    matches!(text.len(), 32 | 40 | 56 | 64 | 96 | 128) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Undoes what reports do to names so that nobody clicks on them: `vote[.]example`, `info[at]vote[.]example`.
pub(super) fn armed(text: &str) -> Cow<'_, str> {
    const SIGNS: [(&str, &str); 6] =
        [("[.]", "."), ("(.)", "."), ("[dot]", "."), ("[@]", "@"), ("[at]", "@"), ("[:]", ":")];
    let mut armed = Cow::Borrowed(text);
    for (sign, meant) in SIGNS {
        if armed.contains(sign) {
            armed = Cow::Owned(armed.replace(sign, meant));
        }
    }
    armed
}

/// Calls with every piece of a text, from left to right.
pub(super) fn pieces<'a>(text: &'a str, with: &mut impl FnMut(Piece<'a>)) {
    let ends = |letter: char| {
        letter.is_whitespace() || letter.is_control() || "\"'<>()[]{},;|\\^`=&?#!*%$~+".contains(letter)
    };
    for run in text.split(ends).filter(|run| run.len() > 2) {
        // Networks come before what is cut at slashes.
        if let Some(network) = network(run) {
            with(Piece::Network(network));
        } else {
            run.split('/').filter(|part| part.len() > 2).for_each(|part| piece(part, with));
        }
    }
}

fn piece<'a>(part: &'a str, with: &mut impl FnMut(Piece<'a>)) {
    let trimmed = part.trim_matches(['.', '-', '_', ':']);
    if let Some(network) = network(part).or_else(|| network(trimmed)) {
        with(Piece::Network(network));
        return;
    }
    // A port, a user's name, a scheme.
    for word in trimmed.split(':').filter(|word| word.len() > 2) {
        match word.split_once('@') {
            Some((local, domain)) => {
                if let Some(network) = network(domain) {
                    with(Piece::Network(network));
                } else {
                    with(Piece::Email(local, domain));
                }
            }
            None => match network(word) {
                Some(network) => with(Piece::Network(network)),
                None => with(Piece::Word(word.trim_matches(['.', '-', '_']))),
            },
        }
    }
}

/// An address or network. `1.2` and bare numbers are none.
fn network(text: &str) -> Option<Network> {
    let address = text.split('/').next()?;
    if !address.contains(['.', ':']) {
        return None;
    }
    address.parse::<IpAddr>().ok()?;
    Network::parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let armed = armed(text).into_owned();
        let mut found = Vec::new();
        pieces(&armed, &mut |piece| {
            found.push(match piece {
                Piece::Network(network) => format!("net {network}"),
                Piece::Email(local, domain) => format!("mail {local} {domain}"),
                Piece::Word(word) => word.to_owned(),
            });
        });
        found
    }

    #[test]
    fn addresses_names_and_mail_are_found_in_texts() {
        assert_eq!(
            found("See https://user:pw@vote.example:8443/a/b.html?next=//evil.example."),
            ["See", "https", "user", "mail pw vote.example", "8443", "b.html", "next", "evil.example"]
        );
        assert_eq!(
            found("10.0.0.0/8, [2001:db8::1]:443 http://192.0.2.7/x"),
            ["net 10.0.0.0/8", "net 2001:db8::1", "443", "http", "net 192.0.2.7"]
        );
        assert_eq!(
            found("hxxps[:]//vote[.]example info[at]vote[.]example"),
            ["hxxps", "vote.example", "mail info vote.example"]
        );
        assert_eq!(found("2001:db8::1"), ["net 2001:db8::1"]);
        assert_eq!(found("'vote.example'; (vote.example)"), ["vote.example", "vote.example"]);
        assert!(found("a b . - 1").is_empty());
    }
}
