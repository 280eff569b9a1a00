//! The CAP message of an alert: what stands in the record, and nothing else, makes it. The same alert has the same bytes.

use super::draft::{SEVERITIES, word};
use super::events::{EVENTS, say};
use super::kinds::codes;
use crate::issued::{Issued, Words};
use scr_alerts::{Kind, Severity, Status};
use scr_cap::profile::{ACK_REQUIRED_BY, DAY, EVENT_SCHEME, INSTRUCTION_LEVEL, LOG_INDEX, LOG_ORIGIN, TLP};
use scr_cap::{
    Alert, Area, Category, Certainty, Info, MsgType, Named, Profile, ResponseType, Scope, Time, Urgency,
};
use scr_core::{Refusal, RefusalKind};
use std::collections::BTreeSet;

/// valueName of the codes of areas: those of the network.
pub(crate) const DISTRICTS: &str = "scrutineer:polling-district";

fn time(seconds: u64) -> Time {
    i64::try_from(seconds).ok().and_then(Time::from_utc).unwrap_or(Time::EPOCH)
}

fn named(name: &str, value: impl Into<String>) -> Named {
    Named { name: name.to_owned(), value: value.into() }
}

/// The word that begins every text of an exercise or a test.
pub(crate) fn marker(status: Status, language: &str) -> Option<String> {
    let profile = Profile::new(DISTRICTS);
    let own = profile.markers_of(Some(language))?;
    match status {
        Status::Actual => None,
        Status::Exercise => Some(own.exercise.clone()),
        Status::Test => Some(own.test.clone()),
    }
}

/// A text with that word before it.
pub(crate) fn marked(status: Status, language: &str, text: &str) -> String {
    marker(status, language).map_or_else(|| text.to_owned(), |word| format!("{word}: {text}"))
}

/// The language of an info block: reading levels are private subtags (RFC 5646, 2.2.7), because CAP tells blocks apart by
/// their language.
fn tag(language: &str, level: &str) -> String {
    if level == "public" { language.to_owned() } else { format!("{language}-x-{level}") }
}

struct Made<'a> {
    one: &'a Issued,
    parameters: Vec<Named>,
    areas: Vec<Area>,
}

impl Made<'_> {
    fn info(&self, language: &str, level: &str, words: &Words) -> Info {
        let (text, content) = (&self.one.text, &self.one.content);
        let response = match (text.kind, text.severity) {
            (Kind::Cancel, _) => ResponseType::AllClear,
            (_, Severity::Severe | Severity::Extreme) => ResponseType::Execute,
            _ => ResponseType::Monitor,
        };
        let filled = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        let page = |site: &String| format!("{site}/alerts/{}", self.one.id);
        Info {
            language: Some(tag(language, level)),
            categories: vec![Category::parse(&content.category).unwrap_or(Category::Security)],
            // i18n: alerts-event-*
            event: say(language, &format!("alerts-event-{}", content.event)),
            response_types: vec![response],
            urgency: Urgency::parse(&content.urgency).unwrap_or(Urgency::Unknown),
            severity: scr_cap::Severity::parse(&capitalised(word(&SEVERITIES, &text.severity)))
                .unwrap_or(scr_cap::Severity::Unknown),
            certainty: Certainty::parse(&content.certainty).unwrap_or(Certainty::Unknown),
            audience: None,
            event_codes: vec![named(EVENT_SCHEME, content.event.as_str())],
            effective: Some(time(text.effective())),
            onset: None,
            expires: Some(time(text.expires())),
            sender_name: content.sender_name.clone(),
            headline: Some(marked(text.status, language, &words.headline)),
            description: filled(&words.description).map(|words| marked(text.status, language, &words)),
            instruction: filled(&words.instruction),
            web: content.site.as_ref().map(page),
            contact: None,
            parameters: self.parameters.clone(),
            resources: Vec::new(),
            areas: self.areas.clone(),
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The message of an alert. `earlier`: the alerts that it names.
pub(crate) fn message(origin: &str, one: &Issued, earlier: &[Issued]) -> Alert {
    let (text, content) = (&one.text, &one.content);
    let level = match text.audience {
        scr_alerts::Audience::Station => "station",
        scr_alerts::Audience::Municipality => "municipality",
        scr_alerts::Audience::Public => "public",
    };
    let mut parameters = vec![
        named(TLP, "TLP:CLEAR"),
        named(LOG_ORIGIN, origin),
        named(LOG_INDEX, one.index.to_string()),
        named(INSTRUCTION_LEVEL, level),
    ];
    parameters.extend(content.acknowledge_by.map(|by| named(ACK_REQUIRED_BY, time(by).to_string())));
    let area = |code: &String| Area {
        description: content.areas.get(code).cloned().unwrap_or_else(|| code.clone()),
        polygons: Vec::new(),
        circles: Vec::new(),
        geocodes: vec![named(DISTRICTS, code.as_str())],
        altitude: None,
        ceiling: None,
    };
    let made = Made { one, parameters, areas: text.areas.iter().map(area).collect() };
    let mut infos = Vec::new();
    for wording in &text.wordings {
        let levels = content.words.get(&wording.language);
        for level in super::draft::LEVELS {
            if let Some(words) = levels.and_then(|levels| levels.get(level)) {
                infos.push(made.info(&wording.language, level, words));
            }
        }
    }
    let reference = |earlier: &Issued| scr_cap::Reference {
        sender: origin.to_owned(),
        identifier: earlier.id.clone(),
        sent: time(earlier.text.sent),
    };
    Alert {
        identifier: one.id.clone(),
        sender: origin.to_owned(),
        sent: time(text.sent),
        status: match text.status {
            Status::Actual => scr_cap::Status::Actual,
            Status::Exercise => scr_cap::Status::Exercise,
            Status::Test => scr_cap::Status::Test,
        },
        msg_type: match text.kind {
            Kind::Alert => MsgType::Alert,
            Kind::Update => MsgType::Update,
            Kind::Cancel => MsgType::Cancel,
        },
        source: None,
        scope: Scope::Public,
        restriction: None,
        addresses: Vec::new(),
        codes: Vec::new(),
        note: one.drill.as_ref().map(|drill| format!("EXERCISE {drill}")),
        references: earlier.iter().map(reference).collect(),
        incidents: Vec::new(),
        infos,
    }
}

/// Holds a message against the standard and the election profile.
///
/// # Errors
/// `SCR-ALR-244`, with the first thing that is wrong and where.
pub(crate) fn check(alert: &Alert, longest: i64, districts: BTreeSet<String>) -> Result<(), Refusal> {
    let profile = Profile {
        longest_validity: longest,
        districts: Some(districts),
        events: Some(EVENTS.map(str::to_owned).into()),
        is_recorded: true,
        ..Profile::new(DISTRICTS)
    };
    let found = scr_cap::check(alert).into_iter().chain(scr_cap::check_profile(alert, &profile));
    match found.into_iter().find(scr_cap::Finding::is_error) {
        Some(finding) => Err(Refusal::new(RefusalKind::Invalid, codes::PROFILE)
            .on("words")
            .with("what", finding.code.as_str())
            .with("where", format!("{} {}", finding.path, finding.value))),
        None => match scr_cap::write(alert) {
            Ok(_) => Ok(()),
            Err(error) => Err(Refusal::new(RefusalKind::Invalid, codes::PROFILE)
                .on("words")
                .with("what", error.fault)
                .with("where", error.path)),
        },
    }
}

/// Longest validity that [`check`] is asked for: rules of the day have been applied before.
pub(crate) const LONGEST: i64 = 7 * DAY;
