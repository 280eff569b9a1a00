//! Indicators out of pasted text and tables, for people without tools.
//!
//! Nothing is dropped in silence: what looks like an indicator and is not certain is listed with the reason.

mod classify;
mod refang;
mod stix;
mod table;
mod text;

pub use classify::{Value, classify};
pub use refang::refang;
pub use table::{Column, Problem, RowError, Table, read_table};
pub use text::{Reading, read_text};

use crate::types;
use jiff::Timestamp;
use scr_core::Tlp;
use serde::Serialize;

/// What an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A domain or the name of a host.
    Domain,
    /// An address of the web or of another service, with its scheme.
    Url,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A network of either version, `192.0.2.0/24`, or a range of addresses, `192.0.2.1-192.0.2.9`.
    Network,
    /// An address of e-mail.
    Email,
    /// MD5.
    Md5,
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
    /// A vulnerability, `CVE-2024-0001`.
    Cve,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Domain,
        Self::Url,
        Self::Ipv4,
        Self::Ipv6,
        Self::Network,
        Self::Email,
        Self::Md5,
        Self::Sha1,
        Self::Sha256,
        Self::Sha512,
        Self::Cve,
    ];

    /// The type of attribute that it is in MISP.
    pub fn misp(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Url => "url",
            Self::Ipv4 | Self::Ipv6 | Self::Network => "ip-dst",
            Self::Email => "email",
            Self::Md5 => "md5",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
            Self::Cve => "vulnerability",
        }
    }

    /// What people and programs call it in a column `type`; `None` for a word that is none of them. `ip` and `hash`
    /// leave open which.
    fn named(name: &str) -> Option<&'static [Self]> {
        let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        Some(match plain.as_str() {
            "domain" | "domainname" | "hostname" | "host" | "fqdn" | "dns" => &[Self::Domain],
            "url" | "uri" | "link" | "website" => &[Self::Url],
            "ip" | "ipaddress" | "ipaddr" | "address" | "ipdst" | "ipsrc" => {
                &[Self::Ipv4, Self::Ipv6, Self::Network]
            }
            "ipv4" | "ipv4addr" | "ipv4address" | "ip4" => &[Self::Ipv4, Self::Network],
            "ipv6" | "ipv6addr" | "ipv6address" | "ip6" => &[Self::Ipv6, Self::Network],
            "network" | "netblock" | "cidr" | "iprange" | "range" | "subnet" => {
                &[Self::Network, Self::Ipv4, Self::Ipv6]
            }
            "email" | "emailaddress" | "emailaddr" | "mail" | "emailsrc" | "emaildst" | "sender" => {
                &[Self::Email]
            }
            "md5" | "hashmd5" | "filehashmd5" => &[Self::Md5],
            "sha1" | "hashsha1" | "filehashsha1" => &[Self::Sha1],
            "sha256" | "hashsha256" | "filehashsha256" => &[Self::Sha256],
            "sha512" | "hashsha512" | "filehashsha512" => &[Self::Sha512],
            "hash" | "filehash" | "checksum" => &[Self::Md5, Self::Sha1, Self::Sha256, Self::Sha512],
            "cve" | "vulnerability" | "cveid" => &[Self::Cve],
            _ => return None,
        })
    }
}

/// Why somebody should look before an indicator is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// The last label is no public suffix that is known.
    UnknownSuffix,
    /// It could as well be the name of a file (`update.zip`, `run.sh`).
    FileNamePerhaps,
    /// The name is itself a public suffix, such as `co.uk`: blocking it blocks everybody below it.
    PublicSuffix,
    /// An address that is private, reserved, local or for documentation.
    ReservedAddress,
    /// Four numbers that could be the number of a version.
    VersionPerhaps,
    /// A network wider than /16 (IPv4) or /32 (IPv6).
    WideNetwork,
    /// The hash of an empty file, or all digits the same.
    HashOfNothing,
    /// The scheme was missing; `http://` was put in front.
    SchemeAdded,
    /// It stands in plain writing where others are defanged: perhaps a source, not an indicator.
    NotDefanged,
    /// Letters of several scripts in one label.
    MixedScripts,
}

/// Why something was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Hexadecimal digits, in a number that no hash has.
    NoHashLength,
    /// Numbers and dots that are no address.
    NoAddress,
    /// An `@` without a domain behind it, or nothing before it.
    NoEmail,
    /// Defanged or with a scheme, and nevertheless no name.
    NoName,
    /// A name whose last label is no public suffix, in plain writing: the name of a file, or a missing space.
    UnknownSuffix,
    /// A range whose ends are not of one version, or the wrong way about, or that takes too many networks.
    BadRange,
    /// Something that looks like a CVE number and is none.
    NoCve,
    /// The line is longer than is read; the rest of it was not looked at.
    LineTooLong,
    /// More indicators than are taken; the rest was not looked at.
    TooMany,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// What it is.
    pub kind: Kind,
    /// Its value in its one form: no brackets, hosts and hashes in small letters.
    pub value: String,
    /// The lines on which it stands, from 1, ascending; at most [`Indicator::LINES`].
    pub lines: Vec<u64>,
    /// How often it stands there.
    pub count: u64,
    /// Whether it was defanged where it stood first.
    pub defanged: bool,
    /// Why somebody should look.
    pub doubts: Vec<Doubt>,
    /// What a table says beside it.
    pub comment: String,
    /// When it was first seen, of a table.
    #[serde(serialize_with = "as_text")]
    pub first_seen: Option<Timestamp>,
    /// When it was last seen, of a table.
    #[serde(serialize_with = "as_text")]
    pub last_seen: Option<Timestamp>,
    /// How far it may go, of a table.
    pub tlp: Option<Tlp>,
}

fn as_text<S: serde::Serializer>(at: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
    at.map(|at| at.to_string()).serialize(serializer)
}

impl Indicator {
    /// Lines that are listed one by one.
    pub const LINES: usize = 50;

    fn new(value: Value, line: u64, defanged: bool) -> Self {
        Self {
            kind: value.kind,
            value: value.text,
            lines: vec![line],
            count: 1,
            defanged,
            doubts: value.doubts,
            comment: String::new(),
            first_seen: None,
            last_seen: None,
            tlp: None,
        }
    }

    /// Counts the same indicator once more.
    fn again(&mut self, line: u64) {
        self.count += 1;
        if self.lines.last() != Some(&line) && self.lines.len() < Self::LINES {
            self.lines.push(line);
        }
    }

    /// Whether the value has the form of its type in MISP.
    pub fn is_well_formed(&self) -> bool {
        self.kind == Kind::Network || types::looks_right(self.kind.misp(), &self.value)
    }
}

/// Something that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// What stands there, at most 200 characters.
    pub text: String,
    /// The line, from 1.
    pub line: u64,
    /// Why.
    pub reason: Reason,
}
