//! Networks among which those around an address, or within a network, are found.

use crate::network::{Family, Network};
use std::collections::BTreeMap;

/// Values by network.
#[derive(Debug)]
pub(crate) struct Networks<T> {
    entries: BTreeMap<Network, Vec<T>>,
    /// How many networks there are of each length, IPv4 and IPv6 apart.
    lengths: BTreeMap<(Family, u8), usize>,
}

impl<T> Default for Networks<T> {
    fn default() -> Self {
        Self { entries: BTreeMap::new(), lengths: BTreeMap::new() }
    }
}

impl<T: Ord + Copy> Networks<T> {
    pub(crate) fn insert(&mut self, network: Network, value: T) {
        let values = self.entries.entry(network).or_default();
        if values.is_empty() {
            *self.lengths.entry((network.family(), network.length())).or_insert(0) += 1;
        }
        if let Err(at) = values.binary_search(&value) {
            values.insert(at, value);
        }
    }

    pub(crate) fn remove(&mut self, network: Network, value: T) {
        let Some(values) = self.entries.get_mut(&network) else { return };
        if let Ok(at) = values.binary_search(&value) {
            values.remove(at);
        }
        if values.is_empty() {
            self.entries.remove(&network);
            let length = (network.family(), network.length());
            if let Some(count) = self.lengths.get_mut(&length) {
                *count -= 1;
                if *count == 0 {
                    self.lengths.remove(&length);
                }
            }
        }
    }

    /// Values of the networks that contain this one, itself among them, from the widest: one look for each length of
    /// prefix that occurs.
    pub(crate) fn around(&self, network: Network) -> impl Iterator<Item = T> + '_ {
        let family = network.family();
        self.lengths
            .range((family, 0)..=(family, network.length()))
            .filter_map(move |((_, length), _)| self.entries.get(&network.widened(*length)))
            .flatten()
            .copied()
    }

    /// Values of the networks within this one, itself among them.
    pub(crate) fn within(&self, network: Network) -> impl Iterator<Item = T> + '_ {
        let first = Network::new(network.family(), network.first(), network.family().bits());
        let last = Network::new(network.family(), network.last(), network.family().bits());
        // The first address as a network of its own comes behind wider networks that begin there: those are looked for
        // by their lengths.
        let wider = (network.length()..network.family().bits())
            .filter_map(move |length| Network::new(network.family(), network.first(), length))
            .filter_map(|wider| self.entries.get(&wider));
        let narrower = first.zip(last).into_iter().flat_map(|(first, last)| self.entries.range(first..=last));
        wider.chain(narrower.map(|(_, values)| values)).flatten().copied()
    }

    pub(crate) fn count(&self, network: Network) -> usize {
        self.entries.get(&network).map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn network() -> impl Strategy<Value = Network> {
        // Few bits, so that networks meet.
        let v4 = (0_u128..16, 28_u8..33).prop_map(|(low, length)| Network::new(Family::V4, low, length));
        let wide =
            (0_u128..4, 0_u8..5).prop_map(|(high, length)| Network::new(Family::V4, high << 30, length));
        let v6 = (0_u128..16, 124_u8..129).prop_map(|(low, length)| Network::new(Family::V6, low, length));
        prop_oneof![v4, wide, v6].prop_map(Option::unwrap)
    }

    proptest! {
        #[test]
        fn what_lies_around_and_within_is_found_as_by_looking_at_all(
            networks in prop::collection::vec(network(), 0..20),
            removed in prop::collection::vec(any::<bool>(), 20),
            wanted in network(),
        ) {
            let mut map = Networks::default();
            for (at, network) in networks.iter().enumerate() {
                map.insert(*network, at);
            }
            let mut kept = Vec::new();
            for (at, network) in networks.iter().enumerate() {
                if removed[at] { map.remove(*network, at) } else { kept.push((at, *network)) }
            }
            let sorted = |found: Vec<usize>| { let mut found = found; found.sort_unstable(); found };
            let expected = |test: &dyn Fn(Network) -> bool| -> Vec<usize> {
                kept.iter().filter(|(_, network)| test(*network)).map(|(at, _)| *at).collect()
            };
            prop_assert_eq!(sorted(map.around(wanted).collect()), expected(&|network| network.contains(wanted)));
            prop_assert_eq!(sorted(map.within(wanted).collect()), expected(&|network| wanted.contains(network)));
            if kept.is_empty() {
                prop_assert!(map.lengths.is_empty() && map.entries.is_empty());
            }
        }
    }
}
