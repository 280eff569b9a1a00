//! NIST SP 1500-100 version 2: published results in the form that other election systems read.
//!
//! Written piece by piece: of all that is published, one table and the list of places stand in
//! memory, so that 100,000 units take no more room than one import. The tables are asked for twice:
//! first for the units and what belongs to them in every contest, then for the votes.
//!
//! What the format has no place for is left out, and the report's `Notes` say so: see [`LOSSES`].

mod form;
mod places;

pub use form::Form;

use crate::field;
use crate::model::{Contestant, CountStatus, RowView, Table};
use form::{Head, Writer};
use places::{Places, ROOT};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// What a report does not carry, in words for its `Notes`.
pub const LOSSES: &str = "Not in this report: lines of the tally sheet other than registered voters, \
voters who came, ballots cast, overvotes and undervotes; totals that a source states itself; numbers \
of a unit that two contests state differently; the part of a unit to which overvotes and undervotes \
belong; the type of the election and of places. The table objects of the record have all of it.";

/// The types of a count that the standard names; a part of another name is `other`.
const COUNT_TYPES: [&str; 11] = [
    "absentee",
    "absentee-fwab",
    "absentee-in-person",
    "absentee-mail",
    "early",
    "election-day",
    "provisional",
    "seats",
    "total",
    "uocava",
    "write-in",
];

/// An election whose results are published.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its id.
    pub election: String,
    /// Its title.
    pub title: String,
    /// Election day, `2026-11-22`.
    pub day: String,
    /// When the newest publication was recorded, RFC 3339 in UTC.
    pub generated: String,
    /// Who publishes: the name of the organisation's key.
    pub issuer: String,
    /// The log that holds the publications.
    pub log: String,
    /// How far the count is, over all contests.
    pub status: CountStatus,
    /// True in a drill.
    pub is_test: bool,
    /// The contests, in the order of their tables.
    pub contests: Vec<Contest>,
}

/// A contest of the report.
#[derive(Debug, Clone)]
pub struct Contest {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Votes that one ballot carries.
    pub votes_per_ballot: u64,
    /// Everybody who stands.
    pub contestants: Vec<Contestant>,
    /// The entry that recorded the publication.
    pub publication: u64,
    /// The entry that recorded the table.
    pub import: u64,
    /// How far the count is.
    pub status: CountStatus,
}

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError<E> {
    /// A table could not be had.
    #[error("{0}")]
    Table(E),
    /// The reader is gone.
    #[error(transparent)]
    Out(#[from] io::Error),
}

/// Writes a report. `table` gives the published table of contest `index`, twice for each.
pub fn write<E>(
    report: &Report,
    form: Form,
    table: &mut dyn FnMut(usize) -> Result<Table, E>,
    out: &mut dyn Write,
) -> Result<(), ReportError<E>> {
    let mut places = Places::default();
    for index in 0..report.contests.len() {
        places.take(&table(index).map_err(ReportError::Table)?);
    }
    let mut writer = Writer::new(out, form);
    writer.root(|w| {
        w.many("Election", |w| {
            w.item("Election", Head::of("Election"), |w| election(w, report, &places, table))
        })?;
        w.text("Format", "precinct-level")?;
        w.text("GeneratedDate", &report.generated)?;
        w.many("GpUnit", |w| places.write(w, &report.title))?;
        w.text("Issuer", &report.issuer)?;
        w.text("IssuerAbbreviation", report.issuer.rsplit('/').next().unwrap_or(&report.issuer))?;
        if report.is_test {
            w.flag("IsTest")?;
        }
        w.text("Notes", &format!("Recorded in the log {}. {LOSSES}", report.log))?;
        let parties = parties(report);
        if !parties.is_empty() {
            w.many("Party", |w| {
                for name in &parties {
                    let id = party_id(name);
                    w.item("Party", Head { id: Some(&id), ..Head::of("Party") }, |w| w.words("Name", name))?;
                }
                Ok::<(), ReportError<E>>(())
            })?;
        }
        w.number("SequenceStart", 1)?;
        w.number("SequenceEnd", 1)?;
        w.text("Status", status_text(report.status))?;
        w.text("VendorApplicationId", "scrutineer")?;
        Ok(())
    })
}

fn election<E, W: Write>(
    w: &mut Writer<W>,
    report: &Report,
    places: &Places,
    table: &mut dyn FnMut(usize) -> Result<Table, E>,
) -> Result<(), ReportError<E>> {
    if places.have_ballots() {
        w.many("BallotCounts", |w| places.write_ballots(w))?;
    }
    w.many("Candidate", |w| {
        for contest in &report.contests {
            for one in &contest.contestants {
                let id = candidate_id(contest, one);
                w.item("Candidate", Head { id: Some(&id), ..Head::of("Candidate") }, |w| {
                    w.words("BallotName", &one.name)?;
                    own_id(w, &one.id)?;
                    match &one.group {
                        Some(group) => w.text("PartyId", &party_id(group)),
                        None => Ok(()),
                    }
                })?;
            }
        }
        Ok::<(), ReportError<E>>(())
    })?;
    w.many("Contest", |w| {
        for (index, contest) in report.contests.iter().enumerate() {
            let rows = table(index).map_err(ReportError::Table)?;
            let id = format!("co-{}", escape(&contest.id));
            let head = Head { class: "CandidateContest", id: Some(&id), derived: true };
            w.item("Contest", head, |w| write_contest(w, report, contest, &rows))?;
        }
        Ok::<(), ReportError<E>>(())
    })?;
    w.text("ElectionScopeId", ROOT)?;
    w.many("ExternalIdentifier", |w| identifier(w, "election", &report.election))?;
    w.words("Name", &report.title)?;
    w.text("StartDate", &report.day)?;
    w.text("EndDate", &report.day)?;
    w.text("Type", "other")?;
    w.text("OtherType", "not stated")?;
    Ok(())
}

fn write_contest<W: Write>(
    w: &mut Writer<W>,
    report: &Report,
    contest: &Contest,
    table: &Table,
) -> io::Result<()> {
    let parts = divided(table);
    w.many("ContestSelection", |w| {
        for one in &contest.contestants {
            let id = format!("cs-{}.{}", escape(&contest.id), escape(&one.id));
            let head = Head { class: "CandidateSelection", id: Some(&id), derived: true };
            w.item("ContestSelection", head, |w| {
                let column = table.contestant_index(&one.id);
                let stated = |row: &RowView<'_>| column.and_then(|column| row.votes(column));
                if table.units().any(|row| stated(&row).is_some()) {
                    w.many("VoteCounts", |w| {
                        for row in table.units() {
                            let Some(votes) = stated(&row) else { continue };
                            w.item("VoteCounts", Head::of("VoteCounts"), |w| {
                                count_head(w, &row, &parts)?;
                                w.number("Count", votes)
                            })?;
                        }
                        Ok::<(), io::Error>(())
                    })?;
                }
                w.references("CandidateIds", &[candidate_id(contest, one)])
            })?;
        }
        Ok::<(), io::Error>(())
    })?;
    let (units, counted) = reported(table);
    w.many("CountStatus", |w| {
        w.item("CountStatus", Head::of("CountStatus"), |w| {
            w.text("Status", if counted == units { "completed" } else { "in-process" })?;
            w.text("Type", "total")
        })
    })?;
    w.text("ElectionDistrictId", ROOT)?;
    w.many("ExternalIdentifier", |w| {
        identifier(w, "contest", &contest.id)?;
        identifier(w, "result-status", status_text(contest.status))?;
        identifier(w, "publication-entry", &format!("{}#{}", report.log, contest.publication))?;
        identifier(w, "table-entry", &format!("{}#{}", report.log, contest.import))
    })?;
    w.text("Name", &contest.title)?;
    other_counts(w, table)?;
    w.number("SubUnitsReported", counted)?;
    w.number("TotalSubUnits", units)?;
    w.number("VotesAllowed", contest.votes_per_ballot)
}

/// Overvotes and undervotes of each unit, over its parts.
fn other_counts<W: Write>(w: &mut Writer<W>, table: &Table) -> io::Result<()> {
    let mut units: BTreeMap<&str, [Option<u64>; 2]> = BTreeMap::new();
    for row in table.units() {
        let stated = [row.field(field::OVERVOTES), row.field(field::UNDERVOTES)];
        if stated != [None, None] {
            let sums = units.entry(row.unit()).or_default();
            for (sum, value) in sums.iter_mut().zip(stated) {
                *sum = value.map_or(*sum, |value| Some(sum.unwrap_or(0) + value));
            }
        }
    }
    if units.is_empty() {
        return Ok(());
    }
    w.many("OtherCounts", |w| {
        for (unit, [over, under]) in &units {
            w.item("OtherCounts", Head::of("OtherCounts"), |w| {
                w.text("GpUnitId", &unit_id(unit))?;
                if let Some(over) = over {
                    w.number("Overvotes", *over)?;
                }
                under.map_or(Ok(()), |under| w.number("Undervotes", under))
            })?;
        }
        Ok(())
    })
}

/// The unit and the type of a count. Of a unit in parts, the row without a name of its own is a part
/// too: never its total.
fn count_head<W: Write>(w: &mut Writer<W>, row: &RowView<'_>, divided: &BTreeSet<&str>) -> io::Result<()> {
    w.text("GpUnitId", &unit_id(row.unit()))?;
    match row.part() {
        None if !divided.contains(row.unit()) => w.text("Type", "total"),
        Some(part) if part != "total" && COUNT_TYPES.contains(&part) => w.text("Type", part),
        part => {
            w.text("Type", "other")?;
            w.text("OtherType", part.unwrap_or("unnamed part"))
        }
    }
}

/// Units with a part that has a name.
fn divided(table: &Table) -> BTreeSet<&str> {
    table.units().filter(|row| row.part().is_some()).map(|row| row.unit()).collect()
}

/// Units, and those that state at least one number.
fn reported(table: &Table) -> (u64, u64) {
    let mut units: BTreeMap<&str, bool> = BTreeMap::new();
    for row in table.units() {
        *units.entry(row.unit()).or_default() |= row.values().any(|value| value.is_some());
    }
    (units.len() as u64, units.values().filter(|stated| **stated).count() as u64)
}

fn own_id<W: Write>(w: &mut Writer<W>, id: &str) -> io::Result<()> {
    w.many("ExternalIdentifier", |w| {
        w.item("ExternalIdentifier", Head::of("ExternalIdentifier"), |w| {
            w.text("Type", "local-level")?;
            w.text("Value", id)
        })
    })
}

fn identifier<W: Write>(w: &mut Writer<W>, kind: &str, value: &str) -> io::Result<()> {
    w.item("ExternalIdentifier", Head::of("ExternalIdentifier"), |w| {
        w.text("Type", "other")?;
        w.text("OtherType", &format!("scrutineer-{kind}"))?;
        w.text("Value", value)
    })
}

fn parties(report: &Report) -> BTreeSet<&str> {
    report.contests.iter().flat_map(|c| &c.contestants).filter_map(|one| one.group.as_deref()).collect()
}

fn party_id(name: &str) -> String {
    format!("pa-{}", &scr_canon::sha256(name.as_bytes()).to_hex()[..24])
}

fn candidate_id(contest: &Contest, one: &Contestant) -> String {
    format!("ca-{}.{}", escape(&contest.id), escape(&one.id))
}

/// The identifier of a unit: the same in every version of a report.
fn unit_id(code: &str) -> String {
    format!("ru-{}", escape(code))
}

/// Any text as part of an `xsd:ID`, never two alike: bytes other than a-z, A-Z, 0-9 and `-` become
/// `_` and two hexadecimal digits.
fn escape(text: &str) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("_{byte:02x}"));
        }
        out
    })
}

fn status_text(status: CountStatus) -> &'static str {
    match status {
        CountStatus::PreElection => "pre-election",
        CountStatus::UnofficialPartial => "unofficial-partial",
        CountStatus::UnofficialComplete => "unofficial-complete",
        CountStatus::Certified => "certified",
    }
}

#[cfg(test)]
mod tests;
