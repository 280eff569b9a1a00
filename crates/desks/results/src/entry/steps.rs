//! The acts of entry by hand, called by pages, API and demonstration alike.

use super::data::{self, Opening, SheetRow};
use super::kinds::{
    ENTRY_OPENED, PUBLIC_TEXT, SHEET_CORRECTED, SHEET_ENTERED, SHEET_EXPLAINED, SHEET_GIVEN_BACK,
    SHEET_RESOLVED, SHEET_SIGNED,
};
use super::paper::{Paper, field_column, vote_column};
use super::view::{Work, owner, read_sheet};
use crate::commands::must_be;
use rusqlite::{Connection, OptionalExtension, params};
use scr_canon::Hash32;
use scr_core::{Actor, ElectionId, Refusal, RefusalKind, Role};
use scr_engine::{ActError, Engine, Fault, KindSpec, NewEvent, Receipt};
use scr_results::published;
use scr_results::sheet::{Numbers, Sheet, SheetStep};
use scr_results::{Contestant, MAX_VALUE, NewRow, RowKind, SourceInfo, field};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Stations of one entry.
pub const MAX_STATIONS: usize = 200_000;
/// There is no such entry or sheet.
pub(crate) const ABSENT: &str = "SCR-RES-310";
/// The contest is opened under this source already.
pub(crate) const OPEN_ALREADY: &str = "SCR-RES-311";
/// No station, too many, or one that cannot be named.
pub(crate) const NO_STATIONS: &str = "SCR-RES-312";
/// A number that no result has.
pub(crate) const NO_NUMBER: &str = "SCR-RES-313";
/// A text that cannot be made public.
pub(crate) const NOT_PUBLIC: &str = "SCR-RES-314";
/// The entry is another organisation's.
pub(crate) const NOT_YOURS: &str = "SCR-RES-315";
/// What was typed of the sheet was erased.
pub(crate) const ERASED: &str = "SCR-RES-317";

/// A polling station.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Station {
    /// Its code.
    pub unit: String,
    /// Its name.
    pub name: String,
    /// The places above it, from the widest.
    pub parents: Vec<String>,
    /// Registered voters, where the registry says.
    pub registered: Option<u64>,
}

/// A contest to open for entry by hand.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// The election.
    pub election: ElectionId,
    /// The contest.
    pub contest: String,
    /// Short id of the source, for instance `entry`.
    pub source: String,
    /// The source in words.
    pub source_name: String,
    /// Lines of the sheet beside the contestants.
    pub fields: Vec<String>,
    /// The rule pack.
    pub pack: Option<String>,
}

/// One sheet of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SheetKey {
    /// Index of the entry's opening in the log.
    pub entry: u64,
    /// Position of the station in the entry.
    pub station: u64,
}

/// Opens a contest for entry by hand.
pub fn open_entry(
    engine: &Engine,
    actor: &Actor,
    new: &NewEntry,
    stations: &[Station],
) -> Result<Vec<Receipt>, ActError> {
    must_be(actor, &[Role::Manager])?;
    let invalid = |code: &str| Refusal::new(RefusalKind::Invalid, code);
    if ElectionId::new(new.source.as_str()).is_err() {
        return Err(invalid("SCR-RES-002").on("source").into());
    }
    if new.source_name.trim().is_empty() || new.source_name.len() > 200 {
        return Err(invalid("SCR-RES-002").on("source_name").into());
    }
    let nameless = stations.iter().any(|one| one.unit.is_empty() || one.unit.len() > 200);
    if stations.is_empty() || stations.len() > MAX_STATIONS || nameless {
        return Err(invalid(NO_STATIONS).with("count", stations.len()).into());
    }
    let contest = data_contest(engine, new)?;
    let paper = Paper {
        fields: new.fields.clone(),
        contestants: contest.0,
        votes_per_ballot: contest.1,
        pack: new.pack.clone(),
    };
    let blank = blank_table(&paper, new, stations)?;
    let object = engine.objects().put(&blank.bytes)?;
    engine.record(actor, &|views, _| {
        let there: bool = views
            .prepare_cached(
                "SELECT 1 FROM entry_opening WHERE election = ?1 AND contest = ?2 AND source = ?3
                 UNION ALL SELECT 1 FROM results_table WHERE election = ?1 AND contest = ?2 AND source = ?3",
            )?
            .exists(params![new.election.as_str(), new.contest, new.source])?;
        if there {
            return Err(Refusal::new(RefusalKind::Conflict, OPEN_ALREADY).on("source").into());
        }
        let mut public = json!({"election": new.election, "contest": new.contest, "source": new.source,
            "source_name": new.source_name.trim(), "fields": paper.fields,
            "votes_per_ballot": paper.votes_per_ballot, "stations": blank.rows, "object": object});
        if let Some(pack) = &new.pack {
            public["pack"] = json!(pack);
        }
        let subject = format!("results:{}/{}/{}", new.election, new.contest, new.source);
        let event = NewEvent::about(&ENTRY_OPENED, subject, public);
        Ok(vec![event.also(format!("contest:{}/{}", new.election, new.contest))])
    })
}

fn data_contest(engine: &Engine, new: &NewEntry) -> Result<(Vec<Contestant>, u64), ActError> {
    let sql =
        "SELECT contestants, votes_per_ballot FROM results_contest WHERE election = ?1 AND contest = ?2";
    let found: Option<(String, i64)> = engine.read(|views| {
        views
            .prepare_cached(sql)?
            .query_row([new.election.as_str(), new.contest.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()
    })?;
    let Some((contestants, votes)) = found else {
        return Err(Refusal::new(RefusalKind::NotFound, "SCR-RES-015").with("id", &new.contest).into());
    };
    Ok((serde_json::from_str(&contestants).map_err(|e| Fault::log(&e))?, votes.max(1).unsigned_abs()))
}

/// The stations as a table without results, in its published form: who reads the record sees which
/// sheets are expected.
fn blank_table(
    paper: &Paper,
    new: &NewEntry,
    stations: &[Station],
) -> Result<published::Published, ActError> {
    let refuse =
        |column: &str| Refusal::new(RefusalKind::Invalid, "SCR-RES-303").on("fields").with("column", column);
    let source = SourceInfo {
        id: new.source.clone(),
        name: new.source_name.trim().to_owned(),
        format: "entry".to_owned(),
        ..SourceInfo::default()
    };
    let mut table = paper.table(source, &new.contest).map_err(|error| refuse(&error.to_string()))?;
    let registered = table.field_index(field::REGISTERED);
    for station in stations {
        let parents: Vec<&str> = station.parents.iter().map(String::as_str).collect();
        let row = NewRow {
            kind: RowKind::Unit,
            unit: &station.unit,
            name: &station.name,
            parents: &parents,
            part: None,
            line: 0,
        };
        let no_station = |_| Refusal::new(RefusalKind::Invalid, NO_STATIONS).with("count", stations.len());
        let index = table.push_row(&row).map_err(no_station)?;
        if let Some(column) = registered {
            let value = station.registered.filter(|value| *value <= MAX_VALUE);
            table.set(index, scr_results::Column::Field(column), value).map_err(no_station)?;
        }
    }
    published::publish(&table)
        .map_err(|_| Refusal::new(RefusalKind::Invalid, NO_STATIONS).with("count", stations.len()).into())
}

/// Takes steps of one person on one sheet, as one entry of the record. Where somebody else was faster,
/// the decision is taken anew on what they left: nothing is overwritten. `seen` is the hash of the
/// numbers that a signer saw.
pub fn take_steps(
    engine: &Engine,
    actor: &Actor,
    key: SheetKey,
    steps: &[SheetStep],
    seen: Option<&Hash32>,
) -> Result<Vec<Receipt>, ActError> {
    check_all(actor, steps)?;
    engine.record(actor, &|views, _| Ok(vec![decide(views, actor, key, steps, seen)?]))
}

/// Takes one step on each of many sheets: all or none. For machines and demonstrations; at most 1,000.
pub fn take_many(
    engine: &Engine,
    actor: &Actor,
    steps: &[(SheetKey, SheetStep)],
) -> Result<Vec<Receipt>, ActError> {
    steps.iter().try_for_each(|(_, step)| check_all(actor, std::slice::from_ref(step)))?;
    engine.record(actor, &|views, _| {
        let one = |(key, step): &(SheetKey, SheetStep)| {
            decide(views, actor, *key, std::slice::from_ref(step), None)
        };
        steps.iter().map(one).collect()
    })
}

fn check_all(actor: &Actor, steps: &[SheetStep]) -> Result<(), Refusal> {
    let first = steps.first().ok_or_else(|| Refusal::new(RefusalKind::Invalid, "SCR-RES-304"))?;
    must_be(actor, may(first))?;
    steps.iter().try_for_each(check)
}

fn decide(
    views: &Connection,
    actor: &Actor,
    key: SheetKey,
    steps: &[SheetStep],
    seen: Option<&Hash32>,
) -> Result<NewEvent, ActError> {
    let (opening, row) = find(views, actor, key)?;
    let before = match read_sheet(views, (key.entry.cast_signed(), key.station.cast_signed()))? {
        Some(sheet) => sheet,
        None if row.state != "empty" => return Err(Refusal::new(RefusalKind::Conflict, ERASED).into()),
        None => opening.paper.blank(),
    };
    if seen.is_some_and(|seen| *seen != digest(&before)) {
        return Err(Refusal::new(RefusalKind::Conflict, "SCR-RES-301").with("state", &row.state).into());
    }
    let warnings = |numbers: &Numbers| -> BTreeSet<String> {
        opening.paper.warnings(row.registered, numbers).into_iter().map(|one| one.id).collect()
    };
    let mut after = before.clone();
    for step in steps {
        after = after.step(&actor.person, step, &warnings)?;
    }
    event(&opening, &row, key, actor, steps, (&before, &after))
}

/// Which roles may take a step.
pub(crate) fn may(step: &SheetStep) -> &'static [Role] {
    match step {
        SheetStep::Enter(_) => &[Role::Clerk],
        SheetStep::Resolve { .. } | SheetStep::Retype { .. } | SheetStep::Explain(_) => {
            &[Role::Clerk, Role::Supervisor]
        }
        SheetStep::Sign | SheetStep::Correct { .. } | SheetStep::GiveBack { .. } => &[Role::Supervisor],
    }
}

/// Limits of what a step carries.
fn check(step: &SheetStep) -> Result<(), Refusal> {
    let number = |column: &str, value: Option<u64>| match value {
        Some(value) if value > MAX_VALUE => {
            Err(Refusal::new(RefusalKind::Invalid, NO_NUMBER).on(column).with("max", MAX_VALUE))
        }
        _ => Ok(()),
    };
    match step {
        SheetStep::Enter(numbers) => numbers.iter().try_for_each(|(column, value)| number(column, *value)),
        SheetStep::Resolve { column, value } | SheetStep::Retype { column, value } => number(column, *value),
        SheetStep::Explain(words) => words.iter().try_for_each(|(id, text)| public_text(id, text)),
        SheetStep::Sign => Ok(()),
        SheetStep::GiveBack { reason } => public_text("reason", reason),
        SheetStep::Correct { numbers, reason } => {
            public_text("reason", reason)?;
            numbers.iter().try_for_each(|(column, value)| number(column, *value))
        }
    }
}

/// Words that will be published: they fit, and name no address or telephone number.
fn public_text(field: &str, text: &str) -> Result<(), Refusal> {
    let Value::Object(public) = json!({"text": text}) else { return Ok(()) };
    PUBLIC_TEXT.check(&public).map_err(|_| Refusal::new(RefusalKind::Invalid, NOT_PUBLIC).on(field))
}

/// The sheet with its entry, when this person may work on it.
pub(crate) fn find(
    views: &Connection,
    actor: &Actor,
    key: SheetKey,
) -> Result<(Opening, SheetRow), ActError> {
    let absent = || Refusal::new(RefusalKind::NotFound, ABSENT);
    let opening = data::opening(views, key.entry)?.ok_or_else(absent)?;
    // The name of an organisation's key ends with its id, which has no slash.
    if !opening.issuer.ends_with(&format!("/org/{}", actor.org)) {
        return Err(Refusal::new(RefusalKind::Forbidden, NOT_YOURS).into());
    }
    let row = data::sheet_row(views, key)?.ok_or_else(absent)?;
    let path: Vec<&str> = row.parents.iter().chain([&row.unit]).map(String::as_str).collect();
    scr_access::place_covers(actor, &path)?;
    Ok((opening, row))
}

/// What a signer signs: version and numbers of a sheet.
pub(crate) fn digest(sheet: &Sheet) -> Hash32 {
    let content =
        json!({"version": sheet.version(), "numbers": sheet.agreed(), "explanations": sheet.explanations()});
    scr_access::SignOff::content(&scr_canon::canonical_value(&content).unwrap_or_default())
}

fn event(
    opening: &Opening,
    row: &SheetRow,
    key: SheetKey,
    actor: &Actor,
    steps: &[SheetStep],
    (before, after): (&Sheet, &Sheet),
) -> Result<NewEvent, ActError> {
    let mut public = json!({"entry": key.entry, "election": opening.election, "contest": opening.contest,
        "station": key.station, "unit": row.unit, "version": after.version(), "state": after.state().as_str()});
    let count = |wanted: fn(&SheetStep) -> bool| steps.iter().filter(|step| wanted(step)).count();
    let kind: &'static KindSpec = match steps.first() {
        Some(SheetStep::Resolve { .. } | SheetStep::Retype { .. }) => {
            public["picked"] = json!(count(|step| matches!(step, SheetStep::Resolve { .. })));
            public["retyped"] = json!(count(|step| matches!(step, SheetStep::Retype { .. })));
            &SHEET_RESOLVED
        }
        Some(SheetStep::Explain(words)) => {
            public["warnings"] = json!(words.len());
            &SHEET_EXPLAINED
        }
        Some(SheetStep::Sign) => {
            signed_fields(&mut public, &opening.paper, before, actor);
            &SHEET_SIGNED
        }
        Some(SheetStep::Correct { reason, .. }) => {
            public["reason"] = json!(reason.trim());
            &SHEET_CORRECTED
        }
        Some(SheetStep::GiveBack { reason }) => {
            public["reason"] = json!(reason.trim());
            &SHEET_GIVEN_BACK
        }
        Some(SheetStep::Enter(_)) | None => &SHEET_ENTERED,
    };
    let work = Work { steps: steps.to_vec(), warnings: after.warnings().clone() };
    let work = serde_json::to_vec(&work).map_err(|e| Fault::log(&e))?;
    Ok(NewEvent::about(kind, format!("sheet:{}/{}", key.entry, key.station), public)
        .private("work", owner(key.entry), work)
        .private("person", format!("person:{}", actor.person), actor.person.as_str().as_bytes()))
}

/// What becomes public at the sign-off.
fn signed_fields(public: &mut Value, paper: &Paper, sheet: &Sheet, actor: &Actor) {
    let mut people = sheet.hands().clone();
    people.insert(actor.person.clone());
    let stated = |column: String| sheet.agreed().get(&column).copied().flatten();
    let fields: Vec<Value> = paper
        .fields
        .iter()
        .filter_map(|name| Some(json!({"name": name, "value": stated(field_column(name))?})))
        .collect();
    let votes: Vec<Value> = paper
        .contestants
        .iter()
        .filter_map(|one| Some(json!({"id": one.id, "value": stated(vote_column(&one.id))?})))
        .collect();
    let explained = |(id, text): (&String, &String)| json!({"warning": id, "text": text.trim()});
    public["people"] = json!(people.len());
    public["fields"] = json!(fields);
    public["votes"] = json!(votes);
    public["explanations"] = json!(sheet.explanations().iter().map(explained).collect::<Vec<_>>());
}
