//! Steps of the workflow as entries of the record, and back: one place that knows which field holds what.

use crate::kinds as k;
use scr_audits::record::{Decision, Measured};
use scr_audits::workflow::{BoardStep, Committed, Opening, Party, Step, Upload, What};
use scr_canon::Hash32;
use scr_engine::{Event, Objects, ViewFault};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Longest object that the view reads: an audit record's limit.
pub(crate) const MAX_OBJECT: u64 = 512 << 20;

/// Who takes a step when the record tells it again: whoever may.
pub(crate) fn party_of(step: &Step) -> Party {
    match step {
        Step::SignUploads { jurisdiction, .. } | Step::DealBoards { jurisdiction, .. } => {
            Party::Jurisdiction(jurisdiction.clone())
        }
        Step::SignBoard { jurisdiction, board, .. } => {
            Party::Board { jurisdiction: jurisdiction.clone(), board: *board }
        }
        _ => Party::Administrator,
    }
}

/// The step of an entry about the audit as a whole; none: the entry is about something else. `dealt` of a board is its
/// list, which stands in an object.
pub(crate) fn of_event(event: &Event, objects: &Objects) -> Result<Option<Step>, ViewFault> {
    let text = |field: &str| event.text(field).to_owned();
    let board = || u32::try_from(event.count("board")).unwrap_or(u32::MAX);
    let kind = event.kind();
    let step = if kind == k::JURISDICTIONS_NAMED.name {
        Step::NameJurisdictions(object::<BTreeSet<String>>(event, objects, "object")?)
    } else if kind == k::CONTEST_CHOSEN.name {
        Step::ChooseContest(object(event, objects, "object")?)
    } else if kind == k::CONTEST_DROPPED.name {
        Step::DropContest { name: text("contest") }
    } else if kind == k::UPLOAD_MADE.name {
        let upload = Upload {
            sha256: hash(event, "sha256")?,
            rows: event.count("rows"),
            ballots: event.count("ballots"),
        };
        Step::Upload { jurisdiction: text("jurisdiction"), what: what(event.text("what"))?, upload }
    } else if kind == k::UPLOAD_SIGNED.name {
        Step::SignUploads { jurisdiction: text("jurisdiction"), over: hash(event, "over")? }
    } else if kind == k::COMMITTED.name {
        Step::Commit(committed(event)?)
    } else if kind == k::REOPENED.name {
        Step::Reopen { reason: text("reason") }
    } else if kind == k::SEED_DRAWN.name {
        let failed = u32::try_from(event.count("failed")).unwrap_or(u32::MAX);
        Step::Seed { seed: text("seed"), failed }
    } else if kind == k::ROUND_OPENED.name {
        Step::OpenRound(object::<Opening>(event, objects, "object")?)
    } else if kind == k::BOARDS_DEALT.name {
        let lists: Vec<Vec<Value>> = object(event, objects, "object")?;
        Step::DealBoards {
            jurisdiction: text("jurisdiction"),
            units: lists.iter().map(|list| list.len() as u64).collect(),
        }
    } else if kind == k::BOARD_SIGNED.name {
        Step::SignBoard { jurisdiction: text("jurisdiction"), board: board(), over: hash(event, "over")? }
    } else if kind == k::BOARD_REOPENED.name {
        Step::ReopenBoard { jurisdiction: text("jurisdiction"), board: board(), reason: text("reason") }
    } else {
        return end_of_round(event, objects);
    };
    Ok(Some(step))
}

fn end_of_round(event: &Event, objects: &Objects) -> Result<Option<Step>, ViewFault> {
    let kind = event.kind();
    let reason = || event.text("reason").to_owned();
    Ok(Some(if kind == k::ROUND_CLOSED.name {
        let measured: Vec<Measured> = object(event, objects, "measured_object")?;
        Step::CloseRound { counted: hash(event, "object")?, measured }
    } else if kind == k::ROUND_DECIDED.name {
        let decision: Decision =
            serde_json::from_value(json!(event.text("decision"))).map_err(|error| fault(&error))?;
        Step::Decide { decision, reason: reason() }
    } else if kind == k::ROUND_ABANDONED.name {
        Step::Abandon { reason: reason() }
    } else if kind == k::FINISHED.name {
        Step::Finish { result: hash(event, "object")? }
    } else {
        return Ok(None);
    }))
}

fn committed(event: &Event) -> Result<Committed, ViewFault> {
    let parts = event.public().get("parts").and_then(Value::as_array).cloned().unwrap_or_default();
    let part = |part: &Value| {
        let sha256: Hash32 = part["sha256"].as_str().unwrap_or_default().parse().map_err(|e| fault(&e))?;
        Ok((part["name"].as_str().unwrap_or_default().to_owned(), sha256))
    };
    let parts = parts.iter().map(part).collect::<Result<BTreeMap<_, _>, ViewFault>>()?;
    Ok(Committed { parts, root: hash(event, "root")?, software: event.text("software").to_owned() })
}

/// What a jurisdiction hands in, by its name in the record.
pub(crate) fn what(name: &str) -> Result<What, ViewFault> {
    serde_json::from_value(json!(name)).map_err(|error| fault(&error))
}

/// The private step of a board; none where it was erased.
pub(crate) fn of_board(event: &Event) -> Option<BoardStep> {
    serde_json::from_slice(event.private.get("step")?).ok()
}

pub(crate) fn hash(event: &Event, field: &str) -> Result<Hash32, ViewFault> {
    event.text(field).parse().map_err(|error| fault(&error))
}

/// An object that an entry names.
pub(crate) fn object<T: DeserializeOwned>(
    event: &Event,
    objects: &Objects,
    field: &str,
) -> Result<T, ViewFault> {
    let bytes =
        objects.get(&hash(event, field)?, MAX_OBJECT)?.ok_or_else(|| fault(&"the object is not here"))?;
    serde_json::from_slice(&bytes).map_err(|error| fault(&error))
}

pub(crate) fn fault(what: &dyn std::fmt::Display) -> ViewFault {
    ViewFault { view: String::new(), index: 0, what: what.to_string() }
}
