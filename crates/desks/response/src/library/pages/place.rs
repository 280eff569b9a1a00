//! A playbook as its reader may see it.

use super::actor;
use crate::library::codes;
use crate::library::read::{self, Adopted, Version};
use crate::library::shelf::{self, Book};
use scr_core::{OrgId, Refusal, RefusalKind, Tlp};
use scr_engine::ActError;
use scr_web::components::{Tag, Tone};
use scr_web::{App, Visit};
use std::sync::Arc;

pub(super) fn absent() -> ActError {
    Refusal::new(RefusalKind::NotFound, codes::ABSENT).into()
}

/// A version of a playbook, and what there is beside it.
pub(super) struct Place {
    /// The version that is shown.
    pub(super) version: Version,
    /// Its playbook.
    pub(super) book: Arc<Book>,
    /// All versions that the reader may see, the newest first.
    pub(super) versions: Vec<Version>,
    /// What was ever in force that the reader may see, the newest first.
    pub(super) history: Vec<Adopted>,
    /// Whether it is the reader's organisation's.
    pub(super) is_own: bool,
    /// The reader's organisation.
    pub(super) org: Option<OrgId>,
}

/// Finds a version of a playbook for its reader: the one with this number, or the newest.
pub(super) fn place(app: &App, visit: &Visit, code: &str, number: Option<u64>) -> Result<Place, ActError> {
    let org = actor(visit).ok().map(|actor| actor.org.clone());
    let (versions, history) = app.engine.read(|views| {
        let mut seen = Vec::new();
        for version in read::versions(views, code)? {
            if shelf::may_read(views, org.as_ref(), &version)? {
                seen.push(version);
            }
        }
        let mut history = read::history(views, code)?;
        history.retain(|one| one.is_public || org.as_ref().is_some_and(|org| org.as_str() == one.org));
        Ok((seen, history))
    })?;
    let version = match number {
        Some(number) => versions.iter().find(|one| one.version == number),
        None => versions.first(),
    };
    let version = version.cloned().ok_or_else(absent)?;
    let book = shelf::book(app, &version.sha256)?;
    let is_own = org.as_ref().is_some_and(|org| org.as_str() == version.org);
    Ok(Place { version, book, versions, history, is_own, org })
}

/// The number of a version in the address.
pub(super) fn asked(visit: &Visit, name: &str) -> Option<u64> {
    visit.query.get(name)?.parse().ok()
}

impl Place {
    /// What is in force of it for the reader's organisation.
    pub(super) fn in_force(&self) -> Option<&Adopted> {
        let own = |one: &&Adopted| self.org.as_ref().is_some_and(|org| org.as_str() == one.org);
        self.history.iter().filter(own).find(|one| one.ended.is_none())
    }

    /// Whether the version that is shown is.
    pub(super) fn is_in_force(&self) -> bool {
        self.in_force().is_some_and(|one| one.version == self.version.version)
    }

    /// Whether it is the newest.
    pub(super) fn is_newest(&self) -> bool {
        self.versions.first().is_some_and(|one| one.version == self.version.version)
    }

    /// Its name for the reader.
    pub(super) fn name(&self, visit: &Visit) -> String {
        self.book.name(visit.lang_code(), &self.version.code)
    }

    /// Its state in a word.
    pub(super) fn tag(&self, visit: &Visit) -> Tag {
        state(visit, &self.version, self.is_in_force())
    }
}

/// The state of a version in a word.
pub(super) fn state(visit: &Visit, version: &Version, is_in_force: bool) -> Tag {
    if is_in_force {
        Tag::new(Tone::Good, visit.t("library-state-in-force"))
    } else if version.errors > 0 {
        Tag::new(Tone::Alarm, visit.ta("library-state-errors", &[("count", version.errors.into())]))
    } else {
        Tag::new(Tone::Note, visit.t("library-state-draft"))
    }
}

/// For whom it is meant, as the label is printed; nothing for everybody.
pub(super) fn label(book: &Book) -> Option<&'static str> {
    (book.tlp != Tlp::Clear).then(|| scr_playbooks::marking::label(book.tlp))
}
