//! Communities, folded from their steps.

use super::fault;
use rusqlite::{Connection, OptionalExtension, Transaction, params};
use scr_core::OrgId;
use scr_engine::rusqlite;
use scr_engine::{Event, ViewFault};
use scr_threats::{Community, Founding, Step};
use serde_json::Value;

/// The organisation that an entry is from: the last part of its key's name.
pub(crate) fn issuer(event: &Event) -> Result<OrgId, ViewFault> {
    let name = event.entry.issuer().rsplit('/').next().unwrap_or_default();
    OrgId::new(name).map_err(|error| fault(&error))
}

pub(super) fn found(tx: &Transaction<'_>, event: &Event, founding: &Founding) -> Result<(), ViewFault> {
    let code = event.text("community");
    let by = issuer(event)?;
    let community = Community::found(&by, founding.clone(), event.at).map_err(|error| fault(&error))?;
    tx.execute(
        "INSERT INTO threats_community VALUES (?1, ?2, ?3, ?2, ?3, ?4, '')",
        params![code, event.index.cast_signed(), event.at, community.name],
    )?;
    keep(tx, code, event, &community)
}

/// Where a member stands, as its entry says it.
pub(super) fn stand(event: &Event) -> Step {
    let proposal = u32::try_from(event.count("proposal")).unwrap_or_default();
    Step::Stand { proposal, is_for: event.text("stand") == "for" }
}

pub(super) fn step(tx: &Transaction<'_>, event: &Event, step: Step) -> Result<(), ViewFault> {
    let code = event.text("community");
    let before = read(tx, code)?.ok_or_else(|| fault(&"there is no such community"))?;
    let after = before.step(&issuer(event)?, step, event.at).map_err(|error| fault(&error))?;
    keep(tx, code, event, &after)
}

fn keep(tx: &Transaction<'_>, code: &str, event: &Event, community: &Community) -> Result<(), ViewFault> {
    let state = serde_json::to_string(community).map_err(|error| fault(&error))?;
    tx.execute(
        "UPDATE threats_community SET changed_idx = ?2, changed_at = ?3, state = ?4 WHERE community = ?1",
        params![code, event.index.cast_signed(), event.at, state],
    )?;
    tx.execute("DELETE FROM threats_member WHERE community = ?1", [code])?;
    for org in community.members.keys().filter(|org| community.has(org)) {
        tx.execute("INSERT INTO threats_member VALUES (?1, ?2)", [org.as_str(), code])?;
    }
    for collection in &community.collections {
        tx.execute(
            "INSERT INTO threats_collection (collection, community, added) VALUES (?1, ?2, 0)
             ON CONFLICT (collection) DO NOTHING",
            [collection.id.as_str(), code],
        )?;
    }
    let mut detail = event.public().clone();
    detail.remove("community");
    tx.execute(
        "INSERT INTO threats_act VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            code,
            event.index.cast_signed(),
            event.at,
            event.kind(),
            event.entry.issuer(),
            Value::Object(detail).to_string()
        ],
    )?;
    Ok(())
}

/// A community by its code.
pub(crate) fn read(views: &Connection, code: &str) -> rusqlite::Result<Option<Community>> {
    let state: Option<String> = views
        .prepare_cached("SELECT state FROM threats_community WHERE community = ?1")?
        .query_row([code], |row| row.get(0))
        .optional()?;
    let parse = |state: String| {
        serde_json::from_str(&state).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into())
        })
    };
    state.map(parse).transpose()
}
