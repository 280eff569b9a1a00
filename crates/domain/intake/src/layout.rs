//! What the columns of a file are: unit, fields, contestants, totals.

use crate::columns::{Sheet, tidy};
use crate::documents::CONTESTS;
use crate::guess::{self, Numbers};
use crate::mapping::{FieldSource, Long, ValueIn, ValuesSpec, Wide, WideColumn};
use crate::number::{self, Cell};
use crate::propose::Proposal;
use crate::vocabulary::{Meaning, meaning};
use std::collections::{BTreeMap, BTreeSet};

/// Records that are looked at.
const LOOKED_AT: usize = 500;

impl Proposal {
    pub(crate) fn columns(&mut self, sheet: &Sheet<'_>) {
        let width = sheet.columns();
        let numeric: Vec<bool> = (0..width).map(|column| is_numeric(sheet, column)).collect();
        let meanings: Vec<Option<(Meaning, u8)>> = (0..width)
            .map(|column| sheet.headings.get(column).and_then(|heading| meaning(heading)))
            .collect();
        let is = |wanted: Meaning| meanings.iter().position(|found| found.is_some_and(|(m, _)| m == wanted));
        let long =
            is(Meaning::Contestant).zip(is(Meaning::Votes)).filter(|(contestant, _)| !numeric[*contestant]);
        let mut parents: Vec<(u8, usize)> = Vec::new();
        for (column, found) in meanings.iter().enumerate() {
            match found {
                Some((Meaning::Parent(level), _)) => parents.push((*level, column)),
                Some((Meaning::Field(name), _)) if numeric[column] => {
                    let source = FieldSource::Column(reference(sheet, column));
                    self.mapping.fields.entry((*name).to_owned()).or_insert(source);
                }
                Some((Meaning::Name, _)) => self.mapping.unit.name = Some(reference(sheet, column)),
                _ => {}
            }
        }
        parents.sort_unstable();
        self.mapping.unit.parents = parents.iter().map(|(_, column)| reference(sheet, *column)).collect();
        self.mapping.contest.columns =
            is(Meaning::Contest).map(|column| reference(sheet, column)).into_iter().collect();
        if let Some(contest) = is(Meaning::Contest) {
            self.list_contests(sheet, contest);
        }
        self.unit(sheet, &meanings, &parents, &numeric, long);
        match long {
            Some((contestant, votes)) => {
                self.find("layout", "long", None, 90, "contestant-and-votes-columns");
                self.mapping.fields.retain(|_, source| source.columns()[0] != reference(sheet, votes));
                self.mapping.long = Some(Long {
                    contestant: reference(sheet, contestant),
                    votes: reference(sheet, votes),
                    group: is(Meaning::Group).map(|column| reference(sheet, column)),
                    as_fields: fields_among(sheet, contestant),
                    ..Long::default()
                });
                self.mapping.totals.contestants = guess::totals(sheet, contestant);
            }
            None => self.wide(sheet, &numeric, &meanings),
        }
        self.totals(sheet, &numeric, &parents);
        for (column, found) in meanings.iter().enumerate() {
            let heading = sheet.heading(column);
            let read_as = self.read_as(&reference(sheet, column));
            let (confidence, reason) = match (found, &read_as) {
                (Some((_, confidence)), _) => (*confidence, "heading"),
                (None, Some(_)) => (70, "numbers-below"),
                (None, None) => (60, "not-used"),
            };
            self.find("column", &heading, read_as.as_deref(), confidence, reason);
        }
    }

    fn list_contests(&mut self, sheet: &Sheet<'_>, contest: usize) {
        let cells = sheet.records.iter().map(|record| tidy(record.cell(contest)));
        let names: BTreeSet<String> = cells.take(CONTESTS * 50).filter(|name| !name.is_empty()).collect();
        self.contests = names.into_iter().take(CONTESTS).collect();
    }

    /// The unit is the column that is named like one, with the places above where its code repeats.
    fn unit(
        &mut self,
        sheet: &Sheet<'_>,
        meanings: &[Option<(Meaning, u8)>],
        parents: &[(u8, usize)],
        numeric: &[bool],
        long: Option<(usize, usize)>,
    ) {
        let named: Vec<usize> = (0..meanings.len())
            .filter(|column| meanings[*column].is_some_and(|(found, _)| found == Meaning::Unit))
            .collect();
        let best = named
            .iter()
            .max_by_key(|column| (meanings[**column].map(|found| found.1), std::cmp::Reverse(**column)));
        let fallback = || match long {
            Some(_) => None,
            None => guess::unique_column(sheet, numeric),
        };
        let Some(own) = best.copied().or_else(|| parents.last().map(|(_, column)| *column)).or_else(fallback)
        else {
            self.no_unit(sheet, long);
            return;
        };
        let unique = |columns: &[usize]| {
            let mut seen = BTreeSet::new();
            sheet.records.iter().all(|record| {
                let key: Vec<&str> = columns.iter().map(|column| record.cell(*column).trim()).collect();
                seen.insert(key.join("\u{1f}"))
            })
        };
        // "Code; Polling station" with "0101; Town hall": the code names the unit, and the column whose heading
        // says so is its name. A code of its own ("S1") has no spaces.
        let is_a_name = sheet.records.iter().any(|record| record.cell(own).trim().contains(' '));
        let code = own.checked_sub(1).filter(|column| {
            let is_free =
                is_a_name && !numeric.get(own).copied().unwrap_or(true) && meanings[*column].is_none();
            long.is_none() && is_free && guess::is_code(sheet, *column) && unique(&[*column])
        });
        if code.is_some() && self.mapping.unit.name.is_none() {
            self.mapping.unit.name = Some(reference(sheet, own));
        }
        let own = code.unwrap_or(own);
        let key = if long.is_some() { vec![own] } else { key_of(sheet, meanings, parents, own, &unique) };
        if long.is_none() && named.is_empty() && !unique(&key) {
            self.mapping.unit.key = vec!["@row".into()];
            self.find("unit", "@row", None, 50, "no-unique-column");
            return;
        }
        let (confidence, reason) = match (long.is_some(), unique(&key)) {
            (true, _) => (75, "heading"),
            (false, true) => (90, "unique-values"),
            (false, false) => (50, "values-repeat"),
        };
        self.mapping.unit.key = key.iter().map(|column| reference(sheet, *column)).collect();
        // A place that is the unit itself is none above it.
        let own = reference(sheet, own);
        self.mapping.unit.parents.retain(|parent| *parent != own);
        let shown = self.mapping.unit.key.join(" + ");
        self.find("unit", &shown, None, confidence, reason);
    }

    /// No column names a unit: the rows stand for units, or the whole file for one.
    fn no_unit(&mut self, sheet: &Sheet<'_>, long: Option<(usize, usize)>) {
        let contest = self.mapping.contest.columns.first().cloned();
        let contest = contest.and_then(|own| sheet.headings.iter().position(|heading| *heading == own));
        let mut seen = BTreeSet::new();
        let once = long.is_some_and(|(contestant, _)| {
            sheet
                .records
                .iter()
                .all(|record| seen.insert((contest.map(|at| record.cell(at)), record.cell(contestant))))
        });
        if once {
            self.mapping.unit.key.clear();
            self.mapping.unit.constant = Some("all".into());
            self.find("unit", "all", None, 60, "one-unit");
        } else {
            self.mapping.unit.key = vec!["@row".into()];
            self.find("unit", "@row", None, 40, "no-unit-column");
        }
    }

    fn wide(&mut self, sheet: &Sheet<'_>, numeric: &[bool], meanings: &[Option<(Meaning, u8)>]) {
        let (found, confidence, reason) = self.contestants(sheet, numeric, meanings);
        let columns: Vec<WideColumn> = found
            .into_iter()
            .map(|column| WideColumn { column: reference(sheet, column), ..WideColumn::default() })
            .collect();
        let value = columns.len().to_string();
        if columns.is_empty() {
            self.find("layout", "fields-only", None, 60, "no-contestant-columns");
        } else {
            self.find("layout", "wide", Some(&value), confidence, reason);
            self.mapping.wide = Some(Wide { columns, ..Wide::default() });
        }
    }

    /// Contestants are the columns of numbers that add up to the valid votes, or to a column beside them;
    /// without those, the columns whose headings mean nothing else and whose numbers are no codes.
    fn contestants(
        &mut self,
        sheet: &Sheet<'_>,
        numeric: &[bool],
        meanings: &[Option<(Meaning, u8)>],
    ) -> (Vec<usize>, u8, &'static str) {
        let unit = self.mapping.unit.key.clone();
        let free: Vec<usize> = (0..numeric.len())
            .filter(|column| numeric[*column])
            // "Ann votes" is the votes of somebody.
            .filter(|column| {
                meanings[*column].is_none_or(|(found, sure)| found == Meaning::Votes && sure < 95)
            })
            .filter(|column| !unit.contains(&reference(sheet, *column)))
            .collect();
        let field = |name: &str| {
            let source = self.mapping.fields.get(name)?;
            (0..numeric.len()).find(|column| source.columns() == [reference(sheet, *column)])
        };
        let (valid, cast, registered) = (field("votes_valid"), field("ballots_cast"), field("registered"));
        let numbers = Numbers::of(sheet, free.iter().copied());
        let bound = |column: usize| Numbers::of(sheet, [column]).values(column);
        let found = valid.map(|valid| numbers.run_of(&bound(valid))).unwrap_or_default();
        if !found.is_empty() {
            return (found, 97, "numbers-add-up");
        }
        if valid.is_none() {
            let others: Vec<usize> = (0..numeric.len())
                .filter(|column| numeric[*column] && !unit.contains(&reference(sheet, *column)))
                .filter(|column| meanings[*column].is_none_or(|(meaning, _)| meaning == Meaning::Other))
                .collect();
            let all = Numbers::of(sheet, others.iter().copied());
            if let Some((run, whole)) = all.run_beside(&ends(&others)) {
                let source = FieldSource::Column(reference(sheet, whole));
                self.mapping.fields.insert("votes_valid".into(), source);
                return (run, 90, "numbers-add-up");
            }
        }
        let bound = valid.or(cast).or(registered).map(bound);
        let found = free
            .into_iter()
            .filter(|column| !guess::is_code(sheet, *column))
            .filter(|column| bound.as_ref().is_none_or(|bound| !numbers.exceeds(*column, bound)))
            .collect();
        (found, 75, "number-columns")
    }

    /// Records that say that they are totals, or that are the sum of all others.
    fn totals(&mut self, sheet: &Sheet<'_>, numeric: &[bool], parents: &[(u8, usize)]) {
        let key: Vec<usize> = (0..numeric.len())
            .filter(|column| self.mapping.unit.key.contains(&reference(sheet, *column)))
            .collect();
        let mut columns = key.clone();
        columns.extend(parents.iter().map(|(_, column)| *column).filter(|column| !key.contains(column)));
        for column in columns {
            let values = guess::totals(sheet, column);
            if !values.is_empty() {
                let column = reference(sheet, column);
                self.find("totals", &column, Some(&values.join(", ")), 85, "says-total");
                self.mapping.totals.rows.push(ValueIn { column, values });
            }
        }
        let counts: Vec<usize> =
            (0..numeric.len()).filter(|column| numeric[*column] && !key.contains(column)).collect();
        let counts: Vec<usize> =
            counts.into_iter().filter(|column| self.read_as(&reference(sheet, *column)).is_some()).collect();
        if self.mapping.totals.rows.is_empty() && !key.is_empty() && guess::last_is_sum(sheet, &key, &counts)
        {
            self.mapping.totals.last = 1;
            self.find("totals", "1", None, 85, "last-is-sum");
        }
    }

    fn read_as(&self, column: &str) -> Option<String> {
        let mapping = &self.mapping;
        let is = |other: &Option<String>| other.as_deref() == Some(column);
        let field =
            mapping.fields.iter().find(|(_, source)| source.columns().iter().any(|own| own == column));
        match () {
            () if mapping.unit.key.iter().any(|own| own == column) => Some("unit".into()),
            () if mapping.unit.parents.iter().any(|own| own == column) => Some("parent".into()),
            () if is(&mapping.unit.name) => Some("name".into()),
            () if mapping.contest.columns.iter().any(|own| own == column) => Some("contest".into()),
            () if field.is_some() => field.map(|(name, _)| format!("field {name}")),
            () if mapping
                .wide
                .as_ref()
                .is_some_and(|wide| wide.columns.iter().any(|own| own.column == column)) =>
            {
                Some("contestant".into())
            }
            () => {
                let long = mapping.long.as_ref()?;
                match column {
                    _ if long.contestant == column => Some("contestant".into()),
                    _ if long.votes == column => Some("votes".into()),
                    _ if is(&long.group) => Some("group".into()),
                    _ => None,
                }
            }
        }
    }
}

/// The unit's column, and before it what makes it unique: a code of a place, or else names of places.
fn key_of(
    sheet: &Sheet<'_>,
    meanings: &[Option<(Meaning, u8)>],
    parents: &[(u8, usize)],
    own: usize,
    unique: &dyn Fn(&[usize]) -> bool,
) -> Vec<usize> {
    let mut key = vec![own];
    if unique(&key) {
        return key;
    }
    if let Some(place) = code_above(sheet, meanings, own, unique) {
        return vec![place, own];
    }
    for (_, parent) in parents.iter().rev().filter(|(_, parent)| *parent != own) {
        key.insert(0, *parent);
        if unique(&key) {
            break;
        }
    }
    key
}

/// A code of a place to the left that makes the unit's number unique ("Kod TERYT" before "Numer obwodu"):
/// codes stay the same from one file to the next where names are written in several ways.
fn code_above(
    sheet: &Sheet<'_>,
    meanings: &[Option<(Meaning, u8)>],
    own: usize,
    unique: &dyn Fn(&[usize]) -> bool,
) -> Option<usize> {
    let is_free =
        |column: &usize| meanings[*column].is_none_or(|(found, _)| matches!(found, Meaning::Parent(_)));
    (0..own)
        .filter(is_free)
        .find(|column| guess::is_code(sheet, *column) && !unique(&[*column]) && unique(&[*column, own]))
}

/// "Contestants" of a long file that are lines of the tally sheet.
fn fields_among(sheet: &Sheet<'_>, contestant: usize) -> BTreeMap<String, String> {
    let names: BTreeSet<String> =
        sheet.records.iter().take(CONTESTS * 10).map(|record| tidy(record.cell(contestant))).collect();
    let field = |name: String| match meaning(&name) {
        Some((Meaning::Field(field), 95)) => Some((name, field.to_owned())),
        _ => None,
    };
    names.into_iter().filter_map(field).collect()
}

/// The first and last few: a total stands before or after what it is the total of.
fn ends(columns: &[usize]) -> Vec<usize> {
    let first = columns.iter().take(4);
    let last = columns.iter().skip(4.max(columns.len().saturating_sub(4)));
    first.chain(last).copied().collect()
}

/// The heading, or the position where the heading is empty or there twice.
pub(crate) fn reference(sheet: &Sheet<'_>, column: usize) -> String {
    let position = format!("#{}", column + 1);
    match sheet.headings.get(column) {
        Some(heading) if !heading.is_empty() && !heading.starts_with(['#', '@']) => {
            let folded = tidy(heading).to_lowercase();
            let same = sheet.headings.iter().filter(|other| other.to_lowercase() == folded).count();
            if same == 1 { heading.clone() } else { position }
        }
        _ => position,
    }
}

/// At least one number, and nothing else but missing markers, in nine of ten cells.
fn is_numeric(sheet: &Sheet<'_>, column: usize) -> bool {
    let values = ValuesSpec::default();
    let (mut numbers, mut others) = (0_usize, 0_usize);
    for record in sheet.records.iter().take(LOOKED_AT) {
        match number::read(record.cell(column), &values) {
            Cell::Number(_) => numbers += 1,
            Cell::Missing => {}
            Cell::Wrong(_) => others += 1,
        }
    }
    numbers > 9 * others
}
