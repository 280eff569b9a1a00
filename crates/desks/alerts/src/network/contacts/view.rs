//! Contacts as the record and the vault say them. The table is private: it is in no digest, and pages for everybody never
//! read it.

use super::{CHANGED, Contact, Holder, IMPORTED, RENEW_DAYS};
use crate::network::Network;
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use scr_alerts::areas::Within;
use scr_engine::rusqlite;
use scr_engine::{Erased, Event, ViewFault};
use std::collections::{BTreeMap, BTreeSet};

/// `live`: 0 until the last part of an import is there. `alertsnet_contact_entry`: entries that held contacts;
/// `superseded`: the entry whose contacts took their place.
pub(crate) const SCHEMA: &str = "
CREATE TABLE alertsnet_contact (id TEXT PRIMARY KEY, idx INTEGER NOT NULL, election TEXT NOT NULL, live INTEGER NOT NULL,
    station INTEGER, area TEXT, function TEXT NOT NULL, level TEXT NOT NULL, language TEXT NOT NULL,
    authority TEXT NOT NULL, sms TEXT, email TEXT, telephone TEXT, webhook TEXT, until INTEGER NOT NULL,
    place INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX alertsnet_contact_idx ON alertsnet_contact (idx);
CREATE INDEX alertsnet_contact_station ON alertsnet_contact (election, station, place);
CREATE INDEX alertsnet_contact_area ON alertsnet_contact (election, area, place);
CREATE INDEX alertsnet_contact_until ON alertsnet_contact (election, until, id);
CREATE TABLE alertsnet_contact_entry (idx INTEGER PRIMARY KEY, election TEXT NOT NULL, version INTEGER NOT NULL,
    at INTEGER NOT NULL, contacts INTEGER NOT NULL, superseded INTEGER);
CREATE INDEX alertsnet_contact_entry_election ON alertsnet_contact_entry (election, idx);
";

/// What of it is public.
pub(crate) const DIGESTS: (&str, &str, &str) = ("alertsnet_contact_entry", "*", "idx");

const COLUMNS: &str =
    "id, station, area, function, level, language, authority, sms, email, telephone, webhook, until, place";

/// Takes an event in.
pub(crate) fn apply(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    if event.kind() == IMPORTED.name {
        imported(tx, event)
    } else if event.kind() == CHANGED.name {
        let (index, replaces) = (event.index.cast_signed(), event.count("replaces").cast_signed());
        enter(tx, event)?;
        tx.execute("DELETE FROM alertsnet_contact WHERE idx = ?1", [replaces])?;
        tx.execute(
            "UPDATE alertsnet_contact_entry SET superseded = ?2 WHERE idx = ?1 AND superseded IS NULL",
            [replaces, index],
        )?;
        insert(tx, event, true)
    } else {
        Ok(())
    }
}

fn enter(tx: &Transaction<'_>, event: &Event) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO alertsnet_contact_entry VALUES (?1, ?2, ?3, ?4, ?5, NULL)",
        params![
            event.index.cast_signed(),
            event.text("election"),
            event.count("version").cast_signed(),
            event.at,
            event.count("contacts").cast_signed(),
        ],
    )?;
    Ok(())
}

/// All parts come into force with the last.
fn imported(tx: &Transaction<'_>, event: &Event) -> Result<(), ViewFault> {
    enter(tx, event)?;
    insert(tx, event, false)?;
    if event.count("part") < event.count("parts") {
        return Ok(());
    }
    let (election, version) = (event.text("election"), event.count("version").cast_signed());
    if event.text("mode") == "all" {
        tx.execute("DELETE FROM alertsnet_contact WHERE election = ?1 AND live = 1", [election])?;
        tx.execute(
            "UPDATE alertsnet_contact_entry SET superseded = ?3
             WHERE election = ?1 AND version < ?2 AND superseded IS NULL",
            params![election, version, event.index.cast_signed()],
        )?;
    }
    tx.execute("UPDATE alertsnet_contact SET live = 1 WHERE election = ?1 AND live = 0", [election])?;
    Ok(())
}

/// Nothing where the content was erased, or this is a mirror.
fn insert(tx: &Transaction<'_>, event: &Event, is_live: bool) -> Result<(), ViewFault> {
    let Some(bytes) = event.private.get("contacts") else { return Ok(()) };
    let contacts: Vec<Contact> = serde_json::from_slice(bytes).map_err(|error| ViewFault {
        view: String::new(),
        index: 0,
        what: error.to_string(),
    })?;
    let mut insert = tx.prepare_cached(
        "INSERT INTO alertsnet_contact VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
    )?;
    for one in contacts {
        let (station, area) = match one.holder {
            Holder::Station(number) => (Some(number), None),
            Holder::Area(code) => (None, Some(code)),
        };
        insert.execute(params![
            one.id,
            event.index.cast_signed(),
            event.text("election"),
            is_live,
            station,
            area,
            one.function,
            one.level.as_str(),
            one.language,
            one.authority.as_str(),
            one.sms,
            one.email,
            one.telephone,
            one.webhook,
            one.until,
            one.order,
        ])?;
    }
    Ok(())
}

/// Private content of an entry was erased: nothing of it stays.
pub(crate) fn forget(tx: &Transaction<'_>, event: &Event, erased: &Erased) -> Result<(), ViewFault> {
    let is_ours = event.kind() == IMPORTED.name || event.kind() == CHANGED.name;
    if is_ours && erased.contains_key("contacts") {
        tx.execute("DELETE FROM alertsnet_contact WHERE idx = ?1", [event.index.cast_signed()])?;
    }
    Ok(())
}

fn contact(row: &Row<'_>) -> rusqlite::Result<Contact> {
    let broken = || rusqlite::Error::InvalidQuery;
    let (level, authority): (String, String) = (row.get(4)?, row.get(6)?);
    Ok(Contact {
        id: row.get(0)?,
        holder: match row.get::<_, Option<u32>>(1)? {
            Some(number) => Holder::Station(number),
            None => Holder::Area(row.get(2)?),
        },
        function: row.get(3)?,
        level: super::Level::parse(&level).ok_or_else(broken)?,
        language: row.get(5)?,
        authority: super::Authority::parse(&authority).ok_or_else(broken)?,
        sms: row.get(7)?,
        email: row.get(8)?,
        telephone: row.get(9)?,
        webhook: row.get(10)?,
        until: row.get(11)?,
        order: row.get(12)?,
    })
}

/// How often contacts of an election were imported or changed.
pub(crate) fn version(views: &Connection, election: &str) -> rusqlite::Result<u64> {
    let sql = "SELECT COALESCE(MAX(version), 0) FROM alertsnet_contact_entry WHERE election = ?1";
    let found: i64 = views.prepare_cached(sql)?.query_row([election], |row| row.get(0))?;
    Ok(found.cast_unsigned())
}

/// Contacts in force of the stations that an alert is for, and of the areas among them, those of stations first, each in
/// their order.
///
/// # Errors
/// Faults of the views.
pub fn for_areas(
    views: &Connection,
    election: &str,
    network: &Network,
    within: &Within,
    now: i64,
) -> rusqlite::Result<Vec<Contact>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM alertsnet_contact WHERE election = ?1 AND live = 1 AND until > ?2
         ORDER BY station IS NULL, station, area, place, id"
    );
    let mut statement = views.prepare_cached(&sql)?;
    let mut rows = statement.query(params![election, now])?;
    let stations = network.stations.all();
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let area = match row.get::<_, Option<u32>>(1)? {
            Some(number) => stations
                .binary_search_by_key(&number, |station| station.number)
                .ok()
                .and_then(|at| stations.get(at))
                .map(|station| station.area),
            None => network.tree.find(row.get_ref(2)?.as_str().unwrap_or_default()),
        };
        if area.is_some_and(|area| within.has(area)) {
            found.push(contact(row)?);
        }
    }
    Ok(found)
}

fn of_holder(views: &Connection, of: &str, values: impl rusqlite::Params) -> rusqlite::Result<Vec<Contact>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM alertsnet_contact WHERE election = ?1 AND {of} = ?2 AND live = 1 AND until > ?3
         ORDER BY place, id"
    );
    views.prepare_cached(&sql)?.query_map(values, contact)?.collect()
}

/// Contacts in force of one station, in their order.
///
/// # Errors
/// Faults of the views.
pub fn of_station(
    views: &Connection,
    election: &str,
    number: u32,
    now: i64,
) -> rusqlite::Result<Vec<Contact>> {
    of_holder(views, "station", params![election, number, now])
}

/// Contacts in force of one area itself, in their order.
///
/// # Errors
/// Faults of the views.
pub fn of_area(views: &Connection, election: &str, code: &str, now: i64) -> rusqlite::Result<Vec<Contact>> {
    of_holder(views, "area", params![election, code, now])
}

/// A contact with the entry that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The contact.
    pub contact: Contact,
    /// Index of the entry.
    pub entry: u64,
}

fn kept(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept { contact: contact(row)?, entry: row.get::<_, i64>(13)?.cast_unsigned() })
}

/// Contacts that end before a moment, the first to end first; behind this end and id.
///
/// # Errors
/// Faults of the views.
pub fn expired(
    views: &Connection,
    election: &str,
    before: i64,
    after: Option<(i64, &str)>,
    most: u16,
) -> rusqlite::Result<Vec<Kept>> {
    let (until, id) = after.unwrap_or((i64::MIN, ""));
    let sql = format!(
        "SELECT {COLUMNS}, idx FROM alertsnet_contact WHERE election = ?1 AND live = 1 AND until <= ?2
         AND (until, id) > (?3, ?4) ORDER BY until, id LIMIT ?5"
    );
    let mut statement = views.prepare_cached(&sql)?;
    statement.query_map(params![election, before, until, id, most], kept)?.collect()
}

/// Contacts of stations (`stations`: their numbers) or of all, by holder; behind a row (station, area, place, id as the page
/// before has them).
///
/// # Errors
/// Faults of the views.
pub fn listed(
    views: &Connection,
    election: &str,
    holder: Option<&Holder>,
    after: Option<&str>,
    most: u16,
) -> rusqlite::Result<Vec<Kept>> {
    let (station, area) = match holder {
        Some(Holder::Station(number)) => (Some(*number), None),
        Some(Holder::Area(code)) => (None, Some(code.as_str())),
        None => (None, None),
    };
    let sql = format!(
        "SELECT {COLUMNS}, idx FROM alertsnet_contact WHERE election = ?1 AND live = 1
         AND (?2 IS NULL OR station = ?2) AND (?3 IS NULL OR area = ?3)
         AND (?4 IS NULL OR (COALESCE(station, -1), COALESCE(area, ''), place, id) >
             (SELECT COALESCE(station, -1), COALESCE(area, ''), place, id FROM alertsnet_contact WHERE id = ?4))
         ORDER BY COALESCE(station, -1), COALESCE(area, ''), place, id LIMIT ?5"
    );
    let mut statement = views.prepare_cached(&sql)?;
    statement.query_map(params![election, station, area, after, most], kept)?.collect()
}

/// One contact.
///
/// # Errors
/// Faults of the views.
pub fn find(views: &Connection, election: &str, id: &str) -> rusqlite::Result<Option<Kept>> {
    let sql =
        format!("SELECT {COLUMNS}, idx FROM alertsnet_contact WHERE id = ?2 AND election = ?1 AND live = 1");
    views.prepare_cached(&sql)?.query_row([election, id], kept).optional()
}

/// The contacts that an entry holds.
///
/// # Errors
/// Faults of the views.
pub fn by_entry(views: &Connection, entry: u64) -> rusqlite::Result<Vec<Contact>> {
    let sql = format!("SELECT {COLUMNS} FROM alertsnet_contact WHERE idx = ?1 ORDER BY id");
    views.prepare_cached(&sql)?.query_map([entry.cast_signed()], contact)?.collect()
}

/// By entry, those of these contacts that it holds.
pub(crate) fn entries_of(
    views: &Connection,
    election: &str,
    ids: &[String],
) -> rusqlite::Result<BTreeMap<u64, BTreeSet<String>>> {
    let mut all: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
    for id in ids {
        if let Some(kept) = find(views, election, id)? {
            all.entry(kept.entry).or_default().insert(kept.contact.id);
        }
    }
    Ok(all)
}

/// How many contacts an election has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// All.
    pub all: u64,
    /// Those that are over.
    pub expired: u64,
    /// Those that end within thirty days.
    pub ending: u64,
    /// Stations that have one in force.
    pub stations: u64,
    /// Areas that have one in force.
    pub areas: u64,
}

/// How many contacts an election has, and how they stand.
///
/// # Errors
/// Faults of the views.
pub fn counted(views: &Connection, election: &str, now: i64) -> rusqlite::Result<Counted> {
    let sql = "SELECT COUNT(*), COALESCE(SUM(until <= ?2), 0), COALESCE(SUM(until > ?2 AND until <= ?3), 0),
        COUNT(DISTINCT CASE WHEN until > ?2 THEN station END), COUNT(DISTINCT CASE WHEN until > ?2 THEN area END)
        FROM alertsnet_contact WHERE election = ?1 AND live = 1";
    let soon = now.saturating_add(RENEW_DAYS * 86_400);
    views.prepare_cached(sql)?.query_row(params![election, now, soon], |row| {
        let count = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
        Ok(Counted {
            all: count(0)?,
            expired: count(1)?,
            ending: count(2)?,
            stations: count(3)?,
            areas: count(4)?,
        })
    })
}

/// Entries whose contacts others have replaced and whose private content is not erased yet, the oldest first.
///
/// # Errors
/// Faults of the views.
pub fn superseded(views: &Connection, election: &str, most: u16) -> rusqlite::Result<Vec<u64>> {
    let sql = "SELECT e.idx FROM alertsnet_contact_entry e WHERE e.election = ?1 AND e.superseded IS NOT NULL
        AND EXISTS (SELECT 1 FROM engine_private p WHERE p.idx = e.idx AND p.field = 'contacts' AND p.erased IS NULL)
        ORDER BY e.idx LIMIT ?2";
    let mut statement = views.prepare_cached(sql)?;
    statement
        .query_map(params![election, most], |row| row.get::<_, i64>(0).map(i64::cast_unsigned))?
        .collect()
}
