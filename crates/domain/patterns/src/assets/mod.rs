//! What members own, and whether a pattern or an object is about it: "tell me when my domain or address range appears".

mod index;
mod name;
mod parse;
mod text;
mod touch;

pub use index::Assets;
pub use touch::{Relation, Touch, Touched, Unchecked};

use crate::network::{Family, Network};
use std::fmt;

/// Something that a member owns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asset {
    /// A domain name in ASCII and small letters, and every name below it.
    Domain(Box<str>),
    /// One host name (of a URL, for instance), and no name below it.
    Host(Box<str>),
    /// A run of addresses.
    Addresses(AddressRange),
    /// An e-mail address, in small letters.
    Email {
        /// Before the `@`.
        local: Box<str>,
        /// Behind it, in ASCII.
        domain: Box<str>,
    },
    /// Every e-mail address at a domain or below it.
    EmailDomain(Box<str>),
    /// The hash of a file: MD5, SHA-1 or of the SHA-2 and SHA-3 families, in small hexadecimal digits.
    Hash(Box<str>),
    /// The number of an autonomous system.
    AutonomousSystem(u32),
    /// A name of an organisation, product or person: its words in small letters, with a space between each.
    Name(Box<str>),
}

/// Addresses from a first to a last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AddressRange {
    family: Family,
    first: u128,
    last: u128,
}

/// Why a text is no asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AssetError {
    /// Longer than 1,000 bytes.
    #[error("longer than 1000 bytes")]
    TooLong,
    /// Meant as an address, network or range, and none.
    #[error("no IPv4 or IPv6 address, network or range of one family in ascending order")]
    Address,
    /// No domain name: a label that is empty, too long or has characters that no host name has; or only one label.
    #[error("no domain name with at least two labels")]
    Domain,
    /// No e-mail address, and no `@domain`.
    #[error("no e-mail address, and no @ with a domain")]
    Email,
    /// No hash of 32, 40, 56, 64, 96 or 128 hexadecimal digits.
    #[error("no hash of 32, 40, 56, 64, 96 or 128 hexadecimal digits")]
    Hash,
    /// No number of an autonomous system.
    #[error("no number of an autonomous system (AS64500)")]
    AutonomousSystem,
    /// A name of fewer than three letters and digits, or of more than twelve words: it would be found everywhere, or
    /// nowhere.
    #[error("a name needs three letters or digits, and at most twelve words")]
    Name,
}

impl AddressRange {
    /// A network as a range.
    pub fn of(network: Network) -> Self {
        Self { family: network.family(), first: network.first(), last: network.last() }
    }

    /// From a first to a last address; `None` where the last lies before the first.
    fn new(family: Family, first: u128, last: u128) -> Option<Self> {
        (first <= last).then_some(Self { family, first, last })
    }

    /// How other addresses, of which some are of this range, stand to it.
    fn relation_of(self, other: Self) -> Relation {
        if self == other {
            Relation::Same
        } else if self.first <= other.first && other.last <= self.last {
            Relation::Within
        } else {
            Relation::Around
        }
    }

    /// The fewest networks that make up the range, from the first.
    pub fn networks(self) -> Vec<Network> {
        let mut networks = Vec::new();
        let mut next = Some(self.first);
        while let Some(first) = next.filter(|first| *first <= self.last) {
            // As wide as the first address allows, and not beyond the last.
            let aligned = u32::from(self.family.bits()).min(first.trailing_zeros());
            let widest = (0..=aligned).rev().find_map(|bits| {
                let length = u32::from(self.family.bits()).checked_sub(bits)?;
                let network = Network::new(self.family, first, u8::try_from(length).ok()?)?;
                (network.last() <= self.last).then_some(network)
            });
            let Some(network) = widest else { break };
            next = network.last().checked_add(1);
            networks.push(network);
        }
        networks
    }
}

impl fmt::Display for AddressRange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.networks().as_slice() {
            [one] => one.fmt(out),
            _ => {
                let address = |bits| Network::new(self.family, bits, self.family.bits());
                match (address(self.first), address(self.last)) {
                    (Some(first), Some(last)) => write!(out, "{first}-{last}"),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl fmt::Display for Asset {
    /// A form that [`Asset::parse`] reads as the same asset.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain(name) => out.write_str(name),
            Self::Host(name) => write!(out, "host:{name}"),
            Self::Addresses(range) => range.fmt(out),
            Self::Email { local, domain } => write!(out, "{local}@{domain}"),
            Self::EmailDomain(domain) => write!(out, "@{domain}"),
            Self::Hash(hash) => out.write_str(hash),
            Self::AutonomousSystem(number) => write!(out, "AS{number}"),
            Self::Name(name) => write!(out, "name:{name}"),
        }
    }
}
