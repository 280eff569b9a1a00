//! Our extension of CACAO 2.0 (its section 8): what an office needs and the standard has no property for.
//!
//! Everything stands under one extension definition, in `playbook_extensions`, `step_extensions` and
//! `agent_target_extensions`: a tool that does not know it passes over it, and a signature covers it. Translations stand
//! there too, beside the texts of the standard, so that one file and one signature hold all languages.
//!
//! | where | property | what |
//! |---|---|---|
//! | playbook | `language`, `situation` | language of the texts outside of the extension; a word for the situation |
//! | step | `deadline` | milliseconds from its beginning after which it is late (`timeout` is when it has failed) |
//! | step | `evidence` | `none`, `note` or `file`: what must be handed in |
//! | step | `sign_off`, `sign_off_agent` | 2: a second person signs, and of which agent |
//! | step | `max_turns` | the bound of a while-condition |
//! | agent | `role`, `reports_to` | the role's short name; the agent above it in the line of authority |
//! | all | `texts` | by language: `name`, `description`, `commands` |

use crate::forms;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The identifier of the extension definition.
pub const EXTENSION_ID: &str = "extension-definition--5c1b7c0e-3f1d-4c57-9d0a-6a7f2f9b8e41";
/// A deadline is no longer than this, in milliseconds: 400 days.
pub const LONGEST: u64 = 400 * 24 * 3_600 * 1_000;

/// What must be handed in with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Evidence {
    /// Nothing.
    #[default]
    None,
    /// Some words.
    Note,
    /// A file: its digest is recorded.
    File,
}

/// The texts of one language. What is absent is as in the playbook's own language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The texts of the manual commands, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<String>,
}

/// Texts by language (BCP 47).
pub type Translations = BTreeMap<String, Texts>;

/// What the extension says of a step.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepExtension {
    /// Milliseconds from the beginning of the step after which it is late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<u64>,
    /// What must be handed in.
    #[serde(default, skip_serializing_if = "is_default")]
    pub evidence: Evidence,
    /// How many people sign: 1 or 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_off: Option<u8>,
    /// The agent of whom the second person is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_off_agent: Option<String>,
    /// The bound of a while-condition, in turns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_turns: Option<u64>,
    /// Translations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: Translations,
}

/// What the extension says of an agent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentExtension {
    /// The short name of the role, as the desk knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The agent above it in the line of authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reports_to: Option<String>,
    /// Translations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: Translations,
}

/// What the extension says of the whole playbook.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaybookExtension {
    /// The language of the texts outside of the extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// A word for the situation, such as `insider`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub situation: Option<String>,
    /// Translations.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: Translations,
}

fn is_default(evidence: &Evidence) -> bool {
    *evidence == Evidence::None
}

/// What the extension says here; the default where it says nothing.
///
/// # Errors
/// It holds something that it should not: the message says what.
pub(crate) fn read<T: Default + serde::de::DeserializeOwned>(
    holder: Option<&Value>,
    extensions: &str,
) -> Result<T, String> {
    match holder.and_then(|holder| holder.get(extensions)?.get(EXTENSION_ID)) {
        None => Ok(T::default()),
        Some(value) => T::deserialize(value).map_err(|error| error.to_string()),
    }
}

impl StepExtension {
    /// What is wrong with its values, in words; nothing when they are fine.
    pub(crate) fn trouble(&self, is_while: bool, most_turns: u64) -> Option<String> {
        let languages = language_trouble(&self.texts);
        if self.deadline.is_some_and(|deadline| deadline == 0 || deadline > LONGEST) {
            Some(format!("deadline: 1 to {LONGEST} milliseconds"))
        } else if self.sign_off.is_some_and(|people| !(1..=2).contains(&people)) {
            Some("sign_off: 1 or 2".to_owned())
        } else if self.max_turns.is_some_and(|turns| !is_while || turns == 0 || turns > most_turns) {
            Some(format!("max_turns: 1 to {most_turns}, in while-conditions"))
        } else {
            languages
        }
    }

    /// Whether a second person signs.
    pub fn is_double(&self) -> bool {
        self.sign_off == Some(2)
    }
}

/// A language tag that is none, if there is one.
pub(crate) fn language_trouble(texts: &Translations) -> Option<String> {
    texts
        .keys()
        .find(|language| !is_language(language))
        .map(|language| format!("texts: no language {language:?}"))
}

/// Letters, then letters and digits behind hyphens: enough to keep anything else out of file names and attributes.
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// A role's short name: lower-case letters, digits and hyphens.
pub(crate) fn is_role(text: &str) -> bool {
    let fine = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(fine)
}

/// Whether a text names an agent.
pub(crate) fn is_agent(text: &str) -> bool {
    forms::type_of(text).is_some()
}
