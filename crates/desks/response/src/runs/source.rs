//! Which playbooks can be started: what is in force, and, for practice, what the program brings.

use crate::library;
use scr_core::OrgId;
use scr_engine::{ActError, Engine};
use scr_playbooks::starters::STARTERS;

/// A playbook in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether the organisation has adopted it: otherwise it can only be practised.
    pub is_in_force: bool,
}

/// A playbook that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What names it in forms and addresses: its code in the library, or `starter:` and its name.
    pub(crate) key: String,
    /// Its bytes.
    pub(crate) source: Source,
}

/// All playbooks that an organisation may start: what is in force, then the starters.
pub(crate) fn choices(engine: &Engine, org: &OrgId) -> Result<Vec<Choice>, ActError> {
    let mut all = Vec::new();
    for adopted in engine.read(|views| library::adopted(views, Some(org)))? {
        // Where the bytes were erased there is nothing to carry out.
        if let Some(bytes) = library::bytes(engine, &adopted.sha256)? {
            all.push(Choice { key: adopted.code, source: Source { bytes, is_in_force: true } });
        }
    }
    all.extend(STARTERS.iter().map(|starter| Choice {
        key: format!("starter:{}", starter.name),
        source: Source { bytes: starter.text.as_bytes().to_vec(), is_in_force: false },
    }));
    Ok(all)
}

/// The playbook of a key.
pub(crate) fn source_of(engine: &Engine, org: &OrgId, key: &str) -> Result<Option<Source>, ActError> {
    Ok(choices(engine, org)?.into_iter().find(|choice| choice.key == key).map(|choice| choice.source))
}
