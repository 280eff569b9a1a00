//! A client of TAXII 2.1 (OASIS, sections 3 to 5): what a server has, and the objects of one collection, page by page.

use super::address::Address;
use super::fetch::{Answer, Client};
use super::trouble::Trouble;
use scr_stix::{Envelope, EnvelopeError, Limits, Object, Rejected, Timestamp, read_envelope};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

const MEDIA: &str = "application/taxii+json;version=2.1";
/// Largest description of a server, an API root or its collections, in bytes.
const MAX_DESCRIPTION: u64 = 4 << 20;
/// API roots of one server, and collections in all, that are looked at.
const MAX_ROOTS: usize = 20;
const MAX_COLLECTIONS: usize = 500;
/// Longest title that is shown, in characters.
const MAX_TITLE: usize = 200;
/// Largest envelope, in bytes.
pub(crate) const MAX_ENVELOPE: u64 = 64 << 20;
/// Most objects of one envelope.
const MAX_OBJECTS: u64 = 200_000;
/// Longest cursor, in bytes.
const MAX_NEXT: usize = 4_000;

/// A collection of another server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Offered {
    /// The API root's title.
    pub(crate) root: String,
    /// Its title.
    pub(crate) title: String,
    /// What it says of itself.
    pub(crate) description: String,
    /// Whether we may read it.
    pub(crate) can_read: bool,
    /// Where it is.
    pub(crate) address: Address,
}

/// What a server has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Offer {
    /// Its collections.
    pub(crate) collections: Vec<Offered>,
    /// API roots that are on another server, where the login must not go.
    pub(crate) elsewhere: u64,
    /// API roots that did not answer.
    pub(crate) silent: u64,
}

fn words(value: &Value, name: &str) -> String {
    let text = value[name].as_str().unwrap_or_default();
    text.chars().filter(|c| !c.is_control()).take(MAX_TITLE).collect()
}

/// An answer of TAXII, or of a server that calls it JSON.
fn checked(answer: Answer) -> Result<Answer, Trouble> {
    let is_taxii = ["application/taxii+json", "application/json", "application/stix+json"]
        .iter()
        .any(|known| answer.media().eq_ignore_ascii_case(known));
    if is_taxii { Ok(answer) } else { Err(Trouble::Media) }
}

fn describe(client: &Client, address: &Address, beat: &mut dyn FnMut() -> bool) -> Result<Value, Trouble> {
    if !beat() {
        return Err(Trouble::Slow);
    }
    let bytes = checked(client.get(address, MEDIA)?)?.bytes(MAX_DESCRIPTION, beat)?;
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|error| Trouble::Broken { why: format!("JSON, line {}", error.line()) })?;
    if value.is_object() { Ok(value) } else { Err(Trouble::Media) }
}

/// What stands at an address: of a server, an API root, its collections, or one collection.
pub(crate) fn offer(
    client: &Client,
    address: &Address,
    beat: &mut dyn FnMut() -> bool,
) -> Result<Offer, Trouble> {
    let address = address.without_last("objects").unwrap_or_else(|| address.clone());
    let mut found = describe(client, &address, beat);
    let mut at = address.clone();
    if address.is_bare() && found.as_ref().is_ok_and(|value| value["api_roots"].is_null())
        || found.is_err() && address.is_bare()
    {
        // Section 4.1: discovery has a place of its own.
        at = address.join("/taxii2/").ok_or(Trouble::Missing)?;
        found = describe(client, &at, beat);
    }
    let value = found?;
    let mut offer = Offer::default();
    if let Some(roots) = value["api_roots"].as_array() {
        for root in roots.iter().filter_map(Value::as_str).take(MAX_ROOTS) {
            match at.join(root) {
                Some(root) if root.server() == at.server() => {
                    let taken = describe(client, &root, beat).and_then(|value| {
                        take_root(client, &root, &words(&value, "title"), beat, &mut offer)
                    });
                    offer.silent += u64::from(taken.is_err());
                }
                _ => offer.elsewhere += 1,
            }
        }
    } else if value["collections"].is_array() {
        let root = at.without_last("collections").ok_or(Trouble::Media)?;
        take_collections(&root, "", &value, &mut offer);
    } else if value["can_read"].is_boolean() {
        offer.collections.push(offered("", &value, at));
    } else if value["versions"].is_array() {
        take_root(client, &at, &words(&value, "title"), beat, &mut offer)?;
    } else {
        return Err(Trouble::Media);
    }
    Ok(offer)
}

fn take_root(
    client: &Client,
    root: &Address,
    title: &str,
    beat: &mut dyn FnMut() -> bool,
    offer: &mut Offer,
) -> Result<(), Trouble> {
    let list = root.below("collections/").ok_or(Trouble::Media)?;
    let value = describe(client, &list, beat)?;
    take_collections(root, title, &value, offer);
    Ok(())
}

fn take_collections(root: &Address, title: &str, value: &Value, offer: &mut Offer) {
    for one in value["collections"].as_array().into_iter().flatten() {
        let id = one["id"].as_str().unwrap_or_default();
        let is_plain = !id.is_empty()
            && id.len() <= 64
            && id.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        if !is_plain || offer.collections.len() >= MAX_COLLECTIONS {
            continue;
        }
        if let Some(address) = root.below(&format!("collections/{id}/")) {
            offer.collections.push(offered(title, one, address));
        }
    }
}

fn offered(root: &str, value: &Value, address: Address) -> Offered {
    let title = words(value, "title");
    Offered {
        root: root.to_owned(),
        title: if title.is_empty() { words(value, "id") } else { title },
        description: words(value, "description"),
        can_read: value["can_read"].as_bool().unwrap_or(false),
        address,
    }
}

/// One page of objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// What stands beside its objects.
    pub(crate) envelope: Envelope,
    /// When the last of them was added, as the server writes it; `None` where it does not say so in a readable form.
    pub(crate) last: Option<String>,
    /// A hash of its objects: the same page twice leads nowhere.
    pub(crate) digest: [u8; 32],
}

/// Where a page begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct From<'a> {
    /// Only what was added after this moment.
    pub(crate) after: Option<&'a str>,
    /// The cursor of the page before.
    pub(crate) next: Option<&'a str>,
    /// So many objects, if the server can.
    pub(crate) limit: usize,
}

/// Takes an object, or why one was not read.
pub(crate) type Each<'a> = dyn FnMut(Result<Object, Box<Rejected>>) -> ControlFlow<()> + 'a;

/// Reads one page of a collection's objects as it comes: at a time one object is in memory. `Ok(None)` where `each` has
/// ended it.
pub(crate) fn page(
    client: &Client,
    collection: &Address,
    from: &From<'_>,
    beat: &mut dyn FnMut() -> bool,
    each: &mut Each<'_>,
) -> Result<Option<Page>, Trouble> {
    let limit = from.limit.to_string();
    let mut query = vec![("limit", limit.as_str())];
    query.extend(from.after.map(|after| ("added_after", after)));
    query.extend(from.next.map(|next| ("next", next)));
    // All versions: what was changed twice between two visits comes twice.
    query.push(("match[version]", "all"));
    let objects = match collection.without_last("objects") {
        Some(_) => Some(collection.clone()),
        None => collection.below("objects/"),
    };
    let address = objects.and_then(|objects| objects.with_query(&query)).ok_or(Trouble::Own)?;
    let answer = checked(client.get(&address, MEDIA)?)?;
    let last = answer.header("x-taxii-date-added-last").filter(|text| Timestamp::parse(text).is_ok());
    let last = last.map(str::to_owned);
    let limits = Limits { total_bytes: MAX_ENVELOPE, objects: MAX_OBJECTS, ..Limits::default() };
    let mut reader = answer.reader(beat);
    let mut hash = Sha256::new();
    let read = read_envelope(&mut reader, &limits, &mut |_, object| {
        match &object {
            Ok(object) => hash.update(object.raw()),
            Err(rejected) => hash.update(rejected.message()),
        }
        hash.update([0_u8]);
        each(object)
    });
    match read {
        Ok(envelope) if envelope.next.as_ref().is_some_and(|next| next.len() > MAX_NEXT) => {
            Err(Trouble::Stuck)
        }
        Ok(envelope) => Ok(Some(Page { envelope, last, digest: hash.finalize().into() })),
        Err(EnvelopeError::Ended { .. }) => Ok(None),
        Err(EnvelopeError::Io { .. }) => Err(reader.trouble.unwrap_or(Trouble::CutOff)),
        Err(EnvelopeError::TooLarge { .. } | EnvelopeError::TooManyObjects { .. }) => {
            Err(Trouble::TooLarge { mebibytes: MAX_ENVELOPE >> 20 })
        }
        Err(error) => Err(Trouble::Broken { why: error.to_string() }),
    }
}

/// Reasons with how often, and one example each: a page says why, whoever floods it with reasons.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Reasons(pub(crate) BTreeMap<String, Reason>);

/// How often, and for what first.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Reason {
    /// How often.
    pub(crate) count: u64,
    /// The first object, where it has an id.
    pub(crate) example: String,
}

impl Reasons {
    /// Most different reasons; the rest is counted together.
    const MOST: usize = 20;

    /// Counts one.
    pub(crate) fn add(&mut self, why: &str, example: &str) {
        let why: String = why.chars().filter(|c| !c.is_control()).take(200).collect();
        let why = if self.0.contains_key(&why) || self.0.len() < Self::MOST { why } else { String::new() };
        let reason = self.0.entry(why).or_default();
        reason.count += 1;
        if reason.example.is_empty() {
            reason.example = example.chars().filter(|c| !c.is_control()).take(120).collect();
        }
    }

    /// How many there are in all.
    pub(crate) fn total(&self) -> u64 {
        self.0.values().map(|reason| reason.count).sum()
    }
}
