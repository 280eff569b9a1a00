//! A board's list as an observer has it: what is to be read, what the observer's organisation has noted, and, once the
//! round is closed, what the board has read.

use crate::board_key::InRecord as _;
use crate::data::Kept;
use crate::desk::audit_of;
use crate::view::{parse, read_work};
use rusqlite::{Connection, params};
use scr_audits::workflow::{BallotReading, BoardWork, ContestForm, Entry, Phase, Unit, codes};
use scr_core::BoardKey;
use scr_core::{Actor, Refusal, RefusalKind};
use scr_engine::ActError;
use scr_web::{App, Visit};
use std::collections::BTreeMap;

/// A board's list as an observer has it.
pub(super) struct Sheet {
    pub(super) kept: Kept,
    pub(super) key: BoardKey,
    /// The number of the jurisdiction in the address.
    place: usize,
    pub(super) contests: Vec<ContestForm>,
    pub(super) units: Vec<Unit>,
    /// What the organisation has noted, by place in the list, from 0.
    pub(super) notes: BTreeMap<usize, BallotReading>,
    /// What the board has read, once its round is closed; never where it was given up.
    pub(super) readings: Option<BTreeMap<usize, BallotReading>>,
}

pub(super) fn not_dealt(unit: usize) -> Refusal {
    Refusal::new(RefusalKind::NotFound, codes::NOT_DEALT).with("unit", unit.saturating_add(1))
}

/// Whether the boards of a round are still at work.
pub(super) fn is_open(kept: &Kept, round: u32) -> bool {
    let last = kept.audit.rounds().last().map(|last| last.number);
    kept.audit.phase() == Phase::RoundOpen && last == Some(round)
}

/// Whether what the boards of a round have read is public.
pub(super) fn is_closed(kept: &Kept, round: u32) -> bool {
    kept.audit.rounds().iter().any(|one| one.number == round && one.counted.is_some())
}

impl Sheet {
    /// The list of an address: round, jurisdiction by its number, board. Refused with `SCR-AUD-238` where there is no
    /// such board.
    pub(super) fn of(
        app: &App,
        actor: &Actor,
        audit: &str,
        [round, jurisdiction, board]: [&str; 3],
    ) -> Result<Self, ActError> {
        let kept = audit_of(app, audit)?;
        let absent = || Refusal::new(RefusalKind::NotFound, codes::NO_BOARD).with("board", board);
        let number = |text: &str| text.parse::<u32>().ok().filter(|number| *number > 0);
        let place =
            number(jurisdiction).and_then(|number| usize::try_from(number).ok()).ok_or_else(absent)?;
        let jurisdiction = kept.audit.jurisdictions().keys().nth(place - 1).cloned().ok_or_else(absent)?;
        let key = BoardKey {
            audit: kept.id.clone(),
            version: kept.audit.version(),
            round: number(round).ok_or_else(absent)?,
            jurisdiction,
            board: number(board).ok_or_else(absent)?,
        };
        let (work, notes) = app
            .engine
            .read(|views| Ok((read_work(views, &key)?, notes(views, &key, actor.org.as_str())?)))?;
        let work = work.ok_or_else(absent)?;
        let readings = is_closed(&kept, key.round).then(|| readings(&work));
        let (contests, units) = (work.contests().to_vec(), work.units().to_vec());
        Ok(Self { kept, key, place, contests, units, notes, readings })
    }

    pub(super) fn is_open(&self) -> bool {
        is_open(&self.kept, self.key.round)
    }

    pub(super) fn href(&self) -> String {
        let BoardKey { audit, round, board, .. } = &self.key;
        format!("/desk/audits/{audit}/notes/{round}/{}/{board}", self.place)
    }

    pub(super) fn unit_href(&self, unit: usize) -> String {
        format!("{}/{}", self.href(), unit + 1)
    }

    /// A ballot of the address, as its place in the list from 0.
    pub(super) fn unit(&self, address: &str) -> Result<usize, Refusal> {
        let number = address.parse::<u32>().ok().and_then(|number| usize::try_from(number).ok());
        let place = number.and_then(|number| number.checked_sub(1)).unwrap_or(usize::MAX);
        let is_ballot = self.units.get(place).is_some_and(|unit| unit.position.is_some());
        if is_ballot { Ok(place) } else { Err(not_dealt(place)) }
    }

    /// The board with its jurisdiction.
    pub(super) fn who(&self, visit: &Visit) -> String {
        let args =
            [("number", self.key.board.into()), ("jurisdiction", self.key.jurisdiction.as_str().into())];
        visit.ta("board-of", &args)
    }
}

fn readings(work: &BoardWork) -> BTreeMap<usize, BallotReading> {
    let read = |unit: usize| match work.entry(unit) {
        Some(Entry::Ballot { reading, .. }) => Some((unit, reading.clone())),
        _ => None,
    };
    (0..work.units().len()).filter_map(read).collect()
}

/// What an organisation has noted of a board's ballots.
fn notes(views: &Connection, key: &BoardKey, org: &str) -> rusqlite::Result<BTreeMap<usize, BallotReading>> {
    let sql = "SELECT unit, note FROM audit_note WHERE audit = ?1 AND version = ?2 AND round = ?3
        AND jurisdiction = ?4 AND board = ?5 AND org = ?6";
    let (audit, version, round, jurisdiction, board) = key.params();
    let mut found = views.prepare_cached(sql)?;
    let rows = found.query_map(params![audit, version, round, jurisdiction, board, org], |row| {
        Ok((row.get::<_, u32>(0)?, row.get::<_, Vec<u8>>(1)?))
    })?;
    let mut notes = BTreeMap::new();
    for row in rows {
        let (unit, note) = row?;
        // It was written by this program and is UTF-8; the record counts from 1.
        let place = usize::try_from(unit.saturating_sub(1)).unwrap_or(usize::MAX);
        notes.insert(place, parse(&String::from_utf8_lossy(&note))?);
    }
    Ok(notes)
}

/// How many ballots an organisation has noted, by round, jurisdiction and board.
pub(super) fn counts(
    views: &Connection,
    (audit, version): (&str, u32),
    org: &str,
) -> rusqlite::Result<BTreeMap<(u32, String, u32), u64>> {
    let sql = "SELECT round, jurisdiction, board, count(*) FROM audit_note
        WHERE audit = ?1 AND version = ?2 AND org = ?3 GROUP BY round, jurisdiction, board";
    let mut found = views.prepare_cached(sql)?;
    let rows = found.query_map(params![audit, version, org], |row| {
        Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get::<_, i64>(3)?.unsigned_abs()))
    })?;
    rows.collect()
}
