//! Who reads a page of a community, and what they may do there.

use super::href;
pub(super) use crate::login::actor;
use crate::read::{self, Seen};
use crate::share::WRITERS;
use crate::view::communities;
use scr_core::{Actor, OrgId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, rusqlite};
use scr_threats::{Collection, Community, Standing, codes};
use scr_web::{App, Visit};

/// Decisions for an organisation are a manager's.
pub(super) fn decides(actor: &Actor) -> bool {
    actor.role == Role::Manager && actor.place.is_none()
}

/// Whether somebody shares for their organisation.
pub(super) fn shares(actor: &Actor) -> bool {
    WRITERS.contains(&actor.role) && actor.place.is_none()
}

/// A community as the reader's organisation stands to it.
pub(crate) struct Place {
    pub(crate) seen: Seen,
    pub(super) org: OrgId,
    pub(super) decides: bool,
    pub(super) shares: bool,
}

impl Place {
    fn of(code: &str, community: Community, actor: &Actor) -> Self {
        let is_member = community.has(&actor.org);
        let standing = if is_member { Standing::Member(actor.org.clone()) } else { Standing::Outside };
        Self {
            seen: Seen { code: code.to_owned(), community, standing },
            org: actor.org.clone(),
            decides: decides(actor),
            shares: shares(actor),
        }
    }

    pub(super) fn code(&self) -> &str {
        &self.seen.code
    }

    pub(crate) fn community(&self) -> &Community {
        &self.seen.community
    }

    pub(crate) fn href(&self) -> String {
        href(self.code())
    }

    pub(crate) fn is_member(&self) -> bool {
        self.seen.member().is_some()
    }

    /// Whether the reader's organisation is a founder that has not joined.
    pub(super) fn is_invited(&self) -> bool {
        !self.is_member() && self.community().members.contains_key(&self.org)
    }

    /// Collections that the reader may read, each with its number in the tables.
    pub(crate) fn readable(&self, views: &rusqlite::Connection) -> rusqlite::Result<Vec<(Collection, i64)>> {
        readable(views, &self.seen)
    }

    /// Collections to which the reader's organisation may add.
    pub(super) fn writable(&self) -> Vec<&Collection> {
        self.seen.collections().into_iter().filter(|one| self.seen.may_write(one)).collect()
    }

    /// Organisations that a member can name: every other member, by its id.
    pub(super) fn others(&self) -> Vec<OrgId> {
        self.community().members.keys().filter(|org| **org != self.org).cloned().collect()
    }
}

/// Collections that a reader may read, each with its number in the tables.
pub(crate) fn readable(
    views: &rusqlite::Connection,
    seen: &Seen,
) -> rusqlite::Result<Vec<(Collection, i64)>> {
    let own = seen.collections().into_iter().filter(|one| seen.may_read(one));
    let numbered = own.map(|one| Ok(read::number(views, &one.id)?.map(|number| (one.clone(), number))));
    let all: Vec<Option<(Collection, i64)>> = numbered.collect::<rusqlite::Result<_>>()?;
    Ok(all.into_iter().flatten().collect())
}

/// A community as an organisation stands to it, or as everybody: what the public record says of it everybody may know.
pub(crate) fn standing(
    views: &rusqlite::Connection,
    code: &str,
    reader: Option<&OrgId>,
) -> rusqlite::Result<Option<Seen>> {
    let Some(community) = communities::read(views, code)? else { return Ok(None) };
    let standing = match reader.filter(|org| community.has(org)) {
        Some(org) => Standing::Member(org.clone()),
        None => Standing::Outside,
    };
    Ok(Some(Seen { code: code.to_owned(), community, standing }))
}

/// A community, however the reader's organisation stands to it: what is said of it in the public record everybody may know.
pub(super) fn place(app: &App, visit: &Visit, code: &str) -> Result<Place, ActError> {
    let actor = actor(visit)?;
    let found = app.engine.read(|views| communities::read(views, code))?;
    let community = found.ok_or_else(|| Refusal::new(RefusalKind::NotFound, codes::NO_COMMUNITY))?;
    Ok(Place::of(code, community, actor))
}

/// A community, for its members.
pub(super) fn own(app: &App, visit: &Visit, code: &str) -> Result<Place, ActError> {
    let place = place(app, visit, code)?;
    if place.is_member() {
        return Ok(place);
    }
    Err(Refusal::new(RefusalKind::Forbidden, codes::NO_MEMBER).into())
}

/// Every community to which an organisation belongs, or which it is to join, with what comes from `with`.
pub(crate) fn all_own(app: &App, actor: &Actor) -> Result<Vec<Place>, ActError> {
    let all = app.engine.read(|views| {
        let one = |code: String| Ok(communities::read(views, &code)?.map(|community| (code, community)));
        read::codes(views)?.into_iter().map(one).collect::<rusqlite::Result<Vec<_>>>()
    })?;
    let own = all.into_iter().flatten().filter(|(_, community)| community.members.contains_key(&actor.org));
    Ok(own.map(|(code, community)| Place::of(&code, community, actor)).collect())
}
