//! Clusters of galaxies: techniques, actors, tools, sectors.

use super::{Converter, Options};
use crate::event::{Attribute, Cluster, Event, Galaxy};
use crate::ids::derived;
use crate::tlp;
use scr_core::Tlp;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What galaxies are in STIX, as misp-stix has it, and those about influence operations beside them.
const KINDS: &[(&str, &[&str])] = &[
    (
        "attack-pattern",
        &[
            "amitt-misinformation-pattern",
            "cmtmf-attack-pattern",
            "dima-techniques",
            "disarm-techniques",
            "mitre-attack-pattern",
            "mitre-enterprise-attack-attack-pattern",
            "mitre-ics-techniques",
            "mitre-mobile-attack-attack-pattern",
            "mitre-pre-attack-attack-pattern",
        ],
    ),
    (
        "course-of-action",
        &[
            "disarm-countermeasures",
            "mitre-course-of-action",
            "mitre-enterprise-attack-course-of-action",
            "mitre-mobile-attack-course-of-action",
        ],
    ),
    (
        "intrusion-set",
        &[
            "mitre-enterprise-attack-intrusion-set",
            "mitre-intrusion-set",
            "mitre-mobile-attack-intrusion-set",
            "mitre-pre-attack-intrusion-set",
        ],
    ),
    (
        "malware",
        &[
            "android",
            "backdoor",
            "banker",
            "cryptominers",
            "malpedia",
            "mitre-enterprise-attack-malware",
            "mitre-ics-software",
            "mitre-malware",
            "mitre-mobile-attack-malware",
            "ransomware",
            "stealer",
        ],
    ),
    (
        "threat-actor",
        &["360net-threat-actor", "microsoft-activity-group", "mitre-ics-groups", "threat-actor"],
    ),
    (
        "tool",
        &[
            "botnet",
            "exploit-kit",
            "mitre-enterprise-attack-tool",
            "mitre-mobile-attack-tool",
            "mitre-tool",
            "rat",
            "tds",
            "tool",
        ],
    ),
    ("vulnerability", &["branded-vulnerability"]),
    ("identity", &["sector"]),
    ("location", &["country"]),
];

/// The type of STIX object that the clusters of a galaxy are.
pub(crate) fn stix_kind(galaxy: &str) -> Option<&'static str> {
    KINDS.iter().find(|(_, galaxies)| galaxies.contains(&galaxy)).map(|(kind, _)| *kind)
}

/// By what name external references call the framework of a galaxy.
pub(crate) fn source_name(galaxy: &str) -> &str {
    match galaxy {
        "mitre-mobile-attack-attack-pattern" => "mitre-mobile-attack",
        "mitre-ics-techniques" | "mitre-ics-groups" | "mitre-ics-software" => "mitre-ics-attack",
        "mitre-pre-attack-attack-pattern" => "mitre-pre-attack",
        "amitt-misinformation-pattern" => "AMITT",
        _ if galaxy.starts_with("mitre-") => "mitre-attack",
        _ if galaxy.starts_with("disarm-") => "DISARM",
        _ if galaxy.starts_with("dima-") => "DIMA",
        other => other,
    }
}

/// A cluster of the event, and the widest label with which it occurs.
#[derive(Debug)]
struct Known {
    cluster: Cluster,
    galaxy_name: String,
    tlp: Tlp,
}

/// The clusters of an event by tag.
#[derive(Debug, Default)]
pub(super) struct ClusterIds {
    known: BTreeMap<String, Known>,
    /// Ids that several clusters share: old events give the galaxy's id to all of its clusters.
    shared: BTreeSet<Uuid>,
}

impl ClusterIds {
    pub(super) fn of(event: &Event, options: &Options<'_>, event_tlp: Tlp) -> Self {
        let mut ids = Self::default();
        let mut owners: BTreeMap<Uuid, String> = BTreeMap::new();
        let tags = event.tags.iter().map(|tag| (tag.name.as_str(), event_tlp));
        ids.add(&event.galaxies, tags, event_tlp, options, &mut owners);
        for attribute in event.all_attributes().filter(|attribute| !attribute.deleted) {
            let tlp = tlp::of_item(&attribute.tags, attribute.distribution, event_tlp);
            let tags = attribute.tags.iter().map(|tag| (tag.name.as_str(), tlp));
            ids.add(&attribute.galaxies, tags, tlp, options, &mut owners);
        }
        ids
    }

    fn add<'t>(
        &mut self,
        galaxies: &[Galaxy],
        tags: impl Iterator<Item = (&'t str, Tlp)>,
        tlp: Tlp,
        options: &Options<'_>,
        owners: &mut BTreeMap<Uuid, String>,
    ) {
        for galaxy in galaxies {
            for cluster in &galaxy.clusters {
                self.insert(cluster, &galaxy.name, tlp, owners);
                self.shared.extend(galaxy.uuid);
            }
        }
        let Some(known) = options.galaxies else { return };
        for (tag, tlp) in tags.filter(|(tag, _)| tag.starts_with("misp-galaxy:")) {
            if !self.known.contains_key(&tag.to_lowercase())
                && let Some(entry) = known.by_tag(tag)
            {
                let mut cluster = entry.cluster.clone();
                tag.clone_into(&mut cluster.tag);
                let name =
                    known.galaxy(&cluster.kind).map_or(cluster.kind.as_str(), |galaxy| galaxy.name.as_str());
                self.insert(&cluster, name, tlp, owners);
            }
        }
    }

    fn insert(
        &mut self,
        cluster: &Cluster,
        galaxy_name: &str,
        tlp: Tlp,
        owners: &mut BTreeMap<Uuid, String>,
    ) {
        let key = cluster.tag.to_lowercase();
        if let Some(uuid) = cluster.uuid {
            let owner = owners.entry(uuid).or_insert_with(|| key.clone());
            if *owner != key {
                self.shared.insert(uuid);
            }
        }
        let known = self.known.entry(key).or_insert_with(|| Known {
            cluster: cluster.clone(),
            galaxy_name: galaxy_name.to_owned(),
            tlp,
        });
        known.tlp = known.tlp.min(tlp);
    }

    /// Whether an object says what this tag says.
    pub(super) fn has(&self, tag: &str) -> bool {
        self.known.contains_key(&tag.to_lowercase())
    }

    fn get(&self, tag: &str) -> Option<&Known> {
        self.known.get(&tag.to_lowercase())
    }

    fn uuid(&self, cluster: &Cluster) -> Uuid {
        cluster
            .uuid
            .filter(|uuid| !self.shared.contains(uuid))
            .unwrap_or_else(|| derived(&["cluster", &cluster.kind, &cluster.value]))
    }
}

/// The tags of the clusters that hang on an item, each once.
fn cluster_tags<'i>(galaxies: &'i [Galaxy], tags: impl Iterator<Item = &'i str>) -> BTreeSet<&'i str> {
    let clusters = galaxies.iter().flat_map(|galaxy| &galaxy.clusters).map(|cluster| cluster.tag.as_str());
    clusters.chain(tags.filter(|tag| tag.starts_with("misp-galaxy:"))).collect()
}

impl Converter<'_> {
    pub(super) fn event_clusters(&self) {
        let tags = self.event.tags.iter().map(|tag| tag.name.as_str());
        for tag in cluster_tags(&self.event.galaxies, tags) {
            self.cluster(tag);
        }
    }

    /// The clusters of an attribute, and what it has to do with them.
    pub(super) fn attribute_clusters(&self, attribute: &Attribute, id: &str, tlp: Tlp) {
        let tags = attribute.tags.iter().map(|tag| tag.name.as_str());
        for tag in cluster_tags(&attribute.galaxies, tags) {
            let Some(cluster) = self.cluster(tag) else { continue };
            let kind = cluster.split("--").next().unwrap_or_default();
            let indicated =
                ["attack-pattern", "campaign", "intrusion-set", "malware", "threat-actor", "tool"]
                    .contains(&kind);
            let what = if id.starts_with("indicator--") && indicated { "indicates" } else { "related-to" };
            let fields = self.relate(id, what, &cluster, attribute.timestamp, tlp);
            self.write(Value::Object(fields));
        }
    }

    /// Writes the cluster of a tag once; gives its id.
    fn cluster(&self, tag: &str) -> Option<String> {
        let known = self.clusters.get(tag)?;
        let cluster = &known.cluster;
        let country = cluster.meta("ISO").first();
        let kind = stix_kind(&cluster.kind).filter(|kind| *kind != "location" || country.is_some());
        let kind = kind.unwrap_or("x-misp-galaxy-cluster");
        let id = format!("{kind}--{}", self.clusters.uuid(cluster));
        let mut fields = self.standing_in(kind, &id, known.tlp);
        let labels = json!([
            format!("misp:galaxy-name=\"{}\"", known.galaxy_name),
            format!("misp:galaxy-type=\"{}\"", cluster.kind),
            cluster.tag,
        ]);
        fields.insert("labels".to_owned(), labels);
        if kind == "x-misp-galaxy-cluster" {
            custom(&mut fields, known);
        } else {
            domain(&mut fields, kind, cluster);
        }
        self.write(Value::Object(fields));
        Some(id)
    }
}

fn custom(fields: &mut Map<String, Value>, known: &Known) {
    let cluster = &known.cluster;
    let meta: Map<String, Value> =
        cluster.meta.iter().map(|(name, values)| (name.clone(), json!(values))).collect();
    fields.insert("x_misp_name".to_owned(), known.galaxy_name.as_str().into());
    fields.insert("x_misp_type".to_owned(), cluster.kind.as_str().into());
    fields.insert("x_misp_value".to_owned(), cluster.value.as_str().into());
    fields.insert("x_misp_description".to_owned(), cluster.description.as_str().into());
    fields.insert("x_misp_meta".to_owned(), meta.into());
}

/// `Spearphishing Link - T1566.002`: name and id in the framework.
pub(crate) fn name_and_id<'c>(value: &'c str, external_id: Option<&'c str>) -> (&'c str, Option<&'c str>) {
    match value.rsplit_once(" - ") {
        Some((name, id)) if external_id == Some(id) => (name, external_id),
        Some((name, id)) if external_id.is_none() && looks_like_id(id) => (name, Some(id)),
        _ => (value, external_id),
    }
}

/// `T1566`, `S0044`, `G0007`, `T1566.002`.
fn looks_like_id(text: &str) -> bool {
    let mut characters = text.chars();
    let letter = characters.next().is_some_and(|c| c.is_ascii_uppercase());
    let digits: String = characters.collect();
    letter && digits.len() >= 4 && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

fn domain(fields: &mut Map<String, Value>, kind: &str, cluster: &Cluster) {
    let external = cluster.meta("external_id").first().map(String::as_str);
    let (name, external) = name_and_id(&cluster.value, external);
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("name", name.into());
    if !cluster.description.is_empty() {
        put("description", cluster.description.as_str().into());
    }
    let references = references(cluster, external);
    if !references.is_empty() {
        put("external_references", references.into());
    }
    let phases = phases(cluster);
    if !phases.is_empty() && matches!(kind, "attack-pattern" | "malware" | "tool") {
        put("kill_chain_phases", phases.into());
    }
    let synonyms: Vec<&String> = cluster.meta("synonyms").iter().filter(|synonym| *synonym != name).collect();
    let has_aliases =
        matches!(kind, "attack-pattern" | "intrusion-set" | "malware" | "threat-actor" | "tool");
    if !synonyms.is_empty() && has_aliases {
        put("aliases", json!(synonyms));
    }
    let types: Vec<String> = cluster.meta("type").iter().map(|kind| hyphened(kind)).collect();
    match kind {
        "malware" => {
            put("is_family", true.into());
            if !types.is_empty() {
                put("malware_types", types.into());
            }
        }
        "tool" if !types.is_empty() => {
            put("tool_types", types.into());
        }
        "identity" => {
            put("identity_class", "class".into());
        }
        "location" => {
            put("country", json!(cluster.meta("ISO").first()));
        }
        _ => {}
    }
    more_meta(fields, cluster);
}

/// What else is known of the cluster.
fn more_meta(fields: &mut Map<String, Value>, cluster: &Cluster) {
    const PLACED: &[&str] = &["external_id", "refs", "synonyms", "type", "kill_chain", "ISO", "uuid"];
    for (name, values) in cluster.meta.iter().filter(|(name, _)| !PLACED.contains(&name.as_str())) {
        let name: String =
            name.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        fields.insert(format!("x_misp_{}", name.get(..100).unwrap_or(&name)), json!(values));
    }
}

fn references(cluster: &Cluster, external: Option<&str>) -> Vec<Value> {
    let urls: Vec<&String> = cluster.meta("refs").iter().filter(|url| url.contains("://")).collect();
    let mut all = Vec::new();
    // The address that names the id is the one of the framework.
    let own = external.and_then(|id| {
        let path = id.replace('.', "/");
        urls.iter().position(|url| url.contains(id) || url.contains(&path))
    });
    if let Some(id) = external {
        let mut reference = json!({"source_name": source_name(&cluster.kind), "external_id": id});
        if let (Some(at), Value::Object(map)) = (own, &mut reference) {
            map.insert("url".to_owned(), json!(urls.get(at)));
        }
        all.push(reference);
    }
    let others = urls.iter().enumerate().filter(|(at, _)| Some(*at) != own);
    all.extend(others.map(|(_, url)| json!({"source_name": "url", "url": url})));
    all
}

/// `mitre-attack:initial-access`, `tactics:Plan Objectives`.
fn phases(cluster: &Cluster) -> Vec<Value> {
    let source = source_name(&cluster.kind).to_lowercase();
    let phases = cluster.meta("kill_chain").iter().filter_map(|phase| {
        let parts: Vec<&str> = phase.split(':').collect();
        match parts.as_slice() {
            ["tactics", phase] => Some((source.clone(), hyphened(phase))),
            [chain, .., phase] => Some((hyphened(chain), hyphened(phase))),
            _ => None,
        }
    });
    phases.map(|(chain, phase)| json!({"kill_chain_name": chain, "phase_name": phase})).collect()
}

/// As vocabularies of STIX write names: small letters and hyphens.
fn hyphened(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    lower
        .split(|c: char| c.is_whitespace() || c == '_')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}
