//! Warning lists: values that are known to be harmless or shared by everybody. An indicator on one of them would
//! block a government site, a resolver or half of the web.

mod entries;
mod networks;
mod read;

pub use read::{ListError, RawList};

use crate::limits::Limits;
use crate::types::{part_kinds, parts};
use entries::Names;
use networks::Networks;
use regex::Regex;
use serde_json::Value;
use std::borrow::Cow;

/// How the entries of a list are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// The whole value, in any case.
    String,
    /// An entry within the value, in any case.
    Substring,
    /// The name of the value's host, or one below it.
    Hostname,
    /// An address in a network, or a network that meets one.
    Cidr,
    /// A regular expression that is found in the value.
    Regex,
}

/// Entries in the form in which they are looked up.
#[derive(Debug, Clone)]
enum Matcher {
    Strings(Names),
    Substrings(Names),
    Hostnames(Names),
    Networks(Networks),
    Expressions(Vec<Regex>),
}

/// One list.
#[derive(Debug, Clone)]
pub struct List {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its version.
    pub version: i64,
    /// How its entries are compared.
    pub kind: ListKind,
    /// The types of attributes that it is about; none means all.
    pub matching: Vec<String>,
    /// Entries that could not be taken: no network, an expression with what a linear engine cannot do.
    pub left_out: Vec<String>,
    matcher: Matcher,
}

/// A value that stands on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The name of the list.
    pub list: String,
    /// The entry that is met.
    pub entry: String,
    /// The value, or the part of it that meets the entry.
    pub value: String,
}

impl List {
    /// How many entries it has.
    pub fn len(&self) -> usize {
        match &self.matcher {
            Matcher::Strings(names) | Matcher::Substrings(names) | Matcher::Hostnames(names) => names.len(),
            Matcher::Networks(networks) => networks.len(),
            Matcher::Expressions(expressions) => expressions.len(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The entry that a value meets.
    fn meets(&self, value: &str) -> Option<String> {
        match &self.matcher {
            Matcher::Strings(names) => {
                let value = value.to_lowercase();
                names.contains(&value).then_some(value)
            }
            Matcher::Substrings(names) => names.within(&value.to_lowercase()).map(str::to_owned),
            Matcher::Hostnames(names) => {
                above(&host(value)).find(|name| names.contains(name)).map(str::to_owned)
            }
            Matcher::Networks(networks) => networks.meets(value),
            Matcher::Expressions(all) => {
                all.iter().find(|one| one.is_match(value)).map(|one| one.as_str().to_owned())
            }
        }
    }

    fn is_about(&self, kinds: &[&str]) -> bool {
        self.matching.is_empty() || kinds.iter().any(|kind| self.matching.iter().any(|name| name == kind))
    }
}

/// The host of an address of the web or of e-mail, or of `host/path`, in small letters and without a port.
fn host(value: &str) -> Cow<'_, str> {
    let rest = value.split_once("//").map_or(value, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let name = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let name = match name.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !host.contains(':') => host,
        _ => name,
    };
    let name = name.trim_end_matches('.');
    if name.chars().any(char::is_uppercase) { Cow::Owned(name.to_lowercase()) } else { Cow::Borrowed(name) }
}

/// A name and the names above it: `a.b.c`, `b.c`, `c`.
fn above(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, rest)| rest)).take(128)
}

/// The types of attributes that a type of STIX object stands for; a type of attribute stands for itself.
fn kinds_of(kind: &str) -> Vec<&str> {
    match kind {
        "ipv4-addr" | "ipv6-addr" => vec!["ip-src", "ip-dst"],
        "domain-name" => vec!["domain", "hostname"],
        "email-addr" => vec!["email", "email-src", "email-dst"],
        "url" => vec!["url", "uri", "link"],
        "mac-addr" => vec!["mac-address"],
        "autonomous-system" => vec!["AS"],
        other => vec![other],
    }
}

/// Warning lists.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    lists: Vec<List>,
}

impl Lists {
    /// Reads a `list.json` and adds it; one of the same name is replaced.
    ///
    /// # Errors
    /// What is no JSON, passes a limit, or is no list of a known type.
    pub fn add(&mut self, bytes: &[u8], limits: &Limits) -> Result<&List, ListError> {
        let list = RawList::read(bytes, limits)?.into_list(limits)?;
        self.lists.retain(|known| known.name != list.name);
        self.lists.push(list);
        self.lists.last().ok_or(ListError::NotAList)
    }

    /// The lists, in the order in which they were added.
    pub fn all(&self) -> &[List] {
        &self.lists
    }

    /// The lists on which a value of this type stands. The type is one of MISP's attributes (`domain|ip`) or of STIX's
    /// objects (`domain-name`). A composite counts part by part.
    pub fn check(&self, value: &str, kind: &str) -> Vec<Hit> {
        let mut hits = Vec::new();
        match parts(kind, value).zip(part_kinds(kind)) {
            Some(((left, right), (left_kind, right_kind))) => {
                self.look(left, &[left_kind, kind], &mut hits);
                self.look(right, &[right_kind, kind], &mut hits);
            }
            None => self.look(value, &kinds_of(kind), &mut hits),
        }
        hits
    }

    fn look(&self, value: &str, kinds: &[&str], hits: &mut Vec<Hit>) {
        for list in self.lists.iter().filter(|list| list.is_about(kinds)) {
            if let Some(entry) = list.meets(value) {
                hits.push(Hit { list: list.name.clone(), entry, value: value.to_owned() });
            }
        }
    }

    /// The same for a STIX observable: its value, or the hashes and the name of a file.
    pub fn check_observable(&self, object: &Value) -> Vec<Hit> {
        let kind = object["type"].as_str().unwrap_or_default();
        let mut hits = Vec::new();
        if let Some(value) = object["value"].as_str() {
            hits.extend(self.check(value, kind));
        }
        if kind == "autonomous-system"
            && let Some(number) = object["number"].as_u64()
        {
            hits.extend(self.check(&number.to_string(), "AS"));
        }
        if let Some(hashes) = object["hashes"].as_object() {
            let prefix = if kind == "x509-certificate" { "x509-fingerprint-" } else { "" };
            for (algorithm, hash) in hashes {
                let name = algorithm.to_lowercase().replace("sha-", "sha");
                hits.extend(self.check(hash.as_str().unwrap_or_default(), &format!("{prefix}{name}")));
            }
        }
        if kind == "file"
            && let Some(name) = object["name"].as_str()
        {
            hits.extend(self.check(name, "filename"));
        }
        hits
    }
}
