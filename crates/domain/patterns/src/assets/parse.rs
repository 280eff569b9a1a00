//! Assets as people write them.

use super::name::{host, words};
use super::text::is_hash;
use super::{AddressRange, Asset, AssetError};
use crate::network::{Network, numbered};
use std::net::IpAddr;

/// Bytes of an asset's text.
const LONGEST: usize = 1_000;
/// Words of a name.
pub(super) const MOST_WORDS: usize = 12;

impl Asset {
    /// Reads an asset. Its kind is seen from its form:
    ///
    /// | form | kind |
    /// |---|---|
    /// | `vote.example`, `*.vote.example` | domain, with all below it |
    /// | `https://results.vote.example/…`, `host:results.vote.example` | one host (or address) |
    /// | `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`, `192.0.2.1-192.0.2.9` | addresses |
    /// | `info@vote.example` | e-mail address |
    /// | `@vote.example` | every e-mail address there |
    /// | 32, 40, 56, 64, 96 or 128 hexadecimal digits | hash of a file |
    /// | `AS64500` | autonomous system |
    /// | anything else, `name:…` | name |
    ///
    /// # Errors
    /// What looks like one of these and is none, and names that are too short.
    pub fn parse(text: &str) -> Result<Self, AssetError> {
        let text = text.trim();
        if text.len() > LONGEST {
            return Err(AssetError::TooLong);
        }
        if let Some(name) = prefixed(text, "name:") {
            return named(name);
        }
        if let Some(name) = prefixed(text, "host:") {
            return host_of_url(name);
        }
        if let Some((_, rest)) = text.split_once("://") {
            return host_of_url(rest);
        }
        if let Some((local, domain)) = text.rsplit_once('@') {
            return email(local, domain);
        }
        if looks_like_addresses(text) {
            return addresses(text).map(Self::Addresses).ok_or(AssetError::Address);
        }
        if let Some(digits) = prefixed(text, "asn").or_else(|| prefixed(text, "as"))
            && digits.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
        {
            return digits.parse().map(Self::AutonomousSystem).map_err(|_| AssetError::AutonomousSystem);
        }
        if is_hash(text) {
            return Ok(Self::Hash(text.to_ascii_lowercase().into()));
        }
        if text.contains('.') && !text.contains(char::is_whitespace) {
            let name = text.strip_prefix("*.").unwrap_or(text);
            return host(name).map(|name| Self::Domain(name.into())).ok_or(AssetError::Domain);
        }
        named(text)
    }
}

/// What stands behind a prefix, whose letters may be large.
fn prefixed<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn host_of_url(rest: &str) -> Result<Asset, AssetError> {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority.rsplit('@').next().unwrap_or_default();
    let place = match place.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => place.split(':').next().unwrap_or_default(),
    };
    if let Some(network) = place.parse::<IpAddr>().ok().and_then(|_| Network::parse(place)) {
        return Ok(Asset::Addresses(AddressRange::of(network)));
    }
    host(place).map(|name| Asset::Host(name.into())).ok_or(AssetError::Domain)
}

fn email(local: &str, domain: &str) -> Result<Asset, AssetError> {
    let domain = host(domain).ok_or(AssetError::Email)?.into();
    if local.is_empty() {
        return Ok(Asset::EmailDomain(domain));
    }
    let is_odd =
        |letter: char| letter.is_whitespace() || letter.is_control() || "@<>(),;:\\\"[]".contains(letter);
    if local.len() > 64 || local.contains(is_odd) {
        return Err(AssetError::Email);
    }
    Ok(Asset::Email { local: local.to_lowercase().into(), domain })
}

/// Only characters of addresses, and among them a sign that only addresses have.
fn looks_like_addresses(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':' | b'/' | b'-' | b' ');
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_numeric = text.bytes().all(|byte| !byte.is_ascii_alphabetic());
    text.bytes().all(is_part)
        && (text.contains(':') || text.contains('/') && has_digit || text.contains('.') && is_numeric)
}

fn addresses(text: &str) -> Option<AddressRange> {
    let Some((first, last)) = text.split_once('-') else { return Network::parse(text).map(AddressRange::of) };
    let address = |text: &str| text.trim().parse::<IpAddr>().ok().map(numbered);
    let ((family, first), (other, last)) = (address(first)?, address(last)?);
    if family == other { AddressRange::new(family, first, last) } else { None }
}

fn named(text: &str) -> Result<Asset, AssetError> {
    let name = words(text);
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).count();
    if letters < 3 || name.split(' ').count() > MOST_WORDS {
        return Err(AssetError::Name);
    }
    Ok(Asset::Name(name.into()))
}
