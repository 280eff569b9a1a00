//! The election profile: what an alert of this program says besides what CAP asks for, so that every polling station
//! knows whether it is meant, until when, and whether it is an exercise.

use crate::finding::{Code, Finding, Findings};
use crate::model::{Alert, Category, Info, MsgType, Named, Scope, Severity, Status};
use crate::time::Time;
use scr_core::UtcSeconds;
use std::collections::{BTreeMap, BTreeSet};

/// valueName of the code of the event.
pub const EVENT_SCHEME: &str = "scrutineer:event";
/// By when acknowledgements are asked for.
pub const ACK_REQUIRED_BY: &str = "ack-required-by";
/// The label of the Traffic Light Protocol.
pub const TLP: &str = "tlp";
/// The log that holds the alert.
pub const LOG_ORIGIN: &str = "log-origin";
/// Its place there.
pub const LOG_INDEX: &str = "log-index";
/// Who is asked to act: `station`, `municipality`, `public`.
pub const INSTRUCTION_LEVEL: &str = "instruction-level";
/// A day in seconds: the longest validity on the day of the election.
pub const DAY: UtcSeconds = 86_400;

const LEVELS: [&str; 3] = ["station", "municipality", "public"];
const LABELS: [&str; 5] = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"];

/// The words that begin a text of an exercise and of a test, in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markers {
    /// Begins headline and description of an exercise.
    pub exercise: String,
    /// The same for a test.
    pub test: String,
}

/// What an installation asks of its alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Longest time from `sent` to `expires`, in seconds: [`DAY`] on the day of the election.
    pub longest_validity: UtcSeconds,
    /// valueName of codes of polling districts.
    pub district_scheme: String,
    /// The districts there are; `None`: any code.
    pub districts: Option<BTreeSet<String>>,
    /// The events there are; `None`: any code.
    pub events: Option<BTreeSet<String>>,
    /// Words by language (`en`), for [`Status::Exercise`] and [`Status::Test`]. A language that is not among them uses
    /// those of `en`.
    pub markers: BTreeMap<String, Markers>,
    /// Whether the alert stands in the log already, and says where.
    pub is_recorded: bool,
}

impl Profile {
    /// For a scheme of polling districts: a day of validity, any district and event, words in English, French, Spanish
    /// and Arabic, not recorded yet.
    pub fn new(district_scheme: &str) -> Self {
        let words = [
            ("en", "EXERCISE", "TEST"),
            ("fr", "EXERCICE", "TEST"),
            ("es", "SIMULACRO", "PRUEBA"),
            ("ar", "تمرين", "اختبار"),
        ];
        let markers = words.map(|(language, exercise, test)| {
            (language.to_owned(), Markers { exercise: exercise.to_owned(), test: test.to_owned() })
        });
        Self {
            longest_validity: DAY,
            district_scheme: district_scheme.to_owned(),
            districts: None,
            events: None,
            markers: BTreeMap::from(markers),
            is_recorded: false,
        }
    }

    /// The words for a language such as `fr-CA`.
    pub fn markers_of(&self, language: Option<&str>) -> Option<&Markers> {
        let primary = language.unwrap_or("en").split('-').next().unwrap_or_default().to_ascii_lowercase();
        self.markers.get(&primary).or_else(|| self.markers.get("en"))
    }
}

/// What of the profile a message does not keep, besides what [`crate::check`] says; at most 200 findings.
pub fn check_profile(alert: &Alert, profile: &Profile) -> Vec<Finding> {
    let mut checker = Checker { alert, profile, found: Findings::default() };
    checker.message();
    checker.found.into_vec()
}

struct Checker<'a> {
    alert: &'a Alert,
    profile: &'a Profile,
    found: Findings,
}

impl Checker<'_> {
    fn message(&mut self) {
        let alert = self.alert;
        if alert.status == Status::Draft {
            self.found.say(Code::Draft, "alert/status", "");
        }
        match alert.msg_type {
            MsgType::Ack if alert.scope != Scope::Private => {
                return self.found.say(Code::AckScope, "alert/scope", alert.scope.as_str());
            }
            MsgType::Ack | MsgType::Error => return,
            _ if alert.infos.is_empty() => return self.found.say(Code::MessageForm, "alert", ""),
            _ => {}
        }
        let mut languages = BTreeSet::new();
        for (at, info) in alert.infos.iter().enumerate() {
            let path = format!("alert/info[{}]", at + 1);
            self.info(info, &path);
            let language = info.language.as_deref().unwrap_or("en-US").to_ascii_lowercase();
            if !languages.insert(language) {
                self.found.say(Code::LanguageTwice, &path, info.language.as_deref().unwrap_or_default());
            }
            if alert.infos.first().is_some_and(|first| !says_the_same(first, info)) {
                self.found.say(Code::TranslationsDiffer, &path, info.language.as_deref().unwrap_or_default());
            }
        }
    }

    fn info(&mut self, info: &Info, path: &str) {
        if info.language.is_none() {
            self.found.say(Code::LanguageMissing, path, "");
        }
        if !info.categories.iter().any(|one| matches!(one, Category::Security | Category::Infra)) {
            self.found.say(Code::CategoryMissing, path, "");
        }
        self.event(info, path);
        match info.expires {
            None => self.found.say(Code::ExpiresMissing, path, ""),
            Some(expires) if expires.utc() - self.alert.sent.utc() > self.profile.longest_validity => {
                self.found.say(Code::ExpiresLate, &format!("{path}/expires"), &expires.to_string());
            }
            Some(_) => {}
        }
        self.texts(info, path);
        self.areas(info, path);
        self.parameters(info, path);
    }

    fn event(&mut self, info: &Info, path: &str) {
        let mut codes =
            info.event_codes.iter().enumerate().filter(|(_, code)| code.name == EVENT_SCHEME).peekable();
        if codes.peek().is_none() {
            self.found.say(Code::EventCodeMissing, path, EVENT_SCHEME);
        }
        for (at, code) in codes {
            let is_known = self.profile.events.as_ref().is_none_or(|known| known.contains(&code.value));
            if !is_known || code.value.is_empty() {
                self.found.say(Code::EventCodeUnknown, &format!("{path}/eventCode[{}]", at + 1), &code.value);
            }
        }
    }

    /// A text of an exercise or a test begins with the word that says so, and no other text does: headline and
    /// description both, because some channels carry only one of them.
    fn texts(&mut self, info: &Info, path: &str) {
        if info.headline.is_none() {
            self.found.say(Code::HeadlineMissing, path, "");
        }
        let status = self.alert.status;
        for (name, text) in [("headline", &info.headline), ("description", &info.description)] {
            let Some(text) = text.as_deref() else { continue };
            let at = format!("{path}/{name}");
            let own = self.profile.markers_of(info.language.as_deref());
            let needed = own.and_then(|own| match status {
                Status::Exercise => Some(own.exercise.as_str()),
                Status::Test => Some(own.test.as_str()),
                _ => None,
            });
            if needed.is_some_and(|word| !begins_with(text, word)) {
                self.found.say(Code::MarkerMissing, &at, needed.unwrap_or_default());
            }
            // Of any language: what reads as an exercise to somebody must be none.
            let others = self.profile.markers.values().flat_map(|one| [&one.exercise, &one.test]);
            let wrong =
                others.filter(|word| Some(word.as_str()) != needed).find(|word| begins_with(text, word));
            if let Some(word) = wrong {
                self.found.say(Code::MarkerWrong, &at, word);
            }
        }
    }

    fn areas(&mut self, info: &Info, path: &str) {
        if info.areas.is_empty() {
            self.found.say(Code::AreaMissing, path, "");
        }
        for (at, area) in info.areas.iter().enumerate() {
            let path = format!("{path}/area[{}]", at + 1);
            let is_district =
                |code: &Named| code.name == self.profile.district_scheme && !code.value.is_empty();
            if !area.geocodes.iter().any(is_district) {
                self.found.say(Code::GeocodeMissing, &path, &self.profile.district_scheme);
            }
            let Some(known) = &self.profile.districts else { continue };
            for (at, code) in area.geocodes.iter().enumerate() {
                if is_district(code) && !known.contains(&code.value) {
                    self.found.say(Code::GeocodeUnknown, &format!("{path}/geocode[{}]", at + 1), &code.value);
                }
            }
        }
    }

    fn parameters(&mut self, info: &Info, path: &str) {
        let is_grave = matches!(info.severity, Severity::Extreme | Severity::Severe);
        let recorded = self.profile.is_recorded;
        for (name, is_needed) in [
            (ACK_REQUIRED_BY, is_grave),
            (TLP, true),
            (LOG_ORIGIN, true),
            (LOG_INDEX, recorded),
            (INSTRUCTION_LEVEL, true),
        ] {
            let mut all = info.parameters.iter().enumerate().filter(|(_, one)| one.name == name);
            let Some((at, parameter)) = all.next() else {
                if is_needed {
                    self.found.say(Code::ParameterMissing, path, name);
                }
                continue;
            };
            if let Some((again, _)) = all.next() {
                self.found.say(Code::ParameterRepeated, &format!("{path}/parameter[{}]", again + 1), name);
            }
            let at = format!("{path}/parameter[{}]", at + 1);
            if let Some(code) = self.parameter(name, &parameter.value, info.expires) {
                self.found.say(code, &at, &parameter.value);
            }
        }
    }

    fn parameter(&self, name: &str, value: &str, expires: Option<Time>) -> Option<Code> {
        let is_sound = match name {
            ACK_REQUIRED_BY => match Time::parse(value) {
                Ok(by) if by <= self.alert.sent || expires.is_some_and(|end| by > end) => {
                    return Some(Code::AckLate);
                }
                read => read.is_ok(),
            },
            TLP => LABELS.contains(&value),
            LOG_ORIGIN => !value.is_empty() && !value.contains(char::is_whitespace),
            LOG_INDEX => value.parse::<u64>().is_ok_and(|index| index.to_string() == value),
            _ => LEVELS.contains(&value),
        };
        (!is_sound).then_some(Code::ParameterValue)
    }
}

/// Whether a text begins with a word, in whatever case and after whatever signs, and the word ends there.
fn begins_with(text: &str, word: &str) -> bool {
    let text = text.trim_start_matches(|one: char| !one.is_alphanumeric()).to_lowercase();
    text.strip_prefix(&word.to_lowercase())
        .is_some_and(|rest| !rest.starts_with(|one: char| one.is_alphanumeric()))
}

/// What may not differ from language to language.
fn says_the_same(one: &Info, other: &Info) -> bool {
    let places = |info: &Info| -> BTreeSet<Named> {
        info.areas.iter().flat_map(|area| area.geocodes.iter().cloned()).collect()
    };
    let codes = |info: &Info| -> BTreeSet<Named> { info.event_codes.iter().cloned().collect() };
    let parameters = |info: &Info| -> BTreeSet<Named> {
        let ours = |one: &&Named| {
            [ACK_REQUIRED_BY, TLP, LOG_ORIGIN, LOG_INDEX, INSTRUCTION_LEVEL].contains(&one.name.as_str())
        };
        info.parameters.iter().filter(ours).cloned().collect()
    };
    one.urgency == other.urgency
        && one.severity == other.severity
        && one.certainty == other.certainty
        && one.expires == other.expires
        && one.effective == other.effective
        && one.onset == other.onset
        && one.response_types == other.response_types
        && codes(one) == codes(other)
        && places(one) == places(other)
        && parameters(one) == parameters(other)
}
