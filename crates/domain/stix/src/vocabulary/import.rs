//! From a bundle to a vocabulary.

use super::sentence::{first_sentence, whole_text};
use super::{Columns, Entry, EntryKind, Tactic, Vocabulary, disarm_id};
use crate::envelope::{EnvelopeError, read_envelope};
use crate::object::{Limits, Object};
use crate::{Id, Timestamp};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;

/// Names of what was left out that are kept.
const MOST_LEFT_OUT: usize = 100;

/// Why there is no vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    /// The file is no bundle.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// There is no technique in it.
    #[error("there is no technique in the bundle")]
    Empty,
    /// Columns and bundle are of different versions.
    #[error("columns and bundle do not belong together: {0}")]
    Columns(String),
}

/// Reads a bundle of ATT&CK, of any domain. Its order of tactics is that of its matrices.
///
/// # Errors
/// [`VocabularyError`]; never for single objects, which are left out.
pub fn attack(bundle: impl Read, limits: &Limits) -> Result<Vocabulary, VocabularyError> {
    let read = Bundle::read(bundle, limits)?;
    let order = read.order_of_matrices();
    let tactics: Vec<Tactic> =
        order.into_iter().map(|external_id| Tactic { external_id, phase: None }).collect();
    read.vocabulary("ATT&CK", tactics, |found| found.published_id.clone())
}

/// Reads the bundle of DISARM's red framework, whose objects get our identifiers. `columns` give the order of tactics
/// and their phases; without them tactics are in the order of their external identifiers.
///
/// # Errors
/// [`VocabularyError`]; columns must have the techniques of the bundle under the same tactics.
pub fn disarm(
    bundle: impl Read,
    columns: Option<&Columns>,
    limits: &Limits,
) -> Result<Vocabulary, VocabularyError> {
    let read = Bundle::read(bundle, limits)?;
    let tactics = match columns {
        Some(columns) => columns
            .columns
            .iter()
            .map(|column| Tactic { external_id: column.tactic.clone(), phase: Some(column.phase.clone()) })
            .collect(),
        None => {
            let tactics = read.found.values().filter(|found| found.kind == EntryKind::Tactic);
            tactics.map(|found| Tactic { external_id: found.external_id.clone(), phase: None }).collect()
        }
    };
    let ours = |found: &Found| disarm_id(&found.external_id).unwrap_or_else(|| found.published_id.clone());
    let vocabulary = read.vocabulary("DISARM", tactics, ours)?;
    if let Some(columns) = columns {
        agree(&vocabulary, columns)?;
    }
    Ok(vocabulary)
}

/// Every technique is where the columns have it.
fn agree(vocabulary: &Vocabulary, columns: &Columns) -> Result<(), VocabularyError> {
    let differ = |what: &str| Err(VocabularyError::Columns(what.to_owned()));
    let mut count = 0;
    for column in &columns.columns {
        for technique in std::iter::once(&column.tactic).chain(&column.techniques) {
            count += 1;
            match vocabulary.entries.get(technique) {
                None => return differ(&format!("{technique} is not in the bundle")),
                Some(entry)
                    if entry.kind == EntryKind::Technique && !entry.tactics.contains(&column.tactic) =>
                {
                    return differ(&format!("{technique} is not under {}", column.tactic));
                }
                Some(_) => {}
            }
        }
    }
    let entries = vocabulary.entries().filter(|entry| entry.kind != EntryKind::Mitigation).count();
    if count == entries { Ok(()) } else { differ(&format!("{entries} entries, {count} in columns")) }
}

/// An object that becomes an entry.
struct Found {
    external_id: String,
    kind: EntryKind,
    name: String,
    /// Short names of tactics.
    phases: Vec<String>,
    /// Of a tactic: the short name by which techniques refer to it.
    short_name: Option<String>,
    published_id: Id,
    modified: Option<Timestamp>,
    summary: String,
    text: String,
    url: Option<String>,
    revoked: bool,
    deprecated: bool,
}

#[derive(Default)]
struct Bundle {
    found: BTreeMap<String, Found>,
    /// Tactics of matrices, each by its identifier; those of deprecated matrices come last.
    matrices: Vec<(bool, Vec<Id>)>,
    /// From what was revoked to what stands in its place.
    replaced: BTreeMap<Id, Id>,
    title: Option<String>,
    version: Option<String>,
    chain: Option<String>,
    left_out: Vec<String>,
}

impl Bundle {
    fn read(bundle: impl Read, limits: &Limits) -> Result<Self, VocabularyError> {
        let mut read = Self::default();
        read_envelope(bundle, limits, &mut |_, object| {
            match object {
                Ok(object) => read.take(&object),
                Err(rejected) => read.leave_out(rejected.to_string()),
            }
            ControlFlow::Continue(())
        })?;
        Ok(read)
    }

    fn leave_out(&mut self, what: String) {
        if self.left_out.len() < MOST_LEFT_OUT {
            self.left_out.push(what);
        }
    }

    fn take(&mut self, object: &Object) {
        let kind = match object.kind() {
            "x-mitre-tactic" => EntryKind::Tactic,
            "attack-pattern" => EntryKind::Technique,
            "course-of-action" => EntryKind::Mitigation,
            "x-mitre-matrix" => return self.matrix(&object.value()),
            "x-mitre-collection" => {
                let value = object.value();
                self.version = text(&value, "x_mitre_version");
                self.title = text(&value, "name");
                return;
            }
            "relationship" => return self.relationship(&object.value()),
            _ => return,
        };
        let value = object.value();
        if self.chain.is_none() {
            self.chain = text(&value["kill_chain_phases"][0], "kill_chain_name");
        }
        let Some(found) = found(object, &value, kind) else { return self.leave_out(object.id().to_string()) };
        // One that is in use counts before one that is not, a newer one before an older one.
        let weight = |found: &Found| (!found.revoked && !found.deprecated, found.modified.clone());
        match self.found.get(&found.external_id) {
            Some(other) if weight(other) >= weight(&found) => self.leave_out(found.published_id.to_string()),
            _ => {
                if let Some(other) = self.found.insert(found.external_id.clone(), found) {
                    self.leave_out(other.published_id.to_string());
                }
            }
        }
    }

    fn matrix(&mut self, value: &Value) {
        let tactics = value["tactic_refs"].as_array().into_iter().flatten();
        let tactics = tactics.filter_map(|id| id.as_str().and_then(|id| Id::parse(id).ok())).collect();
        self.matrices.push((flag(value, "x_mitre_deprecated"), tactics));
    }

    fn relationship(&mut self, value: &Value) {
        let end = |name: &str| value[name].as_str().and_then(|id| Id::parse(id).ok());
        if value["relationship_type"] == "revoked-by"
            && let (Some(old), Some(new)) = (end("source_ref"), end("target_ref"))
        {
            self.replaced.insert(old, new);
        }
    }

    fn order_of_matrices(&self) -> Vec<String> {
        let by_id: BTreeMap<&Id, &String> =
            self.found.values().map(|found| (&found.published_id, &found.external_id)).collect();
        let mut matrices: Vec<&(bool, Vec<Id>)> = self.matrices.iter().collect();
        matrices.sort_by_key(|(deprecated, _)| *deprecated);
        let mut order: Vec<String> = Vec::new();
        let listed =
            matrices.into_iter().flat_map(|(_, tactics)| tactics).filter_map(|id| by_id.get(id).copied());
        let others = self
            .found
            .values()
            .filter(|found| found.kind == EntryKind::Tactic)
            .map(|found| &found.external_id);
        for external_id in listed.chain(others) {
            if !order.contains(external_id) {
                order.push(external_id.clone());
            }
        }
        order
    }

    fn vocabulary(
        self,
        name: &'static str,
        tactics: Vec<Tactic>,
        id_of: impl Fn(&Found) -> Id,
    ) -> Result<Vocabulary, VocabularyError> {
        if !self.found.values().any(|found| found.kind == EntryKind::Technique) {
            return Err(VocabularyError::Empty);
        }
        let short: BTreeMap<&str, &str> = self
            .found
            .values()
            .filter_map(|found| Some((found.short_name.as_deref()?, found.external_id.as_str())))
            .collect();
        let place = |external_id: &str| tactics.iter().position(|tactic| tactic.external_id == external_id);
        let published: BTreeMap<&Id, &str> =
            self.found.values().map(|found| (&found.published_id, found.external_id.as_str())).collect();
        let mut entries = BTreeMap::new();
        let mut ids = BTreeMap::new();
        for found in self.found.values() {
            let mut of: Vec<String> = found
                .phases
                .iter()
                .filter_map(|phase| short.get(phase.as_str()))
                .map(|id| (*id).to_owned())
                .collect();
            of.sort_by_key(|external_id| place(external_id));
            of.dedup();
            let whole = found.external_id.split_once('.').map(|(whole, _)| whole.to_owned());
            let replaced = self.replaced.get(&found.published_id).and_then(|id| published.get(id));
            let id = id_of(found);
            ids.insert(found.published_id.clone(), found.external_id.clone());
            ids.insert(id.clone(), found.external_id.clone());
            let entry = Entry {
                external_id: found.external_id.clone(),
                kind: found.kind,
                name: found.name.clone(),
                tactics: of,
                parent: whole.filter(|whole| self.found.contains_key(whole)),
                id,
                published_id: found.published_id.clone(),
                summary: found.summary.clone(),
                text: found.text.clone(),
                short_name: found.short_name.clone(),
                url: found.url.clone(),
                revoked: found.revoked,
                deprecated: found.deprecated,
                replaced_by: replaced.map(|id| (*id).to_owned()),
            };
            entries.insert(found.external_id.clone(), entry);
        }
        let Self { title, version, chain, left_out, .. } = self;
        Ok(Vocabulary { name, title, version, chain, tactics, entries, ids, left_out })
    }
}

fn text(value: &Value, name: &str) -> Option<String> {
    value[name].as_str().map(|text| text.chars().take(200).collect())
}

fn flag(value: &Value, name: &str) -> bool {
    value[name].as_bool().unwrap_or(false)
}

/// `None` for an object without a name or an external identifier.
fn found(object: &Object, value: &Value, kind: EntryKind) -> Option<Found> {
    let references = value["external_references"].as_array()?;
    // The publisher's own reference comes first among those that have an identifier of its form.
    let (external_id, reference) = references
        .iter()
        .find_map(|reference| Some((external_id(reference["external_id"].as_str()?, kind)?, reference)))?;
    let phases = value["kill_chain_phases"].as_array().into_iter().flatten();
    Some(Found {
        external_id,
        kind,
        name: text(value, "name").filter(|name| !name.trim().is_empty())?,
        phases: phases.filter_map(|phase| text(phase, "phase_name")).collect(),
        short_name: text(value, "x_mitre_shortname").filter(|_| kind == EntryKind::Tactic),
        published_id: object.id().clone(),
        modified: object.head().modified.clone(),
        summary: first_sentence(value["description"].as_str().unwrap_or_default()),
        text: whole_text(value["description"].as_str().unwrap_or_default()),
        url: reference["url"]
            .as_str()
            .filter(|url| url.starts_with("https://"))
            .map(|url| url.chars().take(2_000).collect()),
        revoked: object.head().revoked,
        deprecated: flag(value, "x_mitre_deprecated"),
    })
}

/// `TA0027`, `T1398`, `T0015.001`, `M1006`; older mitigations have the identifiers of their techniques.
fn external_id(text: &str, kind: EntryKind) -> Option<String> {
    let prefixes: &[&str] = match kind {
        EntryKind::Tactic => &["TA"],
        EntryKind::Technique => &["T"],
        EntryKind::Mitigation => &["M"],
    };
    let digits = prefixes.iter().find_map(|prefix| text.strip_prefix(prefix))?;
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let number = |text: &str| (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    (number(whole) && part.is_none_or(number)).then(|| text.to_owned())
}
