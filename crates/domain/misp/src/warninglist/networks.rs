//! Networks, looked up in one step for each length of prefix.

use scr_patterns::{Family, Network};
use std::collections::BTreeMap;

/// A network; IPv4 written as IPv6 (`::ffff:192.0.2.1`) is IPv4.
fn network(text: &str) -> Option<Network> {
    const MAPPED: u128 = 0xffff;
    let network = Network::parse(text.trim())?;
    match network.length().checked_sub(96) {
        Some(length) if network.first() >> 32 == MAPPED => {
            Network::new(Family::V4, network.first() & u128::from(u32::MAX), length)
        }
        _ => Some(network),
    }
}

/// Networks by version and length, the first addresses sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Networks {
    by_length: BTreeMap<(Family, u8), Vec<u128>>,
}

impl Networks {
    /// The networks, and what is none.
    pub(super) fn new<'t>(all: impl Iterator<Item = &'t str>) -> (Self, Vec<String>) {
        let mut networks = Self::default();
        let mut left_out = Vec::new();
        for text in all {
            match network(text) {
                Some(network) => {
                    let same = networks.by_length.entry((network.family(), network.length()));
                    same.or_default().push(network.first());
                }
                None => left_out.push(text.to_owned()),
            }
        }
        for addresses in networks.by_length.values_mut() {
            addresses.sort_unstable();
            addresses.dedup();
            addresses.shrink_to_fit();
        }
        (networks, left_out)
    }

    pub(super) fn len(&self) -> usize {
        self.by_length.values().map(Vec::len).sum()
    }

    /// A network that holds the value, or lies within it: blocking `192.0.2.0/24` blocks `192.0.2.1` too.
    pub(super) fn meets(&self, value: &str) -> Option<String> {
        let asked = network(value)?;
        let found = self.by_length.iter().filter(|((family, _), _)| *family == asked.family());
        found
            .filter_map(|((family, length), addresses)| {
                let from = asked.widened(*length).first();
                let at = addresses.partition_point(|address| *address < from);
                let address = *addresses.get(at)?;
                let meets = address == from || (*length > asked.length() && address <= asked.last());
                meets.then(|| Network::new(*family, address, *length)).flatten()
            })
            .map(|network| network.to_string())
            .next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_meet_both_ways() {
        let (networks, left_out) = Networks::new(
            ["192.0.2.0/24", "198.51.100.7", "2001:db8::/32", "x", "10.0.0.0/33", "0.0.0.0/0x"].into_iter(),
        );
        assert_eq!(networks.len(), 3);
        assert_eq!(left_out, ["x", "10.0.0.0/33", "0.0.0.0/0x"]);
        for (value, entry) in [
            ("192.0.2.1", Some("192.0.2.0/24")),
            ("192.0.3.1", None),
            ("192.0.0.0/16", Some("192.0.2.0/24")),
            ("198.51.100.0/24", Some("198.51.100.7")),
            ("198.51.101.0/24", None),
            ("::ffff:192.0.2.9", Some("192.0.2.0/24")),
            ("2001:db8:1::1", Some("2001:db8::/32")),
            ("2001:db9::1", None),
            ("::/0", Some("2001:db8::/32")),
            ("0.0.0.0/0", Some("192.0.2.0/24")),
            ("example.org", None),
        ] {
            assert_eq!(networks.meets(value).as_deref(), entry, "{value}");
        }
        let (all, _) = Networks::new(["0.0.0.0/0"].into_iter());
        assert_eq!(all.meets("255.255.255.255").as_deref(), Some("0.0.0.0/0"));
        assert_eq!(all.meets("::1"), None);
    }
}
