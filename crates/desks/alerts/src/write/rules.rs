//! Pure decisions about drafts: who may what, what is missing, who has to agree.

use super::deceive;
use super::draft::{
    AUDIENCES, CATEGORIES, Draft, GOALS, KINDS, LANGUAGES, LEVELS, MAX_HEADLINE, MAX_LONG, SEVERITIES,
    Spoken, value,
};
use super::events::EVENTS;
use super::kinds::codes;
use super::view::Said;
use crate::issued::Words;
use scr_alerts::{AlertText, Kind, Reference, Severity, Status};
use scr_cap::{Certainty, Urgency};
use scr_core::{Actor, Refusal, RefusalKind, Role};
use std::collections::{BTreeMap, BTreeSet};

/// Longest validity that touches the day of the election, in seconds.
const DAY: i64 = scr_cap::profile::DAY;
/// Longest validity at other times, in seconds.
const WEEK: i64 = 7 * DAY;

fn forbidden() -> Refusal {
    Refusal::new(RefusalKind::Forbidden, codes::NOT_YOURS)
}

fn wrong(code: &str, field: &str) -> Refusal {
    Refusal::new(RefusalKind::Invalid, code).on(field)
}

/// Roles that write drafts.
pub(crate) const WRITERS: [Role; 3] = [Role::Manager, Role::Supervisor, Role::Clerk];
/// Roles that approve words and release.
pub(crate) const DECIDERS: [Role; 2] = [Role::Manager, Role::Supervisor];

/// Whether somebody writes drafts.
///
/// # Errors
/// `SCR-ALR-220`
pub(crate) fn may_write(actor: &Actor) -> Result<(), Refusal> {
    if WRITERS.contains(&actor.role) && actor.place.is_none() { Ok(()) } else { Err(forbidden()) }
}

/// Whether somebody approves words and releases.
///
/// # Errors
/// `SCR-ALR-220`
pub(crate) fn may_decide(actor: &Actor) -> Result<(), Refusal> {
    if DECIDERS.contains(&actor.role) && actor.place.is_none() { Ok(()) } else { Err(forbidden()) }
}

/// Whether somebody approves the words of a language: never those that they wrote last.
///
/// # Errors
/// `SCR-ALR-220`, `-228`, `-231`
pub(crate) fn may_approve(actor: &Actor, draft: &Draft, language: &str) -> Result<(), Refusal> {
    may_decide(actor)?;
    let spoken = draft.words.get(language).filter(|spoken| spoken.is_whole());
    let spoken = spoken.ok_or_else(|| wrong(codes::NO_WORDS, "language").with("language", language))?;
    if spoken.written_by == actor.person.as_str() {
        return Err(Refusal::new(RefusalKind::Forbidden, codes::OWN_WORDS));
    }
    Ok(())
}

/// Longest time for acknowledgements, in minutes: a week.
const MOST_MINUTES: u32 = 10_080;

/// Whether everything in a draft is one of the values that there are, and no longer than it may be. It need not be complete.
///
/// # Errors
/// `SCR-ALR-223` with the field; `-236`.
pub(crate) fn values(draft: &Draft) -> Result<(), Refusal> {
    let kind = value(&KINDS, &draft.kind);
    let is_short = |spoken: &Spoken| {
        let long = |words: &Words| {
            words.headline.len() <= MAX_HEADLINE
                && words.description.len() <= MAX_LONG
                && words.instruction.len() <= MAX_LONG
        };
        spoken.headline.len() <= 160
            && spoken.instruction.len() <= 255
            && spoken.levels.iter().all(|(level, words)| LEVELS.contains(&level.as_str()) && long(words))
    };
    let is_known = |language: &String| LANGUAGES.contains(&language.as_str());
    let fields = [
        ("kind", kind.is_some()),
        ("event", EVENTS.contains(&draft.event.as_str())),
        ("category", CATEGORIES.contains(&draft.category.as_str())),
        ("urgency", Urgency::parse(&draft.urgency).is_some()),
        ("severity", value(&SEVERITIES, &draft.severity).is_some()),
        ("certainty", Certainty::parse(&draft.certainty).is_some()),
        ("audience", value(&AUDIENCES, &draft.audience).is_some()),
        ("goal", GOALS.contains(&draft.goal.as_str())),
        ("main", is_known(&draft.main)),
        ("acknowledge_minutes", draft.acknowledge_minutes.is_none_or(|m| (1..=MOST_MINUTES).contains(&m))),
        ("areas", draft.areas.len() <= scr_alerts::text::MAX_AREAS),
        ("words", draft.words.iter().all(|(language, spoken)| is_known(language) && is_short(spoken))),
    ];
    if let Some((field, _)) = fields.iter().find(|(_, is_fine)| !is_fine) {
        return Err(wrong(codes::WRONG_VALUE, field));
    }
    let names = draft.names.len();
    let is_alert = kind == Some(Kind::Alert);
    if is_alert != (names == 0) || names > scr_alerts::text::MAX_REFERENCES {
        return Err(wrong(codes::NOTHING_NAMED, "names"));
    }
    Ok(())
}

/// Whether a draft stays what it was begun as: what is an exercise never becomes an alert that is meant.
///
/// # Errors
/// `SCR-ALR-235`
pub(crate) fn stays(old: &Draft, new: &Draft) -> Result<(), Refusal> {
    if (&new.status, &new.drill, &new.nonce) == (&old.status, &old.drill, &old.nonce) {
        Ok(())
    } else {
        Err(Refusal::new(RefusalKind::Conflict, codes::NEVER_CONVERTS))
    }
}

/// Whether two people have to agree: from `Severe` upwards, and to take an alert back that is meant.
pub(crate) fn needs_two(kind: Kind, status: Status, severity: Severity) -> bool {
    severity >= Severity::Severe || (kind == Kind::Cancel && status == Status::Actual)
}

/// What somebody's agreement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is the first of two.
    First,
    /// It releases.
    Release,
}

/// What the agreement of `person` does, after others have agreed to exactly this draft. An agreement whose person was erased
/// counts for nothing.
///
/// # Errors
/// `SCR-ALR-238`: the same person a second time.
pub(crate) fn turn(draft: &Draft, agreed: &[Said], person: &str) -> Result<Turn, Refusal> {
    if !needs_two(draft.kind(), draft.status(), draft.severity()) {
        return Ok(Turn::Release);
    }
    if agreed.iter().any(|one| !one.person.is_empty() && one.person != person) {
        Ok(Turn::Release)
    } else if agreed.iter().any(|one| one.person == person) {
        Err(Refusal::new(RefusalKind::Conflict, codes::SECOND_PERSON))
    } else {
        Ok(Turn::First)
    }
}

/// An alert that a draft names, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// Its entry and the beginning of its leaf hash.
    pub(crate) place: Reference,
    /// Its election.
    pub(crate) election: String,
    /// Whether it is meant.
    pub(crate) status: Status,
    /// Whether it still waits or holds, and is no cancellation.
    pub(crate) is_open: bool,
}

/// What is known around a draft.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// Seconds since 1970, UTC.
    pub(crate) now: i64,
    /// When the day of the election begins and ends; nothing where there is no such election of the organisation.
    pub(crate) day: Option<(i64, i64)>,
    /// Whether areas were imported.
    pub(crate) has_network: bool,
    /// Codes that the network does not have, with the closest one that it has.
    pub(crate) unknown_areas: Vec<(String, Option<String>)>,
    /// Whether the draft's drill runs, for the same election.
    pub(crate) drill_runs: bool,
    /// The alerts that it names, as far as they were found.
    pub(crate) named: Vec<Named>,
    /// The approval of each language that is over the words as they stand.
    pub(crate) approved: BTreeMap<String, Said>,
}

/// The languages that go out: whole and approved, the main one first.
pub(crate) fn going_out<'a>(draft: &'a Draft, facts: &Facts) -> Vec<&'a str> {
    let goes = |language: &&str| {
        draft.words.get(*language).is_some_and(Spoken::is_whole) && facts.approved.contains_key(*language)
    };
    draft.languages().into_iter().filter(goes).collect()
}

/// Everything that stands in the way of a release, in the order of the form's steps.
pub(crate) fn missing(draft: &Draft, facts: &Facts) -> Vec<Refusal> {
    let mut found = Vec::new();
    if facts.day.is_none() {
        found.push(Refusal::new(RefusalKind::NotFound, codes::NO_ELECTION));
    }
    if (draft.status() == Status::Exercise) != draft.drill.is_some()
        || (draft.drill.is_some() && !facts.drill_runs)
    {
        found.push(wrong(codes::NO_DRILL, "drill"));
    }
    found.extend(names(draft, facts));
    if !facts.has_network {
        found.push(wrong(codes::NO_NETWORK, "areas"));
    } else if draft.areas.is_empty() {
        found.push(wrong(codes::NO_AREAS, "areas"));
    }
    for (code, closest) in &facts.unknown_areas {
        let closest = closest.as_deref().unwrap_or("–");
        found.push(wrong(codes::UNKNOWN_AREA, "areas").with("code", code).with("closest", closest));
    }
    found.extend(times(draft, facts));
    found.extend(words(draft, facts));
    found
}

fn names(draft: &Draft, facts: &Facts) -> Option<Refusal> {
    let places: BTreeSet<u64> = draft.names.iter().copied().collect();
    let fits = |one: &Named| one.is_open && one.election == draft.election && one.status == draft.status();
    let is_fine = if draft.kind() == Kind::Alert {
        places.is_empty()
    } else {
        (1..=scr_alerts::text::MAX_REFERENCES).contains(&places.len())
            && places.iter().all(|index| facts.named.iter().any(|one| one.place.index == *index && fits(one)))
    };
    (!is_fine).then(|| wrong(codes::NOTHING_NAMED, "names"))
}

fn times(draft: &Draft, facts: &Facts) -> Vec<Refusal> {
    let mut found = Vec::new();
    let begins = draft.effective.unwrap_or(facts.now).max(facts.now);
    let Some(expires) = draft.expires.filter(|expires| *expires > begins) else {
        return vec![wrong(codes::EXPIRED, "expires")];
    };
    let on_the_day = facts.day.is_some_and(|(from, to)| begins < to && expires > from);
    let longest = if on_the_day { DAY } else { WEEK };
    if expires - facts.now > longest {
        found.push(wrong(codes::TOO_LONG, "expires").with("hours", longest / 3_600));
    }
    let by = draft.acknowledge_minutes.map(|minutes| facts.now + i64::from(minutes) * 60);
    let is_needed = draft.severity() >= Severity::Severe;
    if by.map_or(is_needed, |by| by > expires || by <= facts.now) {
        found.push(wrong(codes::ACK_LATE, "acknowledge_minutes"));
    }
    found
}

fn words(draft: &Draft, facts: &Facts) -> Vec<Refusal> {
    let mut found = Vec::new();
    let main = draft.words.get(&draft.main).filter(|spoken| spoken.is_whole());
    if main.is_none() {
        found.push(wrong(codes::NO_WORDS, "words").with("language", &draft.main));
    } else if !facts.approved.contains_key(&draft.main) {
        found.push(wrong(codes::NOT_APPROVED, "words").with("language", &draft.main));
    }
    for (language, text) in deceive::languages(draft) {
        found.push(wrong(codes::WRONG_WORDS, "words").with("language", language).with("text", text));
    }
    found
}

/// The longest of some languages in the compact text: the one to shorten.
pub(crate) fn longest(draft: &Draft) -> Option<&'static str> {
    let length = |language: &&str| {
        draft.words.get(*language).map_or(0, |spoken| spoken.headline.len() + spoken.instruction.len())
    };
    LANGUAGES.into_iter().max_by_key(length)
}

/// The compact text of a draft.
///
/// # Errors
/// `SCR-ALR-230` when it is too long, with the language to shorten; `-229` for words that cannot stand in it.
pub(crate) fn compact(
    draft: &Draft,
    languages: &[&str],
    number: u16,
    named: &[Named],
    now: i64,
) -> Result<(AlertText, Vec<u8>), Refusal> {
    let after = |at: i64| u32::try_from(at.saturating_sub(now).max(0)).unwrap_or(u32::MAX);
    let mut references: Vec<Reference> = named.iter().map(|one| one.place).collect();
    references.sort();
    references.dedup();
    let text = AlertText {
        number,
        kind: draft.kind(),
        status: draft.status(),
        severity: draft.severity(),
        audience: draft.audience(),
        sent: now.max(0).cast_unsigned(),
        effective_after: draft.effective.map_or(0, after),
        expires_after: draft.expires.map_or(0, after),
        references,
        areas: draft.areas.clone(),
        wordings: draft.wordings(languages),
    };
    match text.to_bytes() {
        Ok(bytes) => Ok((text, bytes)),
        Err(error) if error.field == "text" => {
            let language = longest(draft).unwrap_or_default();
            Err(wrong(codes::TEXT_TOO_LONG, "words").with("language", language))
        }
        Err(error) => {
            let language = draft.main.as_str();
            Err(wrong(codes::WRONG_WORDS, "words").with("language", language).with("text", error.what))
        }
    }
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
