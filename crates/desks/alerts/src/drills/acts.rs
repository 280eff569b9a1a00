//! What is recorded of a drill.

use super::{BEGUN, Drill, ENDED, NOTED, find, notes};
use crate::login::{decides, is_own};
use scr_core::{Actor, DrillClock, ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, NewEvent, Receipt, rusqlite::Connection};
use serde_json::json;

/// How many times as fast as the wall's a drill's clock may go.
pub(crate) const FASTEST: u32 = 600;
/// Longest note, in bytes.
const LONGEST_NOTE: usize = 4_000;

/// A drill to begin.
#[derive(Debug, Clone)]
pub struct NewDrill<'a> {
    /// Its code, in addresses.
    pub code: &'a str,
    /// The election that it plays.
    pub election: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// What its clock shows at the beginning, seconds since 1970.
    pub begins: i64,
    /// How many times as fast it goes.
    pub rate: u32,
}

fn subject(code: &str) -> String {
    format!("alerts:drill:{code}")
}

fn refuse(kind: RefusalKind, code: &'static str) -> ActError {
    Refusal::new(kind, code).into()
}

/// Begins a drill, now.
///
/// # Errors
/// `SCR-ALR-320` (another role), `-321` (its code), `-322` (there is one of this code), `-323` (no such election), `-324` (its
/// clock), `-327` (its title).
pub fn begin(engine: &Engine, actor: &Actor, new: &NewDrill<'_>) -> Result<Vec<Receipt>, ActError> {
    if !decides(actor) {
        return Err(refuse(RefusalKind::Forbidden, "SCR-ALR-320"));
    }
    if ElectionId::new(new.code).is_err() || new.code.len() > 40 || new.code == "new" {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-321").on("code").into());
    }
    let title = new.title.trim();
    if title.is_empty() || title.len() > 200 {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-327").on("title").into());
    }
    if !(1..=FASTEST).contains(&new.rate) || new.begins < 0 {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-324")
            .on("rate")
            .with("most", FASTEST)
            .into());
    }
    engine.record(actor, &|views, ctx| {
        if !is_own(views, engine.ledger().origin(), new.election, actor)? {
            return Err(Refusal::new(RefusalKind::NotFound, "SCR-ALR-323").on("election").into());
        }
        if find(views, new.code)?.is_some() {
            return Err(Refusal::new(RefusalKind::Conflict, "SCR-ALR-322").on("code").into());
        }
        let clock = DrillClock {
            wall: ctx.now.saturating_mul(1_000),
            run: new.begins.saturating_mul(1_000),
            rate: new.rate,
        };
        let public = json!({
            "drill": new.code,
            "election": new.election,
            "title": title,
            "wall": clock.wall,
            "run": clock.run,
            "rate": clock.rate,
        });
        Ok(vec![NewEvent::about(&BEGUN, subject(new.code), public)])
    })
}

/// A drill that runs.
pub(crate) fn running(views: &Connection, code: &str) -> Result<Drill, ActError> {
    let drill = find(views, code)?.ok_or_else(|| refuse(RefusalKind::NotFound, "SCR-ALR-325"))?;
    if drill.ended_at.is_some() {
        return Err(refuse(RefusalKind::Conflict, "SCR-ALR-326"));
    }
    Ok(drill)
}

/// A drill of somebody's organisation. To others it is not there.
pub(super) fn own(engine: &Engine, views: &Connection, code: &str, actor: &Actor) -> Result<Drill, ActError> {
    let absent = || refuse(RefusalKind::NotFound, "SCR-ALR-325");
    let drill = find(views, code)?.ok_or_else(absent)?;
    let is_own = is_own(views, engine.ledger().origin(), &drill.election, actor)?;
    if is_own { Ok(drill) } else { Err(absent()) }
}

/// Ends a drill.
///
/// # Errors
/// `SCR-ALR-320`, `-325` (no such drill), `-326` (it is over).
pub fn end(engine: &Engine, actor: &Actor, code: &str) -> Result<Vec<Receipt>, ActError> {
    if !decides(actor) {
        return Err(refuse(RefusalKind::Forbidden, "SCR-ALR-320"));
    }
    engine.record(actor, &|views, _| {
        own(engine, views, code, actor)?;
        running(views, code)?;
        Ok(vec![NewEvent::about(&ENDED, subject(code), json!({"drill": code}))])
    })
}

/// Notes what went well in a drill, or was slow; also after its end.
///
/// # Errors
/// `SCR-ALR-320`, `-325`, `-328` (no words, or too many).
pub fn note(engine: &Engine, actor: &Actor, code: &str, words: &str) -> Result<Vec<Receipt>, ActError> {
    if matches!(actor.role, Role::Viewer | Role::Administrator) {
        return Err(refuse(RefusalKind::Forbidden, "SCR-ALR-320"));
    }
    let words = words.trim();
    if words.is_empty() || words.len() > LONGEST_NOTE {
        return Err(Refusal::new(RefusalKind::Invalid, "SCR-ALR-328").on("note").into());
    }
    engine.record(actor, &|views, _| {
        own(engine, views, code, actor)?;
        let number = notes(views, code)?.len() + 1;
        let public = json!({"drill": code, "number": number});
        let event = NewEvent::about(&NOTED, subject(code), public);
        Ok(vec![event.private("note", subject(code), words)])
    })
}
