//! The line of authority: who is called when stations are silent, in which order and when; and which allies are consulted or
//! told. Names of bodies, no people.

use super::contacts::{must_be_own, must_manage};
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};
use scr_alerts::Severity;
use scr_alerts::acks::{Line, Rung, Step};
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{
    ActError, Engine, Event, FieldSpec, FieldType, KindSpec, NewEvent, Receipt, ViewFault, rusqlite,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The line of authority of an election: the next version, never an overwrite. `depth`: areas above the area that is called,
/// none for the station itself; `after`, `within`: minutes after the alert was sent.
pub(crate) const SET: KindSpec = KindSpec {
    name: "alerts.line.set/1",
    public: &[
        FieldSpec::new("election", FieldType::Code(64)),
        FieldSpec::new("version", FieldType::Count),
        FieldSpec::new(
            "rungs",
            FieldType::List(
                MOST_RUNGS,
                &FieldType::Object(&[
                    FieldSpec::new("name", FieldType::Name(NAME)),
                    FieldSpec::optional("depth", FieldType::Count),
                    FieldSpec::new("goal", FieldType::Code(16)),
                    FieldSpec::new("after", FieldType::Count),
                ]),
            ),
        ),
        FieldSpec::new(
            "allies",
            FieldType::List(
                MOST_ALLIES,
                &FieldType::Object(&[
                    FieldSpec::new("name", FieldType::Name(NAME)),
                    FieldSpec::new("act", FieldType::Code(16)),
                    FieldSpec::new("severity", FieldType::Code(16)),
                    FieldSpec::new("within", FieldType::Count),
                ]),
            ),
        ),
        FieldSpec::optional("reason", FieldType::Text(1_000)),
    ],
    private: &[],
};

/// Rungs of a line.
pub const MOST_RUNGS: usize = 8;
/// Allied bodies of a line.
pub const MOST_ALLIES: usize = 12;
const NAME: usize = 200;
/// Latest moment, in minutes after the alert was sent: thirty days.
const LATEST: u32 = 30 * 24 * 60;

pub(crate) const SCHEMA: &str = "
CREATE TABLE alertsnet_line (election TEXT NOT NULL, version INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL,
    line TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (election, version)) WITHOUT ROWID;
";
pub(crate) const DIGESTS: (&str, &str, &str) = ("alertsnet_line", "*", "election, version");

/// A rung with the body that is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedRung {
    /// The body, for instance "Municipal election office".
    pub name: String,
    /// How many areas stand above the area that is called; `None`: the station itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub depth: Option<u8>,
    /// The step that a station must have come to: `delivered`, `read`, `understood`, `acted`.
    pub goal: String,
    /// Minutes after the alert was sent.
    pub after: u32,
}

/// An allied body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ally {
    /// Its name.
    pub name: String,
    /// `consult` (before it is sent, or as soon as can be) or `tell`.
    pub act: String,
    /// From which severity on: `minor`, `moderate`, `severe`, `extreme`.
    pub severity: String,
    /// Within how many minutes.
    pub within: u32,
}

/// Rungs and allies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// From the station upwards.
    pub rungs: Vec<NamedRung>,
    /// Allied bodies.
    pub allies: Vec<Ally>,
}

/// A version of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetLine {
    /// From 1.
    pub version: u64,
    /// Index of its entry.
    pub index: u64,
    /// When it was recorded.
    pub at: i64,
    /// What it says.
    pub lines: Lines,
    /// Why it replaced the one before; empty for the first.
    pub reason: String,
}

/// What consulting and telling are called.
pub const ACTS: [&str; 2] = ["consult", "tell"];

/// Steps that a rung may ask for, by their names.
pub const GOALS: [(&str, Step); 4] = [
    ("delivered", Step::Delivered),
    ("read", Step::Read),
    ("understood", Step::Understood),
    ("acted", Step::Acted),
];

/// Severities by their names.
pub const SEVERITIES: [(&str, Severity); 4] = [
    ("minor", Severity::Minor),
    ("moderate", Severity::Moderate),
    ("severe", Severity::Severe),
    ("extreme", Severity::Extreme),
];

/// The rungs where nobody has set any: the station itself must have read the alert after 15 minutes, or it is called; the area
/// two below the top (a municipality) after 30, the one below the top (a region) after 60 for those that have not understood
/// it, and the top after 120. The names are empty: pages put words of the reader's language there.
pub fn default_rungs() -> Vec<NamedRung> {
    [(None, "read", 15), (Some(2), "read", 30), (Some(1), "understood", 60), (Some(0), "understood", 120)]
        .into_iter()
        .map(|(depth, goal, after)| NamedRung { name: String::new(), depth, goal: goal.to_owned(), after })
        .collect()
}

fn rung(named: &NamedRung) -> Option<Rung> {
    let (_, goal) = GOALS.into_iter().find(|(name, _)| *name == named.goal)?;
    Some(Rung { depth: named.depth, goal, after: named.after.checked_mul(60)? })
}

/// The line as escalation reckons with it; that of [`default_rungs`] where none was set.
///
/// # Errors
/// Faults of the views.
pub fn of(views: &Connection, election: &str) -> rusqlite::Result<Line> {
    let named = current(views, election)?.map_or_else(default_rungs, |set| set.lines.rungs);
    let rungs = named.iter().map(rung).collect::<Option<Vec<_>>>();
    rungs.and_then(|rungs| Line::new(rungs).ok()).ok_or(rusqlite::Error::InvalidQuery)
}

/// The newest version; `None` where none was set.
///
/// # Errors
/// Faults of the views.
pub fn current(views: &Connection, election: &str) -> rusqlite::Result<Option<SetLine>> {
    let sql = "SELECT version, idx, at, line, reason FROM alertsnet_line WHERE election = ?1 ORDER BY version DESC LIMIT 1";
    views
        .prepare_cached(sql)?
        .query_row([election], |row| {
            let line: String = row.get(3)?;
            Ok(SetLine {
                version: row.get::<_, i64>(0)?.cast_unsigned(),
                index: row.get::<_, i64>(1)?.cast_unsigned(),
                at: row.get(2)?,
                lines: serde_json::from_str(&line).map_err(|_| rusqlite::Error::InvalidQuery)?,
                reason: row.get(4)?,
            })
        })
        .optional()
}

pub(crate) fn apply(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    if event.kind() != SET.name {
        return Ok(());
    }
    let list = |name: &str| event.public().get(name).cloned().unwrap_or_default();
    let line = json!({"rungs": list("rungs"), "allies": list("allies")});
    tx.execute(
        "INSERT INTO alertsnet_line VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            event.text("election"),
            event.count("version").cast_signed(),
            event.index.cast_signed(),
            event.at,
            line.to_string(),
            event.text("reason"),
        ],
    )?;
    Ok(())
}

/// A text that the record takes as a name.
fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= NAME && !name.chars().any(char::is_control)
}

/// Everything that is wrong with a line, each beside its field (`rung-1-name`, `ally-2-within`, …).
pub fn check(lines: &Lines) -> Vec<Refusal> {
    let mut wrong = Vec::new();
    let mut add = |code: &str, field: String, at: usize| {
        wrong.push(Refusal::new(RefusalKind::Invalid, code).on(&field).with("at", at));
    };
    if !(1..=MOST_RUNGS).contains(&lines.rungs.len()) || lines.allies.len() > MOST_ALLIES {
        add("SCR-ALR-209", "rung-1-name".to_owned(), 1);
    }
    let mut before = 0;
    for (at, one) in (1..).zip(&lines.rungs) {
        if !is_name(&one.name) {
            add("SCR-ALR-209", format!("rung-{at}-name"), at);
        }
        if one.depth.is_some_and(|depth| depth > 12) {
            add("SCR-ALR-209", format!("rung-{at}-depth"), at);
        }
        if GOALS.iter().all(|(name, _)| *name != one.goal) {
            add("SCR-ALR-209", format!("rung-{at}-goal"), at);
        }
        if one.after <= before || one.after > LATEST {
            add("SCR-ALR-211", format!("rung-{at}-after"), at);
        }
        before = one.after;
    }
    for (at, one) in (1..).zip(&lines.allies) {
        if !is_name(&one.name) {
            add("SCR-ALR-218", format!("ally-{at}-name"), at);
        }
        if !ACTS.contains(&one.act.as_str()) {
            add("SCR-ALR-218", format!("ally-{at}-act"), at);
        }
        if SEVERITIES.iter().all(|(name, _)| *name != one.severity) {
            add("SCR-ALR-218", format!("ally-{at}-severity"), at);
        }
        if !(1..=LATEST).contains(&one.within) {
            add("SCR-ALR-218", format!("ally-{at}-within"), at);
        }
    }
    wrong
}

/// Sets the line of an election as its next version. A later version needs a reason.
///
/// # Errors
/// `SCR-ALR-200` (another role), `-204` (no such election), `-209`, `-211`, `-218` (the first of what [`check`] finds), `-202`
/// (the same again), `-203` (no reason).
pub fn set(
    engine: &Engine,
    actor: &Actor,
    election: &str,
    lines: &Lines,
    reason: Option<&str>,
) -> Result<Vec<Receipt>, ActError> {
    must_manage(actor)?;
    if let Some(refusal) = check(lines).into_iter().next() {
        return Err(refusal.into());
    }
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    engine.record(actor, &|views, _| {
        must_be_own(engine, views, election, actor)?;
        let before = current(views, election)?;
        if before.as_ref().is_some_and(|before| before.lines == *lines) {
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-ALR-202").into());
        }
        if before.is_some() && reason.is_none() {
            return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-203").on("reason").into());
        }
        let version = before.map_or(0, |before| before.version) + 1;
        let mut public =
            json!({"election": election, "version": version, "rungs": lines.rungs, "allies": lines.allies});
        if let (Some(reason), Some(fields)) = (reason, public.as_object_mut()) {
            fields.insert("reason".to_owned(), json!(reason));
        }
        Ok(vec![NewEvent::about(&SET, format!("alerts:line:{election}"), public)])
    })
}
