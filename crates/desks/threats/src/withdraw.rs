//! A member takes out what it has shared. The record keeps that it was there.

use crate::exchange::Exchange;
use crate::kinds::{SHARED, WITHDRAWN};
use crate::select::Found;
use crate::share::{hide, text};
use scr_core::Actor;
use scr_engine::{ActError, NewEvent, Receipt};
use scr_threats::{Batch, ObjectKey, Withdrawn};
use serde_json::json;

/// Takes these versions out: what was CLEAR in public, what was shared under a pseudonym with the next batch, all else at
/// once, by an entry that says no more in public than that the member has acted. What comes back are the promises of entries made at once.
pub(crate) fn withdraw(
    exchange: &Exchange<'_>,
    actor: &Actor,
    community: &str,
    collection: &str,
    rows: &[Found],
) -> Result<Vec<Receipt>, ActError> {
    let batch = |rows: Vec<&Found>| {
        let key = |row: &Found| ObjectKey { id: row.id.clone(), version: row.version };
        let withdrawn = Withdrawn {
            collection: collection.to_owned(),
            owner: actor.org.clone(),
            objects: rows.into_iter().map(key).collect(),
        };
        Batch { withdrawn: vec![withdrawn], ..Batch::new(0) }
    };
    let (clear, rest): (Vec<&Found>, Vec<&Found>) =
        rows.iter().partition(|row| row.tlp == "clear" && !row.is_hidden);
    let (named, hidden): (Vec<&Found>, Vec<&Found>) = rest.into_iter().partition(|row| !row.is_hidden);
    let subject = format!("threats:community:{community}");
    let mut events = Vec::new();
    if !clear.is_empty() {
        let object = exchange.engine.objects().put(text(&batch(clear))?.as_bytes())?;
        events.push(NewEvent::about(
            &WITHDRAWN,
            subject.as_str(),
            json!({"community": community, "object": object}),
        ));
    }
    if !named.is_empty() {
        let owner = format!("threats:{}", actor.org);
        let event = NewEvent::about(&SHARED, subject.as_str(), json!({"community": community}));
        events.push(event.private("batch", owner, text(&batch(named))?));
    }
    let receipts = if events.is_empty() {
        Vec::new()
    } else {
        exchange.engine.record(actor, &|_, _| Ok(events.clone()))?
    };
    if !hidden.is_empty() {
        hide(exchange, actor, &batch(hidden))?;
    }
    Ok(receipts)
}
