//! An assessment: what was answered, and what comes of it.

use super::{ASSESSED, ELECTION, FACTOR, MAY_NOT, SETTINGS, TIME, TITLE, VOTERS};
use crate::runs::acts::Person;
use crate::runs::around;
use scr_core::{Refusal, RefusalKind, Role, uuid_v7};
use scr_engine::{ActError, Engine, Fault, NewEvent, Receipt};
use scr_playbooks::severity::{
    CATEGORIES, ElectionResult, ElectionSettings, Fraction, Levels, NcissError, NcissResult, TimeToPolls,
    election, nciss,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const MAX_TITLE: usize = 200;
/// More voters than there are people.
const MOST_VOTERS: u64 = 10_000_000_000;
/// Longest time to the polls that is looked at, in minutes: ten years.
const MAX_MINUTES: u32 = 10 * 366 * 24 * 60;

/// Where the polls stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polls {
    /// They open in so many minutes.
    Opens(u32),
    /// They are open.
    Open,
    /// Closed, or none is near.
    Far,
}

impl Polls {
    /// Its word in the record, and the minutes.
    pub fn parts(self) -> (&'static str, u32) {
        match self {
            Self::Opens(minutes) => ("opens", minutes),
            Self::Open => ("open", 0),
            Self::Far => ("far", 0),
        }
    }

    /// From its word.
    pub fn of(word: &str, minutes: u32) -> Option<Self> {
        match word {
            "opens" if minutes <= MAX_MINUTES => Some(Self::Opens(minutes)),
            "open" => Some(Self::Open),
            "far" => Some(Self::Far),
            _ => None,
        }
    }

    fn time(self) -> TimeToPolls {
        match self {
            Self::Opens(minutes) => TimeToPolls::Opens(minutes),
            Self::Open => TimeToPolls::Open,
            Self::Far => TimeToPolls::Far,
        }
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// The option of each category.
    pub chosen: BTreeMap<String, String>,
    /// Where the polls stand.
    pub polls: Polls,
    /// How many voters are affected.
    pub voters: u64,
    /// Cut-offs of the levels.
    pub levels: Levels,
    /// Settings of the election's factors.
    pub settings: ElectionSettings,
}

/// What would change the result most: another answer of one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The category.
    pub category: &'static str,
    /// The answer with the greatest difference.
    pub option: &'static str,
    /// What the result would be.
    pub result: Fraction,
    /// By how much it would differ: the result with it, less the result as it is, in hundredths of a point.
    pub is_more: bool,
}

/// What comes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// What was answered.
    pub answers: Answers,
    /// NCISS.
    pub nciss: NcissResult,
    /// With the election's factors.
    pub election: ElectionResult,
    /// What would change it most, the greatest first.
    pub changes: Vec<Change>,
}

/// Changes that are told.
const TOLD: usize = 3;

/// Works an assessment out.
///
/// # Errors
/// `SCR-RSP-071` (a factor without an answer), `-073` (more voters than people), `-075` (settings that cannot be used).
pub fn assess(answers: &Answers) -> Result<Assessment, Refusal> {
    if answers.voters > MOST_VOTERS {
        return Err(Refusal::new(RefusalKind::Invalid, VOTERS).on("voters"));
    }
    let (score, with) = both(answers, None)?;
    let mut changes = Vec::new();
    for term in &score.terms {
        let Some(category) = CATEGORIES.iter().find(|one| one.name == term.category) else { continue };
        let mut greatest: Option<(Change, Fraction)> = None;
        for (option, _) in category.options.iter().filter(|(option, _)| *option != term.option) {
            let (_, other) = both(answers, Some((category.name, option)))?;
            let is_more = other.result > with.result;
            let (high, low) = if is_more { (other.result, with.result) } else { (with.result, other.result) };
            let by = high.plus(low.times(Fraction::whole(-1)));
            if by > Fraction::ZERO && greatest.as_ref().is_none_or(|(_, known)| by > *known) {
                greatest =
                    Some((Change { category: category.name, option, result: other.result, is_more }, by));
            }
        }
        changes.extend(greatest);
    }
    changes.sort_by(|(_, one), (_, other)| other.cmp(one));
    let changes = changes.into_iter().take(TOLD).map(|(change, _)| change).collect();
    Ok(Assessment { answers: answers.clone(), nciss: score, election: with, changes })
}

fn both(
    answers: &Answers,
    instead: Option<(&'static str, &'static str)>,
) -> Result<(NcissResult, ElectionResult), Refusal> {
    let answer = |category: &str| match instead {
        Some((wanted, option)) if wanted == category => Some(option),
        _ => answers.chosen.get(category).map(String::as_str),
    };
    let factor = |field: &str| Refusal::new(RefusalKind::Invalid, FACTOR).on(field).with("factor", field);
    let settings = || Refusal::new(RefusalKind::Invalid, SETTINGS);
    let score = nciss(&answer, &answers.levels).map_err(|error| match error {
        NcissError::Missing(category) | NcissError::NoSuchOption { category, .. } => factor(category),
        NcissError::Levels(_) => settings(),
    })?;
    let with = election(score.score, answers.polls.time(), answers.voters, &answers.settings)
        .map_err(|_| settings())?;
    Ok((score, with))
}

/// Records an assessment. Answers with its id.
///
/// # Errors
/// `SCR-RSP-074` (no title), `-076` (no such election), `-077` (another role).
pub fn record(
    engine: &Engine,
    person: Person<'_>,
    (title, election): (&str, Option<&str>),
    assessment: &Assessment,
) -> Result<(String, Vec<Receipt>), ActError> {
    if !matches!(person.actor.role, Role::Manager | Role::Supervisor) {
        return Err(Refusal::new(RefusalKind::Forbidden, MAY_NOT).into());
    }
    let title = title.trim();
    if title.is_empty() || title.len() > MAX_TITLE {
        return Err(Refusal::new(RefusalKind::Invalid, TITLE).on("title").into());
    }
    let id = uuid_v7(&**engine.clock(), &**engine.entropy());
    let receipts = engine.record(person.actor, &|views, _| {
        if let Some(election) = election {
            let all = around::elections(views).map_err(Fault::from)?;
            if !all.iter().any(|one| one.election == election) {
                return Err(Refusal::new(RefusalKind::Invalid, ELECTION).on("election").into());
            }
        }
        let mut public = public(assessment);
        public["assessment"] = json!(id);
        public["org"] = json!(person.actor.org.as_str());
        public["title"] = json!(title);
        if let Some(election) = election {
            public["election"] = json!(election);
        }
        let event = NewEvent::about(&ASSESSED, format!("severity:{id}"), public);
        Ok(vec![person.sealed(event)])
    })?;
    Ok((id, receipts))
}

/// What an assessment says, in the form of the record.
pub(crate) fn public(assessment: &Assessment) -> Value {
    let answers = &assessment.answers;
    let chosen: BTreeMap<&str, &str> =
        assessment.nciss.terms.iter().map(|term| (term.category, term.option)).collect();
    let (polls, minutes) = answers.polls.parts();
    json!({
        "chosen": chosen, "polls": polls, "minutes": minutes, "voters": answers.voters,
        "settings": {
            "levels": answers.levels.from, "half_minutes": answers.settings.half_minutes,
            "voters_from": answers.settings.voters_from, "voters_weight": answers.settings.voters_weight,
        },
        "nciss": assessment.nciss.score.to_string(),
        "level": super::words::level_word(assessment.nciss.level),
        "result": assessment.election.result.to_string(),
    })
}

/// The answers that a recorded assessment holds.
pub(crate) fn answers_of(public: &Value) -> Option<Answers> {
    let count = |value: &Value, name: &str| value.get(name).and_then(Value::as_u64);
    let settings = public.get("settings")?;
    let numbers = |name: &str| -> Option<Vec<u64>> {
        settings.get(name)?.as_array()?.iter().map(Value::as_u64).collect()
    };
    let mut levels = Levels::default();
    for (level, number) in levels.from.iter_mut().zip(numbers("levels")?) {
        *level = u8::try_from(number).ok()?;
    }
    let mut own = ElectionSettings {
        half_minutes: u32::try_from(count(settings, "half_minutes")?).ok()?,
        voters_weight: u32::try_from(count(settings, "voters_weight")?).ok()?,
        ..ElectionSettings::default()
    };
    for (from, number) in own.voters_from.iter_mut().zip(numbers("voters_from")?) {
        *from = number;
    }
    let chosen = public.get("chosen")?.as_object()?.iter();
    Some(Answers {
        chosen: chosen.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect(),
        polls: Polls::of(public.get("polls")?.as_str()?, u32::try_from(count(public, "minutes")?).ok()?)?,
        voters: count(public, "voters")?,
        levels,
        settings: own,
    })
}

/// What was typed, read. `value` gives a field; `election` the day and zone of the one that was chosen; `now` in seconds.
///
/// # Errors
/// `SCR-RSP-071` to `-073`, `-075`, beside their fields.
pub(crate) fn read(
    value: &dyn Fn(&str) -> String,
    election: Option<&around::Election>,
    now: i64,
) -> Result<Answers, Vec<Refusal>> {
    let mut wrong = Vec::new();
    let mut chosen = BTreeMap::new();
    for category in &CATEGORIES {
        let given = value(category.name);
        if category.options.iter().any(|(option, _)| *option == given) {
            chosen.insert(category.name.to_owned(), given);
        } else {
            let refusal = Refusal::new(RefusalKind::Invalid, FACTOR).on(category.name);
            wrong.push(refusal.with("factor", category.name));
        }
    }
    let voters = value("voters").replace([' ', ',', '\u{a0}', '\u{202f}'], "").parse::<u64>();
    let voters = voters.ok().filter(|voters| *voters <= MOST_VOTERS);
    if voters.is_none() {
        wrong.push(Refusal::new(RefusalKind::Invalid, VOTERS).on("voters"));
    }
    let polls = polls(value, election, now);
    if polls.is_none() {
        wrong.push(Refusal::new(RefusalKind::Invalid, TIME).on("hours"));
    }
    let settings = settings(value);
    if settings.is_none() {
        wrong.push(Refusal::new(RefusalKind::Invalid, SETTINGS).on("levels"));
    }
    match (polls, voters, settings) {
        (Some(polls), Some(voters), Some((levels, settings))) if wrong.is_empty() => {
            Ok(Answers { chosen, polls, voters, levels, settings })
        }
        _ => Err(wrong),
    }
}

/// Hour and minute, `08:00`.
fn clock_time(text: &str) -> Option<i64> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute) = (hour.parse::<u8>().ok()?, minute.parse::<u8>().ok()?);
    (hour < 24 && minute < 60).then(|| (i64::from(hour) * 60 + i64::from(minute)) * 60)
}

fn polls(value: &dyn Fn(&str) -> String, election: Option<&around::Election>, now: i64) -> Option<Polls> {
    if let Some(election) = election {
        let zone = scr_i18n::Zone::named(&election.zone).ok()?;
        let begin = zone.begin_of(&election.day)?;
        let (opens, closes) = (clock_time(&value("opens"))?, clock_time(&value("closes"))?);
        let (opens, closes) = (begin + opens, begin + closes);
        return Some(if now < opens {
            Polls::Opens(u32::try_from((opens - now) / 60).unwrap_or(MAX_MINUTES).min(MAX_MINUTES))
        } else if now < closes {
            Polls::Open
        } else {
            Polls::Far
        });
    }
    match value("polls").as_str() {
        "opens" => {
            let hours = value("hours").replace(',', ".").parse::<u32>().ok()?;
            Polls::of("opens", hours.checked_mul(60)?)
        }
        word => Polls::of(word, 0),
    }
}

/// Numbers with spaces or commas between them.
fn numbers(text: &str) -> Option<Vec<u64>> {
    let parts = text.split([' ', ',', ';']).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().ok()).collect()
}

fn settings(value: &dyn Fn(&str) -> String) -> Option<(Levels, ElectionSettings)> {
    let mut levels = Levels::default();
    let given = value("levels");
    if !given.is_empty() {
        let given: Vec<u8> = numbers(&given)?.into_iter().map(u8::try_from).collect::<Result<_, _>>().ok()?;
        levels.from = given.try_into().ok()?;
    }
    let mut own = ElectionSettings::default();
    let half = value("half_minutes");
    if !half.is_empty() {
        own.half_minutes = half.parse().ok()?;
    }
    let from = value("voters_from");
    if !from.is_empty() {
        own.voters_from = numbers(&from)?.try_into().ok()?;
    }
    levels.check().ok()?;
    election_settings_are_fine(&own).then_some((levels, own))
}

fn election_settings_are_fine(settings: &ElectionSettings) -> bool {
    election(Fraction::ZERO, TimeToPolls::Far, 0, settings).is_ok()
}
