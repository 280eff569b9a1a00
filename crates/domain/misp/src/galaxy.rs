//! Galaxies (`galaxies/*.json`, `clusters/*.json`) as tables of clusters, found by tag, id or external id.

use crate::event::{Cluster, read_meta};
use crate::json::{Fields, ReadError, parse};
use crate::limits::Limits;
use crate::tag::galaxy_tag;
use crate::warning::{Code, Log, Warnings};
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a galaxy says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Galaxy {
    /// Such as `disarm-techniques`: what stands in the tags.
    pub kind: String,
    /// Such as `disarm` or `mitre-attack`.
    pub namespace: String,
    /// Its name in words.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Its id.
    pub uuid: Option<Uuid>,
    /// Phases in their order, by chain: `tactics` -> `Plan Strategy`, …
    pub phases: BTreeMap<String, Vec<String>>,
}

/// A cluster with what it has to do with others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The cluster.
    pub cluster: Cluster,
    /// Other clusters: id and relationship, such as `detected-by`.
    pub related: Vec<(Uuid, String)>,
}

impl Entry {
    /// Its id in the framework that it comes from, such as `T0002` or `T1566.001`.
    pub fn external_id(&self) -> Option<&str> {
        self.cluster.meta("external_id").first().map(String::as_str)
    }

    /// Chain and phase, of `tactics:Plan Objectives`.
    pub fn phases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cluster.meta("kill_chain").iter().filter_map(|phase| phase.split_once(':'))
    }
}

/// Reads a file of `galaxies/`.
///
/// # Errors
/// What is no JSON, passes a limit, or has no type.
pub fn read_galaxy(bytes: &[u8], limits: &Limits) -> Result<(Galaxy, Warnings), ReadError> {
    const THIS: ReadError = ReadError::NotThis("a MISP galaxy");
    let document = parse(bytes, limits)?;
    let log = Log::new(limits);
    let mut fields = Fields::of(document.value, String::new(), &log).ok_or(THIS)?;
    let kind = fields.words("type").ok_or(THIS)?;
    let name = fields.words("name").ok_or(THIS)?;
    let mut phases = BTreeMap::new();
    if let Some(serde_json::Value::Object(chains)) = fields.object("kill_chain_order") {
        for (chain, order) in chains {
            let order = order.as_array().map(Vec::as_slice).unwrap_or_default();
            let order = order.iter().filter_map(|phase| phase.as_str().map(str::to_owned)).collect();
            phases.insert(chain, order);
        }
    }
    let galaxy = Galaxy {
        kind,
        name,
        namespace: fields.words("namespace").unwrap_or_default(),
        description: fields.text("description").unwrap_or_default(),
        uuid: fields.words("uuid").and_then(|text| Uuid::parse_str(&text).ok()),
        phases,
    };
    fields.drop_local(&["icon", "version"]);
    fields.finish();
    Ok((galaxy, log.into_inner()))
}

/// Reads a file of `clusters/`.
///
/// # Errors
/// What is no JSON, passes a limit, or has no type or values.
pub fn read_clusters(bytes: &[u8], limits: &Limits) -> Result<(Vec<Entry>, Warnings), ReadError> {
    const THIS: ReadError = ReadError::NotThis("a file of MISP galaxy clusters");
    let document = parse(bytes, limits)?;
    let log = Log::new(limits);
    let mut fields = Fields::of(document.value, String::new(), &log).ok_or(THIS)?;
    let kind = fields.words("type").ok_or(THIS)?;
    let source = fields.text("source").unwrap_or_default();
    let values = fields.take("values").and_then(|value| match value {
        serde_json::Value::Array(values) => Some(values),
        _ => None,
    });
    let values = values.ok_or(THIS)?;
    if values.len() > limits.entries {
        return Err(ReadError::TooMany { what: "clusters", limit: limits.entries });
    }
    let entries = values.into_iter().enumerate().filter_map(|(at, value)| {
        let mut inner = Fields::of(value, format!("values[{at}]"), &log)?;
        let Some(value) = inner.words("value") else {
            inner.warn("value", Code::LeftOut, "a cluster without a name");
            return None;
        };
        let related = related(&mut inner, &log);
        let cluster = Cluster {
            uuid: inner.words("uuid").and_then(|text| Uuid::parse_str(&text).ok()),
            tag: galaxy_tag(&kind, &value),
            kind: kind.clone(),
            value,
            description: inner.text("description").unwrap_or_default(),
            source: source.clone(),
            meta: read_meta(&mut inner),
        };
        inner.drop_local(&["version", "revoked"]);
        inner.finish();
        Some(Entry { cluster, related })
    });
    let entries = entries.collect();
    Ok((entries, log.into_inner()))
}

fn related(fields: &mut Fields<'_>, log: &Log<'_>) -> Vec<(Uuid, String)> {
    let items = fields.list("related", log.limits.per_item);
    let place = fields.path.clone();
    let items = items.into_iter().filter_map(|value| {
        let mut inner = Fields::of(value, format!("{place}.related"), log)?;
        let to = inner.words("dest-uuid").and_then(|text| Uuid::parse_str(&text).ok())?;
        Some((to, inner.words("type").unwrap_or_else(|| "related-to".to_owned())))
    });
    items.collect()
}

/// Galaxies and their clusters.
#[derive(Debug, Clone, Default)]
pub struct Galaxies {
    galaxies: BTreeMap<String, Galaxy>,
    entries: Vec<Entry>,
    by_tag: BTreeMap<String, usize>,
    by_uuid: BTreeMap<Uuid, usize>,
    by_external: BTreeMap<(String, String), usize>,
}

impl Galaxies {
    /// Adds what a galaxy says of itself.
    pub fn add_galaxy(&mut self, galaxy: Galaxy) {
        self.galaxies.insert(galaxy.kind.clone(), galaxy);
    }

    /// Adds clusters. Of two with the same tag the later one counts. Synonyms lead to a cluster too, unless a cluster
    /// has that name itself.
    pub fn add_clusters(&mut self, entries: Vec<Entry>) {
        let mut synonyms = Vec::new();
        for entry in entries {
            let at = self.entries.len();
            self.by_tag.insert(entry.cluster.tag.to_lowercase(), at);
            for synonym in entry.cluster.meta("synonyms") {
                synonyms.push((galaxy_tag(&entry.cluster.kind, synonym).to_lowercase(), at));
            }
            if let Some(uuid) = entry.cluster.uuid {
                self.by_uuid.insert(uuid, at);
            }
            if let Some(id) = entry.external_id() {
                self.by_external.insert((entry.cluster.kind.clone(), id.to_uppercase()), at);
            }
            self.entries.push(entry);
        }
        for (tag, at) in synonyms {
            self.by_tag.entry(tag).or_insert(at);
        }
    }

    /// The galaxy of this kind.
    pub fn galaxy(&self, kind: &str) -> Option<&Galaxy> {
        self.galaxies.get(kind)
    }

    /// All galaxies, by kind.
    pub fn galaxies(&self) -> impl Iterator<Item = &Galaxy> {
        self.galaxies.values()
    }

    /// The clusters of one kind, in the order of their file.
    pub fn clusters<'g>(&'g self, kind: &'g str) -> impl Iterator<Item = &'g Entry> {
        self.entries.iter().filter(move |entry| entry.cluster.kind == kind)
    }

    /// The cluster of a tag `misp-galaxy:kind="value"`; case does not matter.
    pub fn by_tag(&self, tag: &str) -> Option<&Entry> {
        self.by_tag.get(&tag.trim().to_lowercase()).and_then(|at| self.entries.get(*at))
    }

    /// The cluster of an id.
    pub fn by_uuid(&self, uuid: &Uuid) -> Option<&Entry> {
        self.by_uuid.get(uuid).and_then(|at| self.entries.get(*at))
    }

    /// The cluster with this id in its framework. DISARM and AM!TT both have a `T0002`, so the kind is needed.
    pub fn by_external_id(&self, kind: &str, id: &str) -> Option<&Entry> {
        let key = (kind.to_owned(), id.trim().to_uppercase());
        self.by_external.get(&key).and_then(|at| self.entries.get(*at))
    }
}
