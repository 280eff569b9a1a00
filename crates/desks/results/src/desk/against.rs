//! What an import is checked against: the registry of polling stations and the rules of the election.

use super::data::{ElectionRow, newest_registry};
use crate::registry::data::{RegistryRow, registers};
use crate::registry::rules::{RulesRow, newest_rules, pack};
use scr_engine::ActError;
use scr_results::checks::{self, Input, Report};
use scr_results::rules::Pack;
use scr_web::App;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The registry and the rules in force.
pub(crate) struct Against {
    registry: Option<RegistryRow>,
    codes: Vec<String>,
    registered: BTreeMap<String, u64>,
    rules: Option<RulesRow>,
    pub(crate) packs: Vec<Pack>,
}

impl Against {
    pub(crate) fn of(app: &App, election: &ElectionRow) -> Result<Self, ActError> {
        let (registry, stations, rules) = app.engine.read(|views| {
            let registry = newest_registry(views, &election.id)?;
            let stations = match &registry {
                Some(registry) => registers(views, registry.index)?,
                None => Vec::new(),
            };
            Ok((registry, stations, newest_rules(views, &election.id)?))
        })?;
        let packs = rules.iter().map(|rules| pack(&app.engine, &rules.object)).collect::<Result<_, _>>()?;
        let registered = stations.iter().filter_map(|(unit, n)| Some((unit.clone(), (*n)?))).collect();
        let codes = stations.into_iter().map(|(unit, _)| unit).collect();
        Ok(Self { registry, codes, registered, rules, packs })
    }

    /// Every check, with what is known.
    pub(crate) fn check(&self, input: &Input<'_>) -> Report {
        checks::check(&Input {
            registry: self.registry.as_ref().map(|_| self.codes.as_slice()),
            registered: Some(&self.registered),
            packs: &self.packs,
            ..*input
        })
    }

    /// Says with the findings against what was checked.
    pub(crate) fn note(&self, findings: &mut Value) {
        if let Some(registry) = &self.registry {
            findings["registry"] =
                json!({"entry": registry.index, "version": registry.version, "object": registry.object});
        }
        if let Some(rules) = &self.rules {
            findings["rules"] = json!({"entry": rules.index, "pack": rules.pack, "object": rules.object});
        }
    }
}
