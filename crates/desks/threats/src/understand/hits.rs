//! What of the shared objects touches what an organisation watches, as far as it may see them and while they count.

use super::near::{Item, Place};
use super::state::{self, Feedback};
use rusqlite::{Connection, params};
use scr_core::OrgId;
use scr_engine::rusqlite;
use std::collections::BTreeMap;

/// Rows that are looked at, the newest first.
const MOST: usize = 1_000;

/// A hit that counts.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// The community's code.
    pub(crate) community: String,
    /// Its name.
    pub(crate) community_name: String,
    /// The object.
    pub(crate) item: Item,
    /// What it touches, as typed.
    pub(crate) asset: String,
    /// How: `same`, `below`, `within`, `around`, `mentioned`, `matched`, `alike`.
    pub(crate) relation: String,
    /// What stands in the object.
    pub(crate) value: String,
    /// When it became known, in seconds.
    pub(crate) at: i64,
}

struct Row {
    seq: i64,
    id: String,
    community: String,
    asset: String,
    relation: String,
    value: String,
    at: i64,
}

/// Hits that count at a moment, in seconds, the newest first: of versions that the organisation may see and that no newer
/// one has taken the place of, whose time has come and is not over, and that nobody has taken back.
pub(crate) fn hits(views: &Connection, org: &OrgId, now: i64) -> rusqlite::Result<Vec<Hit>> {
    after(views, org, i64::MIN, now)
}

/// How many hits became known after a moment and count now; both in seconds.
pub(crate) fn new_count(views: &Connection, org: &OrgId, since: i64, now: i64) -> rusqlite::Result<usize> {
    after(views, org, since, now).map(|all| all.len())
}

fn after(views: &Connection, org: &OrgId, since: i64, now: i64) -> rusqlite::Result<Vec<Hit>> {
    let mut places: BTreeMap<String, Option<Place<'_>>> = BTreeMap::new();
    let mut all = Vec::new();
    for row in rows(views, org, since)? {
        if !places.contains_key(&row.community) {
            places.insert(row.community.clone(), Place::open(views, &row.community, org)?);
        }
        let Some(Some(place)) = places.get(&row.community) else { continue };
        let Some(item) = place.get(&row.id)?.filter(|item| item.found.seq == row.seq) else { continue };
        if !state::state_of(&item.head, Feedback::default(), now).standing.counts() {
            continue;
        }
        all.push(Hit {
            community_name: place.seen.community.name.clone(),
            community: row.community,
            item,
            asset: row.asset,
            relation: row.relation,
            value: row.value,
            at: row.at,
        });
    }
    Ok(all)
}

fn rows(views: &Connection, org: &OrgId, since: i64) -> rusqlite::Result<Vec<Row>> {
    let mut query = views.prepare_cached(
        "SELECT h.seq, o.id, c.community, h.asset, h.relation, h.value, h.at FROM threats_hit h
         JOIN threats_object o ON o.seq = h.seq JOIN threats_collection c ON c.number = o.collection
         WHERE h.org = ?1 AND h.at > ?2 ORDER BY h.at DESC, h.seq DESC, h.asset LIMIT ?3",
    )?;
    let row = |row: &rusqlite::Row<'_>| {
        Ok(Row {
            seq: row.get(0)?,
            id: row.get(1)?,
            community: row.get(2)?,
            asset: row.get(3)?,
            relation: row.get(4)?,
            value: row.get(5)?,
            at: row.get(6)?,
        })
    };
    query.query_map(params![org.as_str(), since, i64::try_from(MOST).unwrap_or(i64::MAX)], row)?.collect()
}
