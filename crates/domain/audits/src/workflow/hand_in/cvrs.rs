//! Cast vote records.

use super::{HandedFrom, HandedIn};
use crate::inputs::cards::{self, Matched, Source};
use crate::inputs::contests::StandardContest;
use crate::inputs::manifest::{Manifest, Unit};
use crate::inputs::names::{self, Mapping, Renamed, Used};
use crate::inputs::{Near, Told, exports, folded};
use crate::record::Contest;
use crate::workflow::codes;
use scr_core::{Problem, Severity};
use scr_tabulation::cvr::columns::Columns;
use scr_tabulation::cvr::{ChoiceNo, ContestNo};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

impl HandedFrom<'_> {
    pub(super) fn cvrs(&self, bytes: &[u8]) -> Result<HandedIn, Vec<Problem>> {
        let Told { input: columns, mut warnings } = exports::read(bytes, self.file)?;
        let mut errors = Vec::new();
        let mut add = |read: Result<Vec<Problem>, Vec<Problem>>| {
            for problem in read.unwrap_or_else(|problems| problems) {
                let list = if problem.severity == Severity::Error { &mut errors } else { &mut warnings };
                list.push(problem);
            }
        };
        add(self.compared(&columns).map(|told| told.warnings));
        add(Err(sheets(self.manifest, &columns, self.file)));
        let named = Naming {
            contests: self.audit.contests(),
            jurisdiction: self.jurisdiction,
            alone: self.audit.jurisdictions().len() < 2,
            names: self.names,
            file: self.file,
        };
        add(named.trail(&columns).map(|told| told.warnings));
        if !errors.is_empty() {
            errors.append(&mut warnings);
            return Err(crate::problems::limited(errors));
        }
        Ok(HandedIn::of(blob(&columns), columns.cards(), columns.cards(), warnings))
    }

    fn compared(&self, columns: &Columns) -> Result<Told<Matched>, Vec<Problem>> {
        let sources = [Source { file: self.file, columns }];
        cards::compare(self.jurisdiction, self.manifest, &sources, &BTreeMap::new(), self.file)
    }
}

/// Columns as bytes.
pub(super) fn blob(columns: &Columns) -> Vec<u8> {
    let mut bytes = Vec::new();
    let Ok(()) = columns.write(|piece| {
        bytes.extend_from_slice(piece);
        Ok::<(), Infallible>(())
    });
    bytes
}

/// A record places every card: where a manifest counts ballots of several sheets, a batch would have more cards than
/// positions.
pub(super) fn sheets(manifest: &Manifest, columns: &Columns, file: &str) -> Vec<Problem> {
    if manifest.unit == Unit::Cards {
        return Vec::new();
    }
    let with_tabulators = manifest.batches.iter().any(|batch| batch.tabulator.is_some());
    let mut cards: BTreeMap<(&str, &str), (u64, bool)> = BTreeMap::new();
    for at in 0..columns.cards() {
        let Some(lies) = columns.location(at) else { continue };
        let tabulator = if with_tabulators { lies.tabulator } else { "" };
        let batch = cards.entry((tabulator, lies.batch)).or_default();
        batch.0 += 1;
        batch.1 |= lies.sheet > 1;
    }
    let mut found = Vec::new();
    for batch in &manifest.batches {
        let tabulator = batch.tabulator.as_deref().unwrap_or_default();
        let Some((cards, true)) = cards.get(&(tabulator, batch.name.as_str())) else { continue };
        if *cards > u64::from(batch.ballots) {
            let problem = Problem::new(codes::SHEETS, Severity::Error, file).with_value(&batch.name);
            found.push(problem.with("cards", cards).with("ballots", batch.ballots));
        }
    }
    found
}

/// The contests of an audit in the CVRs of a jurisdiction.
pub(super) struct Naming<'a> {
    pub(super) contests: &'a [Contest],
    pub(super) jurisdiction: &'a str,
    /// There is no other jurisdiction: it has every contest.
    pub(super) alone: bool,
    pub(super) names: &'a [Mapping],
    pub(super) file: &'a str,
}

impl Naming<'_> {
    /// What names stand for. A contest that is not there is a warning where there are other jurisdictions and this one
    /// has another contest of the audit; choices matter where somebody voted for them.
    pub(super) fn trail(&self, columns: &Columns) -> Result<Told<Vec<Renamed>>, Vec<Problem>> {
        let here: Vec<bool> = self.contests.iter().map(|contest| self.is_here(contest, columns)).collect();
        let needs_all = self.alone || !here.contains(&true);
        let standard: Vec<StandardContest> = self
            .contests
            .iter()
            .zip(&here)
            .map(|(contest, here)| StandardContest {
                name: contest.name.clone(),
                // Whoever is not named is not asked for it.
                jurisdictions: if *here || needs_all { None } else { Some(Vec::new()) },
                choices: Some(contest.choices.clone()),
            })
            .collect();
        let own = self.names.iter().filter(|name| name.jurisdiction == self.jurisdiction && self.knows(name));
        let own: Vec<Mapping> = own.cloned().collect();
        let used = used(self.jurisdiction, self.file, columns);
        let named = names::standardise(&standard, &[used], &own, self.file)?;
        let mut warnings = named.warnings;
        if !needs_all {
            warnings.extend(self.absent(&here, columns));
        }
        Ok(Told { input: named.input.trail, warnings })
    }

    /// What the audit does not have was said already.
    fn knows(&self, name: &Mapping) -> bool {
        let wanted = name.contest.as_ref().unwrap_or(&name.standard);
        let contest = self.contests.iter().find(|contest| contest.name == *wanted);
        contest.is_some_and(|contest| name.contest.is_none() || contest.choices.contains(&name.standard))
    }

    fn is_here(&self, contest: &Contest, columns: &Columns) -> bool {
        let fold = folded(&contest.name);
        let said = |used: &str| {
            let mut own = self.names.iter().filter(|name| name.jurisdiction == self.jurisdiction);
            own.any(|name| name.contest.is_none() && name.used == used && name.standard == contest.name)
        };
        let is =
            |name: &str| name == contest.name || (!fold.is_empty() && folded(name) == fold) || said(name);
        columns.contests().iter().any(|one| is(&one.name))
    }

    fn absent<'p>(&'p self, here: &'p [bool], columns: &'p Columns) -> impl Iterator<Item = Problem> + 'p {
        let mut near = Near::among(columns.contests().iter().map(|contest| contest.name.as_str()));
        let absent = self.contests.iter().zip(here).filter(|(_, here)| !**here);
        absent.map(move |(contest, _)| {
            let problem = Problem::new("SCR-AUD-033", Severity::Warning, self.file).with_value(&contest.name);
            problem.with("jurisdiction", self.jurisdiction).closest_to(near.to(&contest.name))
        })
    }
}

/// The names in the CVRs. A choice that nobody voted for is not asked for, and one with votes is, whoever wrote it in:
/// its votes would be nobody's.
fn used(jurisdiction: &str, file: &str, columns: &Columns) -> Used {
    let mut used = Used::of_cvrs(jurisdiction, file, columns.contests());
    for (number, contest) in (0..).zip(&mut used.contests) {
        let patterns = columns.patterns(number);
        let voted: BTreeSet<ChoiceNo> =
            patterns.iter().flat_map(|pattern| pattern.marks).map(|mark| mark.choice).collect();
        for (choice, name) in (0..).zip(&mut contest.choices) {
            name.is_standing = voted.contains(&choice);
        }
    }
    used
}

/// A contest of the record in the columns of a jurisdiction, under the names of the trail.
pub(super) fn find(contest: &Contest, columns: &Columns, trail: &[Renamed]) -> Option<ContestNo> {
    let standard = |used: &str| {
        let own = trail.iter().find(|name| name.contest.is_none() && name.used == used);
        own.map_or(used.to_owned(), |name| name.standard.clone())
    };
    let mut all = (0..).zip(columns.contests());
    all.find(|(_, found)| standard(&found.name) == contest.name).map(|(number, _)| number)
}
