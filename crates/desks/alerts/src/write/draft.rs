//! A draft: what is written down before an alert is released. Kept in an operational table, never public.

use super::kinds::codes;
use crate::issued::Words;
use scr_alerts::{Audience, Kind, Severity, Status, Wording};
use scr_canon::{Hash32, sha256, to_canonical};
use scr_core::{Refusal, RefusalKind};
use scr_engine::Fault;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The languages that an alert can have, the order in which they are offered.
pub(crate) const LANGUAGES: [&str; 4] = ["en", "fr", "es", "ar"];
/// Reading levels, from the plainest to the most exact.
pub(crate) const LEVELS: [&str; 3] = ["public", "official", "expert"];
/// Fields that an event belongs to, as CAP names them.
pub(crate) const CATEGORIES: [&str; 2] = ["Security", "Infra"];
/// Steps that an acknowledgement can state.
pub(crate) const GOALS: [&str; 4] = ["delivered", "read", "understood", "acted"];
/// Kinds of messages.
pub(crate) const KINDS: [(&str, Kind); 3] =
    [("alert", Kind::Alert), ("update", Kind::Update), ("cancel", Kind::Cancel)];
/// Whether it is meant.
pub(crate) const STATUSES: [(&str, Status); 3] =
    [("actual", Status::Actual), ("exercise", Status::Exercise), ("test", Status::Test)];
/// How grave.
pub(crate) const SEVERITIES: [(&str, Severity); 5] = [
    ("extreme", Severity::Extreme),
    ("severe", Severity::Severe),
    ("moderate", Severity::Moderate),
    ("minor", Severity::Minor),
    ("unknown", Severity::Unknown),
];
/// Who should act.
pub(crate) const AUDIENCES: [(&str, Audience); 3] =
    [("station", Audience::Station), ("municipality", Audience::Municipality), ("public", Audience::Public)];
/// Longest headline and longer text of a reading level, in bytes.
pub(crate) const MAX_HEADLINE: usize = 400;
/// The same.
pub(crate) const MAX_LONG: usize = 4_000;
/// Largest draft as JSON, in bytes.
const MAX_DRAFT: usize = 128 << 10;

/// The value of a word in one of the tables above.
pub(crate) fn value<T: Copy>(table: &[(&str, T)], word: &str) -> Option<T> {
    table.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

/// The word of a value in one of the tables above.
pub(crate) fn word<T: PartialEq>(table: &[(&'static str, T)], value: &T) -> &'static str {
    table.iter().find(|(_, one)| one == value).map_or("", |(word, _)| word)
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    /// The id that the alert will have.
    pub(crate) id: String,
    /// Whose it is.
    pub(crate) org: String,
    /// The election that it is about.
    pub(crate) election: String,
    /// 32 random bytes in hexadecimal: hashes of words say nothing about them.
    pub(crate) nonce: String,
    /// `alert`, `update`, `cancel`.
    pub(crate) kind: String,
    /// Entries of the alerts that it names.
    pub(crate) names: Vec<u64>,
    /// `actual`, `exercise`, `test`: chosen once.
    pub(crate) status: String,
    /// The drill of an exercise.
    pub(crate) drill: Option<String>,
    /// Code of the event.
    pub(crate) event: String,
    /// CAP category.
    pub(crate) category: String,
    /// CAP urgency.
    pub(crate) urgency: String,
    /// `extreme` … `unknown`.
    pub(crate) severity: String,
    /// CAP certainty.
    pub(crate) certainty: String,
    /// `station`, `municipality`, `public`.
    pub(crate) audience: String,
    /// Codes of areas, ascending, each once.
    pub(crate) areas: Vec<String>,
    /// When it begins to hold, seconds since 1970, UTC; with the release otherwise.
    pub(crate) effective: Option<i64>,
    /// When it ends, seconds since 1970, UTC.
    pub(crate) expires: Option<i64>,
    /// Minutes after the release within which acknowledgements are asked for.
    pub(crate) acknowledge_minutes: Option<u32>,
    /// The step that is asked for.
    pub(crate) goal: String,
    /// Where it comes from, in words.
    pub(crate) source: String,
    /// The address of what it comes from, on this site.
    pub(crate) source_href: String,
    /// The main language.
    pub(crate) main: String,
    /// Words by language.
    pub(crate) words: BTreeMap<String, Spoken>,
    /// Who saved it last.
    pub(crate) changed_by: String,
}

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spoken {
    /// The headline of the compact text.
    pub(crate) headline: String,
    /// The instruction of the compact text.
    pub(crate) instruction: String,
    /// The longer words by reading level.
    pub(crate) levels: BTreeMap<String, Words>,
    /// Who wrote them last.
    pub(crate) written_by: String,
}

impl Spoken {
    /// Whether nothing stands there.
    pub(crate) fn is_empty(&self) -> bool {
        let empty = |words: &Words| {
            words.headline.is_empty() && words.description.is_empty() && words.instruction.is_empty()
        };
        self.headline.is_empty() && self.instruction.is_empty() && self.levels.values().all(empty)
    }

    /// Whether all is there that an alert needs in a language: the short words, and those for everybody.
    pub(crate) fn is_whole(&self) -> bool {
        let public = self.levels.get("public");
        !self.headline.is_empty()
            && !self.instruction.is_empty()
            && public.is_some_and(|words| {
                !words.headline.is_empty() && !words.description.is_empty() && !words.instruction.is_empty()
            })
    }

    /// The words by level, those left out that are empty.
    pub(crate) fn filled(&self) -> BTreeMap<String, Words> {
        let filled = self.levels.iter().filter(|(_, words)| !words.headline.is_empty());
        filled.map(|(level, words)| (level.clone(), words.clone())).collect()
    }
}

/// What an approval is over: the words of one language, and what they are for.
#[derive(Serialize)]
struct Approved<'a> {
    alert: &'a str,
    nonce: &'a str,
    kind: &'a str,
    status: &'a str,
    language: &'a str,
    headline: &'a str,
    instruction: &'a str,
    levels: BTreeMap<String, Words>,
}

fn hash(begins: &str, value: &impl Serialize) -> Result<Hash32, Fault> {
    let bytes = to_canonical(value).map_err(|error| Fault::log(&error))?;
    Ok(sha256(&[begins.as_bytes(), &bytes].concat()))
}

impl Draft {
    /// Reads what the table holds.
    pub(crate) fn read(text: &str) -> Result<Self, Fault> {
        serde_json::from_str(text).map_err(|error| Fault::log(&error))
    }

    /// The one form in which the table holds it.
    ///
    /// # Errors
    /// `SCR-ALR-245` for more than 128 KiB.
    pub(crate) fn written(&self) -> Result<String, Refusal> {
        let bytes = to_canonical(self).ok().filter(|bytes| bytes.len() <= MAX_DRAFT);
        bytes
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .ok_or_else(|| Refusal::new(RefusalKind::TooLarge, codes::TOO_MANY))
    }

    /// What an agreement to the release is over: all of it.
    pub(crate) fn hash(&self) -> Result<Hash32, Fault> {
        hash("scrutineer/alert-draft/1\n", self)
    }

    /// What an approval of a language is over: its words, as they will be released.
    pub(crate) fn words_hash(&self, language: &str) -> Result<Hash32, Fault> {
        let empty = Spoken::default();
        let spoken = self.words.get(language).unwrap_or(&empty);
        let approved = Approved {
            alert: &self.id,
            nonce: &self.nonce,
            kind: &self.kind,
            status: &self.status,
            language,
            headline: &spoken.headline,
            instruction: &spoken.instruction,
            levels: spoken.filled(),
        };
        hash("scrutineer/alert-wording/1\n", &approved)
    }

    /// The words of a language, whoever wrote them.
    pub(crate) fn says(&self, language: &str) -> Option<(&str, &str, BTreeMap<String, Words>)> {
        let spoken = self.words.get(language)?;
        Some((spoken.headline.as_str(), spoken.instruction.as_str(), spoken.filled()))
    }

    /// Languages in which something stands, the main one first.
    pub(crate) fn languages(&self) -> Vec<&str> {
        let filled = |language: &&str| self.words.get(*language).is_some_and(|spoken| !spoken.is_empty());
        let main = std::iter::once(self.main.as_str());
        let others = LANGUAGES.into_iter().filter(|language| *language != self.main);
        main.chain(others).filter(filled).collect()
    }

    /// The compact words of these languages.
    pub(crate) fn wordings(&self, languages: &[&str]) -> Vec<Wording> {
        let wording = |language: &&str| {
            let spoken = self.words.get(*language)?;
            Some(Wording {
                language: (*language).to_owned(),
                headline: spoken.headline.clone(),
                instruction: spoken.instruction.clone(),
            })
        };
        languages.iter().filter_map(wording).collect()
    }

    /// What it is; an alert where the table holds no such word.
    pub(crate) fn kind(&self) -> Kind {
        value(&KINDS, &self.kind).unwrap_or(Kind::Alert)
    }

    /// Whether it is meant; a test where the table holds no such word.
    pub(crate) fn status(&self) -> Status {
        value(&STATUSES, &self.status).unwrap_or(Status::Test)
    }

    /// How grave.
    pub(crate) fn severity(&self) -> Severity {
        value(&SEVERITIES, &self.severity).unwrap_or(Severity::Unknown)
    }

    /// Who should act.
    pub(crate) fn audience(&self) -> Audience {
        value(&AUDIENCES, &self.audience).unwrap_or(Audience::Public)
    }

    /// Its address.
    pub(crate) fn href(&self) -> String {
        format!("/desk/alerts/drafts/{}", self.id)
    }
}

/// The bytes that headline and instruction of each language take in the compact text, and how many are left of 350 (below
/// nothing when it is too long): what the page shows after each save.
pub(crate) fn bytes(draft: &Draft) -> (BTreeMap<String, usize>, i64) {
    let wordings = draft.wordings(&draft.languages());
    let each: BTreeMap<String, usize> = wordings
        .iter()
        .map(|one| (one.language.clone(), 4 + one.headline.len() + one.instruction.len()))
        .collect();
    // Version, status, kind, severity, audience, number, sent, begin, end; references; areas as they are compacted.
    let mut before = "";
    let mut areas = 0;
    for area in &draft.areas {
        let shared = before.bytes().zip(area.bytes()).take_while(|(one, other)| one == other).count();
        areas += 2 + area.len() - shared;
        before = area;
    }
    let fixed = 20 + 1 + 14 * draft.names.len() + 1 + areas + 1;
    let all = fixed + each.values().sum::<usize>();
    let length = |bytes: usize| i64::try_from(bytes).unwrap_or(i64::MAX);
    (each, length(scr_alerts::text::MAX_TEXT_BYTES) - length(all))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use scr_alerts::AlertText;

    pub(crate) fn draft() -> Draft {
        let words = |text: &str| Words {
            headline: format!("{text} headline"),
            description: format!("{text} description"),
            instruction: format!("{text} instruction"),
        };
        let spoken = |text: &str| Spoken {
            headline: format!("{text} short"),
            instruction: format!("{text} do this"),
            levels: BTreeMap::from([("public".to_owned(), words(text))]),
            written_by: "writer".to_owned(),
        };
        Draft {
            id: "0191e0a0-0000-7000-8000-000000000001".to_owned(),
            org: "emb".to_owned(),
            election: "ex-2026".to_owned(),
            nonce: "00".repeat(32),
            kind: "alert".to_owned(),
            names: Vec::new(),
            status: "actual".to_owned(),
            drill: None,
            event: "result-links".to_owned(),
            category: "Security".to_owned(),
            urgency: "Immediate".to_owned(),
            severity: "moderate".to_owned(),
            certainty: "Observed".to_owned(),
            audience: "station".to_owned(),
            areas: vec!["EX-01".to_owned(), "EX-02".to_owned()],
            effective: None,
            expires: Some(20_000),
            acknowledge_minutes: Some(30),
            goal: "read".to_owned(),
            source: String::new(),
            source_href: String::new(),
            main: "en".to_owned(),
            words: BTreeMap::from([("ar".to_owned(), spoken("ع")), ("en".to_owned(), spoken("en"))]),
            changed_by: "writer".to_owned(),
        }
    }

    #[test]
    fn the_count_of_bytes_is_that_of_the_compact_form() {
        let draft = draft();
        let text = AlertText {
            number: 1,
            kind: draft.kind(),
            status: draft.status(),
            severity: draft.severity(),
            audience: draft.audience(),
            sent: 10_000,
            effective_after: 0,
            expires_after: 100,
            references: Vec::new(),
            areas: draft.areas.clone(),
            wordings: draft.wordings(&draft.languages()),
        };
        let (_, left) = bytes(&draft);
        assert_eq!(i64::try_from(text.to_bytes().unwrap().len()).unwrap(), 350 - left);
    }

    #[test]
    fn a_hash_is_over_words_and_number_of_its_own_language_alone() {
        let (one, mut other) = (draft(), draft());
        other.words.get_mut("ar").unwrap().headline.push('!');
        assert_eq!(one.words_hash("en").unwrap(), other.words_hash("en").unwrap());
        assert_ne!(one.words_hash("ar").unwrap(), other.words_hash("ar").unwrap());
        assert_ne!(one.hash().unwrap(), other.hash().unwrap());
        other.nonce = "11".repeat(32);
        assert_ne!(one.words_hash("en").unwrap(), other.words_hash("en").unwrap());
        other = draft();
        other.status = "exercise".to_owned();
        assert_ne!(one.words_hash("en").unwrap(), other.words_hash("en").unwrap());
    }

    #[test]
    fn the_main_language_comes_first_and_empty_ones_are_left_out() {
        let mut draft = draft();
        assert_eq!(draft.languages(), ["en", "ar"]);
        draft.main = "ar".to_owned();
        draft.words.insert("fr".to_owned(), Spoken::default());
        assert_eq!(draft.languages(), ["ar", "en"]);
        assert_eq!(Draft::read(&draft.written().unwrap()).unwrap(), draft);
    }

    #[test]
    fn a_draft_never_becomes_what_it_was_not_begun_as() {
        let (old, mut new) = (draft(), draft());
        new.severity = "extreme".to_owned();
        assert_eq!(crate::write::rules::stays(&old, &new), Ok(()));
        for (status, drill) in [("exercise", Some("autumn")), ("test", None), ("actual", Some("autumn"))] {
            (new.status, new.drill) = (status.to_owned(), drill.map(str::to_owned));
            assert_eq!(crate::write::rules::stays(&old, &new).unwrap_err().code, "SCR-ALR-235");
            assert_eq!(crate::write::rules::stays(&new, &old).unwrap_err().code, "SCR-ALR-235");
        }
    }
}
