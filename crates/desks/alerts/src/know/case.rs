//! A released alert with what its arrival is measured by: its clock, the step that is asked for, the deadline.

use crate::drills::{self, Drill};
use crate::issued::{self, Issued, Words};
use crate::network::secrets::{self, Master};
use rusqlite::{Connection, OptionalExtension as _};
use scr_alerts::Status;
use scr_alerts::acks::Step;
use scr_core::{Refusal, RefusalKind};
use scr_engine::ActError;
use scr_engine::rusqlite;
use scr_i18n::{Lang, Zone};
use scr_web::{App, Visit, issuer_name};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// There is no such alert.
pub(crate) const NO_ALERT: &str = "SCR-ALR-280";
/// Cases that are kept in memory.
const KEPT: usize = 256;
/// For how long an election's secret is kept in memory, in milliseconds: cards may be made anew meanwhile.
const SECRET_MS: i64 = 10_000;

/// A released alert.
#[derive(Debug)]
pub(crate) struct Case {
    /// What was released.
    pub(crate) issued: Issued,
    /// The drill that it belongs to.
    pub(crate) drill: Option<Drill>,
    /// The step that stations are asked for.
    pub(crate) goal: Step,
    /// The time zone of its election.
    pub(crate) zone: Zone,
    /// Title of its election.
    pub(crate) election: String,
}

/// The step of a name as contents have it; what is asked for least is that it was read.
pub(crate) fn goal_of(name: &str) -> Step {
    match name {
        "sent" => Step::Sent,
        "delivered" => Step::Delivered,
        "understood" => Step::Understood,
        "acted" => Step::Acted,
        _ => Step::Read,
    }
}

impl Case {
    fn read(views: &Connection, issued: Issued) -> rusqlite::Result<Self> {
        let drill = issued.drill.as_deref().map(|code| drills::find(views, code)).transpose()?.flatten();
        let election: Option<(String, String)> = views
            .prepare_cached("SELECT title, zone FROM alertsnet_election WHERE election = ?1")?
            .query_row([&issued.election], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (title, zone) = election.unwrap_or_else(|| (issued.election.clone(), "UTC".to_owned()));
        Ok(Self {
            goal: goal_of(&issued.content.goal),
            zone: Zone::named(&zone).unwrap_or_else(|_| Zone::utc()),
            election: title,
            drill,
            issued,
        })
    }

    /// Index of its entry.
    pub(crate) fn index(&self) -> u64 {
        self.issued.index
    }

    /// Whether it is no alert that is meant.
    pub(crate) fn is_exercise(&self) -> bool {
        self.issued.text.status != Status::Actual
    }

    /// The time by its clock, seconds since 1970, at a time on the wall in milliseconds. In a drill it goes as fast as the drill's
    /// clock, and begins with the alert's own time of sending when it was recorded.
    pub(crate) fn time(&self, wall_ms: i64) -> u64 {
        let Some(drill) = &self.drill else { return wall_ms.div_euclid(1_000).max(0).cast_unsigned() };
        let begun = drill.clock.run_time(self.issued.at.saturating_mul(1_000));
        let passed = drill.clock.run_time(wall_ms).saturating_sub(begun).div_euclid(1_000);
        self.issued.text.sent.saturating_add_signed(passed)
    }

    /// The time on the wall, in seconds, at a time by its clock.
    pub(crate) fn wall(&self, time: u64) -> i64 {
        let Some(drill) = &self.drill else { return time.cast_signed() };
        let begun = drill.clock.run_time(self.issued.at.saturating_mul(1_000));
        let passed =
            time.cast_signed().saturating_sub(self.issued.text.sent.cast_signed()).saturating_mul(1_000);
        drill.clock.wall_time(begun.saturating_add(passed)).div_euclid(1_000)
    }

    /// The time by its clock now.
    pub(crate) fn now(&self, app: &App) -> u64 {
        self.time(app.clock.now_ms())
    }

    /// By when stations are to have come to the goal, by its clock.
    pub(crate) fn deadline(&self) -> u64 {
        let expires = self.issued.text.expires();
        self.issued.content.acknowledge_by.map_or(expires, |by| by.min(expires))
    }

    /// Its main language, of those that this program speaks.
    pub(crate) fn lang(&self) -> Lang {
        let mut languages = self.issued.text.wordings.iter().filter_map(|one| Lang::parse(&one.language));
        languages.next().unwrap_or(Lang::En)
    }

    /// Whether it has words in this language.
    pub(crate) fn speaks(&self, lang: Lang) -> bool {
        self.issued.text.wordings.iter().any(|one| one.language == lang.code())
            || self.issued.content.words.contains_key(lang.code())
    }

    /// Headline and instruction for polling stations in this language, else in its main one.
    pub(crate) fn words(&self, lang: Lang) -> Words {
        let content = &self.issued.content.words;
        let short = self.issued.text.wording(lang.code());
        let main = short.map_or_else(|| lang.code().to_owned(), |one| one.language.clone());
        let long = content.get(lang.code()).or_else(|| content.get(&main));
        let mut words = long
            .and_then(|levels| levels.get("official").or_else(|| levels.get("public")))
            .cloned()
            .unwrap_or_default();
        if let Some(short) = short {
            if words.headline.trim().is_empty() {
                words.headline.clone_from(&short.headline);
            }
            if words.instruction.trim().is_empty() {
                words.instruction.clone_from(&short.instruction);
            }
        }
        words
    }
}

#[derive(Debug, Default)]
struct Cases(Mutex<BTreeMap<u64, Arc<Case>>>);

/// The refusal of an alert that there is not.
pub(crate) fn no_alert() -> ActError {
    Refusal::new(RefusalKind::NotFound, NO_ALERT).into()
}

/// The alert of an entry. Nothing of it ever changes, so it is read once.
///
/// # Errors
/// `SCR-ALR-280`, faults.
pub(crate) fn at(app: &App, index: u64) -> Result<Arc<Case>, ActError> {
    let all = app.soft::<Cases>();
    if let Some(found) = kept(app, index) {
        return Ok(found);
    }
    let found = app.engine.read(|views| {
        let issued = issued::at(views, index)?;
        issued.map(|issued| Case::read(views, issued)).transpose()
    })?;
    Ok(keep(&all, found.ok_or_else(no_alert)?))
}

/// As [`at`], if it is in memory.
pub(crate) fn kept(app: &App, index: u64) -> Option<Arc<Case>> {
    app.soft::<Cases>().0.lock().unwrap_or_else(PoisonError::into_inner).get(&index).map(Arc::clone)
}

/// The alert with an id, or at a place in the log.
///
/// # Errors
/// `SCR-ALR-280`, faults.
fn named(app: &App, id: &str) -> Result<Arc<Case>, ActError> {
    if let Ok(index) = id.parse::<u64>() {
        return at(app, index);
    }
    let issued = app.engine.read(|views| issued::find(views, id))?.ok_or_else(no_alert)?;
    at(app, issued.index)
}

/// As [`named`], where the reader's organisation released it: which stations are silent, whom they are reached by and the words
/// of their cards are nobody else's business.
///
/// # Errors
/// As [`named`]; to others it is not there.
pub(crate) fn own(app: &App, visit: &Visit, id: &str) -> Result<Arc<Case>, ActError> {
    let case = named(app, id)?;
    if is_own(app, visit, &case)? { Ok(case) } else { Err(no_alert()) }
}

/// Whether the reader's organisation released an alert.
pub(crate) fn is_own(app: &App, visit: &Visit, case: &Case) -> Result<bool, ActError> {
    let released_by = issuer_name(app.engine.ledger().origin(), &case.issued.issuer);
    Ok(released_by == crate::login::actor(visit)?.org.as_str())
}

fn keep(cases: &Cases, case: Case) -> Arc<Case> {
    let case = Arc::new(case);
    let mut all = cases.0.lock().unwrap_or_else(PoisonError::into_inner);
    if all.len() >= KEPT {
        all.pop_first();
    }
    all.insert(case.index(), Arc::clone(&case));
    case
}

type Held = BTreeMap<String, (Arc<Master>, i64)>;

#[derive(Default)]
struct Secrets(Mutex<Held>);

/// The secret of an election's stations.
///
/// # Errors
/// Faults.
pub(crate) fn master(app: &App, election: &str) -> Result<Arc<Master>, ActError> {
    if let Some(master) = kept_master(app, election) {
        return Ok(master);
    }
    let (held, now) = (app.soft::<Secrets>(), app.clock.now_ms());
    let master = Arc::new(secrets::of(app, election)?);
    let mut all = held.0.lock().unwrap_or_else(PoisonError::into_inner);
    all.retain(|_, (_, at)| (0..SECRET_MS).contains(&(now - *at)));
    all.insert(election.to_owned(), (Arc::clone(&master), now));
    Ok(master)
}

/// As [`master`], if it is in memory.
pub(crate) fn kept_master(app: &App, election: &str) -> Option<Arc<Master>> {
    let (held, now) = (app.soft::<Secrets>(), app.clock.now_ms());
    let all = held.0.lock().unwrap_or_else(PoisonError::into_inner);
    let (master, at) = all.get(election)?;
    (0..SECRET_MS).contains(&(now - at)).then(|| Arc::clone(master))
}

/// What newer alerts make of this one: the newest that names it.
pub(crate) fn newer(app: &App, case: &Case) -> Result<Option<Arc<Case>>, ActError> {
    let named = app.engine.read(|views| issued::superseded_by(views, case.index()))?;
    for index in named.into_iter().rev() {
        let newer = at(app, index)?;
        // An exercise takes back no alert that is meant, and the other way round.
        if newer.issued.text.status == case.issued.text.status {
            return Ok(Some(newer));
        }
    }
    Ok(None)
}
