//! Which playbooks can be started.

use scr_engine::{ActError, Engine};
use scr_playbooks::starters::STARTERS;

/// A playbook in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A playbook that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What names it in forms and addresses.
    pub(crate) key: String,
    /// Its bytes.
    pub(crate) source: Source,
}

/// All playbooks that an organisation may start.
pub(crate) fn choices(_engine: &Engine, _org: &str) -> Result<Vec<Choice>, ActError> {
    let of = |starter: &scr_playbooks::starters::Starter| Choice {
        key: starter.name.to_owned(),
        source: Source { bytes: starter.text.as_bytes().to_vec() },
    };
    Ok(STARTERS.iter().map(of).collect())
}

/// The playbook of a key.
pub(crate) fn source_of(engine: &Engine, org: &str, key: &str) -> Result<Option<Source>, ActError> {
    Ok(choices(engine, org)?.into_iter().find(|choice| choice.key == key).map(|choice| choice.source))
}
