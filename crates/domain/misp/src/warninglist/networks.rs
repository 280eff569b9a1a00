//! Networks, looked up in one step for each length of prefix.

use std::collections::BTreeMap;
use std::net::IpAddr;

/// A network; an address is one of full length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    six: bool,
    length: u8,
    /// The first address.
    first: u128,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/').map_or((text, None), |(a, l)| (a, Some(l)));
        let address: IpAddr = address.trim().parse().ok()?;
        let mapped = matches!(address, IpAddr::V6(six) if six.to_ipv4_mapped().is_some());
        let (six, bits, number) = match address.to_canonical() {
            IpAddr::V4(four) => (false, 32, u128::from(u32::from(four))),
            IpAddr::V6(six) => (true, 128, u128::from(six)),
        };
        let length = match length {
            None => bits,
            Some(text) if text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()) => {
                let length: u8 = text.parse().ok()?;
                if mapped { length.checked_sub(96)? } else { length }
            }
            Some(_) => return None,
        };
        (length <= bits).then(|| Self { six, length, first: first(number, length, six) })
    }

    fn last(self) -> u128 {
        let bits = if self.six { 128 } else { 32 };
        self.first | host_mask(bits - u32::from(self.length))
    }
}

fn host_mask(bits: u32) -> u128 {
    1_u128.checked_shl(bits).map_or(u128::MAX, |above| above - 1)
}

fn first(number: u128, length: u8, six: bool) -> u128 {
    let bits = if six { 128 } else { 32 };
    number & !host_mask(bits - u32::from(length))
}

/// Networks by version and length, the first addresses sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Networks {
    by_length: BTreeMap<(bool, u8), Vec<u128>>,
}

impl Networks {
    /// The networks, and what is none.
    pub(super) fn new<'t>(all: impl Iterator<Item = &'t str>) -> (Self, Vec<String>) {
        let mut networks = Self::default();
        let mut left_out = Vec::new();
        for text in all {
            match Network::parse(text.trim()) {
                Some(network) => {
                    networks.by_length.entry((network.six, network.length)).or_default().push(network.first);
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
        let asked = Network::parse(value.trim())?;
        let found = self.by_length.iter().filter(|((six, _), _)| *six == asked.six);
        found
            .filter_map(|((six, length), addresses)| {
                let from = first(asked.first, *length, *six);
                let at = addresses.partition_point(|address| *address < from);
                let address = *addresses.get(at)?;
                let meets = address == from || (*length > asked.length && address <= asked.last());
                meets.then(|| written(*six, address, *length))
            })
            .next()
    }
}

fn written(six: bool, address: u128, length: u8) -> String {
    let address = match u32::try_from(address) {
        Ok(four) if !six => IpAddr::V4(four.into()),
        _ => IpAddr::V6(address.into()),
    };
    format!("{address}/{length}")
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
            ("198.51.100.0/24", Some("198.51.100.7/32")),
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
