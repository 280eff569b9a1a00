//! What an indicator is in STIX.

use super::classify::networks_of;
use super::{Indicator, Kind};
use crate::sco::{literal, observable};
use serde_json::{Map, Value, json};
use std::net::IpAddr;

impl Indicator {
    /// The pattern of STIX that finds it; a vulnerability has none.
    pub fn pattern(&self) -> Option<String> {
        let equal = |path: &str| format!("[{path} = {}]", literal(&self.value));
        Some(match self.kind {
            Kind::Domain => equal("domain-name:value"),
            Kind::Url => equal("url:value"),
            Kind::Ipv4 => equal("ipv4-addr:value"),
            Kind::Ipv6 => equal("ipv6-addr:value"),
            Kind::Email => equal("email-addr:value"),
            Kind::Md5 => equal("file:hashes.MD5"),
            Kind::Sha1 => equal("file:hashes.'SHA-1'"),
            Kind::Sha256 => equal("file:hashes.'SHA-256'"),
            Kind::Sha512 => equal("file:hashes.'SHA-512'"),
            Kind::Network => {
                let networks = self.networks();
                let each: Vec<String> = networks.iter().map(|network| in_network(network)).collect();
                format!("[{}]", each.join(" OR "))
            }
            Kind::Cve => return None,
        })
    }

    /// The networks of a range of addresses, as far as single addresses; of any other network, itself.
    pub fn networks(&self) -> Vec<String> {
        let range = self.value.split_once('-').and_then(|(first, last)| {
            networks_of(first.parse::<IpAddr>().ok()?, last.parse::<IpAddr>().ok()?)
        });
        range.unwrap_or_else(|| vec![self.value.clone()])
    }

    /// The observable of STIX; of a range of addresses, one for each network. A vulnerability is none.
    pub fn observables(&self) -> Vec<Value> {
        let (kind, fields) = match self.kind {
            Kind::Domain => ("domain-name", json!({"value": self.value})),
            Kind::Url => ("url", json!({"value": self.value})),
            Kind::Ipv4 => ("ipv4-addr", json!({"value": self.value})),
            Kind::Ipv6 => ("ipv6-addr", json!({"value": self.value})),
            Kind::Email => ("email-addr", json!({"value": self.value})),
            Kind::Md5 => ("file", json!({"hashes": {"MD5": self.value}})),
            Kind::Sha1 => ("file", json!({"hashes": {"SHA-1": self.value}})),
            Kind::Sha256 => ("file", json!({"hashes": {"SHA-256": self.value}})),
            Kind::Sha512 => ("file", json!({"hashes": {"SHA-512": self.value}})),
            Kind::Network => return self.networks().iter().map(|network| address(network)).collect(),
            Kind::Cve => return Vec::new(),
        };
        let Value::Object(fields) = fields else { return Vec::new() };
        vec![observable(kind, fields, "")]
    }
}

fn in_network(network: &str) -> String {
    let kind = if network.contains(':') { "ipv6-addr" } else { "ipv4-addr" };
    let operator = if network.contains('/') { "ISSUBSET" } else { "=" };
    format!("{kind}:value {operator} {}", literal(network))
}

fn address(network: &str) -> Value {
    let kind = if network.contains(':') { "ipv6-addr" } else { "ipv4-addr" };
    observable(kind, Map::from_iter([("value".to_owned(), network.into())]), "")
}
