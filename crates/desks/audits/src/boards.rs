//! What audit boards do. Everything they read is private until their round is closed; that they work, and how far they
//! are, is public.

use crate::acts::{ERASED, about_round, absent, own, party, public_text, subject};
use crate::board_key::InRecord as _;
use crate::data::{self, Kept};
use crate::kinds as k;
use crate::view::{note_owner, read_work};
use rusqlite::Connection;
use scr_audits::workflow::{BallotReading, BoardStep, BoardWork, Party, Phase, Step, codes};
use scr_core::{Actor, BoardKey, OrgId, PersonId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, Fault, NewEvent, Receipt};
use serde_json::json;

/// Who acts for a board: nobody by name, for the organisation that runs the audit.
pub(crate) fn actor(kept: &Kept, key: &BoardKey) -> Result<Actor, ActError> {
    let org = OrgId::new(kept.org()).map_err(|error| Fault::log(&error))?;
    let person = PersonId::new("audit-board").map_err(|error| Fault::log(&error))?;
    Ok(Actor { person, org, role: Role::Clerk, place: Some(key.jurisdiction.clone()) })
}

/// The audit and the list of a board of the open round.
///
/// # Errors
/// SCR-AUD-238 where there is no such board or its round is over, -257 where what it read was erased.
pub fn work(views: &Connection, key: &BoardKey) -> Result<(Kept, BoardWork), ActError> {
    let kept = data::audit(views, &key.audit)?.ok_or_else(absent)?;
    let last = kept.audit.rounds().last().map(|round| round.number);
    let is_open = kept.audit.phase() == Phase::RoundOpen
        && kept.audit.version() == key.version
        && last == Some(key.round);
    let boards = kept.audit.rounds().last().and_then(|round| round.boards.get(&key.jurisdiction));
    let there = boards.is_some_and(|boards| key.board >= 1 && boards.len() >= key.board as usize);
    if !is_open || !there {
        return Err(Refusal::new(RefusalKind::NotFound, codes::NO_BOARD).with("board", key.board).into());
    }
    let gone = || Refusal::new(RefusalKind::Conflict, ERASED).with("jurisdiction", &key.jurisdiction);
    let work = read_work(views, key)?.ok_or_else(gone)?;
    Ok((kept, work))
}

/// Takes a step of a board: it joins, reads, counts, combines or signs. What only others may do is refused.
pub fn board_step(engine: &Engine, key: &BoardKey, step: &BoardStep) -> Result<Vec<Receipt>, ActError> {
    if matches!(step, BoardStep::Resolve { .. } | BoardStep::Reopen { .. }) {
        return Err(crate::acts::not_yours().into());
    }
    let (kept, _) = engine.read(|views| Ok(work(views, key)))??;
    let actor = actor(&kept, key)?;
    record(engine, &actor, key, step)
}

/// Decides what the members of a board disagree about: the jurisdiction's to do.
pub fn resolve(
    engine: &Engine,
    actor: &Actor,
    key: &BoardKey,
    (unit, reading, reason): (usize, &BallotReading, &str),
) -> Result<Vec<Receipt>, ActError> {
    public_text(reason)?;
    let party = party(actor, Some(&key.jurisdiction));
    if party != Some(Party::Jurisdiction(key.jurisdiction.clone())) {
        return Err(crate::acts::not_yours().into());
    }
    let step = BoardStep::Resolve { unit, reading: reading.clone(), reason: reason.trim().to_owned() };
    record(engine, actor, key, &step)
}

/// Gives a board its list back.
pub fn reopen_board(
    engine: &Engine,
    actor: &Actor,
    key: &BoardKey,
    reason: &str,
) -> Result<Vec<Receipt>, ActError> {
    public_text(reason)?;
    if party(actor, None) != Some(Party::Administrator) {
        return Err(crate::acts::not_yours().into());
    }
    record(engine, actor, key, &BoardStep::Reopen { reason: reason.trim().to_owned() })
}

fn record(
    engine: &Engine,
    actor: &Actor,
    key: &BoardKey,
    step: &BoardStep,
) -> Result<Vec<Receipt>, ActError> {
    engine.record(actor, &|views, _| {
        let (kept, before) = work(views, key)?;
        own(views, actor, &key.audit)?;
        let after = before.step(step)?;
        Ok(vec![event(&kept, key, step, &after)?])
    })
}

/// Boards do not wait for each other: a step guards the board's own subject alone. With a signature its jurisdiction's
/// subject is counted, so that nothing is dealt anew on what was there before; giving a list back guards the audit.
fn event(kept: &Kept, key: &BoardKey, step: &BoardStep, after: &BoardWork) -> Result<NewEvent, ActError> {
    let (jurisdiction, board) = (key.jurisdiction.clone(), key.board);
    let of_audit = |step: Step, party: &Party| kept.audit.step(party, &step).map(|_| ());
    let mut public = json!({"jurisdiction": jurisdiction, "board": board});
    let (kind, guards_audit) = match step {
        BoardStep::Join { .. } => (&k::BOARD_JOINED, false),
        BoardStep::Sign { over, .. } => {
            public["over"] = json!(over);
            let party = Party::Board { jurisdiction: jurisdiction.clone(), board };
            of_audit(Step::SignBoard { jurisdiction, board, over: *over }, &party)?;
            (&k::BOARD_SIGNED, false)
        }
        BoardStep::Reopen { reason } => {
            public["reason"] = json!(reason);
            let step = Step::ReopenBoard { jurisdiction, board, reason: reason.clone() };
            of_audit(step, &Party::Administrator)?;
            (&k::BOARD_REOPENED, true)
        }
        BoardStep::Read { unit, .. } => (worked(&mut public, *unit, "read", after), false),
        BoardStep::Count { unit, .. } => (worked(&mut public, *unit, "count", after), false),
        BoardStep::Combine { unit, reason, .. } => {
            public["reason"] = json!(reason);
            (worked(&mut public, *unit, "combine", after), false)
        }
        BoardStep::Resolve { unit, reason, .. } => {
            public["reason"] = json!(reason);
            (worked(&mut public, *unit, "resolve", after), false)
        }
    };
    let private = serde_json::to_vec(step).map_err(|error| Fault::log(&error))?;
    let owner = key.subject();
    let mut event = about_round(kind, kept, public).private("step", owner.clone(), private);
    event.guard = vec![owner];
    event.guard.extend(guards_audit.then(|| subject(&kept.id)));
    event.also.extend(matches!(step, BoardStep::Sign { .. }).then(|| key.jurisdiction_subject()));
    Ok(event)
}

fn worked(
    public: &mut serde_json::Value,
    unit: usize,
    step: &str,
    after: &BoardWork,
) -> &'static scr_engine::KindSpec {
    public["unit"] = json!(unit.saturating_add(1));
    public["step"] = json!(step);
    public["left"] = json!(after.unread().count());
    public["disagreed"] = json!(after.disagreed().count());
    &k::BOARD_WORKED
}

/// Keeps an observer's own note of what a board reads. Another note of the same unit takes its place.
pub fn take_note(
    engine: &Engine,
    actor: &Actor,
    key: &BoardKey,
    (unit, reading): (usize, &BallotReading),
) -> Result<Vec<Receipt>, ActError> {
    if actor.role != Role::Observer {
        return Err(crate::acts::not_yours().into());
    }
    let note = serde_json::to_vec(reading).map_err(|error| Fault::log(&error))?;
    engine.record(actor, &|views, _| {
        let (kept, work) = work(views, key)?;
        reading.check(work.contests())?;
        if unit >= work.units().len() {
            let dealt = Refusal::new(RefusalKind::NotFound, codes::NOT_DEALT);
            return Err(dealt.with("unit", unit.saturating_add(1)).into());
        }
        let public = json!({"jurisdiction": key.jurisdiction, "board": key.board, "unit": unit + 1});
        let owner = note_owner(&kept.id, actor.org.as_str());
        let person = format!("person:{}", actor.person);
        let mut event = about_round(&k::NOTE_TAKEN, &kept, public)
            .private("note", owner.clone(), note.clone())
            .private("person", person, actor.person.as_str().as_bytes());
        event.guard = vec![owner];
        Ok(vec![event])
    })
}
