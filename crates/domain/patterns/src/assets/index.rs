//! Assets among which those that a text or a network is about are found without looking at all.

use super::name::{host, upwards, words};
use super::parse::MOST_WORDS;
use super::text::{Piece, is_hash};
use super::touch::Relation;
use super::{AddressRange, Asset};
use crate::network::Network;
use crate::networks::Networks;
use std::collections::BTreeMap;

type Lists<N> = BTreeMap<N, Vec<usize>>;

/// The assets of members, by keys of the caller's: one asset a key. They are added and taken out one by one.
#[derive(Debug)]
pub struct Assets<K> {
    entries: Vec<Option<(K, Asset)>>,
    free: Vec<usize>,
    by_key: BTreeMap<K, usize>,
    domains: Lists<Box<str>>,
    hosts: Lists<Box<str>>,
    /// By local part, `@` and domain.
    emails: Lists<Box<str>>,
    email_domains: Lists<Box<str>>,
    networks: Networks<usize>,
    /// How many assets are addresses.
    ranges: usize,
    hashes: Lists<Box<str>>,
    systems: Lists<u32>,
    names: Lists<Box<str>>,
    /// Three octets of an asset's text, for patterns with wildcards.
    grams: Lists<[u8; 3]>,
}

impl<K> Default for Assets<K> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            free: Vec::new(),
            by_key: BTreeMap::new(),
            domains: Lists::new(),
            hosts: Lists::new(),
            emails: Lists::new(),
            email_domains: Lists::new(),
            networks: Networks::default(),
            ranges: 0,
            hashes: Lists::new(),
            systems: Lists::new(),
            names: Lists::new(),
            grams: Lists::new(),
        }
    }
}

impl<K: Ord + Clone> Assets<K> {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// The asset of a key.
    pub fn get(&self, key: &K) -> Option<&Asset> {
        self.entries.get(*self.by_key.get(key)?)?.as_ref().map(|(_, asset)| asset)
    }

    /// Adds an asset; gives back the one that had the key before.
    pub fn insert(&mut self, key: K, asset: Asset) -> Option<Asset> {
        let before = self.remove(&key);
        let at = self.free.pop().unwrap_or(self.entries.len());
        self.change(&asset, at, true);
        let entry = Some((key.clone(), asset));
        if at == self.entries.len() {
            self.entries.push(entry)
        } else {
            self.entries[at] = entry
        }
        self.by_key.insert(key, at);
        before
    }

    /// Takes an asset out.
    pub fn remove(&mut self, key: &K) -> Option<Asset> {
        let at = self.by_key.remove(key)?;
        let (_, asset) = self.entries.get_mut(at)?.take()?;
        self.free.push(at);
        self.change(&asset, at, false);
        Some(asset)
    }

    /// Adds an entry to all lists in which it belongs, or takes it out of them.
    fn change(&mut self, asset: &Asset, at: usize, is_added: bool) {
        let text = text_of(asset);
        match asset {
            Asset::Domain(name) => change(&mut self.domains, name.clone(), at, is_added),
            Asset::Host(name) => change(&mut self.hosts, name.clone(), at, is_added),
            Asset::Addresses(range) => {
                self.ranges = if is_added { self.ranges + 1 } else { self.ranges.saturating_sub(1) };
                for network in range.networks() {
                    if is_added {
                        self.networks.insert(network, at)
                    } else {
                        self.networks.remove(network, at)
                    }
                }
            }
            Asset::Email { .. } => {
                change(&mut self.emails, text.clone().unwrap_or_default().into(), at, is_added);
            }
            Asset::EmailDomain(domain) => change(&mut self.email_domains, domain.clone(), at, is_added),
            Asset::Hash(hash) => change(&mut self.hashes, hash.clone(), at, is_added),
            Asset::AutonomousSystem(number) => change(&mut self.systems, *number, at, is_added),
            Asset::Name(name) => change(&mut self.names, name.clone(), at, is_added),
        }
        for gram in text.iter().flat_map(|text| grams(text)) {
            change(&mut self.grams, gram, at, is_added);
        }
    }

    /// Assets with addresses of a network. One is named as often as networks of it meet this one.
    pub(super) fn by_network(&self, network: Network, found: &mut dyn FnMut(usize, Relation)) {
        let seen = AddressRange::of(network);
        for at in self.networks.around(network).chain(self.networks.within(network)) {
            if let Some((_, Asset::Addresses(range))) = self.entry(at) {
                found(at, range.relation_of(seen));
            }
        }
    }

    pub(super) fn by_system(&self, number: u32, found: &mut dyn FnMut(usize, Relation)) {
        each(self.systems.get(&number), Relation::Same, found);
    }

    pub(super) fn by_hash(&self, digits: &str, found: &mut dyn FnMut(usize, Relation)) {
        if digits.bytes().any(|digit| digit.is_ascii_uppercase()) {
            each(self.hashes.get(digits.to_ascii_lowercase().as_str()), Relation::Same, found);
        } else {
            each(self.hashes.get(digits), Relation::Same, found);
        }
    }

    /// Assets that a piece of a text is about.
    pub(super) fn by_piece(&self, piece: Piece<'_>, found: &mut dyn FnMut(usize, Relation)) {
        match piece {
            Piece::Network(network) => self.by_network(network, found),
            Piece::Email(local, domain) => {
                let Some(domain) = host(domain) else { return };
                let address = format!("{}@{domain}", local.to_lowercase());
                each(self.emails.get(address.as_str()), Relation::Same, found);
                for (at, name) in upwards(&domain).enumerate() {
                    let relation = if at == 0 { Relation::Same } else { Relation::Below };
                    each(self.email_domains.get(name), relation, found);
                }
                self.by_host(&domain, found);
            }
            Piece::Word(word) => {
                if is_hash(word) {
                    self.by_hash(word, found);
                } else if let Some(name) = host(word) {
                    self.by_host(&name, found);
                } else if let Some(number) = system(word) {
                    self.by_system(number, found);
                }
            }
        }
    }

    fn by_host(&self, name: &str, found: &mut dyn FnMut(usize, Relation)) {
        each(self.hosts.get(name), Relation::Same, found);
        for (at, above) in upwards(name).enumerate() {
            let relation = if at == 0 { Relation::Same } else { Relation::Below };
            each(self.domains.get(above), relation, found);
        }
    }

    /// Names that stand in a text, word by word.
    pub(super) fn by_names(&self, text: &str, found: &mut dyn FnMut(usize, Relation)) {
        if self.names.is_empty() {
            return;
        }
        let words = words(text);
        let is_whole = |name: &str| name.len() == words.len();
        let starts = std::iter::once(0).chain(words.match_indices(' ').map(|(at, _)| at + 1));
        for start in starts {
            let rest = &words[start..];
            let ends = rest.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(rest.len()));
            for end in ends.take(MOST_WORDS) {
                let name = &rest[..end];
                let relation = if is_whole(name) { Relation::Same } else { Relation::Mentioned };
                each(self.names.get(name), relation, found);
            }
        }
    }

    /// Assets whose text contains a literal; `None` where the literal is too short to look for.
    pub(super) fn by_literal(&self, literal: &str) -> Option<&[usize]> {
        let lists = grams(literal).map(|gram| self.grams.get(&gram).map_or(&[][..], Vec::as_slice));
        lists.min_by_key(|list| list.len())
    }

    /// Whether assets are runs of addresses, whose texts are too many to look at.
    pub(super) fn has_ranges(&self) -> bool {
        self.ranges > 0
    }

    pub(super) fn entry(&self, at: usize) -> Option<&(K, Asset)> {
        self.entries.get(at)?.as_ref()
    }
}

/// The text that a pattern with wildcards would have to match.
pub(super) fn text_of(asset: &Asset) -> Option<String> {
    match asset {
        Asset::Domain(name) | Asset::Host(name) | Asset::Hash(name) | Asset::Name(name) => {
            Some(name.to_string())
        }
        Asset::Email { local, domain } => Some(format!("{local}@{domain}")),
        Asset::EmailDomain(_) | Asset::AutonomousSystem(_) | Asset::Addresses(_) => None,
    }
}

/// `AS64500`
fn system(word: &str) -> Option<u32> {
    let digits =
        word.strip_prefix("ASN").or_else(|| word.strip_prefix("AS")).or_else(|| word.strip_prefix("as"))?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

fn each(list: Option<&Vec<usize>>, relation: Relation, found: &mut dyn FnMut(usize, Relation)) {
    list.into_iter().flatten().for_each(|at| found(*at, relation));
}

fn change<N: Ord>(lists: &mut Lists<N>, name: N, at: usize, is_added: bool) {
    if is_added {
        let list = lists.entry(name).or_default();
        if let Err(place) = list.binary_search(&at) {
            list.insert(place, at);
        }
        return;
    }
    let Some(list) = lists.get_mut(&name) else { return };
    if let Ok(place) = list.binary_search(&at) {
        list.remove(place);
    }
    if list.is_empty() {
        lists.remove(&name);
    }
}

fn grams(text: &str) -> impl Iterator<Item = [u8; 3]> + '_ {
    text.as_bytes().windows(3).filter_map(|window| window.try_into().ok())
}
