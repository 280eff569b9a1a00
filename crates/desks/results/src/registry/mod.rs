//! The registry of polling stations of an election: what it records, and the act.

pub mod data;
pub mod rules;
mod view;

pub(crate) use view::{MAX_REGISTRY_BYTES, RegistryView};

use crate::commands::{election_exists, election_subject, must_be};
use scr_core::{Actor, ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, Fault, FieldSpec, FieldType, KindSpec, NewEvent, Receipt};
use scr_results::published::PublishedError;
use scr_results::registry::{self, Station};
use serde_json::json;

/// The registry of an election: the next version, never an overwrite.
pub(crate) const REGISTRY_IMPORTED: KindSpec = KindSpec {
    name: "elections.registry.imported/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new("object", FieldType::Hash),
        FieldSpec::new("units", FieldType::Count),
        FieldSpec::new("units_root", FieldType::Hash),
        FieldSpec::optional("mapping_object", FieldType::Hash),
        FieldSpec::optional("file_sha256", FieldType::Hash),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &["file_name"],
};

/// A registry to import.
#[derive(Debug, Clone)]
pub struct NewRegistry<'a> {
    /// The election.
    pub election: ElectionId,
    /// Its polling stations.
    pub stations: &'a [Station],
    /// The mapping that the file was read with, as a file.
    pub mapping: Option<&'a str>,
    /// The file's name: kept private.
    pub file_name: String,
    /// The file's bytes are hashed, not kept.
    pub file: Option<&'a [u8]>,
    /// Why a later version replaces an earlier one.
    pub reason: Option<String>,
}

/// Imports the registry of an election as its next version. A later version needs a reason, and must
/// change something.
pub fn import_registry(
    engine: &Engine,
    actor: &Actor,
    new: &NewRegistry<'_>,
) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager])?;
    if new.stations.is_empty() {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-040").into());
    }
    let published = registry::publish(new.stations).map_err(|error| match error {
        PublishedError::Twice { unit, .. } => {
            ActError::from(Refusal::new(RefusalKind::Invalid, "SCR-RES-041").with("unit", unit))
        }
        other => Fault::log(&other).into(),
    })?;
    let object = engine.objects().put(&published.bytes)?;
    let mapping = new.mapping.map(|text| engine.objects().put(text.as_bytes())).transpose()?;
    engine.record(actor, &|views, _| {
        let election = new.election.as_str();
        if !election_exists(views, election)? {
            return Err(Refusal::new(RefusalKind::NotFound, "SCR-RES-009").with("id", election).into());
        }
        let before = data::newest_registry(views, election)?;
        let version = before.as_ref().map_or(0, |before| before.version) + 1;
        let reason = new.reason.as_deref().map(str::trim).filter(|reason| !reason.is_empty());
        if before.is_some_and(|before| before.object == object.to_string()) {
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-RES-042").into());
        }
        if version > 1 && reason.is_none() {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-RES-012").on("reason").into());
        }
        let mut public = json!({"election": election, "version": version, "object": object,
            "units": published.units, "units_root": published.units_root});
        if let Some(hash) = mapping {
            public["mapping_object"] = json!(hash);
        }
        if let Some(file) = new.file {
            public["file_sha256"] = json!(scr_canon::sha256(file));
        }
        if let Some(reason) = reason {
            public["reason"] = json!(reason);
        }
        let event = NewEvent::about(&REGISTRY_IMPORTED, format!("registry:{election}"), public)
            .also(election_subject(&new.election))
            .private("file_name", format!("election:{election}"), new.file_name.as_bytes());
        Ok(vec![event])
    })
}
