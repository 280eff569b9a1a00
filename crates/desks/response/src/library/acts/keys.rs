//! Keys that an organisation trusts: got by another way than the playbooks that they sign.

use super::{decides, no_reason, reason_of};
use crate::library::{codes, kinds as k, read};
use rusqlite::Connection;
use scr_canon::{Hash32, sha256};
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::rusqlite;
use scr_engine::{ActError, Ctx, Engine, NewEvent, Receipt};
use scr_playbooks::signature::PinnedKey;
use serde_json::json;

/// Bytes of a name.
const LONGEST: usize = 120;

fn subject(actor: &Actor) -> String {
    format!("response:keys:{}", actor.org)
}

/// Pins a key under a name. `text`: a PEM file, or what stands between its first and last line.
///
/// # Errors
/// `SCR-RSP-001`, `-023`, `-024`. Faults.
pub fn pin(engine: &Engine, actor: &Actor, name: &str, text: &str) -> Result<Vec<Receipt>, ActError> {
    decides(actor)?;
    let refuse = |field: &str| Refusal::new(RefusalKind::Invalid, codes::NO_KEY).on(field);
    let name = name.trim();
    if name.is_empty() || name.len() > LONGEST || !super::is_public(name) {
        return Err(refuse("name").into());
    }
    let key = PinnedKey::parse(name, text).map_err(|_| refuse("key"))?;
    let hash = sha256(key.spki());
    let decide = |views: &Connection, _: &Ctx<'_>| {
        if read::keys(views, actor.org.as_str())?.iter().any(|one| one.key == hash) {
            return Err(Refusal::new(RefusalKind::Conflict, codes::KEY_STATE).on("key").into());
        }
        let public = json!({"key": hash, "name": name, "spki": scr_canon::b64(key.spki())});
        Ok(vec![NewEvent::about(&k::KEY_PINNED, subject(actor), public)])
    };
    engine.record(actor, &decide)
}

/// Trusts a key no longer. What it signed before stays as it was recorded.
///
/// # Errors
/// `SCR-RSP-001`, `-005`, `-024`. Faults.
pub fn unpin(engine: &Engine, actor: &Actor, key: &Hash32, reason: &str) -> Result<Vec<Receipt>, ActError> {
    decides(actor)?;
    let reason = reason_of(Some(reason))?.ok_or_else(no_reason)?;
    let decide = |views: &Connection, _: &Ctx<'_>| {
        if !read::keys(views, actor.org.as_str())?.iter().any(|one| one.key == *key) {
            return Err(Refusal::new(RefusalKind::Conflict, codes::KEY_STATE).into());
        }
        let public = json!({"key": key, "reason": reason});
        Ok(vec![NewEvent::about(&k::KEY_UNPINNED, subject(actor), public)])
    };
    engine.record(actor, &decide)
}
