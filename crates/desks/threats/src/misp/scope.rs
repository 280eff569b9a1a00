//! Where somebody reads: every collection that they may read, of whichever community.

use crate::read::{self, Seen};
use rusqlite::Connection;
use scr_core::OrgId;
use scr_engine::rusqlite;
use scr_misp::derived;
use scr_misp::event::Org;
use scr_threats::{Collection, Standing};

/// One collection of which somebody reads what reaches them.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Its number in the tables.
    pub(super) number: i64,
    /// Its id.
    pub(super) id: String,
    /// Its title.
    pub(super) title: String,
    /// The name of its community.
    pub(super) community: String,
    /// The community's code.
    pub(super) code: String,
    /// How the reader stands to the community.
    pub(super) standing: Standing,
}

impl Place {
    fn of(seen: &Seen, collection: &Collection, number: i64) -> Self {
        Self {
            number,
            id: collection.id.clone(),
            title: collection.title.clone(),
            community: seen.community.name.clone(),
            code: seen.code.clone(),
            standing: seen.standing.clone(),
        }
    }

    /// In whose name goes out what does not say who has made it.
    pub(super) fn host(&self) -> Org {
        Org { uuid: derived(&["community", &self.code]), name: self.community.clone() }
    }
}

/// The collections that somebody may read, in an order that stays.
pub(super) fn places(views: &Connection, reader: Option<&OrgId>) -> rusqlite::Result<Vec<Place>> {
    let mut places = Vec::new();
    for seen in read::all_seen(views, reader)? {
        for collection in seen.collections().into_iter().filter(|one| seen.may_read(one)) {
            if let Some(number) = read::number(views, &collection.id)? {
                places.push(Place::of(&seen, collection, number));
            }
        }
    }
    Ok(places)
}
