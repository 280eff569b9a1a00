//! IPv4 and IPv6 networks in CIDR notation.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// IPv4 or IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// 32 bits.
    V4,
    /// 128 bits.
    V6,
}

impl Family {
    /// Bits of an address.
    pub fn bits(self) -> u8 {
        match self {
            Self::V4 => 32,
            Self::V6 => 128,
        }
    }
}

/// A network, or one address as a network of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network {
    family: Family,
    /// The first address, as a number.
    first: u128,
    length: u8,
}

impl Network {
    /// Reads an address or a network (`203.0.113.0/24`, `2001:db8::/32`). Bits behind the prefix are dropped, as STIX's
    /// examples have them. `None` where it is neither, with leading zeros or a zone for instance.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let (family, bits) = numbered(address);
        let length = match length {
            None => family.bits(),
            Some(digits) if digits.len() <= 3 && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                digits.parse().ok()?
            }
            Some(_) => return None,
        };
        Self::new(family, bits, length)
    }

    /// The network of this length around an address; `None` where the family has no such length or address.
    pub fn new(family: Family, address: u128, length: u8) -> Option<Self> {
        if length > family.bits() || (family == Family::V4 && address > u128::from(u32::MAX)) {
            return None;
        }
        Some(Self { family, first: address & mask(family, length), length })
    }

    /// IPv4 or IPv6.
    pub fn family(self) -> Family {
        self.family
    }

    /// The first address as a number.
    pub fn first(self) -> u128 {
        self.first
    }

    /// The last address as a number.
    pub fn last(self) -> u128 {
        let all = match self.family {
            Family::V4 => u128::from(u32::MAX),
            Family::V6 => u128::MAX,
        };
        self.first | (all & !mask(self.family, self.length))
    }

    /// Bits of the prefix.
    pub fn length(self) -> u8 {
        self.length
    }

    /// Whether every address of `other` is one of this network.
    pub fn contains(self, other: Self) -> bool {
        self.family == other.family
            && self.length <= other.length
            && other.first & mask(self.family, self.length) == self.first
    }

    /// This network cut to a shorter prefix; itself where the prefix is not shorter.
    pub fn widened(self, length: u8) -> Self {
        let length = length.min(self.length);
        Self { first: self.first & mask(self.family, length), length, ..self }
    }
}

/// Family and number of an address.
pub(crate) fn numbered(address: IpAddr) -> (Family, u128) {
    match address {
        IpAddr::V4(address) => (Family::V4, u128::from(u32::from(address))),
        IpAddr::V6(address) => (Family::V6, u128::from(address)),
    }
}

fn mask(family: Family, length: u8) -> u128 {
    let rest = u32::from(family.bits().saturating_sub(length));
    u128::MAX.checked_shl(rest).unwrap_or(0)
}

impl fmt::Display for Network {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.family {
            // A network of IPv4 is made of 32 bits by `new`.
            Family::V4 => write!(out, "{}", Ipv4Addr::from(u32::try_from(self.first).unwrap_or_default()))?,
            Family::V6 => write!(out, "{}", Ipv6Addr::from(self.first))?,
        }
        if self.length < self.family.bits() { write!(out, "/{}", self.length) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(text: &str) -> Network {
        Network::parse(text).unwrap()
    }

    #[test]
    fn a_network_contains_itself_and_what_lies_within() {
        assert!(network("198.51.100.0/24").contains(network("198.51.100.0/27")));
        assert!(network("198.51.100.0/24").contains(network("198.51.100.7")));
        assert!(network("198.51.100.7").contains(network("198.51.100.7/32")));
        assert!(!network("198.51.100.0/27").contains(network("198.51.100.0/24")));
        assert!(network("0.0.0.0/0").contains(network("255.255.255.255")));
        assert!(network("::/0").contains(network("2001:db8::1")));
        // Families never mix, mapped addresses included.
        assert!(!network("::/0").contains(network("198.51.100.7")));
        assert!(!network("::ffff:198.51.100.0/120").contains(network("198.51.100.7")));
    }

    #[test]
    fn bits_behind_the_prefix_are_dropped() {
        assert_eq!(network("11.22.41.123/20").to_string(), "11.22.32.0/20");
        assert_eq!(
            network("2001:0db8:dead:beef:0000:0000:0000:0042/64").to_string(),
            "2001:db8:dead:beef::/64"
        );
        assert_eq!(network("203.0.113.33/32").to_string(), "203.0.113.33");
        assert_eq!(network("10.0.0.0/8").last(), u128::from(u32::from(Ipv4Addr::new(10, 255, 255, 255))));
        assert_eq!(network("10.1.2.3").widened(8), network("10.0.0.0/8"));
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for text in [
            "",
            "/",
            "1.2.3",
            "1.2.3.4/",
            "1.2.3.4/33",
            "1.2.3.4/-1",
            "1.2.3.4/+8",
            "01.2.3.4",
            "1.2.3.4/0008",
            "::/129",
            "fe80::1%eth0",
            " 1.2.3.4",
            "1.2.3.4 ",
            "256.1.1.1",
            "1.2.3.4/8/8",
        ] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
    }
}
