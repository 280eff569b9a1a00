//! Texts of a plan in a language, from the translations of our extension; the playbook's own where there is none.

use crate::extension::{Texts, Translations};
use crate::plan::{Agent, Doing, Plan, Step};

/// The texts of a language, or of the language without its region.
fn texts<'a>(all: &'a Translations, language: &str) -> Option<&'a Texts> {
    all.get(language).or_else(|| all.get(language.split('-').next()?))
}

impl Plan {
    /// The name.
    pub fn name_in(&self, language: &str) -> &str {
        texts(&self.extension.texts, language).and_then(|texts| texts.name.as_deref()).unwrap_or(&self.name)
    }

    /// The description.
    pub fn description_in(&self, language: &str) -> Option<&str> {
        let own = texts(&self.extension.texts, language).and_then(|texts| texts.description.as_deref());
        own.or(self.description.as_deref())
    }
}

impl Agent {
    /// The name.
    pub fn name_in(&self, language: &str) -> &str {
        texts(&self.texts, language).and_then(|texts| texts.name.as_deref()).unwrap_or(&self.name)
    }
}

impl Step {
    /// The name.
    pub fn name_in(&self, language: &str) -> &str {
        texts(&self.extension.texts, language).and_then(|texts| texts.name.as_deref()).unwrap_or(&self.name)
    }

    /// The description.
    pub fn description_in(&self, language: &str) -> Option<&str> {
        let own = texts(&self.extension.texts, language).and_then(|texts| texts.description.as_deref());
        own.or(self.description.as_deref())
    }

    /// What the commands say, in their order. Only manual commands are translated.
    pub fn commands_in(&self, language: &str) -> Vec<&str> {
        let Doing::Act { commands, .. } = &self.doing else { return Vec::new() };
        let own = texts(&self.extension.texts, language);
        let translated = |at: usize| own.and_then(|texts| texts.commands.get(at)).map(String::as_str);
        commands
            .iter()
            .enumerate()
            .map(|(at, command)| match command.kind.as_str() {
                "manual" => translated(at).unwrap_or(&command.text),
                _ => &command.text,
            })
            .collect()
    }
}
