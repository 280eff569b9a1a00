//! Taxonomies (`machinetag.json`) as tables of tags.

use crate::json::{Fields, ReadError, parse};
use crate::limits::Limits;
use crate::tag::MachineTag;
use crate::warning::{Code, Log, Warnings};
use std::collections::BTreeMap;

/// One tag of a taxonomy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagEntry {
    /// The tag as it is set, such as `rsit:availability="ddos"`.
    pub tag: String,
    /// What it says in words; of a tag with a value, the predicate's words and the value's.
    pub name: String,
    /// What it means.
    pub description: String,
    /// `#rrggbb`.
    pub colour: Option<String>,
    /// Its place on a scale, where the taxonomy is one (0 to 100).
    pub number: Option<i64>,
}

/// A taxonomy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxonomy {
    /// Such as `tlp`.
    pub namespace: String,
    /// Its name in words, or the namespace.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its version.
    pub version: i64,
    /// Whether an item may have one tag of it at most.
    pub exclusive: bool,
    /// Its tags, in its order.
    pub entries: Vec<TagEntry>,
}

/// Reads a `machinetag.json`.
///
/// # Errors
/// What is no JSON, passes a limit, or has no namespace or predicates.
pub fn read_taxonomy(bytes: &[u8], limits: &Limits) -> Result<(Taxonomy, Warnings), ReadError> {
    const THIS: ReadError = ReadError::NotThis("a MISP taxonomy");
    let document = parse(bytes, limits)?;
    let log = Log::new(limits);
    let mut fields = Fields::of(document.value, String::new(), &log).ok_or(THIS)?;
    let namespace = fields.words("namespace").ok_or(THIS)?;
    let values = values(&mut fields, &log);
    let predicates = fields.list("predicates", limits.entries);
    if predicates.is_empty() {
        return Err(THIS);
    }
    let mut entries = Vec::new();
    for (at, value) in predicates.into_iter().enumerate() {
        let Some(mut inner) = Fields::of(value, format!("predicates[{at}]"), &log) else { continue };
        let Some(predicate) = inner.words("value") else {
            inner.warn("value", Code::LeftOut, "a predicate without a value");
            continue;
        };
        let own = entry(&mut inner, &predicate);
        match values.get(&predicate) {
            None => push(&mut entries, &namespace, &predicate, None, own, &inner),
            Some(items) => {
                for item in items {
                    let mut entry = item.1.clone();
                    if entry.name != own.name {
                        entry.name = format!("{}: {}", own.name, entry.name);
                    }
                    entry.colour = entry.colour.or_else(|| own.colour.clone());
                    push(&mut entries, &namespace, &predicate, Some(&item.0), entry, &inner);
                }
            }
        }
        if entries.len() > limits.entries {
            return Err(ReadError::TooMany { what: "tags", limit: limits.entries });
        }
    }
    let taxonomy = Taxonomy {
        name: fields.words("expanded").unwrap_or_else(|| namespace.clone()),
        namespace,
        description: fields.text("description").unwrap_or_default(),
        version: fields.integer("version").unwrap_or(0),
        exclusive: fields.truth("exclusive").unwrap_or(false),
        entries,
    };
    fields.drop_local(&["uuid", "refs", "type"]);
    fields.finish();
    Ok((taxonomy, log.into_inner()))
}

type Values = BTreeMap<String, Vec<(String, TagEntry)>>;

/// The values of each predicate.
fn values(fields: &mut Fields<'_>, log: &Log<'_>) -> Values {
    let mut found = Values::new();
    for (at, value) in fields.list("values", log.limits.entries).into_iter().enumerate() {
        let Some(mut group) = Fields::of(value, format!("values[{at}]"), log) else { continue };
        let Some(predicate) = group.words("predicate") else { continue };
        for (nth, value) in group.list("entry", log.limits.entries).into_iter().enumerate() {
            let path = format!("values[{at}].entry[{nth}]");
            let Some(mut inner) = Fields::of(value, path, log) else { continue };
            let Some(value) = inner.words("value") else {
                inner.warn("value", Code::LeftOut, "an entry without a value");
                continue;
            };
            let entry = entry(&mut inner, &value);
            found.entry(predicate.clone()).or_default().push((value, entry));
        }
    }
    found
}

fn entry(fields: &mut Fields<'_>, value: &str) -> TagEntry {
    TagEntry {
        tag: String::new(),
        name: fields.words("expanded").unwrap_or_else(|| value.to_owned()),
        description: fields.text("description").unwrap_or_default(),
        colour: fields.words("colour"),
        number: fields.integer("numerical_value"),
    }
}

fn push(
    entries: &mut Vec<TagEntry>,
    namespace: &str,
    predicate: &str,
    value: Option<&str>,
    mut entry: TagEntry,
    place: &Fields<'_>,
) {
    entry.tag = MachineTag { namespace, predicate, value }.to_string();
    if MachineTag::parse(&entry.tag).is_none() {
        place.warn("value", Code::BadValue, &entry.tag);
    }
    entries.push(entry);
}

/// Taxonomies by tag.
#[derive(Debug, Clone, Default)]
pub struct Taxonomies {
    taxonomies: Vec<Taxonomy>,
    by_tag: BTreeMap<String, (usize, usize)>,
}

impl Taxonomies {
    /// Adds a taxonomy; one of the same namespace that is there already is replaced.
    pub fn add(&mut self, taxonomy: Taxonomy) {
        self.taxonomies.retain(|known| known.namespace != taxonomy.namespace);
        self.taxonomies.push(taxonomy);
        self.by_tag.clear();
        for (at, taxonomy) in self.taxonomies.iter().enumerate() {
            for (nth, entry) in taxonomy.entries.iter().enumerate() {
                self.by_tag.insert(entry.tag.to_lowercase(), (at, nth));
            }
        }
    }

    /// All taxonomies, in the order in which they were added.
    pub fn all(&self) -> &[Taxonomy] {
        &self.taxonomies
    }

    /// The entry of a tag; upper and lower case do not matter.
    pub fn find(&self, tag: &str) -> Option<(&Taxonomy, &TagEntry)> {
        let (at, nth) = *self.by_tag.get(&tag.trim().to_lowercase())?;
        let taxonomy = self.taxonomies.get(at)?;
        Some((taxonomy, taxonomy.entries.get(nth)?))
    }
}
