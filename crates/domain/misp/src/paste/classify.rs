//! What one word is.

use super::{Doubt, Kind, Reason};
use crate::types::{is_domain, is_email};
use scr_patterns::Network;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// One value with its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// What it is.
    pub kind: Kind,
    /// The value in its one form.
    pub text: String,
    /// Why somebody should look.
    pub doubts: Vec<Doubt>,
}

impl Value {
    fn sure(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), doubts: Vec::new() }
    }

    fn doubting(mut self, doubt: Option<Doubt>) -> Self {
        self.doubts.extend(doubt);
        self
    }
}

/// Top-level domains that are in use as endings of files.
const FILE_ENDINGS: &[&str] = &[
    "app", "bar", "bat", "cab", "com", "info", "java", "md", "mov", "ms", "pl", "ps", "py", "rs", "sh", "so",
    "zip",
];

/// The hashes of nothing: MD5, SHA-1, SHA-256, SHA-512 of no bytes.
const OF_NOTHING: &[&str] = &[
    "d41d8cd98f00b204e9800998ecf8427e",
    "da39a3ee5e6b4b0d3255bfef95601890afd80709",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
];

/// What one word is, brackets taken off already (see [`super::refang`]).
///
/// # Errors
/// `Err(Some(reason))` for what looks like an indicator and is none; `Err(None)` for any other word.
pub fn classify(word: &str) -> Result<Value, Option<Reason>> {
    if word.is_empty() || word.len() > 4_096 || word.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(None);
    }
    if word.contains("://") {
        return url(word);
    }
    if let Some(found) = hash(word) {
        return found;
    }
    if let Some(found) = cve(word) {
        return found;
    }
    if let Some(found) = address(word) {
        return found;
    }
    if word.contains('@') {
        return email(word);
    }
    name_or_path(word)
}

fn hash(word: &str) -> Option<Result<Value, Option<Reason>>> {
    if word.len() < 24 || !word.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let kind = match word.len() {
        32 => Kind::Md5,
        40 => Kind::Sha1,
        64 => Kind::Sha256,
        128 => Kind::Sha512,
        // SHA-224 and SHA-384 are hashes too, which nobody shares; the reader should look.
        _ => return Some(Err(Some(Reason::NoHashLength))),
    };
    let text = word.to_ascii_lowercase();
    let first = text.as_bytes().first().copied();
    let nothing = OF_NOTHING.contains(&text.as_str()) || text.bytes().all(|b| Some(b) == first);
    Some(Ok(Value::sure(kind, text).doubting(nothing.then_some(Doubt::HashOfNothing))))
}

fn cve(word: &str) -> Option<Result<Value, Option<Reason>>> {
    let rest = word.get(..3).filter(|start| start.eq_ignore_ascii_case("cve")).and_then(|_| word.get(3..))?;
    let rest = rest.strip_prefix(['-', '_', '–', '‑'])?;
    let parts = rest.split_once(['-', '–', '‑', '_']);
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let found = parts.filter(|(year, number)| {
        year.len() == 4
            && digits(year)
            && matches!(year.as_bytes().first(), Some(b'1' | b'2'))
            && (4..=19).contains(&number.len())
            && digits(number)
    });
    Some(match found {
        Some((year, number)) => Ok(Value::sure(Kind::Cve, format!("CVE-{year}-{number}"))),
        None => Err(Some(Reason::NoCve)),
    })
}

/// Addresses, networks, ranges, addresses with a port.
fn address(word: &str) -> Option<Result<Value, Option<Reason>>> {
    let bare = word.trim_start_matches('[').trim_end_matches(']');
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return Some(Ok(of_ip(ip)));
    }
    if let Some(found) = range(word) {
        return Some(found);
    }
    if let Some((left, length)) = word.split_once('/')
        && let Ok(ip) = left.parse::<IpAddr>()
    {
        return Some(network(ip, length).or_else(|reason| under_address(word, ip, reason)));
    }
    if let Some((left, right)) = word.rsplit_once(':')
        && let Ok(ip) = left.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>()
        && (ip.is_ipv4() || left.starts_with('['))
    {
        let port = right.split('/').next().unwrap_or(right);
        if !port.is_empty() && port.parse::<u16>().is_ok() {
            return Some(Ok(of_ip(ip)));
        }
    }
    let numbers = word.split(['.', '/', '-', ':']).all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let dots = word.matches('.').count();
    // 192.0.2.256 or 192.0.2.1.9: somebody has mistyped an address. 3.5 and 2024.11 are numbers.
    (numbers && dots >= 3).then_some(Err(Some(Reason::NoAddress)))
}

/// `192.0.2.1/path` is an address of the web.
fn under_address(word: &str, ip: IpAddr, reason: Option<Reason>) -> Result<Value, Option<Reason>> {
    let path = word.split_once('/').map_or("", |(_, path)| path);
    if path.bytes().all(|b| b.is_ascii_digit()) && !path.is_empty() {
        return Err(reason);
    }
    let value = Value::sure(Kind::Url, format!("http://{word}"));
    Ok(value.doubting(Some(Doubt::SchemeAdded)).doubting(reserved(ip)))
}

fn of_ip(ip: IpAddr) -> Value {
    let ip = ip.to_canonical();
    let kind = if ip.is_ipv4() { Kind::Ipv4 } else { Kind::Ipv6 };
    let version = matches!(ip, IpAddr::V4(four) if four.octets().iter().all(|octet| *octet < 20));
    let doubt = reserved(ip).or_else(|| version.then_some(Doubt::VersionPerhaps));
    Value::sure(kind, ip.to_string()).doubting(doubt)
}

fn reserved(ip: IpAddr) -> Option<Doubt> {
    let special = match ip.to_canonical() {
        IpAddr::V4(four) => reserved_four(four),
        IpAddr::V6(six) => reserved_six(six),
    };
    special.then_some(Doubt::ReservedAddress)
}

/// The special blocks of RFC 6890 and multicast.
fn reserved_four(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (18..20).contains(&b))
}

fn reserved_six(ip: Ipv6Addr) -> bool {
    let [a, b, ..] = ip.segments();
    ip.is_loopback()
        || ip.is_unspecified()
        || ip.is_multicast()
        || (a & 0xfe00) == 0xfc00
        || (a & 0xffc0) == 0xfe80
        || (a == 0x2001 && b == 0x0db8)
}

fn network(ip: IpAddr, length: &str) -> Result<Value, Option<Reason>> {
    let network = Network::parse(&format!("{ip}/{length}")).ok_or(Some(Reason::NoAddress))?;
    let (bits, widest) = if ip.is_ipv4() { (32, 16) } else { (128, 32) };
    if network.length() == bits {
        return Ok(of_ip(ip));
    }
    let wide = (network.length() < widest).then_some(Doubt::WideNetwork);
    let value = Value::sure(Kind::Network, network.to_string());
    Ok(value.doubting(reserved(ip)).doubting(wide))
}

/// `192.0.2.1-192.0.2.9`, `192.0.2.1-9`.
fn range(word: &str) -> Option<Result<Value, Option<Reason>>> {
    let (left, right) = word.split_once(['-', '–', '—'])?;
    let first: IpAddr = left.parse().ok()?;
    let last: IpAddr = match (right.parse(), first) {
        (Ok(ip), _) => ip,
        (Err(_), IpAddr::V4(four)) => {
            let octet: u8 = right.parse().ok()?;
            let [a, b, c, _] = four.octets();
            IpAddr::V4(Ipv4Addr::new(a, b, c, octet))
        }
        _ => return None,
    };
    Some(match networks_of(first, last) {
        None => Err(Some(Reason::BadRange)),
        Some(networks) => match networks.as_slice() {
            [one] => match one.split_once('/') {
                Some((ip, length)) => ip.parse().map_err(|_| None).and_then(|ip| network(ip, length)),
                None => Ok(of_ip(first)),
            },
            _ => Ok(Value::sure(Kind::Network, format!("{first}-{last}")).doubting(reserved(first))),
        },
    })
}

/// Networks that a range takes, at most.
const NETWORKS: usize = 64;

/// The networks that a range of addresses consists of; single addresses without a length.
pub(super) fn networks_of(first: IpAddr, last: IpAddr) -> Option<Vec<String>> {
    let (bits, mut from, to) = match (first, last) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (32, u128::from(u32::from(a)), u128::from(u32::from(b))),
        (IpAddr::V6(a), IpAddr::V6(b)) => (128, u128::from(a), u128::from(b)),
        _ => return None,
    };
    if from > to {
        return None;
    }
    let mut networks = Vec::new();
    loop {
        // The widest network that begins here and ends within the range.
        let free = from.trailing_zeros().min(bits);
        let free =
            (0..=free).rev().find(|free| end_of(from, *free).is_some_and(|end| end <= to)).unwrap_or(0);
        networks.push(written(from, bits, free));
        if networks.len() > NETWORKS {
            return None;
        }
        let end = end_of(from, free)?;
        if end >= to {
            return Some(networks);
        }
        from = end + 1;
    }
}

fn end_of(from: u128, free: u32) -> Option<u128> {
    let size = 1_u128.checked_shl(free).map_or(u128::MAX, |size| size - 1);
    from.checked_add(size)
}

fn written(from: u128, bits: u32, free: u32) -> String {
    let ip = match u32::try_from(from) {
        Ok(four) if bits == 32 => IpAddr::V4(four.into()),
        _ => IpAddr::V6(from.into()),
    };
    if free == 0 { ip.to_string() } else { format!("{ip}/{}", bits - free) }
}

fn email(word: &str) -> Result<Value, Option<Reason>> {
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let (local, domain) = word.rsplit_once('@').unwrap_or(("", word));
    // @name is how people are named in social networks.
    if local.is_empty() || !domain.contains('.') {
        return if local.is_empty() || domain.is_empty() { Err(None) } else { Err(Some(Reason::NoEmail)) };
    }
    if !is_email(word) {
        return Err(Some(Reason::NoEmail));
    }
    let domain = domain.trim_end_matches('.').to_lowercase();
    let doubt = (suffix(&domain) == Suffix::Unknown).then_some(Doubt::UnknownSuffix);
    Ok(Value::sure(Kind::Email, format!("{local}@{domain}")).doubting(doubt))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Suffix {
    /// The name ends in a suffix that is known.
    Known,
    /// It is one itself.
    Itself,
    Unknown,
}

fn suffix(name: &str) -> Suffix {
    match psl::suffix(name.as_bytes()) {
        Some(suffix) if suffix.is_known() && suffix.as_bytes().len() == name.len() => Suffix::Itself,
        Some(suffix) if suffix.is_known() => Suffix::Known,
        // Names of the Tor network have no suffix in the public list.
        _ if name.ends_with(".onion") => Suffix::Known,
        _ => Suffix::Unknown,
    }
}

/// Letters of Latin and of another script in one label.
fn mixes_scripts(name: &str) -> bool {
    name.split('.').any(|label| {
        let latin = label.chars().any(|c| c.is_ascii_alphabetic());
        latin && label.chars().any(|c| matches!(c, '\u{370}'..='\u{52f}'))
    })
}

fn doubts_of_name(name: &str) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    match suffix(name) {
        Suffix::Unknown => doubts.push(Doubt::UnknownSuffix),
        Suffix::Itself => doubts.push(Doubt::PublicSuffix),
        Suffix::Known => {
            let (rest, last) = name.rsplit_once('.').unwrap_or(("", name));
            if !rest.contains('.') && FILE_ENDINGS.contains(&last) && last != "com" && last != "info" {
                doubts.push(Doubt::FileNamePerhaps);
            }
        }
    }
    if mixes_scripts(name) {
        doubts.push(Doubt::MixedScripts);
    }
    doubts
}

/// `example.org`, `example.org:8080`, `example.org/path`.
fn name_or_path(word: &str) -> Result<Value, Option<Reason>> {
    let (authority, path) = match word.find(['/', '?']) {
        Some(at) => (word.get(..at).unwrap_or(word), word.get(at..).unwrap_or("")),
        None => (word, ""),
    };
    let (name, port) = match authority.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => (name, Some(port)),
        _ => (authority, None),
    };
    let name = name.trim_start_matches("*.").trim_end_matches('.');
    if !is_domain(name) || !is_name_like(name) {
        return Err(None);
    }
    let lower = name.to_lowercase();
    let doubts = doubts_of_name(&lower);
    if path.is_empty() || path == "/" {
        return Ok(Value { kind: Kind::Domain, text: lower, doubts });
    }
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let mut value = Value { kind: Kind::Url, text: format!("http://{lower}{port}{path}"), doubts };
    value.doubts.push(Doubt::SchemeAdded);
    Ok(value)
}

/// A last label of two letters at least: `e.g` and `3.b` are no names.
fn is_name_like(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or("");
    last.chars().count() >= 2
        && (last.chars().all(char::is_alphabetic) || last.starts_with("xn--") || !last.is_ascii())
}

/// Schemes of addresses that can be indicators.
const SCHEMES: &[&str] = &[
    "http", "https", "ftp", "ftps", "sftp", "ws", "wss", "tcp", "udp", "ssh", "rtsp", "smb", "ldap", "ldaps",
];

fn url(word: &str) -> Result<Value, Option<Reason>> {
    let Some((scheme, rest)) = word.split_once("://") else { return Err(None) };
    let scheme = scheme.to_ascii_lowercase();
    if !SCHEMES.contains(&scheme.as_str()) {
        return Err(Some(Reason::NoName));
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = (rest.get(..end).unwrap_or(""), rest.get(end..).unwrap_or(""));
    let (user, host) =
        authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (host, None),
    };
    if port.is_some_and(|port| port.parse::<u16>().is_err()) {
        return Err(Some(Reason::NoName));
    }
    let ip = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    let lower = name.trim_end_matches('.').to_lowercase();
    let doubts = match ip {
        Ok(ip) => reserved(ip).into_iter().collect(),
        Err(_) if is_domain(&lower) => {
            doubts_of_name(&lower).into_iter().filter(|doubt| *doubt != Doubt::FileNamePerhaps).collect()
        }
        Err(_) => return Err(Some(Reason::NoName)),
    };
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    Ok(Value { kind: Kind::Url, text: format!("{scheme}://{user}{lower}{port}{path}"), doubts })
}
