//! What a reader sees of an entry, read from its bytes alone.

use std::borrow::Cow;
use std::collections::BTreeMap;

use scr_canon::{Hash32, Members, items_of, members_of, scan_object, text_of};
use serde::Serialize;
use serde_json::{Map, Value};

/// The readable part of a scrutineer entry (v 1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryView {
    /// Kind, such as `results.table.imported/1`.
    pub kind: String,
    /// Identifier of the entry.
    pub id: String,
    /// Issuing organisation's key name.
    pub issuer: String,
    /// When the log took it: RFC 3339, UTC, seconds.
    pub at: String,
    /// Public fields.
    pub public: Map<String, Value>,
    /// Subject and its counter, as the entry states them.
    pub counters: BTreeMap<String, u64>,
    /// Names of private fields, with the commitments to them.
    pub commitments: BTreeMap<String, Hash32>,
}

/// What an entry says of itself and of its place, read in its bytes without copying them.
#[derive(Debug, Clone)]
pub struct EntryHead<'a> {
    /// All its members.
    pub members: Members<'a>,
    /// Kind.
    pub kind: Cow<'a, str>,
    /// Issuing organisation's key name.
    pub issuer: Cow<'a, str>,
    /// When the log took it.
    pub at: Cow<'a, str>,
    /// Subject and its counter, each subject once.
    pub counters: Vec<(Cow<'a, str>, u64)>,
}

impl<'a> EntryHead<'a> {
    /// Reads an entry; the error says in words what is wrong with it.
    ///
    /// # Errors
    /// The bytes are not canonical JSON, or lack a field that every entry has.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, String> {
        let members = scan_object(bytes).map_err(|error| error.to_string())?;
        let members = members.ok_or("not a JSON object")?;
        // One walk over the members instead of a search for each.
        let [mut v, mut at, mut public, mut kind, mut id, mut issuer, mut subjects, mut numbers] = [None; 8];
        for (name, raw) in members.iter() {
            let place = match name {
                "v" => &mut v,
                "at" => &mut at,
                "pub" => &mut public,
                "t" => &mut kind,
                "id" => &mut id,
                "iss" => &mut issuer,
                "sub" => &mut subjects,
                "seq" => &mut numbers,
                _ => continue,
            };
            *place = Some(raw);
        }
        if v != Some("1") {
            return Err("its version (v) is not 1".to_owned());
        }
        let text = |raw: Option<&'a str>, name: &str| {
            raw.and_then(text_of).ok_or_else(|| format!("it has no text field {name}"))
        };
        let at = text(at, "at")?;
        if !crate::time::is_utc_text(&at) {
            return Err("its time (at) is not RFC 3339 in UTC with seconds".to_owned());
        }
        if !public.is_some_and(|fields| fields.starts_with('{')) {
            return Err("it has no public fields (pub)".to_owned());
        }
        let kind = text(kind, "t")?;
        text(id, "id")?;
        let issuer = text(issuer, "iss")?;
        let counters = counters(subjects, numbers)?;
        Ok(Self { members, kind, issuer, at, counters })
    }

    /// The same for people, with everything that is public.
    pub fn view(&self) -> EntryView {
        let counters = self.counters.iter().map(|(subject, count)| (subject.clone().into_owned(), *count));
        EntryView {
            kind: self.kind.clone().into_owned(),
            id: self.members.text("id").unwrap_or_default().into_owned(),
            issuer: self.issuer.clone().into_owned(),
            at: self.at.clone().into_owned(),
            public: self.public(),
            counters: counters.collect(),
            commitments: self.commitments(),
        }
    }

    /// Its public fields.
    pub fn public(&self) -> Map<String, Value> {
        self.members.get("pub").and_then(|raw| serde_json::from_str(raw).ok()).unwrap_or_default()
    }

    /// The fields that are committed to as a whole (`blob`); other forms of commitment are left out.
    fn commitments(&self) -> BTreeMap<String, Hash32> {
        let all: Option<Vec<Value>> = self.members.get("com").and_then(|raw| serde_json::from_str(raw).ok());
        all.into_iter()
            .flatten()
            .filter(|one| one.get("k").and_then(Value::as_str) == Some("blob"))
            .filter_map(|one| {
                let name = one.get("n")?.as_str()?;
                let hash = one.get("h")?.as_str()?.parse().ok()?;
                Some((name.to_owned(), hash))
            })
            .collect()
    }
}

impl EntryView {
    /// Reads an entry; the error says in words what is wrong with it.
    ///
    /// # Errors
    /// The bytes are not canonical JSON, or lack a field that every entry has.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        Ok(EntryHead::parse(bytes)?.view())
    }
}

/// `seq` names each subject of `sub` once, and no other. Canonical bytes of two texts are equal when the texts are.
fn counters<'a>(
    subjects: Option<&'a str>,
    numbers: Option<&'a str>,
) -> Result<Vec<(Cow<'a, str>, u64)>, String> {
    let mut named = subjects.and_then(items_of).ok_or("it has no subjects (sub)")?;
    let mut counted = numbers.and_then(members_of).ok_or("it has no counters (seq)")?;
    for subject in &mut named {
        let inner = subject.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        *subject = inner.ok_or("a subject is not a text")?;
    }
    named.sort_unstable();
    if !named.is_sorted_by(|one, next| one < next) {
        return Err("a subject is named twice".to_owned());
    }
    counted.sort_unstable();
    let mut counted = counted.into_iter().peekable();
    let mut counters = Vec::with_capacity(named.len());
    for subject in named {
        let number = counted.next_if(|(name, _)| *name == subject).and_then(|(_, raw)| raw.parse().ok());
        let number = number.ok_or("a subject has no counter, or a counter names no subject")?;
        let text = if subject.contains('\\') {
            Cow::Owned(text_of(&format!("\"{subject}\"")).unwrap_or_default().into_owned())
        } else {
            Cow::Borrowed(subject)
        };
        counters.push((text, number));
    }
    match counted.next() {
        None => Ok(counters),
        Some(_) => Err("a counter names no subject".to_owned()),
    }
}
