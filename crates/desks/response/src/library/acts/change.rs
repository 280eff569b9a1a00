//! Changes of a playbook: each makes a next version.

use super::{Imported, Keep, decides, keep};
use crate::library::shelf::{self, Book};
use crate::library::{codes, read};
use scr_canon::{Hash32, sha256};
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::{ActError, Engine};
use scr_playbooks::edit::next_modified;
use scr_playbooks::{Edit, EditError, Finding, Limits, edit};

/// What a change would make of the newest version.
#[derive(Debug)]
pub struct Changed {
    /// The version that would be changed.
    pub before: read::Version,
    /// Its playbook.
    pub old: Book,
    /// The playbook as it would be.
    pub new: Book,
    /// Whether it becomes the organisation's own, under a new identifier.
    pub is_taken_over: bool,
}

/// A UUID of version 5's form, of a text.
fn uuid_of(text: &str) -> String {
    let hash = sha256(text.as_bytes()).to_hex();
    format!("{}-{}-5{}-a{}-{}", &hash[..8], &hash[8..12], &hash[13..16], &hash[17..20], &hash[20..32])
}

/// Changes the newest version in memory. A playbook that somebody else created becomes the organisation's own first.
///
/// # Errors
/// `SCR-RSP-001`, `-002`, `-008`, `-014`, `-015`, `-017`. Faults.
pub fn changed(
    engine: &Engine,
    actor: &Actor,
    code: &str,
    edits: &[Edit],
    now: i64,
) -> Result<Changed, ActError> {
    decides(actor)?;
    let absent = || Refusal::new(RefusalKind::NotFound, codes::ABSENT);
    let before = engine.read(|views| read::versions(views, code))?.into_iter().next().ok_or_else(absent)?;
    if before.org != actor.org.as_str() {
        return Err(Refusal::new(RefusalKind::Conflict, codes::FOREIGN).into());
    }
    let content = shelf::bytes(engine, &before.sha256)?.ok_or_else(shelf::gone)?;
    let old = Book::read(&content)?;
    let creator = format!("identity--{}", uuid_of(&format!("scrutineer organisation {}", actor.org)));
    let modified = next_modified(&old.playbook, now);
    let mut all = Vec::new();
    let is_taken_over = old.playbook.text("created_by") != Some(&creator);
    if is_taken_over {
        let id = format!("playbook--{}", uuid_of(&format!("scrutineer playbook {} {code}", actor.org)));
        all.push(Edit::Adopt { id, created_by: creator, created: modified.clone() });
    }
    all.extend_from_slice(edits);
    let new = edit(&old.playbook, &all, &modified, &Limits::default()).map_err(|error| refused(&error))?;
    Ok(Changed { before, old, new: Book::of(new), is_taken_over })
}

fn refused(error: &EditError) -> Refusal {
    match error {
        EditError::Unsound(finding) => unsound(finding),
        other => {
            let why: String = other.to_string().chars().take(300).collect();
            Refusal::new(RefusalKind::Invalid, codes::NO_EDIT).with("why", why)
        }
    }
}

fn unsound(finding: &Finding) -> Refusal {
    let path: String = finding.path.chars().take(300).collect();
    Refusal::new(RefusalKind::Invalid, codes::EDIT_UNSOUND)
        .with("finding", finding.code.as_str())
        .with("where", if path.is_empty() { "/".to_owned() } else { path })
}

/// Changes the newest version and records what comes of it. `over`: the version that was looked at.
///
/// # Errors
/// As [`changed`], and `SCR-RSP-004`, `-005`, `-011`, `-016`.
pub fn change(
    engine: &Engine,
    actor: &Actor,
    (code, over): (&str, &Hash32),
    edits: &[Edit],
    reason: &str,
) -> Result<Imported, ActError> {
    let changed = changed(engine, actor, code, edits, engine.clock().now())?;
    let new =
        Keep { book: &changed.new, code: Some(code), reason: Some(reason), how: "edit", over: Some(over) };
    keep(engine, actor, &new)
}
