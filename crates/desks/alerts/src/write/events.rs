//! The 23 threats to elections of the NIS Cooperation Group's compendium (CG Publication 03/2018), by codes of our own, and
//! sentences to begin with for the commonest ones.

use scr_i18n::{Catalogue, Lang, Texts};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Their codes, in the order of the compendium's stages. Each is called by the text `alerts-event-CODE`.
pub(crate) const EVENTS: [&str; 23] = [
    "registration-tampering",
    "registration-overload",
    "sponsor-signatures",
    "voter-identity-fraud",
    "voter-data-tampering",
    "voter-registration-overload",
    "campaign-accounts",
    "campaign-website",
    "website-misconfiguration",
    "confidential-leak",
    "government-systems",
    "official-disinformation",
    "government-website-overload",
    "voting-tampering",
    "software-bug",
    "log-tampering",
    "voter-privacy",
    "counting-systems",
    "result-links",
    "supply-chain",
    "media-systems",
    "media-links",
    "result-publication",
];

/// Sentences to begin with.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Sentences {
    /// Short headline.
    pub(crate) headline: String,
    /// Short instruction.
    pub(crate) instruction: String,
    /// What is known, for everybody.
    pub(crate) description: String,
    /// What to do, for everybody.
    pub(crate) what_to_do: String,
}

type BySituation = BTreeMap<String, BTreeMap<String, Sentences>>;

static SENTENCES: LazyLock<BySituation> =
    LazyLock::new(|| serde_json::from_str(include_str!("sentences.json")).unwrap_or_default());

/// Sentences in a language for an event, and for taking an alert back (`cancel`).
pub(crate) fn sentences(event: &str, language: &str) -> Option<&'static Sentences> {
    SENTENCES.get(event)?.get(language)
}

/// Events for which there are sentences.
#[cfg(test)]
pub(crate) fn with_sentences() -> Vec<&'static str> {
    SENTENCES.keys().map(String::as_str).collect()
}

static CATALOGUE: LazyLock<Option<Arc<Catalogue>>> =
    LazyLock::new(|| Catalogue::load(&super::TEXTS).map_err(|error| scr_engine::Fault::log(&error)).ok());

/// This part's texts in any language: an alert is worded in several at once.
pub(crate) fn texts(language: &str) -> Option<Texts> {
    CATALOGUE.as_ref().map(|all| all.texts(Lang::parse(language).unwrap_or(Lang::En)))
}

/// A text of this part in any language.
pub(crate) fn say(language: &str, key: &str) -> String {
    texts(language).map_or_else(|| key.to_owned(), |texts| texts.t(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::draft::LANGUAGES;

    #[test]
    fn sentences_are_there_in_all_languages_and_fit_into_an_alert_of_two() {
        assert!(with_sentences().len() >= 8);
        for event in with_sentences() {
            assert!(event == "cancel" || EVENTS.contains(&event), "{event}");
            for language in LANGUAGES {
                let one = sentences(event, language).unwrap();
                let length = one.headline.len() + one.instruction.len();
                assert!(length <= 150 && !one.description.is_empty(), "{event} {language}: {length} bytes");
            }
        }
    }

    #[test]
    fn every_event_has_a_name_in_every_language() {
        for language in LANGUAGES {
            for event in EVENTS {
                let name = say(language, &format!("alerts-event-{event}"));
                assert!(!name.contains("alerts-event"), "{language} {event}: {name}");
            }
        }
    }
}
