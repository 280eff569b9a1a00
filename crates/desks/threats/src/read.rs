//! What pages and protocols read of communities.

use crate::view::communities;
use rusqlite::{Connection, OptionalExtension};
use scr_core::OrgId;
use scr_engine::rusqlite;
use scr_threats::{Collection, Community, Standing};

/// A community as somebody stands to it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    /// Its code in addresses.
    pub(crate) code: String,
    /// The community.
    pub(crate) community: Community,
    /// How the reader stands to it.
    pub(crate) standing: Standing,
}

impl Seen {
    /// Whether the reader is a member.
    pub(crate) fn member(&self) -> Option<&OrgId> {
        match &self.standing {
            Standing::Member(org) => Some(org),
            Standing::Outside => None,
        }
    }

    /// Whether the reader may read a collection.
    pub(crate) fn may_read(&self, collection: &Collection) -> bool {
        match &self.standing {
            Standing::Member(org) => collection.readers.include(org),
            Standing::Outside => collection.is_public,
        }
    }

    /// Whether the reader's organisation may add to a collection.
    pub(crate) fn may_write(&self, collection: &Collection) -> bool {
        self.member().is_some_and(|org| !collection.is_closed && collection.writers.include(org))
    }

    /// The collections of which the reader knows, by their ids.
    pub(crate) fn collections(&self) -> Vec<&Collection> {
        let known = |one: &&Collection| self.may_read(one) || self.may_write(one);
        let mut list: Vec<&Collection> = self.community.collections.iter().filter(known).collect();
        list.sort_by(|a, b| a.id.cmp(&b.id));
        list
    }

    /// A collection of which the reader knows, by id or alias.
    pub(crate) fn collection(&self, name: &str) -> Option<&Collection> {
        self.community.collection(name).filter(|one| self.may_read(one) || self.may_write(one))
    }
}

/// A community for a reader; `None` where there is none, or none for this reader.
pub(crate) fn seen(views: &Connection, code: &str, reader: Option<&OrgId>) -> rusqlite::Result<Option<Seen>> {
    let Some(community) = communities::read(views, code)? else { return Ok(None) };
    let standing = match reader.filter(|org| community.has(org)) {
        Some(org) => Standing::Member(org.clone()),
        None => Standing::Outside,
    };
    let seen = Seen { code: code.to_owned(), community, standing };
    let is_known = seen.member().is_some() || seen.community.collections.iter().any(|one| one.is_public);
    Ok(Some(seen).filter(|_| is_known))
}

/// The codes of all communities.
pub(crate) fn codes(views: &Connection) -> rusqlite::Result<Vec<String>> {
    views
        .prepare_cached("SELECT community FROM threats_community ORDER BY community")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// Every community of which a reader knows.
pub(crate) fn all_seen(views: &Connection, reader: Option<&OrgId>) -> rusqlite::Result<Vec<Seen>> {
    let codes = codes(views)?;
    let all: Vec<Option<Seen>> =
        codes.iter().map(|code| seen(views, code, reader)).collect::<Result<_, _>>()?;
    Ok(all.into_iter().flatten().collect())
}

/// Something that was done to a community.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    /// Its entry in the log.
    pub(crate) index: u64,
    /// When.
    pub(crate) at: i64,
    /// The kind of entry.
    pub(crate) kind: String,
    /// The organisation.
    pub(crate) org: String,
    /// Its public fields.
    pub(crate) detail: serde_json::Value,
}

/// What was done to a community, in order.
pub(crate) fn acts(views: &Connection, code: &str) -> rusqlite::Result<Vec<Act>> {
    let act = |row: &rusqlite::Row<'_>| {
        let (index, issuer, detail): (i64, String, String) = (row.get(0)?, row.get(3)?, row.get(4)?);
        Ok(Act {
            index: index.cast_unsigned(),
            at: row.get(1)?,
            kind: row.get(2)?,
            org: issuer.rsplit('/').next().unwrap_or_default().to_owned(),
            detail: serde_json::from_str(&detail).unwrap_or_default(),
        })
    };
    views
        .prepare_cached(
            "SELECT idx, at, kind, issuer, detail FROM threats_act WHERE community = ?1 ORDER BY idx",
        )?
        .query_map([code], act)?
        .collect()
}

/// The number by which the tables know a collection.
pub(crate) fn number(views: &Connection, collection: &str) -> rusqlite::Result<Option<i64>> {
    views
        .prepare_cached("SELECT number FROM threats_collection WHERE collection = ?1")?
        .query_row([collection], |row| row.get(0))
        .optional()
}
