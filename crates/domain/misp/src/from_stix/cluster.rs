//! Techniques, actors, tools and whatever else is a cluster of a galaxy.

use super::attribute::{Draft, Place};
use super::context::{Context, Known};
use super::object::texts;
use crate::event::{Cluster, Galaxy, Tag};
use crate::tag::{MachineTag, galaxy_tag};
use crate::to_stix::{source_name, stix_kind};
use serde_json::Value;
use std::collections::BTreeMap;

/// Galaxies in which a technique is looked up by its id in the framework.
const LOOK_UP: &[&str] = &[
    "mitre-attack-pattern",
    "mitre-malware",
    "mitre-tool",
    "mitre-intrusion-set",
    "mitre-course-of-action",
    "mitre-mobile-attack-attack-pattern",
    "disarm-techniques",
    "disarm-countermeasures",
    "amitt-misinformation-pattern",
    "dima-techniques",
];

impl<'c> Context<'c> {
    /// A cluster that hangs on whatever refers to it.
    pub(super) fn cluster<'d>(&'d self, draft: &mut Draft<'d>, known: &'d Known<'c>) -> Option<Place> {
        let galaxy = self.galaxy_of(known)?;
        draft.clusters.push((galaxy, false));
        Some(Place::Cluster(draft.clusters.len() - 1))
    }

    fn galaxy_of(&self, known: &Known<'c>) -> Option<Galaxy> {
        if known.kind() == "x-misp-galaxy-cluster" {
            let meta = known.value["x_misp_meta"].as_object().into_iter().flatten();
            let meta = meta.map(|(name, value)| (name.clone(), texts(value))).collect();
            let (kind, value) = (known.text("x_misp_type"), known.text("x_misp_value"));
            return (!kind.is_empty() && !value.is_empty()).then(|| {
                galaxy(known, kind, known.text("x_misp_name"), value, known.text("x_misp_description"), meta)
            });
        }
        let name = [known.text("name"), known.text("value")].into_iter().find(|text| !text.is_empty())?;
        let tag =
            known.texts("labels").filter_map(MachineTag::parse).find(|tag| tag.namespace == "misp-galaxy");
        if let (Some(kind), Some(tag)) = (known.label("galaxy-type"), tag) {
            let value = tag.value.unwrap_or(name);
            let galaxy_name = known.label("galaxy-name").unwrap_or(kind);
            return Some(galaxy(known, kind, galaxy_name, value, known.text("description"), meta_of(known)));
        }
        if let Some(galaxy) = self.looked_up(known) {
            return Some(galaxy);
        }
        let external = external_id(known);
        if known.kind() == "attack-pattern" && external.is_some_and(is_disarm) {
            let (kind, title) = ("disarm-techniques", "Techniques");
            return Some(galaxy(known, kind, title, name, known.text("description"), meta_of(known)));
        }
        if external.is_some_and(|(source, _)| source.starts_with("mitre-"))
            && known.kind() == "attack-pattern"
        {
            let value = external.map_or_else(|| name.to_owned(), |(_, id)| format!("{name} - {id}"));
            let title = "Attack Pattern";
            return Some(galaxy(
                known,
                "mitre-attack-pattern",
                title,
                &value,
                known.text("description"),
                meta_of(known),
            ));
        }
        let kind = format!("stix-2.1-{}", known.kind());
        Some(galaxy(known, &kind, &kind, name, known.text("description"), meta_of(known)))
    }

    /// By its id in the framework, among the galaxies that the caller knows.
    fn looked_up(&self, known: &Known<'c>) -> Option<Galaxy> {
        let galaxies = self.options.galaxies?;
        let references = known.value["external_references"].as_array()?;
        for kind in LOOK_UP.iter().filter(|kind| stix_kind(kind) == Some(known.kind())) {
            for reference in references {
                let source = reference["source_name"].as_str().unwrap_or_default();
                let Some(id) = reference["external_id"].as_str() else { continue };
                // DISARM's own file calls its source "mitre-attack".
                let same = source.eq_ignore_ascii_case(source_name(kind));
                let disarm = kind.starts_with("disarm-") && source == "mitre-attack";
                let entry = galaxies.by_external_id(kind, id).filter(|_| same || disarm);
                let Some(entry) =
                    entry.filter(|entry| same || names_agree(&entry.cluster.value, known.text("name")))
                else {
                    continue;
                };
                let name = galaxies.galaxy(kind).map_or(*kind, |galaxy| galaxy.name.as_str());
                return Some(Galaxy {
                    uuid: galaxies.galaxy(kind).and_then(|galaxy| galaxy.uuid),
                    name: name.to_owned(),
                    kind: (*kind).to_owned(),
                    description: String::new(),
                    clusters: vec![entry.cluster.clone()],
                });
            }
        }
        None
    }

    /// Clusters to which nothing in the event refers hang on the event itself.
    pub(super) fn hang_clusters(&self, draft: &mut Draft<'_>) {
        let clusters = std::mem::take(&mut draft.clusters);
        for (galaxy, hangs) in clusters {
            if !hangs {
                hang(&mut draft.event.galaxies, &mut draft.event.tags, &galaxy);
            }
        }
    }
}

/// DISARM's own file calls its source "mitre-attack"; that one has no techniques with a nought, and MISP names DISARM's
/// clusters by their titles.
fn is_disarm((source, id): (&str, &str)) -> bool {
    source.eq_ignore_ascii_case(source_name("disarm-techniques"))
        || (source == "mitre-attack" && id.starts_with("T0"))
}

fn names_agree(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

/// Hangs a cluster on an item: the galaxy and its tag.
pub(super) fn hang(galaxies: &mut Vec<Galaxy>, tags: &mut Vec<Tag>, galaxy: &Galaxy) {
    for cluster in &galaxy.clusters {
        if !tags.iter().any(|tag| tag.name == cluster.tag) {
            tags.push(Tag::named(&cluster.tag));
        }
    }
    match galaxies.iter_mut().find(|known| known.kind == galaxy.kind) {
        Some(known) => {
            for cluster in &galaxy.clusters {
                if !known.clusters.iter().any(|there| there.tag == cluster.tag) {
                    known.clusters.push(cluster.clone());
                }
            }
        }
        None => galaxies.push(galaxy.clone()),
    }
}

fn galaxy(
    known: &Known<'_>,
    kind: &str,
    name: &str,
    value: &str,
    description: &str,
    meta: Vec<(String, Vec<String>)>,
) -> Galaxy {
    let cluster = Cluster {
        uuid: Some(known.uuid()),
        kind: kind.to_owned(),
        value: value.to_owned(),
        tag: galaxy_tag(kind, value),
        description: description.to_owned(),
        source: String::new(),
        meta,
    };
    let name = if name.is_empty() { kind } else { name };
    Galaxy {
        uuid: None,
        name: name.to_owned(),
        kind: kind.to_owned(),
        description: String::new(),
        clusters: vec![cluster],
    }
}

/// The first id in a framework: source and id.
fn external_id<'k>(known: &'k Known<'_>) -> Option<(&'k str, &'k str)> {
    let references = known.value["external_references"].as_array()?;
    references
        .iter()
        .find_map(|reference| Some((reference["source_name"].as_str()?, reference["external_id"].as_str()?)))
}

/// What MISP knows a cluster by: ids, addresses, other names, phases.
fn meta_of(known: &Known<'_>) -> Vec<(String, Vec<String>)> {
    let mut meta: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let references = known.value["external_references"].as_array().map(Vec::as_slice).unwrap_or_default();
    for reference in references {
        if let Some(id) = reference["external_id"].as_str() {
            meta.entry("external_id".to_owned()).or_default().push(id.to_owned());
        }
        if let Some(url) = reference["url"].as_str() {
            meta.entry("refs".to_owned()).or_default().push(url.to_owned());
        }
    }
    for phase in known.value["kill_chain_phases"].as_array().into_iter().flatten() {
        let text = |name: &str| phase[name].as_str().unwrap_or_default();
        let chain = format!("{}:{}", text("kill_chain_name"), text("phase_name"));
        meta.entry("kill_chain".to_owned()).or_default().push(chain);
    }
    for (property, name) in [("aliases", "synonyms"), ("malware_types", "type"), ("tool_types", "type")] {
        let values: Vec<String> = known.texts(property).map(str::to_owned).collect();
        if !values.is_empty() {
            meta.insert(name.to_owned(), values);
        }
    }
    for (name, value) in known.value.as_object().into_iter().flatten() {
        if let (Some(name), Value::Array(_) | Value::String(_)) = (name.strip_prefix("x_misp_"), value) {
            meta.insert(name.to_owned(), texts(value));
        }
    }
    meta.into_iter().collect()
}
