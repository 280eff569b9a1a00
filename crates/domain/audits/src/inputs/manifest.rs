//! Ballot manifests: which batches there are, where they lie and how many ballots are in each.
//!
//! Arlo's: `Container` (may be missing), `Tabulator` (needed for ballot comparison and hybrid audits), `Batch Name`,
//! `Number of Ballots`, `CVR` (Y or N, in hybrid audits only). Colorado's (Rule 25.2.2 (c)): `County`, `Device ID`,
//! `Batch`, `# of Ballots` or `# of Ballot Cards`, `Location`, in the spellings that counties use.

use super::near::folded;
use super::table::{Column, Row, Table, says_total};
use super::write::{Out, row};
use super::{Limits, Told, Wrong};
use crate::sample::ballots::{BatchOfBallots, Positions};
use crate::sample::colorado::County;
use scr_core::Problem;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::io::{self, Read, Write};

/// What is audited by the manifest, which decides what it must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuditKind {
    /// Ballots alone.
    BallotPolling,
    /// Ballots against their CVRs: tabulators are needed.
    BallotComparison,
    /// Batches against their totals: batches are told apart by their name alone.
    BatchComparison,
    /// Ballots, of which only some have CVRs: tabulators and `CVR` are needed.
    Hybrid,
}

impl AuditKind {
    fn needs_tabulators(self) -> bool {
        matches!(self, Self::BallotComparison | Self::Hybrid)
    }
}

/// What the figures of a manifest count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Ballots, each of one card or several.
    #[default]
    Ballots,
    /// Cards.
    Cards,
}

/// A batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestBatch {
    /// Where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    /// Its scanner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tabulator: Option<String>,
    /// Its name.
    pub name: String,
    /// Ballots (or cards) in it.
    pub ballots: u32,
    /// Whether its ballots have CVRs, in a hybrid audit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub has_cvrs: Option<bool>,
}

/// The manifest of a jurisdiction, in the order of its rows. With tabulators all batches have one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The county, where the manifest names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<String>,
    /// What is counted.
    pub unit: Unit,
    /// The batches.
    pub batches: Vec<ManifestBatch>,
}

const COLUMNS: [Column; 6] = [
    Column {
        name: "Batch Name",
        also: &["Batch", "Batch ID", "Batch Number", "Batch #", "Batch No"],
        needed: true,
    },
    Column {
        name: "Number of Ballots",
        also: &[
            "# of Ballots",
            "# Ballots",
            "Ballots",
            "Ballot Count",
            "No. of Ballots",
            "Num Ballots",
            "# of Ballot Cards",
            "# Ballot Cards",
            "# of Cards",
            "Number of Ballot Cards",
            "Number of Cards",
            "Ballot Cards",
            "Cards",
        ],
        needed: true,
    },
    Column {
        name: "Tabulator",
        also: &["Tabulator ID", "Tabulator #", "Device ID", "Device", "Scanner", "Scanner ID"],
        needed: false,
    },
    Column {
        name: "Container",
        also: &["Location", "Locations", "Storage Location", "Container ID"],
        needed: false,
    },
    Column { name: "CVR", also: &["CVRs", "Has CVR"], needed: false },
    Column { name: "County", also: &["County Name"], needed: false },
];
const NAME: usize = 0;
const BALLOTS: usize = 1;
const TABULATOR: usize = 2;
const CONTAINER: usize = 3;
const CVR: usize = 4;
const COUNTY: usize = 5;

/// Reads a manifest.
///
/// A batch of 0 ballots is an error where ballots are drawn, as in Arlo; it is a warning in batch comparison, where
/// official manifests have them, and in Colorado's form, where counties list batches of rejected ballots.
///
/// # Errors
/// Everything that is wrong (SCR-AUD-010 to -024, -048, -049).
pub fn read(
    input: impl Read,
    file: &str,
    kind: AuditKind,
    limits: &Limits,
) -> Result<Told<Manifest>, Vec<Problem>> {
    let mut wrong = Wrong::with(file);
    let mut columns = COLUMNS;
    columns[TABULATOR].needed = kind.needs_tabulators();
    columns[CVR].needed = kind == AuditKind::Hybrid;
    let Some(mut table) = Table::open(input, &columns, limits, &mut wrong) else {
        return Err(wrong.into_list());
    };
    table.leave_others(&columns, &mut wrong);
    if let (Some(at), false) = (table.at[CVR], kind == AuditKind::Hybrid) {
        let problem = wrong.error("SCR-AUD-021").in_column(&table.head[at]).with("what", "not hybrid");
        wrong.push(problem);
    }
    let mut reader = Reader {
        kind,
        manifest: Manifest { county: None, unit: unit(&table), batches: Vec::new() },
        seen: HashMap::new(),
        sum: 0,
        last: None,
    };
    if table.at[NAME].is_some() && table.at[BALLOTS].is_some() {
        while let Some(row) = table.next(&mut wrong) {
            reader.row(&table, &row, &mut wrong);
        }
        reader.finish(&mut wrong);
    }
    wrong.told(reader.manifest)
}

fn unit<R: Read>(table: &Table<R>) -> Unit {
    let heading = table.at[BALLOTS].map(|at| folded(&table.head[at]));
    if heading.is_some_and(|heading| heading.ends_with("cards")) { Unit::Cards } else { Unit::Ballots }
}

struct Reader {
    kind: AuditKind,
    manifest: Manifest,
    /// The line of each batch.
    seen: HashMap<(Option<String>, String), u64>,
    /// Ballots of all batches but the last.
    sum: u64,
    /// Line and ballots of the last batch.
    last: Option<(u64, u64)>,
}

impl Reader {
    fn row<R: Read>(&mut self, table: &Table<R>, row: &Row, wrong: &mut Wrong) {
        let (Some(name_at), Some(ballots_at)) = (table.at[NAME], table.at[BALLOTS]) else { return };
        if let Some(total) = [table.at[NAME], table.at[TABULATOR], table.at[CONTAINER], table.at[COUNTY]]
            .into_iter()
            .flatten()
            .map(|at| &row.cells[at])
            .find(|cell| says_total(cell))
        {
            wrong.push(wrong.error("SCR-AUD-022").at_row(row.line).with_value(total));
            return;
        }
        self.county(table, row, wrong);
        let name = table.name(row, name_at, wrong);
        let tabulator = table.at[TABULATOR].map(|at| table.name(row, at, wrong));
        let ballots = self.ballots(table, row, ballots_at, wrong);
        let has_cvrs = self.has_cvrs(table, row, wrong);
        let container = table.at[CONTAINER]
            .filter(|at| !row.cells[*at].is_empty())
            .and_then(|at| table.name(row, at, wrong));
        let Some(name) = name else { return };
        let tabulator = match tabulator {
            // The column is there and its cell is not sound.
            Some(None) => return,
            named => named.flatten(),
        };
        // Totals name a batch by its name alone.
        let key = if self.kind == AuditKind::BatchComparison { None } else { tabulator.clone() };
        if let Some(first) = self.seen.insert((key, name.clone()), row.line) {
            let value = tabulator.iter().chain([&name]).map(String::as_str).collect::<Vec<_>>().join(", ");
            let problem = wrong.error("SCR-AUD-019").at_row(row.line).in_column(&table.head[name_at]);
            wrong.push(problem.with_value(&value).with("first", first));
        }
        let Some(ballots) = ballots else { return };
        self.sum += self.last.map_or(0, |(_, ballots)| ballots);
        self.last = Some((row.line, u64::from(ballots)));
        self.manifest.batches.push(ManifestBatch { container, tabulator, name, ballots, has_cvrs });
    }

    fn ballots<R: Read>(&self, table: &Table<R>, row: &Row, at: usize, wrong: &mut Wrong) -> Option<u32> {
        let count = table.count(row, at, wrong)?;
        let about =
            |problem: Problem| problem.at_row(row.line).in_column(&table.head[at]).with_value(&row.cells[at]);
        let Ok(ballots) = u32::try_from(count) else {
            wrong.push(about(wrong.error("SCR-AUD-017")));
            return None;
        };
        if ballots == 0 {
            let may = self.kind == AuditKind::BatchComparison || table.at[COUNTY].is_some();
            wrong.push(about(if may { wrong.warning("SCR-AUD-020") } else { wrong.error("SCR-AUD-020") }));
        }
        Some(ballots)
    }

    fn has_cvrs<R: Read>(&self, table: &Table<R>, row: &Row, wrong: &mut Wrong) -> Option<bool> {
        let at = table.at[CVR].filter(|_| self.kind == AuditKind::Hybrid)?;
        match row.cells[at].to_lowercase().as_str() {
            "y" | "yes" => Some(true),
            "n" | "no" => Some(false),
            _ => {
                let problem = wrong.error("SCR-AUD-021").at_row(row.line).in_column(&table.head[at]);
                wrong.push(problem.with_value(&row.cells[at]).with("what", "Y or N"));
                None
            }
        }
    }

    /// One manifest is one county's.
    fn county<R: Read>(&mut self, table: &Table<R>, row: &Row, wrong: &mut Wrong) {
        let Some(county) = table.at[COUNTY].map(|at| &row.cells[at]).filter(|county| !county.is_empty())
        else {
            return;
        };
        match &self.manifest.county {
            None => self.manifest.county = Some(county.clone()),
            Some(first) if folded(first) == folded(county) => {}
            Some(first) => {
                let problem = wrong.error("SCR-AUD-048").at_row(row.line).with_value(county);
                wrong.push(problem.with("first", first));
            }
        }
    }

    /// Whether there is anything, and whether the last row is perhaps the sum of all others.
    fn finish(&self, wrong: &mut Wrong) {
        match self.last {
            None if !wrong.has_errors() => {
                wrong.push(wrong.error("SCR-AUD-010").with("what", "no batch under the headings"));
            }
            Some((line, ballots))
                if self.manifest.batches.len() > 2 && ballots == self.sum && ballots > 0 =>
            {
                wrong.push(wrong.warning("SCR-AUD-022").at_row(line).with_value(&ballots.to_string()));
            }
            _ => {}
        }
    }
}

impl Manifest {
    /// Ballots (or cards) in all batches.
    pub fn ballots(&self) -> u64 {
        self.batches.iter().map(|batch| u64::from(batch.ballots)).sum()
    }

    /// What ballots are drawn from: every position of every batch.
    pub fn frame(&self, jurisdiction: &str) -> Vec<BatchOfBallots> {
        let of = |batch: &ManifestBatch| BatchOfBallots {
            jurisdiction: jurisdiction.to_owned(),
            tabulator: batch.tabulator.clone(),
            batch: batch.name.clone(),
            positions: Positions::UpTo(batch.ballots),
        };
        self.batches.iter().filter(|batch| batch.ballots > 0).map(of).collect()
    }

    /// What Colorado draws from, under the county's number.
    pub fn county(&self, id: u32) -> County {
        County { id, cards: self.ballots() }
    }

    /// Writes it as [`read`] takes it.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let any = |has: fn(&ManifestBatch) -> bool| self.batches.iter().any(has);
        let county = self.county.as_deref();
        let container = any(|batch| batch.container.is_some());
        let tabulator = any(|batch| batch.tabulator.is_some());
        let cvr = any(|batch| batch.has_cvrs.is_some());
        let ballots = if self.unit == Unit::Cards { "Number of Ballot Cards" } else { "Number of Ballots" };
        let head = [
            county.map(|_| "County"),
            container.then_some("Container"),
            tabulator.then_some("Tabulator"),
            Some("Batch Name"),
            Some(ballots),
            cvr.then_some("CVR"),
        ];
        row(out, head.into_iter().flatten().map(Out::Name))?;
        for batch in &self.batches {
            let cells = [
                county.map(Out::Name),
                container.then(|| batch.container.as_deref().map_or(Out::Nothing, Out::Name)),
                tabulator.then(|| batch.tabulator.as_deref().map_or(Out::Nothing, Out::Name)),
                Some(Out::Name(&batch.name)),
                Some(Out::Count(u64::from(batch.ballots))),
                batch.has_cvrs.map(|has| Out::Name(if has { "Y" } else { "N" })),
            ];
            row(out, cells.into_iter().flatten())?;
        }
        Ok(())
    }
}
