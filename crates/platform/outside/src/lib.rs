//! Servers of others that this one asks of its own accord: never inside one's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::{fmt, io};
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// A machine that is not asked.
#[derive(Debug)]
struct NotPublic;

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not on the public internet")
    }
}

impl std::error::Error for NotPublic {}

/// Looks names up, and refuses those that lead anywhere but to the public internet. What is connected to is what was looked
/// at: a name that means another machine a moment later leads nowhere else.
#[derive(Debug)]
pub struct PublicOnly {
    system: DefaultResolver,
    may_be_private: bool,
}

impl PublicOnly {
    pub fn new(may_be_private: bool) -> Self {
        Self { system: DefaultResolver::default(), may_be_private }
    }
}

/// Whether a request failed because the server is not on the public internet.
pub fn is_not_public(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<NotPublic>()))
}

impl Resolver for PublicOnly {
    fn resolve(
        &self,
        uri: &ureq::http::Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.system.resolve(uri, config, timeout)?;
        // A name that leads to both kinds is no honest one.
        if self.may_be_private || found.iter().all(|one| is_public(one.ip())) {
            return Ok(found);
        }
        Err(ureq::Error::Io(io::Error::other(NotPublic)))
    }
}

/// Looks a name up for what is connected to without `ureq`, such as mail: what comes is what may be connected to.
///
/// # Errors
/// A name that leads nowhere, or (see [`is_private`]) anywhere but to the public internet.
pub fn look_up(host: &str, port: u16, may_be_private: bool) -> io::Result<Vec<SocketAddr>> {
    let found: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
    if found.is_empty() {
        return Err(io::Error::from(io::ErrorKind::NotFound));
    }
    if may_be_private || found.iter().all(|one| is_public(one.ip())) {
        return Ok(found);
    }
    Err(io::Error::other(NotPublic))
}

/// Whether [`look_up`] refused what it found.
pub fn is_private(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<NotPublic>())
}

/// Whether an address of the network is one of the public internet. All others are never asked: behind them stand this
/// server itself, its neighbours, and services that believe whoever can reach them (IANA's registries of special
/// addresses).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    )
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let [g1, g2] = g.to_be_bytes();
    let [h1, h2] = h.to_be_bytes();
    let last = Ipv4Addr::new(g1, g2, h1, h2);
    let [b1, b2] = b.to_be_bytes();
    let [c1, c2] = c.to_be_bytes();
    match (a, b) {
        // An address of IPv4 in other clothes: translated (RFC 6052), 6to4 (RFC 3056). Mapped ones no name server gives.
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => is_public_v4(last),
        (0x2002, _) => is_public_v4(Ipv4Addr::new(b1, b2, c1, c2)),
        // Protocols, tunnels, documentation.
        (0x2001, 0..=0x1ff | 0xdb8) | (0x3fff, 0..=0xfff) => false,
        (0x2000..=0x3fff, _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_looked_up_and_private_ones_refused() {
        let refused = look_up("127.0.0.1", 25, false).unwrap_err();
        assert!(is_private(&refused));
        assert_eq!(look_up("127.0.0.1", 25, true).unwrap(), ["127.0.0.1:25".parse().unwrap()]);
        assert!(!is_private(&look_up("no such host", 25, false).unwrap_err()));
    }

    #[test]
    fn machines_that_are_never_asked() {
        let private = [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "192.0.2.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
            "64:ff9b:1::1",
            "100::1",
        ];
        for text in private {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in ["9.9.9.9", "172.32.0.1", "100.128.0.1", "192.0.1.1", "2606:4700::1", "2a00::1"] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn addresses_of_ones_own_network_are_not_public() {
        for near in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "192.0.0.8",
            "198.18.0.1",
            "203.0.113.7",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(near.parse().unwrap()), "{near}");
        }
        for public in ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1", "64:ff9b::808:808"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }
}
