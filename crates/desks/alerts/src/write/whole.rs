//! From words to the release in one go, by the same acts as on pages: for the demonstration.

use super::acts::{self, Seen};
use super::api::NewDraft;
use crate::issued;
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{ActError, Fault};
use scr_web::App;

/// Who does what.
#[derive(Debug, Clone, Copy)]
pub struct People<'a> {
    /// Writes.
    pub writer: &'a Actor,
    /// Approves every language.
    pub approver: &'a Actor,
    /// Agree to the release, in this order; the last one releases.
    pub releasers: &'a [&'a Actor],
    /// What their organisation is called.
    pub sender: &'a str,
}

/// Writes, approves and releases an alert. `draft`: as programs send it (`NewAlertDraft` of the interface). Gives the index of
/// its entry.
///
/// # Errors
/// What keeps an alert from being written, approved or released.
pub fn whole(app: &App, people: People<'_>, draft: &str) -> Result<u64, ActError> {
    let new: NewDraft = serde_json::from_str(draft).map_err(|error| Fault::log(&error))?;
    let begun = acts::prepare(app, people.writer, &new.beginning())?;
    let id = acts::keep(app, people.writer, new.fill(&begun)?)?;
    let kept = acts::open_draft(app, people.writer, &id)?;
    for language in kept.draft.words.keys() {
        let hash = kept.draft.words_hash(language)?;
        acts::approve(app, people.approver, &id, language, &hash.to_string())?;
    }
    let taken = || Refusal::new(RefusalKind::Conflict, super::codes::NUMBER_TAKEN);
    for releaser in people.releasers {
        let (election, status) = (&kept.draft.election, kept.draft.status());
        let number = app.engine.read(|views| issued::next_number(views, election, status))?;
        let seen = Seen { version: kept.version, number: number.ok_or_else(taken)? };
        let done = acts::release(app, releaser, people.sender, &id, seen)?;
        if done.released {
            let found = app.engine.read(|views| issued::find(views, &id))?;
            return Ok(found.ok_or_else(|| Fault::log(&"a released alert is not there"))?.index);
        }
    }
    Err(Fault::log(&"too few people released it").into())
}
